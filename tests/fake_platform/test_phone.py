#!/usr/bin/env python3
"""The phone against the public vectors, and against a small server that misbehaves: its own word about itself."""

import json
import pathlib
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import phone as p  # noqa: E402

VECTORS = json.loads((HERE.parent / "golden/wechat/vectors.json").read_text(encoding="utf-8"))


def all_vectors(kind):
    return [v for v in VECTORS["vectors"] + VECTORS["derived"] if v["kind"] == kind]


def account(v, **more):
    return p.Account("http://127.0.0.1:1/", v["token"], "gh_1", v.get("receive_id", ""), v.get("encoding_aes_key", ""), **more)


class Vectors(unittest.TestCase):
    def test_signatures(self):
        for v in all_vectors("oa_signature"):
            with self.subTest(v["id"]):
                same = p.signature(v["token"], v["timestamp"], v["nonce"]) == v["signature"]
                self.assertEqual(same, v.get("valid", True))

    def test_envelopes_open(self):
        for v in all_vectors("msg_decrypt"):
            with self.subTest(v["id"]):
                signed = p.signature(v["token"], v["timestamp"], v["nonce"], v["encrypt"]) == v["msg_signature"]
                self.assertEqual(signed, v.get("expect_error") != "signature")
                envelope = p.Envelope(account(v))
                if v.get("valid", True):
                    self.assertEqual(envelope.open(v["encrypt"]), v["plaintext"])
                elif signed:
                    self.assertRaises(Exception, envelope.open, v["encrypt"])

    def test_envelopes_seal(self):
        for v in all_vectors("msg_encrypt"):
            with self.subTest(v["id"]):
                sealed = p.Envelope(account(v)).seal(v["plaintext"], v["random"].encode())
                self.assertEqual(sealed, v["encrypt"])
                opener = p.Platform(account(v, format=v["format"]))
                self.assertEqual(opener.opened(v["expected_response_body"]), v["plaintext"])


class Moody(BaseHTTPRequestHandler):
    """Answers with the next of `script`; a number is a status, a string a 200 body."""

    protocol_version = "HTTP/1.1"
    script: list = []
    seen: list = []

    def do_POST(self):
        Moody.seen.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
        next_one = Moody.script.pop(0) if Moody.script else "success"
        body = next_one.encode() if isinstance(next_one, str) else b""
        self.send_response(200 if isinstance(next_one, str) else next_one)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Behaviour(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        Moody.script, Moody.seen = [], []
        url = f"http://127.0.0.1:{self.server.server_port}/wechat/city"
        self.attempts = []
        self.platform = p.Platform(p.Account(url, "tok", "gh_1", mode="plaintext"), on_attempt=self.attempts.append)
        self.phone = p.Phone(self.platform)

    def tearDown(self):
        self.platform.close()
        self.server.shutdown()
        self.server.server_close()

    def test_success_shows_nothing(self):
        self.assertEqual(self.phone.say("x").screen, "")

    def test_a_retry_carries_the_same_message_under_a_new_nonce(self):
        Moody.script = [503, 500]
        delivery = self.phone.say("x")
        self.assertTrue(delivery.acknowledged)
        self.assertEqual([a.status for a in self.attempts], [503, 500, 200])
        self.assertEqual(len({body for _, body in Moody.seen}), 1)
        self.assertEqual(len({path for path, _ in Moody.seen}), 3)

    def test_after_three_attempts_the_user_sees_the_fault_line(self):
        Moody.script = [503, 503, 503]
        self.assertEqual(self.phone.say("x").screen, p.OUT_OF_ORDER)
        self.assertEqual(len(self.attempts), 3)

    def test_an_unreadable_answer_is_no_acknowledgement(self):
        Moody.script = ["<xml>", "<xml>", "<xml>"]
        self.assertFalse(self.phone.say("x").acknowledged)

    def test_a_text_reply_is_shown(self):
        Moody.script = ["<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>"]
        self.assertEqual(self.phone.say("x").screen, "a]]>b")

    def test_a_storm_counts_messages_and_copies(self):
        result = p.storm(self.platform, 3, 4, 2, 4, ["x"], True, 1)
        self.assertEqual((result["messages"], result["acknowledged"], result["attempts"]), (12, 12, 24))


if __name__ == "__main__":
    unittest.main()
