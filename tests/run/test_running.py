"""The daily job, against a real server on loopback: every article is told once, and none is lost."""

import datetime
import json
from pathlib import Path

import pytest

from digest.errors import WriteError
from digest.fetch import AnyFetcher
from digest.library import load_digest
from digest.models import RawDocument, Source
from digest.readers import visible_text
from digest.run import issuing, write_again
from digest.sources import SourceConfig
from digest.store import open_store
from digest.store.articles import document_at, waiting
from digest.store.issues import all_issues
from digest.store.sources import source_states
from digest.verification import verify_digest

from .conftest import MORNING, STORIES, Run, Site, feed


def titles(outcome: object) -> set[str]:
    """Return the headlines of an issue."""
    digest = outcome.digest  # type: ignore[attr-defined]
    return {article.title for article in digest.articles} if digest else set()


def named(*numbers: int) -> set[str]:
    """Return the headlines of some stories."""
    return {STORIES[number][0] for number in numbers}


def test_an_issue_tells_what_no_issue_has_told(site: Site, run: Run) -> None:
    """The next day has only what is new, and says what day the issue before was of."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0, 1)
    assert titles(run(source)) == named(0, 1)
    site.pages["/feed"] = feed(2, 1, 0)
    second = run(source, days=1)
    assert titles(second) == named(2)
    assert second.digest is not None
    assert second.digest.previous == datetime.date(2026, 11, 21)


def test_a_second_run_of_the_day_gathers_but_makes_no_issue(site: Site, run: Run) -> None:
    """What it gathered waits for the next day's."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    site.pages["/feed"] = feed(0, 1, 2)
    again = run(source)
    assert (again.digest, again.waiting) == (None, 2)
    assert titles(run(source, days=1)) == named(1, 2)


def test_a_further_issue_is_made_where_it_is_asked_for(site: Site, run: Run) -> None:
    """Under a name of its own."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    site.pages["/feed"] = feed(0, 1)
    extra = run(source, extra=True)
    assert titles(extra) == named(1)
    assert sorted(file.name for file in extra.files) == ["2026-11-21-2.json", "2026-11-21-2.md"]


def test_missed_days_are_caught_up_in_one_issue(site: Site, run: Run) -> None:
    """A machine that slept for a week tells the whole week once."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    site.pages["/feed"] = feed(0, 1, 2, 3)
    assert titles(run(source, days=7)) == named(1, 2, 3)


def test_all_that_came_in_a_time_is_told_whether_it_was_or_not(site: Site, run: Run) -> None:
    """`--since` makes an issue of a window."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    site.pages["/feed"] = feed(0, 1)
    run(source, days=3)
    window = run(source, days=3, since=datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC))
    assert titles(window) == named(0, 1)
    window = run(source, days=4, since=datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC))
    assert titles(window) == named(1)


def test_a_day_without_news_has_an_issue_that_says_so(site: Site, run: Run) -> None:
    """An empty issue is an issue."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    empty = run(source, days=1)
    assert empty.digest is not None
    assert empty.digest.articles == ()
    assert len(empty.files) == 2


def test_a_server_is_asked_only_for_what_has_changed(site: Site, run: Run) -> None:
    """The validators of the last answer go with the question."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    run(source)
    assert run(source, days=1).gathered.unchanged == 1
    assert [status for _, status in site.asked] == [200, 304]


def test_a_source_that_fails_costs_the_others_nothing(site: Site, run: Run) -> None:
    """It is named, and what the others gave is told."""
    site.pages["/feed"] = feed(0)
    outcome = run(f"{site.address}/gone", f"{site.address}/feed")
    assert titles(outcome) == named(0)
    assert list(outcome.gathered.failed) == [f"{site.address}/gone"]


def test_without_any_source_there_is_no_issue(site: Site, run: Run) -> None:
    """So that a later run, when the network is back, can make it."""
    source = f"{site.address}/feed"
    assert run(source).digest is None
    site.pages["/feed"] = feed(0)
    assert titles(run(source)) == named(0)


def test_a_source_is_named_in_its_third_failed_issue_once(site: Site, run: Run) -> None:
    """One bad morning is not worth a reader's time, and a fourth one is no news."""
    site.pages["/feed"] = feed(0)
    gone = f"{site.address}/gone"
    issues = [run(gone, f"{site.address}/feed", days=day).digest for day in range(5)]
    assert [len(issue.failing) if issue else None for issue in issues] == [0, 0, 1, 0, 0]
    assert issues[2] is not None
    failing = issues[2].failing[0]
    assert (failing.location, failing.since) == (gone, datetime.date(2026, 11, 21))
    assert "404" in failing.reason


