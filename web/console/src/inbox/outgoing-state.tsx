// Below a line that is not in the thread yet: how it fares, and what can be done about it.
import { LoadingOutlined, WarningFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { theDesk } from "../stream/live-desk";
import { useComposing } from "./composing-text";
import { forget, sayAgain, type Outgoing } from "./outgoing";

export function OutgoingState({ one }: { one: Outgoing }) {
  const { t } = useTranslation();
  if (one.state !== "failed") {
    return (
      <p className="line-state" role="status">
        <LoadingOutlined /> {t("inbox.sending")}
      </p>
    );
  }
  const again = () =>
    void sayAgain(one).then(({ thread }) => {
      if (thread) theDesk().learn([thread]);
    });
  const back = () => {
    useComposing.getState().put(one.thread, one.text);
    forget(one.id);
  };
  return (
    <p className="line-state line-state-failed" role="alert">
      <WarningFilled /> {one.why === "stale" || one.why === "not_allowed" ? t("inbox.failed_stale") : t("inbox.failed")}
      {one.why !== "stale" && one.why !== "not_allowed" && (
        <button type="button" onClick={again}>
          {t("inbox.again")}
        </button>
      )}
      <button type="button" onClick={back}>
        {t("inbox.back_to_field")}
      </button>
    </p>
  );
}
