"""Find the words of a text: by Unicode's properties, and in scripts without spaces by a tokenizer or in pairs.

A word is made of letters, digits, and the signs that combine with them.

`\\w` leaves out the vowel signs and the virama of Hindi, Bengali, Tamil or Thai, the points of Hebrew and the
accents of decomposed Latin: with it alone, words of these scripts are shredded.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from digest.length import UNSPACED_LETTER

_MARKED = re.compile(
    "[\u0300-\u1dff\u200c\u200d\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010a00-\U0001e94f]"
)
"""A character of the blocks that hold combining signs; texts without it need the plain patterns alone."""
_BLOCKS = ((0x300, 0x1E00), (0x3099, 0x309B), (0xA66F, 0xABFF), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30))
_BLOCKS_BEYOND = ((0x10A00, 0x12000), (0x16AF0, 0x17000), (0x1E000, 0x1E950))
_JOINERS = "\u200c\u200d"
"""Persian and the Indic scripts are spelled with them."""
_INNER = r".'’\-&"
"""What may stand within a word."""


class Patterns(NamedTuple):
    """The patterns for a kind of text."""

    run: re.Pattern[str]
    """A run of letters and digits with their signs."""
    word: re.Pattern[str]
    """A word: runs, and what joins them ("U.N", "l'eau", "mother-in-law", "AT&T")."""
    parts: re.Pattern[str]
    """The same as a group, to split a text by."""


def patterns(text: str) -> Patterns:
    """Return the patterns for a text: those without signs take half the time, where a text has none."""
    return _plain() if text.isascii() or _MARKED.search(text) is None else _signed()


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits, with their signs, in order."""
    return patterns(text).run.findall(text)


def find_words(text: str) -> list[str]:
    """Return the words as they are written, in order."""
    return patterns(text).word.findall(text)


def lowered(text: str) -> str:
    """Return a text in small letters; the Turkish capital İ becomes a plain i, and no letter with a sign."""
    return text.replace("İ", "i").lower()


@cache
def signs() -> str:
    """Return the combining signs and joiners, as what stands between the brackets of a pattern."""
    found: list[list[int]] = []
    for first, last in (*_BLOCKS, *_BLOCKS_BEYOND):
        for code in range(first, last):
            if unicodedata.category(chr(code)) not in ("Mn", "Mc"):
                continue
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found) + _JOINERS


@cache
def _plain() -> Patterns:
    return _made(r"[^\W_]+")


@cache
def _signed() -> Patterns:
    """A sign is looked for behind letters only, so that a text of few pays for few."""
    return _made(rf"[^\W_]+(?:[{signs()}]+[^\W_]*)*")


def _made(run: str) -> Patterns:
    word = rf"{run}(?:[{_INNER}]{run})*"
    return Patterns(re.compile(run), re.compile(word), re.compile(f"({word})"))


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
