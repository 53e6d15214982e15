"""Values as JSON and back: the briefing that other programs rely on, and the records of articles and summaries.

A new field of an article, a copy, an omission, a failing source or the statistics needs nothing here: it is
written and read as the last of its object. Older files can be read: a missing field has its default.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from digest.errors import ConfigError
from digest.incoming import parse_json, storable
from digest.models import (
    Article,
    Brief,
    Copy,
    Digest,
    Disagreement,
    FailingSource,
    Importance,
    Omission,
    Section,
    Sentence,
    Statistics,
    Story,
    StorySummary,
    Summary,
    Tier,
    Topic,
    as_utc,
)

SCHEMA = "https://digest.example/schema/briefing/1"
"""The name of the JSON shape that `digest build` writes; it changes when a reader would have to."""

T = TypeVar("T")
Record = dict[str, Any]

_DIGITS = 6
"""Scores are rounded, so that the last bits of another machine's arithmetic do not change the file."""
_HEAD = (
    *("id", "title", "source", "url", "published", "words", "text", "author", "language"),
    "page",
)
"""The first keys of an article in a briefing; the other fields follow as the model has them."""
_SPLIT = (
    *("page", "id", "title", "text", "url", "author", "published", "language", "headings"),
    *("truncated", "teaser"),
)
"""The keys of the schema split/1."""
_NEEDED: dict[type, frozenset[str]] = {
    Article: frozenset({"source"}),
    Statistics: frozenset(Statistics.__slots__) - {"outlets", "also_read"},
}
"""Fields that a briefing has, although the model has a default for them."""


def write_digest(digest: Digest, /) -> str:
    """Return the JSON text of a digest: stable keys, two spaces, UTF-8 as it is, a line break at the end.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD; the offsets stay true.
    """
    value = {
        "schema": SCHEMA,
        "title": digest.title,
        "date": digest.date.isoformat(),
        **_day("previous", digest.previous),
        "sections": [_section(section) for section in digest.sections],
        "in_brief": [brief.article.id for brief in digest.in_brief],
        "also_read": [brief.article.id for brief in digest.also_read],
        "articles": [*_articles(digest)],
        "omissions": _plain(digest.omissions),
        "failing": _plain(digest.failing),
        "statistics": _plain(digest.statistics),
    }
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    return storable(text) + "\n"


def article_values(article: Article) -> Record:
    """Return the fields of an article as JSON has them; `article_of` is the inverse."""
    return {one.name: _plain(getattr(article, one.name)) for one in fields(article)}


def article_record(article: Article) -> Record:
    """Return an article as a record (schema split/1)."""
    values = article_values(article)
    published = values["published"] and values["published"].replace("+00:00", "Z")
    return {name: values[name] for name in _SPLIT} | {"published": published}


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
                "score": round(sentence.score, _DIGITS),
            }
            for sentence in summary.sentences
        ],
        "words": summary.words,
    }
    return record | _note(summary.note)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _articles(digest: Digest) -> Iterator[Record]:
    yield from (_article(a) for section in digest.sections for a in section.topic.articles)
    for brief in (*digest.in_brief, *digest.also_read):
        place = {"section": brief.department, "importance": _importance(brief.importance)}
        yield {**_article(brief.article), **place}


def _article(article: Article) -> Record:
    values = article_values(article) | {"words": article.words}
    return {name: values[name] for name in _HEAD} | values


def _section(section: Section) -> Record:
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


def _story(story: StorySummary) -> Record:
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


def _disagreement(disagreement: Disagreement) -> Record:
    return {
        "figures": list(disagreement.figures),
        "sentences": [_sentence(disagreement.first), _sentence(disagreement.second)],
    }


def _sentence(sentence: Sentence) -> Record:
    score = round(sentence.score, _DIGITS) if math.isfinite(sentence.score) else 0.0
    return {
        "text": sentence.text,
        "article": sentence.article_id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "score": score + 0.0,
    }


def _day(key: str, day: date | None) -> dict[str, str]:
    return {key: day.isoformat()} if day else {}


