// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { CaseRow } from "../src/api/types";
import { startLanguage } from "../src/i18n/language";
import { useComposing } from "../src/inbox/composing-text";
import { NoteField } from "../src/inbox/note-field";
import { rowOf } from "./fake-desk-server";

let notes: Record<string, unknown>[] = [];
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const office = (name: string) => ({ id: "1", name });
const colleagues = [
  { id: "5", name: "李强", department: office("企业服务中心") },
  { id: "6", name: "陈伟", department: office("工信局") },
];
const aCase = { id: "8", no: "ZQ510100-261122-00001-77", title: "补贴迟迟未批", state_title: "办理中" } as CaseRow;
const row = rowOf("7", { owner: { kind: "human", id: "5", name: "李强", department: "" } });

function show(whisper = false) {
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient()}>
        <App>
          <NoteField row={row} cases={[aCase]} whisper={whisper} focus={0} />
        </App>
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return screen.getByRole("textbox") as HTMLTextAreaElement;
}
/** As a browser does: the text, the caret at its end, and the events that follow. */
function type(area: HTMLTextAreaElement, value: string) {
  fireEvent.input(area, { target: { value, selectionStart: value.length, selectionEnd: value.length } });
}
const press = (area: HTMLElement, key: string, more: object = {}) => fireEvent.keyDown(area, { key, ...more });
const save = (area: HTMLElement) => press(area, "Enter", { ctrlKey: true });
const saved = (count: number) => waitFor(() => expect(notes).toHaveLength(count));

beforeAll(startLanguage);
beforeEach(() => {
  notes = [];
  useComposing.setState({ texts: {} });
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (path.endsWith("/threads/7/colleagues")) return json({ colleagues });
    const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
    notes.push(body);
    return json({ note: { id: "1", at: 1, by: { id: "4", name: "张敏" }, text: body["text"], to: [], whisper: false } });
  });
});
afterEach(cleanup);

describe("the note field", () => {
  it("names a colleague from the list with the keyboard alone, and says who will be told", async () => {
    const area = show();
    type(area, "请@");
    expect(await screen.findAllByRole("option")).toHaveLength(2);
    press(area, "ArrowDown");
    press(area, "Enter");
    expect(area.value).toBe("请@陈伟 ");
    expect(screen.queryByRole("option")).toBeNull();
    await screen.findByText("将提醒：陈伟");
    save(area);
    await saved(1);
    expect(notes[0]).toMatchObject({ text: "请@陈伟", to: ["6"] });
    expect(notes[0]).not.toHaveProperty("whisper");
    expect(area.value).toBe("");
  });

  it("takes a name that was written out, and one that was deleted again is told nothing", async () => {
    const area = show();
    type(area, "@李强 @陈伟 请看");
    type(area, "@李强 请看");
    save(area);
    await saved(1);
    expect(notes[0]).toMatchObject({ to: ["5"] });
  });

  it("puts in a case of this thread after #", async () => {
    const area = show();
    type(area, "见#补");
    expect((await screen.findByRole("option")).textContent).toContain(aCase.no);
    press(area, "Tab");
    expect(area.value).toBe(`见#${aCase.no} `);
  });

  it("leaves the keys to the input method, and the letters on their way are no name", async () => {
    const area = show();
    type(area, "@");
    await screen.findAllByRole("option");
    fireEvent.compositionStart(area);
    type(area, "@chen");
    expect(screen.getAllByRole("option")).toHaveLength(2);
    press(area, "Enter", { isComposing: true });
    press(area, "Enter", { keyCode: 229 });
    expect(area.value).toBe("@chen");
    type(area, "@陈");
    fireEvent.compositionEnd(area);
    expect(screen.getAllByRole("option")).toHaveLength(1);
  });

  it("closes the list with Escape and saves nothing by that; Enter then breaks the line", async () => {
    const area = show();
    type(area, "@");
    await screen.findAllByRole("option");
    press(area, "Escape");
    expect(screen.queryByRole("option")).toBeNull();
    expect(press(area, "Enter")).toBe(true);
    expect(notes).toEqual([]);
  });

  it("whispers to the one who has the thread", async () => {
    const area = show(true);
    type(area, "先安抚，再核对");
    save(area);
    await saved(1);
    expect(notes[0]).toMatchObject({ text: "先安抚，再核对", whisper: true });
    expect(notes[0]).not.toHaveProperty("to");
  });

  it("keeps its words when another thread is looked at", () => {
    type(show(), "写到一半");
    cleanup();
    expect(show().value).toBe("写到一半");
    cleanup();
    expect(show(true).value).toBe("");
  });
});
