"""A folder of outputs, one for each part: written under another name, renamed when whole, and resumable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from digest.batch.columns import Columns
from digest.batch.engines import Dask, Engine, Here, Local, Lost, Mapper, check_program, program
from digest.batch.formats import Format, Located, output_ending, read, writer
from digest.batch.jobs import Job, Left, Result, chunks, described
from digest.batch.parts import Folder, Part, check_names, is_remote
from digest.errors import BusyError, ConfigError, EngineError, ReadError, SourceError
from digest.incoming import parse_json, path_of

_MOST_NAMED = 20
"""Failures of a part that are named; the others are counted."""
_PLAN = "_digest.json"
_LOCK = "_digest.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole task: a job on parts, and the folder of the outputs."""

    job: Job
    columns: Columns
    format: Format | None
    folder: Folder

    def output(self, part: Part) -> str:
        """Return the name of a part's output."""
        return part.name + output_ending(part, self.format)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOutcome:
    """The result of a part."""

    done: int = 0
    """Records that were written."""
    left: int = 0
    """Pages of a crawl without an article."""
    failed: int = 0
    failures: tuple[str, ...] = ()
    """The reasons of the first of them."""
    output: str = ""
    """The name of the file that was written; empty where there is none."""


def work(
    plan: Plan, parts: Sequence[Part], engine: Engine, *, resume: bool
) -> Iterator[PartOutcome]:
    """Write an output for each part, and yield the outcomes in the order in which they finish.

    A part that cannot be read is named in its outcome, and the others go on. With `resume`, parts whose output
    is there are passed over.

    Raises:
        BusyError: another run writes into the folder.
        ConfigError: there are outputs of an earlier run and no `resume`, or they were made with other options.
        EngineError: the cluster is not there, or goes away.
        WriteError: the folder cannot be written to.
    """
    check_names(parts)
    with _held(plan.folder):
        there = plan.folder.names()
        _check_plan(plan, there, resume=resume)
        todo = [part for part in parts if plan.output(part) not in there]
        if engine.scheduler:
            yield from _on_cluster(plan, todo, engine.scheduler)
            return
        with Local(engine.jobs) as local:
            for part in todo:
                yield do_part(plan, part, local)


def results(
    job: Job,
    parts: Iterable[Part],
    columns: Columns,
    mapper: Mapper,
    skip: Callable[[Located], bool],
) -> Iterator[Result]:
    """Yield the results of the records of all parts, in order, without those to skip.

    Failures to read come about where the record would come: they follow the chunk that is worked on.
    """
    failures: list[str] = []

    def readable() -> Iterator[Located]:
        for part in parts:
            try:
                for one in read(part, columns):
                    if isinstance(one, ReadError):
                        failures.append(str(one))
                    elif not skip(one):
                        yield one
            except SourceError as error:
                failures.append(str(error))

    for found in mapper.map(job, chunks(readable())):
        yield from found
        while failures:
            yield failures.pop(0)
    yield from failures


def do_part(plan: Plan, part: Part, mapper: Mapper) -> PartOutcome:
    """Write the output of a part; one that cannot be read has no output."""
    tally = _Tally()
    try:
        with (
            plan.folder.written(plan.output(part)) as file,
            writer(file, plan.output(part), plan.job.schema) as write,
        ):
            readable = tally.readable(read(part, plan.columns))
            for found in mapper.map(plan.job, chunks(readable)):
                write([one for one in found if isinstance(one, dict)])
                tally.count(found)
    except SourceError as error:
        return PartOutcome(failed=1, failures=(str(error),))
    return replace(tally.outcome(), output=plan.output(part))


class _Tally:
    """Counts the results of a part, and keeps the first failures."""

    def __init__(self) -> None:
        self._done = self._left = self._failed = 0
        self._failures: list[str] = []

    def readable(self, found: Iterable[Located | ReadError]) -> Iterator[Located]:
        for one in found:
            if isinstance(one, ReadError):
                self._fail(str(one))
            else:
                yield one

    def count(self, results: Iterable[Result]) -> None:
        for one in results:
            if isinstance(one, dict):
                self._done += 1
            elif isinstance(one, Left):
                self._left += 1
            elif isinstance(one, str):
                self._fail(one)

    def _fail(self, reason: str) -> None:
        self._failed += 1
        if len(self._failures) < _MOST_NAMED:
            self._failures.append(reason)

    def outcome(self) -> PartOutcome:
        return PartOutcome(
            done=self._done,
            left=self._left,
            failed=self._failed,
            failures=tuple(self._failures),
        )


def _on_cluster(plan: Plan, parts: Sequence[Part], scheduler: str) -> Iterator[PartOutcome]:
    with Dask(scheduler) as cluster:
        for number, outcome in cluster.map(
            _Task(_reachable(plan), program()), map(_absolute, parts)
        ):
            if isinstance(outcome, Lost):
                outcome = PartOutcome(
                    failed=1, failures=(f"{parts[number].shown}: {outcome.reason}",)
                )
            if outcome.output and not plan.folder.has(outcome.output):
                raise EngineError(
                    f"{plan.folder.shown}: the workers wrote {outcome.output} where this machine does not see"
                    " it; give a folder that all share, or object storage"
                )
            yield outcome


@dataclass(frozen=True, slots=True)
class _Task:
    """The task of a worker of a cluster."""

    plan: Plan
    program: str

    def __call__(self, part: Part) -> PartOutcome:
        from digest.batch.functions import frugally

        check_program(self.program)
        with frugally():
            return do_part(self.plan, part, Here())


def _absolute(part: Part) -> Part:
    """Return a part with an absolute path: a worker runs in another folder."""
    if is_remote(part.address):
        return part
    return replace(part, address=str(path_of(part.address).absolute()))


def _reachable(plan: Plan) -> Plan:
    folder = plan.folder
    if is_remote(folder.address):
        return plan
    return replace(plan, folder=Folder(address=str(Path(folder.address).absolute())))


@contextmanager
def _held(folder: Folder) -> Iterator[None]:
    """Keep other runs out of a folder on a disk. In object storage, where nothing can be held, a second run
    finds the plan of the first, and must say --resume; then both write the same bytes."""
    if is_remote(folder.address):
        yield
        return
    from filelock import FileLock, Timeout

    place = Path(folder.address)
    place.mkdir(parents=True, exist_ok=True)
    lock = FileLock(place / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            f"{folder.address}: another run writes there; wait for it, or give another folder"
        ) from error
    try:
        folder.clear_asides()
        yield
    finally:
        folder.clear_asides()
        lock.release()


def _check_plan(plan: Plan, there: set[str], *, resume: bool) -> None:
    said = {
        **described(plan.job),
        "columns": dict(plan.columns.given),
        "format": plan.format or "as the parts",
    }
    before = _plan_before(plan.folder)
    if not resume and (before is not None or there):
        raise ConfigError(
            f"{plan.folder.shown}: it has files already; go on with --resume, or give an empty folder"
        )
    if before is not None and before != said:
        changed = [key for key in said if before.get(key) != said[key]] or ["options"]
        raise ConfigError(
            f"{plan.folder.shown}: begun with {changed[0]} {before.get(changed[0])!r}, and now it is"
            f" {said.get(changed[0])!r}; give the same, or another folder"
        )
    if before is None:
        with plan.folder.written(_PLAN) as file:
            file.write((json.dumps(said, indent=1) + "\n").encode())


def _plan_before(folder: Folder) -> dict[str, Any] | None:
    content = folder.read(_PLAN)
    if content is None:
        return None
    try:
        found = parse_json(content)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}
