// What the server says and takes, as in the route table (GET /api/v1/openapi.json). Times are milliseconds since 1970,
// 0 = not; ids are decimal strings.

export type Id = string;
export type Ms = number;
export type Reach = "own" | "department" | "region" | "all";

export interface Named {
  id: Id;
  name: string;
}
export interface Role {
  id: string;
  title: string;
}
export interface Me extends Named {
  login: string;
  department: Named;
  region: Named;
  roles: Role[];
  permissions: Record<string, Reach>;
  second_factor: boolean;
}
export interface SessionRow {
  digest: string;
  opened: Ms;
  seen: Ms;
  address: string;
  browser: string;
  current: boolean;
}

export type OwnerKind = "bot" | "queue" | "human" | "closed";
export type Speaker = "user" | "bot" | "staff" | "system";
export interface Owner {
  kind: OwnerKind;
  id: Id | null;
  name: string;
  department: string;
}
export interface Thread {
  id: Id;
  channel: string;
  enterprise: string;
  visitor: string;
  matter: string;
  queue: string;
  reason: string;
  owner: Owner;
  epoch: number;
  seq: number;
  change: number;
  department: Named | null;
  region: Named | null;
  waiting_since: Ms;
  due: Ms;
  accept_by: Ms;
  language: string;
  last: { at: Ms; who: Speaker; text: string };
  closed_at: Ms;
  /** 5 = very content, 1 = not at all; 0 = not graded. */
  grade: number;
  /** Somebody should ask the enterprise how it was; `tries` calls reached nobody. */
  revisit: { since: Ms; tries: number } | null;
}
export type View = "waiting" | "mine" | "mentioned" | "department" | "overdue" | "revisit" | "bot" | "closed";
export interface ThreadPage {
  threads: Thread[];
  next: string | null;
  counts: Partial<Record<View, number>>;
  change: number;
}
export interface Labelled {
  label: string;
  value: string;
}
export interface ThreadContext {
  dialog: string;
  dialog_title: string;
  state: string;
  question: string;
  slots: Labelled[];
  profile: Labelled[];
  why: string;
}
export interface Note {
  id: Id;
  at: Ms;
  by: Named;
  text: string;
  /** Whom it names. */
  to: Named[];
  /** For its author, those it names, and who may whisper themselves. */
  whisper: boolean;
}
export interface May {
  take: boolean;
  force_take: boolean;
  speak: boolean;
  note: boolean;
  transfer: boolean;
  close: boolean;
  release: boolean;
  hand_back: boolean;
  whisper: boolean;
  revisit: boolean;
}
export interface ThreadPageFull {
  thread: Thread;
  context: ThreadContext;
  draft: string;
  notes: Note[];
  cases: CaseRow[];
  may: May;
}
export interface ThreadEvent {
  seq: number;
  at: Ms;
  epoch: number;
  kind: string;
  who: Speaker;
  name: string;
  body: Record<string, unknown>;
}
export interface EventPage {
  events: ThreadEvent[];
  more: boolean;
}
export interface ScriptState {
  id: string;
  title: string;
  kind: string;
}
export interface ScriptDialog {
  id: string;
  title: string;
  states: ScriptState[];
  edges: { from: string; to: string; label: string }[];
}
export interface ThreadScript {
  dialogs: ScriptDialog[];
  at: { dialog: string; state: string };
}
export interface CannedReply {
  id: Id;
  title: string;
  text: string;
  department: Named | null;
}
export interface Colleague extends Named {
  department: Named;
  title?: string;
  roles?: Role[];
}
export interface SearchHit {
  thread: Thread;
  seq: number;
  at: Ms;
  who: Speaker;
  text: string;
  /** Half-open ranges of `text`, in UTF-16 units. */
  marks: [number, number][];
}

/** A department in a region. */
export interface Unit {
  department: Named | null;
  region: Named | null;
}
export type Colour = "blue" | "yellow" | "orange" | "red" | "";
export interface CaseRow {
  id: Id;
  no: string;
  title: string;
  enterprise: string;
  matter: string;
  track: "ordinary" | "urgent";
  state: string;
  state_title: string;
  lead: Unit;
  handler: Named | null;
  due: Ms;
  unit_due: Ms;
  colour: Colour;
  alarm_title: string;
  level: number;
  supervised: boolean;
  disputed: boolean;
  redos: number;
  version: number;
  outcome: string;
  grade: string | null;
  opened: Ms;
  changed: Ms;
  closed: Ms;
}
export type CaseView = "todo" | "mine" | "department" | "assist" | "due_soon" | "overdue" | "all" | "closed";
export interface CasePage {
  cases: CaseRow[];
  next: string | null;
  counts: Partial<Record<CaseView, number>>;
}
export interface Custody extends Unit {
  how: string;
  how_title: string;
  since: Ms;
  by: Named | null;
}
export interface Assist extends Unit {
  task: string;
  status: string;
  status_title: string;
  asked: Ms;
  answer: string;
}
export interface CaseDetail extends CaseRow {
  summary: string;
  contact: string;
  draft_reply: string;
  draft_basis: string;
  difficulty: string;
  chain: Custody[];
  assists: Assist[];
  thread: Id | null;
}
export interface CaseClock {
  kind: string;
  title: string;
  status: string;
  started: Ms;
  due: Ms;
  ended: Ms;
  /** Its due time lies in a year whose holidays are not published yet; 0 = no. */
  provisional_year: number;
  colour: Colour;
  department: string;
}
export type FieldKind = "text" | "unit" | "staff" | "days" | "date" | "choice" | "bool";
export interface ActField {
  name: string;
  title: string;
  kind: FieldKind;
  required: boolean;
  choices: { id: string; title: string }[];
}
export interface CaseAct {
  action: string;
  title: string;
  fields: ActField[];
}
export interface TimelineEntry {
  seq: number;
  at: Ms;
  action: string;
  title: string;
  by: { name: string; department: string; role_title: string };
  from_title: string;
  to_title: string;
  text: string;
  reason: string;
  basis: string;
  days: number;
  to_unit: Unit | null;
  grade: string | null;
}
export interface CasePageFull {
  case: CaseDetail;
  clocks: CaseClock[];
  acts: CaseAct[];
  timeline: TimelineEntry[];
}

export interface Region extends Named {
  parent: Id | null;
  code: string;
}
export interface Department extends Named {
  parent: Id | null;
  region: Id;
}
export interface Organisation {
  regions: Region[];
  departments: Department[];
}
export interface StaffRow extends Named {
  login: string;
  department: Named;
  roles: Role[];
  disabled: boolean;
  second_factor: boolean;
}
export interface AuditRow {
  id: Id;
  at: Ms;
  actor: Named | null;
  act: string;
  subject: string;
  detail: string;
  address: string;
}
export interface QueueRow {
  name: string;
  department: Named | null;
}

export interface Rate {
  id: string;
  title: string;
  numerator: number;
  denominator: number;
  definition: string;
}
export interface DepartmentFigures extends Named {
  dispatched: number;
  rates: Rate[];
}
export interface Overview {
  from: Ms;
  to: Ms;
  as_of: Ms;
  /** Conversations that wait for an official, and those that waited too long. */
  waiting: number;
  overdue_threads: number;
  opened: number;
  closed: number;
  open_now: number;
  overdue: number;
  rates: Rate[];
  top_matters: { matter: string; count: number }[];
  by_department: DepartmentFigures[];
}

export interface LedgerRow extends CaseRow {
  code: string;
  source: string;
  contact: string;
  overdue: boolean;
}
export interface LedgerPage {
  rows: LedgerRow[];
  next: string | null;
}
