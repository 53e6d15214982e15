"""`digest run` broken off at every call that matters: is an article lost, or told twice?

    python -m benchmarks.sources.faults [--fault kill|ENOSPC|EIO] [--step N] [--jobs N] [SCENARIO ...]

`strace` kills the program at, or fails, the Nth write, pwrite64, fsync, fdatasync, rename, unlink, connect and
sendto of a run, for each N until the run ends untouched; a write is failed only where it goes to a file or to
stdout. Then the next day's run follows, every fifth one broken off as well and followed by a third. Afterwards
the store must be sound, and the issues in the folder must hold every article exactly once. Where mails are
written, the outbox must have one of each issue for each recipient. SCENARIO is one of `first`, `next`,
`unwritten`, `extra`, `feed`, `mail`.
"""

import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "connect", "sendto")
PLACES = ("Larnby", "Orrin", "Bergen", "Norvale", "Harrow", "Seldon", "Quill", "Tarn")
DEEDS = (
    "The harbour of {0} closes to large ships while divers mend the northern sluice. Boats may use"
    " the inner basin at high tide. The work costs two million pounds and lasts three weeks.",
    "Growers in the vale of {0} have lost half of their pears to a late frost. Their association asked"
    " the region for help. Prices in the markets rose by a fifth within days.",
    "A ferry will leave {0} again from the spring, nine years after the last one was sold. Two electric"
    " boats come from a yard abroad. A crossing takes forty minutes.",
    "The library of {0} opens on Sundays from January, the councillors decided. Twelve people will be"
    " hired. The mayor said that students above all had asked for it.",
    "An old cinema in {0} becomes a school for carpenters and masons. The roof was found to be sound."
    " Lessons begin after the summer holidays, with sixty apprentices.",
    "Two herds of bison now graze on the heath above {0}. Rangers count them by their tags each morning."
    " Walkers are told to keep their dogs on a lead.",
    "The tram line through {0} is to be doubled as far as the hospital. Shopkeepers fear a year of"
    " noise. An engineer promised that trenches would be closed by night.",
    "A bell from the tower of {0} was cast anew after a crack had silenced it. It weighs three tonnes"
    " and sounds a deep A flat. A choir sang when it was hung.",
)


@dataclass(frozen=True)
class Point:
    """Where a run is broken off."""

    scenario: str
    call: str
    number: int


