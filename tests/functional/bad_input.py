"""Hostile and broken input, by the names of the threat model: A1 signatures, A2 configuration, A3 replay, A4 XML, A5 envelope,
A6 HTTP framing, A7 slow and oversized requests."""

import base64
import hashlib
import re
import socket
import struct
import time

import rig
import suite
import wire
from suite import PLAINTEXT, PLAINTEXT_JSON, SECURE, Phone, expect, expect_equal, rule

GROUP = "bad input"


def refused_without_effect(service, answers: list, statuses: tuple) -> None:
    """`answers` is [(name, function that sends and gives a Response)]."""
    before = suite.count_events(service)
    wrong = []
    for name, send in answers:
        answer = send()
        if answer.status not in statuses:
            wrong.append(f"{name}: {answer.status} {answer.body[:80]!r}")
    expect_equal(suite.count_events(service), before, "events after refused requests")
    expect(not wrong, "\n".join(wrong))


@rule(GROUP, "A0 an unknown channel is 404, for GET and POST")
def unknown_channel(env):
    service = env.standing()
    stranger = wire.Account(id="nobody")
    phone = Phone(env, service, stranger)
    expect_equal(phone.send(phone.call("你好")).status, 404, "POST")
    expect_equal(service.get("/wechat/nobody?echostr=1").status, 404, "GET")
    expect_equal(service.get("/wechat/").status, 404, "GET of the folder")


@rule(GROUP, "A1 a missing, wrong, empty, cut, upper-case or doubled signature is 403 without effect")
def a1_signatures(env):
    service = env.standing()
    sends = []
    for account in (SECURE, PLAINTEXT):
        name = "signature" if account.mode == "plaintext" else "msg_signature"
        phone = Phone(env, service, account)
        right = phone.call("你好").query[name]
        for label, value in (("missing", None), ("wrong", "0" * 40), ("empty", ""), ("prefix", right[:20]), ("one short", right[:-1]),
                             ("upper", "A" * 40), ("with NUL", right + "\0"), ("of another message", right)):
            sends.append((f"{account.mode} {label}", lambda p=phone, n=name, v=value: p.send(p.call("你好", **{n: v}))))

        def upper(p=phone, n=name):
            call = p.call("你好")
            return p.service.post(wire.Callback(call.target.replace(call.query[n], call.query[n].upper()), call.body))

        def doubled(p=phone, n=name):
            call = p.call("你好")
            return p.service.post(wire.Callback(call.target + f"&{n}={'0' * 40}", call.body))

        def doubled_first(p=phone, n=name):
            call = p.call("你好")
            return p.service.post(wire.Callback(call.target.replace("?", f"?{n}={'0' * 40}&"), call.body))

        sends += [(f"{account.mode} upper-case", upper), (f"{account.mode} doubled", doubled),
                  (f"{account.mode} doubled first", doubled_first)]
    refused_without_effect(service, sends, (403,))
    return f"{len(sends)} requests"


@rule(GROUP, "A1 a plaintext body on a secure channel is 403, with the right plain signature too (downgrade)")
def a1_downgrade(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)
    naked = wire.Account(**(SECURE.__dict__ | {"mode": "plaintext"}))
    refused_without_effect(service, [("downgrade", lambda: phone.service.post(
        wire.text_callback(naked, phone.user, "你好", env.new_id(), phone.now())))], (403,))


@rule(GROUP, "A1 the plaintext fields beside Encrypt are not believed")
def a1_siblings(env):
    service = env.standing()
    victim, phone = env.new_user(), Phone(env, service, suite.COMPATIBLE)
    call = phone.call("你好")
    body = call.body.replace(phone.user.encode(), victim.encode())
    expect(body != call.body, "the test replaces the sender")
    expect_equal(service.post(wire.Callback(call.target, body)).status, 200, "status")
    expect_equal(len(phone.rows()), 1, "stored under the sealed sender")
    expect_equal(service.query("SELECT count(*) FROM conversation WHERE user = ?", victim)[0][0], 0, "the forged sender")


