"""Words in scripts that put no spaces between them: by sumy's tokenizers, or in pairs of characters."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache

from digest.length import UNSPACED_LETTER
from digest.text.letters import patterns, signs

_log = logging.getLogger("digest")
_PACKAGES = {
    "zh": ("ChineseWordTokenizer", "jieba"),
    "ja": ("JapaneseWordTokenizer", "tinysegmenter"),
}
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

Segmenter = Callable[[str], list[str]]


@cache
def _runs() -> re.Pattern[str]:
    """Runs of letters without spaces between words, and other runs; made when it is needed."""
    unspaced = UNSPACED_LETTER.pattern
    return re.compile(rf"(?:{unspaced}[{signs()}]*)+|(?:(?!{unspaced})[^\W_][{signs()}]*)+")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(rf".[{signs()}]*", re.DOTALL)


def cut(word: str) -> list[tuple[int, str]]:
    """Return the parts of what stands between two spaces, each with its place: pairs of letters of scripts
    without spaces, the rest whole."""
    parts = []
    for run in _runs().finditer(word):
        if UNSPACED_LETTER.match(run.group()) is None:
            parts.append((run.start(), run.group()))
            continue
        edges = [letter.start() for letter in _letter().finditer(word, *run.span())] + [run.end()]
        last = max(len(edges) - 2, 1)
        parts += [
            (edges[i], word[edges[i] : edges[min(i + 2, len(edges) - 1)]]) for i in range(last)
        ]
    return parts


def is_unspaced(language: str) -> bool:
    """True for a language that is written without spaces between words."""
    return language in _UNSPACED


@cache
def segmenter(language: str) -> Segmenter:
    """Return what cuts a text of an unspaced language into words.

    Chinese wants the package `jieba`, Japanese `tinysegmenter`; without it (a warning says so) and for the
    other languages, words are overlapping pairs of characters, which serve nearly as well to compare.
    """
    name, package = _PACKAGES.get(language, ("", ""))
    if not name:
        return pairs
    try:
        __import__(package)
    except ImportError:
        _log.warning(
            "language %r: pairs of characters serve as words; better: pip install %s",
            language,
            package,
        )
        return pairs
    from sumy.nlp import tokenizers

    tokenize = getattr(tokenizers, name).tokenize
    return lambda text: [word for word in tokenize(text) if patterns(word).run.fullmatch(word)]


def pairs(text: str) -> list[str]:
    """Return the overlapping pairs of letters of scripts without spaces, and the other words whole."""
    return [part for _, part in cut(text)]
