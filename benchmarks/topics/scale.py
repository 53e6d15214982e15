"""Time and memory of finding copies and of clustering: Reuters-21578, repeated with other names.

    python -m benchmarks.topics.scale [COUNT ...]           # reads DIGEST_DATA (default: ../shared)
    python -m benchmarks.topics.scale --odd                 # collections that no newspaper has

Each row runs in a process of its own, so that its memory is its own. Time is that of the processor.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.topics.collections_of_news import repeated_reuters
from digest.clusterers import TopicClusterer
from digest.deduplication import NearDuplicates
from digest.models import Article

COUNTS = ("1000", "5000", "20000")
ODD_COUNT = 10_000


def copies() -> list[Article]:
    """Return one article many times."""
    one = repeated_reuters(1)[0]
    return [replace(one, id=str(number)) for number in range(ODD_COUNT)]


def single_words() -> list[Article]:
    """Return articles of one word."""
    words = sorted({word for a in repeated_reuters(2000) for word in a.text.split()})
    return [Article(str(n), "", words[n % len(words)]) for n in range(ODD_COUNT)]


def everything() -> list[Article]:
    """Return articles and a list of all of them."""
    news = repeated_reuters(ODD_COUNT)
    return [*news, Article("all", "Everything", "\n\n".join(article.text for article in news))]


def odd_dates() -> list[Article]:
    """Return articles of 1970, of 2099 and of no date."""
    days = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), None)
    news = repeated_reuters(ODD_COUNT)
    return [replace(article, published=days[n % 3]) for n, article in enumerate(news)]


def capitals() -> list[Article]:
    """Return articles in capitals."""
    news = repeated_reuters(ODD_COUNT)
    return [replace(a, title=a.title.upper(), text=a.text.upper()) for a in news]


def languages() -> list[Article]:
    """Return articles that are taken for one of five languages."""
    chance = random.Random(5)
    news = repeated_reuters(ODD_COUNT)
    return [replace(a, language=chance.choice(("en", "de", "fr", "es", "ru"))) for a in news]


ODD: dict[str, Callable[[], list[Article]]] = {
    "copies of one": copies,
    "one word each": single_words,
    "and a list of all": everything,
    "odd dates or none": odd_dates,
    "all in capitals": capitals,
    "five languages": languages,
}


def main() -> None:
    """Print a line for each count, or for each odd collection."""
    if sys.argv[1:2] == ["--one"]:
        _measure(sys.argv[2])
        return
    names = list(ODD) if sys.argv[1:2] == ["--odd"] else sys.argv[1:] or COUNTS
    for name in names:
        command = [sys.executable, "-m", "benchmarks.topics.scale", "--one", name]
        subprocess.run(command, check=True)


def _measure(name: str) -> None:
    articles = ODD[name]() if name in ODD else repeated_reuters(int(name))
    before = _peak()
    used = time.process_time()
    kept, _ = NearDuplicates()(articles)
    copying, between = time.process_time() - used, _peak()
    used = time.process_time()
    topics = TopicClusterer()(articles)
    clustering, after = time.process_time() - used, _peak()
    stories = sum(len(topic.stories) for topic in topics)
    print(
        f"{name:18s} {len(articles):7d} articles of {before} MB:"
        f" copies {copying:6.1f} s to {between} MB, {len(kept)} kept;"
        f" topics {clustering:6.1f} s to {after} MB, {stories} stories in {len(topics)}",
        flush=True,
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
