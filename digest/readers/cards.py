"""The elements of an HTML page that may each hold an article: those that say so, and repeated cards.

A card has a heading, running text, and evidence that it is an article of its own: a date, a byline, a link.
"""

import re
from collections import Counter
from collections.abc import Iterator, Set
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from digest.length import count_words
from digest.readers.fields import Tree, looks_dated
from digest.readers.markup import COMMENTS, HEADINGS
from digest.text.characters import fold

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "Report",
        "Review",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
        "AdvertiserContentArticle",
    ]
)


_ASIDE = frozenset(("nav", "aside", "footer", "form", "dialog"))
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "svg", "select", "button", "iframe")
)
_BYLINE = re.compile(
    r"(?i)(?:^|[-_\s])(?:byline|author|dateline|published|datepublished|entry-date|timestamp|post-date)"
    r"(?:[-_\s]|$)"
)
_ON = re.compile(
    r"(?i)\b(?:read|continue|more|full (?:story|article|text)|weiterlesen|lire|leer|leggi)\b|read-?more"
)
_MAX_LINKS = 100  # of a card are looked at
_MAX_PIECES = 1000  # of text in a card are counted
_OPENING = 4  # short lines of a card may be its byline
_LEAD_WORDS = 15  # make a text above the first card a lead
_RUNNING = 8  # words in a row are running text, fewer a label
_FULL_STOP = re.compile(
    r"\w\w[%”\"’')\]]*+[.!?…]++[”\"’')\]]*+(?=\s+[“\"‘'(\[]*+[^\Wa-zß-öø-ÿ_]|\s*+$)", re.M
)
_MORE = re.compile(r"(?:\.\.\.|…)\W*$")
WHOLE_WORDS = 80
"""An article that stands on its own has at least so many words outside links."""
BRIEF_WORDS = 40  # has a news in brief, at the least
_MAX_HEADINGS = 20_000  # of a level: what has more is no list of articles
_MAY_SAY = "descendant-or-self::*[self::article or @role or @itemtype or contains(@class, 'entry')]"
_AROUND_HEADING = ("header", "hgroup", "a")


# --- elements that say that they are articles


# --- what an element holds


@dataclass(frozen=True, slots=True)
class Card:
    """An element that holds one article, or its teaser."""

    element: Tree
    heading: Tree
    words: int
    """Outside links and headings, and outside the containers within it."""
    paragraphs: int
    dated: bool
    """It has a date or a byline of its own."""
    link: str
    """Where its heading leads, or its "read more"; empty where they lead nowhere."""
    breaks_off: bool
    """Its text ends in an ellipsis."""

    @property
    def title(self) -> str:
        """The text of its heading."""
        return heading_text(self.heading)

    @property
    def sentences(self) -> int:
        """About how many sentences it has beside its heading."""
        texts = [text for text in self.element.itertext() if text and not text.isspace()]
        return len(_FULL_STOP.findall("\n".join(texts))) - len(_FULL_STOP.findall(self.title))


def measured(element: Tree, heading: Tree, known: Set[Tree] = frozenset()) -> Card:
    """Measure what `element` holds outside the other elements of `known`."""
    paragraphs = [p for p in element.iter("p") if not within(p, element, known)]
    last = next((text for p in reversed(paragraphs) if (text := heading_text(p))), "")
    return Card(
        element=element,
        heading=heading,
        words=running_words(element, known),
        paragraphs=sum(running_words(p, known) >= _RUNNING for p in paragraphs)
        if paragraphs
        else _pieces(element),
        dated=_is_dated(element, known),
        link=_link(heading, element),
        breaks_off=bool(_MORE.search(last[-10:])),
    )


def _pieces(element: Tree) -> int:
    """How many pieces of running text it holds that are no paragraphs by name: lines, or boxes."""
    return sum(count_words(text) >= _RUNNING for text in islice(element.itertext(), _MAX_PIECES))


def heading_text(heading: Tree) -> str:
    """Return the text of a heading, folded."""
    return fold("".join(heading.itertext()))


def headings(tree: Tree, *levels: str) -> Iterator[Tree]:
    """Yield the headings with text, outside of comments, navigation and asides."""
    for heading in tree.iter(*levels):
        if heading_text(heading) and not sidelined(heading):
            yield heading


def common_ancestor(elements: list[Tree]) -> Tree:
    """Return the innermost element that holds all of several."""
    found = elements[0]
    chains = [list(reversed([*element.iterancestors()])) for element in elements]
    for level in zip(*chains, strict=False):
        if any(ancestor is not level[0] for ancestor in level):
            break
        found = level[0]
    return found


def first_heading(tree: Tree) -> Tree | None:
    """Return the first h1 of a page that does not stand beside its text; None where there is none."""
    return next((heading for heading in tree.iter("h1") if not sidelined(heading)), None)


def sidelined(element: Tree) -> bool:
    """Return whether it stands among the comments, in navigation, an aside or a footer."""
    while element is not None:
        if _is_beside(element):
            return True
        element = element.getparent()
    return False


def _is_beside(element: Tree) -> bool:
    if element.tag in _ASIDE or (element.get("itemtype") or "").endswith("/Comment"):
        return True
    label = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "html") and len(label) < 500 and bool(COMMENTS.search(label))


def has_lead(tree: Tree, heading: Tree) -> bool:
    """Return whether running text stands between the page's own heading and `heading`."""
    for element in tree.iter("p", "div", "td", "li", "blockquote", heading.tag):
        if element is heading:
            return False
        text = " ".join(filter(None, [element.text, *(child.tail for child in element)]))
        if len(text.split()) >= _LEAD_WORDS and not sidelined(element):
            return True
    return False


