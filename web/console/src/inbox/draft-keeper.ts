// One official's draft for one thread: kept on the server a moment after the last key, and at once when the page is left.
// Whatever happens to the thread, what was typed stays until it has been sent.

export const DRAFT_PAUSE_MS = 800;
const RETRY_MS = 5_000;

export type SaveDraft = (text: string, leaving: boolean) => Promise<void>;
export type DraftState = "clean" | "waiting" | "saving" | "saved" | "failed";

export class DraftKeeper {
  state: DraftState = "clean";
  private text: string;
  private stored: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(
    initial: string,
    private readonly save: SaveDraft,
    private readonly onState: (state: DraftState) => void = () => {},
  ) {
    this.text = initial;
    this.stored = initial;
  }

  edit(text: string): void {
    this.text = text;
    if (text === this.stored && !this.busy) return this.settle("clean");
    this.settle("waiting");
    this.later(DRAFT_PAUSE_MS);
  }

  /** Sent: the server's copy goes. */
  clear(): void {
    this.text = "";
    clearTimeout(this.timer);
    void this.write(false);
  }

  /** The thread or the page is left. */
  leave(): void {
    clearTimeout(this.timer);
    if (this.text !== this.stored) void this.write(true);
  }

  private async write(leaving: boolean): Promise<void> {
    if (this.busy && !leaving) return this.later(DRAFT_PAUSE_MS);
    const text = this.text;
    if (text === this.stored) return this.settle("clean");
    this.busy = true;
    this.settle("saving");
    try {
      await this.save(text, leaving);
      this.stored = text;
      this.settle(this.text === text ? "saved" : "waiting");
    } catch {
      this.settle("failed");
      this.later(RETRY_MS);
    } finally {
      this.busy = false;
    }
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.write(false), ms);
  }

  private settle(state: DraftState): void {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
  }
}
