"""Duplicates by the thousand, and many senders at once: effects = keys, replies byte-equal, one conversation in order."""

import collections
import hashlib
import threading
import time

import rig
import wire
from suite import PLAINTEXT, SECURE, expect, expect_equal, rule

GROUP = "storm"
KEYS = 10_000
COPIES = 5


def in_parallel(threads: int, work) -> None:
    """Runs work(n) in each of `threads` threads and re-raises the first failure."""
    failures: list = []

    def guarded(n):
        try:
            work(n)
        except BaseException as failure:  # noqa: BLE001 — reported in the main thread
            failures.append(failure)

    running = [threading.Thread(target=guarded, args=(n,)) for n in range(threads)]
    for t in running:
        t.start()
    for t in running:
        t.join()
    if failures:
        raise failures[0]


@rule(GROUP, f"{COPIES} parallel copies of {KEYS:,} messages: one effect each, and all copies get the same bytes")
def duplicate_storm(env):
    service = env.started()
    replies = [collections.Counter() for _ in range(KEYS)]
    lock = threading.Lock()
    words = ["诉求", "1", "口罩不够了，急", "返回", "你好", "人工", "退出"]

    def work(_):
        # Every copy of a key is sent by another thread; all walk the keys in the same order, so copies meet.
        with rig.Connection(service.port) as wires:
            for key in range(KEYS):
                now = int(time.time())
                call = wire.text_callback(PLAINTEXT, f"oStorm{key % 1000:04d}", words[key % len(words)],
                                          7_300_000_000_000_000_000 + key, now, created=1_700_000_000 + key)
                answer = wires.request("POST", call.target, call.body)
                expect_equal(answer.status, 200, f"key {key}")
                digest = hashlib.sha256(answer.body).digest()
                with lock:
                    replies[key][digest] += 1

    begin = time.monotonic()
    in_parallel(COPIES, work)
    seconds = time.monotonic() - begin
    differing = [k for k, found in enumerate(replies) if len(found) != 1 or sum(found.values()) != COPIES]
    expect(not differing, f"replies differ for keys {differing[:10]}")
    stored = service.query("SELECT count(*), count(DISTINCT json_extract(body, '$.id')) FROM event WHERE kind = 'user.text'")[0]
    expect_equal(stored, (KEYS, KEYS), "stored messages, distinct ids")
    expect_equal(service.query("SELECT count(*) FROM inbox")[0][0], KEYS, "dedupe keys")
    expect_equal(service.query("SELECT count(DISTINCT turn) FROM state")[0][0], KEYS, "turns")
    return f"{KEYS * COPIES / seconds:.0f} deliveries/s"


@rule(GROUP, "200 copies of one message at once are one turn, and all get its reply")
def one_key_many_senders(env):
    service = env.standing()
    user, ident, now = env.new_user(), env.new_id(), int(time.time())
    bodies = []

    def work(_):
        call = wire.text_callback(PLAINTEXT, user, "诉求", ident, now)
        bodies.append(service.post(call).body)

    in_parallel(200, work)
    expect_equal(len(set(bodies)), 1, "different replies")
    expect(b"Content" in bodies[0], "a reply")
    rows = service.query("SELECT count(*) FROM event e JOIN conversation c ON c.id = e.conversation "
                         "WHERE c.user = ? AND e.actor = 'user'", user)
    expect_equal(rows[0][0], 1, "stored")


@rule(GROUP, "50 messages of one user at once are 50 turns of one conversation without a gap")
def one_user_many_messages(env):
    service, user = env.standing(), env.new_user()

    def work(n):
        call = wire.text_callback(SECURE, user, f"第{n}条消息", env.new_id(), int(time.time()))
        expect_equal(service.post(call).status, 200, f"message {n}")

    in_parallel(50, work)
    rows = service.query("SELECT e.seq, e.actor FROM event e JOIN conversation c ON c.id = e.conversation "
                         "WHERE c.user = ? ORDER BY e.seq", user)
    expect_equal([r[0] for r in rows], list(range(1, len(rows) + 1)), "seq")
    expect_equal(sum(1 for r in rows if r[1] == "user"), 50, "messages")


@rule(GROUP, "100 pipelined messages on one connection are answered in order, each once")
def pipelined(env):
    service = env.standing()
    users = [env.new_user() for _ in range(100)]
    with rig.Connection(service.port, 10) as wires:
        for user in users:
            call = wire.text_callback(PLAINTEXT, user, "你好", env.new_id(), int(time.time()))
            wires.send("POST", call.target, call.body)
        for user in users:
            fields = wire.reply_fields(PLAINTEXT, wires.receive().body)
            expect_equal(fields["ToUserName"], user, "answers in the order of the requests")
