#!/usr/bin/env python3
"""Finds the coroutine code that g++ 12 miscompiles, with clang-query over the syntax tree.

g++ 12 destroys some temporaries of a full-expression with co_await twice, or too early. Four matchers find the shapes;
tests/lint/gcc12/ has a program for each, and the correct way to write it. Every file with a co_await is checked.
  coroutines.py             checks the repository; exit status 1 on findings
  coroutines.py --self-test checks the matchers on tests/lint/gcc12, and that g++ 12 really breaks what they flag
"""

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/lint/gcc12"
FOLDERS = ("bot", "dialogs", "storage", "handlers", "tests", "bench")

# name: (matcher, what to write instead)
RULES = {
    "lambda_inside_await": (
        "lambdaExpr(isExpansionInMainFile(), hasAncestor(coawaitExpr()))",
        "name the lambda, then co_await with std::move of it; better, a named coroutine that takes values"),
    "lambda_beside_await": (
        "callExpr(isExpansionInMainFile(),"
        " hasAnyArgument(anyOf(coawaitExpr(), hasDescendant(coawaitExpr(unless(hasAncestor(lambdaExpr())))))),"
        " hasAnyArgument(anyOf(lambdaExpr(), hasDescendant(lambdaExpr()))))",
        "await into a named value, name the lambda, then call"),
    "aggregate_with_await": (
        "exprWithCleanups(isExpansionInMainFile(), hasDescendant(coawaitExpr()),"
        " hasDescendant(initListExpr(hasType(cxxRecordDecl()))))",
        "name the aggregate and std::move it, or give the type a constructor"),
    "conditional_with_await": (
        "conditionalOperator(isExpansionInMainFile(), anyOf(hasDescendant(coawaitExpr()), hasAncestor(coawaitExpr())))",
        "use if and else"),
}

PLACE = re.compile(r'^(/[^:]+):(\d+):\d+: note: "root" binds here')
END_OF_RULE = re.compile(r"^\d+ match(es)?\.$")


def query(path, *, before=(), after=()):
    """[(line, rule)] for one file; `before` and `after` are arguments of clang-query around its name."""
    with tempfile.NamedTemporaryFile("w", suffix=".query") as script:
        for matcher, _ in RULES.values():
            script.write(f"match {matcher}\n")
        script.flush()
        run = subprocess.run(["clang-query-16", "-f", script.name, *before, str(path), *after],
                             capture_output=True, text=True, stdin=subprocess.DEVNULL)
    rules, findings = list(RULES), set()
    for line in run.stdout.splitlines():
        place = PLACE.match(line)
        if place:
            findings.add((int(place[2]), rules[0]))
        elif END_OF_RULE.match(line):
            rules.pop(0)
    # Errors of the compiler leave holes in the tree, and a hole has no findings.
    if rules or run.returncode or "error:" in run.stderr:
        raise RuntimeError(f"clang-query could not read {path}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return sorted(findings)


def check(database, jobs):
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.[ch]pp"))
             if CASES not in path.parents and re.search(r"\bco_await\b", path.read_text(encoding="utf-8"))]
    count = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for path, findings in zip(files, pool.map(lambda p: query(p, before=[f"-p={database}"]), files)):
            for line, rule in findings:
                count += 1
                print(f"{path.relative_to(ROOT)}:{line}: [{rule}] g++ 12 miscompiles this; {RULES[rule][1]}")
    print(f"{len(files)} files with co_await, {count} findings")
    return count == 0


def misbehaves(path):
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/case"
        subprocess.run(["g++", "-std=c++20", "-w", "-O1", "-fsanitize=address", str(path), "-o", program], check=True)
        return subprocess.run([program], capture_output=True).returncode != 0


def gcc_is_12():
    version = subprocess.run(["g++", "-dumpversion"], capture_output=True, text=True, check=True).stdout
    return version.split(".")[0].strip() == "12"


def self_test():
    failures = []
    for path in sorted(CASES.glob("*.cpp")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = re.match(r"// Rule (\w+):", first)
        expected = {named[1]} if named else set()
        found = {rule for _, rule in query(path, after=["--", "-std=c++20"])}
        if not (expected <= found if expected else not found):
            failures.append(f"{path.name}: flagged by {found or 'nothing'}, expected {expected or 'nothing'}")
        if gcc_is_12() and misbehaves(path) != bool(expected):
            failures.append(f"{path.name}: g++ 12 compiles this {'correctly' if expected else 'wrongly'} after all")
    unproved = set(RULES) - {m for p in CASES.glob("*.cpp") for m in re.findall(r"^// Rule (\w+):", p.read_text())}
    failures += [f"rule {rule} has no reproducer" for rule in unproved]
    for failure in failures:
        print(failure)
    print(f"{len(list(CASES.glob('*.cpp')))} cases, {len(failures)} failures")
    return not failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("-p", "--database", default=ROOT / "build/lint", help="folder of compile_commands.json (clang's)")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    options = parser.parse_args()
    return 0 if (self_test() if options.self_test else check(options.database, options.jobs)) else 1


if __name__ == "__main__":
    sys.exit(main())
