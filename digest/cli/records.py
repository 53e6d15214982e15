"""JSON lines as articles."""

import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from digest.cli.options import Tally
from digest.errors import FetchError, ReadError
from digest.incoming import open_regular, path_of
from digest.models import Article, as_utc

_ENOUGH_TO_TELL = 200
"""Characters below which the language of a text is not guessed."""


def read_articles(location: str, tally: Tally) -> Iterator[Article]:
    """Yield the articles of a .jsonl file; a line that cannot be used is named by its number."""
    for number, record in read_records(location, tally):
        if not isinstance(record.get("text"), str):
            tally.failure(f'{location}, line {number}: no "text"')
            continue
        yield as_article(record, str(record.get("id", number)))


def read_records(location: str, tally: Tally) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a .jsonl file with their line numbers; a broken line is named and passed over."""
    from digest.readers.jsonl import records

    with tally.one(), _opened(location) as lines:
        for number, record in records(lines, location):
            if isinstance(record, ReadError):
                tally.failure(record)
            else:
                yield number, record


@contextmanager
def _opened(location: str) -> Iterator[BinaryIO]:
    if location == "-":
        yield sys.stdin.buffer
        return
    try:
        with open_regular(path_of(location)) as file:
            yield file
    except OSError as error:
        raise FetchError(location, (error.strerror or "cannot be read").lower()) from error


def as_article(record: dict[str, Any], id_: str) -> Article:
    """Return a record as an article whose text is the record's, unchanged: offsets refer to it."""
    return Article(
        id=id_,
        title=_text(record, "title") or "",
        text=record["text"],
        source=_text(record, "source") or "",
        url=_text(record, "url"),
        author=_text(record, "author"),
        published=_moment(record.get("published")),
        language=_text(record, "language") or _language(record["text"]),
    )


def _language(text: str) -> str:
    """Detect the language of a text; a headline alone is too short to tell."""
    if len(text) < _ENOUGH_TO_TELL:
        return "en"
    from digest.text.language import detect_language

    return detect_language(text)


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _moment(value: object) -> datetime.datetime | None:
    if not isinstance(value, str):
        return None
    try:
        return as_utc(datetime.datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None
