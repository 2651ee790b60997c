#!/usr/bin/env python3
"""Holds the sources to the layers of docs/architecture.md.

Reads every C++ file below the given root and reports, one `file:line: [rule] sentence` each:
  layer       an include that goes up or sideways between our folders
  library     a third-party header outside the few files that may see it, directly or through one of our own headers
  pure        a clock, thread, file or environment in dialogs/, which must be a pure function
  include     an include that is not rooted at the repository, does not exist, or a header without #pragma once
  size        a file over 500 lines
  name        a file called utils, helpers, manager, common or misc
  word        a marker of unfinished work, a path of somebody's own machine, or a document that the repository has not
Exit status: 0 clean, 1 findings.
"""

import argparse
import fnmatch
import re
import sys
from pathlib import Path

SOURCE_FOLDERS = ("bot", "dialogs", "storage", "handlers", "tests", "bench")
MAX_LINES = 500

# What each folder may include of ours, besides itself. The longest matching prefix of a file's path decides, and of an
# included path too: "storage" is the port only, "storage/sqlite" has a row of its own.
LAYERS = {
    "bot/base": [],
    "dialogs": ["bot/base"],
    "storage": ["dialogs", "bot/base"],
    "storage/memory": ["storage", "dialogs", "bot/base"],
    "storage/sqlite": ["storage", "dialogs", "bot/base"],
    "storage/postgres": ["storage", "dialogs", "bot/base", "bot/runtime"],
    "storage/documents": ["storage", "dialogs", "bot/base"],
    "bot/runtime": ["bot/base"],
    "bot/staff": ["storage", "bot/base"],
    "bot/pipeline": ["storage", "dialogs", "bot/staff", "bot/runtime", "bot/base"],
    "handlers": ["bot/pipeline", "storage", "dialogs", "bot/runtime", "bot/base"],
    "handlers/*": ["handlers", "handlers/channel", "bot/staff", "bot/pipeline", "storage", "dialogs", "bot/runtime", "bot/base"],
    "bot/app": ["*"],
    "tests": ["*"],
    "bench": ["*"],
}

# (included header, who may include it, whether the rule also holds for what arrives through our own headers)
LIBRARIES = [
    ("boost/beast*", ["bot/runtime/*", "tests/*", "bench/*"], True),
    ("boost/asio*", ["bot/runtime/*", "bot/app/*", "tests/*", "bench/*"], False),
    ("SQLiteCpp/*", ["storage/sqlite/*", "tests/*", "bench/*"], True),
    ("sqlite3.h", ["storage/sqlite/*", "tests/*", "bench/*"], True),
    ("libpq-fe.h", ["storage/postgres/*"], True),
    ("httplib.h", ["bot/runtime/http_client*", "tests/*", "bench/*"], True),
    ("yaml-cpp/*", ["dialogs/*_yaml.cpp", "bot/app/config*"], True),
    ("nlohmann/*", ["bot/base/json.hpp"], False),
    ("pugixml.hpp", ["handlers/*.cpp"], True),
    ("re2/*", ["dialogs/cel/regex.cpp"], True),
    ("unicode/*", ["bot/base/*.cpp", "dialogs/*.cpp"], True),
    ("openssl/*", ["bot/base/*.cpp", "bot/runtime/*.cpp", "handlers/channel/envelope.cpp", "storage/*.cpp", "tests/*", "bench/*"],
     True),
    ("sodium*", ["bot/staff/*.cpp"], True),
    ("xlsxwriter.h", ["handlers/console/spreadsheet.cpp"], True),
    ("spdlog/*", ["bot/runtime/*.cpp"], True),
    ("prometheus/*", ["bot/runtime/*.cpp"], True),
    ("systemd/*", ["bot/runtime/*.cpp", "bot/app/*.cpp"], True),
    ("catch2/*", ["tests/*"], True),
    ("rapidcheck*", ["tests/*"], True),
]

# JSON is a wire format: in the pure heart only the files that read and write it may know it, directly or not.
JSON_DOOR = "bot/base/json.hpp"
JSON_IN_DIALOGS = "dialogs/*_json.[ch]pp"

IMPURE_HEADERS = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch", "barrier", "stop_token",
    "fstream", "filesystem", "iostream", "random", "ctime", "csignal", "unistd.h", "sys/stat.h", "time.h",
}
IMPURE_CALLS = re.compile(
    r"\b(system_clock|steady_clock|high_resolution_clock|getenv|std::time\s*\(|std::rand\s*\(|std::thread|co_await|co_yield)")

FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|(?<!service_)managers?|common|misc)\.[ch]pp$")
FORBIDDEN_WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?<![\w./])/(work|home|Users)/\w")
DOCUMENT = re.compile(r"\b[\w-]+\.md\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")')
LINE_COMMENT = re.compile(r"//.*$")


class source:
    def __init__(self, root, path):
        self.path = path
        self.lines = (root / path).read_text(encoding="utf-8").splitlines()
        self.own, self.foreign = [], []  # (line number, header)
        for number, line in enumerate(self.lines, 1):
            found = INCLUDE.match(line)
            if found and found[3]:
                self.own.append((number, found[3]))
            elif found:
                self.foreign.append((number, found[2]))


