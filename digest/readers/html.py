"""HTML: the articles of a page, each by trafilatura, with what the page says of them."""

import logging
import re
from dataclasses import dataclass

from digest.errors import ReadError
from digest.models import Page, RawDocument
from digest.readers import extraction, markup
from digest.readers.dates import moment
from digest.readers.encoding import decode

LOGGER = logging.getLogger("digest")
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})")


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlReader:
    """Reads HTML; raises `ReadError`. A warning is logged where a page is too broken to be read whole."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return a page an article, or one page with all its blocks where it is a list of teasers."""
        location = document.source.location
        text = decode(document.content, declared_charset(document.content), source=location)
        return _pages(document, _safe(text, location))


def declared_charset(content: bytes) -> str | None:
    """Return the charset that the head of an HTML page declares."""
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else None


def _safe(html: str, location: str) -> str:
    deepest = markup.depth(html)
    if deepest <= markup.MAX_DEPTH:
        return html
    LOGGER.warning("%s: elements nested %d deep; read without the nesting", location, deepest)
    return markup.flattened(html)


def _pages(document: RawDocument, html: str) -> list[Page]:
    tree = extraction.parsed(html)
    if tree is None:
        return [_flat(document, html)]
    about = extraction.metadata(tree, document.url)
    blocks = extraction.article_blocks(tree)
    if not blocks:
        return [_flat(document, html)]
    return [
        Page(
            source=document.source,
            blocks=tuple(blocks),
            title=about.title,
            url=about.url or document.url,
            author=about.author,
            published=moment(about.date) if about.date else None,
            site=about.sitename,
            single=True,
        )
    ]


def _flat(document: RawDocument, html: str) -> Page:
    blocks = markup.blocks(html)
    if not blocks:
        raise ReadError(document.source.location, "no text in the page")
    return Page(source=document.source, blocks=tuple(blocks), url=document.url)
