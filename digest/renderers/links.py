"""Addresses fit to be linked to, and links that open a page at a sentence.

The text directive follows the WICG's "URL Fragment Text Directives" (scroll-to-text-fragment).
"""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from digest.renderers.display import clean
from digest.text.addresses import without_tracking

_LONGEST = 2000
_SAFE = "!$&'*+,-./:;=?@_~%"
_EXACT_WORDS = 12
_EDGES = range(5, 13)


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
