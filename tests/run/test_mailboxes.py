"""Mailboxes against Debian's dovecot on loopback."""

import datetime
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme
from fault_server import Server, answer

from digest.errors import FetchError
from digest.fetch import imap
from digest.fetch.imap import visit
from digest.fetch.urls import Mailbox, parse_mailbox
from digest.run.checking import check_sources
from digest.sources import SourceConfig

from .conftest import MORNING, STORIES, Run
from .test_running import named, titles

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(DOVECOT is None, reason="no dovecot: apt-get install dovecot-imapd")
PASSWORD = "open sesame “é”"
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:{folder}/mail
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""

_OAUTH2 = """
introspection_mode = get
introspection_url = http://127.0.0.1:{port}/?
username_attribute = email
"""


@dataclass
class Post:
    """A running server with the mailbox of a reader."""

    folder: Path
    port: int
    owner: tuple[int, int]

    def location(self, folder: str = "", user: str = "reader@example.org") -> str:
        """Return the address of a folder."""
        return f"imaps://{user}@localhost:{self.port}/{folder}"

    def put(self, number: int, *, days: int = 0, folder: str = "", flags: str = "") -> None:
        """Lay a newsletter with one of the stories into a folder, so many days after the first morning."""
        title, text = STORIES[number]
        moment = MORNING + datetime.timedelta(days=days)
        mail = EmailMessage()
        mail["From"], mail["To"] = "Ledger <news@ledger.example>", "reader@example.org"
        mail["Subject"], mail["Date"] = title, format_datetime(moment)
        mail["Message-ID"] = f"<{number}@ledger.example>"
        mail.set_content(text)
        self.put_bytes(mail.as_bytes(), moment, f"{number}", folder, flags)

    def put_bytes(
        self,
        content: bytes,
        moment: datetime.datetime,
        name: str,
        folder: str = "",
        flags: str = "",
    ) -> None:
        """Lay a mail into a folder."""
        place = self.folder / "mail" / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        file = place / "cur" / f"{int(moment.timestamp())}.{name}.test:2,{flags}"
        file.write_bytes(content)
        os.utime(file, (moment.timestamp(), moment.timestamp()))
        for path in (self.folder / "mail").rglob("*"):
            os.chown(path, *self.owner)

    def unread(self) -> set[str]:
        """Return the names of the mails in the inbox that are not marked as read."""
        files = (self.folder / "mail" / "cur").glob("*")
        return {one.name.split(".")[1] for one in files if "S" not in one.name.rpartition(",")[2]}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def _users() -> dict[str, object]:
    """The server's users: those of the package for root, else one's own."""
    import grp
    import pwd

    if os.getuid():
        own, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        return {
            "internal": own,
            "login": own,
            "group": group,
            "uid": os.getuid(),
            "gid": os.getgid(),
        }
    nobody = pwd.getpwnam("nobody")
    return {
        "internal": "dovecot",
        "login": "dovenull",
        "group": "dovecot",
        "uid": nobody.pw_uid,
        "gid": nobody.pw_gid,
    }


@pytest.fixture
def tokens() -> Iterator[Server]:
    """The server that dovecot asks for whom a token is."""
    found = Server()
    found["/?fresh&client_id=&client_secret="] = answer(
        b'{"email": "reader@example.org"}', "Content-Type: application/json"
    )
    yield found
    found.close()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, tokens: Server) -> Iterator[Post]:
    """A server that lives until the test ends."""
    with tempfile.TemporaryDirectory(prefix="post", ignore_cleanup_errors=True) as name:
        folder, port, users = Path(name), _free_port(), _users()
        folder.chmod(0o755)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "ca.pem")
        server = authority.issue_cert("localhost")
        server.private_key_pem.write_to_path(folder / "server.key")
        server.cert_chain_pems[0].write_to_path(folder / "server.pem")
        (folder / "users").write_text(f"reader@example.org:{PASSWORD}\n", "utf-8")
        (folder / "oauth2").write_text(_OAUTH2.format(port=tokens.port))
        settings = folder / "dovecot.conf"
        settings.write_text(_SETTINGS.format(folder=folder, port=port, **users))
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
        monkeypatch.setenv("DIGEST_IMAP_PASSWORD", PASSWORD)
        owner = (int(str(users["uid"])), int(str(users["gid"])))
        (folder / "mail").mkdir()
        os.chown(folder / "mail", *owner)
        assert DOVECOT
        running = subprocess.Popen([DOVECOT, "-F", "-c", str(settings)], stderr=subprocess.PIPE)
        try:
            _wait_for(port)
            yield Post(folder, port, owner)
        finally:
            running.terminate()
            running.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("dovecot does not start")


def test_unread_mails_are_told_and_marked_once_their_issue_is_written(post: Post, run: Run) -> None:
    """A mail that was read before is left alone."""
    post.put(0)
    post.put(1, flags="S")
    found = run(post.location())
    assert found.gathered.failed == {}
    assert titles(found) == named(0)
    assert post.unread() == set()


