"""How many articles get other companions in their stories because one unrelated article more is there.

    DIGEST_DATA=... python -m benchmarks.scale.stability [--model] [ARTICLES...]    # 2000, 1000 and 5000

At 1,000 and at 5,000 rules for small collections begin to leave. The bar: .5%, and by a model (--model), which
another collection of 2,000 has taught, none.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from benchmarks.scale.collection import articles
from digest.clusterers import Model
from digest.clusterers.clustering import Clustering, cluster, in_order
from digest.models import Article

MOST_CHANGED = 0.005
_UNRELATED = (
    "Beekeepers of the upper valley count their hives after the thaw",
    "The lighthouse museum shows forty glass lenses from its cellar",
    "A choir of retired tram drivers rehearses a cantata of its own",
)
"""Articles of a world that the collection knows nothing of; the figure told is the worst of them."""


def companions(
    found: Sequence[Article], by: Callable[[Sequence[Article]], Clustering] = cluster
) -> dict[str, frozenset[str]]:
    """Return the ids of the articles in the story of each article."""
    ordered = in_order(found)
    stories = defaultdict(set)
    numbers = by(ordered).story.tolist()
    for article, number in zip(ordered, numbers, strict=True):
        stories[number].add(article.id)
    return {one: frozenset(story) for story in stories.values() for one in story}


def changed(before: dict[str, frozenset[str]], after: dict[str, frozenset[str]]) -> int:
    """Return how many articles of `before` have other companions among these in `after`."""
    return sum((after[one] & before.keys()) != story for one, story in before.items())


def collection(count: int, seed: int = 1) -> list[Article]:
    """Return so many articles, each with an id of its own."""
    return [
        Article(id=row["url"], title=row["title"], text=row["body"], published=row["when"])
        for row in articles(count, seed=seed)
    ]


def _unrelated(title: str) -> Article:
    text = (
        f"{title}.\n\nNobody had asked for it, and everybody came to look on the first dry morning."
    )
    return Article(id=title, title=title, text=text, published=datetime(2026, 11, 15, tzinfo=UTC))


def main(sizes: Sequence[int], *, by_model: bool) -> bool:
    """Tell the figure of each size; return true where all are within the bar."""
    worst = 0.0
    by = Model.fit(collection(2000, seed=2)).cluster if by_model else cluster
    for size in sizes:
        found = collection(size)
        before = companions(found, by)
        counts = [changed(before, companions([*found, _unrelated(one)], by)) for one in _UNRELATED]
        share = max(counts) / size
        worst = max(worst, share)
        print(
            f"{size} articles and one more: {counts} have other companions, at most {share:.2%}",
            flush=True,
        )
    return worst <= (0.0 if by_model else MOST_CHANGED)


if __name__ == "__main__":
    given = [int(size) for size in sys.argv[1:] if size != "--model"]
    sys.exit(not main(given or [2000, 1000, 5000], by_model="--model" in sys.argv))
