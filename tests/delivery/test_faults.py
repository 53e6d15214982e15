"""The faults of mail servers: what the store says and what the server has agree, for every recipient.

The numbers are those of a list of 23 faults that every mailer meets; each is followed by a rerun against
the same server, healed: nobody is forgotten, and nobody gets an issue twice but after a lost answer.
"""

import base64
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

A, B, C = "a@example.org", "b@example.org", "c@example.org"
ALL = (A, B, C)

SHORT = {"timeout": 0.5, "data_timeout": 0.5}
"""For servers that do not answer."""

Make = Callable[..., Any]


def agree(post: Any) -> None:
    """What is SENT was taken once; what is not was not taken; only of what is UNCERTAIN nobody knows."""
    for recipient, state in post.states().items():
        taken = len(post.server.ids(recipient))
        allowed = {"SENT": (1,), "UNCERTAIN": (0, 1)}.get(state, (0,))
        assert taken in allowed, (recipient, state, taken)


def rerun(post: Any) -> None:
    """A day later the server is well: all but those refused have the issue, under one Message-ID."""
    before = post.states()
    post.server.heal()
    post.later(days=1)
    done = post.send(*ALL)
    for recipient, state in post.states().items():
        ids = post.server.ids(recipient)
        assert len(set(ids)) <= 1
        if before.get(recipient) == "REFUSED":
            assert (state, ids) == ("REFUSED", [])
        else:
            assert state == "SENT"
            assert len(ids) == 1 or (len(ids) == 2 and before[recipient] == "UNCERTAIN")
    assert done.exit_code == (76 if "REFUSED" in before.values() else 0)
    again = len(post.server.kept)
    assert post.send(*ALL).exit_code == done.exit_code
    assert len(post.server.kept) == again


def only(recipient: str, answer: str) -> Callable[[int, str], str | None]:
    """Go wrong for one recipient."""
    return lambda _count, line: answer if recipient in line else None


def once(answer: str, at: int = 1) -> Callable[[int, str], str | None]:
    """Go wrong one time."""
    return lambda count, _line: answer if count == at else None


def test_01_nobody_listens(post: Make, unused_port: int) -> None:
    """All wait; the rerun needs no patience, since no server asked for any."""
    one = post()
    done = one.send(*ALL, port=unused_port)
    assert (set(one.states().values()), done.exit_code) == ({"DEFERRED"}, 75)
    assert len(one.lines) == 1
    agree(one)
    one.send(*ALL)
    assert set(one.states().values()) == {"SENT"}
    rerun(one)


@pytest.fixture
def unused_port() -> int:
    """A port on which nobody listens."""
    import socket
    from contextlib import closing

    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("faults", "code", "connections"),
    [
        pytest.param({"greeting": "421 too busy"}, 75, 1, id="02 421 greeting"),
        pytest.param({"greeting": "hang"}, 75, 1, id="03 no greeting"),
        pytest.param({"greeting": "554 not you"}, 76, 1, id="02 554 greeting"),
        pytest.param({"ehlo": "502 what", "helo": "502 what"}, 76, 1, id="04 EHLO refused"),
        pytest.param({"ehlo": "421 closing"}, 75, 1, id="04 EHLO 421"),
        pytest.param({"mail": "451 later"}, 75, 1, id="09 MAIL 451"),
        pytest.param({"mail": "553 not that sender"}, 76, 1, id="09 MAIL 553"),
        pytest.param({"mail": "421 closing"}, 75, 3, id="09 MAIL 421"),
        pytest.param({"greeting": "drip"}, 75, 1, id="18 slow greeting"),
        pytest.param({"rcpt": "hang"}, 75, 3, id="18 slow RCPT"),
        pytest.param({"mail": "drip"}, 75, 3, id="18 slow MAIL"),
        pytest.param({"ehlo": "250-a\r\n350 b"}, 75, 1, id="22 bad multi-line reply"),
        pytest.param({"greeting": b"220 " + b"x" * 10_000_000}, 75, 1, id="22 10 MB banner"),
        pytest.param({"greeting": b"220-x\r\n" * 1_000_000}, 75, 1, id="22 endless banner"),
        pytest.param({"greeting": "no code"}, 75, 1, id="22 greeting without a code"),
    ],
)
def test_a_server_that_serves_nobody(
    post: Make, faults: dict[str, Any], code: int, connections: int
) -> None:
    """All wait, nobody is blamed, and the server is left alone after a few connections."""
    waits = {"hang", "drip"} & {value for value in faults.values() if isinstance(value, str)}
    one = post(SHORT if waits else None, **faults)
    done = one.send(*ALL)
    assert set(one.states().values()) == {"DEFERRED"}
    assert done.exit_code == code
    assert one.server.connections <= connections
    agree(one)
    one.options.clear()
    rerun(one)


