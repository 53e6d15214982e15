"""Fuzz everything that reads what is foreign, each target for some seconds.

    python -m benchmarks.fuzz [--seconds 60] [--seed 0] [--keep FOLDER] [TARGET ...]

An input is a flaw where it ends in an error that is not one of ours, takes more than 2 s of processor time,
needs more than 300 MiB besides what a process has before its first input, or kills the process. What was
slow is tried again by itself before it is believed: a busy machine lets processor time pass as well. A flaw is
made smaller, kept in FOLDER and printed. What was found is in the tests. The same seed tries the same inputs.
"""

import argparse
import hashlib
import logging
import resource
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.fuzz.mutation import inputs, smaller
from benchmarks.fuzz.targets import TARGETS, Target
from digest.workers import WorkerFailure, Workers

LIMIT_S = 2.0
_SLOW = "took longer"
_TRIES = 2
"""How often an input must be slow by itself, beside the first time."""
_MEBIBYTE = 1024 * 1024
MEMORY = 300 * _MEBIBYTE


def main() -> int:
    """Print a line a target, and each flaw; the exit code is 1 where there was any."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    given = parser.parse_args()
    logging.getLogger("digest").setLevel(logging.CRITICAL)
    flaws = 0
    for name in given.targets:
        flaws += fuzz(name, TARGETS[name], given.seconds, given.seed, given.keep)
    return bool(flaws)


def fuzz(name: str, target: Target, seconds: float, seed: int, folder: Path) -> int:
    """Fuzz one target; return how many kinds of flaws were found."""
    end = time.monotonic() + seconds
    tried: list[bytes] = []
    found: dict[str, bytes] = {}

    def source() -> Iterator[bytes]:
        for data in inputs(target.seeds(), target.words, seed):
            if time.monotonic() > end:
                return
            tried.append(data)
            yield data

    with _workers(target, 2) as workers:
        for number, said in workers.map(source()):
            flaw = _flaw(said)
            if flaw and flaw not in found and is_lasting(target, flaw, tried[number]):
                found[flaw] = tried[number]
            tried[number] = b""  # else all of them would stay in memory
    print(f"{name}: {len(tried):,} inputs, {len(found)} flaws", flush=True)
    for flaw, data in found.items():
        _report(name, target, flaw, data, folder)
    return len(found)


def is_lasting(target: Target, flaw: str, data: bytes) -> bool:
    """Whether a flaw is none of the machine's: what was slow is slow again while nothing else is tried."""
    if _SLOW not in flaw:
        return True
    with _workers(target, 1) as workers:
        return all(_SLOW in _flaw(workers(data)) for _ in range(_TRIES))


def _workers(target: Target, processes: int) -> "Workers[bytes, str]":
    """Return processes that run the target; what it loads with its first seed is no input's time."""
    return Workers(
        partial(attempt, target.run),
        processes=processes,
        limit_s=lambda _: LIMIT_S,
        memory_bytes=_MEBIBYTE * 900,
        prepare=partial(warm, target),
    )


def warm(target: Target) -> None:
    """Load what the target needs."""
    if target.prepare is not None:
        target.prepare()
    target.run(target.seeds()[0])


def attempt(run, data: bytes) -> str:
    """Run a target on an input in a worker; return the flaw, or nothing."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = run(data)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    return said or (f"needs {grown // _MEBIBYTE} MiB" if grown > MEMORY else "")


def _flaw(said: "str | WorkerFailure") -> str:
    text = said.reason if isinstance(said, WorkerFailure) else said
    return " ".join(text.split())[:200]


def _report(name: str, target: Target, flaw: str, data: bytes, folder: Path) -> None:
    with _workers(target, 1) as workers:
        data = smaller(data, lambda one: _flaw(workers(one)) == flaw, 60)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    print(f"  {flaw}\n    {len(data)} bytes in {file}: {data[:100]!r}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
