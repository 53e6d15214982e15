"""A site of our own on loopback, and the job that reads it."""

import datetime
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.config import Config
from digest.fetch import HttpFetcher
from digest.run import Job, RunResult, run_once
from digest.sources import SourceConfig
from digest.store import open_store

MORNING = datetime.datetime(2026, 11, 21, 5, tzinfo=datetime.UTC)
STORIES = [
    (
        "Sluice repairs begin at Larnby",
        "The harbour of Larnby will be closed to large ships from Monday while divers repair the"
        " northern sluice, the port authority said. Fishing boats may still use the inner basin at"
        " high tide. The work is expected to last three weeks and to cost two million pounds.",
    ),
    (
        "Library to open on Sundays",
        "The city library will open on Sundays from January, the council decided on Thursday."
        " Twelve people will be hired for the new hours. The mayor said that the demand had been"
        " growing for years, above all among students.",
    ),
    (
        "A frost takes half of the pears",
        "Growers in the Vale of Orrin have lost half of their pears to a late frost. The"
        " association of growers asked the region for help. Prices in the markets rose by a fifth"
        " within a week, and the first cellars are empty.",
    ),
    (
        "Ferry line returns after nine years",
        "A ferry will cross the Orrin sound again from the spring, nine years after the last one"
        " was sold. The line has ordered two electric boats from a yard in Bergen. A crossing"
        " takes forty minutes and will cost eleven pounds.",
    ),
]


def feed(*numbers: int, title: str = "Harbour Ledger") -> bytes:
    """Return a feed of some of the stories."""
    return feed_of(*(entry(f"story-{n}", *STORIES[n], link=f"{n}") for n in numbers), title=title)


def entry(
    key: str, title: str, text: str, *, link: str = "", date: datetime.datetime | None = None
) -> str:
    """Return an entry of a feed."""
    published = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if date else ""
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{key}</guid>{published}"
        f"<link>https://ledger.example/{link or key}</link><description>{text}</description></item>"
    )


def feed_of(*entries: str, title: str = "Harbour Ledger") -> bytes:
    """Return a feed of some entries."""
    return (
        f"<rss version='2.0'><channel><title>{title}</title>{''.join(entries)}</channel></rss>"
    ).encode()


@dataclass
class Site:
    """A server: what stands at each path, and what was asked of it."""

    address: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    """What the server says of a page, where it says anything."""
    moved: dict[str, str] = field(default_factory=dict)
    """Paths that lead elsewhere for good."""
    gone: set[str] = field(default_factory=set)
    asked: list[tuple[str, int]] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    """The headers of each request."""

    def answer(self, path: str, validator: str | None) -> tuple[int, str, bytes]:
        """Return status, ETag and body."""
        if path in self.gone:
            return 410, "", b""
        if path in self.moved:
            return 301, "", b""
        content = self.pages.get(path)
        if content is None:
            return 404, "", b""
        etag = f'"{hashlib.sha256(content).hexdigest()[:8]}"'
        return (304, etag, b"") if validator == etag else (200, etag, content)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that answers on loopback until the test ends."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, etag, body = found.answer(self.path, self.headers["If-None-Match"])
            found.asked.append((self.path, status))
            found.told.append(dict(self.headers))
            self.send_response(status)
            if etag:
                self.send_header("ETag", etag)
            if status == 301:
                self.send_header("Location", found.moved[self.path])
            if self.path in found.types:
                self.send_header("Content-Type", found.types[self.path])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


Run = Callable[..., RunResult]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the daily job on sources: `run(locations, days=0)`, days after the first morning.

    `config` are further keys of its configuration.
    """

    def do(
        *sources: str | SourceConfig,
        days: int = 0,
        config: dict[str, Any] | None = None,
        report: Callable[[str], object] = lambda _line: None,
        output: Path = tmp_path / "out",
        **options: object,
    ) -> RunResult:
        found = tuple(SourceConfig(location=s) if isinstance(s, str) else s for s in sources)
        now = MORNING + datetime.timedelta(days=days)
        with open_store(tmp_path / "store.sqlite") as store:
            job = Job(
                store=store,
                config=Config(sources=found, formats=("markdown", "json"), **(config or {})),
                folder=tmp_path,
                output=output,
                http=HttpFetcher(allow_private=True),
                processes=1,
                report=report,
            )
            return run_once(job, day=now.date(), now=now, **options)[0]  # type: ignore[arg-type]

    return do
