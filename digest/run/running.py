"""The daily job: finish the last run, fetch the sources, make the issue, mail it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.codec import read_digest
from digest.config import Config, make_stages
from digest.delivery.dispatch import Delivery, deliver_issue, issue_key, send_due
from digest.delivery.notices import deliver_notices
from digest.delivery.options import MailConfig, NoticeConfig
from digest.errors import ConfigError
from digest.fetch import HttpFetcher
from digest.models import Digest
from digest.protocols import Progress, Report, no_progress
from digest.run.gathering import Gathered, Gatherer
from digest.run.issuing import Maker, write_pending
from digest.run.mailboxes import MailFetcher, mark_told
from digest.store import Store
from digest.store.articles import count_waiting
from digest.store.issues import all_issues, issue_json, mark_mailed, uncarrying
from digest.store.schema import REPAIR, DamagedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The input of a run. Relative paths of sources are relative to `folder`."""

    store: Store
    config: Config
    folder: Path
    output: Path
    http: HttpFetcher
    look: Mapping[str, Any] = field(default_factory=dict)
    """What renderers take: `templates`, `theme`, `language`."""
    report: Report = lambda _line: None
    progress: Progress = no_progress
    processes: int = 2
    """The worker processes that parse the documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """The result of a run."""

    gathered: Gathered
    files: tuple[Path, ...] = ()
    digest: Digest | None = None
    """The issue; None where none was made."""
    waiting: int = 0
    """Articles that wait for the next issue."""
    has_issue: bool = False
    """Whether the day had its issue before."""


def run_once(
    job: Job,
    *,
    day: datetime.date,
    now: datetime.datetime,
    since: datetime.datetime | None = None,
    extra: bool = False,
) -> RunResult:
    """Gather what is new and make the issue of `day`, unless that has one already.

    With `extra` a further one is made; with `since` one of all that came at that moment or later. Where no
    source could be had and nothing waits, there is no issue, so that a later run can make it.

    Raises:
        StoreError: the store cannot be used.
        WriteError: a file cannot be written. What was decided stays, and the next run writes it.
    """
    write_pending(job.store)
    gatherer = Gatherer(
        store=job.store,
        http=job.http,
        now=now,
        folder=job.folder,
        max_age=job.config.max_age,
        report=job.report,
        progress=job.progress,
        processes=job.processes,
    )
    gathered = gatherer(job.config.sources)
    number = count_waiting(job.store)
    issues = all_issues(job.store)
    # An empty issue does not use up its day: what comes later makes a further one. An empty first one is none.
    empty = uncarrying(job.store) if number else frozenset()
    has_issue = any(issue.day == day and issue.id not in empty for issue in issues)
    without = not number and (not issues or len(gathered.failed) == len(job.config.sources))
    if without or (has_issue and not extra and since is None):
        _mark_told(job, gathered)
        return RunResult(gathered=gathered, waiting=number, has_issue=has_issue)
    digest, files = _make(job, day, now, since)
    _mark_told(job, gathered)
    return RunResult(gathered=gathered, files=tuple(files), digest=digest)


def _mark_told(job: Job, gathered: Gathered) -> None:
    fetcher = MailFetcher(folder=job.folder, certificates=job.http.certificates)
    mark_told(fetcher, gathered.mails, job.store, job.report)


def _make(
    job: Job, day: datetime.date, now: datetime.datetime, since: datetime.datetime | None
) -> tuple[Digest, list[Path]]:
    from digest.clusterers import carry_over
    from digest.renderers import make_renderer

    make = Maker(
        store=job.store,
        config=job.config,
        stages=make_stages(job.config),
        identify=carry_over,
        renderers=[make_renderer(name, **job.look) for name in job.config.formats],
        folder=job.output,
    )
    return make(day=day, now=now, since=since)


def mail_issues(
    store: Store,
    mail: MailConfig | None,
    *,
    notices: Sequence[NoticeConfig] = (),
    now: datetime.datetime,
    templates: Path | None,
    report: Report,
    language: str = "",
) -> Iterator[Delivery]:
    """Send the mails and notices of new issues that are no drafts, and those that are due in the outbox.

    A run that broke off before its mails stood in the outbox is made up for here; under the same key
    nobody is mailed twice.
    """
    pending = [issue for issue in all_issues(store) if issue.to_mail and not issue.held]
    for issue in pending:
        try:
            text = issue_json(store, issue.id)
            digest = read_digest(text)
        except (DamagedError, ConfigError) as error:
            problem = f"the mails of issue {issue.name} cannot be made: {error}; {REPAIR}"
            report(problem)
            yield Delivery(rows=(), problems=(problem,))
            continue
        key = issue_key(text)
        if mail:
            yield deliver_issue(
                store,
                digest,
                key,
                mail,
                now=now,
                templates=templates,
                language=language,
                report=report,
            )
        if notices:
            yield deliver_notices(
                store, notices, (key, digest), now=now, language=language, report=report
            )
        mark_mailed(store, issue.id)
    if mail and not pending:
        yield send_due(store, mail, now=now, report=report)
    if notices and not pending:
        yield deliver_notices(store, notices, now=now, report=report)
