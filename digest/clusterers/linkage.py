"""What brought two articles into one story, or left them in two."""

from dataclasses import dataclass

import numpy as np

from digest.clusterers.agglomeration import levels
from digest.clusterers.dates import closeness_of_spans
from digest.clusterers.sparse import Bools, Floats, Ints
from digest.clusterers.stories import Clustering


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """The step of the clustering that decided on a pair."""

    mean: float
    """The mean similarity between both sides, in units of density."""
    sides: tuple[int, int]
    """How many articles of different words stood on each side."""
    through: int | None = None
    """The number of the article that both are like, where that is what holds them."""


def linkage(found: Clustering, first: int, second: int) -> Linkage:
    """Return what decided on two articles of a clustering: the clusters that met, or that did not."""
    one, other = int(found.row[first]), int(found.row[second])
    if one == other:
        return Linkage(mean=round(found.similarity(first, second), 3), sides=(1, 1))
    before = _before(found, one, other)
    together = found.story[first] == found.story[second]
    through = None
    if together and found.similarity(first, second) < found.bar:
        through = _middle(found, first, second)
    left, right = before == before[one], before == before[other]
    mean = _mean(found, left, right)
    return Linkage(mean=mean, sides=(int(left.sum()), int(right.sum())), through=through)


def _before(found: Clustering, one: int, other: int) -> Ints:
    """Return the clusters just before the two articles met, or those of their stories."""
    before: Ints = np.arange(len(found.near.density))
    for level in levels(found.vectors, found.links):
        if level.bar < found.bar or level.cluster[one] == level.cluster[other]:
            break
        before = level.cluster
    return before


def _mean(found: Clustering, left: Ints, right: Ints) -> float:
    scale = (1.0 / np.sqrt(found.near.density)).astype(np.float32)
    sides = np.where(left, 1, np.where(right, 2, 0))
    terms = found.vectors.terms.scaled(scale).grouped(sides, 3)
    latent = found.vectors.latent * scale[:, None]
    hidden = float(latent[sides == 1].sum(axis=0) @ latent[sides == 2].sum(axis=0))
    near = closeness_of_spans(_span(found, sides == 1), _span(found, sides == 2))
    return round((terms.dot(1, 2) + hidden) / float(left.sum() * right.sum()) * float(near[0]), 3)


def _span(found: Clustering, rows: Bools) -> Floats:
    known = found.vectors.days[rows]
    known = known[~np.isnan(known)]
    ends = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
    return np.array([ends], dtype=np.float32)


def _middle(found: Clustering, first: int, second: int) -> int | None:
    """Return the article of their story that is most like both."""
    story = [
        int(number)
        for number in np.flatnonzero(found.story == found.story[first])
        if number not in (first, second)
    ]
    alike = [
        (-min(found.similarity(first, number), found.similarity(number, second)), number)
        for number in story
    ]
    return min(alike)[1] if alike else None