def within(element: Tree, outer: Tree, known: Set[Tree]) -> bool:
    """Return whether an element of `known` stands between `element` and `outer`."""
    for ancestor in element.iterancestors():
        if ancestor is outer:
            return False
        if ancestor in known:
            return True
    return False


def running_words(element: Tree, known: Set[Tree] = frozenset(), *, everywhere: bool = True) -> int:
    """The words of running text below an element: outside links and headings, and outside `known`.

    In `<p>` every word counts, elsewhere only pieces of some length: old pages write their articles without
    `<p>`, and all pages have labels. Not `everywhere`: outside comments, navigation and asides.
    """
    count, todo = 0, [(element, element.tag == "p")]
    while todo:
        parent, in_paragraph = todo.pop()
        texts = [parent.text or ""]
        for child in parent:
            texts.append(child.tail or "")
            tag = child.tag
            if not isinstance(tag, str) or tag in _UNSEEN or tag == "a" or tag in HEADINGS:
                continue
            if child not in known and (everywhere or not _is_beside(child)):
                todo.append((child, in_paragraph or tag == "p"))
        for text in texts:
            words = count_words(text)
            count += words if in_paragraph or words >= _RUNNING else 0
    return count


def _is_dated(element: Tree, known: Set[Tree]) -> bool:
    """By its elements (`<time>`, a byline's class), or by a short line near its heading."""
    short = 0
    for child in element.iter("time", "a", "span", "p", "div", "address", "meta"):
        if child is element or within(child, element, known):
            continue
        if child.tag == "time" or child.get("rel") == "author":
            return True
        label = f"{child.get('class') or ''} {child.get('itemprop') or ''}"
        if 2 < len(label) < 300 and _BYLINE.search(label):
            return True
        if child.tag in ("p", "div", "span") and short < _OPENING and _has_own_text(child):
            short += 1
            if _is_byline(child):
                return True
    return False


def _has_own_text(element: Tree) -> bool:
    """Return whether words stand in it that are not all in elements within it."""
    texts = [element.text, *(child.tail for child in element)]
    return any(text and not text.isspace() for text in texts)


def _is_byline(element: Tree) -> bool:
    return looks_dated(fold("".join(element.itertext())[:300]))


def _link(heading: Tree, element: Tree) -> str:
    """Where a heading leads; else where all links of the card lead that ask to read on, or hold a picture."""
    title = heading_text(heading)
    for link in [*heading.iter("a"), *heading.iterancestors("a")]:
        if 2 * len(heading_text(link)) >= len(title) and (href := _address(link)):
            return href
    onward = {
        href
        for link in islice(element.iter("a"), _MAX_LINKS)
        if _leads_on(link) and (href := _address(link))
    }
    return onward.pop() if len(onward) == 1 else ""


def _address(link: Tree) -> str:
    href = (link.get("href") or "").strip()
    return "" if href.startswith(("#", "javascript:", "mailto:")) else href


def _leads_on(link: Tree) -> bool:
    text = heading_text(link)
    if not text:
        return next(link.iter("img", "picture", "amp-img"), None) is not None
    return len(text) < 60 and bool(_ON.search(f"{text} {link.get('class') or ''}"[:300]))


# --- elements that say that they are articles


def marked_articles(tree: Tree) -> list[Card]:
    """The elements with a heading of their own; those that only wrap others have none."""
    elements = [e for e in tree.xpath(_MAY_SAY) if says_article(e) and not sidelined(e)]
    known = frozenset(elements)
    found = ((element, _own_heading(element, known)) for element in elements)
    return [measured(element, heading, known) for element, heading in found if heading is not None]


def says_article(element: Tree) -> bool:
    """Return whether an element says that it is an article."""
    if element.tag == "article" or element.get("role") == "article":
        return True
    kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
    if kind in ARTICLE_TYPES:
        return element.tag not in ("html", "body")
    classes = (element.get("class") or "").split()
    return "hentry" in classes or "h-entry" in classes


def says_one(element: Tree) -> bool:
    """Return whether an element, or one around it, says that it is an article."""
    return says_article(element) or any(map(says_article, element.iterancestors()))


def _own_heading(element: Tree, known: frozenset[Tree]) -> Tree | None:
    for heading in element.iter(*HEADINGS):
        if not within(heading, element, known) and heading_text(heading):
            return heading
    before = element.getprevious()
    return before if before is not None and before.tag in HEADINGS else None


# --- cards, and flat runs of headings


def card_lists(tree: Tree) -> list[list[Card]]:
    """The elements, or runs of siblings, that each begin with a heading of one level: a list for each level."""
    lists = (_segments(list(islice(headings(tree, level), _MAX_HEADINGS))) for level in HEADINGS)
    return [found for found in lists if found and not is_numbered(found)]


def best_cards(lists: list[list[Card]], *, teasers: bool = False) -> list[Card]:
    """The list with the most articles, or the most teasers; empty where none has two."""
    best: list[Card] = []
    most = 1
    for found in lists:
        whole = [c for c in found if c.words >= BRIEF_WORDS]
        rank = len(found) if teasers else len(whole) + sum(c.dated or bool(c.link) for c in whole)
        if rank > most:
            best, most = found, rank
    return best


def is_numbered(cards: list[Card]) -> bool:
    """Return whether they are the entries of one list: most of their headings begin with a number."""
    return 2 * sum(card.title[:1].isdigit() for card in cards) > len(cards)


def _segments(level: list[Tree]) -> list[Card]:
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
        return [measured(cards[i], level[i]) for i in alike]
    known = frozenset(level)
    return [measured(_run(cards[i], known), level[i]) for i in alike]


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
    """Return whether a card holds its heading alone, as a row of a table whose text is in the next."""
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
