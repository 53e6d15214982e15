"""Stories against gold: B-cubed precision, recall and F1 (Bagga & Baldwin 1998) with the default setting.

    python -m benchmarks.topics.stories [COLLECTION ...]    # reads DIGEST_DATA (default: ../shared)

Beside each score stands the best that any one bar would have given: what the choice of the bar costs.
"""

import sys
import time
from collections import Counter
from collections.abc import Sequence

from benchmarks.topics.collections_of_news import COLLECTIONS, load
from digest.clusterers.agglomeration import best_level, levels
from digest.clusterers.mentions import read
from digest.clusterers.neighbours import neighbours
from digest.clusterers.vectors import vectors


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    own, other, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / other[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / own[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print a line for each collection, and the mean."""
    total = []
    for name in sys.argv[1:] or COLLECTIONS:
        articles, gold = load(name)
        started = time.perf_counter()
        space = vectors(read(article) for article in articles)
        near = neighbours(space)
        found = levels(space, near)
        chosen = best_level(space, near, found)
        seconds = time.perf_counter() - started
        scores = [b_cubed(gold, level.cluster.tolist()) for level in found]
        mine = scores[found.index(chosen)]
        best = max(range(len(found)), key=lambda place: scores[place][2])
        total.append(mine[2])
        print(
            f"{name:18s} {len(articles):5d}  P {mine[0]:.3f} R {mine[1]:.3f} F1 {mine[2]:.3f}"
            f" at {chosen.bar:.2f}; best {scores[best][2]:.3f} at {found[best].bar:.2f};"
            f" {seconds:.1f} s"
        )
    print(f"mean F1 {sum(total) / len(total):.3f}")


if __name__ == "__main__":
    main()
