"""Phrases of an issue: its counts, the outlets of a story, the days of a topic and since when it runs."""

from collections.abc import Mapping, Sequence
from datetime import date

from digest.models import Article, Digest, Story, Topic
from digest.renderers.articles import ArticleView
from digest.renderers.views import DayView, OutletView, StoryView
from digest.renderers.words import Words, minutes
from digest.text.addresses import outlets as outlet_ids

_MOST_OUTLETS = 6
"""The outlets that a story names; the others are counted."""
_FEWEST = 3
"""A topic of fewer days needs no timeline: its headlines say it."""
_MOST = 8
"""The most days that are shown; more would be a list, not a picture."""


def outlets(articles: Sequence[ArticleView], words: Words) -> str:
    """Return how many outlets wrote the articles, such as "6 outlets"; empty for one.

    A page whose publisher is not known goes by the name of its file: that is a source, and no outlet.
    """
    number = len(set(_ids(articles)))
    if number < 2:
        return ""
    if any(_is_file(view.article) for view in articles):
        return words.count(number, "{number} source", "{number} sources")
    return words.count(number, "{number} outlet", "{number} outlets")


def outlet_views(articles: Sequence[ArticleView]) -> tuple[tuple[OutletView, ...], int]:
    """Return the first outlets of a story, each with its own headline, and how many more there are."""
    first: dict[str, ArticleView] = {}
    for name, view in zip(_ids(articles), articles, strict=True):
        first.setdefault(name, view)
    if len(first) < 2:
        return (), 0
    named = [
        OutletView(name=view.source, title=view.title, link=view.link, language=view.language)
        for view in first.values()
        if view.source
    ][:_MOST_OUTLETS]
    return tuple(named), len(first) - len(named)


def series_views(articles: Sequence[ArticleView]) -> tuple[tuple[OutletView, ...], int]:
    """Return the other articles of a story that one outlet tells, each by its headline, and how many more."""
    first = {view.title: view for view in reversed(articles)}
    others = [view for view in articles[1:] if first[view.title] is view]
    named = [
        OutletView(name=view.title, title=view.title, link=view.link, language=view.language)
        for view in others[:_MOST_OUTLETS]
    ]
    return tuple(named), len(others) - len(named)


def _is_file(article: Article) -> bool:
    return article.source == article.page.rpartition("/")[2] != ""


def _ids(articles: Sequence[ArticleView]) -> list[str]:
    return outlet_ids((view.article.source, view.article.url) for view in articles)


def counts(digest: Digest, words: Words) -> tuple[str, ...]:
    """Return ("214 articles of 38 outlets", "62 left out")."""
    statistics = digest.statistics
    articles = words.count(len(digest.articles), "{number} article", "{number} articles")
    if statistics.outlets > 1 and not any(map(_is_file, digest.articles)):
        articles = words.say(
            "{articles} of {outlets}",
            articles=articles,
            outlets=words.count(statistics.outlets, "{number} outlet", "{number} outlets"),
        )
    omitted = statistics.omitted
    left_out = words.count(omitted, "{number} left out", "{number} left out") if omitted else ""
    return tuple(filter(None, (articles if digest.articles else "", left_out)))


def reading(digest: Digest, words: Words) -> str:
    """Return "5 minutes instead of 26"; empty where nothing was read."""
    if not digest.statistics.words_read:
        return ""
    shown = minutes(digest.statistics.words_shown)
    read = minutes(digest.statistics.words_read)
    time = words.count(shown, "{number} minute", "{number} minutes")
    if read <= shown:
        return time
    return words.say("{time} instead of {read}", time=time, read=words.formats.number(read))


