"""A password is repeated in no form."""

import base64
import binascii
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.delivery.connection import Secret

PASSWORD = "hunter2-Straße"
PLAIN = PASSWORD.encode()


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
    assert b"hunter2" not in shown.replace(b"\n ", b"").lower()
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
