"""How much short reports say the same: the cosine of their words and of the pieces of their words.

Pieces of four and five letters see one event in inflected and compounded words ("Coronaprotestzug",
"Corona-Proteste"), in all languages that build words (McNamee & Mayfield, "Character n-gram tokenization for
European language text retrieval", Information Retrieval 2004).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from digest.models import Article
from digest.text.addresses import outlets
from digest.text.terms import terms

HEAD = 500
"""The characters of a text that are read: a report says first what happened."""
_PIECED = 300
_SIZES = (4, 5)
_PIECE = 0.3
"""The weight of a piece beside a word, of which it is a part."""
_AKIN = 0.5
"""The share of the pieces of the shorter word from which two words are akin."""
_SAMPLE = 2_000
"""The articles that tell how common a term is today; more tell nothing else."""
_OTHERS = 10
"""Articles without a term that are counted besides those of a day: in six articles on one thing its words would
say nothing at all. 10 to 100 leave the groups of five real and six made days as they are."""
_MOST = 12
"""The reports of a story that are compared."""
_NOT_LETTERS = re.compile(r"\W+")
_PLAIN = {
    code: unicodedata.normalize("NFKD", chr(code))[0]
    for code in range(0x100, 0x250)
    if chr(code).isalpha()
}
"""The Latin letters that outlets write with their marks or without: "Erdoğan", "Novák". Those of western Europe
stay: they tell words apart."""

Vector = dict[str, float]


class Likeness:
    """How much the reports of a day say the same: a term counts the more, the fewer of them have it."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Count the terms of a day by their documents; those of a large day, in a sample."""
        sample = sorted(articles, key=lambda article: article.id)[:_SAMPLE]
        found = Counter(chain.from_iterable(map(_terms, sample)))
        self._idf = {t: math.log((len(sample) + _OTHERS) / (n + 0.5)) for t, n in found.items()}
        self._rarest = max(self._idf.values(), default=1.0)

    def vector(self, article: Article) -> Vector:
        """Return the weighted terms of an article, of length 1."""
        found = {
            term: self._idf.get(term, self._rarest) * _weight(term, count)
            for term, count in _terms(article).items()
        }
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        return {term: value / length for term, value in found.items()}

    def cohesion(self, articles: Sequence[Article]) -> float:
        """Return the mean similarity of the articles of different outlets, from 0 to 1; 0 for one outlet."""
        own = outlets((article.source, article.url) for article in articles)
        first = list(zip(own, articles, strict=True))[:_MOST]
        vectors = [(name, self.vector(article)) for name, article in first]
        pairs = [(one, other) for (a, one), (b, other) in combinations(vectors, 2) if a != b]
        return sum(cosine(one, other) for one, other in pairs) / len(pairs) if pairs else 0.0


def plain_letters(text: str) -> str:
    """Return a text in which letters that are not at home in western Europe have no marks."""
    return text if text.isascii() else text.translate(_PLAIN)


def cosine(one: Vector, other: Vector) -> float:
    """Return the similarity of two vectors of length 1."""
    shorter, longer = sorted((one, other), key=len)
    return sum(shorter[term] * longer[term] for term in filter(longer.__contains__, shorter))


def _terms(article: Article) -> Counter[str]:
    """Return the terms of a title, which counts twice, and of the beginning of a text, with their weights."""
    language = article.language
    title, text = plain_letters(article.title), plain_letters(article.text[:HEAD])
    words = terms(title, language) * 2 + terms(text, language)
    letters = _NOT_LETTERS.sub(" ", f" {title} {text[:_PIECED]} ".lower())
    return Counter(chain(words, (f"#{piece}" for piece in _cut(letters))))


def _weight(term: str, count: int) -> float:
    return _PIECE * count if term.startswith("#") else 1.0 + math.log(count)


def _cut(text: str) -> Iterator[str]:
    """Yield the runs of four and five letters of a text."""
    for size in _SIZES:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def letter_pieces(term: str) -> frozenset[str]:
    """Return the pieces of a word with its ends marked; a shorter one is its own piece."""
    word = f" {term} "
    return frozenset(_cut(word)) or frozenset((word,))


class RelatedWords:
    """The words of a collection that are akin: they share half of the shorter one's pieces."""

    def __init__(self, words: Iterable[str]) -> None:
        self._pieces = {word: letter_pieces(word) for word in words}
        self._words: dict[str, list[str]] = {}
        for word in sorted(self._pieces):
            for piece in self._pieces[word]:
                self._words.setdefault(piece, []).append(word)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, word: str) -> frozenset[str]:
        """Return the words that are akin to a word of the collection."""
        if word not in self._known:
            own = self._pieces[word]
            shared = Counter(chain.from_iterable(self._words[piece] for piece in own))
            self._known[word] = frozenset(
                other
                for other, count in shared.items()
                if other == word or count >= max(2, _AKIN * min(len(own), len(self._pieces[other])))
            )
        return self._known[word]
