"""Addresses as sources of the commands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from fault_server import Server, answer

Run = Callable[..., Result]

STORY = """The ferry line between the two islands reopened on Monday after a storm had closed it for nine
days. The operator, Northline, said that 4,200 passengers had booked for the first day alone. Repairs to the
eastern pier cost about 3 million crowns, according to the harbour office. A second pier will stay closed
until spring, the office said. Fishermen had carried mail and medicine across the strait while the line was
shut. The council thanked them at a meeting in the town hall on Sunday, and gave each a lantern."""
PAGE = f"<html><title>Ferry line reopens</title><h1>Ferry line reopens</h1><p>{STORY}</p></html>".encode()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with a page, and a rule about another."""
    server = Server()
    server["/story"] = answer(PAGE, "Content-Type: text/html; charset=utf-8")
    server["/private"] = answer(PAGE, "Content-Type: text/html")
    server["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n")
    yield server
    server.close()


def test_a_page_is_built_and_proven_from_its_address(
    run: Run, server: Server, tmp_path: Path
) -> None:
    """`digest verify` fetches it anew, and one page that fails does not cost the others."""
    options = ["--allow-private", "--date", "2026-11-21", "-o", str(tmp_path), "--format", "json"]
    built = run("build", server.url("/story"), server.url("/private"), *options)
    assert built.exit_code == 10
    assert f"digest: {server.url('/private')}: its robots.txt forbids it" in built.stderr
    issue = tmp_path / "2026-11-21.json"
    proven = run("verify", issue, "--allow-private")
    assert proven.exit_code == 0
    assert "sentences stand word for word" in proven.stdout
    (section,) = json.loads(issue.read_text())["sections"]
    word = section["summary"][0]["text"].split()[-1].encode()
    server["/story"] = answer(PAGE.replace(word, b"otherwise."), "Content-Type: text/html")
    assert run("verify", issue, "--allow-private").exit_code == 1


def test_a_page_is_taken_apart_and_summarized_from_its_address(run: Run, server: Server) -> None:
    apart = run("split", server.url("/story"), "--allow-private", "--format", "jsonl")
    (article,) = [json.loads(line) for line in apart.stdout.splitlines()]
    assert article["title"] == "Ferry line reopens"
    assert article["page"] == server.url("/story")
    told = run("summarize", server.url("/story"), "--allow-private", "--length", "1")
    assert told.stdout.strip() in " ".join(STORY.split())


def test_no_password_is_written_anywhere(run: Run, server: Server, tmp_path: Path) -> None:
    """Neither into the briefing nor on the screen, whether the page is there or not."""
    options = ["--allow-private", "--date", "2026-11-21", "-o", str(tmp_path)]
    addresses = [server.url(path, "me:secret@127.0.0.1") for path in ("/story", "/private", "/no")]
    result = run("build", *addresses, *options, "--format", "markdown,html,json,text")
    assert result.exit_code == 10
    written = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert len(written) == 4
    assert not [text for text in [result.output, result.stderr, *written] if "secret" in text]


def test_lines_of_articles_are_fetched_like_any_page(run: Run, server: Server) -> None:
    """An address that ends in .jsonl is no file to be streamed."""
    line = json.dumps({"id": "1", "title": "Ferry line reopens", "text": STORY}).encode()
    server["/a.jsonl"] = answer(line, "Content-Type: application/jsonl")
    result = run("summarize", server.url("/a.jsonl"), "--allow-private", "--length", "1")
    assert result.exit_code == 0
    assert result.stdout.strip() in " ".join(STORY.split())
