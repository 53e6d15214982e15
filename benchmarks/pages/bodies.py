"""Titled article bodies to build pages from, read from the evaluation data at run time."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from benchmarks.data import rows


@dataclass(frozen=True)
class Body:
    """An article as a page generator needs it."""

    title: str
    paragraphs: tuple[str, ...]


def load() -> list[Body]:
    """Return articles of three kinds: broadcaster's reports, citizen news, and long television news."""
    found: dict[str, Body] = {}
    for page in rows("pages/pages_dev.jsonl"):
        for article in page["articles"]:
            if article["title"]:
                found[article["title"]] = Body(article["title"], tuple(article["paragraphs"]))
    for group in rows("multi/multiling2011_en.jsonl"):
        for article in group["documents"]:
            title = re.sub(r"^\d{4}/\d\d/\d\d\s+", "", article["headline"]).strip()
            paragraphs = tuple(p.strip() for p in article["text"].split("\n\n") if p.strip())
            if title and len(paragraphs) >= 3:
                found[title] = Body(title, tuple(" ".join(p.split()) for p in paragraphs))
    for article in islice(rows("summarization/cnn_validation_1000.jsonl"), 300):
        found.update({body.title: body for body in [_television(article)] if body})
    return [found[title] for title in sorted(found)]


def _television(article: dict[str, Any]) -> Body | None:
    highlights: list[str] = article["highlights"]
    title = " ".join(highlights[0].replace("NEW: ", "").split()).strip(" .")
    text = re.sub(r"^\(CNN\)(?:\s*--\s*)?", "", str(article["article"]))
    sentences = re.split(r"(?<=[.!?][\"”]) (?=[A-Z\"“])|(?<=[.!?]) (?=[A-Z\"“])", text)
    if not 4 <= len(title.split()) <= 18 or len(sentences) < 8 or len(text) > 9000:
        return None
    return Body(
        title, tuple(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
    )
