"""A machine that fails: no descriptors, no disk space, an fsync that fails or takes five seconds. Fault injection by strace,
tmpfs and limits; skipped in words where this machine cannot."""

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crash"))

import oracle
import rig
from load import Load, Plan, accounts
from suite import PLAINTEXT, SECURE, Phone, Skipped, expect, expect_equal, rule

GROUP = "faults"
EXIT_IN_DOUBT = 71


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@rule(GROUP, "out of descriptors (ulimit -n 64): who is in is served, the rest waits, no CPU burns, and it recovers by itself")
def few_descriptors(env):
    if shutil.which("prlimit") is None:
        raise Skipped("needs prlimit (util-linux)")
    service = env.started(wrapper=["prlimit", "--nofile=64:64"])
    early = rig.Connection(service.port)
    call = Phone(env, service, SECURE).call("你好")
    expect_equal(early.request("POST", call.target, call.body).status, 200, "before")
    crowd = []
    try:
        for _ in range(150):
            crowd.append(socket.create_connection(("127.0.0.1", service.port), 5))
        time.sleep(0.5)
        burnt = cpu_seconds(service.process.pid)
        time.sleep(1.0)
        burnt = cpu_seconds(service.process.pid) - burnt
        expect(burnt < 0.3, f"{burnt:.2f} s of CPU in a second of doing nothing")
        call = Phone(env, service, SECURE).call("你好")
        expect_equal(early.request("POST", call.target, call.body).status, 200, "on an open connection, while exhausted")
    finally:
        for s in crowd:
            s.close()
    begin = time.monotonic()
    expect("助企" in Phone(env, service, SECURE).say("你好"), "a new connection after relief")
    expect(time.monotonic() - begin < 5.0, f"recovered only after {time.monotonic() - begin:.1f} s")
    early.close()
    expect_equal(service.stop(), 0, "exit code")
    return f"{burnt:.2f} s of CPU while exhausted"


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int):
    if os.geteuid() != 0:
        raise Skipped("needs root (mount a tmpfs)")
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "zhuqi-test", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        raise Skipped(f"cannot mount a tmpfs: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def statuses(load: Load, since: float) -> dict:
    found: dict = {}
    for a in list(load.history):
        if a["sent"] >= since:
            found[a["status"]] = found.get(a["status"], 0) + 1
    return found


@rule(GROUP, "disk full (tmpfs): 503 while full, service back within 5 s of relief without a restart, nothing acknowledged lost")
def disk_full(env):
    with small_disk(env.fresh_folder(), 16) as disk:
        service = env.service([a.config() for a in accounts()], folder=disk / "s", config={"log_level": "info"})
        ballast = disk / "ballast"
        ballast.write_bytes(b"\0" * (8 << 20))
        service.start()
        load = Load(Plan(seed=env.seed, rate=0, workers=4, users=50, pause=0.1), accounts(), lambda: service.port)
        try:
            load.start()
            full = rig.wait_until(lambda: statuses(load, 0).get(503, 0) > 5 or not service.running(), 60)
            expect(service.running(), f"it ended with {service.process.poll()}: " + "\n".join(service.lines[-3:]))
            expect(full, f"never full: {statuses(load, 0)}")
            time.sleep(1.0)
            while_full = statuses(load, time.monotonic() - 0.8)
            expect_equal(service.ops("/healthz").status, 200, "/healthz while full")
            ballast.unlink()
            begin = time.monotonic()
            back = rig.wait_until(lambda: statuses(load, begin).get(200, 0) > 20, 5.0)
            expect(service.running(), f"it ended with {service.process.poll()} after relief")
            expect(back, f"not back 5 s after relief: {statuses(load, begin)}")
            recovered = time.monotonic() - begin
        finally:
            load.stopping.set()
            load.stop()
        expect_equal(len(service.restart_seconds), 1, "starts")
        # Stopped the hard way: what was acknowledged must be on disk whether or not it can still tidy up.
        service.kill()
        history = env.fresh_folder()
        load.write_history(history)
        copy = env.fresh_folder()
        shutil.copytree(service.data, copy)
        findings, figures = oracle.judge(history, copy / "zhuqi.db")
        expect(not findings, "\n".join(findings[:10]))
    return f"{figures['acked']} acked, while full {while_full}, back after {recovered:.1f} s"


@rule(GROUP, "a start on a full disk is refused in words")
def start_on_full_disk(env):
    with small_disk(env.fresh_folder(), 1) as disk:
        service = env.service(folder=disk / "s")
        with contextlib.suppress(OSError), open(disk / "ballast", "wb", buffering=0) as ballast:
            while True:
                ballast.write(b"\0" * 4096)
        done = service.run_command(*service.command()[1:], timeout=15)
        expect_equal(done.returncode, 70, f"exit code ({done.stderr.strip()[-300:]})")
        expect(done.stderr.strip() != "", "words")


class Injection:
    """strace on a running server: makes system calls fail or wait."""

    def __init__(self, pid: int, calls: str, how: str, log: Path):
        if shutil.which("strace") is None:
            raise Skipped("needs strace")
        self.process = subprocess.Popen(
            ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={calls}", "-e", f"inject={calls}:{how}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        line = self.process.stderr.readline().decode()
        if "attached" not in line:
            raise Skipped(f"strace cannot attach: {line.strip()}")
        time.sleep(0.3)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(8)
        if self.process.poll() is None:
            self.process.kill()
        self.process.stderr.close()


@rule(GROUP, "an I/O error on fsync or write ends the process with 71; the restart recovers, nothing acknowledged is lost")
def io_errors(env):
    # Threads of their own count their own calls: `when` is the n-th call of whichever thread comes first.
    faults = [("fdatasync,fsync", f"error=EIO:when={n}") for n in (1, 2, 7, 30)]
    faults += [("pwrite64", f"error=EIO:when={n}") for n in (1, 5, 40)]
    service = env.service([a.config() for a in accounts()], port=rig.free_port(), config={"log_level": "info"})
    load = Load(Plan(seed=env.seed, rate=200, users=100, pause=0.3), accounts(), lambda: service.want_port)
    service.start()
    load.start()
    wrong = []
    try:
        for calls, how in faults:
            begin = time.monotonic()
            with Injection(service.process.pid, calls, how, service.folder / "strace"):
                try:
                    code = service.wait(20)
                except subprocess.TimeoutExpired:
                    wrong.append(f"{calls} {how}: still running, {statuses(load, begin)}")
                    continue
            if code != EXIT_IN_DOUBT or not service.events("storage.fatal"):
                wrong.append(f"{calls} {how}: exit code {code}: " + "\n".join(service.lines[-3:]))
            service.start()
            time.sleep(0.4)
    finally:
        load.stop()
    service.stop()
    history = service.folder / "history.jsonl"
    load.write_history(history)
    findings, figures = oracle.judge(history, service.database)
    expect(not wrong and not findings, "\n".join(wrong + findings[:10]))
    return f"{len(faults)} faults, {figures['acked']} acked"


@rule(GROUP, "a write that finds no space, once: that batch is 503, the process goes on, the retry is stored once")
def one_full_write(env):
    service = env.started()
    phone = Phone(env, service, PLAINTEXT)
    phone.say("你好")
    call = phone.call("诉求")
    with Injection(service.process.pid, "pwrite64", "error=ENOSPC:when=1", service.folder / "strace"):
        expect_equal(service.post(call).status, 503, "the answer on a full disk")
        again = service.post(call)
    expect(again.status == 200 and b"Content" in again.body, f"the retry: {again.status}")
    expect(service.running(), "it ended")
    expect_equal(len(phone.rows()), 2, "stored")
    expect_equal(service.stop(), 0, "exit code")


@rule(GROUP, "a database that somebody else has locked: 503 in time, no acknowledgement meanwhile, and service when it is free")
def locked_database(env):
    service = env.started()
    phone = Phone(env, service, PLAINTEXT)
    phone.say("你好")
    call = phone.call("诉求")
    with contextlib.closing(sqlite3.connect(service.database, isolation_level=None)) as intruder:
        intruder.execute("BEGIN IMMEDIATE")
        begin = time.monotonic()
        expect_equal(service.post(call, timeout=8).status, 503, "the answer while locked")
        expect(time.monotonic() - begin < 5.0, f"answered after {time.monotonic() - begin:.1f} s")
        expect_equal(service.ops("/healthz").status, 200, "/healthz while locked")
        intruder.execute("ROLLBACK")
    expect(rig.wait_until(lambda: service.post(call).status == 200, 5.0, 0.2), "not back 5 s after the lock went")
    expect_equal(len(phone.rows()), 2, "stored")


@rule(GROUP, "an fsync that takes 5 s: nothing is acknowledged before it is durable, 503 at 4.5 s, the retry gets the stored reply")
def slow_fsync(env):
    service = env.started()
    phone = Phone(env, service, PLAINTEXT)
    phone.say("你好")
    call = phone.call("诉求")
    with Injection(service.process.pid, "fdatasync,fsync", "delay_enter=5000000:when=1", service.folder / "strace"):
        begin = time.monotonic()
        first = service.post(call, timeout=8)
        refused_after = time.monotonic() - begin
        expect_equal(first.status, 503, f"answer after {refused_after:.2f} s")
        expect(4.3 < refused_after < 4.9, f"answered after {refused_after:.2f} s")
        expect_equal(first.headers.get("connection", "").lower(), "close", "Connection")
        again = service.post(call, timeout=8)
        answered_after = time.monotonic() - begin
    expect_equal(again.status, 200, "the retry")
    expect(answered_after >= 5.0, f"acknowledged after {answered_after:.2f} s, before the fsync ended")
    third = service.post(call)
    expect(b"Content" in again.body and again.body == third.body, "the stored reply")
    expect_equal(len(phone.rows()), 2, "stored once")
    return f"503 after {refused_after:.2f} s, reply after {answered_after:.2f} s"


@rule(GROUP, "while every fsync takes 300 ms no acknowledgement comes earlier, and messages share the wait")
def slow_disk(env):
    service = env.started([a.config() for a in accounts()], config={"log_level": "info"})
    load = Load(Plan(seed=env.seed, rate=100, users=60, fresh=0.0, copies=0.0), accounts(), lambda: service.port)
    with Injection(service.process.pid, "fdatasync,fsync", "delay_enter=300000:when=1+1", service.folder / "strace"):
        load.start()
        time.sleep(5.0)
        load.stop()
    early = [a for a in load.history if a["status"] == 200 and a["done"] - a["sent"] < 0.29]
    expect(not early, f"{len(early)} of {len(load.history)} acks came before any fsync could have ended")
    done = load.acked()
    expect(done > 60, f"only {done} acks in 5 s: the waits do not share")
    return f"{done} acks"
