"""The lead: the first sentences, which few methods beat on news."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from digest.models import Article, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.layout import Vector
from digest.summarizers.length import Length
from digest.summarizers.outcome import summary_of
from digest.summarizers.passages import passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Takes the first sentences; of several articles, the first of each, then the second of each."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None

    def __call__(
        self, articles: Sequence[Article], /, *, told: Set[tuple[str, int]] = frozenset()
    ) -> Summary:
        """Choose the first sentences that can be quoted."""
        found = passages(articles, self.language)
        scores = 1.0 / (1.0 + np.array(found.index, dtype=np.float64))
        tied = ties(found) if self.guard else free(found)

        def similar(i: int) -> Vector:
            return np.array([text == found.text[i] for text in found.text], dtype=np.float64)

        return summary_of(found, scores, tied, self.length, similar, method="lead", told=told)
