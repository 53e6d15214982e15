"""Mail (RFC 5322, MIME): the newsletter or message in an `.eml` file; and what holds several messages.

Those are mbox files (RFC 4155), a list's digest (RFC 1153) and posts saved one below another.
"""

import hashlib
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from itertools import takewhile
from typing import Any

from digest.errors import ReadError
from digest.media import ENVELOPE, post_heads
from digest.models import Block, Page, RawDocument
from digest.readers import looks, markup, outline
from digest.readers.encoding import clean, decode
from digest.readers.extraction import omitted
from digest.readers.fields import T, guarded, parse_date
from digest.readers.html import declared_charset
from digest.readers.letter_text import letter_blocks, without_armour, without_quote_marks
from digest.readers.plain import unquoted
from digest.readers.text_titles import titled_blocks
from digest.text.bylines import is_full_name
from digest.text.characters import fold

TextPart = tuple[str, str]
"""The subtype of a text part, `plain` or `html`, and its text."""

_STUB_WORDS = 40  # in plain text only say that there is HTML
_TELLING_WORDS = 25  # in a paragraph are a text of the mail's own
_NOT_OWN = ("blockquote", "footer")
_STRUCTURED = 2  # headings tell more than the plain text does
_SAME = 0.7  # of the words: HTML and plain text say the same
_REPLY = re.compile(
    r"(?i)(?:(?:re|fwd?|aw|wg|tr|rép|sv|vs|vl|vb|rv|enc|res|odp|pd|antw|doorst|ynt|ilt|rif|转发|回复|轉寄|回覆"
    r"|転送)\s{0,2}[:：]\s*)+"
)
_LIST_TAG = re.compile(r"\[[\w .:-]{1,40}\]\s+(?=\S)")
"""The name of the list that its software puts before each subject."""
_OFFICES = frozenset(
    """news newsletter newsletters info mail post daily weekly digest team editor press the times herald
    gazette letter bulletin noreply hello""".split()
)
"""Words of a sender that is no person."""
_BULK = ("List-Unsubscribe", "List-Id", "Precedence", "Feedback-ID")
"""Headers of what goes to many (RFC 2369, RFC 2919)."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_MAX_HEADER = 20_000  # characters of a header are decoded
_MAX_PARTS = 500  # parts of a mail are looked at
_TEXTUAL = ("text", "multipart")
"""A part that calls itself a multipart and has no parts is text."""
_MESSAGE = re.compile(rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))" + ENVELOPE)
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?([^\s]{1,300})")
_HEADERS = 65536  # bytes hold the header of a mail
_MOST_PARTS = 2_000  # parts of a digest are looked at
_RULE = re.compile(rb"(?:\n[ \t]*[-=*_]{10,}[ \t\r]*)+\s*\Z")
_DIGEST = re.compile(rb"(?im)^subject:[^\n]{0,300}\bdigest\b")
"""The subject of a letter that brings a digest: its own text is the list of contents."""
_END = re.compile(rb"(?i)\nEnd of [^\n]{1,200} Digest[^\n]{0,100}\n[*=-]{5,}\s*\Z")


# --- messages


def read(document: RawDocument, /) -> list[Page]:
    """Return a page that is an `issue`, since it may hold several articles, and one for each linked item.

    Its headers give title, author and date. A newsletter that is no more than such items has no other pages.
    Raises `ReadError`.
    """
    message = _message(document.content, document.source.location)
    page, parts = _read(document, message)
    answers = page.title != _said(page.title) and _quotes(page)
    if page.title and (answers or _is_posted(message)):
        return [_post(page)]
    page = replace(page, title=_said(page.title), issue=True)
    if titled := _titled(page, parts):
        return titled
    return _pages(replace(page, author=page.site if _is_personal(message, parts) else None))


def read_post(document: RawDocument, /) -> list[Page]:
    """Return a message to a list or group as one article by its sender; raises `ReadError`.

    What it quotes, its signature and the list's own foot are left out.
    """
    page, _ = _read(document, _message(document.content, document.source.location))
    return [_post(page)]


def _is_posted(message: Message) -> bool:
    """Return whether a person wrote to a group or a list of people, as its headers say."""
    subject, groups = _header(message, "Subject"), ("Newsgroups", "List-Post")
    if not (_LIST_TAG.match(subject) or any(_header(message, name) for name in groups)):
        return False
    sender, mailbox = _guarded(lambda: parseaddr(_header(message, "From")), ("", ""))
    names, own = re.findall(r"[^\W\d_]+", sender.lower()), mailbox.lower().partition("@")[0]
    initials = "".join(name[0] for name in names)
    named = any(len(name) > 2 and name in own and name not in _OFFICES for name in names)
    return is_full_name(sender) and (named or own in (initials, initials[::-1]))


def _is_personal(message: Message, parts: list[TextPart]) -> bool:
    """Return whether a person wrote a mail by hand: in plain text, to no subscribers, in their own name.

    A newsletter is by nobody, unless its articles say so: it brings pages, and a way to leave it.
    """
    sender, mailbox = _guarded(lambda: parseaddr(_header(message, "From")), ("", ""))
    own, _, host = mailbox.lower().partition("@")
    words = re.findall(r"[^\W\d_]+", sender.lower())
    is_office = not _OFFICES.isdisjoint((*words, *re.findall(r"[^\W\d_]+", own)))
    is_bulk = any(_header(message, name) for name in _BULK)
    is_host = "".join(words) in re.sub(r"[^\w.]", "", host)
    plain = all(subtype == "plain" for subtype, _ in parts)
    return plain and is_full_name(sender) and not (is_office or is_bulk or is_host)


def _quotes(page: Page) -> bool:
    """Return whether a message has words of its own beside those of another."""
    kinds = {block.tag == "blockquote" for block in page.blocks if block.tag != "footer"}
    return len(kinds) > 1


def _said(subject: str | None) -> str | None:
    return _REPLY.sub("", subject or "", count=1) or None


def _post(page: Page) -> Page:
    own = [block for block in page.blocks if block.tag not in _NOT_OWN]
    left = [block for block in page.blocks if block.tag in _NOT_OWN]
    if not any(len(block.text) > 1 for block in own):
        own, left = [replace(block, tag="") for block in page.blocks], []
    return replace(
        page,
        blocks=tuple(replace(block, tag=block.tag or "p") for block in own),
        title=_LIST_TAG.sub("", _said(page.title) or "", count=1) or None,
        author=None if not page.site or "@" in page.site else page.site,
        site=None,
        single=True,
        left_out=tuple(omitted(block.text, page.source.location, "note") for block in left),
    )


def _titled(page: Page, parts: list[TextPart]) -> list[Page]:
    """Return the articles of a newsletter that sets titles over them, in plain text or as a page does."""
    blocks: list[Block] = []
    for subtype, text in parts:
        if subtype == "html":
            blocks += looks.titled(looks.lines(text))
        else:
            blocks += titled_blocks(unquoted(text.split("\n")))
    return outline.pages_by_title(replace(page, blocks=tuple(blocks))) if blocks else []


def _read(document: RawDocument, message: Message) -> tuple[Page, list[TextPart]]:
    """Return the page that a message is, before it is known what it holds, and the parts that it shows."""
    location = document.source.location
    parts = _chosen(message, location)
    blocks = [block for part in parts for block in _part_blocks(part)]
    if not blocks:
        raise ReadError(location, "a mail without text")
    sender, mailbox = _guarded(lambda: parseaddr(_header(message, "From")), ("", ""))
    page = Page(
        source=document.source,
        blocks=tuple(blocks),
        title=_header(message, "Subject") or None,
        url=document.url,
        published=parse_date(_header(message, "Date")),
        site=fold(sender) or mailbox or None,
    )
    return page, parts


def _pages(mail: Page) -> list[Page]:
    """The mail without its linked items, as far as that is more than words around them, and the items."""
    others, found = outline.linked_items(mail.blocks)
    pages = [outline.section_page(mail, section) for section in found]
    if not found or any(len(block.text.split()) >= _TELLING_WORDS for block in others):
        return [replace(mail, blocks=tuple(others)), *pages]
    around = tuple(
        omitted(block.text, mail.source.location, "navigation") for block in others if block.text
    )
    return [replace(pages[0], left_out=around), *pages[1:]]


def visible_text(document: RawDocument) -> str:
    """Return the text of all parts that a mail program would show; quoted lines without their marks."""
    location = document.source.location
    texts = _all_texts(_message(document.content, location), location)
    return "\n".join(
        markup.scan(text).visible if subtype == "html" else without_quote_marks(text)
        for subtype, text in texts
    )


def _header(message: Message, name: str) -> str:
    """Return a header as one line of text, its encoded words (RFC 2047) decoded; empty where it is missing.

    Bytes that are no ASCII, and in no encoded word, are read as those of a text are.
    """
    said = (value for key, value in message.raw_items() if key.lower() == name.lower())
    raw = _guarded(lambda: str(next(said, "")), "")[:_MAX_HEADER]
    if not raw.isascii():
        raw = _piece(raw.encode("utf-8", "surrogateescape"), None)
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
    message = _parsed(content)
    if message is None:
        raise ReadError(location, "a mail too broken to be read")
    return message


def _parsed(content: bytes) -> Message | None:
    # compat32: the newer policies parse each header by a grammar that broken ones take down, or keep busy.
    return _guarded(lambda: message_from_bytes(content, policy=policy.compat32), None)


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


def _all_texts(message: Message, location: str) -> list[TextPart]:
    return [text for part in _leaves(message) if (text := _text(part, location))]


def _text(part: Message, location: str) -> TextPart | None:
    content = _guarded(lambda: _content(part), None)
    if not isinstance(content, bytes):
        return None
    subtype = "html" if _guarded(part.get_content_subtype, "plain") == "html" else "plain"
    charset = _guarded(part.get_content_charset, None)
    if subtype == "html":
        charset = charset or declared_charset(content)
    try:
        text = decode(content, charset, source=location)
    except ReadError:
        return None
    return subtype, text if subtype == "html" else without_armour(text)


def _content(part: Message) -> Any:
    """The bytes of a part; of one in base64 that was cut short, or has a foot below it, what is there."""
    written = (
        part.get_payload() if str(part["Content-Transfer-Encoding"]).lower() == "base64" else None
    )
    words = written.split() if isinstance(written, str) else []
    if not words or not _BASE64.fullmatch(words[0]):
        return part.get_payload(decode=True)
    letters = "".join(takewhile(_BASE64.fullmatch, words)).rstrip("=")
    letters = letters[: -1 if len(letters) % 4 == 1 else None]
    return b64decode(letters + "=" * (-len(letters) % 4))


def _chosen(message: Message, location: str) -> list[TextPart]:
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


def _says_more(parts: list[TextPart], texts: list[str], pages: list[str]) -> bool:
    # Where the text writes out the addresses, the HTML has links.
    words, shown = (
        {word for text in found for word in text.split() if "://" not in word}
        for found in (texts, pages)
    )
    if len(words & shown) < _SAME * len(words):
        return False
    blocks = [block for part in parts if part[0] == "html" for block in _part_blocks(part)]
    heads = sum(block.tag in markup.HEADINGS and " " in block.text for block in blocks)
    return heads >= _STRUCTURED or bool(outline.linked_items(blocks)[1])


def _part_blocks(part: TextPart) -> list[Block]:
    subtype, text = part
    return markup.blocks(text, links=True) if subtype == "html" else letter_blocks(text)


# --- mailboxes and digests


def messages(document: RawDocument, _now: datetime | None = None, /) -> list[RawDocument]:
    """Return a document for each message, in their order; raises `ReadError` for an empty mailbox.

    A message of an mbox file begins at a line "From ... 10:00 ..." behind a blank line, or at the start, that a
    header field follows: a text which happens to begin a line with that word is not torn. A message of a list's
    digest, which has the header of a letter behind a rule, is a post: one article. Of two that are the same one
    is dropped. Each is dated by its own header, and not held
    against the clock.
    """
    found: dict[str, RawDocument] = {}
    for content, reader in _messages(document.content):
        key = message_key(content)
        if key in found and found[key].content != content:
            key = _hash(content)
        source = replace(
            document.source, location=f"{document.source.location}#{key}", reader=reader
        )
        found.setdefault(key, RawDocument(source, content, media_type="message/rfc822", key=key))
    if not found:
        raise ReadError(document.source.location, "an empty mailbox")
    return list(found.values())


def message_key(content: bytes) -> str:
    """Return the Message-ID of a mail, or a hash of its bytes where it has none."""
    ends = (content.find(blank, 0, _HEADERS) for blank in (b"\n\n", b"\n\r\n"))
    end = min((end for end in ends if end >= 0), default=_HEADERS)
    match = _MESSAGE_ID.search(content, 0, end + 1)
    return fold(match[1].decode("ascii", "replace")) if match else _hash(content)


def _messages(content: bytes) -> Iterator[tuple[bytes, str]]:
    """The bytes of each message, and the name of its reader."""
    envelopes = [match.span() for match in _MESSAGE.finditer(content)]
    ends = [start for start, _ in envelopes[1:]] + [len(content)]
    for (_, start), end in zip(envelopes, ends, strict=False):
        message = _QUOTED.sub(rb"\1", content[start:end]).rstrip(b"\r\n") + b"\n"
        yield from [(post, "post") for post in _posts(message)] or [(message, "mail")]
    if not envelopes:
        yield from ((post, "post") for post in _posts(content))


def _posts(content: bytes) -> Iterator[bytes]:
    """The messages of a digest: in parts of their own, or one below another in one text."""
    content = content.replace(b"\r\n", b"\n")
    parts = list(_parts(content)) if b"multipart/" in content[:_HEADERS].lower() else []
    if len(parts) > 1:
        yield from parts
        return
    heads = post_heads(content)
    if len(heads) > 2 and heads[0] == 0 and _DIGEST.search(content, 0, heads[1]):
        heads = heads[1:]
    if len(heads) < 2:
        return
    for start, end in zip(heads, [*heads[1:], len(content)], strict=True):
        text = _END.sub(b"\n", content[start:end])
        yield _RULE.sub(b"\n", text).rstrip(b"\n") + b"\n"


def _parts(content: bytes) -> Iterator[bytes]:
    """The messages that stand in a message as parts of their own."""
    whole = _parsed(content)
    todo = [whole] if whole else []
    for _ in range(_MOST_PARTS):
        if not todo:
            return
        part = todo.pop()
        payload = part.get_payload()
        if not isinstance(payload, list):
            continue
        inner = [child for child in payload if isinstance(child, Message)]
        if part.get_content_maintype() == "message":
            yield from (child.as_bytes() for child in inner)
        else:
            todo += reversed(inner)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
