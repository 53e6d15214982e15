"""A digest as templates see it: numbered, dated, counted, cleaned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digest.models import (
    Digest,
    Disagreement,
    FailingSource,
    Section,
    Sentence,
    StorySummary,
    Topic,
)
from digest.renderers.citations import ArticleView
from digest.renderers.display import line, shorten
from digest.renderers.numbering import Views, article_views, quote, quotes, short_name
from digest.renderers.timeline import news, since, story_since, timeline
from digest.renderers.views import (
    BriefingView,
    DifferenceView,
    FailingView,
    FigureView,
    OmissionGroup,
    OmissionView,
    StoryView,
    TopicView,
)
from digest.renderers.words import ENGLISH, REASONS, Words, minutes

_OMISSION = 160
"""The most characters of something that was left out."""


def briefing_view(digest: Digest, words: Words = ENGLISH) -> BriefingView:
    """Return what templates see of `digest`, its fixed words in the language of `words`."""
    views = article_views(digest, words)
    numbered = sorted((view for view in views.values() if view.number), key=lambda v: v.number)
    days = [view.day for view in numbered if view.day]
    first, last = (min(days), max(days)) if days else (digest.date, digest.date)
    formats = words.formats
    ends = formats.day_and_month if first.year == last.year else formats.short_date
    compose = _Composer(
        digest, words, views, (first, last), sum(len(view.article.text) for view in numbered)
    )
    statistics = digest.statistics
    return BriefingView(
        language=words.language,
        title=short_name(digest.title) or words.say("Digest"),
        day=formats.long_day(digest.date),
        iso_date=digest.date.isoformat(),
        counts=_counts(digest, words),
        since=news(digest, words),
        reading=_reading(digest, words),
        minutes_shown=minutes(statistics.words_shown),
        minutes_read=minutes(statistics.words_read) if statistics.words_read else 0,
        topics=tuple(
            compose.topic(number, section) for number, section in enumerate(digest.sections, 1)
        ),
        in_brief=tuple(views[article.id] for article in digest.in_brief),
        omissions=_omissions(digest, words),
        failing=tuple(_failing(source, digest.date, words) for source in digest.failing),
        articles=tuple(numbered),
        sources=statistics.sources,
        first_day=ends(first) if first != last else "",
        last_day=ends(last) if first != last else "",
        nothing=_nothing(digest, words),
    )


@dataclass(frozen=True, slots=True)
class _Composer:
    """Makes the views of topics, which need all that the issue has in common."""

    digest: Digest
    words: Words
    views: Views
    axis: tuple[date, date]
    """The first and the last day of the issue's articles."""
    length: int
    """The characters of the texts of all topics."""

    def topic(self, number: int, section: Section) -> TopicView:
        anchor = f"topic-{number}"
        articles = tuple(self.views[article.id] for article in section.topic.articles)
        size = sum(len(view.article.text) for view in articles)
        days = sorted({view.day for view in articles if view.day})
        first, last = self.axis
        span = (last - first).days
        stories = self._stories(anchor, section)
        latest, earlier = timeline(stories, self.words)
        return TopicView(
            anchor=anchor,
            label=short_name(section.topic.label)
            or self.words.say("Topic {number}", number=number),
            language=_common_language(articles),
            keywords=_keywords(section),
            quotes=quotes(section.summary.sentences, self.views),
            note=line(section.summary.note),
            stories=stories,
            articles=articles,
            count=self.words.count(len(articles), "{number} article", "{number} articles"),
            outlets=_outlets(articles, self.words, always=True),
            since=since(self.digest, section.topic.since, self.words),
            share=round(100 * size / self.length) if self.length else 0,
            dots=tuple(round(100 * (day - first).days / span, 1) for day in days if span),
            days=self.words.period(days[0], days[-1]) if days else "",
            differences=tuple(
                self._difference(one)
                for one in section.disagreements
                if {one.first.article_id, one.second.article_id} <= self.views.keys()
            ),
            timeline=latest,
            earlier=earlier,
        )

    def _stories(self, anchor: str, section: Section) -> tuple[StoryView, ...]:
        told = [story for story in section.stories if story.story.articles]
        return tuple(
            self._story(f"{anchor}-story-{number}", section.topic, story)
            for number, story in enumerate(told, 1)
        )

    def _story(self, anchor: str, topic: Topic, told: StorySummary) -> StoryView:
        articles = tuple(self.views[article.id] for article in told.story.articles)
        return StoryView(
            anchor=anchor,
            headline=articles[0].title,
            articles=articles,
            quotes=quotes(told.summary.sentences, self.views),
            note=line(told.summary.note),
            outlets=_outlets(articles, self.words),
            since=story_since(self.digest, topic, told.story, self.words),
        )

    def _difference(self, one: Disagreement) -> DifferenceView:
        return DifferenceView(
            first=self._figure(one.first, one.figures[0]),
            second=self._figure(one.second, one.figures[1]),
        )

    def _figure(self, sentence: Sentence, figure: str) -> FigureView:
        text, figure = line(sentence.text), line(figure)
        # "5 people" must not be found within "15 people", nor "$5" within "$50".
        found = re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", text)
        start, end = found.span() if found else (len(text), len(text))
        return FigureView(
            figure=figure,
            before=text[:start],
            marked=text[start:end],
            after=text[end:],
            quote=quote(self.views[sentence.article_id], sentence),
        )


