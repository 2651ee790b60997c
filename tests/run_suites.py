#!/usr/bin/env python3
"""Builds and runs the test suites, one after the other, and closes with a line `N passed, N failed`.

Each step's output goes to out/<suite>.log; of a failing step the end is shown. A step counts as one check, or as many as
its own closing line says (ctest's, or `N passed, N failed`). A suite whose build fails is one failed check, and the others still run.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out"
NPM = ["scripts/with-node", "npm"]
BINARY = "build/release/bot/app/zhuqi"
JOBS = str(max(2, os.cpu_count() or 2))
TAIL_LINES = 60
FUZZ_SECONDS = 60  # for all targets together

CTEST_SUM = re.compile(r"\d+% tests passed, (\d+) tests? failed out of (\d+)")
PLAIN_SUM = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)  # our own runners in Python and JavaScript


@dataclass
class step:
    """One command. `builds` tells that it proves nothing by itself and counts only when it fails."""
    name: str
    command: list
    builds: bool = False
    limit: int = 1800  # seconds


def build(preset, *targets):
    return [
        step(f"configure {preset}", ["cmake", "--preset", preset], builds=True),
        step(f"build {preset}", ["cmake", "--build", f"build/{preset}", "-j", JOBS, *(["--target", *targets] if targets else [])],
             builds=True, limit=3600),
    ]


def ctest(preset, *selection):
    return step(f"ctest {preset}", ["ctest", "--test-dir", f"build/{preset}", "--output-on-failure", "--no-tests=error",
                                    "-j", JOBS, *selection])


def lint():
    return [step("configure lint", ["cmake", "--preset", "lint"], builds=True), ctest("lint", "-L", "^lint$")]


def unit():
    return [*build("asan"), ctest("asan", "-L", "^unit$")]


def threads():
    return [*build("tsan", "threaded_tests"), ctest("tsan", "-L", "^threaded$")]


def web():
    steps = [step("npm ci", [*NPM, "--prefix", "web", "ci"], builds=True),
             step("check types", [*NPM, "--prefix", "web", "run", "check"]),
             step("unit tests", [*NPM, "--prefix", "web", "test"]),
             step("build", [*NPM, "--prefix", "web", "run", "build"], builds=True)]
    return steps


def release():
    return [*build("release", "zhuqi"),
            step("the binary starts", [BINARY, "--version"]),
            step("no key is undocumented", [BINARY, "check-config", "--keys"])]


def functional():
    return [step("script check", [BINARY, "script", "check", "dialogs/library"]),
            step("script test", [BINARY, "script", "test", "dialogs/library"]),
            step("functional", ["python3", "tests/functional/run.py", "--bin", BINARY])]


def differential():
    return [step("npm ci", [*NPM, "--prefix", "tests/differential/cel", "ci"], builds=True),
            step("expressions", ["env", "TZ=UTC", "scripts/with-node", "node", "tests/differential/cel/compare.mjs", "--bin", BINARY,
                                  "--count", "40000"])]


def crash():
    return [step("oracle", ["python3", "tests/crash/oracle_test.py"]),
            step("kill -9", ["python3", "tests/crash/run.py", "--bin", BINARY])]


def powercut():
    return [step("power cuts", ["python3", "tests/crash/powercut.py", "--bin", BINARY]),
            step("control that must lose", ["python3", "tests/crash/powercut.py", "--bin", BINARY, "--images", "20", "--control"])]


def browser():
    return [step("npm ci", [*NPM, "--prefix", "tests/browser", "ci"], builds=True),
            step("browser", ["env", f"ZHUQI_BIN={ROOT / BINARY}", "scripts/with-node", "node", "tests/browser/run.mjs"]),
            step("console", ["env", f"ZHUQI_BIN={ROOT / BINARY}", "scripts/with-node", "node", "tests/browser/console.mjs"])]


def fuzz():
    subjects = sorted(path.stem for path in (ROOT / "tests/fuzz").glob("*.cpp"))
    seconds = FUZZ_SECONDS // max(1, len(subjects))
    steps = build("fuzz", *(f"fuzz_{subject}" for subject in subjects))
    for subject in subjects:
        found = OUT / "corpus" / subject  # libFuzzer adds to the first folder and only reads the second
        found.mkdir(parents=True, exist_ok=True)
        steps.append(step(f"fuzz {subject} for {seconds} s", [
            f"build/fuzz/tests/fuzz/fuzz_{subject}", f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
            f"-artifact_prefix={OUT}/{subject}-", "-print_final_stats=1", str(found), f"tests/fuzz/corpus/{subject}"]))
    return steps


# name: (steps, what it proves)
SUITES = {
    "lint": (lint, "layers, layout, clang-tidy, and the coroutine shapes that g++ 12 miscompiles"),
    "web": (web, "the pages' types and unit tests; builds the pages that the binary carries"),
    "release": (release, "the shipped binary builds with clang-16, without precompiled headers, warnings as errors"),
    "unit": (unit, "unit and store contract tests, g++ with AddressSanitizer and UBSan"),
    "threads": (threads, "runtime, pipeline and stores under ThreadSanitizer"),
    "functional": (functional, "the shipped dialogs' own tests, and the real binary on random ports, with a fake platform"),
    "differential": (differential, "40,000 random expressions give the same as another implementation of CEL"),
    "crash": (crash, "kill -9 under load: nothing acknowledged is lost or doubled"),
    "powercut": (powercut, "images of the disk in mid-load, as after a power cut; only when named (root, loop devices, xfsprogs)"),
    "browser": (browser, "the web chat and the officials' console in a real browser"),
    "fuzz": (fuzz, f"every decoder under libFuzzer, {FUZZ_SECONDS} s together"),
}
ON_REQUEST = {"powercut"}


def run(command, log, limit):
    """Exit status of the command; its whole process group ends with it."""
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                               start_new_session=True)
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        log.write(f"\nstopped after {limit} s\n".encode())
        return 124
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def count(done, status, output):
    """(passed, failed) of a finished step."""
    for pattern, order in ((CTEST_SUM, lambda failed, total: (total - failed, failed)), (PLAIN_SUM, lambda p, f: (p, f))):
        sums = pattern.findall(output)
        if sums:
            good, bad = order(*map(int, sums[-1]))
            return good, bad or int(status != 0)
    if status != 0:
        return 0, 1
    return (0, 0) if done.builds else (1, 0)


def run_suite(name):
    """(passed, failed) of one suite. It ends with its first failing step, since the later ones stand on it."""
    passed = failed = 0
    with open(OUT / f"{name}.log", "w+b") as log:
        for todo in SUITES[name][0]():
            start, began = log.tell(), time.monotonic()
            log.write(f"### {todo.name}: {' '.join(todo.command)}\n".encode())
            log.flush()
            try:
                status = run(todo.command, log, todo.limit)
            except OSError as error:
                log.write(f"{error}\n".encode())
                status = 127
            log.seek(start)
            output = log.read().decode("utf-8", "replace")
            good, bad = count(todo, status, output)
            passed, failed = passed + good, failed + bad
            print(f"  {'ok  ' if status == 0 else 'FAIL'} {todo.name} ({time.monotonic() - began:.0f} s)", flush=True)
            if status != 0:
                print("\n".join("       " + line for line in output.splitlines()[-TAIL_LINES:]), flush=True)
                break
    return passed, failed


def main():
    parser = argparse.ArgumentParser(prog="scripts/test", description="Runs the tests. Without names, all suites but those that say so.")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--list", action="store_true", help="say what each suite proves")
    options = parser.parse_args()
    if options.list:
        for name, (_, meaning) in SUITES.items():
            print(f"{name:11} {meaning}")
        return 0
    unknown = [name for name in options.suites if name not in SUITES]
    if unknown:
        parser.error(f"no suite called {', '.join(unknown)}; there are {', '.join(SUITES)}")
    OUT.mkdir(exist_ok=True)
    if shutil.which("ccache"):
        subprocess.run(["ccache", "--zero-stats"], stdout=subprocess.DEVNULL, check=False)

    began, passed, failed, broken = time.monotonic(), 0, 0, []
    # In the order of the table: later suites use what earlier ones built.
    for name in [n for n in SUITES if n in (options.suites or SUITES.keys() - ON_REQUEST)]:
        print(f"{name}: {SUITES[name][1]}", flush=True)
        good, bad = run_suite(name)
        passed, failed = passed + good, failed + bad
        if bad:
            broken.append(name)
    if broken:
        print(f"failed: {', '.join(broken)}; the whole output is in out/<suite>.log")
    print(f"{time.monotonic() - began:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
