import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DRAFT_PAUSE_MS, DraftKeeper, type SaveDraft } from "../src/inbox/draft-keeper";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const saver = () => vi.fn<SaveDraft>(() => Promise.resolve());

describe("a draft", () => {
  it("is saved once, a moment after the last key", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    for (const text of ["您", "您好", "您好，"]) {
      keeper.edit(text);
      await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS / 2);
    }
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS);
    expect(save.mock.calls).toEqual([["您好，", false]]);
    expect(keeper.state).toBe("saved");
  });

  it("is not saved when it is what the server has", async () => {
    const save = saver();
    const keeper = new DraftKeeper("旧", save);
    keeper.edit("旧文");
    keeper.edit("旧");
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS * 2);
    expect(save).not.toHaveBeenCalled();
  });

  it("is saved at once when the thread is left, and then not again", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.edit("没写完");
    keeper.leave();
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS * 2);
    expect(save.mock.calls).toEqual([["没写完", true]]);
  });

  it("is tried again after a failure, with the newest words", async () => {
    const save = saver();
    save.mockRejectedValueOnce(new Error("offline"));
    const keeper = new DraftKeeper("", save);
    keeper.edit("一");
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS);
    expect(keeper.state).toBe("failed");
    keeper.edit("一二");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save.mock.calls.at(-1)).toEqual(["一二", false]);
    expect(keeper.state).toBe("saved");
  });

  it("goes from the server once it was sent", async () => {
    const save = saver();
    const keeper = new DraftKeeper("答复", save);
    keeper.clear();
    await vi.advanceTimersByTimeAsync(1);
    expect(save.mock.calls).toEqual([["", false]]);
  });

  it("that was sent while a save was under way goes afterwards", async () => {
    const save = saver();
    let done = () => {};
    save.mockImplementationOnce(() => new Promise<void>((resolve) => (done = resolve)));
    const keeper = new DraftKeeper("", save);
    keeper.edit("答复");
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS);
    keeper.clear();
    done();
    await vi.advanceTimersByTimeAsync(DRAFT_PAUSE_MS * 2);
    expect(save.mock.calls).toEqual([
      ["答复", false],
      ["", false],
    ]);
  });
});
