import { describe, expect, it } from "vitest";
import { unshown, type Outgoing } from "../src/inbox/outgoing";
import type { ThreadEvent } from "../src/api/types";

const mine = (part: Partial<Outgoing>): Outgoing => ({ id: "u1", thread: "7", text: "您好", epoch: 1, at: 0, state: "sending", after: 5, upto: 0, why: "", ...part });
const said = (seq: number, body: Record<string, unknown>): ThreadEvent => ({ seq, at: 0, epoch: 1, kind: "staff.text", who: "staff", name: "张敏", body });

describe("what I said is shown once", () => {
  it("as its own line until an event stands for it", () => {
    expect(unshown([mine({})], [said(5, { id: "u0", text: "您好" })], 5)).toHaveLength(1);
    expect(unshown([mine({})], [said(6, { id: "u1", text: "您好" })], 6)).toHaveLength(0);
  });
  it("by its words where the server gives no id, each event standing for one line only", () => {
    const twice = [mine({}), mine({ id: "u2" })];
    expect(unshown(twice, [said(6, { text: "您好" })], 6).map(({ id }) => id)).toEqual(["u2"]);
    expect(unshown(twice, [said(6, { text: "您好" }), said(7, { text: "您好" })], 7)).toEqual([]);
  });
  it("not mistaken for a colleague's same words under another id", () => {
    expect(unshown([mine({})], [said(6, { id: "other", text: "您好" })], 6)).toHaveLength(1);
  });
  it("gone once the thread is known to hold it", () => {
    expect(unshown([mine({ state: "sent", upto: 8 })], [], 7)).toHaveLength(1);
    expect(unshown([mine({ state: "sent", upto: 8 })], [], 8)).toHaveLength(0);
  });
  it("a failed line stays, whatever came meanwhile", () => {
    expect(unshown([mine({ state: "failed" })], [said(6, { text: "您好" })], 6)).toHaveLength(1);
  });
});
