"""A year of daily runs under a moving clock in three time zones: 365 issues each, every article once.

    python -m benchmarks.sources.days [DAYS]

The job is started at 02:30 local time, as cron does it: where the clock is set forward that time does not
exist, and the job starts an hour later; where it is set back it comes twice, and the job starts twice. Each
day a feed on loopback gains up to three articles, some days none, and keeps its last ten. Articles are taken
apart in this process rather than in workers, as that is not what is measured.
"""

import datetime
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from digest.codec import read_digest
from digest.collecting import take_apart
from digest.config import Config
from digest.fetch import HttpFetcher
from digest.run import Job, gathering, run_once
from digest.sources import SourceConfig
from digest.store import open_store

ZONES = ("Europe/Vienna", "America/New_York", "Australia/Lord_Howe")
_WORDS = (
    "harbour council frost growers ferry library bison tram bell cinema sluice divers heath quay"
    " apprentices orchard lighthouse mill viaduct observatory quarry regatta bakery printers archive"
).split()


class _Here:
    """Takes the place of `Workers`, without processes."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, tasks: Iterable) -> Iterator:
        for number, task in enumerate(tasks):
            yield number, take_apart(task)


class _Feed:
    """A feed that grows."""

    def __init__(self) -> None:
        self.items: list[tuple[int, str]] = []
        self._random = random.Random(7)
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(feed.content())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/feed"

    def grow(self) -> None:
        for _ in range(self._random.choice((0, 1, 1, 2, 3))):
            number = len(self.items)
            sentences = [
                " ".join(self._random.choice(_WORDS) for _ in range(9)).capitalize() + "."
                for _ in range(4)
            ]
            self.items.append((number, f"Report {number}. " + " ".join(sentences)))

    def content(self) -> bytes:
        items = "".join(
            f"<item><title>News {n}</title><guid>{n}</guid><description>{text}</description></item>"
            for n, text in self.items[-10:]
        )
        return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def starts(zone: ZoneInfo, first: datetime.date, days: int) -> Iterator[datetime.datetime]:
    """Yield the moments, in UTC, at which cron starts a job of 02:30."""
    for number in range(days):
        day = first + datetime.timedelta(days=number)
        once = datetime.datetime.combine(day, datetime.time(2, 30), zone)
        moments = {once.replace(fold=fold).astimezone(datetime.UTC) for fold in (0, 1)}
        real = [m for m in moments if m.astimezone(zone).time() == datetime.time(2, 30)]
        yield from sorted(real) or [min(moments) + datetime.timedelta(hours=1)]


def main() -> int:
    """Print a line for each zone; the exit code is 1 if an article was lost or told twice."""
    gathering.Workers = _Here  # type: ignore[assignment,misc]
    days = int(sys.argv[1]) if sys.argv[1:] else 365
    return max(_year(name, days) for name in ZONES)


def _year(name: str, days: int) -> int:
    zone, feed = ZoneInfo(name), _Feed()
    began, runs = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for moment in starts(zone, datetime.date(2026, 1, 1), days):
            feed.grow()
            runs += 1
            with open_store(Path(folder) / "store.sqlite") as store:
                job = Job(
                    store=store,
                    config=Config(
                        sources=(SourceConfig(location=feed.address),), formats=("json",)
                    ),
                    folder=Path(folder),
                    output=Path(folder) / "out",
                    http=HttpFetcher(allow_private=True),
                )
                run_once(job, day=moment.astimezone(zone).date(), now=moment)
        issues = sorted((Path(folder) / "out").glob("*.json"))
        told = Counter(
            article.title
            for issue in issues
            for article in read_digest(issue.read_text(encoding="utf-8")).articles
        )
    wanted = {f"News {number}" for number, _ in feed.items}
    lost, twice = len(wanted - told.keys()), sum(count > 1 for count in told.values())
    print(
        f"{name}: {runs} starts, {len(issues)} issues, {len(told)} of {len(wanted)} articles,"
        f" {lost} lost, {twice} told twice, {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    return int(lost > 0 or twice > 0 or len(issues) != days)


if __name__ == "__main__":
    sys.exit(main())
