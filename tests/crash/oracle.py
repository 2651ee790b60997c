#!/usr/bin/env python3
"""Judges a database against what its clients saw. Shares no code with the server: it knows the promises and the schema.

    oracle.py HISTORY.jsonl zhuqi.db [--acked-before SECONDS]

HISTORY has one line per attempt to deliver a message:
    {"channel","user","msg","created","text","sent","done","status","reply","error"}
`sent` and `done` are seconds of CLOCK_MONOTONIC; `status` is the HTTP status, null where no whole answer came; `reply` is the
SHA-256 (hex) of the reply after decryption, "" for `success`. An attempt is acked where status is 200.

Exit code 0: every promise kept; 1: findings, one a line.
"""

import argparse
import collections
import contextlib
import hashlib
import json
import math
import sqlite3
import sys
from dataclasses import dataclass, field


@dataclass
class Message:
    """All attempts to deliver one message, as the clients saw them."""

    channel: str
    user: str
    msg: str
    text: str
    first_sent: float = math.inf
    first_ack: float = math.inf
    attempts: int = 0
    replies: set = field(default_factory=set)

    @property
    def key(self):
        return self.channel, self.user, self.msg

    def __str__(self):
        return f"message {self.msg} of {self.user} on {self.channel}"


def read_history(lines, acked_before: float = math.inf) -> dict:
    """(channel, user, msg) → Message. Acks after `acked_before` are taken as never seen."""
    messages: dict = {}
    for line in lines:
        a = json.loads(line)
        key = (a["channel"], a["user"], str(a["msg"]))
        m = messages.get(key)
        if m is None:
            m = messages[key] = Message(*key, a["text"])
        m.attempts += 1
        m.first_sent = min(m.first_sent, a["sent"])
        if a["status"] == 200 and a["done"] <= acked_before:
            m.first_ack = min(m.first_ack, a["done"])
            m.replies.add(a["reply"])
    return messages


@dataclass
class UserEvent:
    key: tuple
    text: str
    conversation: int
    seq: int
    turn: int


