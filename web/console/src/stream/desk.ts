// What this page knows of the threads, kept true by the stream: rows by change number, events by seq. Everything here may
// arrive twice, late or in another order than it happened; the numbers decide. Knows neither React nor fetch.
import type { Note, Thread, ThreadEvent } from "../api/types";
import { parseFrame, type ClientFrame, type ServerFrame, type Viewer } from "./frames";
import { Line, type Link, type Socket } from "../../../stream/line";
import { append, begin, emptyLog, prepend, type ThreadLog } from "./thread-log";

export const WATCH_LIMIT = 8;
/** A row says that its thread has more events than we hold: so long the stream may take to bring them. */
export const BEHIND_MS = 1_500;

export interface DeskState {
  link: Link;
  /** When the line was lost; 0 while it is live. */
  lost_at: number;
  /** Events and rows that the last reconnect brought; null once it has been shown. */
  caught_up: number | null;
  rows: ReadonlyMap<string, Thread>;
  logs: ReadonlyMap<string, ThreadLog>;
  viewers: ReadonlyMap<string, readonly Viewer[]>;
  notes: ReadonlyMap<string, readonly Note[]>;
}

export interface DeskHooks {
  open(): Socket;
  csrf(): string;
  now(): number;
  /** Lists and counts may have moved; `all` = forget what was fetched. */
  onThreads(ids: readonly string[], all: boolean): void;
  onCase(id: string): void;
  /** A note names me. Where its thread is watched it comes among the notes as well. */
  onMention(thread: string, note: Note): void;
  onEnded(): void;
  /** The stream jumps: bring what comes after `after`, then say learnNewer() or gapNotFilled(). */
  onGap(thread: string, after: number): void;
}

const emptyState: DeskState = {
  link: "connecting",
  lost_at: 0,
  caught_up: null,
  rows: new Map(),
  logs: new Map(),
  viewers: new Map(),
  notes: new Map(),
};

/** Everything that happens to a thread is an event; what is only computed anew (a due time) has the same seq. */
function isNewer(row: Thread, held: Thread): boolean {
  return row.seq > held.seq || (row.seq === held.seq && row.change >= held.change);
}

export class Desk {
  state: DeskState = emptyState;
  private readonly listeners = new Set<() => void>();
  private readonly line: Line<ClientFrame, ServerFrame>;
  private watched: string[] = [];
  private change = 0;
  private welcome_change = 0;
  private welcomes = 0;
  private behind: ReturnType<typeof setTimeout> | undefined;
  private readonly filling = new Set<string>();

  constructor(
    private readonly hooks: DeskHooks,
    random?: () => number,
  ) {
    this.line = new Line(
      {
        open: () => hooks.open(),
        hello: () => ({ type: "hello", csrf: hooks.csrf(), change: this.change }),
        parse: parseFrame,
        onFrame: (frame) => this.take(frame),
        onLink: (link) => this.linkChanged(link),
        onQuiet: () => this.askAll(),
      },
      random,
    );
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): DeskState => this.state;

  start(): void {
    this.line.start();
  }
  stop(): void {
    clearTimeout(this.behind);
    this.line.stop();
  }
  /** Another person may sit here next: nothing of this one stays. */
  reset(): void {
    this.stop();
    this.watched = [];
    this.change = this.welcome_change = this.welcomes = 0;
    this.filling.clear();
    this.set(emptyState);
  }
  nudge(): void {
    this.line.nudge();
  }
  typing(thread: string): void {
    this.line.send({ type: "typing", thread });
  }

  /** The threads a person looks at, the latest last. Beyond the server's limit the oldest is let go. */
  watch(thread: string): void {
    this.watched = [...this.watched.filter((id) => id !== thread), thread];
    while (this.watched.length > WATCH_LIMIT) this.unwatch(this.watched[0] as string);
    this.ask(thread);
  }

  unwatch(thread: string): void {
    if (!this.watched.includes(thread)) return;
    this.watched = this.watched.filter((id) => id !== thread);
    this.line.send({ type: "unwatch", thread });
    const viewers = new Map(this.state.viewers);
    if (viewers.delete(thread)) this.set({ viewers });
  }

  /** Rows from a list or an act's answer. An older state of a row never replaces a newer one. */
  learn(rows: readonly Thread[]): void {
    this.set({ rows: this.merged(rows) });
    this.mindTheGap();
  }

  learnPage(thread: string, events: readonly ThreadEvent[], older: boolean): void {
    this.setLog(thread, begin(this.log(thread), events, older));
    this.ask(thread);
  }

  learnOlder(thread: string, events: readonly ThreadEvent[], older: boolean): void {
    this.setLog(thread, prepend(this.log(thread), events, older));
  }

  /** The page after what is held, in answer to onGap(). */
  learnNewer(thread: string, events: readonly ThreadEvent[], more: boolean): void {
    this.filling.delete(thread);
    const before = this.log(thread).last;
    this.grow(thread, events);
    if (more && this.log(thread).last > before) this.fill(thread);
    else this.ask(thread);
  }

