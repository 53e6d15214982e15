"""The documentation: its commands run as they are written, its links lead somewhere, and nothing is fetched."""

import datetime
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
DAY = "2026-11-21"
in_the_project = pytest.mark.skipif(
    not (ROOT / "digest").is_dir(), reason="no digest/ beside the tests"
)
_TOKEN = re.compile(r"\.[0-9a-f]{8}\.")
"""What makes the name of a mail's file unique: it is of the store."""

# What the tutorial calls and a test must not: an installer, and the user's crontab.
_STAND_INS = {
    "pipx": 'test "$*" = "install digest-briefing"',
    "crontab": 'if [ "$1" = -l ]; then exit 1; else cat > "$HOME/crontab"; fi',
    "digest": f'exec {sys.executable} -m digest "$@"',
}


def _steps(page: Path) -> list[tuple[str, str]]:
    """Return the commands of a page, each with what it prints."""
    blocks = re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.M)[1:]]
    found = []
    for step in steps:
        end = re.search(r"<<'END'\n.*?^END\n", step, re.M | re.S)
        stop = end.end() if end else step.index("\n") + 1
        found.append((step[:stop], step[stop:].strip()))
    return found


def _said(text: str) -> str:
    """Return what a command printed, on the day of the documentation."""
    return _TOKEN.sub(".", text.replace(datetime.date.today().isoformat(), DAY)).strip()


def _followed(page: Path, folder: Path) -> None:
    """Type every command of a page in one shell after the other, and compare what it prints."""
    programs = folder / "programs"
    programs.mkdir()
    for name, script in _STAND_INS.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "TZ": "UTC",
    }
    here = folder / "here"
    shutil.copytree(ROOT / "examples" / "inbox", here / "inbox")
    for command, wanted in _steps(page):
        if command.startswith("cd "):
            here = here / command[3:].strip()
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=here,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, command + done.stderr
        assert _said(done.stdout) == _TOKEN.sub(".", wanted), command


@pytest.mark.parametrize(
    "name", ["tutorial.md", "howto/templates.md", "howto/language.md"], ids=lambda one: one
)
def test_the_commands_of_a_page_do_what_it_says(name: str, tmp_path: Path) -> None:
    """Each is executed as it is written, in a folder that was empty but for pages to read."""
    assert len(_steps(DOCS / name)) > 2
    _followed(DOCS / name, tmp_path)


def test_what_the_readme_shows_is_what_a_command_prints(tmp_path: Path) -> None:
    """Each call that is shown with its output, typed in a folder that has the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    page = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"^## A first issue\n(.*?)^## ", page, re.M | re.S)
    assert block is not None
    shown = re.findall(r"^    (.*)$", block[1], re.M)
    calls = re.split(r"^\$ digest ", "\n".join(shown), flags=re.M)[1:]
    assert len(calls) == 3
    for call in calls:
        command, _, printed = call.partition("\n")
        done = subprocess.run(
            [sys.executable, "-m", "digest", *command.split()],
            cwd=tmp_path,
            env={
                **os.environ,
                "XDG_DATA_HOME": str(tmp_path / "data"),
                "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout.strip()) == (0, printed.strip()), command


@in_the_project
@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_of_a_page_beside_the_package_leads_to_a_file(name: str) -> None:
    """The site's own links are looked at where it is built."""
    links = re.findall(r"\]\(([^)#:\s]+)\)", (ROOT / name).read_text("utf-8"))
    assert len(links) > 3
    assert [link for link in links if not (ROOT / link).exists()] == []


@in_the_project
@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_a_guide_names_is_there(name: str) -> None:
    """Files and folders of the package, in backticks."""
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"`((?:digest|tests|templates|examples|benchmarks)/[\w./-]*)`", text)
    assert len(named) > 3
    assert [path for path in named if not (ROOT / path).exists()] == []


