// The frame around the pages: the rail, the bar that says when the line is down, the stream's life, and the keys.
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { CrashGuard } from "../parts/crash";
import { SkeletonRows } from "../parts/states";
import { sessionEnded, useMe } from "../session/session";
import { startDesk } from "../stream/live-desk";
import { GlobalKeys } from "./global-keys";
import { LineBar } from "./line-bar";
import { useMentionToast } from "./mention-toast";
import { NoPage } from "./no-page";
import { Rail } from "./rail";
import { railOf } from "./rail-entries";

const InboxPage = lazy(() => import("../inbox/inbox-page"));
const SearchPage = lazy(() => import("../inbox/search-page"));
const CaseListPage = lazy(() => import("../cases/case-list-page"));
const CasePage = lazy(() => import("../cases/case-page"));
const LedgerPage = lazy(() => import("../ledger/ledger-page"));
const DashboardPage = lazy(() => import("../dashboard/dashboard-page"));
const AdminPage = lazy(() => import("../admin/admin-page"));
const AccountPage = lazy(() => import("../session/account-page"));

export function Shell() {
  const queries = useQueryClient();
  const me = useMe();
  const { pathname } = useLocation();
  const onMention = useMentionToast();
  useEffect(() => startDesk({ queries, onEnded: sessionEnded, onMention }), [queries, me.id, onMention]);
  useEffect(() => () => queries.clear(), [queries, me.id]);

  const home = railOf(me.permissions)[0]?.path ?? "/account";
  const may = (id: string) => railOf(me.permissions).some((entry) => entry.id === id);
  return (
    <div className="shell">
      <Rail />
      <div className="shell-main">
        <LineBar />
        <CrashGuard place={pathname}>
          <Suspense fallback={<SkeletonRows kind="block" rows={3} />}>
            <Routes>
              <Route index element={<Navigate to={home} replace />} />
              {may("inbox") && <Route path="inbox/:view?/:id?" element={<InboxPage />} />}
              {may("inbox") && <Route path="search" element={<SearchPage />} />}
              {may("cases") && <Route path="cases" element={<CaseListPage />} />}
              {may("cases") && <Route path="cases/:id" element={<CasePage />} />}
              {may("ledger") && <Route path="ledger" element={<LedgerPage />} />}
              {may("dashboard") && <Route path="dashboard" element={<DashboardPage />} />}
              {may("admin") && <Route path="admin/*" element={<AdminPage />} />}
              <Route path="account" element={<AccountPage />} />
              <Route path="login" element={<Navigate to={home} replace />} />
              <Route path="*" element={<NoPage />} />
            </Routes>
          </Suspense>
        </CrashGuard>
      </div>
      <GlobalKeys />
    </div>
  );
}