def test_a_mail_stays_unread_until_an_issue_has_carried_it(post: Post, run: Run) -> None:
    """The second run of a day makes no issue, and marks nothing."""
    post.put(0)
    run(post.location())
    post.put(1)
    assert run(post.location()).waiting == 1
    assert post.unread() == {"1"}
    assert titles(run(post.location(), days=1)) == named(1)
    assert post.unread() == set()


def test_a_mark_that_failed_is_made_up_for(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The issue stands, the mail is told once, and the next run marks it."""

    def refuse(*_: object) -> None:
        raise FetchError("imaps://localhost", "the connection broke off")

    post.put(0)
    with monkeypatch.context() as patch:
        patch.setattr(imap.Visit, "mark", refuse)
        assert titles(run(post.location())) == named(0)
    assert post.unread() == {"0"}
    post.put(1)
    assert titles(run(post.location(), days=1)) == named(1)
    assert post.unread() == set()


def test_a_mail_that_says_nothing_new_is_marked_too(post: Post, run: Run) -> None:
    """No issue will ever carry it."""
    post.put(0)
    run(post.location())
    content = next((post.folder / "mail" / "cur").glob("*")).read_bytes()
    post.put_bytes(content, MORNING, "again")
    post.put(1)
    run(post.location(), days=1)
    assert post.unread() == set()


def test_new_mails_are_told_and_left_as_they_are(post: Post, run: Run) -> None:
    """With `mails = "new"` it does not matter who has read them."""
    post.put(0)
    post.put(1, flags="S")
    source = SourceConfig(location=post.location(), mails="new")
    assert titles(run(source)) == named(0, 1)
    assert post.unread() == {"0"}
    post.put(2, days=1)
    assert titles(run(source, days=1)) == named(2)


def test_only_new_mails_are_fetched(post: Post, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is in the mailbox: of the others only numbers travel, and of old ones not even those."""
    fetched: list[str] = []
    content = imap.Visit.content
    monkeypatch.setattr(
        imap.Visit, "content", lambda self, key: fetched.append(key) or content(self, key)
    )
    source = SourceConfig(location=post.location(), mails="new")
    post.put(0)
    post.put(3, days=-30)
    run(source)
    post.put(1, days=1)
    run(source, days=1)
    assert len(fetched) == 2


def test_of_very_many_new_mails_the_newest_are_told(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others wait for the next run."""
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    post.put(0)
    post.put(1, days=1)
    assert titles(run(post.location(), days=1)) == named(1)
    assert post.unread() == {"0"}
    assert titles(run(post.location(), days=2)) == named(0)


def test_the_beginning_of_a_huge_mail_is_read(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is attached may be as long as it likes."""
    monkeypatch.setattr(imap, "MOST_BYTES", 20_000)
    title, text = STORIES[0]
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "news@ledger.example",
        title,
        format_datetime(MORNING),
    )
    mail.set_content(text)
    mail.add_attachment(bytes(500_000), maintype="application", subtype="zip", filename="a.zip")
    post.put_bytes(mail.as_bytes(), MORNING, "huge")
    assert titles(run(post.location())) == named(0)


@pytest.mark.parametrize("folder", ["Zeitung & Ö中", 'a "quoted" name', "News"])
def test_a_folder_may_have_any_name(post: Post, run: Run, folder: str) -> None:
    """It is percent-encoded in the address, and on disk in IMAP's own UTF-7."""
    post.put(
        0,
        folder=f".{Mailbox(host='', port=0, user='', folder=folder).encoded_folder[1:-1]}".replace(
            '\\"', '"'
        ),
    )
    assert titles(run(post.location(quote(folder)))) == named(0)


@pytest.mark.parametrize(
    ("location", "password", "reason"),
    [
        ("imaps://reader@example.org@localhost:{port}/None", PASSWORD, "no such folder"),
        ("imaps://reader@example.org@localhost:{port}/", "wrong", "does not take the password"),
        ("imaps://nobody@localhost:{port}/", PASSWORD, "does not take the password"),
        ("imaps://reader@example.org@127.0.0.1:{port}/", PASSWORD, "certificate is not trusted"),
        ("imaps://reader@example.org@localhost:1/", PASSWORD, "the connection was refused"),
        ("imaps://reader@example.org@localhost:{port}/", "", "no password for reader@example.org"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    post: Post,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    location: str,
    password: str,
    reason: str,
) -> None:
    """Without the password."""
    monkeypatch.setenv("DIGEST_IMAP_PASSWORD", password)
    (said,) = run(location.format(port=post.port)).gathered.failed.values()
    assert reason in said
    assert "\n" not in said
    assert not password or password not in said


def test_a_certificate_that_nobody_trusts_gets_no_password(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection ends before the login."""
    monkeypatch.delenv("SSL_CERT_FILE")
    (said,) = run(post.location()).gathered.failed.values()
    assert "certificate is not trusted" in said


def test_a_check_counts_the_mails(post: Post, tmp_path: Path) -> None:
    """Nothing is fetched, and nothing marked."""
    post.put(0)
    post.put(1, flags="S")
    unread = SourceConfig(location=post.location())
    new = SourceConfig(location=post.location(), mails="new")
    found = check_sources([unread, new], folder=tmp_path, allow_private=False)
    assert [said for _, said in found] == [
        "a mailbox of 1 unread mail",
        "a mailbox of 2 mails",
    ]
    assert post.unread() == {"0"}


@pytest.mark.parametrize(("token", "said"), [("fresh", ""), ("stale", "does not take the token")])
def test_a_mailbox_is_opened_by_a_token(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch, token: str, said: str
) -> None:
    """Of a command; an old one costs a sentence that does not say it."""
    monkeypatch.delenv("DIGEST_IMAP_PASSWORD")
    post.put(0)
    source = SourceConfig(
        location=post.location(), auth="oauth2", password_command=("printf", token)
    )
    found = run(source)
    reasons = "".join(found.gathered.failed.values())
    assert said in reasons
    assert token not in reasons
    assert titles(found) == (set() if said else named(0))
    assert post.unread() == ({"0"} if said else set())


def test_a_token_that_expires_between_two_visits_is_made_up_for(
    post: Post, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The mails are told once, and marked as read by the next run."""
    monkeypatch.delenv("DIGEST_IMAP_PASSWORD")
    post.put(0)
    file, reports = tmp_path / "token", list[str]()
    (tmp_path / "once").write_text(f'cat "{file}"; cp "{file}.3" "{file}"')
    file.write_text("fresh\n")
    (tmp_path / "token.3").write_text("stale\n")
    source = SourceConfig(
        location=post.location(),
        auth="oauth2",
        password_command=("sh", str(tmp_path / "once")),
    )
    assert titles(run(source, report=reports.append)) == named(0)
    assert post.unread() == {"0"}
    assert "not marked as read: the server does not take the token" in reports[-1]
    file.write_text("fresh\n")
    (tmp_path / "token.3").write_text("fresh\n")
    assert titles(run(source, days=1)) == set()
    assert post.unread() == set()


GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"
LOGGED_IN = [b"+ \r\n", b"{tag} OK in\r\n"]
SELECTED = b"* OK [UIDVALIDITY 7] v\r\n{tag} OK [READ-ONLY] selected\r\n"
CAPABLE = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done\r\n"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], "broke off"),
        ([b"HTTP/1.1 400 Bad Request\r\n"], "broke off"),
        ([b"* BYE full\r\n"], "does not answer as an IMAP server"),
        ([GREETING], "broke off"),
        ([GREETING, CAPABLE], "broke off"),
        ([GREETING, CAPABLE, *LOGGED_IN], "broke off"),
        ([GREETING, CAPABLE, *LOGGED_IN, SELECTED], "broke off"),
        (
            [GREETING, CAPABLE, *LOGGED_IN, SELECTED, b"* SEARCH 1\r\n{tag} OK done\r\n"],
            "broke off",
        ),
        (
            [
                *(GREETING, CAPABLE, *LOGGED_IN, SELECTED, b"* SEARCH 1\r\n{tag} OK done\r\n"),
                b"* 1 FETCH (UID 1 BODY[]<0> {9999999999}\r\nabc",
            ],
            "more than an answer needs",
        ),
        ([GREETING, b"* X" + b"x" * 2_000_000], "does not answer as an IMAP server"),
        ([GREETING, CAPABLE, *LOGGED_IN, SELECTED, b"* BYE token expired\r\n"], "broke off"),
        (["slowly"], "did not answer within"),
    ],
)
def test_a_server_may_fail_in_each_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[bytes], reason: str
) -> None:
    """It costs a sentence, and a bounded time."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with _scripted(authority, answers) as port:
        box = parse_mailbox(f"imaps://reader@localhost:{port}/")
        with pytest.raises(FetchError) as caught:
            _read(box, seconds=1.0 if "slowly" in answers else 30.0)
    assert reason in caught.value.reason


def _read(box: Mailbox, *, seconds: float) -> None:
    with visit(box, PASSWORD, seconds=seconds) as opened:
        for key in opened.keys(unread=True, since=None):
            opened.content(key)


@contextmanager
def _scripted(authority: trustme.CA, answers: list[bytes]) -> Iterator[int]:
    """A server that gives one answer a line that it is told, and then closes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with (
            suppress(OSError),
            context.wrap_socket(listening.accept()[0], server_side=True) as sock,
        ):
            told = sock.makefile("rb")
            tag = b""
            for number, answer in enumerate(answers):
                if number:
                    words = told.readline().split()
                    tag = words[0] if len(words) > 1 else tag
                if answer == "slowly":
                    for _ in range(100):
                        sock.sendall(b"*")
                        time.sleep(0.1)
                sock.sendall(answer.replace(b"{tag}", tag))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listening:
        yield int(listening.getsockname()[1])
        thread.join(5)
