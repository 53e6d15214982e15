"""Terms: the words of a text as the ranking and the clustering count them."""

import gzip
import importlib.util
import math
import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any

from digest.length import has_unspaced
from digest.text.words import cut, find_words, lowered

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hr": "serbian",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "czech",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Near relations serve Croatian and Slovak; where an older release of the package lacks one, none does."""
_STOP_WORDS = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "he": "hebrew",
    "it": "italian",
    "pl": "polish",
    "pt": "portuguese",
    "sk": "slovak",
    "sv": "swedish",
    "th": "thai",
    "uk": "ukrainian",
}
_WORDFREQ = {"no": "nb", "hr": "sh", "sr": "sh", "bs": "sh", "tl": "fil"}
"""Languages that the list of frequencies has under another code."""
_ELIDING = frozenset({"ca", "fr", "it"})
_ELIDED = re.compile(
    r"(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|[dns]ell|d?all|sull|coll|un|quell|bell|sant|com|dov|gl)'(?=\w)"
)
"""An article or a pronoun that has lost its vowel: "l'eau" is "eau"."""
_FUNCTION_WORDS = 150
"""How many of a language's most frequent words count as stop words where no list is at hand."""


def words(text: str) -> list[str]:
    """Return the words and numbers in small letters, in order; pairs of letters in scripts without spaces."""
    found = find_words(text)
    if has_unspaced(text):
        found = [part for word in found for _, part in cut(word)]
    # All at once, on lines of their own, it takes half the time; a word holds no line break.
    return lowered("\n".join(found)).replace("’", "'").split("\n") if found else []


@cache
def stop_words(language: str = "en") -> frozenset[str]:
    """Return the stop words of a language: sumy's list, else its most frequent words."""
    name = _STOP_WORDS.get(language)
    if name:
        path = _package_folder("sumy") / "data" / "stopwords" / f"{name}.txt"
        return frozenset(path.read_text(encoding="utf-8").split())
    return frozenset(
        sorted(_zipf(language), key=lambda w: (-_zipf(language)[w], w))[:_FUNCTION_WORDS]
    )


def terms(text: str, language: str = "en") -> list[str]:
    """Return the stems of the words of `text` that are not stop words, in order."""
    stops = stop_words(language)
    return stems([word for word in words(text) if word not in stops], language)


def stems(tokens: list[str], language: str = "en") -> list[str]:
    """Return the Snowball stem of each token; tokens stay as they are where a language has no stemmer."""
    if len(tokens) == 1:
        return [_stem(_whole(tokens[0], language), language)]
    stemmer = _stemmer(language)
    if language in _ELIDING:
        tokens = [_whole(token, language) for token in tokens]
    return list(tokens) if stemmer is None else list(stemmer.stemWords(tokens))


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


def has_stemmer(language: str) -> bool:
    """True where words of the language are stemmed."""
    return _stemmer(language) is not None


def zipf(word: str, language: str = "en") -> float:
    """Return log10 of how often `word` stands in a billion words; 0 where the background does not know it."""
    return _zipf(language).get(_whole(word, language), 0.0)


def rarity(word: str, language: str = "en") -> float:
    """Return the weight of a word against the background: ln(1/p), from about 3 ("the") to 16 (unknown)."""
    return math.log(10.0) * (9.0 - max(zipf(word, language), 2.0))


def rarities(tokens: list[str], language: str = "en") -> list[float]:
    """Return the rarity of each word."""
    known, scale = _zipf(language), math.log(10.0)
    if language in _ELIDING:
        tokens = [_whole(token, language) for token in tokens]
    found = map(known.get, tokens, repeat(2.0))
    return [scale * (9.0 - zipf) if zipf > 2.0 else scale * 7.0 for zipf in found]


def _whole(word: str, language: str) -> str:
    """Return a word without the elided one before it; a plain apostrophe stands between them."""
    return _ELIDED.sub("", word, count=1) if "'" in word and language in _ELIDING else word


class _Each:
    """A stemmer of one word, as one of many; the names are those of PyStemmer."""

    def __init__(self, stem_word: Callable[[str], str]) -> None:
        self.stemWord = stem_word

    def stemWords(self, words: list[str]) -> list[str]:  # noqa: N802
        return list(map(self.stemWord, words))


@cache
def _stemmer(language: str) -> Any:
    if language == "uk":
        return _Each(_ukrainian())
    name = _SNOWBALL.get(language)
    if name is None:
        return None
    import Stemmer

    if name not in Stemmer.algorithms():
        return None
    # Its cache costs three times what stemming does.
    return Stemmer.Stemmer(name, 0)


def _ukrainian() -> Callable[[str], str]:
    """Return sumy's stemmer, read without its package, which loads all of NLTK's."""
    path = _package_folder("sumy") / "nlp" / "stemmers" / "ukrainian.py"
    spec = importlib.util.spec_from_file_location("ukrainian_stemmer", path)
    if spec is None or spec.loader is None or not path.exists():
        return str
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stem_word: Callable[[str], str] = module.stem_word
    return stem_word


@cache
def _zipf(language: str) -> dict[str, float]:
    """The small word list of wordfreq (Speer), read without importing the package: 10 ms, not 150.

    The file is a list of lists; list k holds the words of frequency 10^(-k/100).
    """
    import msgpack

    path = (
        _package_folder("wordfreq")
        / "data"
        / f"small_{_WORDFREQ.get(language, language)}.msgpack.gz"
    )
    if not path.exists():
        return {}
    with gzip.open(path, "rb") as file:
        buckets = msgpack.load(file, raw=False)
    return {word: 9.0 - k / 100 for k, bucket in enumerate(buckets[1:]) for word in bucket}


@cache
def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {name} is missing: pip install {name}")
    return Path(spec.submodule_search_locations[0])
