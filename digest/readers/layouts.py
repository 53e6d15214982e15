"""Where the articles of an HTML page stand: its `<article>` elements, its repeated cards, its headings.

Evidence, strongest first: elements that say so (`<article>`, schema.org microdata, h-entry); headings of one
level in elements of their own, or one after another, each with a date, a byline or a link of its own. A page
that calls itself one article is taken at its word unless other articles stand on it whole. Newsletters and old
pages make headlines of bold or large type instead of `<h2>`: those become headings first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.models import Block
from digest.readers.cards import (
    BRIEF_WORDS,
    WHOLE_WORDS,
    Card,
    best_cards,
    card_lists,
    has_lead,
    heading_text,
    headings,
    is_numbered,
    marked_articles,
    running_words,
    sidelined,
)
from digest.readers.fields import Tree, looks_dated
from digest.readers.markup import HEADINGS
from digest.readers.metadata import declares_one_article
from digest.text.characters import fold

APPENDED_WORDS = 120
"""One that stands on the page of another has at least so many: else it is that one's teaser."""
REPORT_WORDS, REPORT_SENTENCES = 25, 3
"""A card among whole articles, or in a list of teasers, that has so much to tell is an article, too."""
_FEWEST_BRIEFS = 3  # make a list of news in brief
_MOST_OF_PAGE = 0.6  # of its running text several articles hold
_FEWEST_TEASERS = 4  # make a front page
_TITLE_WORDS = 4  # has a headline, more than the name of a section
_MAX_TITLE_WORDS = 25  # has a headline, at the most
_MAX_HEADS = 100  # heads of articles are looked at
_LIKELY = "//p | //div | //td | //th | //center | //summary | //*[@role='heading']"
_PARTS = frozenset(
    ("p", "div", "td", "th", "tr", "table", "ul", "ol", "li", "center", "blockquote")
)
_STYLE = re.compile(r"(?i)font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:2\d|[3-9]\d)px")
_LARGE = frozenset(("4", "5", "6", "7", "+1", "+2", "+3"))
_MOST_PARTS = 12  # elements within a headline
_LONGEST = 200  # characters of a headline
_FEWEST_WORDS, _MOST_WORDS = 4, 25
_FEWEST = 2  # lines in bold are no accident
_MOST_TOPS = 1_000  # headings of level one are compared


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What a page holds: whole articles (two or more), or teasers; neither for a page of one article."""

    articles: tuple[Card, ...] = ()
    teasers: tuple[Card, ...] = ()
    stubs: tuple[Card, ...] = ()
    """The cards beside the articles that say too little to be some themselves."""
    words: int = 0
    """Of running text, on a page of neither that does not call itself one article."""


def layout(tree: Tree) -> PageLayout:
    """Return how the page of `tree` is laid out."""
    marked = marked_articles(tree)
    if is_one_article(tree):
        return PageLayout(articles=_several(tree, _appended(marked)))
    found = _listed(tree, marked, [c for c in marked if _is_whole(c)])
    if found.articles:
        return found
    lists = card_lists(tree)
    cards = best_cards(lists)
    evident = [c for c in cards if c.dated or c.link]
    whole = [c for c in evident if _is_whole(c)]
    found = _listed(tree, evident, whole if len(whole) > 1 else _briefs(evident))
    found = found if found.articles else PageLayout(articles=_selfstanding(tree, cards))
    if found.articles:
        return found
    teasers = max((marked, best_cards(lists, teasers=True)), key=len)
    if not _is_index(tree, teasers):
        return PageLayout(words=running_words(tree, everywhere=False))
    reports = [c for c in teasers if _is_report(c)]
    return _parted(teasers, reports) if reports else PageLayout(teasers=tuple(teasers))


def is_one_article(tree: Tree) -> bool:
    """Return whether a page says of itself that it is one article."""
    return declares_one_article(tree) or _is_live_blog(tree)


def _is_live_blog(tree: Tree) -> bool:
    """By microdata; what JSON-LD declares is one article anyway."""
    kinds = tree.xpath("descendant-or-self::*/@itemtype")
    return any(kind.endswith("/LiveBlogPosting") for kind in kinds)


def _listed(tree: Tree, cards: list[Card], whole: list[Card]) -> PageLayout:
    """The whole articles of a list, if there are two, with the shorter reports that stand among them."""
    if len(whole) < 2 or is_numbered(cards):
        return PageLayout()
    known = {id(c) for c in whole}
    chosen = [c for c in cards if id(c) in known or _is_report(c)]
    return _parted(cards, chosen) if _several(tree, chosen) else PageLayout()


def _parted(cards: list[Card], chosen: list[Card]) -> PageLayout:
    known = {id(c) for c in chosen}
    return PageLayout(articles=tuple(chosen), stubs=tuple(c for c in cards if id(c) not in known))


def _briefs(cards: list[Card]) -> list[Card]:
    found = [card for card in cards if card.words >= BRIEF_WORDS and _is_report(card)]
    return found if len(found) >= _FEWEST_BRIEFS else []


def _is_report(card: Card) -> bool:
    return card.words >= REPORT_WORDS and card.sentences >= REPORT_SENTENCES


def _is_whole(card: Card) -> bool:
    """Return whether it holds an article rather than its teaser."""
    if card.words >= APPENDED_WORDS:
        return True
    return card.words >= WHOLE_WORDS and card.paragraphs >= 2 and not card.breaks_off


def _appended(marked: list[Card]) -> list[Card]:
    """The articles on a page that calls itself one: its own, with its `<h1>`, and others as whole as it.

    The posts of a live blog stay one article: they are elements without an `<h1>`.
    """
    whole = [c for c in marked if c.words >= APPENDED_WORDS and c.paragraphs >= 3 and c.dated]
    return whole if whole and whole[0].heading.tag == "h1" else []


def _selfstanding(tree: Tree, cards: list[Card]) -> tuple[Card, ...]:
    """Cards without a date or a link, where nothing above them makes them sections of one article.

    Either no heading of the page is above theirs; or each but the first follows an `<hr>`; or they
    have headlines while the page has none, and nothing to read stands above: an article begins with its lead.
    """
    whole = [card for card in cards if _is_whole(card)]
    if whole:
        above = HEADINGS[: HEADINGS.index(whole[0].heading.tag)]
        alone = not above or next(headings(tree, *above), None) is None
        if alone or all(_follows_rule(card) for card in whole[1:]):
            return _several(tree, whole)
    if any(_is_headline(heading_text(heading)) for heading in headings(tree, "h1")):
        return ()
    reports = [card for card in cards if _is_report(card) and _is_headline(card.title)]
    if len(reports) < max(_FEWEST_BRIEFS, 0.8 * len(cards)) or has_lead(tree, cards[0].heading):
        return ()
    return _several(tree, reports)


def _is_headline(title: str) -> bool:
    """Return whether it says something, and is no question, number in a list, or name of a section."""
    return len(title.split()) > _TITLE_WORDS and not title.endswith("?") and not title[0].isdigit()


def _follows_rule(card: Card) -> bool:
    element = card.heading
    for _ in range(4):
        before = element.getprevious()
        if before is not None:
            return bool(before.tag == "hr")
        element = element.getparent()
        if element is None:
            return False
    return False


def holds_more(shown: Sequence[Block], taken: Iterable[Block], words: int) -> bool:
    """Return whether a page without cards, of so many running words, holds more articles than the one `taken`.

    So it is where a headline stands over a date or byline, and that over text, more than once: over text that
    was taken, or any text where most was not.
    """
    text = " ".join(block.text for block in taken)
    left = words > WHOLE_WORDS + 2 * len(text.split())
    heads = (
        next((block.text for block in below if len(block.text.split()) >= REPORT_WORDS), "")
        for title, line, *below in zip(shown, shown[1:], shown[2:], shown[3:], strict=False)
        if _is_head(title.text, line.text)
    )
    found = (head for head in islice(heads, _MAX_HEADS) if head and (left or head[:50] in text))
    return len(list(islice(found, 2))) == 2


def _is_head(above: str, line: str) -> bool:
    is_title = _TITLE_WORDS <= len(above.split()) <= _MAX_TITLE_WORDS
    is_title = is_title and not above.endswith((".", ":", ",", ";")) and not looks_dated(above)
    return is_title and looks_dated(line)


def _several(tree: Tree, articles: list[Card]) -> tuple[Card, ...]:
    """The articles, if there are several, and they are most of what the page has to read."""
    if len(articles) < 2:
        return ()
    held = sum(card.words for card in articles)
    return tuple(articles) if held >= _MOST_OF_PAGE * running_words(tree, everywhere=False) else ()


def _is_index(tree: Tree, teasers: list[Card]) -> bool:
    """Four teasers or more that lead elsewhere, and hardly any running text beside them."""
    linked = [card for card in teasers if card.link]
    title_words = sum(len(card.title.split()) for card in linked)
    if len({card.link for card in linked}) < _FEWEST_TEASERS:
        return False
    if title_words < _TITLE_WORDS * len(linked) or any(c.words >= WHOLE_WORDS for c in teasers):
        return False
    held = sum(card.words for card in teasers)
    return running_words(tree, everywhere=False) - held < 100 + 0.3 * held


# --- headlines in bold or large type


def mark_headlines(tree: Tree) -> None:
    """Make `<h2>` of them, on a page that has no headings but several such lines, the first above all text.

    So sections in bold type under one article's lead are left as they are.
    """
    _demote(tree)
    if next(headings(tree, *HEADINGS), None) is not None or declares_one_article(tree):
        return
    found: list[Tree] = []
    for element in tree.xpath(_LIKELY):
        inside = bool(found) and found[-1] in element.iterancestors()
        if not inside and _is_bold_headline(element) and not sidelined(element):
            found.append(element)
    if len(found) < _FEWEST or has_lead(tree, found[0]) or _is_page_title(tree, found[0]):
        return
    for element in found:
        _promote(element)


def _demote(tree: Tree) -> None:
    """Make `<h1>` of a section within another a heading of its depth, as HTML once had it."""
    tops = list(islice(headings(tree, "h1"), _MOST_TOPS))
    depths = [sum(1 for _ in top.iterancestors("section")) for top in tops]
    for top, depth in zip(tops, depths, strict=True):
        if depth > depths[0]:
            top.tag = f"h{min(6, 1 + depth - depths[0])}"


def _is_bold_headline(element: Tree) -> bool:
    parts = list(islice(element.iter(), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS or any(part.tag in _PARTS for part in parts[1:]):
        return False
    text = heading_text(element)
    if len(text) > _LONGEST or not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return False
    return not text.endswith((".", ":", ",", ";", "?")) and _stands_out(element)


def _stands_out(element: Tree) -> bool:
    """Return whether all the text in an element is bold or large, or said to be a heading."""
    if _is_strong(element):
        return True
    texts = [element.text, *(child.tail for child in element)]
    if any(text and not text.isspace() for text in texts):
        return False
    children = [child for child in element if heading_text(child)]
    return bool(children) and all(_stands_out(child) for child in children)


def _is_strong(element: Tree) -> bool:
    if element.tag in ("b", "strong", "summary") or element.get("role") == "heading":
        return True
    large = element.tag == "font" and (element.get("size") or "") in _LARGE
    return large or bool(_STYLE.search((element.get("style") or "")[:_LONGEST]))


def _is_page_title(tree: Tree, element: Tree) -> bool:
    """Return whether the line is the title of the page: then the others are its sections."""
    title = next((fold(found.text or "") for found in tree.iter("title")), "")
    return bool(title) and heading_text(element).lower() in title.lower()


def _promote(element: Tree) -> None:
    from lxml.html import Element

    if element.tag not in ("td", "th"):
        element.tag = "h2"
        return
    heading = Element("h2")
    heading.text, element.text = element.text, None
    for child in list(element):
        heading.append(child)
    element.append(heading)
