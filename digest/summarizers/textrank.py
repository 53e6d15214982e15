"""Our TextRank: a walk over the sentences' similarity graph that starts anew where news says most,
and what a learned prior adds to it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from digest.models import Article, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.length import Length
from digest.summarizers.outcome import summary_of
from digest.summarizers.passages import Passages, passages
from digest.summarizers.together import Scored, score_each


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRank:
    """TextRank (Mihalcea & Tarau, EMNLP 2004) with background term weights, position, a prior, redundancy."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None
    redundancy: float = 1.5
    """How many standard deviations of score a sentence loses that says all that another has said."""

    def __call__(
        self, articles: Sequence[Article], /, *, told: Set[tuple[str, int]] = frozenset()
    ) -> Summary:
        """Choose the sentences that carry most of what the articles say."""
        return self.choose(passages(articles, self.language), told)

    def each(self, groups: Sequence[Sequence[Article]]) -> list[Summary]:
        """Summarize each group of articles: what `__call__` gives for each, in a third of the time."""
        return self.choose_each([passages(articles, self.language) for articles in groups])

    def choose(self, found: Passages, told: Set[tuple[str, int]] = frozenset()) -> Summary:
        """Choose among sentences that are already parted."""
        return self.choose_each([found], told)[0]

    def choose_each(
        self, groups: Sequence[Passages], told: Set[tuple[str, int]] = frozenset()
    ) -> list[Summary]:
        """Choose for each group among its sentences."""
        scored = iter(score_each([found for found in groups if len(found)]))
        return [
            self._summary(found, next(scored), told)
            if len(found)
            else Summary((), "textrank", note="there is no sentence in the text")
            for found in groups
        ]

    def _summary(self, found: Passages, scored: Scored, told: Set[tuple[str, int]]) -> Summary:
        return summary_of(
            found,
            scored.scores,
            ties(found) if self.guard else free(found),
            self.length,
            scored.similar,
            method="textrank",
            redundancy=self.redundancy,
            spread=scored.spread,
            strong=1.0,
            told=told,
        )
