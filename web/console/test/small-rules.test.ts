import { afterEach, describe, expect, it, vi } from "vitest";
import { actId, setClock } from "../src/api/act-id";
import { query } from "../src/api/client";
import { separated } from "../src/admin/roles";
import { matching } from "../src/app/commands";
import { shareGone } from "../src/cases/clocks";
import { casesOf, figureOf, percent } from "../src/dashboard/figures";
import { readable, withoutHoles } from "../src/inbox/script-words";
import { standingOf } from "../src/inbox/standing";
import { doAllNow, later, undo, UNDO_MS, useUndo } from "../src/inbox/undo";
import { marked } from "../src/parts/marked";
import { browserName } from "../src/session/browser-name";
import { rowOf } from "./fake-desk-server";

describe("the id of an act", () => {
  afterEach(() => setClock(0, 0));
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  it("is a UUID of version 7 that carries the server's time", () => {
    setClock(1_795_000_000_000, 5_000);
    const id = actId(6_000);
    expect(id).toMatch(uuid);
    expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(1_795_000_001_000);
  });
  it("never comes twice", () => {
    const ids = Array.from({ length: 2_000 }, () => actId(1_795_000_000_000));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(uuid);
  });
});

describe("marks in a found text", () => {
  it("count as JavaScript does: a rare character is two", () => {
    expect(marked("𠮷林补贴到账", [[3, 5]])).toEqual([
      { text: "𠮷林", hit: false },
      { text: "补贴", hit: true },
      { text: "到账", hit: false },
    ]);
  });
  it.each<[[number, number][]]>([[[]], [[[0, 99]]], [[[4, 2]]], [[[1, 3], [2, 5]]], [[[5, 9], [0, 1]]]])("never lose a letter: %j", (marks) => {
    expect(marked("企业问设备补贴", marks).map(({ text }) => text).join("")).toBe("企业问设备补贴");
  });
});

describe("the palette", () => {
  const command = (title: string, initials: string) => ({ title, initials, hint: "", run() {} });
  const all = [command("工单", "gd"), command("会话", "hh"), command("工作日志", "")];
  it.each([
    ["gd", ["工单"]],
    ["工", ["工单", "工作日志"]],
    ["日志", ["工作日志"]],
    ["zz", []],
  ])("finds %s", (words, expected) => {
    expect(matching(all, words).map(({ title }) => title)).toEqual(expected);
  });
});

describe("what I may do with a thread", () => {
  const may = { take: true, force_take: true, speak: true, note: true, transfer: true, close: true, release: true, hand_back: true, whisper: true, revisit: true };
  const human = (id: string) => ({ kind: "human" as const, id, name: "", department: "" });
  it("follows its newest owner, not the answer of a moment ago", () => {
    expect(standingOf(rowOf("1"), may, "4")).toMatchObject({ take: true, speak: false, close: false, release: false });
    expect(standingOf(rowOf("1", { owner: human("4") }), may, "4")).toMatchObject({ take: false, speak: true, close: true, force_take: false });
    expect(standingOf(rowOf("1", { owner: human("5") }), may, "4")).toMatchObject({ take: false, speak: false, force_take: true, close: false });
  });
  it("is only to accept or decline while a transfer to me waits", () => {
    expect(standingOf(rowOf("1", { owner: human("4"), accept_by: 9 }), may, "4")).toMatchObject({ accept: true, speak: false, release: true, transfer: false });
  });
  it("is to whisper only to somebody else who has it, and to call back only where that is owed", () => {
    const closed = rowOf("1", { owner: { kind: "closed", id: null, name: "", department: "" }, revisit: { since: 1, tries: 0 } });
    const standings = [rowOf("1"), rowOf("1", { owner: human("4") }), rowOf("1", { owner: human("5") }), closed].map((row) => standingOf(row, may, "4"));
    expect(standings.map(({ whisper }) => whisper)).toEqual([false, false, true, false]);
    expect(standings.map(({ revisit }) => revisit)).toEqual([false, false, false, true]);
  });
  it("is nothing but a note once it is closed", () => {
    const closed = standingOf(rowOf("1", { owner: { kind: "closed", id: null, name: "", department: "" } }), may, "4");
    expect(closed).toMatchObject({ take: false, speak: false, transfer: false, note: true });
  });
});

