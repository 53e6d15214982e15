"""The head of a mail: written header by header, read back, and compared with what was meant."""

from collections.abc import Mapping

from digest.errors import DeliveryError

_TEXTS = ("Subject", "From", "To")
"""Those that may hold words of any script; the rest is our own ASCII."""
_LONGEST_LINE = 998


def head(headers: Mapping[str, str], *, international: bool = False) -> bytes:
    """Return the lines of `headers`, folded, in ASCII unless `international` (RFC 6532).

    Raises `DeliveryError` where they do not survive being read again: a header too many, another value.
    """
    data = b"".join(
        _folded(name, value, international)
        if name in _TEXTS
        else f"{name}: {value.replace('>, <', f'>,{_CRLF} <')}{_CRLF}".encode("ascii", "replace")
        for name, value in headers.items()
    )
    if not _are_exactly(data, headers, international):
        raise DeliveryError(headers.get("To", ""), "its headers do not survive being read again")
    return data


_CRLF = "\r\n"


def _folded(name: str, value: str, international: bool) -> bytes:
    from email.policy import SMTP, SMTPUTF8

    policy = SMTPUTF8 if international else SMTP
    folded: str = policy.header_factory(name, value).fold(policy=policy)
    return folded.encode("utf-8", "replace")


def _are_exactly(data: bytes, headers: Mapping[str, str], international: bool) -> bool:
    """True where the bytes, read twice over, hold these headers and no others, with these values."""
    from email import message_from_bytes
    from email.policy import SMTP, SMTPUTF8

    lines = data.split(b"\r\n")
    if lines.pop() or any(b"\r" in row or b"\n" in row for row in lines):
        return False
    names = [row.partition(b":")[0].decode("latin-1") for row in lines if row[:1] not in b" \t"]
    fit = all(row.strip() and len(row) <= _LONGEST_LINE for row in lines)
    if not fit or names != list(headers) or not (international or data.isascii()):
        return False
    found = message_from_bytes(data + b"\r\n", policy=SMTPUTF8 if international else SMTP)
    if found.keys() != list(headers):
        return False
    return all(_bare(str(found[name])) == _bare(value) for name, value in headers.items())


def _bare(value: str) -> str:
    # Folding moves white space, and the header classes drop the quotes of a name that needs none.
    return "".join(value.replace('"', "").replace("\\", "").split())
