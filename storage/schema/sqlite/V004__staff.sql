-- People: who they are, where they work, what they may do, how they log in. Written rarely, read on every request of the
-- console, so here are foreign keys and indexes, unlike on the tables of turns.

CREATE TABLE region (
  id     INTEGER PRIMARY KEY,
  parent INTEGER REFERENCES region (id),
  code   TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name   TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX region_by_parent ON region (parent);

CREATE TABLE department (
  id     INTEGER PRIMARY KEY,
  parent INTEGER REFERENCES department (id),
  region INTEGER NOT NULL REFERENCES region (id),
  name   TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX department_by_parent ON department (parent);

-- `roles` has a bit per role (storage/staff_store.hpp); the highest three are the administrators for system, security and
-- audit: whoever has one of them has nothing else. The database keeps that rule whatever the program does.
CREATE TABLE staff (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- an id is never given to a second person: records point to it
  login_name   TEXT NOT NULL UNIQUE CHECK (login_name <> '' AND length(CAST(login_name AS BLOB)) <= 64),
  display_name TEXT NOT NULL CHECK (display_name <> ''),
  department   INTEGER NOT NULL REFERENCES department (id),
  roles        INTEGER NOT NULL CHECK (roles BETWEEN 0 AND 16383 AND (roles < 2048 OR roles IN (2048, 4096, 8192))),
  disabled_ms  INTEGER NOT NULL,                   -- 0 = active
  password     TEXT NOT NULL,                      -- argon2id string, '' = none yet
  totp         BLOB NOT NULL,                      -- sealed, empty = not enrolled
  totp_step    INTEGER NOT NULL,                   -- the last one used: a code works once
  created_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_by_department ON staff (department);

-- SHA-256 of recovery codes that nobody used yet.
CREATE TABLE staff_recovery (
  staff  INTEGER NOT NULL REFERENCES staff (id),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (staff, digest)
) STRICT, WITHOUT ROWID;

-- SHA-256 of the tokens that browsers hold.
CREATE TABLE staff_session (
  digest    BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
  staff     INTEGER NOT NULL REFERENCES staff (id),
  opened_ms INTEGER NOT NULL,
  seen_ms   INTEGER NOT NULL,
  address   TEXT NOT NULL,
  browser   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_session_by_staff ON staff_session (staff, opened_ms);

-- Who changed what of whom, in the transaction of the change. No foreign key: a record outlives what it is about.
CREATE TABLE staff_audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms   INTEGER NOT NULL,
  actor   INTEGER NOT NULL,
  act     TEXT NOT NULL CHECK (act <> ''),
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  address TEXT NOT NULL,
  chain   BLOB NOT NULL CHECK (length(chain) = 32)  -- SHA-256 over the row and the chain of the row before it
) STRICT;
