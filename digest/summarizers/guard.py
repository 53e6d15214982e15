"""The guard: no chosen sentence leans on one that is not there.

Three of ten machine-made extracts mislead, most of them by a pronoun, a connective or a quotation that
lost what it belongs to (Zhang, Wan & Bansal, "Extractive is not Faithful Summarization", ACL 2023). So a
sentence is tied to the run of sentences that must stand with it, and is chosen with them or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.summarizers.passages import Passages
from digest.summarizers.quotations import Quotation, quotations
from digest.text.openings import leaning_word

LONGEST_RUN = 3


@dataclass(frozen=True, slots=True)
class Ties:
    """For each sentence the run `first` to `last` (both included) it is chosen with, and why.

    `first` is -1 where no short run makes the sentence safe to quote.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    reason: tuple[str, ...]


def free(passages: Passages) -> Ties:
    """The ties of sentences that nobody guards: none."""
    numbers = tuple(range(len(passages)))
    return Ties(first=numbers, last=numbers, reason=("",) * len(passages))


def ties(passages: Passages) -> Ties:
    """Tie each sentence to what it leans on and to the rest of its quotation."""
    runs = quotations(passages)
    first: list[int] = []
    last: list[int] = []
    reasons: list[str] = []
    for i, run in enumerate(runs):
        reason = _reason(passages, run, i)
        start = run.first if not run.broken else -1
        if reason and not run.broken:
            start = _antecedent(passages, runs, i, first)
        if start >= 0 and run.last - start >= LONGEST_RUN:
            start = -1
        first.append(start)
        last.append(run.last)
        reasons.append(reason or run.reason)
    return Ties(first=tuple(first), last=tuple(last), reason=tuple(reasons))


def _reason(passages: Passages, run: Quotation, i: int) -> str:
    """What sentence `i`, or the sentence that opens its quotation, leans on an earlier one with."""
    word = leaning_word(passages.text[run.first], passages.languages[passages.article[i]])
    return f"opens with {word!r}" if word else run.leans


def _antecedent(passages: Passages, runs: list[Quotation], i: int, first: list[int]) -> int:
    """The start of the run that what stands before the quotation of `i` belongs to, or -1."""
    before = runs[i].first - 1
    if (
        before < 0
        or passages.article[before] != passages.article[i]
        or passages.paragraph[i] - passages.paragraph[before] > 1
        or passages.barred[before]
    ):
        return -1
    return first[before]
