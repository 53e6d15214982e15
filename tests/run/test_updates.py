"""What was told is told once, and what is new in it as an update, over days of real runs."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.models import Digest
from digest.sources import SourceConfig

from .conftest import MORNING, STORIES, Run, Site, entry, feed_of

TITLE = "Dam at Colne breaks in the night"
SHORT = "The dam at Colne broke in the night after the rain, 3 people are missing."
WHOLE = (
    f"{SHORT} Four hundred houses below the dam were emptied before the morning. The river authority had"
    " found cracks in the wall in September and asked for money to mend them. The minister for water will"
    " speak in the evening. Schools in the valley stay closed for the week, and trains between Colne and"
    " Larnby do not run."
)
FURTHER = (
    f"{WHOLE} Divers found a bus with two of the missing in it on Saturday. The works to mend the wall had"
    " been put off twice, letters of the authority show."
)


@dataclass(frozen=True)
class Days:
    """A feed over days, and another."""

    run: Run
    site: Site

    def __call__(self, *days: bytes | tuple[bytes, bytes]) -> list[Digest | None]:
        """Return the issue of each day, after which the feeds have what the day says."""
        issues = []
        for number, content in enumerate(days):
            first, second = (
                content if isinstance(content, tuple) else (content, feed_of(title="Tide"))
            )
            self.site.pages |= {"/feed": first, "/tide": second}
            sources = (f"{self.site.address}/feed", f"{self.site.address}/tide")
            issues.append(self.run(*sources, days=number).digest)
        return issues


@pytest.fixture
def days(run: Run, site: Site) -> Days:
    """Two feeds and the daily job."""
    return Days(run, site)


def texts(issue: Digest | None) -> list[str]:
    """Return the texts of the articles of an issue."""
    return [article.text for article in issue.articles] if issue else []


def is_updated(issue: Digest | None) -> bool:
    assert issue is not None
    return any(story.story.updated for section in issue.sections for story in section.stories)


def told(issue: Digest | None) -> list[str]:
    """Return the key sentences of an issue."""
    assert issue is not None
    return [
        sentence.text
        for section in issue.sections
        for summary in (section.summary, *(story.summary for story in section.stories))
        for sentence in summary.sentences
    ]


def test_an_entry_with_more_text_is_told_as_updated_once(days: Days) -> None:
    """Under the same guid; its news is told, and what was told is not."""
    first, second, third, fourth = days(
        feed_of(entry("dam", TITLE, WHOLE)),
        feed_of(entry("dam", TITLE, FURTHER)),
        feed_of(entry("dam", TITLE, FURTHER)),
        feed_of(entry("dam", TITLE, WHOLE)),
    )
    assert (texts(first), is_updated(first)) == ([WHOLE], False)
    assert (texts(second), is_updated(second)) == ([FURTHER], True)
    assert set(told(second)) <= {
        "Divers found a bus with two of the missing in it on Saturday.",
        "The works to mend the wall had been put off twice, letters of the authority show.",
    }
    assert told(second)
    assert texts(third) == texts(fourth) == []


@pytest.mark.parametrize("text", [SHORT, WHOLE])
def test_an_entry_with_other_figures_is_told_as_updated_once(days: Days, text: str) -> None:
    """A feed's few words and whole articles alike."""
    risen = text.replace("3 people", "9 people")
    first, second, third = days(
        feed_of(entry("dam", TITLE, text)),
        feed_of(entry("dam", TITLE, risen)),
        feed_of(entry("dam", TITLE, risen), title="Renamed"),
    )
    assert (texts(first), is_updated(first)) == ([text], False)
    assert (texts(second), is_updated(second)) == ([risen], True)
    assert texts(third) == []


def test_an_entry_that_only_mends_a_word_is_not_told_again(days: Days) -> None:
    """A comma is no news."""
    mended = WHOLE.replace("after the rain,", "after rain,")
    _, second = days(feed_of(entry("dam", TITLE, WHOLE)), feed_of(entry("dam", TITLE, mended)))
    assert texts(second) == []
    assert second is not None
    assert [one.reason for one in second.omissions] == ["duplicate"]


