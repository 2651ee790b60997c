import { expect, test } from "vitest";
import { optionsOf, parseFrame, utf8Length } from "../src/protocol";
import { chooseLanguage } from "../src/i18n/strings";
import { timeLabel } from "../src/i18n/time";
import { linkify } from "../src/view/linkify";
import { rowsOf } from "../src/view/rows";
import { initialState } from "../src/store";

test.each([
  "", "x", "1", "null", "[]", "{}", '{"type":"later"}',
  '{"type":"welcome","token":1,"seq":0,"owner":"bot"}',
  '{"type":"welcome","token":"t","seq":-1,"owner":"bot"}',
  '{"type":"welcome","token":"t","seq":0,"owner":"cat"}',
  '{"type":"events","events":[{"seq":0,"at":1,"kind":"a","actor":"b","body":{}}]}',
  '{"type":"events","events":[{"seq":1,"at":1,"kind":"a","actor":"b","body":[]}]}',
  '{"type":"nack","id":"a","reason":"whim"}',
])("what is not a frame is nothing: %s", (text) => expect(parseFrame(text)).toBeNull());

test("frames of the protocol are read", () => {
  expect(parseFrame('{"type":"welcome","token":"t","seq":3,"owner":"queue"}')).toEqual({ type: "welcome", token: "t", seq: 3, owner: "queue" });
  expect(parseFrame('{"type":"error","code":"bad_token"}')).toEqual({ type: "error", code: "bad_token" });
});

test("malformed options are left out", () => {
  const body = { text: "?", options: [{ value: "1", label: "a" }, { value: 2, label: "b" }, null, "x"] };
  expect(optionsOf({ seq: 1, at: 1, kind: "bot.text", actor: "bot", body })).toEqual([{ value: "1", label: "a" }]);
});

test.each([
  [["zh-TW"], "zh-CN"], [["en-GB"], "en"], [["fr", "ja-JP"], "ja"], [["ko"], "ko"], [["fr"], "zh-CN"], [[null, undefined], "zh-CN"],
])("language of %j is %s", (wanted, chosen) => expect(chooseLanguage(wanted)).toBe(chosen));

test("times are told as people tell them", () => {
  const now = new Date(2026, 10, 20, 15, 0).getTime();
  expect(timeLabel(new Date(2026, 10, 20, 9, 5).getTime(), now, "zh-CN")).toBe("09:05");
  expect(timeLabel(new Date(2026, 10, 19, 23, 59).getTime(), now, "zh-CN")).toBe("昨天 23:59");
  expect(timeLabel(new Date(2026, 10, 17, 8, 0).getTime(), now, "zh-CN")).toBe("星期二 08:00");
  expect(timeLabel(new Date(2026, 9, 1, 8, 0).getTime(), now, "zh-CN")).toBe("10月1日 08:00");
  expect(timeLabel(new Date(2025, 9, 1, 0, 30).getTime(), now, "zh-CN")).toBe("2025年10月1日 00:30");
});

test("only http and https become links, and Chinese around them does not", () => {
  expect(linkify("详见https://gov.cn/a?b=1。谢谢")).toEqual([
    { text: "详见" }, { text: "https://gov.cn/a?b=1", href: "https://gov.cn/a?b=1" }, { text: "。谢谢" },
  ]);
  expect(linkify("javascript:alert(1) data:text/html,x")).toEqual([{ text: "javascript:alert(1) data:text/html,x" }]);
  expect(linkify("(http://a.cn).")[1]).toEqual({ text: "http://a.cn", href: "http://a.cn/" });
});

test("bytes are counted, not characters", () => expect(utf8Length("企a")).toBe(4));

test("a tapped value is shown in its words, and options live only under the last line, while no person has the thread", () => {
  const bot = (seq: number) => ({
    seq, at: seq, kind: "bot.text", actor: "bot",
    body: { text: "?", hint: "回复数字", options: [{ value: "1", label: "房租补贴" }] },
  });
  const mine = { seq: 2, at: 2, kind: "user.text", actor: "user", body: { id: "u", text: "1" } };
  const rows = rowsOf({ ...initialState, events: [bot(1), mine, bot(3)] }).filter((r) => r.type !== "time");
  expect(rows[0]).toMatchObject({ live: false, text: "?" });
  expect(rows[1]).toMatchObject({ text: "房租补贴", key: "mu" });
  expect(rows[2]).toMatchObject({ live: true });
  const waiting = rowsOf({ ...initialState, events: [bot(1), mine, bot(3)], owner: "queue" });
  expect(waiting[waiting.length - 1]).toMatchObject({ live: false });
  const graded = rowsOf({ ...initialState, events: [bot(1), mine, bot(3)], owner: "closed" });
  expect(graded[graded.length - 1]).toMatchObject({ live: true });
});
