"""The language of a text, as an ISO 639-1 code."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache

from digest.limits import uncounted
from digest.models import Article
from digest.text.segmentation import unspaced_words
from digest.text.terms import stop_words, words

_SAMPLE = 4000
"""Characters that are looked at."""
_GLANCE = 700
_PLAINLY_ENGLISH = frozenset(
    {"the", "of", "and", "to", "that", "with", "for", "was", "from", "his", "by"}
)
_PLAIN_SHARE = 0.12
_FEW_WORDS = 12
"""Fewer words than this tell no language; the most common one is assumed."""
_TOLD_BY_WORDS = ("de", "el", "en", "es", "fr", "he", "it", "pl", "pt")
"""Languages with a list of stop words and no near relation that lacks one, as Swedish has in Norwegian."""
_SHARE = {"en": 0.18}
_SHARE_OF_OTHERS = 0.25
"""The share of function words from which a language is believed: of the others, some have near relations."""
_MARGIN = 1.5
"""How many times the share of the next language that must be."""


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`: by its function words, else py3langid.

    The first look takes a millisecond and saves loading the model (0.6 s, 100 MB) in most cases.
    """
    return _language_of(text[:_SAMPLE])


@lru_cache(maxsize=256)
def _language_of(sample: str) -> str:
    """Kept for the next to ask: the command line first, then the summarizer, for each article of a chunk."""
    if _is_plainly_english(sample[:_GLANCE]):
        return "en"
    tokens = [token for token in words(sample) if token.isalpha()]
    if len(tokens) + unspaced_words(sample) < _FEW_WORDS:
        return "en"
    language = _by_function_words(tokens) if tokens else None
    if language is None:
        language = _model()(sample)
    return language


@cache
def _model() -> Callable[[str], str]:
    """Load py3langid's model: half a second, which is not to count as the time of the first text."""
    with uncounted():
        import py3langid

        py3langid.classify("")  # the first call loads it
    return lambda text: str(py3langid.classify(text)[0])


def _is_plainly_english(glance: str) -> bool:
    """True for what nobody would take for another language: this takes a hundredth of the full look."""
    tokens = glance.lower().split()
    plain = sum(token in _PLAINLY_ENGLISH for token in tokens)
    return len(tokens) >= _FEW_WORDS and plain >= _PLAIN_SHARE * len(tokens)


def _by_function_words(tokens: list[str]) -> str | None:
    shares = sorted(
        (sum(map(stop_words(language).__contains__, tokens)) / len(tokens), language)
        for language in _TOLD_BY_WORDS
    )
    (second, _), (first, language) = shares[-2:]
    enough = first >= _SHARE.get(language, _SHARE_OF_OTHERS) and first >= _MARGIN * second
    return language if enough else None


def in_language_of_source(articles: Iterable[Article]) -> list[Article]:
    """Return the articles, those that are too short to tell their language in that of their source."""
    votes: dict[str, Counter[str]] = {}
    articles = list(articles)
    for article in articles:
        if article.words >= _FEW_WORDS:
            votes.setdefault(article.source, Counter())[article.language] += 1
    common = {
        source: min(found, key=lambda code: (-found[code], code)) for source, found in votes.items()
    }
    return [_in_language(a, common.get(a.source, a.language)) for a in articles]


def _in_language(article: Article, likely: str) -> Article:
    """Return a short article in the likely language, unless its stop words are of its own."""
    if likely == article.language or article.words >= _FEW_WORDS:
        return article
    found = words(f"{article.title} {article.text}")
    own, others = (sum(map(stop_words(c).__contains__, found)) for c in (article.language, likely))
    return replace(article, language=likely) if others >= own else article
