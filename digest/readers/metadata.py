"""Title, author, date and address of a page and of each article on it.

What the page declares in JSON-LD (schema.org) wins over what can be guessed; `rel=canonical` names the address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from digest.incoming import parse_json
from digest.length import count_words
from digest.readers.cards import (
    ARTICLE_TYPES,
    Card,
    first_heading,
    heading_text,
    headings,
    sidelined,
)
from digest.readers.dates import published
from digest.readers.extraction import letters_of
from digest.readers.fields import (
    LAST_DATE,
    NEAR_HEADING,
    TAG,
    Tree,
    are_names,
    author_of,
    date_of,
    guarded,
    http_url,
    is_byline,
    name_in,
    parse_date,
    patch_htmldate,
    people,
    plain_name,
)
from digest.text.bylines import named_in_byline
from digest.text.characters import fold
from digest.text.dates import CALENDAR, WEEKDAYS

SECTION = "article:section"
"""The property of the Open Graph under which a page names its part of the paper (ogp.me)."""
_MAX_SCRIPT = 2_000_000  # characters of JSON-LD are parsed
_MAX_NODES = 5_000  # nodes of JSON-LD are looked at
_OPENING = re.compile(r"<!--|(?://)?\s{0,20}<!\[CDATA\[")
_CLOSING = re.compile(r"(?:-->|(?://)?\s{0,20}\]\]>)\s{0,20};?\Z")
_MARK = 50  # characters at the end may close a comment
_MAX_LINES = 500  # lines may repeat the title
_TELLING = 4
"""A title of so many words says something; a name mostly has fewer."""
_TITLES = {**dict.fromkeys(("dc.title", "dc:title", "dcterms.title"), "dc"), "og:title": "og"}
_MOST_SHARED = 0.4
"""More of the words of a headline in JSON-LD stand in another title of its page, fewer of a description: on 153
pages half and more of the one, a quarter of the other."""
_CONTENT = re.compile(r"\w{4,}")
_LONGEST_BYLINE = 200
_VOCABULARIES = ("dc", "citation", "author", "og")
_CREATOR = {
    **dict.fromkeys(("dc.creator", "dc:creator", "dcterms.creator", "dcterms:creator"), "dc"),
    "citation_author": "citation",
    "author": "author",
    **dict.fromkeys(("article:author", "og:article:author"), "og"),
}
"""Dublin Core, Highwire Press, HTML and the Open Graph; libraries fill in theirs with most care."""
_INVERTED = re.compile(
    r"^((?:(?:de|van|von|der|la)\s)*[^\W\d_][\w'’-]+), ((?:[^\W\d_][\w.'’-]*+\s?+){1,3})$"
)
"""A surname before the first names, as catalogues have it."""
_ORDINAL = {"st", "nd", "rd", "th", "of"}
PERMALINK = re.compile(r"\s?[¶§🔗]\Z")
"""What documentation shows at the end of a heading, to link to it."""
_TITLE_PART = re.compile(r"(?:(?<!\s)\s++)[|·•»–—-]\s+|(?:(?<!\s)\s++)?::\s*+")


# --- what a page declares


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """One article as the page's own metadata describe it."""

    headline: str | None = None
    author: str | None = None
    published: datetime | None = None
    url: str | None = None
    site: str | None = None
    body: str = ""


def declared_articles(tree: Tree) -> list[Declared]:
    """Return the articles that the JSON-LD of a page describes, in order; comments are none."""
    return [
        _declared(node)
        for node in _nodes(tree)
        if ARTICLE_TYPES & set(_types(node)) and (node.get("headline") or node.get("name"))
    ]


def declares_one_article(tree: Tree) -> bool:
    """Return whether the page says of itself that it is one article: by OpenGraph or by JSON-LD."""
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
            return http_url(link.get("href"))
    return None


