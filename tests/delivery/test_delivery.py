"""An issue reaches everybody once: the outbox, reruns, subscribers, folders, and input that is bad."""

import email
import email.policy
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.delivery.dispatch import deliver_issue, issue_key, send_due, send_test, send_waiting
from digest.delivery.options import MailConfig
from digest.errors import BusyError, ConfigError, DeliveryError, WriteError
from digest.models import Article, Digest, Section, Sentence, Story, StorySummary, Summary, Topic
from digest.store import locked, open_store, outbox

A, B = "a@example.org", "b@example.org"
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)

Make = Callable[..., Any]


def message(post: Any, recipient: str) -> Any:
    """The last mail that the server took for a recipient."""
    content = [content for whom, content in post.server.kept if whom == recipient][-1]
    return email.message_from_bytes(content, policy=email.policy.SMTP)


def test_each_recipient_gets_one_mail(good: Any) -> None:
    """On one connection, each addressed to its one recipient, and a rerun sends nothing."""
    assert good.send(A, B).exit_code == 0
    assert (message(good, A)["To"], message(good, B)["To"]) == (A, B)
    assert good.server.connections == 1
    assert good.send(A, B).exit_code == 0
    assert len(good.server.kept) == 2
    assert good.server.connections == 1


def test_a_recipient_named_twice_gets_one_mail(good: Any) -> None:
    """In another spelling too."""
    good.send(A, "A@Example.ORG", f"Somebody <{A}>")
    assert len(good.server.kept) == 1


def test_another_issue_is_another_mail(good: Any) -> None:
    """With a Message-ID of its own."""
    good.send(A)
    good.send(A, issue="the next")
    assert len(set(good.server.ids(A))) == 2


def test_a_recipient_who_comes_later_gets_the_issue(good: Any) -> None:
    """And the first ones do not get it again."""
    good.send(A)
    good.send(A, B)
    assert [whom for whom, _ in good.server.kept] == [A, B]


def test_everything_stands_in_the_store_before_the_first_connection(
    post: Make,
) -> None:
    """The exact bytes, for every recipient."""
    seen: list[int] = []
    one = post()
    one.server.greeting = lambda _count, _line: seen.append(len(one.states()))  # type: ignore[func-returns-value]
    one.send(A, B)
    assert seen == [2]


def test_what_the_server_gets_is_what_was_stored(post: Make) -> None:
    """Byte for byte, after a failure too."""
    one = post(rcpt="450 later")
    one.send(A)
    with open_store(one.store) as store:
        stored = outbox.item(store, outbox.rows(store)[0])
    assert stored is not None
    one.server.heal()
    one.later(hours=1)
    one.send(A)
    assert one.server.kept == [(A, stored.content)]


def test_a_run_that_ended_amid_a_mail_leaves_it_uncertain(good: Any) -> None:
    """The next run says so and sends it again, under the same Message-ID."""
    good.send(A, B)
    before = good.server.ids(A)
    with open_store(good.store) as store, store.transaction() as connection:
        connection.execute("UPDATE outbox SET state = 'SENDING' WHERE recipient = ?", (A,))
        connection.execute(
            "INSERT INTO mails SELECT id, ? FROM outbox WHERE recipient = ?",
            (zlib.compress(good.server.kept[0][1]), A),
        )
    good.send(A, B)
    assert any(A in line and "may be there" in line for line in good.lines)
    assert good.server.ids(A) == before * 2
    assert len(good.server.ids(B)) == 1


def test_two_senders_do_not_overlap(good: Any) -> None:
    """The second leaves at once."""
    with locked(good.store), pytest.raises(BusyError) as caught:
        good.send(A)
    assert caught.value.exit_code == 75
    assert good.server.kept == []


