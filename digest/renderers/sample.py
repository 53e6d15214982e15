"""Issues that have everything a template can meet, so that a flaw in one is found before the morning."""

from datetime import UTC, date, datetime

from digest.models import (
    Article,
    Brief,
    Copy,
    Digest,
    Disagreement,
    FailingSource,
    Omission,
    Section,
    Sentence,
    Statistics,
    Story,
    StorySummary,
    Summary,
    Topic,
)

_DAY = date(2026, 11, 21)
_YESTERDAY = date(2026, 11, 20)


def specimen() -> tuple[Digest, ...]:
    """Return an empty issue, and one that has everything once."""
    return Digest("The daily digest", _DAY), _full()


def _full() -> Digest:
    first = Article(
        "first",
        "The sluice is mended",
        "Two pounds were paid.\n\nThe boats are back.",
        source="The Harbour Ledger",
        page="ledger.html",
        url="https://ledger.example.org/sluice",
        author="A. Writer",
        published=datetime(2026, 11, 21, 6, tzinfo=UTC),
        truncated=True,
        copies=(Copy("Tide", "https://tide.example.org/sluice", "Sluice mended", "tide.html"),),
    )
    second = Article("second", "Boats return", "Three pounds were paid.", source="Tide", page="b")
    brief = Article("third", "A short note", "The library opens.", page="c", teaser=True)
    listed = Article("fourth", "A shorter note", "The museum opens.", page="d", teaser=True)
    paid, owed = _sentence(first, 0, 21), _sentence(second, 0, 23)
    story = Story((first, second), since=_YESTERDAY)
    summary = Summary((paid, _sentence(first, 23, 42)), "textrank", note="over its length")
    section = Section(
        topic=Topic(
            "Harbour",
            (story,),
            ("sluice", "boats"),
            pinned=True,
            since=_YESTERDAY,
            kicker="Harbour",
        ),
        summary=summary,
        stories=(StorySummary(story, Summary((owed,), "textrank")),),
        disagreements=(Disagreement(first=paid, second=owed, figures=("Two", "Three")),),
        heading=first.title,
        tier="lead",
    )
    return Digest(
        "The daily digest",
        _DAY,
        (section,),
        in_brief=(Brief(brief, department="business"),),
        also_read=(Brief(listed),),
        omissions=(
            Omission("Share", "navigation", "ledger.html"),
            Omission("gone.txt", "failed source", "gone.txt", "no such file"),
        ),
        statistics=Statistics(
            sources=3,
            outlets=2,
            articles=2,
            topics=1,
            in_brief=1,
            also_read=1,
            omitted=2,
            words_read=900,
        ),
        previous=_YESTERDAY,
        failing=(FailingSource("Tide", "https://tide.example.org/feed", "no answer", _YESTERDAY),),
    )


def _sentence(article: Article, start: int, end: int) -> Sentence:
    return Sentence(article.id, 0, start, end, article.text[start:end], 1.0)
