"""Issue -> list -> issue: what an editor changes of an issue that is made, proven before it is kept."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digest.bounded import Bounded
from digest.config import Config, make_stages
from digest.editing import Ranked, read_list, revise
from digest.errors import ConfigError, FetchError, StoreError
from digest.models import Digest, RawDocument, Section, Source, Tier
from digest.pipeline import tell
from digest.protocols import Renderer
from digest.registry import make_renderer
from digest.renderers import FORMATS
from digest.renderers.reading import read_digest
from digest.run.issuing import write_pending
from digest.store import Store
from digest.store.articles import document_at
from digest.store.issues import Issue, issue_files, issue_json, keep_edit
from digest.store.soundness import REPAIR, DamagedError
from digest.verification import verify_digest


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
    """Make an issue anew as a list wants it; returns it and its files, none where nothing has changed.

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
    json = make_renderer("json")[1](digest)
    keep_edit(store, draft.issue.id, made=now, text=text, digest=json, files=files)
    return digest, write_pending(store)


def _teller(config: Config) -> Callable[[Ranked, Tier], Section]:
    """Return what tells a topic as a run would; its stages are made when it is first called."""
    stages = cache(lambda: make_stages(config))
    return lambda one, tier: tell(one, tier, stages())


def _prove(store: Store, digest: Digest) -> None:
    """Hold every sentence against the bytes that the store kept."""

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
    """Return the files of an issue made anew, under the names that they have."""
    renderers: dict[str, Renderer] = dict(make_renderer(name, **look) for name in FORMATS)
    endings = {name: name.rpartition(".")[2] for name in names}
    return {
        name: renderers[ending](digest).encode("utf-8", "replace")
        for name, ending in endings.items()
        if ending in renderers
    }
