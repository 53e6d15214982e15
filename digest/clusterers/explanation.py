"""Why two articles are together or apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.models import Article

_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What speaks for two articles being one story, and what against."""

    together: bool
    """True where they are in one story."""
    same_topic: bool
    similarity: float
    """In units of the density around both articles: 1 is as like as a near neighbour usually is."""
    bar: float
    """The mean similarity from which articles are one story in this collection."""
    terms: tuple[str, ...] = ()
    """Words that both have, the rarest first."""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: float | None = None
    """The days between them; None where a date is missing."""
    vetoes: tuple[str, ...] = ()
    """What speaks against: names that one article is about and the other does not mention."""


def explain_pair(a: Article, b: Article, articles: Sequence[Article]) -> Explanation:
    """Explain `a` and `b` as members of `articles`; ValueError where one does not stand in it."""
    from digest.clusterers.mentions import NUMBER, read
    from digest.clusterers.stories import cluster, in_order
    from digest.text.terms import zipf

    ordered = in_order(articles)
    ids = [article.id for article in ordered]
    if a.id not in ids or b.id not in ids:
        raise ValueError(f"{a.id if a.id not in ids else b.id}: not in the collection")
    first, second = ids.index(a.id), ids.index(b.id)
    found = cluster(ordered)
    one, two = read(a), read(b)
    names = one.names.keys() & two.names.keys()
    terms = (one.words.keys() & two.words.keys()) - names
    numbers = set(NUMBER.findall(f"{a.title} {a.text}")) & set(
        NUMBER.findall(f"{b.title} {b.text}")
    )
    days = None
    if a.published and b.published:
        days = round(abs((a.published - b.published).total_seconds()) / 86_400, 2)
    return Explanation(
        together=bool(found.story[first] == found.story[second]),
        same_topic=bool(found.topic[first] == found.topic[second]),
        similarity=round(found.similarity(first, second), 3),
        bar=found.bar,
        terms=tuple(sorted(terms, key=lambda word: (zipf(word, a.language), word))[:_SHOWN]),
        names=tuple(sorted(names, key=lambda word: (zipf(word, a.language), word))[:_SHOWN]),
        numbers=tuple(sorted(numbers, key=lambda n: (-len(n), n))[:_SHOWN]),
        days=days,
        vetoes=tuple(_apart(one.title_names, two.names))
        + tuple(_apart(two.title_names, one.names)),
    )


def _apart(heads: Iterable[str], names: Iterable[str]) -> list[str]:
    known = set(names)
    return sorted(name for name in heads if name not in known)
