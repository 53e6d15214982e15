"""What an element of an HTML page holds: how much running text, under which heading, with which evidence that
it is an article of its own."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from digest.text.segmentation import count_words
from digest.text.whitespace import fold

Tree = Any
"""An lxml element: the package carries no types."""

HEADINGS = ("h1", "h2", "h3", "h4")
_ASIDE = frozenset(("nav", "aside", "footer", "form", "dialog"))
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "svg", "select", "button", "iframe")
)
COMMENTS = re.compile(
    r"(?i)(?:^|[-_\s])(?:user-?)?(?:comments?|comment-?list|disqus|replies)(?:[-_\s]|$)"
)
_BYLINE = re.compile(
    r"(?i)(?:^|[-_\s])(?:byline|author|dateline|published|datepublished|entry-date|timestamp|post-date)"
    r"(?:[-_\s]|$)"
)
BY = re.compile(r"(?:By|BY|Von|Par|Por|Di|Door)\s*:?\s+[^\W\d_]")
_DATE = re.compile(
    r"(?i)(?:\b(?:19|20)\d\d\b.{0,20}\d|\d.{0,20}\b(?:19|20)\d\d\b|[a-z]{3,9}\.? \d{1,2}, (?:19|20)\d\d)"
)
_ON = re.compile(
    r"(?i)\b(?:read|continue|more|full (?:story|article|text)|weiterlesen|lire|leer|leggi)\b|read-?more"
)
_MAX_LINKS = 100
_MAX_PIECES = 1000
_MAX_BYLINE_WORDS = 14
_OPENING = 4
_LEAD_WORDS = 15
_RUNNING = 8
_FULL_STOP = re.compile(
    r"\w\w[%”\"’')\]]*+[.!?…]++[”\"’')\]]*+(?=\s+[“\"‘'(\[]*+[^\Wa-zß-öø-ÿ_]|\s*+$)", re.M
)
_MORE = re.compile(r"(?:\.\.\.|…)\W*$")


@dataclass(frozen=True, slots=True)
class Container:
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


def contained(element: Tree, heading: Tree, known: Set[Tree] = frozenset()) -> Container:
    """Measure what `element` holds outside the other elements of `known`."""
    paragraphs = [p for p in element.iter("p") if not within(p, element, known)]
    last = next((text for p in reversed(paragraphs) if (text := heading_text(p))), "")
    return Container(
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


def sidelined(element: Tree) -> bool:
    """Whether it stands among the comments, in navigation, an aside or a footer."""
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
    """Whether running text stands between the page's own heading and `heading`."""
    for element in tree.iter("p", "div", "td", "li", "blockquote", heading.tag):
        if element is heading:
            return False
        text = " ".join(filter(None, [element.text, *(child.tail for child in element)]))
        if len(text.split()) >= _LEAD_WORDS and not sidelined(element):
            return True
    return False


def within(element: Tree, outer: Tree, known: Set[Tree]) -> bool:
    """Whether an element of `known` stands between `element` and `outer`."""
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
    """Whether words stand in it that are not all in elements within it."""
    texts = [element.text, *(child.tail for child in element)]
    return any(text and not text.isspace() for text in texts)


def _is_byline(element: Tree) -> bool:
    return looks_dated(fold("".join(element.itertext())[:300]))


def looks_dated(text: str) -> bool:
    """Whether a short line is no sentence, and has a date or names who wrote."""
    if len(text) > 120 or len(text.split()) > _MAX_BYLINE_WORDS or text.endswith((".", "!", "?")):
        return False
    return bool(BY.match(text) or _DATE.search(text))


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
