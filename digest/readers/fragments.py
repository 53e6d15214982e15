"""An article's body without a page around it, as a feed's entry: read without looking for the article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from digest.models import Block, Omission, Page, RawDocument
from digest.readers import flat
from digest.readers.dates import moment
from digest.readers.encoding import decode
from digest.readers.markup import tokens
from digest.readers.schema_org import SECTION, plain_name, web_address
from digest.text.terms import stop_words
from digest.text.whitespace import fold

_BODY = re.compile(r"(?i)<body[\s>]")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})=\"([^\"]*)\"")
_SECTION = re.compile(rf'<meta property="{SECTION}" content="([^"]*)">')
_TITLE_WORDS = 12
_SAMPLE = 2000
_FEW_WORDS = 12
_STOP_SHARE = 0.15
_LONG_WORD = 15
_LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class FragmentReader:
    """Reads the documents that `unpack` makes of a feed's entries."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return one page; one without a title and text says in `left_out` that it is a stub."""
        html = decode(document.content, source=document.source.location)
        body = _BODY.search(html)
        start = body.start() if body else 0
        about = _head(html[:start])
        sections = tuple(unescape(name) for name in _SECTION.findall(html[:start]))
        blocks = tuple(flat.blocks(html[start:], links=True, boxes=True))
        text = " ".join(block.text for block in blocks)[:_SAMPLE]
        title = about.get("title") or _opening(text)
        others: tuple[Omission, ...] = ()
        if _is_list_of_links(blocks, about.get("title", "")):
            others = tuple(_teaser(block.text, document) for block in blocks[1:] if block.text)
            blocks = ()
        told = about.get("title") or any(block.text for block in blocks)
        return [
            Page(
                source=document.source,
                blocks=blocks,
                title=title or None,
                url=web_address(about.get("canonical")) or document.url,
                author=plain_name(about.get("author")),
                published=moment(about.get("article:published_time", "")),
                language=_believed(about.get("lang"), text),
                site=about.get("og:site_name"),
                categories=sections,
                single=True,
                headline=bool(about.get("title")),
                left_out=others if told else (_stub(document),),
            )
        ]


def _head(html: str) -> dict[str, str]:
    """What the head says: the title, and the values of meta and link elements by their names."""
    found: dict[str, str] = {}
    for token in tokens(html):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(token.value)}
        if token.name == "html" and "lang" in attributes:
            found["lang"] = attributes["lang"]
        elif token.kind == "raw" and token.name == "title":
            found["title"] = fold(unescape(token.value))
        elif token.name in ("meta", "link"):
            names = (attributes.get(key) for key in ("name", "property", "rel"))
            value = attributes.get("content", attributes.get("href"))
            if (name := next(filter(None, names), None)) and value:
                found[name] = value
    return found


def _is_list_of_links(blocks: Sequence[Block], title: str) -> bool:
    """Whether all that an entry has is links with the names of who published them, the first its own title.

    That is no text of it, but a list of what others wrote about the same thing.
    """
    texts = [block for block in blocks if block.text]
    alone = [
        block
        for block in texts
        if block.linked and len(block.text) - len(block.linked) <= _LONGEST_NAME
    ]
    return bool(title and texts) and len(alone) == len(texts) and alone[0].linked == title


def _opening(text: str) -> str:
    """The first words, for an entry that has no title."""
    words = text.split(maxsplit=_TITLE_WORDS)
    opening = " ".join(words[:_TITLE_WORDS])[:200]
    return f"{opening.rstrip('.,;:')}…" if len(words) > _TITLE_WORDS else opening


def _believed(language: str | None, text: str) -> str | None:
    """A declared language, unless the text plainly is in another: many feeds declare their software's."""
    tokens = text.lower().split()
    unspaced = len(text) > _LONG_WORD * len(tokens)
    if language is None or len(tokens) < _FEW_WORDS or unspaced:
        return language
    stops = stop_words(language)
    told = sum(map(stops.__contains__, tokens)) >= _STOP_SHARE * len(tokens)
    return language if told or not stops else None


def _teaser(text: str, document: RawDocument) -> Omission:
    return Omission(text[:200], "teaser", document.source.location)


def _stub(document: RawDocument) -> Omission:
    what = document.url or document.key
    return Omission(
        what[:200],
        "stub",
        document.source.location,
        "the feed gives neither its title nor its text",
    )
