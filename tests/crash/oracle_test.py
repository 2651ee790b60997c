#!/usr/bin/env python3
"""Who watches the watchman: the oracle must accept a sound history and database, and reject every damage below."""

import contextlib
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

import oracle

SCHEMA = Path(__file__).resolve().parents[2] / "storage/schema/sqlite/V001__turns.sql"
REPLIES = ["一、资金", "二、用工", "", "三、物流"]


def sound_history() -> list:
    """Two users, two messages each; the first message of each was also retried after its ack."""
    attempts = []
    for turn, (user, msg) in enumerate([("oA", 1), ("oB", 2), ("oA", 3), ("oB", 4)]):
        for retry in range(2 if msg < 3 else 1):
            attempts.append({"channel": "city", "user": user, "msg": str(msg), "created": 100, "text": f"话{msg}",
                             "sent": 10.0 * turn + retry, "done": 10.0 * turn + retry + 0.5, "status": 200,
                             "reply": oracle.digest(REPLIES[turn]), "error": None})
    attempts.append({"channel": "city", "user": "oA", "msg": "9", "created": 100, "text": "没送到", "sent": 90.0,
                     "done": 95.0, "status": None, "reply": None, "error": "timeout"})
    return attempts


def sound_database() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(SCHEMA.read_text(encoding="utf-8"))
    db.execute("INSERT INTO conversation VALUES (1, 'city', 'oA', 0), (2, 'city', 'oB', 0)")
    last = {1: (0, 0), 2: (0, 0)}
    ident = 0
    for turn, (conversation, msg) in enumerate([(1, 1), (2, 2), (1, 3), (2, 4)], start=1):
        body = json.dumps({"id": str(msg), "text": f"话{msg}"}, ensure_ascii=False)
        said = [("user.text", "user", body), ("bot.text", "bot", json.dumps({"text": REPLIES[turn - 1]}))]
        for kind, actor, text in said:
            prev, seq = last[conversation]
            ident += 1
            db.execute("INSERT INTO event VALUES (?,?,?,?,?,0,?,?,?,?)",
                       (ident, conversation, seq + 1, prev, turn, int(turn > 2), kind, actor, text))
            last[conversation] = (ident, seq + 1)
        queued, wakeup = (1, 0) if turn > 2 else (0, 5000)
        db.execute("INSERT INTO state VALUES (?,?,0,?,?,?,?,?,'','{}')",
                   (turn, conversation, queued, queued, last[conversation][1], ident, wakeup))
        db.execute("INSERT INTO inbox VALUES (100, ?, ?, 0, ?, ?)",
                   (bytes([turn] * 16), bytes(16), turn, REPLIES[turn - 1]))
    db.execute("INSERT INTO head VALUES (1, 3), (2, 4)")
    db.execute("UPDATE meta SET value = 4 WHERE key = 'fold_mark'")
    db.execute("INSERT INTO open_thread VALUES (1, 1, 0, 1), (2, 1, 0, 1)")
    db.execute("INSERT INTO outbox VALUES (1, 1, 4, 1, 0, 'queued', 'city', 'oA', '{}')")
    return db


def drop_last(history):
    del history[-2]


def change(history, index, **fields):
    history[index] |= fields


