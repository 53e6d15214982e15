"""Mailboxes: an address with its domain in ASCII, or an error that says what is wrong; lists of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ConfigError, DeliveryError
from digest.incoming import read_regular

_UNSAFE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a0-\U0010ffff-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(r"(?!.*-(?:\.|$))(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*")
_LITERAL = re.compile(r"\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-fA-F:.]{2,39})\]")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_LONGEST = 254
_LONGEST_LOCAL = 64
"""Octets of an address, and of the part before the @ (RFC 5321, section 4.5.3.1)."""
_LONGEST_NAME = 100
"""Characters; with the address, the header stays below the 998 octets of a line (RFC 5322)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The sender or a recipient of a mail."""

    address: str
    """The domain in ASCII (RFC 5891); the part before the @ may not be, which needs SMTPUTF8 (RFC 6531)."""
    name: str = ""

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]


def mailbox(text: str) -> Mailbox:
    """Return the one mailbox that `text` names: `a@example.org` or `A Name <a@example.org>`.

    Raises `DeliveryError`, which says what is wrong.
    """
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    if any(ord(character) < 32 or 127 <= ord(character) < 160 for character in text):
        raise DeliveryError(repr(shown), "an address holds no control characters or line breaks")
    named = _NAMED.fullmatch(text) if len(text) < 1000 else None
    address = named["address"].strip() if named else text.strip()
    name = neutral(named["name"].strip().strip('"'))[:_LONGEST_NAME].rstrip() if named else ""
    local, at, domain = address.rpartition("@")
    local = unicodedata.normalize("NFC", local)
    try:
        domain = _ascii_domain(domain)
        octets = len(local.encode())
    except UnicodeError as error:
        raise DeliveryError(shown, "not a mail address such as a@example.org") from error
    good = at and _LOCAL.fullmatch(local) and not _UNSAFE.search(local)
    if not good or not (_DOMAIN.fullmatch(domain) or _LITERAL.fullmatch(domain)):
        raise DeliveryError(shown, "not a mail address such as a@example.org")
    if octets > _LONGEST_LOCAL or octets + 1 + len(domain) > _LONGEST:
        raise DeliveryError(shown, "longer than a mail address can be")
    return Mailbox(f"{local}@{domain}", name)


def _ascii_domain(domain: str) -> str:
    """Return a domain in ASCII, with each other label encoded as RFC 5891 defines it.

    Python's own codec follows the older RFC 3490, which takes `ß` for `ss`: another domain, and perhaps
    another owner.
    """
    if _LITERAL.fullmatch(domain):
        return domain
    folded = unicodedata.normalize("NFKC", _DOTS.sub(".", domain)).lower()
    return ".".join(_ascii_label(label) for label in folded.split("."))


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    label = unicodedata.normalize("NFC", label)
    if not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label):
        raise UnicodeError("not the label of a domain")
    return f"xn--{label.encode('punycode').decode()}"


def neutral(text: str) -> str:
    """Return `text` fit for a header: no control or format characters, no encoded words, no surrogates.

    Python's header classes decode `=?...?=` inside what they are given and put the result, line breaks
    and all, on the wire; so no `=?` may be left, however it comes about.
    """
    text = " ".join(_UNSAFE.sub(" ", text).split())
    return re.sub(r"=(?=\?)|(?<=\?)=", "= ", text).strip()


def recipients(
    addresses: Iterable[str], file: Path | None = None
) -> tuple[list[Mailbox], list[str]]:
    """Return the recipients, each once, and a line for each address that is none.

    Raises `ConfigError` where the file cannot be read.
    """
    found: dict[str, Mailbox] = {}
    problems = []
    for where, text in (*(("", one) for one in addresses), *(_lines(file) if file else ())):
        try:
            known = mailbox(text)
        except DeliveryError as error:
            problems.append(f"{where}{error}")
        else:
            found.setdefault(known.address.lower(), known)
    return list(found.values()), problems


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = read_regular(path).decode("utf-8-sig", "replace")
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    for number, row in enumerate(text.split("\n"), 1):
        address = row.partition("#")[0].strip()
        if address:
            yield f"{path}, line {number}: ", address
