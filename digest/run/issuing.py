"""Store -> issue: choose its articles, decide it in the store, then write its files; and edit it."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from digest.codec import read_digest, write_digest
from digest.collecting import Bounded
from digest.config import Config, make_stages
from digest.durability import encoded, write_file
from digest.editing import Ranked, read_list, revise
from digest.editing.reader import Filter
from digest.errors import ConfigError, FetchError, StoreError, WriteError
from digest.fetch import is_address
from digest.fetch.urls import is_mailbox
from digest.models import (
    Article,
    Carried,
    Digest,
    FailingSource,
    Omission,
    RawDocument,
    Reason,
    Section,
    Source,
    Tier,
    Topic,
)
from digest.pipeline import Stages, compose_digest, tell
from digest.protocols import Identifier, Renderer
from digest.renderers import FORMATS, make_renderer
from digest.sources import SourceConfig, age
from digest.store import Store
from digest.store.articles import (
    ANY,
    Scope,
    carried_since,
    come_since,
    document_at,
    first_seen,
    passed_over,
    waiting,
)
from digest.store.issues import (
    Issue,
    all_issues,
    issue_files,
    issue_json,
    keep_edit,
    keep_issue,
    mark_written,
    names_taken,
    undo_edits,
)
from digest.store.schema import REPAIR, DamagedError
from digest.store.sources import REPORTED_AFTER, SourceState, count_failures, source_states
from digest.verification import verify_digest


def select(
    articles: Sequence[Article], seen: Mapping[str, datetime.datetime], config: Config
) -> tuple[list[Article], list[Omission]]:
    """Return the articles that an issue takes, and an omission for each entry that is too old or too many.

    `seen` is when each article first came, by its id. An entry is too old where it was so when it came: one
    that has waited since, because no issue could be made, is told. One without a date is as old as that.
    """
    sources = {source.shown: source for source in config.sources}
    taken: Counter[str] = Counter()
    kept: list[Article] = []
    omissions: list[Omission] = []
    for article in articles:
        location = article.page.partition("#")[0]
        source = sources.get(location)
        reason = _reason(article, source, seen.get(article.id), taken[location], config)
        if reason is None:
            kept.append(article)
            taken[location] += 1
        else:
            omissions.append(Omission(article.title or article.text[:160], reason, article.page))
    return kept, omissions


def _reason(
    article: Article,
    source: SourceConfig | None,
    seen: datetime.datetime | None,
    taken: int,
    config: Config,
) -> Reason | None:
    """Return why an issue does not take an article; None where it does."""
    if source is None:
        return None
    if not Filter(keep=source.keep, drop=source.drop).passes(article):
        return "muted"
    is_entry = "#" in article.page and (is_address(source.location) or source.max_age)
    if is_entry and seen and article.published and seen - article.published > _most(source, config):
        return "old"
    return "surplus" if source.max_items and taken >= source.max_items else None


def _most(source: SourceConfig, config: Config) -> datetime.timedelta:
    return age(source.max_age or config.max_age) or datetime.timedelta.max


def count_sources(sources: Sequence[SourceConfig], pages: Collection[str]) -> int:
    """Return how many sources an issue has: a folder or pattern counts as its files, given by their pages."""
    remote = sum(_is_remote(source.location) for source in sources)
    files = {page.partition("#")[0] for page in pages if not _is_remote(page)}
    return remote + max(len(files), len(sources) - remote)


def _is_remote(location: str) -> bool:
    return is_address(location) or is_mailbox(location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes issues, of an edition where its `scope` names one, of the articles in the store."""

    store: Store
    config: Config
    stages: Stages
    identify: Identifier
    renderers: Sequence[tuple[str, Renderer]]
    """File endings and their renderers."""
    folder: Path
    """Where the files go."""
    scope: Scope = ANY

    def __call__(
        self,
        *,
        day: datetime.date,
        now: datetime.datetime,
        since: datetime.datetime | None = None,
    ) -> tuple[Digest, Issue]:
        """Decide the next issue, whose files are to be written then.

        It carries what none has carried, or, with `since`, what came at that moment or later. Raises
        `StoreError` where the store cannot be used; then nothing is decided.
        """
        edition = self.scope.edition
        documents, articles, omissions = self._candidates(day, now, since)
        issues = all_issues(self.store, edition)
        digest, found, earlier = self._composed(day, articles, omissions)
        previous = issues[-1].day if issues else None
        digest = replace(digest, previous=previous, failing=self._failing(day, issues))
        name = _free_name(day, edition, names_taken(self.store))
        files = {f"{name}.{ending}": encoded(render(digest)) for ending, render in self.renderers}
        filed = self.identify(found, [one.identity for one in earlier])
        shown = {article.id for article in articles}
        passed = passed_over(self.store, self.scope) if edition and since is None else []
        with self.store.transaction() as connection:
            keep_issue(
                connection,
                name=name,
                day=day,
                made=now,
                folder=str(self.folder.absolute()),
                digest=write_digest(digest),
                to_mail=self.config.mail is not None or bool(self.config.notices),
                held=self.config.hold,
                files=files,
                documents=documents,
                passed=passed,
                filed=[one for one in filed if one.id in shown],
            )
            count_failures(connection, [one.shown for one in self.config.sources], day)
        return digest, issue_called(self.store, name)

    def _candidates(
        self, day: datetime.date, now: datetime.datetime, since: datetime.datetime | None
    ) -> tuple[list[int], list[Article], list[Omission]]:
        if since:
            return come_since(self.store, since, self.scope.sources)
        documents, articles, omissions = waiting(self.store, self.scope)
        seen = first_seen(self.store, documents)
        if day < now.date():  # nothing of a past day is old for its issue
            dawn = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
            seen = {document: min(moment, dawn) for document, moment in seen.items()}
        articles, left_out = select(articles, seen, self.config)
        return documents, articles, [*omissions, *left_out]

    def _composed(
        self, day: datetime.date, articles: list[Article], omissions: list[Omission]
    ) -> tuple[Digest, list[Topic], list[Carried]]:
        past = (day - datetime.date.min).days  # the calendar has a beginning
        first = day - datetime.timedelta(days=min(self.config.memory_days, past))
        own = {article.id for article in articles}
        carried = carried_since(self.store, first, self.scope.edition)
        earlier = [one for one in carried if one.article.id not in own]
        digest, found = compose_digest(
            articles,
            omissions=omissions,
            sources=count_sources(
                self.config.sources, [a.page for a in articles] + [o.page for o in omissions]
            ),
            stages=self.stages,
            date=day,
            title=self.config.title,
            earlier=earlier,
        )
        return digest, found, earlier

    def _failing(self, day: datetime.date, issues: Sequence[Issue]) -> tuple[FailingSource, ...]:
        """Return the sources that failed for the third issue in a row: a reader is told once, not every day."""
        states = source_states(self.store)

        def without(state: SourceState) -> int:
            """Return how many issues went without it; a store counts those of all editions."""
            if not self.scope.edition:
                return state.failures
            return sum(issue.day.isoformat() >= state.failing_since != "" for issue in issues)

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
            and without(state) + 1 == REPORTED_AFTER
        )


