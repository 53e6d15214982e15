"""The articles under the titles of a page: what it repeats, a title over text, is items or sections.

A title is whatever looks like one more than once: a heading, a line in bold, an underlined line. Titles nest by
their ranks. One with a text of its own right below it is an item with all that follows; one with none heads the
items below it. Whether the items are articles or the sections of one is told by evidence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from digest.length import count_words
from digest.models import Block, Page
from digest.readers.evidence import (
    MOST_OF_PAGE,
    MOST_TITLE,
    NAME,
    PARTS_OF_ONE,
    PERIODICAL,
    Section,
    evidence,
    leads_away,
    letters,
    words_in,
)
from digest.readers.extraction import omitted
from digest.readers.fields import absolute_url, byline_name, looks_dated, parse_written_date
from digest.text.bylines import named_in_byline

_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "strong": 7}
_LEAD_RANK = 8  # of bold words that open an item: below every title
_OPENING_WORDS = 40
"""A group of items is introduced by fewer words; what has more is an item with subheadings."""
_FEWEST = 2  # items make a list
_FILLED_WORDS = 8
"""An item says at least so much below its title."""
_BRIEF_WORDS = 40  # beside a link make a headline, more an article
_FEWEST_LINKS = 4  # make a list of links
_HEAD = 2
"""Within so many blocks below its title an article says when it was written, and by whom."""
_OF_THE_ISSUE = re.compile(
    r"(?i)(?:credits|contact(?: us)?|join us|support us|contribut(?:e|ing|ors)|subscribe"
    r"|call for (?:participation|contributions?)|about (?:us|this \w+)|impressum|kontakt|mitmachen|über uns"
    r"|mentions légales|nous contacter|participer|contacto|colabora|contatti|partecipa|colofon|redakcja)[?!.:]?"
)
"""Headings of what a publication says of itself in each issue."""
_EDIT = re.compile(r"(?<!\s)\s*(?:\[[^\[\]]{1,20}\]|[¶#§🔗])$")
"""The link behind a heading that edits its section, or leads to it."""
_HEADLINE = 12  # words above a list may be its title
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_BETWEEN = re.compile(r"[^\W\d_]{2}\s[–—|·•-]\s|[a-z],\s")  # a name and its date
_ADDRESS = re.compile(r"\s*+(?:(?:-*>|→|»)\s*+)?<?(https?://[^\s<>]{3,2000})>?\s*")
_FEWEST_CONTENTS = 3  # titles that a table of contents repeats
_MOST_WORDS, _FEWEST_WORDS = 25, 3
_FEW = 8  # words of a line that ends a list
_STOPS = (".", "?", "…", "”", '"', "»", "。", ":")
_LIST, _PARAGRAPHS = "list", "paragraphs"
_FEWEST_OF = {_LIST: 2, _PARAGRAPHS: 3}
_SITE = re.compile(r"\W{0,3}\([^()\s]{3,60}\)\s*|\s*[—–:|·•-]\s+")
_BEGINS = re.compile(r"\s*(?:[(—–:|·•-]|[\"“‘'«„]?[^\W\d_a-zß-öø-ÿ])")
_OF_THE_MAIL = re.compile(
    r"(?i)\b(?:unsubscribe|subscri\w+|preferences|browser|forward|view|read|privacy|terms|settings|app"
    r"|abmelden|abbestellen|weiterlesen|désabonn\w+|cancelar|e-?mails?|newsletters?|upgrade|share|click|sign)\b"
)
"""Links of the mail itself, and those that lead on from a text of its own."""
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_ITEM = frozenset({*_HEADS, "aside", "footer", "nav", "button"})


@dataclass(slots=True)
class _Node:
    head: Block | None
    rank: int
    own: list[Block] = field(default_factory=list)
    kids: list["_Node"] = field(default_factory=list)
    link: str = ""
    """The address that stands right below the title."""

    def walk(self) -> Iterator[Block]:
        """All that stands below the title."""
        yield from self.own
        for kid in self.kids:
            yield from (kid.head,) if kid.head else ()
            yield from kid.walk()


def pages_by_title(page: Page, *, least: float = 0.0) -> list[Page]:
    """Return a page for each article of `page`; nothing where it is one article, or cannot be told.

    `least` is how much evidence is asked for: more where most pages of a kind are one article.
    """
    links = _link_list(page.blocks)
    if links:
        return _pages(page, links)
    root = _tree(page.blocks)
    root = root.kids[0] if len(root.kids) == 1 else root
    title = root.head.text if root.head else page.title or ""
    items, opening = _items(root, outermost=True)
    sections = [_section(item) for item in items]
    filled = [one for one in sections if one.addressed or one.words >= _FILLED_WORDS]
    filled = [one for one in filled if not _OF_THE_ISSUE.fullmatch(one.title)]
    filled = [one for one in filled if not _lists_contents(one, filled)]
    if _introduces(filled, page.title or title):
        del filled[0]
    is_head = 0 < words_in(opening[:1]) <= _HEADLINE and not opening[0].text[-1:].isdigit()
    first = opening[0].text if is_head else ""
    above = words_in(opening)
    known = evidence(filled, title, above, page.title or "", first) if filled else {}
    if len(filled) < _FEWEST or sum(known.values()) <= least:
        return []
    return _pages(page, _whole(filled))


def _whole(sections: Sequence[Section]) -> list[Section]:
    """The sections, each with the chapters and parts that stand below it."""
    found: list[Section] = []
    for section in sections:
        if found and PARTS_OF_ONE.fullmatch(section.title.rstrip(".")):
            blocks = (*found[-1].blocks, Block(section.title, "h3"), *section.blocks)
            found[-1] = replace(found[-1], blocks=blocks)
        else:
            found.append(section)
    return found


def _lists_contents(section: Section, others: Sequence[Section]) -> bool:
    """Return whether a section is the table of contents: half of the titles stand in it."""
    text = letters(section.text)
    known = sum(letters(other.title) in text for other in others if other is not section)
    return known >= max(_FEWEST_CONTENTS, 0.5 * len(others)) or 1 < known == len(others) - 1


def _introduces(sections: Sequence[Section], title: str) -> bool:
    """Return whether the first of several sections has the name of the issue over it, which it introduces."""
    if len(sections) <= _FEWEST or not PERIODICAL.search(title):
        return False
    own, whole = letters(sections[0].title), letters(title)
    return len(own) >= NAME and (own in whole or whole in own)


# --- the tree of titles


def _tree(blocks: Sequence[Block]) -> _Node:
    """The blocks under their titles."""
    root = _Node(None, 0)
    path = [root]
    for block in blocks:
        rank = _rank(block)
        if rank:
            while path[-1].rank >= rank:
                path.pop()
            node = _Node(block, rank)
            path[-1].kids.append(node)
            path.append(node)
            if block.lead and (rest := _behind_lead(block)):
                node.own.append(rest)
        elif path[-1].head and not path[-1].own and (found := _ADDRESS.fullmatch(block.text)):
            path[-1].link = path[-1].link or found[1]
        else:
            path[-1].own.append(replace(block, tag="p") if block.tag in _HEADS else block)
    return root


def _rank(block: Block) -> int:
    if block.lead:
        return _LEAD_RANK
    rank = _RANKS.get(block.tag, 0)
    if not rank or count_words(block.text) > MOST_TITLE:
        return 0
    if named_in_byline(block.text) or (_BETWEEN.search(block.text) and byline_name(block.text)):
        return 0
    return rank


def _behind_lead(block: Block) -> Block | None:
    text = block.text[len(block.lead) :].lstrip(" :.–—-")
    return replace(block, text=text, tag="p", lead="") if text else None


def _items(node: _Node, *, outermost: bool = False) -> tuple[list[_Node], list[Block]]:
    """The items below a title, and what introduces them; an item is a title with a text of its own."""
    heavy = [kid for kid in node.kids if kid.link or words_in(list(kid.walk())) >= _FILLED_WORDS]
    own = words_in(node.own)
    if not heavy:
        return [node], []
    mean = sum(words_in(list(kid.walk())) for kid in heavy) / len(heavy)
    if not outermost and (own >= _OPENING_WORDS or own > mean):
        return [node], []
    found, opening = list[_Node](), list(node.own)
    for kid in node.kids:
        items, introduced = _items(kid)
        found += items
        opening += introduced
    return found, opening


def _section(node: _Node) -> Section:
    head = node.head or Block(text="")
    title = _EDIT.sub("", head.lead or head.text).rstrip(" :")
    blocks = tuple(node.walk())
    dated = any(looks_dated(block.text) for block in blocks[:_HEAD])
    link = node.link or (head.link if 2 * len(head.linked) >= len(head.text) else "")
    last = _ADDRESS.fullmatch(blocks[-1].text) if blocks and not link else None
    link, blocks = (last[1], blocks[:-1]) if last else (link, blocks)
    brief = leads_away(link) and words_in(blocks) <= _BRIEF_WORDS
    found = Section(title=title, blocks=blocks, link=link, dated=dated, brief=brief)
    return replace(found, addressed=brief and bool(node.link))


# --- lists of what others wrote


def _link_list(blocks: Sequence[Block]) -> list[Section]:
    """The items of a page that is a list of links and hardly more; empty for any other."""
    found = [block for block in blocks if _is_linked_item(block)]
    others = sum(count_words(b.text) for b in blocks if b.tag not in _RANKS) - sum(
        count_words(b.text) for b in found
    )
    filled = sum(count_words(block.text) for block in found)
    if len(found) < _FEWEST_LINKS or filled < MOST_OF_PAGE * (filled + others):
        return []
    once = {(block.linked, block.link): block for block in reversed(found)}
    return [
        Section(title=block.linked, blocks=tuple(_beside_link(block)), link=block.link, brief=True)
        for block in found
        if once[block.linked, block.link] is block
    ]


def _is_linked_item(block: Block) -> bool:
    rest = block.text[len(block.linked) :]
    return (
        block.tag == "li"
        and leads_away(block.link)
        and 0 < count_words(block.linked) <= MOST_TITLE
        and _is_brief(block, rest)
    )


def _is_brief(block: Block, rest: str) -> bool:
    """Return whether no more stands beside a link than goes with a headline; after a colon, twice as much."""
    led_in = block.tag == "li" and rest.startswith((":", " –", " —"))
    return count_words(rest) <= (2 if led_in else 1) * _BRIEF_WORDS


def _beside_link(block: Block) -> Iterator[Block]:
    rest = block.text[len(block.linked) :].strip(" :–—-|·")
    if rest:
        yield Block(rest, "p", block.line)


def _pages(page: Page, sections: Sequence[Section]) -> list[Page]:
    """A page for each section; the first says what was left out."""
    sections = _without_end(sections)
    kept = {id(block) for section in sections for block in section.blocks}
    known = {section.title for section in sections}
    left = tuple(
        omitted(block.text, page.source.location, "boilerplate")
        for block in page.blocks
        if block.text
        and id(block) not in kept
        and _EDIT.sub("", block.lead or block.text).rstrip(" :") not in known
    )
    pages = [section_page(page, section) for section in _unnumbered(sections)]
    left = (*page.left_out, *pages[0].left_out, *left)
    return [replace(pages[0], left_out=left), *pages[1:]]


def _without_end(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections, the last without what ends the whole: a few words below a rule, a line that signs off.

    Neither does so where other sections have it as well.
    """
    *others, last = sections
    end = len(last.blocks)
    rules = [i for i, block in enumerate(last.blocks) if block.tag == "hr" and i]
    below = last.blocks[rules[-1] :] if rules else ()
    ruled = any(block.tag == "hr" for one in others for block in one.blocks[1:-1])
    if rules and not ruled and words_in(below) <= _BRIEF_WORDS:
        end = rules[-1]
    signed = any(one.blocks and _signs_off(one.blocks[-1]) for one in others)
    while end > 1 and not signed and _signs_off(last.blocks[end - 1]):
        end -= 1
    is_text = words_in(last.blocks[:end]) >= _FILLED_WORDS
    return [*others, replace(last, blocks=last.blocks[:end])] if others and is_text else sections