def test_a_full_disk_stops_before_sending(good: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail stays in the outbox, and the server has not seen it."""
    import shutil

    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=100))
    with pytest.raises(WriteError) as caught:
        good.send(A)
    assert caught.value.exit_code == 73
    monkeypatch.undo()
    assert (good.states(), good.server.kept) == ({A: "QUEUED"}, [])
    assert good.send(A).exit_code == 0


def test_the_bytes_are_forgotten_once_they_are_sent(good: Any) -> None:
    """The row stays, so that nothing is sent twice."""
    good.send(A)
    with open_store(good.store) as store:
        assert store.connection.execute("SELECT count(*) FROM mails").fetchone()[0] == 0


def test_an_unsubscribe_link_works_for_its_owner_alone(good: Any) -> None:
    """Token and address in every mail; after it nobody mails the owner, not even what waited."""
    options = {"unsubscribe_url": "https://news.example/u?t={token}"}
    good.send(A, B, **options)
    first, second = (message(good, one)["List-Unsubscribe"] for one in (A, B))
    token = first.partition("t=")[2].rstrip(">")
    assert first != second
    assert token in message(good, A).get_body(("plain",)).get_content()
    assert token in message(good, A).get_body(("html",)).get_content()
    good.server.rcpt = "450 later"
    good.send(A, issue="waiting", **options)
    with open_store(good.store) as store:
        assert outbox.unsubscribe(store, token, now=NOW) == A
        assert outbox.unsubscribe(store, token, now=NOW) == A
    good.server.heal()
    good.later(days=1)
    good.send(A, B, issue="the next", **options)
    assert (len(good.server.ids(A)), len(good.server.ids(B))) == (1, 2)


def test_a_token_stays_the_same(good: Any) -> None:
    """The link of an old mail still works."""
    options = {"unsubscribe_mailto": "leave@example.com"}
    good.send(A, **options)
    first = message(good, A)["List-Unsubscribe"]
    good.send(A, issue="the next", **options)
    assert message(good, A)["List-Unsubscribe"] == first
    assert first.startswith("<mailto:leave@example.com?subject=")


def test_an_unknown_token_is_refused(good: Any) -> None:
    """In one line."""
    good.send(A)
    with open_store(good.store) as store, pytest.raises(ConfigError, match="no subscriber"):
        outbox.unsubscribe(store, "abc", now=NOW)


def test_a_test_is_marked_and_leaves_no_note(good: Any) -> None:
    """The subscriber gets the real one all the same."""
    digest = Digest("The daily digest", date(2026, 11, 21))
    with open_store(good.store) as store:
        outcome = send_test(store, digest, "issue", good.mail(A), A, now=NOW)
        assert outcome.state == "SENT"
        assert outbox.rows(store, everything=True) == []
    assert message(good, A)["Subject"].startswith("Test: The daily digest")
    good.send(A)
    assert len(set(good.server.ids(A))) == 2


def test_whoever_unsubscribed_gets_no_test_either(good: Any) -> None:
    """Never means never."""
    digest = Digest("The daily digest", date(2026, 11, 21))
    with open_store(good.store) as store:
        outbox.unsubscribe(store, A, now=NOW)
        with pytest.raises(DeliveryError, match="unsubscribed"):
            send_test(store, digest, "issue", good.mail(A), A, now=NOW)


def test_a_retry_waits_no_longer(post: Make) -> None:
    """Without numbers all that wait; with them a refused mail too."""
    one = post(rcpt=lambda _count, line: "450 later" if A in line else "550 no")
    one.send(A, B)
    one.server.heal()
    with open_store(one.store) as store:
        done = send_waiting(store, (), one.mail(), now=one.now, report=one.lines.append)
        assert (done.count("SENT"), done.exit_code) == (1, 0)
        done = send_waiting(store, (2,), one.mail(), now=one.now, report=one.lines.append)
        assert (done.count("SENT"), done.exit_code) == (1, 0)
    assert [whom for whom, _ in one.server.kept] == [A, B]


def test_what_is_due_is_sent_when_it_is_due(post: Make) -> None:
    """A server that asked for patience gets it."""
    one = post(rcpt="450 later")
    one.send(A)
    one.server.heal()
    with open_store(one.store) as store:
        soon = send_due(store, one.mail(), now=one.now, report=one.lines.append)
        assert (soon.count("DEFERRED"), soon.exit_code) == (1, 75)
        assert one.server.kept == []
        one.later(hours=1)
        done = send_due(store, one.mail(), now=one.now, report=one.lines.append)
    assert (done.count("SENT"), done.exit_code) == (1, 0)


def test_the_mail_speaks_the_language_of_the_issue(good: Any) -> None:
    """In both parts."""
    digest = Digest("Das Neueste", date(2026, 11, 21))
    with open_store(good.store) as store:
        deliver_issue(
            store, digest, "key", good.mail(A), now=NOW, language="de", report=good.lines.append
        )
    found = message(good, A)
    assert "Samstag, 21. November 2026" in found.get_body(("plain",)).get_content()
    assert '<html lang="de">' in found.get_body(("html",)).get_content()


def test_what_was_dropped_is_not_sent(post: Make) -> None:
    """By no rerun and by no retry."""
    one = post(rcpt="450 later")
    one.send(A)
    with open_store(one.store) as store:
        assert outbox.drop(store, [1], now=NOW) == 1
    one.server.heal()
    one.later(days=1)
    assert one.send(A).exit_code == 0
    assert one.server.kept == []


@pytest.mark.parametrize("means", ["file", "maildir"])
def test_a_folder_gets_the_exact_bytes(good: Any, tmp_path: Path, means: str) -> None:
    """One file a mail; one that is delivered once more replaces itself."""
    folder = tmp_path / "mail"
    assert good.send(A, B, deliver=means, folder=str(folder)).exit_code == 0
    place = folder / "new" if means == "maildir" else folder
    files = sorted(place.iterdir())
    assert len(files) == 2
    to = {email.message_from_bytes(file.read_bytes())["To"] for file in files}
    assert to == {A, B}
    with open_store(good.store) as store, store.transaction() as connection:
        connection.execute("UPDATE outbox SET state = 'SENDING' WHERE recipient = ?", (A,))
        connection.execute("INSERT INTO mails VALUES (1, ?)", (zlib.compress(b"x"),))
    good.send(A, B, deliver=means, folder=str(folder))
    assert sorted(place.iterdir()) == files


def test_a_mail_that_was_read_already_is_not_delivered_again(good: Any, tmp_path: Path) -> None:
    """A mail program moves it within the maildir."""
    folder = tmp_path / "mail"
    good.send(A, deliver="maildir", folder=str(folder))
    (file,) = (folder / "new").iterdir()
    file.rename(folder / "cur" / f"{file.name}:2,S")
    with open_store(good.store) as store, store.transaction() as connection:
        connection.execute("UPDATE outbox SET state = 'SENDING'")
        connection.execute("INSERT INTO mails VALUES (1, ?)", (zlib.compress(b"x"),))
    good.send(A, deliver="maildir", folder=str(folder))
    assert list((folder / "new").iterdir()) == []


def test_a_folder_that_cannot_be_written_keeps_the_mails(good: Any, tmp_path: Path) -> None:
    """They wait in the outbox."""
    (tmp_path / "file").write_text("")
    done = good.send(A, B, deliver="file", folder=str(tmp_path / "file"))
    assert done.exit_code == 75
    assert set(good.states().values()) == {"DEFERRED"}


def test_bad_addresses_are_named_and_the_others_served(good: Any, tmp_path: Path) -> None:
    """Those of the list and those of a file, by their lines; a person must look."""
    file = tmp_path / "readers.txt"
    file.write_text(
        f"# readers\n\n{B}   # the second\nnot an address\nx@y@z\n{A}\n", encoding="utf-8"
    )
    done = good.send(A, "nobody", recipients_file=str(file))
    assert done.exit_code == 76
    assert [whom for whom, _ in good.server.kept] == [A, B]
    assert len(good.lines) == 3
    assert any("readers.txt, line 4: not an address" in line for line in good.lines)


def test_a_missing_list_of_recipients_is_an_error(good: Any, tmp_path: Path) -> None:
    """Before anything is sent."""
    with pytest.raises(ConfigError, match="no such file"):
        good.send(A, recipients_file=str(tmp_path / "none.txt"))
    assert good.server.kept == []


def test_a_missing_password_is_an_error(good: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says where it is looked for."""
    monkeypatch.delenv("DIGEST_SMTP_PASSWORD", raising=False)
    with pytest.raises(ConfigError, match="DIGEST_SMTP_PASSWORD") as caught:
        good.send(A, user="me", security="starttls")
    assert caught.value.exit_code == 2


def test_a_password_is_read_from_a_file_that_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first line; a file that others can read is refused."""
    from digest.delivery.options import password

    monkeypatch.delenv("DIGEST_SMTP_PASSWORD", raising=False)
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    file.chmod(0o600)
    mail = MailConfig(user="me", password_file=str(file))
    assert password(mail) == "hunter2"
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        password(mail)


def test_a_mail_needs_a_sender(good: Any) -> None:
    """The line shows the key."""
    with pytest.raises(ConfigError, match="from = "):
        good.send(A, sender="")


def large(topics: int, title: str = "The daily digest", text: str = "") -> Digest:
    """An issue of so many topics."""
    sections = []
    for number in range(topics):
        body = text or f"Sentence {number} tells of what happened in the {number}th town today."
        article = Article(
            id=f"a{number}",
            title=f"What happened in town {number}",
            text=body,
            source="Post",
            url=f"https://post.example/{number}",
        )
        summary = Summary((Sentence(article.id, 0, 0, len(body), body, 0.5),), "lead")
        story = Story((article,))
        sections.append(
            Section(
                Topic(f"Town {number}", (story,)),
                summary,
                (StorySummary(story, summary),),
                heading=article.title,
            )
        )
    return Digest(title, date(2026, 11, 21), tuple(sections))


@pytest.mark.parametrize(
    ("digest", "says"),
    [
        pytest.param(
            Digest("The daily digest", date(2026, 11, 21)), "No articles today", id="empty"
        ),
        pytest.param(large(500), "more items did not fit", id="500 topics"),
        pytest.param(large(1, title="long " * 1000), "0th town", id="a title of 5,000 characters"),
        pytest.param(large(1, text="A nul\x00 in a summary."), "A nul in a summary.", id="NUL"),
    ],
)
def test_a_strange_issue_is_still_a_mail(good: Any, digest: Digest, says: str) -> None:
    """It arrives whole, within the limits, and says what there is to say in both parts."""
    with open_store(good.store) as store:
        done = deliver_issue(store, digest, "key", good.mail(A), now=NOW, report=good.lines.append)
    assert (done.exit_code, good.lines) == (0, [])
    found = message(good, A)
    assert not found.defects
    assert 0 < len(found["Subject"]) <= 151
    for kind in ("plain", "html"):
        assert says in found.get_body((kind,)).get_content()
    (content,) = (content for _, content in good.server.kept)
    assert all(len(row) <= 998 for row in content.split(b"\r\n"))
    assert len(found.get_body(("html",)).get_payload().encode()) <= 102_400


def test_the_key_of_an_issue_is_that_of_its_text() -> None:
    """The SHA-256 of the JSON, as other tools compute it."""
    assert issue_key("{}\n") == "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"
    assert len({issue_key("{}\n", edition) for edition in ("", "daily", "weekly")}) == 3
