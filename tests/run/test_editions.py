"""Editions: one fetch serves all, and each has its own days, sources and memory."""

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.codec import read_digest
from digest.collecting import Task, take_apart
from digest.config import parse_config
from digest.editions import DAYS, EditionConfig
from digest.fetch import HttpFetcher
from digest.models import Digest
from digest.run import Job, RunResult, gathering, issue_called, issuing, run_once
from digest.store import Store, open_store
from digest.store.articles import count_waiting
from digest.store.issues import all_issues, edition_of

SATURDAY = datetime.date(2026, 11, 21)
PLACES = ("Larnby", "Orrin", "Port Ellis", "Tarn", "Vossum", "Hexley", "Brae")
DEEDS = (
    ("closes its sluice for repairs", "Divers will mend the northern gate of the basin"),
    ("opens a library in the mill", "Twelve people will lend out books on three floors"),
    ("loses its pears to the frost", "Growers count the buds that a cold night has killed"),
    ("buys two electric ferries", "A yard in the north has built them in nine months"),
    ("plants a wood on the old tip", "School classes have set four thousand young oaks"),
)


class _Here:
    """Takes documents apart in this process: a year of runs starts no others."""

    def __init__(self, *_: object, **__: object) -> None:
        """Take what `Workers` takes."""

    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *_: object) -> None:
        """Keep nothing."""

    def map(self, tasks: Iterator[Task]) -> Iterator[object]:
        """Yield each document's parts."""
        return ((number, take_apart(task)) for number, task in enumerate(tasks))


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Town":
    """A town with an English and a German paper, and three editions of both."""
    monkeypatch.setattr(gathering, "Workers", _Here)
    return Town(tmp_path)


class Town:
    """Two folders of news, a configuration, and the daily run."""

    def __init__(self, home: Path) -> None:
        """Begin with nothing but the folders."""
        self.home = home
        self.written: dict[str, list[str]] = {"english": [], "deutsch": []}
        for folder in self.written:
            (home / folder).mkdir()
        self.table = {
            "timezone": "UTC",
            "formats": ["json"],
            "sources": [
                {"location": "english", "section": "region"},
                {"location": "deutsch", "name": "Der Hafenbote"},
            ],
            "editions": [
                {"name": "daily"},
                {"name": "weekly", "days": ["saturday"], "title": "The week", "memory_days": 28},
                {"name": "deutsch", "sources": ["Der Hafenbote"], "language": "de"},
            ],
        }

    def news(self, day: datetime.date) -> None:
        """Write one article a language."""
        number = len(self.written["english"])
        place, (deed, detail) = PLACES[number % 7], DEEDS[number % 5]
        self._write(
            "english",
            f"{place} {deed} on day {number}",
            f"{detail} of {place}, the council said on {day:%A}. The {number + 40} people who asked"
            f" for it paid {number + 3} thousand pounds. The mayor of {place} called the day a good one.",
        )
        self._write(
            "deutsch",
            f"{place} feiert das Hafenfest Nummer {number}",
            f"Am Kai von {place} standen gestern {number + 900} Menschen und sahen den Booten zu, wie"
            f" der Hafenmeister sagte. Die Stadt hat {number + 70} Stände gezählt. Im nächsten Jahr soll"
            " das Fest noch einen Tag länger dauern.",
        )

    def _write(self, folder: str, title: str, text: str) -> None:
        path = self.home / folder / f"{len(self.written[folder]):04}.txt"
        path.write_text(f"{title}\n\n{text}\n", encoding="utf-8")
        self.written[folder].append(title)

    def run(
        self, day: datetime.date, hour: int = 6, **options: object
    ) -> tuple[dict[str, Digest], list[RunResult]]:
        """Run on a day; return the issues that were made, by edition, and all results."""
        now = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)
        with open_store(self.home / "store.sqlite") as store:
            job = Job(
                store=store,
                config=parse_config(self.table),
                folder=self.home,
                http=HttpFetcher(),
            )
            done = run_once(job, day=day, now=now, **options)  # type: ignore[arg-type]
        return {one.edition: one.digest for one in done if one.digest}, done

    def issues(self, edition: str) -> list[Digest]:
        """Return the issues of an edition as they stand in their folder."""
        files = sorted((self.home / "out" / edition).glob("*.json"))
        assert all(edition_of(file.stem) == edition for file in files)
        return [read_digest(file.read_text(encoding="utf-8")) for file in files]

    def store(self) -> Store:
        """Open the store."""
        return open_store(self.home / "store.sqlite")  # type: ignore[return-value]


