"""What a server says is parsed as the words of a stranger, and no password is repeated in any form."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.delivery.connection import Connection, Secret
from digest.delivery.smtp import SmtpServer
from digest.store import open_store, outbox

Make = Callable[..., Any]
PASSWORD = "geheim-Straße-7"
PLAIN = PASSWORD.encode()


@pytest.fixture
def in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password go over a connection without TLS, which nothing else may."""
    monkeypatch.setattr(SmtpServer, "__post_init__", lambda _: None)
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", PASSWORD)


@pytest.mark.parametrize(
    "feature",
    [
        "SIZE ²",
        "SIZE ٣",
        f"SIZE {'9' * 5000}",
        "SIZE -1",
        "SIZE 1e9",
        "AUTH",
        "AUTH =",
    ],
)
def test_a_feature_that_makes_no_sense_means_nothing(post: Make, feature: str) -> None:
    """The mail is sent."""
    good = post(features=(feature[:400], "8BITMIME"))
    assert good.send("a@example.org").exit_code == 0


@pytest.mark.usefixtures("in_the_clear")
@pytest.mark.parametrize(
    "challenge", ["334 !!!a", "334 ", "334 " + "A" * 2000, "334 \xff", "334 YQ"]
)
@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_challenge_that_makes_no_sense_is_an_error_of_the_server(
    post: Make, challenge: str, way: str
) -> None:
    """The mails wait, and the server is named."""
    bad = post({"user": "me", "security": "none"}, features=(f"AUTH {way}",), auth=challenge)
    done = bad.send("a@example.org")
    assert done.exit_code in (75, 76)
    assert bad.states() == {"a@example.org": "DEFERRED"}


@pytest.mark.usefixtures("in_the_clear")
@pytest.mark.parametrize("step", ["auth", "mail", "rcpt", "data", "end", "ehlo", "greeting"])
@pytest.mark.parametrize(
    "form",
    [
        lambda plain: plain.decode(),
        lambda plain: base64.b64encode(plain).decode(),
        lambda plain: base64.b64encode(b"\0me\0" + plain).decode(),
    ],
)
def test_a_password_that_is_echoed_is_never_kept_or_printed(
    post: Make, step: str, form: Callable[[bytes], str]
) -> None:
    """Neither in what is reported nor in the store."""
    code = "250" if step == "ehlo" else "220" if step == "greeting" else "550"
    echo = form(PASSWORD.encode())
    bad = post(
        {"user": "me", "security": "none"},
        features=("AUTH PLAIN",),
        **({} if step == "auth" else {"auth": "235 ok"}),
        **{step: f"{code} no such thing as {echo} here"},
    )
    bad.send("a@example.org")
    with open_store(bad.store) as store:
        kept = [row.answer for row in outbox.rows(store, everything=True)]
    told = " ".join([*bad.lines, *kept])
    assert echo not in told
    assert echo.encode() not in bad.store.read_bytes()


@pytest.mark.usefixtures("in_the_clear")
def test_each_connection_asks_for_a_token(
    post: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that expires between two mails is no fault."""
    monkeypatch.delenv("DIGEST_SMTP_PASSWORD")
    script = tmp_path / "token.sh"
    script.write_text('echo x >> "$0.asked"; echo "token-$(wc -l < "$0.asked" | tr -d " ")"')
    said: list[str] = []
    one = post(
        {
            "user": "me",
            "security": "none",
            "auth": "oauth2",
            "password_command": ("sh", str(script)),
        },
        features=("AUTH XOAUTH2",),
        auth=lambda _, line: said.append(line) or "235 ok",
        rcpt=lambda asked, _: "close" if asked == 2 else None,
    )
    assert one.send("a@example.org", "b@example.org").exit_code == 0
    tokens = [base64.b64decode(line.split()[-1]).split(b"\1")[1] for line in said]
    assert len(tokens) == 2
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_password_may_have_any_letters(faulty: Make, way: str) -> None:
    """It is said in UTF-8."""
    answers = {"LOGIN": ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"], "CRAM-MD5": ["334 YQ=="]}.get(
        way, []
    )
    server = faulty(features=(f"AUTH {way}",))
    said: list[bytes] = []

    def docmd(command: str, argument: str = "") -> tuple[int, bytes]:
        said.append(f"{command} {argument}".strip().encode())
        answer = answers.pop(0) if answers else "235 ok"
        if way == "LOGIN" and len(said) == 1:
            answers.pop(0)
            answer = "334 UGFzc3dvcmQ6"
        return int(answer[:3]), answer[4:].encode()

    connection = Connection("127.0.0.1", server.port, timeout_s=5)
    connection.ehlo()
    connection.docmd = docmd  # type: ignore[method-assign]
    assert connection.login("jürgen", PASSWORD)[0] == 235
    connection.close()
    words = [word for line in said for word in line.split()[-1:] if word != b"CRAM-MD5"]
    sent = b" ".join(base64.b64decode(word) for word in words)
    assert "jürgen".encode() in sent
    assert way == "CRAM-MD5" or PASSWORD.encode() in sent


def test_letters_that_only_look_alike_are_two_mailboxes(good: Any) -> None:
    """Both get the issue."""
    assert good.send("straße@example.org", "strasse@example.org").exit_code == 0
    assert set(good.states().values()) == {"SENT"}
    assert len(good.states()) == 2


def test_an_address_in_capitals_is_the_same_mailbox(good: Any) -> None:
    """It gets the issue once."""
    good.send("Reader@example.org", "reader@EXAMPLE.org")
    assert len(good.server.kept) == 1


@pytest.mark.parametrize(
    "said",
    [
        PLAIN,
        PLAIN.upper(),
        base64.b64encode(PLAIN),
        base64.b64encode(b"\0me\0" + PLAIN),
        base64.b64encode(b"x\0me\0" + PLAIN),
        base64.b64encode(b"xy\0me\0" + PLAIN),
        binascii.hexlify(PLAIN),
        quote(PASSWORD).encode(),
        PASSWORD.encode("latin-1"),
        PLAIN[:5] + b"\n " + PLAIN[5:],
        b'"' + PLAIN + b'"',
    ],
)
def test_what_is_said_back_is_hidden(said: bytes) -> None:
    """As it is, encoded, and folded over lines; what stands around it stays where it can."""
    shown = Secret(PASSWORD, "me").hidden_in(b"denied " + said + b" today")
    assert said not in shown
    assert b"geheim" not in shown.replace(b"\n ", b"").lower()
    assert b"***" in shown


def test_what_is_no_password_stays() -> None:
    """Without a password, and where it does not stand there."""
    assert Secret().hidden_in(b"250 ok") == b"250 ok"
    assert Secret(PASSWORD).hidden_in(b"5.7.8 try again") == b"5.7.8 try again"


def test_a_secret_is_not_shown_by_itself() -> None:
    """Neither in a traceback nor in a log."""
    assert PASSWORD not in repr(Secret(PASSWORD, "me"))


@given(st.text(min_size=1, max_size=30), st.binary(max_size=40), st.binary(max_size=40))
def test_no_password_is_left_in_any_answer(password: str, before: bytes, after: bytes) -> None:
    """Whatever it is, and whatever stands around it."""
    try:
        plain = password.encode()
    except UnicodeEncodeError:
        return
    if len(plain) < 3 or plain in b"***":
        return
    assert plain not in Secret(password).hidden_in(before + plain + after)
