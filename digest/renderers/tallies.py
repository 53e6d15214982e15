"""The counts at the head of an issue and of a topic, as phrases."""

from collections.abc import Sequence

from digest.models import Digest
from digest.renderers.citations import ArticleView
from digest.renderers.display import line
from digest.renderers.words import Words, minutes


def outlets(articles: Sequence[ArticleView], words: Words, *, always: bool = False) -> str:
    """Return how many outlets had the articles, and how many of the texts are their own where some are copies.

    A page whose publisher is not known goes by the name of its file, which is no outlet.
    """
    named = [(view.article.source, view.article.page) for view in articles]
    copies = [(copy.source, copy.page) for view in articles for copy in view.article.copies]
    names = {_publisher(source, page) for source, page in (*named, *copies)} - {""}
    phrase = words.count(len(names), "{number} outlet", "{number} outlets")
    if copies and len(names) > 1:
        originals = words.count(len(articles), "{number} original", "{number} originals")
        return f"{phrase}, {originals}"
    return phrase if always and names else ""


def _publisher(source: str, page: str) -> str:
    name = line(source).removeprefix("www.").casefold()
    return "" if name == line(page).rpartition("/")[2].casefold() else name


def counts(digest: Digest, words: Words) -> tuple[str, ...]:
    """Return ("3 topics", "6 articles", "3 sources", "2 in brief", "9 left out")."""
    statistics = digest.statistics
    in_brief, omitted = statistics.in_brief, statistics.omitted
    return (
        words.count(statistics.topics, "{number} topic", "{number} topics"),
        words.count(statistics.articles, "{number} article", "{number} articles"),
        words.count(statistics.sources, "{number} source", "{number} sources"),
        *([words.count(in_brief, "{number} in brief", "{number} in brief")] if in_brief else ()),
        *([words.count(omitted, "{number} left out", "{number} left out")] if omitted else ()),
    )


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
    """Return what an empty day says, since when and of how many sources."""
    sources = words.count(digest.statistics.sources, "{number} source", "{number} sources")
    if digest.previous:
        day = words.recent_day(digest.previous, digest.date)
        if digest.statistics.sources:
            return words.say("No articles since {day} from {sources}.", day=day, sources=sources)
        return words.say("No articles since {day}.", day=day)
    if digest.statistics.sources:
        return words.say("No articles today from {sources}.", sources=sources)
    return words.say("No articles today.")
