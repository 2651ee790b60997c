-- The officials' desk. `thread` shows each conversation that was with a person, or waits for one; its turns write it. Few
-- conversations ever get here, so it may have indexes, unlike the tables of turns.
CREATE TABLE thread (
  conversation  INTEGER PRIMARY KEY,
  change        INTEGER NOT NULL,  -- the turn that wrote the row: a page asks for what changed since
  owner_kind    INTEGER NOT NULL CHECK (owner_kind BETWEEN 0 AND 3),
  staff         INTEGER NOT NULL,  -- who has it; 0 = nobody
  epoch         INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  department    INTEGER NOT NULL,  -- 0 = the hall
  region        INTEGER NOT NULL,
  sla_ms        INTEGER NOT NULL,
  opened_ms     INTEGER NOT NULL,
  waiting_ms    INTEGER NOT NULL,
  due_ms        INTEGER NOT NULL,
  accept_by_ms  INTEGER NOT NULL,
  last_at_ms    INTEGER NOT NULL,
  closed_ms     INTEGER NOT NULL,
  rank          INTEGER NOT NULL,  -- the order of lists: what is due soonest first, then the newest
  queue         TEXT NOT NULL,
  matter        TEXT NOT NULL,
  reason        TEXT NOT NULL,
  enterprise    TEXT NOT NULL,
  language      TEXT NOT NULL,
  last_who      TEXT NOT NULL,
  last_text     TEXT NOT NULL,
  outcome       TEXT NOT NULL,
  grade         INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 5)  -- the user's; 0 = none
) STRICT;
CREATE INDEX thread_by_rank ON thread (owner_kind, rank, conversation);
-- What the counts beside the lists look at, without the rows themselves.
CREATE INDEX thread_open ON thread (owner_kind, region, department, staff, due_ms) WHERE owner_kind IN (1, 2);
CREATE INDEX thread_open_by_rank ON thread (rank, conversation) WHERE owner_kind IN (1, 2);
CREATE INDEX thread_by_staff ON thread (staff, rank, conversation) WHERE staff <> 0;
CREATE INDEX thread_by_change ON thread (change);
CREATE INDEX thread_by_acceptance ON thread (accept_by_ms) WHERE accept_by_ms <> 0;

-- Whoever waits already: what they are about fills in with their next word.
INSERT INTO thread
SELECT conversation, 0, owner_kind, 0, epoch, 0, 0, ifnull((SELECT min(id) FROM region), 1), 1800000, since_ms, since_ms,
       since_ms + 1800000, 0, since_ms, 0, since_ms + 1800000, '', '', '', '', 'zh-CN', 'user', '', '', 0
FROM open_thread;

-- What officials tell each other about a conversation. A table of its own: nothing leads from here to a channel.
CREATE TABLE note (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL,
  at_ms        INTEGER NOT NULL,
  author       INTEGER NOT NULL REFERENCES staff (id),
  text         TEXT NOT NULL CHECK (text <> ''),
  client_id    TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX note_by_conversation ON note (conversation, id);

-- Half-written replies, so that a conflict, a reload or another computer loses none.
CREATE TABLE draft (
  staff        INTEGER NOT NULL REFERENCES staff (id),
  conversation INTEGER NOT NULL,
  at_ms        INTEGER NOT NULL,
  text         TEXT NOT NULL,
  PRIMARY KEY (staff, conversation)
) STRICT, WITHOUT ROWID;

-- Sentences that officials use again. department 0 = everybody's.
CREATE TABLE canned_reply (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  department INTEGER NOT NULL,
  title      TEXT NOT NULL CHECK (title <> ''),
  text       TEXT NOT NULL CHECK (text <> ''),
  author     INTEGER NOT NULL,
  at_ms      INTEGER NOT NULL
) STRICT;

-- Where handoffs to a script's queue go. A queue without a row goes to the hall.
CREATE TABLE queue_route (
  queue      TEXT NOT NULL PRIMARY KEY,
  department INTEGER NOT NULL REFERENCES department (id)
) STRICT, WITHOUT ROWID;
