"""Feeds and mailboxes are given to the commands like any other file."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

STORIES = {
    "Ferry line reopens": (
        "The ferry line between the two islands reopened on Monday after nine days. The operator said that "
        "4,200 passengers had booked for the first day alone. Repairs cost 3 million crowns."
    ),
    "Pier closed until May": (
        "The northern pier is closed until May because its piles are rotten, the harbour board said. Two "
        "hundred of them will be replaced with steel. Fishermen have to land their catch across the bay."
    ),
}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of two stories and an episode without text."""
    items = "".join(
        f"<item><title>{title}</title><guid>{number}</guid><description>{escape(f'<p>{text}</p>')}"
        "</description></item>"
        for number, (title, text) in enumerate([*STORIES.items(), ("Episode 4", "")])
    )
    path = tmp_path / "feed.xml"
    path.write_text(f"<rss version='2.0'><channel><title>Quay</title>{items}</channel></rss>")
    return path


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """A mailbox of two letters."""
    path = tmp_path / "letters.mbox"
    path.write_text(
        "\n\n".join(
            f"From ann@quay.example Mon Jan  5 10:00:00 2026\nFrom: Quay <ann@quay.example>\n"
            f"Message-ID: <{number}@quay.example>\nSubject: {title}\n\n{text}"
            for number, (title, text) in enumerate(STORIES.items())
        )
    )
    return path


@pytest.mark.parametrize("name", ["feed", "mailbox"])
def test_what_is_built_of_it_is_proven_by_it(
    name: str, run: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(name)
    built = run("build", path, "-o", tmp_path, "--name", "b", "--format", "json,markdown")
    assert built.exit_code == 0, built.output
    digest = json.loads((tmp_path / "b.json").read_text())
    assert digest["statistics"]["words_read"] > 50
    text = (tmp_path / "b.md").read_text()
    assert "4,200 passengers" in text
    assert "rotten" in text
    verified = run("verify", tmp_path / "b.json")
    assert verified.exit_code == 0, verified.output


def test_what_the_feed_does_not_hold_is_found_out(run: Run, feed: Path, tmp_path: Path) -> None:
    run("build", feed, "-o", tmp_path, "--name", "b", "--format", "json")
    feed.write_text(feed.read_text().replace("4,200", "4,300"))
    assert run("verify", tmp_path / "b.json").exit_code == 1


def test_split_names_each_entry_by_its_place_and_the_headline(run: Run, feed: Path) -> None:
    result = run("split", feed, "--format", "jsonl", "--omissions")
    first, second, headline = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["page"], first["title"]) == (f"{feed}#0", "Ferry line reopens")
    assert (second["page"], second["title"]) == (f"{feed}#1", "Pier closed until May")
    assert (headline["page"], headline["title"]) == (f"{feed}#2", "Episode 4")
    assert headline["text"] == ""


def test_a_list_of_feeds_is_no_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text(
        "<opml version='2.0'><body><outline xmlUrl='https://a.example/'/></body></opml>"
    )
    result = run("split", path)
    assert result.exit_code == 65
    assert "digest feeds import" in result.stderr
