"""What a tree of processes costs: processor time and memory, by looking at it ten times a second.

The children of an engine escape `wait4`, so nothing is asked of the system at the end.
"""

import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_PAUSE_S = 0.1


@dataclass(frozen=True, slots=True)
class Cost:
    """What was seen."""

    seconds: float
    processor_s: float
    peak_mb: float
    """Proportional set size: what is shared counts once."""
    exit_code: int

    def __str__(self) -> str:
        """Return the figures for a table."""
        return (
            f"{self.seconds:7.1f} s, {self.processor_s:7.1f} s of processor, {self.peak_mb:6.0f} MB"
        )


class Watch:
    """Looks at processes and all that come of them until it is stopped."""

    def __init__(self, pids: Sequence[int]) -> None:
        """Begin; what they have used so far does not count."""
        self._pids = list(pids)
        self._used: dict[tuple[int, float], float] = {}
        self._before: dict[tuple[int, float], float] = {}
        self.peak_mb = 0.0
        self._look()
        self._before = dict(self._used)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    @property
    def processor_s(self) -> float:
        """Return the processor time of all processes that were seen since the beginning."""
        return sum(used - self._before.get(one, 0.0) for one, used in self._used.items())

    def stop(self) -> None:
        """Look once more, and no more."""
        self._stop.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._stop.wait(_PAUSE_S):
            self._look()
        self._look()

    def _look(self) -> None:
        held = 0.0
        for process in self._tree():
            with suppress(psutil.Error, OSError):
                used = process.cpu_times()
                self._used[process.pid, process.create_time()] = used.user + used.system
                held += _held_mb(process.pid)
        self.peak_mb = max(self.peak_mb, held)

    def _tree(self) -> list[psutil.Process]:
        found = []
        for pid in self._pids:
            with suppress(psutil.Error):
                process = psutil.Process(pid)
                found += [process, *process.children(recursive=True)]
        return found


def _held_mb(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Pss:")) / 1024


def measured(command: Sequence[str], *, beside: Sequence[int] = ()) -> Cost:
    """Run a command and return what it costs, together with processes that are there already."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = Watch([process.pid, *beside])
        _, said = process.communicate()
        watch.stop()
    if said:
        print(said[:500])
    seconds = time.perf_counter() - started
    return Cost(seconds, watch.processor_s, watch.peak_mb, process.returncode)
