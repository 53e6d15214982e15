"""Lexical cohesion: how much two stretches of text speak of the same things.

After TextTiling (Hearst, Computational Linguistics 23(1), 1997). The stretches here are a paragraph or a few,
where a word is seldom said often; so each content word counts once, by how rare it is in the language, and
words are cut to their first letters in place of a stemmer.
"""

import re
from collections.abc import Mapping
from math import sqrt

from digest.text.terms import stop_words, zipf

_WORD = re.compile(r"[^\W\d_]{4,}|\d\d+|\b[A-Z]{2,3}\b")
_NAME = re.compile(r"(?<=[a-z,;:’'\"“”)-] )[A-Z][\w’-]+")
_STEM = 6
_COMMON = 6.5

Content = Mapping[str, float]
"""Cut-off words with their weights: about 1 for a common content word, 6.5 for one that the background lacks."""


def content(text: str, language: str = "en") -> Content:
    """Return the content words of `text` with their weights."""
    stops = stop_words(language)
    found: dict[str, float] = {}
    for word in _WORD.findall(text):
        lower = word.lower()
        stem = lower[:_STEM]
        if stem not in found and lower not in stops:
            found[stem] = max(0.5, _COMMON - zipf(lower, language))
    return found


def names(text: str, language: str = "en") -> Content:
    """Return the capitalised words of `text` that do not begin a sentence, with their weights."""
    return {
        word[:_STEM].lower(): max(0.0, _COMMON - zipf(word.lower(), language)) for word in _NAME.findall(text)
    }


def merge(parts: list[Content]) -> Content:
    """Return the words of several stretches together."""
    found: dict[str, float] = {}
    for part in parts:
        found.update(part)
    return found


def similarity(left: Content, right: Content) -> float:
    """Return the cosine of two stretches with squared weights, 0 where one is empty."""
    if len(left) > len(right):
        left, right = right, left
    shared = sum(weight * weight for word, weight in left.items() if word in right)
    if not shared:
        return 0.0
    return shared / sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))


def overlap(words: Content, text: Content) -> float:
    """Return the share, by weight, of `words` that stands in `text`; few words are not taken for many."""
    if not words:
        return 0.0
    total = max(sum(words.values()), 6.0)
    return sum(weight for word, weight in words.items() if word in text) / total
