"""What is sent in place of a page: robot checks, log-ins, consent, what is missing or being mended.

Such a page is short, and it speaks to its reader in set words. News about captchas or cookies has text of
its own.
"""

import re
from functools import cache
from importlib.resources import files

from digest.text.segmentation import count_words

_MOST_WORDS = 130
_FEW_WORDS = 45
_HALF, _NEARLY_ALL = 0.5, 0.8
_SAID = 2


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The set words of each kind, in English, German, French and Spanish."""
    text = files("digest.readers").joinpath("walls.txt").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        if line[:1] == "[" and line[-1:] == "]":
            kinds[line[1:-1]] = words = []
        else:
            words.append(line)
    return {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in kinds.items()}


def wall(title: str, text: str) -> str:
    """Return what a page is that is none, as `a robot check`; empty for one that may hold an article."""
    if count_words(text) > _MOST_WORDS:
        return ""
    few = count_words(text) <= _FEW_WORDS
    for kind, pattern in _patterns().items():
        said = {match[0].lower() for match in pattern.finditer(text)}
        size = max(1, len(title.strip()))
        titled = sum(len(match[0]) for match in pattern.finditer(title)) / size
        told = len(said) + (titled >= _HALF)
        if (few and titled >= _NEARLY_ALL) or told >= (_SAID if few else _SAID + 1):
            return kind
    return ""