@in_the_project
def test_the_architecture_names_every_part() -> None:
    """A package or module that is new has a row."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    parts = {path.stem for path in (ROOT / "digest").iterdir() if path.stem[0] not in "_."}
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    assert {part for part in parts if f"`{part}`" not in rows} <= {"py"}


def test_the_algorithm_of_the_how_to_makes_a_proven_issue(tmp_path: Path) -> None:
    """The script runs as it stands."""
    page = (DOCS / "howto/algorithm.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    script = tmp_path / "longest.py"
    script.write_text(code, "utf-8")
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, script, ROOT / "examples/gallery/paper/pages"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert done.returncode == 0, done.stderr
    assert "bridge" in done.stdout


@pytest.mark.parametrize("name", ["howto/team.md"])
def test_a_configuration_of_a_page_is_one(name: str, tmp_path: Path) -> None:
    """It is read without a complaint."""
    from digest import load_config

    (text,) = re.findall(r"^```toml\n(.*?)^```", (DOCS / name).read_text("utf-8"), re.M | re.S)
    file = tmp_path / "digest.toml"
    file.write_text(text, "utf-8")
    (tmp_path / "team.txt").write_text("me@example.org\n")
    assert load_config(file).hold


def test_the_configuration_of_notices_is_one() -> None:
    """It is read without a complaint."""
    import tomllib

    from digest.config import parse_config

    text = (DOCS / "howto/notices.md").read_text("utf-8")
    (table,) = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
    names = [one.name for one in parse_config(tomllib.loads(table)).notices]
    assert names == ["phone", "board"]


@pytest.mark.parametrize("name", ["paper", "researcher", "team"])
def test_an_example_of_the_gallery_is_proven(name: str) -> None:
    """Each has a story that several outlets tell, and every sentence of it stands in its source."""
    from digest import build_digest, load_config, verify

    folder = ROOT / "examples" / "gallery" / name
    config = load_config(folder / "digest.toml")
    issue = build_digest([folder / "pages"], date=datetime.date(2026, 11, 21), config=config)
    assert len(issue.sections[0].topic.articles) == 3
    assert verify(issue) == []


def test_the_pictures_of_the_gallery_are_all_there_and_small() -> None:
    """Each example, each theme, light and dark."""
    from digest.config import THEMES

    names = {path.parent.name for path in (ROOT / "examples/gallery").glob("*/digest.toml")}
    wanted = {
        f"{name}-{theme}-{look}.png"
        for name in names
        for theme in THEMES
        for look in ("light", "dark")
    }
    pictures = list((DOCS / "gallery").iterdir())
    assert {path.name for path in pictures} == wanted
    assert max(path.stat().st_size for path in pictures) < 150_000


def test_every_command_has_a_man_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its options, and nothing that roff would take for a request."""
    from digest.cli import COMMANDS

    monkeypatch.syspath_prepend(DOCS)
    pages = import_module("man").pages()
    assert {"digest.1", *(f"digest-{name}.1" for name in COMMANDS)} <= set(pages)
    assert "digest-feeds-add.1" in pages
    known = {"TH", "SH", "TP", "PP", "B", "nf", "fi"}
    for page in pages.values():
        requests = re.findall(r"^[.'](\w*)", page, re.M)
        assert set(requests) <= known
        assert ".SH OPTIONS" in page


class _Links(HTMLParser):
    """The addresses of a page: those that are fetched with it, those that lead on, and what can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.linked: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element names."""
        told = {name: value or "" for name, value in attrs}
        self.ids.add(told.get("id", ""))
        if "src" in told:
            self.fetched.append(told["src"])
        if "href" in told:
            (self.linked if tag == "a" else self.fetched).append(told["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, _Links]:
    """Every page of the built site, with its links; a warning is an error."""
    pytest.importorskip(
        "material", reason="no mkdocs-material: pip install 'digest-briefing[docs]'"
    )
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
    done = subprocess.run(
        [*command, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pages = {}
    for path in folder.rglob("*.html"):
        pages[path] = _Links()
        pages[path].feed(path.read_text("utf-8"))
    return pages


def test_the_site_fetches_nothing_from_elsewhere(site: dict[Path, _Links]) -> None:
    """No script, style, font or picture of any page or style sheet has an address on the web."""
    remote = re.compile(r"(?:https?:)?//")
    fetched = {address for page in site.values() for address in page.fetched}
    assert [one for one in fetched if remote.match(one)] == []
    root = next(path.parent for path in site if path.name == "404.html")
    styles = "\n".join(path.read_text("utf-8") for path in root.rglob("*.css"))
    assert not re.search(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//", styles)


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(site: dict[Path, _Links]) -> None:
    """A link within the site names a file that is there, and an id that is in it."""
    broken = []
    for path, page in site.items():
        if path.name == "404.html":  # its links are from the root of a server
            continue
        for link in page.linked:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            there = target.exists() and (
                not parts.fragment
                or target not in site
                or unquote(parts.fragment) in site[target].ids
            )
            if not there:
                broken.append(f"{path.name}: {link}")
    assert broken == []
