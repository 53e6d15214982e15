"""The reference pages say what the code does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from digest.cli import COMMANDS

DOCS = Path(__file__).parent.parent / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "configuration.md", "library.md", "templates.md"])
def test_a_generated_page_is_current(name: str) -> None:
    """`python docs/generate.py` would change nothing."""
    assert (DOCS / name).read_text(encoding="utf-8") == _generator().PAGES[name]()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """A command says what it does and shows how it is called."""
    command = importlib.import_module(f"digest.cli.{name}").command
    assert command.help
    assert f"digest {name}" in command.epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    """No option is left to be guessed."""
    command = importlib.import_module(f"digest.cli.{name}").command
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
