"""The days of a topic: what happened when, and since when it has been running."""

from collections.abc import Mapping, Sequence
from datetime import date

from digest.models import Digest, Story, Topic
from digest.renderers.citations import ArticleView
from digest.renderers.views import DayView, StoryView
from digest.renderers.words import Words

_FEWEST = 3
"""A topic of fewer days needs no timeline: its headlines say it."""
_MOST = 8
"""The days that are shown; more would be a list, not a picture."""


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

    A story with a new version of an article that was told says that it is updated.
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
