"""Collections of any size: Reuters and CNN articles with perturbed names, numbers and sentences; a crawl."""

import gzip
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.data import rows, shared_folder

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_NUMBER = re.compile(r"\b\d{2,}\b")
_DAYS = 30


def articles(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield so many articles, dated within a month, no two alike; a smaller collection is their beginning."""
    texts = [row["article"] for row in rows("summarization/cnn_validation_1000.jsonl")]
    texts += [text for row in _reuters() if len(text := row["body"]) > 400]
    names = sorted({name for text in texts[:1000] for name in _NAME.findall(text)})
    first = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        text = _perturbed(chance.choice(texts), names, chance)
        yield {
            "url": f"https://example.org/{number}",
            "title": text.split("\n")[0][:80],
            "body": text,
            "when": first + timedelta(minutes=chance.randrange(_DAYS * 24 * 60)),
        }


def _reuters() -> Iterator[dict[str, Any]]:
    import json

    path = shared_folder() / "data/clustering/reuters21578.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _perturbed(text: str, names: list[str], chance: random.Random) -> str:
    """Give a third of the names and all numbers others, and leave out some sentences."""
    other = {
        name: chance.choice(names)
        for name in sorted(set(_NAME.findall(text)))
        if chance.random() < 0.3
    }
    text = _NAME.sub(lambda found: other.get(found[0], found[0]), text)
    text = _NUMBER.sub(lambda _: str(chance.randrange(10, 3000)), text)
    sentences = re.split(r"(?<=[.!?]) +", text)
    kept = [one for one in sentences if chance.random() > 0.1]
    return " ".join(kept or sentences)


def write_parts(
    folder: Path, count: int, parts: int, *, turned: bool = False, seed: int = 1
) -> Path:
    """Write so many articles as so many Parquet files; `turned` deals them out instead, in the other order."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    folder.mkdir(parents=True, exist_ok=True)
    writers: list[ParquetWriter | None] = [None] * parts
    waiting: list[list[dict[str, Any]]] = [[] for _ in range(parts)]

    def flush(part: int) -> None:
        table = pa.Table.from_pylist(waiting[part][::-1] if turned else waiting[part])
        if writers[part] is None:
            writers[part] = ParquetWriter(folder / f"{part:04d}.parquet", table.schema)
        writers[part].write_table(table)
        waiting[part].clear()

    for number, article in enumerate(articles(count, seed=seed)):
        part = number % parts if turned else number * parts // count
        waiting[part].append(article)
        if len(waiting[part]) == 1000:
            flush(part)
    for part in range(parts):
        if waiting[part]:
            flush(part)
        if opened := writers[part]:
            opened.close()
    return folder


def write_crawl(path: Path, count: int) -> Path:
    """Write an archive of so many pages: those at hand, and their copies with perturbed names and numbers."""
    pages = [one.read_bytes() for one in sorted(_page_files())]
    names = ["Harrow", "Dale", "Marlow", "Tern", "Ashby"]
    with path.open("wb") as file:
        for number in range(count):
            chance = random.Random(f"page-{number}")
            text = pages[number % len(pages)].decode("utf-8", "replace")
            body = _perturbed_page(text, names, chance).encode()
            file.write(gzip.compress(_record(f"https://example.org/{number}", body), 1))
    return path


def _page_files() -> Iterator[Path]:
    for folder in ("extraction", "single_pages/files", "pages_real/files"):
        yield from (
            one
            for one in (shared_folder() / "data" / folder).rglob("*.html")
            if one.stat().st_size < 1_000_000
        )


def _perturbed_page(text: str, names: list[str], chance: random.Random) -> str:
    other = {
        name: chance.choice(names)
        for name in sorted(set(_NAME.findall(text)))
        if chance.random() < 0.3
    }
    return _NAME.sub(lambda found: other.get(found[0], found[0]), text)


def _record(url: str, body: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-21T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
