"""The JSON of a briefing read back, so that it can be sent and verified without building it again."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from json import JSONDecodeError
from typing import Any, TypeVar, cast, get_args

from digest.errors import ConfigError
from digest.incoming import parse_json
from digest.models import (
    SCHEMA,
    Article,
    Brief,
    Copy,
    Digest,
    Disagreement,
    FailingSource,
    Importance,
    Omission,
    Reason,
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

T = TypeVar("T")
_LATER = frozenset({"outlets", "also_read"})
"""Counts that issues of an earlier version do not have."""


def read_digest(text: str) -> Digest:
    """Return the digest that `JsonRenderer` wrote; the summaries' method is not in the JSON.

    Raises `ConfigError` that names the place where the JSON is not a briefing of ours.
    """
    try:
        value = parse_json(text)
    except ValueError as error:
        line = f"line {error.lineno}: {error.msg}" if isinstance(error, JSONDecodeError) else error
        raise ConfigError(f"not JSON: {line}") from error
    root = _Node(value, "")
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ConfigError(f"not a briefing of this version: its 'schema' is not {SCHEMA}")
    briefs = {brief.article.id: brief for brief in root.items("articles", _brief)}
    articles = {key: brief.article for key, brief in briefs.items()}

    def lines(key: str) -> tuple[Brief, ...]:
        return root.items(key, lambda node: briefs[_known(node, articles).id])

    return Digest(
        title=root.text("title"),
        date=root.day("date"),
        sections=root.items("sections", lambda node: _section(node, articles)),
        in_brief=lines("in_brief"),
        also_read=lines("also_read") if root.has("also_read") else (),
        omissions=root.items("omissions", _omission),
        statistics=_statistics(root.child("statistics")),
        previous=root.day("previous") if root.has("previous") else None,
        failing=root.items("failing", _failing) if root.has("failing") else (),
    )


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

    def scalar(self, kind: type[T], expected: str) -> T:
        if not isinstance(self.value, kind) or (isinstance(self.value, bool) and kind is not bool):
            raise self.wrong(expected)
        return self.value

    def text(self, key: str) -> str:
        return self.child(key).scalar(str, "a string")

    def optional(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

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

    def moment(self, key: str) -> datetime | None:
        try:
            return as_utc(datetime.fromisoformat(self.text(key))) if self.has(key) else None
        except (ValueError, OverflowError) as error:
            raise self.child(key).wrong("a date and time") from error

    def items(self, key: str, make: "Callable[[_Node], T]") -> tuple[T, ...]:
        node = self.child(key)
        values = node.scalar(list, "a list")
        return tuple(make(_Node(value, f"{node.path}[{i}]")) for i, value in enumerate(values))

    def strings(self, key: str) -> tuple[str, ...]:
        return self.items(key, lambda node: node.scalar(str, "a string")) if self.has(key) else ()


def _brief(node: _Node) -> Brief:
    """Read an article with its place in the issue; those of sections have none of their own."""
    return Brief(_article(node), _importance(node), node.optional("section") or "")


def _importance(node: _Node) -> Importance:
    if not node.has("importance"):
        return Importance()
    parts = node.child("importance")
    names = parts.scalar(dict, "an object")
    return Importance(tuple((str(k), parts.number(k)) for k in names if k != "total"))


def _article(node: _Node) -> Article:
    return Article(
        id=node.text("id"),
        title=node.text("title"),
        text=node.text("text"),
        source=node.text("source"),
        page=node.optional("page") or "",
        url=node.optional("url"),
        author=node.optional("author"),
        published=node.moment("published"),
        language=node.optional("language") or "en",
        headings=node.strings("headings"),
        truncated=node.flag("truncated"),
        teaser=node.flag("teaser"),
        categories=node.strings("categories"),
        copies=node.items("copies", _copy) if node.has("copies") else (),
    )


def _copy(node: _Node) -> Copy:
    return Copy(
        source=node.text("source"),
        url=node.optional("url"),
        title=node.optional("title"),
        page=node.optional("page") or "",
    )


def _known(node: _Node, articles: Mapping[str, Article]) -> Article:
    article = articles.get(node.scalar(str, "an article's id"))
    if article is None:
        raise node.wrong("the id of one of its articles")
    return article


def _section(node: _Node, articles: Mapping[str, Article]) -> Section:
    stories = node.items("stories", lambda story: _story(story, articles))
    topic = Topic(
        label=node.text("label"),
        stories=tuple(story.story for story in stories),
        keywords=node.strings("keywords"),
        since=node.day("since") if node.has("since") else None,
        kicker=node.optional("kicker") or "",
    )
    differing = node.has("disagreements")
    return Section(
        topic=topic,
        summary=_summary(node, articles),
        stories=stories,
        disagreements=node.items("disagreements", lambda child: _disagreement(child, articles))
        if differing
        else (),
        heading=node.optional("heading") or topic.label,
        heading_by="editor" if node.optional("heading_by") == "editor" else "",
        importance=_importance(node),
        tier=_tier(node),
        department=node.optional("section") or "",
    )


def _tier(node: _Node) -> Tier:
    """Read the tier of a section; issues of before there were any tell all their topics as stories."""
    found = node.optional("tier") or "story"
    if found not in get_args(Tier):
        raise node.child("tier").wrong(f"one of {', '.join(get_args(Tier))}")
    return cast("Tier", found)


def _disagreement(node: _Node, articles: Mapping[str, Article]) -> Disagreement:
    sentences = node.items("sentences", lambda child: _sentence(child, articles))
    figures = node.strings("figures")
    if len(sentences) != 2 or len(figures) != 2:
        raise node.wrong("two sentences and two figures")
    return Disagreement(first=sentences[0], second=sentences[1], figures=(figures[0], figures[1]))


def _failing(node: _Node) -> FailingSource:
    return FailingSource(
        node.text("name"), node.text("location"), node.text("reason"), node.day("since")
    )


def _story(node: _Node, articles: Mapping[str, Article]) -> StorySummary:
    members = node.items("articles", lambda child: _known(child, articles))
    if not members:
        raise node.child("articles").wrong("a list of at least one article")
    since = node.day("since") if node.has("since") else None
    return StorySummary(
        story=Story(articles=members, since=since, updated=node.flag("updated")),
        summary=_summary(node, articles),
        listed=node.flag("listed"),
    )


def _summary(node: _Node, articles: Mapping[str, Article]) -> Summary:
    sentences = node.items("summary", lambda child: _sentence(child, articles))
    return Summary(sentences=sentences, method="", note=node.optional("note") or "")


def _sentence(node: _Node, articles: Mapping[str, Article]) -> Sentence:
    return Sentence(
        article_id=_known(node.child("article"), articles).id,
        index=node.whole("index") if node.has("index") else 0,
        start=node.whole("start"),
        end=node.whole("end"),
        text=node.text("text"),
        score=node.number("score"),
    )


def _omission(node: _Node) -> Omission:
    return Omission(
        what=node.text("what"),
        reason=cast("Reason", node.text("reason")),
        page=node.optional("page") or "",
        detail=node.optional("detail") or "",
    )


def _statistics(node: _Node) -> Statistics:
    names = [name for name in Statistics.__slots__ if name not in _LATER or node.has(name)]
    fields: dict[str, Any] = {name: node.whole(name) for name in names}
    return Statistics(**fields)
