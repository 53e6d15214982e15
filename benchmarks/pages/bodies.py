"""Titled article bodies to build pages from, read from the evaluation data at run time."""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Body:
    """An article as a page generator needs it."""

    title: str
    paragraphs: tuple[str, ...]


def data_folder() -> Path:
    """Return the folder of the evaluation data, or stop with a message."""
    root = Path(os.environ.get("DIGEST_DATA", Path(__file__).resolve().parents[3] / "shared"))
    folder = root / "data" if (root / "data").is_dir() else root
    if not (folder / "pages" / "pages_dev.jsonl").is_file():
        sys.exit(f"no evaluation data under {folder}: set DIGEST_DATA to its folder")
    return folder


def _rows(name: str) -> list[dict[str, object]]:
    path = data_folder() / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load() -> list[Body]:
    """Return articles of three kinds: broadcaster's reports, citizen news, and long television news."""
    found: dict[str, Body] = {}
    for page in _rows("pages/pages_dev.jsonl"):
        for article in page["articles"]:  # type: ignore[attr-defined]
            if article["title"]:
                found[article["title"]] = Body(article["title"], tuple(article["paragraphs"]))
    for group in _rows("multi/multiling2011_en.jsonl"):
        for article in group["documents"]:  # type: ignore[attr-defined]
            title = re.sub(r"^\d{4}/\d\d/\d\d\s+", "", article["headline"]).strip()
            paragraphs = tuple(p.strip() for p in article["text"].split("\n\n") if p.strip())
            if title and len(paragraphs) >= 3:
                found[title] = Body(title, tuple(" ".join(p.split()) for p in paragraphs))
    for article in _rows("summarization/cnn_validation_1000.jsonl")[:300]:
        found.update({body.title: body for body in [_television(article)] if body})
    return [found[title] for title in sorted(found)]


def _television(article: dict[str, object]) -> Body | None:
    highlights: list[str] = article["highlights"]  # type: ignore[assignment]
    title = " ".join(highlights[0].replace("NEW: ", "").split()).strip(" .")
    text = re.sub(r"^\(CNN\)(?:\s*--\s*)?", "", str(article["article"]))
    sentences = re.split(r"(?<=[.!?][\"”]) (?=[A-Z\"“])|(?<=[.!?]) (?=[A-Z\"“])", text)
    if not 4 <= len(title.split()) <= 18 or len(sentences) < 8 or len(text) > 9000:
        return None
    return Body(
        title, tuple(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
    )
