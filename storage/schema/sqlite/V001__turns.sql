-- One conversation turn costs appends only. Tables that every turn writes have integer keys that grow, and no secondary
-- index; what is keyed at random (who is who) is written once per conversation, and what changes per turn but is keyed by
-- conversation (head) is folded in behind, sorted, in batches. No foreign keys on these tables either: each would be a
-- random look-up per row. `zhuqi verify` checks instead what they would have promised.

-- Single values: fold_mark (turns up to it are in head), restore_epoch (+1 at every restore: fences old outbox rows).
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('fold_mark', 0), ('restore_epoch', 0);

-- Dedupe keys with the bytes that answer a retry. The sender's clock leads the key, so new rows land at the end.
CREATE TABLE inbox (
  created_s   INTEGER NOT NULL,
  digest      BLOB NOT NULL CHECK (length(digest) = 16),
  body        BLOB NOT NULL CHECK (length(body) = 16),
  received_ms INTEGER NOT NULL,
  turn        INTEGER NOT NULL,
  reply       TEXT NOT NULL,
  PRIMARY KEY (created_s, digest)
) STRICT, WITHOUT ROWID;

-- The log. `prev` is the id of the same conversation's event before this one (0 = first): history is a walk from the head.
CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  prev         INTEGER NOT NULL,
  turn         INTEGER NOT NULL,
  at_ms        INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind <> ''),
  actor        TEXT NOT NULL,
  body         TEXT NOT NULL
) STRICT;

-- What each turn left behind; the newest row of a conversation is its state. Superseded rows are pruned after a day.
CREATE TABLE state (
  turn         INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  at_ms        INTEGER NOT NULL,
  owner_kind   INTEGER NOT NULL CHECK (owner_kind BETWEEN 0 AND 3),
  epoch        INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  last_event   INTEGER NOT NULL,
  wakeup_ms    INTEGER NOT NULL,
  owner_id     TEXT NOT NULL,
  snapshot     TEXT NOT NULL
) STRICT;

-- Who is who: written once, at a conversation's first turn.
CREATE TABLE conversation (
  id         INTEGER PRIMARY KEY,
  channel    TEXT NOT NULL,
  user       TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  UNIQUE (channel, user)
) STRICT;

-- Conversation → its newest turn, up to meta.fold_mark; later turns are known from the tail of `state`. Some 10 bytes a
-- row, so that a million conversations are 2,500 pages, which stay in the page cache.
CREATE TABLE head (
  conversation INTEGER PRIMARY KEY,
  turn         INTEGER NOT NULL
) STRICT;

-- Conversations that wait for a person. Written only when the owner changes, so it stays small.
CREATE TABLE open_thread (
  conversation INTEGER PRIMARY KEY,
  owner_kind   INTEGER NOT NULL CHECK (owner_kind IN (1, 2)),
  since_ms     INTEGER NOT NULL,
  epoch        INTEGER NOT NULL
) STRICT;
CREATE INDEX open_thread_by_wait ON open_thread (owner_kind, since_ms);

CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  conversation  INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  epoch         INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL,
  state         TEXT NOT NULL,
  channel       TEXT NOT NULL,
  user          TEXT NOT NULL,
  body          TEXT NOT NULL
) STRICT;

-- At most one row per conversation: the one that its newest state names.
CREATE TABLE wakeup (
  due_ms       INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  PRIMARY KEY (due_ms, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE script_version (
  hash         TEXT NOT NULL PRIMARY KEY,
  canonical    TEXT NOT NULL,
  published_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE live_script (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  hash TEXT NOT NULL REFERENCES script_version (hash)
) STRICT;