  /** The next quiet moment asks again. */
  gapNotFilled(thread: string): void {
    this.filling.delete(thread);
  }

  learnNotes(thread: string, notes: readonly Note[]): void {
    const held = new Map((this.state.notes.get(thread) ?? []).map((note) => [note.id, note]));
    for (const note of notes) held.set(note.id, note);
    const sorted = [...held.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    this.set({ notes: new Map(this.state.notes).set(thread, sorted) });
  }

  caughtUpShown(): void {
    this.set({ caught_up: null });
  }

  log(thread: string): ThreadLog {
    return this.state.logs.get(thread) ?? emptyLog;
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.welcomed(frame.change);
      case "reload":
        this.change = this.welcome_change; // what is fetched from now on is at least as new
        return this.hooks.onThreads([], true);
      case "threads":
        // A server that says what it sent before lets us notice a frame that never came.
        if (frame.since !== undefined && frame.since > this.change) return this.line.restart();
        return this.takeThreads(frame.threads, frame.change);
      case "events":
        return this.takeEvents(frame.thread, frame.events);
      case "notes":
        return this.learnNotes(frame.thread, frame.notes);
      case "mention":
        return this.hooks.onMention(frame.thread, frame.note);
      case "viewers":
        return this.set({ viewers: new Map(this.state.viewers).set(frame.thread, frame.people) });
      case "case":
        return this.hooks.onCase(frame.id);
      case "unwatched":
        return this.letGo(frame.thread);
      case "pong":
      case "error":
        return;
    }
  }

  /** The server does not let us see it (any more). */
  private letGo(thread: string): void {
    this.watched = this.watched.filter((id) => id !== thread);
    this.hooks.onThreads([thread], false);
  }

  private welcomed(change: number): void {
    // With nothing held, the lists that are fetched from now on are at least as new as this.
    if (this.change === 0) this.change = change;
    this.welcome_change = change;
    this.welcomes += 1;
    if (this.welcomes > 1) this.set({ caught_up: 0 });
    this.hooks.onThreads([], true);
    this.askAll();
  }

  private takeThreads(rows: readonly (Thread | { id: string; gone: true })[], change: number): void {
    const held = rows.filter((row): row is Thread => !("gone" in row));
    const left = rows.filter((row) => "gone" in row).map(({ id }) => id);
    const map = new Map(this.merged(held));
    for (const id of left) map.delete(id);
    this.change = Math.max(this.change, change);
    this.set({ rows: map, ...this.counted(rows.length) });
    this.hooks.onThreads(rows.map(({ id }) => id), false);
    this.mindTheGap();
  }

  private takeEvents(thread: string, events: readonly ThreadEvent[]): void {
    const held = this.log(thread);
    if (held.last === 0 && !this.watched.includes(thread)) return;
    if (this.grow(thread, events)) this.fill(thread);
  }

  /** True where the batch lies beyond a gap. */
  private grow(thread: string, events: readonly ThreadEvent[]): boolean {
    const { log, added, gap } = append(this.log(thread), events);
    if (added > 0) {
      this.setLog(thread, log);
      this.set(this.counted(added));
    }
    return gap;
  }

  private fill(thread: string): void {
    if (this.filling.has(thread)) return;
    this.filling.add(thread);
    this.hooks.onGap(thread, this.log(thread).last);
  }

  /** A row that is ahead of its events means that a frame was lost: ask again after a moment. */
  private mindTheGap(): void {
    clearTimeout(this.behind);
    const late = () => this.watched.filter((id) => (this.state.rows.get(id)?.seq ?? 0) > this.log(id).last && this.log(id).last > 0);
    if (late().length === 0) return;
    this.behind = setTimeout(() => {
      for (const id of late()) this.ask(id);
      this.mindTheGap();
    }, BEHIND_MS);
  }

  private ask(thread: string): void {
    if (!this.watched.includes(thread)) return;
    const frame: ClientFrame = { type: "watch", thread, after: this.log(thread).last };
    this.line.send(frame);
  }

  private askAll(): void {
    for (const thread of this.watched) this.ask(thread);
  }

  private linkChanged(link: Link): void {
    if (link === "live") return this.set({ link, lost_at: 0 });
    const lost_at = this.state.lost_at || (link === "waiting" || link === "ended" ? this.hooks.now() : 0);
    this.set({ link, lost_at });
    if (link === "ended") this.hooks.onEnded();
  }

  private merged(rows: readonly Thread[]): ReadonlyMap<string, Thread> {
    const map = new Map(this.state.rows);
    for (const row of rows) {
      const held = map.get(row.id);
      if (!held || isNewer(row, held)) map.set(row.id, row);
    }
    return map;
  }

  private counted(more: number): Partial<DeskState> {
    return this.state.caught_up === null ? {} : { caught_up: this.state.caught_up + more };
  }

  private setLog(thread: string, log: ThreadLog): void {
    if (log !== this.state.logs.get(thread)) this.set({ logs: new Map(this.state.logs).set(thread, log) });
  }

  private set(part: Partial<DeskState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
