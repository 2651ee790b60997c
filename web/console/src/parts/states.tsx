// The states between nothing and everything: empty, loading.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface EmptyProps {
  title: string;
  hint?: string | undefined;
  /** Where nothing else on the page is its heading. */
  heading?: boolean;
  children?: ReactNode;
}

export function Empty({ title, hint, heading = false, children }: EmptyProps) {
  return (
    <div className="state">
      {heading ? <h1 className="state-title">{title}</h1> : <p className="state-title">{title}</p>}
      {hint && <p className="state-hint">{hint}</p>}
      {children}
    </div>
  );
}

/** Grey rows of the height that the real ones will have. */
export function SkeletonRows({ rows, kind }: { rows: number; kind: "card" | "line" | "bubble" | "block" }) {
  const { t } = useTranslation();
  return (
    <div className={`skeleton skeleton-${kind}`} role="status" aria-label={t("app.loading")}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="skeleton-row">
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}

export function PageHead({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      <div className="page-head-end">{children}</div>
    </header>
  );
}
