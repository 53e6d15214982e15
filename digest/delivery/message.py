"""A mail as bytes (RFC 5322, MIME): our headers and no others, plain text, then HTML.

Headers are written here and not by Python's email package, whose versions differ in what they make of a long
or a hostile name, and decode `=?...?=` where it only looks like an encoded word. Each is read back, and
compared with what was meant.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from digest.delivery.options import Mailbox, MailConfig, mailbox, neutral
from digest.errors import DeliveryError

_LONGEST_SUBJECT = 150
"""Characters; mail programs show about half of that."""
_LONGEST_LINE = 998
"""Octets (RFC 5322, section 2.1.1)."""
_WIDTH = 76
"""Columns of a line that holds an encoded word (RFC 2047, section 2)."""
_FIRST_BYTES = 39
_WORD_BYTES = 45
"""Bytes that make an encoded word of at most 75 characters; the first stands after the header's name."""
_READING = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What the email package raises for headers that it trips over."""

Value = str | Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMail:
    """What the mails of an issue have in common."""

    key: str
    """Of the issue: what its Message-IDs are made from."""
    day: date
    subject: str
    text: str
    html: str
    mark: str = ""
    """Stands in `text` and `html` where each recipient's own token belongs; empty for nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes the mail of an issue for one recipient."""

    mail: MailConfig
    moment: datetime
    """The mail's date."""

    def __call__(self, parts: IssueMail, target: Mailbox, token: str = "") -> bytes:
        """Return the exact bytes for `target`; they depend on the arguments alone.

        Raises `DeliveryError` where the headers do not come out as they were meant.
        """
        identity = message_id(parts.key, target, self._origin)
        boundary = f"=_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"
        headers = self._headers(parts, target, token, identity, boundary)
        bodies = (("plain", parts.text), ("html", parts.html))
        sections = [
            _section(kind, text.replace(parts.mark, token) if parts.mark else text)
            for kind, text in bodies
        ]
        # The line break before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
        between = f"\r\n--{boundary}".encode()
        return b"".join(
            (
                _surviving(headers, parts.day),
                *(between + b"\r\n" + section for section in sections),
                between + b"--\r\n",
            )
        )

    @property
    def _origin(self) -> Mailbox:
        return mailbox(self.mail.sender)

    def _headers(
        self, parts: IssueMail, target: Mailbox, token: str, identity: str, boundary: str
    ) -> dict[str, Value]:
        from email.utils import format_datetime

        ways = unsubscribe_ways(self.mail, token)
        listing = {"List-Unsubscribe": ", ".join(f"<{way}>" for way in ways)} if ways else {}
        if ways and ways[0].startswith("https:"):
            listing["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return {
            "From": self._origin,
            "To": target,
            "Subject": subject_line(parts.subject, parts.day),
            "Date": format_datetime(self.moment.astimezone(UTC)),
            "Message-ID": identity,
            "List-Id": f"<digest.{self._origin.domain}>",
            **listing,
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative; boundary="{boundary}"',
        }


def message_id(key: str, target: Mailbox, origin: Mailbox) -> str:
    """Return the same Message-ID for the same issue and recipient, whenever it is sent."""
    identity = hashlib.sha256(f"{key}\0{target.address.lower()}".encode()).hexdigest()[:32]
    return f"<{identity}@{origin.domain}>"


def unsubscribe_ways(mail: MailConfig, token: str) -> list[str]:
    """Return the addresses with which the owner of `token` unsubscribes, one click first (RFC 8058)."""
    ways = []
    if mail.unsubscribe_url:
        ways.append(mail.unsubscribe_url.replace("{token}", token))
    if mail.unsubscribe_mailto:
        address = mailbox(mail.unsubscribe_mailto).address
        ways.append(f"mailto:{address.replace('%', '%25').replace('?', '%3F')}?subject={token}")
    return ways


def subject_line(text: str, day: date) -> str:
    """Return `text` fit for a subject, or a plain one where nothing of it is left."""
    subject = neutral(text[: 20 * _LONGEST_SUBJECT]) or f"Digest, {day.isoformat()}"
    if len(subject) <= _LONGEST_SUBJECT:
        return subject
    return subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _surviving(headers: Mapping[str, Value], day: date) -> bytes:
    """Return the head of a mail; in plain words where a version of Python trips over the others."""
    try:
        return head(headers)
    except DeliveryError:
        bare = {
            name: replace(value, name="")
            for name, value in headers.items()
            if isinstance(value, Mailbox)
        }
        return head({**headers, **bare, "Subject": f"Digest, {day.isoformat()}"})


def _section(kind: str, text: str) -> bytes:
    """One part, in the shorter encoding: base64 where quoted-printable would take three bytes for one."""
    data = "\r\n".join(text.encode("utf-8", "replace").decode().splitlines()).encode() + b"\r\n"
    special = sum(byte > 126 or byte == 61 for byte in data)
    if 2 * special < len(data) / 3:
        name, body = "quoted-printable", binascii.b2a_qp(data, istext=True)
    else:
        name, body = "base64", _base64(data)
    lines = (f"Content-Type: text/{kind}; charset=utf-8", f"Content-Transfer-Encoding: {name}")
    return (
        "\r\n".join((*lines, "", "")).encode() + body + (b"" if body.endswith(b"\n") else b"\r\n")
    )


def _base64(data: bytes) -> bytes:
    rows = (data[start : start + 57] for start in range(0, len(data), 57))
    return b"".join(binascii.b2a_base64(row, newline=False) + b"\r\n" for row in rows)


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
