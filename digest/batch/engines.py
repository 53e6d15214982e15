"""Who does the work: this process, others on this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from digest.batch.formats import Located
from digest.batch.jobs import Job, Result, weight
from digest.errors import ConfigError, EngineError
from digest.incoming import read_regular
from digest.workers import WorkerFailure, Workers

Item = TypeVar("Item")

_LIMIT_S, _CHARACTERS_A_S = 60.0, 2_000
"""The processor time of a chunk: ten times what the slowest text of its length was seen to take."""
_MEMORY = 4 << 30
_AHEAD = 32
"""So many chunks a process may be done before the oldest is: what waits for it is kept in memory."""
_ANSWER_S = 20
"""So long a scheduler has for its first answer, and a cluster for its first worker."""
_DASK = "dask://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What `--engine` says: so many processes here, or the address of a scheduler."""

    jobs: int = 1
    scheduler: str = ""

    @classmethod
    def parse(cls, text: str, cores: int) -> Engine:
        """Read `local`, `local:4` or `dask://host:port`; raises `ConfigError`."""
        kind, _, number = text.partition(":")
        if text.startswith(_DASK) and len(text) > len(_DASK):
            return cls(scheduler="tcp://" + text.removeprefix(_DASK))
        if kind == "local" and (number.isdecimal() or text == "local"):
            return cls(jobs=int(number or 0) or cores)
        raise ConfigError(f"--engine {text!r}: give local, local:4 or dask://host:port")


class Local:
    """Processes on this machine; a context manager. With one, the work is done in this process."""

    def __init__(self, jobs: int = 1) -> None:
        """Start no process yet."""
        self._workers = _workers(jobs) if jobs > 1 else None
        self._ahead = _AHEAD * jobs

    def __enter__(self) -> Local:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End all processes."""
        if self._workers:
            self._workers.__exit__(kind, error, traceback)

    def map(self, job: Job, chunks: Iterable[list[Located]]) -> Iterator[list[Result]]:
        """Yield the results of chunks, in their order.

        Where a process is killed or goes over its limits, its chunk is done again record by record: what comes
        of the others does not change, and the one to blame is named.
        """
        if self._workers is None:
            yield from map(job, chunks)
            return
        at_work: dict[int, list[Located]] = {}

        def noted() -> Iterator[tuple[Job, list[Located]]]:
            for number, chunk in enumerate(chunks):
                at_work[number] = chunk
                yield job, chunk

        finished = self._workers.map(noted(), ahead=self._ahead)
        for chunk, result in _in_order(finished, at_work):
            yield _singly(job, chunk) if isinstance(result, WorkerFailure) else result


def _workers(jobs: int) -> Workers[tuple[Job, list[Located]], list[Result]]:
    return Workers(_apply, processes=jobs, limit_s=_limit_s, memory_bytes=_MEMORY)


def _apply(task: tuple[Job, list[Located]]) -> list[Result]:
    job, chunk = task
    return job(chunk)


def _limit_s(task: tuple[Job, list[Located]]) -> float:
    return _LIMIT_S + sum(weight(one.record) for one in task[1]) / _CHARACTERS_A_S


def _in_order(
    finished: Iterable[tuple[int, list[Result] | WorkerFailure]], at_work: dict[int, list[Located]]
) -> Iterator[tuple[list[Located], list[Result] | WorkerFailure]]:
    waiting: dict[int, list[Result] | WorkerFailure] = {}
    due = 0
    for number, result in finished:
        waiting[number] = result
        while due in waiting:
            yield at_work.pop(due), waiting.pop(due)
            due += 1


def _singly(job: Job, chunk: list[Located]) -> list[Result]:
    """Work on records one by one, in a process that only they can end."""
    results: list[Result] = []
    with _workers(1) as spare:
        for number, result in spare.map((job, [located]) for located in chunk):
            if isinstance(result, WorkerFailure):
                results.append(f"{chunk[number].where}: {result.reason}")
            else:
                results += result
    return results


@cache
def program() -> str:
    """Return what tells this program from any other: its version, and a hash of its files."""
    import hashlib

    import digest

    whole = hashlib.sha256()
    folder = Path(digest.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + read_regular(path))
    return f"{digest.__version__}-{whole.hexdigest()[:12]}"


def check_program(wanted: str) -> None:
    """Raise `EngineError` where a worker runs another program than who gives it work."""
    if program() != wanted:
        raise EngineError(
            f"a worker has digest {program()}, and this is {wanted}; install the same on both"
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that no worker brought to an end."""

    reason: str


