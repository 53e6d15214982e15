"""Source -> RawDocument: files, folders and standard input."""

import errno
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from digest.errors import FetchError, without_credentials
from digest.fetch.urls import is_address
from digest.incoming import (
    MOST_BYTES,
    CrowdedError,
    TooLargeError,
    location_of,
    open_regular,
    path_of,
    read_regular,
    walk,
)
from digest.media import MEDIA_TYPES, is_json_feed
from digest.models import RawDocument, Source
from digest.protocols import plugin

STANDARD_INPUT = "-"
_MAILDIR = ("cur", "new")
_HEAD = 65_536
"""Bytes of a file in JSON that are looked at: more than a feed says of itself before its first item."""
_REASONS = {
    errno.ENOENT: "no such file",
    errno.ENOTDIR: "no such file",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "a link that leads nowhere",
    errno.ENAMETOOLONG: "the name is too long for a file",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFetcher:
    """Reads a file, or standard input for `-`; raises `FetchError` in a few words that say what to do."""

    max_bytes: int = MOST_BYTES

    def __call__(self, source: Source, /) -> RawDocument:
        """Return the bytes of `source` and the media type that its name promises."""
        location = source.location
        if is_address(location):
            raise FetchError(location, "an address, where only files are read; save the page")
        try:
            content = self._content(location)
        except ValueError as error:  # a NUL in the name
            raise FetchError(location, "not the name of a file") from error
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, error.strerror or "cannot be read")
            raise FetchError(location, reason) from error
        media_type = MEDIA_TYPES.get(path_of(location).suffix.lower(), "")
        return RawDocument(source=source, content=content, media_type=media_type)

    def _content(self, location: str) -> bytes:
        if location == STANDARD_INPUT:
            return _standard_input(self.max_bytes)
        path = path_of(location)
        if _is_folder(path):
            look_into(path)
            raise FetchError(location, f"a folder without pages ({_endings()}); give the files")
        return read_regular(path, most=self.max_bytes)


def look_into(folder: Path) -> None:
    """Raise `OSError` for a folder that may not be read, or holds too much."""
    next(folder.iterdir(), None)
    next(walk(folder), None)


def _standard_input(most: int) -> bytes:
    if sys.stdin is None:  # closed
        raise OSError(errno.EBADF, "closed; nothing can be read from it")
    # One byte more than allowed shows that there is too much; a pipe has no size to ask.
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise TooLargeError(STANDARD_INPUT, most)
    return content


def expand(locations: Iterable[str]) -> list[Source]:
    """Return a source for each location, each once: a folder gives its files, sorted, at any depth, and
    a Maildir its messages.

    Only files with a known ending and feeds in JSON are taken from a folder, and none that is hidden. A
    location that does not exist, and a folder with nothing to read, still gives a source: fetching it tells
    what is wrong.
    """
    found = (source for location in locations for source in _sources(location))
    return list({source.location: source for source in found}.values())


def mailbox_files(folder: Path) -> list[Path] | None:
    """Return the messages of a Maildir folder, sorted by name; None where `folder` is none.

    A Maildir has the folders `cur` and `new`, and in them files without endings, a message each.
    """
    parts = [folder / name for name in _MAILDIR]
    if not all(part.is_dir() for part in parts):
        return None
    files = [file for part in parts for file in part.iterdir()]
    return sorted(
        (file for file in files if not file.name.startswith(".") and file.is_file()),
        key=lambda file: (file.name, file.parent.name),
    )


def _sources(location: str) -> Iterator[Source]:
    files: list[str] = []
    if location != STANDARD_INPUT and _is_folder(Path(location)):
        for message in mailbox_files(Path(location)) or ():
            yield Source(name=message.name, location=location_of(message), reader="mail")
        files = _files(location)
        if not files and mailbox_files(Path(location)):
            return
    for path in files or [location]:
        yield Source(name=_name(path), location=_as_location(path))


def _as_location(given: str) -> str:
    """What a user names is a path, but for standard input, an address, and a location that we printed."""
    is_path = given != STANDARD_INPUT and not is_address(given)
    return (
        location_of(given)
        if is_path and (not given.startswith("file:") or _exists(given))
        else given
    )


def _exists(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).exists()
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError, ValueError):  # a name that is too long, or has a NUL in it
        return path.is_dir()
    return False


def _files(folder: str) -> list[str]:
    top = Path(folder)
    with suppress(CrowdedError):  # fetching the folder says so
        return [
            str(path)
            for path in walk(top)
            if path != top and (_is_read(path.suffix.lower()) or _is_folder(path) or _is_feed(path))
        ]
    return []


def _is_read(ending: str) -> bool:
    return ending in MEDIA_TYPES or (ending != "" and plugin("readers", ending) is not None)


def _is_feed(path: Path) -> bool:
    """Return whether a file is a feed in JSON or a list of feeds, which whoever reads it names."""
    ending = path.suffix.lower()
    if ending != ".json":
        return ending == ".opml"
    with suppress(OSError), open_regular(path) as file:
        return is_json_feed(file.read(_HEAD))
    return False


def _name(location: str) -> str:
    if location == STANDARD_INPUT:
        return "standard input"
    return (
        without_credentials(location) if is_address(location) else Path(location).name or location
    )


def _endings() -> str:
    return ", ".join(ending.lstrip(".") for ending in MEDIA_TYPES)