def titles(*issues: Digest) -> list[str]:
    """Return the headlines of all articles of some issues, sorted."""
    return sorted(article.title for issue in issues for article in issue.articles)


def test_weeks_of_days_are_told_once_by_each_edition_that_has_them(town: Town) -> None:
    """The daily tells each day, the weekly each week on Saturday, the German one its own source."""
    days = [SATURDAY + datetime.timedelta(days=number) for number in range(2 * 7 + 1)]
    for day in days:
        town.news(day)
        town.run(day)
    daily, weekly, german = map(town.issues, ("daily", "weekly", "deutsch"))
    english, deutsch = town.written["english"], town.written["deutsch"]
    assert titles(*daily) == sorted(english + deutsch)
    assert titles(*german) == sorted(deutsch)
    assert titles(*weekly) == sorted(english + deutsch)
    assert [issue.date for issue in daily] == days
    assert [issue.date for issue in weekly] == days[::7]
    assert [len(issue.articles) for issue in weekly] == [2, *[14] * 2]
    assert weekly[2].previous == days[7]
    assert german[5].previous == days[4]
    assert {issue.title for issue in weekly} == {"The week"}


def test_one_run_asks_each_source_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many editions it makes."""
    asked: Counter[str] = Counter()
    files = gathering.source_files
    monkeypatch.setattr(
        gathering,
        "source_files",
        lambda where, folder: asked.update([where]) or files(where, folder),
    )
    town.news(SATURDAY)
    made, _ = town.run(SATURDAY)
    assert sorted(made) == ["daily", "deutsch", "weekly"]
    assert asked == {"english": 1, "deutsch": 1}


def test_an_edition_whose_day_was_slept_through_is_made_by_the_next_run(town: Town) -> None:
    """And its next one comes on its own day again."""
    town.news(SATURDAY)
    town.run(SATURDAY)
    for late in (8, 14):
        town.news(SATURDAY)
        day = SATURDAY + datetime.timedelta(days=late)
        made, _ = town.run(day)
        assert "weekly" in made
        assert "weekly" not in town.run(day, 20)[0]


def test_a_new_edition_waits_for_its_day_and_begins_with_its_own_time(town: Town) -> None:
    """A store with a long history is not told whole by a new weekly."""
    weekly = town.table["editions"].pop(1)  # type: ignore[attr-defined]
    for number in range(10):
        town.news(SATURDAY)
        town.run(SATURDAY + datetime.timedelta(days=number))
    town.table["editions"].append(weekly)  # type: ignore[attr-defined]
    made, done = town.run(SATURDAY + datetime.timedelta(days=10))
    assert "weekly" not in made
    assert [one.is_due for one in done] == [True, True, False]
    made, _ = town.run(SATURDAY + datetime.timedelta(days=14))
    assert titles(made["weekly"]) == sorted(
        title for written in town.written.values() for title in written[8:]
    )
    with open_store(town.home / "store.sqlite") as store:
        assert count_waiting(store) == 0


def test_a_time_of_day_is_waited_for(town: Town) -> None:
    """A run before it makes the other editions."""
    town.table["editions"][1]["at"] = "18:00"  # type: ignore[index]
    town.news(SATURDAY)
    assert sorted(town.run(SATURDAY)[0]) == ["daily", "deutsch"]
    assert sorted(town.run(SATURDAY, 18)[0]) == ["weekly"]
    assert sorted(town.run(SATURDAY, 19)[0]) == []


def test_a_run_that_breaks_off_between_two_editions_is_made_up_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one makes those that are missing, of all that came, and no other."""
    keep, calls = issuing.keep_issue, list[str]()

    def second_fails(*arguments: Any, **options: Any) -> int:
        calls.append(options["name"])
        if len(calls) == 2:
            raise OSError("the power fails")
        return keep(*arguments, **options)

    town.news(SATURDAY)
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "keep_issue", second_fails)
        with pytest.raises(OSError, match="power"):
            town.run(SATURDAY)
    town.news(SATURDAY)
    made, _ = town.run(SATURDAY, 7)
    assert sorted(made) == ["deutsch", "weekly"]
    assert len(titles(made["weekly"])) == 4
    assert len(titles(*town.issues("daily"))) == 2


