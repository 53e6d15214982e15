"""Look-alike events: two quakes, two trials. What is told in the same words of others is another story."""

from collections.abc import Sequence

import numpy as np

from digest.clusterers.lexicon import CALENDAR
from digest.clusterers.mentions import Mentions
from digest.clusterers.neighbours import Neighbours

_LEAST_WORDS = 12
"""Headlines alone may call one thing by two names."""


def strangers(one: Mentions, other: Mentions) -> bool:
    """Say whether the titles and texts of two articles name somebody, and the articles share no name at all."""
    long = min(sum(one.words.values()), sum(other.words.values())) >= _LEAST_WORDS
    named = all(any(m.names[n] > 1 for n in m.title_names - CALENDAR) for m in (one, other))
    return bool(long and named and (one.names.keys() & other.names.keys()) <= CALENDAR)


def allowed(near: Neighbours, mentions: Sequence[Mentions]) -> Neighbours:
    """Return the pairs of neighbours that are no strangers."""
    pairs = zip(near.first.tolist(), near.second.tolist(), strict=True)
    kept = np.array([not strangers(mentions[a], mentions[b]) for a, b in pairs], dtype=bool)
    return Neighbours(near.first[kept], near.second[kept], near.similarity[kept], near.density)
