"""A year of mornings: forty sources of which each day some misbehave, and a machine that does as well.

    python -m benchmarks.sources.year [DAYS]

Each day the job of cron runs once, on a clock of its own. One source in ten does something of `MISDEEDS`; the
disk is full on two days, the run is killed in its middle on five, the clock is set back a day once and forward
once, and for a week the mail server is down. Articles are taken apart in processes, as ever.

At the end every article that a source gave on a day on which it did well stands in exactly one issue, every
recipient has one mail of each issue or the outbox names why not, and every run made an issue but where
nothing was new.
"""

import datetime
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from benchmarks.mail.server import Server, serving
from benchmarks.sources.morning import Morning, forking

FEEDS, FILES = 34, 6
MISDEEDS = (
    "500", "404", "429", "empty", "html", "truncated", "bomb", "endless", "wrong length", "loop", "hang up",
    "author", "surrogate", "levels", "entities", "blanks", "cells", "binary", "redirect inside", "304",
    "fifo", "bad name", "huge",
)  # fmt: skip
"""What goes wrong with a source, each drawn as often as the others."""
TOWNS = (
    "Larnby Orrin Bergen Norvale Harrow Seldon Quill Tarn Wic"
    "k Dale Colne Ashby Marsh Fenn Holt Pell"
).split()
THINGS = (
    "harbour ferry library bison tram bell cinema sluice orch"
    "ard lighthouse mill viaduct quarry bakery"
).split()
DEEDS = "opens closes burns moves grows shrinks returns waits turns falls rises wins loses stays".split()


