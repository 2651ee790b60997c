// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { Form } from "antd";
import dayjs from "dayjs";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ActField, FieldKind } from "../src/api/types";
import { fieldsOf } from "../src/cases/act-fields";
import { FieldInput } from "../src/cases/field-input";
import { startLanguage } from "../src/i18n/language";

const field = (name: string, kind: FieldKind, part: Partial<ActField> = {}): ActField => ({ name, title: `标题${name}`, kind, required: true, choices: [], ...part });

describe("what an act sends", () => {
  const fields = [field("reason", "text"), field("days", "days"), field("until", "date"), field("to", "unit"), field("grade", "choice"), field("told", "bool")];
  it("has each field in the form that the server takes", () => {
    const day = dayjs("2026-11-30T09:00:00");
    expect(fieldsOf(fields, { reason: "  材料未到 ", days: 5, until: day, to: "2", grade: "good", told: true })).toEqual({
      reason: "材料未到",
      days: 5,
      until: day.endOf("day").valueOf(),
      to: "2",
      grade: "good",
      told: true,
    });
  });
  it("leaves out what was left empty, and what the server did not ask for", () => {
    expect(fieldsOf(fields, { reason: "  ", days: null, until: undefined, to: "", other: "x" })).toEqual({});
  });
});

describe("a field is drawn by its kind", () => {
  beforeAll(startLanguage);
  afterEach(cleanup);
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const draw = (one: ActField) =>
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Form>
          <FieldInput field={one} />
        </Form>
      </QueryClientProvider>,
    );
  const choices = (n: number) => Array.from({ length: n }, (_, i) => ({ id: String(i), title: `选项${i}` }));

  it.each<[string, ActField, string]>([
    ["short text", field("subject", "text"), "textbox"],
    ["long text", field("reason", "text"), "textbox"],
    ["days", field("days", "days"), "spinbutton"],
    ["date", field("until", "date"), "textbox"],
    ["few choices", field("grade", "choice", { choices: choices(3) }), "radiogroup"],
    ["many choices", field("grade", "choice", { choices: choices(9) }), "combobox"],
    ["a yes or no", field("told", "bool"), "checkbox"],
    ["a unit", field("to", "unit"), "combobox"],
    ["a person", field("staff", "staff", { choices: choices(2) }), "combobox"],
  ])("%s", (_, one, role) => {
    draw(one);
    expect(screen.getAllByRole(role).length).toBeGreaterThan(0);
    expect(screen.getByText(new RegExp(one.title))).toBeTruthy();
  });
});