@rule(GROUP, "A1 another account's message and another sender's query are 403")
def a1_parties(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)
    foreign = wire.Account(**(SECURE.__dict__ | {"original_id": "gh_ffffffffffff"}))
    refused_without_effect(service, [
        ("foreign account", lambda: service.post(wire.text_callback(foreign, phone.user, "你好", env.new_id(), phone.now()))),
        ("foreign openid", lambda: phone.send(phone.call("你好", openid="oSomebodyElse"))),
    ], (403,))


@rule(GROUP, "A3 a timestamp outside the window is 403, on both sides; inside it counts")
def a3_window(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)

    def at(offset):
        now = phone.now() + offset
        return service.post(wire.text_callback(SECURE, phone.user, "你好", env.new_id(), now))

    refused_without_effect(service, [(f"{o} s", lambda o=o: at(o)) for o in (-86_400, -700, 700, 86_400 * 365)], (403,))
    for offset in (-500, 0, 500):
        expect_equal(at(offset).status, 200, f"{offset} s")
    odd = [("letters", "abc"), ("empty", ""), ("minus", "-5"), ("blank", " 1"), ("huge", "9" * 25), ("float", f"{phone.now()}.5")]

    def stamped(text):
        nonce = "n1"
        encrypted = wire.seal(b"<xml></xml>", SECURE.aes_key, SECURE.app_id)
        signed = wire.signature(SECURE.token, text, nonce, encrypted)
        target = f"{SECURE.path}?timestamp={text.replace(' ', '%20')}&nonce={nonce}&msg_signature={signed}&encrypt_type=aes"
        return service.post(wire.Callback(target, f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()))

    refused_without_effect(service, [(name, lambda t=t: stamped(t)) for name, t in odd], (403,))


@rule(GROUP, "A3 a captured callback sent again inside the window has no second effect")
def a3_replay(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)
    first = phone.send(phone.call("诉求"))
    before = suite.count_events(service)
    for _ in range(5):
        again = service.post(phone.last)
        expect_equal(wire.opened_reply(SECURE, again.body), wire.opened_reply(SECURE, first.body), "reply")
    expect_equal(suite.count_events(service), before, "events")


