// Notes that name me count as seen once their thread lies open before somebody who looks.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { put } from "../api/client";
import type { Id, Note } from "../api/types";

/** By person and thread: the newest note that this page has said to be seen. */
const told = new Map<string, Id>();

export function newestNaming(notes: readonly Note[], person: Id): Id | undefined {
  return notes.filter(({ to }) => to.some(({ id }) => id === person)).at(-1)?.id;
}

export function useMentionsSeen(thread: Id, notes: readonly Note[], me: Id): void {
  const queries = useQueryClient();
  const note = newestNaming(notes, me);
  useEffect(() => {
    if (note === undefined) return;
    const place = `${me} ${thread}`;
    const tell = async () => {
      if (document.hidden || told.get(place) === note) return;
      told.set(place, note);
      try {
        await put(`/threads/${thread}/mentions`, { note });
        void queries.invalidateQueries({ queryKey: ["threads", "mentioned"] });
        void queries.invalidateQueries({ queryKey: ["thread-counts"] });
      } catch {
        told.delete(place); // the next look tries again; until then it stays on the list, which harms nobody
      }
    };
    void tell();
    const look = () => void tell();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [thread, note, me, queries]);
}
