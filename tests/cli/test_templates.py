"""`digest templates copy`: templates of one's own begin as the built-in ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from digest.models import Digest
from digest.renderers import THEMES
from digest.renderers.formats import HtmlRenderer

Run = Callable[..., Result]


@pytest.mark.parametrize("theme", THEMES)
def test_a_copy_makes_the_same_page(run: Run, tmp_path: Path, theme: str, issue: Digest) -> None:
    """Until it is changed, a folder of copies is the theme it was copied from."""
    assert run("templates", "copy", tmp_path / "mine", "--theme", theme).exit_code == 0
    copied = HtmlRenderer(templates=tmp_path / "mine")(issue)
    assert copied == HtmlRenderer(theme=theme)(issue)


def test_a_single_template_can_be_copied(run: Run, tmp_path: Path) -> None:
    """Its name is printed; the others stay built in."""
    result = run("templates", "copy", tmp_path, "digest.css", "--theme", "plain")
    assert result.stdout.split() == [str(tmp_path / "digest.css")]
    assert [path.name for path in tmp_path.iterdir()] == ["digest.css"]
    assert "#" not in (tmp_path / "digest.css").read_text(encoding="utf-8")


def test_no_template_is_written_over(run: Run, tmp_path: Path) -> None:
    """Nothing is copied where one of them is there already."""
    (tmp_path / "macros.html").write_text("mine")
    result = run("templates", "copy", tmp_path)
    assert result.exit_code == 2
    assert "macros.html exists already" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["macros.html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.html"], "no template 'gone.html': choose from archive.css, "),
        (["--theme", "../.."], "no theme '../..': choose from paper, plain"),
    ],
)
def test_what_does_not_exist_is_named(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """A template or a theme."""
    result = run("templates", "copy", tmp_path, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("key", ["theme", "language"])
def test_the_configuration_names_theme_and_language(run: Run, tmp_path: Path, key: str) -> None:
    """One that does not exist is refused before anything is read."""
    (tmp_path / "digest.toml").write_text(f'{key} = "x"\n')
    result = run("build", tmp_path / "gone.txt", "--config", tmp_path / "digest.toml")
    assert result.exit_code == 2
    assert key in result.stderr


@pytest.fixture
def issue() -> Digest:
    """An issue without articles, which shows the frame of a page."""
    from datetime import date

    return Digest("The daily digest", date(2026, 11, 21))
