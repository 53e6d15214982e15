"""The library takes what a caller means, names what it cannot take, and exports all that it gives."""

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import digest
from digest import Article, ConfigError, Digest, Sentence, Summary

TEXT = "The ferry between Harrow and Dale runs again after six weeks. Two hundred people took it."
DAY = date(2026, 11, 21)
ISSUE = Digest("The morning", DAY)
FUNCTIONS = [
    name
    for name in digest.__all__
    if inspect.isfunction(getattr(digest, name)) and name[0].islower()
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(f"Ferry runs\n\n{TEXT}")
    return path


@pytest.mark.parametrize("kind", [str, Path])
def test_a_lone_source_is_one_source(page: Path, kind: Callable[[Path], str | Path]) -> None:
    """Not the characters of its name."""
    issue = digest.build_digest(kind(page), date=DAY)
    assert [article.title for article in issue.articles] == ["Ferry runs"]
    assert issue == digest.build_digest([page], date=DAY)


def test_an_issue_is_of_today_where_nobody_says(page: Path) -> None:
    """As that of the command."""
    before = date.today()
    assert before <= digest.build_digest(page).date <= date.today()


@pytest.mark.parametrize("function", [digest.split, digest.summarize])
def test_the_name_of_a_file_is_no_text(
    page: Path, function: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the file is there, or only named as pages are."""
    monkeypatch.chdir(page.parent)
    page.rename("morning paper")
    for name in ("gone.html", "pages/gone.txt", "morning paper"):
        with pytest.raises(ConfigError, match=r"Path\(\.\.\.\)"):
            function(name)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: digest.split(5), "page"),  # type: ignore[arg-type]
        (lambda: digest.summarize(None), "text"),  # type: ignore[arg-type]
        (lambda: digest.summarize([TEXT]), "text"),  # type: ignore[list-item]
        (lambda: digest.summarize(TEXT, length=2.5), "length"),  # type: ignore[arg-type]
        (lambda: digest.summarize(TEXT, length=True), "length"),
        (lambda: digest.summarize(TEXT, algorithm=3), "algorithm"),  # type: ignore[arg-type]
        (lambda: digest.summarize(TEXT, language=b"en"), "language"),  # type: ignore[arg-type]
        (lambda: digest.summarize(TEXT, guard="no"), "guard"),  # type: ignore[arg-type]
        (lambda: digest.cluster(TEXT), "articles"),  # type: ignore[arg-type]
        (lambda: digest.cluster(7), "articles"),  # type: ignore[arg-type]
        (lambda: digest.build_digest(7), "sources"),  # type: ignore[arg-type]
        (lambda: digest.build_digest([7]), "sources"),  # type: ignore[list-item]
        (lambda: digest.build_digest([], date="2026-11-21"), "date"),  # type: ignore[arg-type]
        (lambda: digest.build_digest([], date=datetime(2026, 11, 21)), "date"),
        (lambda: digest.build_digest([], config={}), "config"),  # type: ignore[arg-type]
        (lambda: digest.render("x"), "digest"),  # type: ignore[arg-type]
        (lambda: digest.render(ISSUE, 3), "format"),  # type: ignore[arg-type]
        (lambda: digest.render(ISSUE, templates=3), "templates"),  # type: ignore[arg-type]
        (lambda: digest.write(ISSUE, None), "folder"),  # type: ignore[arg-type]
        (lambda: digest.write(ISSUE, "x", formats=3), "formats"),  # type: ignore[arg-type]
        (lambda: digest.verify(None), "digest"),  # type: ignore[arg-type]
        (lambda: digest.load_digest(3), "path"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_another_type_is_named(call: Callable[[], object], argument: str) -> None:
    """As Python's own functions name it."""
    with pytest.raises(TypeError, match=f"^{argument} must be "):
        call()


@pytest.mark.parametrize("name", ["markdown", "html", "json", "text"])
def test_what_is_written_is_what_is_rendered(name: str, tmp_path: Path) -> None:
    """Under the day, or the name that is given."""
    (file,) = digest.write(ISSUE, tmp_path / "out", formats=name)
    assert file.stem == "2026-11-21"
    assert file.read_text(encoding="utf-8") == digest.render(ISSUE, name)
    assert digest.write(ISSUE, tmp_path, formats=[name], name="x")[0].stem == "x"


@pytest.mark.parametrize("given", [{"format": "pdf"}, {"theme": "x"}, {"language": "xx"}])
def test_a_look_that_does_not_exist_is_refused(given: dict[str, str]) -> None:
    """With what there is."""
    with pytest.raises(ConfigError, match="choose from"):
        digest.render(ISSUE, **{"format": "html", **given})


def test_a_summary_is_read_as_one_text() -> None:
    """Its sentences with a space between them, in a notebook one a line, harmless as HTML."""
    summary = Summary((Sentence("a", 0, 0, 7, "A < B."), Sentence("a", 1, 8, 12, "So.")), "lead")
    assert summary.text == "A < B. So."
    assert summary._repr_html_() == "<p>A &lt; B.</p><p>So.</p>"


def test_a_digest_shows_itself_in_a_notebook() -> None:
    """As text, and as the page in a frame from which nothing comes out."""
    assert ISSUE._repr_markdown_() == digest.render(ISSUE, "markdown")
    shown = ISSUE._repr_html_()
    assert shown.startswith("<iframe sandbox srcdoc=")
    assert shown.count("<") == 2


def _named(hint: Any) -> set[type]:
    """Return the types of ours that stand in an annotation."""
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        return {hint} if hint.__module__.startswith("digest") else set()
    return {one for inner in typing.get_args(hint) for one in _named(inner)}


def test_what_is_given_back_is_exported() -> None:
    """The values that functions take and return, and those within them."""
    found = {one for name in FUNCTIONS if "table" not in name
             for hint in _hints(getattr(digest, name)).values() for one in _named(hint)}  # fmt: skip
    todo = list(found)
    while todo:
        kind = todo.pop()
        if dataclasses.is_dataclass(kind):
            inner = {one for hint in _hints(kind).values() for one in _named(hint)} - found
            found |= inner
            todo += inner
    assert Article in found
    assert {one.__name__ for one in found} <= set(digest.__all__)


def _hints(thing: Any) -> dict[str, Any]:
    return typing.get_type_hints(thing, {name: getattr(digest, name) for name in digest.__all__})


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_raised_is_exported(name: str) -> None:
    """Every error that a docstring names."""
    raised = re.findall(r"\b[A-Z]\w+Error\b", getattr(digest, name).__doc__)
    assert set(raised) <= {*digest.__all__, "TypeError"}
