"""Lexical cohesion: how much two stretches of text speak of the same things.

After TextTiling (Hearst, Computational Linguistics 23(1), 1997), with sets of cut-off content words instead
of counts: the stretches here are a paragraph or a few, where a word is seldom said often.
"""

import re
from collections.abc import Iterable
from math import sqrt

from digest.text.terms import stop_words

_WORD = re.compile(r"[^\W\d_]{4,}|\d\d+|\b[A-Z]{2,3}\b")
_NAME = re.compile(r"(?<=[a-z,;:’'\"“”)-] )[A-Z][\w’-]+")
_STEM = 6


def content(text: str, language: str = "en") -> frozenset[str]:
    """Return the content words of `text`, cut to their first letters in place of a stemmer."""
    stops = stop_words(language)
    return frozenset(
        word[:_STEM].lower()
        for word in _WORD.findall(text)
        if word not in stops and word.lower() not in stops
    )


def names(text: str) -> frozenset[str]:
    """Return the capitalised words of `text` that do not begin a sentence."""
    return frozenset(word[:_STEM].lower() for word in _NAME.findall(text))


def similarity(left: Iterable[str], right: Iterable[str]) -> float:
    """Return the cosine of two sets, 0 where one is empty."""
    left, right = frozenset(left), frozenset(right)
    return len(left & right) / sqrt(len(left) * len(right)) if left and right else 0.0
