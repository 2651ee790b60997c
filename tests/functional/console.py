"""An official's browser without a browser: signs in, sends CSRF tokens and ids of acts, keeps one connection. And its WebSocket."""

import base64
import json
import os
import secrets
import socket
import struct
import time
import urllib.parse

import rig
from suite import expect, expect_equal

API = "/api/v1"


def act_id(at_ms: int | None = None) -> str:
    """A version 7 UUID of now (RFC 9562)."""
    stamp = f"{int(time.time() * 1000) if at_ms is None else at_ms:012x}"
    rest = secrets.token_hex(10)
    return f"{stamp[:8]}-{stamp[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:18]}"


def found_city(service: rig.Service) -> dict:
    """Fills the data folder, before the server starts, and gives login → password."""
    done = service.run_command("staff", "demo-city", "--json", "--config", str(service.config_file), "--data",
                               str(service.data))
    expect_equal(done.returncode, 0, f"staff demo-city: {done.stderr}")
    return {one["login"]: one["password"] for one in json.loads(done.stdout)}


class Answer:
    def __init__(self, response: rig.Response):
        self.status, self.headers = response.status, response.headers
        self.body = json.loads(response.body or b"{}")

    @property
    def code(self) -> str:
        return self.body.get("error", {}).get("code", "")


class Official:
    def __init__(self, service: rig.Service, login: str = "", password: str = ""):
        self.service, self.login = service, login
        self.cookie = self.csrf = ""
        self.connection = rig.Connection(service.port, timeout=20)
        if login:
            answer = self.sign_in(login, password)
            expect_equal(answer.status, 200, f"{login} signs in: {answer.body}")

    def sign_in(self, login: str, password: str, **more) -> Answer:
        answer = self.call("POST", "/session", {"login": login, "password": password} | more)
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
            self.csrf = answer.body["csrf"]
            self.id = answer.body["me"]["id"]
        return answer

    def headers(self) -> dict:
        found = {}
        if self.cookie:
            found["Cookie"] = self.cookie
        if self.csrf:
            found["X-CSRF-Token"] = self.csrf
        return found

    def call(self, method: str, path: str, body=None, headers: dict | None = None) -> Answer:
        data = b"" if body is None else json.dumps(body).encode()
        head = self.headers() | ({"Content-Type": "application/json"} if body is not None else {}) | (headers or {})
        return Answer(self.connection.request(method, API + path, data, head))

    def get(self, path: str, **query) -> Answer:
        return self.call("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""))

    def act(self, thread: dict, what: str, **fields) -> Answer:
        body = {"id": act_id(), "epoch": thread["epoch"]} | fields
        return self.call("POST", f"/threads/{thread['id']}/{what}", body)

    def threads(self, view: str = "waiting") -> list:
        answer = self.get("/threads", view=view)
        expect_equal(answer.status, 200, f"threads of {view}: {answer.body}")
        return answer.body["threads"]

    def thread(self, which: str) -> dict:
        answer = self.get(f"/threads/{which}")
        expect_equal(answer.status, 200, f"thread {which}: {answer.body}")
        return answer.body["thread"]

    def events(self, which: str, after: int = 0) -> list:
        found = []
        while True:
            answer = self.get(f"/threads/{which}/events", after=after, limit=100)
            expect_equal(answer.status, 200, f"events of {which}: {answer.body}")
            found += answer.body["events"]
            if not answer.body["more"]:
                return found
            after = found[-1]["seq"]

    def stream(self, change: int = 0) -> "Stream":
        return Stream(self, change)


class Stream:
    """The console's WebSocket, RFC 6455 by hand: enough to send and read text frames."""

    def __init__(self, official: Official, change: int = 0, headers: dict | None = None):
        port = official.service.port
        self.sock = socket.create_connection(("127.0.0.1", port), 10)
        head = {"Host": f"127.0.0.1:{port}", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), "Cookie": official.cookie,
                "Origin": f"http://127.0.0.1:{port}"} | (headers or {})
        lines = "".join(f"{k}: {v}\r\n" for k, v in head.items() if v)
        self.sock.sendall(f"GET {API}/stream HTTP/1.1\r\n{lines}\r\n".encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self._more()
        answer, _, self.rest = self.rest.partition(b"\r\n\r\n")
        self.status = int(answer.split(b" ")[1])
        self.closed = 0
        if self.status == 101:
            self.send({"type": "hello", "csrf": official.csrf, "change": change})

    def _more(self) -> bytes:
        chunk = self.sock.recv(65536)
        if not chunk:
            raise ConnectionError("the stream ended")
        return chunk

    def send(self, frame: dict) -> None:
        data = json.dumps(frame).encode()
        mask = os.urandom(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
        self.sock.sendall(b"\x81" + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def _take(self, n: int) -> bytes:
        while len(self.rest) < n:
            self.rest += self._more()
        data, self.rest = self.rest[:n], self.rest[n:]
        return data

    def read(self, within: float = 5.0) -> dict | None:
        """The next text frame; None when the server closed (its code is in `closed`) or nothing came in time."""
        self.sock.settimeout(within)
        try:
            while True:
                first, second = self._take(2)
                size = second & 127
                if size == 126:
                    size = struct.unpack(">H", self._take(2))[0]
                elif size == 127:
                    size = struct.unpack(">Q", self._take(8))[0]
                data = self._take(size)
                if first & 15 == 1:
                    return json.loads(data)
                if first & 15 == 8:
                    self.closed = struct.unpack(">H", data[:2])[0] if len(data) >= 2 else 1005
                    return None
        except (TimeoutError, ConnectionError):
            return None

    def until(self, wanted, within: float = 5.0) -> dict:
        """Reads on until a frame satisfies `wanted`."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            frame = self.read(max(0.05, end - time.monotonic()))
            if frame is None:
                break
            if wanted(frame):
                return frame
        expect(False, f"no such frame within {within} s (closed {self.closed})")

    def close(self) -> None:
        self.sock.close()
