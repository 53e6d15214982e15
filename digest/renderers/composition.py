"""A digest as templates see it: numbered, dated, counted, cleaned."""

from collections.abc import Iterable, Sequence
from datetime import date

from digest.models import Article, Digest, Section, Sentence, StorySummary
from digest.renderers import words
from digest.renderers.display import language_code, line, shorten, weight
from digest.renderers.links import safe_link, sentence_link
from digest.renderers.passages import anchor
from digest.renderers.views import (
    ArticleView,
    BriefingView,
    OmissionGroup,
    OmissionView,
    Quote,
    StoryView,
    TopicView,
)

_NAME = 300
"""The most characters of a title, a label or a name; no headline is longer, and one that is hides the news."""
_OMISSION = 160
"""The most characters of something that was left out."""

_PAGE = 390_000
_FRAME = 1_900
"""The bytes a page may have in the end, and those of an article without its text: what is left is room
for the texts. A page is to open on a phone in a train."""

Views = dict[str, ArticleView]


def briefing_view(digest: Digest) -> BriefingView:
    """Return what templates see of `digest`."""
    views = _article_views(digest)
    numbered = sorted((view for view in views.values() if view.number), key=lambda v: v.number)
    days = [view.day for view in numbered if view.day]
    first, last = (min(days), max(days)) if days else (digest.date, digest.date)
    ends = words.day_and_month if first.year == last.year else words.short_date
    total = sum(len(view.article.text) for view in numbered)
    statistics = digest.statistics
    return BriefingView(
        title=_short(digest.title) or "Digest",
        day=words.long_day(digest.date),
        iso_date=digest.date.isoformat(),
        counts=_counts(digest),
        minutes_shown=words.minutes(statistics.words_shown),
        minutes_read=words.minutes(statistics.words_read) if statistics.words_read else 0,
        topics=tuple(
            _topic(f"topic-{number}", section, views, total, (first, last))
            for number, section in enumerate(digest.sections, 1)
        ),
        in_brief=tuple(views[article.id] for article in digest.in_brief),
        omissions=_omissions(digest),
        articles=tuple(numbered),
        sources=statistics.sources,
        first_day=ends(first) if first != last else "",
        last_day=ends(last) if first != last else "",
    )


def _article_views(digest: Digest) -> Views:
    """Every article by its id. Those of topics are numbered from 1, in the order in which a reader who
    goes down the page meets their sentences; those without a sentence of their own come last."""
    chosen: dict[str, list[tuple[int, int]]] = {}
    members = {a.id: a for section in digest.sections for a in section.topic.articles}
    order: dict[str, Article] = {}
    for section in digest.sections:
        for sentence in _sentences(section):
            chosen.setdefault(sentence.article_id, []).append((sentence.start, sentence.end))
            if sentence.article_id in members:
                order.setdefault(sentence.article_id, members[sentence.article_id])
    order |= {key: article for key, article in members.items() if key not in order}
    brief = [(0, article) for article in digest.in_brief if article.id not in order]
    room = _room(list(order.values()))
    return {
        article.id: article_view(number, article, chosen.get(article.id, []), room=room)
        for number, article in (*enumerate(order.values(), 1), *brief)
    }