def _note(note: str) -> dict[str, str]:
    return {"note": note} if note else {}


def read_digest(text: str) -> Digest:
    """Return the digest that `write_digest` wrote; the summaries' method is not in the JSON.

    Raises `ConfigError` that names the place where the JSON is not a briefing of ours.
    """
    try:
        value = parse_json(text)
    except ValueError as error:
        reason: object = error
        if isinstance(error, json.JSONDecodeError):
            reason = f"line {error.lineno}: {error.msg}"
        raise ConfigError(f"not JSON: {reason}") from error
    root = _Node(value, "")
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ConfigError(f"not a briefing of this version: its 'schema' is not {SCHEMA}")
    briefs = {brief.article.id: brief for brief in root.items("articles", _read_brief)}
    articles = {key: brief.article for key, brief in briefs.items()}

    def lines(key: str) -> tuple[Brief, ...]:
        return root.items(key, lambda node: briefs[_known(node, articles).id])

    return Digest(
        title=root.text("title"),
        date=root.day("date"),
        sections=root.items("sections", lambda node: _read_section(node, articles)),
        in_brief=lines("in_brief"),
        also_read=lines("also_read") if root.has("also_read") else (),
        omissions=root.items("omissions", lambda node: node.of(Omission)),
        statistics=root.child("statistics").of(Statistics),
        previous=root.day("previous") if root.has("previous") else None,
        failing=root.items("failing", lambda node: node.of(FailingSource))
        if root.has("failing")
        else (),
    )


def article_of(values: Mapping[str, Any]) -> Article:
    """Return the article of `article_values`, or of a briefing; raises `ConfigError` for a wrong value."""
    return _Node(dict(values), "").of(Article)


class _Node:
    """A value of the JSON and the path that leads to it."""

    def __init__(self, value: object, path: str) -> None:
        self.value = value
        self.path = path

    def wrong(self, expected: str) -> ConfigError:
        return ConfigError(f"not a briefing of ours: {self.path or 'the top'} is not {expected}")

    def child(self, key: str) -> "_Node":
        path = f"{self.path}.{key}" if self.path else key
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        if key not in self.value:
            raise ConfigError(f"not a briefing of ours: {path} is missing")
        return _Node(self.value[key], path)

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def of(self, kind: type[T]) -> T:
        """Return the value as a `kind`, each field under its own name."""
        known = _reading(kind)  # type: ignore[arg-type]
        return kind(**{n: read(self, n) for n, read, needed in known if needed or self.has(n)})

    def scalar(self, kind: type[T], expected: str) -> T:
        if not isinstance(self.value, kind) or (isinstance(self.value, bool) and kind is not bool):
            raise self.wrong(expected)
        return self.value

    def text(self, key: str) -> str:
        return self.child(key).scalar(str, "a string")

    def optional(self, key: str) -> str:
        return self.text(key) if self.has(key) else ""

    def whole(self, key: str) -> int:
        return self.child(key).scalar(int, "a whole number")

    def flag(self, key: str) -> bool:
        return self.has(key) and self.child(key).scalar(bool, "true or false")

    def number(self, key: str) -> float:
        node = self.child(key)
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
            raise node.wrong("a number")
        return float(value)

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self.child(key).wrong("a date such as 2026-11-21") from error

    def moment(self, key: str) -> datetime:
        try:
            return as_utc(datetime.fromisoformat(self.text(key)))
        except (ValueError, OverflowError) as error:
            raise self.child(key).wrong("a date and time") from error

    def items(self, key: str, make: "Callable[[_Node], T]") -> tuple[T, ...]:
        node = self.child(key)
        values = node.scalar(list, "a list")
        return tuple(make(_Node(value, f"{node.path}[{i}]")) for i, value in enumerate(values))

    def strings(self, key: str) -> tuple[str, ...]:
        return self.items(key, lambda node: node.scalar(str, "a string")) if self.has(key) else ()


