-- Cases: a head with the columns that lists ask for, the events that add up to it, and what follows from them. A case is
-- written some twenty times in its life, so here are indexes and foreign keys, unlike on the tables of turns.

CREATE TABLE case_head (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  number          TEXT NOT NULL UNIQUE CHECK (number <> ''),
  seq             INTEGER NOT NULL CHECK (seq >= 1),
  last_actor      TEXT NOT NULL,
  calendar        TEXT NOT NULL,
  conversation    INTEGER NOT NULL,  -- 0 = none
  title           TEXT NOT NULL,
  enterprise      TEXT NOT NULL,
  company         TEXT NOT NULL,
  contact         TEXT NOT NULL,
  source          TEXT NOT NULL,
  matter          TEXT NOT NULL,
  region          INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state <> ''),
  track           TEXT NOT NULL,
  outcome         TEXT NOT NULL,
  grade           TEXT NOT NULL,
  alarm_title     TEXT NOT NULL,
  lead_department INTEGER NOT NULL,
  lead_region     INTEGER NOT NULL,
  handler         INTEGER NOT NULL,
  level           INTEGER NOT NULL,
  redos           INTEGER NOT NULL,
  supervised      INTEGER NOT NULL CHECK (supervised IN (0, 1)),
  disputed        INTEGER NOT NULL CHECK (disputed IN (0, 1)),
  opened_ms       INTEGER NOT NULL,
  changed_ms      INTEGER NOT NULL,
  closed_ms       INTEGER NOT NULL,  -- 0 while it is open
  due_ms          INTEGER NOT NULL,
  unit_due_ms     INTEGER NOT NULL,
  contact_due_ms  INTEGER NOT NULL,
  blue_ms         INTEGER NOT NULL,  -- the four colours: from when on; the greatest integer = never
  yellow_ms       INTEGER NOT NULL,
  orange_ms       INTEGER NOT NULL,
  red_ms          INTEGER NOT NULL,
  alarm_ms        INTEGER NOT NULL   -- 0 = none
) STRICT;
CREATE INDEX case_by_due ON case_head (red_ms, id) WHERE closed_ms = 0;
CREATE INDEX case_by_change ON case_head (changed_ms, id);
CREATE INDEX case_by_close ON case_head (closed_ms) WHERE closed_ms <> 0;
CREATE INDEX case_by_opening ON case_head (opened_ms);
CREATE INDEX case_by_alarm ON case_head (alarm_ms, id) WHERE alarm_ms <> 0;
CREATE INDEX case_by_handler ON case_head (handler) WHERE closed_ms = 0 AND handler <> 0;
CREATE INDEX case_by_conversation ON case_head (conversation, id) WHERE conversation <> 0;
CREATE INDEX case_by_contact_due ON case_head (contact_due_ms) WHERE contact_due_ms <> 0;

-- What the events add up to, apart from the head so that lists and figures read narrow rows.
CREATE TABLE case_body (
  case_id INTEGER PRIMARY KEY REFERENCES case_head (id),
  body    TEXT NOT NULL
) STRICT;

-- The truth about a case. Rows are never changed.
CREATE TABLE case_event (
  case_id    INTEGER NOT NULL REFERENCES case_head (id),
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  at_ms      INTEGER NOT NULL,
  action     TEXT NOT NULL CHECK (action <> ''),
  actor      TEXT NOT NULL,
  value      INTEGER NOT NULL,
  department INTEGER NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
-- Both cover what figures read of it: the bodies stay untouched.
CREATE INDEX case_event_by_action ON case_event (action, at_ms, value, department);
CREATE INDEX case_event_of_case ON case_event (case_id, action, at_ms);

-- Who has to do with a case, and so may see it.
CREATE TABLE case_party (
  case_id    INTEGER NOT NULL REFERENCES case_head (id),
  kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
  department INTEGER NOT NULL,
  region     INTEGER NOT NULL,
  PRIMARY KEY (case_id, kind, department, region)
) STRICT, WITHOUT ROWID;
-- Whom it waits for.
CREATE TABLE case_wait (
  case_id    INTEGER NOT NULL REFERENCES case_head (id),
  roles      INTEGER NOT NULL,
  staff      INTEGER NOT NULL,
  department INTEGER NOT NULL,
  region     INTEGER NOT NULL,
  due_ms     INTEGER NOT NULL
) STRICT;
CREATE INDEX case_wait_by_case ON case_wait (case_id);

-- What officials said that has to stand in the enterprise's conversation. said_ms 0 = not yet.
CREATE TABLE case_word (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid         TEXT NOT NULL UNIQUE CHECK (uuid <> ''),
  case_id      INTEGER NOT NULL REFERENCES case_head (id),
  conversation INTEGER NOT NULL CHECK (conversation > 0),
  text         TEXT NOT NULL CHECK (text <> ''),
  said_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX case_word_unsaid ON case_word (id) WHERE said_ms = 0;

-- Clients' ids of acts, for two days: the same act twice has one effect.
CREATE TABLE case_act (
  id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  content BLOB NOT NULL CHECK (length(content) = 16),
  case_id INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who takes what.
CREATE TABLE case_competence (
  matter        TEXT NOT NULL,
  region_prefix TEXT NOT NULL,
  department    INTEGER NOT NULL REFERENCES department (id),
  PRIMARY KEY (matter, region_prefix)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_duty (
  staff         INTEGER NOT NULL PRIMARY KEY REFERENCES staff (id),
  capacity      INTEGER NOT NULL CHECK (capacity >= 0),
  on_duty       INTEGER NOT NULL CHECK (on_duty IN (0, 1)),
  languages     INTEGER NOT NULL,
  last_given_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE enterprise_liaison (
  enterprise TEXT NOT NULL PRIMARY KEY,
  staff      INTEGER NOT NULL REFERENCES staff (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX enterprise_liaison_by_staff ON enterprise_liaison (staff);

-- What dialogs keep that is no case.
CREATE TABLE enterprise_record (
  id           INTEGER PRIMARY KEY,
  at_ms        INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind <> ''),
  conversation INTEGER NOT NULL,
  enterprise   TEXT NOT NULL,
  body         TEXT NOT NULL
) STRICT;
