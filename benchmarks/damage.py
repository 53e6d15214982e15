"""A store that is damaged a thousand times: nothing ends in a traceback, is replaced in silence, or told twice.

    python -m benchmarks.damage [TIMES]

Three mornings fill a store; the mail server is down on the third. Then each time bits of its file are flipped,
bytes overwritten, or a part is cut out, and one lives on with it: `doctor`, reading, two more mornings with a
repair between them. Three things are counted:

* tracebacks: a command that ends in an error which is not one of ours;
* silent replacements: a row that is another one, or gone, and neither SQLite nor `doctor` names it; after the
  repair, one that is another one and was not named as lost;
* told twice: an article of an earlier issue in a new one, or a mail that had been sent.
"""

import json
import multiprocessing
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from click.testing import CliRunner

from benchmarks.mail.server import serving
from digest.cli import digest
from digest.collecting import Task, prepare, take_apart
from digest.errors import DigestError
from digest.models import RawDocument, Source
from digest.store import open_store
from digest.store.damage import flaws
from digest.store.schema import MIGRATIONS, SEALED, unpacked

DAYS = ("2026-11-18", "2026-11-19", "2026-11-20")
AFTER = ("2026-11-21", "2026-11-22")
READING = (
    ("doctor", "--offline"),
    ("articles", "list"),
    ("articles", "search", "ferry"),
    ("outbox", "list", "--all"),
    ("run", "--again", DAYS[1], "--output", "again"),
)
_TOWNS = "Larnby Orrin Bergen Norvale Harrow Seldon Quill Tarn Wick Dale Colne Ashby Marsh Fenn Holt".split()
_LOOSE = {
    "etag",
    "last_modified",
    "checked",
    "succeeded",
    "not_before",
    "answer",
    "queued",
    "changed",
}
"""Columns whose damage costs at most a question more to a source, or a wait."""
_IDENTITIES = {"articles": ("id",), "documents": ("source", "key")}
"""Table -> what names a row, where a repair may give it another number."""
Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]


