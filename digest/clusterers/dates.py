"""Publication time as evidence: reports on one event come close together."""

from collections.abc import Iterable

import numpy as np

from digest.clusterers.sparse import Floats
from digest.models import Article

_DAY_S = 86_400.0
_SAME_DAYS = 3.0
"""Within this, time says nothing against a pair."""
_FADE_DAYS = 30.0
_FLOOR = 0.5
"""Time alone never takes more than half of a similarity."""
MOST_DAYS = 60.0
"""Reports that lie farther apart are never of one event; they may be of one topic."""
_PLAUSIBLE_DAYS = 3650.0
"""A date farther from the collection's middle one is a mistake, such as 1970 or 2099."""


def days(articles: Iterable[Article]) -> Floats:
    """Return the day of publication of each article, NaN where it is not known or cannot be."""
    found = np.array(
        [a.published.timestamp() / _DAY_S if a.published else np.nan for a in articles]
    )
    known = found[~np.isnan(found)]
    if len(known):
        middle = np.sort(known)[(len(known) - 1) // 2]
        found[np.abs(found - middle) > _PLAUSIBLE_DAYS] = np.nan
    return np.asarray(found, dtype=np.float32)


def closeness(one: Floats, other: Floats) -> Floats:
    """Return what time leaves of a similarity: 1 for the same days or an unknown one, less for others."""
    gap = np.maximum(np.abs(one - other) - _SAME_DAYS, 0.0)
    faded = np.maximum(1.0 / (1.0 + gap / _FADE_DAYS), _FLOOR)
    return np.asarray(np.where(np.isnan(gap), 1.0, faded), dtype=np.float32)


def closeness_of_spans(one: Floats, other: Floats) -> Floats:
    """Return what time leaves of the similarity of clusters with these first and last days.

    The days that lie farthest apart count, so that time leaves no more of it than of any pair's.
    """
    gap = np.fmax(np.abs(other[:, 1] - one[:, 0]), np.abs(one[:, 1] - other[:, 0]))
    return closeness(gap, np.zeros_like(gap))
