import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../parts/states";

export function NoPage() {
  const { t } = useTranslation();
  return (
    <main className="page">
      <Empty heading title={t("app.no_page")} hint={t("app.no_page_hint")}>
        <Link to="/">{t("app.home")}</Link>
      </Empty>
    </main>
  );
}