def test_04_a_server_that_knows_helo_only(post: Make) -> None:
    """It is spoken to as of old."""
    one = post(ehlo="502 what")
    assert one.send(*ALL).exit_code == 0
    agree(one)


def test_05_no_starttls_though_it_is_required(post: Make) -> None:
    """Nothing is sent in the clear instead; the line says what to set."""
    one = post({"security": "starttls"})
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"DEFERRED"}
    assert "security" in one.lines[0]
    assert not any(command.startswith("MAIL") for command in one.server.commands)
    agree(one)
    one.options["security"] = "none"
    rerun(one)


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        pytest.param("550 5.1.1 no such user", "REFUSED", 76, id="10 RCPT 550"),
        pytest.param("450 4.2.1 try later", "DEFERRED", 75, id="11 RCPT 450"),
    ],
)
def test_one_recipient_of_three(post: Make, answer: str, state: str, code: int) -> None:
    """The others are served once; the server's words are in the store and in the report."""
    one = post(rcpt=only(B, answer))
    assert one.send(*ALL).exit_code == code
    assert one.states() == {A: "SENT", B: state, C: "SENT"}
    assert answer in one.row(B).answer
    assert [line for line in one.lines if B in line and answer in line]
    assert one.server.connections == 1
    agree(one)
    rerun(one)


def test_12_all_recipients_refused(post: Make) -> None:
    """Each is refused for itself, on one connection."""
    one = post(rcpt="550 no")
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"REFUSED"}
    assert one.server.connections == 1
    agree(one)
    rerun(one)


@pytest.mark.parametrize(
    ("faults", "state", "code"),
    [
        pytest.param({"data": once("451 busy")}, "DEFERRED", 75, id="13 DATA 451"),
        pytest.param({"data": once("554 no")}, "REFUSED", 76, id="13 DATA 554"),
        pytest.param({"end": once("451 busy")}, "DEFERRED", 75, id="13 dot 451"),
        pytest.param({"end": once("554 spam")}, "REFUSED", 76, id="13 dot 554"),
        pytest.param({"end": once("421 closing")}, "DEFERRED", 75, id="13 dot 421"),
        pytest.param({"data": once("close")}, "DEFERRED", 75, id="14 disconnect at DATA"),
        pytest.param({"end": once("store and close")}, "UNCERTAIN", 76, id="15 lost 250, stored"),
        pytest.param({"end": once("close")}, "UNCERTAIN", 76, id="16 lost 250, not stored"),
        pytest.param({"end": once("what?")}, "UNCERTAIN", 76, id="22 garbage after the dot"),
    ],
)
def test_one_mail_of_three(post: Make, faults: dict[str, Any], state: str, code: int) -> None:
    """The first mail meets the fault, the others are sent."""
    one = post(**faults)
    assert one.send(*ALL).exit_code == code
    assert one.states() == {A: state, B: "SENT", C: "SENT"}
    agree(one)
    rerun(one)


def test_14_a_disconnect_in_the_mail(post: Make) -> None:
    """The dot may have left already when it is noticed: deferred or uncertain, but never lost."""
    one = post(body=once("close"))
    assert one.send(*ALL).exit_code in (75, 76)
    assert one.states()[A] in ("DEFERRED", "UNCERTAIN")
    agree(one)
    rerun(one)


def test_14_a_server_that_hangs_up_in_every_mail(post: Make) -> None:
    """It is left alone after three times; nobody is lost."""
    one = post(body="close")
    one.send(*ALL, "d@example.org", "e@example.org")
    assert set(one.states().values()) <= {"DEFERRED", "UNCERTAIN"}
    assert one.server.connections == 3
    agree(one)


@pytest.mark.parametrize("answer", ["hang", "store and hang"])
def test_19_a_server_that_hangs_after_the_dot(post: Make, answer: str) -> None:
    """The wait is bounded, and nobody knows whether the mail was taken."""
    one = post(SHORT, end=once(answer))
    assert one.send(*ALL).exit_code == 76
    assert one.states() == {A: "UNCERTAIN", B: "SENT", C: "SENT"}
    agree(one)
    one.options.clear()
    rerun(one)


def test_19_a_server_that_always_hangs_after_the_dot(post: Make) -> None:
    """After three such mails the rest is not tried."""
    one = post(SHORT, end="hang")
    done = one.send(*ALL, "d@example.org", "e@example.org")
    assert done.exit_code == 76
    assert (done.count("UNCERTAIN"), done.count("DEFERRED")) == (3, 2)


