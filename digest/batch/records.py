"""Records of others (JSON objects, rows of a table) as articles."""

import datetime
from collections.abc import Mapping
from typing import Any

from digest.models import Article, as_utc

_OPENING = 4000
"""Characters that are looked at for the language."""


def as_article(record: Mapping[str, Any], id_: str) -> Article:
    """Return a record as an article whose text is the record's, unchanged: offsets refer to it."""
    return Article(
        id=id_,
        title=_text(record, "title") or "",
        text=record["text"],
        source=_text(record, "source") or "",
        url=_text(record, "url"),
        author=_text(record, "author"),
        published=moment(record.get("published")),
        language=_text(record, "language") or _language(record),
    )


def moment(value: object) -> datetime.datetime | None:
    """Return what ISO 8601 says, in UTC; None where it is no date."""
    if not isinstance(value, str):
        return None
    try:
        return as_utc(datetime.datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None


def _language(record: Mapping[str, Any]) -> str:
    """Detect the language of a record by its title and the beginning of its text."""
    from digest.text.language import detect_language

    return detect_language(f"{_text(record, 'title') or ''}\n{record['text'][:_OPENING]}".strip())


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else None
