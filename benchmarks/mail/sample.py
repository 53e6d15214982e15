"""A mail to look at: the committed sample issue, as it goes out."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from digest.delivery.message import IssueMail, Writer, unsubscribe_ways
from digest.delivery.options import MailConfig, mailbox
from digest.library import load_digest
from digest.renderers.mail import MailParts, MailRenderer

ISSUE = Path(__file__).parents[2] / "out" / "sample" / "briefing.json"
MAIL = MailConfig(
    sender="The daily digest <digest@example.org>",
    unsubscribe_url="https://news.example.org/leave?t={token}",
    unsubscribe_mailto="leave@example.org",
    web_url="https://news.example.org/{date}.html",
    reason="You get this because you asked for it.",
)
TOKEN = "abcdefghijklmnopqrstuvwxyz"


def parts() -> MailParts:
    """Return subject, text and HTML of the sample."""
    render = MailRenderer(
        web_url=MAIL.web_url.replace("{date}", "2026-11-21"),
        unsubscribe_url=unsubscribe_ways(MAIL, TOKEN)[0],
        reason=MAIL.reason,
    )
    return render.parts(load_digest(ISSUE))


def message(moment: datetime | None = None) -> bytes:
    """Return the whole mail to one reader."""
    digest = load_digest(ISSUE)
    subject, text, html = parts()
    shared = IssueMail(key="sample", day=digest.date, subject=subject, text=text, html=html)
    write = Writer(mail=MAIL, moment=moment or datetime.now(UTC))
    return write(shared, mailbox("reader@example.net"), TOKEN)


if __name__ == "__main__":
    # `--html` for the page alone, to take pictures of.
    sys.stdout.buffer.write(parts().html.encode() if "--html" in sys.argv else message())
