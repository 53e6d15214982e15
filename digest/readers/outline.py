"""The articles under the titles of a page: what it repeats, a title over text, is items or sections.

A title is whatever looks like one more than once: a heading, a line in bold, an underlined line. Titles nest by
their ranks. One with a text of its own right below it is an item with all that follows; one with none heads the
items below it. Whether the items are articles or the sections of one is told by evidence that needs no words
of any site: where they lead, whether they are dated, what stands above the first, whether the page's own title
speaks of what they speak of.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from digest.length import count_words
from digest.models import Block, Omission, Page
from digest.readers.fields import absolute_url, byline_name, looks_dated, parse_written_date
from digest.text.bylines import named_in_byline
from digest.text.dates import CALENDAR

_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "strong": 7}
_LEAD_RANK = 8  # of bold words that open an item: below every title
_OPENING_WORDS = 40
"""A group of items is introduced by fewer words; what has more is an item with subheadings."""
_FEWEST = 2  # items make a list
_MOST_TITLE = 25  # words of a title
_FILLED_WORDS = 8
"""An item says at least so much below its title."""
_BRIEF_WORDS = 40  # beside a link make a headline, more an article
_FEWEST_LINKS = 4  # make a list of links
_MOST_OF_PAGE = 0.6  # of a page's words its links or longest item hold
_SAMPLE = 150  # words of an item show what it speaks of
_HEAD = 2
"""Within so many blocks below its title an article says when it was written, and by whom."""
_PERIODICAL = re.compile(
    r"(?i)\b(?:newsletter|news|weekly|monthly|daily|digest|bulletin|gazette|round-?up|dispatch|edition"
    r"|issue|vol(?:ume)?|this\s(?:week|month)|week\s(?:in|of)|briefs?|briefing|letters?|magazine|journal"
    r"|archives?|headlines|updates?"
    r"|nachrichten|neuigkeiten|rundbrief|wochen\w+|monats\w+|ausgabe|meldungen|presseschau|aktuell\w*"
    r"|actualités?|nouvelles|revue|lettre|semaine|brèves|bref|infolettre|noticias|boletín|semana|resumen"
    r"|notizie|settimana|notiziario|nieuws\w*|nyheter|nyhetsbrev|uutis\w+|aktuality|wiadomości|haber\w*|boletim)\b"
    r"|новости|вестник|дайджест|週|周刊|周报|月刊|ニュース|新闻|通讯|뉴스|#\s?\d{1,4}\b|\bn[o°º]\.?\s?\d"
    r"|\b(?:19|20)\d\d\b"
)
"""What names a publication, or one issue of it, in its title."""
_PARTS_OF_ONE = re.compile(
    r"(?i)(?:\d+(?:\.\d+)*\.?\s+)?(?:introduction|background|overview|summary|abstract|conclusions?|results?"
    r"|methods?|discussion|references|see also|external links|notes|history|contents|installation|usage"
    r"|license|acknowledge?ments?|appendix|further reading|bibliography|sources|faq|requirements|examples?"
    r"|getting started|einleitung|fazit|zusammenfassung|geschichte|weblinks|einzelnachweise|literatur"
    r"|introducción|conclusión|historia|referencias|conclusion|histoire|références|notes et références"
    r"|voir aussi|step \d+.*|part \w+.*|chapter \w+.*|day \d+.*|kapitel \w+.*|teil \w+.*|chapitre \w+.*)"
)
"""Headings that name a part of a text by what it is to the whole."""
_OF_THE_ISSUE = re.compile(
    r"(?i)(?:credits|contact(?: us)?|join us|support us|contribut(?:e|ing|ors)|subscribe"
    r"|call for (?:participation|contributions?)|about (?:us|this \w+)|impressum|kontakt|mitmachen|über uns"
    r"|mentions légales|nous contacter|participer|contacto|colabora|contatti|partecipa|colofon|redakcja)[?!.:]?"
)
"""Headings of what a publication says of itself in each issue."""
_EDIT = re.compile(r"(?<!\s)\s*(?:\[[^\[\]]{1,20}\]|[¶#§🔗])$")
"""The link behind a heading that edits its section, or leads to it."""
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_BETWEEN = re.compile(r"[^\W\d_]{2,}\s[–—|·•-]\s|[a-z],\s")  # a name and its date
_NOT_LETTERS = re.compile(r"[\W_\d]+")
_ADDRESS = re.compile(r"\s*(?:-*>|→|»)?\s*<?(https?://[^\s<>]{3,2000})>?\s*")
_FEWEST_CONTENTS = 3  # titles that a table of contents repeats
_MANY = 10  # items are hardly sections of one article
_GREETING = 20  # words above the first item are no lead yet
_LEAD_SHARE = 0.3  # of all words above the first item: an article's lead
_NAME_WORDS, _INTRODUCED = 3, 12
"""Titles of so few words are names, and more words above the first introduce them."""
_NAME = 8
"""Letters of a title that can be told from any word in another."""
_WORD = re.compile(r"\w{4,}")
_STEM = 6  # letters stand for a word in its forms
_MOST_WORDS, _FEWEST_WORDS = 25, 3
_FEW = 8  # words of a line that ends a list
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and what stands below it."""

    title: str
    blocks: tuple[Block, ...] = ()
    link: str = ""
    dated: bool = False
    brief: bool = False
    """A headline that leads to a text elsewhere, with a few words at most."""
    addressed: bool = False
    """Its link is an address written out below the title, so that it needs no words."""

    @property
    def words(self) -> int:
        return _words(self.blocks)

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)


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
    known = evidence(filled, title, _words(opening), page.title or "") if filled else {}
    if len(filled) < _FEWEST or sum(known.values()) <= least:
        return []
    return _pages(page, _whole(filled))


