// Steps of a script are titled with what they say, and what they say may have holes that are filled only when it is said. Pure.
import type { ThreadScript } from "../api/types";

const HOLE = /\{[^{}]{1,80}\}/g;

export const withoutHoles = (words: string) => words.replace(HOLE, "…");

export function readable(script: ThreadScript): ThreadScript {
  const dialogs = script.dialogs.map((dialog) => ({ ...dialog, states: dialog.states.map((state) => ({ ...state, title: withoutHoles(state.title) })) }));
  return { ...script, dialogs };
}