def layer_of(path):
    """The longest row of LAYERS that covers the file."""
    folder = path.rpartition("/")[0]
    fits = [row for row in LAYERS if folder == row or folder.startswith(row + "/")]
    if folder.startswith("handlers/"):
        return "/".join(folder.split("/")[:2])
    return max(fits, key=len, default=None)


def allowed_below(layer):
    return LAYERS["handlers/*" if layer.startswith("handlers/") else layer]


def matches(path, patterns):
    return any(fnmatch.fnmatchcase(path, p) for p in patterns)


def check_layers(file, findings):
    layer = layer_of(file.path)
    if layer is None:
        findings.append((file.path, 1, "layer", "this folder has no row in LAYERS; give it one"))
        return
    below = allowed_below(layer)
    for number, header in file.own:
        target = layer_of(header)
        if target in (None, layer) or below == ["*"] or target in below:
            continue
        findings.append((file.path, number, "layer", f"{layer} may not include {target} ({header})"))


def reach(start, files):
    """Every third-party header and own header that `start` sees through our own headers, with the first hop's line."""
    seen, todo = {}, [(number, header) for number, header in start.own]
    while todo:
        number, header = todo.pop()
        if header in seen or header not in files:
            continue
        seen[header] = number
        todo += [(number, inner) for _, inner in files[header].own]
    foreign = {}
    for header, number in seen.items():
        for _, name in files[header].foreign:
            foreign.setdefault(name, (number, header))
    return seen, foreign


def check_libraries(file, files, findings):
    seen, indirect = reach(file, files)
    for pattern, owners, also_indirect in LIBRARIES:
        if matches(file.path, owners):
            continue
        for number, header in file.foreign:
            if fnmatch.fnmatchcase(header, pattern):
                findings.append((file.path, number, "library", f"<{header}> belongs in {', '.join(owners)}"))
        for header, (number, via) in indirect.items():
            if also_indirect and fnmatch.fnmatchcase(header, pattern):
                findings.append((file.path, number, "library", f"<{header}> arrives through {via}"))
    if file.path.startswith("dialogs/") and not fnmatch.fnmatchcase(file.path, JSON_IN_DIALOGS):
        number = dict((h, n) for n, h in file.own).get(JSON_DOOR) or seen.get(JSON_DOOR)
        if number:
            findings.append((file.path, number, "library", f"in dialogs/ only *_json files may see {JSON_DOOR}"))


def check_purity(file, findings):
    if not file.path.startswith("dialogs/"):
        return
    for number, header in file.foreign:
        if header in IMPURE_HEADERS or header.startswith("boost/asio"):
            findings.append((file.path, number, "pure", f"dialogs/ is a pure function: no <{header}>"))
    for number, line in enumerate(file.lines, 1):
        found = IMPURE_CALLS.search(LINE_COMMENT.sub("", line))
        if found:
            findings.append((file.path, number, "pure", f"dialogs/ is a pure function: no {found[0]}"))


def check_form(file, files, documents, findings):
    if file.path.endswith(".hpp") and not any(line.strip() == "#pragma once" for line in file.lines[:5]):
        findings.append((file.path, 1, "include", "a header starts with #pragma once"))
    for number, header in file.own:
        if header not in files:
            findings.append((file.path, number, "include", f'"{header}" is no file of the repository, rooted at its top'))
    if len(file.lines) > MAX_LINES:
        findings.append((file.path, MAX_LINES + 1, "size", f"{len(file.lines)} lines; split it (at most {MAX_LINES})"))
    if FORBIDDEN_NAMES.search(file.path):
        findings.append((file.path, 1, "name", "say what the file is about; this name attracts everything"))
    for number, line in enumerate(file.lines, 1):
        found = FORBIDDEN_WORDS.search(line)
        if found:
            findings.append((file.path, number, "word", f"{found[0]!r} does not belong in a finished tree"))
        for name in set(DOCUMENT.findall(line)) - documents:
            findings.append((file.path, number, "word", f"{name} is no document of the repository; say what it says"))


def check(root):
    paths = [p for folder in SOURCE_FOLDERS for p in sorted((root / folder).rglob("*.[ch]pp"))]
    # The reproducers are bad programs on purpose.
    names = [str(p.relative_to(root)) for p in paths if "tests/lint/gcc12/" not in str(p)]
    files = {name: source(root, name) for name in names}
    documents = {p.name for folder in ("", "docs", "docs/decisions", "bench") for p in (root / folder).glob("*.md")}
    findings = []
    for file in files.values():
        check_layers(file, findings)
        check_libraries(file, files, findings)
        check_purity(file, findings)
        check_form(file, files, documents, findings)
    return sorted(set(findings)), len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).resolve().parents[2])
    findings, count = check(parser.parse_args().root)
    for path, number, rule, sentence in findings:
        print(f"{path}:{number}: [{rule}] {sentence}")
    print(f"{count} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
