// Everything that wraps the pages: the kit's theme and language, the query cache, the router, the session's door.
import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as KitApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import type { Locale } from "antd/es/locale";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter } from "react-router";
import { ApiError, whenSignedOut } from "../api/client";
import { findSession, sessionEnded } from "../session/session";
import { theme } from "../theme/tokens";
import { Door } from "./door";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, fault) => fault instanceof ApiError && fault.worthRepeating && count < 2,
    },
  },
});

function useKitLocale(): Locale {
  const { i18n } = useTranslation();
  const [english, setEnglish] = useState<Locale | null>(null);
  const wanted = i18n.language === "en";
  useEffect(() => {
    if (wanted && !english) void import("antd/locale/en_US").then((module) => setEnglish(module.default));
  }, [wanted, english]);
  return wanted && english ? english : zhCN;
}

export function App() {
  const locale = useKitLocale();
  useEffect(() => {
    whenSignedOut(sessionEnded);
    void findSession();
  }, []);
  return (
    <StyleProvider layer>
      <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        <QueryClientProvider client={queries}>
          <KitApp component={false} message={{ maxCount: 3 }}>
            {/* No transitions: a single key after j or k must act on the thread that was asked for, not on the one still shown. */}
            <BrowserRouter basename="/console" useTransitions={false}>
              <Door />
            </BrowserRouter>
          </KitApp>
        </QueryClientProvider>
      </ConfigProvider>
    </StyleProvider>
  );
}
