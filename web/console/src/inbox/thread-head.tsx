// Whose thread this is, and the acts that go with that.
import { ArrowLeftOutlined, EllipsisOutlined, ProfileOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Thread, View } from "../api/types";
import { dotted } from "../parts/names";
import { clock, useNow } from "../parts/time";
import { useDesk } from "../stream/live-desk";
import { useMe } from "../session/session";
import { DueChip } from "./due-chip";
import { gradeOf, isBad } from "./grades";
import type { SheetKind } from "./sheets/thread-sheets";
import type { Standing } from "./standing";

interface Props {
  row: Thread;
  view: View;
  standing: Standing;
  contextOpen: boolean;
  onContext: (open: boolean) => void;
  onSheet: (sheet: SheetKind) => void;
}

function OwnerLine({ row, mine }: { row: Thread; mine: boolean }) {
  const { t } = useTranslation();
  const { kind, name, department } = row.owner;
  const words = mine ? t("inbox.owner.me") : kind === "human" ? dotted(name, department) : t(`inbox.owner.${kind}`);
  return <span className={`owner owner-${mine ? "me" : kind}`}>{words}</span>;
}

function Viewers({ id }: { id: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const people = useDesk((state) => state.viewers.get(id));
  const others = (people ?? []).filter((person) => person.id !== me.id);
  if (others.length === 0) return null;
  const typing = others.filter((person) => person.typing);
  const names = (typing.length > 0 ? typing : others).map((person) => person.name).join("、");
  return <span className="viewers">{t(typing.length > 0 ? "inbox.also_typing" : "inbox.also_viewing", { names })}</span>;
}

function MoreActs({ standing, onSheet }: Pick<Props, "standing" | "onSheet">) {
  const { t } = useTranslation();
  const items = [
    standing.release && { key: "release", label: t("inbox.act.release") },
    standing.hand_back && { key: "hand_back", label: t("inbox.act.hand_back") },
    standing.force_take && { key: "force_take", label: t("inbox.act.force_take"), danger: true },
  ].filter((item) => item !== false);
  if (items.length === 0) return null;
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => onSheet(key as SheetKind) }} trigger={["click"]}>
      <Button icon={<EllipsisOutlined />} aria-label={t("inbox.more_acts")} />
    </Dropdown>
  );
}

export function ThreadHead({ row, view, standing, contextOpen, onContext, onSheet }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const grade = gradeOf(row.grade);
  return (
    <header className="thread-head">
      <Link to={`/inbox/${view}`} className="back" aria-label={t("app.back")}>
        <ArrowLeftOutlined />
      </Link>
      <div className="thread-title">
        <h2>{row.enterprise || t("inbox.unknown_firm", { visitor: row.visitor })}</h2>
        <p>
          <OwnerLine row={row} mine={standing.mine} />
          {(row.matter || row.queue) && <span className="tag">{row.matter || row.queue}</span>}
          {standing.accept && <span className="tag tag-accent">{t("inbox.accept_until", { time: clock(row.accept_by) })}</span>}
          {grade && <span className={isBad(grade) ? "tag tag-warn" : "tag"}>{t("inbox.graded", { grade: t(`inbox.grade.g${grade}`) })}</span>}
          <DueChip due={row.due} now={now} done={row.owner.kind === "closed" || row.owner.kind === "bot"} />
          <Viewers id={row.id} />
        </p>
      </div>
      <div className="thread-acts">
        {standing.transfer && <Button onClick={() => onSheet("transfer")}>{t("inbox.act.transfer")}</Button>}
        {standing.close && <Button onClick={() => onSheet("close")}>{t("inbox.act.close")}</Button>}
        <MoreActs standing={standing} onSheet={onSheet} />
        <Button
          className="context-toggle"
          icon={<ProfileOutlined />}
          aria-label={t("inbox.context")}
          aria-expanded={contextOpen}
          onClick={() => onContext(!contextOpen)}
        />
      </div>
    </header>
  );
}
