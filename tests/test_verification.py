"""Proof against the sources, with sources that are made here."""

import datetime
from dataclasses import replace

from digest.errors import FetchError
from digest.models import (
    Article,
    Digest,
    RawDocument,
    Section,
    Sentence,
    Source,
    Story,
    StorySummary,
    Summary,
    Topic,
)
from digest.verification import verify_digest

PAGE = "Menu\n\nThe  ferry\nsank\u200b at noon. Nobody was hurt.\n\nShare"
ARTICLE = Article("a", "Ferry", "The ferry sank at noon. Nobody was hurt.", page="page.txt")
KEY = Sentence("a", 0, 0, 23, "The ferry sank at noon.")
NEXT = Sentence("a", 1, 24, 40, "Nobody was hurt.")


def fetch(source: Source) -> RawDocument:
    if source.location != "page.txt":
        raise FetchError(source.location, "no such file")
    return RawDocument(source, PAGE.encode())


def visible_text(document: RawDocument) -> str:
    return document.content.decode()


def digest_of(key: Sentence, *, article: Article = ARTICLE, next_: Sentence = NEXT) -> Digest:
    story = Story((article,))
    section = Section(
        Topic("Ferry", (story,)),
        Summary((key,), "test"),
        (StorySummary(story, Summary((next_,), "test")),),
    )
    return Digest("Digest", datetime.date(2026, 11, 21), (section,))


def reasons(digest: Digest) -> list[str]:
    return [f.reason for f in verify_digest(digest, fetch=fetch, visible_text=visible_text)]


def test_sentences_that_stand_in_their_source_are_proven() -> None:
    """White space and invisible characters of the source do not count."""
    assert reasons(digest_of(KEY)) == []


def test_a_changed_letter_is_found() -> None:
    """A sentence that differs from its place in the article fails."""
    assert "0:23" in reasons(digest_of(replace(KEY, text="The ferry sank at moon.")))[0]


def test_a_forged_article_is_found() -> None:
    """A sentence that was changed in the article's text as well is not in the source."""
    forged = replace(ARTICLE, text=ARTICLE.text.replace("noon", "moon"))
    key = replace(KEY, text="The ferry sank at moon.")
    assert reasons(digest_of(key, article=forged)) == ["it does not stand in its source"]


def test_a_story_summary_is_proven_too() -> None:
    """Every sentence is held against the source, not only the key sentences."""
    assert len(reasons(digest_of(KEY, next_=replace(NEXT, text="Nobody was hurt!")))) == 1


def test_a_missing_source_proves_nothing() -> None:
    """Where the source is gone, the sentence is not proven."""
    digest = digest_of(KEY, article=replace(ARTICLE, page="gone.txt"))
    assert all("cannot be read again" in reason for reason in reasons(digest))
    assert len(reasons(digest)) == 2


def test_an_unknown_article_is_found() -> None:
    """A sentence must name an article of the digest."""
    assert reasons(digest_of(replace(KEY, article_id="b"))) == ["the digest has no article b"]
