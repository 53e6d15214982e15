"""Find, open and write parts: on a disk, or where fsspec reaches (`s3://`, `gs://`, `memory://`).

A file is written under another name and renamed when it is whole: a part that exists is complete, even if a
writer was killed.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from digest.durability import sync_folder
from digest.errors import ConfigError, FetchError, WriteError, without_credentials
from digest.incoming import (
    MOST_ENTRIES,
    CrowdedError,
    deadline,
    open_regular,
    path_of,
    walk,
)

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SCHEME = re.compile(r"(?<![A-Za-z0-9+.\-])([A-Za-z][A-Za-z0-9+.\-]*+)(?:::|://)")
_WEB = ("http", "https", "ftp", "file")
"""Pages of the web go through the fetcher, which obeys robots.txt and avoids private networks."""
KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
"""The endings of parts, and what they hold."""
PACKINGS = (".gz", ".zst")
_WILD = re.compile(r"[*?\[]")
_HIDDEN = (".", "_")
"""First characters of names that are no data, for Spark and Arrow too."""
_ASIDE = ".aside"
STANDARD_INPUT = "-"
"""Lines of JSON, where a command says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of records."""

    address: str
    """A path, or an address of fsspec."""
    name: str
    """Its path below the folder or pattern that it was found by, without endings: the name of its output."""
    kind: str
    """`jsonl`, `parquet` or `warc`."""
    packing: str = ""
    """`.gz` or `.zst`, where it is packed as a whole."""

    @property
    def shown(self) -> str:
        """Its address without a password."""
        return without_credentials(self.address)


def is_remote(address: str) -> bool:
    """Return whether an address is one for fsspec."""
    schemes = _SCHEME.findall(address)
    return bool(schemes and _SCHEME.match(address)) and not {*map(str.lower, schemes)} & {*_WEB}


def endings(name: str) -> tuple[str, str, str] | None:
    """Return the stem, the kind of records and the packing of a name; None where it is no part."""
    packing = next((one for one in PACKINGS if name.lower().endswith(one)), "")
    stem, dot, ending = name[: len(name) - len(packing)].rpartition(".")
    kind = KINDS.get(dot + ending.lower())
    if not kind or not stem or (kind == "parquet" and packing):
        return None
    return stem, kind, packing


def are_parts(addresses: Sequence[str]) -> bool:
    """Return whether all addresses lead to parts: by their names, and for a folder by all that is in it."""
    return bool(addresses) and all(_is_parts(address) for address in addresses)


def _is_parts(address: str) -> bool:
    if is_remote(address):
        return True
    if _SCHEME.match(address) and not address.startswith("file:"):
        return False
    if endings(Path(address).name) and not _is_folder(address):
        return True
    names: Iterable[str] = []
    with suppress(FetchError):  # who reads the folder says so
        names = _matches(address) if _is_pattern(address) else list(_walk(address))
    return bool(names) and all(endings(Path(name).name) for name in names)


def _is_folder(address: str) -> bool:
    with suppress(OSError, ValueError):  # a name that is too long, or has a NUL in it
        return Path(address).is_dir()
    return False


def _is_pattern(address: str) -> bool:
    return bool(_WILD.search(address)) and not os.path.lexists(address)


def _matches(pattern: str) -> list[str]:
    with _reported(pattern), deadline(Path(pattern)):
        found = glob.iglob(pattern, recursive=True)  # noqa: PTH207 - `Path.glob` takes no absolute pattern
        files = [one for one in islice(found, MOST_ENTRIES) if not _is_folder(one)]
        if next(found, None) is not None:
            raise CrowdedError(pattern)
    return files


def find(addresses: Iterable[str]) -> list[Part]:
    """Return the parts that addresses lead to, each once, in the order of the addresses and of their names.

    A folder gives its parts at any depth, a pattern those that match. Raises `FetchError` where there is none,
    and `ConfigError` where two have one name: their outputs would be one.
    """
    parts: dict[str, Part] = {}
    for address in addresses:
        found = _found(address)
        if not found:
            raise FetchError(
                address, f"no part in it ({', '.join(KINDS)}, packed as .gz or .zst or not)"
            )
        parts |= {part.address: part for part in found if part.address not in parts}
    return list(parts.values())


def check_names(parts: Iterable[Part]) -> None:
    """Raise `ConfigError` where two parts have one name: their outputs would be one file."""
    named: dict[str, Part] = {}
    for part in parts:
        if other := named.get(part.name):
            raise ConfigError(
                f"{other.shown} and {part.shown} would both be written as {part.name!r}: give a folder that"
                " holds both, or an output folder each"
            )
        named[part.name] = part


def _found(address: str) -> list[Part]:
    if address == STANDARD_INPUT:
        return [Part(address=address, name="standard input", kind="jsonl")]
    if is_remote(address):
        return _remote(address)
    if _is_folder(address):
        return _parts(Path(address), _walk(address))
    if _is_pattern(address):
        base = Path(_WILD.split(address)[0] + "*").parent
        return _parts(base, (os.path.relpath(one, base) for one in _matches(address)))
    part = _part(address, Path(address).name)
    if part is None:
        raise FetchError(address, f"neither a table nor an archive ({', '.join(KINDS)})")
    return [part]


def _walk(folder: str) -> Iterator[str]:
    """Yield the files below a folder as paths within it, without hidden ones; raises `FetchError`."""
    with _reported(folder):
        for file in walk(Path(folder), hidden=_HIDDEN):
            yield os.path.relpath(file, folder)


def _parts(base: Path, names: Iterable[str]) -> list[Part]:
    return [
        part
        for name in sorted(names, key=lambda name: Path(name).parts)
        if (part := _part(str(base / name), Path(name).as_posix()))
    ]


def _part(address: str, name: str) -> Part | None:
    path = PurePosixPath(name)
    if not (taken := endings(path.name)):
        return None
    stem, kind, packing = taken
    return Part(address=address, name=(path.parent / stem).as_posix(), kind=kind, packing=packing)


def _remote(address: str) -> list[Part]:
    files, path = filesystem(address)
    with _reported(address):
        if files.isdir(path):
            base, found = path, files.find(path)
        elif _WILD.search(path):
            base = _WILD.split(path)[0].rpartition("/")[0]
            found = [one for one in files.glob(path) if not files.isdir(one)]
        else:
            base, found = path.rpartition("/")[0], [path]
    parts = []
    for one in sorted(found):
        name = one.removeprefix(base).lstrip("/")
        hidden = any(piece.startswith(_HIDDEN) for piece in name.split("/"))
        if not hidden and (part := _part(_address(files, one), name)):
            parts.append(part)
    return parts


def _address(files: AbstractFileSystem, path: str) -> str:
    return str(files.unstrip_protocol(path))


def filesystem(address: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system and the path of a remote address; raises `FetchError` where it cannot be used."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise FetchError(address, "needs fsspec: pip install 'digest-briefing[parquet]'") from error
    with _reported(address):
        files, path = url_to_fs(address)
    return files, str(path)


@contextmanager
def _reported(address: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:  # fsspec says which package speaks a protocol
        raise FetchError(address, str(error).lower()) from error
    except (OSError, ValueError) as error:
        raise FetchError(address, _reason(error)) from error


def _reason(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return (
        "no such file" if isinstance(error, FileNotFoundError) else reason[:1].lower() + reason[1:]
    )


@contextmanager
def opened(part: Part) -> Iterator[BinaryIO]:
    """Open a part as the bytes that are stored; raises `FetchError` where it cannot be opened."""
    with _file(part.address) as file:
        yield file


@contextmanager
def _file(address: str) -> Iterator[BinaryIO]:
    with ExitStack() as stack:
        with _reported(address):
            if address == STANDARD_INPUT:
                if sys.stdin is None:
                    raise OSError(errno.EBADF, "closed; nothing can be read from it")
                file = cast(BinaryIO, sys.stdin.buffer)
            elif is_remote(address):
                files, path = filesystem(address)
                file = cast(BinaryIO, stack.enter_context(files.open(path, "rb")))
            else:
                file = stack.enter_context(open_regular(path_of(address)))
        yield file


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The folder of the output, on a disk or for fsspec."""

    address: str

    @property
    def shown(self) -> str:
        """Its address without a password."""
        return without_credentials(self.address)

    def names(self) -> set[str]:
        """Return the paths of the whole files in it."""
        if not is_remote(self.address):
            return {Path(name).as_posix() for name in _walk(self.address)}
        files, path = filesystem(self.address)
        with _reported(self.address):
            found = files.find(path) if files.isdir(path) else []
        return {one.removeprefix(path).lstrip("/") for one in found}

    def has(self, name: str) -> bool:
        """Return whether a file exists."""
        place = self._place(name)
        if not is_remote(place):
            return Path(place).exists()
        files, path = filesystem(place)
        with _reported(place):
            return bool(files.exists(path))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a small file of ours in it; None where there is none."""
        with suppress(FetchError), _file(self._place(name)) as file:
            return file.read()
        return None

    @contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file, which appears under its name when all of it is written; raises `WriteError`."""
        try:
            with self._aside(name) as file:
                yield file
        except OSError as error:
            place = without_credentials(self._place(name))
            raise WriteError(f"{place}: {_reason(error)}") from error

    def clear_asides(self) -> None:
        """Remove what killed writers left; for a folder on a disk that nobody else writes into."""
        for root, _, names in os.walk(self.address):
            for name in names:
                if name.startswith("_") and name.endswith(_ASIDE):
                    Path(root, name).unlink(missing_ok=True)

    def _place(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"

    @contextmanager
    def _aside(self, name: str) -> Iterator[Any]:
        target = PurePosixPath(name)
        aside = str(target.with_name(f"_{target.name}.{secrets.token_hex(8)}{_ASIDE}"))
        if is_remote(self.address):
            yield from _write_remote(self._place(aside), self._place(name))
        else:
            yield from _write_local(Path(self._place(aside)), Path(self._place(name)))


def _write_local(aside: Path, target: Path) -> Iterator[IO[bytes]]:
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _write_remote(aside: str, target: str) -> Iterator[IO[bytes]]:
    files, path = filesystem(aside)
    _, place = filesystem(target)
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    try:
        with files.open(path, "wb") as file:
            yield cast(IO[bytes], file)
        files.mv(path, place)
    except BaseException:
        with suppress(OSError):
            files.rm(path)
        raise
