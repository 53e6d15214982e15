"""Mailboxes are taken apart into their messages."""

import pytest

from digest.errors import ReadError
from digest.fetch import mailbox_files
from digest.models import RawDocument, Source
from digest.readers import read_pages, unpack, visible_text
from digest.readers.mail import message_key

TWO = b"""From ann@quay.example Mon Jan  5 10:00:00 2026
From: Ann <ann@quay.example>
Subject: Ferries
Message-ID: <1@quay.example>
Date: Mon, 5 Jan 2026 10:00:00 +0000

The ferries sail again.

From here on it is
>From memory, and
>>From hearsay.

From ola@quay.example Tue Jan  6 10:00:00 2026
From: Ola <ola@quay.example>
Subject: Piers
message-id:
 <2@quay.example>

The northern pier is closed.
"""


def _mailbox(content: bytes, media_type: str = "") -> RawDocument:
    return RawDocument(Source("news.mbox", "news.mbox"), content, media_type=media_type)


@pytest.mark.parametrize("media_type", ["", "application/mbox", "text/plain"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_message_is_a_document(media_type, end):
    parts = unpack(_mailbox(TWO.replace(b"\n", end), media_type))
    assert [part.key for part in parts] == ["<1@quay.example>", "<2@quay.example>"]
    assert parts[0].source.location == "news.mbox#<1@quay.example>"
    (first,), (second,) = map(read_pages, parts)
    assert (first.title, second.title) == ("Ferries", "Piers")
    assert [block.text for block in second.blocks] == ["The northern pier is closed."]


def test_a_line_of_text_that_begins_with_from_parts_nothing_and_is_unquoted():
    first, _ = unpack(_mailbox(TWO))
    assert first.content.endswith(b"From here on it is\nFrom memory, and\n>From hearsay.\n")


def test_a_mailbox_shows_the_text_of_all_its_messages():
    shown = visible_text(_mailbox(TWO))
    assert "The ferries sail again." in shown
    assert "The northern pier is closed." in shown
    assert len(read_pages(_mailbox(TWO))) == 2


def test_the_same_message_twice_is_one_and_another_of_the_same_id_is_kept():
    message = b"From a 10:00 2026\nMessage-ID: <1@a>\n\nText.\n\n"
    assert len(unpack(_mailbox(message * 2))) == 1
    assert len(unpack(_mailbox(message + message.replace(b"Text", b"Other")))) == 2


def test_a_message_without_an_id_is_known_by_its_bytes():
    assert message_key(b"Subject: a\n\nMessage-ID: <no@header>") == message_key(
        b"Subject: a\n\nMessage-ID: <no@header>"
    )
    assert len(message_key(b"Subject: a\n\nb")) == 16
    assert message_key(b"Subject: a\n\nb") != message_key(b"Subject: a\n\nc")


def test_a_message_that_cannot_be_read_costs_no_other():
    broken = b"\nFrom a 10:00 2026\nContent-Type: image/png\n\n\x89PNG\n"
    assert [page.title for page in read_pages(_mailbox(TWO + broken))] == ["Ferries", "Piers"]


def test_an_empty_mailbox_says_so():
    with pytest.raises(ReadError, match="an empty mailbox"):
        unpack(_mailbox(b"nothing", "application/mbox"))


def test_a_maildir_gives_the_files_of_cur_and_new(tmp_path):
    for name in ("cur/2.b:2,S", "new/1.a", "cur/.hidden", "tmp/3.c"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"Subject: a\n\nb")
    files = mailbox_files(tmp_path)
    assert files is not None
    assert [file.name for file in files] == ["1.a", "2.b:2,S"]


def test_another_folder_is_no_maildir(tmp_path):
    (tmp_path / "cur").mkdir()
    assert mailbox_files(tmp_path) is None
