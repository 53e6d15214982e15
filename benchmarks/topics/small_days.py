"""Stories of small days against gold: most mornings bring a few dozen articles, and most events one report.

    python -m benchmarks.topics.small_days [DRAWS]      # reads DIGEST_DATA (default: ../shared)

Each row is the mean B-cubed F1 over draws of 12 to 200 articles: of events of their own (`alone`), or with
about half of the articles in events of two to five reports.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable
from statistics import mean

from benchmarks.topics.collections_of_news import load, load_single
from benchmarks.topics.stories import b_cubed
from digest.clusterers.clustering import cluster, in_order
from digest.models import Article

SIZES = (12, 30, 60, 100, 200)
Events = list[list[Article]]


def main() -> None:
    """Print a row for each kind of day and each size."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{'':14s}" + "".join(f"{size:7d}" for size in SIZES))
    for name, draw in KINDS.items():
        row = [
            mean(_score(draw(size, random.Random(f"{name} {size} {n}"))) for n in range(draws))
            for size in SIZES
        ]
        cells = "".join(f"{score:7.3f}" for score in row)
        print(f"{name:14s}{cells}   {mean(row):.3f}", flush=True)


def _score(day: Events) -> float:
    gold = {article.id: str(number) for number, event in enumerate(day) for article in event}
    articles = in_order(article for event in day for article in event)
    return b_cubed([gold[article.id] for article in articles], cluster(articles).story.tolist())[2]


def _events(name: str) -> Events:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article, story in zip(*load(name), strict=True):
        groups[story].append(article)
    return list(groups.values())


def _alone(events: Callable[[], Events]) -> Callable[[int, random.Random], Events]:
    def draw(size: int, chance: random.Random) -> Events:
        found = events()
        return [[chance.choice(event)] for event in chance.sample(found, min(size, len(found)))]

    return draw


def _mixed(
    shared: Callable[[], Events], single: Callable[[], Events]
) -> Callable[[int, random.Random], Events]:
    def draw(size: int, chance: random.Random) -> Events:
        day: Events = []
        events = chance.sample(shared(), len(shared()))
        while events and sum(map(len, day)) < size // 2:
            event = events.pop()
            day.append(chance.sample(event, min(len(event), chance.choice((2, 2, 3, 3, 4, 5)))))
        rest = events if single is shared else single()
        rest = chance.sample(rest, min(len(rest), size - sum(map(len, day))))
        return [*day, *([chance.choice(event)] for event in rest)]

    return draw


def _kept(make: Callable[[], Events]) -> Callable[[], Events]:
    found: list[Events] = []

    def events() -> Events:
        if not found:
            found.append(make())
        return found[0]

    return events


NEUS, ECB, UCI, MULTI = (
    _kept(lambda name=name: _events(name))  # type: ignore[misc]
    for name in ("neus_1000", "ecbplus_982", "uci_headlines_6k", "multiling2011")
)
CNN = _kept(lambda: [[article] for article in load_single("cnn")])
BBC = _kept(lambda: [[article] for article in load_single("bbc")])
KINDS = {
    "cnn alone": _alone(CNN),
    "bbc alone": _alone(BBC),
    "neus alone": _alone(NEUS),
    "uci alone": _alone(UCI),
    "ecb alone": _alone(ECB),
    "neus mixed": _mixed(NEUS, NEUS),
    "neus and cnn": _mixed(NEUS, CNN),
    "ecb mixed": _mixed(ECB, ECB),
    "ecb and bbc": _mixed(ECB, BBC),
    "uci mixed": _mixed(UCI, UCI),
    "ten, and bbc": _mixed(MULTI, BBC),
}


if __name__ == "__main__":
    main()
