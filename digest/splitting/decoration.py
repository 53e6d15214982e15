"""What programs set before a title: a star in a reader, `Fwd:` in a mail, a time in a ticker."""

import re

from digest.splitting.patterns import Wording

_LONGEST = 160
_FEWEST_WORDS = 3
_BEFORE = Wording(
    r"(?:(?:fwd?|fw|re|wg|aw|tr):\s+|\[(?:[\w-]{1,20}|[+*])\]\s*|(?:[01]?\d|2[0-3]):[0-5]\d\s+"
    r"|[\u2190-\u21ff\u25a0-\u27bf\U0001f300-\U0001faff\ufe0f]+\s+)+(?=[^\W\d_]|[\"'“‘«¿¡\d])",
    re.IGNORECASE,
)
_AFTER = Wording(r"\s*\[/\w{1,10}\]$|\s*(?:\.\s?){4,}\d{1,3}$")


def undecorated(text: str) -> str:
    """Return a short line without what a program set around it; prose and single words stay."""
    if len(text) > _LONGEST:
        return text
    plain = text[:1].isalpha() and ":" not in text[:4]
    before = None if plain else _BEFORE.match(text)
    rest = text[before.end() :] if before else text
    after = _AFTER.search(rest) if rest[-1:] == "]" or rest[-1:].isdigit() else None
    rest = rest[: after.start()] if after else rest
    return rest if rest.count(" ") + 1 >= _FEWEST_WORDS else text
