"""What a source gave, as the store keeps it."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from digest.collecting import Part, TakenApart
from digest.config import SourceConfig
from digest.models import Omission, RawDocument
from digest.store.articles import Document


def content_key(document: RawDocument) -> str:
    """Return what a page or a file is known by: nothing but its bytes tells one state of it from the next."""
    return hashlib.sha256(document.content).hexdigest()[:16]


def documents_of(taken: TakenApart, source: SourceConfig) -> Iterator[Document]:
    """Yield the documents of a source."""
    for part in taken.parts:
        key = part.key or content_key(part.document)
        articles = part.articles
        if source.name:
            articles = tuple(replace(article, source=source.name) for article in articles)
        yield Document(
            source=source.shown,
            key=key,
            location=part.location,
            content=part.document.content,
            media_type=part.document.media_type,
            version=part.version,
            articles=articles,
            omissions=_omissions(part),
        )


def _omissions(part: Part) -> tuple[Omission, ...]:
    if not part.failure:
        return part.omissions
    return (*part.omissions, Omission(part.location, "failed source", part.location, part.failure))
