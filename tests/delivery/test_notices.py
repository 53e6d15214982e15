"""Notices reach a real server: once, signed, within the limits of a service, and later where it says so."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from digest.codec import write_digest
from digest.config import load_config, parse_config
from digest.delivery.dispatch import Delivery
from digest.delivery.notices import deliver_notices
from digest.delivery.options import NoticeConfig
from digest.errors import ConfigError
from digest.models import Article, Digest, Section, Sentence, Story, StorySummary, Summary, Topic
from digest.store import open_store, outbox

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
SECRET = "a long secret"
needs_apprise = pytest.mark.skipif(find_spec("apprise") is None, reason="no apprise here")


def _issue(count: int = 1, title: str = "Ferries are back") -> Digest:
    sections = []
    for number in range(count):
        text = f"Ferry {number} is back, @everyone."
        article = Article(f"a{number}", title, text, "The Courier", "a.html")
        told = Summary((Sentence(article.id, 0, 0, len(text), text),), "lead")
        story = Story((article,))
        topic = Topic(title, (story,))
        sections.append(
            Section(topic, told, (StorySummary(story, told),), heading=title, tier="lead")
        )
    return Digest("The daily digest", date(2026, 11, 21), tuple(sections))


@dataclass
class Server:
    """A web server that keeps what is posted, and answers what it is told to: 0 for hanging up."""

    answers: list[int] = field(default_factory=list)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0


@pytest.fixture
def server() -> Iterator[Server]:
    kept = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = kept.answers.pop(0) if kept.answers else 200
            kept.got.append((self.path, dict(self.headers), body))
            if status:
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = http.server_port
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield kept
    http.shutdown()
    http.server_close()


@dataclass
class Desk:
    """A store, and a notice that is sent from it."""

    folder: Path
    notice: NoticeConfig
    now: datetime = NOW
    said: list[str] = field(default_factory=list)

    def send(self, issue: Digest | None = None) -> Delivery:
        """Hand over an issue, or what is due."""
        with open_store(self.folder / "store.sqlite") as store:
            return deliver_notices(
                store,
                [self.notice],
                ("key", issue) if issue else None,
                now=self.now,
                report=self.said.append,
            )

    @property
    def row(self) -> outbox.Row:
        """The one row of the outbox."""
        with open_store(self.folder / "store.sqlite") as store:
            (row,) = outbox.rows(store, everything=True)
        return row


def _secret(folder: Path, text: str) -> str:
    path = folder / "secret"
    path.write_text(f"{text}\n")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def hook(server: Server, tmp_path: Path) -> Desk:
    """A desk that posts to the server."""
    address = f"http://127.0.0.1:{server.port}/in"
    secret = _secret(tmp_path, SECRET)
    return Desk(tmp_path, NoticeConfig(name="hook", webhook=address, secret_file=secret))


def test_a_webhook_gets_the_json_signed(server: Server, hook: Desk) -> None:
    """The signature is the HMAC of the bytes that came, under the secret of the file."""
    assert hook.send(_issue()).exit_code == 0
    ((path, headers, body),) = server.got
    assert path == "/in"
    assert body == write_digest(_issue()).encode()
    made = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature-256"] == f"sha256={made}"
    assert json.loads(body)["title"] == "The daily digest"


def test_an_issue_goes_out_once(server: Server, hook: Desk) -> None:
    """A second run says nothing."""
    hook.send(_issue())
    hook.send(_issue())
    hook.send()
    assert len(server.got) == 1
    assert hook.row.state == "SENT"


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        (204, "SENT", 0),
        (302, "REFUSED", 76),
        (404, "REFUSED", 76),
        (429, "DEFERRED", 75),
        (500, "DEFERRED", 75),
        (0, "UNCERTAIN", 76),
    ],
)
def test_what_a_server_answers_stands_in_the_outbox(
    server: Server, hook: Desk, status: int, state: str, code: int
) -> None:
    """As of a mail; a redirect is followed nowhere, since the secret is for one address."""
    server.answers = [status]
    assert hook.send(_issue()).exit_code == code
    assert hook.row.state == state
    assert len(server.got) == 1


def test_a_server_that_is_not_there_is_asked_again(hook: Desk) -> None:
    """Nothing listens at the address."""
    hook.notice = replace(hook.notice, webhook="http://127.0.0.1:9/in")
    assert hook.send(_issue()).exit_code == 75
    assert hook.row.state == "DEFERRED"


def test_a_server_that_is_busy_for_a_day_is_served_in_the_end(server: Server, hook: Desk) -> None:
    """It is asked ever less often, with the same bytes under the same key, and told once."""
    server.answers = [429, 500] * 100
    hook.send(_issue())
    for _ in range(24 * 12):
        hook.now += timedelta(minutes=5)
        hook.send()
    assert hook.row.state == "DEFERRED"
    asked = len(server.got)
    assert 5 < asked < 15
    server.answers = []
    hook.now += timedelta(hours=5)
    assert hook.send().exit_code == 0
    hook.send()
    assert len(server.got) == asked + 1
    assert len({(headers["Idempotency-Key"], body) for _, headers, body in server.got}) == 1


def test_one_that_was_cut_off_is_made_up_for(server: Server, hook: Desk) -> None:
    """A run that ended while it was handed over left it as it was."""
    server.answers = [429]
    hook.send(_issue())
    with open_store(hook.folder / "store.sqlite") as store:
        assert outbox.begin(store, hook.row.id, now=NOW)
    hook.send()
    assert hook.row.state == "SENT"


@pytest.fixture
def chat(server: Server, tmp_path: Path) -> Callable[[str], Desk]:
    """Return what makes a desk that tells a service of Apprise on loopback."""

    def make(address: str) -> Desk:
        url = _secret(tmp_path, address.format(port=server.port))
        web = "https://news.example.org/{date}.html"
        return Desk(tmp_path, NoticeConfig(name="phone", url_file=url, web_url=web))

    return make


@needs_apprise
def test_a_chat_is_told_lead_headlines_and_link(
    server: Server, chat: Callable[[str], Desk]
) -> None:
    """And nobody is called by a headline."""
    assert chat("json://127.0.0.1:{port}/").send(_issue(2)).exit_code == 0
    told = json.loads(server.got[0][2])
    assert told["title"] == "The daily digest, Saturday, 21 November 2026"
    assert told["message"].splitlines() == [
        "• Ferries are back",
        "Ferry 0 is back, ＠everyone.",
        "• Ferries are back",
        "https://news.example.org/2026-11-21.html",
    ]


@needs_apprise
def test_a_long_issue_stays_within_the_limit_of_the_service(
    server: Server, chat: Callable[[str], Desk]
) -> None:
    """Headlines are left out at the end, in one message, and the link stays."""
    chat("ntfy://127.0.0.1:{port}/topic").send(_issue(300, "A headline of some length " * 3))
    ((_, _, body),) = server.got
    told = json.loads(body)["message"]
    assert 5_000 < len(told) <= 7_800
    assert told.endswith("\nhttps://news.example.org/2026-11-21.html")


@needs_apprise
@pytest.mark.parametrize("status", [429, 500])
def test_a_chat_that_takes_nothing_is_told_later(
    server: Server, chat: Callable[[str], Desk], status: int
) -> None:
    """The address, which holds a secret, is said nowhere."""
    desk = chat("ntfy://me:hushhush@127.0.0.1:{port}/topic")
    server.answers = [status]
    assert desk.send(_issue()).exit_code == 75
    assert "hushhush" not in desk.row.answer + "".join(desk.said)
    desk.now += timedelta(hours=1)
    assert desk.send().exit_code == 0
    assert len(server.got) == 2


@needs_apprise
def test_an_address_that_apprise_does_not_know_is_refused(chat: Callable[[str], Desk]) -> None:
    """The error names the notice, and not what the file holds."""
    with pytest.raises(ConfigError, match="'phone'") as caught:
        chat("hushhush").send(_issue())
    assert "hushhush" not in str(caught.value)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"name": "a b", "url_file": "u"}, "one word"),
        ({"name": "a@b.org", "url_file": "u"}, "without an @"),
        ({"name": "a"}, "a url_file or a webhook"),
        ({"name": "a", "url_file": "u", "webhook": "http://h/"}, "not both"),
        ({"name": "a", "webhook": "http://h/"}, "secret_file"),
        ({"name": "a", "webhook": "ftp://h/", "secret_file": "s"}, "http or https"),
    ],
)
def test_a_table_that_means_nothing_is_refused(table: dict[str, str], said: str) -> None:
    """With its number and what it lacks."""
    with pytest.raises(ConfigError, match=f"notice 1: .*{said}"):
        parse_config({"notices": [table]})


def test_two_notices_of_one_name_are_refused() -> None:
    """The outbox could not tell them apart."""
    table = {"name": "a", "url_file": "u"}
    with pytest.raises(ConfigError, match="notice 2"):
        parse_config({"notices": [table, {**table, "name": "A"}]})


def test_a_run_tells_a_webhook(server: Server, tmp_path: Path) -> None:
    """Without any [mail], by `digest run` and its digest.toml; a second run says nothing."""
    from click.testing import CliRunner

    from digest.cli import digest as command

    _secret(tmp_path, SECRET)
    (tmp_path / "a.txt").write_text(
        "The ferry is back\n\nThe ferry came back on Monday after a week. It had been mended in dock.\n"
    )
    config = tmp_path / "digest.toml"
    config.write_text(
        'store = "s.sqlite"\n[[sources]]\nlocation = "a.txt"\n[[notices]]\nname = "hook"\n'
        f'webhook = "http://127.0.0.1:{server.port}/"\nsecret_file = "secret"\n'
    )
    assert load_config(config).notices[0].secret_file == str(tmp_path / "secret")
    for _ in range(2):
        done = CliRunner().invoke(command, ["run", "--config", str(config)])
        assert done.exit_code == 0, done.output
    assert len(server.got) == 1
