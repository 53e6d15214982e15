"""HTML: the articles of a page, each by trafilatura, with what the page says of them."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from digest.errors import ReadError
from digest.models import Block, Page, RawDocument
from digest.readers import cards, extraction, layouts, looks, markup, metadata, outline
from digest.readers.cards import common_ancestor, heading_text, headings, says_one
from digest.readers.completion import LABEL_WORDS, SourceLines, aligned, completed
from digest.readers.encoding import decoded
from digest.readers.extraction import with_omissions
from digest.readers.fields import BY, Tree, byline_name, looks_dated
from digest.readers.hidden import drop_hidden, shown_letters
from digest.readers.interstitials import interstitial
from digest.readers.markup import HEADINGS
from digest.readers.metadata import PERMALINK, SECTION, Declared
from digest.text.bylines import named_in_byline
from digest.text.characters import fold

LOGGER = logging.getLogger("digest")
_CHARSET = re.compile(
    rb"(?i)<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})"
)
_MOST_OF_IT = 0.6  # of the visible text a tree or extraction must keep
_HEAD = 6
"""Within so many blocks of its beginning an article has its headline, byline and date."""
_LINKS = ("a", "button", "nav")
_REFERENCE = re.compile(
    r"(?i)<sup\b[^<>]{0,300}>\s{0,9}(?:<(?:a|span)\b[^<>]{0,500}>\s{0,9}){0,3}\[\s?(?:\d{1,3}|[a-z])\s?\]"
    r"\s{0,9}(?:</(?:a|span)>\s{0,9}){0,3}</sup>"
    r"|\[(?:</span>)?<a\b[^<>]{0,500}>[^<>]{1,40}</a>(?:<span\b[^<>]{0,300}>)?\]"
    r"(?=(?:\s{0,9}</span>){0,3}\s{0,9}</h[1-6]>)"
)
"""The number of a note beside a word, and the link behind a heading that edits its section."""
_MENU, _MENU_WORDS = re.compile(r"\s[|·•›»/]\s"), 3
_LONGEST_SECTION = 80  # characters of a section's name
_NEARLY_ALL = 0.8  # of the headings of a page stand in its one article
_BRIEF_WORDS = 12  # beside articles are news in brief, fewer a notice
_SURE = 1.0
"""Evidence below which headings are sections: swept over 331 pages of one article and 10 of several."""
_MARKED = 1.5
"""So much more is asked for where one element that says that it is an article holds all headings."""
_NAMED = -1.0
"""Less is asked for on a page of letters, which is named after several, and whose title may list them."""
_LARGEST = 2_000_000
"""Characters of text beyond which extraction takes minutes; such a page is no single article."""
_FEWER_DEPTH = 30  # levels of elements that any parser reads


def read(document: RawDocument, /) -> list[Page]:
    """Return a page an article; or one page, to be split, where it is a list of teasers.

    Raises `ReadError`. Logs a warning where a page is too broken to be read as it is.
    """
    location = document.source.location
    html = _text_of(document)
    seen = markup.scan(html)
    if not seen.visible:
        raise ReadError(location, "no text in the page")
    if len(seen.visible) > _LARGEST:
        LOGGER.warning("%s: too long to find its article; read as a flat run of text", location)
        return [_flat(document, html)]
    if seen.depth > markup.MAX_DEPTH:
        what = f"elements nested {seen.depth} deep"
        LOGGER.warning("%s: %s; read without most of them", location, what)
    for spelling in _spellings(html, seen):
        tree = extraction.parsed(spelling)
        if tree is not None and _holds(tree, seen.visible):
            drop_hidden(tree)
            shown = markup.blocks(spelling, sections=True)
            # What a page hides within a line is not put back into it.
            source_lines = SourceLines.of([*(b.text for b in shown), *seen.visible.split("\n")])
            reading = _Reading(
                document=document, html=spelling, shown=shown, source_lines=source_lines
            )
            return reading(tree)
    LOGGER.warning("%s: broken markup; read as a flat run of text", location)
    return [_flat(document, html)]


def visible_text(document: RawDocument) -> str:
    """Return all text that a page shows, a line a block."""
    lines = [block.text for block in shown_blocks(document)]
    return "\n".join([markup.scan(_text_of(document)).visible, *lines])


def shown_blocks(document: RawDocument) -> list[Block]:
    """Return every block of text of a page but what it hides."""
    return markup.blocks(_text_of(document))


def _text_of(document: RawDocument) -> str:
    return _REFERENCE.sub("", decoded(document, declared_charset(document.content)))


def _spellings(html: str, seen: markup.Scan) -> Iterator[str]:
    """The page as it is, if parsers can be trusted with it; and with fewer tags."""
    if seen.parseable:
        yield html
    yield with_fewer_tags(html)


def with_fewer_tags(html: str, limit: int = _FEWER_DEPTH) -> str:
    """Return `html` without the tags below `limit` levels and without masses of attributes.

    All text stays, parted where blocks parted it.
    """
    nesting = markup.Nesting()
    parts: list[str] = []
    for token in markup.tokens(html):
        if token.kind == "start":
            nesting.open(token.name)
            kept = len(nesting.names) <= limit
        elif token.kind == "end":
            kept = len(nesting.names) <= limit
            nesting.close(token.name)
        else:
            # A "<" in text begins no tag here, and must not where the comment behind it is gone.
            is_text = token.kind == "text"
            parts.append(token.value.replace("<", "&lt;") if is_text else token.value)
            continue
        if kept:
            attributes = "" if markup.is_overloaded(token.value) else token.value
            parts.append(f"<{'/' if token.kind == 'end' else ''}{token.name}{attributes}>")
        elif token.name in markup.BLOCK and parts[-1:] != ["<p>"]:
            parts.append("<p>")
    return "".join(parts)


def _holds(tree: Tree, visible: str) -> bool:
    """Return whether a tree has about all the text of its page: libxml2 loses some without a word."""
    return shown_letters(tree) >= _MOST_OF_IT * len(visible)


def declared_charset(content: bytes) -> str | None:
    """Return the charset that the head of an HTML page declares."""
    match = _CHARSET.search(content[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One page being read."""

    document: RawDocument
    html: str
    shown: Sequence[Block]
    source_lines: SourceLines

    def __call__(self, tree: Tree) -> list[Page]:
        layouts.mark_headlines(tree)
        layout = layouts.layout(tree)
        about = metadata.page_metadata(tree, self.document.url)
        base = Page(
            source=self.document.source,
            blocks=(),
            title=about.headline,
            url=about.url,
            author=about.author,
            published=about.published,
            site=about.site,
            categories=_sections_of(tree),
        )
        shown = self.shown
        if layout.articles:
            pages = [
                *self._articles(tree, layout.articles, base),
                *self._briefs([stub for stub in layout.stubs if _tells(stub)], base),
            ]
            stubs = [_as_stub(stub) for stub in layout.stubs if not _tells(stub)]
            return with_omissions(pages, shown, stubs)
        if layouts.holds_letters(tree):
            letters = replace(base, blocks=tuple(extraction.article_blocks(deepcopy(tree))))
            if pages := outline.pages_by_title(letters, least=_NAMED):
                return with_omissions(pages, shown, ())
        if not layouts.is_one_article(tree) and (pages := self._outlined(tree, base)):
            return with_omissions(pages, shown, ())
        if layout.teasers:
            return with_omissions(list(self._briefs(layout.teasers, base)), shown, ())
        blocks = aligned(extraction.article_blocks(tree), self.source_lines)
        if not blocks or (layout.words and layouts.holds_more(shown, blocks, layout.words)):
            return [replace(base, blocks=_flat(self.document, self.html).blocks, author=None)]
        blocks = completed(blocks, shown, about.headline or "")
        text = " ".join(block.text for block in blocks)
        tab = next((heading_text(e) for e in tree.iter("title")), "")
        if kind := interstitial(f"{tab} {about.headline or ''}", text):
            raise ReadError(self.document.source.location, f"{kind} in place of a page")
        links = {b.text for b in shown if b.tag in _LINKS and _is_menu(b.text)}
        blocks = _as_text(blocks)
        head = [b for b in blocks[:_HEAD] if b.text not in links] or blocks[:_HEAD]
        names = (byline_name(block.text) for block in head)
        about = replace(about, author=about.author or next(filter(None, names), None))
        blocks = _headed([*head, *blocks[_HEAD:]], about)
        page = replace(base, blocks=tuple(blocks), author=about.author, single=True)
        return with_omissions([page], shown, ())

    def _outlined(self, tree: Tree, base: Page) -> list[Page]:
        """The articles under headings, or under titles that are told by their looks, or headlines alone."""
        base = replace(
            base, title=next((heading_text(e) for e in tree.iter("title")), None), author=None
        )
        lines = looks.lines(self.html)
        heads = list(headings(tree, *HEADINGS))
        region = _region(heads) if len(heads) > 1 else None
        least = _SURE + _MARKED * (region is not None and says_one(region))
        for blocks in self._readings(lines, region):
            page = replace(base, blocks=tuple(blocks))
            if blocks and (pages := outline.pages_by_title(page, least=least)):
                return pages
        return []

    def _readings(self, lines: list[looks.Line], region: Tree | None) -> Iterator[list[Block]]:
        """The page as headlines alone, as headings over texts, and as lines that look like titles."""
        yield looks.headlines(lines)
        if region is not None:
            inner = looks.lines(extraction.source_of(region))
            yield [line.block for line in inner if line.block.tag not in looks.BESIDE]
        yield looks.titled(lines)

    def _articles(self, tree: Tree, found: Sequence[cards.Card], base: Page) -> Iterator[Page]:
        declared = metadata.by_headline(tree)
        # All are described first: extraction uses their elements up.
        described = [metadata.described(card, base.url, declared) for card in found]
        for card, about in zip(found, described, strict=True):
            blocks = aligned(_card_blocks(card), self.source_lines)
            yield replace(
                base,
                blocks=tuple(_without_title(_headed(blocks, about), card.title)),
                title=about.headline,
                url=about.url or base.url,
                author=about.author,
                published=about.published,
                single=True,
            )

    def _briefs(self, found: Sequence[cards.Card], base: Page) -> Iterator[Page]:
        """What says too little to be an article, each with the page to which it leads."""
        for card in found:
            about = metadata.described(card, base.url, {})
            blocks = _without_title(_element_blocks(card.element), card.title)
            yield replace(
                base,
                blocks=tuple(_headed(blocks, about)),
                title=about.headline,
                url=about.url or base.url,
                author=about.author,
                published=about.published,
                single=True,
                issue=True,
                headline=True,
            )