_READERS: dict[Any, Callable[[_Node, str], Any]] = {
    str: _Node.text,
    str | None: _Node.text,
    int: _Node.whole,
    bool: _Node.flag,
    date: _Node.day,
    datetime | None: _Node.moment,
    tuple[str, ...]: _Node.strings,
    tuple[Copy, ...]: lambda node, key: node.items(key, lambda one: one.of(Copy)),
}
"""The type of a field -> its reader."""


@cache
def _reading(kind: Any) -> list[tuple[str, Callable[[_Node, str], Any], bool]]:
    """Return the name of each field, its reader, and whether it is required."""
    hints = {
        name: str if get_origin(hint) is Literal else hint
        for name, hint in get_type_hints(kind).items()
    }
    needed = _NEEDED.get(kind, frozenset())
    return [
        (one.name, _READERS[hints[one.name]], one.name in needed or one.default is MISSING)
        for one in fields(kind)
    ]


def _read_brief(node: _Node) -> Brief:
    """Read an article with its place in the issue; those of sections have none of their own."""
    return Brief(node.of(Article), _read_importance(node), node.optional("section"))


def _read_importance(node: _Node) -> Importance:
    if not node.has("importance"):
        return Importance()
    parts = node.child("importance")
    names = parts.scalar(dict, "an object")
    return Importance(tuple((str(k), parts.number(k)) for k in names if k != "total"))


def _known(node: _Node, articles: Mapping[str, Article]) -> Article:
    article = articles.get(node.scalar(str, "an article's id"))
    if article is None:
        raise node.wrong("the id of one of its articles")
    return article


def _read_section(node: _Node, articles: Mapping[str, Article]) -> Section:
    stories = node.items("stories", lambda story: _read_story(story, articles))
    topic = Topic(
        label=node.text("label"),
        stories=tuple(story.story for story in stories),
        keywords=node.strings("keywords"),
        since=node.day("since") if node.has("since") else None,
        kicker=node.optional("kicker"),
    )
    differing = node.has("disagreements")
    return Section(
        topic=topic,
        summary=_read_summary(node, articles),
        stories=stories,
        disagreements=node.items("disagreements", lambda one: _read_disagreement(one, articles))
        if differing
        else (),
        heading=node.optional("heading") or topic.label,
        heading_by="editor" if node.optional("heading_by") == "editor" else "",
        importance=_read_importance(node),
        tier=_read_tier(node),
        department=node.optional("section"),
    )


def _read_tier(node: _Node) -> Tier:
    """Read the tier of a section; issues of before there were any tell all their topics as stories."""
    found = node.optional("tier") or "story"
    if found not in get_args(Tier):
        raise node.child("tier").wrong(f"one of {', '.join(get_args(Tier))}")
    return cast("Tier", found)


def _read_disagreement(node: _Node, articles: Mapping[str, Article]) -> Disagreement:
    sentences = node.items("sentences", lambda child: _read_sentence(child, articles))
    figures = node.strings("figures")
    if len(sentences) != 2 or len(figures) != 2:
        raise node.wrong("two sentences and two figures")
    return Disagreement(first=sentences[0], second=sentences[1], figures=(figures[0], figures[1]))


def _read_story(node: _Node, articles: Mapping[str, Article]) -> StorySummary:
    members = node.items("articles", lambda child: _known(child, articles))
    if not members:
        raise node.child("articles").wrong("a list of at least one article")
    since = node.day("since") if node.has("since") else None
    return StorySummary(
        story=Story(articles=members, since=since, updated=node.flag("updated")),
        summary=_read_summary(node, articles),
        listed=node.flag("listed"),
    )


def _read_summary(node: _Node, articles: Mapping[str, Article]) -> Summary:
    sentences = node.items("summary", lambda child: _read_sentence(child, articles))
    return Summary(sentences=sentences, method="", note=node.optional("note"))


def _read_sentence(node: _Node, articles: Mapping[str, Article]) -> Sentence:
    return Sentence(
        article_id=_known(node.child("article"), articles).id,
        index=node.whole("index") if node.has("index") else 0,
        start=node.whole("start"),
        end=node.whole("end"),
        text=node.text("text"),
        score=node.number("score"),
    )
