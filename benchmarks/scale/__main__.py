"""What tables cost on each engine, and whether the records are the same however they are cut.

    DIGEST_DATA=... python -m benchmarks.scale [ARTICLES [PAGES]]        # 2000 and 200; `make scale` for more

The bars: the functions on tables at most 1.1 times the command, Dask at most 1.25 times `--jobs 2`, no record
that differs, and 25 pages a second and core of an archive, taken apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.data import ROOT
from benchmarks.scale.collection import write_crawl, write_parts
from benchmarks.scale.processes import Cost, measured

COLUMNS = "text=body,id=url,title=title,published=when"
LIBRARY = """
import sys
from pathlib import Path
from pyarrow.parquet import read_table, write_table
from digest import summarize_table
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    write_table(summarize_table(read_table(path), columns=sys.argv[3]), Path(sys.argv[2], path.name))
"""
MOST_LIBRARY, MOST_DASK, LEAST_PAGES = 1.1, 1.25, 25.0


def summarize(source: Path, target: Path, *options: str, beside: list[int] | None = None) -> Cost:
    """Run the command from a folder of parts to another."""
    command = [sys.executable, "-m", "digest", "summarize", str(source), "--columns", COLUMNS]
    return measured([*command, *options, "-o", f"{target}/"], beside=beside or [])


def records(folder: Path) -> str:
    """Return a hash of all records, in the order of their ids."""
    from pyarrow.parquet import ParquetFile

    whole = hashlib.sha256()
    found = [
        json.dumps(row, sort_keys=True)
        for path in sorted(folder.rglob("[!_]*.parquet"))
        for row in ParquetFile(path).read().to_pylist()
    ]
    for one in sorted(found):
        whole.update(one.encode() + b"\n")
    return f"{len(found)} records, {whole.hexdigest()[:16]}"


@contextmanager
def cluster(folder: Path, port: int = 18789) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers, each in a folder of its own; give its address and their processes."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(name: str, kind: str, *options: str) -> None:
        (folder / name).mkdir(parents=True)
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options]
        processes.append(
            subprocess.Popen(
                command,
                cwd=folder / name,
                stderr=subprocess.DEVNULL,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false",
                },
            )
        )

    address = f"127.0.0.1:{port}"
    start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(port))
    for name in ("worker-1", "worker-2"):
        start(name, "worker", f"tcp://{address}", "--nthreads", "1", "--memory-limit", "2GB")
    time.sleep(15)
    try:
        yield f"dask://{address}", [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def engines(folder: Path, count: int) -> int:
    """Print what each engine costs; return how many bars are missed."""
    source = write_parts(folder / "in", count, 20)
    one = summarize(source, folder / "one")
    two = summarize(source, folder / "two", "--jobs", "2")
    (folder / "library").mkdir()
    script = [sys.executable, "-c", LIBRARY, str(source), str(folder / "library"), COLUMNS]
    library = measured(script)
    with cluster(folder / "cluster") as (address, pids):
        dask = summarize(source, folder / "dask", "--engine", address, beside=pids)
    for name, cost in (
        ("one job", one),
        ("two jobs", two),
        ("functions", library),
        ("Dask, 2", dask),
    ):
        print(f"{name:10} {cost}", flush=True)
    by_library, by_dask = (cost.processor_s / two.processor_s for cost in (library, dask))
    print(
        f"functions {by_library:.2f} times --jobs 2 (bar {MOST_LIBRARY}), Dask {by_dask:.2f} ({MOST_DASK})"
    )
    wanted = records(folder / "one")
    print(f"one job: {wanted}")
    missed = (by_library > MOST_LIBRARY) + (by_dask > MOST_DASK)
    for name in ("two", "library", "dask"):
        missed += _same(name, records(folder / name), wanted)
    for parts, turned in ((1, False), (7, True), (50, True)):
        name = f"{parts} parts{', dealt out in the other order' if turned else ''}"
        cut = write_parts(folder / f"cut-{parts}", count, parts, turned=turned)
        summarize(cut, folder / f"out-{parts}", "--jobs", "2")
        missed += _same(name, records(folder / f"out-{parts}"), wanted)
    return missed


def _same(name: str, found: str, wanted: str) -> bool:
    print(f"{name}: {'the same' if found == wanted else found + ' DIFFERENT'}", flush=True)
    return found != wanted


def crawl(folder: Path, count: int) -> int:
    """Print how many pages of an archive are taken apart a second and core."""
    archive = write_crawl(folder / "crawl.warc.gz", count)
    command = [sys.executable, "-m", "digest", "split", str(archive), "--format", "parquet"]
    cost = measured([*command, "-o", f"{folder}/articles/"])
    rate = count / cost.processor_s
    print(
        f"crawl of {count} pages: {cost}: {rate:.0f} pages a second and core (bar {LEAST_PAGES:g})"
    )
    return rate < LEAST_PAGES


def main() -> int:
    """Print the tables; 1 where a bar is missed."""
    given = [int(one) for one in sys.argv[1:3]]
    articles, pages = [*given, 2000, 200][:1] + [*given[1:], 200][:1]
    with tempfile.TemporaryDirectory() as folder:
        return bool(engines(Path(folder), articles) + crawl(Path(folder), pages))


if __name__ == "__main__":
    sys.exit(main())
