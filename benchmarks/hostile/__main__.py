"""Run `digest split` on every hostile file and on monsters made here; print what breaks a promise.

The limits: exit code 0, 10 or 65, no traceback, and for files of usual size 1 s and 150 MiB.
"""

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import shared_folder

SECONDS = 1.0
MEBIBYTES = 150
PATIENCE_S = 60
"""After this long a process is killed, and counts as a flaw by its exit code."""
LARGE = 1 << 20
"""Above a mebibyte only the traceback and the exit code count, and the figures are printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process did."""

    name: str
    code: int
    seconds: float
    """Of process time, which other programs on the machine hardly change."""
    mebibytes: float
    stderr: str
    size: int

    @property
    def flaws(self) -> list[str]:
        """Every promise it broke."""
        flaws = []
        if "Traceback" in self.stderr:
            flaws.append("traceback")
        if self.code not in (0, 10, 65):
            flaws.append(f"exit {self.code}")
        if self.size < LARGE and self.seconds > SECONDS:
            flaws.append(f"{self.seconds:.1f} s")
        if self.size < LARGE and self.mebibytes > MEBIBYTES:
            flaws.append(f"{self.mebibytes:.0f} MiB")
        return flaws


def split(path: Path) -> Run:
    """Split one file in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "split", str(path), "--format", "jsonl", "--omissions"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    killer = threading.Timer(PATIENCE_S, process.kill)
    killer.start()
    stderr = process.stderr.read().decode("utf-8", "replace")
    killer.cancel()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        path.name,
        process.returncode,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        stderr,
        path.stat().st_size,
    )


def _is_feed(path: Path) -> bool:
    """Feeds are no pages: they are read by the sources, not by `digest split`."""
    return "feeds" in path.parts


def main() -> int:
    """Print each broken promise, then the counts; the exit code is 1 if there was any."""
    corpus = shared_folder() / "data" / "hostile"
    files = sorted(path for path in corpus.rglob("*") if path.is_file() and not _is_feed(path))
    with tempfile.TemporaryDirectory() as folder:
        runs = [split(path) for path in files]
        # In a process of its own: a child's peak memory counts from its parent's.
        subprocess.run([sys.executable, "-m", "benchmarks.hostile.monsters", folder], check=True)
        large = [split(path) for path in sorted(Path(folder).iterdir())]
    broken = [run for run in runs + large if run.flaws]
    for run in broken:
        print(f"  {run.name}: {', '.join(run.flaws)}")
    for run in large:
        print(
            f"  {run.name:22s} exit {run.code:2d}  {run.seconds:6.2f} s  {run.mebibytes:5.0f} MiB"
        )
    slowest, biggest = max(r.seconds for r in runs), max(r.mebibytes for r in runs)
    print(
        f"{len(runs)} files: {len(broken)} flaws, slowest {slowest:.2f} s, most {biggest:.0f} MiB"
    )
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
