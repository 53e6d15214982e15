"""People are introduced: a surname alone wants the sentence that gives the whole name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from digest.summarizers.passages import Passages
from digest.text.terms import zipf

_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*[\w]")
_BEFORE = re.compile(r"(?:^|[\s\"“‘('—–-])([^\W\d_a-z][\w'’-]*\w)(?: [^\W\d_a-z]\.)? $")
_COMMON = 4.8
"""The Zipf value from which a word is hardly a surname, nor a given name before one: "the White House"."""
_EARLIER = 10_000
"""Characters before a sentence in which a person may have been introduced."""


def introductions(found: Passages, unit: Sequence[int]) -> list[int]:
    """Return the sentences that introduce the people whom a unit of sentences calls by surname alone."""
    article, language = found.article[unit[0]], found.languages[found.article[unit[0]]]
    text, begin = found.articles[article].text, found.start[unit[0]]
    said = " ".join([found.text[i] for i in unit])
    wanted: list[int] = []
    for name in _surnames(said, language):
        at = _given(text[max(begin - _EARLIER, 0) : begin], name, language)
        if at < 0 or _given(f"{found.articles[article].title} {said}", name, language) >= 0:
            continue
        first, last = found.extent(article)
        at = bisect_right(found.start, at + max(begin - _EARLIER, 0), first, last) - 1
        if at >= first and at not in wanted:
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


def _given(text: str, name: str, language: str) -> int:
    """Where `name` first stands behind a given name, or -1."""
    at = text.find(name)
    while at >= 0:
        before = _BEFORE.search(text, max(at - 30, 0), at)
        if before and zipf(before[1].lower(), language) < _COMMON:
            return at
        at = text.find(name, at + 1)
    return -1
