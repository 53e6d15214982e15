"""Take every hostile feed apart in a worker, and large feeds made here; print what breaks a promise.

A file is a flaw where its worker was killed at the limit of `digest.collecting.limit_s`, crashed, took more
than 2 s of processor time, or needed more than 150 MiB besides what a worker has before its first feed (half
of that is the model of languages); a feed made here, where the answer took more than five such limits by the
clock, which counts the start of the process: some are made to be killed. The large feeds give entries a second
and peak memory.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import shared_folder
from digest.collecting import TakenApart, Task, limit_s, prepare, take_apart
from digest.models import RawDocument, Source
from digest.workers import WorkerFailure, Workers

_WORDS = "harbour ferry engineers council opened repaired the a of on after morning water".split()


_MOST_S, _MOST_MIB = 2.0, 150.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a worker gave for a feed, and what that took of the processor and of memory."""

    result: TakenApart
    seconds: float
    mebibytes: float


def measured(task: Task) -> Measured:
    """Take a feed apart in a worker; the memory is what this feed needed besides what was there before it."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")  # proc(5): the peak begins at what is resident now
    before = _peak_mebibytes()
    start = time.process_time()
    result = take_apart(task)
    seconds = time.process_time() - start
    return Measured(result, seconds, _peak_mebibytes() - before)


def _peak_mebibytes() -> float:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0) / 1024


def main() -> int:
    """Print the outcomes and each broken promise; the exit code is 1 if there was any."""
    hostile = shared_folder() / "data" / "hostile"
    folders = (hostile / "feeds", hostile / "payloads" / "xxe_injection")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    broken = _corpus(files)
    broken += _monsters()
    _large()
    return bool(broken)


def _corpus(files: list[Path]) -> int:
    tasks = [Task(RawDocument(Source(file.name, str(file)), file.read_bytes())) for file in files]
    outcomes: Counter[str] = Counter()
    flaws, slowest, largest = [], 0.0, 0.0
    start = time.perf_counter()
    with Workers(measured, limit_s=limit_s, prepare=prepare) as workers:
        for number, got in workers.map(tasks):
            if isinstance(got, WorkerFailure):
                flaws.append(f"{files[number]}: {got.reason}")
                continue
            outcomes[_outcome(got.result)] += 1
            slowest, largest = max(slowest, got.seconds), max(largest, got.mebibytes)
            if got.seconds > _MOST_S or got.mebibytes > _MOST_MIB:
                flaws.append(f"{files[number]}: {got.seconds:.1f} s, {got.mebibytes:.0f} MiB")
    took = time.perf_counter() - start
    print(f"{len(files)} hostile files in {took:.1f} s: {len(flaws)} flaws;", end=" ")
    print(f"at most {slowest:.2f} s and {largest:.1f} MiB for one")
    for flaw in flaws:
        print(f"  {flaw}")
    for outcome, count in outcomes.most_common():
        print(f"  {count:5d}  {outcome}")
    return len(flaws)


def _outcome(result: TakenApart) -> str:
    if result.failure:
        return result.failure
    articles = sum(len(part.articles) for part in result.parts)
    if not articles:
        return "no entries" if not result.parts else "stubs alone, each named"
    return "articles"


def _monsters() -> int:
    """Feeds that are made to keep a parser busy: each is answered, or killed at its limit."""
    broken = 0
    for name, content in _made():
        start = time.perf_counter()
        with Workers(take_apart, processes=1, limit_s=limit_s, prepare=prepare) as workers:
            task = Task(RawDocument(Source(name, name), content))
            ((_, result),) = workers.map([task])
        seconds = time.perf_counter() - start
        said = result.reason if isinstance(result, WorkerFailure) else _outcome(result)
        broken += seconds > 5 * limit_s(task)
        print(f"  {name:24s} {len(content) / 1e6:5.1f} MB {seconds:6.2f} s  {said}")
    return broken


def _made() -> Iterator[tuple[str, bytes]]:
    def item(inside: str) -> bytes:
        text = "<title>A</title><description>The ferry opened after repairs.</description>"
        return _rss(f"<item>{text}{inside}</item>")

    yield "author of a megabyte", item(f"<author>{'a' * 1_000_000}</author>")
    yield "author of points", item(f"<author>{'a.' * 500_000}@</author>")
    yield "20,000 levels", item("<x>" * 20_000 + "</x>" * 20_000)
    yield "20,000 levels of HTML", item("&lt;div>" * 20_000)
    yield "levels, never closed", item("<x>" * 20_000)
    yield "100,000 <", item("<" * 100_000)
    yield "100,000 <!--", item("<!--" * 100_000)
    yield "100,000 &", item("<link>" + "&a" * 100_000 + "</link>")
    yield "100,000 attributes", item("<x " + " ".join(f"a{n}=''" for n in range(100_000)) + "/>")
    yield (
        "100,000 name spaces",
        item("<x " + " ".join(f"xmlns:a{n}='b{n}'" for n in range(100_000)) + "/>"),
    )
    yield "CDATA, never closed", item("<summary><![CDATA[" + "a ]] > " * 100_000)
    yield "date of a megabyte", item(f"<pubDate>{'1' * 1_000_000}</pubDate>")
    entities = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(10))
    bomb = f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]>"
    yield "entity bomb", bomb.encode() + item("<summary>&a10;</summary>")
    external = "<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    yield "external entity", external.encode() + item("<summary>&e;</summary>")
    yield (
        "JSON, nested",
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 200_000,
    )


def _rss(inside: str) -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{inside}</channel></rss>".encode()


def _large() -> None:
    for name, count, words in (
        ("20,000 short entries", 20_000, 15),
        ("20,000 entries", 20_000, 120),
        ("15 MB", 5_000, 500),
    ):
        content = _rss("".join(_item(number, words) for number in range(count)))
        task = Task(RawDocument(Source(name, name), content))
        prepare()
        start = time.process_time()
        result = take_apart(task)
        seconds = time.process_time() - start
        again = time.process_time()
        known = frozenset(part.key for part in result.parts)
        take_apart(Task(task.document, known))
        again = time.process_time() - again
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {name:22s} {len(content) / 1e6:5.1f} MB: {len(result.parts) / seconds:6.0f} entries/s,"
            f" {seconds:5.1f} s of {limit_s(task):.1f} s allowed; known: {again:.1f} s; {peak:.0f} MiB"
        )


def _item(number: int, words: int) -> str:
    text = " ".join(_WORDS[(number * 7 + n * n) % len(_WORDS)] for n in range(words))
    return (
        f"<item><title>Story {number} of the harbour</title><guid>{number}</guid>"
        f"<link>https://news.example/{number}</link>"
        f"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;The {text}.&lt;/p&gt;</description></item>"
    )


if __name__ == "__main__":
    sys.exit(main())
