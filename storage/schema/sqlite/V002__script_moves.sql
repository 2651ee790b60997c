-- What becomes of conversations that are pinned to a version which is no longer live. Without a row they end where they began.
CREATE TABLE script_move (
  from_hash TEXT NOT NULL PRIMARY KEY REFERENCES script_version (hash),
  dialog    TEXT NOT NULL,  -- '' = the one they are in
  state     TEXT NOT NULL,  -- '' = the old answers are walked again in the live version
  at_ms     INTEGER NOT NULL
) STRICT;
