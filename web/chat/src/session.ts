// Joins the pure store to the line, the device's memory and the clock. The page calls its verbs and draws its state.

import { Line, type Socket } from "../../stream/line";
import { parseFrame, type ClientFrame, type ServerFrame, type UiLang } from "./protocol";
import { initialState, nextToSend, reduce, hasOlder, type Action, type ChatState } from "./store";
import { OUTBOX_LIMIT, type DeviceMemory } from "./storage";

export const ACK_MS = 10_000; // send to ack; beyond it the line counts as dead
export const REPLY_MS = 10_000; // the three dots never stay longer
export const MAX_TRIES = 6; // "try later" answers before the person is asked

/** Delay after the n-th "try later" (1, 2, …), milliseconds. */
export function retryDelay(tries: number): number {
  return Math.min(15_000, 1_000 * 2 ** (tries - 1));
}

export interface Environment {
  openSocket(): Socket;
  newId(): string;
  now(): number;
  language(): UiLang;
  /** Runs `task` while no other tab of this visitor does; so that two tabs do not become two visitors. */
  exclusively(task: () => Promise<void>): void;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

export class Session {
  private state: ChatState = initialState;
  private readonly listeners = new Set<() => void>();
  private readonly line: Line<ClientFrame, ServerFrame>;
  private ackTimer: Timer;
  private replyTimer: Timer;
  private pauseTimer: Timer;
  private pausedUntil = 0;
  private welcomeWaiters: (() => void)[] = [];

  constructor(
    private readonly memory: DeviceMemory,
    private readonly env: Environment,
  ) {
    this.line = new Line({
      open: () => env.openSocket(),
      hello: () => ({ type: "hello", token: memory.token(), after: this.state.lastSeq, lang: env.language() }),
      parse: parseFrame,
      onFrame: (frame) => this.onFrame(frame),
      onLink: (link) => {
        // That it is live the welcome itself says, with what comes with it; and a visitor's session does not end.
        if (link === "connecting" || link === "waiting") this.dispatch({ type: "link", link });
      },
    });
  }

  getState = (): ChatState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.dispatch({ type: "restore", messages: this.memory.outbox(this.env.now()) });
    if (this.memory.token()) {
      this.line.start();
      return;
    }
    this.env.exclusively(
      () =>
        new Promise<void>((release) => {
          this.welcomeWaiters.push(release);
          setTimeout(release, 5_000);
          this.line.start();
        }),
    );
  }

  stop(): void {
    clearTimeout(this.ackTimer);
    clearTimeout(this.replyTimer);
    clearTimeout(this.pauseTimer);
    this.line.stop();
  }

  nudge(): void {
    this.line.nudge();
  }

  /** False where too much waits unsent already. */
  send(text: string): boolean {
    if (this.state.pending.length >= OUTBOX_LIMIT) return false;
    const message = { id: this.env.newId(), at: this.env.now(), text };
    this.memory.keep(message);
    this.dispatch({ type: "compose", ...message });
    return true;
  }

  retry(id: string): void {
    this.dispatch({ type: "retry", id, newId: this.env.newId(), now: this.env.now() });
    this.memory.drop(id);
    const again = this.state.pending[this.state.pending.length - 1];
    if (again) this.memory.keep(again);
    this.line.nudge();
  }

  discard(id: string): void {
    this.memory.drop(id);
    this.dispatch({ type: "discard", id });
  }

  loadOlder(): void {
    const first = this.state.events[0];
    if (!first || !hasOlder(this.state) || this.state.loadingOlder) return;
    if (this.line.send({ type: "history", before: first.seq })) this.dispatch({ type: "loadOlder" });
  }

  private onFrame(frame: ServerFrame): void {
    if (frame.type === "error" && frame.code === "bad_token") {
      // The server does not know this visitor (its secret or data are new): begin again, keep what was not sent.
      this.memory.setToken(null);
      this.dispatch({ type: "forget" });
      this.line.restart();
      return;
    }
    if (frame.type === "error") {
      // What the server cannot read it will not read next time: the message must not close every line from now on.
      const sent = this.state.pending.find((m) => m.state === "sent");
      if (sent) this.dispatch({ type: "giveUp", id: sent.id });
    }
    if (frame.type === "welcome") {
      this.memory.setToken(frame.token);
      for (const release of this.welcomeWaiters.splice(0)) release();
    }
    if (frame.type === "ack") this.memory.drop(frame.id);
    this.dispatch({ type: "frame", frame });
    if (frame.type === "nack") this.onNack(frame.id);
    if (this.state.gap) this.line.restart();
  }

  private onNack(id: string): void {
    const message = this.state.pending.find((m) => m.id === id);
    if (!message || message.state !== "queued") return;
    if (message.tries >= MAX_TRIES) {
      this.dispatch({ type: "giveUp", id });
      return;
    }
    const wait = retryDelay(message.tries);
    this.pausedUntil = this.env.now() + wait;
    clearTimeout(this.pauseTimer);
    this.pauseTimer = setTimeout(() => {
      this.pausedUntil = 0;
      this.pump();
    }, wait);
  }

  private dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    for (const gone of before.pending) {
      if (!this.state.pending.some((m) => m.id === gone.id)) this.memory.drop(gone.id);
    }
    this.keepTime(before);
    for (const listener of this.listeners) listener();
    if (action.type !== "sent") queueMicrotask(() => this.pump());
  }

  private keepTime(before: ChatState): void {
    const sending = this.state.pending.find((m) => m.state === "sent");
    const wasSending = before.pending.find((m) => m.state === "sent");
    if (sending?.id !== wasSending?.id) {
      clearTimeout(this.ackTimer);
      if (sending) this.ackTimer = setTimeout(() => this.line.restart(), ACK_MS);
    }
    if (this.state.awaitingReply && !before.awaitingReply) {
      clearTimeout(this.replyTimer);
      this.replyTimer = setTimeout(() => this.dispatch({ type: "replyOverdue" }), REPLY_MS);
    }
  }

  private pump(): void {
    if (this.pausedUntil > this.env.now()) return;
    const message = nextToSend(this.state);
    if (!message) return;
    if (this.line.send({ type: "send", id: message.id, at: message.at, text: message.text })) {
      this.dispatch({ type: "sent", id: message.id });
    }
  }
}