class Dask:
    """The workers of a Dask cluster; a context manager."""

    def __init__(self, scheduler: str) -> None:
        """Reach the scheduler, and see that its workers can do the work; raises `EngineError`."""
        try:
            import distributed
        except ImportError as error:
            raise EngineError("--engine dask:// needs Dask: pip install 'digest[dask]'") from error
        # What it has to say of lost connections is said by us, in a line.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._scheduler = scheduler
        try:
            self._client = distributed.Client(  # type: ignore[no-untyped-call]
                scheduler, timeout=_ANSWER_S, set_as_default=False, security=None
            )
        except (OSError, ValueError, ImportError) as error:
            raise EngineError(
                f"{self._name}: no scheduler answers there; start one with `dask scheduler`, and workers with"
                f" `dask worker`"
            ) from error
        try:
            self._check_workers()
        except BaseException:
            self._close()
            raise

    @property
    def _name(self) -> str:
        return _DASK + self._scheduler.removeprefix("tcp://")

    def __enter__(self) -> Dask:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the cluster."""
        self._close()

    def _close(self) -> None:
        from contextlib import suppress

        with suppress(OSError, RuntimeError, TimeoutError):
            self._client.close(timeout=5)  # type: ignore[no-untyped-call]

    def _check_workers(self) -> None:
        with self._understood():
            try:
                self._client.wait_for_workers(1, timeout=_ANSWER_S)
            except TimeoutError as error:
                raise EngineError(
                    f"{self._name}: it has no worker; start some with `dask worker`"
                ) from error
            found = self._client.run(_program_there, on_error="return")
        for worker, theirs in sorted(found.items()):
            if isinstance(theirs, ImportError):
                raise EngineError(
                    f"{self._name}: digest is not installed at {worker}; install {program()} there"
                )
            if theirs != program():
                raise EngineError(
                    f"{self._name}: {worker} has digest {theirs}, and this is {program()}; install the"
                    " same on both"
                )

    def map(
        self, function: Callable[[Item], Any], items: Iterable[Item]
    ) -> Iterator[tuple[int, Any]]:
        """Yield (number of an item, its result or `Lost`) as they come, whichever workers are lost meanwhile.

        A worker that goes away is made good for by the others. An item of which several die is given up.
        """
        import distributed

        with self._understood():
            futures = {
                future: number
                for number, future in enumerate(
                    self._client.map(function, list(items), pure=False, retries=0)
                )
            }
            for future in distributed.as_completed(futures):  # type: ignore[no-untyped-call]
                yield futures[future], self._outcome(future)
                future.release()

    def _outcome(self, future: Any) -> Any:
        import distributed

        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            raise EngineError(f"{self._name}: the work was cancelled; {_AGAIN}")
        if isinstance(error, distributed.KilledWorker):
            return Lost(
                f"given up: {error.allowed_failures + 1} workers died of it, out of memory perhaps; make parts"
                " smaller, or give workers more"
            )
        if isinstance(error, EngineError):
            raise error
        if isinstance(error, MemoryError):
            return Lost("a worker had not enough memory for it")
        if error is not None:
            raise error
        return future.result()

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """Say in a few words that the scheduler has gone."""
        from concurrent.futures import CancelledError

        from distributed.comm.core import CommClosedError

        try:
            yield
        except (CommClosedError, CancelledError, TimeoutError, ConnectionError) as error:
            raise EngineError(f"{self._name}: the scheduler has gone; {_AGAIN}") from error


_AGAIN = "what was finished is kept: the same command with --resume goes on"


def _program_there() -> str:
    from digest.batch.engines import program

    return program()
