// The house: accounts, organisation, queues, canned replies, records. Each part only for those whose duty it is.
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Route, Routes } from "react-router";
import { adminOf } from "../app/rail-entries";
import { SkeletonRows } from "../parts/states";
import { useMe } from "../session/session";
import "./admin.css";

const pages = {
  staff: lazy(() => import("./staff-page")),
  organisation: lazy(() => import("./organisation-page")),
  queues: lazy(() => import("./queues-page")),
  replies: lazy(() => import("./replies-page")),
  audit: lazy(() => import("./audit-page")),
};

export default function AdminPage() {
  const { t } = useTranslation();
  const me = useMe();
  const entries = adminOf(me.permissions);
  const first = entries[0];
  return (
    <main className={`page admin${entries.length > 1 ? "" : " admin-alone"}`}>
      {entries.length > 1 && (
        <nav className="admin-nav" aria-label={t("rail.admin")}>
          {entries.map(({ id, path }) => (
            <NavLink key={id} to={path}>
              {t(`admin.${id}.title`)}
            </NavLink>
          ))}
        </nav>
      )}
      <div className="admin-body">
        <Suspense fallback={<SkeletonRows kind="line" rows={6} />}>
          <Routes>
            {entries.map(({ id }) => {
              const Page = pages[id];
              return <Route key={id} path={id} element={<Page />} />;
            })}
            {first && <Route path="*" element={<Navigate to={first.path} replace />} />}
          </Routes>
        </Suspense>
      </div>
    </main>
  );
}
