import { describe, expect, it } from "vitest";
import { rowsOf, slotsOf } from "../src/inbox/log-rows";
import type { ThreadEvent } from "../src/api/types";

const DAY = 86_400_000;
const NOON = new Date(2026, 10, 20, 12).getTime();
let seq = 0;
const event = (kind: string, at: number, body: Record<string, unknown> = {}, name = ""): ThreadEvent => ({
  seq: ++seq,
  at,
  epoch: 1,
  kind,
  who: "user",
  name,
  body,
});

describe("a thread's lines", () => {
  it("are divided by days", () => {
    const rows = rowsOf([event("user.text", NOON, { text: "一" }), event("user.text", NOON + DAY, { text: "二" }), event("user.text", NOON + DAY, { text: "三" })]);
    expect(rows.map(({ type }) => type)).toEqual(["day", "bubble", "day", "bubble", "bubble"]);
  });
  it("name a speaker once for lines close together", () => {
    const rows = rowsOf([
      event("staff.text", NOON, { text: "一" }, "张敏"),
      event("staff.text", NOON + 1_000, { text: "二" }, "张敏"),
      event("staff.text", NOON + 2_000, { text: "三" }, "李强"),
      event("staff.text", NOON + DAY / 4, { text: "四" }, "李强"),
    ]);
    expect(rows.flatMap((row) => (row.type === "bubble" ? [row.continued] : []))).toEqual([false, true, false, false]);
  });
  it("leave out what is not for people, and unknown kinds", () => {
    expect(rowsOf([event("internal", NOON), event("user.entered", NOON), event("something.new", NOON)])).toEqual([]);
  });
  it("survive bodies of any shape", () => {
    const bodies: Record<string, unknown>[] = [{}, { text: 5 }, { text: null, options: "x" }, { options: [null, 1, { label: 2 }, { label: "甲" }], slots: [null, 3] }];
    for (const kind of ["user.text", "user.media", "bot.text", "staff.text", "handoff", "official", "case.text", "ended"]) {
      for (const body of bodies) expect(() => rowsOf([event(kind, NOON, body)])).not.toThrow();
    }
  });
  it("say in words what a tapped number meant, of the last offer only", () => {
    const options = [{ value: "1", label: "确认提交" }, { value: "2", label: "不提交" }];
    const rows = rowsOf([
      event("user.text", NOON, { text: "1" }),
      event("bot.text", NOON, { text: "是否提交？", options }),
      event("user.text", NOON, { text: " 1 " }),
      event("bot.text", NOON, { text: "好的" }),
      event("user.text", NOON, { text: "1" }),
    ]);
    expect(rows.flatMap((row) => (row.type === "bubble" && row.side === "user" ? [row.text] : []))).toEqual(["1", "确认提交", "1"]);
  });
  it("do not repeat in a summary what stands in its table", () => {
    const note = "企业提交诉求，请受理：\n诉求类别：物流\n联系人：李敏\n备注：急";
    const [, row] = rowsOf([event("handoff", NOON, { note, queue: "q", slots: [{ label: "诉求类别", value: "物流" }, { label: "联系人", value: "李敏" }] })]);
    expect(row).toMatchObject({ note: "企业提交诉求，请受理：\n备注：急" });
  });
  it("do not say that a script ended by handing over", () => {
    const rows = rowsOf([event("handoff", NOON, { note: "n", queue: "q", slots: {} }), event("ended", NOON + 5)]);
    expect(rows.map(({ type }) => type)).toEqual(["day", "handoff"]);
  });
});

describe("the slots of a handoff", () => {
  it.each([
    [[{ label: "行业", value: "装备" }], [{ label: "行业", value: "装备" }]],
    [{ 行业: "装备", 规模: 20, 缺: null }, [{ label: "行业", value: "装备" }, { label: "规模", value: "20" }, { label: "缺", value: "" }]],
    [null, []],
    ["x", []],
  ])("%j", (given, expected) => {
    expect(slotsOf(given)).toEqual(expected);
  });
});
