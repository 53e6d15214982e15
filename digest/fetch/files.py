"""Source -> RawDocument: files, folders and standard input."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from digest.errors import FetchError, without_credentials
from digest.fetch.urls import is_address
from digest.models import RawDocument, Source

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
"""The endings of names that are read, and what they say. A folder gives the files that have one."""

STANDARD_INPUT = "-"
_MAILDIR = ("cur", "new")
_MEBIBYTE = 1024 * 1024
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

    max_bytes: int = 64 * _MEBIBYTE

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
        media_type = MEDIA_TYPES.get(Path(location).suffix.lower(), "")
        return RawDocument(source=source, content=content, media_type=media_type)

    def _content(self, location: str) -> bytes:
        if location == STANDARD_INPUT:
            return self._bounded(sys.stdin.buffer, location)
        path = Path(location)
        if path.is_dir():
            next(path.iterdir(), None)  # a folder that may not be read says so itself
            raise FetchError(location, f"a folder without pages ({_endings()}); give the files")
        with path.open("rb") as file:
            return self._bounded(file, location)

    def _bounded(self, file: BinaryIO, location: str) -> bytes:
        # One byte more than allowed shows that there is too much; a device or a pipe has no size to ask.
        content = file.read(self.max_bytes + 1)
        if len(content) > self.max_bytes:
            limit = f"{self.max_bytes / _MEBIBYTE:g} MiB"
            raise FetchError(location, f"larger than {limit}; split it into smaller files")
        return content


def expand(locations: Iterable[str]) -> list[Source]:
    """Return a source for each location, each once: a folder gives its files, sorted, at any depth, and
    a Maildir its messages.

    Only files with a known ending are taken from a folder, and none that is hidden. A location that does
    not exist, and a folder with nothing to read, still gives a source: fetching it tells what is wrong.
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
    if location != STANDARD_INPUT and Path(location).is_dir():
        for message in mailbox_files(Path(location)) or ():
            yield Source(name=message.name, location=str(message), reader="mail")
        files = _files(location)
        if not files and mailbox_files(Path(location)):
            return
    for path in files or [location]:
        yield Source(name=_name(path), location=path)


def _files(folder: str) -> list[str]:
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(root, name)
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in MEDIA_TYPES
        ]
    return [str(path) for path in sorted(found, key=lambda path: path.parts)]


def _name(location: str) -> str:
    if location == STANDARD_INPUT:
        return "standard input"
    return (
        without_credentials(location) if is_address(location) else Path(location).name or location
    )


def _endings() -> str:
    return ", ".join(ending.lstrip(".") for ending in MEDIA_TYPES)