def _sections_of(tree: Tree) -> tuple[str, ...]:
    """Return the parts of the paper that a page says it belongs to, each once."""
    found = (
        fold(meta.get("content") or "")[:_LONGEST_SECTION]
        for meta in tree.iter("meta")
        if meta.get("property", "").lower() == SECTION
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _region(heads: list[Tree]) -> Tree:
    """The element that holds the headings: nearly all, where it says that it is an article."""
    inside = Counter(a for head in heads for a in head.iterancestors() if cards.says_article(a))
    for element, count in inside.most_common(1):
        if count >= _NEARLY_ALL * len(heads):
            return element
    return common_ancestor(heads)


def _tells(card: cards.Card) -> bool:
    """Return whether a card beside articles is news in brief, and no notice."""
    return bool(card.link) or card.words >= _BRIEF_WORDS


def _as_stub(card: cards.Card) -> Block:
    blocks = _without_title(_element_blocks(card.element), card.title)
    text = " ".join(block.text for block in blocks)
    return Block(text=f"{card.title}: {text}" if text else card.title)


def _card_blocks(card: cards.Card) -> list[Block]:
    """trafilatura's view of the element, or all of it where that is but a part."""
    blocks = extraction.article_blocks(extraction.alone(card.element))
    if sum(len(block.text.split()) for block in blocks) < _MOST_OF_IT * card.words:
        return _element_blocks(card.element)
    return blocks


def _element_blocks(element: Tree) -> list[Block]:
    return [replace(block, line=0) for block in markup.blocks(extraction.source_of(element))]


def _headed(blocks: list[Block], about: Declared) -> list[Block]:
    """The blocks without the labels above the headline, and the lines near it that gave author and date.

    What is known is not said again in the text; nothing is taken where it was not understood.
    """
    title = fold(about.headline or "")
    start = next((i for i, block in enumerate(blocks[:_HEAD]) if block.text == title), 0)
    if any(len(block.text.split()) > LABEL_WORDS for block in blocks[:start]):
        start = 0
    head = [b for b in blocks[start : start + _HEAD] if not _is_known(b.text, about)]
    return [*head, *blocks[start + _HEAD :]]


def _as_text(blocks: list[Block]) -> list[Block]:
    """Return blocks that are headings alone as paragraphs: they are all that such a page has to say.

    Headings lose the sign that links to them.
    """
    headed = all(block.tag in HEADINGS for block in blocks)
    if not headed:
        return [
            replace(block, text=PERMALINK.sub("", block.text)) if block.tag in HEADINGS else block
            for block in blocks
        ]
    return [replace(block, tag="p") for block in blocks]


def _is_menu(links: str) -> bool:
    return len(links.split()) <= _MENU_WORDS or bool(_MENU.search(links[:200]))


def _is_known(line: str, about: Declared) -> bool:
    """Return whether a line is no more than the author, or the date, of which is known."""
    if names := named_in_byline(line):
        return all(name in (about.author or "") for name in names.split(", "))
    if not looks_dated(line):
        return bool(about.author) and line == about.author
    name = (about.author or "").split(",")[0]
    return bool(name) and name in line if BY.match(line) else about.published is not None


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    return [block for i, block in enumerate(blocks) if i > 3 or block.text != title]


def _flat(document: RawDocument, html: str) -> Page:
    blocks = markup.blocks(html)
    if not blocks:
        raise ReadError(document.source.location, "no text in the page")
    return Page(source=document.source, blocks=tuple(blocks), url=document.url)