def test_15_an_uncertain_mail_can_be_held(post: Make) -> None:
    """With `hold_uncertain` it is not sent again; without, it is, with the same bytes."""
    one = post(end=once("store and close"))
    one.send(*ALL)
    one.server.heal()
    assert one.send(*ALL, hold_uncertain=True).exit_code == 76
    assert one.states()[A] == "UNCERTAIN"
    assert one.send(*ALL).exit_code == 0
    first, second = (content for whom, content in one.server.kept if whom == A)
    assert first == second


def test_17_a_disconnect_after_the_250(post: Make) -> None:
    """What was taken is sent; the next mail makes a new connection."""
    one = post(
        mail=lambda _count, _line: "close" if len(one.server.kept) == 1 and not hit else None
    )
    hit: list[bool] = []
    one.server.mail = lambda _count, _line: (
        "close" if one.server.kept and not hit and not hit.append(True) else None
    )
    one.server.quit = "close"
    assert one.send(*ALL).exit_code == 0
    assert one.server.connections == 2
    agree(one)
    rerun(one)


def test_20_a_mail_that_is_too_large_for_the_server(post: Make) -> None:
    """It is not even begun, and the line has both figures."""
    one = post(features=("SIZE 1000",))
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"REFUSED"}
    assert "the server takes 1,000" in one.lines[0]
    assert not any(command.startswith("MAIL") for command in one.server.commands)
    agree(one)
    rerun(one)


def test_20_a_mail_that_is_refused_for_its_size(post: Make) -> None:
    """552 to MAIL is about the mail, not about the sender."""
    one = post(mail="552 too large")
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"REFUSED"}
    assert one.server.connections == 1
    agree(one)


def test_21_no_smtputf8(post: Make) -> None:
    """An international domain needs none; a name that is not ASCII does, and only its owner is not served."""
    one = post(features=("SIZE 10485760",))
    done = one.send(A, "b@bücher.example", "jürgen@example.org")
    assert done.exit_code == 76
    states = {A: "SENT", "b@xn--bcher-kva.example": "SENT", "jürgen@example.org": "REFUSED"}
    assert one.states() == states
    assert "SMTPUTF8" in one.row("jürgen@example.org").answer
    agree(one)


def test_21_with_smtputf8(post: Make) -> None:
    """The address is told as it is, and asked for in the envelope."""
    one = post()
    assert one.send("jürgen@bücher.example").exit_code == 0
    (mail,) = (
        command for command in one.server.commands if command.upper().startswith("MAIL FROM")
    )
    assert mail.endswith("SMTPUTF8")
    assert [whom for whom, _ in one.server.kept] == ["jürgen@xn--bcher-kva.example"]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_23_421_after_some_messages(post: Make, step: str) -> None:
    """A new connection goes on where the old one ended."""
    one = post(**{step: once("421 enough for today", at=3)})
    recipients = [f"r{number}@example.org" for number in range(5)]
    assert one.send(*recipients).exit_code == 0
    assert set(one.states().values()) == {"SENT"}
    assert one.server.connections == 2
    agree(one)


def test_back_off_is_kept(post: Make) -> None:
    """A server that said "later" is not asked at once, and longer every time, but asked."""
    one = post(rcpt=only(B, "450 later"))
    one.send(*ALL)
    asked = len(one.server.commands)
    one.later(minutes=4)
    assert one.send(*ALL).exit_code == 75
    assert len(one.server.commands) == asked
    one.later(minutes=2)
    one.send(*ALL)
    assert len(one.server.commands) > asked
    asked = len(one.server.commands)
    one.later(minutes=14)
    one.send(*ALL)
    assert len(one.server.commands) == asked


def test_a_mail_is_given_up_in_the_end(post: Make) -> None:
    """After five days of "later" a person is told."""
    one = post(rcpt="450 later")
    one.send(A)
    one.later(days=6)
    assert one.send(A).exit_code == 76
    assert one.states() == {A: "REFUSED"}
    assert "given up after 5 days" in one.row(A).answer


class Clerk:
    """Lets one user in."""

    def __init__(self, answer: str | None = None) -> None:
        self.answer = answer

    def __call__(
        self, _server: SMTP, _session: object, _envelope: object, _mechanism: str, data: Any
    ) -> AuthResult:
        if self.answer:
            return AuthResult(success=False, handled=False, message=self.answer)
        known = (data.login, data.password) == (b"reader", b"hunter2")
        return AuthResult(success=known, handled=False)


