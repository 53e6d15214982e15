"""How much the reports of a story say the same: the mean cosine across outlets, by words and pieces of words.

Pieces of four and five letters see the same event in inflected and compounded words. A group that is held
together by one busy name has less in common than the reports of one event.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from digest.models import Article
from digest.text.outlets import outlets
from digest.text.terms import terms

_TEXT = 500
"""The characters of a text that are read: a report says first what happened."""
_PIECED = 300
_SIZES = (4, 5)
_PIECE = 0.3
"""The weight of a piece beside a word, of which it is a part."""
_SAMPLE = 2_000
"""The articles that tell how common a term is today; more tell nothing else."""
_MOST = 12
"""The reports of a story that are compared."""
_NOT_LETTERS = re.compile(r"\W+")

Vector = dict[str, float]


def background(articles: Sequence[Article]) -> dict[str, float]:
    """Return how telling each term is today: its inverse document frequency; of a large day, by a sample."""
    sample = sorted(articles, key=lambda article: article.id)[:_SAMPLE]
    found: Counter[str] = Counter()
    for article in sample:
        found.update(_terms(article).keys())
    return {term: math.log((len(sample) + 1) / (count + 0.5)) for term, count in found.items()}


def cohesion(articles: Sequence[Article], telling: Mapping[str, float]) -> float:
    """Return the mean similarity of the articles of different outlets, from 0 to 1; 0 for one outlet."""
    own = outlets((article.source, article.url) for article in articles)
    first = list(zip(own, articles, strict=True))[:_MOST]
    vectors = [(name, _vector(article, telling)) for name, article in first]
    pairs = [(one, other) for (a, one), (b, other) in combinations(vectors, 2) if a != b]
    return sum(_dot(one, other) for one, other in pairs) / len(pairs) if pairs else 0.0


def _terms(article: Article) -> Counter[str]:
    """Return the terms of a title, which counts twice, and of the beginning of a text, with their weights."""
    language = article.language
    words = terms(article.title, language) * 2 + terms(article.text[:_TEXT], language)
    letters = _NOT_LETTERS.sub(" ", f" {article.title} {article.text[:_PIECED]} ".lower())
    pieces = Counter(
        f"#{letters[i : i + size]}" for size in _SIZES for i in range(len(letters) - size + 1)
    )
    return Counter(words) + pieces


def _vector(article: Article, telling: Mapping[str, float]) -> Vector:
    rarest = max(telling.values(), default=1.0)
    found = {
        term: telling.get(term, rarest) * _weight(term, count)
        for term, count in _terms(article).items()
    }
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {term: value / length for term, value in found.items()}


def _weight(term: str, count: int) -> float:
    return _PIECE * count if term.startswith("#") else 1.0 + math.log(count)


def _dot(one: Vector, other: Vector) -> float:
    shorter, longer = sorted((one, other), key=len)
    return sum(value * longer.get(term, 0.0) for term, value in shorter.items())
