"""What holds several messages: an mbox file (RFC 4155), a list's digest (RFC 1153), saved posts."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from digest.errors import ReadError
from digest.models import RawDocument
from digest.readers.foreign import guarded
from digest.readers.sniffing import ENVELOPE, post_heads
from digest.text.whitespace import fold

_MESSAGE = re.compile(rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))" + ENVELOPE)
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?([^\s]{1,300})")
_HEADERS = 65536
_MOST_PARTS = 2_000
_RULE = re.compile(rb"(?:\n[ \t]*[-=*_]{10,}[ \t\r]*)+\s*\Z")
_DIGEST = re.compile(rb"(?im)^subject:[^\n]{0,300}\bdigest\b")
"""The subject of a letter that brings a digest: its own text is the list of contents."""
_END = re.compile(rb"(?i)\nEnd of [^\n]{1,200} Digest[^\n]{0,100}\n[*=-]{5,}\s*\Z")


def messages(document: RawDocument) -> list[RawDocument]:
    """Return a document for each message, in their order; raises `ReadError` for an empty mailbox.

    A message of an mbox file begins at a line "From ... 10:00 ..." behind a blank line, or at the start, that a
    header field follows: a text which happens to begin a line with that word is not torn. A message of a list's
    digest, which has the header of a letter behind a rule, is a post: one article. Of two that are the same one
    is dropped.
    """
    found: dict[str, RawDocument] = {}
    for content, reader in _messages(document.content):
        key = message_key(content)
        if key in found and found[key].content != content:
            key = _hash(content)
        found.setdefault(key, _document(document, content, key, reader))
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
        posts = list(_posts(message))
        if posts:
            yield from ((post, "post") for post in posts)
        else:
            yield message, "mail"
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
    whole = guarded(lambda: message_from_bytes(content, policy=policy.compat32), None, MessageError)
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


def _document(mailbox: RawDocument, content: bytes, key: str, reader: str) -> RawDocument:
    location = f"{mailbox.source.location}#{key}"
    return RawDocument(
        source=replace(mailbox.source, location=location, reader=reader),
        content=content,
        media_type="message/rfc822",
        key=key,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
