"""Starts the servers under test and the load beside them. Used by bench/run and bench/seed_database.py."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
WALK = REPO / "bench/load/walk.tsv"
SCHEMA = REPO / "storage/schema/sqlite"
TOKEN, ACCOUNT, APP_ID = "benchtoken", "gh_bench", "wxbench"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
READY_WITHIN = 60.0  # seconds; the target is far below and is checked by the report, not here
MASK = (1 << 64) - 1


def mix64(x: int) -> int:
    """The mixing step of SplitMix64; as in bench/load/users.hpp."""
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def name_of(index: int) -> str:
    """The openid of user `index`; as in bench/load/users.cpp."""
    out, bits, left = ["o"], mix64(index), 10
    for i in range(1, 28):
        if left == 0:
            bits, left = mix64(index + i), 10
        out.append(ALPHABET[bits & 63])
        bits >>= 6
        left -= 1
    return "".join(out)


def read_walk() -> list:
    lines = [line for line in WALK.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines[1:]]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Process:
    """A server that is stopped by SIGTERM when its `with` block ends, and by SIGKILL where that does not help."""

    def __init__(self, command: list, log: Path, **options):
        self.log = open(log, "ab")
        self.begun = time.monotonic()
        self.child = subprocess.Popen([str(c) for c in command], stderr=self.log, **options)
        self.pid = self.child.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.child.poll() is None:
            self.child.send_signal(how)
            try:
                self.child.wait(30)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self.log.close()


class Product(Process):
    """`zhuqi serve` on a data folder, with the shipped defaults and two channels: `city` in plaintext, `secure` encrypted."""

    def __init__(self, tree: Path, data: Path):
        data.mkdir(parents=True, exist_ok=True)
        self.port, self.ops_port = free_port(), free_port()
        common = f"kind: wechat, original_id: {ACCOUNT}, app_id: {APP_ID}, token: {TOKEN}"
        config = data / "bench.yaml"
        config.write_text(
            f"listen: 127.0.0.1:{self.port}\nops_listen: 127.0.0.1:{self.ops_port}\ndata: {data}\nchannels:\n"
            f"  - {{id: city, mode: plaintext, allow_plaintext: true, {common}}}\n"
            f"  - {{id: secure, mode: secure, encoding_aes_key: {AES_KEY}, {common}}}\n", "utf-8")
        super().__init__([tree / "bot/app/zhuqi", "serve", "--config", config], data / "server.log", stdout=subprocess.DEVNULL)
        self.ready_ms = self._wait_ready(data)
        self.url = f"http://127.0.0.1:{self.port}/wechat/city"
        self.secure_url = f"http://127.0.0.1:{self.port}/wechat/secure"

    def _wait_ready(self, data: Path) -> float:
        while time.monotonic() - self.begun < READY_WITHIN:
            if self.child.poll() is not None:
                sys.exit(f"the server stopped at once:\n{(data / 'server.log').read_text('utf-8')[-2000:]}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.ops_port, timeout=2)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return (time.monotonic() - self.begun) * 1000
            except OSError:
                time.sleep(0.002)
        sys.exit("the server did not become ready")


class Limit(Process):
    """zhuqi_limits beast or joined. `options` are its command line; a database goes to a fresh folder."""

    def __init__(self, tree: Path, kind: str, work: Path, options: list):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/wechat/city"
        command = [tree / "bench/zhuqi_limits", kind, "--port", self.port, "--seconds", 600, *options]
        self.dir = None
        if kind == "joined":
            self.dir = fresh(work / "limit")
            command += ["--dir", self.dir, "--schema", SCHEMA]
        super().__init__(command, work / "limits.log", stdout=subprocess.PIPE, text=True)
        if self.child.stdout.readline().strip() != "ready":
            sys.exit(f"zhuqi_limits {kind} did not start; see {work / 'limits.log'}")

    def stop(self, how: int = signal.SIGTERM) -> None:
        super().stop(how)
        if self.dir:
            shutil.rmtree(self.dir)


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def load(tree: Path, mode: str, server, *options, url: str = "") -> dict:
    """Runs zhuqi_load to its end; gives its JSON line. Wrong replies are counted in it and shown on stderr."""
    command = [tree / "bench/zhuqi_load", mode, "--url", url or server.url, "--server-pid", server.pid, *options]
    if mode == "run":
        command += ["--walk", WALK]
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True)
    if not done.stdout:
        sys.exit(f"zhuqi_load {mode} could not run (exit {done.returncode})")
    return json.loads(done.stdout)


def start_slow_crowd(tree: Path, server, connections: int, seconds: float) -> subprocess.Popen:
    command = [tree / "bench/zhuqi_load", "slow", "--url", server.url, "--connections", connections, "--seconds", seconds]
    return subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True)


def run_limit(tree: Path, work: Path, *options) -> list:
    """zhuqi_limits sqlite: one JSON line for each size of group."""
    folder = fresh(work / "limit")
    command = [tree / "bench/zhuqi_limits", "sqlite", "--dir", folder, "--schema", SCHEMA, *options]
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True, check=True)
    shutil.rmtree(folder)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Talk:
    """One user's messages, one after another, signed; for the templates of bench/seed_database.py."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.number = time.time_ns()

    def say(self, user: str, text: str) -> str:
        self.number += 1
        now, nonce = str(int(time.time())), str(self.number)
        signature = hashlib.sha1("".join(sorted([TOKEN, now, nonce])).encode()).hexdigest()
        body = (f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
                f"<CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
                f"<MsgId>{self.number}</MsgId></xml>").encode()
        self.connection.request("POST", f"/wechat/city?signature={signature}&timestamp={now}&nonce={nonce}&openid={user}", body,
                                {"Content-Type": "text/xml"})
        response = self.connection.getresponse()
        reply = response.read().decode()
        if response.status != 200:
            sys.exit(f"{response.status} after {text!r}: {reply}")
        return reply


def fsync_ms(folder: Path, times: int = 200) -> float:
    """Median time of appending 4 KB and fdatasync, in ms."""
    taken = []
    path = folder / "fsync.probe"
    with open(path, "wb", buffering=0) as f:
        for _ in range(times):
            f.write(b"z" * 4096)
            begun = time.perf_counter()
            os.fdatasync(f.fileno())
            taken.append((time.perf_counter() - begun) * 1000)
    path.unlink()
    return sorted(taken)[times // 2]


def busy_share(seconds: float = 1.0) -> float:
    """Share of the machine's CPU that others use now, while nothing of ours runs."""

    def times():
        fields = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        return sum(fields[:8]), fields[3] + fields[4]

    total, idle = times()
    time.sleep(seconds)
    total_after, idle_after = times()
    return 1 - (idle_after - idle) / max(1, total_after - total)


def slow_share(seconds: float = 4.0) -> float:
    """Share of the time in which this machine computes at less than a third of its usual speed, while nothing of ours runs. A virtual
    machine that is held back for some ms at a time shows here and in no /proc file; no server on it can have a better p99."""
    taken = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        sum(range(2_000))
        taken.append(time.perf_counter() - begun)
        time.sleep(0.001)
    usual = sorted(taken)[len(taken) // 2]
    return sum(t > 3 * usual for t in taken) / len(taken)
