"""The commands as other tools call them: shapes, streams and exit codes."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from digest import split
from digest.errors import ConfigError

Run = Callable[..., Result]

ARTICLE = """Ferry line reopens after storm

The ferry line between the two islands reopened on Monday after a storm had closed it for nine days.
The operator, Northline, said that 4,200 passengers had booked for the first day alone.

Repairs to the eastern pier cost about 3 million crowns, according to the harbour office. A second pier
will stay closed until spring, the office said.

Fishermen had carried mail and medicine across the strait while the line was shut. The council thanked
them at a meeting in the town hall on Sunday.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """One clean article."""
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_split_prints_a_line_an_article(run: Run, page: Path) -> None:
    """Every field that other tools rely on is there."""
    (line,) = lines(run("split", page, "--format", "jsonl"))
    assert line["page"] == str(page)
    assert line["title"] == "Ferry line reopens after storm"
    assert str(line["text"]).startswith("The ferry line between")
    assert line.keys() >= {"id", "url", "author", "published", "language", "headings"}


def test_split_prints_omissions_when_asked(run: Run, page: Path) -> None:
    """What was left out comes with its reason."""
    page.write_text("Share\n\n" + ARTICLE, encoding="utf-8")
    found = lines(run("split", page, "--format", "jsonl", "--omissions"))
    assert {"page", "omitted", "reason"} <= found[-1].keys()


def test_split_names_a_missing_file_and_does_the_others(
    run: Run, page: Path, tmp_path: Path
) -> None:
    """One missing file gives exit code 10, its name on stderr, and the rest on stdout."""
    result = run("split", page, tmp_path / "none.txt", "--format", "jsonl")
    assert result.exit_code == 10
    assert len(lines(result)) == 1
    assert "none.txt" in result.stderr


def test_split_of_nothing_usable_exits_65(run: Run, tmp_path: Path) -> None:
    """Where no source can be used, there is nothing on stdout."""
    result = run("split", tmp_path / "none.txt")
    assert result.exit_code == 65
    assert result.stdout == ""


def test_split_names_a_page_without_an_article(run: Run, page: Path, tmp_path: Path) -> None:
    """A page of navigation alone is named on stderr; the others go on, and alone it exits with 65."""
    menu = tmp_path / "menu.txt"
    menu.write_text("Home\n\nNews\n\nSport\n\nShare\n", encoding="utf-8")
    both = run("split", page, menu, "--format", "jsonl")
    assert both.exit_code == 10
    assert len(lines(both)) == 1
    assert "menu.txt: no article found" in both.stderr
    assert run("split", menu).exit_code == 65


def test_split_reads_pages_from_json_lines(run: Run, tmp_path: Path) -> None:
    """A page of a .jsonl is named by its id."""
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"id": "p1", "text": ARTICLE}) + "\n", encoding="utf-8")
    (line,) = lines(run("split", path, "--format", "jsonl"))
    assert line["page"] == "p1"


def test_split_explains_its_blocks(run: Run, page: Path) -> None:
    """Each block is printed with its class."""
    assert "paragraph" in run("split", page, "--explain").stdout


def test_summarize_prints_sentences_of_the_article(run: Run, page: Path) -> None:
    """Each line of the plain output stands in the page."""
    result = run("summarize", page, "--length", "2")
    sentences = result.stdout.splitlines()
    assert len(sentences) == 2
    assert all(sentence in " ".join(ARTICLE.split()) for sentence in sentences)


def test_summarize_reads_standard_input(run: Run) -> None:
    """A lone dash is standard input."""
    assert run("summarize", "-", "--length", "1", stdin=ARTICLE).stdout.strip()


@pytest.mark.parametrize("command", ["summarize", "split", "build"])
def test_an_address_inside_is_refused_without_the_flag(run: Run, command: str) -> None:
    """An address of one's own machine is refused, the message names the flag, and no password is shown."""
    result = run(command, "http://me:secret@127.0.0.1:9/story")
    assert result.exit_code == 65
    assert "--allow-private" in result.stderr
    assert "secret" not in result.output


