import { describe, expect, test } from "vitest";
import type { ChatEvent, NackReason, Owner } from "../src/protocol";
import { hasOlder, initialState, nextToSend, reduce, type Action, type ChatState } from "../src/store";

const event = (seq: number, kind = "bot.text", body: Record<string, unknown> = { text: `#${seq}` }): ChatEvent => ({
  seq,
  at: seq * 1000,
  kind,
  actor: kind.startsWith("user") ? "user" : "bot",
  body,
});
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => event(first + i));
const welcome = (seq: number, owner: Owner = "bot"): Action => ({ type: "frame", frame: { type: "welcome", token: "t", seq, owner } });
const events = (list: ChatEvent[], more = false): Action => ({ type: "frame", frame: { type: "events", events: list, more } });
const ack = (id: string): Action => ({ type: "frame", frame: { type: "ack", id } });
const nack = (id: string, reason: NackReason): Action => ({ type: "frame", frame: { type: "nack", id, reason } });
const compose = (id: string, text = id): Action => ({ type: "compose", id, at: 1, text });
const run = (actions: Action[], from: ChatState = initialState) => actions.reduce(reduce, from);
const seqs = (state: ChatState) => state.events.map((e) => e.seq);

describe("events", () => {
  test("come once, in order, however they arrive", () => {
    const state = run([welcome(3), events([event(2), event(1), event(1)]), events([event(2), event(3)]), events([event(3)])]);
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.lastSeq).toBe(3);
    expect(state.gap).toBe(false);
  });

  test("a hole in the live stream asks for a resync and shows nothing out of order", () => {
    const state = run([welcome(1), events(range(1, 1)), events(range(3, 3))]);
    expect(state.gap).toBe(true);
    expect(seqs(state)).toEqual([1]);
  });

  test("a resync that starts later replaces what was held, and the rest can be paged in", () => {
    const state = run([welcome(2), events(range(1, 2)), { type: "link", link: "waiting" }, welcome(300), events(range(101, 300), true)]);
    expect(seqs(state)[0]).toBe(101);
    expect(hasOlder(state)).toBe(true);
    expect(state.gap).toBe(false);
    const paged = run([{ type: "loadOlder" }, events(range(51, 100), true)], state);
    expect(seqs(paged)).toEqual(range(51, 300).map((e) => e.seq));
    expect(paged.loadingOlder).toBe(false);
  });

  test("a page of history that does not join up is dropped", () => {
    const state = run([welcome(300), events(range(101, 300), true), events(range(1, 50))]);
    expect(seqs(state)[0]).toBe(101);
  });

  test("the first message has nothing older", () => {
    expect(hasOlder(run([welcome(2), events(range(1, 2))]))).toBe(false);
  });

  test("a log shorter than ours is another log: we start over", () => {
    const state = run([welcome(5), events(range(1, 5)), { type: "link", link: "waiting" }, welcome(2)]);
    expect(state.events).toEqual([]);
    expect(state.gap).toBe(true);
  });
});

describe("a message of ours", () => {
  const online = run([welcome(0)]);

  test("is one bubble with its echo, whether ack or echo comes first", () => {
    const echo = events([event(1, "user.text", { id: "a", text: "hi" })]);
    for (const order of [[ack("a"), echo], [echo, ack("a")]]) {
      const state = run([compose("a"), { type: "sent", id: "a" }, ...order], online);
      expect(state.pending).toEqual([]);
      expect(seqs(state)).toEqual([1]);
    }
  });

  test("goes alone, so that order survives a refusal", () => {
    let state = run([compose("a"), compose("b")], online);
    expect(nextToSend(state)?.id).toBe("a");
    state = reduce(state, { type: "sent", id: "a" });
    expect(nextToSend(state)).toBeNull();
    state = reduce(state, nack("a", "overloaded"));
    expect(nextToSend(state)).toMatchObject({ id: "a", tries: 1 });
  });

  test("goes again under the same id after the line broke", () => {
    const state = run([compose("a"), { type: "sent", id: "a" }, { type: "link", link: "waiting" }], online);
    expect(nextToSend(state)).toBeNull();
    expect(nextToSend(run([welcome(0)], state))?.id).toBe("a");
  });

  test("that is refused for good waits for the person and lets the next one pass", () => {
    const state = run([compose("a"), compose("b"), { type: "sent", id: "a" }, nack("a", "too_large")], online);
    expect(state.pending[0]).toMatchObject({ state: "failed", reason: "too_large" });
    expect(nextToSend(state)?.id).toBe("b");
  });

  test("keeps id and time on retry, except where the id is spent", () => {
    const failed = run([compose("a"), { type: "sent", id: "a" }, { type: "giveUp", id: "a" }], online);
    expect(reduce(failed, { type: "retry", id: "a", newId: "n", now: 9 }).pending).toMatchObject([{ id: "a", at: 1, state: "queued" }]);
    const spent = run([compose("a"), nack("a", "mismatch")], online);
    expect(reduce(spent, { type: "retry", id: "a", newId: "n", now: 9 }).pending).toMatchObject([{ id: "n", at: 9 }]);
  });

  test("that was restored from the device goes before what is written now, oldest first", () => {
    const restored = [
      { id: "y", at: 8, text: "y" },
      { id: "x", at: 7, text: "x" },
    ];
    const state = run([compose("z"), { type: "restore", messages: restored }], online);
    expect(state.pending.map((m) => m.id)).toEqual(["x", "y", "z"]);
  });
});

describe("the three dots", () => {
  test("show from the first hello to the greeting", () => {
    const state = run([welcome(0)]);
    expect(state.awaitingReply).toBe(true);
    expect(run([events([event(1, "user.entered", {}), event(2)])], state).awaitingReply).toBe(false);
  });

  test("show while the bot owes an answer, not while a person does", () => {
    const asked = (owner: Owner) => run([welcome(0, owner), { type: "replyOverdue" }, compose("a"), { type: "sent", id: "a" }]);
    expect(asked("bot").awaitingReply).toBe(true);
    expect(asked("human").awaitingReply).toBe(false);
    expect(asked("queue").awaitingReply).toBe(false);
  });

  test("stop when the line breaks", () => {
    expect(run([welcome(0), { type: "link", link: "waiting" }]).awaitingReply).toBe(false);
  });
});

test("a forgotten visitor keeps only what was not sent", () => {
  const state = run([welcome(2), events(range(1, 2)), compose("a"), { type: "forget" }]);
  expect(state.events).toEqual([]);
  expect(state.lastSeq).toBe(0);
  expect(state.pending.map((m) => m.id)).toEqual(["a"]);
});
