"""Words that are made from a commoner one: in a title where capitals prove nothing, they name nobody."""

from functools import lru_cache

from digest.text.terms import zipf

_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "less", "ness", "ment", "ments")
_LEAST = 3.0
"""The Zipf value from which the shorter word is a word, and not a part of a name."""


@lru_cache(maxsize=100_000)
def is_derived(word: str, language: str) -> bool:
    """Say whether an English word is an inflected or derived form of a word that is more frequent."""
    if language != "en" or len(word) < 5:
        return False
    own = zipf(word, language)
    bases = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    bases += [base + "e" for base in bases if word.endswith(("ing", "ed"))]
    return any(len(base) > 2 and zipf(base, language) > max(own, _LEAST) for base in bases)
