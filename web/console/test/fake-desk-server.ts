// A server of the stream for tests: keeps rows, events and notes, and loses frames when told to.
import type { Note, Thread, ThreadEvent } from "../src/api/types";
import type { Socket } from "../../stream/line";

export function rowOf(id: string, part: Partial<Thread> = {}): Thread {
  return {
    id,
    channel: "web",
    enterprise: `企业${id}`,
    visitor: "A1",
    matter: "",
    queue: "",
    reason: "",
    owner: { kind: "queue", id: null, name: "", department: "" },
    epoch: 1,
    seq: 0,
    change: 0,
    department: null,
    region: null,
    waiting_since: 0,
    due: 0,
    accept_by: 0,
    language: "zh-CN",
    last: { at: 0, who: "user", text: "" },
    closed_at: 0,
    grade: 0,
    revisit: null,
    ...part,
  };
}

export function eventOf(seq: number, text = `第${seq}句`): ThreadEvent {
  return { seq, at: 1_000 * seq, epoch: 1, kind: "user.text", who: "user", name: "", body: { text } };
}

/** Seeded, so that a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

class Connection implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  open = true;
  greeted = false;
  told = 0;
  readonly watched = new Map<string, number>();

  constructor(private readonly server: FakeDeskServer) {
    setTimeout(() => this.open && this.onopen?.(), 5);
  }
  send(data: string): void {
    if (this.open) setTimeout(() => this.open && this.server.receive(this, data), 3);
  }
  close(): void {
    this.open = false;
    this.server.connections.delete(this);
  }
  tell(frame: object): void {
    if (this.server.loses()) return;
    setTimeout(() => this.open && this.onmessage?.({ data: JSON.stringify(frame) }), 3);
  }
  cut(code: number): void {
    if (!this.open) return;
    this.close();
    this.onclose?.({ code });
  }
}

export class FakeDeskServer {
  readonly rows = new Map<string, Thread>();
  readonly logs = new Map<string, ThreadEvent[]>();
  readonly connections = new Set<Connection>();
  change = 0;
  /** Share of frames that never arrive, either way. */
  loss = 0;
  /** Of one resync: what is beyond comes by paging. */
  history = 5;
  reachable = true;

  constructor(private readonly random: () => number) {}

  loses = () => this.random() < this.loss;

  connect(): Socket {
    const connection = new Connection(this);
    if (this.reachable) this.connections.add(connection);
    else setTimeout(() => connection.cut(1006), 5);
    return connection;
  }

  say(id: string, text?: string): void {
    const log = this.logs.get(id) ?? [];
    const event = eventOf(log.length + 1, text);
    this.logs.set(id, [...log, event]);
    const before = this.change;
    this.change += 1;
    const row = rowOf(id, { ...this.rows.get(id), seq: event.seq, change: this.change, last: { at: event.at, who: "user", text: String(event.body["text"]) } });
    this.rows.set(id, row);
    for (const connection of this.connections) {
      if (!connection.greeted) continue;
      connection.tell({ type: "threads", threads: [row], change: this.change, since: before });
      if (connection.watched.get(id) === event.seq - 1) {
        connection.watched.set(id, event.seq);
        connection.tell({ type: "events", thread: id, events: [event], more: false });
      }
    }
  }

  note(thread: string, note: Note): void {
    for (const connection of this.connections) {
      if (connection.watched.has(thread)) connection.tell({ type: "notes", thread, notes: [note] });
    }
  }

  receive(connection: Connection, data: string): void {
    if (this.loses()) return;
    const frame = JSON.parse(data) as { type: string; change: number; thread: string; after: number };
    if (frame.type === "hello") {
      connection.greeted = true;
      connection.tell({ type: "welcome", change: this.change });
      const missed = frame.change === 0 ? [] : [...this.rows.values()].filter(({ change }) => change > frame.change);
      if (missed.length > 0) connection.tell({ type: "threads", threads: missed, change: this.change });
    } else if (!connection.greeted) {
      connection.cut(1008);
    } else if (frame.type === "ping") {
      connection.tell({ type: "pong" });
    } else if (frame.type === "watch") {
      const log = this.logs.get(frame.thread) ?? [];
      const missed = log.filter(({ seq }) => seq > frame.after);
      connection.watched.set(frame.thread, log.length);
      const events = missed.slice(-this.history);
      if (events.length > 0) connection.tell({ type: "events", thread: frame.thread, events, more: events.length < missed.length });
    } else if (frame.type === "unwatch") {
      connection.watched.delete(frame.thread);
    }
  }

  page(id: string, after: number, limit: number): { events: ThreadEvent[]; more: boolean } {
    const missed = (this.logs.get(id) ?? []).filter(({ seq }) => seq > after);
    return { events: missed.slice(0, limit), more: missed.length > limit };
  }

  cutAll(code = 1006): void {
    for (const connection of [...this.connections]) connection.cut(code);
  }
}
