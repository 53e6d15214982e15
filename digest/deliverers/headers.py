"""The head of a mail: written header by header, read back, and compared with what was meant.

Written here and not by Python's email package, whose versions differ in what they make of a long or a
hostile name, and decode `=?...?=` where it only looks like an encoded word.
"""

import base64
from collections.abc import Iterator, Mapping

from digest.deliverers.addresses import Mailbox, neutral
from digest.errors import DeliveryError

_LONGEST_LINE = 998
_WIDTH = 76
_FIRST_BYTES = 39
_WORD_BYTES = 45
"""So many bytes make an encoded word of at most 75 characters (RFC 2047, section 2)."""
_READING = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What the email package raises for headers that it trips over."""

Value = str | Mailbox


def head(headers: Mapping[str, Value]) -> bytes:
    """Return the lines of `headers`, folded: text in ASCII, and addresses as they are.

    Raises `DeliveryError` where they do not survive being read again: a header too many, another value.
    """
    data = "".join(f"{name}: {_written(name, headers[name])}\r\n" for name in headers).encode()
    try:
        survived = _are_exactly(data, headers)
    except _READING:
        survived = False
    if not survived:
        to = headers.get("To", "")
        whom = to.address if isinstance(to, Mailbox) else to
        raise DeliveryError(whom, "the headers of its mail do not survive being read again")
    return data


def _written(name: str, value: Value) -> str:
    if isinstance(value, Mailbox):
        return _mailbox(value)
    if name == "List-Unsubscribe":
        return value.replace(">, <", ">,\r\n <")
    return _text(value, len(name) + 2)


def _mailbox(value: Mailbox) -> str:
    name = _plain(value.name)
    if not name:
        return value.address
    shown = f'"{name}"' if name.isascii() else _text(name, len("From: "))
    between = " " if len(shown) + len(value.address) < _WIDTH - 10 else "\r\n "
    return f"{shown}{between}<{value.address}>"


def _plain(name: str) -> str:
    """Return a name without what would have to be quoted inside quotes."""
    return neutral("".join(" " if c in '\\"<>' else c for c in name))


def _text(value: str, used: int) -> str:
    """Return a text folded after `used` columns; in encoded words where it is not ASCII."""
    if not value.isascii():
        return "\r\n ".join(
            f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in _pieces(value)
        )
    lines = [""]
    for word in value.split(" "):
        width = used + len(lines[-1]) if len(lines) == 1 else len(lines[-1])
        if lines[-1] and width + 1 + len(word) > _WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _pieces(text: str) -> Iterator[bytes]:
    """Cut a text between characters into pieces that fit into an encoded word each."""
    piece, limit = b"", _FIRST_BYTES
    for character in text:
        data = character.encode("utf-8", "replace")
        if len(piece) + len(data) > limit:
            yield piece
            piece, limit = b"", _WORD_BYTES
        piece += data
    if piece:
        yield piece


def _are_exactly(data: bytes, headers: Mapping[str, Value]) -> bool:
    """True where the bytes, read twice over, hold these headers and no others, with these values."""
    from email import message_from_string
    from email.policy import SMTPUTF8

    lines = data.split(b"\r\n")
    if lines.pop() or any(b"\r" in row or b"\n" in row for row in lines):
        return False
    names = [row.partition(b":")[0].decode("latin-1") for row in lines if row[:1] not in b" \t"]
    if names != list(headers) or not all(
        row.strip() and len(row) <= _LONGEST_LINE for row in lines
    ):
        return False
    found = message_from_string(data.decode() + "\r\n", policy=SMTPUTF8)
    if found.keys() != list(headers):
        return False
    return all(_is_meant(found[name], value) for name, value in headers.items())


def _is_meant(found: object, value: Value) -> bool:
    if isinstance(value, Mailbox):
        (address,) = tuple(getattr(found, "addresses", ()))
        name = _bare(str(address.display_name))
        return bool(address.addr_spec == value.address and name == _bare(_plain(value.name)))
    return _bare(str(found)) == _bare(value)


def _bare(value: str) -> str:
    # Folding moves white space.
    return "".join(value.split())
