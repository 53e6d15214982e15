"""The reference pages say what the code does."""

import doctest
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from digest.cli import COMMANDS, load_command
from digest.config import load_config

DOCS = Path(__file__).parent.parent / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_pages_are_current(tmp_path: Path) -> None:
    """`python docs/generate.py` would change nothing."""
    # In a process of its own: click keeps the help option of a command that was once called without its group.
    subprocess.run([sys.executable, DOCS / "generate.py", tmp_path], check=True)
    pages = sorted(tmp_path.iterdir())
    assert len(pages) == 4
    for page in pages:
        assert (DOCS / page.name).read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_the_example_of_the_configuration_is_one(tmp_path: Path) -> None:
    """It is read without a complaint."""
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    (tmp_path / "digest.toml").write_text(text, encoding="utf-8")
    assert load_config(tmp_path / "digest.toml").follow == ("Danube",)


def test_the_five_lines_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a page and a folder of pages."""
    inbox = DOCS.parent / "examples" / "inbox"
    (tmp_path / "pages").symlink_to(inbox)
    (tmp_path / "page.html").write_bytes((inbox / "04-article.html").read_bytes())
    monkeypatch.chdir(tmp_path)
    page = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    exec(compile(code, "README.md", "exec"), {})


IN_CHECKOUT = (DOCS.parent / "CONTRIBUTING.md").exists()
PAGES = [
    page
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "benchmarks/**/*.md")
    for page in sorted(DOCS.parent.glob(pattern))
]


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and MkDocs make them."""
    text = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    headings = (
        re.sub(r"[^\w\- ]", "", line).lower() for line in re.findall(r"(?m)^#+ (.+)$", text)
    )
    return {heading.strip().replace(" ", "-") for heading in headings}


@pytest.mark.skipif(not IN_CHECKOUT, reason="not all pages are here")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS.parent)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """To a file of the project, and where it names a heading, to that."""
    text = re.sub(r"(?ms)^```.*?^```|^    .*?$|`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        name, _, anchor = target.partition("#")
        if ":" in name:
            continue
        there = page.parent / name if name else page
        assert there.exists(), target
        assert not anchor or anchor in _anchors(there), target


@pytest.mark.skipif(not IN_CHECKOUT, reason="not all pages are here")
@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_what_a_page_names_is_there(page: str) -> None:
    """Each path, and each name in it: a map must not show houses that are gone."""
    root = DOCS.parent
    text = (root / page).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:digest|tests|benchmarks|docs)/[\w./-]+)`", text):
        assert (root / path).exists(), path
    for name, path in re.findall(r"`(\w+)`(?: \([^()]*\))? in\s`(digest/[\w./]+\.py)`", text):
        assert re.search(rf"(?m)^(?:def |class )?{name}\b", (root / path).read_text("utf-8")), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """A command says what it does and shows how it is called."""
    command = load_command(name)
    assert command.help
    assert f"digest {name}" in command.epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    """No option is left to be guessed."""
    command = load_command(name)
    options = [one for one in command.params if one.param_type_name == "option"]
    assert [one.name for one in options if not one.help] == []


def test_every_field_that_a_template_sees_is_described() -> None:
    """No cell of the reference is empty."""
    rows = [row for row in _generator().templates_page().splitlines() if row.startswith("| `")]
    assert len(rows) > 80
    assert [row for row in rows if row.split(" | ")[-1].strip("| ") == ""] == []


def test_every_built_in_template_has_its_purpose() -> None:
    """The list of files says what each is for."""
    assert "see the file." not in _generator().templates_page()


def test_the_examples_of_the_library_give_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As doctests, one after the other, beside the example pages."""
    for name in ("examples", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "examples" / "inbox").symlink_to(DOCS.parent / "examples" / "inbox")
    (tmp_path / "out" / "sample").symlink_to(DOCS.parent / "out" / "sample")
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "library.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```pycon\n(.*?)```", page, re.S))
    found = doctest.DocTestParser().get_doctest(code, {}, "library.md", None, None)
    assert len(found.examples) > 15
    said: list[str] = []
    assert doctest.DocTestRunner().run(found, out=said.append).failed == 0, "".join(said)
