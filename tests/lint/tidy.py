#!/usr/bin/env python3
"""Runs clang-tidy over every .cpp of ours and remembers what was clean.

A file is checked again only when its preprocessed text, its flags or .clang-tidy changed: the record of clean files lies
in $XDG_CACHE_HOME/zhuqi/tidy, so that a fresh clone on the same machine profits too. Exit status 1 on findings.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot/", "dialogs/", "storage/", "handlers/", "tests/", "bench/")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhuqi/tidy"
# Catch2's macros expand to code that no name rule or complexity rule of ours is about.
TEST_CHECKS = "-readability-function-size,-bugprone-unused-return-value,-bugprone-use-after-move"


def sources(database):
    for entry in json.loads((Path(database) / "compile_commands.json").read_text()):
        path = Path(entry["file"])
        if path.is_relative_to(ROOT) and str(path.relative_to(ROOT)).startswith(OURS):
            yield path, entry


def fingerprint(path, entry, rules):
    """Changes with whatever could change clang-tidy's verdict; None where the file does not even preprocess."""
    words = shlex.split(entry["command"])
    start = next(i for i, word in enumerate(words) if "clang" in Path(word).name)
    flags = [w for w in words[start + 1:]]
    output = flags.index("-o")
    del flags[output:output + 2]
    run = subprocess.run([words[start], *flags, "-E", "-P", "-w"], cwd=entry["directory"], capture_output=True)
    if run.returncode:
        return None
    # -P drops comments; NOLINT lives in them, so the text of our own file counts as well.
    parts = [rules, run.stdout, path.read_bytes(), TEST_CHECKS.encode(), b"1"]
    return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()


def tidy(database, path, entry, rules):
    """(whether it was checked now, what clang-tidy said; "" = clean)."""
    mark = fingerprint(path, entry, rules)
    if mark and (CACHE / mark).exists():
        return False, ""
    extra = [f"--checks={TEST_CHECKS}"] if path.is_relative_to(ROOT / "tests") else []
    run = subprocess.run(["clang-tidy-16", "--quiet", f"-p={database}", *extra, str(path)],
                         capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode:
        return True, run.stdout + ("" if "warnings generated" in run.stderr else run.stderr)
    if mark:
        (CACHE / mark).touch()
    return True, ""


def share(paths, recent=60, part=5):
    """What a machine that remembers nothing checks within its time: the files of the last commits, and every fifth of the others, another
    fifth with each commit. A machine with a cache checks all."""
    log = subprocess.run(["git", "log", f"-n{recent}", "--name-only", "--format=%H"], cwd=ROOT, capture_output=True, text=True)
    lines = log.stdout.split()
    if log.returncode or not lines:
        return set(paths)
    turn = int(lines[0][:8], 16) % part
    names = {path: str(path.relative_to(ROOT)) for path in paths}
    return {path for path, name in names.items()
            if name in lines or int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % part == turn}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-p", "--database", default=ROOT / "build/lint", help="folder of compile_commands.json (clang's)")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("files", nargs="*", type=Path, help="only these (default: all)")
    options = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    rules = (ROOT / ".clang-tidy").read_bytes()
    only = {path.resolve() for path in options.files}
    todo = [(path, entry) for path, entry in sources(options.database) if not only or path in only]
    if os.environ.get("CI") and not only and not any(CACHE.iterdir()):
        chosen = share([path for path, _ in todo])
        print(f"nothing is remembered here: {len(chosen)} of {len(todo)} files, those of the last commits and a share of the others")
        todo = [(path, entry) for path, entry in todo if path in chosen]
    checked = bad = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for now, said in pool.map(lambda item: tidy(options.database, *item, rules), todo):
            checked += now
            bad += bool(said)
            if said:
                print(said.rstrip())
    print(f"{len(todo)} files, {checked} checked now, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
