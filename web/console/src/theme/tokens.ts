// The look in numbers: one accent, quiet greys, small radii. The style sheets use the same values (base.css).
import type { ThemeConfig } from "antd";

export const ACCENT = "#1d5bbf";

const FONTS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "HarmonyOS Sans SC", ' +
  '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';

/** The kit leaves out its own motion then. A style sheet that only cuts it short makes its lists open beside the screen. */
const calm = typeof matchMedia !== "undefined" && matchMedia("(prefers-reduced-motion: reduce)").matches;

export const theme: ThemeConfig = {
  hashed: false,
  token: {
    motion: !calm,
    colorPrimary: ACCENT,
    // Darker, not lighter: white words on it stay readable.
    colorPrimaryHover: "#174a9c",
    colorPrimaryActive: "#123d82",
    colorLinkHover: "#174a9c",
    colorLinkActive: "#123d82",
    colorInfo: ACCENT,
    colorLink: ACCENT,
    colorSuccess: "#17774a",
    colorWarning: "#b25a00",
    colorError: "#c0281c",
    colorText: "#1b2430",
    colorTextSecondary: "#566273",
    colorTextTertiary: "#5f6b7d",
    colorTextPlaceholder: "#657183",
    colorTextDescription: "#5b6778",
    colorBorder: "#d0d6de",
    colorBorderSecondary: "#e4e8ed",
    colorBgLayout: "#f3f5f8",
    borderRadius: 6,
    borderRadiusLG: 8,
    borderRadiusSM: 4,
    fontFamily: FONTS,
    fontSize: 14,
    controlHeight: 34,
    controlHeightSM: 26,
    motionDurationMid: "0.14s",
    motionDurationSlow: "0.18s",
    boxShadowSecondary: "0 8px 28px rgba(19, 28, 43, 0.14), 0 1px 4px rgba(19, 28, 43, 0.08)",
  },
  components: {
    Table: { headerBg: "#f7f8fa", headerColor: "#566273", cellPaddingBlock: 10, cellPaddingInline: 12, headerSplitColor: "transparent" },
    Tabs: { horizontalItemPadding: "10px 0", horizontalMargin: "0" },
    Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none" },
    Menu: { itemHeight: 34 },
    Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 4px" },
  },
};
