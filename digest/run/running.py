"""The daily job: finish the last run, fetch the sources, make the issue, mail it."""

import datetime
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from digest.codec import read_digest
from digest.config import Config, config_of, edition_config, make_stages
from digest.delivery.dispatch import Delivery, deliver_issue, issue_key, send_due
from digest.delivery.notices import deliver_notices
from digest.editions import EditionConfig
from digest.errors import ConfigError, WriteError
from digest.fetch import HttpFetcher
from digest.models import Digest
from digest.protocols import Progress, Report, no_progress
from digest.run.gathering import Gathered, Gatherer
from digest.run.issuing import Maker, write_issue
from digest.run.mailboxes import MailFetcher, mark_told
from digest.store import Store
from digest.store.articles import ANY, Scope, count_waiting
from digest.store.issues import Issue, all_issues, issue_json, mark_mailed, uncarrying, unwritten
from digest.store.schema import REPAIR, DamagedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The input of a run. Relative paths of sources are relative to `folder`."""

    store: Store
    config: Config
    folder: Path
    output: Path | None = None
    """The folder of the issues, where it is not that of the configuration, relative to `folder`."""
    http: HttpFetcher
    look: Callable[[Config], Mapping[str, Any]] = lambda _config: {}
    """What renderers take, of a configuration: `templates`, `theme`, `language`."""
    report: Report = lambda _line: None
    progress: Progress = no_progress
    processes: int = 2
    """The worker processes that parse the documents."""

    def issues_folder(self, config: Config) -> Path:
        """Return where the issues of a configuration go."""
        return self.output or self.folder / config.output


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """The result of a run for one edition, or for a file without editions."""

    gathered: Gathered
    config: Config = field(repr=False)
    """The configuration of the edition; addresses in it may have passwords."""
    edition: str = ""
    files: tuple[Path, ...] = ()
    digest: Digest | None = None
    """The issue; None where none was made."""
    waiting: int = 0
    """Articles that wait for the next issue."""
    has_issue: bool = False
    """Whether the day had its issue before."""
    is_due: bool = True
    """Whether it is one of its days, and the time has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What is asked of a run."""

    day: datetime.date
    now: datetime.datetime
    since: datetime.datetime | None = None
    wanted: bool = False
    """Whether an issue is made even where none is due."""
    is_chosen: bool = False
    """Whether the edition was named: then this is its day."""

    def moment(self, timezone: str) -> datetime.datetime:
        """Return the local time of the run, on the day of its issue."""
        zone = zoneinfo.ZoneInfo(timezone) if timezone else None
        return datetime.datetime.combine(self.day, self.now.astimezone(zone).time())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What issues are made of: an edition, or a file without editions."""

    config: Config
    edition: EditionConfig | None = None

    @property
    def name(self) -> str:
        """The name of the edition; empty for a file without."""
        return self.edition.name if self.edition else ""

    def due(self, moment: datetime.datetime) -> datetime.date:
        """Return the day whose issue is to be there at a local moment."""
        return self.edition.last_due(moment) if self.edition else moment.date()

    def scope(self, issues: Sequence[Issue], now: datetime.datetime) -> Scope:
        """Return what can wait for its next issue, after those it has."""
        if self.edition is None:
            return ANY
        return Scope(
            edition=self.name,
            sources=tuple(source.shown for source in self.config.sources),
            since=(issues[0].made if issues else now) - self.edition.begins,
        )


def run_once(
    job: Job,
    *,
    day: datetime.date,
    now: datetime.datetime,
    since: datetime.datetime | None = None,
    extra: bool = False,
    edition: str = "",
) -> list[RunResult]:
    """Gather what is new and make the issue of `day`, unless that has one already, of each edition that is due.

    With `extra` a further one is made; with `since` one of all that came at that moment or later; of
    `edition` alone, whether it is due or not. Where no source could be had and nothing waits, there is no
    issue, so that a later run can make it. An issue whose files cannot be written is reported, and the next
    run writes it.

    Raises:
        ConfigError: no edition has that name.
        StoreError: the store cannot be used.
    """
    papers = _papers(job.config, edition)
    for issue in unwritten(job.store):
        _written(job, issue)
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
    order = _Order(
        day=day, now=now, since=since, wanted=bool(extra or since), is_chosen=bool(edition)
    )
    done = [_issue(job, paper, gathered, order) for paper in papers]
    fetcher = MailFetcher(folder=job.folder, certificates=job.http.certificates)
    mark_told(fetcher, gathered.mails, job.store, job.report)
    return done


