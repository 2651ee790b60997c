// What stands in the reply field of each thread, so that a refused line can be put back into it from elsewhere.
import { create } from "zustand";

interface ComposingText {
  texts: Readonly<Record<string, string>>;
  set: (thread: string, text: string) => void;
  /** Adds below what is there. */
  put: (thread: string, text: string) => void;
}

export const useComposing = create<ComposingText>((change) => ({
  texts: {},
  set: (thread, text) => change(({ texts }) => ({ texts: { ...texts, [thread]: text } })),
  put: (thread, text) =>
    change(({ texts }) => {
      const held = texts[thread] ?? "";
      return { texts: { ...texts, [thread]: held.trim() === "" || held === text ? text : `${held}\n${text}` } };
    }),
}));