def test_a_source_that_came_back_is_healthy_again(site: Site, run: Run, tmp_path: Path) -> None:
    """Its failures are counted from the start."""
    source = f"{site.address}/feed"
    (tmp_path / "inbox").mkdir()
    for day in range(2):
        run(source, "inbox", days=day)
    site.pages["/feed"] = feed(0)
    run(source, "inbox", days=2)
    with open_store(tmp_path / "store.sqlite") as store:
        state = source_states(store)[source]
    assert (state.failures, state.reason, state.failing_since) == (0, "", "")


def test_files_of_a_folder_are_told_once(run: Run, tmp_path: Path) -> None:
    """Until one changes; a file that was only touched has not."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in (0, 1):
        (inbox / f"{number}.txt").write_text("\n\n".join(STORIES[number]))
    assert len(titles(run("inbox"))) == 2
    (inbox / "1.txt").touch()
    (inbox / "2.txt").write_text("\n\n".join(STORIES[2]))
    assert titles(run("inbox", days=1)) == named(2)


def test_each_file_of_a_folder_is_a_source(run: Run, tmp_path: Path) -> None:
    """Eight feeds in a folder are eight sources, and the folder is not called by the name of one of them."""
    for number in range(3):
        (tmp_path / f"feed{number}.rss").write_bytes(feed(number, title=f"Ledger {number}"))
    digest = run(".").digest
    assert digest is not None
    assert digest.statistics.sources == 3
    with open_store(tmp_path / "store.sqlite") as opened:
        assert source_states(opened)["."].name == ""


def test_a_pattern_names_files(run: Run, tmp_path: Path) -> None:
    """Only those that fit; a pattern that fits nothing is named."""
    (tmp_path / "a.txt").write_text("\n\n".join(STORIES[0]))
    (tmp_path / "b.html").write_text("<p>No story.</p>")
    assert titles(run("*.txt")) == named(0)
    assert "no file fits" in next(iter(run("*.eml", days=1).gathered.failed.values()))


def test_a_copy_of_what_was_told_is_not_told_again(site: Site, run: Run) -> None:
    """Another outlet prints it a day later: it is left out, and says why."""
    site.pages["/feed"] = feed(0)
    site.pages["/other"] = (
        feed(0, title="Tide")
        .replace(b"story-0", b"t0")
        .replace(b"Sluice repairs begin", b"Larnby sluice work starts")
    )
    run(f"{site.address}/feed")
    second = run(f"{site.address}/feed", f"{site.address}/other", days=1)
    assert titles(second) == set()
    assert second.digest is not None
    assert any("an earlier issue carried" in one.detail for one in second.digest.omissions)


def test_short_entries_are_told_whole_where_that_is_wished(site: Site, run: Run) -> None:
    """The page of the entry is fetched, and its sentences are proven by the page."""
    page = (
        "".join(f"<p>{text}</p>" for _, text in STORIES[:1]) + "<p>" + "More of it. " * 30 + "</p>"
    )
    site.pages["/0.html"] = (
        f"<html><body><article><h1>Sluice</h1>{page}</article></body></html>".encode()
    )
    short = feed(0).replace(b"https://ledger.example/0", f"{site.address}/0.html".encode())
    site.pages["/feed"] = short.replace(
        STORIES[0][1].encode(), b"The harbour of Larnby will be ..."
    )
    outcome = run(SourceConfig(location=f"{site.address}/feed", full_text=True))
    assert outcome.digest is not None
    article = outcome.digest.articles[0]
    assert article.title == STORIES[0][0]
    assert "Fishing boats may still use the inner basin" in article.text


def test_a_page_that_tells_something_else_takes_no_entry_place(site: Site, run: Run) -> None:
    """Such as an index, a check for robots, or an old address that leads to another story."""
    other = (
        "".join(f"<p>{text}</p>" for _, text in STORIES[1:2]) + "<p>" + "And more. " * 60 + "</p>"
    )
    site.pages["/0.html"] = (
        f"<html><body><article><h1>{STORIES[1][0]}</h1>{other}</article></body></html>".encode()
    )
    address = f"{site.address}/0.html".encode()
    site.pages["/feed"] = feed(0).replace(b"https://ledger.example/0", address)
    outcome = run(SourceConfig(location=f"{site.address}/feed", full_text=True))
    assert outcome.digest is not None
    (article,) = outcome.digest.articles
    assert article.title == STORIES[0][0]
    assert "And more" not in article.text


def test_a_past_issue_is_written_again_byte_for_byte(site: Site, run: Run, tmp_path: Path) -> None:
    """From the store alone, after its files are gone."""
    site.pages["/feed"] = feed(0, 1)
    files = run(f"{site.address}/feed").files
    before = {file.name: file.read_bytes() for file in files}
    for file in files:
        file.unlink()
    with open_store(tmp_path / "store.sqlite") as store:
        again = write_again(store, "2026-11-21", tmp_path / "elsewhere", now=MORNING)
    assert {file.name: file.read_bytes() for file in again} == before


def test_every_sentence_of_an_issue_is_proven_by_the_store(
    site: Site, run: Run, tmp_path: Path
) -> None:
    """The bytes of each entry are kept; a changed letter is found."""
    site.pages["/feed"] = feed(0, 1)
    written = next(file for file in run(f"{site.address}/feed").files if file.suffix == ".json")
    with open_store(tmp_path / "store.sqlite") as store:

        def fetch(source: Source) -> RawDocument:
            return document_at(store, source.location) or AnyFetcher()(source)

        digest = load_digest(written)
        assert verify_digest(digest, fetch=fetch, visible_text=visible_text) == []
        written.write_text(written.read_text().replace("Fishing boats", "Fishing goats"))
        forged = load_digest(written)
        assert verify_digest(forged, fetch=fetch, visible_text=visible_text)


def test_an_issue_that_could_not_be_written_is_written_by_the_next_run(
    site: Site, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is decided already: nothing of it is lost, and nothing of it is told twice."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)

    def full(*_: object) -> Path:
        raise WriteError("out: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "write_file", full)
        said: list[str] = []
        assert run(source, report=said.append).files == ()
        assert said == ["issue 2026-11-21: out: no space left on device"]
    site.pages["/feed"] = feed(0, 1)
    second = run(source, days=1)
    assert titles(second) == named(1)
    first = json.loads((tmp_path / "out" / "2026-11-21.json").read_text())
    assert {article["title"] for article in first["articles"]} == named(0)


def test_an_issue_whose_folder_cannot_be_written_goes_to_the_one_of_the_next_run(
    site: Site, run: Run, tmp_path: Path
) -> None:
    """So what the message advises helps; its edits go there then as well."""
    site.pages["/feed"] = feed(0)
    (tmp_path / "out").write_text("in the way")
    assert run(f"{site.address}/feed").digest
    site.pages["/feed"] = feed(0, 1)
    assert titles(run(f"{site.address}/feed", days=1, output=tmp_path / "good")) == named(1)
    assert (tmp_path / "good" / "2026-11-21.json").exists()
    with open_store(tmp_path / "store.sqlite", check=True) as store:
        assert {one.folder for one in all_issues(store)} == {str(tmp_path / "good")}
    assert (tmp_path / "out").read_text() == "in the way"


def test_an_error_before_the_decision_loses_nothing(
    site: Site, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was gathered waits."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed(0)
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "keep_issue", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(source)
    with open_store(tmp_path / "store.sqlite") as store:
        assert len(waiting(store)[1]) == 1
    assert titles(run(source)) == named(0)


def test_a_password_in_an_address_is_sent_but_neither_printed_nor_kept(
    site: Site, run: Run, tmp_path: Path
) -> None:
    """It stands in the configuration alone."""
    site.pages["/feed"] = feed(0)
    for path in ("feed", "gone"):
        with_password = f"{site.address}/{path}".replace("://", "://me:hunter-2@")
        outcome = run(with_password, days=path == "gone")
        assert "hunter-2" not in repr(outcome)
    assert b"hunter-2" not in (tmp_path / "store.sqlite").read_bytes()
    for file in (tmp_path / "out").iterdir():
        assert "hunter-2" not in file.read_text()
