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
    named: tuple[int, ...]
    """The earlier sentence that names what a sentence takes as known, and that it may stand with instead of its
    run; -1 where there is none."""

    def stands(self, i: int) -> bool:
        """True where sentence `i` can be quoted by itself."""
        return self.first[i] == i == self.last[i]


def free(passages: Passages) -> Ties:
    """The ties of sentences that nobody guards: none."""
    numbers = tuple(range(len(passages)))
    return Ties(
        first=numbers, last=numbers, reason=("",) * len(passages), named=(-1,) * len(passages)
    )


def ties(passages: Passages) -> Ties:
    """Tie each sentence to what it leans on and to the rest of its quotation."""
    quoted = quotations(passages)
    first: list[int] = []
    last: list[int] = []
    reasons: list[str] = []
    named: list[int] = []
    for i in range(len(passages)):
        run = quoted.get(i) or Quotation(i, i)
        reason = _reason(passages, run.first, i) or run.leans
        noun = "" if reason else _untold_thing(passages, run.first)
        reason = reason or (noun and f"does not say which {noun}")
        start = -1 if run.broken else run.first
        if reason and not run.broken:
            start = _antecedent(passages, run.first, i, first)
        if start >= 0 and run.last - start >= LONGEST_RUN:
            start = -1
        alone = noun and run.first == i == run.last
        named.append(_naming(passages, i, noun, first, last) if alone else -1)
        first.append(start)
        last.append(run.last)
        reasons.append(reason or run.reason)
    return Ties(first=tuple(first), last=tuple(last), reason=tuple(reasons), named=tuple(named))


def _reason(passages: Passages, opening: int, i: int) -> str:
    """What sentence `i` leans on an earlier one with, or the sentence `opening` its quotation."""
    language = passages.languages[passages.article[i]]
    if answers(passages, opening):
        return "answers a question"
    if stands_alone(passages.text[opening], language):
        return ""
    word = leaning_word(passages.text[opening], language)
    return f"opens with {word!r}" if word else ""


def answers(passages: Passages, i: int) -> bool:
    """True where sentence `i` begins an answer of an interview: "A: No comment."."""
    return passages.index[i] > 0 and _ANSWER.match(passages.text[i]) is not None


def _untold_thing(passages: Passages, i: int) -> str:
    """A thing that sentence `i` takes as known, and that the title does not name."""
    if not passages.index[i]:
        return ""
    article = passages.articles[passages.article[i]]
    noun = bare_noun(passages.text[i], passages.languages[passages.article[i]])
    return "" if noun in article.title.lower() else noun


def _naming(passages: Passages, i: int, noun: str, first: list[int], last: list[int]) -> int:
    """The last sentence before `i` that names a thing and can be quoted by itself, or -1."""
    stem = noun[:-1] if noun.endswith("s") else noun
    for k in range(i - 1, i - 1 - passages.index[i], -1):
        if passages.start[i] - passages.start[k] > _WITHIN:
            return -1
        if first[k] == k == last[k] and not passages.barred[k] and stem in passages.text[k].lower():
            return k
    return -1


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
