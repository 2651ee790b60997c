"""Turns what bench/run measured into bench/results.md: the machine, the lines, the targets and whether they are reached."""

import datetime
import json
import os
import platform
import sqlite3
import statistics
import subprocess
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]


def json_of(text: str) -> dict:
    return json.loads(text)


def row_sizes(database: Path) -> dict:
    """Average lengths of the texts that a turn writes, in bytes; the names are zhuqi_limits' options."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

    def average(sql: str) -> int:
        return round(db.execute(sql).fetchone()[0] or 0)

    length = "avg(length(CAST({} AS BLOB)))".format
    return {
        "reply": average(f"SELECT {length('reply')} FROM inbox"),
        "event-in": average(f"SELECT {length('body')} FROM event WHERE kind LIKE 'user.%'"),
        "event-out": average(f"SELECT {length('body')} FROM event WHERE kind NOT LIKE 'user.%'"),
        "snapshot": average(f"SELECT {length('snapshot')} FROM state"),
    }


def machine(work: Path) -> dict:
    def output(*command) -> str:
        done = subprocess.run(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip()

    models = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    dirty = " with uncommitted changes" if output("git", "status", "--porcelain", "--untracked-files=no") else ""
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "fs": output("df", "--output=fstype", str(work)).splitlines()[-1],
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": (output("git", "rev-parse", "--short", "HEAD") or "unknown") + dirty,
    }


class Figures:
    """Medians over the rounds."""

    def __init__(self, measured: dict):
        self.found = measured["found"]

    def __call__(self, line: str, key: str) -> float:
        return statistics.median(x[key] for x in self.found[line])

    def all(self, line: str, key: str) -> list:
        return [x[key] for x in self.found.get(line, [])]

    def has(self, line: str) -> bool:
        return line in self.found


LOADED = ["durable", "rate 1000", "rate 10000", "mix", "secure", "million", "slow without", "slow with"]


def constant_rate(f: Figures, rate: int, most_ms: float) -> tuple:
    got, limit = f(f"rate {rate}", "p99_ms"), f(f"joined rate {rate}", "p99_ms")
    return (f"p99 at {rate:,} turns/s (the joined limit itself: {limit:.1f} ms)", f"≤ {most_ms} ms", f"{got:.1f} ms", got <= most_ms)


def targets(measured: dict) -> list:
    """(what, target, measured, reached) for each line of the promise."""
    f = Figures(measured)
    share = f("durable", "turns_per_s") / f("joined", "turns_per_s")
    tail = f("durable", "p99_ms") / f("joined", "p99_ms")
    slowest = max(ms for line in LOADED for ms in f.all(line, "max_ms"))
    wrong = sum(sum(x.values()) for line in LOADED for x in f.all(line, "errors"))
    verified = f.found["seed"][0]["clean"]
    keep = f("million", "turns_per_s") / f("durable", "turns_per_s")
    limit_keep = f("joined million", "turns_per_s") / f("joined", "turns_per_s")
    memory = max(x["peak_kb"] for line in LOADED for x in f.all(line, "server_memory")) / 1024
    start = max(f.all("start million", "ready_ms") + f.all("start after crash", "ready_ms"))
    idle = f("idle", "kb_each")
    slow = f("slow with", "p99_ms") / f("slow without", "p99_ms")
    engine = f.found["engine"][0]
    return [
        ("Durable turns/s, 64 connections, 10,000 users, of the joined limit", "≥ 55 %", f"{share:.0%}", share >= 0.55),
        ("… its p99, of the joined limit's", "≤ 3 ×", f"{tail:.1f} ×", tail <= 3),
        constant_rate(f, 1_000, 5),
        constant_rate(f, 10_000, 15),
        ("Slowest answer of all runs", "≤ 4.5 s", f"{slowest / 1000:.3f} s", slowest <= 4500),
        ("Wrong, lost or refused answers in all runs", "0", f"{wrong}", wrong == 0),
        (f"Turns/s with {measured['users']:,} conversations, of those with 10,000 (the limit itself: {limit_keep:.0%})", "≥ 75 %",
         f"{keep:.0%}" + ("" if verified else ", but zhuqi verify finds faults"), keep >= 0.75 and verified),
        ("Resident memory, peak of all runs", "≤ 256 MB", f"{memory:.0f} MB", memory <= 256),
        ("Start to ready, slowest, large database, also after kill -9", "< 1 s", f"{start / 1000:.2f} s", start < 1000),
        ("Idle keep-alive connection, at 10,000", "≤ 4 KB", f"{idle:.2f} KB", idle <= 4 and not f.found["idle"][0]["errors"]),
        ("p99 with 5,000 slow-header sockets beside, of that without", "≤ 3 ×", f"{slow:.1f} ×", slow <= 3),
        ("Engine: steps/s on one core, all steps of the shipped dialogs' tests, mean", "≥ 200,000",
         f"{engine['library_steps_per_s']:,.0f}", engine["library_steps_per_s"] >= 200_000),
        ("… p99 of a step", "< 100 µs", f"{engine['library_step']['p99_us']:.1f} µs", engine["library_step"]["p99_us"] < 100),
    ]


def all_reached(measured: dict) -> bool:
    return all(reached for *_, reached in targets(measured))


def load_row(f: Figures, title: str, line: str, of: str = "") -> str:
    if not f.has(line):
        return ""
    rate = f(line, "turns_per_s")
    ratio = f"{rate / f(of, 'turns_per_s'):.0%}" if of else ""
    times = " | ".join(f"{f(line, key):.2f}" for key in ("p50_ms", "p99_ms", "p999_ms", "max_ms"))
    peak = statistics.median(x["peak_kb"] for x in f.all(line, "server_memory")) / 1024
    return f"| {title} | {rate:,.0f} | {ratio} | {times} | {f(line, 'server_us_per_turn'):.1f} | {peak:.0f} |\n"


def sqlite_rows(f: Figures, users: int) -> str:
    out = "| SQLite alone, one thread | turns/s |\n|---|---|\n"
    for line, title in [(f"sqlite {g} 10000", f"groups of {g}, 10,000 users") for g in (1, 16, 64, 256)] + [
            (f"sqlite 64 {users}", f"groups of 64, {users:,} users"),
            ("sqlite random", f"groups of 64, {users:,} users, states keyed at random")]:
        if f.has(line):
            out += f"| {title} | {f(line, 'turns_per_s'):,.0f} |\n"
    return out


def threads_line(f: Figures) -> str:
    """CPU per turn of each thread of the server (oldest first: the loop's is the first), from the last durable run."""
    used = sorted(f.found["durable"][-1]["server_threads_us"].items(), key=lambda x: int(x[0].rsplit(" ", 1)[1]))
    return ", ".join(f"{name.rsplit(' ', 1)[0]} {us:.1f}" for name, us in used)


def write(measured: dict) -> str:
    f, about, users = Figures(measured), measured["about"], measured["users"]
    engine = f.found["engine"][0]
    seed = f.found["seed"][0]
    out = "# Benchmark\n\nWritten by `bench/run`; `bench/README.md` says how and what. Compare the ratios, not the figures of two days.\n\n"
    out += (f"{about['date']}, commit {about['commit']}. {about['cpu']}, {about['cores']} cores, Linux {about['kernel']}, {about['fs']}; "
            f"fdatasync of 4 KB {statistics.median(about['fsync_ms']):.2f} ms. {about['rounds']} rounds of {about['seconds']:g} s, medians; "
            f"{about['minutes']:.0f} minutes in all; CPU that others used before each round: "
            f"{', '.join(f'{b:.0%}' for b in about['busy'])}; share of that time in which the idle machine computed at less than a third of its "
            f"usual speed: {', '.join(f'{b:.1%}' for b in about['slow'])}. Load generator and server share the machine.\n\n")
    out += "## Targets\n\n| what | target | measured | reached |\n|---|---|---|---|\n"
    for what, target, got, reached in targets(measured):
        out += f"| {what} | {target} | {got} | {'yes' if reached else '**no**'} |\n"
    out += ("\n## All lines\n\n| line | turns/s | of its limit | p50 ms | p99 ms | p99.9 ms | max ms | CPU µs/turn | peak RSS MB |\n"
            "|---|---|---|---|---|---|---|---|---|\n")
    for title, line, of in [
            ("limit: bare Beast reply", "beast", ""), ("limit: joined, 10,000 users", "joined", ""),
            ("limit: joined, 1,000/s", "joined rate 1000", ""), ("limit: joined, 10,000/s", "joined rate 10000", ""),
            (f"limit: joined, {users:,} users", "joined million", ""),
            (f"limit: joined, {users:,} users, states keyed at random", "joined random", ""),
            ("**zhuqi**, 64 connections, 10,000 users", "durable", "joined"),
            (f"zhuqi, {users:,} conversations in the database", "million", "joined million"),
            ("zhuqi, 1,000/s", "rate 1000", ""), ("zhuqi, 10,000/s", "rate 10000", ""),
            ("zhuqi, 1,000/s, without slow clients", "slow without", ""), ("zhuqi, 1,000/s, 5,000 slow clients", "slow with", ""),
            ("zhuqi, 10 % retries, pictures, menu views", "mix", "joined"), ("zhuqi, secure mode", "secure", "joined")]:
        out += load_row(f, title, line, of)
    sizes = ", ".join(f"{name} {size}" for name, size in measured["sizes"].items())
    generator = f("durable", "own_us_per_turn")
    out += (f"\nCPU µs/turn by thread, 10,000 users: {threads_line(f)}; the generator itself uses {generator:.1f} "
            f"({f('durable', 'own_cpu_share'):.0%} of a core). The limits write rows of the server's own average lengths, in bytes: {sizes}.\n\n")
    out += sqlite_rows(f, users)
    out += (f"\nEngine, the same walk: {engine['steps_per_s']:,.0f} steps/s (median {engine['step']['p50_us']:.2f} µs, p99 {engine['step']['p99_us']:.2f}), "
            f"state to bytes {engine['serialize']['p50_us']:.2f} µs, back {engine['deserialize']['p50_us']:.2f} µs, "
            f"{engine['snapshot_bytes']:.0f} bytes; a step is {engine['step']['p50_us'] / f('durable', 'server_us_per_turn'):.0%} of a turn's CPU. The {engine['library_places']:,} steps of the shipped dialogs' tests: median {engine['library_step']['p50_us']:.2f} µs, "
            f"p99 {engine['library_step']['p99_us']:.1f}, {engine['library_steps_per_s']:,.0f} steps/s as the mean.\n\n")
    out += (f"Seeding {users:,} conversations took {seed['seconds']:.0f} s; `zhuqi verify`: {' '.join(seed['verify'])}. Start to ready: empty "
            f"{f('start empty', 'ready_ms'):.0f} ms, large {f('start million', 'ready_ms'):.0f} ms, large after kill -9 "
            f"{f('start after crash', 'ready_ms'):.0f} ms. Slow clients: the server closed "
            f"{f('slow crowd', 'closed_by_server'):.0f}, at least {f('slow crowd', 'fewest_open'):.0f} of 5,000 were open at any time.\n")
    return out
