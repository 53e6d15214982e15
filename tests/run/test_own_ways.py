"""A source has ways of its own: where it moved, how often it is asked, and what it is told."""

from pathlib import Path

import pytest

from digest.config import parse_config
from digest.errors import ConfigError
from digest.sources import SourceConfig

from .conftest import STORIES, Run, Site, entry, feed, feed_of
from .test_running import named, titles


def test_an_address_that_moved_for_good_is_taken_over_and_said_once(site: Site, run: Run) -> None:
    """The old one is not asked again, also where nothing is new."""
    said: list[str] = []
    site.moved["/old"], site.pages["/feed"] = "/feed", feed(0)
    for day in range(3):
        run(f"{site.address}/old", days=day, report=said.append)
    assert [path for path, _ in site.asked] == ["/old", "/feed", "/feed", "/feed"]
    (line,) = said
    assert line.endswith(f"moved for good to {site.address}/feed, and asked there from now on")


def test_where_the_new_address_fails_the_old_one_is_asked_again(site: Site, run: Run) -> None:
    """It may have moved on."""
    site.moved["/old"], site.pages["/feed"] = "/feed", feed(0)
    run(f"{site.address}/old")
    del site.pages["/feed"]
    run(f"{site.address}/old", days=1)
    site.moved["/old"], site.pages["/third"] = "/third", feed(1)
    assert titles(run(f"{site.address}/old", days=2)) == named(1)


def test_what_is_gone_for_good_is_not_asked_again(site: Site, run: Run) -> None:
    """It stays a failure, so that an issue names it."""
    said: list[str] = []
    site.gone.add("/feed")
    for day in range(2):
        found = run(f"{site.address}/feed", days=day, report=said.append)
        assert found.gathered.failed
    assert site.asked == [("/feed", 410)]
    assert "not asked any more" in said[-1]


@pytest.mark.parametrize(("interval", "times"), [("", 4), ("1d", 4), ("2d", 2), ("1w", 1)])
def test_a_source_is_asked_no_more_often_than_it_says(
    site: Site, run: Run, interval: str, times: int
) -> None:
    """A run each morning."""
    site.pages["/feed"] = feed(0)
    for day in range(4):
        run(SourceConfig(location=f"{site.address}/feed", interval=interval), days=day)
    assert len(site.asked) == times


def test_headers_of_its_own_go_to_its_site(site: Site, run: Run) -> None:
    """In place of ours."""
    site.pages["/feed"] = feed(0)
    headers = ("user-agent: Reader/1.0", "Cookie: id=7; b=8")
    run(SourceConfig(location=f"{site.address}/feed", headers=headers))
    (told,) = site.told
    names = {name.lower(): value for name, value in told.items()}
    assert (names["user-agent"], names["cookie"]) == ("Reader/1.0", "id=7; b=8")


def test_headers_of_its_own_do_not_follow_to_another_site(site: Site, run: Run) -> None:
    """A cookie is a key."""
    site.moved["/feed"] = f"{site.address.replace('127.0.0.1', 'localhost')}/other"
    site.pages["/other"] = feed(0)
    run(SourceConfig(location=f"{site.address}/feed", headers=("Cookie: id=7",)))
    assert ["Cookie" in told for told in site.told] == [True, False]


def test_what_is_dropped_is_named(site: Site, run: Run) -> None:
    """Among what was left out."""
    site.pages["/feed"] = feed(0, 1)
    found = run(SourceConfig(location=f"{site.address}/feed", drop=("librar*",)))
    assert titles(found) == named(0)
    assert found.digest
    assert [one.reason for one in found.digest.omissions] == ["muted"]


@pytest.mark.parametrize(
    "setting",
    [
        {"interval": "soon"},
        {"headers": ["Host: a"]},
        {"headers": ["no colon"]},
        {"headers": ["A: b\u2028c"]},
        {"headers": ["A B: c"]},
        {"select": "a["},
        {"select_date": "time"},
        {"location": "imaps://host/"},
        {"location": "imaps://user:secret@host/"},
    ],
)
def test_a_setting_that_means_nothing_is_refused(setting: dict[str, object]) -> None:
    """With one line, which has no password in it."""
    with pytest.raises(ConfigError) as caught:
        parse_config({"sources": [{"location": "a", **setting}]})
    assert "secret" not in str(caught.value)


def test_its_user_agent_and_cookies_reach_its_pages_too(
    site: Site, run: Run, tmp_path: Path
) -> None:
    """A page behind a log-in is fetched as its feed is; a file of cookies that is none costs that source."""
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tid\t7\n")
    cookies.chmod(0o600)
    site.pages["/feed"] = feed_of(entry("a", "A", "Short.", link="a")).replace(
        b"https://ledger.example", site.address.encode()
    )
    site.pages["/a"] = b"<p>" + STORIES[0][1].encode() + b"</p>"
    source = SourceConfig(
        location=f"{site.address}/feed",
        full_text=True,
        user_agent="Reader/2",
        cookies="cookies.txt",
    )
    run(source)
    assert {path for path, _ in site.asked} >= {"/feed", "/a"}
    assert {told["User-Agent"] for told in site.told} == {"Reader/2"}
    assert {told.get("Cookie") for told in site.told} == {"id=7"}
    cookies.chmod(0o644)
    said: list[str] = []
    done = run(source, days=1, report=said.append)
    assert list(done.gathered.failed) == [source.location]
    assert "chmod 600" in said[0]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("proxy", "socks5://127.0.0.1:1080", "only http and https addresses"),
        ("proxy", "https://proxy.example.org", "asked by http"),
        ("proxy", "http://me:hunter-2@proxy.example.org", "set HTTPS_PROXY"),
        ("user_agent", "a\u2028b", "a line of ASCII"),
    ],
)
def test_a_way_that_is_none_is_refused(key: str, value: str, said: str) -> None:
    """When the configuration is read, and without a password in it."""
    with pytest.raises(ConfigError, match=said) as caught:
        parse_config({"sources": [{"location": "https://ledger.example.org/feed", key: value}]})
    assert "hunter-2" not in str(caught.value)
