"""Topics that a user names in advance, and a first table of them for a collection."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.models import Article, Topic
from digest.text.terms import zipf
from digest.text.words import lowered, runs

_TELLING = 0.25
"""The share of its articles that must be in the topic for a word to be suggested as its keyword."""
_RARE = 3.5
"""The Zipf value below which a common noun is worth pinning ("carmaker", not "quarter")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedTopic:
    """A topic with a name of the user's own, and the words that bring an article into it."""

    name: str
    keywords: tuple[str, ...] = ()
    """Words or phrases, in any case."""
    never: tuple[str, ...] = ()
    """Words or phrases that keep an article out."""


def fit(article: Article, topic: PinnedTopic) -> float:
    """Return how well `article` fits `topic`: 0 where it does not.

    A keyword in the title is enough; in the text alone it must come back, or stand beside another one.
    """
    title, text = _folded(article.title), _folded(article.text)
    if any(_count(word, title) or _count(word, text) for word in topic.never):
        return 0.0
    score, found = 0.0, 0
    for word in topic.keywords or (topic.name,):
        in_title, in_text = _count(word, title), _count(word, text)
        found += bool(in_title or in_text)
        score += 3.0 * bool(in_title) + min(in_text, 3)
    return score if score >= 3.0 or found >= 2 else 0.0


def assign(
    articles: list[Article], pinned: tuple[PinnedTopic, ...]
) -> tuple[dict[str, list[Article]], list[Article]]:
    """Return the articles of each pinned topic by its name, and the articles of none."""
    taken: dict[str, list[Article]] = {topic.name: [] for topic in pinned}
    rest = []
    for article in articles:
        scores = [(fit(article, topic), -place) for place, topic in enumerate(pinned)]
        best, place = max(scores, default=(0.0, 0))
        if best > 0:
            taken[pinned[-place].name].append(article)
        else:
            rest.append(article)
    return taken, rest


def suggested(topics: Sequence[Topic]) -> list[PinnedTopic]:
    """Return a pinned topic for each of `topics` of several articles, under the words that a person would pin.

    Few articles elsewhere have them. Topics of one label are one.
    """
    found: Counter[str] = Counter()
    own: dict[str, Counter[str]] = {}
    words: dict[str, list[str]] = {}
    for topic in topics:
        counts: Counter[str] = Counter()
        for article in topic.articles:
            counts.update(set(_folded(f"{article.title} {article.text}").split()))
        found += counts
        own[topic.label] = own.get(topic.label, Counter()) + counts
        if len(topic.articles) > 1:
            known = words.setdefault(topic.label, [])
            known += [word for word in _pinnable(topic, counts) if word not in known]
    chosen = []
    for name, candidates in words.items():
        shares = {word: _share(word, own[name], found) for word in candidates}
        best = sorted(candidates, key=lambda word: -shares[word])[0]
        telling = tuple(w for w in candidates if shares[w] >= _TELLING) or (best,)
        chosen.append(PinnedTopic(name=name, keywords=telling))
    return chosen


def _pinnable(topic: Topic, counts: Counter[str]) -> list[str]:
    """Return the words of a topic that a person would pin, the best first.

    The kicker is one where most articles write it so, else its names are; a keyword is one where it is a name
    or a rare word, and stands in at least half of the articles.
    """
    least = len(topic.articles) / 2
    chosen: list[str] = []
    for part in topic.kicker.split(" / ") if topic.kicker else ():
        written = sum(_count(part, _folded(f"{a.title} {a.text}")) > 0 for a in topic.articles)
        chosen += [part] if written >= least else [w for w in part.split() if not w.islower()]
    inside = set(_folded(" ".join(chosen)).split())
    language = topic.articles[0].language
    for word in topic.keywords:
        telling = not word.islower() or zipf(word, language) < _RARE
        if telling and counts[word.casefold()] >= least and word.casefold() not in inside:
            chosen.append(word)
    return chosen or list(topic.keywords) or [topic.label]


def _share(word: str, own: Counter[str], found: Counter[str]) -> float:
    """Return the share of a topic among the articles that hold a word."""
    parts = _folded(word).split()
    return min((own[part] / max(found[part], 1) for part in parts), default=0.0)


def _folded(text: str) -> str:
    return f" {' '.join(runs(lowered(text).casefold()))} "


def _count(word: str, folded: str) -> int:
    needle = _folded(word)
    return folded.count(needle) if needle.strip() else 0
