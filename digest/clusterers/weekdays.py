"""The day of the week as evidence: a report begins with the day of its event ("on Thursday").

Reports on one event name the same day, those on the next turn of a running story commonly another. It
speaks where no date of publication is known, too.
"""

from collections.abc import Sequence

import numpy as np

from digest.clusterers.sparse import Floats
from digest.models import Article
from digest.text.calendar import WEEKDAYS
from digest.text.letters import find_words

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
