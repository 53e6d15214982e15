"""Templates: found, overridden, escaped, and blamed by name and line."""

from pathlib import Path

import pytest

from digest.errors import ConfigError, RenderError
from digest.models import Digest
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer, TextRenderer
from digest.renderers.templates import BUILT_IN, fill


def test_html_templates_escape(tmp_path: Path) -> None:
    """Autoescape is on for *.html: `a<b` comes out as `a&lt;b`."""
    (tmp_path / "page.html").write_text("{{ text }}")
    assert fill("page.html", {"text": 'a<b "c"'}, templates=tmp_path) == "a&lt;b &#34;c&#34;"


def test_every_built_in_page_is_named_so_that_it_is_escaped() -> None:
    """A template with tags in it that autoescape would overlook is a hole."""
    folder = next(folder for folder in BUILT_IN if folder.is_dir())
    for path in folder.rglob("*.*"):
        if path.suffix not in (".html", ".xml"):
            assert "</" not in path.read_text(encoding="utf-8"), path


def test_a_folder_overrides_single_templates(digest: Digest, tmp_path: Path) -> None:
    """A file of one's own replaces the built-in one; the others stay."""
    (tmp_path / "digest.css").write_text("body { color: teal }")
    page = HtmlRenderer(templates=tmp_path)(digest)
    assert "teal" in page
    assert "<h1" in page


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("one\n{{ briefing.missing }}", "template digest.md, line 2: .*missing"),
        ("one\ntwo\n{{ missing }}", "template digest.md, line 3: 'missing' is undefined"),
        ("{% if %}", "template digest.md, line 1: "),
        ("\n{{ 1 / 0 }}", "template digest.md, line 2: division by zero"),
        ("\n{{ briefing.title + 1 }}", "template digest.md, line 2: "),
        ("\n\n{% include 'gone.md' %}", "template digest.md, line 3: .*gone.md|gone.md: not found"),
        ("{{ briefing.title|nofilter }}", "template digest.md, line 1: .*nofilter"),
    ],
)
def test_an_error_names_template_and_line(
    digest: Digest, tmp_path: Path, source: str, message: str
) -> None:
    """A template's author is told where to look, in one line."""
    (tmp_path / "digest.md").write_text(source)
    with pytest.raises(RenderError, match=message) as caught:
        MarkdownRenderer(templates=tmp_path)(digest)
    assert "\n" not in str(caught.value)


def test_a_template_in_another_encoding_is_named(digest: Digest, tmp_path: Path) -> None:
    """Templates are UTF-8."""
    (tmp_path / "digest.txt").write_bytes("é".encode("latin-1"))
    with pytest.raises(RenderError, match=r"digest\.txt.*UTF-8"):
        TextRenderer(templates=tmp_path)(digest)


def test_a_missing_folder_is_a_usage_error(digest: Digest, tmp_path: Path) -> None:
    """It is not taken for an empty one."""
    with pytest.raises(ConfigError, match="no such folder"):
        HtmlRenderer(templates=tmp_path / "gone")(digest)


def test_text_of_an_article_is_never_compiled(digest: Digest) -> None:
    """Braces in a title are text."""
    from dataclasses import replace

    page = HtmlRenderer()(replace(digest, title="{{ 7 * 7 }} {% raw %}"))
    assert "{{ 7 * 7 }} {% raw %}" in page


ATTACK = "{{ ''.__class__.__mro__[1].__subclasses__()|length }}"


@pytest.mark.parametrize("sandboxed", [True, False])
def test_templates_of_others_reach_nothing_in_the_sandbox(tmp_path: Path, sandboxed: bool) -> None:
    """Without it a template is trusted code."""
    from digest.renderers.templates import sandbox_templates

    (tmp_path / "x.txt").write_text(ATTACK)
    sandbox_templates(sandboxed)
    try:
        if sandboxed:
            with pytest.raises(RenderError, match="unsafe"):
                fill("x.txt", {}, templates=tmp_path)
        else:
            assert int(fill("x.txt", {}, templates=tmp_path)) > 100
    finally:
        sandbox_templates(False)
