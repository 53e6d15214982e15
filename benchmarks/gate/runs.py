"""Run scorers and outputs two at a time, and keep what the last run found.

The last run is good for as long as no file of the program, the benchmarks and the tools has changed: then
`--raise`, `--lower` and `--accept` take its results and run only what it lacks.
"""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path

from benchmarks.data import ROOT, shared_folder
from benchmarks.gate.outputs import GROUPS, outputs
from benchmarks.gate.scorers import SCORERS, measure

AT_A_TIME = 2
LAST_RUN = ROOT / ".gate.json"
_OF_THE_PROJECT = ("digest", "templates", "examples", "benchmarks")
_OF_THE_DATA = ("tools", "cases", "seeds")
_NO_MATTER = ("floors.toml", "hashes.txt", "README.md")
"""What the gate itself writes, and what nobody runs."""

Results = dict[str, dict[str, str]]
"""What each job found: hashes by item, or figures by name."""

_JOBS = {f"figures of {scorer.name}": partial(measure, scorer) for scorer in SCORERS} | {
    f"outputs of {group}": partial(outputs, group) for group in GROUPS
}
NAMES = sorted({job.rpartition(" ")[2] for job in _JOBS})


def results(names: Collection[str], *, reuse: bool) -> Results:
    """Return what the jobs of these names find, or all jobs; `reuse` takes what the last run has."""
    state = _state()
    last = _last(state)
    wanted = [job for job in _JOBS if not names or job.rpartition(" ")[2] in names]
    missing = [job for job in wanted if not (reuse and job in last)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for job, found in zip(missing, pool.map(_run, missing), strict=True):
            last[job] = found
            LAST_RUN.write_text(json.dumps({"state": state, "results": last}), "utf-8")
    return {job: last[job] for job in wanted}


def figures(found: Results) -> dict[str, Decimal]:
    """Return the figures of all scorers that ran."""
    return {
        name: Decimal(value)
        for values in _of("figures", found).values()
        for name, value in values.items()
    }


def items(found: Results) -> Results:
    """Return the hashes of all groups that ran."""
    return _of("outputs", found)


def scorers(found: Results) -> Collection[str]:
    """Return the names of the scorers that ran."""
    return _of("figures", found).keys()


def _of(kind: str, found: Results) -> Results:
    prefix = f"{kind} of "
    return {job.removeprefix(prefix): v for job, v in found.items() if job.startswith(prefix)}


def _run(job: str) -> dict[str, str]:
    """Return what a job finds, and nothing where it fails: then its figures or items are gone."""
    started = time.monotonic()
    try:
        found = {name: str(value) for name, value in _JOBS[job]().items()}
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
        print(f"{job} failed: {error!r:.300}", file=sys.stderr)
        found = {}
    print(f"{time.monotonic() - started:5.0f} s  {job}", file=sys.stderr, flush=True)
    return found


def _last(state: str) -> Results:
    try:
        kept = json.loads(LAST_RUN.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept["results"] if kept["state"] == state else {}


def _state() -> str:
    """A hash of everything that a result comes from, data and libraries aside."""
    found = hashlib.sha256()
    for path in _files():
        found.update(f"{path}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    folders = [ROOT / name for name in _OF_THE_PROJECT]
    folders += [shared_folder() / name for name in _OF_THE_DATA]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.name not in _NO_MATTER:
                yield path
