import { describe, expect, it } from "vitest";
import { fits, listOf, order, settle, views, wanted } from "../src/inbox/list-order";
import type { Thread } from "../src/api/types";
import { rowOf } from "./fake-desk-server";

const me = { id: "4", department: { id: "1", name: "市企业服务中心" } };
const NOW = 1_000_000;
const human = (id: string) => ({ kind: "human" as const, id, name: "", department: "" });

describe("a row belongs into", () => {
  const office = { id: "1", name: "" };
  const cases: [string, Partial<Thread>, string[]][] = [
    ["the queue", {}, ["waiting"]],
    ["the queue of my department", { department: office }, ["waiting", "department"]],
    ["my hands", { owner: human("4") }, ["mine"]],
    ["my hands, to accept", { owner: human("4"), accept_by: NOW + 1 }, ["waiting", "mine"]],
    ["a colleague's hands", { owner: human("5"), department: office }, ["department"]],
    ["a colleague's hands, overdue", { owner: human("5"), due: NOW - 1 }, ["overdue"]],
    ["the bot's hands", { owner: { kind: "bot", id: null, name: "", department: "" }, due: 1 }, ["bot"]],
    ["the archive", { owner: { kind: "closed", id: null, name: "", department: "" }, due: 1 }, ["closed"]],
  ];
  it.each(cases)("%s: %o", (_, part, expected) => {
    expect(views.filter((view) => fits(view, rowOf("1", part), me, NOW))).toEqual(expected);
  });
});

it("a row is looked for where it is listed", () => {
  const at = (owner: Thread["owner"]) => listOf(rowOf("1", { owner }), "4");
  const nobody = (kind: "queue" | "bot" | "closed") => ({ kind, id: null, name: "", department: "" });
  expect([human("4"), human("5"), nobody("queue"), nobody("bot"), nobody("closed")].map(at)).toEqual(["mine", "department", "waiting", "bot", "closed"]);
});

describe("the order of a list", () => {
  it("is due first, then who waits longest; without a due time last", () => {
    const rows = [
      rowOf("late", { due: 300 }),
      rowOf("none", { waiting_since: 5 }),
      rowOf("soon", { due: 100 }),
      rowOf("tie-b", { due: 200, waiting_since: 20 }),
      rowOf("tie-a", { due: 200, waiting_since: 10 }),
    ];
    expect(rows.sort(order("waiting")).map(({ id }) => id)).toEqual(["soon", "tie-a", "tie-b", "late", "none"]);
  });
  it("is newest first for the bot's and for closed ones", () => {
    const rows = [rowOf("1", { last: { at: 1, who: "user", text: "" } }), rowOf("2", { last: { at: 9, who: "user", text: "" } })];
    expect(rows.sort(order("closed")).map(({ id }) => id)).toEqual(["2", "1"]);
  });
});

describe("what a list wants to show", () => {
  const rows = new Map([
    ["1", rowOf("1", { due: 100 })],
    ["2", rowOf("2", { due: 200 })],
    ["3", rowOf("3", { due: 50 })],
    ["9", rowOf("9", { due: 900 })],
  ]);
  const base = { view: "waiting" as const, me, now: 0, ids: ["1", "2"], rows };
  it("has what the stream brought in its place", () => {
    expect(wanted({ ...base, complete: true })).toEqual(["3", "1", "2", "9"]);
  });
  it("does not hide that more pages follow", () => {
    expect(wanted({ ...base, complete: false })).toEqual(["3", "1", "2"]);
  });
  it("lets go of what was taken by somebody else", () => {
    const taken = new Map(rows).set("1", rowOf("1", { owner: human("5") }));
    expect(wanted({ ...base, complete: false, rows: taken })).not.toContain("1");
  });
  it("keeps what the server listed for my department, though it may lie below it", () => {
    expect(wanted({ ...base, view: "department", complete: true })).toEqual(["1", "2"]);
  });
});

describe("a list under the pointer", () => {
  it("moves nothing and takes nothing away, and counts what waits", () => {
    expect(settle(["a", "b", "c"], ["new", "c", "a"], true)).toEqual({ shown: ["a", "b", "c"], fresh: 1 });
  });
  it("may grow at its end, for that moves nothing", () => {
    expect(settle(["a", "b"], ["new", "a", "b", "c", "d"], true)).toEqual({ shown: ["a", "b", "c", "d"], fresh: 1 });
  });
  it("shows everything as it should be once it is let go", () => {
    expect(settle(["a", "b"], ["new", "b"], false)).toEqual({ shown: ["new", "b"], fresh: 0 });
  });
  it("counts new ones even where all the old ones are gone", () => {
    expect(settle(["a"], ["x", "y"], true)).toEqual({ shown: ["a"], fresh: 2 });
  });
  it("is the same object as long as nothing changes", () => {
    const shown = ["a", "b"];
    expect(settle(shown, ["b", "a"], true).shown).toBe(shown);
  });
});