describe("an act that can be taken back", () => {
  afterEach(() => vi.useRealTimers());
  it("is done after five seconds, once", async () => {
    vi.useFakeTimers();
    const run = vi.fn();
    later("close 1", "", run);
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run.mock.calls).toEqual([[false]]);
  });
  it("is not done when it was taken back, or replaced", async () => {
    vi.useFakeTimers();
    const [first, second] = [vi.fn(), vi.fn()];
    later("close 1", "", first);
    later("close 1", "", second);
    undo(useUndo.getState().waiting[0]?.id ?? "");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(first).not.toHaveBeenCalled();
    expect(second).not.toHaveBeenCalled();
  });
  it("is done at once when the page is left", () => {
    vi.useFakeTimers();
    const run = vi.fn();
    later("close 1", "", run);
    doAllNow();
    expect(run.mock.calls).toEqual([[true]]);
    expect(useUndo.getState().waiting).toEqual([]);
  });
});

describe("figures", () => {
  it("have no share of nothing", () => {
    expect(percent(0, 0)).toBeNull();
    expect(percent(182, 190)).toBe("95.8%");
    expect(percent(1, 1)).toBe("100.0%");
  });
  it("lead to the cases that they count", () => {
    const period = { from: 1, to: 2, as_of: 3 };
    expect(casesOf(period, { matter: "用电 扩容" })).toBe("/cases?view=all&matter=%E7%94%A8%E7%94%B5+%E6%89%A9%E5%AE%B9&from=1&to=2");
    expect(casesOf(period, { figure: "solved", part: "good", department: "7" })).toBe("/cases?view=all&figure=solved&part=good&department=7&from=1&to=2&as_of=3");
    expect(figureOf("satisfied")).toBe("satisfied");
    expect(figureOf("self_service")).toBeUndefined();
  });
  it("of a clock stay within it", () => {
    expect(shareGone({ started: 0, due: 100, ended: 0 }, 25)).toBe(0.25);
    expect(shareGone({ started: 0, due: 100, ended: 50 }, 9_000)).toBe(0.5);
    expect(shareGone({ started: 100, due: 100, ended: 0 }, 0)).toBe(1);
    expect(shareGone({ started: 50, due: 100, ended: 0 }, 0)).toBe(0);
  });
});

describe("small rules", () => {
  it("a step's title has no holes of its script", () => {
    expect(withoutHoles("工作人员将在 {p.contact_hours} 小时内与您联系")).toBe("工作人员将在 … 小时内与您联系");
    expect(withoutHoles("没有空缺")).toBe("没有空缺");
    const states = [{ id: "ask", title: "{a} 好", kind: "say" }, { id: "match", title: "", kind: "do" }];
    const script = readable({ dialogs: [{ id: "d", title: "", states, edges: [] }], at: { dialog: "", state: "" } }, ({ id }) => `(${id})`);
    expect(script.dialogs[0]?.states.map(({ title }) => title)).toEqual(["… 好", "(match)"]);
  });
  it("a query has only what is set", () => {
    expect(query({ view: "mine", after: "", limit: 50, q: undefined })).toBe("?view=mine&limit=50");
    expect(query({})).toBe("");
  });
  it("an administrator is nothing else", () => {
    expect(separated(["agent", "handler"])).toBe(true);
    expect(separated(["audit_admin"])).toBe(true);
    expect(separated(["audit_admin", "system_admin"])).toBe(false);
    expect(separated(["agent", "security_admin"])).toBe(false);
  });
  it.each([
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome 126 · Windows"],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge 126 · Windows"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari 17 · iOS"],
    ["curl/8.5", "curl/8.5"],
  ])("a browser's name: %s", (agent, name) => {
    expect(browserName(agent)).toBe(name);
  });
});
