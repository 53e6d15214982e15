"""The JSON of a briefing, which other programs rely on, and its inverse."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from digest.incoming import storable
from digest.models import (
    SCHEMA,
    Article,
    Digest,
    Disagreement,
    FailingSource,
    Importance,
    Omission,
    Section,
    Sentence,
    StorySummary,
    as_utc,
)

_DIGITS = 6
"""Scores are rounded, so that the last bits of another machine's arithmetic do not change the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonRenderer:
    """Renders a digest as JSON: stable keys, two spaces, UTF-8 as it is, a line break at the end.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD; the offsets stay true.
    """

    def __call__(self, digest: Digest, /) -> str:
        """Return the JSON text of `digest`."""
        value = {
            "schema": SCHEMA,
            "title": digest.title,
            "date": digest.date.isoformat(),
            **_day("previous", digest.previous),
            "sections": [_section(section) for section in digest.sections],
            "in_brief": [brief.article.id for brief in digest.in_brief],
            "also_read": [brief.article.id for brief in digest.also_read],
            "articles": [*_articles(digest)],
            "omissions": [_omission(omission) for omission in digest.omissions],
            "failing": [_failing(source) for source in digest.failing],
            "statistics": asdict(digest.statistics),
        }
        text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
        return storable(text) + "\n"


def _articles(digest: Digest) -> Iterator[dict[str, Any]]:
    yield from (_article(a) for section in digest.sections for a in section.topic.articles)
    for brief in (*digest.in_brief, *digest.also_read):
        place = {"section": brief.department, "importance": _importance(brief.importance)}
        yield {**_article(brief.article), **place}


def _section(section: Section) -> dict[str, Any]:
    return {
        "label": section.topic.label,
        "heading": section.heading,
        **({"heading_by": section.heading_by} if section.heading_by else {}),
        "kicker": section.topic.kicker,
        "tier": section.tier,
        "section": section.department,
        "importance": _importance(section.importance),
        "keywords": list(section.topic.keywords),
        **_day("since", section.topic.since),
        "summary": [_sentence(sentence) for sentence in section.summary.sentences],
        **_note(section.summary.note),
        "disagreements": [_disagreement(one) for one in section.disagreements],
        "stories": [_story(story) for story in section.stories],
    }


def _story(story: StorySummary) -> dict[str, Any]:
    articles = story.story.articles
    return {
        "headline": articles[0].title if articles else "",
        "articles": [article.id for article in articles],
        "outlets": list(dict.fromkeys(article.source for article in articles)),
        **({"listed": True} if story.listed else {}),
        **_day("since", story.story.since),
        **({"updated": True} if story.story.updated else {}),
        "summary": [_sentence(sentence) for sentence in story.summary.sentences],
        **_note(story.summary.note),
    }


def _importance(importance: Importance) -> dict[str, float]:
    parts = {name: round(value, _DIGITS) + 0.0 for name, value in importance.parts}
    return {"total": round(importance.total, _DIGITS) + 0.0, **parts}


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "figures": list(disagreement.figures),
        "sentences": [_sentence(disagreement.first), _sentence(disagreement.second)],
    }


def _failing(source: FailingSource) -> dict[str, Any]:
    return {**asdict(source), "since": source.since.isoformat()}


def _day(key: str, day: date | None) -> dict[str, str]:
    return {key: day.isoformat()} if day else {}


def _note(note: str) -> dict[str, str]:
    return {"note": note} if note else {}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    score = round(sentence.score, _DIGITS) if math.isfinite(sentence.score) else 0.0
    return {
        "text": sentence.text,
        "article": sentence.article_id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "score": score + 0.0,
    }


def _article(article: Article) -> dict[str, Any]:
    published = as_utc(article.published).isoformat() if article.published else None
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": published,
        "words": article.words,
        "text": article.text,
        "author": article.author,
        "language": article.language,
        "page": article.page,
        "headings": list(article.headings),
        "truncated": article.truncated,
        "teaser": article.teaser,
        "categories": list(article.categories),
        "copies": [asdict(copy) for copy in article.copies],
    }


def _omission(omission: Omission) -> dict[str, str]:
    return {
        "what": omission.what,
        "reason": omission.reason,
        "page": omission.page,
        "detail": omission.detail,
    }
