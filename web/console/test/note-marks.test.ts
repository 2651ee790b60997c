import { describe, expect, it } from "vitest";
import { newestNaming } from "../src/inbox/mentions";
import { matchingPeople } from "../src/inbox/note-menus";
import { askedMark, namedIn, notePartsOf, putMark } from "../src/inbox/note-marks";

const NO = "ZQ510100-261122-00001-77";
const person = (id: string, name: string, department = "企业服务中心") => ({ id, name, department: { id: "1", name: department } });
const people = [person("1", "王小"), person("2", "王小明"), person("3", "陈伟", "工信局"), person("4", "陈伟", "财政局"), person("5", "Ann Lee")];

describe("a sign in a note", () => {
  it.each<[string, number, unknown]>([
    ["请看@", 3, { kind: "person", from: 2, words: "" }],
    ["请看＠陈", 4, { kind: "person", from: 2, words: "陈" }],
    ["见#26", 4, { kind: "case", from: 1, words: "26" }],
    ["见＃", 2, { kind: "case", from: 1, words: "" }],
    ["@陈伟 好", 5, null],
    ["写信到 a@b", 8, null],
    ["@陈伟", 0, null],
    ["@" + "长".repeat(40), 41, null],
    ["", 0, null],
  ])("%j at %i asks for %j", (text, caret, asked) => {
    expect(askedMark(text, caret)).toEqual(asked);
  });
  it("gives way to what was chosen, and the caret goes behind it", () => {
    const text = "请@陈 核对";
    expect(putMark(text, { kind: "person", from: 1, words: "陈" }, "陈伟")).toEqual({ text: "请@陈伟 核对", caret: 5 });
    expect(putMark("见＃", { kind: "case", from: 1, words: "" }, NO)).toEqual({ text: `见#${NO} `, caret: NO.length + 3 });
  });
});

describe("who a note names", () => {
  const ids = (text: string, chosen: string[] = []) => namedIn(text, people, new Set(chosen)).map(({ id }) => id);
  it.each<[string, string[]]>([
    ["@王小明 请看", ["2"]],
    ["@王小 请看", ["1"]],
    ["＠王小明、@王小", ["2", "1"]],
    ["@王小明@王小明", ["2"]],
    ["@Ann Lee please", ["5"]],
    ["王小明", []],
    ["@查无此人", []],
    ["@", []],
  ])("%j", (text, named) => {
    expect(ids(text)).toEqual(named);
  });
  it("is, of two with one name, the one who was chosen; without a choice nobody", () => {
    expect(ids("@陈伟 请看")).toEqual([]);
    expect(ids("@陈伟 请看", ["4"])).toEqual(["4"]);
  });
  it("is found by name before office", () => {
    expect(matchingPeople(people, "工信").map(({ id }) => id)).toEqual(["3"]);
    expect(matchingPeople(people, "王小明").map(({ id }) => id)).toEqual(["2"]);
    expect(matchingPeople(people, "明").map(({ id }) => id)).toEqual(["2"]);
  });
});

describe("a note on the screen", () => {
  it("shows names and cases for what they are, and keeps every letter", () => {
    const text = `@王小明 见#${NO}，#3 楼 @别人`;
    const parts = notePartsOf(text, [{ id: "2", name: "王小明" }]);
    expect(parts.map(({ text: words }) => words).join("")).toBe(text);
    expect(parts.filter(({ kind }) => kind !== "words")).toEqual([
      { kind: "person", text: "@王小明" },
      { kind: "case", text: `#${NO}` },
    ]);
  });
  it("is the newest that names me", () => {
    const note = (id: string, ...to: string[]) => ({ id, at: Number(id), by: { id: "9", name: "" }, text: "", whisper: false, to: to.map((one) => ({ id: one, name: "" })) });
    expect(newestNaming([note("1", "4"), note("2", "4", "5"), note("3", "5")], "4")).toBe("2");
    expect(newestNaming([note("1", "5")], "4")).toBeUndefined();
  });
});
