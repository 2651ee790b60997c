#!/usr/bin/env python3
"""Kills the server with SIGKILL in the middle of its load, again and again, and proves that nothing acknowledged was lost.

    run.py [--bin PATH] [--kills 50] [--seed N]

The first half of the kills hits a server that binds its port itself (a restart leaves a moment in which connections are
refused), the second half one whose listening socket is held by its parent, as systemd does: then every message must be
answered within the platform's three tries. kill -9 does not prove durability against power loss; powercut.py does.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

import oracle
import rig
from load import Load, Plan, accounts

READY_P99 = 2.0  # seconds from exec to listening
READY_MAX = 5.0
LEAST_RATE = 200.0  # messages per second, or the kills hit an idle server


class Cycle:
    """Kills and restarts one service under one load."""

    def __init__(self, service: rig.Service, plan: Plan, dice: random.Random):
        self.service, self.dice = service, dice
        self.load = Load(plan, accounts(), lambda: service.want_port)
        self.early = 0

    def run(self, kills: int, label: str) -> None:
        self.service.start()
        self.load.start()
        for n in range(1, kills + 1):
            time.sleep(self.dice.uniform(0.15, 1.8))
            self.service.kill()
            while self.dice.random() < 0.15:  # and sometimes while it recovers
                self.service.spawn()
                time.sleep(self.dice.uniform(0.0, 0.15))
                self.service.kill()
                self.early += 1
            self.service.start()
            if n % 5 == 0 or n == kills:
                print(f"     {label}: {n} kills (+{self.early} during recovery), {self.load.acked()} acks, "
                      f"last restart {self.service.restart_seconds[-1]:.2f} s", flush=True)
        time.sleep(0.3)
        self.load.stop()
        self.seconds = time.monotonic() - self.load.begun


def report_cycle(report: rig.Report, label: str, cycle: Cycle, answered: str) -> None:
    messages = {(a["channel"], a["user"], a["msg"]) for a in cycle.load.history}
    rate = len(messages) / cycle.seconds
    slow = [] if rate >= LEAST_RATE else [f"{rate:.0f} messages/s, at least {LEAST_RATE:.0f} are needed"]
    report.rule(f"the load is heavy enough to be hit in the middle ({label})", slow,
                f"{rate:.0f} messages/s, {len(cycle.load.history)} attempts")
    lost = cycle.load.unanswered
    if answered == "all":
        report.rule("with the listening socket held across the crash, every message is answered within its three tries",
                    [f"message {m.msg} of {m.user} on {m.account.id}" for m in lost])
    else:
        print(f"     {len(lost)} messages used up their tries while the port was closed ({label})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 100_000))
    parser.add_argument("--rate", type=float, default=400.0, help="messages per second offered")
    parser.add_argument("--keep", action="store_true", help="keep the data folder and the history")
    args = parser.parse_args()
    binary = rig.find_binary(args.bin)
    dice = random.Random(args.seed)
    print(f"{args.kills} kills of {binary}, seed {args.seed}", flush=True)
    report = rig.Report()
    with rig.Workspace(args.keep) as folder:
        channels = [a.config() for a in accounts()]
        held = rig.held_socket()
        bound = rig.Service(binary, channels, folder, port=rig.free_port(), config={"log_level": "info"})
        kept = rig.Service(binary, channels, folder, port=held.getsockname()[1], held=held, config={"log_level": "info"})
        first = Cycle(bound, Plan(seed=args.seed, rate=args.rate), dice)
        second = Cycle(kept, Plan(seed=args.seed + 1, rate=args.rate), dice)
        try:
            first.run(args.kills // 2, "own socket")
            first_exit = bound.stop()
            second.run(args.kills - args.kills // 2, "held socket")
            second_exit = kept.stop()
        finally:
            bound.ensure_dead()
            kept.ensure_dead()
        report_cycle(report, "own socket", first, "some")
        report_cycle(report, "held socket", second, "all")
        report.rule("SIGTERM after all kills exits with 0",
                    [f"exit codes {first_exit}, {second_exit}"] if first_exit or second_exit else [])

        times = bound.restart_seconds[1:] + kept.restart_seconds[1:]
        p99, worst = rig.percentile(times, 0.99), max(times)
        report.rule(f"a killed server listens again within {READY_P99} s (p99) and {READY_MAX} s (max)",
                    [f"p99 {p99:.2f} s, max {worst:.2f} s"] if p99 > READY_P99 or worst > READY_MAX else [],
                    f"median {rig.percentile(times, 0.5):.3f} s, p99 {p99:.3f} s, max {worst:.3f} s, "
                    f"load average {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores")
        first.load.history += second.load.history
        history = folder / "history.jsonl"
        first.load.write_history(history)
        findings, figures = oracle.judge(history, bound.database)
        report.rule("every acknowledged message is stored exactly once, in order, beside the reply it was answered with",
                    findings, ", ".join(f"{v} {k}" for k, v in figures.items()))
        verify = bound.run_command("verify", "--data", str(bound.data), "--json")
        report.rule("zhuqi verify finds nothing wrong", [] if verify.returncode == 0 else
                    [f"exit {verify.returncode}", verify.stdout[-1500:], verify.stderr[-1500:]])
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