def main() -> int:
    """Print what was counted; the exit code is 1 where anything was."""
    times = int(sys.argv[1]) if sys.argv[1:] else 1_000
    began = time.perf_counter()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, taking(Path(name, "mails")) as port:
        lives = Lives(Path(name).resolve(), port)
        for number in range(times):
            for flaw in lives.one(random.Random(number)):
                counts[flaw.partition(":")[0]] += 1
                print(f"  {number}: {flaw}", flush=True)
            if number % 25 == 24:
                print(f"{number + 1}, {time.perf_counter() - began:.0f} s", flush=True)
    kinds = ("traceback", "silent", "told twice")
    print(f"{times} damages: " + ", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    print(f"  found by: {dict(lives.seen)}")
    return bool(counts)


class Mails(list[tuple[str, bytes]]):
    """What a mail server took, written to a file as it comes."""

    def __init__(self, file: Path) -> None:
        """Begin with none."""
        super().__init__()
        self._file = file

    def append(self, mail: tuple[str, bytes]) -> None:
        """Keep one mail."""
        super().append(mail)
        with self._file.open("a") as out:
            out.write(f"{mail[0]} {_subject(mail[1])}\n")


def _take(file: Path, pipe: Any) -> None:
    with serving() as server:
        server.kept = Mails(file)
        pipe.send(server.port)
        pipe.recv()


@contextmanager
def taking(file: Path) -> Iterator[int]:
    """Run a mail server in a process of its own: beside its threads, none of ours could be forked."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_take, args=(file, theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


class Lives:
    """A folder with a job and its store, set back for each damage."""

    def __init__(self, folder: Path, port: int) -> None:
        """Live through the mornings before the damage."""
        self.folder = folder
        self.store = folder / "store.sqlite"
        self.seen: Counter[str] = Counter()
        load()
        (folder / "inbox").mkdir()
        for number, day in enumerate(DAYS):
            self._news(number)
            self._configure(port if number < 2 else 1)
            self._call("run", "--date", day)
        self._configure(port)
        with closing(sqlite3.connect(self.store)) as connection:
            connection.execute("VACUUM")
        self.whole = self.store.read_bytes()
        self.rows, self.known = rows_of(self.store), rows_of(self.store, _IDENTITIES)
        self.told = titles(folder / "out")
        self.sent = (folder / "mails").read_bytes()
        shutil.copytree(folder / "out", folder / "kept")

    def one(self, chance: random.Random) -> Iterator[str]:
        """Damage the store, live on, and yield what went wrong."""
        self._set_back(damaged(self.whole, chance))
        for command in READING:
            yield from self._tried(*command)
        yield from self._silent()
        self._news(len(DAYS))
        yield from self._tried("run", "--date", AFTER[0])
        yield from self._tried("doctor", "--offline", "--repair")
        yield from self._silent_repair()
        self._news(len(DAYS) + 1)
        yield from self._tried("run", "--date", AFTER[1])
        if "wrong store" in self.said:
            yield f"silent: not repaired: {self.said[-200:]}"
        yield from self._told_twice()

    def _set_back(self, content: bytes) -> None:
        for place in (*self.folder.glob("store.sqlite*"), *self.folder.glob("inbox/[345]-*")):
            place.unlink()
        for name in ("out", "again"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "kept", self.folder / "out")
        self.store.write_bytes(content)
        (self.folder / "mails").write_bytes(self.sent)

    def _news(self, number: int) -> None:
        """Put the reports of one morning into the folder."""
        for one in range(4 if number < len(DAYS) else 1):
            town = _TOWNS[(4 * number + one) % len(_TOWNS)]
            text = f"The ferry of {town} ran {number}{one} times. Its crew of {one + 3} was paid in {town}. "
            (self.folder / "inbox" / f"{number}-{one}.txt").write_text(
                f"{town} has ferry number {number}{one}\n\n{text * 3}\n"
            )

    def _configure(self, port: int) -> None:
        (self.folder / "digest.toml").write_text(
            'store = "store.sqlite"\nformats = ["json", "markdown"]\narchive = false\n'
            '[[sources]]\nlocation = "inbox"\n'
            '[mail]\nfrom = "d@example.org"\nto = ["a@example.org", "b@example.org"]\n'
            f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 5.0\n'
            'unsubscribe_url = "https://example.org/{token}"\n'
        )

    def _call(self, *arguments: str) -> BaseException | None:
        place = ["--config", str(self.folder / "digest.toml")]
        words = [str(self.folder / one) if one == "again" else one for one in arguments]
        at = 2 if words[0] in ("articles", "outbox") else 1
        done = CliRunner().invoke(digest, [*words[:at], *place, *words[at:]])
        self.said = done.output
        if isinstance(done.exception, SystemExit | DigestError):
            return None
        return done.exception

    def _tried(self, *arguments: str) -> Iterator[str]:
        if error := self._call(*arguments):
            yield f"traceback: {' '.join(arguments)}: {error!r:.200}"

    def _silent(self) -> Iterator[str]:
        """Compare each row with what it was, but for those that are named."""
        named = self._named()
        if named is None:
            self.seen["SQLite"] += 1
            return
        found = list(changed(self.rows, rows_of(self.store)))
        for key, what in found:
            if _text(key) not in named:
                yield f"silent: {_text(key)} ({what})"
        self.seen["doctor" if named else "none" if found else "no value is hit"] += 1

    def _silent_repair(self) -> Iterator[str]:
        said = self.said
        if self._named() != set():
            yield f"silent: a repaired store is damaged: {self._named()}"
            return
        for key, what in replaced(self.known, rows_of(self.store, _IDENTITIES)):
            if _text(key) not in said:
                yield f"silent: {_text(key)} ({what}) after the repair"

    def _named(self) -> set[str] | None:
        """The rows that `doctor` names; None where SQLite cannot read the store."""
        try:
            with open_store(self.store, check=True) as store:
                return {_text((one.table, *one.key)) for one in flaws(store)}
        except DigestError:
            return None

    def _told_twice(self) -> Iterator[str]:
        for day in AFTER:
            new = titles(self.folder / "out", f"{day}*")
            for title in sorted(new & self.told):
                yield f"told twice: {title} in {day}"
        for title, count in Counter(
            one for day in AFTER for one in titles(self.folder / "out", f"{day}*")
        ).items():
            if count > 1:
                yield f"told twice: {title}"
        for mail, count in Counter((self.folder / "mails").read_text().splitlines()).items():
            if count > 1:
                yield f"told twice: {count} mails {mail}"


def load() -> None:
    """Load what a worker needs before it is forked, so that it is loaded once."""
    prepare()
    text = b"Larnby has a ferry\n\nThe ferry of Larnby ran on Monday. Its crew was paid.\n"
    take_apart(Task(RawDocument(Source("a.txt", "a.txt"), text, media_type="text/plain")))


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Flip bits, overwrite bytes, or cut, each as often as the others but flips, which are half of all."""
    content, kind = bytearray(whole), chance.randrange(6)
    at = chance.randrange(len(content))
    if kind < 3:
        for _ in range(chance.choice((1, 1, 1, 2, 8))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == 3:
        size = chance.choice((1, 4, 100, 4_096))
        content[at : at + size] = chance.choice((bytes(size), chance.randbytes(size)))[
            : len(content) - at
        ]
    elif kind == 4:
        del content[at:]
    else:
        del content[at : at + chance.choice((1, 100, 4_096))]
    return bytes(content)


def rows_of(path: Path, identities: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Rows:
    """Read every row of a store past all of its checks, by its primary key or what is told to identify it."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for migration in MIGRATIONS:
            fresh.executescript(migration)
        names = [
            row[0] for row in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        keys = {
            table: [row[1] for row in fresh.execute(f"PRAGMA table_info({table})") if row[5]]
            for table in names
            if not table.startswith(("search", "sqlite_"))
        } | dict(identities)
    found: Rows = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for table, columns in keys.items():
            for row in connection.execute(f"SELECT * FROM {table}"):
                values = dict(row)
                found[(table, *(values[one] for one in columns))] = values
    return found


def changed(before: Rows, after: Rows) -> Iterator[tuple[Key, str]]:
    """Yield the rows that are not what they were, and in what."""
    for key, row in before.items():
        if key not in after:
            yield key, "gone"
        else:
            yield from (
                (key, name) for name in sorted(row.keys() - _LOOSE) if row[name] != after[key][name]
            )


def replaced(before: Rows, after: Rows) -> Iterator[tuple[Key, str]]:
    """Yield the rows of a repaired store that are others under the same name, and in what.

    An issue that was lost comes back from its folder: with the same JSON, made at the beginning of its day.
    """
    for key, row in before.items():
        for name in {*SEALED.get(key[0], ()), "content", "digest"} - {"made"}:
            if name in row and key in after:
                old, new = row[name], after[key][name]
                same = _json(old) == _json(new) if name == "digest" else old == new
                if not same:
                    yield key, name


def _json(content: bytes) -> Any:
    return json.loads(unpacked(content))


def titles(folder: Path, days: str = "*") -> set[str]:
    """Return the titles of the articles in the issues of a folder."""
    return {
        one["title"]
        for file in folder.glob(f"{days}.json")
        for one in json.loads(file.read_text())["articles"]
    }


def _text(key: Key) -> str:
    return " ".join(f"{one!s:.40}" for one in key)


def _subject(content: bytes) -> str:
    head = content.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    return next((one for one in head.splitlines() if one.startswith("Subject")), "")


if __name__ == "__main__":
    sys.exit(main())
