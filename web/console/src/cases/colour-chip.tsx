// The alarm of a case. The colours are the trade's (蓝黄橙红); words and symbol say the same.
import { BellFilled, ExclamationCircleFilled, InfoCircleFilled, WarningFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Colour } from "../api/types";

const symbols = { blue: <InfoCircleFilled />, yellow: <BellFilled />, orange: <WarningFilled />, red: <ExclamationCircleFilled /> };

export function ColourChip({ colour, title }: { colour: Colour; title: string }) {
  const { t } = useTranslation();
  if (colour === "") return null;
  return (
    <span className={`chip chip-${colour}`}>
      {symbols[colour]} {title || t(`cases.colour.${colour}`)}
    </span>
  );
}
