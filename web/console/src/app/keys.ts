// Single keys, which work only while nothing else could want them: no field has the focus, no dialog is open, and the
// person has not switched them off (WCAG 2.1.4). Which key does what is the person's choice.
import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { keyCap, type KeyAction } from "./key-actions";
import { usePreferences } from "./preferences";

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function isCovered(): boolean {
  return document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-dropdown:not(.ant-dropdown-hidden)") !== null;
}

/** So long the second key of `G …` is waited for, as the key library does. */
const SECOND_KEY_MS = 1_000;
let pressed = { key: "", at: 0 };
let before = pressed;

if (typeof window !== "undefined") {
  const remember = ({ key, timeStamp }: KeyboardEvent) => {
    before = pressed;
    pressed = { key, at: timeStamp };
  };
  window.addEventListener("keydown", remember, true);
}

/** The key belongs to `G …`: alone it may mean something else. */
const isSecond = () => before.key.toLowerCase() === "g" && pressed.at - before.at < SECOND_KEY_MS;

export type Handlers = Record<string, (event: KeyboardEvent) => void>;

/** `repeats`: names that may be held down. */
export function useSingleKeys(map: Handlers, repeats: readonly string[] = []): void {
  const enabled = usePreferences((preferences) => preferences.keys);
  const current = useRef(map);
  current.current = map;
  const names = JSON.stringify([Object.keys(map), repeats]);
  useEffect(() => {
    if (!enabled) return;
    const guarded: Handlers = {};
    const [all, held] = JSON.parse(names) as [string[], string[]];
    for (const name of all) {
      guarded[name] = (event) => {
        if (event.isComposing || event.keyCode === 229 || (event.repeat && !held.includes(name))) return;
        if (isTyping(event.target) || isCovered()) return;
        if (!name.includes(" ") && isSecond()) return;
        event.preventDefault();
        current.current[name]?.(event);
      };
    }
    return tinykeys(window, guarded);
  }, [enabled, names]);
}

/** The same by what they do, under the keys that the person has chosen. */
export function useActionKeys(acts: Partial<Record<KeyAction, () => void>>): void {
  const { keymap } = usePreferences();
  const handlers: Handlers = {};
  for (const [action, run] of Object.entries(acts)) handlers[keymap[action as KeyAction]] = run;
  useSingleKeys(handlers, [keymap.next, keymap.previous]);
}

/** The cap of the key that does it now. */
export function useKeyCap(action: KeyAction): string {
  return usePreferences(({ keymap }) => keyCap(keymap[action]));
}
