// Composition root of the page: the only file that touches window, storage and the socket by name.

import { render } from "preact";
import { chooseLanguage } from "./i18n/strings";
import type { UiLang } from "./protocol";
import { Session } from "./session";
import { DeviceMemory, openStorage } from "./storage";
import type { Socket } from "../../stream/line";
import { App } from "./view/app";
import "./styles/base.css";
import "./styles/chat.css";

function newUuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID(); // absent on plain http
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function openSocket(): Socket {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}/api/v1/chat/stream`) as unknown as Socket;
}

/** Web Locks where they exist; elsewhere two tabs opened at once may be two visitors until one reloads. */
function exclusively(task: () => Promise<void>): void {
  if (typeof navigator.locks === "undefined") void task();
  else navigator.locks.request("zhuqi.chat.first-visit", task).catch(() => void task());
}

/** iOS shrinks the visual viewport for the keyboard, not the layout one. */
function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const fit = () => {
    if (viewport.scale === 1) document.documentElement.style.setProperty("--room", `${Math.round(viewport.height)}px`);
  };
  viewport.addEventListener("resize", fit);
  fit();
}

function closeOfPanel(embedded: boolean): (() => void) | null {
  if (!embedded) return null;
  const close = () => window.parent.postMessage({ zhuqi: "close" }, "*");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  });
  return close;
}

/** Lets the page around us mark its button when something new was said. Says that, and nothing of what. */
function announce(session: Session): void {
  let last = 0;
  session.subscribe(() => {
    const { lastSeq, events, synced } = session.getState();
    if (!synced || lastSeq === last) return;
    const spoke = last > 0 && events.some((event) => event.seq > last && event.actor !== "user");
    last = lastSeq;
    if (spoke) window.parent.postMessage({ zhuqi: "message" }, "*");
  });
}

function main(): void {
  const memory = new DeviceMemory(openStorage());
  const embedded = window.parent !== window;
  let lang: UiLang = chooseLanguage([memory.language(), ...navigator.languages]);
  const session = new Session(memory, {
    openSocket,
    newId: newUuid,
    now: () => Date.now(),
    language: () => lang,
    exclusively,
  });

  const nudge = () => session.nudge();
  window.addEventListener("online", nudge);
  window.addEventListener("pageshow", nudge);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") nudge();
  });
  followKeyboard();
  if (embedded) announce(session);

  const service = document.querySelector<HTMLMetaElement>("meta[name=zhuqi-service]")?.content ?? "";
  const onLang = (next: UiLang) => {
    lang = next;
    memory.setLanguage(next);
  };
  const root = document.getElementById("app");
  if (!root) throw new Error("index.html has no #app");
  render(<App session={session} service={service} lang={lang} onLang={onLang} onClose={closeOfPanel(embedded)} />, root);
  session.start();
}

main();
