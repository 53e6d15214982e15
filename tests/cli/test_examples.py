"""Every example in a `--help` can be typed as it stands."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from digest.cli import digest

INBOX = Path(__file__).parent.parent.parent / "examples" / "inbox"
CONFIG = """\
store = "store.sqlite"
follow = ["Danube"]
mute = ["horoscope"]

[[sources]]
location = "inbox"

[mail]
from = "digest@example.org"
to = ["me@example.org"]
deliver = "file"
folder = "mails"
"""
LIST = """<opml version="2.0"><body>
<outline type="rss" text="Ledger" xmlUrl="https://ledger.example.org/feed.xml"/>
</body></opml>"""
# What an example needs that no test has: the web, a relay, an editor, a browser, a cluster, ids of one's own.
NOT_HERE = (
    *("https://", "--smtp", "digest edit", "digest preview", "--engine", "news/*.parquet"),
    *("articles show", "explain 3f2a", "outbox drop", "outbox retry 12", "unsubscribe 7"),
)


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, f"{path} {name}")


EXAMPLES = sorted(
    {
        line.strip()
        for _, command in _commands(digest, "digest")
        for line in (command.epilog or "").splitlines()
        if line.startswith("  digest ")
    }
)


def _calls(example: str) -> list[list[str]]:
    """Return the words of each call of `digest` in a line for a shell, without where its output goes."""
    calls = re.split(r" (?:&&|\|) ", example)
    return [shlex.split(re.sub(r" >>? \S+$", "", call))[1:] for call in calls]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_options_of_an_example_are_there(example: str) -> None:
    """Each call is parsed to its end, through groups; nothing is done."""
    for words in _calls(example):
        command: click.Command = digest
        while isinstance(command, click.Group):
            split = next(at for at, word in enumerate(words) if not word.startswith("-"))
            command.make_context("digest", words[: split + 1])
            name, found, words = command.resolve_command(click.Context(command), words[split:])
            assert found is not None, name
            command = found
        command.make_context("digest", words)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user has it after two mornings."""
    folder = tmp_path_factory.mktemp("world")
    for name in ("pages", "inbox"):
        shutil.copytree(INBOX, folder / name)
    page = (INBOX / "03-clean.txt").read_text("utf-8")
    for name in ("article.txt", "page.txt", "one.txt", "two.txt"):
        (folder / name).write_text(page, "utf-8")
    (folder / "page.html").write_text(f"<article><h1>News</h1><p>{page}</p></article>", "utf-8")
    (folder / "pages" / "page.html").write_text("<h1>News</h1><p>It rained.</p>", "utf-8")
    (folder / "digest.toml").write_text(CONFIG)
    (folder / "subscriptions.opml").write_text(LIST)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for day in ("2026-11-20", "2026-11-21"):
            assert (
                CliRunner().invoke(digest, ["run", "--date", day, "--since", "2d"]).exit_code == 0
            )
        articles = CliRunner().invoke(digest, ["split", "pages", "--format", "jsonl"]).stdout
        for name in ("articles.jsonl", "today.jsonl"):
            (folder / name).write_text(articles, "utf-8")
        clusters = (
            CliRunner().invoke(digest, ["cluster", "today.jsonl", "--format", "jsonl"]).stdout
        )
        (folder / "yesterday-clusters.jsonl").write_text(clusters, "utf-8")
    return folder


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if not any(part in one for part in NOT_HERE)]
)
def test_an_example_does_what_it_says(
    example: str,
    world: Path,
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Among files of the names that it has, each call ends well."""
    here = tmp_path / "here"
    shutil.copytree(world, here)
    monkeypatch.chdir(here)
    if "init" in example:
        (here / "digest.toml").unlink()
    if "--templates" in example:
        (here / "my-templates").mkdir()
    if "morning" in example and "init" not in example:
        (here / "morning").mkdir()
        shutil.move(here / "digest.toml", here / "morning")
        shutil.copytree(INBOX, here / "morning" / "inbox")
    if "--remove" not in example:
        text = (here / "digest.toml").read_text() if (here / "digest.toml").exists() else ""
        if text:
            (here / "digest.toml").write_text(re.sub(r"(?m)^(follow|mute).*\n", "", text))
    said = None
    for words in _calls(example):
        given = [
            str(path)
            for word in words
            for path in (sorted(Path().glob(word)) if "*" in word else [word])
        ]
        done = run(*given, stdin=said)
        assert done.exit_code == 0, done.stderr
        said = done.stdout