class World:
    """Forty sources that gain articles, and what each of them does today."""

    def __init__(self, folder: Path, seed: int = 7) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.items: list[list[tuple[int, str]]] = [[] for _ in range(FEEDS + FILES)]
        self.today: dict[int, str] = {}
        self.count = 0
        self.given: set[str] = set()
        """The titles that a source gave on a good day."""
        (folder / "inbox").mkdir()

    def morning(self) -> None:
        """Give sources their news, and one in ten its misdeed."""
        self.today = {
            number: self.chance.choice(MISDEEDS)
            for number in range(FEEDS + FILES)
            if self.chance.random() < 0.1
        }
        for number in range(FEEDS + FILES):
            for _ in range(self.chance.choice((0, 0, 0, 0, 1))):
                self.items[number].append((self.count, self._story(self.count)))
                self.count += 1
        self._write_files()
        for number, misdeed in self.today.items():
            if number >= FEEDS:
                self._misplace(number, misdeed)

    def _write_files(self) -> None:
        for number in range(FEEDS, FEEDS + FILES):
            for one, text in self.items[number][-10:]:
                file = self.folder / "inbox" / f"{number}-{one}.txt"
                if not file.exists():
                    file.write_text(f"{self.title(one)}\n\n{text}\n")
                self.given.add(self.title(one))

    def title(self, number: int) -> str:
        """Return the headline of an article."""
        return f"{TOWNS[number % 16]} {THINGS[number // 16 % 14]} {DEEDS[number // 224 % 14]} number {number}"

    def _story(self, number: int) -> str:
        chance = random.Random(number)
        words = [
            f"{chance.choice(TOWNS)} {chance.choice(THINGS)} {chance.choice(DEEDS)}"
            for _ in range(12)
        ]
        return (
            f"Report {number}. "
            + ". ".join(" ".join(words[at : at + 3]) for at in range(0, 12, 3))
            + "."
        )

    def _misplace(self, number: int, misdeed: str) -> None:
        """Put something into the folder that is no page."""
        place = self.folder / "inbox" / f"bad-{number}-{self.count}.txt"
        if misdeed in ("fifo", "hang up", "endless"):
            os.mkfifo(place)
        elif misdeed == "bad name":
            (self.folder / "inbox" / os.fsdecode(b"bad-\xff.txt")).write_text("?")
        else:
            place.write_bytes(_bad_page(misdeed))

    def answer(self, number: int) -> tuple[int, dict[str, str], bytes]:
        """Return what a feed says today."""
        misdeed = self.today.get(number, "")
        good = self._feed(number)
        if not misdeed:
            self.given |= {self.title(one) for one, _ in self.items[number][-10:]}
            return 200, {"ETag": f'"{len(self.items[number])}"'}, good
        if misdeed.isdigit():
            return int(misdeed), {"Retry-After": "60"}, b""
        if misdeed in ("loop", "redirect inside"):
            return (
                302,
                {"Location": f"/{number}" if misdeed == "loop" else "http://169.254.1.1/"},
                b"",
            )
        if misdeed == "truncated":
            return 200, {}, good[: len(good) // 3]
        if misdeed == "surrogate":
            value = {"version": "https://jsonfeed.org/version/1", "title": "F\ud800", "items": []}
            return 200, {}, json.dumps(value).encode()
        return 200, {}, _bad_page(misdeed)

    def _feed(self, number: int) -> bytes:
        items = "".join(
            f"<item><title>{self.title(one)}</title><guid>{one}</guid><description>{text}</description></item>"
            for one, text in self.items[number][-10:]
        )
        return (
            f"<rss version='2.0'><channel><title>F{number}</title>{items}</channel></rss>".encode()
        )


def _bad_page(misdeed: str) -> bytes:
    made = {
        "author": f"<rss><channel><item><title>A</title><author>{'a.' * 300_000}@</author></item>",
        "levels": "<rss><channel>" + "<x>" * 20_000,
        "entities": "<!DOCTYPE r [<!ENTITY a 'b'><!ENTITY c '&a;&a;&a;'>]><rss><channel>&c;</channel></rss>",
        "blanks": f"<script type='application/ld+json'>{' ' * 200_000}x</script><p>x",
        "cells": "<table>" + "<td>Go there" * 4_000,
        "html": "<!doctype html><title>Sorry</title><p>We are down.",
        "huge": " " * 40_000_000,
    }
    return made.get(misdeed, "").encode() if misdeed != "binary" else os.urandom(5_000)


def handler(world: World) -> type[BaseHTTPRequestHandler]:
    """Return what serves the feeds of a world."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.strip("/")
            if not path.isdigit():
                self.send_error(404)
                return
            status, headers, body = world.answer(int(path))
            if headers.get("ETag") and headers["ETag"] == self.headers["If-None-Match"]:
                status, body = 304, b""
            misdeed = world.today.get(int(path), "")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if misdeed == "wrong length":
                self.send_header("Content-Length", "1000000")
            self.end_headers()
            if misdeed != "hang up":
                with suppress(ConnectionError):  # too much for the client
                    self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def plan(days: int, chance: random.Random) -> dict[int, str]:
    """Return what happens to the machine on which day."""
    free = list(range(3, days - 10))
    chance.shuffle(free)
    marks = ["disk full"] * 2 + ["killed"] * 5 + ["clock back", "clock forward"]
    return dict(zip(free, marks, strict=False))


def run(
    job: Connection, folder: Path, moment: datetime.datetime, event: str, chance: random.Random
) -> tuple[int, str]:
    """Run the job of one morning, disturbed as the day has it."""
    size = chance.choice((4_096, 65_536)) if event == "disk full" else 0
    pause = chance.uniform(0.02, 0.8) if event == "killed" else 0.0
    job.send(Morning(folder=folder, now=moment, most_bytes=size, killed_after_s=pause))
    answer: tuple[int, str] = job.recv()
    return answer


def mornings(days: int) -> Iterator[datetime.datetime]:
    """Yield six o'clock of each day."""
    first = datetime.datetime(2026, 1, 1, 6, tzinfo=datetime.UTC)
    for number in range(days):
        yield first + datetime.timedelta(days=number)


def main() -> int:
    """Live through the year, and print what was broken; the exit code is 1 if anything was."""
    days = int(sys.argv[1]) if sys.argv[1:] else 365
    chance = random.Random(11)
    with tempfile.TemporaryDirectory() as name, forking() as job, serving() as post:
        folder = Path(name)
        world = World(folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(world))
        Thread(target=server.serve_forever, daemon=True).start()
        flaws = _live(job, folder, world, post, server.server_port, days, chance)
        server.shutdown()
    print(f"{days} mornings: {len(flaws)} flaws")
    return bool(flaws)


def _live(
    job: Connection,
    folder: Path,
    world: World,
    post: Server,
    port: int,
    days: int,
    chance: random.Random,
) -> list[str]:
    events, flaws, exits = plan(days, chance), list[str](), Counter[str]()
    began = time.perf_counter()
    silent = range(days // 2, days // 2 + 7)
    for number, moment in enumerate(mornings(days)):
        event = events.get(number, "")
        shift = {"clock back": -1, "clock forward": 1}.get(event, 0)
        world.morning()
        configure(folder, port, 1 if number in silent else post.port)
        code, said = run(job, folder, moment + datetime.timedelta(days=shift), event, chance)
        if number % 20 == 19:
            print(f"  day {number + 1}, {time.perf_counter() - began:.0f} s", flush=True)
        exits[f"{event or 'a run'}: {code}"] += 1
        if "Traceback" in said or (not event and code not in (0, 10, 75, 76)):
            flaws.append(f"day {number} ({event}): {code} {said[-300:]}")
            print(flaws[-1], flush=True)
    world.today = {}
    for extra in (1, 2):
        code, said = run(job, folder, moment + datetime.timedelta(days=1 + extra), "", chance)
    flaws += list(_examined(folder, world, post))
    for flaw in flaws[:20]:
        print(f"  {flaw}")
    print(f"{world.count} articles, {dict(exits)}, {time.perf_counter() - began:.0f} s")
    return flaws


def configure(folder: Path, port: int, smtp: int) -> None:
    """Write the configuration of the day: nothing changes in it but whether the mail server is there."""
    sources = "".join(
        f'[[sources]]\nlocation = "http://127.0.0.1:{port}/{number}"\n' for number in range(FEEDS)
    )
    (folder / "digest.toml").write_text(
        f'store = "store.sqlite"\nformats = ["json"]\narchive = false\n'
        f'[[sources]]\nlocation = "inbox"\n{sources}'
        f'[mail]\nfrom = "d@example.org"\nto = ["a@example.org", "b@example.org"]\n'
        f'host = "127.0.0.1"\nport = {smtp}\nsecurity = "none"\ntimeout = 5.0\n'
    )


def _examined(folder: Path, world: World, post: Server) -> Iterator[str]:
    told, copies = Counter[str](), set[str]()
    issues = sorted((folder / "out").glob("*.json"))
    for file in issues:
        value = json.loads(file.read_text())
        told.update(article["title"] for article in value["articles"])
        # A report of the same words, or the whole of an entry that was cut off before, is named as a copy.
        copies |= {one["what"] for one in value["omissions"] if one["reason"] == "duplicate"}
    for title in sorted(world.given - told.keys() - copies):
        yield f"lost: {title}"
    for title, count in sorted(told.items()):
        if count > 1 and title in world.given:
            yield f"told {count} times: {title}"
    from digest.store import open_store, outbox
    from digest.store.damage import flaws

    with open_store(folder / "store.sqlite", check=True) as store:
        yield from map(str, flaws(store))
        states = Counter(row.state for row in outbox.rows(store, everything=True))
    if sum(states.values()) != 2 * len(issues):
        yield f"{len(issues)} issues, but mails {dict(states)}"
    if states.keys() - {"SENT", "UNCERTAIN", "REFUSED"}:
        yield f"mails that nobody knows of: {dict(states)}"
    print(f"{len(issues)} issues, mails {dict(states)}, taken {len(post.kept)}")


if __name__ == "__main__":
    sys.exit(main())
