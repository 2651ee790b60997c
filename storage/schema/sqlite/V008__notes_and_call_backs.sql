-- Notes that name colleagues, and whispers of a supervisor to whoever serves. 0 = for all who see the conversation.
ALTER TABLE note ADD COLUMN audience INTEGER NOT NULL DEFAULT 0 CHECK (audience BETWEEN 0 AND 1);

-- Who is named in a note, and when they saw it (0 = not yet). It repeats the conversation so that the count beside the lists
-- reads one index and nothing else.
CREATE TABLE note_to (
  note         INTEGER NOT NULL REFERENCES note (id),
  staff        INTEGER NOT NULL REFERENCES staff (id),
  conversation INTEGER NOT NULL,
  seen_ms      INTEGER NOT NULL,
  PRIMARY KEY (note, staff)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_to_unseen ON note_to (staff, conversation, note) WHERE seen_ms = 0;

-- 回访: who served (ids, the newest last), since when somebody should ask the user how it was (0 = nobody), and calls that
-- reached nobody. What was closed before this migration is not asked about: nobody recorded who served then.
ALTER TABLE thread ADD COLUMN served TEXT NOT NULL DEFAULT '';
ALTER TABLE thread ADD COLUMN revisit_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN revisit_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX thread_revisit ON thread (revisit_ms, conversation) WHERE revisit_ms <> 0;

-- Who looked at this conversation, what did this person do: the auditor's questions, now that reading is on record too.
CREATE INDEX staff_audit_by_subject ON staff_audit (subject, id);
CREATE INDEX staff_audit_by_actor ON staff_audit (actor, id);
CREATE INDEX staff_audit_by_act ON staff_audit (act, id);