def test_an_excerpt_and_then_its_whole_article_are_told_once(days: Days) -> None:
    """The second feed has the page's text a day later."""
    excerpt, whole = (
        feed_of(entry("dam", TITLE, SHORT)),
        feed_of(entry("t1", TITLE, WHOLE), title="Tide"),
    )
    first, second = days(excerpt, (excerpt, whole))
    assert (texts(first), texts(second)) == ([SHORT], [])


def test_one_headline_from_two_feeds_on_two_days_is_told_once(days: Days) -> None:
    """Without a text there is nothing that the second could add."""
    first, second = days(
        feed_of(entry("dam", TITLE, "")),
        (feed_of(entry("dam", TITLE, "")), feed_of(entry("t1", TITLE.upper(), ""), title="Tide")),
    )
    assert first is not None
    assert second is not None
    assert [article.title for article in first.articles] == [TITLE]
    assert second.articles == ()


def test_a_daily_series_of_one_title_is_told_each_day(days: Days) -> None:
    """Each under a guid of its own, and each says something else."""
    series = [
        entry(
            f"markets-{number}", "Markets at the close of the day", text, link=f"markets/{number}"
        )
        for number, (_, text) in enumerate(STORIES[:3])
    ]
    issues = days(*(feed_of(*series[number::-1]) for number in range(3)))
    assert [texts(issue) for issue in issues] == [[text] for _, text in STORIES[:3]]
    assert not any(map(is_updated, issues))


def test_a_feed_s_archive_does_not_flood_the_first_issue(site: Site, run: Run) -> None:
    """What is older than `max_age` is left out with its reason, and not told the next day either."""
    old = MORNING - datetime.timedelta(days=400)
    site.pages["/feed"] = feed_of(
        entry("new", *STORIES[0], date=MORNING - datetime.timedelta(hours=5)),
        *(
            entry(f"old-{n}", f"No. {n}: {STORIES[1][0]}", STORIES[1][1], date=old)
            for n in range(9)
        ),
    )
    issue = run(f"{site.address}/feed").digest
    assert issue is not None
    assert [article.title for article in issue.articles] == [STORIES[0][0]]
    assert [one.reason for one in issue.omissions] == ["old"] * 9
    assert issue.statistics.omitted == 9
    later = run(f"{site.address}/feed", days=1).digest
    assert later is not None
    assert (later.articles, later.omissions) == ((), ())


def test_a_source_has_as_many_items_as_it_may(site: Site, run: Run) -> None:
    """The first of its feed; the others are named, and do not wait."""
    site.pages["/feed"] = feed_of(*(entry(f"n{n}", *story) for n, story in enumerate(STORIES)))
    source = SourceConfig(location=f"{site.address}/feed", max_items=2)
    issue = run(source).digest
    assert issue is not None
    assert {article.title for article in issue.articles} == {STORIES[0][0], STORIES[1][0]}
    assert [one.reason for one in issue.omissions] == ["surplus"] * 2
    assert run(source, days=1).waiting == 0


def test_an_empty_first_issue_does_not_use_up_the_day(site: Site, run: Run) -> None:
    """What comes in its course is told today."""
    source = f"{site.address}/feed"
    site.pages["/feed"] = feed_of()
    first = run(source)
    assert (first.digest, first.files, first.has_issue) == (None, (), False)
    site.pages["/feed"] = feed_of(entry("dam", TITLE, WHOLE))
    assert texts(run(source).digest) == [WHOLE]


def test_what_is_muted_is_named_and_what_is_followed_leads(
    site: Site, run: Run, tmp_path: Path
) -> None:
    """Words of the reader's own, in the issue's files as well."""
    site.pages["/feed"] = feed_of(*(entry(f"n{n}", *story) for n, story in enumerate(STORIES)))
    wishes = {"follow": ("ferry line",), "mute": ("library",)}
    issue = run(f"{site.address}/feed", config=wishes).digest
    assert issue is not None
    assert issue.sections[0].heading == STORIES[3][0]
    assert [(one.what, one.reason, one.detail) for one in issue.omissions] == [
        (STORIES[1][0], "muted", "library")
    ]
    written = json.loads((tmp_path / "out" / "2026-11-21.json").read_text())
    assert written["sections"][0]["importance"]["followed"] > 0
    assert "1 muted" in (tmp_path / "out" / "2026-11-21.md").read_text()
