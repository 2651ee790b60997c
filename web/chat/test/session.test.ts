import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoff, BACKOFF_LIMIT_MS, type Socket } from "../../stream/line";
import { ACK_MS, retryDelay, Session } from "../src/session";
import { DeviceMemory, OUTBOX_LIMIT, type KeyValue } from "../src/storage";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closed = false;
  send(data: string) {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }
  close() {
    this.closed = true;
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  of(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

function fakeStorage(): KeyValue {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (i) => [...map.keys()][i] ?? null,
    getItem: (k) => map.get(k) ?? null,
    setItem: (k, v) => void map.set(k, v),
    removeItem: (k) => void map.delete(k),
  };
}

let sockets: FakeSocket[];
let ids: number;
const latest = () => sockets[sockets.length - 1] as FakeSocket;

function visit(storage: KeyValue): Session {
  const session = new Session(new DeviceMemory(storage), {
    openSocket: () => {
      sockets.push(new FakeSocket());
      return latest();
    },
    newId: () => `id-${++ids}`,
    now: () => Date.now(),
    language: () => "zh-CN",
    exclusively: (task) => void task(),
  });
  session.start();
  return session;
}

async function welcome(seq = 0) {
  latest().onopen?.();
  latest().says({ type: "welcome", token: "tok", seq, owner: "bot" });
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  ids = 0;
});
afterEach(() => vi.useRealTimers());

test("an unsent message survives a reload and goes again with the same id and time", async () => {
  const storage = fakeStorage();
  const before = visit(storage);
  before.send("你好");
  before.stop();
  vi.advanceTimersByTime(60_000);
  visit(storage);
  await welcome();
  expect(latest().of("send")).toMatchObject([{ id: "id-1", text: "你好" }]);
  expect(latest().of("send")[0]?.at).toBeLessThan(Date.now() - 59_000);
  latest().says({ type: "ack", id: "id-1" });
  expect(new DeviceMemory(storage).outbox(Date.now())).toEqual([]);
});

test("no ack in time means a dead line: a new one is made and the message goes again", async () => {
  const session = visit(fakeStorage());
  await welcome();
  session.send("a");
  await vi.advanceTimersByTimeAsync(ACK_MS + 1);
  expect(sockets[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  await welcome();
  expect(sockets).toHaveLength(2);
  expect(latest().of("send")).toMatchObject([{ id: "id-1" }]);
});

test("a busy server is asked again, later and later, then the person is", async () => {
  const session = visit(fakeStorage());
  await welcome();
  session.send("a");
  await vi.advanceTimersByTimeAsync(0);
  for (let i = 0; i < 6; i++) {
    expect(latest().of("send")).toHaveLength(i + 1);
    latest().says({ type: "nack", id: "id-1", reason: "overloaded" });
    await vi.advanceTimersByTimeAsync(retryDelay(i + 1));
  }
  expect(session.getState().pending).toMatchObject([{ state: "failed" }]);
});

test("a token the server does not know is dropped; what was not sent stays", async () => {
  const storage = fakeStorage();
  new DeviceMemory(storage).setToken("old");
  const session = visit(storage);
  session.send("a");
  latest().onopen?.();
  expect(latest().sent[0]).toMatchObject({ type: "hello", token: "old" });
  latest().says({ type: "error", code: "bad_token" });
  await vi.advanceTimersByTimeAsync(1_000);
  await welcome();
  expect(latest().sent[0]).toMatchObject({ type: "hello", token: null, after: 0 });
  expect(latest().of("send")).toHaveLength(1);
});

test("a message that the server calls a bad frame is not sent for ever", async () => {
  const session = visit(fakeStorage());
  await welcome();
  session.send("a");
  await vi.advanceTimersByTimeAsync(0);
  latest().says({ type: "error", code: "bad_frame" });
  latest().onclose?.({ code: 1008 });
  await vi.advanceTimersByTimeAsync(1_000);
  await welcome();
  expect(latest().of("send")).toEqual([]);
});

test("a silent line is pinged, and replaced where nothing answers", async () => {
  visit(fakeStorage());
  await welcome();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(latest().of("ping")).toHaveLength(1);
  latest().says({ type: "pong" });
  await vi.advanceTimersByTimeAsync(25_000);
  expect(sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sockets).toHaveLength(2);
});

test("when the device is back the line is tried at once", async () => {
  const session = visit(fakeStorage());
  for (let i = 0; i < 8; i++) {
    latest().onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(i < 7 ? 15_000 : 0);
  }
  const tried = sockets.length;
  session.nudge();
  expect(sockets).toHaveLength(tried + 1);
});

test("the wait grows to its limit and is never the same for all", () => {
  expect(backoff(0, 0)).toBe(250);
  expect(backoff(0, 1)).toBe(500);
  expect(backoff(30, 1)).toBe(BACKOFF_LIMIT_MS);
  expect(backoff(30, 0)).toBe(BACKOFF_LIMIT_MS / 2);
});

test("what waits unsent is bounded", () => {
  const session = visit(fakeStorage());
  for (let i = 0; i < OUTBOX_LIMIT; i++) expect(session.send("x")).toBe(true);
  expect(session.send("x")).toBe(false);
});
