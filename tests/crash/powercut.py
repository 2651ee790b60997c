#!/usr/bin/env python3
"""Pulls the plug, a hundred times: proves that what was acknowledged survives a power cut, which kill -9 cannot prove.

    powercut.py [--bin PATH] [--images 100] [--seed N] [--control]

The data folder lies on an ext4 file system inside an image file, which lies on XFS. `cp --reflink=always` copies that image
atomically while the server runs: what is in the copy is what the disk held at that moment, and nothing of what only memory
held. Each copy is mounted (the journal recovers, as after a power cut) and judged by the oracle, which demands every message
that was acknowledged before the copying began.

--control runs a server that syncs too little (ZHUQI_TEST_SYNCHRONOUS=NORMAL) and succeeds only if the oracle finds lost
messages: else this rig would prove nothing. Needs root, loop devices and xfsprogs; says so and skips where they are missing.
"""

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

import oracle
import rig
from load import Load, Plan, accounts

NEEDED = ["mkfs.xfs", "mkfs.ext4", "losetup", "mount", "umount", "cp"]
OUTER_BYTES = 6 << 30  # sparse; grows with what the images do not share
INNER_BYTES = 512 << 20


def call(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class Mounts:
    """Loop mounts that are all gone at the end, newest first."""

    def __init__(self):
        self.points: list[Path] = []

    def mount(self, image: Path, point: Path) -> Path:
        point.mkdir(parents=True, exist_ok=True)
        call("mount", "-o", "loop", str(image), str(point))
        self.points.append(point)
        return point

    def unmount(self, point: Path) -> None:
        for _ in range(50):
            with contextlib.suppress(RuntimeError):
                call("umount", str(point))
                self.points.remove(point)
                return
            time.sleep(0.1)
        call("umount", "-l", str(point))
        self.points.remove(point)

    def close(self) -> None:
        for point in reversed(list(self.points)):
            with contextlib.suppress(RuntimeError):
                self.unmount(point)


def make_sparse(path: Path, size: int) -> None:
    with open(path, "wb") as out:
        out.truncate(size)


def prepare(mounts: Mounts, folder: Path) -> tuple:
    """(folder on XFS, image file of the inner file system, folder inside it)"""
    outer = folder / "outer.img"
    make_sparse(outer, OUTER_BYTES)
    call("mkfs.xfs", "-q", "-m", "reflink=1", str(outer))
    shelf = mounts.mount(outer, folder / "outer")
    inner = shelf / "inner.img"
    make_sparse(inner, INNER_BYTES)
    call("mkfs.ext4", "-q", "-F", str(inner))
    disk = mounts.mount(inner, folder / "disk")
    probe = shelf / "probe"
    call("cp", "--reflink=always", str(inner), str(probe))
    probe.unlink()
    return shelf, inner, disk


def why_not() -> str:
    """What this machine lacks, "" where the rig can run."""
    if os.geteuid() != 0:
        return "needs root (loop mounts)"
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        return f"needs {', '.join(missing)} (apt-get install xfsprogs e2fsprogs)"
    if not Path("/dev/loop-control").exists():
        return "needs loop devices"
    return ""


def take_images(args, service: rig.Service, load: Load, shelf: Path, inner: Path, dice: random.Random) -> list:
    """[(image, moment before copying)]"""
    images = []
    for n in range(args.images):
        time.sleep(dice.uniform(0.02, 0.45))
        image = shelf / f"cut{n:04d}.img"
        moment = time.monotonic()
        call("cp", "--reflink=always", str(inner), str(image))
        images.append((image, moment))
        if not service.running():
            raise RuntimeError("the server ended under load:\n" + "\n".join(service.lines[-10:]))
        if (n + 1) % 20 == 0:
            print(f"     {n + 1} images, {load.acked()} acks", flush=True)
    return images


def judge_images(mounts: Mounts, images: list, history: Path, folder: Path) -> dict:
    """image name → findings"""
    bad = {}
    for n, (image, moment) in enumerate(images):
        point = mounts.mount(image, folder / "cut")
        findings, _ = oracle.judge(history, point / "service/data/zhuqi.db", moment)
        mounts.unmount(point)
        image.unlink()
        if findings:
            bad[image.name] = findings
        if (n + 1) % 20 == 0:
            print(f"     {n + 1} images judged, {len(bad)} with findings", flush=True)
    return bad


def run(args, mounts: Mounts, folder: Path, report: rig.Report) -> None:
    shelf, inner, disk = prepare(mounts, folder)
    env = {"ZHUQI_TEST_SYNCHRONOUS": "NORMAL"} if args.control else {}
    service = rig.Service(args.binary, [a.config() for a in accounts()], disk / "service", env=env,
                          config={"log_level": "info"})
    dice = random.Random(args.seed)
    try:
        # The schema reaches the disk when the first process ends, so that what an image lacks are messages, not the database.
        service.start()
        service.stop()
        service.start()
        load = Load(Plan(seed=args.seed, rate=args.rate), accounts(), lambda: service.port)
        load.start()
        time.sleep(1.0)
        images = take_images(args, service, load, shelf, inner, dice)
        load.stop()
        service.stop()
    finally:
        service.ensure_dead()
    history = folder / "history.jsonl"
    load.write_history(history)
    bad = judge_images(mounts, images, history, folder)
    lost = sum(1 for findings in bad.values() if any(line.startswith("LOST") for line in findings))
    figures = f"{len(images)} images, {load.acked()} acks, {lost} images lost acknowledged messages"
    if args.control:
        report.rule("a server that does not sync before it answers is caught losing messages",
                    [] if lost else ["no image lost anything, so a clean run of this rig proves nothing"], figures)
    else:
        report.rule("after a power cut at any moment every acknowledged message is there, exactly once and in order",
                    [f"{name}: {line}" for name, found in bad.items() for line in found[:3]], figures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin")
    parser.add_argument("--images", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 100_000))
    parser.add_argument("--rate", type=float, default=300.0)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    report = rig.Report()
    lacking = why_not()
    if lacking:
        report.skip("power cuts", lacking)
        return report.close()
    args.binary = rig.find_binary(args.bin)
    kind = "synchronous=NORMAL (control)" if args.control else "the shipped settings"
    print(f"{args.images} power cuts of {args.binary} with {kind}, seed {args.seed}", flush=True)
    with rig.Workspace(args.keep) as folder:
        mounts = Mounts()
        try:
            run(args, mounts, folder, report)
        finally:
            mounts.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
