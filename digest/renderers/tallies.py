"""The counts at the head of an issue, and the outlets of a story, as phrases."""

from collections.abc import Sequence

from digest.models import Article, Digest
from digest.renderers.citations import ArticleView
from digest.renderers.views import OutletView
from digest.renderers.words import Words, minutes
from digest.text.outlets import outlets as outlet_ids

_MOST_OUTLETS = 6
"""The outlets that a story names; the others are counted."""


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