class Inbox:
    """Keeps what it gets; `ids` is what `agree` asks."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str]] = []
        self.port = 0

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: N802
        from email import message_from_bytes

        message = message_from_bytes(envelope.content)
        self.kept.append((envelope.rcpt_tos[0], str(message["Message-ID"])))
        return "250 OK"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """Let the reader in with the one token, as Google's and Microsoft's servers do."""
        if base64.b64decode(args[1]) == b"user=reader\1auth=Bearer fresh-token\1\1":
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)

    def ids(self, recipient: str) -> list[str]:
        return [one for whom, one in self.kept if whom == recipient]


@pytest.fixture
def authority() -> trustme.CA:
    """Someone who signs certificates."""
    return trustme.CA()


@pytest.fixture
def secure(
    good: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA
) -> Iterator[Make]:
    """Start an aiosmtpd that wants encryption and a login, and return a post for it."""
    controllers = []

    def start(
        *,
        security: str = "starttls",
        trusted: bool = True,
        answer: str | None = None,
        **issued: Any,
    ) -> Any:
        import socket
        from contextlib import closing

        certificate = authority.issue_cert("localhost", **issued)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        if trusted:
            authority.cert_pem.write_to_path(tmp_path / "ca.pem")
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "hunter2")
        inbox = Inbox()
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            inbox.port = probe.getsockname()[1]
        layer = (
            {"ssl_context": context}
            if security == "tls"
            else {"tls_context": context, "require_starttls": True}
        )
        controller = Controller(
            inbox,
            hostname="127.0.0.1",
            port=inbox.port,
            auth_required=True,
            auth_require_tls=security != "tls",
            authenticator=Clerk(answer),
            **layer,
        )
        controller.start()
        controllers.append(controller)
        good.server = inbox
        good.options |= {"host": "localhost", "user": "reader", "security": security, "timeout": 5}
        return good

    yield start
    for controller in controllers:
        controller.stop()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_login_goes_over_tls(secure: Make, security: str) -> None:
    """With a certificate that is trusted, the mails arrive."""
    one = secure(security=security)
    assert one.send(*ALL).exit_code == 0
    agree(one)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_06_a_certificate_that_nobody_signed(secure: Make, security: str) -> None:
    """No password is sent, all wait, and a person must look."""
    one = secure(security=security, trusted=False)
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"DEFERRED"}
    assert "certificate" in one.lines[0]
    assert one.server.kept == []


def test_06_an_expired_certificate(secure: Make) -> None:
    """As above."""
    past = datetime.now(UTC) - timedelta(days=1)
    one = secure(not_before=past - timedelta(days=9), not_after=past)
    assert one.send(*ALL).exit_code == 76
    assert "expired" in one.lines[0]
    assert one.server.kept == []


def test_06_the_certificate_of_another_host(secure: Make) -> None:
    """As above."""
    one = secure()
    assert one.send(*ALL, host="127.0.0.1").exit_code == 76
    assert "certificate" in one.lines[0]
    assert one.server.kept == []


def test_07_a_wrong_password(secure: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """535 needs a person; the password is in no line and not in the store. Then it is mended."""
    one = secure()
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "opensesame")
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"DEFERRED"}
    assert "535" in one.lines[0]
    assert not any("opensesame" in line for line in one.lines)
    assert b"opensesame" not in one.store.read_bytes()
    agree(one)
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "hunter2")
    assert one.send(*ALL).exit_code == 0
    agree(one)


def test_a_login_by_a_token(secure: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that prints it is asked."""
    one = secure()
    monkeypatch.delenv("DIGEST_SMTP_PASSWORD")
    one.options |= {"auth": "oauth2", "password_command": ("printf", "fresh-token\\n")}
    assert one.send(*ALL).exit_code == 0
    agree(one)


def test_07_a_token_that_has_expired(
    secure: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """All wait, the server is named, the token is not said, and a fresh one is used by the next run."""
    one = secure()
    monkeypatch.delenv("DIGEST_SMTP_PASSWORD")
    file = tmp_path / "token"
    file.write_text("stale-token")
    file.chmod(0o600)
    one.options |= {"auth": "oauth2", "password_file": str(file)}
    assert one.send(*ALL).exit_code == 76
    assert set(one.states().values()) == {"DEFERRED"}
    assert "535" in one.lines[0]
    assert "stale-token" not in "".join(one.lines)
    file.write_text("fresh-token")
    assert one.send(*ALL).exit_code == 0
    agree(one)


def test_08_a_login_that_is_put_off(secure: Make) -> None:
    """454 can be tried again."""
    one = secure(answer="454 4.7.0 Temporary authentication failure")
    assert one.send(*ALL).exit_code == 75
    assert set(one.states().values()) == {"DEFERRED"}
    assert "454" in one.lines[0]
    agree(one)
