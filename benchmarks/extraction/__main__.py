"""The HTML reader, and the splitter after it, against trafilatura alone: the same pages in the same run.

    python -m benchmarks.extraction [--verbose] [--pages N]

Each page lists snippets that must come out and snippets that must not; all sides get the same bytes. Exits 1
where the reader keeps fewer, drops fewer, leaves a page empty that trafilatura reads, or takes more than 1.5
times as long. `--verbose` names each snippet on which a side differs from trafilatura.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from benchmarks.data import rows, shared_folder
from digest.errors import DigestError
from digest.models import Page, RawDocument, Source
from digest.readers import BUILTIN
from digest.splitting.splitter import PageSplitter
from digest.text.characters import fold

SLOWEST = 1.5


def trafilatura_alone(content: bytes) -> str:
    """What trafilatura makes of a page by default, metadata included, as the reader reads them too."""
    from trafilatura import bare_extraction

    document: Any = bare_extraction(content, with_metadata=True)
    return (document.text if document else "") or ""


def reader(content: bytes) -> str:
    """What the HTML reader makes of a page."""
    return "\n".join(block.text for page in _pages(content) for block in page.blocks)


def reader_and_splitter(content: bytes) -> str:
    """What is left of a page after the splitter."""
    split = PageSplitter()
    articles = [article for page in _pages(content) for article in split(page).articles]
    return "\n".join(f"{article.title}\n{article.text}" for article in articles)


def _pages(content: bytes) -> list[Page]:
    source = Source(name="page", location="page")
    try:
        return BUILTIN["html"](RawDocument(source=source, content=content, media_type="text/html"))
    except DigestError:
        return []


SIDES: dict[str, Callable[[bytes], str]] = {
    "trafilatura": trafilatura_alone,
    "reader": reader,
    "reader and splitter": reader_and_splitter,
}


@dataclass(kw_only=True, slots=True)
class Tally:
    """What one side made of all pages."""

    kept: int = 0
    wanted: int = 0
    dropped: int = 0
    unwanted: int = 0
    lost: int = 0
    """Pages that are empty here and not with trafilatura."""
    seconds: float = 0.0

    def add(self, text: str, page: dict[str, Any]) -> None:
        """Count the snippets of a page in the text that came out of it."""
        self.wanted += len(page["with"])
        self.kept += sum(fold(snippet) in text for snippet in page["with"])
        self.unwanted += len(page["without"])
        self.dropped += sum(fold(snippet) not in text for snippet in page["without"])

    def verdict(self, other: "Tally") -> str:
        """What is worse here than there."""
        flaws = {
            "keeps less": self.kept < other.kept,
            "drops less": self.dropped < other.dropped,
            f"{self.lost} pages empty": self.lost > 0,
            "slow": self.seconds > SLOWEST * other.seconds,
        }
        return ", ".join(flaw for flaw, found in flaws.items() if found) or "ok"


def main() -> int:
    """Print a line for each side; the exit code is that of the reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction")
    parser.add_argument("--pages", type=int, help="only the first N")
    parser.add_argument("--verbose", action="store_true", help="name each snippet that differs")
    options = parser.parse_args()
    folder = shared_folder() / "data" / "extraction"
    tallies = {name: Tally() for name in SIDES}
    for number, page in enumerate(islice(rows("extraction/trafilatura_en.jsonl"), options.pages)):
        content = (folder / page["html_path"]).read_bytes()
        if number == 0:
            reader_and_splitter(content)  # loads the libraries, and is not timed
        found = {name: _timed(side, content, tallies[name]) for name, side in SIDES.items()}
        for name, text in found.items():
            tallies[name].add(text, page)
            tallies[name].lost += bool(found["trafilatura"]) and not text
            if options.verbose:
                _compare(page, name, text, found["trafilatura"])
    base = tallies["trafilatura"]
    for name, tally in tallies.items():
        print(
            f"{name:20s} kept {tally.kept / tally.wanted:.4f}  dropped {tally.dropped / tally.unwanted:.4f}"
            f"  {tally.seconds:6.2f} s ({tally.seconds / base.seconds:.2f})  {tally.verdict(base)}"
        )
    return int(tallies["reader"].verdict(base) != "ok")


def _timed(side: Callable[[bytes], str], content: bytes, tally: Tally) -> str:
    start = time.perf_counter()
    text = side(content)
    tally.seconds += time.perf_counter() - start
    return fold(text)


def _compare(page: dict[str, Any], name: str, ours: str, theirs: str) -> None:
    for kind in ("with", "without"):
        for snippet in map(fold, page[kind]):
            if (snippet in ours) != (snippet in theirs):
                where = name if snippet in ours else "trafilatura"
                print(f"{page['html_path']}: {kind} only in {where}: {snippet[:80]!r}")


if __name__ == "__main__":
    sys.exit(main())
