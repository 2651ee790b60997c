"""The public test vectors of tests/golden/wechat through the real endpoint: each on a channel with its token, key and app id,
with the server's clock at its timestamp."""

import json
import time
import urllib.parse

import rig
import wire
from suite import expect, expect_equal, rule

GROUP = "vectors"
DOCUMENT = rig.REPO / "tests/golden/wechat/vectors.json"
# What cannot come to a WeChat callback, with the reason.
ELSEWHERE = {"sha1_sorted": "a bare hash, no callback", "jsapi_signature": "a page signature, not ours to check",
             "feishu_signature": "another platform"}


def all_vectors() -> list:
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return document["vectors"] + document["derived"]


def channel_of(vector: dict, n: int) -> dict | None:
    if vector["kind"] in ELSEWHERE:
        return None
    out = {"id": f"v{n}", "kind": "wechat", "token": vector.get("token", "vectortoken")}
    if vector["kind"] in ("oa_signature", "xml_input"):
        return out | {"app_id": "wx0", "mode": "plaintext", "allow_plaintext": True}
    return out | {"app_id": vector["receive_id"], "mode": "secure", "encoding_aes_key": vector["encoding_aes_key"]}


def signature_request(vector: dict, path: str) -> tuple:
    query = {"signature": vector["signature"], "timestamp": vector["timestamp"], "nonce": vector["nonce"]}
    if "body" in vector:
        return "POST", f"{path}?{urllib.parse.urlencode(query)}", vector["body"].encode()
    echo = vector.get("echostr", "echo0815")
    return "GET", f"{path}?{urllib.parse.urlencode(query | {'echostr': echo})}", b""


def envelope_request(vector: dict, path: str) -> tuple:
    query = {"timestamp": vector["timestamp"], "nonce": vector["nonce"], "encrypt_type": "aes",
             "msg_signature": vector["msg_signature"]}
    if "openid" in vector:
        query["openid"] = vector["openid"]
    if "body" in vector:
        body = vector["body"]
    elif vector.get("format") == "json":
        body = json.dumps({"ToUserName": "gh", "Encrypt": vector["encrypt"]})
    else:
        body = f"<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[{vector['encrypt']}]]></Encrypt></xml>"
    return "POST", f"{path}?{urllib.parse.urlencode(query)}", body.encode()


def plain_request(vector: dict, path: str, now: int) -> tuple:
    account = wire.Account(token=vector.get("token", "vectortoken"), mode="plaintext")
    call = wire.callback(account, vector["body"].encode(), now)
    return "POST", f"{path}?{call.target.partition('?')[2]}", call.body


def sender_of(vector: dict) -> str:
    """Who a valid vector comes from, "" where it names nobody (an echostr, a bare text)."""
    plain = vector.get("plaintext", vector.get("body", "")) if vector.get("valid", True) else ""
    if plain.startswith("{"):
        return json.loads(plain).get("FromUserName", "")
    return plain.partition("<FromUserName><![CDATA[")[2].partition("]]>")[0]


def check(service: rig.Service, vector: dict, n: int) -> str:
    """"" or what is wrong."""
    path = f"/wechat/v{n}"
    now = int(vector.get("timestamp", "1700000000"))
    if vector["kind"] == "oa_signature":
        request = signature_request(vector, path)
    elif vector["kind"] == "xml_input":
        request = plain_request(vector, path, now)
    else:
        request = envelope_request(vector, path)
    answer = service_answer(service, request)
    hostile = "DOCTYPE" in vector.get("body", "")
    good = vector.get("valid", True) and not hostile and now < 10**11  # a timestamp in milliseconds is none of WeChat's
    if good != (answer.status == 200):
        return f"{vector['id']}: status {answer.status}"
    if hostile and answer.status not in (400, 403, 413, 422):
        return f"{vector['id']}: status {answer.status} for a DOCTYPE"
    if not good:
        return "" if hostile or answer.status == 403 else f"{vector['id']}: status {answer.status}, not 403"
    if request[0] == "GET" and answer.body.decode() != vector.get("echostr", "echo0815"):
        return f"{vector['id']}: echoed {answer.body!r}"
    sender = sender_of(vector)
    if sender:
        stored = service.query("SELECT count(*) FROM event e JOIN conversation c ON c.id = e.conversation "
                               "WHERE c.channel = ? AND c.user = ? AND e.actor = 'user'", f"v{n}", sender)[0][0]
        if stored != 1:
            return f"{vector['id']}: the message of {sender} is stored {stored} times"
    return ""


def service_answer(service: rig.Service, request: tuple) -> rig.Response:
    method, target, body = request
    return rig.once(service.port, method, target, body)


@rule(GROUP, "every public vector that can reach this endpoint is accepted or refused as its source says")
def public_vectors(env):
    vectors = list(enumerate(all_vectors()))
    channels = [c for n, v in vectors if (c := channel_of(v, n)) is not None]
    service = env.service(channels)
    usable = [(n, v) for n, v in vectors if v["kind"] not in ELSEWHERE]
    wrong, current = [], None
    for n, vector in sorted(usable, key=lambda e: int(e[1].get("timestamp", "1700000000"))):
        at = int(vector.get("timestamp", "1700000000"))
        at = at if at < 10**11 else at // 1000
        if current is None or at != current:
            service.set_clock((at - int(time.time())) * 1000)
            current = at
        if not service.running():
            service.start()
        found = check(service, vector, n)
        if found:
            wrong.append(found)
    expect(not wrong, "\n".join(wrong))
    expect(len(usable) >= 20, f"only {len(usable)} vectors were usable")
    return f"{len(usable)} of {len(vectors)} vectors"


@rule(GROUP, "the tests' own envelope agrees with the public vectors, so that it is no echo of the server's")
def own_envelope(_env):
    for vector in all_vectors():
        if vector["kind"] == "msg_encrypt" or (vector["kind"] == "msg_decrypt" and vector.get("valid", True)):
            if "random" in vector:
                framed = wire.frame(vector["plaintext"].encode(), vector["receive_id"], vector["random"].encode())
                expect_equal(wire.aes_cbc_encrypt(wire.aes_key_bytes(vector["encoding_aes_key"]), framed),
                             vector["encrypt"], vector["id"])
            opened = wire.unseal(vector["encrypt"], vector["encoding_aes_key"], vector["receive_id"])
            expect_equal(opened.decode(), vector["plaintext"], vector["id"])
