"""Run functions in processes that may be killed: one bad input costs its own item, never the run.

A parser on hostile input can run for hours inside C code, use up the memory, or crash; no exception reaches it
there. So the work is done in other processes, and the kernel ends one that goes over its limit.
"""

import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, cast

from digest.incoming import allow_processor, read_regular

Item = TypeVar("Item")
Result = TypeVar("Result")

LOGGER = logging.getLogger("digest")
_MEBIBYTE = 1024 * 1024
_WALL = 15.0
"""How often the limit may pass by the clock, since a busy machine gives a process a part of its time: a sixth
where two cores had a load of ten, which at a factor of 4 lost sources."""
_START_S = 30.0
"""A process may take so long to start."""
_MOST = 8 * (os.cpu_count() or 1)
"""Processes at once, whatever is asked for: a digit too many must not stop the machine, and work that waits for
a core is done no sooner by more."""
_IDLE = -1
Said = list[tuple[int, str]]
"""Levels and messages that were logged."""


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """The reason for which an item has no result, in a few words."""

    reason: str
    lost: bool = False
    """True where the process ended without an answer: something else may have killed it."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int = _IDLE
    ready: bool = False
    limit: float = 0.0
    deadline: float = 0.0
    item: object = None


class Workers(Generic[Item, Result]):
    """A few long-lived processes that call `function` on items; a context manager.

    `function`, `prepare`, items and results must be picklable: functions stand at the top of a module, which
    each process imports once. `limit_s` gives the seconds of processor time that an item may take; a process
    that takes more is killed, as is one that takes fifteen times as long by the clock. `memory_bytes` is what a
    process may take beside what it started with, where the platform can limit it (Linux). `prepare` is called
    once in each process, before its first item, and its time does not count. An item whose process was lost is
    tried up to `attempts` times: something else may have killed it.
    """

    def __init__(
        self,
        function: Callable[[Item], Result],
        *,
        processes: int = 2,
        limit_s: Callable[[Item], float],
        memory_bytes: int = 1024 * _MEBIBYTE,
        prepare: Callable[[], object] | None = None,
        attempts: int = 1,
    ) -> None:
        """Keep the options; processes start with the block or with the first items."""
        self._function = function
        self._processes = max(1, min(processes, _MOST))
        self._limit_s = limit_s
        self._memory_bytes = memory_bytes
        self._prepare = prepare
        self._attempts = attempts
        self._tried: Counter[int] = Counter()
        self._again: deque[tuple[int, Item]] = deque()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        """Return itself; the processes start while the program has no threads yet, and so at no cost."""
        while _may_fork() and len(self._workers) < self._processes:
            self._workers.append(self._started())
        return self

    def __exit__(self, *error: object) -> None:
        """End every process, whatever it is doing."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def __call__(self, item: Item) -> Result | WorkerFailure:
        """Return the result of one item, or why there is none."""
        return next(result for _, result in self.map([item]))

    def map(
        self, items: Iterable[Item], *, ahead: int | None = None
    ) -> Iterator[tuple[int, Result | WorkerFailure]]:
        """Yield (number of the item, its result or failure) in the order in which they finish.

        `items` may be endless: one is taken only when a process is free for it, and, where `ahead` is given,
        when it is less than so many numbers after the first that is not done.
        """
        for worker in self._busy():  # with items of a call that was left before its end
            self._lost(worker, late=True)
        self._tried.clear()
        self._again.clear()
        source = enumerate(items)
        more, latest = True, -1
        done: deque[tuple[int, Result | WorkerFailure]] = deque()
        while more or self._again or done or self._busy():
            while (self._again or (more and self._may_take(latest, ahead))) and (
                free := self._free()
            ):
                if self._again:
                    number, item = self._again.popleft()
                else:
                    number, found = next(((n, [item]) for n, item in source), (-1, []))
                    more, latest = bool(found), max(latest, number)
                    if not found:
                        continue
                    item = found[0]
                done += self._settled(number, item, self._give(free, number, item))
            while done:
                yield done.popleft()
            done += self._finished()

    def _may_take(self, latest: int, ahead: int | None) -> bool:
        open_ = [worker.number for worker in self._busy()] + [number for number, _ in self._again]
        return ahead is None or not open_ or latest + 1 < min(open_) + ahead

    def _settled(
        self, number: int, item: Item, result: Result | WorkerFailure | None
    ) -> list[tuple[int, Result | WorkerFailure]]:
        """Return the result of an item; nothing where it is tried again."""
        if result is None:
            return []
        if isinstance(result, WorkerFailure) and result.lost:
            self._tried[number] += 1
            if self._tried[number] < self._attempts:
                self._again.append((number, item))
                return []
        return [(number, result)]

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.number != _IDLE]

    def _free(self) -> _Worker | None:
        free = next((worker for worker in self._workers if worker.number == _IDLE), None)
        if free is None and len(self._workers) < self._processes:
            free = self._started()
            self._workers.append(free)
        return free

    def _started(self) -> _Worker:
        # Where there are threads, a fork would copy their locks and their half-done work.
        forked = _may_fork()
        context: BaseContext = multiprocessing.get_context("fork" if forked else "spawn")
        ours, theirs = context.Pipe()
        task = (
            self._function,
            self._prepare,
            self._memory_bytes,
            LOGGER.getEffectiveLevel(),
            forked,
        )
        process = context.Process(target=_work, args=(theirs, *task), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, number: int, item: Item) -> WorkerFailure | None:
        worker.limit = self._limit_s(item)
        patience = _WALL * worker.limit if worker.ready else _START_S
        worker.deadline = time.monotonic() + patience
        try:
            worker.pipe.send((worker.limit, item))
        except (BrokenPipeError, ConnectionResetError):
            return self._lost(worker)
        worker.number, worker.item = number, item
        return None

    def _finished(self) -> list[tuple[int, Result | WorkerFailure]]:
        """Wait for the next results; return them, and failures of what went over its time."""
        busy = self._busy()
        patience = min((worker.deadline for worker in busy), default=0.0) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], max(0.0, patience)) if busy else []
        now = time.monotonic()
        found = []
        for worker in busy:
            number, item = worker.number, cast(Item, worker.item)
            if worker.pipe in ready:
                for result in self._received(worker):
                    found += self._settled(number, item, result)
            elif worker.deadline < now:
                found += self._settled(number, item, self._lost(worker, late=True))
        return found

    def _received(self, worker: _Worker) -> list[Result | WorkerFailure]:
        """Return the result that a worker sent; none where it only says that it is ready to begin."""
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            return [self._lost(worker)]
        if message is None:
            worker.ready = True
            worker.deadline = time.monotonic() + _WALL * worker.limit
            return []
        result, said, last = message
        worker.number, worker.item = _IDLE, None
        for level, text in said:
            LOGGER.log(level, "%s", text)
        if last:
            self._workers.remove(worker)
            _end(worker)
        return [result]

    def _lost(self, worker: _Worker, *, late: bool = False) -> WorkerFailure:
        """End a worker that gave no result, and say what became of it."""
        self._workers.remove(worker)
        _end(worker, wait_s=0.0 if late else 1.0)
        code = worker.process.exitcode
        if late or code == -getattr(signal, "SIGPROF", signal.SIGTERM):
            return WorkerFailure(f"took longer than {worker.limit:g} s to read; given up")
        if code is not None and code < 0:
            return WorkerFailure(f"its reading crashed ({_signal_name(-code)})", lost=True)
        return WorkerFailure(f"its reading failed (exit code {code})", lost=True)


