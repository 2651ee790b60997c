// Chinese comes with the page; English is fetched when somebody asks for it. Kept in the browser, not in the account.
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { setRequestLanguage } from "../api/client";
import { zh } from "./zh-CN";

export type Language = "zh-CN" | "en";
const KEY = "zhuqi.console.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "console";
    resources: { console: typeof zh };
    returnNull: false;
  }
}

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === "en" && !i18next.hasResourceBundle("en", "console")) {
    const { en } = await import("./en");
    i18next.addResourceBundle("en", "console", en);
  }
  await i18next.changeLanguage(language);
  dayjs.locale(language === "en" ? "en" : "zh-cn");
  document.documentElement.lang = language;
  document.title = i18next.t("app.title");
  setRequestLanguage(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "zh-CN",
    fallbackLng: "zh-CN",
    ns: ["console"],
    defaultNS: "console",
    resources: { "zh-CN": { console: zh } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await setLanguage(remembered());
}