def _whole(sections: Sequence[Section]) -> list[Section]:
    """The sections, each with the chapters and parts that stand below it."""
    found: list[Section] = []
    for section in sections:
        if found and _PARTS_OF_ONE.fullmatch(section.title.rstrip(".")):
            blocks = (*found[-1].blocks, Block(section.title, "h3"), *section.blocks)
            found[-1] = replace(found[-1], blocks=blocks)
        else:
            found.append(section)
    return found


def _lists_contents(section: Section, others: Sequence[Section]) -> bool:
    """Return whether a section is the table of contents: half of the titles stand in it."""
    text = _letters(section.text)
    known = sum(_letters(other.title) in text for other in others if other is not section)
    return known >= max(_FEWEST_CONTENTS, 0.5 * len(others)) or 1 < known == len(others) - 1


def _introduces(sections: Sequence[Section], title: str) -> bool:
    """Return whether the first of several sections has the name of the issue over it, which it introduces."""
    if len(sections) <= _FEWEST or not _PERIODICAL.search(title):
        return False
    own, whole = _letters(sections[0].title), _letters(title)
    return len(own) >= _NAME and (own in whole or whole in own)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def evidence(
    sections: Sequence[Section], title: str, opening: int, tab: str = ""
) -> dict[str, float]:
    """Return what speaks for several articles (above 0) and for one."""
    count = len(sections)
    sizes = [section.words for section in sections]
    titles = [section.title for section in sections]

    def share(found: Iterable[object]) -> float:
        return sum(map(bool, found)) / count

    parts = share(_PARTS_OF_ONE.fullmatch(name.rstrip(".")) for name in titles)
    asked = share(name.rstrip().endswith("?") for name in titles)
    numbered = share(name[:1].isdigit() for name in titles)
    periodical = bool(_PERIODICAL.search(title))
    alone = max(sizes) >= _MOST_OF_PAGE * sum(sizes) and count < _MANY
    own = _letters(titles[0])
    telling = median(count_words(name) for name in titles)
    named = telling <= _NAME_WORDS and not any(section.brief for section in sections)
    products = named and opening > _INTRODUCED and not periodical  # of one article, under its lead
    return {
        "bias": -0.5,
        "periodical": 1.5 * periodical,
        "links": (1.0 if products else 2.5)
        * (share(_leads_away(section.link) for section in sections) >= 0.6),
        "dated": 2.5 * (share(section.dated for section in sections) >= 0.5),
        "opening": 1.5 if opening < 12 else -1.0 if opening > 60 else 0.0,
        "lead": -(4.0 if opening > 60 else 2.0 * (named and opening > _GREETING))
        * (opening >= _LEAD_SHARE * sum(sizes)),
        "alike": -2.5
        * (opening > _GREETING and _alike(titles) >= _MOST_OF_PAGE and not periodical),
        "own title": -3.0 * (len(own) >= _NAME and own in _letters(f"{title} {tab}")),
        "parts": -3.0 * (parts >= 0.25) - 1.0 * (parts >= 0.15),
        "many": 1.0 * (count >= _MANY),
        "asked": -1.5 * (asked >= 0.5),
        "numbered": -1.0 * (numbered >= 0.5),
        "telling titles": 1.0 * (telling >= 4) - 1.0 * (telling <= 2),
        "recurs": _recurrence(sections, title),
        "one alone": -3.0 * (alone and not periodical),
    }


