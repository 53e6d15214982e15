"""The elements of an HTML page that may each hold an article: those that say so, and repeated cards."""

from collections import Counter
from copy import deepcopy
from itertools import islice

from digest.readers.containers import (
    HEADINGS,
    Container,
    Tree,
    contained,
    heading_text,
    headings,
    sidelined,
    within,
)
from digest.readers.schema_org import ARTICLE_TYPES

WHOLE_WORDS = 80
"""An article that stands on its own has at least so many words outside links."""
BRIEF_WORDS = 40
_MAX_HEADINGS = 20_000
_MAY_SAY = "descendant-or-self::*[self::article or @role or @itemtype or contains(@class, 'entry')]"
_AROUND_HEADING = ("header", "hgroup", "a")


# --- elements that say that they are articles


def marked_articles(tree: Tree) -> list[Container]:
    """The elements with a heading of their own; those that only wrap others have none."""
    elements = [e for e in tree.xpath(_MAY_SAY) if says_article(e) and not sidelined(e)]
    known = frozenset(elements)
    found = ((element, _own_heading(element, known)) for element in elements)
    return [contained(element, heading, known) for element, heading in found if heading is not None]


def says_article(element: Tree) -> bool:
    """Whether an element says that it is an article."""
    if element.tag == "article" or element.get("role") == "article":
        return True
    kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
    if kind in ARTICLE_TYPES:
        return element.tag not in ("html", "body")
    classes = (element.get("class") or "").split()
    return "hentry" in classes or "h-entry" in classes


def says_one(element: Tree) -> bool:
    """Whether an element, or one around it, says that it is an article."""
    return says_article(element) or any(map(says_article, element.iterancestors()))


def _own_heading(element: Tree, known: frozenset[Tree]) -> Tree | None:
    for heading in element.iter(*HEADINGS):
        if not within(heading, element, known) and heading_text(heading):
            return heading
    before = element.getprevious()
    return before if before is not None and before.tag in HEADINGS else None


# --- cards, and flat runs of headings


def card_lists(tree: Tree) -> list[list[Container]]:
    """The elements, or runs of siblings, that each begin with a heading of one level: a list for each level."""
    lists = (_segments(list(islice(headings(tree, level), _MAX_HEADINGS))) for level in HEADINGS)
    return [found for found in lists if found and not is_numbered(found)]


def best_cards(lists: list[list[Container]], *, teasers: bool = False) -> list[Container]:
    """The list with the most articles, or the most teasers; empty where none has two."""
    best: list[Container] = []
    most = 1
    for found in lists:
        whole = [c for c in found if c.words >= BRIEF_WORDS]
        rank = len(found) if teasers else len(whole) + sum(c.dated or bool(c.link) for c in whole)
        if rank > most:
            best, most = found, rank
    return best


def is_numbered(cards: list[Container]) -> bool:
    """Whether they are the entries of one list: most of their headings begin with a number."""
    return 2 * sum(card.title[:1].isdigit() for card in cards) > len(cards)


def _segments(level: list[Tree]) -> list[Container]:
    """One container a heading: the largest element around it that holds no other, where most are alike."""
    if len(level) < 2:
        return []
    inside: Counter[Tree] = Counter(a for heading in level for a in heading.iterancestors())
    cards = [_card(heading, inside) for heading in level]
    shapes = [_shape(card, heading) for card, heading in zip(cards, level, strict=True)]
    shape, often = max(Counter(shapes).items(), key=lambda item: (item[1], item[0]))
    if often < 2:
        return []
    alike = [i for i, other in enumerate(shapes) if other == shape]
    if shape[0]:
        return [contained(cards[i], level[i]) for i in alike]
    known = frozenset(level)
    return [contained(_run(cards[i], known), level[i]) for i in alike]


def _card(heading: Tree, inside: Counter[Tree]) -> Tree:
    card = heading
    for ancestor in heading.iterancestors():
        if inside[ancestor] > 1 or ancestor.tag in ("body", "html", "main"):
            break
        card = ancestor
    return card


def _shape(card: Tree, heading: Tree) -> tuple[str, str, int]:
    """What cards of one list have in common: element, parent and depth; no element for a flat run."""
    parent = card.getparent()
    flat = card is heading or card.tag in _AROUND_HEADING or _is_bare(card, heading)
    depth = sum(1 for _ in card.iterancestors())
    return ("" if flat else card.tag, parent.tag if parent is not None else "", depth)


def _is_bare(card: Tree, heading: Tree) -> bool:
    """Whether a card holds its heading alone, as the row of a table does whose text is in the next row."""
    return card.tag == "tr" and heading_text(card) == heading_text(heading)


def _run(start: Tree, known: frozenset[Tree]) -> Tree:
    """A new element with copies of all from a heading to the next one of its level."""
    from lxml.html import Element

    run = Element("div")
    run.append(deepcopy(start))
    for sibling in start.itersiblings():
        if sibling in known or any(h in known for h in sibling.iter(*HEADINGS)):
            break
        run.append(deepcopy(sibling))
    for child in run:
        if child.tag == "hr":
            run.remove(child)
    return run
