"""The gate in: input is checked and normalized here, by one function for each kind.

    text                `storable`: every string of a `Value`, and every one that reaches SQLite
    JSON                `parse_json`
    the name of a file  `location_of`, and back again `path_of`
    the bytes of a file `open_regular`, `read_regular`
    the files of a folder `walk`
    the time it takes   `allow_processor`: the kernel ends a process that takes more, in C code as well

Addresses of the web pass `fetch.urls.parse_url`, those of people `delivery.options.mailbox`, TOML
`tables.parse_table`. `tests/test_gates.py` holds that there is no other way.
"""

import errno
import os
import re
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\[uU][dD][89a-fA-F]")
_SCHEME = "file:"
_DEADLINE_S = 30.0
"""A file on a disk is read in less; one of a server that does not answer is given up."""
_MEBIBYTE = 1024 * 1024
MOST_BYTES = 64 * _MEBIBYTE
"""Of one file, where nobody says otherwise."""
MOST_ENTRIES = 200_000
"""Files and folders below one folder: five years of a hundred mails a day, and less than a system's disk."""


class NotRegularError(OSError):
    """A name that leads to a pipe, a device or a socket: reading it may never end."""

    def __init__(self, path: str) -> None:
        """Say how the content can be given instead."""
        super().__init__(
            errno.EINVAL, "a pipe or a device; give what it holds on stdin, with -", path
        )


class TooLargeError(OSError):
    """A file that holds more than is read at once."""

    def __init__(self, path: str, most: int) -> None:
        """Say how much that is."""
        reason = f"larger than {most / _MEBIBYTE:g} MiB; split it into smaller files"
        super().__init__(errno.EFBIG, reason, path)


class CrowdedError(OSError):
    """A folder that holds more than is looked through."""

    def __init__(self, path: str) -> None:
        """Say how much that is."""
        reason = (
            f"more than {MOST_ENTRIES:,} files and folders in it; name the folders that are meant"
        )
        super().__init__(errno.EFBIG, reason, path)


def storable(text: str) -> str:
    """Return `text` with each lone half of a character (a surrogate) as U+FFFD, so that UTF-8 can say it.

    Offsets stay the same.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


@dataclass(frozen=True, slots=True)
class Value:
    """The base of all values of `models`: their strings can be stored and sent, whoever gave them."""

    def __post_init__(self) -> None:
        """Replace lone surrogates, which UTF-8 cannot encode, in every string; offsets stay the same."""
        name: str
        for name in self.__slots__:
            given = getattr(self, name)
            if isinstance(given, str):
                if given.isascii():  # nearly always, and a page of many blocks has very many
                    continue
                fit: object = storable(given)
            elif isinstance(given, tuple) and given and isinstance(given[0], str):
                fit = tuple(map(storable, given))
            else:
                continue
            if fit != given:
                object.__setattr__(self, name, fit)


def parse_json(text: str | bytes, *, strict: bool = True) -> Any:
    """Return a JSON value whose strings are all storable; raises `ValueError` for whatever is wrong with it.

    JSON can spell half a character; pairs of halves are put together. Without `strict`, strings may hold
    line breaks.
    """
    import json

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        value = json.loads(text, strict=strict)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return _repaired(value) if _HALF.search(text) or not _is_storable(text) else value


def location_of(path: str | Path) -> str:
    """Return the name of a file as a location: itself, or `file:` and its bytes, percent-encoded.

    A name that is no UTF-8 could not be stored; so it can, and leads back to the same file.
    """
    name = str(path)
    if _is_storable(name) and "\0" not in name and not name.lower().startswith(_SCHEME):
        return name
    from urllib.parse import quote_from_bytes

    return _SCHEME + quote_from_bytes(os.fsencode(name), safe="/ !$&'()+,;=@~")


def path_of(location: str) -> Path:
    """Return the file that a location of `location_of` names."""
    if not location.startswith(_SCHEME):
        return Path(location)
    from urllib.parse import unquote_to_bytes

    return Path(os.fsdecode(unquote_to_bytes(location.removeprefix(_SCHEME))))


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file; nothing else is ever opened, and nothing waited for.

    Raises `OSError`, whose `strerror` says what is wrong in a few words.
    """
    if not stat.S_ISREG(
        path.stat().st_mode
    ):  # some devices do something as soon as they are opened
        raise _irregular(path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _irregular(path)
        yield file


def read_regular(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a regular file, within half a minute; raises `OSError` as `open_regular` does."""
    with deadline(path), open_regular(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(str(path), most)
    return content


def walk(folder: Path, *, hidden: tuple[str, ...] = (".",)) -> Iterator[Path]:
    """Yield the files below a folder, at any depth, sorted by their parts; without hidden ones, and what is in
    linked folders. A folder that may not be read is yielded as well, so that whoever reads it can say so.

    Raises `CrowdedError` for a folder of too many.
    """
    waiting, seen, found = [str(folder)], 0, list[str]()
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                some = islice(entries, MOST_ENTRIES + 1)
                names = [one for one in some if not one.name.startswith(hidden)]
        except OSError:
            found.append(here)
            continue
        seen += len(names)
        if seen > MOST_ENTRIES:
            raise CrowdedError(str(folder))
        waiting += [one.path for one in names if one.is_dir(follow_symlinks=False)]
        found += [one.path for one in names if not Path(one).is_dir()]
    yield from sorted(map(Path, found), key=lambda path: path.parts)


def _irregular(path: Path) -> OSError:
    if path.is_dir():
        return IsADirectoryError(errno.EISDIR, "a folder, where a file is wanted", str(path))
    return NotRegularError(str(path))


def _is_storable(text: str) -> bool:
    return storable(text) is text


def _repaired(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, Mapping):
        return {_repaired(key): _repaired(item) for key, item in value.items()}
    return value


@contextmanager
def deadline(path: Path) -> Iterator[None]:
    """Give up after a while, where the system can wake us: in the main thread of a POSIX system."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(errno.ETIMEDOUT, f"not read within {_DEADLINE_S:g} s", str(path))

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, _DEADLINE_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
