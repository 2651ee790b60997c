// The events of one thread as far as this page holds them: one stretch without a gap, from `floor` to `last`. Pure.
import type { ThreadEvent } from "../api/types";

export interface ThreadLog {
  readonly events: readonly ThreadEvent[];
  /** Highest seq up to which nothing is missing; 0 = nothing held. */
  readonly last: number;
  /** There is more before the first event. */
  readonly older: boolean;
}

export const emptyLog: ThreadLog = { events: [], last: 0, older: true };

export interface Appended {
  log: ThreadLog;
  /** How many events were new. */
  added: number;
  /** The batch begins beyond what is held: ask for what lies between. */
  gap: boolean;
}

const bySeq = (a: ThreadEvent, b: ThreadEvent) => a.seq - b.seq;

/** Takes what continues the stretch; what is held already changes nothing; what would leave a gap is not taken. */
export function append(log: ThreadLog, batch: readonly ThreadEvent[]): Appended {
  const events = [...log.events];
  let last = log.last;
  for (const event of [...batch].sort(bySeq)) {
    if (event.seq <= last) continue;
    if (last > 0 && event.seq > last + 1) {
      return { log: { ...log, events, last }, added: events.length - log.events.length, gap: true };
    }
    events.push(event);
    last = event.seq;
  }
  const added = events.length - log.events.length;
  return { log: added === 0 ? log : { ...log, events, last }, added, gap: false };
}

/** The newest page: begins the stretch where nothing is held or where it lies beyond; else it is a batch like any other. */
export function begin(log: ThreadLog, page: readonly ThreadEvent[], older: boolean): ThreadLog {
  const sorted = [...page].sort(bySeq);
  const first = sorted[0];
  if (!first) return log.last === 0 ? { ...log, older } : log;
  if (log.last > 0 && first.seq <= log.last + 1) return append(log, sorted).log;
  return { events: sorted, last: sorted.at(-1)?.seq ?? 0, older };
}

/** An older page, put before what is held. */
export function prepend(log: ThreadLog, page: readonly ThreadEvent[], older: boolean): ThreadLog {
  const floor = log.events[0]?.seq ?? Infinity;
  const before = page.filter(({ seq }) => seq < floor).sort(bySeq);
  return { events: [...before, ...log.events], last: Math.max(log.last, before.at(-1)?.seq ?? 0), older };
}
