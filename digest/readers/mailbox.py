"""Mailboxes: the messages of an mbox file (RFC 4155) or a Maildir folder."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from digest.errors import ReadError
from digest.models import RawDocument
from digest.readers.sniffing import ENVELOPE
from digest.text.whitespace import fold

_MESSAGE = re.compile(rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))" + ENVELOPE)
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?([^\s]{1,300})")
_HEADERS = 65536


def messages(document: RawDocument) -> list[RawDocument]:
    """Return a document for each message of an mbox file, in its order; raises `ReadError` for an empty one.

    A message begins at a line "From ... 10:00 ..." behind a blank line, or at the start, that a header field
    follows: a text which happens to begin a line with that word is not torn. Of two that are
    the same one is dropped.
    """
    found: dict[str, RawDocument] = {}
    for content in _messages(document.content):
        key = message_key(content)
        if key in found and found[key].content != content:
            key = _hash(content)
        found.setdefault(key, _document(document, content, key))
    if not found:
        raise ReadError(document.source.location, "an empty mailbox")
    return list(found.values())


def message_key(content: bytes) -> str:
    """Return the Message-ID of a mail, or a hash of its bytes where it has none."""
    ends = (content.find(blank, 0, _HEADERS) for blank in (b"\n\n", b"\n\r\n"))
    end = min((end for end in ends if end >= 0), default=_HEADERS)
    match = _MESSAGE_ID.search(content, 0, end + 1)
    return fold(match[1].decode("ascii", "replace")) if match else _hash(content)


def _messages(content: bytes) -> Iterator[bytes]:
    envelopes = [match.span() for match in _MESSAGE.finditer(content)]
    ends = [start for start, _ in envelopes[1:]] + [len(content)]
    for (_, start), end in zip(envelopes, ends, strict=False):
        yield _QUOTED.sub(rb"\1", content[start:end]).rstrip(b"\r\n") + b"\n"


def _document(mailbox: RawDocument, content: bytes, key: str) -> RawDocument:
    location = f"{mailbox.source.location}#{key}"
    return RawDocument(
        source=replace(mailbox.source, location=location, reader="mail"),
        content=content,
        media_type="message/rfc822",
        key=key,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
