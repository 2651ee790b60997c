"""Many users at once on one Official Account, as the platform delivers them: 5 s to answer, three tries, copies that overtake.

Every attempt is written down with its times and outcome; tests/crash/oracle.py judges the database by that history.
"""

import json
import queue
import random
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

for folder in ("functional", "fake_platform"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))

import oracle
import phone
import rig
import wire

TRIES = phone.ATTEMPTS
ANSWER_WITHIN = phone.ATTEMPT_SECONDS  # then the platform closes the connection and tries again

WORDS = ["你好", "1", "2", "3", "返回", "重新开始", "人工", "口罩不够，停工了", "资金困难", "不清楚", "是", "没有", "25",
         "房租补贴怎么领", "😀𠮷", "English", "中文", "x" * 600]


@dataclass
class Plan:
    users: int = 200
    workers: int = 16
    rate: float = 300.0  # messages per second over all workers, 0 = as fast as they can
    copies: float = 0.25  # share of messages that are also delivered once or twice in parallel
    bursts: float = 0.05  # share of messages followed by another of the same user before the answer
    fresh: float = 0.3  # share of attempts on a new connection
    pause: float = 0.02  # seconds before the next try after a refusal, a reset or an error status
    seed: int = 1


def accounts() -> list:
    """One account per mode and format that load tests use."""
    return [wire.Account(id="city"), wire.Account(id="county", mode="compatible", data="json", token="tokenCounty9",
                                                  original_id="gh_county", app_id="wxcounty00000001"),
            wire.Account(id="lab", mode="plaintext", token="tokenLab77", original_id="gh_lab")]


@dataclass
class Outgoing:
    account: wire.Account
    user: str
    text: str
    msg: int
    created: int


class Load:
    """Runs until stop(). `port` is asked before every new connection, because a restarted server may have another."""

    def __init__(self, plan: Plan, accounts: list, port, now=time.time):
        self.plan, self.accounts, self.port, self.now = plan, accounts, port, now
        self.platforms = {a.id: phone.Platform(a.on_platform(), clock=now) for a in accounts}
        self.history: list = []  # one dict per attempt; list.append is atomic
        self.unanswered: list = []  # messages whose three tries all failed
        self.stopping = threading.Event()
        self.beside: queue.Queue = queue.Queue()
        self.threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(plan.workers)]
        self.threads += [threading.Thread(target=self._deliver_beside, args=(n,), daemon=True)
                         for n in range(max(2, plan.workers // 2))]
        self.begun = 0.0

    def start(self) -> None:
        self.begun = time.monotonic()
        for t in self.threads:
            t.start()

    def stop(self) -> None:
        """Lets every message under way come to its end, then ends the threads."""
        self.stopping.set()
        for t in self.threads[: self.plan.workers]:
            t.join(4 * ANSWER_WITHIN)
        for _ in self.threads[self.plan.workers :]:
            self.beside.put(None)
        for t in self.threads[self.plan.workers :]:
            t.join(4 * ANSWER_WITHIN)

    def write_history(self, path) -> None:
        with open(path, "w", encoding="utf-8") as out:
            for attempt in list(self.history):
                out.write(json.dumps(attempt, ensure_ascii=False) + "\n")

    def acked(self) -> int:
        return sum(1 for a in list(self.history) if a["status"] == 200)

    def _work(self, n: int) -> None:
        dice = random.Random(f"{self.plan.seed}/{n}")
        mine = [u for u in range(self.plan.users) if u % self.plan.workers == n] or [n]
        wires = Wires(self)
        due = time.monotonic()
        serial = 0
        while not self.stopping.is_set():
            if self.plan.rate:
                due = max(due + self.plan.workers / self.plan.rate, time.monotonic() - 1.0)
                time.sleep(max(0.0, due - time.monotonic()))
            user = f"oLoadUser{dice.choice(mine):06d}"
            account = self.accounts[dice.randrange(len(self.accounts))]
            serial += 1
            message = self._message(dice, account, user, n, serial)
            if dice.random() < self.plan.copies:
                for _ in range(dice.randint(1, 2)):
                    self.beside.put((message, dice.random() * 0.05))
            if dice.random() < self.plan.bursts:
                serial += 1
                self.beside.put((self._message(dice, account, user, n, serial), 0.0))
            self._deliver(wires, message, dice)
        wires.close()

    def _message(self, dice, account, user: str, n: int, serial: int) -> Outgoing:
        text = dice.choice(WORDS) if dice.random() < 0.7 else f"第{serial}条 {dice.getrandbits(32):08x}"
        # 19 digits, as the platform's; unique over users and runs.
        msg = 7_000_000_000_000_000_000 + (self.plan.seed % 100_000) * 10**13 + n * 10**9 + serial
        return Outgoing(account, user, text, msg, int(self.now()))

    def _deliver_beside(self, n: int) -> None:
        dice = random.Random(f"{self.plan.seed}/beside/{n}")
        wires = Wires(self)
        while (item := self.beside.get()) is not None:
            message, delay = item
            time.sleep(delay)
            self._deliver(wires, message, dice)
        wires.close()

    def _deliver(self, wires: "Wires", message: Outgoing, dice) -> None:
        for _ in range(TRIES):
            if self._attempt(wires, message, dice):
                return
            time.sleep(self.plan.pause)
        self.unanswered.append(message)

    def _attempt(self, wires: "Wires", message: Outgoing, dice) -> bool:
        fields = wire.text_fields(message.account, message.user, message.text, message.msg, message.created)
        platform = self.platforms[message.account.id]
        target, body = platform.callback(fields)  # as the platform does: a new nonce and encryption for every try
        record = {"channel": message.account.id, "user": message.user, "msg": str(message.msg), "text": message.text,
                  "created": message.created, "status": None, "reply": None, "error": None}
        connection = wires.connection(fresh=dice.random() < self.plan.fresh)
        record["kept"] = connection.sock is not None
        record["sent"] = time.monotonic()
        try:
            answer = connection.request("POST", target, body)
            record["done"] = time.monotonic()
            record["status"] = answer.status
            if answer.status == 200:
                record["reply"] = self._digest(platform, answer.body)
        except rig.Broken as broken:
            record["done"] = time.monotonic()
            record["error"] = broken.what
        except ValueError as error:  # a 200 whose envelope does not open: acked, and the oracle sees another reply
            record["reply"] = f"unreadable: {error}"
        self.history.append(record)
        return record["status"] == 200

    @staticmethod
    def _digest(platform: phone.Platform, body: bytes) -> str:
        plain = platform.opened(body.decode())
        return "" if plain == "success" else oracle.digest(plain)


class Wires:
    """One thread's connection, reopened where asked or broken."""

    def __init__(self, load: Load):
        self.load = load
        self.current = None

    def connection(self, fresh: bool) -> rig.Connection:
        port = self.load.port()
        if fresh or self.current is None or self.current.sock is None or self.current.port != port:
            self.close()
            self.current = rig.Connection(port, ANSWER_WITHIN)
        return self.current

    def close(self) -> None:
        if self.current is not None:
            self.current.close()
