import { describe, expect, it } from "vitest";
import { bind, isUsual, keyMapFrom, singleKey, usualKeys } from "../src/app/key-actions";

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe("a single key", () => {
  it.each<[string, object, string | null]>([
    ["x", {}, "x"],
    ["X", {}, "x"],
    [";", {}, ";"],
    ["?", {}, "?"],
    ["x", { ctrlKey: true }, null],
    ["X", { shiftKey: true }, null],
    ["ArrowDown", {}, null],
    ["+", {}, null],
    [" ", {}, null],
    ["é", {}, null],
    ["Process", {}, null],
  ])("%s %j is %s", (key, more, name) => {
    expect(singleKey(press(key, more))).toBe(name);
  });
  it("becomes another where that is free, and stays where it is not", () => {
    expect(bind(usualKeys, "take", "x")).toEqual({ map: { ...usualKeys, take: "x" } });
    expect(bind(usualKeys, "take", "r")).toEqual({ refused: "taken", by: "reply" });
    expect(bind(usualKeys, "take", "t")).toEqual({ map: usualKeys });
    for (const key of ["g", "?"]) expect(bind(usualKeys, "take", key)).toEqual({ refused: "reserved" });
  });
  it("that was given up is free for others", () => {
    const bound = bind(usualKeys, "take", "x");
    expect(bind("map" in bound ? bound.map : usualKeys, "close", "t")).toEqual({ map: { ...usualKeys, take: "x", close: "t" } });
  });
});

describe("the kept keys", () => {
  it("come back, two of them exchanged as well", () => {
    const swapped = { ...usualKeys, take: "r", reply: "t" };
    expect(keyMapFrom(JSON.parse(JSON.stringify(swapped)))).toEqual(swapped);
    expect(isUsual(swapped)).toBe(false);
  });
  it.each([null, 7, "x", [], { take: 1 }, { take: "g" }, { take: "Enter" }, { take: "r" }, { unknown: "x" }])("%j are the usual ones", (kept) => {
    expect(keyMapFrom(kept)).toEqual(usualKeys);
    expect(isUsual(keyMapFrom(kept))).toBe(true);
  });
});
