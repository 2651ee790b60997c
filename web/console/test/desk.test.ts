import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk } from "../src/stream/desk";
import { backoff, BACKOFF_LIMIT_MS, PING_MS, PONG_MS } from "../../stream/line";
import { eventOf, FakeDeskServer, rowOf, seeded } from "./fake-desk-server";

function rig(seed = 1) {
  const random = seeded(seed);
  const server = new FakeDeskServer(random);
  const lists: boolean[] = [];
  const mentions: string[] = [];
  const ended = vi.fn();
  const desk: Desk = new Desk(
    {
      open: () => server.connect(),
      csrf: () => "csrf",
      now: Date.now,
      onThreads: (_, all) => lists.push(all),
      onCase() {},
      onMention: (thread, note) => mentions.push(`${thread} ${note.text}`),
      onEnded: ended,
      onGap: (thread, after) =>
        setTimeout(() => {
          if (server.loses()) return desk.gapNotFilled(thread);
          const { events, more } = server.page(thread, after, 4);
          desk.learnNewer(thread, events, more);
        }, 8),
    },
    random,
  );
  return { server, desk, lists, mentions, ended, random };
}

const seqs = (desk: Desk, id: string) => desk.log(id).events.map(({ seq }) => seq);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the desk", () => {
  it("shows a watched thread's events as they happen", async () => {
    const { server, desk } = rig();
    server.say("7");
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    desk.learnPage("7", server.page("7", 0, 50).events, false);
    desk.watch("7");
    server.say("7");
    server.say("7");
    await vi.advanceTimersByTimeAsync(100);
    expect(seqs(desk, "7")).toEqual([1, 2, 3]);
    expect(desk.state.rows.get("7")?.seq).toBe(3);
  });

  it("takes nothing twice, whatever comes again or in another order", () => {
    const { desk } = rig();
    desk.learnPage("7", [eventOf(1), eventOf(2)], false);
    desk.learnPage("7", [eventOf(3), eventOf(2)], false);
    desk.learnNewer("7", [eventOf(2), eventOf(3), eventOf(4)], false);
    expect(seqs(desk, "7")).toEqual([1, 2, 3, 4]);
  });

  it("never replaces a row by an older state of it", () => {
    const { desk } = rig();
    desk.learn([rowOf("1", { seq: 9, change: 4, enterprise: "new" })]);
    desk.learn([rowOf("1", { seq: 8, change: 3, enterprise: "old" })]);
    desk.learn([rowOf("1", { seq: 8, change: 4, enterprise: "late copy" })]);
    expect(desk.state.rows.get("1")?.enterprise).toBe("new");
    desk.learn([rowOf("1", { seq: 9, change: 5, enterprise: "due anew" })]);
    expect(desk.state.rows.get("1")?.enterprise).toBe("due anew");
  });

  it("catches up after a long break, page by page, and says by how much", async () => {
    const { server, desk } = rig();
    desk.start();
    server.say("7");
    await vi.advanceTimersByTimeAsync(100);
    desk.learnPage("7", server.page("7", 0, 50).events, false);
    desk.watch("7");
    await vi.advanceTimersByTimeAsync(100);
    server.reachable = false;
    server.cutAll();
    expect(desk.state.link).toBe("waiting");
    expect(desk.state.lost_at).toBeGreaterThan(0);
    for (let i = 0; i < 40; i++) server.say("7");
    server.reachable = true;
    desk.nudge();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desk.state.link).toBe("live");
    expect(seqs(desk, "7")).toEqual(upTo(41));
    expect(desk.state.caught_up).toBeGreaterThanOrEqual(40);
  });

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))("loses and doubles nothing with 10 % of frames lost and cuts (seed %i)", async (seed) => {
    const { server, desk, random } = rig(seed);
    server.loss = 0.1;
    desk.start();
    for (const id of ["1", "2", "3"]) {
      server.say(id);
      desk.learnPage(id, server.page(id, 0, 50).events, false);
      desk.watch(id);
    }
    for (let step = 0; step < 300; step++) {
      server.say(String(1 + Math.floor(random() * 4)));
      if (random() < 0.02) server.cutAll();
      await vi.advanceTimersByTimeAsync(Math.floor(random() * 700));
      for (const id of ["1", "2", "3"]) {
        const held = seqs(desk, id);
        expect(held, "one stretch without holes or doubles, at any time").toEqual(upTo(held.length));
      }
    }
    await vi.advanceTimersByTimeAsync(6 * (PING_MS + PONG_MS));
    for (const id of ["1", "2", "3"]) expect(seqs(desk, id)).toEqual(upTo(server.logs.get(id)?.length ?? 0));
    // The thread that nobody watches has its row all the same.
    for (const [id, row] of server.rows) {
      const held = desk.state.rows.get(id);
      if (held) expect(held.seq).toBeLessThanOrEqual(row.seq);
    }
    desk.stop();
  });

  it("notices that a frame with rows never came, and gets them by a new line", async () => {
    const { server, desk } = rig();
    server.say("1");
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    server.loss = 1;
    server.say("1");
    server.loss = 0;
    server.say("2");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(desk.state.rows.get("1")?.seq).toBe(2);
    expect(desk.state.rows.get("2")?.seq).toBe(1);
  });

  it("asks again when a row is ahead of the events it holds", async () => {
    const { server, desk } = rig();
    server.say("1");
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    desk.learnPage("1", [eventOf(1)], false);
    desk.watch("1");
    await vi.advanceTimersByTimeAsync(100);
    server.loss = 1;
    server.say("1");
    server.loss = 0;
    desk.learn([...server.rows.values()]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seqs(desk, "1")).toEqual([1, 2]);
  });

  it("drops rows that left my area, and shows notes once", async () => {
    const { server, desk } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    desk.learn([rowOf("1", { seq: 1, change: 1 })]);
    desk.watch("1");
    await vi.advanceTimersByTimeAsync(100);
    const note = { id: "5", at: 1, by: { id: "2", name: "李强" }, text: "内部", to: [], whisper: false };
    server.note("1", note);
    server.note("1", note);
    for (const connection of server.connections) connection.tell({ type: "threads", threads: [{ id: "1", gone: true }], change: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(desk.state.notes.get("1")).toHaveLength(1);
    expect(desk.state.rows.has("1")).toBe(false);
  });

  it("tells of a note that names me, also in a thread that nobody watches here", async () => {
    const { server, desk, mentions } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    const note = { id: "5", at: 1, by: { id: "2", name: "李强" }, text: "@张敏 请看", to: [{ id: "4", name: "张敏" }], whisper: true };
    for (const connection of server.connections) connection.tell({ type: "mention", thread: "9", note });
    await vi.advanceTimersByTimeAsync(100);
    expect(mentions).toEqual(["9 @张敏 请看"]);
  });

  it("ignores frames that are none", async () => {
    const { server, desk } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    for (const connection of server.connections) {
      for (const data of ["", "{", "[]", '{"type":"threads"}', '{"type":"events","thread":"1","events":[{"seq":"x"}]}', null, 7]) connection.onmessage?.({ data });
    }
    expect(desk.state.link).toBe("live");
  });

  it("watches eight threads at most and lets the oldest go", async () => {
    const { server, desk } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    for (let i = 1; i <= 10; i++) desk.watch(String(i));
    await vi.advanceTimersByTimeAsync(100);
    const [connection] = server.connections;
    expect([...(connection?.watched.keys() ?? [])]).toEqual(["3", "4", "5", "6", "7", "8", "9", "10"]);
  });

  it("stops and says so when the session is over", async () => {
    const { server, desk, ended } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    server.cutAll(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ended).toHaveBeenCalledOnce();
    expect(server.connections.size).toBe(0);
  });

  it("finds a dead line by its silence", async () => {
    const { server, desk } = rig();
    desk.start();
    await vi.advanceTimersByTimeAsync(100);
    server.loss = 1;
    await vi.advanceTimersByTimeAsync(PING_MS + PONG_MS + 50);
    expect(desk.state.link).not.toBe("live");
    server.loss = 0;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(desk.state.link).toBe("live");
  });
});

describe("the backoff", () => {
  it("grows to its limit and is spread over half of it", () => {
    expect(backoff(0, 0)).toBe(250);
    expect(backoff(0, 0.999)).toBeLessThanOrEqual(500);
    expect(backoff(50, 0)).toBe(BACKOFF_LIMIT_MS / 2);
    expect(backoff(50, 0.999)).toBeLessThanOrEqual(BACKOFF_LIMIT_MS);
  });
});
