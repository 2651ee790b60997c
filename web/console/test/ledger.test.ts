import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../src/api/types";
import { cellOf, columns } from "../src/ledger/ledger-columns";
import { en } from "../src/i18n/en";

const row: LedgerRow = {
  id: "1",
  no: "ZQ370600-261120-00001-10",
  title: "补贴迟迟未批",
  enterprise: "青河精密",
  matter: "设备补贴",
  track: "urgent",
  state: "in_progress",
  state_title: "办理中",
  lead: { department: { id: "2", name: "市工信局" }, region: null },
  handler: null,
  due: 0,
  unit_due: 0,
  colour: "",
  alarm_title: "",
  level: 0,
  supervised: false,
  disputed: false,
  redos: 2,
  version: 1,
  outcome: "none",
  grade: null,
  opened: new Date(2026, 10, 20, 9, 5).getTime(),
  changed: 0,
  closed: 0,
  code: "",
  source: "dialog",
  contact: "李敏",
  overdue: true,
};
const words = { track: (track: string) => `通道${track}`, source: (source: string) => `来自${source}`, yes: "是" };

describe("the ledger", () => {
  it("shows each thing as people write it, and a dash where there is nothing", () => {
    const cells = Object.fromEntries(columns.map((column) => [column, cellOf(row, column, words)]));
    expect(cells).toMatchObject({ opened: "2026-11-20 09:05", due: "—", lead: "市工信局", handler: "—", overdue: "是", supervised: "—", redos: "2", grade: "—", code: "—", track: "通道urgent" });
  });
  it("has a head for each column", () => {
    expect(Object.keys(en.ledger.col).sort()).toEqual([...columns].sort());
  });
});