def _declared(node: dict[str, Any]) -> Declared:
    published = _text(node.get("datePublished") or node.get("dateCreated"))
    page = node.get("mainEntityOfPage")
    return Declared(
        headline=_text(node.get("headline") or node.get("name")),
        author=_names(node.get("author") or node.get("creator")),
        published=parse_date(published) if published else None,
        url=http_url(node.get("url"))
        or http_url(page.get("@id") if isinstance(page, dict) else page),
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
    return fold(TAG.sub(" ", unescape(value))) or None if isinstance(value, str) else None


# --- what a page shows


def page_metadata(tree: Tree, url: str | None) -> Declared:
    """Return what is known of the page as a whole, for a page of one article."""
    from lxml.etree import LxmlError
    from trafilatura.metadata import Document, extract_metadata

    patch_htmldate()
    _shorten(tree)
    dates = {"original_date": True, "extensive_search": True, "max_date": LAST_DATE}
    guessed: Any = guarded(lambda: extract_metadata(tree, url, dates), Document(), LxmlError)
    tab = next(filter(None, map(heading_text, tree.iter("title"))), None)
    title = guessed.title or tab
    said = _main(declared_articles(tree), (_heading(tree, tab), title))
    heading = _declared_title(tree, said.headline, tab)
    headline = heading or _heading(tree, tab) or _heading(tree, title) or _titled(tree, title, tab)
    site = _declared_site(tree) or _site(guessed.sitename or said.site, headline, tab)
    return Declared(
        headline=headline,
        author=people(_person(said, _creators(tree), site), site)
        or people(_under_heading(tree))
        or people(plain_name(guessed.author), site),
        published=said.published or published(tree, guessed.date),
        url=canonical_url(tree) or said.url or http_url(guessed.url) or url,
        site=site,
    )


_LONGEST_FIELD = 2_000
"""Characters of a field of the head: some of the library's patterns are quadratic, 40 ms for so many."""
_LONGEST_SCRIPT = 8_192
"""Characters of JSON-LD that is no JSON, which the library searches nevertheless: 150 ms for so many."""
_TAGS = 50
"""Tags that are not closed in a description: each is searched for to its end."""


def _shorten(tree: Tree) -> None:
    """Cut fields that no page has so long, and JSON-LD that is no JSON, before a library searches them."""
    for meta in tree.iter("meta"):
        content = meta.get("content")
        if content and len(content) > _LONGEST_FIELD:
            meta.set("content", content[:_LONGEST_FIELD])
    for script in tree.iter("script"):
        text = script.text or ""
        is_long = len(text) > _LONGEST_SCRIPT and "ld+json" in (script.get("type") or "").lower()
        if is_long and (_loaded(text) is None or text.count("<", text.rfind(">") + 1) > _TAGS):
            script.text = None


def _creators(tree: Tree) -> str | None:
    """The writers whom the head names, by the first of its vocabularies that names any."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        for key in f"{meta.get('name') or ''} {meta.get('property') or ''}".lower().split():
            vocabulary = _CREATOR.get(key)
            name = plain_name(meta.get("content")) if vocabulary else None
            if vocabulary and name and people(name):
                found.setdefault(vocabulary, []).append(_INVERTED.sub(r"\2 \1", name))
    return next((", ".join(found[key][:20]) for key in _VOCABULARIES if key in found), None)


def _declared_site(tree: Tree) -> str | None:
    """The name in `og:site_name`, which is the page's own word; an address in its place is no name."""
    names = (
        fold(meta.get("content") or "")
        for meta in tree.iter("meta")
        if meta.get("property", "").lower() == "og:site_name"
    )
    return next((name for name in names if name and "://" not in name), None)


def _site(name: str | None, headline: str | None, tab: str | None) -> str | None:
    """The site's name, but no headline that was taken for one: then what the tab shows after it, if short."""
    if name and (_is_date(name) or (headline and _letters(headline) in _letters(name))):
        name = None
    if name or not headline or not tab or not _letters(tab).startswith(_letters(headline)):
        return name
    parts = [part for part in _TITLE_PART.split(tab[:500])[1:] if not _is_date(part)]
    last = parts[-1] if parts else ""
    return last if 0 < len(last.split()) <= 4 and _letters(last) else None


def _is_date(part: str) -> bool:
    """True for "Saturday" and "21 Nov 2026", which pages put into their titles beside the site's name."""
    words = re.findall(r"[^\W\d_]+", part.lower())
    number = re.search(r"\d", part) is not None
    named = all(word in CALENDAR or word in WEEKDAYS or word in _ORDINAL for word in words)
    return named and (number or bool(words))


def _person(said: Declared, guessed: str | None, site: str | None) -> str | None:
    """The declared author, unless that is only the publication while the page names a person."""
    publication = _letters(said.author) in (_letters(said.site), _letters(site))
    return (guessed if publication else said.author) or said.author or guessed


def _under_heading(tree: Tree) -> str | None:
    """The name in what is classed as a byline, or is one ("By A. Name"), near the first heading of the page."""
    heading = first_heading(tree)
    if heading is None:
        return None
    for element in islice(heading.iterancestors(), 3):
        if element.tag in ("body", "html"):
            break
        near = islice(element.iter("a", "span", "p", "div", "address", "cite"), NEAR_HEADING)
        lines = (
            (e, fold("".join(e.itertext())[:_LONGEST_BYLINE])) for e in near if not sidelined(e)
        )
        for below, line in lines:
            if name := named_in_byline(line):
                return name
            if is_byline(below) and (name := name_in(below)) and are_names(name):
                return name
    return None


def by_headline(tree: Tree) -> dict[str, Declared]:
    """Return the declared articles by the letters of their headlines."""
    return {_letters(article.headline): article for article in declared_articles(tree)}


def described(card: Card, base: str | None, declared: dict[str, Declared]) -> Declared:
    """Return what is known of one article among several."""
    said = declared.get(_letters(card.title), Declared())
    link = guarded(lambda: urljoin(base or "", card.link), None) if card.link else None
    return replace(
        said,
        headline=card.title,
        author=people(said.author or author_of(card.element)),
        published=said.published or date_of(card.element),
        url=said.url or http_url(link),
    )


def _main(articles: list[Declared], titles: tuple[str | None, ...]) -> Declared:
    """The declared article that the page is about: the only one, or the one that has its title."""
    if len(articles) == 1:
        return articles[0]
    letters = {_letters(title) for title in titles if title}
    return next((a for a in articles if _letters(a.headline) in letters), Declared())


def _heading(tree: Tree, title: str | None) -> str | None:
    """The heading that the title repeats with the name of the site, or of the section, around it.

    That name may be a heading as well; it is the shorter one, or the one with which the title does not begin.
    """
    if not title:
        return None
    letters = _letters(title)
    found = [heading_text(heading) for heading in islice(tree.iter("h1", "h2", "h3"), _MAX_LINES)]
    found = [PERMALINK.sub("", text) for text in found if not text.endswith((":", "："))]
    found = [text for text in found if count_words(text) >= 3 and _letters(text) in letters]
    if found:
        return max(
            found,
            key=lambda text: (
                len(text),
                letters.startswith(_letters(text)),
                -found.index(text),
            ),
        )
    for line in islice(
        tree.iter("b", "strong", "font", "big", "span", "p", "div", "td"), _MAX_LINES
    ):
        text = fold(line.text or "")
        if len(text.split()) >= 4 and 2 * len(text) > len(title) and _letters(text) in letters:
            return text
    return None


def _declared_title(tree: Tree, said: str | None, tab: str | None) -> str | None:
    """The title that a page declares for others: by JSON-LD, then Dublin Core, then the Open Graph.

    It has to share words with the tab or a great heading: an encyclopedia declares as its headline what an
    entry is about, and a careless site its own name, or the title of its front page.
    """
    declared = _declared_titles(tree)
    site = _letters(_declared_site(tree))
    heading = _heading(tree, tab)
    tops = [heading_text(top) for top in islice(headings(tree, "h1"), _MAX_LINES)]
    shown = [*filter(None, (tab, declared.get("og"), *tops))]
    names = {site, *map(_letters, tops)} - {""}
    candidates = (said, _MOST_SHARED), (declared.get("dc"), 0), (declared.get("og"), 0)
    for title, least in candidates:
        if not title or _letters(title) == site or _is_masthead(title, heading, tab):
            continue
        others = [text for text in shown if text != title or title == tab] if not least else shown
        if any(_shared(title, text) > least for text in others):
            return _heading(tree, title) or _without_site(title, names)
    return None


def _declared_titles(tree: Tree) -> dict[str, str]:
    """The titles in the head by their vocabularies; one attribute may name several of them."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in f"{meta.get('name') or ''} {meta.get('property') or ''}".lower().split():
            title = fold(meta.get("content") or "") if key in _TITLES else ""
            if title:
                found[_TITLES[key]] = title
    return found


def _is_masthead(title: str, heading: str | None, tab: str | None) -> bool:
    """Return whether a title is no more than the name in the tab beside a longer heading."""
    own, whole, longest = _letters(title), _letters(tab), _letters(heading)
    return own in whole and len(own) < len(longest) and own not in longest


def _shared(title: str, text: str) -> float:
    """How much of a title stands in another: all of it, or a share of its longer words."""
    own, other = _letters(title), _letters(text)
    if other and (own in other or other in own):
        return 1.0
    words = set(_CONTENT.findall(title.lower()))
    return len(words & set(_CONTENT.findall(text.lower()))) / max(1, len(words))


def _without_site(title: str, names: set[str]) -> str:
    """A title without the last part, where that is the name of the site, or the rest is a heading."""
    parts = [*_TITLE_PART.finditer(title[:500])]
    head, name = (title[: parts[-1].start()], title[parts[-1].end() :]) if parts else ("", "")
    known = _letters(name) in names or _letters(head) in names
    return head if head and known else title


def _titled(tree: Tree, title: str | None, tab: str | None) -> str | None:
    """The title of a page that declares none, and none of whose headings its tab repeats.

    Its tab may name no more than the site, while its one great heading says something.
    """
    if not tab:
        return title
    parts = [part for part in _TITLE_PART.split(tab[:500]) if not _is_date(part)]
    tops = [heading_text(top) for top in islice(tree.iter("h1"), 2) if not sidelined(top)]
    letters = set(map(_letters, tops))
    name = next((part for part in parts if _letters(part) in letters), max(parts, key=len))
    name = name if len(parts) > 1 else tab
    if len(name.split()) < _TELLING and len(tops) == 1 and len(tops[0].split()) >= _TELLING:
        return tops[0]
    return name


def _letters(text: str | None) -> str:
    return letters_of(text or "")