def write_issue(store: Store, issue: Issue, other: Path | None = None) -> list[Path]:
    """Write the files of an issue that was decided; returns their paths.

    Where its own folder cannot be written, it goes to an `other` one and stays there. Raises `WriteError` where
    that cannot be written either.
    """
    folder, files = Path(issue.folder), issue_files(store, issue.id)
    try:
        written = [write_file(folder, name, content) for name, content in files.items()]
    except WriteError:
        if other is None or other.absolute() == folder:
            raise
        folder = other.absolute()
        written = [write_file(folder, name, content) for name, content in files.items()]
    mark_written(store, issue, str(folder))
    return written


def issue_called(store: Store, name: str | None) -> Issue:
    """Return the issue of that name, or the latest; raises `ConfigError` where there is none."""
    issues = {issue.name: issue for issue in all_issues(store)}
    last = next(reversed(issues), None)
    wanted = name or last
    if wanted not in issues:
        if last is None:
            raise ConfigError(f"no issue in {store.path} yet; `digest run` makes them")
        raise ConfigError(f"no issue {name} in {store.path}; the last is {last}")
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
        mark_written(store, issue, issue.folder)
    return written


def _free_name(day: datetime.date, edition: str, taken: Collection[str]) -> str:
    """The day, and the edition; with a number for a further issue of the same day."""
    first = name = f"{day.isoformat()}-{edition}" if edition else day.isoformat()
    number = 1
    while name in taken:
        number += 1
        name = f"{first}-{number}"
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue that is to be edited, as it was when its list was written."""

    issue: Issue
    json: str
    digest: Digest


def draft(store: Store, issue: Issue) -> Draft:
    """Return an issue as it is now, to edit it; raises `StoreError` where the store has lost it."""
    try:
        json = issue_json(store, issue.id)
    except DamagedError as error:
        raise StoreError(f"{store.path}: issue {issue.name}: {error}; {REPAIR}") from error
    return Draft(issue=issue, json=json, digest=read_digest(json))


def revise_issue(
    store: Store,
    draft: Draft,
    text: str,
    *,
    config: Config,
    look: Mapping[str, Any],
    now: datetime.datetime,
) -> tuple[Digest, list[Path]]:
    """Apply an editor's list to an issue; returns it and its files, none where nothing has changed.

    The caller holds `digest.store.locked`.

    Raises:
        ConfigError: a line that says nothing that could be done, a sentence that does not stand in its source,
            or an issue that has changed since its list was written.
        WriteError: a file cannot be written; the edit is kept, and the next run writes it.
    """
    lines = read_list(text, draft.digest)
    # As of an interactive rebase, an emptied list means that the editor thought better of it.
    digest = revise(draft.digest, lines, _teller(config)) if lines else draft.digest
    if digest == draft.digest:
        return digest, []
    if issue_json(store, draft.issue.id) != draft.json:
        raise ConfigError("another edit has changed the issue since this list was written")
    _prove(store, digest)
    files = _rendered(digest, list(issue_files(store, draft.issue.id)), look)
    json = write_digest(digest)
    keep_edit(store, draft.issue.id, made=now, text=text, digest=json, files=files)
    return digest, write_issue(store, draft.issue)


def _teller(config: Config) -> Callable[[Ranked, Tier], Section]:
    """Return a function that makes a section as a run would; its stages are made at the first call."""
    stages = cache(lambda: make_stages(config))
    return lambda one, tier: tell(one, tier, stages())


def _prove(store: Store, digest: Digest) -> None:
    """Verify every sentence against the bytes in the store."""

    def kept(source: Source, /) -> RawDocument:
        found = document_at(store, source.location)
        if found is None:
            raise FetchError(source.location, "it is not in the store any more")
        return found

    with Bounded() as bounded:
        failures = verify_digest(digest, fetch=kept, visible_text=bounded.visible_text)
    for failure in failures:
        raise ConfigError(f"not proven: {failure.sentence.text!r}: {failure.reason}")


def _rendered(digest: Digest, names: Sequence[str], look: Mapping[str, Any]) -> dict[str, bytes]:
    """Render the files of an issue again, under the same names."""
    renderers: dict[str, Renderer] = dict(make_renderer(name, **look) for name in FORMATS)
    endings = {name: name.rpartition(".")[2] for name in names}
    return {
        name: encoded(renderers[ending](digest))
        for name, ending in endings.items()
        if ending in renderers
    }
