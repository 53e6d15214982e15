"""Verify that every sentence of a digest stands word for word in its source."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from digest.errors import SourceError
from digest.models import Article, Digest, RawDocument, Sentence, Source
from digest.protocols import Fetcher

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00]")


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that could not be proven, and why."""

    sentence: Sentence
    reason: str


def verify_digest(
    digest: Digest, *, fetch: Fetcher, visible_text: Callable[[RawDocument], str]
) -> list[Failure]:
    """Look up every sentence in its article, and in the source, which is read again.

    The source is read whole, by no more than its decoding and its markup: neither the splitting nor the
    ranking has a part in the proof. White space and invisible characters do not count.
    """
    articles = {article.id: article for article in digest.articles}
    pages: dict[str, str | SourceError] = {}
    failures = []
    for sentence in sentences(digest):
        article = articles.get(sentence.article_id)
        reason = _flaw(sentence, article)
        if article is not None and not reason:
            if article.page not in pages:
                pages[article.page] = _read(article.page, fetch, visible_text)
            reason = _absence(sentence, pages[article.page])
        if reason:
            failures.append(Failure(sentence, reason))
    return failures


def sentences(digest: Digest) -> Iterator[Sentence]:
    """Yield every sentence that a digest quotes, each as often as it does."""
    for section in digest.sections:
        yield from section.summary.sentences
        for story in section.stories:
            yield from story.summary.sentences
        for disagreement in section.disagreements:
            yield from (disagreement.first, disagreement.second)


def _flaw(sentence: Sentence, article: Article | None) -> str:
    if article is None:
        return f"the digest has no article {sentence.article_id}"
    if article.text[sentence.start : sentence.end] != sentence.text:
        return f"it is not what stands at {sentence.start}:{sentence.end} of {article.title!r}"
    return ""


def _absence(sentence: Sentence, page: str | SourceError) -> str:
    if isinstance(page, SourceError):
        return f"its source cannot be read again: {page}"
    return "" if fold(sentence.text) in page else "it does not stand in its source"


def _read(
    location: str, fetch: Fetcher, visible_text: Callable[[RawDocument], str]
) -> str | SourceError:
    try:
        return fold(visible_text(fetch(Source(location, location))))
    except SourceError as error:
        return error


def fold(text: str) -> str:
    """Return `text` with white space folded and invisible characters dropped."""
    return " ".join(_INVISIBLE.sub("", text).split())
