"""A table of labels to read by eye: the largest topics of each collection, with some of their titles.

    python -m benchmarks.topics.labels [COLLECTION ...]     # reads DIGEST_DATA (default: ../shared)

A label in brackets is no kicker, and not printed.

The table shows text of the data, so its output is read and thrown away, never committed.
"""

import sys

from benchmarks.topics.collections_of_news import COLLECTIONS, load
from digest.clusterers import TopicClusterer

SHOWN_TOPICS, SHOWN_TITLES = 25, 4


def main() -> None:
    """Print the table."""
    for name in sys.argv[1:] or COLLECTIONS:
        articles, _ = load(name)
        topics = TopicClusterer()(articles)
        alone = sum(len(topic.articles) == 1 for topic in topics)
        print(f"\n{name}: {len(articles)} articles, {len(topics)} topics, {alone} of one article")
        for topic in topics[:SHOWN_TOPICS]:
            size = f"{len(topic.articles)}/{len(topic.stories)}"
            shown = topic.kicker or f"({topic.label})"
            print(f"  {size:>8s}  {shown:34s} {', '.join(topic.keywords)}")
            for story in topic.stories[:SHOWN_TITLES]:
                first = story.articles[0]
                print(f"            · {(first.title or first.text)[:90]}")


if __name__ == "__main__":
    main()
