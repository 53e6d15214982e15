"""What a page declares of its articles: JSON-LD (schema.org), links and meta elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from digest.incoming import parse_json
from digest.readers.dates import moment
from digest.readers.foreign import guarded
from digest.text.whitespace import fold

Tree = Any
# fmt: off
ARTICLE_TYPES = frozenset([
    "Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle",
    "BlogPosting", "LiveBlogPosting", "OpinionNewsArticle", "ReportageNewsArticle",
    "ReviewNewsArticle", "Report", "Review", "ScholarlyArticle", "SocialMediaPosting",
    "TechArticle", "AdvertiserContentArticle",
])
# fmt: on
SECTION = "article:section"
"""The property of the Open Graph under which a page names its part of the paper (ogp.me)."""
_MAX_SCRIPT = 2_000_000
_MAX_NODES = 5_000
_LONGEST_SECTION = 80
_MAX_ADDRESS = 2_000
_OPENING = re.compile(r"<!--|(?://)?\s{0,20}<!\[CDATA\[")
_CLOSING = re.compile(r"(?:-->|(?://)?\s{0,20}\]\]>)\s{0,20};?\Z")
_MARK = 50
_BY = re.compile(
    r"(?i)(?:(?:view |all |view all )?posts by|(?:written |posted |story |words )?by|author"
    r"|von|par|por|di|door|av|af)\s*:?\s+(?=\S)"
)
_NOBODY = frozenset(("admin", "author", "follow", "no author", "staff", "unknown"))
_MARKUP = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """One article as the page's own metadata describe it."""

    headline: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    site: str | None = None
    body: str = ""


def sections_of(tree: Tree) -> tuple[str, ...]:
    """Return the parts of the paper that a page says it belongs to, each once."""
    found = (
        fold(meta.get("content") or "")[:_LONGEST_SECTION]
        for meta in tree.iter("meta")
        if meta.get("property", "").lower() == SECTION
    )
    return tuple(dict.fromkeys(filter(None, found)))


def declared_articles(tree: Tree) -> list[Declared]:
    """Return the articles that the JSON-LD of a page describes, in order; comments are none."""
    return [
        _declared(node)
        for node in _nodes(tree)
        if ARTICLE_TYPES & set(_types(node)) and (node.get("headline") or node.get("name"))
    ]


def declares_one_article(tree: Tree) -> bool:
    """Whether the page says of itself that it is one article: by OpenGraph or by JSON-LD."""
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name == "og:type" and (meta.get("content") or "").strip().lower() == "article":
            return True
        if name == "article:published_time":
            return True
    return len(declared_articles(tree)) == 1


def canonical_url(tree: Tree) -> str | None:
    """Return the address of `rel=canonical`, where it is whole."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return web_address(link.get("href"))
    return None


def web_address(value: object) -> str | None:
    """Return an http(s) address as it stands, None for anything else."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    if len(value) > _MAX_ADDRESS or re.search(r"[\s<>\"]", value):
        return None
    parts = guarded(lambda: urlsplit(value), None)
    whole = parts and parts.scheme.lower() in ("http", "https") and parts.hostname
    return value if whole else None


def plain_name(value: str | None) -> str | None:
    """Return the name in a byline: without "By", markup and addresses; None where no name is left."""
    if not value:
        return None
    name = fold(unescape(_MARKUP.sub(" ", value[:500])))
    name = _BY.sub("", name, count=1) if _BY.match(name) else name
    nobody = not name or len(name) > 150 or "://" in name or name.lower() in _NOBODY
    return None if nobody else name.replace("; ", ", ")


def _declared(node: dict[str, Any]) -> Declared:
    published = _text(node.get("datePublished") or node.get("dateCreated"))
    page = node.get("mainEntityOfPage")
    return Declared(
        headline=_text(node.get("headline") or node.get("name")),
        author=_names(node.get("author") or node.get("creator")),
        published=moment(published) if published else None,
        url=web_address(node.get("url"))
        or web_address(page.get("@id") if isinstance(page, dict) else page),
        site=_names(node.get("publisher")),
        body=_text(node.get("articleBody")) or "",
    )


def _nodes(tree: Tree) -> Iterator[dict[str, Any]]:
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        todo = [_loaded(script.text or "")]
        while todo and seen < _MAX_NODES:
            item = todo.pop()
            seen += 1
            if isinstance(item, list):
                todo += reversed(item)
            elif isinstance(item, dict):
                yield item
                todo += [
                    item[key]
                    for key in ("itemListElement", "mainEntity", "item", "@graph")
                    if key in item
                ]


def _loaded(text: str) -> Any:
    if len(text) > _MAX_SCRIPT:
        return None
    try:
        return parse_json(_uncommented(text), strict=False)
    except ValueError:
        return None


def _uncommented(text: str) -> str:
    """Return a script without the comment around it that old browsers were to see."""
    text = text.strip()
    head, foot = _OPENING.match(text), _CLOSING.search(text, max(0, len(text) - _MARK))
    return text[head.end() if head else 0 : foot.start() if foot else len(text)]


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in kinds if isinstance(kind, str)]


def _names(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    names = [
        plain_name(item.get("name") if isinstance(item, dict) else item)
        for item in values[:20]
        if isinstance(item, str) or (isinstance(item, dict) and isinstance(item.get("name"), str))
    ]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return fold(_MARKUP.sub(" ", unescape(value))) or None if isinstance(value, str) else None
