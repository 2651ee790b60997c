// What I can do with this case now, in the server's order: the first is the next step.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { CaseAct } from "../api/types";

export function ActBar({ acts, onAct }: { acts: readonly CaseAct[]; onAct: (act: CaseAct) => void }) {
  const { t } = useTranslation();
  if (acts.length === 0) {
    return <p className="act-bar act-bar-none">{t("cases.no_acts")}</p>;
  }
  return (
    <div className="act-bar" role="group" aria-label={t("cases.acts")}>
      {acts.map((act, i) => (
        <Button key={act.action} type={i === 0 ? "primary" : "default"} onClick={() => onAct(act)}>
          {act.title}
        </Button>
      ))}
    </div>
  );
}
