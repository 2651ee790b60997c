#!/usr/bin/env python3
"""A WeChat phone and the platform behind it, for tests and demos.

Signs, encrypts and posts callbacks as the Official Account platform does (5 s per attempt, three attempts, the retry carries
the same message under a new nonce), opens the answer and shows what the user would see. It was written from the platform's
description and shares no code and no constants with the server, so that the two can contradict each other.

  phone.py --url http://127.0.0.1:8080/wechat/city --token T --aes-key K --appid wx… --original-id gh_… say 房租补贴怎么领
  phone.py … chat                          type, and read the answers; /click KEY, /image, /subscribe, /quit
  phone.py … storm --users 100 --messages 20 --copies 3 --shuffle --history storm.jsonl

As a module: Account, Platform (delivers callbacks, keeps connections alive per thread), Phone (one user).
Needs python3-cryptography for the encrypted modes. Exit code 1: a message was not acknowledged, or the check failed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import itertools
import json
import os
import random
import secrets
import socket
import struct
import sys
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

ATTEMPT_SECONDS = 5.0
ATTEMPTS = 3
OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Account:
    """One Official Account as the platform knows it."""

    url: str
    token: str
    original_id: str
    appid: str = ""
    aes_key: str = ""
    mode: str = "secure"  # plaintext, compatible, secure
    format: str = "xml"  # xml, json


@dataclass
class Attempt:
    """One HTTP exchange. `status` is None where no answer came; `reply` is the decrypted body, None where there was none."""

    key: str
    user: str
    attempt: int
    copy: int
    sent_at: float
    seconds: float = 0.0
    status: int | None = None
    reply: str | None = None
    error: str | None = None

    @property
    def acknowledged(self) -> bool:
        return self.status == 200 and self.error is None


@dataclass
class Delivery:
    """What became of one message: the text on the screen ("" = nothing shown), and every attempt."""

    key: str
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        return bool(self.attempts) and self.attempts[-1].acknowledged

    @property
    def screen(self) -> str:
        if not self.acknowledged:
            return OUT_OF_ORDER
        return shown_text(self.attempts[-1].reply)


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


class Envelope:
    """AES-256-CBC with the key's own first half as IV, padded to 32 bytes."""

    def __init__(self, account: Account) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        key = base64.b64decode(account.aes_key + "=")
        self.cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self.appid = account.appid.encode()

    def seal(self, message: str, random16: bytes | None = None) -> str:
        body = message.encode()
        frame = (random16 or os.urandom(16)) + struct.pack(">I", len(body)) + body + self.appid
        pad = 32 - len(frame) % 32
        encryptor = self.cipher.encryptor()
        return base64.b64encode(encryptor.update(frame + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def open(self, encrypt: str) -> str:
        decryptor = self.cipher.decryptor()
        frame = decryptor.update(base64.b64decode(encrypt, validate=True)) + decryptor.finalize()
        pad = frame[-1]
        if not 1 <= pad <= 32 or frame[-pad:] != bytes([pad]) * pad:
            raise ValueError("bad padding")
        (length,) = struct.unpack(">I", frame[16:20])
        message, receiver = frame[20 : 20 + length], frame[20 + length : -pad]
        if receiver != self.appid:
            raise ValueError(f"sealed for {receiver!r}")
        return message.decode()


def cdata(text: str) -> str:
    return "<![CDATA[" + text + "]]>"  # as the platform does it: a "]]>" of the user is not split


def write_xml(fields: dict) -> str:
    def element(name: str, value: object) -> str:
        if isinstance(value, dict):
            return f"<{name}>" + "".join(element(k, v) for k, v in value.items()) + f"</{name}>"
        return f"<{name}>{value if isinstance(value, int) else cdata(str(value))}</{name}>"

    return "<xml>" + "".join(element(k, v) for k, v in fields.items()) + "</xml>"


def write_body(fields: dict, data_format: str) -> str:
    return write_xml(fields) if data_format == "xml" else json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def read_body(body: str) -> dict:
    if body.lstrip().startswith("{"):
        return json.loads(body)
    return {child.tag: child.text or "" for child in ElementTree.fromstring(body)}


def shown_text(reply: str | None) -> str:
    if not reply or reply == "success":
        return ""
    fields = read_body(reply)
    return str(fields.get("Content", "")) if fields.get("MsgType") == "text" else f"[{fields.get('MsgType')}]"


class Platform:
    """Delivers callbacks to one account's URL. Safe to use from many threads; each keeps its own connection."""

    def __init__(self, account: Account, *, clock=time.time, on_attempt=None, back_off: float = 0.0) -> None:
        self.account = account
        self.clock = clock
        self.on_attempt = on_attempt or (lambda attempt: None)
        self.back_off = back_off  # seconds before a retry that follows a refused connection or a 5xx
        self.envelope = Envelope(account) if account.mode != "plaintext" else None
        self.target = urllib.parse.urlsplit(account.url)
        self.local = threading.local()
        self.opened_connections: list[http.client.HTTPConnection] = []

    # --- what goes over the wire ---

    def query(self, nonce: str, timestamp: str, openid: str, encrypt: str | None) -> str:
        q = {"signature": signature(self.account.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
        if openid:
            q["openid"] = openid
        if encrypt is not None:
            q |= {"encrypt_type": "aes", "msg_signature": signature(self.account.token, timestamp, nonce, encrypt)}
        return urllib.parse.urlencode(q)

    def callback(self, fields: dict) -> tuple[str, bytes]:
        """Path with query, and body, of one attempt: fresh nonce, timestamp and encryption each time."""
        nonce, timestamp = str(secrets.randbelow(2_000_000_000)), str(int(self.clock()))
        plain = write_body(fields, self.account.format)
        encrypt, body = None, plain
        if self.envelope:
            encrypt = self.envelope.seal(plain)
            outer = dict(fields) if self.account.mode == "compatible" else {"ToUserName": fields["ToUserName"]}
            body = write_body(outer | {"Encrypt": encrypt}, self.account.format)
        query = self.query(nonce, timestamp, fields["FromUserName"], encrypt)
        return f"{self.target.path}?{query}", body.encode()

    def opened(self, body: str) -> str:
        """The plain reply inside an answer. Raises ValueError for one the real platform would not understand."""
        if body in ("", "success") or not self.envelope:
            if body not in ("", "success"):
                read_body(body)
            return body
        outer = read_body(body)
        expected = signature(self.account.token, str(outer["TimeStamp"]), str(outer["Nonce"]), outer["Encrypt"])
        if outer["MsgSignature"] != expected:
            raise ValueError("the answer's MsgSignature is wrong")
        return self.envelope.open(outer["Encrypt"])

    # --- connections ---

    def request(self, method: str, path: str, body: bytes | None) -> tuple[int, str]:
        """One exchange within ATTEMPT_SECONDS. A kept connection that turns out to be closed is replaced once."""
        kind = "application/json" if self.account.format == "json" else "text/xml"
        headers = {"Content-Type": kind, "User-Agent": "Mozilla/4.0", "Accept": "*/*"}
        until = time.monotonic() + ATTEMPT_SECONDS
        for fresh in (False, True):
            kept = getattr(self.local, "connection", None)
            if fresh or kept is None:
                kept = None
                make = http.client.HTTPSConnection if self.target.scheme == "https" else http.client.HTTPConnection
                self.local.connection = make(self.target.hostname, self.target.port, timeout=ATTEMPT_SECONDS)
                self.opened_connections.append(self.local.connection)
            connection = self.local.connection
            try:
                connection.request(method, path, body, headers)
                connection.sock.settimeout(max(0.01, until - time.monotonic()))
                answer = connection.getresponse()
                text = answer.read().decode()
                if time.monotonic() > until:
                    raise TimeoutError("the answer came too late")
                if answer.will_close:
                    self.hang_up()
                return answer.status, text
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.hang_up()
                if kept is None:
                    raise
            except Exception:
                self.hang_up()
                raise
        raise AssertionError("unreachable")

    def hang_up(self) -> None:
        connection = getattr(self.local, "connection", None)
        if connection is not None:
            connection.close()
        self.local.connection = None

    def close(self) -> None:
        """Closes the connections of all threads; call it when none of them is at work."""
        while self.opened_connections:
            self.opened_connections.pop().close()
        self.local = threading.local()

    # --- behaviour ---

    def attempt(self, fields: dict, key: str, number: int, copy: int = 0) -> Attempt:
        path, body = self.callback(fields)
        made = Attempt(key, fields["FromUserName"], number, copy, self.clock())
        start = time.monotonic()
        try:
            made.status, text = self.request("POST", path, body)
            if made.status == 200:
                made.reply = self.opened(text)
        except (OSError, http.client.HTTPException) as error:
            made.error = type(error).__name__ + ": " + str(error)
        except (ValueError, KeyError, UnicodeError, ElementTree.ParseError) as error:
            made.error = "unreadable answer: " + str(error)
        made.seconds = time.monotonic() - start
        self.on_attempt(made)
        return made

    def deliver(self, fields: dict, copy: int = 0) -> Delivery:
        """Up to three attempts of one message, as the platform makes them."""
        delivery = Delivery(message_key(fields))
        for number in range(1, ATTEMPTS + 1):
            delivery.attempts.append(self.attempt(fields, delivery.key, number, copy))
            if delivery.acknowledged:
                break
            if number < ATTEMPTS and self.back_off:
                time.sleep(self.back_off)
        return delivery

    def deliver_copies(self, fields: dict, copies: int, pool: ThreadPoolExecutor) -> list[Delivery]:
        """The same message several times at once."""
        extra = [pool.submit(self.deliver, fields, n) for n in range(1, copies)]
        return [self.deliver(fields), *(e.result() for e in extra)]

    def check_url(self) -> tuple[bool, str]:
        """The GET that the console makes when the URL is saved: right echo for a right signature, none for a wrong one."""
        nonce, timestamp, echo = str(secrets.randbelow(10**9)), str(int(self.clock())), str(secrets.randbelow(10**18))
        right = {"signature": signature(self.account.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
        status, body = self.get(right | {"echostr": echo})
        if (status, body) != (200, echo):
            return False, f"a right signature got {status} {body!r} instead of the echo"
        wrong = right | {"signature": "0" * 40, "echostr": echo}
        status, body = self.get(wrong)
        if status == 200 or echo in body:
            return False, f"a wrong signature got {status} {body!r}"
        return True, "the URL answers as it must"

    def get(self, query: dict) -> tuple[int, str]:
        return self.request("GET", f"{self.target.path}?{urllib.parse.urlencode(query)}", None)


def message_key(fields: dict) -> str:
    """What names a message in the history: user, time, and id or event."""
    parts = [fields["FromUserName"], fields["CreateTime"], fields.get("MsgId", fields.get("Event", ""))]
    return "|".join(str(p) for p in parts + ([fields["EventKey"]] if "EventKey" in fields else []))


class Phone:
    """One user. Methods return a Delivery; `.screen` is what she sees."""

    ids = itertools.count(time.time_ns() % 2**62)  # MsgIds are int64 and need all their digits

    def __init__(self, platform: Platform, user: str | None = None) -> None:
        self.platform = platform
        self.user = user or "o" + secrets.token_urlsafe(20)[:27]

    def fields(self, kind: str, **more: object) -> dict:
        head = {"ToUserName": self.platform.account.original_id, "FromUserName": self.user}
        return head | {"CreateTime": int(self.platform.clock()), "MsgType": kind} | more

    def text(self, words: str) -> dict:
        return self.fields("text", Content=words, MsgId=next(self.ids))

    def event(self, name: str, **more: object) -> dict:
        return self.fields("event", Event=name, **more)

    def say(self, words: str) -> Delivery:
        return self.platform.deliver(self.text(words))

    def image(self) -> Delivery:
        media = secrets.token_urlsafe(32)
        return self.platform.deliver(
            self.fields("image", PicUrl=f"http://mmbiz.qpic.cn/{media}", MediaId=media, MsgId=next(self.ids)))

    def subscribe(self, scene: str = "") -> Delivery:
        more = {"EventKey": "qrscene_" + scene, "Ticket": secrets.token_urlsafe(24)} if scene else {"EventKey": ""}
        return self.platform.deliver(self.event("subscribe", **more))

    def unsubscribe(self) -> Delivery:
        return self.platform.deliver(self.event("unsubscribe", EventKey=""))

    def click(self, key: str) -> Delivery:
        return self.platform.deliver(self.event("CLICK", EventKey=key))


class History:
    """One JSON line per attempt, flushed at once: an oracle reads it after a crash of either side."""

    def __init__(self, path: str | None) -> None:
        self.file = open(path, "a", encoding="utf-8") if path else None
        self.lock = threading.Lock()

    def write(self, attempt: Attempt) -> None:
        if self.file:
            with self.lock:
                self.file.write(json.dumps(vars(attempt), ensure_ascii=False) + "\n")
                self.file.flush()


def storm(platform: Platform, users: int, messages: int, copies: int, threads: int, words: list[str],
          shuffle: bool, seed: int) -> dict:
    """N users × M messages. Without `shuffle` each user's messages come one after the other."""
    chance = random.Random(seed)
    phones = [Phone(platform) for _ in range(users)]
    streams = [[phone.text(words[n % len(words)]) for n in range(messages)] for phone in phones]
    if shuffle:  # across all users and within each: nothing arrives in the order it was sent
        jobs = [[m] for stream in streams for m in stream]
        chance.shuffle(jobs)
    else:
        jobs = streams
    start = time.monotonic()
    with ThreadPoolExecutor(threads) as outer, ThreadPoolExecutor(max(1, threads * (copies - 1))) as inner:
        run = lambda job: [platform.deliver_copies(fields, copies, inner) for fields in job]  # noqa: E731
        done = [group for groups in outer.map(run, jobs) for group in groups]
    seconds = time.monotonic() - start
    platform.close()  # the threads that held the connections are gone
    return summary(done, seconds)


def summary(groups: list[list[Delivery]], seconds: float) -> dict:
    attempts = [a for group in groups for d in group for a in d.attempts]
    times = sorted(a.seconds for a in attempts)
    replies = [{a.reply for d in group for a in d.attempts if a.acknowledged} for group in groups]
    quantile = lambda q: round(1000 * times[min(len(times) - 1, int(q * len(times)))], 2) if times else None  # noqa: E731
    statuses: dict[str, int] = {}
    for a in attempts:
        name = str(a.status) if a.error is None else a.error.split(":")[0]
        statuses[name] = statuses.get(name, 0) + 1
    return {
        "messages": len(groups),
        "acknowledged": sum(any(d.acknowledged for d in group) for group in groups),
        "attempts": len(attempts),
        "statuses": statuses,
        "different_replies_to_one_message": sum(len(r) > 1 for r in replies),
        "seconds": round(seconds, 3),
        "attempts_per_second": round(len(attempts) / seconds, 1) if seconds else None,
        "ms_p50": quantile(0.50),
        "ms_p99": quantile(0.99),
        "ms_max": quantile(1.0),
    }


def chat(phone: Phone) -> None:
    print("Connected as", phone.user, "— /click KEY, /image, /subscribe [SCENE], /unsubscribe, /quit")
    while True:
        try:
            line = input("我> ").strip()
        except EOFError:
            return
        command, _, rest = line.partition(" ")
        if command == "/quit":
            return
        if not line:
            continue
        act = {
            "/click": lambda: phone.click(rest),
            "/image": phone.image,
            "/subscribe": lambda: phone.subscribe(rest),
            "/unsubscribe": phone.unsubscribe,
        }.get(command, lambda: phone.say(line))
        print(show(act()))


def show(delivery: Delivery) -> str:
    for a in delivery.attempts:
        if not a.acknowledged:
            print(f"attempt {a.attempt}: {a.error or a.status} after {a.seconds:.1f} s", file=sys.stderr)
    return delivery.screen or "（没有回复）"


def arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--url", required=True, help="callback URL, e.g. http://127.0.0.1:8080/wechat/city")
    p.add_argument("--token", required=True)
    p.add_argument("--aes-key", default="", help="EncodingAESKey, 43 characters")
    p.add_argument("--appid", default="")
    p.add_argument("--original-id", default="gh_000000000000", help="ToUserName of every message")
    p.add_argument("--mode", choices=["plaintext", "compatible", "secure"], default="secure")
    p.add_argument("--format", choices=["xml", "json"], default="xml")
    p.add_argument("--user", help="openid; a new one if left out")
    p.add_argument("--history", help="append one JSON line per attempt to this file")
    c = p.add_subparsers(dest="command", required=True)
    c.add_parser("say", help="send one text, print the reply").add_argument("text")
    c.add_parser("chat", help="type and read, like a phone")
    c.add_parser("subscribe", help="follow the account").add_argument("--scene", default="")
    c.add_parser("unsubscribe", help="leave the account")
    c.add_parser("click", help="tap a menu item").add_argument("key")
    c.add_parser("image", help="send a picture")
    c.add_parser("verify", help="check the URL as the platform's console does")
    s = c.add_parser("storm", help="many users, duplicates, disorder; prints a summary as JSON")
    s.add_argument("--users", type=int, default=100)
    s.add_argument("--messages", type=int, default=10, help="per user")
    s.add_argument("--copies", type=int, default=1, help="parallel copies of every message")
    s.add_argument("--threads", type=int, default=16)
    s.add_argument("--shuffle", action="store_true", help="deliver in random order")
    s.add_argument("--seed", type=int, default=1)
    s.add_argument("--words", nargs="+", default=["你好", "1", "房租补贴怎么领", "2", "返回"])
    return p.parse_args()


def main() -> int:
    args = arguments()
    if args.mode != "plaintext" and not (args.aes_key and args.appid):
        print(f"--mode {args.mode} needs --aes-key and --appid", file=sys.stderr)
        return 2
    account = Account(args.url, args.token, args.original_id, args.appid, args.aes_key, args.mode, args.format)
    platform = Platform(account, on_attempt=History(args.history).write)
    phone = Phone(platform, args.user)
    if args.command == "chat":
        chat(phone)
        return 0
    if args.command == "verify":
        ok, words = platform.check_url()
        print(words)
        return 0 if ok else 1
    if args.command == "storm":
        result = storm(platform, args.users, args.messages, args.copies, args.threads, args.words, args.shuffle, args.seed)
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return 0 if result["acknowledged"] == result["messages"] and not result["different_replies_to_one_message"] else 1
    act = {
        "say": lambda: phone.say(args.text),
        "subscribe": lambda: phone.subscribe(args.scene),
        "unsubscribe": phone.unsubscribe,
        "click": lambda: phone.click(args.key),
        "image": phone.image,
    }[args.command]
    delivery = act()
    print(show(delivery))
    return 0 if delivery.acknowledged else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, socket.gaierror) as stop:
        sys.exit(f"stopped: {stop!r}")
