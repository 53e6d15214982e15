"""Mail (RFC 5322, MIME): the newsletter or message in an `.eml` file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from digest.errors import ReadError
from digest.models import Block, Omission, Page, RawDocument
from digest.readers import flat, items, letters, looks, markup, outline, typeset
from digest.readers.dates import moment
from digest.readers.encoding import clean, decode
from digest.readers.foreign import T, guarded
from digest.readers.html import declared_charset
from digest.text.whitespace import fold

Part = tuple[str, str]
"""The subtype of a text part, `plain` or `html`, and its text."""

_STUB_WORDS = 40
_TELLING_WORDS = 25
_HEADINGS = ("h1", "h2", "h3", "h4")
_STRUCTURED = 2
_SAME = 0.7
_REPLY = re.compile(r"(?i)(?:(?:re|fwd?|aw|wg|tr|sv)\s{0,2}:\s*)+")
_LIST_TAG = re.compile(r"\[[\w .:-]{1,40}\]\s+(?=\S)")
"""The name of the list that its software puts before each subject."""
_MAX_HEADER = 20_000
_MAX_PARTS = 500
_TEXTUAL = ("text", "multipart")
"""A part that calls itself a multipart and has no parts is text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailReader:
    """Reads the text of a mail, and its headers as title, author and date; raises `ReadError`."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return a page that is an `issue`, since it may hold several articles, and one for each linked item.

        A newsletter that is no more than such items has no other pages.
        """
        page = replace(_read(document), issue=True)
        return _titled(document, page) or _pages(page)


@dataclass(frozen=True, kw_only=True, slots=True)
class PostReader:
    """Reads a message to a list or group as one article by its sender; raises `ReadError`."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return one page; what it quotes, its signature and the list's own foot are left out."""
        page = _read(document)
        own = [block for block in page.blocks if block.tag not in ("blockquote", "footer")]
        if not any(len(block.text) > 1 for block in own):
            own = [replace(block, tag="") for block in page.blocks]
        kept = {id(block) for block in own}
        left = (block for block in page.blocks if id(block) not in kept)
        location = page.source.location
        author = None if not page.site or "@" in page.site else page.site
        return [
            replace(
                page,
                blocks=tuple(replace(block, tag=block.tag or "p") for block in own),
                title=_LIST_TAG.sub("", page.title or "", count=1) or None,
                author=author,
                site=None,
                single=True,
                left_out=tuple(Omission(block.text[:200], "note", location) for block in left),
            )
        ]


def _titled(document: RawDocument, page: Page) -> list[Page]:
    """The articles of a newsletter that sets titles over them, in plain text or as a page does."""
    message = _message(document.content, document.source.location)
    parts = _chosen(message, document.source.location)
    readings = []
    for subtype, text in parts:
        if subtype == "html":
            lines = looks.lines(text)
            readings.append(looks.titled(lines))
        else:
            readings.append(typeset.blocks(typeset.unquoted(text.split("\n"))))
    blocks = [block for reading in readings for block in reading]
    return outline.parted(replace(page, blocks=tuple(blocks))) if blocks else []


def _read(document: RawDocument) -> Page:
    """The page that a message is, before it is known what it holds."""
    location = document.source.location
    message = _message(document.content, location)
    blocks = [block for part in _chosen(message, location) for block in _part_blocks(part)]
    if not blocks:
        raise ReadError(location, "a mail without text")
    sender, address = _guarded(lambda: parseaddr(header(message, "From")), ("", ""))
    return Page(
        source=document.source,
        blocks=tuple(blocks),
        title=_REPLY.sub("", header(message, "Subject"), count=1) or None,
        url=document.url,
        published=moment(header(message, "Date")),
        site=fold(sender) or address or None,
    )


def _pages(mail: Page) -> list[Page]:
    """The mail without its linked items, as far as that is more than words around them, and the items."""
    others, found = items.parted(mail.blocks)
    pages = [
        replace(
            mail,
            blocks=(Block(item.text, "p", item.line),) if item.text else (),
            title=item.headline,
            url=item.url,
            single=True,
            headline=True,
        )
        for item in found
    ]
    if not found or any(len(block.text.split()) >= _TELLING_WORDS for block in others):
        return [replace(mail, blocks=tuple(others)), *pages]
    around = tuple(
        Omission(block.text[:200], "navigation", mail.source.location)
        for block in others
        if block.text
    )
    return [replace(pages[0], left_out=around), *pages[1:]]


