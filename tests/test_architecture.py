"""The house keeps its shape: who may import whom, and what may not be loaded."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import digest

PACKAGE = Path(digest.__file__).parent
LEVELS = [
    {"errors", "incoming", "outgoing"},
    {"length"},
    {"models"},
    {"codec", "protocols", "text", "durability", "media"},
    {
        "fetch",
        "readers",
        "splitting",
        "deduplication",
        "clusterers",
        "editing",
        "summarizers",
        "renderers",
        "store",
        "verification",
        "workers",
    },
    {"collecting", "delivery", "sources"},
    {"pipeline", "editions"},
    {"config"},
    {"run", "subscriptions", "batch"},
    {"library"},
    {"cli"},
    {"__init__", "__main__"},
]
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}
STAGES = LEVELS[4]
MODULES = sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "digest":
                names = [f"digest.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("digest.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    """A module imports from its own part or from a lower level, and no stage imports another."""
    part = _part(path)
    for imported in _imports(path) & LEVEL.keys() - {part}:
        assert LEVEL[imported] < LEVEL[part], imported


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "editing").glob("*.py")), ids=lambda path: path.name
)
def test_an_editor_needs_values_and_text_alone(path: Path) -> None:
    """What ranks and lays out an issue looks nothing up, and renders nothing."""
    assert _imports(path) <= {"editing", "models", "length", "text", "errors", "outgoing"}


COMMANDS = [path for path in MODULES if _part(path) in ("cli", "run")]
IN_THIS_PROCESS = {
    "run/checking.py",  # hands the function to the process
}


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_commands_read_what_is_foreign_in_a_process_that_may_be_ended(path: Path) -> None:
    """By `Bounded` or by the workers of `run`, and no other way: no command has a reader of its own."""
    read_here = {"readers", "splitting"} & _imports(path)
    assert not read_here or path.relative_to(PACKAGE).as_posix() in IN_THIS_PROCESS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_part_has_a_level(path: Path) -> None:
    """A new part of the package is given its place in the table above."""
    assert _part(path) in LEVEL


def test_importing_digest_loads_nothing_heavy() -> None:
    """`import digest` and `digest --help` leave the heavy packages alone."""
    heavy = (
        *("numpy", "nltk", "sumy", "jinja2", "trafilatura", "lxml", "punkt", "rich"),
        *("pyarrow", "fsspec", "distributed", "fastwarc"),
    )
    script = (
        "import sys, digest, digest.cli\n"
        "from click.testing import CliRunner\n"
        "assert CliRunner().invoke(digest.cli.digest, ['--help']).exit_code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_all_names_every_public_name() -> None:
    """`digest.__all__` is sorted, and everything in it exists."""
    assert digest.__all__ == sorted(digest.__all__)
    assert all(hasattr(digest, name) for name in digest.__all__)
