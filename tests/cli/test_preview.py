"""`digest preview`: live pages, for this machine alone, and nothing written."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from digest.cli.preview import Site, make_server
from digest.codec import write_digest
from digest.models import Digest
from digest.renderers.formats import HtmlRenderer

Run = Callable[..., Result]
Get = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two issues and a note."""
    out = tmp_path / "out"
    out.mkdir()
    for day in (20, 21):
        digest = Digest("The daily digest", date(2026, 11, day))
        (out / f"2026-11-{day}.json").write_text(write_digest(digest))
    (out / "note.txt").write_text("a note")
    return out


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Site:
    """What is shown of it, with a folder of templates that is still empty."""
    templates = tmp_path / "templates"
    templates.mkdir()
    look = {"templates": templates, "theme": "paper", "language": "en"}
    return Site(folder=folder, title="The daily digest", look=look)


@pytest.fixture
def get(site: Site) -> Iterator[Get]:
    """Ask the server for a path; returns the status and the text."""
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def ask(path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    yield ask
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_are_made_from_the_json(get: Get, folder: Path) -> None:
    """The list, the feed and the issues are there though no page was written, and none is."""
    before = sorted(path.name for path in folder.iterdir())
    assert get("/")[1].count('class="entry"') == 2
    assert get("/feed.xml")[1].count("<entry>") == 2
    assert 'href="2026-11-20.html"' in get("/2026-11-21.html")[1]
    assert get("/note.txt") == (200, "a note")
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_page_loads_itself_again(get: Get) -> None:
    """A script that only this server adds asks for the state that the page was made of."""
    page = get("/2026-11-21.html")[1]
    asked = re.search(r'fetch\("(.*?)"\).*?!== "(\w+)"', page, re.DOTALL)
    assert asked is not None
    assert get(asked[1]) == (200, asked[2])
    assert "<script" not in HtmlRenderer()(Digest("x", date(2026, 11, 21)))
    assert "Content-Security-Policy" not in page


def test_a_change_of_a_template_is_seen(get: Get, tmp_path: Path) -> None:
    """A new file in the folder of templates goes before the built-in one at once."""
    before = get("/-/state")
    assert "teal" not in get("/2026-11-21.html")[1]
    (tmp_path / "templates" / "digest.css").write_text("body { color: teal }")
    assert get("/-/state") != before
    assert "teal" in get("/2026-11-21.html")[1]


def test_a_change_of_an_issue_is_seen(get: Get, folder: Path) -> None:
    """A JSON that was written anew is read anew."""
    get("/2026-11-21.html")
    digest = Digest("Another name", date(2026, 11, 21))
    (folder / "2026-11-21.json").write_text(write_digest(digest))
    assert "Another name" in get("/2026-11-21.html")[1]


def test_an_error_of_a_template_is_shown(get: Get, tmp_path: Path) -> None:
    """With its name and line, on a page that loads itself again when it is mended."""
    (tmp_path / "templates" / "digest.html").write_text("one\n{{ briefing.missing }}<b>")
    status, page = get("/2026-11-21.html")
    assert status == 500
    assert "template digest.html, line 2" in page
    assert "/-/state" in page
    (tmp_path / "templates" / "digest.html").write_text("mended")
    assert get("/2026-11-21.html")[1].startswith("mended")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_host_is_turned_away(get: Get, host: str) -> None:
    """A site that makes its name point to this machine reads nothing."""
    assert get("/", Host=host)[0] == 403
    assert get("/", Host="localhost:1")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil:127.0.0.1", "127.0.0.1@evil", "localhost/evil", "localhost:"]
)
def test_a_host_that_only_looks_like_this_machine_is_turned_away(get: Get, host: str) -> None:
    """Hosts are compared, not their ends."""
    assert get("/", Host=host)[0] == 403


def test_a_link_out_of_the_folder_leads_nowhere(get: Get, folder: Path) -> None:
    """Neither does a pipe, or a name that no file can have."""
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    assert [get(path)[0] for path in ("/link.txt", "/pipe.txt", f"/{'a' * 5000}.txt")] == [404] * 3


def test_a_page_may_be_framed_by_nobody_and_runs_our_scripts_alone(site: Site) -> None:
    """The policy goes with the page: it allows the scripts of the page by their hashes."""
    index, issue = site.get("/"), site.get("/2026-11-21.html")
    assert index is not None
    assert issue is not None
    assert (len(index.scripts), len(issue.scripts)) == (2, 1)
    assert "frame-ancestors 'none'" in issue.policy
    assert issue.scripts[0] in issue.policy


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/.hidden", "/..%5csecret.txt", "/gone",
     "/gone.html", "//etc/passwd", "/%00", "/-/"],
)  # fmt: skip
def test_only_files_of_the_folder_are_shown(get: Get, folder: Path, path: str) -> None:
    """No other folder, no hidden file."""
    (folder.parent / "secret.txt").write_text("secret")
    (folder / ".hidden").write_text("secret")
    assert get(path)[0] == 404


def test_an_issue_of_pages_is_made_again(folder: Path) -> None:
    """When a page changes, and not when nothing does."""
    page = folder.parent / "page.txt"
    page.write_text("one")
    made: list[str] = []

    def build() -> Digest:
        made.append(page.read_text())
        return Digest(made[-1], date(2026, 11, 22))

    look = {"templates": None, "theme": "paper", "language": "en"}
    site = Site(folder=folder, title="x", look=look, watched=(page,), build=build)
    for text in ("one", "one", "three"):
        page.write_text(text)
        os.utime(page, ns=(len(text), len(text)))
        found = site.get("/2026-11-22.html")
        assert found is not None
        assert f"<title>{text} · ".encode() in found.content
    assert made == ["one", "three"]


def test_a_taken_port_and_a_missing_folder_are_usage_errors(
    run: Run, folder: Path, site: Site
) -> None:
    """Each says what to do."""
    server = make_server(site, 0)
    result = run("preview", folder, "--port", server.server_port)
    server.server_close()
    assert result.exit_code == 2
    assert "choose another with --port" in result.stderr
    assert run("preview", folder / "gone").exit_code == 2


def test_ctrl_c_ends_it(folder: Path) -> None:
    """It says where it is, and leaves with exit code 0."""
    command = [sys.executable, "-m", "digest", "preview", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert re.match(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_a_folder_of_too_much_is_said_before_anything_is_served(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be looked through twice a second."""
    monkeypatch.setattr("digest.incoming.MOST_ENTRIES", 2)
    result = run("preview", folder, "--port", "0")
    assert result.exit_code == 2
    assert "name the folders that are meant" in result.stderr
