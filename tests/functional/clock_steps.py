"""Reminders and the wall clock: due ones come once, never early, whatever the clock does. A shipped question reminds after ten
minutes of silence and gives up after three days; the server's clock is stepped by a file."""

import json
import time

import rig
from suite import SECURE, Phone, expect, expect_equal, rule

GROUP = "clock"
MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Stepped:
    """A server and a user whose clock is the server's."""

    def __init__(self, env, service=None):
        self.service = service or env.service()
        self.phone = Phone(env, self.service, SECURE)

    def step_to(self, offset_s: int) -> None:
        self.service.set_clock(offset_s * 1000)
        self.phone.offset_s = offset_s

    def ask(self) -> None:
        """Opens a question that reminds."""
        expect("哪方面" in self.phone.say("诉求"), "the question")

    def fired(self, name: str = "") -> int:
        """How often a timer (or any) fired."""
        bodies = [json.loads(body) for _, body in self.phone.rows("timer")]
        return sum(1 for b in bodies if not name or b["name"] == name)

    def outbox(self) -> int:
        return self.service.query("SELECT count(*) FROM outbox WHERE user = ?", self.phone.user)[0][0]

    def settle(self, wanted: int) -> int:
        """Waits for `wanted` timers, then long enough that one more would show."""
        rig.wait_until(lambda: self.fired() >= wanted, 5.0)
        time.sleep(0.8)
        return self.fired()


@rule(GROUP, "a reminder comes once when it is due, not before, and goes to the outbox")
def due_once(env):
    t = Stepped(env)
    t.service.start()
    t.ask()
    t.step_to(9 * MINUTE + 30)
    expect_equal(t.settle(0), 0, "reminders after 9½ minutes")
    t.step_to(10 * MINUTE + 5)
    expect_equal(t.settle(1), 1, "reminders after 10 minutes")
    expect_equal(t.outbox(), 1, "outbox rows")
    t.step_to(11 * MINUTE)
    expect_equal(t.settle(1), 1, "reminders a minute later")
    expect("具体情况" in t.phone.say("资金"), "the dialog goes on")


@rule(GROUP, "a clock that goes back an hour or a day neither repeats a reminder nor fires one early")
def backward(env):
    t = Stepped(env)
    t.service.start()
    t.ask()
    t.step_to(10 * MINUTE + 5)
    expect_equal(t.settle(1), 1, "fired")
    for offset in (-HOUR, 10 * MINUTE + 6, -DAY, 10 * MINUTE + 7):
        t.step_to(offset)
        expect_equal(t.settle(1), 1, f"fired after stepping to {offset} s")
    t.step_to(-DAY)
    u = Stepped(env, t.service)
    u.phone.offset_s = -DAY
    u.ask()
    expect_equal(u.settle(0), 0, "a question asked at the earlier time is not overdue")
    u.step_to(-DAY + 10 * MINUTE + 5)
    expect_equal(u.settle(1), 1, "and is reminded by the earlier time")


@rule(GROUP, "a step forward by days fires what became due, once each, and the question expires in words")
def forward(env):
    t = Stepped(env)
    t.service.start()
    t.ask()
    t.step_to(4 * DAY)
    wanted = 2  # the reminder and the expiry
    expect_equal(t.settle(wanted), wanted, "timers fired")
    expect("请问需要办理什么" in t.phone.say("你好"), "back at the menu")


@rule(GROUP, "a reminder that came due while the server was down comes once after the start")
def downtime(env):
    t = Stepped(env)
    t.service.start()
    t.ask()
    t.service.kill()
    t.step_to(10 * MINUTE + 5)
    t.service.start()
    expect_equal(t.settle(1), 1, "fired")
    t.service.kill()
    t.service.start()
    expect_equal(t.settle(1), 1, "fired after one more crash")


@rule(GROUP, "in 2038 and in 2100 messages are taken and reminders come once")
def far_years(env):
    for year, seconds in ((2038, 2_147_483_648), (2100, 4_102_444_800)):
        t = Stepped(env)
        base = seconds - int(time.time()) - 5 * MINUTE  # the boundary lies between question and reminder
        t.step_to(base)
        t.service.start()
        t.ask()
        expect_equal(t.settle(0), 0, f"{year}: early")
        t.step_to(base + 10 * MINUTE + 5)
        expect_equal(t.settle(1), 1, f"{year}: fired")
        expect("具体情况" in t.phone.say("资金"), f"{year}: the dialog goes on")
        t.service.kill()


@rule(GROUP, "reminders of 300 users that come due at once all come, once each")
def many_at_once(env):
    t = Stepped(env)
    t.service.start()
    phones = [Phone(env, t.service, SECURE) for _ in range(300)]
    for phone in phones:
        phone.say("诉求")
    t.step_to(10 * MINUTE + 30)
    count = lambda: t.service.query("SELECT count(*) FROM event WHERE kind = 'timer'")[0][0]  # noqa: E731
    rig.wait_until(lambda: count() >= 300, 10.0)
    time.sleep(0.8)
    per_user = t.service.query("SELECT conversation, count(*) FROM event WHERE kind = 'timer' GROUP BY conversation")
    expect_equal((len(per_user), {n for _, n in per_user}), (300, {1}), "conversations, reminders each")
