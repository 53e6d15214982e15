"""The child's side: a process that works until it is told to end, or is ended."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from digest.errors import BUGS
from digest.incoming import read_regular
from digest.limits import allow_processor

LOGGER = logging.getLogger("digest")
Said = list[tuple[int, str]]
"""What the work logged: levels and messages."""


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """Why an item has no result, in a few words."""

    reason: str
    lost: bool = False
    """True where the process ended without a word: the item need not be to blame."""


def work(
    pipe: Connection,
    function: Callable[[Any], Any],
    prepare: Callable[[], object] | None,
    memory_bytes: int,
    level: int,
    forked: bool,
) -> None:
    """What a process does until its parent closes the pipe, or is gone."""
    if forked:
        _forget_parent(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends the others
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
    """Close what a fork inherits: locks, stores and pipes are the parent's, and end with it."""
    parent = multiprocessing.parent_process()
    kept = sorted({pipe.fileno(), *([parent.sentinel] if parent else [])})
    for first, last in zip(
        [3, *(one + 1 for one in kept)], [*kept, os.sysconf("SC_OPEN_MAX")], strict=True
    ):
        os.closerange(first, last)
    gc.freeze()  # what was the parent's is not looked through, and so not copied


def _serve(pipe: Connection, function: Callable[[Any], Any], said: "_Listener") -> None:
    last = False
    while not last:
        limit, item = pipe.recv()
        result, last = _outcome(function, item, limit)
        del item
        pipe.send((result, said.taken(), last))


def _follow_parent() -> None:
    """End with the parent, even where it was killed while an item was at work."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _outcome(function: Callable[[Any], Any], item: Any, limit: float) -> tuple[Any, bool]:
    """The result of a call, and whether this process had better end with it.

    A bug that an item has found costs that item; with `--verbose` its traceback is logged, on one line.
    """
    allow_processor(limit)
    try:
        return function(item), False
    except MemoryError:
        return WorkerFailure("needs too much memory; given up"), True
    except RecursionError:
        return WorkerFailure("nested too deeply"), False
    except (*BUGS, RuntimeError, OSError) as bug:
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
    """Keeps what is logged, for the parent to say."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Said = []

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append((record.levelno, record.getMessage()))

    def taken(self) -> Said:
        said, self._said = self._said, []
        return said
