// The calm page around everything that comes before the session.
import { GlobalOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { setLanguage } from "../i18n/language";
import "./door.css";

export function DoorFrame({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  const { t, i18n } = useTranslation();
  const english = i18n.language === "en";
  return (
    <div className="door">
      <main className={`door-card${wide ? " door-wide" : ""}`}>
        <header>
          <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width={40} height={40} />
          <div>
            <p>{t("app.name")}</p>
            <h1>{title}</h1>
          </div>
        </header>
        {children}
      </main>
      <footer>
        <button type="button" onClick={() => void setLanguage(english ? "zh-CN" : "en")}>
          <GlobalOutlined /> {english ? "中文" : "English"}
        </button>
        <span>{t("app.claim")}</span>
      </footer>
    </div>
  );
}