def test_an_edition_whose_folder_cannot_be_written_stops_no_other(town: Town) -> None:
    """Today, and on the days after, until its folder can be written again."""
    own = town.home / "out" / "daily"
    own.parent.mkdir()
    own.write_text("in the way")
    for number in range(2):
        town.news(SATURDAY)
        town.run(SATURDAY + datetime.timedelta(days=number))
    assert [len(town.issues(name)) for name in ("daily", "weekly", "deutsch")] == [0, 1, 2]
    own.unlink()
    town.run(SATURDAY + datetime.timedelta(days=1), 7)
    assert len(town.issues("daily")) == 2


def test_an_edition_that_is_named_is_made_alone_and_whether_it_is_due_or_not(town: Town) -> None:
    """Once a day, as any issue."""
    town.news(SATURDAY)
    friday = SATURDAY - datetime.timedelta(days=1)
    made, done = town.run(friday, edition="weekly")
    assert (sorted(made), len(done)) == (["weekly"], 1)
    assert not town.run(friday, 7, edition="weekly")[0]
    with open_store(town.home / "store.sqlite") as store:
        assert [one.name for one in all_issues(store)] == ["2026-11-20-weekly"]
        assert issue_called(store, "2026-11-20-weekly").edition == "weekly"


def test_a_file_without_editions_and_one_with_them_share_a_store(town: Town) -> None:
    """The names tell their issues apart, and so do their memories."""
    editions = town.table.pop("editions")
    town.news(SATURDAY)
    plain, _ = town.run(SATURDAY)
    town.table["editions"] = editions
    named, _ = town.run(SATURDAY, 7)
    assert titles(plain[""]) == titles(named["daily"]) == titles(named["weekly"])
    town.table.pop("editions")
    assert not town.run(SATURDAY, 8)[0]
    assert (town.home / "out" / "2026-11-21.json").exists()
    assert (town.home / "out" / "daily" / "2026-11-21-daily.json").exists()


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("2026-11-21", ""),
        ("2026-11-21-2", ""),
        ("2026-11-21-weekly", "weekly"),
        ("2026-11-21-weekly-2", "weekly"),
        ("2026-11-21-city-news-12", "city-news"),
        ("lost-7", ""),
    ],
)
def test_the_name_of_an_issue_says_its_edition(name: str, edition: str) -> None:
    """So that what is restored from files alone keeps its memory."""
    assert edition_of(name) == edition


@pytest.mark.parametrize(
    ("days", "hours"),
    [((), 23), (DAYS[5:6], 167), (("mon", "thu"), 95), (("Sunday", "sat"), 143)],
)
def test_a_first_issue_has_the_time_from_one_of_its_days_to_the_next(
    days: tuple[str, ...], hours: int
) -> None:
    """The longest such time, less an hour."""
    assert EditionConfig(name="a", days=days).begins == datetime.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-21T17:59", "2026-11-19"),
        ("2026-11-21T18:00", "2026-11-21"),
        ("2026-11-23T03:00", "2026-11-21"),
    ],
)
def test_the_latest_day_that_was_due_is_found(moment: str, day: str) -> None:
    """Of Thursday and Saturday at six in the evening."""
    edition = EditionConfig(name="a", days=("thursday", "saturday"), at="18:00")
    found = edition.last_due(datetime.datetime.fromisoformat(moment))
    assert found == datetime.date.fromisoformat(day)
