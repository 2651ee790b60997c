"""The list of rules and the environment each runs in. A rule is a function that raises Failed, or gives figures to print."""

import itertools
import time
from pathlib import Path

import rig
import wire

RULES: list = []  # (group, name, function)


class Failed(AssertionError):
    """The rule does not hold."""


class Skipped(Exception):
    """This machine cannot try the rule."""


def rule(group: str, name: str):
    def register(function):
        RULES.append((group, name, function))
        return function

    return register


def expect(condition, what: str) -> None:
    if not condition:
        raise Failed(what)


def expect_equal(found, wanted, what: str) -> None:
    if found != wanted:
        raise Failed(f"{what}: wanted {wanted!r}, found {found!r}")


SECURE = wire.Account(id="city")
COMPATIBLE = wire.Account(id="county", mode="compatible", original_id="gh_county", app_id="wxcounty00000001",
                          token="canaryTokenCounty", aes_key="0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")
PLAINTEXT = wire.Account(id="lab", mode="plaintext", original_id="gh_lab", app_id="wxlab00000000001", token="canaryTokenLab")
SECURE_JSON = wire.Account(id="city", data="json")
COMPATIBLE_JSON = wire.Account(**(COMPATIBLE.__dict__ | {"data": "json"}))
PLAINTEXT_JSON = wire.Account(**(PLAINTEXT.__dict__ | {"data": "json"}))
ALL_FORMS = [SECURE, SECURE_JSON, COMPATIBLE, COMPATIBLE_JSON, PLAINTEXT, PLAINTEXT_JSON]
CHANNELS = [SECURE.config(), COMPATIBLE.config(), PLAINTEXT.config()]


class Environment:
    """What a rule may use: the binary, folders, one standing server, unique ids. Ends what was started."""

    def __init__(self, binary: str, folder: Path, count: int, seed: int):
        self.binary, self.folder, self.count, self.seed = binary, folder, count, seed
        self._ids = itertools.count(7_100_000_000_000_000_000 + seed * 1_000_000)
        self._folders = itertools.count(1)
        self._users = itertools.count(1)
        self._services: list[rig.Service] = []
        self._standing: rig.Service | None = None
        self._kept: list[rig.Service] = []

    def fresh_folder(self) -> Path:
        return self.folder / f"{next(self._folders):03d}"

    def service(self, channels: list | None = None, **more) -> rig.Service:
        s = rig.Service(self.binary, CHANNELS if channels is None else channels, more.pop("folder", None) or self.fresh_folder(),
                        **more)
        self._services.append(s)
        return s

    def started(self, *args, **more) -> rig.Service:
        s = self.service(*args, **more)
        s.start()
        return s

    def standing(self) -> rig.Service:
        """One server for all rules that leave it as they found it."""
        if self._standing is None:
            self._standing = self.service()
            self._standing.start()
        if not self._standing.running():
            raise Failed("the standing server is gone:\n" + "\n".join(self._standing.lines[-10:]))
        return self._standing

    def new_user(self) -> str:
        return f"oCanary{self.seed:05d}User{next(self._users):06d}"

    def new_id(self) -> int:
        return next(self._ids)

    def keep(self, service: rig.Service) -> None:
        """Another server that stands over several rules."""
        self._kept.append(service)

    def close_rule(self) -> None:
        """Ends every server but those that stand."""
        for s in self._services:
            if s is not self._standing and s not in self._kept:
                s.ensure_dead()
        self._services = [s for s in self._services if s is self._standing or s in self._kept]

    def close(self) -> None:
        self._kept.clear()
        self.close_rule()
        if self._standing is not None:
            self._standing.ensure_dead()


class Phone:
    """One user who types and reads."""

    def __init__(self, env: Environment, service: rig.Service, account: wire.Account, user: str = ""):
        self.env, self.service, self.account = env, service, account
        self.user = user or env.new_user()
        self.offset_s = 0  # of the server's clock
        self.last: wire.Callback | None = None

    def now(self) -> int:
        return int(time.time()) + self.offset_s

    def call(self, text: str, **more) -> wire.Callback:
        return wire.text_callback(self.account, self.user, text, self.env.new_id(), self.now(), **more)

    def send(self, call: wire.Callback) -> rig.Response:
        self.last = call
        return self.service.post(call)

    def say(self, text: str) -> str:
        """Sends and gives the text on the screen, "" for a silent `success`."""
        answer = self.send(self.call(text))
        expect_equal(answer.status, 200, f"answer to {text!r}")
        return self.screen(answer)

    def screen(self, answer: rig.Response) -> str:
        fields = wire.reply_fields(self.account, answer.body)
        if not fields:
            return ""
        expect_equal(fields["ToUserName"], self.user, "the reply's addressee")
        expect_equal(fields["FromUserName"], self.account.original_id, "the reply's sender")
        expect_equal(fields["MsgType"], "text", "the reply's type")
        expect(fields["Content"] != "", "an empty Content makes WeChat show an error")
        expect(len(fields["Content"].encode()) <= 2048, "a reply may hold 2,048 bytes")
        return fields["Content"]

    def rows(self, kinds: str = "user.text") -> list:
        """(seq, body) of this user's events of one kind."""
        return self.service.query(
            "SELECT e.seq, e.body FROM event e JOIN conversation c ON c.id = e.conversation "
            "WHERE c.user = ? AND c.channel = ? AND e.kind = ? ORDER BY e.seq", self.user, self.account.id, kinds)


def count_events(service: rig.Service) -> int:
    return service.query("SELECT count(*) FROM event")[0][0]
