"""Records (JSON objects, rows of a table) as articles, and articles and summaries as records."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from digest.models import Article, Summary, as_utc

Record = dict[str, Any]

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


def article_record(article: Article) -> Record:
    """Return an article as a record (schema split/1)."""
    return {
        "page": article.page,
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "author": article.author,
        "published": article.published and article.published.isoformat().replace("+00:00", "Z"),
        "language": article.language,
        "headings": list(article.headings),
        "truncated": article.truncated,
        "teaser": article.teaser,
    }


def summary_record(id_: object, articles: Sequence[Article], summary: Summary) -> Record:
    """Return a summary as a record (schema summary/1)."""
    numbers = {article.id: number for number, article in enumerate(articles)}
    record: Record = {
        "id": id_,
        "sentences": [
            {
                "text": sentence.text,
                "document": numbers[sentence.article_id],
                "start": sentence.start,
                "end": sentence.end,
                "score": round(sentence.score, 6),
            }
            for sentence in summary.sentences
        ],
        "words": summary.words,
    }
    return record | ({"note": summary.note} if summary.note else {})


def _language(record: Mapping[str, Any]) -> str:
    """Detect the language of a record by its title and the beginning of its text."""
    from digest.text.language import detect_language

    return detect_language(f"{_text(record, 'title') or ''}\n{record['text'][:_OPENING]}".strip())


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else None
