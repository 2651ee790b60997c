// Keys that work on every page, and the two overlays they open: the help and the palette.
import { lazy, Suspense, useEffect } from "react";
import { useNavigate } from "react-router";
import { tinykeys } from "tinykeys";
import { useMe } from "../session/session";
import { useSingleKeys, type Handlers } from "./keys";
import { openHelp, openPalette, usePreferences } from "./preferences";
import { railOf } from "./rail-entries";

const Help = lazy(() => import("./help"));
const Palette = lazy(() => import("./palette"));

export function GlobalKeys() {
  const me = useMe();
  const navigate = useNavigate();
  const overlay = usePreferences((preferences) => preferences.overlay);
  const keys: Handlers = { "Shift+?": openHelp, "?": openHelp };
  for (const { key, path } of railOf(me.permissions)) keys[`g ${key}`] = () => void navigate(path);
  useSingleKeys(keys);
  // With a modifier these collide with no typing, so they stay on.
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      event.preventDefault();
      openPalette();
    };
    return tinykeys(window, { "$mod+k": open });
  }, []);
  return (
    <Suspense fallback={null}>
      {overlay === "help" && <Help />}
      {overlay === "palette" && <Palette />}
    </Suspense>
  );
}
