"""Starts the real binary in a folder of its own and talks HTTP with it, byte by byte. Used by tests/functional and tests/crash."""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
READY_WITHIN = 30.0  # seconds; a sanitizer build on a busy machine needs some


def find_binary(given: str | None) -> str:
    """--bin, or ZHUQI_BIN, or the newest build in the work tree."""
    if given or os.environ.get("ZHUQI_BIN"):
        path = Path(given or os.environ["ZHUQI_BIN"]).resolve()
        if not os.access(path, os.X_OK):
            sys.exit(f"{path} is not an executable; build target zhuqi first")
        return str(path)
    found = [p for p in REPO.glob("build/*/bot/app/zhuqi") if os.access(p, os.X_OK)]
    if not found:
        sys.exit("no binary: build target zhuqi, or say --bin PATH")
    return str(max(found, key=lambda p: p.stat().st_mtime))


def yaml_of(value, indent: int = 0) -> str:
    """YAML for dicts, lists and scalars (scalars as JSON, which YAML 1.2 contains)."""
    pad = "  " * indent
    if isinstance(value, dict):
        lines = []
        for key, inner in value.items():
            if isinstance(inner, (dict, list)) and inner:
                lines.append(f"{pad}{key}:\n{yaml_of(inner, indent + 1)}")
            else:
                lines.append(f"{pad}{key}: {json.dumps(inner)}")
        return "\n".join(lines)
    if isinstance(value, list):
        return "\n".join(f"{pad}- {json.dumps(item)}" for item in value)
    return pad + json.dumps(value)


@dataclass
class Response:
    status: int
    headers: dict
    body: bytes


class Broken(Exception):
    """The connection ended without a whole answer. `sent` tells whether the whole request had gone out."""

    def __init__(self, what: str, sent: bool):
        super().__init__(what)
        self.what = what
        self.sent = sent


