"""An issue is mailed once, also where the run that made it did not come so far."""

import datetime
from pathlib import Path

import pytest

from digest.config import Config
from digest.delivery.options import MailConfig
from digest.errors import ConfigError
from digest.fetch import HttpFetcher
from digest.run import Job, run_once
from digest.run.running import mail_issues
from digest.sources import SourceConfig
from digest.store import open_store

from .conftest import MORNING, STORIES


@pytest.fixture
def mail(tmp_path: Path) -> MailConfig:
    """Mails go to a folder."""
    return MailConfig(
        sender="digest@example.org",
        to=("a@example.org", "b@example.org"),
        deliver="file",
        folder=str(tmp_path / "mails"),
    )


def _run(home: Path, mail: MailConfig | None, day: int = 0) -> None:
    now = MORNING + datetime.timedelta(days=day)
    with open_store(home / "store.sqlite") as store:
        job = Job(
            store=store,
            config=Config(
                sources=(SourceConfig(location="inbox"),), formats=("markdown",), mail=mail
            ),
            folder=home,
            output=home / "out",
            http=HttpFetcher(),
            processes=1,
        )
        run_once(job, day=now.date(), now=now)


def _mail(home: Path, mail: MailConfig) -> list[int]:
    reports: list[str] = []
    with open_store(home / "store.sqlite") as store:
        done = list(mail_issues(store, Config(mail=mail), now=MORNING, report=reports.append))
    assert reports == []
    return [one.count("SENT") for one in done]


def test_an_issue_is_mailed_to_each_recipient_once(tmp_path: Path, mail: MailConfig) -> None:
    """A second call has nothing to send."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("\n\n".join(STORIES[0]))
    _run(tmp_path, mail)
    assert _mail(tmp_path, mail) == [2]
    assert len(list((tmp_path / "mails").iterdir())) == 2
    assert _mail(tmp_path, mail) == [0]
    assert len(list((tmp_path / "mails").iterdir())) == 2


def test_an_issue_whose_run_broke_off_is_mailed_by_the_next(
    tmp_path: Path, mail: MailConfig
) -> None:
    """Both issues reach everybody."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("\n\n".join(STORIES[0]))
    _run(tmp_path, mail)
    (tmp_path / "inbox" / "b.txt").write_text("\n\n".join(STORIES[1]))
    _run(tmp_path, mail, day=1)
    assert _mail(tmp_path, mail) == [2, 2]
    assert len(list((tmp_path / "mails").iterdir())) == 4


def test_an_issue_of_a_time_without_mail_is_not_mailed_later(
    tmp_path: Path, mail: MailConfig
) -> None:
    """Who turns mail on gets the next issue, not all past ones."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("\n\n".join(STORIES[0]))
    _run(tmp_path, None)
    assert _mail(tmp_path, mail) == [0]


def test_an_issue_waits_where_the_configuration_of_mail_is_wrong(
    tmp_path: Path, mail: MailConfig
) -> None:
    """It is mailed when that has been mended."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("\n\n".join(STORIES[0]))
    _run(tmp_path, mail)
    wrong = MailConfig(
        sender="digest@example.org", to=mail.to, user="me", security="tls", password_file="none"
    )
    with pytest.raises(ConfigError):
        _mail(tmp_path, wrong)
    assert _mail(tmp_path, mail) == [2]
