// The page: title bar, banner, log, composer.

import { useCallback, useEffect, useState } from "preact/hooks";
import type { UiLang } from "../protocol";
import type { Session } from "../session";
import { strings } from "../i18n/strings";
import { Composer } from "./composer";
import { Header } from "./header";
import { Messages } from "./messages";

interface Props {
  session: Session;
  service: string;
  lang: UiLang;
  onLang: (lang: UiLang) => void;
  onClose: (() => void) | null;
}

/** A blink of the line is nobody's business; only a longer one is shown. Milliseconds. */
const BANNER_AFTER_MS = 1_500;
/** How often times and marks of unsent messages are looked at again. Milliseconds. */
const TICK_MS = 5_000;

export function App({ session, service, lang: firstLang, onLang, onClose }: Props) {
  const [state, setState] = useState(session.getState);
  const [lang, setLang] = useState(firstLang);
  const now = useNow();
  const t = strings[lang];

  useEffect(() => session.subscribe(() => setState(session.getState())), [session]);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = service || t.service;
  }, [lang, service]);

  const choose = useCallback((next: UiLang) => {
    setLang(next);
    onLang(next);
  }, []);
  const pick = useCallback((value: string) => void session.send(value), [session]);
  const retry = useCallback((id: string) => session.retry(id), [session]);
  const discard = useCallback((id: string) => session.discard(id), [session]);
  const older = useCallback(() => session.loadOlder(), [session]);

  return (
    <div class="page">
      <Header service={service} owner={state.owner} ready={state.synced && state.link === "online"} lang={lang} t={t} onLang={choose} onClose={onClose} />
      <Banner online={state.link === "online"} offline={t.offline} reconnecting={t.reconnecting} />
      <Messages state={state} lang={lang} service={service} t={t} now={now} onPick={pick} onRetry={retry} onDiscard={discard} onOlder={older} />
      <Composer t={t} onSend={(text) => session.send(text)} />
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Banner({ online, offline, reconnecting }: { online: boolean; offline: string; reconnecting: string }) {
  const [device, setDevice] = useState(navigator.onLine);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const look = () => setDevice(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  useEffect(() => {
    setLate(false);
    if (online) return;
    const timer = setTimeout(() => setLate(true), BANNER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [online]);

  const words = !device ? offline : !online && late ? reconnecting : "";
  return (
    <div role="status" class="banner-place">
      {words && <p class="banner">{words}</p>}
    </div>
  );
}
