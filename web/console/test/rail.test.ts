import { describe, expect, it } from "vitest";
import { adminOf, railOf } from "../src/app/rail-entries";
import type { Reach } from "../src/api/types";

const held = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "region" as Reach]));
const ids = (...names: string[]) => railOf(held(...names)).map(({ id }) => id);

describe("the rail shows only what I may", () => {
  it.each([
    ["an agent", ["thread.view", "thread.take", "case.view", "canned_reply.edit"], ["inbox", "cases", "admin"]],
    ["a leader", ["report.view"], ["dashboard"]],
    ["a call-back officer", ["case.view", "case.call_back"], ["cases"]],
    ["the system administrator", ["staff.view", "organisation.edit"], ["admin"]],
    ["the audit administrator", ["staff.view", "audit.view"], ["admin"]],
    ["nobody in particular", [], []],
    ["a right that this page does not know", ["thread.forecast"], []],
  ])("%s", (_, names, expected) => {
    expect(ids(...names)).toEqual(expected);
  });

  it("keeps the three administrators' pages apart", () => {
    expect(adminOf(held("staff.view", "organisation.edit")).map(({ id }) => id)).toEqual(["staff", "organisation", "queues"]);
    expect(adminOf(held("staff.view", "audit.view")).map(({ id }) => id)).toEqual(["staff", "audit"]);
    expect(adminOf(held("canned_reply.edit")).map(({ id }) => id)).toEqual(["replies"]);
  });
});
