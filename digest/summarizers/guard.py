"""The guard: no chosen sentence leans on one that is not there.

Three of ten machine-made extracts mislead, most of them by a pronoun, a connective or a quotation that
lost what it belongs to (Zhang, Wan & Bansal, "Extractive is not Faithful Summarization", ACL 2023). So a
sentence is tied to the run of sentences that must stand with it, and is chosen with them or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.summarizers.passages import Passages
from digest.summarizers.quotations import Quotation, quotations
from digest.text.openings import bare_noun, leaning_word, stands_alone

LONGEST_RUN = 3
_SPOKEN = ("", "question")
"""A question may stand before its answer."""
_ANSWER = re.compile(r"(?:A|Answer)[.:] ")
_WITHIN = 3000
"""Characters before a sentence in which a thing must have been named for the sentence to take it as known."""


@dataclass(frozen=True, slots=True)
class Ties:
    """For each sentence the run `first` to `last` (both included) it is chosen with, and why.

    `first` is -1 where no short run makes the sentence safe to quote.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    reason: tuple[str, ...]

    def stands(self, i: int) -> bool:
        """True where sentence `i` can be quoted by itself."""
        return self.first[i] == i == self.last[i]


def free(passages: Passages) -> Ties:
    """The ties of sentences that nobody guards: none."""
    numbers = tuple(range(len(passages)))
    return Ties(first=numbers, last=numbers, reason=("",) * len(passages))


def ties(passages: Passages) -> Ties:
    """Tie each sentence to what it leans on and to the rest of its quotation."""
    quoted = quotations(passages)
    first: list[int] = []
    last: list[int] = []
    reasons: list[str] = []
    for i in range(len(passages)):
        run = quoted.get(i) or Quotation(i, i)
        reason = _reason(passages, run.first, i) or run.leans
        start = -1 if run.broken else run.first
        if reason and not run.broken:
            start = _antecedent(passages, run.first, i, first)
        if start >= 0 and run.last - start >= LONGEST_RUN:
            start = -1
        first.append(start)
        last.append(run.last)
        reasons.append(reason or run.reason)
    return Ties(first=tuple(first), last=tuple(last), reason=tuple(reasons))


def _reason(passages: Passages, opening: int, i: int) -> str:
    """What sentence `i` leans on an earlier one with, or the sentence `opening` its quotation."""
    language = passages.languages[passages.article[i]]
    if passages.index[i] and _ANSWER.match(passages.text[opening]):
        return "answers a question"
    if stands_alone(passages.text[opening], language):
        return ""
    word = leaning_word(passages.text[opening], language)
    if word:
        return f"opens with {word!r}"
    noun = _untold_thing(passages, opening, language)
    return f"does not say which {noun}" if noun else ""


def _untold_thing(passages: Passages, i: int, language: str) -> str:
    """A thing that sentence `i` takes as known, and that the title does not name."""
    if not passages.index[i]:
        return ""
    article = passages.articles[passages.article[i]]
    start = passages.start[i]
    noun = bare_noun(passages.text[i], article.text[max(start - _WITHIN, 0) : start], language)
    return "" if noun in article.title.lower() else noun


def _antecedent(passages: Passages, opening: int, i: int, first: list[int]) -> int:
    """The start of the run that what stands before the quotation of `i` belongs to, or -1."""
    before = opening - 1
    if (
        before < 0
        or passages.article[before] != passages.article[i]
        or passages.paragraph[i] - passages.paragraph[before] > 1
        or passages.barred[before] not in _SPOKEN
    ):
        return -1
    return first[before]