def main() -> int:
    """Run the scenarios and print what was broken; the exit code is 1 if anything was."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fault", default="kill", choices=("kill", "ENOSPC", "EIO"))
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("scenarios", nargs="*", default=list(SCENARIOS))
    given = parser.parse_args()
    if not shutil.which("strace"):
        print("strace is missing: it breaks the runs off")
        return 0
    with tempfile.TemporaryDirectory() as folder, _server() as port:
        kit = Kit(Path(folder), port, given.fault)
        tasks = [(scenario, call) for scenario in given.scenarios for call in CALLS]
        for scenario in given.scenarios:
            kit.prepare(scenario)
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            results = pool.map(lambda task: kit.all_points(task[0], task[1], given.step), tasks)
            points, wrong = 0, 0
            for (scenario, call), (count, flaws) in zip(tasks, results, strict=True):
                # Row by row: hours pass until the last one, and what is known must not wait for it.
                row = f"{given.fault} {scenario} {call}: {count} points, {len(flaws)} flaws"
                print("\n  ".join([row, *flaws]), flush=True)
                points, wrong = points + count, wrong + len(flaws)
    print(f"{given.fault}: {points} points, {wrong} flaws; exits {dict(kit.exits)}")
    return bool(wrong)


class Kit:
    """A folder for each scenario as it stands before its run, and the runs on copies of it."""

    def __init__(self, folder: Path, port: int, fault: str) -> None:
        self.folder = folder
        self.port = port
        self.fault = fault
        self.exits: collections.Counter[int] = collections.Counter()

    def prepare(self, scenario: str) -> None:
        """Make the folder that a scenario begins with."""
        place = self.folder / scenario
        (place / "inbox").mkdir(parents=True)
        for number in range(4):
            _write_article(place, number)
        sources = '[[sources]]\nlocation = "inbox"\n'
        if scenario == "feed":
            sources += f'[[sources]]\nlocation = "http://127.0.0.1:{self.port}/feed.xml"\n'
        if scenario == "mail":
            sources += '[mail]\nfrom = "d@example.org"\nto = ["a@example.org", "b@example.org"]\n'
            sources += 'deliver = "file"\nfolder = "mails"\n'
        (place / "digest.toml").write_text(f'store = "store.sqlite"\n{sources}')
        if scenario in ("next", "unwritten", "extra"):
            self.run(place, 21)
            for number in (4, 5):
                _write_article(place, number)
        if scenario == "unwritten":
            (place / "out").rename(place / "kept")
            (place / "out").write_text("in the way")
            self.run(place, 22)
            (place / "out").unlink()
            (place / "kept").rename(place / "out")

    def all_points(self, scenario: str, call: str, step: int) -> tuple[int, list[str]]:
        """Break the run off at each of its calls; returns how many there were, and what went wrong."""
        flaws: list[str] = []
        count = 0
        for number in self.numbers(scenario, call, step):
            point = Point(scenario, call, number)
            with self.copied(scenario) as place:
                exit_code, reached = self.broken(place, point)
                if exit_code not in EXITS:
                    flaws.append(f"{point}: ended with {exit_code}")
                if not reached:
                    if exit_code not in (0, 10):  # nothing was injected, so nothing excuses it
                        flaws.append(f"{point}: the untouched run ended with {exit_code}")
                    break
                flaws += [f"{point}: {flaw}" for flaw in self.examined(place, point)]
            count += 1
        return count, flaws

    def numbers(self, scenario: str, call: str, step: int) -> Iterator[int]:
        """Yield which of the calls to break: until there is no further one, or those that write to a file.

        Many writes go to a pipe, which no full disk and no bad sector can fail.
        """
        if self.fault == "kill" or call != "write":
            yield from itertools.count(1, step)
            return
        with self.copied(scenario) as place:
            log = place / "strace.log"
            self.run(place, *_asked(scenario), tracer=["strace", "-f", "-y", "-o", str(log)])
            lines = [line.split(None, 1) for line in log.read_text().splitlines()]
        own = [rest for pid, rest in lines if pid == lines[0][0] and rest.startswith("write(")]
        fails = (number for number, rest in enumerate(own, 1) if _TO_FILE.match(rest))
        yield from itertools.islice(fails, 0, None, step)

    @contextmanager
    def copied(self, scenario: str) -> Iterator[Path]:
        """Give a copy of the folder as it stands before the scenario's run."""
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            place = Path(copy) / "place"
            shutil.copytree(self.folder / scenario, place)
            _moved(place)
            yield place

    def broken(self, place: Path, point: Point) -> tuple[int, bool]:
        """Run up to the point; returns how the run ended, and whether it came to the point."""
        log = place / "strace.log"
        exit_code = self.run(place, *_asked(point.scenario), tracer=self.breaker(point, log))
        self.exits[exit_code] += 1
        return exit_code, _reached(log, point)

    def breaker(self, point: Point, log: Path) -> list[str]:
        """Return the command that breaks a run off."""
        what = "signal=SIGKILL" if self.fault == "kill" else f"error={self.fault}"
        fault = f"inject={point.call}:{what}:when={point.number}"
        return ["strace", "-f", "-o", str(log), "-e", f"trace={point.call}", "-e", fault]

    def examined(self, place: Path, point: Point) -> Iterator[str]:
        """Let the next runs mend it, and yield what is wrong then."""
        if point.number % 5 == 0:
            third = Point(point.scenario, "fdatasync", 3)
            self.run(place, 24, tracer=self.breaker(third, place / "again.log"))
        code = self.run(place, 25)
        if code not in (0, 10):
            yield f"the next run ended with {code}"
        found = _told(place)
        wanted = {f"inbox/{path.name}" for path in (place / "inbox").iterdir()}
        if point.scenario == "feed":
            wanted |= {"feed/6", "feed/7"}
        for name in sorted(wanted - found.keys()):
            yield f"{name} is lost"
        for name, count in sorted(found.items()):
            if count > 1:
                yield f"{name} was told {count} times"
        if point.scenario == "mail":
            yield from _unmailed(place)
        with sqlite3.connect(place / "store.sqlite") as store:
            if (said := store.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                yield f"the store: {said}"

    def run(self, place: Path, day: int, *more: str, tracer: Sequence[str] = ()) -> int:
        """Run the program on a folder and return how it ended."""
        command = [*tracer, sys.executable, "-m", "digest", "-q", "run", "--allow-private"]
        command += ["--date", f"2026-11-{day}", "--config", str(place / "digest.toml"), *more]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
        )
        # Where the program itself is killed, a worker that was just starting may say that its pipe is gone.
        if "Traceback" in done.stderr and not (tracer and self.fault == "kill"):
            print(done.stderr[-1500:], flush=True)
            return TRACEBACK
        return done.returncode


