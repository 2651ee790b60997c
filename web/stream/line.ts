// One WebSocket that keeps coming back, for the web chat and for the console: backoff with jitter, a heartbeat that notices
// dead lines, and an attempt at once when the device says that the network or the page is back. Of the frames it knows no
// more than the handshake and the heartbeat need.

export const BACKOFF_FIRST_MS = 500;
export const BACKOFF_LIMIT_MS = 15_000;
export const OVERLOADED_MS = 5_000; // the least wait after 1013: the server asked for air
export const WELCOME_MS = 10_000; // socket opening to welcome; beyond it the line counts as dead
export const PING_MS = 20_000; // below the 30–60 s at which proxies and mobile networks drop silent connections
export const PONG_MS = 8_000;
const CLOSE_OVERLOADED = 1013;
const CLOSE_SESSION_OVER = 4401;

/** The part of WebSocket that is used, so that tests can stand in for it. */
export interface Socket {
  send(data: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export type Link = "connecting" | "live" | "waiting" | "ended";

export interface LineHooks<Sent, Heard> {
  open(): Socket;
  hello(): Sent;
  /** null for what is no frame: it is dropped, and the next resync mends it. */
  parse(data: string): Heard | null;
  onFrame(frame: Heard): void;
  onLink(link: Link): void;
  /** The line was quiet for one heartbeat: a good moment to compare what both sides hold. */
  onQuiet?(): void;
}

/** Delay before attempt number `attempt` (0 = first retry), `random` in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(BACKOFF_LIMIT_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

export class Line<Sent extends { type: string }, Heard extends { type: string }> {
  private socket: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private welcomed = false;
  private stopped = true;

  constructor(
    private readonly hooks: LineHooks<Sent, Heard>,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
  }

  /** False where there is no welcomed socket. Nothing is queued here: who sends keeps it, or asks again after the welcome. */
  send(frame: Sent): boolean {
    if (!this.socket || !this.welcomed) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network or the page is back: try now, or make sure that the line we believe in lives. */
  nudge(): void {
    if (this.stopped) return;
    if (!this.socket) {
      this.attempt = 0;
      this.connect();
    } else if (this.welcomed) {
      this.ping();
    }
  }

  /** Throws the line away and makes a new one: the hello after it brings whatever was missed. */
  restart(): void {
    if (!this.stopped) this.lost(0);
  }

  private connect(): void {
    this.drop();
    this.hooks.onLink("connecting");
    const socket = this.hooks.open();
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.hooks.hello()));
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = ({ code }) => this.lost(code);
    this.later(() => this.lost(0), WELCOME_MS);
  }

  private receive(data: unknown): void {
    const frame = typeof data === "string" ? this.hooks.parse(data) : null;
    if (frame?.type === "welcome") {
      this.welcomed = true;
      this.attempt = 0;
      this.hooks.onLink("live");
    }
    if (this.welcomed) this.later(() => this.ping(), PING_MS); // anything heard is a sign of life
    if (frame) this.hooks.onFrame(frame);
  }

  private ping(): void {
    this.later(() => this.lost(0), PONG_MS);
    this.socket?.send(JSON.stringify({ type: "ping" }));
    this.hooks.onQuiet?.();
  }

  private lost(code: number): void {
    this.drop();
    if (this.stopped) return;
    if (code === CLOSE_SESSION_OVER) {
      this.stopped = true;
      this.hooks.onLink("ended");
      return;
    }
    this.hooks.onLink("waiting");
    const wait = backoff(this.attempt++, this.random());
    this.later(() => this.connect(), code === CLOSE_OVERLOADED ? Math.max(wait, OVERLOADED_MS) : wait);
  }

  /** One timer at a time: waiting for the welcome, for the next ping, for its answer, or for the next attempt. */
  private later(run: () => void, ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(run, ms);
  }

  private drop(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
