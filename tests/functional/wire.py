"""The sending side of the WeChat wire with every byte in the test's hand: right callbacks, and wrong ones.

Stands on tests/fake_platform/phone.py, which behaves; this adds what a well-behaved phone does not do.
"""

import base64
import hashlib
import json
import os
import re
import struct
import sys
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fake_platform"))

import phone
from phone import cdata, signature


@dataclass
class Account:
    """An Official Account as its owner configured it on the platform's side."""

    id: str = "city"
    mode: str = "secure"  # secure | compatible | plaintext
    data: str = "xml"  # xml | json
    original_id: str = "gh_0123456789ab"
    app_id: str = "wx0123456789abcdef"
    token: str = "canaryTokenQ7x"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    previous_aes_key: str = ""

    def on_platform(self) -> phone.Account:
        """The same account as the fake platform knows it."""
        return phone.Account(self.path, self.token, self.original_id, self.app_id, self.aes_key, self.mode, self.data)

    @property
    def path(self) -> str:
        return "/wechat/" + self.id

    def config(self) -> dict:
        """The entry under `channels` of the server's configuration."""
        out = {"id": self.id, "kind": "wechat", "mode": self.mode, "app_id": self.app_id, "token": self.token}
        if self.original_id:
            out["original_id"] = self.original_id
        if self.mode == "plaintext":
            out["allow_plaintext"] = True
        else:
            out["encoding_aes_key"] = self.aes_key
        if self.previous_aes_key:
            out["previous_aes_key"] = self.previous_aes_key
        return out


def aes_key_bytes(encoded: str) -> bytes:
    return base64.b64decode(encoded + "=")


def frame(message: bytes, receive_id: str, random16: bytes | None = None) -> bytes:
    """The padded plaintext of an envelope."""
    raw = (random16 or os.urandom(16)) + struct.pack(">I", len(message)) + message + receive_id.encode()
    pad = 32 - len(raw) % 32
    return raw + bytes([pad]) * pad


def aes_cbc_encrypt(key: bytes, framed: bytes) -> str:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(framed) + encryptor.finalize()).decode()


def seal(message: bytes, encoded_key: str, receive_id: str) -> str:
    return aes_cbc_encrypt(aes_key_bytes(encoded_key), frame(message, receive_id))


def unseal(encrypted: str, encoded_key: str, receive_id: str) -> bytes:
    """Raises ValueError for what the platform would not open."""
    return phone.Envelope(phone.Account("", "", "", receive_id, encoded_key)).open(encrypted).encode()


def text_fields(account: Account, user: str, text: str, msg_id: int, created: int) -> dict:
    return {
        "ToUserName": account.original_id or "gh_any",
        "FromUserName": user,
        "CreateTime": created,
        "MsgType": "text",
        "Content": text,
        "MsgId": msg_id,
    }


def event_fields(account: Account, user: str, event: str, created: int, **more) -> dict:
    out = {
        "ToUserName": account.original_id or "gh_any",
        "FromUserName": user,
        "CreateTime": created,
        "MsgType": "event",
        "Event": event,
    }
    return out | more


def body_of(fields: dict, data: str) -> bytes:
    return phone.write_body(fields, data).encode()


@dataclass
class Callback:
    """One POST, ready to send. `target` is path and query."""

    target: str
    body: bytes
    query: dict = field(default_factory=dict)


def callback(account: Account, plain: bytes, timestamp: int, openid: str = "", nonce: str = "", data: str = "",
             aes_key: str = "", receive_id: str | None = None, **override) -> Callback:
    """Signs and wraps `plain` in the account's mode. `override` replaces (None: removes) query parameters afterwards."""
    data = data or account.data
    nonce = nonce or str(int.from_bytes(os.urandom(5), "big"))
    query = {"signature": signature(account.token, str(timestamp), nonce), "timestamp": str(timestamp), "nonce": nonce}
    if openid:
        query["openid"] = openid
    body = plain
    if account.mode != "plaintext":
        encrypted = seal(plain, aes_key or account.aes_key, account.app_id if receive_id is None else receive_id)
        query |= {"encrypt_type": "aes", "msg_signature": signature(account.token, str(timestamp), nonce, encrypted)}
        body = wrap(account, plain, encrypted, data)
    for name, value in override.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return Callback(account.path + "?" + urllib.parse.urlencode(query), body, query)


def wrap(account: Account, plain: bytes, encrypted: str, data: str) -> bytes:
    if data == "json":
        outer = json.loads(plain) if account.mode == "compatible" else {"ToUserName": account.original_id}
        return json.dumps(outer | {"Encrypt": encrypted}, ensure_ascii=False).encode()
    element = f"<Encrypt>{cdata(encrypted)}</Encrypt></xml>".encode()
    if account.mode == "compatible":
        return plain.removesuffix(b"</xml>") + element
    return f"<xml><ToUserName>{cdata(account.original_id)}</ToUserName>".encode() + element


def text_callback(account: Account, user: str, text: str, msg_id: int, now: int, created: int | None = None, **more):
    plain = body_of(text_fields(account, user, text, msg_id, now if created is None else created), account.data)
    return callback(account, plain, now, **({"openid": user} | more))


def opened_reply(account: Account, body: bytes) -> bytes:
    """The plaintext of a reply, after checking its envelope and signature. `success` and "" are never encrypted."""
    return phone.Platform(account.on_platform()).opened(body.decode()).encode()


_ELEMENT = re.compile(rb"<(\w+)>((?:<!\[CDATA\[.*?\]\]>|[^<])*)</\1>", re.S)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.S)


def parse_flat_xml(body: bytes) -> dict:
    """The elements of <xml>…</xml>, one level deep, CDATA sections joined."""
    stripped = body.strip()
    if not (stripped.startswith(b"<xml>") and stripped.endswith(b"</xml>")):
        raise ValueError(f"not an <xml> document: {body[:80]!r}")
    inner = stripped[5:-6]
    rest = _ELEMENT.sub(b"", inner).strip()
    if rest:
        raise ValueError(f"stray bytes between elements: {rest[:80]!r}")
    out = {}
    for name, raw in _ELEMENT.findall(inner):
        sections = _CDATA.findall(raw)
        value = b"".join(sections) if sections else raw
        if name.decode() in out:
            raise ValueError(f"two elements <{name.decode()}>")
        out[name.decode()] = value.decode()
    return out


def reply_fields(account: Account, body: bytes) -> dict:
    """What the user's phone would show, as fields; {} for `success`."""
    plain = opened_reply(account, body)
    if plain in (b"", b"success"):
        return {}
    return json.loads(plain) if account.data == "json" else parse_flat_xml(plain)
