"""Store -> issue: what no issue has carried becomes one, decided in the store before a file is written."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest.config import Config
from digest.durability import write_file
from digest.errors import ConfigError
from digest.models import Article, Carried, Digest, FailingSource, Omission, Topic
from digest.pipeline import Stages, compose_digest
from digest.protocols import Identifier, Renderer
from digest.renderers.json import JsonRenderer
from digest.run.selection import select
from digest.store import Store
from digest.store.articles import carried_since, come_since, first_seen, waiting
from digest.store.issues import (
    Issue,
    all_issues,
    issue_files,
    keep_issue,
    mark_written,
    names_taken,
    undo_edits,
    unwritten,
)
from digest.store.sources import REPORTED_AFTER, count_failures, source_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes issues of what the store holds."""

    store: Store
    config: Config
    stages: Stages
    identify: Identifier
    renderers: Sequence[tuple[str, Renderer]]
    """File endings and what makes their files."""
    folder: Path
    """Where the files go."""

    def __call__(
        self,
        *,
        day: datetime.date,
        now: datetime.datetime,
        since: datetime.datetime | None = None,
    ) -> tuple[Digest, list[Path]]:
        """Decide the next issue and write its files; returns its digest and where they are.

        It carries what none has carried, or, with `since`, what came at that moment or later.

        Raises:
            StoreError: the store cannot be used; nothing is decided.
            WriteError: a file cannot be written; the issue is decided, and the next run writes it.
        """
        chosen = come_since(self.store, since) if since else waiting(self.store)
        documents, articles, omissions = chosen
        if since is None:
            seen = first_seen(self.store, documents)
            articles, passed_over = select(articles, seen, self.config)
            omissions = [*omissions, *passed_over]
        issues = all_issues(self.store)
        digest, found, earlier = self._composed(day, articles, omissions)
        digest = replace(
            digest,
            previous=issues[-1].day if issues else None,
            failing=self._failing(day),
        )
        name = _free_name(day, names_taken(self.store))
        files = {
            f"{name}.{ending}": render(digest).encode("utf-8", "replace")
            for ending, render in self.renderers
        }
        filed = self.identify(found, [one.identity for one in earlier])
        shown = {article.id for article in articles}
        with self.store.transaction() as connection:
            keep_issue(
                connection,
                name=name,
                day=day,
                made=now,
                folder=str(self.folder.absolute()),
                digest=JsonRenderer()(digest),
                to_mail=self.config.mail is not None,
                held=self.config.hold,
                files=files,
                documents=documents,
                filed=[one for one in filed if one.id in shown],
            )
            count_failures(connection, [one.shown for one in self.config.sources], day)
        return digest, write_pending(self.store)

    def _composed(
        self, day: datetime.date, articles: list[Article], omissions: list[Omission]
    ) -> tuple[Digest, list[Topic], list[Carried]]:
        past = (day - datetime.date.min).days  # the calendar has a beginning
        first = day - datetime.timedelta(days=min(self.config.memory_days, past))
        own = {article.id for article in articles}
        earlier = [one for one in carried_since(self.store, first) if one.article.id not in own]
        digest, found = compose_digest(
            articles,
            omissions=omissions,
            sources=len(self.config.sources),
            stages=self.stages,
            date=day,
            title=self.config.title,
            earlier=earlier,
        )
        return digest, found, earlier

    def _failing(self, day: datetime.date) -> tuple[FailingSource, ...]:
        """The sources that this issue is the third in a row to go without: told once, not every day."""
        states = source_states(self.store)
        return tuple(
            FailingSource(
                source.name or state.name or source.shown,
                source.shown,
                state.reason,
                datetime.date.fromisoformat(state.failing_since or day.isoformat()),
            )
            for source in self.config.sources
            if (state := states.get(source.shown))
            and state.reason
            and state.failures + 1 == REPORTED_AFTER
        )


def write_pending(store: Store) -> list[Path]:
    """Write the files of every issue that was decided, but not written; returns their paths."""
    written = []
    for issue in unwritten(store):
        folder = Path(issue.folder)
        for name, content in issue_files(store, issue.id).items():
            written.append(write_file(folder, name, content))
        mark_written(store, issue.id)
    return written


def issue_called(store: Store, name: str | None) -> Issue:
    """Return the issue of that name, or the latest; raises `ConfigError` where there is none."""
    issues = {issue.name: issue for issue in all_issues(store)}
    last = next(reversed(issues), None)
    wanted = name or last
    if wanted not in issues:
        known = f"the last is {last}" if last else "there is none yet"
        raise ConfigError(f"no issue {name or 'at all'} in {store.path}; {known}")
    return issues[wanted]


def write_again(
    store: Store, name: str, folder: Path | None = None, *, now: datetime.datetime
) -> list[Path]:
    """Write the files of a past issue once more, byte for byte as they first were.

    Where they go to their own folder, edits of the issue are taken back. Raises `ConfigError` where there
    is no such issue.
    """
    issue = issue_called(store, name)
    own = Path(issue.folder)
    if folder is None or folder.absolute() == own:
        undo_edits(store, issue.id, now=now)
    written = [
        write_file(folder or own, file, content)
        for file, content in issue_files(store, issue.id, original=True).items()
    ]
    if folder is None or folder.absolute() == own:
        mark_written(store, issue.id)
    return written


def _free_name(day: datetime.date, taken: Collection[str]) -> str:
    """The day; with a number for a further issue of the same day."""
    name, number = day.isoformat(), 1
    while name in taken:
        number += 1
        name = f"{day.isoformat()}-{number}"
    return name
