"""Pages without a feed, on loopback: their items are followed like the entries of a feed."""

from pathlib import Path

from digest.run.checking import check_sources
from digest.sources import SourceConfig

from .conftest import STORIES, Run, Site
from .test_running import named, titles


def front(site: Site, *numbers: int, date: str = "") -> SourceConfig:
    """Put a page on the site that lists some stories; return its source."""
    items = "".join(
        f"<article><h2><a href=/{n}>{STORIES[n][0]}</a></h2>{date}</article>" for n in numbers
    )
    site.pages["/"] = f"<html><body><a href=/about>About</a>{items}</body></html>".encode()
    for number in numbers:
        title, text = STORIES[number]
        site.pages[f"/{number}"] = (
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"<p>{text}</p></article></body></html>"
        ).encode()
    return SourceConfig(location=f"{site.address}/", select="article")


def test_the_pages_of_the_items_are_told_once(site: Site, run: Run) -> None:
    """The next day has only the new ones, and nothing else of the page."""
    assert titles(run(front(site, 0, 1))) == named(0, 1)
    assert titles(run(front(site, 0, 1, 2), days=1)) == named(2)
    assert ("/about", 200) not in site.asked


def test_the_date_of_the_list_is_that_of_a_page_without_one(site: Site, run: Run) -> None:
    """A page that has one knows better."""
    digest = run(front(site, 0, date="<time datetime=2026-11-20>")).digest
    assert digest
    assert [f"{one.published:%Y-%m-%d}" for one in digest.articles] == ["2026-11-20"]


def test_a_selector_that_finds_nothing_is_a_failure(site: Site, run: Run) -> None:
    """Of that source alone."""
    source = SourceConfig(location=front(site, 0).location, select="h7")
    (reason,) = run(source).gathered.failed.values()
    assert reason == "select 'h7' finds nothing; look at the page again"


def test_a_check_shows_what_is_found(site: Site, tmp_path: Path) -> None:
    """The first titles, with their dates."""
    source = front(site, 0, 1, date="<time datetime=2026-11-20>")
    ((_, said),) = check_sources([source], folder=tmp_path, allow_private=True)
    assert said == (
        "a page of 2 items: 'Sluice repairs begin at Larnby' (2026-11-20), "
        "'Library to open on Sundays' (2026-11-20)"
    )
