"""People are introduced: a surname alone wants the sentence that gives the whole name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.summarizers.passages import Passages
from digest.text.terms import zipf

_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*[\w]")
_BEFORE = re.compile(r"(?:^|[\s\"“‘('—–-])([^\W\d_a-z][\w'’-]*\w)(?: [^\W\d_a-z]\.)? $")
_COMMON = 4.8
"""The Zipf value from which a word is hardly a surname, nor a given name before one: "the White House"."""
_EARLIER = 60
"""Sentences before one in which a person may have been introduced."""


def introductions(found: Passages, unit: Sequence[int]) -> list[int]:
    """Return the sentences that introduce the people whom a unit of sentences calls by surname alone."""
    article = found.article[unit[0]]
    language = found.languages[article]
    first, _ = found.extent(article)
    begin = max(first, unit[0] - _EARLIER)
    said = " ".join((found.articles[article].title, *(found.text[i] for i in unit)))
    wanted = []
    for name in _surnames(" ".join(found.text[i] for i in unit), language):
        if _is_given(said, name, language):
            continue
        where = (i for i in range(begin, unit[0]) if name in found.text[i])
        at = next((i for i in where if _is_given(found.text[i], name, language)), -1)
        if at >= 0 and at not in wanted:
            wanted.append(at)
    return wanted


def _surnames(text: str, language: str) -> list[str]:
    """The names that stand alone: no capital before or behind them."""
    names = []
    spans = [(m.start(), m.end(), m.group()) for m in _NAME.finditer(text)]
    for k, (start, end, name) in enumerate(spans):
        beside_left = k > 0 and text[spans[k - 1][1] : start] in (" ", ". ", " - ")
        beside_right = k + 1 < len(spans) and text[end : spans[k + 1][0]] == " "
        bare = name.removesuffix("'s").removesuffix("’s")
        if not (beside_left or beside_right) and bare not in names and not bare.isupper():
            names.append(bare)
    return [name for name in names if len(name) > 2 and zipf(name.lower(), language) < _COMMON]


def _is_given(text: str, name: str, language: str) -> bool:
    """True where a given name stands before `name`."""
    at = text.find(name)
    while at >= 0:
        before = _BEFORE.search(text, max(at - 30, 0), at)
        if before and zipf(before[1].lower(), language) < _COMMON:
            return True
        at = text.find(name, at + 1)
    return False