def visible_text(document: RawDocument) -> str:
    """Return the text of all parts that a mail program would show; quoted lines without their marks."""
    location = document.source.location
    shown = []
    for subtype, text in _all_texts(_message(document.content, location), location):
        if subtype == "html":
            shown.append(markup.scan(text).visible)
        else:
            shown.append(letters.unquoted(text))
    return "\n".join(shown)


def header(message: Message, name: str) -> str:
    """Return a header as one line of text, its encoded words (RFC 2047) decoded; empty where it is missing."""
    raw = _guarded(lambda: str(message.get(name, "")), "")[:_MAX_HEADER]
    pieces = _guarded(lambda: decode_header(raw), [(raw, None)])
    return fold(clean("".join(_piece(value, charset) for value, charset in pieces)))


def _piece(value: str | bytes, charset: str | None) -> str:
    if isinstance(value, str):
        return value
    try:
        return decode(value, charset)
    except ReadError:
        return " "


def _message(content: bytes, location: str) -> Message:
    # compat32: the newer policies parse each header by a grammar that broken ones take down, or keep busy.
    message = _guarded(lambda: message_from_bytes(content, policy=policy.compat32), None)
    if message is None:
        raise ReadError(location, "a mail too broken to be read")
    return message


def _guarded(action: Callable[[], T], default: T) -> T:
    return guarded(action, default, MessageError)


def _leaves(message: Message) -> Iterator[Message]:
    """The text parts that are shown, in order; attachments are none."""
    todo = [message]
    for _ in range(_MAX_PARTS):
        if not todo:
            return
        part = todo.pop()
        payload: Any = _guarded(part.get_payload, None)
        if isinstance(payload, list):
            todo += [child for child in reversed(payload) if isinstance(child, Message)]
        elif _guarded(part.get_content_maintype, "") in _TEXTUAL and not _attached(part):
            yield part


def _attached(part: Message) -> bool:
    disposition = _guarded(lambda: str(part.get("Content-Disposition", "")), "attachment")
    return disposition.strip().lower().startswith("attachment")


def _all_texts(message: Message, location: str) -> list[Part]:
    return [text for part in _leaves(message) if (text := _text(part, location))]


def _text(part: Message, location: str) -> Part | None:
    content = _guarded(lambda: part.get_payload(decode=True), None)
    if not isinstance(content, bytes):
        return None
    subtype = "html" if _guarded(part.get_content_subtype, "plain") == "html" else "plain"
    charset = _guarded(part.get_content_charset, None)
    if subtype == "html":
        charset = charset or declared_charset(content)
    try:
        return subtype, decode(content, charset, source=location)
    except ReadError:
        return None


def _chosen(message: Message, location: str) -> list[Part]:
    """The text parts, but of a text and its HTML twin only one: the text, unless it is a stub.

    HTML that says the same under headings, or as a list of links, tells more than the text does.
    """
    parts = _all_texts(message, location)
    texts = [text for subtype, text in parts if subtype == "plain"]
    pages = [markup.scan(text).visible for subtype, text in parts if subtype == "html"]
    if not texts or not pages:
        return parts
    written, shown = (sum(len(text.split()) for text in found) for found in (texts, pages))
    stub = written < _STUB_WORDS < shown or 3 * written < shown
    chosen = "html" if stub or _says_more(parts, texts, pages) else "plain"
    return [part for part in parts if part[0] == chosen]


def _says_more(parts: list[Part], texts: list[str], pages: list[str]) -> bool:
    # Where the text writes out the addresses, the HTML has links.
    words, shown = (
        {word for text in found for word in text.split() if "://" not in word}
        for found in (texts, pages)
    )
    if len(words & shown) < _SAME * len(words):
        return False
    blocks = [block for part in parts if part[0] == "html" for block in _part_blocks(part)]
    heads = sum(block.tag in _HEADINGS and " " in block.text for block in blocks)
    return heads >= _STRUCTURED or bool(items.parted(blocks)[1])


def _part_blocks(part: Part) -> list[Block]:
    subtype, text = part
    if subtype == "html":
        return flat.blocks(text, links=True)
    return letters.blocks(text)
