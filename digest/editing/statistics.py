"""The counts at the head of an issue."""

from digest.editing.importance import outlet_count
from digest.editing.layout import page_words
from digest.models import Digest, Statistics

_ARTICLES = frozenset(
    {"dropped", "duplicate", "failed source", "muted", "old", "stub", "surplus", "teaser"}
)
"""The reasons for which an article is left out, and not a line of a page."""
_LINES = ("brief", "listed")


def statistics_of(digest: Digest, *, sources: int, words_read: int) -> Statistics:
    """Return what an issue shows, lists and leaves out; `sources` and `words_read` are what it was made of."""
    tiers = [section.tier for section in digest.sections]
    return Statistics(
        sources=sources,
        outlets=outlet_count(digest.articles),
        articles=sum(len(section.topic.articles) for section in digest.sections),
        topics=sum(tier not in _LINES for tier in tiers),
        in_brief=len(digest.in_brief) + tiers.count("brief"),
        also_read=len(digest.also_read) + tiers.count("listed"),
        omitted=sum(one.reason in _ARTICLES for one in digest.omissions),
        words_read=words_read,
        words_shown=page_words(digest),
    )