def _common_language(articles: Sequence[ArticleView]) -> str | None:
    languages = {view.language for view in articles}
    return languages.pop() if len(languages) == 1 else None


def _keywords(section: Section) -> tuple[str, ...]:
    """The keywords that the label does not say already."""
    said = {word.casefold() for word in section.topic.label.replace("/", " ").split()}
    names = filter(None, map(short_name, section.topic.keywords))
    return tuple(name for name in names if name.casefold() not in said)


def _outlets(articles: Sequence[ArticleView], words: Words, *, always: bool = False) -> str:
    """How many outlets had the articles, and how many of the texts are their own where some are copies."""
    copies = [name for view in articles for name in view.copies]
    names = {name.casefold() for name in (*copies, *(view.source for view in articles)) if name}
    outlets = words.count(len(names), "{number} outlet", "{number} outlets")
    if copies and len(names) > 1:
        originals = words.count(len(articles), "{number} original", "{number} originals")
        return f"{outlets}, {originals}"
    return outlets if always and names else ""


def _counts(digest: Digest, words: Words) -> tuple[str, ...]:
    statistics = digest.statistics
    in_brief, omitted = statistics.in_brief, statistics.omitted
    return (
        words.count(statistics.topics, "{number} topic", "{number} topics"),
        words.count(statistics.articles, "{number} article", "{number} articles"),
        words.count(statistics.sources, "{number} source", "{number} sources"),
        *([words.count(in_brief, "{number} in brief", "{number} in brief")] if in_brief else ()),
        *([words.count(omitted, "{number} left out", "{number} left out")] if omitted else ()),
    )


def _reading(digest: Digest, words: Words) -> str:
    if not digest.statistics.words_read:
        return ""
    shown = minutes(digest.statistics.words_shown)
    read = minutes(digest.statistics.words_read)
    time = words.count(shown, "{number} minute", "{number} minutes")
    if read <= shown:
        return time
    return words.say("{time} instead of {read}", time=time, read=words.formats.number(read))


def _nothing(digest: Digest, words: Words) -> str:
    sources = words.count(digest.statistics.sources, "{number} source", "{number} sources")
    if digest.previous:
        day = words.recent_day(digest.previous, digest.date)
        if digest.statistics.sources:
            return words.say("No articles since {day} from {sources}.", day=day, sources=sources)
        return words.say("No articles since {day}.", day=day)
    if digest.statistics.sources:
        return words.say("No articles today from {sources}.", sources=sources)
    return words.say("No articles today.")


def _failing(source: FailingSource, today: date, words: Words) -> FailingView:
    return FailingView(
        name=short_name(source.name) or _place(source.location),
        reason=short_name(source.reason),
        since=words.say("failing since {day}", day=words.recent_day(source.since, today)),
    )


def _omissions(digest: Digest, words: Words) -> tuple[OmissionGroup, ...]:
    """What was left out by reason; the same thing twice on one page is shown once."""
    groups: dict[str, dict[OmissionView, int]] = {reason: {} for reason in REASONS}
    for omission in digest.omissions:
        shown = OmissionView(
            what=shorten(line(omission.what), _OMISSION) or "…",
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
