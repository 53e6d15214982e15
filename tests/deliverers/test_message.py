"""A mail has exactly our headers, plain text before HTML, and the same bytes for the same issue."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliverers import build_message
from digest.errors import DeliveryError
from digest.models import Digest, Section, Summary, Topic

HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Precedence"),
    *("MIME-Version", "Content-Type"),
}
ISSUE = Digest("The daily digest", date(2026, 11, 21))


def plain(issue: Digest) -> str:
    return f"{issue.title}\n\nA line.\n.\nFrom the desk\n"


def rich(issue: Digest) -> str:
    return f"<!DOCTYPE html><html><body><p>{len(issue.title)}</p></body></html>"


def built(issue: Digest = ISSUE, to: str = "reader@example.org", **options: object) -> bytes:
    return build_message(issue, "digest@example.com", to, text=plain, html=rich, **options)  # type: ignore[arg-type]


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def labelled(label: str) -> Digest:
    return replace(ISSUE, sections=(Section(Topic(label, ()), Summary((), "x"), ()),))


def test_plain_text_comes_first() -> None:
    """Two parts of one message; the last is what a mail program prefers."""
    message = read(built())
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert message.get_content_type() == "multipart/alternative"
    assert parts == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == plain(ISSUE)  # type: ignore[union-attr]


def test_the_headers_are_ours() -> None:
    """The full set, with the values a list needs."""
    message = read(built(labelled("Ferry strike")))
    assert set(message.keys()) == HEADERS
    assert message["Subject"] == "The daily digest: Ferry strike"
    assert message["Date"].datetime == datetime(2026, 11, 21, 6, tzinfo=UTC)
    assert message["List-Id"] == "<digest.example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Message-ID"].endswith("@example.com>")


def test_the_same_issue_is_the_same_mail() -> None:
    """Byte for byte; another recipient or another text is another Message-ID."""
    assert built() == built()
    one, two = read(built()), read(built(to="other@example.org"))
    three = read(built(replace(ISSUE, title="Another")))
    assert len({one["Message-ID"], two["Message-ID"], three["Message-ID"]}) == 3


def test_a_moment_replaces_the_morning() -> None:
    """The CLI may say when it is."""
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert read(built(moment=moment))["Date"].datetime == moment


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
    for issue in (replace(ISSUE, title=title), labelled(title)):
        message = read(built(issue))
        assert set(message.keys()) == HEADERS
        assert len(message.keys()) == len(HEADERS)
        assert not message.defects
        assert "\n" not in message["Subject"]
        # Some versions of Python add spaces where they fold a header; they are not ours to count.
        assert 0 < len(" ".join(message["Subject"].split())) <= 151


@given(st.text(alphabet=st.characters(categories=None), max_size=80), st.text(max_size=80))
@example("=?utf-8?q?=3D=3Futf-8=3Fq=3Fx?=", "=?x?b?DQpCY2M6IHg=?=")
def test_no_text_adds_a_header(title: str, label: str) -> None:
    """Whatever the issue says, the mail has our ten headers and lines that servers take."""
    data = built(replace(labelled(label), title=title))
    assert set(read(data).keys()) == HEADERS
    assert all(len(row) <= 998 for row in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.isascii()


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("reader@example.org", "reader@example.org"),
        ("A Reader <reader@example.org>", "A Reader <reader@example.org>"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
        ("=?utf-8?q?x=0D=0ABcc:_y?= <reader@example.org>", None),
        ('"Last, First" <reader@example.org>', '"Last, First" <reader@example.org>'),
    ],
)
def test_a_recipient_is_shown_as_one_mailbox(to: str, shown: str | None) -> None:
    """International domains in their ASCII form; a name cannot become a header."""
    message = read(built(to=to))
    assert len(message["To"].addresses) == 1
    assert set(message.keys()) == HEADERS
    if shown is not None:
        assert message["To"] == shown


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("", "not a mail address"),
        ("reader", "not a mail address"),
        ("a@b, c@d", "not a mail address"),
        ("a@b c@d", "not a mail address"),
        ("<a@b> <c@d>", "not a mail address"),
        ("a@example.org\r\nBcc: c@d", "control characters"),
        ("müller@example.org", "SMTPUTF8"),
        ("a@" + "b" * 300 + ".example", "domain|address"),
        ("a@-", "not a mail address"),
    ],
)
def test_what_is_no_address_is_refused(to: str, reason: str) -> None:
    """A person must look: trying again does not help."""
    with pytest.raises(DeliveryError, match=reason) as caught:
        built(to=to)
    assert not caught.value.temporary
    assert "\n" not in str(caught.value)
