"""Define every error that a user can meet.

    DigestError
    ├── ConfigError (also ValueError)   a file, key or option that cannot be used
    ├── SourceError                     one source cannot be used; the others go on
    │   ├── FetchError                  it cannot be had: missing, unreadable, too large
    │   └── ReadError                   it holds nothing that can be read
    ├── RenderError                     a template that fails, or a file that cannot be written
    ├── StoreError                      a damaged or newer store
    │   └── BusyError                   another run holds it
    ├── EngineError                     a cluster that cannot be had, or has gone
    └── DeliveryError                   a mail that could not be handed over

A `DigestError` is one line for the user and says what to do; anything else is a bug and keeps its
traceback, but for one: where a page finds a bug in what reads it, that page alone is lost (`contained`).
The exit codes follow sysexits.h where it has one.
"""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

EXIT_OK = 0  # all done
EXIT_UNPROVEN = 1  # `digest verify` found a sentence that is not in its source
EXIT_USAGE = 2  # as click has it
EXIT_PARTIAL = 10  # some of it failed; the rest was done
EXIT_NOTHING = 65  # EX_DATAERR
EXIT_CANNOT_WRITE = 73  # EX_CANTCREAT
EXIT_STORE = 74  # EX_IOERR
EXIT_DEFERRED = 75  # EX_TEMPFAIL: the same command may succeed later
EXIT_REFUSED = 76  # EX_PROTOCOL

_AUTHORITY = re.compile(r"[^/?#\\]*")


def without_credentials(location: str) -> str:
    """Return an address without the user name and password in it; anything else as it is."""
    scheme, mark, rest = location.partition("://")
    authority = _AUTHORITY.match(rest)
    if "@" not in rest or authority is None:
        return location
    name, colon, port = authority.group().rpartition(":")
    if "@" in authority.group():
        rest = rest[authority.group().rindex("@") + 1 :]
    elif colon and not name.startswith("[") and not port.isdigit():
        # Not a port: a password with a slash in it, which should have been percent-encoded.
        rest = rest.rpartition("@")[2]
    return scheme + mark + rest


class DigestError(Exception):
    """The root: a message of one line, and the exit code that goes with it."""

    exit_code: ClassVar[int] = EXIT_USAGE


class ConfigError(DigestError, ValueError):
    """A configuration file or option that cannot be used; names the file, the key and what is allowed."""


class SourceError(DigestError):
    """One source that cannot be used. It becomes an omission, and the other sources go on."""

    exit_code = EXIT_NOTHING

    def __init__(self, source: str, reason: str) -> None:
        """Say which source it was, as the user gave it but for a password, and why, in a few words."""
        self.source = without_credentials(source)
        super().__init__(f"{self.source}: {reason}")
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross the border of a process whole."""
        return type(self), (self.source, self.reason)


class FetchError(SourceError):
    """The source cannot be had: it is missing, unreadable or over the size limit.

    `retry_after_s` are the seconds that a server asked to be left alone for, where it did.
    """

    def __init__(self, source: str, reason: str, *, retry_after_s: float | None = None) -> None:
        """Say which source it was, why, and for how long its server wants to be left alone."""
        super().__init__(source, reason)
        self.retry_after_s = retry_after_s


class ReadError(SourceError):
    """The source was had, but nothing in it can be read."""


_TOGETHER = 3
"""So many sources that fail for one reason share a line: two are read as quickly one by one."""
_NAMED = 3
"""Of the sources that share a line so many are named."""


def by_cause(failures: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield lines for failed sources, each given with its reason; many with one reason share a line."""
    sources: dict[str, list[str]] = {}
    for source, reason in failures:
        sources.setdefault(reason, []).append(source)
    for reason, named in sources.items():
        if len(named) < _TOGETHER:
            yield from (f"{source}: {reason}" for source in named)
            continue
        shown = ", ".join(sorted(named)[:_NAMED])
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        yield f"{len(named)} sources: {reason} ({shown}{more})"


BUGS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What code raises on input that it was not written for."""


@contextmanager
def contained(location: str) -> Iterator[None]:
    """Turn a bug that a page has found into a `ReadError`: the other pages are no worse for it.

    With `--verbose` the traceback is logged, on one line.
    """
    try:
        yield
    except DigestError:
        raise
    except BUGS as bug:
        logging.getLogger("digest").info("%s: %s", location, traceback.format_exc())
        raise ReadError(location, f"a fault in digest ({bug!r:.80}); please report it") from bug


class RenderError(DigestError):
    """A template failed; names the template and the line."""


class WriteError(RenderError):
    """A finished file cannot be written."""

    exit_code = EXIT_CANNOT_WRITE


class StoreError(DigestError):
    """The store is damaged or was made by a newer version."""

    exit_code = EXIT_STORE


class BusyError(StoreError):
    """Another run holds the store."""

    exit_code = EXIT_DEFERRED


class EngineError(DigestError):
    """A cluster that is not there, is no longer there, or runs another program."""

    exit_code = EXIT_DEFERRED


class DeliveryError(DigestError):
    """A mail was not accepted for `target`; `temporary` says whether trying again can help."""

    def __init__(self, target: str, reason: str, *, temporary: bool = False) -> None:
        """Say who was not served and why."""
        super().__init__(f"{target}: {reason}")
        self.target = target
        self.reason = reason
        self.temporary = temporary

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """75 where a rerun can help, 76 where a person must."""
        return EXIT_DEFERRED if self.temporary else EXIT_REFUSED


def counted(number: int, one: str, many: str) -> str:
    """Return such as "1 source" and "3 sources"."""
    return f"{number} {one if number == 1 else many}"
