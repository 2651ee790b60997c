// What a person sets for this browser: keys on or off, how Enter works; and which of the two overlays is open.
import { create } from "zustand";

interface Preferences {
  keys: boolean;
  /** true: Enter sends and Shift+Enter breaks the line; false: Mod+Enter sends. */
  enter_sends: boolean;
  overlay: "none" | "help" | "palette";
}

const KEY = "zhuqi.console.preferences";

function remembered(): Partial<Preferences> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return { ...(kept["keys"] === false && { keys: false }), ...(kept["enter_sends"] === false && { enter_sends: false }) };
  } catch {
    return {};
  }
}

export const usePreferences = create<Preferences>(() => ({ keys: true, enter_sends: true, overlay: "none", ...remembered() }));

usePreferences.subscribe(({ keys, enter_sends }) => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ keys, enter_sends }));
  } catch {
    // Private windows may keep nothing.
  }
});

export const openHelp = () => usePreferences.setState({ overlay: "help" });
export const openPalette = () => usePreferences.setState({ overlay: "palette" });
export const closeOverlay = () => usePreferences.setState({ overlay: "none" });
