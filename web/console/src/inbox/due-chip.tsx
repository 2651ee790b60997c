// How long there is left to answer. Colour, symbol and words say the same thing.
import { ClockCircleOutlined, ExclamationCircleFilled, WarningFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { span } from "../parts/time";

const SOON_MS = 10 * 60_000;

export function DueChip({ due, now, done = false }: { due: number; now: number; done?: boolean }) {
  const { t } = useTranslation();
  if (due <= 0 || done) return null;
  if (due < now) {
    return (
      <span className="chip chip-red">
        <ExclamationCircleFilled /> {t("due.over", { span: span(now - due) })}
      </span>
    );
  }
  if (due - now < SOON_MS) {
    return (
      <span className="chip chip-orange">
        <WarningFilled /> {t("due.left", { span: span(due - now) })}
      </span>
    );
  }
  return (
    <span className="chip">
      <ClockCircleOutlined /> {t("due.left", { span: span(due - now) })}
    </span>
  );
}
