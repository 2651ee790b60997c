// A change that an administrator makes: say that it is done, or say why not; and fetch what may look different now.
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../parts/failure";

export function useChange(...touches: string[]) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  /** True where it was done. */
  const change = async (run: () => Promise<unknown>, words: string = t("app.saved")): Promise<boolean> => {
    setBusy(true);
    try {
      await run();
      void message.success(words);
      return true;
    } catch (fault) {
      void message.error(sentenceOf(fault), 5);
      return false;
    } finally {
      setBusy(false);
      for (const key of touches) void queries.invalidateQueries({ queryKey: [key] });
    }
  };
  return { busy, change };
}
