"""The callback URL as WeChat uses it: GET check, three modes, two formats, retries; and what belongs to the ops listener only."""

import time

import suite
import wire
from suite import ALL_FORMS, PLAINTEXT, SECURE, Phone, expect, expect_equal, rule

GROUP = "endpoint"


def check_url(service, account, echo: str, at: int | None = None, token: str = ""):
    stamp, nonce = str(int(time.time()) if at is None else at), "4711nonce"
    signed = wire.signature(token or account.token, stamp, nonce)
    return service.get(f"{account.path}?signature={signed}&timestamp={stamp}&nonce={nonce}&echostr={echo}")


@rule(GROUP, "the GET check answers with exactly the echostr, in every mode")
def get_check(env):
    service = env.standing()
    for account in (SECURE, suite.COMPATIBLE, PLAINTEXT):
        answer = check_url(service, account, "4375120948345356249")
        expect_equal((answer.status, answer.body), (200, b"4375120948345356249"), account.id)
        expect(answer.headers["content-type"].startswith("text/plain"), "the echo must not be taken for a page")


@rule(GROUP, "the GET check echoes nothing for a wrong token, an old timestamp or an echostr with markup")
def get_check_refused(env):
    service = env.standing()
    for name, answer in (("wrong token", check_url(service, SECURE, "12345", token="otherToken")),
                         ("old timestamp", check_url(service, SECURE, "12345", at=int(time.time()) - 1200)),
                         ("markup", check_url(service, SECURE, "%3Cscript%3E"))):
        expect_equal(answer.status, 403, name)
        expect(b"12345" not in answer.body and b"script" not in answer.body, f"{name} is echoed")


@rule(GROUP, "a message is answered in the mode of the channel and the format of the request")
def every_form(env):
    service = env.standing()
    for account in ALL_FORMS:
        phone = Phone(env, service, account)
        answer = phone.send(phone.call("你好"))
        expect_equal(answer.status, 200, f"{account.mode} {account.data}")
        wanted = "application/json" if account.data == "json" else "text/xml"
        expect(answer.headers["content-type"].startswith(wanted), f"{account.mode}: {answer.headers['content-type']}")
        screen = phone.screen(answer)
        expect("助企" in screen and "1." in screen, f"{account.mode} {account.data}: the menu is missing in {screen!r}")
        expect_equal(len(phone.rows()), 1, "stored messages")
        created = int(wire.reply_fields(account, answer.body)["CreateTime"])
        expect(abs(created - time.time()) < 60, "the reply's CreateTime counts seconds")


@rule(GROUP, "a retry gets the same reply: the same bytes in plaintext, the same plaintext newly encrypted in secure mode")
def retry_same(env):
    service = env.standing()
    for account in ALL_FORMS:
        phone = Phone(env, service, account)
        now = phone.now()
        plain = wire.body_of(wire.text_fields(account, phone.user, "诉求", env.new_id(), now), account.data)
        first = phone.send(wire.callback(account, plain, now, openid=phone.user))
        again = phone.send(phone.last)  # to the byte
        later = phone.send(wire.callback(account, plain, now + 5, openid=phone.user))  # new nonce and timestamp
        expect_equal((first.status, again.status, later.status), (200, 200, 200), "status")
        opened = [wire.opened_reply(account, a.body) for a in (first, again, later)]
        expect(opened[0] == opened[1] == opened[2], f"{account.mode} {account.data}: replies differ")
        expect(b"CreateTime" in opened[0], "there is a reply")
        if account.mode == "plaintext":
            expect(first.body == again.body == later.body, "bytes differ")
        else:
            expect(first.body != again.body, "an encrypted reply needs fresh randomness")
        expect_equal(len(phone.rows()), 1, "stored messages")


@rule(GROUP, "the same key with other words has no effect and raises an alarm")
def mutated_replay(env):
    service = env.standing()
    phone = Phone(env, service, PLAINTEXT)
    now, ident = phone.now(), env.new_id()
    phone.send(wire.text_callback(PLAINTEXT, phone.user, "诉求", ident, now))
    before = suite.count_events(service)
    other = phone.send(wire.text_callback(PLAINTEXT, phone.user, "人工", ident, now))
    expect(other.body in (b"success", b"") or other.status >= 400, f"answered {other.body!r}")
    expect_equal(suite.count_events(service), before, "events")
    metrics = service.ops("/metrics").body.decode()
    expect(any("body_mismatch" in line and not line.endswith(" 0") for line in metrics.splitlines()), "no alarm in /metrics")


