#!/usr/bin/env python3
"""Tests the real binary from outside: HTTP in, HTTP and the database out. Nothing is mocked but the platform and the clock.

    run.py [--bin PATH] [--count 50] [--seed N] [--only WORD]… [--list] [--keep]

--count is how often the repeated rules repeat (SIGTERM under load). --only picks rules whose group or name holds the word.
"""

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crash"))

import rig
import suite

# Imported for the rules they register, in the order in which they run.
import endpoint  # noqa: F401
import vectors  # noqa: F401
import bad_input  # noqa: F401
import dialog  # noqa: F401
import publishing  # noqa: F401
import officials  # noqa: F401
import cases  # noqa: F401
import supervision  # noqa: F401
import attacks  # noqa: F401
import storm  # noqa: F401
import clock_steps  # noqa: F401
import operations  # noqa: F401
import stopping  # noqa: F401
import faults  # noqa: F401


def run_rule(report: rig.Report, env: suite.Environment, group: str, name: str, function) -> None:
    begin = time.monotonic()
    title = f"{group}: {name}"
    try:
        figures = function(env) or ""
        report.rule(title, [], f"{figures}{', ' if figures else ''}{time.monotonic() - begin:.1f} s")
    except suite.Failed as failed:
        report.rule(title, str(failed))
    except suite.Skipped as skipped:
        report.skip(title, str(skipped))
    except Exception:  # the test itself broke, or the server did something no test foresaw
        report.rule(title, traceback.format_exc())
    finally:
        env.close_rule()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10_000))
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    chosen = [r for r in suite.RULES if not args.only or any(w in f"{r[0]}: {r[1]}" for w in args.only)]
    if args.list:
        print("\n".join(f"{group}: {name}" for group, name, _ in chosen))
        return 0
    binary = rig.find_binary(args.bin)
    print(f"{len(chosen)} rules on {binary}, seed {args.seed}", flush=True)
    report = rig.Report()
    with rig.Workspace(args.keep) as folder:
        env = suite.Environment(binary, folder, args.count, args.seed)
        try:
            for group, name, function in chosen:
                run_rule(report, env, group, name, function)
        finally:
            env.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
