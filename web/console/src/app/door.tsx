// Who is not signed in sees the door, and nothing else.
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/failure";
import { findSession, useSession } from "../session/session";
import { ApiError } from "../api/client";
import { Shell } from "./shell";

const LoginPage = lazy(() => import("../session/login-page"));
const SetupPage = lazy(() => import("../session/setup-page"));

const RETRY_MS = 3_000;

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="door-waiting" role="status">
      {t("app.loading")}
    </div>
  );
}

export function Door() {
  const phase = useSession((session) => session.phase);
  useEffect(() => {
    if (phase !== "unreachable") return;
    const timer = setInterval(() => void findSession(), RETRY_MS);
    return () => clearInterval(timer);
  }, [phase]);
  if (phase === "loading") return <Waiting />;
  if (phase === "unreachable") {
    return (
      <main className="door-waiting">
        <Failure fault={new ApiError(0, "offline", "", "")} retry={() => void findSession()} />
      </main>
    );
  }
  if (phase === "in") return <Shell />;
  return <Suspense fallback={<Waiting />}>{phase === "setup" ? <SetupPage /> : <LoginPage />}</Suspense>;
}
