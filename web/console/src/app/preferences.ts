// What a person sets for this browser: keys on or off and which, how Enter works; and which of the two overlays is open.
import { create } from "zustand";
import { readKept, writeKept } from "../parts/kept";
import { keyMapFrom, type KeyMap } from "./key-actions";

interface Preferences {
  keys: boolean;
  keymap: KeyMap;
  /** true: Enter sends and Shift+Enter breaks the line; false: Mod+Enter sends. */
  enter_sends: boolean;
  overlay: "none" | "help" | "palette";
}

const KEY = "zhuqi.console.preferences";

function remembered(): Pick<Preferences, "keys" | "keymap" | "enter_sends"> {
  const kept = (readKept(KEY) ?? {}) as Record<string, unknown>;
  return { keys: kept["keys"] !== false, enter_sends: kept["enter_sends"] !== false, keymap: keyMapFrom(kept["keymap"]) };
}

export const usePreferences = create<Preferences>(() => ({ overlay: "none", ...remembered() }));

usePreferences.subscribe(({ keys, keymap, enter_sends }) => writeKept(KEY, { keys, keymap, enter_sends }));

export const openHelp = () => usePreferences.setState({ overlay: "help" });
export const openPalette = () => usePreferences.setState({ overlay: "palette" });
export const closeOverlay = () => usePreferences.setState({ overlay: "none" });
