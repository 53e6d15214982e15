"""What the product promises, on the example pages and on arbitrary text: verbatim, once, deterministic."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import cluster, split, summarize

ROOT = Path(__file__).parent.parent
INBOX = ROOT / "examples" / "inbox"
SAMPLE = ROOT / "out" / "sample"
FORMATS = "markdown,html,json,text"


def build(sources: list[Path], folder: Path, *, seed: str = "0") -> dict[str, bytes]:
    """Build in a process of its own, and return the files that it wrote."""
    command = [sys.executable, "-m", "digest", "build", *map(str, sources), "-o", str(folder)]
    subprocess.run(
        [*command, "--date", "2026-11-21", "--name", "briefing", "--format", FORMATS],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The briefing of the example pages, built as `make sample` builds it."""
    return build([Path("examples/inbox")], tmp_path_factory.mktemp("briefing"))


@pytest.fixture(scope="module")
def briefing(files: dict[str, bytes]) -> dict[str, Any]:
    """Its JSON."""
    content: dict[str, Any] = json.loads(files["briefing.json"])
    return content


def sentences(briefing: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for section in briefing["sections"]:
        found += section["summary"]
        for story in section["stories"]:
            found += story["summary"]
    return found


def test_the_same_input_gives_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    """Neither the order of the sources nor the seed of the hashes matters."""
    pages = sorted(
        Path("examples/inbox").iterdir() if Path("examples").exists() else INBOX.iterdir()
    )
    relative = [Path("examples/inbox") / page.name for page in pages]
    assert build(relative[::-1], tmp_path, seed="7") == files


@pytest.mark.parametrize("name", ["briefing.md", "briefing.html", "briefing.json"])
def test_the_committed_sample_is_what_the_program_makes(files: dict[str, bytes], name: str) -> None:
    """`make sample` would change nothing."""
    assert (SAMPLE / name).read_bytes() == files[name]


def test_every_sentence_stands_at_its_place(briefing: dict[str, Any]) -> None:
    """The offsets of each sentence lead to it in the text of its article."""
    texts = {article["id"]: article["text"] for article in briefing["articles"]}
    assert sentences(briefing)
    for one in sentences(briefing):
        assert texts[one["article"]][one["start"] : one["end"]] == one["text"]


def test_no_sentence_is_told_twice(briefing: dict[str, Any]) -> None:
    """Neither in one summary nor in two."""
    texts = [one["text"] for one in sentences(briefing)]
    assert len(texts) == len(set(texts))


def test_every_article_is_in_exactly_one_place(briefing: dict[str, Any]) -> None:
    """In a story of a section, in brief or also read; and no other is."""
    places = [
        id_
        for section in briefing["sections"]
        for story in section["stories"]
        for id_ in story["articles"]
    ]
    places += [*briefing["in_brief"], *briefing["also_read"]]
    assert sorted(places) == sorted(article["id"] for article in briefing["articles"])


def test_a_heading_is_a_headline_or_the_label(briefing: dict[str, Any]) -> None:
    """Word for word: no heading is made up."""
    titles = {article["title"] for article in briefing["articles"]}
    for section in briefing["sections"]:
        assert section["heading"] in titles | {section["label"]}


def test_headings_are_never_key_sentences(briefing: dict[str, Any]) -> None:
    """A section heading stays a heading."""
    headings = {heading for article in briefing["articles"] for heading in article["headings"]}
    assert headings
    assert not headings & {one["text"] for one in sentences(briefing)}


def test_the_three_topics_of_the_example_pages_are_found(briefing: dict[str, Any]) -> None:
    """Each article lies in the topic that a reader would file it under."""
    labels = [section["label"] for section in briefing["sections"]]
    assert len(labels) == 3
    for name in ("Alibaba", "FTX", "Palantir"):
        assert sum(name in label for label in labels) == 1, labels


def test_teasers_are_in_brief_and_stubs_are_left_out(briefing: dict[str, Any]) -> None:
    """The two teasers with enough text, and not the third."""
    titles = {article["id"]: article["title"] for article in briefing["articles"]}
    in_brief = [titles[id_] for id_ in briefing["in_brief"]]
    assert any("Ferries" in title for title in in_brief)
    assert any("flood fund" in title for title in in_brief)
    stubs = [one["what"] for one in briefing["omissions"] if one["reason"] == "stub"]
    assert any("Copper" in what for what in stubs)


def test_the_wire_copy_is_a_copy(briefing: dict[str, Any]) -> None:
    """The article that came twice is shown once, and names the other place."""
    copies = [copy for article in briefing["articles"] for copy in article["copies"]]
    assert any(copy["page"].endswith("07-wire.txt") for copy in copies)


words = st.sampled_from(
    "the ferry harbour Monday said 12 € “No.” — pier… Dr. U.S. #1 ## * | < & 漢字 مرحبا".split()
)
lines = st.lists(words, max_size=30).map(" ".join)
pages = st.lists(st.one_of(lines, st.text(max_size=80)), max_size=20).map("\n\n".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(pages)
def test_whatever_the_page_summaries_are_slices_of_its_articles(page: str) -> None:
    """Any text at all can be split, clustered and summarized, and stays word for word."""
    from digest import DigestError

    try:
        articles = split(page).articles
    except DigestError:
        return
    assert sum(len(topic.articles) for topic in cluster(articles)) == len(articles)
    for article in articles:
        for sentence in summarize(article, length=2).sentences:
            assert article.text[sentence.start : sentence.end] == sentence.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(pages, st.integers(1, 40))
def test_a_length_in_words_is_a_ceiling(text: str, limit: int) -> None:
    """Never more words than asked for, unless the shortest usable sentence is longer, and then it is said."""
    summary = summarize(text, length=f"{limit}w")
    assert summary.words <= limit or (len(summary.sentences) == 1 and summary.note)
    assert summary.sentences or summary.note
