"""The parent's side: items go out, results come back."""

import logging
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

from digest.workers.process import WorkerFailure, work

Item = TypeVar("Item")
Result = TypeVar("Result")

LOGGER = logging.getLogger("digest")
_MEBIBYTE = 1024 * 1024
_WALL = 4.0
"""A machine with other work gives a process a part of its time: so many times its limit may pass."""
_START_S = 30.0
"""So long may a process take to start."""
_IDLE = -1


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int = _IDLE
    ready: bool = False
    limit: float = 0.0
    deadline: float = 0.0


class Workers(Generic[Item, Result]):
    """A few long-lived processes that call `function` on items; a context manager.

    `function`, `prepare`, items and results must be picklable: functions stand at the top of a module, which
    each process imports once. `limit_s` gives the seconds of processor time that an item may take; a process
    that takes more is killed, as is one that takes four times as long by the clock. `memory_bytes` is what a
    process may have at once, where the platform can be asked (Linux, BSD). `prepare` is called once in each
    process, before its first item, and its time does not count.
    """

    def __init__(
        self,
        function: Callable[[Item], Result],
        *,
        processes: int = 2,
        limit_s: Callable[[Item], float],
        memory_bytes: int = 1024 * _MEBIBYTE,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """Keep the options; processes start with the first items."""
        self._function = function
        self._processes = max(1, processes)
        self._limit_s = limit_s
        self._memory_bytes = memory_bytes
        self._prepare = prepare
        self._workers: list[_Worker] = []
        # "spawn": a fork would copy the locks and the threads' half-done work of the parent.
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> "Workers[Item, Result]":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process, whatever it is at."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def map(
        self, items: Iterable[Item], *, ahead: int | None = None
    ) -> Iterator[tuple[int, Result | WorkerFailure]]:
        """Yield (number of the item, its result or failure) in the order in which they finish.

        `items` may be endless: one is taken only when a process is free for it, and where `ahead` is given,
        only when it is not so many further than the oldest at work.
        """
        for worker in self._busy():  # at items of a call that was left half-way
            self._lost(worker, late=True)
        source = enumerate(items)
        more, taken = True, 0
        done: deque[tuple[int, Result | WorkerFailure]] = deque()
        while more or done or self._busy():
            while more and self._is_near(taken, ahead) and (free := self._free()):
                number, item = next(((n, [item]) for n, item in source), (-1, []))
                taken = number + 1
                more = bool(item)
                if item and (refused := self._give(free, number, item[0])):
                    done.append((number, refused))
            while done:
                yield done.popleft()
            done += self._finished()

    def _is_near(self, number: int, ahead: int | None) -> bool:
        """Whether the next item may be taken while the oldest is not done."""
        oldest = min((worker.number for worker in self._busy()), default=number)
        return ahead is None or number - oldest < ahead

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.number != _IDLE]

    def _free(self) -> _Worker | None:
        free = next((worker for worker in self._workers if worker.number == _IDLE), None)
        if free is None and len(self._workers) < self._processes:
            free = self._started()
            self._workers.append(free)
        return free

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        task = (self._function, self._prepare, self._memory_bytes, LOGGER.getEffectiveLevel())
        process = self._context.Process(target=work, args=(theirs, *task), daemon=True)
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
        worker.number = number
        return None

    def _finished(self) -> list[tuple[int, Result | WorkerFailure]]:
        """What has come of the items at work, or went over its time; waits for the next."""
        busy = self._busy()
        patience = min((worker.deadline for worker in busy), default=0.0) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], max(0.0, patience)) if busy else []
        now = time.monotonic()
        found = []
        for worker in busy:
            number = worker.number
            if worker.pipe in ready:
                found += [(number, result) for result in self._received(worker)]
            elif worker.deadline < now:
                found.append((number, self._lost(worker, late=True)))
        return found

    def _received(self, worker: _Worker) -> list[Result | WorkerFailure]:
        """The result that a worker sent; none where it only says that it is ready to begin."""
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            return [self._lost(worker)]
        if message is None:
            worker.ready = True
            worker.deadline = time.monotonic() + _WALL * worker.limit
            return []
        result, said, last = message
        worker.number = _IDLE
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
            return WorkerFailure(f"its reading crashed ({signal.Signals(-code).name})")
        return WorkerFailure(f"its reading failed (exit code {code})")


def _end(worker: _Worker, wait_s: float = 0.0) -> None:
    worker.pipe.close()
    worker.process.join(wait_s)
    worker.process.kill()
    worker.process.join()
