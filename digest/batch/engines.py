"""Engines: the work is done by this process, by others on this machine, or by the workers of a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from warnings import filterwarnings

from digest.batch.formats import Located
from digest.batch.jobs import Job, Result, weight
from digest.errors import ConfigError, EngineError
from digest.incoming import read_regular
from digest.workers import WithWorkers, WorkerFailure, Workers

if TYPE_CHECKING:
    from digest.clusterers import Each

Item = TypeVar("Item")

_LEAST_S, _S_A_CHARACTER = 60.0, 1e-3
"""Seconds of processor time for a chunk, and for each character of it: far above the slowest algorithm (sumy's
LexRank, which compares all pairs of sentences), so that only what hangs is ended."""
_STEP_S, _STEP_BYTES = 3600.0, 1 << 40
"""What a step of clustering may take: it works on articles that were read, and hangs on none."""
_AHEAD = 4
"""Chunks a process may be ahead of the oldest that is not done: their results wait in memory."""
_ANSWER_S = 10
"""Seconds for the first answer of a scheduler, and for the first worker of a cluster."""
_DASK = "dask://"
_TALKATIVE = (
    "distributed",
    "distributed.client",
    "distributed.core",
    "tornado.application",
    "asyncio",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The value of `--engine`: a number of processes here, or the address of a scheduler."""

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


class Here:
    """This process itself, in a worker of a cluster: the cluster replaces it where it is killed."""

    def map(self, job: Job, chunks: Iterable[list[Located]]) -> Iterator[list[Result]]:
        """Yield the results of chunks, in their order."""
        yield from map(job, chunks)


class Local(WithWorkers):
    """Processes on this machine; a context manager, which ends them."""

    def __init__(self, jobs: int = 1) -> None:
        """Start no process yet."""
        self._workers = _workers(jobs, attempts=2)
        self._alone = _workers(1, attempts=1)
        self._ahead = _AHEAD * jobs
        super().__init__(self._workers, self._alone)

    def map(self, job: Job, chunks: Iterable[list[Located]]) -> Iterator[list[Result]]:
        """Yield the results of chunks, in their order.

        A chunk whose process is killed is done again, and where that fails, record by record: the results of
        the others do not change, and the record that fails is named.
        """
        given: dict[int, list[Located]] = {}

        def tasks() -> Iterator[_Task]:
            for number, chunk in enumerate(chunks):
                given[number] = chunk
                yield job, chunk

        def done() -> Iterator[tuple[int, list[Result]]]:
            for number, result in self._workers.map(tasks(), ahead=self._ahead):
                chunk = given.pop(number)
                if isinstance(result, WorkerFailure):
                    result = self._singly(job, chunk)
                yield number, result

        return _in_order(done())

    def _singly(self, job: Job, chunk: list[Located]) -> list[Result]:
        results: list[Result] = []
        for located in chunk:
            result = self._alone((job, [located]))
            if isinstance(result, WorkerFailure):
                result = [f"{located.where}: {result.reason}"]
            results += result
        return results


def _in_order(numbered: Iterable[tuple[int, Item]]) -> Iterator[Item]:
    """Yield numbered results by their numbers, from 0, each as soon as it can be."""
    done: dict[int, Item] = {}
    following = 0
    for number, result in numbered:
        done[number] = result
        while following in done:
            yield done.pop(following)
            following += 1


Mapper = Here | Local
_Task = tuple[Job, list[Located]]


def _workers(processes: int, *, attempts: int) -> Workers[_Task, list[Result]]:
    return Workers(_apply, processes=processes, limit_s=_limit_s, attempts=attempts)


def _apply(task: _Task) -> list[Result]:
    job, chunk = task
    return job(chunk)


def _limit_s(task: _Task) -> float:
    return _LEAST_S + _S_A_CHARACTER * sum(weight(one.record) for one in task[1])


@cache
def program() -> str:
    """Return the identity of this program: its version, and a hash of its files."""
    import hashlib

    import digest

    whole = hashlib.sha256()
    folder = Path(digest.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + read_regular(path))
    return f"{digest.__version__}-{whole.hexdigest()[:12]}"


