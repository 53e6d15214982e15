"""A digest as the bytes of a mail (RFC 5322, MIME), clean of what a title can smuggle into a header."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from digest.deliverers.addresses import mailbox, neutral
from digest.errors import DeliveryError
from digest.models import Digest
from digest.protocols import Renderer

if TYPE_CHECKING:
    from email.message import EmailMessage

_LONGEST_SUBJECT = 150
_MORNING = time(6, tzinfo=UTC)
_BODY_HEADERS = ("Content-Type", "MIME-Version")


def build_message(
    digest: Digest,
    sender: str,
    recipient: str,
    *,
    text: Renderer,
    html: Renderer,
    moment: datetime | None = None,
) -> bytes:
    """Return the mail that brings `digest` to one recipient: plain text first, then HTML.

    The bytes depend on the arguments alone. The date is `moment`, or else the morning of the digest's
    day; the Message-ID is made from content and recipient, so that a mail that is sent again is known
    for the same. Raises `DeliveryError` where an address cannot be used.
    """
    origin, target = mailbox(sender), mailbox(recipient)
    plain, rich = _encodable(text(digest)), _encodable(html(digest))
    identity = hashlib.sha256("\0".join((plain, rich, target.address)).encode()).hexdigest()[:32]
    headers = {
        "From": origin.header,
        "To": target.header,
        "Subject": _subject(digest),
        "Date": _date(moment or datetime.combine(digest.date, _MORNING)),
        "Message-ID": f"<{identity}@{origin.domain}>",
        "List-Id": f"<digest.{origin.domain}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    for subject in (headers["Subject"], f"Digest, {digest.date.isoformat()}"):
        headers["Subject"] = subject
        data = _message(headers, plain, rich, identity).as_bytes()
        if _has_exactly(data, headers):
            return data
    raise DeliveryError(
        recipient, "the mail's headers do not survive: this is a bug, please report it"
    )


def _message(headers: Mapping[str, str], plain: str, rich: str, identity: str) -> "EmailMessage":
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(SMTP)
    for name, value in headers.items():
        message[name] = value
    message.set_content(plain, cte=_encoding(plain))
    message.add_alternative(rich, subtype="html", cte=_encoding(rich))
    message.set_boundary(f"=_{identity}")
    return message


def _encoding(text: str) -> str:
    """The shorter one: quoted-printable for most of Europe, base64 where it would take three bytes for one."""
    data = text.encode()
    special = sum(byte > 126 or byte == 61 for byte in data)
    return "quoted-printable" if 2 * special < len(data) / 3 else "base64"


def _subject(digest: Digest) -> str:
    labels = [neutral(section.topic.label) for section in digest.sections]
    parts = [neutral(digest.title), ", ".join(filter(None, labels))]
    subject = ": ".join(filter(None, parts)) or f"Digest, {digest.date.isoformat()}"
    if len(subject) <= _LONGEST_SUBJECT:
        return subject
    return subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _date(moment: datetime) -> str:
    from email.utils import format_datetime

    return format_datetime(moment)


def _has_exactly(data: bytes, headers: Mapping[str, str]) -> bool:
    """True where the bytes, read again, hold these headers and no others, with these values."""
    from email import message_from_bytes
    from email.policy import SMTP

    found = message_from_bytes(data, policy=SMTP)
    names = sorted(name.lower() for name, _ in found.items())
    if names != sorted(name.lower() for name in (*headers, *_BODY_HEADERS)):
        return False
    same = all(_bare(str(found[name])) == _bare(value) for name, value in headers.items())
    head = data.partition(b"\r\n\r\n")[0]
    return same and head.isascii() and all(len(row) <= 998 for row in head.split(b"\r\n"))


def _bare(value: str) -> str:
    # Folding moves white space, and the header classes drop the quotes of a name that needs none.
    return "".join(value.replace('"', "").replace("\\", "").split())