class Oracle:
    def __init__(self, messages: dict, db: sqlite3.Connection):
        self.messages = messages
        self.db = db
        self.findings: list[str] = []
        self.events: dict = collections.defaultdict(list)  # key → UserEvents
        self.figures: dict = {}

    def judge(self) -> list:
        integrity = [row[0] for row in self.db.execute("PRAGMA integrity_check")]
        if integrity != ["ok"]:
            self.findings += [f"integrity_check: {line}" for line in integrity[:10]]
        self.load_user_events()
        self.check_acked_exactly_once()
        self.check_nothing_twice_or_invented()
        self.check_replies()
        self.check_order()
        self.check_log()
        self.check_states()
        self.check_side_rows()
        acked = [m for m in self.messages.values() if m.first_ack < math.inf]
        self.figures |= {"messages": len(self.messages), "acked": len(acked), "stored": len(self.events)}
        return self.findings

    def finding(self, text: str) -> None:
        self.findings.append(text)

    def load_user_events(self) -> None:
        rows = self.db.execute(
            "SELECT c.channel, c.user, e.body, e.conversation, e.seq, e.turn FROM event e "
            "LEFT JOIN conversation c ON c.id = e.conversation WHERE e.actor = 'user' AND e.kind = 'user.text'")
        for channel, user, body, conversation, seq, turn in rows:
            fields = json.loads(body)
            key = (channel, user, str(fields.get("id", "")))
            self.events[key].append(UserEvent(key, fields.get("text"), conversation, seq, turn))

    def check_acked_exactly_once(self) -> None:
        for m in self.messages.values():
            if m.first_ack == math.inf:
                continue
            found = self.events.get(m.key, [])
            if not found:
                self.finding(f"LOST: {m} was acked at {m.first_ack:.3f} and is not in the database")

    def check_nothing_twice_or_invented(self) -> None:
        for key, found in self.events.items():
            m = self.messages.get(key)
            if len(found) > 1:
                seqs = ", ".join(str(e.seq) for e in found)
                self.finding(f"TWICE: message {key[2]} of {key[1]} on {key[0]} is stored {len(found)} times (seq {seqs})")
            if m is None:
                self.finding(f"INVENTED: message {key[2]} of {key[1]} on {key[0]} was never sent")
            elif found[0].text != m.text:
                self.finding(f"ALTERED: {m} was sent as {m.text!r} and is stored as {found[0].text!r}")

    def check_replies(self) -> None:
        """All answers to one message are the same bytes, and they are the ones that stand beside its dedupe key."""
        stored = collections.defaultdict(list)
        for turn, reply in self.db.execute("SELECT turn, reply FROM inbox"):
            stored[turn].append(reply)
        for turn, replies in stored.items():
            if len(replies) > 1:
                self.finding(f"TWICE: turn {turn} has {len(replies)} dedupe keys")
        for m in self.messages.values():
            if len(m.replies) > 1:
                self.finding(f"REPLIES DIFFER: {m} was answered with {len(m.replies)} different replies")
            for event in self.events.get(m.key, [])[:1]:
                kept = stored.get(event.turn)
                if not kept:
                    self.finding(f"NO KEY: {m} is stored in turn {event.turn} without a dedupe key")
                elif m.replies and digest(kept[0]) not in m.replies:
                    self.finding(f"REPLY NOT STORED: {m} was answered with other bytes than are stored")
        with_event = {e.turn for found in self.events.values() for e in found}
        others = {turn for (turn,) in self.db.execute("SELECT turn FROM event WHERE actor = 'user' AND kind <> 'user.text'")}
        for turn in stored.keys() - with_event - others:
            self.finding(f"KEY WITHOUT MESSAGE: turn {turn} has a dedupe key and no event of a user")

    def check_order(self) -> None:
        """A message that was acked before another of the same user was sent stands before it."""
        by_user = collections.defaultdict(list)
        for m in self.messages.values():
            found = self.events.get(m.key)
            if found:
                by_user[m.channel, m.user].append((m, found[0].seq))
        inversions = 0
        for who, entries in by_user.items():
            acks = sorted(((m.first_ack, seq, m) for m, seq in entries if m.first_ack < math.inf), key=lambda e: e[0])
            highest, at, latest = 0, 0, None
            for m, seq in sorted(entries, key=lambda e: e[0].first_sent):
                while at < len(acks) and acks[at][0] < m.first_sent:
                    if acks[at][1] > highest:
                        highest, latest = acks[at][1], acks[at][2]
                    at += 1
                if seq < highest:
                    inversions += 1
                    self.finding(f"ORDER: {m} (seq {seq}) was sent after {latest} (seq {highest}) had been acked")
        self.figures["inversions"] = inversions

    def check_log(self) -> None:
        """seq counts 1, 2, 3 … in each conversation, ids grow with it, `prev` links each event to the one before."""
        known = {row[0] for row in self.db.execute("SELECT id FROM conversation")}
        last: dict = {}
        for ident, conversation, seq, prev, epoch, turn in self.db.execute(
                "SELECT id, conversation, seq, prev, epoch, turn FROM event ORDER BY conversation, seq, id"):
            if conversation not in known:
                self.finding(f"ORPHAN: event {ident} belongs to conversation {conversation}, which does not exist")
            before = last.get(conversation, (0, 0, 0, 0))
            if seq != before[1] + 1:
                self.finding(f"SEQ: conversation {conversation} goes from seq {before[1]} to {seq} (event {ident})")
            if prev != before[0]:
                self.finding(f"CHAIN: event {ident} names {prev} as the one before it, which is {before[0]}")
            if ident <= before[0] or turn < before[3]:
                self.finding(f"LOG ORDER: event {ident} of turn {turn} stands after event {before[0]} of turn {before[3]}")
            if epoch < before[2]:
                self.finding(f"EPOCH: event {ident} has epoch {epoch} after {before[2]}")
            last[conversation] = (ident, seq, epoch, turn)
        self.last = last
        for conversation in known - last.keys():
            self.finding(f"EMPTY: conversation {conversation} has no event")

    def check_states(self) -> None:
        """The newest state of a conversation stands for exactly its log."""
        self.newest = {}
        for turn, conversation, owner, epoch, seq, last_event, wakeup in self.db.execute(
                "SELECT turn, conversation, owner_kind, epoch, seq, last_event, wakeup_ms FROM state ORDER BY turn"):
            self.newest[conversation] = (turn, owner, epoch, seq, last_event, wakeup)
        for conversation, (ident, seq, _, turn) in self.last.items():
            state = self.newest.get(conversation)
            if state is None:
                self.finding(f"NO STATE: conversation {conversation} has events and no state")
            elif state[3] != seq or state[4] != ident or state[0] < turn:
                self.finding(f"STATE: conversation {conversation} ends at seq {seq} (event {ident}, turn {turn}), "
                             f"its state says seq {state[3]} (event {state[4]}, turn {state[0]})")
        mark = self.db.execute("SELECT value FROM meta WHERE key = 'fold_mark'").fetchone()[0]
        for conversation, turn in self.db.execute("SELECT conversation, turn FROM head"):
            state = self.newest.get(conversation)
            if state is None or turn > state[0] or (state[0] <= mark and turn != state[0]):
                self.finding(f"HEAD: conversation {conversation} points to turn {turn}, its newest state is {state}")

    def check_side_rows(self) -> None:
        """Outbox rows deliver what the bot said; open threads and wake-ups are those that the newest states name."""
        bot = {(c, s) for c, s in self.db.execute("SELECT conversation, seq FROM event WHERE actor = 'bot'")}
        seen = set()
        for ident, conversation, seq in self.db.execute("SELECT id, conversation, seq FROM outbox"):
            if (conversation, seq) not in bot:
                self.finding(f"OUTBOX: row {ident} delivers seq {seq} of conversation {conversation}, which the bot did not say")
            if (conversation, seq) in seen:
                self.finding(f"OUTBOX: seq {seq} of conversation {conversation} stands in two rows")
            seen.add((conversation, seq))
        waiting = {c: (kind, epoch) for c, kind, epoch in self.db.execute(
            "SELECT conversation, owner_kind, epoch FROM open_thread")}
        expected = {c: (s[1], s[2]) for c, s in self.newest.items() if s[1] in (1, 2)}
        for conversation in waiting.keys() | expected.keys():
            if waiting.get(conversation) != expected.get(conversation):
                self.finding(f"OPEN THREAD: conversation {conversation}: list says {waiting.get(conversation)}, "
                             f"state says {expected.get(conversation)}")
        armed = collections.defaultdict(list)
        for due, conversation in self.db.execute("SELECT due_ms, conversation FROM wakeup"):
            armed[conversation].append(due)
        for conversation, state in self.newest.items():
            wanted = [state[5]] if state[5] else []
            if armed.get(conversation, []) != wanted:
                self.finding(f"WAKE-UP: conversation {conversation}: rows {armed.get(conversation, [])}, state says {wanted}")


def digest(reply: str) -> str:
    """How the history writes a reply down."""
    return hashlib.sha256(reply.encode()).hexdigest() if reply else ""


def judge(history, database, acked_before: float = math.inf) -> tuple:
    """(findings, figures) for a history file and a database file that no server has open for writing."""
    with open(history, encoding="utf-8") as lines:
        messages = read_history(lines, acked_before)
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=10)) as db:
            oracle = Oracle(messages, db)
            return oracle.judge(), oracle.figures
    except sqlite3.Error as error:
        acked = sum(1 for m in messages.values() if m.first_ack < math.inf)
        lost = [f"LOST: all {acked} acked messages, with the database"] if acked else []
        return [f"UNREADABLE: {database}: {error}"] + lost, {"messages": len(messages), "acked": acked}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history")
    parser.add_argument("database")
    parser.add_argument("--acked-before", type=float, default=math.inf)
    args = parser.parse_args()
    findings, figures = judge(args.history, args.database, args.acked_before)
    for line in findings:
        print(line)
    print(", ".join(f"{value} {name}" for name, value in figures.items()))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
