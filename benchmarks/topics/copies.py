"""Recall and precision of the search for copies, on articles that this script cuts, re-heads and re-words.

    python -m benchmarks.topics.copies        # reads DIGEST_DATA (default: ../shared beside the repository)

Each article gets one altered copy. A found pair is right if both come from one article, or if both report
one event in the same words (agencies are printed by several outlets); it is wrong otherwise.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.data import shared_folder
from digest.deduplication import NearDuplicates
from digest.models import Article

DATA = shared_folder() / "data"
WAYS = ("cut", "head", "words", "cut and words", "head and words")
HEAD = [
    "our",
    "desk",
    "has",
    "put",
    "together",
    "what",
    "is",
    "known",
    "so",
    "far",
    "of",
    "it",
    "in",
    "this",
    "hour",
]
FILLERS = [
    "also",
    "again",
    "later",
    "now",
    "still",
    "today",
    "then",
    "here",
    "however",
    "indeed",
    "perhaps",
    "about",
    "nearly",
]


def articles() -> Iterator[tuple[Article, str]]:
    """Yield articles, each with the name of its event."""
    for line in (DATA / "multi/neus_1000.jsonl").open(encoding="utf-8"):
        event = json.loads(line)
        for number, document in enumerate(event["documents"]):
            name = f"{event['id']}-{number}"
            yield Article(name, document["title"], document["text"]), event["id"]
    for number, line in enumerate((DATA / "pages/pages_dev.jsonl").open(encoding="utf-8")):
        for place, found in enumerate(json.loads(line)["articles"]):
            name = f"page-{number}-{place}"
            opening = " ".join(found["paragraphs"][0].lower().split()[:8])
            text = "\n\n".join(found["paragraphs"])
            yield Article(name, found["title"] or "", text), opening


def altered(article: Article, way: str, chance: random.Random) -> Article:
    """Return a copy of an article, changed as a careless or a thrifty outlet would."""
    tokens = article.text.split()
    if "cut" in way:
        tokens = tokens[: max(12, int(len(tokens) * chance.uniform(0.4, 0.8)))]
    if "head" in way:
        tokens = [*chance.sample(HEAD, 8), *tokens[3:]]
    if "words" in way:
        tokens = [chance.choice(FILLERS) if chance.random() < 0.06 else token for token in tokens]
    return replace(article, id=f"{article.id}+", title="A new head", text=" ".join(tokens))


def main() -> None:
    """Print recall for each way, and precision."""
    chance = random.Random(7)
    originals = [(a, event) for a, event in articles() if len(a.text.split()) >= 15]
    unique = {article.text: (article, event) for article, event in originals}
    pairs = list(unique.values())
    ways = {a.id: WAYS[number % len(WAYS)] for number, (a, _) in enumerate(pairs)}
    event = {a.id: e for a, e in pairs}
    text = {a.id: a.text for a, _ in pairs}
    every = [a for a, _ in pairs] + [altered(a, ways[a.id], chance) for a, _ in pairs]
    every = [replace(a, source=a.id) for a in every]
    started = time.perf_counter()
    kept, _ = NearDuplicates()(every)
    seconds = time.perf_counter() - started
    group = {c.source: a.source for a in kept for c in a.copies} | {
        a.source: a.source for a in kept
    }
    for way in WAYS:
        mine = [a for a in ways if ways[a] == way]
        found = sum(group[a] == group[f"{a}+"] for a in mine)
        print(f"{way:16s} {len(mine):5d} articles  recall {found / len(mine):.4f}")
    found = sum(group[a] == group[f"{a}+"] for a in ways)
    wrong = [(s, k) for s, k in group.items() if s.rstrip("+") != k.rstrip("+")]
    agency = [(s, k) for s, k in wrong if event[s.rstrip("+")] == event[k.rstrip("+")]]
    strict = len(wrong) - len(agency)
    print(f"recall {found / len(ways):.4f}  precision {1 - strict / (len(group) - len(kept)):.4f}")
    print(f"one event in the same words: {len(agency)}; wrong: {strict}; {seconds:.1f} s")
    if "--show" in sys.argv:
        for s, k in wrong:
            print(s, k, text[s.rstrip("+")][:150], "|", text[k.rstrip("+")][:150], sep="\n   ")


if __name__ == "__main__":
    main()