def _signs_off(block: Block) -> bool:
    """Return whether a line of a few words ends a letter: `See you next week!`, or a name."""
    is_line = block.tag in ("", "p", "hr") and not block.linked
    return is_line and count_words(block.text) <= _FEW and not block.text.endswith(_STOPS)


def _unnumbered(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections, without the numbers where these only count them."""
    numbers = [_NUMBER.match(section.title) for section in sections]
    if [number and int(number[1]) for number in numbers] != list(range(1, len(sections) + 1)):
        return sections
    return [replace(one, title=_NUMBER.sub("", one.title, count=1)) for one in sections]


def section_page(page: Page, section: Section) -> Page:
    """Return the part of `page` that a section is, with the date and the author that it names itself."""
    url = absolute_url(section.link, page.url) if leads_away(section.link) else None
    said = [block for block in section.blocks[:_HEAD] if looks_dated(block.text)]
    dates = [date for block in said if (date := parse_written_date(block.text))]
    named = [(block, name) for block in said if dates and (name := byline_name(block.text))]
    known = {id(block) for block, _ in named}
    return replace(
        page,
        blocks=tuple(block for block in section.blocks if id(block) not in known),
        title=section.title,
        author=named[0][1] if named else page.author,
        published=dates[0] if dates else page.published,
        url=url or (None if section.brief else page.url),
        single=True,
        issue=section.brief,
        headline=True,
        left_out=tuple(omitted(block.text, page.source.location, "byline") for block, _ in named),
    )


# --- the linked items of a newsletter that lists what others wrote


def linked_items(blocks: Sequence[Block]) -> tuple[list[Block], list[Section]]:
    """Return the blocks that are no items, and the items: at least two in a list, or three paragraphs.

    An item is a list item or a paragraph that begins with a link of some words; or a link in bold with one
    short paragraph below it.
    """
    kinds = [_kind(blocks, index) for index in range(len(blocks))]
    counts = Counter(kinds)
    others, items = list[Block](), list[Section]()
    filled = -1
    for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if kind and counts[kind] >= _FEWEST_OF[kind]:
            rest = block.text[len(block.linked) :]
            if not rest.strip() and kind == _PARAGRAPHS:
                filled = index + 1
                rest = blocks[filled].text
            site = _SITE.match(rest)
            text = rest[site.end() if site else 0 :].strip()
            below = (Block(text, "p", block.line),) if text else ()
            items.append(Section(title=block.linked, blocks=below, link=block.link, brief=True))
        elif index != filled:
            others.append(block)
    return others, items


def _kind(blocks: Sequence[Block], index: int) -> str:
    """What kind of list a block would be an item of; empty where it is none."""
    block = blocks[index]
    if block.tag in _NO_ITEM or not _FEWEST_WORDS <= count_words(block.linked) <= _MOST_WORDS:
        return ""
    if _OF_THE_MAIL.search(block.linked) or absolute_url(block.link, None) is None:
        return ""
    rest = block.text[len(block.linked) :]
    fits = _is_brief(block, rest) and _BEGINS.match(rest) is not None
    if block.tag == "li":
        return _LIST if fits or not rest.strip() else ""
    alone = block.tag == "strong" and not rest.strip() and _has_text_below(blocks, index)
    return _PARAGRAPHS if fits or alone else ""


def _has_text_below(blocks: Sequence[Block], index: int) -> bool:
    """Return whether one short paragraph is below, then another item, a heading, a short line or nothing."""
    below = blocks[index + 1 : index + 3]
    if not below or below[0].linked or below[0].tag in _NO_ITEM:
        return False
    if not 0 < count_words(below[0].text) <= _BRIEF_WORDS:
        return False
    after = below[1] if len(below) > 1 else None
    if after is None or after.linked or after.tag in (*_HEADS, "hr"):
        return True
    return count_words(after.text) <= _FEW
