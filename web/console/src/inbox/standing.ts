// What I may do with this thread as it stands now: the server's word, held against the newest owner. The server's `may`
// belongs to the moment it was fetched; a row that moved since must not leave a button that only fails.
import { useMemo } from "react";
import type { May, Thread } from "../api/types";

export interface Standing extends May {
  mine: boolean;
  /** A transfer to me that waits for my word. */
  accept: boolean;
}

export function standingOf(row: Thread, may: May, me: string): Standing {
  const mine = row.owner.kind === "human" && row.owner.id === me;
  const accept = mine && row.accept_by > 0;
  return {
    mine,
    accept,
    // Out of a colleague's hands only by force.
    take: may.take && (row.owner.kind === "queue" || row.owner.kind === "bot"),
    force_take: may.force_take && row.owner.kind === "human" && !mine,
    speak: mine && !accept && (may.speak || !may.take),
    note: may.note,
    transfer: may.transfer && mine && !accept,
    close: may.close && mine && !accept,
    release: may.release && mine,
    hand_back: may.hand_back && mine && !accept,
    // To somebody else, who has it now.
    whisper: may.whisper && row.owner.kind === "human" && !mine,
    revisit: may.revisit && row.revisit !== null,
  };
}

export function useStanding(row: Thread, may: May, me: string): Standing {
  return useMemo(() => standingOf(row, may, me), [row, may, me]);
}
