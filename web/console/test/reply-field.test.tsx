// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startLanguage } from "../src/i18n/language";
import { useComposing } from "../src/inbox/composing-text";
import { useOutgoing } from "../src/inbox/outgoing";
import { ReplyField } from "../src/inbox/reply-field";
import { usePreferences } from "../src/app/preferences";
import { rowOf } from "./fake-desk-server";

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[] = [];
let answer: () => Response;

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const replies = () => sent.filter(({ path }) => path.endsWith("/reply"));
const row = rowOf("7", { epoch: 3, seq: 5 });

function show() {
  const refused = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReplyField row={row} draft="" focus={0} onRefused={refused} />
    </QueryClientProvider>,
  );
  return { area: screen.getByRole("textbox"), refused };
}

const settle = () => act(async () => vi.advanceTimersByTimeAsync(20));

beforeAll(startLanguage);
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  useOutgoing.setState({ all: [] });
  useComposing.setState({ texts: {} });
  usePreferences.setState({ enter_sends: true });
  answer = () => json(200, { thread: { ...row, seq: 6 } });
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(init?.body ?? "{}")) as Record<string, unknown> });
    if (path.endsWith("/canned-replies")) return json(200, { replies: [{ id: "1", title: "问候", text: "您好，请讲。", department: null }] });
    return path.endsWith("/reply") ? answer() : json(200, {});
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the reply field", () => {
  it("sends with Enter, with the epoch that was seen, and empties itself", async () => {
    const { area } = show();
    fireEvent.change(area, { target: { value: "您好" } });
    fireEvent.keyDown(area, { key: "Enter" });
    await settle();
    expect(replies()).toHaveLength(1);
    expect(replies()[0]?.body).toMatchObject({ epoch: 3, text: "您好" });
    expect(replies()[0]?.body["id"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(area).toHaveProperty("value", "");
  });

  it.each([
    ["the input method composes", { key: "Enter", isComposing: true }],
    ["the key ends the composing", { key: "Enter", keyCode: 229 }],
    ["Shift is held", { key: "Enter", shiftKey: true }],
  ])("does not send while %s", async (_, key) => {
    const { area } = show();
    fireEvent.change(area, { target: { value: "nihao" } });
    fireEvent.keyDown(area, key);
    await settle();
    expect(replies()).toHaveLength(0);
    expect(area).toHaveProperty("value", "nihao");
  });

  it("sends with Ctrl+Enter alone where Enter is to break lines", async () => {
    usePreferences.setState({ enter_sends: false });
    const { area } = show();
    fireEvent.change(area, { target: { value: "您好" } });
    fireEvent.keyDown(area, { key: "Enter" });
    await settle();
    expect(replies()).toHaveLength(0);
    fireEvent.keyDown(area, { key: "Enter", ctrlKey: true });
    await settle();
    expect(replies()).toHaveLength(1);
  });

  it("sends nothing that is empty or too long", async () => {
    const { area } = show();
    for (const value of ["   \n ", "长".repeat(2001)]) {
      fireEvent.change(area, { target: { value } });
      fireEvent.keyDown(area, { key: "Enter" });
    }
    await settle();
    expect(replies()).toHaveLength(0);
  });

  it("keeps the words of a refused reply, and tells who was faster", async () => {
    answer = () => json(409, { error: { code: "stale", message: "", request: "r", winner: "李强", now: row } });
    const { area, refused } = show();
    fireEvent.change(area, { target: { value: "我的答复" } });
    fireEvent.keyDown(area, { key: "Enter" });
    await settle();
    expect(refused.mock.calls[0]?.[0]).toMatchObject({ code: "stale", winner: "李强" });
    expect(useOutgoing.getState().all).toMatchObject([{ text: "我的答复", state: "failed", why: "stale" }]);
    act(() => useComposing.getState().put("7", "我的答复"));
    expect(area).toHaveProperty("value", "我的答复");
  });

  it("tries again under the same id where nobody knows whether it arrived", async () => {
    let calls = 0;
    answer = () => {
      calls += 1;
      if (calls < 3) throw new TypeError("network");
      return json(200, { thread: { ...row, seq: 6 } });
    };
    const { area } = show();
    fireEvent.change(area, { target: { value: "您好" } });
    fireEvent.keyDown(area, { key: "Enter" });
    await act(async () => vi.advanceTimersByTimeAsync(5_000));
    expect(new Set(replies().map(({ body }) => body["id"])).size).toBe(1);
    expect(replies()).toHaveLength(3);
    expect(useOutgoing.getState().all).toMatchObject([{ state: "sent" }]);
  });

  it("offers canned replies after a slash, and Enter then chooses instead of sending", async () => {
    const { area } = show();
    fireEvent.change(area, { target: { value: "/问" } });
    await settle();
    expect(screen.getByRole("option")).toHaveProperty("textContent", "问候您好，请讲。");
    fireEvent.keyDown(area, { key: "Enter" });
    await settle();
    expect(area).toHaveProperty("value", "您好，请讲。");
    expect(replies()).toHaveLength(0);
  });
});
