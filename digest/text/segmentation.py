"""Words in scripts that put no spaces between them: by sumy's tokenizers, or in pairs of characters."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache

_log = logging.getLogger("digest")
_RUN = re.compile(r"[^\W_]+")
_PACKAGES = {
    "zh": ("ChineseWordTokenizer", "jieba"),
    "ja": ("JapaneseWordTokenizer", "tinysegmenter"),
}
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

_UNSPACED_LETTER = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_LETTERS_A_WORD = 2

Segmenter = Callable[[str], list[str]]


def unspaced_words(text: str) -> int:
    """Return about how many words stand in the letters of scripts without spaces: one in two."""
    return len(_UNSPACED_LETTER.findall(text)) // _LETTERS_A_WORD


def count_words(text: str) -> int:
    """Return about how many words a text has, in scripts with spaces or without."""
    return len(text.split()) + (0 if text.isascii() else unspaced_words(text))


def has_unspaced(text: str) -> bool:
    """True where a letter of a script without spaces stands in `text`."""
    return not text.isascii() and _UNSPACED_LETTER.search(text) is not None


@cache
def _runs() -> re.Pattern[str]:
    """Made when it is needed: compiling it takes as long as reading a page."""
    letter = _UNSPACED_LETTER.pattern
    return re.compile(rf"{letter}+|(?:(?!{letter})[^\W_])+")


def cut(word: str) -> list[tuple[int, str]]:
    """Return the parts of what stands between two spaces, each with its place: pairs of letters of scripts
    without spaces, the rest whole."""
    parts = []
    for run in _runs().finditer(word):
        letters = run.group()
        step = len(letters) - 1 if _UNSPACED_LETTER.match(letters) else 0
        size = 2 if step else len(letters)
        parts += [(run.start() + i, letters[i : i + size]) for i in range(max(step, 1))]
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
    return lambda text: [word for word in tokenize(text) if _RUN.fullmatch(word)]


def pairs(text: str) -> list[str]:
    """Return the overlapping pairs of characters of each run of letters."""
    return [run[i : i + 2] for run in _RUN.findall(text) for i in range(max(len(run) - 1, 1))]
