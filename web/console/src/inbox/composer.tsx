// The foot of a thread: the reply field where the thread is mine, else what has to happen first. Notes go through another
// field with another colour and another address on the server.
import { EyeInvisibleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useKeyCap } from "../app/keys";
import type { Thread, ThreadPageFull } from "../api/types";
import { dotted } from "../parts/names";
import { clock } from "../parts/time";
import { NoteField } from "./note-field";
import { ReplyField } from "./reply-field";
import type { SheetKind } from "./sheets/thread-sheets";
import type { Standing } from "./standing";
import type { useThreadActs } from "./thread-acts";

export type Mode = "reply" | "note" | "whisper";

interface Props {
  row: Thread;
  full: ThreadPageFull;
  standing: Standing;
  acts: ReturnType<typeof useThreadActs>;
  mode: Mode;
  /** Goes up when the field should take the focus. */
  focus: number;
  onMode: (mode: Mode) => void;
  onTake: () => void;
  onSheet: (sheet: SheetKind) => void;
}

/** Why there is no reply field, and the way to one. */
function Closed({ row, standing, acts, onTake, onSheet }: Omit<Props, "full" | "mode" | "focus" | "onMode">) {
  const { t } = useTranslation();
  const { kind, name, department } = row.owner;
  const takeCap = useKeyCap("take");
  if (standing.accept) {
    return (
      <div className="composer-closed">
        <p>{t("inbox.accept_words", { time: clock(row.accept_by) })}</p>
        <Button type="primary" loading={acts.busy === "accept"} onClick={() => void acts.run("accept")}>
          {t("inbox.act.accept")}
        </Button>
        {standing.release && <Button onClick={() => onSheet("release")}>{t("inbox.act.decline")}</Button>}
      </div>
    );
  }
  const words = kind === "human" ? t("inbox.busy_words", { who: dotted(name, department) }) : t(`inbox.closed_words.${kind}`);
  return (
    <div className="composer-closed">
      <p>{words}</p>
      {standing.take && (
        <Button type="primary" loading={acts.busy === "take"} onClick={onTake}>
          {t("inbox.act.take")} <kbd>{takeCap}</kbd>
        </Button>
      )}
      {standing.revisit && (
        <Button type={standing.take ? "default" : "primary"} onClick={() => onSheet("revisit")}>
          {t("inbox.act.revisit")}
        </Button>
      )}
      {!standing.take && standing.force_take && (
        <Button danger onClick={() => onSheet("force_take")}>
          {t("inbox.act.force_take")}
        </Button>
      )}
    </div>
  );
}

/** What may be done of what was asked for: rights and the owner may have changed under an open field. */
function modeOf(mode: Mode, standing: Standing): Mode {
  if (mode === "whisper" && standing.whisper) return "whisper";
  return mode !== "reply" && standing.note ? "note" : "reply";
}

export function Composer(props: Props) {
  const { t } = useTranslation();
  const { row, full, standing, acts, focus, onMode } = props;
  const mode = modeOf(props.mode, standing);
  const modes: Mode[] = ["reply", ...(standing.note ? (["note"] as const) : []), ...(standing.whisper ? (["whisper"] as const) : [])];
  return (
    <footer className={`composer composer-${mode}`}>
      {modes.length > 1 && (
        <div className="composer-modes" role="tablist" aria-label={t("inbox.composer")}>
          {modes.map((one) => (
            <button key={one} type="button" role="tab" aria-selected={one === mode} onClick={() => onMode(one)}>
              {one === "whisper" && <EyeInvisibleOutlined />} {t(`inbox.mode_${one}`)}
            </button>
          ))}
        </div>
      )}
      {mode !== "reply" && <NoteField key={`${mode} ${row.id}`} row={row} cases={full.cases} whisper={mode === "whisper"} focus={focus} />}
      {mode === "reply" && standing.speak && <ReplyField key={row.id} row={row} draft={full.draft} focus={focus} onRefused={acts.refused} />}
      {mode === "reply" && !standing.speak && <Closed {...props} />}
    </footer>
  );
}
