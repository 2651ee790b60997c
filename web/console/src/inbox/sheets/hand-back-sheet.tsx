// Back to the bot, to an exact place of a script or from its beginning.
import { Modal, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../parts/failure";
import { SkeletonRows } from "../../parts/states";
import { useScript } from "../thread-queries";
import type { SheetProps } from "./thread-sheets";

const BRIEF = 32;

const MiniGraph = lazy(() => import("../mini-graph"));

/** States are titled with what they say, which may be long. */
const brief = (words: string) => ([...words].length > BRIEF ? `${[...words].slice(0, BRIEF).join("")}…` : words);

export function HandBackSheet({ row, acts, onClose }: SheetProps) {
  const { t } = useTranslation();
  const script = useScript(row.id);
  const [chosen, setChosen] = useState<{ dialog: string; state: string } | null>(null);
  const here = chosen ?? (script.data ? { ...script.data.at } : { dialog: "", state: "" });
  const dialog = script.data?.dialogs.find(({ id }) => id === here.dialog);
  const state = dialog?.states.find(({ id }) => id === here.state);
  const finish = async () => {
    const fields = here.dialog === "" ? {} : here.state === "" ? { dialog: here.dialog } : here;
    if (await acts.run("hand-back", fields)) onClose();
  };
  return (
    <Modal
      open
      title={t("sheet.hand_back.title")}
      okText={t("sheet.hand_back.ok")}
      okButtonProps={{ loading: acts.busy === "hand-back", disabled: script.isPending }}
      onOk={() => void finish()}
      onCancel={onClose}
      width={560}
    >
      <p className="sheet-words">{t("sheet.hand_back.words")}</p>
      {script.isError && <Failure fault={script.error} retry={() => void script.refetch()} />}
      {script.isPending && <SkeletonRows kind="block" rows={1} />}
      {script.data && (
        <>
          <div className="hand-back-choice">
            <Select
              virtual={false}
              aria-label={t("sheet.hand_back.dialog")}
              value={here.dialog || null}
              placeholder={t("sheet.hand_back.dialog")}
              options={script.data.dialogs.map(({ id, title }) => ({ value: id, label: title || id }))}
              onChange={(id: string) => setChosen({ dialog: id, state: "" })}
            />
            <Select
              virtual={false}
              aria-label={t("sheet.hand_back.state")}
              value={here.state || ""}
              options={[{ value: "", label: t("sheet.hand_back.beginning") }, ...(dialog?.states ?? []).map(({ id, title }) => ({ value: id, label: brief(title) }))]}
              onChange={(id: string) => setChosen({ dialog: here.dialog, state: id })}
            />
          </div>
          <Suspense fallback={<SkeletonRows kind="block" rows={1} />}>
            <MiniGraph script={script.data} chosen={here} onChoose={(to, at) => setChosen({ dialog: to, state: at })} />
          </Suspense>
          <p className="sheet-words" role="status">
            {t("sheet.hand_back.will", { dialog: dialog?.title ?? t("sheet.hand_back.any"), state: state ? brief(state.title) : t("sheet.hand_back.beginning") })}
          </p>
        </>
      )}
    </Modal>
  );
}
