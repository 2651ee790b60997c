// The small sheets for acts that need a word more: to whom, why, how it ended.
import { lazy } from "react";
import type { Thread, ThreadPageFull } from "../../api/types";
import type { useThreadActs } from "../thread-acts";
import { CloseSheet } from "./close-sheet";
import { HandBackSheet } from "./hand-back-sheet";
import { ReasonSheet } from "./reason-sheet";
import { RevisitSheet } from "./revisit-sheet";
import { TransferSheet } from "./transfer-sheet";

const CaseSheet = lazy(() => import("../../cases/case-sheet"));

export type SheetKind = "transfer" | "release" | "hand_back" | "close" | "force_take" | "case" | "revisit";

export interface SheetProps {
  row: Thread;
  acts: ReturnType<typeof useThreadActs>;
  onClose: () => void;
}

export default function ThreadSheets({ kind, full, ...props }: SheetProps & { kind: SheetKind; full: ThreadPageFull }) {
  switch (kind) {
    case "transfer":
      return <TransferSheet {...props} />;
    case "release":
    case "force_take":
      return <ReasonSheet {...props} kind={kind} />;
    case "hand_back":
      return <HandBackSheet {...props} />;
    case "close":
      return <CloseSheet {...props} cases={full.cases.length} />;
    case "revisit":
      return <RevisitSheet {...props} />;
    case "case":
      return <CaseSheet full={full} onClose={props.onClose} />;
  }
}
