// The left rail; on a phone the bar at the bottom. A badge counts only what I must do.
import {
  BarChartOutlined,
  FileTextOutlined,
  MessageOutlined,
  SettingOutlined,
  TableOutlined,
} from "@ant-design/icons";
import { Badge, Dropdown, Tooltip } from "antd";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useNavigate } from "react-router";
import { useTodoCounts } from "../api/counts";
import { setLanguage } from "../i18n/language";
import { signOut, useMe } from "../session/session";
import { openHelp } from "./preferences";
import { railOf, type RailEntry } from "./rail-entries";

const icons: Record<RailEntry["id"], ReactNode> = {
  inbox: <MessageOutlined />,
  cases: <FileTextOutlined />,
  ledger: <TableOutlined />,
  dashboard: <BarChartOutlined />,
  admin: <SettingOutlined />,
};

function Person() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const english = i18n.language === "en";
  const items = [
    { key: "who", type: "group" as const, label: `${me.name} · ${me.department.name}` },
    { key: "account", label: t("rail.account"), onClick: () => void navigate("/account") },
    { key: "help", label: t("rail.shortcuts"), onClick: openHelp },
    { key: "language", label: english ? "中文" : "English", onClick: () => void setLanguage(english ? "zh-CN" : "en") },
    { type: "divider" as const },
    { key: "out", label: t("rail.sign_out"), onClick: () => void signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="topRight">
      <button type="button" className="rail-person" aria-label={t("rail.person", { name: me.name })}>
        {[...me.name].slice(-2).join("")}
      </button>
    </Dropdown>
  );
}

export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  const counts = useTodoCounts();
  useEffect(() => {
    document.title = counts.waiting > 0 ? `(${counts.waiting}) ${t("app.title")}` : t("app.title");
  }, [counts.waiting, t]);
  const badge = (id: RailEntry["id"]) => (id === "inbox" ? counts.waiting : id === "cases" ? counts.todo : 0);
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      <img className="rail-mark" src={`${import.meta.env.BASE_URL}favicon.svg`} alt={t("app.name")} />
      {railOf(me.permissions).map(({ id, path }) => (
        <Tooltip key={id} title={t(`rail.${id}`)} placement="right" mouseEnterDelay={0.4}>
          <NavLink to={path} className="rail-entry">
            <Badge count={badge(id)} size="small" overflowCount={99} offset={[4, -2]}>
              <span className="rail-icon">{icons[id]}</span>
            </Badge>
            <span className="rail-word">{t(`rail.${id}`)}</span>
          </NavLink>
        </Tooltip>
      ))}
      <span className="rail-space" />
      <Person />
    </nav>
  );
}