class Connection:
    """One client connection; keeps alive where the server does."""

    def __init__(self, port: int, timeout: float = 5.0, host: str = "127.0.0.1"):
        self.host, self.port, self.timeout = host, port, timeout
        self.sock: socket.socket | None = None
        self.rest = b""

    def open(self) -> None:
        try:
            self.sock = socket.create_connection((self.host, self.port), self.timeout)
        except OSError as error:
            raise Broken(f"connect: {error}", sent=False) from None
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def close(self) -> None:
        if self.sock is not None:
            self.sock.close()
            self.sock = None

    def send(self, method: str, target: str, body: bytes = b"", headers: dict | None = None) -> None:
        head = {"Host": f"{self.host}:{self.port}"}
        if method == "POST" or body:
            head |= {"Content-Type": "text/xml", "Content-Length": str(len(body))}
        head |= headers or {}
        lines = "".join(f"{k}: {v}\r\n" for k, v in head.items())
        self.send_raw(f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + body)

    def send_raw(self, data: bytes) -> None:
        if self.sock is not None and self._closed_by_server():
            self.close()
        if self.sock is None:
            self.open()
        try:
            self.sock.sendall(data)
        except OSError as error:
            self.close()
            raise Broken(f"send: {error}", sent=False) from None

    def _closed_by_server(self) -> bool:
        """Whether the end has come already, which every client looks for before it reuses a connection."""
        readable = select.poll()
        readable.register(self.sock, select.POLLIN)
        try:
            return bool(readable.poll(0)) and self.sock.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def receive(self) -> Response:
        data = self.rest
        try:
            while b"\r\n\r\n" not in data:
                data += self._more()
            head, _, data = data.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            status = int(lines[0].split(" ")[1])
            headers = {}
            for line in lines[1:]:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            size = int(headers.get("content-length", 0))
            while len(data) < size:
                data += self._more()
        except OSError as error:
            self.close()
            raise Broken(f"receive: {error}", sent=True) from None
        self.rest = data[size:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Response(status, headers, data[:size])

    def _more(self) -> bytes:
        chunk = self.sock.recv(65536)
        if not chunk:
            raise ConnectionError("closed without an answer")
        return chunk

    def request(self, method: str, target: str, body: bytes = b"", headers: dict | None = None) -> Response:
        self.send(method, target, body, headers)
        return self.receive()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def once(port: int, method: str, target: str, body: bytes = b"", headers: dict | None = None, timeout: float = 10.0):
    with Connection(port, timeout) as c:
        return c.request(method, target, body, {"Connection": "close"} | (headers or {}))


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def held_socket(port: int = 0, backlog: int = 4096) -> socket.socket:
    """A listening socket that outlives the server, as systemd would hold it."""
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", port))
    s.listen(backlog)
    return s


class Service:
    """One data folder and the processes that serve it, one after another."""

    def __init__(self, binary: str, channels: list, folder: Path, *, port: int = 0, config: dict | None = None,
                 held: socket.socket | None = None, wrapper: list | None = None, env: dict | None = None):
        self.binary, self.folder, self.wrapper, self.held = binary, Path(folder), wrapper or [], held
        self.want_port = port
        self.env = env or {}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.clock_file = self.folder / "clock"
        self.config_file = self.folder / "zhuqi.yaml"
        self.config_file.write_text(yaml_of({"log_level": "debug", "channels": channels} | (config or {})) + "\n")
        self.process: subprocess.Popen | None = None
        self.lines: list[str] = []
        self.port = self.ops_port = 0
        self.restart_seconds: list[float] = []
        self._reader: threading.Thread | None = None

    @property
    def database(self) -> Path:
        return self.data / "zhuqi.db"

    def command(self) -> list:
        listen = f"127.0.0.1:{self.want_port}"
        return [self.binary, "serve", "--config", str(self.config_file), "--data", str(self.data), "--listen", listen,
                "--ops-listen", "127.0.0.1:0", "--clock-file", str(self.clock_file)]

    def spawn(self) -> None:
        command = self.wrapper + self.command()
        env = os.environ | self.env
        keep = ()
        if self.held is not None:
            # LISTEN_PID is the server's own pid, known only after the fork; exec keeps it.
            n = self.held.fileno()
            script = f'exec 3<&{n}{"" if n == 3 else f" {n}<&-"}; export LISTEN_PID=$$; exec "$@"'
            command = ["/bin/bash", "-c", script, "bash"] + command  # sh knows descriptors of one digit only
            env |= {"LISTEN_FDS": "1", "LISTEN_FDNAMES": "zhuqi-http"}
            keep = (self.held.fileno(),)
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env,
                                        pass_fds=keep)
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()

    def _read(self, process) -> None:
        for raw in process.stderr:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            self.lines.append(line)
            if '"event":"listening"' in line:
                fields = json.loads(line)
                self.port = int(fields["address"].rpartition(":")[2])
                self.ops_port = int(fields["ops_address"].rpartition(":")[2])
                self._ready.set()
        process.stderr.close()

    def start(self) -> float:
        """Starts, waits until it listens; gives the seconds that took."""
        begin = time.monotonic()
        self.spawn()
        while not self._ready.wait(0.005):
            if self.process.poll() is not None:
                self._reader.join(2)
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n" + "\n".join(self.lines[-20:]))
            if time.monotonic() - begin > READY_WITHIN:
                self.kill()
                raise RuntimeError(f"not listening after {READY_WITHIN} s:\n" + "\n".join(self.lines[-20:]))
        took = time.monotonic() - begin
        self.restart_seconds.append(took)
        return took

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(5)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def wait(self, timeout: float = 20.0) -> int:
        code = self.process.wait(timeout)
        self._reader.join(5)
        return code

    def stop(self, timeout: float = 20.0) -> int:
        self.terminate()
        return self.wait(timeout)

    def ensure_dead(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def set_clock(self, offset_ms: int) -> None:
        """Steps the server's clock; it reads the file four times a second."""
        temporary = self.clock_file.with_suffix(".new")
        temporary.write_text(str(offset_ms))
        temporary.rename(self.clock_file)
        if self.running():
            time.sleep(0.6)

    def events(self, name: str) -> list:
        """The log lines with that event, parsed."""
        found = []
        for line in list(self.lines):
            with contextlib.suppress(ValueError):
                fields = json.loads(line)
                if fields.get("event") == name:
                    found.append(fields)
        return found

    def post(self, call, timeout: float = 10.0, headers: dict | None = None) -> Response:
        return once(self.port, "POST", call.target, call.body, headers, timeout)

    def get(self, target: str, **more) -> Response:
        return once(self.port, "GET", target, **more)

    def ops(self, target: str) -> Response:
        return once(self.ops_port, "GET", target)

    def query(self, sql: str, *args) -> list:
        """Reads the live database beside the server, through its own connection."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as db:
            return db.execute(sql, args).fetchall()

    def run_command(self, *args: str, timeout: float = 60.0) -> subprocess.CompletedProcess:
        command = [self.binary, *args]
        return subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=os.environ | self.env)


class Workspace:
    """A temporary folder, removed at the end unless --keep."""

    def __init__(self, keep: bool = False, base: str | None = None):
        self.path = Path(tempfile.mkdtemp(prefix="zhuqi-test-", dir=base))
        self.keep = keep

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, kind, *_):
        if self.keep:
            print(f"kept {self.path}")
        else:
            shutil.rmtree(self.path, ignore_errors=True)


def wait_until(condition, seconds: float, pace: float = 0.02) -> bool:
    """Polls until `condition()` is true; gives whether it became so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pace)
    return bool(condition())


class Report:
    """Prints each rule with its outcome, and the closing line."""

    def __init__(self):
        self.passed = 0
        self.failed: list[str] = []

    def rule(self, name: str, findings: list | str | None = None, figures: str = "") -> bool:
        """No findings: the rule held. Findings are printed, the first twenty of them."""
        findings = [findings] if isinstance(findings, str) else list(findings or [])
        tail = f"  [{figures}]" if figures else ""
        if not findings:
            self.passed += 1
            print(f"ok   {name}{tail}", flush=True)
            return True
        self.failed.append(name)
        print(f"FAIL {name}{tail}", flush=True)
        for line in findings[:20]:
            print("     " + str(line).replace("\n", "\n     "), flush=True)
        if len(findings) > 20:
            print(f"     … and {len(findings) - 20} more", flush=True)
        return False

    def skip(self, name: str, why: str) -> None:
        print(f"SKIP {name}: {why}", flush=True)

    def close(self) -> int:
        for name in self.failed:
            print(f"failed: {name}")
        print(f"{self.passed} passed, {len(self.failed)} failed")
        return 1 if self.failed else 0


def percentile(values: list, share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
