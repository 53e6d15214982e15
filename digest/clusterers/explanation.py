"""Why two articles are together or apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.models import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What speaks for two articles being one story, and what against."""

    together: bool
    """True where they are in one story."""
    same_topic: bool
    similarity: float
    bar: float
    """The similarity from which two articles on their own are one story."""
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: float | None = None
    """The days between them; None where a date is missing."""
    vetoes: tuple[str, ...] = ()


def explain_pair(a: Article, b: Article, articles: Sequence[Article]) -> Explanation:
    """Explain `a` and `b` as members of the collection `articles`; both must stand in it."""
    from digest.clusterers import TopicClusterer
    from digest.clusterers.mentions import read
    from digest.clusterers.similarity import similarities

    mentions = [read(article) for article in articles]
    first = next(k for k, article in enumerate(articles) if article.id == a.id)
    second = next(k for k, article in enumerate(articles) if article.id == b.id)
    one, two = mentions[first], mentions[second]
    clusterer = TopicClusterer()
    topics = clusterer(articles)
    story = {
        x.id: (t, s)
        for t, topic in enumerate(topics)
        for s, st in enumerate(topic.stories)
        for x in st.articles
    }
    days = None
    if a.published and b.published:
        days = abs((a.published - b.published).total_seconds()) / 86_400
    return Explanation(
        together=story[a.id] == story[b.id],
        same_topic=story[a.id][0] == story[b.id][0],
        similarity=round(float(similarities(mentions)[first, second]), 4),
        bar=clusterer.story_bar,
        terms=tuple(sorted(set(one.terms) & set(two.terms))),
        names=tuple(sorted(set(one.names) & set(two.names))),
        numbers=tuple(sorted(one.numbers & two.numbers)),
        days=days,
    )
