"""A mail has exactly our headers, plain text before HTML, and the same bytes for the same issue."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.delivery.message import IssueMail, Writer
from digest.delivery.options import MailConfig, mailbox
from digest.errors import DeliveryError

ORDER = (
    *("From", "To", "Subject", "Date", "Message-ID", "List-Id"),
    *("Auto-Submitted", "Precedence", "MIME-Version", "Content-Type"),
)
HEADERS = set(ORDER)
UNSUBSCRIBING = {"List-Unsubscribe", "List-Unsubscribe-Post"}
MOMENT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
MAIL = MailConfig(sender="Digest <digest@example.com>")
PARTS = IssueMail(
    key="k",
    day=date(2026, 11, 21),
    subject="The daily digest: Ferry strike",
    text="The daily digest\n\nA line.\n.\nFrom the desk\n",
    html="<!DOCTYPE html><html><body><p>Ferry</p></body></html>",
)


def built(
    parts: IssueMail = PARTS,
    to: str = "reader@example.org",
    mail: MailConfig = MAIL,
    token: str = "",
) -> bytes:
    return Writer(mail=mail, moment=MOMENT)(parts, mailbox(to), token)


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_plain_text_comes_first() -> None:
    """Two parts of one message; the last is what a mail program prefers."""
    message = read(built())
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert message.get_content_type() == "multipart/alternative"
    assert parts == ["text/plain", "text/html"]
    assert body(message, "plain") == PARTS.text
    assert body(message, "html").strip() == PARTS.html
    assert not message.defects


def test_the_headers_are_ours() -> None:
    """The full set, with the values a list needs."""
    message = read(built())
    assert tuple(message.keys()) == ORDER
    assert message["Subject"] == "The daily digest: Ferry strike"
    assert message["Date"].datetime == MOMENT
    assert message["List-Id"] == "<digest.example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Message-ID"].endswith("@example.com>")


def test_the_same_issue_is_the_same_mail() -> None:
    """Byte for byte; another recipient or another issue is another Message-ID."""
    assert built() == built()
    one, two = read(built()), read(built(to="other@example.org"))
    three = read(built(replace(PARTS, key="another")))
    assert len({one["Message-ID"], two["Message-ID"], three["Message-ID"]}) == 3


def test_one_click_needs_an_https_address() -> None:
    """With an address of the web first, then one of mail; with mail alone there is no one click."""
    web = replace(
        MAIL,
        unsubscribe_url="https://news.example/u?t={token}",
        unsubscribe_mailto="leave@example.com",
    )
    message = read(built(mail=web, token="abc"))
    assert set(message.keys()) == HEADERS | UNSUBSCRIBING
    ways = "<https://news.example/u?t=abc>, <mailto:leave@example.com?subject=abc>"
    assert message["List-Unsubscribe"] == ways
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    message = read(built(mail=replace(web, unsubscribe_url=""), token="abc"))
    assert message["List-Unsubscribe"] == "<mailto:leave@example.com?subject=abc>"
    assert "List-Unsubscribe-Post" not in message


def test_a_long_unsubscribe_address_is_not_encoded() -> None:
    """The header classes make encoded words of long addresses, which no mail program follows."""
    url = f"https://news.example/{'a' * 300}?t={{token}}"
    data = built(mail=replace(MAIL, unsubscribe_url=url), token="abc")
    assert b"=?" not in data.partition(b"\r\n\r\n")[0]
    assert f"<{url.replace('{token}', 'abc')}>".encode() in data


def test_the_mark_becomes_the_recipient_s_token() -> None:
    """In both parts; another recipient gets another one."""
    parts = replace(PARTS, text="leave: MARK\n", html="<a href='MARK'>leave</a>", mark="MARK")
    message = read(built(parts, token="abc"))
    assert body(message, "plain") == "leave: abc\n"
    assert "href='abc'" in body(message, "html")


SMUGGLED = [
    "News\r\nBcc: evil@example.net",
    "=?utf-8?q?News=0D=0AReply-To:_evil@example.net?=",
    "=\x00?utf-8?q?a=0D=0ABcc:_x?=",
    "=\u200b?utf-8?q?a=0D=0ABcc:_x?=",
    "==??utf-8?q?x?=",
    "a\u0085Bcc: x\u2028Bcc: y\u2029\x0bBcc: z\x0c",
    "\ud800lone",
    "x" * 5000,
    "long " * 1000,
    "漢" * 400,
    "\u202eevil\u202c",
    "",
    "   ",
    "?",
    "=",
    '"quoted" <a@b>, c@d; (comment) [x] \\',
]


@pytest.mark.parametrize("title", SMUGGLED)
def test_a_title_smuggles_nothing_in(title: str) -> None:
    """The header set is exactly ours, and no header is decoded into something else."""
    message = read(built(replace(PARTS, subject=title)))
    assert tuple(message.keys()) == ORDER
    assert not message.defects
    assert "\n" not in message["Subject"]
    # Some versions of Python add spaces where they fold a header; they are not ours to count.
    assert 0 < len(" ".join(message["Subject"].split())) <= 151


@given(st.text(alphabet=st.characters(categories=None), max_size=80), st.text(max_size=80))
@example("=?utf-8?q?=3D=3Futf-8=3Fq=3Fx?=", "=?x?b?DQpCY2M6IHg=?=")
def test_no_text_adds_a_header(title: str, name: str) -> None:
    """Whatever the issue says, the mail has our ten headers and lines that servers take."""
    named = "".join(
        character for character in name if character not in "<>" and ord(character) > 159
    )
    data = built(
        replace(PARTS, subject=title, text=title, html=title), to=f"{named} <reader@example.org>"
    )
    assert tuple(read(data).keys()) == ORDER
    assert all(len(row) <= 998 for row in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert data.isascii()


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_a_body_arrives_as_it_was_written(text: str) -> None:
    """Whatever the script, in whichever encoding is shorter."""
    assert body(read(built(replace(PARTS, text=f"{text}\n"))), "plain") == f"{text}\n"


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("reader@example.org", "reader@example.org"),
        ("A Reader <reader@example.org>", "A Reader <reader@example.org>"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
        ("reader@straße.example", "reader@xn--strae-oqa.example"),
        ("=?utf-8?q?x=0D=0ABcc:_y?= <reader@example.org>", None),
        ('"Last, First" <reader@example.org>', '"Last, First" <reader@example.org>'),
    ],
)
def test_a_recipient_is_shown_as_one_mailbox(to: str, shown: str | None) -> None:
    """International domains in their ASCII form (RFC 5891); a name cannot become a header."""
    message = read(built(to=to))
    assert len(message["To"].addresses) == 1
    assert set(message.keys()) == HEADERS
    if shown is not None:
        assert message["To"] == shown


def test_an_international_address_stands_in_utf_8() -> None:
    """As RFC 6532 has it; such a mail goes only to a server that speaks SMTPUTF8."""
    data = built(to="Jürgen <müller@bücher.example>")
    assert "<müller@xn--bcher-kva.example>".encode() in data
    assert tuple(read(data).keys()) == ORDER
    assert read(data)["To"].startswith("Jürgen")


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("", "not a mail address"),
        ("reader", "not a mail address"),
        ("a@b, c@d", "not a mail address"),
        ("a@b c@d", "not a mail address"),
        ("<a@b> <c@d>", "not a mail address"),
        ("a@example.org\r\nBcc: c@d", "control characters"),
        ("a\u202eb@example.org", "not a mail address"),
        ("a@" + "b" * 300 + ".example", "mail address"),
        ("a" * 65 + "@example.org", "longer than"),
        ("a@-", "not a mail address"),
        ("a@b..c", "not a mail address"),
        ("\ud800@example.org", "not a mail address"),
    ],
)
def test_what_is_no_address_is_refused(to: str, reason: str) -> None:
    """A person must look: trying again does not help."""
    with pytest.raises(DeliveryError, match=reason) as caught:
        mailbox(to)
    assert not caught.value.temporary
    assert "\n" not in str(caught.value)
