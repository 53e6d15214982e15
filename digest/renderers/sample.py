"""A sample digest with everything a template can meet, so that a flaw in one is found before the morning."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from digest.models import (
    Article,
    Brief,
    Copy,
    Digest,
    Disagreement,
    FailingSource,
    Importance,
    Omission,
    Section,
    Sentence,
    Statistics,
    Story,
    StorySummary,
    Summary,
    Tier,
    Topic,
)

_DAY = date(2026, 11, 21)
_YESTERDAY = _DAY - timedelta(days=1)
_NOTHING = Summary((), "")
_COUNTS = Statistics(
    sources=1,
    outlets=2,
    articles=8,
    topics=2,
    in_brief=1,
    also_read=2,
    omitted=2,
    words_read=900,
    words_shown=20,
)


def sample_digests() -> tuple[Digest, ...]:
    """Return an empty digest, and one that has everything."""
    return Digest("The daily digest", _DAY), sample_digest("The sluice is mended.")


def sample_digest(text: str) -> Digest:
    """Return a digest of three topics and two lines in which every text and address is `text`."""
    first = Article(
        id="a001",
        title=text,
        text=f"{text}\n\nA plain second paragraph.",
        source=text,
        page=text,
        url=text,
        author=text,
        published=datetime(2026, 11, 20, tzinfo=UTC),
        language=text,
        headings=(text,),
        truncated=True,
        categories=(text,),
        copies=(Copy(text, text, text, text),),
    )
    linked = replace(first, id="a002", url=f"https://news.example/?q={text}", headings=())
    later = replace(linked, id="a004", published=datetime(2026, 11, 21, tzinfo=UTC))
    elsewhere = replace(later, id="a005", source=f"Harbour {text}")
    lead = _lead(text, Story((first, linked)), Story((later, elsewhere), updated=True))
    lines = (
        _without_sentences(lead, tier, replace(elsewhere, id=f"{tier}1"), replace(linked, id=f"{tier}2"))
        for tier in ("compact", "listed")
    )  # fmt: skip
    brief, listed = (
        Brief(replace(linked, id=key, teaser=True), lead.importance, text) for key in ("b1", "b2")
    )
    omitted = Omission(text, "duplicate", text, text)
    return Digest(
        text,
        _DAY,
        (lead, *lines),
        in_brief=(brief,),
        also_read=(listed,),
        omissions=(omitted, replace(omitted, reason=text)),  # type: ignore[arg-type]
        statistics=_COUNTS,
        previous=_YESTERDAY,
        failing=(FailingSource(text, text, text, date(2026, 11, 3)),),
    )


def _lead(text: str, *stories: Story) -> Section:
    """Return a section of two stories, the first of which gives two figures for the same thing."""
    one, other = (
        Sentence(article.id, 0, 0, len(text), text, 0.5) for article in stories[0].articles
    )
    summary = Summary((one, other), text, text)
    return Section(
        topic=Topic(text, stories, (text,), kicker=text),
        summary=summary,
        stories=tuple(StorySummary(story, summary) for story in stories),
        disagreements=(Disagreement(first=one, second=other, figures=(text, text[:1])),),
        heading=text,
        importance=Importance(((text, 1.0),)),
        tier="lead",
        department=text,
    )


def _without_sentences(section: Section, tier: Tier, *articles: Article) -> Section:
    story = Story(articles)
    return replace(
        section,
        topic=replace(section.topic, stories=(story,)),
        summary=_NOTHING,
        stories=(StorySummary(story, _NOTHING),),
        disagreements=(),
        tier=tier,
    )