def check_program(wanted: str) -> None:
    """Raise `EngineError` where a worker has another version of the program than `wanted`."""
    if program() != wanted:
        raise EngineError(
            f"a worker has digest {program()}, and this is {wanted}; install the same on both"
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that no worker could finish."""

    reason: str


class Dask(AbstractContextManager["Dask"]):
    """The workers of a Dask cluster; a context manager."""

    def __init__(self, scheduler: str) -> None:
        """Connect to the scheduler, and check that its workers have this program; raises `EngineError`."""
        try:
            import distributed
        except ImportError as error:
            raise EngineError(
                "--engine dask:// needs Dask: pip install 'digest-briefing[dask]'"
            ) from error
        for (
            name
        ) in _TALKATIVE:  # what they have to say of lost connections is said by us, in a line
            logging.getLogger(name).setLevel(logging.CRITICAL)
        filterwarnings("ignore", "Sending large graph")
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

    def __exit__(self, *error: object) -> None:
        """Leave the cluster."""
        self._close()

    def _close(self) -> None:
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
        self, function: Callable[..., Any], items: Iterable[Item], *shared: object
    ) -> Iterator[tuple[int, Any]]:
        """Yield (number of an item, its result or `Lost`) in the order in which they finish.

        Where a worker goes away, the others do its work. An item that ends several workers is given up. What is
        `shared` goes to each worker once; the function takes it before the item.
        """
        given = dict(enumerate(items))
        lost: list[int] = []
        with self._understood():
            # Not scattered: the scheduler keeps what is shared, so no worker that is lost takes it along.
            held = [self._client.submit(_same, one, pure=False) for one in shared]
            for number, result in self._together(function, held, given):
                if isinstance(result, Lost):
                    lost.append(number)
                else:
                    yield number, result
            # A worker that ends takes all its items with it: each is tried once more, alone.
            for number in sorted(lost):
                yield from self._together(function, held, {number: given[number]})

    def each(
        self, function: Callable[[Any, Any], Any], shared: object, items: Sequence[Any]
    ) -> Iterator[Any]:
        """Yield the results of a function of what is shared and of an item, in the order of the items."""
        return _in_order(_whole(self.map(_Step(function, program()), items, shared)))

    def _together(
        self, function: Callable[..., Any], held: list[Any], items: dict[int, Item]
    ) -> Iterator[tuple[int, Any]]:
        import distributed

        columns = [[one] * len(items) for one in held]
        made = self._client.map(function, *columns, list(items.values()), pure=False)
        futures = dict(zip(made, items, strict=True))
        try:
            completed = distributed.as_completed(futures, loop=self._client.loop)  # type: ignore[no-untyped-call]
            for future in completed:
                yield futures[future], self._outcome(future)
                future.release()
        finally:  # also where the caller stops early
            self._client.cancel(list(futures))  # type: ignore[no-untyped-call]

    def _outcome(self, future: Any) -> Any:
        import distributed

        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            raise EngineError(f"{self._name}: {_GONE}")
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
        """Turn errors of a lost connection into an `EngineError` of a few words."""
        from concurrent.futures import CancelledError

        from distributed.comm.core import CommClosedError

        try:
            yield
        except (CommClosedError, CancelledError, TimeoutError, ConnectionError) as error:
            raise EngineError(f"{self._name}: {_GONE}") from error


def _same(value: Item) -> Item:
    return value


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a task that all workers share."""

    function: Callable[[Any, Any], Any]
    program: str

    def __call__(self, shared: object, item: object) -> Any:
        from digest.batch.functions import frugally

        check_program(self.program)
        with frugally():
            return self.function(shared, item)


def _whole(numbered: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Yield the results of a task of which no item can be left out."""
    for number, result in numbered:
        if isinstance(result, (Lost, WorkerFailure)):
            raise EngineError(result.reason)
        yield number, result


@contextmanager
def spread(engine: Engine) -> Iterator[Each]:
    """Yield what calls a function of a shared value and of an item for each item, in their order."""
    if engine.scheduler:
        with Dask(engine.scheduler) as cluster:
            yield cluster.each
    else:
        yield partial(_by_processes, engine.jobs)


def _by_processes(
    jobs: int, function: Callable[[Any, Any], Any], shared: object, items: Sequence[Any]
) -> Iterator[Any]:
    if jobs == 1 or len(items) < 2:
        yield from (function(shared, item) for item in items)
        return
    # What is shared is there already in a process that is forked.
    with Workers(
        partial(function, shared),
        processes=jobs,
        limit_s=lambda _: _STEP_S,
        memory_bytes=_STEP_BYTES,
        attempts=2,
    ) as workers:
        yield from _in_order(_whole(workers.map(items)))


_GONE = (
    "the scheduler has gone, or has dropped the work; what was finished is kept: the same command with --resume"
    " goes on"
)


def _program_there() -> str:
    from digest.batch.engines import program

    return program()