@rule(GROUP, "a key change: messages under the old AES key are read, and answered under it")
def key_rollover(env):
    old = wire.Account(id="roll", aes_key="OLDKEYbcdefghijklmnopqrstuvwxyz0123456789AB")
    new = wire.Account(id="roll", aes_key="NEWKEYbcdefghijklmnopqrstuvwxyz0123456789AB", previous_aes_key=old.aes_key)
    service = env.started([new.config()])
    for account in (old, new):
        phone = Phone(env, service, account)
        expect("助企" in phone.say("你好"), "no reply under this key")
    stranger = wire.Account(id="roll", aes_key="BADKEYbcdefghijklmnopqrstuvwxyz0123456789AB")
    phone = Phone(env, service, stranger)
    expect_equal(phone.send(phone.call("你好")).status, 403, "a key that never was ours")


@rule(GROUP, "every message and event type is acknowledged and stored")
def all_types(env):
    service = env.standing()
    now = int(time.time())
    media = {"image": {"PicUrl": "http://mmbiz.qpic.cn/x", "MediaId": "m1"}, "voice": {"MediaId": "m2", "Format": "amr"},
             "video": {"MediaId": "m3", "ThumbMediaId": "t"}, "shortvideo": {"MediaId": "m4", "ThumbMediaId": "t"},
             "location": {"Location_X": "24.9", "Location_Y": "118.6", "Scale": "15", "Label": "泉州"},
             "link": {"Title": "t", "Description": "d", "Url": "https://example.com"},
             "file": {"Title": "合同.pdf", "FileKey": "k", "FileMd5": "0", "FileTotalLen": "9"}, "hologram": {"X": "1"}}
    events = {"subscribe": {"EventKey": ""}, "SCAN": {"EventKey": "12", "Ticket": "t"}, "CLICK": {"EventKey": "MENU_1"},
              "VIEW": {"EventKey": "https://example.com", "MenuId": "9"}, "LOCATION": {"Latitude": "1", "Longitude": "2"},
              "TEMPLATESENDJOBFINISH": {"MsgID": "200", "Status": "success"}, "kf_create_session": {"KfAccount": "a@b"},
              "unheard_of": {"EventKey": "?"}, "unsubscribe": {"EventKey": ""}}
    for account in (SECURE, suite.SECURE_JSON):
        user = env.new_user()
        for kind, fields in media.items():
            base = wire.text_fields(account, user, "", env.new_id(), now) | {"MsgType": kind} | fields
            base.pop("Content")
            answer = service.post(wire.callback(account, wire.body_of(base, account.data), now, openid=user))
            expect_equal(answer.status, 200, kind)
        for kind, fields in events.items():
            plain = wire.body_of(wire.event_fields(account, user, kind, now, **fields), account.data)
            first = service.post(wire.callback(account, plain, now, openid=user))
            again = service.post(wire.callback(account, plain, now, openid=user))
            expect_equal((first.status, again.status), (200, 200), kind)
        stored = service.query("SELECT count(*) FROM event e JOIN conversation c ON c.id = e.conversation "
                               "WHERE c.user = ? AND e.actor = 'user'", user)[0][0]
        expect_equal(stored, len(media) + len(events), "stored once each")


@rule(GROUP, "two events of one user in one second are two, two identical ones are one")
def events_in_one_second(env):
    service, user, now = env.standing(), env.new_user(), int(time.time())
    for key in ("A", "B", "A"):
        plain = wire.body_of(wire.event_fields(SECURE, user, "CLICK", now, EventKey=key), "xml")
        expect_equal(service.post(wire.callback(SECURE, plain, now, openid=user)).status, 200, key)
    rows = service.query("SELECT e.body FROM event e JOIN conversation c ON c.id = e.conversation "
                         "WHERE c.user = ? AND e.kind = 'user.menu'", user)
    expect_equal(len(rows), 2, "stored menu taps")


@rule(GROUP, "the same MsgId from two users is two messages")
def same_id_two_users(env):
    service, now, ident = env.standing(), int(time.time()), env.new_id()
    for _ in range(2):
        phone = Phone(env, service, SECURE)
        phone.send(wire.text_callback(SECURE, phone.user, "你好", ident, now))
        expect_equal(len(phone.rows()), 1, "stored messages")


@rule(GROUP, "/healthz, /readyz and /metrics answer on the ops listener and nowhere else")
def ops_only(env):
    service = env.standing()
    for target in ("/healthz", "/readyz", "/metrics"):
        expect_equal(service.ops(target).status, 200, target)
        public = service.get(target)
        expect(public.status == 404 or b"<!doctype html" in public.body[:200].lower(), f"{target} on the public listener")
        expect(b"# HELP" not in public.body and b"ready" not in public.body[:100], f"{target} is public: {public.body[:80]!r}")
    expect_equal(service.ops(SECURE.path).status, 404, "callbacks on the ops listener")
    expect(b"# TYPE" in service.ops("/metrics").body, "metrics in Prometheus text")
