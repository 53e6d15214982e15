"""The HTML reader against trafilatura alone, on the same pages in the same run.

    python benchmarks/extraction/score.py [--split] [--pages N]

Reads `extraction/trafilatura_en.jsonl` under the folder that DIGEST_DATA names (`../shared` beside the
repository where it is not set). Each page lists snippets that must come out (`with`) and that must not
(`without`). Both sides get the same bytes. With `--split` the pages go through the splitter too.
Exits 1 where the reader keeps fewer snippets, drops fewer, leaves a page empty that trafilatura reads, or
takes more than 1.5 times as long.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DigestError
from digest.models import RawDocument, Source
from digest.text.whitespace import fold

Extractor = Callable[[bytes], str]
SLOWEST = 1.5


@dataclass(kw_only=True, slots=True)
class Tally:
    """What one side made of all pages."""

    kept: int = 0
    wanted: int = 0
    dropped: int = 0
    unwanted: int = 0
    empty: int = 0
    seconds: float = 0.0

    def add(self, text: str, page: dict[str, list[str]]) -> None:
        """Count the snippets of a page in the text that came out of it."""
        text = fold(text)
        self.wanted += len(page["with"])
        self.kept += sum(fold(snippet) in text for snippet in page["with"])
        self.unwanted += len(page["without"])
        self.dropped += sum(fold(snippet) not in text for snippet in page["without"])
        self.empty += not text

    def __str__(self) -> str:
        kept, dropped = self.kept / self.wanted, self.dropped / self.unwanted
        return f"kept {kept:.4f}  dropped {dropped:.4f}  empty {self.empty}  {self.seconds:.2f} s"


def trafilatura_alone(content: bytes) -> str:
    """What trafilatura makes of a page by default, metadata included, as ours reads them too."""
    from trafilatura import bare_extraction

    document = bare_extraction(content, with_metadata=True)
    return (document.text if document else "") or ""


def reader(content: bytes) -> str:
    """What the HTML reader makes of a page."""
    return "\n".join(block.text for page in _pages(content) for block in page.blocks)


def reader_and_splitter(content: bytes) -> str:
    """What is left of a page after the splitter."""
    from digest.splitting.splitter import PageSplitter

    splitter = PageSplitter()
    return "\n".join(
        f"{article.title}\n{article.text}"
        for page in _pages(content)
        for article in splitter(page).articles
    )


def _pages(content: bytes) -> list:
    from digest.readers import BUILTIN

    try:
        return BUILTIN["html"](
            RawDocument(source=Source(name="page", location="page"), content=content)
        )
    except DigestError:
        return []


def main() -> int:
    """Print a line for each side, and each page on which they differ."""
    options = _options()
    folder = (
        Path(os.environ.get("DIGEST_DATA", Path(__file__).parents[2] / "../shared/data"))
        / "extraction"
    )
    listing = folder / "trafilatura_en.jsonl"
    if not listing.exists():
        print(
            f"no data: {listing} is missing; set DIGEST_DATA to the folder that holds extraction/"
        )
        return 0
    pages = [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines()]
    sides: dict[str, Extractor] = {
        "trafilatura": trafilatura_alone,
        "digest": reader_and_splitter if options.split else reader,
    }
    for extract in sides.values():
        extract((folder / pages[0]["html_path"]).read_bytes())  # imports are not timed
    tallies = {name: Tally() for name in sides}
    lost = 0
    for page in pages[: options.pages]:
        content = (folder / page["html_path"]).read_bytes()
        found = {}
        for name, extract in sides.items():
            start = time.perf_counter()
            found[name] = extract(content)
            tallies[name].seconds += time.perf_counter() - start
            tallies[name].add(found[name], page)
        lost += bool(found["trafilatura"]) and not found["digest"]
        if options.verbose:
            _compare(page, found)
    for name, tally in tallies.items():
        print(f"{name:12s} {tally}")
    ours, theirs = tallies["digest"], tallies["trafilatura"]
    worse = ours.kept < theirs.kept or ours.dropped < theirs.dropped or lost > 0
    slow = ours.seconds > SLOWEST * theirs.seconds
    verdict = "WORSE" if worse or slow else "ok"
    print(f"pages lost {lost}, time ratio {ours.seconds / theirs.seconds:.2f}, {verdict}")
    return int(worse or slow)


def _compare(page: dict, found: dict[str, str]) -> None:
    ours, theirs = fold(found["digest"]), fold(found["trafilatura"])
    for kind in ("with", "without"):
        for snippet in map(fold, page[kind]):
            if (snippet in ours) != (snippet in theirs):
                side = "digest" if snippet in ours else "trafilatura"
                print(f"{page['html_path']}: {kind} only in {side}: {snippet[:80]!r}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--split", action="store_true", help="through the splitter as well")
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    parser.add_argument(
        "--verbose", action="store_true", help="name each snippet on which they differ"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
