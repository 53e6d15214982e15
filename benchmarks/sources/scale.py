"""`digest run` on many feeds of a local server, cold and then with nothing new, as whole processes.

    python -m benchmarks.sources.scale [FEEDS ARTICLES]     # 1000 20000; then 1 feed of 20,000

It prints seconds by the clock, processor time, and the peak of what all its processes hold at once.
"""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> int:
    """Run each size twice."""
    sizes = [(int(sys.argv[1]), int(sys.argv[2]))] if sys.argv[2:] else [(1000, 20000), (1, 20000)]
    for feeds, articles in sizes:
        with served(feeds, articles) as port, tempfile.TemporaryDirectory() as folder:
            _configure(Path(folder), port, feeds)
            for label, day in (("cold", "2026-11-21"), ("all 304", "2026-11-22")):
                _measure(f"{feeds} feeds, {articles} articles, {label}", Path(folder), day)
    return 0


@contextmanager
def served(feeds: int, articles: int) -> Iterator[int]:
    """Serve feeds in a process of their own, and give the port."""
    command = [sys.executable, "-m", "benchmarks.sources.server", str(feeds), str(articles)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


def _configure(folder: Path, port: int, feeds: int) -> None:
    tables = "".join(
        f'[[sources]]\nlocation = "http://127.0.0.1:{port}/{n}.xml"\n' for n in range(feeds)
    )
    (folder / "digest.toml").write_text(f'store = "store.sqlite"\n{tables}')


def _measure(label: str, folder: Path, day: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    config = str(folder / "digest.toml")
    command = [sys.executable, "-m", "digest", "run", "--allow-private", "--date", day]
    with subprocess.Popen(
        [*command, "--config", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        watch = _Watch(run.pid)
        _, said = run.communicate()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    store = (folder / "store.sqlite").stat().st_size / 1e6
    print(
        f"{label}: exit {run.returncode}, {seconds:.1f} s, {used:.1f} s of processor,"
        f" peak {watch.peak_mb:.0f} MB, store {store:.0f} MB",
        flush=True,
    )
    print(said[:2000], end="")


class _Watch:
    """Adds up what a process and its children hold, ten times a second."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while (held := _held_mb(self._pid)) > 0:
            self.peak_mb = max(self.peak_mb, held)
            time.sleep(0.1)


def _held_mb(pid: int) -> float:
    """Proportional set size (what is shared counts once) of a process and its descendants."""
    total = 0.0
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += sum(int(r.split()[1]) for r in rollup.splitlines() if r.startswith("Pss:")) / 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += _held_mb(int(child))
    except OSError:
        return total
    return total


if __name__ == "__main__":
    sys.exit(main())
