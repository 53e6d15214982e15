"""What a mailing list sends as one digest is taken apart into its messages."""

import pytest

from digest.readers import read_pages

FIRST = (
    "Date: Fri, 9 Feb 2024 14:32:04 -0600\nFrom: Ann Miller <ann@quay.example>\n"
    "Subject: [harbour] Dredging of the north basin\nMessage-ID: <a@quay.example>\n\n"
    "The dredging of the north basin starts on the first of March.\n"
)
SECOND = (
    "Date: Fri, 9 Feb 2024 18:05:41 -0600\nFrom: Tom Weaver <tom@quay.example>\n"
    "Subject: Re: [harbour] New lamps\nMessage-ID: <b@quay.example>\n\n"
    "On Thu, 8 Feb 2024, Ann Miller wrote:\n> The lamps are too bright, and the\nlight\n> hurts.\n\n"
    "They use a third of the power of the old ones.\n\n"
    "_______________________________________________\nharbour mailing list\nharbour@quay.example\n"
)
MAILMAN = (
    "Send harbour mailing list submissions to\n\tharbour@quay.example\n\nToday's Topics:\n\n"
    "   1. Dredging of the north basin (Ann Miller)\n   2. Re: New lamps (Tom Weaver)\n\n\n"
    f"{'-' * 70}\n\nMessage: 1\n{FIRST}\n{'-' * 30}\n\nMessage: 2\n{SECOND}\n{'-' * 30}\n\n"
    "End of harbour Digest, Vol 9, Issue 2\n*************************************\n"
)
ENVELOPE = (
    "From: harbour-request@quay.example\nTo: harbour@quay.example\nMIME-Version: 1.0\n"
    "Subject: harbour Digest, Vol 9, Issue 2\nMessage-ID: <d@quay.example>\n"
    "Date: Sat, 10 Feb 2024 00:00:00 +0000\n"
)
MIME = f'{ENVELOPE}Content-Type: multipart/digest; boundary="x"\n\n--x\n\n{FIRST}\n--x\n\n{SECOND}\n--x--\n'
USENET = (
    f"Path: quay!not\nNewsgroups: harbour\n{FIRST}\n\nPath: quay!not\nNewsgroups: harbour\n{SECOND}"
)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        pytest.param(MAILMAN, "d.txt", "", id="a Mailman digest as text"),
        pytest.param(MAILMAN, "d.md", "text/markdown", id="saved as Markdown"),
        pytest.param(f"{ENVELOPE}\n{MAILMAN}", "d.eml", "message/rfc822", id="as a mail"),
        pytest.param(
            f"From a@quay.example Sat Feb 10 00:00:00 2024\n{ENVELOPE}\n{MAILMAN}",
            "d.mbox",
            "application/mbox",
            id="in a mailbox",
        ),
        pytest.param(MIME, "d.eml", "message/rfc822", id="MIME parts"),
        pytest.param(USENET, "d.txt", "", id="posts of a newsgroup"),
        pytest.param(MAILMAN.replace("\n", "\r\n"), "d.txt", "", id="with the line ends of mail"),
    ],
)
def test_each_message_is_one_article_by_its_sender(document, content, name, media_type):
    pages = read_pages(document(content, name, media_type))
    assert [page.title for page in pages] == ["Dredging of the north basin", "New lamps"]
    assert [page.author for page in pages] == ["Ann Miller", "Tom Weaver"]
    assert [page.published.day for page in pages] == [9, 10]
    assert all(page.single for page in pages)


def test_what_a_message_quotes_and_the_foot_of_its_list_are_left_out(document):
    _, reply = read_pages(document(MAILMAN, "d.txt"))
    assert [block.text for block in reply.blocks] == [
        "They use a third of the power of the old ones."
    ]
    left = " ".join(one.what for one in reply.left_out)
    assert "hurts" in left
    assert "mailing list" in left


def test_a_forwarded_letter_makes_no_digest(document):
    text = (
        f"{ENVELOPE}\nAs promised:\n\n-----Original Message-----\nFrom: Ann <ann@quay.example>\n"
        "Date: Fri, 9 Feb 2024\nSubject: Piers\n\nThe northern pier is closed until the spring.\n"
    )
    assert len(read_pages(document(text, "f.eml", "message/rfc822"))) == 1
