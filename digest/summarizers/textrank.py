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
from digest.summarizers.together import score


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

    def choose(self, found: Passages, told: Set[tuple[str, int]] = frozenset()) -> Summary:
        """Choose among sentences that are already parted."""
        if not len(found):
            return Summary((), "textrank", note="there is no sentence in the text")
        scored = score(found)
        tied = ties(found) if self.guard else free(found)
        return summary_of(
            found,
            scored.scores,
            tied,
            self.length,
            scored.graph.similar,
            method="textrank",
            redundancy=self.redundancy,
            spread=scored.spread,
            strong=1.0,
            told=told,
        )