def _room(articles: Sequence[Article]) -> int | None:
    """The bytes to which the longest texts must be cut so that all fit into the page; None for no cut."""
    room = max(_PAGE - _FRAME * len(articles), _PAGE // 8)
    lengths = sorted(weight(article.text) for article in articles)
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return share
        room -= length
    return None


def _sentences(section: Section) -> Iterable[Sentence]:
    yield from section.summary.sentences
    for story in section.stories:
        yield from story.summary.sentences


def article_view(
    number: int,
    article: Article,
    chosen: Sequence[tuple[int, int]] = (),
    *,
    room: int | None = None,
) -> ArticleView:
    """Return what templates see of an article, with its number and the offsets of its sentences shown."""
    day = words.day_of(article.published)
    language = language_code(article.language)
    return ArticleView(
        number=number,
        title=_short(article.title) or "Without a title",
        source=_short(article.source).removeprefix("www."),
        author=_short(article.author or ""),
        date=words.long_date(day) if day else "",
        short_date=words.short_date(day) if day else "",
        day=day,
        minutes=words.minutes(article.words),
        words=article.words,
        language=None if language == "en" else language,
        link=safe_link(article.url),
        truncated=article.truncated,
        copies=tuple(dict.fromkeys(filter(None, (line(copy.source) for copy in article.copies)))),
        article=article,
        chosen=_without_overlaps(chosen, len(article.text)),
        room=room,
    )


def _short(name: str) -> str:
    return shorten(line(name), _NAME)


def _without_overlaps(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if 0 <= start < end <= length and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)


def _topic(
    name: str, section: Section, views: Views, total: int, axis: tuple[date, date]
) -> TopicView:
    articles = tuple(views[article.id] for article in section.topic.articles)
    days = sorted({view.day for view in articles if view.day})
    length = (axis[1] - axis[0]).days
    size = sum(len(view.article.text) for view in articles)
    return TopicView(
        anchor=name,
        label=_short(section.topic.label) or name.replace("-", " ").capitalize(),
        keywords=_keywords(section),
        quotes=_quotes(section.summary.sentences, views),
        note=line(section.summary.note),
        stories=tuple(_story(story, views) for story in section.stories if story.story.articles),
        articles=articles,
        outlets=_outlets(articles),
        share=round(100 * size / total) if total else 0,
        dots=tuple(round(100 * (day - axis[0]).days / length, 1) for day in days if length),
        days=words.period(days[0], days[-1]) if days else "",
    )


def _keywords(section: Section) -> tuple[str, ...]:
    """The keywords that the label does not say already."""
    said = {word.casefold() for word in section.topic.label.replace("/", " ").split()}
    names = filter(None, map(_short, section.topic.keywords))
    return tuple(name for name in names if name.casefold() not in said)


def _story(told: StorySummary, views: Views) -> StoryView:
    articles = tuple(views[article.id] for article in told.story.articles)
    return StoryView(
        headline=articles[0].title,
        articles=articles,
        quotes=_quotes(told.summary.sentences, views),
        note=line(told.summary.note),
        outlets=_outlets(articles),
    )


def _quotes(sentences: Sequence[Sentence], views: Views) -> tuple[Quote, ...]:
    known = (sentence for sentence in sentences if sentence.article_id in views)
    return tuple(_quote(views[sentence.article_id], sentence) for sentence in known)


def _quote(view: ArticleView, sentence: Sentence) -> Quote:
    text, link = view.article.text, view.link
    if link and text[sentence.start : sentence.end] == sentence.text:
        link = sentence_link(link, text, sentence.start, sentence.end)
    return Quote(
        text=line(sentence.text),
        article=view,
        link=link,
        anchor=anchor(view.number, view.chosen, sentence.start),
    )


def _outlets(articles: Sequence[ArticleView]) -> str:
    copies = [name for view in articles for name in view.copies]
    names = {name.casefold() for name in (*copies, *(view.source for view in articles)) if name}
    if not copies or len(names) < 2:
        return ""
    return f"{words.count(len(names), 'outlet')}, {words.count(len(articles), 'original')}"


def _counts(digest: Digest) -> tuple[str, ...]:
    statistics = digest.statistics
    optional = ((statistics.in_brief, "in brief"), (statistics.omitted, "left out"))
    return (
        words.count(statistics.topics, "topic"),
        words.count(statistics.articles, "article"),
        words.count(statistics.sources, "source"),
        *(f"{number:,} {phrase}" for number, phrase in optional if number),
    )


def _omissions(digest: Digest) -> tuple[OmissionGroup, ...]:
    """What was left out by reason; the same thing twice on one page is shown once."""
    groups: dict[str, dict[OmissionView, int]] = {reason: {} for reason in words.REASONS}
    for omission in digest.omissions:
        shown = OmissionView(
            what=shorten(line(omission.what), _OMISSION),
            page=_place(omission.page),
            detail=line(omission.detail),
        )
        group = groups.setdefault(line(omission.reason), {})
        group[shown] = group.get(shown, 0) + 1
    return tuple(
        OmissionGroup(
            reason=reason,
            phrase=words.left_out(sum(entries.values()), reason),
            entries=tuple(entries),
        )
        for reason, entries in groups.items()
        if entries
    )


def _place(page: str) -> str:
    """The end of a path or of an address: enough to know the page by."""
    last = line(page).rstrip("/").rpartition("/")[2]
    return shorten(last, _OMISSION // 2)
