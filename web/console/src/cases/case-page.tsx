// One case: what it is about, both clocks, what I can do next, and its whole way.
import { ArrowLeftOutlined, MessageOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { Assist, CaseAct, CaseDetail, CasePageFull, Custody } from "../api/types";
import { Failure } from "../parts/failure";
import { dotted, nameOf } from "../parts/names";
import { Empty, SkeletonRows } from "../parts/states";
import { dateTime } from "../parts/time";
import { ActSheet } from "./act-sheet";
import { ActBar } from "./act-bar";
import { useCase } from "./case-queries";
import "./cases.css";
import { Clocks } from "./clocks";
import { ColourChip } from "./colour-chip";
import { Timeline } from "./timeline";

const outcomes = ["answered", "declined", "withdrawn", "lapsed", "discarded"] as const;
const difficulties = ["simple", "normal", "complex"] as const;

function About({ one }: { one: CaseDetail }) {
  const { t } = useTranslation();
  const outcome = outcomes.find((known) => known === one.outcome);
  const difficulty = difficulties.find((known) => known === one.difficulty);
  const facts: [string, string][] = [
    [t("cases.about.enterprise"), one.enterprise],
    [t("cases.about.contact"), one.contact],
    [t("cases.about.matter"), one.matter],
    [t("cases.about.lead"), dotted(nameOf(one.lead.department), nameOf(one.lead.region))],
    [t("cases.about.handler"), one.handler?.name ?? ""],
    [t("cases.about.difficulty"), difficulty ? t(`cases.difficulty.${difficulty}`) : ""],
    [t("cases.about.opened"), dateTime(one.opened)],
    [t("cases.about.grade"), one.grade ?? ""],
    [t("cases.about.outcome"), outcome ? t(`cases.outcome.${outcome}`) : ""],
  ];
  return (
    <section className="panel" aria-label={t("cases.about.title")}>
      <h2>{t("cases.about.title")}</h2>
      <p className="case-summary">{one.summary}</p>
      <dl className="facts facts-two">
        {facts
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {one.draft_reply && (
        <blockquote className="case-draft">
          <b>{t("cases.about.draft")}</b>
          <p>{one.draft_reply}</p>
          {one.draft_basis && <p className="case-basis">{t("cases.basis", { basis: one.draft_basis })}</p>}
        </blockquote>
      )}
    </section>
  );
}

/** Who had the case, one after the other; everybody who sees the case sees all of it. */
function Chain({ chain }: { chain: readonly Custody[] }) {
  const { t } = useTranslation();
  if (chain.length === 0) return null;
  return (
    <section className="panel case-chain" aria-label={t("cases.chain")}>
      <h2>{t("cases.chain")}</h2>
      <ol className="chain">
        {chain.map((one, i) => (
          <li key={i} aria-current={i === chain.length - 1 ? "step" : undefined}>
            <b>{dotted(nameOf(one.department), nameOf(one.region))}</b>
            <span>{one.how_title}</span>
            <small>{dotted(dateTime(one.since), nameOf(one.by))}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Assists({ assists }: { assists: readonly Assist[] }) {
  const { t } = useTranslation();
  if (assists.length === 0) return null;
  return (
    <section className="panel" aria-label={t("cases.assists")}>
      <h2>{t("cases.assists")}</h2>
      <ul className="assists">
        {assists.map((one, i) => (
          <li key={i}>
            <p>
              <b>{dotted(nameOf(one.department), nameOf(one.region))}</b> <span className="tag">{one.status_title}</span>
              <small>{dateTime(one.asked)}</small>
            </p>
            <p>{one.task}</p>
            {one.answer && <p className="assist-answer">{one.answer}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({ one }: { one: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <header className="case-head">
      <Link to="/cases" className="back" aria-label={t("app.back")}>
        <ArrowLeftOutlined />
      </Link>
      <div>
        <h1>{one.title}</h1>
        <p>
          <code>{one.no}</code>
          <span className="tag tag-accent">{one.state_title}</span>
          {one.track === "urgent" && <span className="tag tag-urgent">{t("cases.urgent")}</span>}
          {one.supervised && <span className="tag tag-warn">{t("cases.supervised")}</span>}
          {one.level > 0 && <span className="tag tag-warn">{t("cases.level", { n: one.level })}</span>}
          {one.redos > 0 && <span className="tag">{t("cases.redos", { n: one.redos })}</span>}
          {one.disputed && <span className="tag">{t("cases.disputed")}</span>}
          <ColourChip colour={one.colour} title={one.alarm_title} />
        </p>
      </div>
      {one.thread && (
        <Link className="thread-link" to={`/inbox/department/${one.thread}`}>
          <MessageOutlined /> {t("cases.to_thread")}
        </Link>
      )}
    </header>
  );
}

function Standing({ full }: { full: CasePageFull }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<CaseAct | null>(null);
  const one = full.case;
  return (
    <main className="page case-page">
      <Head one={one} />
      <ActBar acts={full.acts} onAct={setAct} />
      <div className="case-columns">
        <div>
          <About one={one} />
          <Assists assists={one.assists} />
          <section className="panel case-timeline" aria-label={t("cases.timeline")}>
            <h2>{t("cases.timeline")}</h2>
            <Timeline entries={full.timeline} />
          </section>
        </div>
        <div>
          <Clocks clocks={full.clocks} />
          <Chain chain={one.chain} />
        </div>
      </div>
      {act && <ActSheet key={act.action} act={act} one={one} onClose={() => setAct(null)} />}
    </main>
  );
}

export default function CasePage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const page = useCase(id);
  if (page.data) return <Standing full={page.data} />;
  return (
    <main className="page">
      {page.isPending ? (
        <SkeletonRows kind="block" rows={3} />
      ) : page.isError ? (
        <Failure fault={page.error} retry={() => void page.refetch()} />
      ) : (
        <Empty title={t("error.not_found")} />
      )}
    </main>
  );
}
