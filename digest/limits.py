"""The processor time that a process may take; the kernel ends one that takes more, in C code as well."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


def allow_processor(seconds: float) -> None:
    """Have the kernel end this process after so many seconds of processor time; 0 for no end.

    Nothing happens where the platform has no such timer (Windows).
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


@contextmanager
def uncounted() -> Iterator[None]:
    """Stop the clock of `allow_processor`, as while a library is loaded, once for all documents."""
    left = signal.getitimer(signal.ITIMER_PROF)[0] if hasattr(signal, "getitimer") else 0.0
    if left:
        allow_processor(0)
    try:
        yield
    finally:
        if left:
            allow_processor(left)
