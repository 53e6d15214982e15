"""The collections that the benchmarks of topics read, as articles with the name of their story."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.data import shared_folder
from digest.models import Article

DATA = shared_folder() / "data"
COLLECTIONS = ("ecbplus_982", "neus_1000", "uci_headlines_6k", "multiling2011")


def load(name: str) -> tuple[list[Article], list[str]]:
    """Return the articles of a collection and their stories; stops the program where there is no data."""
    articles, stories = [], []
    for number, (title, text, day, story) in enumerate(_rows(name)):
        published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        articles.append(Article(str(number), title, text or title, published=published))
        stories.append(story)
    return articles, stories


def _rows(name: str) -> Iterator[tuple[str, str, str, str]]:
    if name == "ecbplus_982":
        for row in _lines("clustering/ecbplus_982.jsonl"):
            yield "", " ".join(row["sentences"]), "", row["event"]
    elif name == "neus_1000":
        for row in _lines("multi/neus_1000.jsonl"):
            yield from ((d["title"], d["text"], "", row["id"]) for d in row["documents"])
    elif name == "uci_headlines_6k":
        for row in _lines("clustering/uci_headlines_6k.jsonl"):
            day = datetime.fromtimestamp(row["timestamp_ms"] / 1000, UTC).date().isoformat()
            yield row["title"], "", day, row["story"]
    else:
        for row in _lines("multi/multiling2011_en.jsonl"):
            yield from ((d["headline"], d["text"], "", row["id"]) for d in row["documents"])


def _lines(path: str) -> Iterator[dict[str, Any]]:
    with (DATA / path).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def load_single(name: str) -> list[Article]:
    """Return articles that are on events of their own, as far as a day's worth goes: of `cnn` or `bbc`."""
    if name == "cnn":
        texts = [row["article"] for row in _lines("summarization/cnn_validation_1000.jsonl")]
        return [Article(f"cnn-{n}", "", text) for n, text in enumerate(texts)]
    found = {
        one["title"]: "\n\n".join(one["paragraphs"])
        for page in _lines("pages/pages_dev.jsonl")
        for one in page["articles"]
        if one["title"]
    }
    return [Article(f"bbc-{n}", title, text) for n, (title, text) in enumerate(found.items())]


def repeated_reuters(count: int) -> list[Article]:
    """Return `count` articles of Reuters-21578, repeated with names changed once they are used up."""
    with gzip.open(DATA / "clustering/reuters21578.jsonl.gz", "rt", encoding="utf-8") as file:
        base = [json.loads(line) for line in file]
    articles: list[Article] = []
    for number in range(count):
        turn, place = divmod(number, len(base))
        row = base[place]
        body = row["body"] or row["title"] or ""
        if turn:
            body = _renamed(body, random.Random(f"{turn} {place}"))
        articles.append(Article(f"{turn}-{row['id']}", row["title"] or "", body))
    return articles


def _renamed(text: str, chance: random.Random) -> str:
    names: dict[str, str] = {}
    renamed = []
    for word in text.split():
        if word[0].isupper() and len(word) > 3 and word not in names:
            names[word] = word[:2] + "".join(chance.choice("aeioulnrst") for _ in range(5))
        renamed.append(names.get(word, word))
    return " ".join(renamed)
