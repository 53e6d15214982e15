"""Mail (RFC 5322, MIME): the newsletter or message in an `.eml` file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import TypeVar

from digest.errors import ReadError
from digest.models import Block, Page, RawDocument
from digest.readers import markup, plain
from digest.readers.dates import moment
from digest.readers.encoding import clean, decode
from digest.readers.html import declared_charset
from digest.text.whitespace import fold

_BROKEN = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""What the standard library has raised on broken mail: a user needs only the reason."""
T = TypeVar("T")
Part = tuple[str, str]
"""The subtype of a text part, `plain` or `html`, and its text."""

_STUB_WORDS = 40
_QUOTE = re.compile(r"(?:> ?)+")
_SIGNATURE = re.compile(r"-- ?")
_FORWARDED = re.compile(
    r"(?i)(?:-{4,}|_{4,}|={4,})?\s*(?:begin )?(?:forwarded|original|weitergeleitete) (?:message|nachricht)\b.{0,40}"
)
_REPLY = re.compile(r"(?i)(?:(?:re|fwd?|aw|wg|tr|sv)\s{0,2}:\s*)+")
_HEADER_LINE = re.compile(r"\*?(From|Sent|Date|To|Cc|Subject|Reply-To):\*?\s*(.*)")
_MAX_HEADER = 20_000
_MAX_PARTS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class MailReader:
    """Reads the text of a mail, and its headers as title, author and date; raises `ReadError`."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return one page: a newsletter holds several articles, so it is never `single`."""
        location = document.source.location
        message = _message(document.content, location)
        blocks = [block for part in _chosen(message, location) for block in _part_blocks(part)]
        if not blocks:
            raise ReadError(location, "a mail without text")
        sender, address = parseaddr(header(message, "From"))
        return [
            Page(
                source=document.source,
                blocks=tuple(blocks),
                title=_REPLY.sub("", header(message, "Subject"), count=1) or None,
                url=document.url,
                published=moment(header(message, "Date")),
                site=fold(sender) or address or None,
            )
        ]


def visible_text(document: RawDocument) -> str:
    """Return the text of all parts that a mail program would show."""
    location = document.source.location
    parts = _all_texts(_message(document.content, location), location)
    return "\n".join(markup.scan(text)[1] if subtype == "html" else text for subtype, text in parts)


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
    try:
        return action()
    except _BROKEN:
        return default


def _leaves(message: Message) -> Iterator[Message]:
    """The text parts that are shown, in order; attachments are none."""
    todo = [message]
    for _ in range(_MAX_PARTS):
        if not todo:
            return
        part = todo.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            todo += [child for child in reversed(payload) if isinstance(child, Message)]
        elif _guarded(part.get_content_maintype, "") == "text" and not _attached(part):
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
    """The text parts, but of a text and its HTML twin only one: the text, unless it is a stub."""
    parts = _all_texts(message, location)
    texts = [text for subtype, text in parts if subtype == "plain"]
    pages = [markup.scan(text)[1] for subtype, text in parts if subtype == "html"]
    if not texts or not pages:
        return parts
    written, shown = (sum(len(text.split()) for text in found) for found in (texts, pages))
    stub = written < _STUB_WORDS < shown or 3 * written < shown
    return [part for part in parts if part[0] == ("html" if stub else "plain")]


def _part_blocks(part: Part) -> list[Block]:
    subtype, text = part
    if subtype == "html":
        return markup.blocks(
            text if markup.scan(text)[0] <= markup.MAX_DEPTH else markup.flattened(text)
        )
    return _plain_blocks(text)


def _plain_blocks(text: str) -> list[Block]:
    lines = [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    end = _signature(lines)
    groups: list[tuple[bool, list[plain.Line]]] = []
    for number, line in lines[:end]:
        quoted = line.startswith(">")
        if not groups or groups[-1][0] != quoted:
            groups.append((quoted, []))
        groups[-1][1].append((number, _QUOTE.sub("", line, count=1) if quoted else line))
    words = [
        sum(len(line.split()) for quoted, group in groups if quoted == q for _, line in group)
        for q in (True, False)
    ]
    reply = words[0] <= 2 * words[1]  # a mail that is nearly all quotation is a forwarded one
    found = [
        replace(block, tag="blockquote" if quoted and reply else "")
        for quoted, group in groups
        for block in plain.blocks(_without_headers(group))
    ]
    return found + [replace(block, tag="footer") for block in plain.blocks(lines[end:])]


def _signature(lines: list[plain.Line]) -> int:
    """Where the signature begins: after the last `-- ` (RFC 3676, section 4.3), if little follows."""
    for index in range(len(lines) - 1, max(len(lines) - 20, -1), -1):
        if lines[index][1] == "--":
            return index
    return len(lines)


def _without_headers(lines: list[plain.Line]) -> list[plain.Line]:
    """A forwarded message's headers as its subject, between blank lines."""
    found: list[plain.Line] = []
    index = 0
    while index < len(lines):
        number, line = lines[index]
        end = index + 1
        if len(line) < 200 and _FORWARDED.fullmatch(line.strip()):
            while end < len(lines) and not lines[end][1]:
                end += 1
        start = end if end > index + 1 or _FORWARDED.fullmatch(line[:200].strip()) else index
        fields = {}
        stop = start
        while stop < len(lines) and (match := _HEADER_LINE.fullmatch(lines[stop][1].strip())):
            fields[match[1].lower()] = match[2]
            stop += 1
        if len(fields) >= 3 and "from" in fields:
            found += [(number, ""), (number, fields.get("subject", "")), (number, "")]
            index = stop
        else:
            found.append((number, line))
            index += 1
    return found
