"""Mail addresses: one mailbox of plain ASCII, or an error that says what is wrong with it."""

import re
from dataclasses import dataclass

from digest.errors import DeliveryError

_UNSAFE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whom a mail comes from or goes to."""

    address: str
    """In ASCII: an international domain in its `xn--` form (RFC 5890)."""
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the at sign."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> str:
        """As it stands in From and To."""
        if not self.name:
            return self.address
        quoted = self.name.replace("\\", r"\\").replace('"', r"\"")
        return f'"{quoted}" <{self.address}>'


def mailbox(text: str) -> Mailbox:
    """Return the one mailbox that `text` names: `a@example.org` or `A Name <a@example.org>`.

    Raises `DeliveryError`; a local part that is not ASCII would need SMTPUTF8, which we do not speak.
    """
    if any(ord(character) < 32 or 127 <= ord(character) < 160 for character in text):
        raise DeliveryError(repr(text), "an address holds no control characters or line breaks")
    named = _NAMED.fullmatch(text)
    address = named["address"] if named else text.strip()
    name = neutral(named["name"].strip('"')) if named else ""
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise DeliveryError(text, "not a mail address such as a@example.org")
    if not local.isascii():
        raise DeliveryError(text, "the part before the @ is not ASCII, which needs SMTPUTF8")
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError as error:
        raise DeliveryError(text, "the domain is not one") from error
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or len(address) > 254:
        raise DeliveryError(text, "not a mail address such as a@example.org")
    return Mailbox(f"{local}@{domain}", name)


def neutral(text: str) -> str:
    """Return `text` fit for a header: no control or format characters, no encoded words, no surrogates.

    Python's header classes decode `=?...?=` inside what they are given and put the result, line breaks
    and all, on the wire; so no `=?` may be left, however it comes about.
    """
    text = " ".join(_UNSAFE.sub(" ", text).split())
    return re.sub(r"=(?=\?)|(?<=\?)=", "= ", text).strip()