def _alike(titles: Sequence[str]) -> float:
    """The share of the titles that begin with one word, as the entries of a comparison do."""
    firsts = Counter(title.lower().split()[0] for title in titles if title.split())
    return max(firsts.values(), default=0) / len(titles)


def _recurrence(sections: Sequence[Section], title: str) -> float:
    """How often the sections speak of what the page's title speaks of."""
    if not (known := _content(_PERIODICAL.sub(" ", title))):
        return 0.5
    samples = (f"{one.title} {' '.join(one.text.split()[:_SAMPLE])}" for one in sections)
    share = sum(not known.isdisjoint(_content(sample)) for sample in samples) / len(sections)
    return -1.5 if share >= 0.6 else 1.0 if share <= 0.2 else 0.0


def _content(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {word[:_STEM] for word in words if not word.isdigit() and word not in CALENDAR}


def _leads_away(link: str) -> bool:
    return bool(link) and not link.startswith("#")


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
    if not rank or count_words(block.text) > _MOST_TITLE:
        return 0
    if named_in_byline(block.text) or (_BETWEEN.search(block.text) and byline_name(block.text)):
        return 0
    return rank


def _behind_lead(block: Block) -> Block | None:
    text = block.text[len(block.lead) :].lstrip(" :.–—-")
    return replace(block, text=text, tag="p", lead="") if text else None


def _items(node: _Node, *, outermost: bool = False) -> tuple[list[_Node], list[Block]]:
    """The items below a title, and what introduces them; an item is a title with a text of its own."""
    heavy = [kid for kid in node.kids if kid.link or _words(list(kid.walk())) >= _FILLED_WORDS]
    own = _words(node.own)
    if not heavy:
        return [node], []
    mean = sum(_words(list(kid.walk())) for kid in heavy) / len(heavy)
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
    brief = _leads_away(link) and _words(blocks) <= _BRIEF_WORDS
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
    if len(found) < _FEWEST_LINKS or filled < _MOST_OF_PAGE * (filled + others):
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
        and _leads_away(block.link)
        and 0 < count_words(block.linked) <= _MOST_TITLE
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
    kept = {id(block) for section in sections for block in section.blocks}
    known = {section.title for section in sections}
    left = tuple(
        Omission(block.text[:200], "boilerplate", page.source.location)
        for block in page.blocks
        if block.text
        and id(block) not in kept
        and _EDIT.sub("", block.lead or block.text).rstrip(" :") not in known
    )
    pages = [section_page(page, section) for section in _unnumbered(sections)]
    return [replace(pages[0], left_out=(*page.left_out, *left)), *pages[1:]]


def _unnumbered(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections, without the numbers where these only count them."""
    numbers = [_NUMBER.match(section.title) for section in sections]
    if [number and int(number[1]) for number in numbers] != list(range(1, len(sections) + 1)):
        return sections
    return [replace(one, title=_NUMBER.sub("", one.title, count=1)) for one in sections]


def section_page(page: Page, section: Section) -> Page:
    """Return the part of `page` that a section is, with the date and the author that it names itself."""
    url = absolute_url(section.link, page.url) if _leads_away(section.link) else None
    said = [block for block in section.blocks[:_HEAD] if looks_dated(block.text)]
    dates = [date for block in said if (date := parse_written_date(block.text))]
    names = [name for block in said if (name := byline_name(block.text))]
    known = {id(block) for block in said if dates and names and byline_name(block.text)}
    return replace(
        page,
        blocks=tuple(block for block in section.blocks if id(block) not in known),
        title=section.title,
        author=names[0] if known else page.author,
        published=dates[0] if dates else page.published,
        url=url or (None if section.brief else page.url),
        single=True,
        issue=section.brief,
        headline=True,
    )


def _words(blocks: Sequence[Block]) -> int:
    return sum(count_words(block.text) for block in blocks)


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