class WithWorkers:
    """A context manager whose `workers` start with its block and end with it."""

    def __init__(self, *workers: Workers[Any, Any]) -> None:
        """Start no process yet."""
        self._own = workers
        self._started = ExitStack()

    def __enter__(self) -> Self:
        """Start the processes."""
        for one in self._own:
            self._started.enter_context(one)
        return self

    def __exit__(self, *error: object) -> None:
        """End the processes."""
        self._started.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a signal of the real-time kind
        return f"signal {number}"


def _may_fork() -> bool:
    """Whether a copy of this process would be whole: on Linux, where no other thread is at work in it."""
    return sys.platform == "linux" and threading.active_count() == 1


def _end(worker: _Worker, wait_s: float = 0.0) -> None:
    worker.pipe.close()
    worker.process.join(wait_s)
    worker.process.kill()
    worker.process.join()


def _work(
    pipe: Connection,
    function: Callable[[Any], Any],
    prepare: Callable[[], object] | None,
    memory_bytes: int,
    level: int,
    forked: bool,
) -> None:
    """Work until the parent closes the pipe, or is gone."""
    if forked:
        _forget_parent(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and ends the workers
    if hasattr(signal, "SIGPROF"):  # its default is to end the process, in C code as well
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    said = _Listener()
    LOGGER.handlers[:] = [said]
    LOGGER.setLevel(level)
    LOGGER.propagate = False
    threading.Thread(target=_follow_parent, daemon=True).start()
    with suppress(EOFError, ConnectionResetError, BrokenPipeError):  # the parent is done, or gone
        pipe.poll(None)  # nothing is loaded before there is an item
        if prepare is not None:
            prepare()
        _limit_memory(_inherited() + memory_bytes)
        pipe.send(None)
        _serve(pipe, function, said)


def _forget_parent(pipe: Connection) -> None:
    """Close the files that a fork inherits: locks, stores and pipes belong to the parent."""
    parent = multiprocessing.parent_process()
    kept = sorted({pipe.fileno(), *([parent.sentinel] if parent else [])})
    for first, last in zip(
        [3, *(one + 1 for one in kept)], [*kept, os.sysconf("SC_OPEN_MAX")], strict=True
    ):
        os.closerange(first, last)
    gc.freeze()  # the collector does not touch the parent's objects, so their pages are not copied


def _serve(pipe: Connection, function: Callable[[Any], Any], said: "_Listener") -> None:
    last = False
    while not last:
        limit, item = pipe.recv()
        result, last = _outcome(function, item, limit)
        del item
        pipe.send((result, said.taken(), last))


def _follow_parent() -> None:
    """End with the parent, even where it was killed while this process worked."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _outcome(function: Callable[[Any], Any], item: Any, limit: float) -> tuple[Any, bool]:
    """Return the result of a call, and whether this process should end after it.

    A bug that an item has found costs that item; with `--verbose` its traceback is logged, on one line.
    """
    allow_processor(limit)
    try:
        return function(item), False
    except MemoryError:
        return WorkerFailure("needs too much memory; given up"), True
    except RecursionError:
        return WorkerFailure("nested too deeply"), False
    except Exception as bug:  # noqa: BLE001 - whatever an item makes a library raise
        LOGGER.info("%s", traceback.format_exc())
        return WorkerFailure(f"a fault in digest ({bug!r:.80}); please report it"), False
    finally:
        allow_processor(0)


def _inherited() -> int:
    """Return the bytes that this process has already: a fork is given all that its parent has.

    An allocator may reserve a gigabyte at its first use, as that of Arrow does.
    """
    with suppress(OSError, ValueError, IndexError):
        pages = int(read_regular(Path("/proc/self/statm")).split()[5])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind in ("RLIMIT_DATA", "RLIMIT_AS"):
        if number := getattr(resource, kind, None):
            _, hard = resource.getrlimit(number)
            fits = hard == resource.RLIM_INFINITY or size <= hard
            resource.setrlimit(number, (size if fits else hard, hard))
            return


class _Listener(logging.Handler):
    """Keeps what is logged, so that the parent can log it."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Said = []

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append((record.levelno, record.getMessage()))

    def taken(self) -> Said:
        said, self._said = self._said, []
        return said
