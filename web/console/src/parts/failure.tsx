// What went wrong, in words, with the way on and the id that support needs.
import { ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";

/** The server's own sentence where it gave one. */
export function sentenceOf(fault: unknown): string {
  if (!(fault instanceof ApiError)) return i18next.t("error.unknown");
  if (fault.status === 0) return i18next.t("error.offline");
  if (fault.message) return fault.message;
  if (fault.status === 403) return i18next.t("error.forbidden");
  if (fault.status === 404) return i18next.t("error.not_found");
  if (fault.status === 409) return i18next.t("error.stale");
  if (fault.status === 429) return i18next.t("error.too_many");
  return fault.status >= 500 ? i18next.t("error.unavailable") : i18next.t("error.unknown");
}

export function Failure({ fault, retry }: { fault: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const request = fault instanceof ApiError ? fault.request : "";
  return (
    <div className="state state-failure" role="alert">
      <p className="state-title">{sentenceOf(fault)}</p>
      {request && (
        <p className="state-hint">
          {t("error.request")} <code>{request}</code>
        </p>
      )}
      {retry && (
        <Button icon={<ReloadOutlined />} onClick={retry}>
          {t("error.retry")}
        </Button>
      )}
    </div>
  );
}
