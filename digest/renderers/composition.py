"""Compose the view of a digest: its sections, lines and omissions as templates see them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from digest.models import (
    Brief,
    Digest,
    Disagreement,
    FailingSource,
    Section,
    Sentence,
    StorySummary,
    Topic,
)
from digest.outgoing import line
from digest.renderers.articles import (
    ArticleView,
    Quote,
    Views,
    article_views,
    quote,
    quotes,
    short_name,
)
from digest.renderers.display import shorten
from digest.renderers.phrases import (
    counts,
    news,
    nothing,
    outlet_views,
    outlets,
    reading,
    series_views,
    since,
    story_since,
    timeline,
    topic_news,
)
from digest.renderers.views import (
    BriefGroup,
    BriefingView,
    DifferenceView,
    FailingView,
    FigureView,
    LineView,
    OmissionGroup,
    OmissionView,
    StoryView,
    TopicView,
)
from digest.renderers.words import ENGLISH, REASONS, Words, department

_LINES = ("brief", "listed")
"""The tiers of sections that are only a line."""
_TOLD = ("lead", "story")
"""The tiers of sections that have sentences."""
_OMISSION = 160
"""The most characters of something that was left out."""


def briefing_view(digest: Digest, words: Words = ENGLISH, *, whole: bool = False) -> BriefingView:
    """Return `digest` as templates see it, with the fixed words of `words`; `whole`: no text is cut."""
    views = article_views(digest, words, whole=whole)
    compose = _Composer(digest, words, views)
    shown = [section for section in digest.sections if section.tier not in _LINES]
    statistics = digest.statistics
    return BriefingView(
        language=words.language,
        title=words.title(short_name(digest.title)),
        day=words.formats.long_day(digest.date),
        iso_date=digest.date.isoformat(),
        counts=counts(digest, words),
        since=news(digest, words),
        reading=reading(digest, words),
        topics=tuple(compose.topic(number, section) for number, section in enumerate(shown, 1)),
        in_brief=compose.groups(),
        also_read=compose.also_read(),
        omissions=_omissions(digest, words),
        failing=tuple(_failing(source, digest.date, words) for source in digest.failing),
        articles=tuple(sorted((v for v in views.values() if v.number), key=lambda v: v.number)),
        sources=statistics.sources,
        nothing=nothing(digest, words),
    )


@dataclass(frozen=True, slots=True)
class _Composer:
    """Makes the views of topics and lines from the views of all articles."""

    digest: Digest
    words: Words
    views: Views

    def topic(self, number: int, section: Section) -> TopicView:
        anchor = f"topic-{number}"
        shown = [
            one for one in section.stories if one.story.articles and not _is_line(section, one)
        ]
        stories = tuple(
            self._story(f"{anchor}-story-{place}", section.topic, story)
            for place, story in enumerate(shown, 1)
        )
        articles = tuple(view for story in stories for view in story.articles)
        days = sorted({view.day for view in articles if view.day})
        latest, earlier = timeline(stories, self.words) if section.tier == "lead" else ((), "")
        heading = short_name(section.heading) or self.words.say("Topic {number}", number=number)
        alone = len(section.stories) == 1
        main = stories[0] if stories and (alone or stories[0].headline == heading) else None
        named = quotes(section.summary.sentences, self.views)
        return TopicView(
            anchor=anchor,
            heading=heading,
            kicker=_kicker(section, heading),
            tier=section.tier,
            link=self._heading_link(main, named),
            language=main.lead.language if main else _common_language(articles),
            quotes=named,
            main=main,
            stories=stories,
            articles=articles,
            outlets=outlets(articles, self.words),
            since=since(self.digest, section.topic.since, self.words),
            news=topic_news(self.digest, section.topic, self.words),
            days=self.words.period(days[0], days[-1]) if _is_long(days) else "",
            differences=tuple(
                self._difference(one)
                for one in section.disagreements
                if {one.first.article_id, one.second.article_id} <= self.views.keys()
            ),
            timeline=latest,
            earlier=earlier,
        )

    def groups(self) -> tuple[BriefGroup, ...]:
        """Return the lines in brief by the parts of the paper, in the order of the issue."""
        grouped: dict[str, list[LineView]] = {}
        for section in self.digest.sections:
            if section.tier == "brief" and section.topic.articles:
                grouped.setdefault(section.department, []).append(self._section_line(section))
        for brief in self.digest.in_brief:
            grouped.setdefault(brief.department, []).append(self._line(brief))
        return tuple(
            BriefGroup(name=department(name, self.words) if len(grouped) > 1 else "", lines=(*own,))
            for name, own in grouped.items()
        )

    def also_read(self) -> tuple[LineView, ...]:
        """Return what is only listed: topics and stories without room, then single articles."""
        return (*self._listed(), *map(self._line, self.digest.also_read))

    def _listed(self) -> Iterator[LineView]:
        for section in self.digest.sections:
            stories = [story for story in section.stories if story.story.articles]
            if section.tier == "listed" and stories:
                yield self._section_line(section)
            for story in stories if section.tier not in _LINES else ():
                if _is_line(section, story):
                    shown = self._views(story)
                    yield self._listed_line(shown[0].title, shown, section.importance.total)

    def _section_line(self, section: Section) -> LineView:
        shown = [view for story in section.stories for view in self._views(story)]
        return self._listed_line(section.heading or shown[0].title, shown, section.importance.total)

    def _listed_line(self, title: str, shown: Sequence[ArticleView], importance: float) -> LineView:
        return LineView(
            title=short_name(title),
            source=outlets(shown, self.words) or shown[0].source,
            link=shown[0].link,
            language=shown[0].language,
            importance=importance,
        )

    def _line(self, brief: Brief) -> LineView:
        view = self.views[brief.article.id]
        return LineView(
            title=view.title if line(brief.article.title) else view.opening or view.title,
            source=view.source,
            link=view.link,
            language=view.language,
            importance=brief.importance.total,
        )

    def _views(self, story: StorySummary) -> list[ArticleView]:
        return [self.views[article.id] for article in story.story.articles]

    def _heading_link(self, story: StoryView | None, named: Sequence[Quote]) -> str | None:
        """Return where the headline of a story leads: to its first sentence shown, else to the article."""
        if story is None:
            return None
        own = (quote.link for quote in named if quote.article is story.lead)
        return next(filter(None, own), None) or story.link

    def _story(self, anchor: str, topic: Topic, shown: StorySummary) -> StoryView:
        articles = tuple(self._views(shown))
        named, more = outlet_views(articles)
        count = outlets(articles, self.words)
        if not named:
            named, more = series_views(articles)
            parts = (articles[0].byline, self._more_articles(len(named) + more))
            count = " · ".join(filter(None, parts)) if named else count
        copies = sum(len(view.article.copies) for view in articles)
        return StoryView(
            anchor=anchor,
            headline=articles[0].title,
            articles=articles,
            quotes=quotes(shown.summary.sentences, self.views),
            outlets=named,
            more_outlets=self.words.count(more, "{number} more", "{number} more") if more else "",
            count=count,
            copies=self.words.count(copies, "{number} copy", "{number} copies") if copies else "",
            since=story_since(self.digest, topic, shown.story, self.words),
        )

    def _more_articles(self, number: int) -> str:
        return self.words.count(number, "{number} more article", "{number} more articles")

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


def _is_line(section: Section, story: StorySummary) -> bool:
    """Return whether a story is only a line: below one that is told, a headline without a sentence is none."""
    silent = section.tier in _TOLD and story is not section.stories[0]
    return story.listed or (silent and not story.summary.sentences)


def _is_long(days: Sequence[date]) -> bool:
    """Return whether a topic lasts so long that its days are named: more than from one day to the next."""
    return bool(days) and (days[-1] - days[0]).days > 1


def _kicker(section: Section, heading: str) -> str:
    """Return the label above a headline, unless the headline says it in the same words."""
    kicker = short_name(section.topic.kicker)
    return "" if kicker.casefold() in heading.casefold() else kicker


def _common_language(articles: Sequence[ArticleView]) -> str | None:
    languages = {view.language for view in articles}
    return languages.pop() if len(languages) == 1 else None


def _failing(source: FailingSource, today: date, words: Words) -> FailingView:
    return FailingView(
        name=short_name(source.name) or _place(source.location),
        reason=short_name(source.reason),
        since=words.say("failing since {day}", day=words.recent_day(source.since, today)),
    )


def _omissions(digest: Digest, words: Words) -> tuple[OmissionGroup, ...]:
    """Return what was left out, by reason; what was left out twice on one page is shown once."""
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
    """Return the end of a path or of an address: enough to recognise the page."""
    last = line(page).rstrip("/").rpartition("/")[2]
    return shorten(last, _OMISSION // 2)