def test_summarize_gives_a_line_a_record(run: Run, tmp_path: Path) -> None:
    """Offsets refer to the record's own text."""
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "x", "text": ARTICLE}) + "\n", encoding="utf-8")
    (line,) = lines(run("summarize", path, "--length", "30w", "--format", "jsonl"))
    assert line["id"] == "x"
    assert 0 < int(str(line["words"])) <= 30
    for sentence in line["sentences"]:  # type: ignore[attr-defined]
        assert ARTICLE[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["document"] == 0


def test_summarize_makes_one_summary_of_documents(run: Run, tmp_path: Path) -> None:
    """Each sentence names the document it stands in."""
    texts = [ARTICLE, ARTICLE.replace("Monday", "Tuesday").replace("4,200", "4,300")]
    path = tmp_path / "sets.jsonl"
    path.write_text(json.dumps({"id": "x", "documents": [{"text": t} for t in texts]}) + "\n")
    (line,) = lines(run("summarize", path, "--length", "60w", "--format", "jsonl"))
    for sentence in line["sentences"]:  # type: ignore[attr-defined]
        assert texts[sentence["document"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_broken_lines_are_named_by_number_and_the_others_done(run: Run, tmp_path: Path) -> None:
    """Exit code 10, and each bad line on stderr."""
    path = tmp_path / "articles.jsonl"
    good = json.dumps({"id": "x", "text": ARTICLE})
    path.write_text(f'{good}\n{{"id": \n{{"id": "y"}}\n{good}\n', encoding="utf-8")
    result = run("summarize", path, "--format", "jsonl")
    assert result.exit_code == 10
    assert len(lines(result)) == 2
    assert "line 2" in result.stderr
    assert "line 3" in result.stderr


def test_several_processes_give_the_same_lines(run: Run, tmp_path: Path) -> None:
    """The order and the content do not depend on `--jobs`."""
    path = tmp_path / "articles.jsonl"
    records = [{"id": str(n), "text": ARTICLE.replace("nine", f"{n + 2}")} for n in range(150)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    alone = run("summarize", path, "--format", "jsonl", "--length", "1")
    several = run("summarize", path, "--format", "jsonl", "--length", "1", "--jobs", "2")
    assert alone.stdout == several.stdout
    assert len(lines(alone)) == 150


def test_resume_skips_what_is_written_and_mends_a_torn_line(run: Run, tmp_path: Path) -> None:
    """After a crash in the middle of a line, the rest is done and nothing twice."""
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": ARTICLE}) + "\n" for n in range(3)))
    run("summarize", path, "--format", "jsonl", "-o", out)
    whole = out.read_text()
    first, second, _ = whole.splitlines(keepends=True)
    out.write_text(first + second[:20])
    run("summarize", path, "--format", "jsonl", "-o", out, "--resume")
    assert out.read_text() == whole


def test_resume_writes_a_line_again_that_lacks_only_its_end(run: Run, tmp_path: Path) -> None:
    """A crash between the last letter and the line break loses no record."""
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": ARTICLE}) + "\n" for n in range(2)))
    run("summarize", path, "--format", "jsonl", "-o", out)
    whole = out.read_text()
    out.write_text(whole.removesuffix("\n"))
    run("summarize", path, "--format", "jsonl", "-o", out, "--resume")
    assert out.read_text() == whole


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json", "jsonl"])
def test_every_format_of_a_summary_has_its_sentences(run: Run, page: Path, format_: str) -> None:
    """The first sentence is in each."""
    result = run("summarize", page, "--length", "1", "--format", format_)
    assert "ferry line" in result.stdout


@pytest.mark.parametrize("length", ["0", "-1", "x", "0%", "5z", ""])
def test_a_wrong_length_is_a_usage_error(run: Run, page: Path, length: str) -> None:
    """The error says which lengths there are."""
    result = run("summarize", page, f"--length={length}")
    assert result.exit_code == 2
    assert "60w" in result.stderr


def test_cluster_gives_every_article_a_topic_and_a_story(run: Run, tmp_path: Path) -> None:
    """Each line has the id, topic, story and label."""
    path = tmp_path / "articles.jsonl"
    path.write_text(
        "".join(json.dumps({"id": n, "title": f"Title {n}", "text": ARTICLE}) + "\n" for n in "ab")
    )
    found = lines(run("cluster", path, "--format", "jsonl"))
    assert [line["id"] for line in found] == ["a", "b"]
    assert all(line.keys() >= {"topic", "story", "label"} for line in found)
    assert found[0]["story"] == found[1]["story"]


def test_build_writes_the_briefing_and_prints_its_files(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    """Three files with the date for a name, and their paths on stdout."""
    result = run("build", inbox, "-o", tmp_path, "--date", "2026-11-21")
    assert result.exit_code == 0
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["2026-11-21.md", "2026-11-21.html", "2026-11-21.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_build_goes_on_without_the_bad_sources(run: Run, page: Path, tmp_path: Path) -> None:
    """Empty, binary and missing sources are named on stderr and in the briefing."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = run(
        "build", page, tmp_path / "empty.txt", tmp_path / "image.txt", tmp_path / "none.txt",
        "-o", tmp_path / "out", "--date", "2026-11-21",
    )  # fmt: skip
    assert result.exit_code == 10
    briefing = json.loads((tmp_path / "out" / "2026-11-21.json").read_text())
    failed = [one["page"] for one in briefing["omissions"] if one["reason"] == "failed source"]
    assert sorted(Path(one).name for one in failed) == ["empty.txt", "image.txt", "none.txt"]
    assert all(name in result.stderr for name in ("empty.txt", "image.txt", "none.txt"))


def test_build_of_nothing_usable_writes_nothing(run: Run, tmp_path: Path) -> None:
    """Exit code 65, and no file."""
    result = run("build", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert result.exit_code == 65
    assert not (tmp_path / "out").exists()


def test_build_pins_the_topics_of_the_configuration(run: Run, page: Path, tmp_path: Path) -> None:
    """A pinned topic keeps its name."""
    config = tmp_path / "digest.toml"
    config.write_text('[[topics]]\nname = "At sea"\nkeywords = ["ferry"]\n')
    run("build", page, "-o", tmp_path, "--config", config, "--date", "2026-11-21")
    briefing = json.loads((tmp_path / "2026-11-21.json").read_text())
    assert [section["label"] for section in briefing["sections"]] == ["At sea"]


def test_build_uses_a_template_of_ones_own(run: Run, page: Path, tmp_path: Path) -> None:
    """A file of the same name in --templates wins."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "digest.md").write_text("Mine: {{ briefing.title }}\n")
    run(
        "build", page, "-o", tmp_path, "--templates", tmp_path / "mine", "--format", "markdown",
        "--name", "issue",
    )  # fmt: skip
    assert (tmp_path / "issue.md").read_text().startswith("Mine: The daily digest")


def test_a_template_with_an_error_is_named_with_its_line(
    run: Run, page: Path, tmp_path: Path
) -> None:
    """Exit code 2, the template and the line; no file is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "digest.md").write_text("one\n{{ nothing.here }}\n")
    result = run("build", page, "-o", tmp_path / "out", "--templates", tmp_path / "mine")
    assert result.exit_code == 2
    assert "digest.md" in result.stderr
    assert "2" in result.stderr
    assert not (tmp_path / "out").exists()


def test_verify_passes_what_build_wrote_and_finds_a_changed_letter(
    run: Run, page: Path, tmp_path: Path
) -> None:
    """Exit code 0, and 1 with the sentence named after one letter was changed."""
    run("build", page, "-o", tmp_path, "--date", "2026-11-21")
    issue = tmp_path / "2026-11-21.json"
    assert run("verify", issue).exit_code == 0
    briefing = json.loads(issue.read_text())
    sentence = briefing["sections"][0]["summary"][0]
    sentence["text"] = sentence["text"].replace("e", "a", 1)
    issue.write_text(json.dumps(briefing))
    result = run("verify", issue)
    assert result.exit_code == 1
    assert sentence["text"][:20] in result.stderr


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"schema": "other/1"}'])
def test_verify_refuses_what_is_not_a_briefing(run: Run, tmp_path: Path, content: str) -> None:
    """One line and exit code 2, whatever the file holds."""
    path = tmp_path / "issue.json"
    path.write_text(content)
    result = run("verify", path)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_unknown_option_is_a_usage_error(run: Run) -> None:
    """Exit code 2."""
    assert run("build", "--nonsense").exit_code == 2


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_explain_shows_every_sentence(run: Run, page: Path, format_: str) -> None:
    """The chosen and the others, with their ranks."""
    result = run("explain", page, "--format", format_)
    assert result.exit_code == 0
    assert "Repairs to the eastern pier" in result.stdout
    assert "A second pier" in result.stdout


def test_explain_tells_why_two_articles_are_together(run: Run, page: Path, tmp_path: Path) -> None:
    """A copy with another day is one story with the first, and the shared names are told."""
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("Monday", "Tuesday"), encoding="utf-8")
    result = run("explain", page, other)
    assert "one story" in result.stdout
    assert "northline" in result.stdout.lower()


def test_explain_finds_the_articles_of_an_issue(run: Run, page: Path, tmp_path: Path) -> None:
    """The beginning of an id is enough; an unknown one is refused with those there are."""
    run("build", page, "-o", tmp_path, "--name", "issue")
    issue = tmp_path / "issue.json"
    id_ = json.loads(issue.read_text())["articles"][0]["id"]
    assert run("explain", id_[:6], "--issue", issue).exit_code == 0
    refused = run("explain", "zzz", "--issue", issue)
    assert refused.exit_code == 2
    assert id_ in refused.stderr


def test_cluster_keeps_the_ids_of_an_earlier_run(run: Run, tmp_path: Path) -> None:
    """A story that grew keeps its id, whatever its most central article is now."""
    later = "The harbour office said on Friday that the ferry line would add a second ship. "
    records = [
        {"id": n, "title": "Ferry line reopens", "text": ARTICLE + later * k}
        for k, n in enumerate("ab")
    ]
    today = tmp_path / "today.jsonl"
    today.write_text("".join(json.dumps(record) + "\n" for record in records))
    earlier = tmp_path / "earlier.jsonl"
    earlier.write_text(json.dumps({"id": "b", "topic": "t1", "story": "s1", "label": "x"}) + "\n")
    found = lines(run("cluster", today, "--previous", earlier, "--format", "jsonl"))
    assert [(line["topic"], line["story"]) for line in found] == [("t1", "s1")] * 2


def test_cluster_refuses_another_file_as_the_earlier_run(run: Run, tmp_path: Path) -> None:
    """One line that says what the file should be."""
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n")
    result = run("cluster", path, "--previous", path)
    assert result.exit_code == 2
    assert "digest cluster" in result.stderr


def test_suggested_topics_can_be_pinned(run: Run, inbox: Path, tmp_path: Path) -> None:
    """What `topics suggest` prints is a configuration that `build` takes."""
    result = run("topics", "suggest", inbox)
    config = tmp_path / "digest.toml"
    config.write_text(result.stdout)
    assert "[[topics]]" in result.stdout
    assert run("build", inbox, "-o", tmp_path, "--config", config).exit_code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_one_line_and_73(page: Path) -> None:
    """What cannot be printed is no bug of ours."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "digest", "summarize", str(page)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 73
    assert done.stderr == "digest: standard output: no space left on device; make room\n"


@pytest.mark.parametrize("name", ["", ".", "..", " ", "-", "/"])
def test_a_name_that_no_file_can_have_is_refused(run: Run, inbox: Path, name: str) -> None:
    """Rather than another one taken for it."""
    result = run("build", inbox, "--name", name)
    assert result.exit_code == 2
    assert "no file can be called so" in result.stderr


@pytest.mark.parametrize("name", ["p.txt", "pages/p.html", "no-such-file.md"])
def test_the_library_does_not_take_the_name_of_a_file_for_its_text(name: str) -> None:
    """A path is a `Path`."""
    with pytest.raises(ConfigError, match=r"Path\(...\)"):
        split(name)


def test_topics_are_suggested_from_issues_as_from_their_articles(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    """The pages of an issue are made of it: they are not read again as if they were news."""
    run("build", inbox, "-o", tmp_path / "out", "--date", "2026-11-21")
    (tmp_path / "out/other.json").write_text("{}", encoding="utf-8")
    names = [
        {line for line in run("topics", "suggest", place).stdout.splitlines() if "name = " in line}
        for place in (inbox, tmp_path / "out", tmp_path / "out/2026-11-21.json")
    ]
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize(
    "command", [("doctor", "--offline"), ("feeds", "list"), ("outbox", "list")]
)
def test_a_place_that_cannot_be_looked_at_is_named(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """A store whose name is longer than any file's ended in a traceback."""
    (tmp_path / "digest.toml").write_text(f'store = "{"y" * 5000}"\n')
    done = subprocess.run(
        [sys.executable, "-m", "digest", *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "file name too long" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="closed by the shell")
def test_a_closed_stderr_stops_nothing(page: Path, tmp_path: Path) -> None:
    """A job whose messages nobody reads ended without an issue."""
    digest = f"{shlex.quote(sys.executable)} -m digest"
    made = f"{digest} build {shlex.quote(str(page))} -o {shlex.quote(str(tmp_path / 'out'))} 2>&-"
    assert subprocess.run(["sh", "-c", made], check=False).returncode == 0


def test_no_limit_is_too_large(run: Run, tmp_path: Path) -> None:
    """SQLite has no such number."""
    (tmp_path / "digest.toml").write_text('store = "store.sqlite"\n')
    place = ("--config", tmp_path / "digest.toml")
    assert run("run", *place).exit_code != 1
    assert run("articles", "list", *place, "--limit", "9" * 20).exit_code == 0
