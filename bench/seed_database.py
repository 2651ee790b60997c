#!/usr/bin/env python3
"""Fills a data folder with many conversations, each somewhere on the way through bench/load/walk.tsv.

The server itself writes a template (user i has taken i mod L of the walk's L steps; those with none have gone once round), then the
template's rows are copied in SQL with their numbers shifted. `zhuqi verify` finds nothing wrong with the result. Dedupe keys and
superseded states are left out, as the server's own pruning does after two days.

  bench/seed_database.py --data DIR [--users 1000000] [--tree build/release]
"""

import argparse
import sqlite3
import sys
import time
from pathlib import Path

import harness

# ms; else a million reminders came due in the same minute, ten minutes after the template. The snapshots keep their times: they must be
# what the log replays to, and a reminder that comes late is nothing unusual.
LATER = "(3600000 + b * 1000)"


def write_template(tree: Path, data: Path) -> int:
    walk = harness.read_walk()
    with harness.Product(tree, data) as server:
        talk = harness.Talk(server.port)
        for i in range(len(walk)):
            for say, expect in walk[:i or len(walk)]:
                reply = talk.say(harness.name_of(i), say)
                if expect not in reply:
                    sys.exit(f"{say!r} got {reply!r}, not {expect!r}")
    return len(walk)


def multiply(database: Path, block: int, users: int) -> None:
    """Copies the conversations 1…block until there are `users` (rounded down to whole blocks)."""
    db = sqlite3.connect(database, isolation_level=None)
    db.create_function("name_of", 1, harness.name_of, deterministic=True)
    if db.execute("SELECT count(*), max(id) FROM conversation").fetchone() != (block, block):
        sys.exit(f"{database} holds other conversations already")
    ids = [user for (user,) in db.execute("SELECT user FROM conversation ORDER BY id")]
    if ids != [harness.name_of(i) for i in range(block)]:
        sys.exit("the template's conversations are not in the order of its users")
    copies = users // block - 1
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144", "temp_store = MEMORY"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN")
    db.execute("DELETE FROM state WHERE turn NOT IN (SELECT max(turn) FROM state GROUP BY conversation)")
    db.execute("CREATE TEMP TABLE n (b INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO n WITH RECURSIVE c(b) AS (SELECT 1 UNION ALL SELECT b + 1 FROM c WHERE b < ?) SELECT b FROM c", (copies,))
    events, turns = db.execute("SELECT (SELECT max(id) FROM event), (SELECT max(turn) FROM state)").fetchone()
    outbox = db.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
    for table in ("conversation", "event", "state", "open_thread", "thread", "wakeup", "outbox"):
        db.execute(f"CREATE TEMP TABLE t_{table} AS SELECT * FROM main.{table}")
    shift = {"c": block, "e": events, "t": turns, "o": outbox}
    statements = [
        "INSERT INTO conversation SELECT id + b * :c, channel, name_of(id - 1 + b * :c), created_ms FROM n, t_conversation ORDER BY b, id",
        "INSERT INTO event SELECT id + b * :e, conversation + b * :c, seq, iif(prev = 0, 0, prev + b * :e), turn + b * :t, at_ms, epoch, "
        "kind, actor, body FROM n, t_event ORDER BY b, id",
        "INSERT INTO state SELECT turn + b * :t, conversation + b * :c, at_ms, owner_kind, epoch, seq, "
        f"iif(last_event = 0, 0, last_event + b * :e), iif(wakeup_ms = 0, 0, wakeup_ms + {LATER}), owner_id, "
        "snapshot FROM n, t_state ORDER BY b, turn",
        "INSERT INTO open_thread SELECT conversation + b * :c, owner_kind, since_ms, epoch FROM n, t_open_thread ORDER BY b, conversation",
        "INSERT INTO thread SELECT conversation + b * :c, change + b * :t, owner_kind, staff, epoch, seq, department, region, sla_ms, "
        "opened_ms, waiting_ms, due_ms, accept_by_ms, last_at_ms, closed_ms, rank, queue, matter, reason, enterprise, language, last_who, "
        "last_text, outcome, grade, served, revisit_ms, revisit_tries FROM n, t_thread ORDER BY b, conversation",
        f"INSERT INTO wakeup SELECT due_ms + {LATER} AS due, conversation + b * :c AS who FROM n, t_wakeup ORDER BY due, who",
        "INSERT INTO outbox SELECT id + b * :o, conversation + b * :c, seq, epoch, not_before_ms, state, channel, "
        "name_of(conversation - 1 + b * :c), body FROM n, t_outbox ORDER BY b, id",
    ]
    for statement in statements:
        used = {name: value for name, value in shift.items() if f":{name}" in statement}
        db.execute(statement, used)
    db.execute("DELETE FROM head")
    db.execute("INSERT INTO head SELECT conversation, max(turn) FROM state GROUP BY conversation ORDER BY conversation")
    db.execute("UPDATE meta SET value = (SELECT max(turn) FROM state) WHERE key = 'fold_mark'")
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def database_in(data: Path) -> Path:
    return data / "zhuqi.db"


def seed(tree: Path, data: Path, users: int) -> float:
    """Gives the seconds it took."""
    begun = time.monotonic()
    block = write_template(tree, harness.fresh(data))
    multiply(database_in(data), block, users)
    return time.monotonic() - begun


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="a folder that is emptied first")
    arguments.add_argument("--users", type=int, default=1_000_000)
    arguments.add_argument("--tree", type=Path, default=harness.REPO / "build/release", help="build tree with the server")
    given = arguments.parse_args()
    print(f"{given.users} conversations in {seed(given.tree, given.data, given.users):.1f} s")


if __name__ == "__main__":
    main()