def hostile_xml(account, user: str) -> list:
    head = (f"<ToUserName>{account.original_id}</ToUserName><FromUserName>{user}</FromUserName>"
            "<CreateTime>1</CreateTime><MsgType>text</MsgType>")
    bomb = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" * 10 if n else "lol"}">' for n in range(10))
    return [
        ("XXE", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>{head}<Content>&e;</Content></xml>'),
        ("external DTD", f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml>{head}</xml>'),
        ("billion laughs", f"<!DOCTYPE x [{bomb}]><xml>{head}<Content>&l9;</Content></xml>"),
        ("depth 17", f"<xml>{head}{'<a>' * 17}{'</a>' * 17}</xml>"),
        ("depth 10,000", f"<xml>{head}{'<a>' * 10_000}{'</a>' * 2_000}</xml>"),
    ]


@rule(GROUP, "A4 a DOCTYPE, entities, or deep nesting are refused without effect, within 50 ms")
def a4_hostile_xml(env):
    service = env.standing()
    user = env.new_user()
    slow = []

    def timed(name, body):
        call = wire.callback(PLAINTEXT, body.encode(), int(time.time()), openid=user)
        with rig.Connection(service.port) as c:
            c.open()
            begin = time.monotonic()
            answer = c.request("POST", call.target, call.body)
            took = time.monotonic() - begin
        if took > 0.05:
            slow.append(f"{name}: {took * 1000:.0f} ms")
        return answer

    refused_without_effect(service, [(name, lambda n=name, b=body: timed(n, b)) for name, body in hostile_xml(PLAINTEXT, user)],
                           (400, 413, 422))
    # One repetition: a busy machine may stall any one request.
    slow.clear()
    for name, body in hostile_xml(PLAINTEXT, user):
        timed(name, body)
    expect(len(slow) < 2, "\n".join(slow))


@rule(GROUP, "A4 what is no XML at all, though signed, is ended with `success` and has no effect")
def a4_no_xml(env):
    service = env.standing()
    bodies = ["", "hello", "<", "<xml>", "<xml></xml>", "<!doctype x []><xml><ToUserName>a</ToUserName></xml>", "{", "[]", "null", "{}",
              "{\"FromUserName\":5}", "<xml><FromUserName>o</FromUserName></xml>", "\0"]
    before = suite.count_events(service)
    for body in bodies:
        answer = service.post(wire.callback(PLAINTEXT, body.encode(), int(time.time())))
        expect((answer.status, answer.body) == (200, b"success") or 400 <= answer.status < 500, f"{body!r}: {answer.status}")
    expect_equal(suite.count_events(service), before, "events")


@rule(GROUP, "A4 1 MB of XML is 413, said before the body is read to its end")
def a4_megabyte(env):
    service = env.standing()
    body = b"<xml><Content>" + b"x" * 1_000_000 + b"</Content></xml>"
    call = wire.callback(PLAINTEXT, body, int(time.time()))
    with socket.create_connection(("127.0.0.1", service.port), 5) as s:
        s.sendall(f"POST {call.target} HTTP/1.1\r\nHost: h\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        s.sendall(body[:10_000])
        s.settimeout(5)
        expect(s.recv(4096).startswith(b"HTTP/1.1 413"), "413 after the head")
    expect_equal(Phone(env, service, PLAINTEXT).say("你好") != "", True, "the server lives")


@rule(GROUP, "A4 NUL, ill-formed UTF-8, UTF-16, GBK and a BOM do no harm: refused, or kept as clean text; never 5xx")
def a4_encodings(env):
    service = env.standing()
    bodies = {
        "invalid UTF-8": lambda b: b.replace(b"WORDS", b"\xff\xfe\xc3\x28"), "overlong": lambda b: b.replace(b"WORDS", b"\xc0\xaf"),
        "lone surrogate": lambda b: b.replace(b"WORDS", b"\xed\xa0\x80"), "NUL": lambda b: b.replace(b"WORDS", b"a\0b"),
        "controls": lambda b: b.replace(b"WORDS", b"a\x08\x1b[31mb"), "GBK": lambda b: b.replace(b"WORDS", "补贴".encode("gbk")),
        "BOM": lambda b: b"\xef\xbb\xbf" + b, "UTF-16": lambda b: b.decode().encode("utf-16"),
        "cut in a character": lambda b: b.replace(b"WORDS</Content>", "补".encode()[:2] + b"</Content>"),
    }
    for account in (PLAINTEXT, SECURE, PLAINTEXT_JSON):
        for name, change in bodies.items():
            phone = Phone(env, service, account)
            plain = wire.body_of(wire.text_fields(account, phone.user, "WORDS", env.new_id(), phone.now()), account.data)
            answer = service.post(wire.callback(account, change(plain), phone.now(), openid=phone.user))
            expect(answer.status < 500, f"{name} on {account.mode} {account.data}: {answer.status}")
            for _, body in phone.rows():
                body.encode()  # sqlite3 refuses to read what is no UTF-8
                expect("\\u0000" not in body and "\0" not in body, f"{name}: {body!r}")
    expect_equal(service.query("PRAGMA integrity_check")[0][0], "ok", "integrity")


@rule(GROUP, "A4 emoji, rare characters and 10 KB of text are kept; the reply stays within 2,048 bytes")
def a4_unusual_text(env):
    service = env.standing()
    for text in ("😀👨‍👩‍👧‍👦", "𠮷野家の補助金", "\u202e反转", "é" * 10, "长" * 3000, "&lt;b&gt;", "a" * 9_000):
        for account in (SECURE, PLAINTEXT_JSON):
            phone = Phone(env, service, account)
            phone.say(text)
            expect_equal(len(phone.rows()), 1, "stored")
    phone = Phone(env, service, SECURE)
    phone.say("😀补贴")
    expect("😀补贴" in phone.rows()[0][1], phone.rows()[0][1])


@rule(GROUP, "A4 ']]>' in a user's words neither breaks the reply nor smuggles in a field")
def a4_cdata(env):
    service = env.standing()
    victim = env.new_user()
    words = ["a]]>b", "]]>", "x]]></Content><FromUserName><![CDATA[" + victim, "]]]]><![CDATA[>",
             "x]]></Content><MsgId>99</MsgId><Content><![CDATA[y"]
    for account in (SECURE, PLAINTEXT):
        for text in words:
            phone = Phone(env, service, account)
            answer = phone.send(phone.call(text))
            expect_equal(answer.status, 200, f"{text!r}: no retry storm")
            phone.screen(answer)  # parses strictly
    expect_equal(service.query("SELECT count(*) FROM conversation WHERE user = ?", victim)[0][0], 0, "a forged sender")
    json_phone = Phone(env, service, PLAINTEXT_JSON)
    json_phone.say("]]></Content>")
    expect("]]></Content>" in json_phone.rows()[0][1], "JSON keeps the words")


@rule(GROUP, "A4 a doubled MsgId or sender in the XML is not believed")
def a4_doubles(env):
    service = env.standing()
    victim, phone = env.new_user(), Phone(env, service, PLAINTEXT)
    plain = wire.body_of(wire.text_fields(PLAINTEXT, phone.user, "你好", env.new_id(), phone.now()), "xml")
    for more in (f"<FromUserName>{victim}</FromUserName>", "<MsgId>5</MsgId>"):
        body = plain.replace(b"</xml>", more.encode() + b"</xml>")
        expect(service.post(wire.callback(PLAINTEXT, body, phone.now())).status < 500, more)
    expect_equal(service.query("SELECT count(*) FROM conversation WHERE user = ?", victim)[0][0], 0, "a forged sender")


def envelope_with(framed: bytes) -> wire.Callback:
    encrypted = wire.aes_cbc_encrypt(wire.aes_key_bytes(SECURE.aes_key), framed)
    return signed_encrypt(encrypted)


def signed_encrypt(encrypted: str) -> wire.Callback:
    stamp, nonce = str(int(time.time())), "n" + hashlib.sha1(encrypted.encode()).hexdigest()[:8]
    signed = wire.signature(SECURE.token, stamp, nonce, encrypted)
    target = f"{SECURE.path}?timestamp={stamp}&nonce={nonce}&encrypt_type=aes&msg_signature={signed}"
    return wire.Callback(target, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode())


@rule(GROUP, "A5 bad padding, length, app id, base64 or block size under a right signature: one and the same 403")
def a5_envelope(env):
    service = env.standing()
    plain = wire.body_of(wire.text_fields(SECURE, env.new_user(), "你好", env.new_id(), int(time.time())), "xml")
    good = wire.frame(plain, SECURE.app_id)
    raw = good[: -good[-1]]
    length = struct.pack(">I", 0xFFFFFFFF)
    calls = {
        "pad 0": envelope_with(good[:-1] + b"\0"), "pad 33": envelope_with(good[:-1] + b"\x21"),
        "uneven pad": envelope_with(good[:-2] + b"\x1f" + good[-1:]) if good[-1] > 1 else envelope_with(good[:-1] + b"\0"),
        "length 2^32-1": envelope_with(good[:16] + length + good[20:]),
        "length one more than there is": envelope_with(good[:16] + struct.pack(">I", len(raw) - 19) + good[20:]),
        "wrong app id": envelope_with(wire.frame(plain, "wxffffffffffffffff")), "no app id": envelope_with(wire.frame(plain, "")),
        "only a pad": envelope_with(b"\x20" * 32), "frame without a length": envelope_with(b"r" * 16 + b"\x10" * 16),
        "not base64": signed_encrypt("!!!!"), "empty": signed_encrypt(""),
        "half a block": signed_encrypt(base64.b64encode(b"x" * 24).decode()),
        "base64 with a newline": signed_encrypt(wire.seal(plain, SECURE.aes_key, SECURE.app_id)[:40] + "\n" + "AAAA"),
    }
    refused_without_effect(service, [(name, lambda c=c: service.post(c)) for name, c in calls.items()], (403,))
    bodies = {(service.post(c).status, service.post(c).body) for c in calls.values()}
    wrong_signature = wire.Callback(calls["pad 0"].target[:-1] + "x", calls["pad 0"].body)
    bodies.add((service.post(wrong_signature).status, service.post(wrong_signature).body))
    expect_equal(len(bodies), 1, f"different answers to different faults {bodies}")


FRAMINGS = [
    ("no Host", "POST {t} HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), ("two Hosts", "GET {t} HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
    ("bad Host", "GET {t} HTTP/1.1\r\nHost: a b\r\n\r\n"), ("bad Host @", "GET {t} HTTP/1.1\r\nHost: a@b\r\n\r\n"),
    ("TE and CL", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("two different CL", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ("CL list", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na"),
    ("CL +5", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde"),
    ("CL 2^63", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n"),
    ("CL negative", "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
    ("TE xchunked", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u00a0chunked\r\n\r\n0\r\n\r\n"),
    ("TE not last", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
    ("TE gzip", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"),
    ("chunk 0x5", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n"),
    ("chunk +5", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nabcde\r\n0\r\n\r\n"),
    ("chunk 5_0", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5_0\r\nabcde\r\n0\r\n\r\n"),
    ("chunk 2^64", "POST {t} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n"),
    ("HTTP/1.0 chunked", "POST {t} HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("bare LF", "GET {t} HTTP/1.1\nHost: a\n\n"), ("bare CR", "GET {t} HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
    ("obs-fold", "GET {t} HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"), ("space before colon", "GET {t} HTTP/1.1\r\nHost : a\r\n\r\n"),
    ("NUL in a header", "GET {t} HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"), ("no colon", "GET {t} HTTP/1.1\r\nHost: a\r\nXyz\r\n\r\n"),
    ("HTTP/2.0", "GET {t} HTTP/2.0\r\nHost: a\r\n\r\n"), ("two blanks", "GET  {t} HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("101 headers", "GET {t} HTTP/1.1\r\nHost: a\r\n" + "".join(f"X{n}: b\r\n" for n in range(101)) + "\r\n"),
    ("9 KB header", "GET {t} HTTP/1.1\r\nHost: a\r\nX: " + "x" * 9000 + "\r\n\r\n"),
    ("9 KB target", "GET {t}?" + "x" * 9000 + " HTTP/1.1\r\nHost: a\r\n\r\n"),
]


@rule(GROUP, "A6 every ambiguous HTTP framing is refused with 4xx or 501 and the connection is closed")
def a6_framing(env):
    service = env.standing()
    wrong = []
    for name, head in FRAMINGS:
        with socket.create_connection(("127.0.0.1", service.port), 5) as s:
            s.sendall(head.replace("{t}", SECURE.path).encode("latin-1"))
            s.settimeout(3)
            data = b""
            try:
                while chunk := s.recv(4096):
                    data += chunk
            except TimeoutError:
                wrong.append(f"{name}: stays open after {data[:40]!r}")
                continue
            except ConnectionError:
                pass
        status = data[9:12].decode() if data.startswith(b"HTTP/1.") else "none"
        if not status.startswith("4") and status not in ("501", "505"):
            wrong.append(f"{name}: {status} {data[:60]!r}")
        if len(re.findall(rb"HTTP/1\.1 \d{3} ", data)) > 1:
            wrong.append(f"{name}: two answers")
    expect(not wrong, "\n".join(wrong))
    return f"{len(FRAMINGS)} framings"


@rule(GROUP, "A7 500 slow senders hold nobody up, and are cut off when their deadline comes")
def a7_slow(env):
    service = env.standing()
    slow = []
    try:
        for n in range(500):
            s = socket.create_connection(("127.0.0.1", service.port), 5)
            s.sendall(b"POST /wechat/city HTTP/1.1\r\nHost: a\r\nX-Slow: ")
            slow.append(s)
        phone, times = Phone(env, service, SECURE), []
        begin = time.monotonic()
        while time.monotonic() - begin < 2.0:
            at = time.monotonic()
            phone.say("你好")
            times.append(time.monotonic() - at)
        expect(rig.percentile(times, 0.99) < 0.25, f"p99 {rig.percentile(times, 0.99):.3f} s beside slow senders")
        for s in slow[:250]:  # a byte now and then must not help
            s.sendall(b"x")
        open_after = time.monotonic() - begin
        time.sleep(max(0.0, 11.5 - open_after))
        alive = sum(1 for s in slow if not is_closed(s))
        expect_equal(alive, 0, "slow connections open after 11.5 s")
    finally:
        for s in slow:
            s.close()
    return f"p99 {rig.percentile(times, 0.99) * 1000:.1f} ms"


def is_closed(s: socket.socket) -> bool:
    s.setblocking(False)
    try:
        while chunk := s.recv(4096):
            pass
        return chunk == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
