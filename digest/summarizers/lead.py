"""The lead: the first sentences, which few methods beat on news."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from digest.models import Article, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.length import Length
from digest.summarizers.passages import passages
from digest.summarizers.selection import NOTHING, Choice, highest, limit_of, summary_of
from digest.summarizers.vectors import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Takes the first sentences; of several articles, the first of each, then the second of each."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",  # noqa: ARG002
    ) -> Summary:
        """Choose the first sentences that can be quoted."""
        found = passages(articles, self.language)
        if not len(found):
            return Summary((), "lead", NOTHING)
        scores = 1.0 / (1.0 + np.array(found.index, dtype=np.float64))
        tied = ties(found, opens=True) if self.guard else free(found)

        def similar(i: int) -> Vector:
            return np.array([text == found.text[i] for text in found.text], dtype=np.float64)

        limit = limit_of(found, self.length)
        chosen = highest(found, scores, tied, Choice(ceiling=limit), similar, told)
        return summary_of(found, chosen, scores, tied, limit, "lead")
