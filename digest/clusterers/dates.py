"""Time as evidence: reports on one event come close together, and begin with the day of their event.

Reports on one event name the same weekday ("on Thursday"), those on the next turn of a running story commonly
another. It speaks where no date of publication is known, too.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from digest.clusterers.sparse import Floats
from digest.models import Article
from digest.text.calendar import WEEKDAYS
from digest.text.letters import find_words

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
WEIGHT = 0.07
"""How much the day counts beside all terms; in a small collection less, where it may be chance."""
_TRUSTED_ARTICLES = 30.0
_LEAD_CHARS = 300
_ANGLE = 2.0 * np.pi / 7.0
_CIRCLE = np.array(
    [[f(turn * day * _ANGLE) for turn in (1, 2) for f in (np.cos, np.sin)] for day in range(7)],
    dtype=np.float32,
) / np.sqrt(2.0)
"""Each day on a circle that is run through once and twice: the product of a day with itself is 1, with
the next one .2, with those farther off below 0."""


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


def weekdays(articles: Sequence[Article]) -> Floats:
    """Return a vector of four columns for each article: the mean of the days that its lead names, or 0.

    The product of two of them is to be added to a similarity.
    """
    found = np.zeros((len(articles), _CIRCLE.shape[1]), dtype=np.float32)
    for row, article in enumerate(articles):
        if article.text == article.title:
            continue
        words = find_words(article.text[:_LEAD_CHARS].lower())
        days = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
        if days:
            found[row] = _CIRCLE[days].mean(axis=0)
    trust = len(articles) / (len(articles) + _TRUSTED_ARTICLES)
    return np.asarray(found * np.float32((WEIGHT * trust) ** 0.5), dtype=np.float32)
