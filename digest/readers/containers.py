"""Where the articles of an HTML page stand: its `<article>` elements, its repeated cards, its headings.

Evidence, strongest first: elements that say so (`<article>`, schema.org microdata, h-entry); headings of one
level in elements of their own, or one after another, each with a date, a byline or a link of its own. A page
that calls itself one article is taken at its word unless other articles stand on it whole.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from digest.readers.schema_org import ARTICLE_TYPES, declares_one_article
from digest.text.whitespace import fold

Tree = Any

WHOLE_WORDS = 80
"""An article that stands on its own has at least so many words outside links."""
APPENDED_WORDS = 120
"""One that stands on the page of another has at least so many: else it is that one's teaser."""
_MAX_HEADINGS = 2_000
_HEADINGS = ("h1", "h2", "h3", "h4")
_ASIDE = frozenset("nav aside footer form dialog".split())
_UNSEEN = frozenset("script style template noscript svg select button iframe".split())
_COMMENTS = re.compile(
    r"(?i)(?:^|[-_\s])(?:user-?)?(?:comments?|comment-?list|commentlist|disqus|replies)(?:[-_\s]|$)"
)
_BYLINE = re.compile(
    r"(?i)(?:^|[-_\s])(?:byline|author|dateline|published|entry-date|timestamp|post-date)(?:[-_\s]|$)"
)
_MORE = re.compile(r"(?:\.\.\.|…)\s*$|\[(?:…|\.\.\.)\]")


@dataclass(frozen=True, slots=True)
class Container:
    """An element that holds one article, or its teaser."""

    element: Tree
    heading: Tree
    words: int
    """Outside links, and outside the containers within it."""
    paragraphs: int
    dated: bool
    """It has a date or a byline of its own."""
    link: str
    """Where its heading leads; empty where it leads nowhere."""

    @property
    def title(self) -> str:
        """The text of its heading."""
        return heading_text(self.heading)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page holds: whole articles (two or more), or teasers; neither for a page of one article."""

    articles: tuple[Container, ...] = ()
    teasers: tuple[Container, ...] = ()


def layout(tree: Tree) -> Layout:
    """Return how the page of `tree` is laid out."""
    marked = _distinct(_marked(tree))
    if declares_one_article(tree):
        articles = tuple(_appended(marked))
        return Layout(articles=articles) if len(articles) >= 2 else Layout()
    for found in (marked, _cards(tree)):
        articles = tuple(c for c in found if _is_whole(c, marked=found is marked))
        if len(articles) >= 2:
            return Layout(articles=articles)
    teasers = max((marked, _cards(tree, teasers=True)), key=len)
    return Layout(teasers=tuple(teasers)) if _is_index(tree, teasers) else Layout()


def heading_text(heading: Tree) -> str:
    """Return the text of a heading, folded."""
    return fold("".join(heading.itertext()))


def _is_whole(container: Container, *, marked: bool) -> bool:
    """Whether it holds an article rather than its teaser."""
    if container.words < WHOLE_WORDS or _is_teaser(container):
        return False
    if container.paragraphs < 2 and container.words < APPENDED_WORDS:
        return False
    return marked or container.dated or bool(container.link)


def _appended(marked: list[Container]) -> list[Container]:
    """The articles on a page that calls itself one: its own, with its `<h1>`, and others as whole as it.

    The posts of a live blog stay one article: they are elements without an `<h1>`.
    """
    whole = [c for c in marked if c.words >= APPENDED_WORDS and c.paragraphs >= 3 and c.dated]
    return whole if whole and whole[0].heading.tag == "h1" else []


def _is_teaser(container: Container) -> bool:
    return container.words < APPENDED_WORDS and bool(_MORE.search(_last_text(container.element)))


def _last_text(element: Tree) -> str:
    paragraphs = [fold("".join(p.itertext())) for p in element.iter("p")]
    return next((text for text in reversed(paragraphs) if text), "")


def _is_index(tree: Tree, teasers: list[Container]) -> bool:
    """Four teasers or more that lead elsewhere, and hardly any running text beside them."""
    linked = [container for container in teasers if container.link]
    words = [len(container.title.split()) for container in linked]
    if len({container.link for container in linked}) < 4 or sum(words) < 4 * len(words):
        return False
    if any(container.words >= WHOLE_WORDS for container in teasers):
        return False
    inside = {id(e) for container in teasers for e in container.element.iter("p")}
    outside = sum(
        _own_words(p) for p in tree.iter("p") if id(p) not in inside and not _sidelined(p)
    )
    return outside < 100 + 0.3 * sum(container.words for container in teasers)


# --- elements that say that they are articles


def _marked(tree: Tree) -> list[Tree]:
    return [e for e in tree.iter("*") if _says_article(e) and not _sidelined(e)]


def _says_article(element: Tree) -> bool:
    if element.tag == "article" or element.get("role") == "article":
        return True
    kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
    if kind in ARTICLE_TYPES:
        return element.tag not in ("html", "body")
    classes = (element.get("class") or "").split()
    return "hentry" in classes or "h-entry" in classes


def _sidelined(element: Tree) -> bool:
    """Whether it stands among the comments, in navigation, an aside or a footer."""
    while element is not None:
        if element.tag in _ASIDE:
            return True
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag not in ("body", "html") and len(label) < 500 and _COMMENTS.search(label):
            return True
        if (element.get("itemtype") or "").endswith("/Comment"):
            return True
        element = element.getparent()
    return False


def _distinct(elements: list[Tree]) -> list[Container]:
    """The innermost elements with an article's worth of text of their own; wrappers are none."""
    known = set(elements)
    found = []
    for element in elements:
        heading = _heading(element, known)
        if heading is not None:
            found.append(_container(element, heading, known))
    return found