def _issue(job: Job, paper: _Paper, gathered: Gathered, order: _Order) -> RunResult:
    """Make the issue of an edition, if it is due."""
    issues = all_issues(job.store, paper.name)
    due = order.day if order.is_chosen else paper.due(order.moment(job.config.timezone))
    scope = paper.scope(issues, order.now)
    number = count_waiting(job.store, scope)
    # An empty issue does not use up its day: what comes later makes a further one. An empty first one is none.
    empty = uncarrying(job.store) if number else frozenset()
    # What was missed is made up for, but for what was due before an edition's first issue.
    too_soon = not issues and due < order.day
    has_issue = any(due <= one.day <= order.day and one.id not in empty for one in issues)
    failed = [one for one in paper.config.sources if one.shown in gathered.failed]
    without = not number and (not issues or len(failed) == len(paper.config.sources))
    result = RunResult(
        gathered=gathered,
        config=paper.config,
        edition=paper.name,
        waiting=number,
        has_issue=has_issue,
        is_due=not (has_issue or too_soon),
    )
    if without or not (result.is_due or order.wanted):
        return result
    digest, issue = _make(job, paper, scope, order)
    return replace(result, files=_written(job, issue), digest=digest, waiting=0, has_issue=False)


def _written(job: Job, issue: Issue) -> tuple[Path, ...]:
    """Write an issue; one that cannot be written is named, and left to the next run."""
    other = job.issues_folder(config_of(job.config, issue.edition))
    try:
        files = tuple(write_issue(job.store, issue, other))
    except WriteError as error:
        job.report(f"issue {issue.name}: {error}")
        return ()
    if files and files[0].parent != Path(issue.folder):
        job.report(
            f"issue {issue.name}: {issue.folder} cannot be written; it is in {files[0].parent}"
        )
    return files


def _papers(config: Config, edition: str) -> list[_Paper]:
    papers = [
        _Paper(config=edition_config(config, one), edition=one) for one in config.editions
    ] or [_Paper(config=config)]
    chosen = [paper for paper in papers if edition in ("", paper.name)]
    if not chosen:
        known = ", ".join(filter(None, (paper.name for paper in papers))) or "there are none"
        raise ConfigError(f"no edition {edition!r} in the configuration: {known}")
    return chosen


def _make(job: Job, paper: _Paper, scope: Scope, order: _Order) -> tuple[Digest, Issue]:
    from digest.clusterers import carry_over
    from digest.renderers import make_renderer

    config = paper.config
    look = job.look(config)
    make = Maker(
        store=job.store,
        config=config,
        stages=make_stages(config),
        identify=carry_over,
        renderers=[make_renderer(name, **look) for name in config.formats],
        folder=job.issues_folder(config),
        scope=scope,
    )
    return make(day=order.day, now=order.now, since=order.since)


def mail_issues(
    store: Store,
    config: Config,
    *,
    now: datetime.datetime,
    templates: Callable[[Config], Path | None] = lambda _config: None,
    report: Report,
) -> Iterator[Delivery]:
    """Send the mails and notices of new issues that are no drafts, and those that are due in the outbox.

    An issue goes to whom its edition names, once it is written. A run that broke off before its mails stood
    in the outbox is made up for here; under the same key nobody is mailed twice.
    """
    pending = [one for one in all_issues(store) if one.to_mail and one.written and not one.held]
    mailed, told = False, set[str]()
    for issue in pending:
        own = config_of(config, issue.edition)
        try:
            text = issue_json(store, issue.id)
            digest = read_digest(text)
        except (DamagedError, ConfigError) as error:
            problem = f"the mails of issue {issue.name} cannot be made: {error}; {REPAIR}"
            report(problem)
            yield Delivery(rows=(), problems=(problem,))
            continue
        key, words = issue_key(text, issue.edition), own.language
        if own.mail:
            mailed = True
            folder = templates(own)
            yield deliver_issue(
                store,
                digest,
                key,
                own.mail,
                now=now,
                templates=folder,
                language=words,
                report=report,
            )
        if own.notices:
            told |= {notice.name for notice in own.notices}
            yield deliver_notices(
                store, own.notices, (key, digest), now=now, language=words, report=report
            )
        mark_mailed(store, issue.id)
    if config.mail and not mailed:
        yield send_due(store, config.mail, now=now, report=report)
    if others := [notice for notice in config.notices if notice.name not in told]:
        yield deliver_notices(store, others, now=now, report=report)
