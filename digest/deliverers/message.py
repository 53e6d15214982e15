"""A mail as bytes (RFC 5322, MIME): our headers and no others, plain text, then HTML."""

import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from digest.deliverers.addresses import Mailbox, mailbox, neutral
from digest.deliverers.headers import Value, head
from digest.deliverers.options import MailConfig
from digest.errors import DeliveryError

_LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
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

    def __call__(self, parts: Parts, target: Mailbox, token: str = "") -> bytes:
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
        self, parts: Parts, target: Mailbox, token: str, identity: str, boundary: str
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