def _heading(element: Tree, known: set[Tree]) -> Tree | None:
    """The first heading of an element that is not that of an element within it."""
    for heading in element.iter(*_HEADINGS):
        if next(
            (a for a in heading.iterancestors() if a in known), element
        ) is element and heading_text(heading):
            return heading
    before = element.getprevious()
    return before if before is not None and before.tag in _HEADINGS else None


def _container(element: Tree, heading: Tree, known: Iterable[Tree] = ()) -> Container:
    others = set(known) - {element}
    texts = [_own_words(p, others) for p in element.iter("p") if not _within(p, element, others)]
    return Container(
        element=element,
        heading=heading,
        words=max(sum(texts), _own_words(element, others) if not texts else 0),
        paragraphs=sum(words >= 8 for words in texts),
        dated=_is_dated(element, others),
        link=_link(heading),
    )


def _within(element: Tree, outer: Tree, others: set[Tree]) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is outer:
            return False
        if ancestor in others:
            return True
    return False


def _own_words(element: Tree, others: Iterable[Tree] = ()) -> int:
    """The words below an element that are neither links, nor headings, nor in one of the others."""
    skipped = set(others)
    count, todo = len((element.text or "").split()), list(element)
    while todo:
        child = todo.pop()
        count += len((child.tail or "").split())
        tag = child.tag
        if (
            not isinstance(tag, str)
            or tag in _UNSEEN
            or tag in ("a", *_HEADINGS)
            or child in skipped
        ):
            continue
        count += len((child.text or "").split())
        todo += list(child)
    return count


def _is_dated(element: Tree, others: set[Tree]) -> bool:
    for child in element.iter("time", "a", "span", "p", "div", "address", "meta"):
        label = f"{child.get('class') or ''} {child.get('itemprop') or ''} {child.get('rel') or ''}"
        if child.tag == "time" or (len(label) > 2 and len(label) < 300 and _BYLINE.search(label)):
            if not _within(child, element, others):
                return True
    return False


def _link(heading: Tree) -> str:
    for link in [*heading.iter("a"), *heading.iterancestors("a")]:
        href = (link.get("href") or "").strip()
        if href and not href.startswith(("#", "javascript:", "mailto:")):
            return href
    return ""


# --- cards, and flat runs of headings


def _cards(tree: Tree, *, teasers: bool = False) -> list[Container]:
    """The elements, or runs of siblings, that each begin with a heading of one level."""
    best: list[Container] = []
    for level in _HEADINGS:
        headings = [h for h in tree.iter(level) if heading_text(h) and not _sidelined(h)][
            :_MAX_HEADINGS
        ]
        if len(headings) < 2:
            continue
        found = _segments(headings)
        rank = (
            len(found)
            if teasers
            else sum(c.words >= WHOLE_WORDS and (c.dated or bool(c.link)) for c in found)
        )
        against = len(best) if teasers else sum(c.words >= WHOLE_WORDS for c in best)
        if rank > max(against, 1):
            best = found
    return best


def _segments(headings: list[Tree]) -> list[Container]:
    """One container a heading: the largest element around it that holds no other, where all are alike."""
    inside: Counter[Tree] = Counter(a for h in headings for a in h.iterancestors())
    cards = [_card(heading, inside) for heading in headings]
    shapes = Counter(_shape(card, heading) for card, heading in zip(cards, headings, strict=True))
    shape, often = max(shapes.items(), key=lambda item: (item[1], item[0]))
    if often < 2:
        return []
    chosen = [
        (card, heading)
        for card, heading in zip(cards, headings, strict=True)
        if _shape(card, heading) == shape
    ]
    if shape[0] == "":
        return [_container(_run(heading, headings), heading) for _, heading in chosen]
    return [_container(card, heading) for card, heading in chosen]


def _card(heading: Tree, inside: Counter[Tree]) -> Tree:
    card = heading
    for ancestor in heading.iterancestors():
        if inside[ancestor] > 1 or ancestor.tag in ("body", "html", "main"):
            return card
        card = ancestor
    return card


def _shape(card: Tree, heading: Tree) -> tuple[str, str, int]:
    """What cards of one list have in common: element, parent and depth; "" for a heading in a flat run."""
    parent = card.getparent()
    flat = card is heading or card.tag in ("header", "hgroup", "a")
    depth = sum(1 for _ in card.iterancestors())
    return ("" if flat else card.tag, parent.tag if parent is not None else "", depth)


def _run(heading: Tree, headings: list[Tree]) -> Tree:
    """A new element with copies of all from a heading to the next one of its list."""
    from copy import deepcopy

    from lxml.html import Element

    known = set(headings)
    start = heading
    while start.getparent() is not None and start.getparent().tag in ("header", "hgroup", "a"):
        start = start.getparent()
    run = Element("div")
    run.append(deepcopy(start))
    for sibling in start.itersiblings():
        if sibling in known or (
            isinstance(sibling.tag, str)
            and any(h in known for h in sibling.iter("h1", "h2", "h3", "h4"))
        ):
            break
        run.append(deepcopy(sibling))
    return run


def same_site(link: str, url: str | None) -> bool:
    """Whether a link stays on the site of the page; a relative one does."""
    host = urlsplit(link).netloc.lower().removeprefix("www.")
    return not host or not url or host == urlsplit(url).netloc.lower().removeprefix("www.")