DATABASE_DAMAGE = [
    ("an acked message that is not stored", "LOST", "UPDATE event SET body = '{\"id\":\"77\",\"text\":\"x\"}' WHERE id = 7"),
    ("a message that is stored twice", "TWICE",
     "INSERT INTO event VALUES (9,2,5,8,5,0,1,'user.text','user','{\"id\":\"4\",\"text\":\"话4\"}')"),
    ("a message that nobody sent", "INVENTED",
     "INSERT INTO event VALUES (9,2,5,8,5,0,1,'user.text','user','{\"id\":\"5\",\"text\":\"x\"}')"),
    ("a message whose words were changed", "ALTERED",
     "UPDATE event SET body = '{\"id\":\"1\",\"text\":\"话\"}' WHERE id = 1"),
    ("a stored reply other than the one that was given", "REPLY NOT STORED", "UPDATE inbox SET reply = '四' WHERE turn = 2"),
    ("a message without its dedupe key", "NO KEY", "DELETE FROM inbox WHERE turn = 3"),
    ("a dedupe key without its message", "KEY WITHOUT MESSAGE",
     "INSERT INTO inbox VALUES (100, zeroblob(16), zeroblob(16), 0, 8, '')"),
    ("a gap in seq", "SEQ", "UPDATE event SET seq = 5 WHERE id = 8"),
    ("a broken chain of events", "CHAIN", "UPDATE event SET prev = 1 WHERE id = 5"),
    ("a log that is not in commit order", "LOG ORDER", "UPDATE event SET turn = 1 WHERE id IN (7, 8)"),
    ("an epoch that goes back", "EPOCH", "UPDATE event SET epoch = 7 WHERE id = 1"),
    ("an event of no conversation", "ORPHAN", "UPDATE event SET conversation = 3 WHERE id IN (3, 4, 7, 8)"),
    ("a conversation without events", "EMPTY", "INSERT INTO conversation VALUES (3, 'city', 'oC', 0)"),
    ("a conversation without a state", "NO STATE", "DELETE FROM state WHERE conversation = 2"),
    ("a state that is behind the log", "STATE", "DELETE FROM state WHERE turn = 4"),
    ("a head that is behind the state", "HEAD", "UPDATE head SET turn = 1 WHERE conversation = 1"),
    ("an outbox row for nothing that was said", "OUTBOX", "UPDATE outbox SET seq = 3"),
    ("an outbox row that stands twice", "OUTBOX",
     "INSERT INTO outbox VALUES (2, 1, 4, 1, 0, 'queued', 'city', 'oA', '{}')"),
    ("a waiting thread that is missing from the list", "OPEN THREAD", "DELETE FROM open_thread WHERE conversation = 1"),
    ("a thread on the list that waits for nobody", "OPEN THREAD", "UPDATE state SET owner_kind = 0 WHERE turn = 3"),
    ("a wake-up that no state names", "WAKE-UP", "INSERT INTO wakeup VALUES (6000, 1)"),
    ("a wake-up that is missing", "WAKE-UP", "UPDATE state SET wakeup_ms = 6000 WHERE turn = 3"),
]

HISTORY_DAMAGE = [
    ("a retry that got another reply", "REPLIES DIFFER", lambda h: change(h, 1, reply=oracle.digest("别的"))),
    ("two messages stored in the wrong order", "ORDER", lambda h: change(h, 4, sent=-5.0, done=-4.0)),
    ("an ack for a message that was never stored", "LOST", lambda h: change(h, -1, status=200, reply="")),
    ("an acked reply where the store has another", "REPLY NOT STORED", lambda h: change(h, -3, reply=oracle.digest("五"))),
    ("a stored message that the history does not know", "INVENTED", drop_last),
]


def findings(history: list, db: sqlite3.Connection) -> list:
    lines = [json.dumps(a, ensure_ascii=False) for a in history]
    return oracle.Oracle(oracle.read_history(lines), db).judge()


def check_damaged_file() -> tuple:
    """A page of the file is overwritten on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zhuqi.db"
        with contextlib.closing(sqlite3.connect(path)) as copy:
            sound_database().backup(copy)
        raw = bytearray(path.read_bytes())
        raw[4096:4096 * 6] = b"\xa5" * (4096 * 5)
        path.write_bytes(raw)
        history = Path(folder) / "history.jsonl"
        history.write_text("\n".join(json.dumps(a) for a in sound_history()), encoding="utf-8")
        found, _ = oracle.judge(history, path)
    return ("a file with overwritten pages", ["integrity", "UNREADABLE"], found)


def main() -> int:
    cases = []
    for name, mark, sql in DATABASE_DAMAGE:
        db = sound_database()
        db.execute(sql)
        cases.append((name, [mark], findings(sound_history(), db)))
    for name, mark, damage in HISTORY_DAMAGE:
        history = sound_history()
        damage(history)
        cases.append((name, [mark], findings(history, sound_database())))
    cases.append(check_damaged_file())

    failed = 0
    clean = findings(sound_history(), sound_database())
    if clean:
        failed += 1
        print("FAIL accepts a sound history and database:", *clean, sep="\n  ")
    else:
        print("ok   accepts a sound history and database")
    for name, marks, found in cases:
        good = any(line.startswith(mark) for line in found for mark in marks)
        failed += not good
        print("ok  " if good else "FAIL", "rejects", name + ("" if good else f" (found: {found})"))
    print(f"{len(cases) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
