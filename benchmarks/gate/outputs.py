"""Every output of the program over the samples and the data, hashed item by item.

A group is a set of inputs with one command over them; an item is a page, an article or a written file of it.
What the program says on standard error is the item `(messages)`. All names are relative, dates are given.
"""

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from benchmarks.data import ROOT, rows, shared_folder
from benchmarks.gate.program import digest

DAY = "2026-11-21"
FORMATS = "markdown,html,json,text"
SUMMARIES = 200
DIGITS = 8
Items = dict[str, str]
Pieces = Iterable[tuple[str, bytes]]


def hashed(pieces: Pieces) -> Items:
    """Return a short hash of all pieces of each item, in their order."""
    found: defaultdict[str, Any] = defaultdict(hashlib.sha256)
    for name, piece in pieces:
        found[name].update(piece)
    return {name: found[name].hexdigest()[:DIGITS] for name in sorted(found)}


def by_key(key: str, done: CompletedProcess[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the lines of JSON that a command printed by the value of a key, and its messages."""
    for line in done.stdout.splitlines(keepends=True):
        yield str(json.loads(line)[key]).partition("#")[0], line
    yield "(messages)", b"%d\n" % done.returncode + done.stderr


def split(place: str, pattern: str = "*") -> Pieces:
    """Split the files of a folder below the data; items are pages."""
    folder = shared_folder() / place
    files = sorted(p.relative_to(folder) for p in folder.rglob(pattern) if p.is_file())
    return by_key(
        "page", digest("split", *files, "--format", "jsonl", "--omissions", folder=folder)
    )


def split_rows(file: str) -> Pieces:
    """Split the pages of a .jsonl; items are pages."""
    path = shared_folder() / file
    command = ("split", path.name, "--format", "jsonl", "--omissions")
    return by_key("page", digest(*command, folder=path.parent))


def summarized(file: str, length: str) -> Pieces:
    """Summarize the first articles, or sets of articles, of a .jsonl; items are articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "in.jsonl", map(_asked, islice(rows(file), SUMMARIES)))
        command = ("summarize", "in.jsonl", "--length", length, "--format", "jsonl")
        return list(by_key("id", digest(*command, folder=folder)))


def _asked(row: dict[str, Any]) -> dict[str, Any]:
    if "article" in row:
        return {"id": row["id"], "text": row["article"]}
    documents = (text.strip().partition("\n") for text in row["documents"])
    return {
        "id": f"{row['language']}-{row['topic']}",
        "documents": [{"title": title, "text": text.strip()} for title, _, text in documents],
    }


def clustered() -> Pieces:
    """Cluster the sets that have gold stories; items are sets."""
    from benchmarks.topics.collections_of_news import COLLECTIONS, load

    for name in COLLECTIONS:
        with tempfile.TemporaryDirectory() as folder:
            articles = (
                {
                    "id": article.id,
                    "title": article.title,
                    "text": article.text,
                    "published": article.published and article.published.isoformat(),
                }
                for article in load(name)[0]
            )
            _write(Path(folder) / "in.jsonl", articles)
            yield (
                name,
                digest("cluster", "in.jsonl", "--format", "jsonl", folder=Path(folder)).stdout,
            )


def built(folder: Path, sources: Iterable[str], day: str = DAY) -> Pieces:
    """Build a briefing in every format, list it and mail it; items are the files."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        options = (
            "--date",
            day,
            "--name",
            "issue",
            "--format",
            FORMATS,
            "--archive",
            "--output",
            out,
        )
        done = digest("build", *sources, *options, folder=folder)
        digest("send", out / "issue.json", "--to", "reader@example.net", "--dry-run", folder=out)
        yield "(messages)", b"%d\n" % done.returncode + done.stderr
        for path in sorted(p for p in out.rglob("*") if p.is_file()):
            content = path.read_bytes()
            mail = path.suffix == ".eml"
            yield ("issue.eml" if mail else path.name), _undated(content) if mail else content


def _undated(mail: bytes) -> bytes:
    """A mail without the moment at which it was written."""
    return b"".join(x for x in mail.splitlines(keepends=True) if not x.startswith(b"Date: "))


def mornings() -> Pieces:
    """Build the briefing of each real day of feeds; items are files."""
    folder = shared_folder() / "data" / "mornings_real"
    for path in sorted(folder.glob("day*.json")):
        sources = sorted(str(p.relative_to(folder)) for p in (folder / path.stem).glob("*.rss"))
        for name, content in built(folder, sources, json.loads(path.read_bytes())["date"]):
            yield f"{path.stem}/{name}", content


def feeds() -> Pieces:
    """Build one briefing of all hostile feeds."""
    folder = shared_folder() / "data" / "hostile" / "feeds"
    return built(folder, sorted(str(p.relative_to(folder)) for p in folder.rglob("*.xml")))


def seeds() -> Pieces:
    """Split the sample pages, and build their briefing."""
    folder = shared_folder() / "seeds"
    yield from split("seeds", "*.txt")
    yield from built(folder, sorted(p.name for p in folder.glob("*.txt")))


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


# The slowest first, so that two cores end together.
GROUPS: dict[str, Callable[[], Pieces]] = {
    "extraction": partial(split, "data/extraction/html"),
    "clusters": clustered,
    "single_pages": partial(split, "data/single_pages/files"),
    "mornings_real": mornings,
    "pages_real": partial(split, "data/pages_real/files"),
    "feeds": feeds,
    "summaries_many": partial(summarized, "multi/multiling2011_languages.jsonl", "240w"),
    "pages": partial(split_rows, "data/pages/pages_dev.jsonl"),
    "summaries": partial(summarized, "summarization/cnn_validation_1000.jsonl", "3"),
    "mails": partial(split, "data/hostile/email"),
    "seeds": seeds,
    "examples": partial(built, ROOT, ["examples/inbox"]),
}


def outputs(group: str) -> Items:
    """Run the program over a group and return the hashes of its items."""
    return hashed(GROUPS[group]())