TRACEBACK = 99
EXITS = (0, 10, 65, 73, 74, 75, -9, 137)
"""All, in part, nothing could be read, nothing could be written, the store, a lock; killed."""
SCENARIOS = ("first", "next", "unwritten", "extra", "feed", "mail")


_TO_FILE = re.compile(r"write\([12]<|write\(\d+</")


def _asked(scenario: str) -> tuple[int, *tuple[str, ...]]:
    """The day of the run that is broken off, and its options."""
    day = 21 if scenario in ("first", "feed", "extra", "mail") else 22
    return (day, "--extra") if scenario == "extra" else (day,)


def _reached(log: Path, point: Point) -> bool:
    """True where one of the processes came to the point: strace counts the calls of each by itself."""
    starts = (line.partition("(")[0].split() for line in log.read_text().splitlines())
    calls = collections.Counter(start[0] for start in starts if start[1:] == [point.call])
    return max(calls.values(), default=0) >= point.number


def _moved(place: Path) -> None:
    """Issues that are to be written go to the folder of the copy."""
    if (place / "store.sqlite").exists():
        with sqlite3.connect(place / "store.sqlite") as store:
            # Behind the back of its checksum, which would say that the row is damaged.
            store.execute("UPDATE issues SET folder = ?, sum = NULL", (str(place / "out"),))


def _write_article(place: Path, number: int) -> None:
    (place / "inbox" / f"{number}.txt").write_text(_article(number))


def _article(number: int) -> str:
    town = PLACES[number]
    return f"{town} has news\n\n{DEEDS[number].format(town)}\n"


def _told(place: Path) -> collections.Counter[str]:
    """How often each article stands in the issues of the folder."""
    found: collections.Counter[str] = collections.Counter()
    for file in (place / "out").glob("*.json"):
        for article in json.loads(file.read_text())["articles"]:
            number = PLACES.index(article["title"].split()[0])
            found[f"inbox/{number}.txt" if number < 6 else f"feed/{number}"] += 1
    return found


def _unmailed(place: Path) -> Iterator[str]:
    """Yield what is wrong where each recipient has not one mail of each issue, sent or sure to be."""
    issues = len(list((place / "out").glob("2026-*.json")))
    with sqlite3.connect(place / "store.sqlite") as store:
        rows = store.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    states = dict(rows)
    if sum(states.values()) != 2 * issues:
        yield f"{issues} issues, but mails {states}"
    if states.keys() - {"SENT", "UNCERTAIN", "DEFERRED", "QUEUED"}:
        yield f"mails {states}"
    if len(list((place / "mails").glob("*.eml"))) < states.get("SENT", 0):
        yield f"mails {states}, but fewer files"


def _feed() -> bytes:
    items = ""
    for number in (6, 7):
        title, _, text = _article(number).partition("\n\n")
        items += f"<item><title>{title}</title><guid>{number}</guid><description>{text}</description></item>"
    return f"<rss version='2.0'><channel><title>Tide</title>{items}</channel></rss>".encode()


class _server:  # noqa: N801 - a context manager that reads like a function
    def __enter__(self) -> int:
        body = _feed()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(304 if self.headers["If-None-Match"] == '"1"' else 200)
                self.send_header("ETag", '"1"')
                self.end_headers()
                if self.headers["If-None-Match"] != '"1"':
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_port

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # a .pyc is no part of what is tested
    sys.exit(main())