def nothing(digest: Digest, words: Words) -> str:
    """Return the sentence of an empty day: since when, and of how many sources."""
    sources = words.count(digest.statistics.sources, "{number} source", "{number} sources")
    if digest.previous:
        day = words.recent_day(digest.previous, digest.date)
        if digest.statistics.sources:
            return words.say("No articles since {day} from {sources}.", day=day, sources=sources)
        return words.say("No articles since {day}.", day=day)
    if digest.statistics.sources:
        return words.say("No articles today from {sources}.", sources=sources)
    return words.say("No articles today.")


def since(digest: Digest, first: date | None, words: Words) -> str:
    """Return "running since Monday" of what an issue had before, "new since Thursday" of what none had.

    Empty where no issue before is known.
    """
    if first and first < digest.date:
        return words.say("running since {day}", day=words.recent_day(first, digest.date))
    if digest.previous is None:
        return ""
    return words.say("new since {day}", day=words.recent_day(digest.previous, digest.date))


def story_since(digest: Digest, topic: Topic, story: Story, words: Words) -> str:
    """Return since when a story has been running, where its topic does not say it already.

    A story with a new version of an article that was shown before says that it is updated.
    """
    if story.updated:
        return words.say("updated")
    return "" if story.since == topic.since else since(digest, story.since, words)


def news(digest: Digest, words: Words) -> str:
    """Return how many stories no issue had before, such as "4 stories new since Thursday"; may be empty."""
    if digest.previous is None or not digest.sections:
        return ""
    day = words.recent_day(digest.previous, digest.date)
    stories = [story for section in digest.sections for story in section.topic.stories]
    fresh = sum(story.since is None for story in stories)
    if not fresh:
        return words.say("no story new since {day}", day=day)
    count = words.count(fresh, "{number} story", "{number} stories")
    return words.say("{stories} new since {day}", stories=count, day=day)


def topic_news(digest: Digest, topic: Topic, words: Words) -> str:
    """Return "new" for a topic that no issue had, "1 new story" for one that runs on; may be empty."""
    if digest.previous is None:
        return ""
    if topic.since is None:
        return words.say("new")
    fresh = sum(story.since is None for story in topic.stories)
    return words.count(fresh, "{number} new story", "{number} new stories") if fresh else ""


def timeline(stories: Sequence[StoryView], words: Words) -> tuple[tuple[DayView, ...], str]:
    """Return the latest days of a topic, and what came before them in a phrase.

    Nothing where its articles fall on one day, or are so few that their headlines say it.
    """
    days: dict[date, list[tuple[ArticleView, StoryView]]] = {}
    for story in stories:
        for article in story.articles:
            if article.day:
                days.setdefault(article.day, []).append((article, story))
    if len(days) < _FEWEST:
        return (), ""
    ordered = sorted(days)
    kept, before = ordered[-_MOST:], ordered[:-_MOST]
    return tuple(_day(day, days, kept, words) for day in kept), _earlier(before, days, words)


def _day(
    day: date,
    days: Mapping[date, Sequence[tuple[ArticleView, StoryView]]],
    shown: Sequence[date],
    words: Words,
) -> DayView:
    article, story = days[day][0]
    more = len(days[day]) - 1
    length = (shown[-1] - shown[0]).days
    one_year = shown[0].year == shown[-1].year
    return DayView(
        date=words.formats.day_and_month(day) if one_year else words.formats.short_date(day),
        iso_date=day.isoformat(),
        position=round(100 * (day - shown[0]).days / length, 1) if length else 0.0,
        headline=article.title,
        anchor=story.anchor,
        language=article.language,
        articles=more + 1,
        more=words.count(more, "{number} more article", "{number} more articles") if more else "",
    )


def _earlier(
    before: Sequence[date],
    days: Mapping[date, Sequence[tuple[ArticleView, StoryView]]],
    words: Words,
) -> str:
    if not before:
        return ""
    articles = sum(len(days[day]) for day in before)
    return words.say(
        "{articles} on {days}",
        articles=words.count(articles, "{number} article", "{number} articles"),
        days=words.count(len(before), "{number} earlier day", "{number} earlier days"),
    )
