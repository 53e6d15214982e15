"""Untrusted text and addresses made fit to be shown, and links that open a page at a sentence.

What is left of a text reads as the source has it. Offsets must be resolved before this, since removal shifts
them. The text directive follows the WICG's "URL Fragment Text Directives" (scroll-to-text-fragment).
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from digest.outgoing import clean
from digest.text.addresses import without_tracking

_TAGS = 20
"""Bytes of the markup around a paragraph."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LONGEST = 2000
"""Characters of an address that every browser and mail program takes."""
_SAFE = "!$&'*+,-./:;=?@_~%"
_EXACT_WORDS = 12
_EDGES = range(5, 13)
"""A sentence of up to 12 words is named whole, a longer one by as many words of its ends as are unique."""


def language_code(code: str) -> str | None:
    """Return a language code (BCP 47) that may stand in a `lang` attribute, or None."""
    return code if _LANGUAGE.fullmatch(code) else None


def weight(text: str) -> int:
    """Return about how many bytes the paragraphs of `text` take on a page."""
    return len(text.encode("utf-8", "replace")) + _TAGS * (1 + text.count("\n") // 2)


def shorten(text: str, length: int) -> str:
    """Return `text` if it has at most `length` characters, else its first words and an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head[: head.rfind(" ")] if head.rfind(" ") > length // 2 else head).rstrip() + "…"


def isolated(*parts: str) -> tuple[str, ...]:
    """Return the parts that are not empty, each in marks of isolation where one is written from right to left.

    Else the number of a date behind an Arabic name is drawn to the name, by the bidirectional algorithm
    (Unicode Standard Annex 9).
    """
    filled = tuple(filter(None, parts))
    if all(map(str.isascii, filled)) or not any(map(_is_rightward, filled)):
        return filled
    return tuple(f"\u2068{part}\u2069" for part in filled)


def _is_rightward(part: str) -> bool:
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in part)


def safe_link(url: str | None) -> str | None:
    """Return `url` in plain ASCII, without tracking parameters or credentials, or None.

    Only http, https and mailto are linked to; None too for an address without a host or over 2,000
    characters.
    """
    if not url:
        return None
    try:
        parts = urlsplit("".join(clean(url).split()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme == "mailto" and "@" in parts.path:
        return _short(f"mailto:{quote(parts.path, safe='@.+-_')}")
    if scheme not in ("http", "https") or not host:
        return None
    try:
        netloc = host.encode("ascii" if host.isascii() else "idna").decode()
    except UnicodeError:
        return None
    if not re.fullmatch(r"[a-z0-9._\-]+|[0-9a-f:.]+", netloc):
        return None
    netloc = f"[{netloc}]" if ":" in netloc else netloc
    query = without_tracking(parts.query)
    return _short(
        urlunsplit(
            (
                scheme,
                netloc if port is None else f"{netloc}:{port}",
                _encoded(parts.path),
                _encoded(query),
                _encoded(parts.fragment.partition(":~:")[0]),
            )
        )
    )


def sentence_link(url: str, text: str, start: int, end: int) -> str:
    """Return the link that opens `url` at `text[start:end]`.

    A long sentence is named by its first and last words, as many as it takes for them to be found
    nowhere earlier in `text`.
    """
    words = text[start:end].split()
    if len(words) > _EXACT_WORDS:
        heads = (" ".join(words[:count]) for count in _EDGES)
        head = next((part for part in heads if text.find(part) == start), None)
        tails = (" ".join(words[-count:]) for count in _EDGES)
        tail = next((part for part in tails if text.find(part, start) + len(part) == end), None)
        if head and tail and len(head) + len(tail) < end - start:
            return _directed(url, f"{_percent(head)},{_percent(tail)}")
    return _directed(url, _percent(" ".join(words)))


def _directed(url: str, directive: str) -> str:
    return f"{url}{':~:' if '#' in url else '#:~:'}text={directive}"


def _percent(text: str) -> str:
    # The directive's own punctuation (`-`, `,`, `&`) must be encoded; quote() leaves the hyphen alone.
    return quote(clean(text), safe="").replace("-", "%2D")


def _encoded(part: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe=_SAFE))


def _short(url: str) -> str | None:
    return url if len(url) <= _LONGEST else None
