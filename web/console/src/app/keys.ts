// Single keys, which work only while nothing else could want them: no field has the focus, no dialog is open, and the
// person has not switched them off (WCAG 2.1.4).
import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { usePreferences } from "./preferences";

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function isCovered(): boolean {
  return document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-dropdown:not(.ant-dropdown-hidden)") !== null;
}

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

export function useSingleKeys(map: KeyMap): void {
  const enabled = usePreferences((preferences) => preferences.keys);
  const current = useRef(map);
  current.current = map;
  const names = Object.keys(map).join("|");
  useEffect(() => {
    if (!enabled) return;
    const guarded: KeyMap = {};
    for (const name of names.split("|")) {
      guarded[name] = (event) => {
        if (event.isComposing || event.keyCode === 229 || event.repeat && !/^[jk]$/i.test(name)) return;
        if (isTyping(event.target) || isCovered()) return;
        event.preventDefault();
        current.current[name]?.(event);
      };
    }
    return tinykeys(window, guarded);
  }, [enabled, names]);
}
