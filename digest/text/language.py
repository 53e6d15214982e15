"""The language of a text, as an ISO 639-1 code."""

import logging
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache

from digest.incoming import uncounted
from digest.models import Article
from digest.text.terms import stop_words, words, zipf

_log = logging.getLogger("digest")
MEASURED = frozenset(
    "ar cs da de el en es fa fi fr he hi hu it ja ko nl no pl pt ro ru sv th tr uk zh".split()
)
"""Languages that `benchmarks.languages` finds good or usable; a test holds docs/languages.md to this list."""
_SAMPLE = 4000
"""Characters that are looked at."""
_GLANCE = 700
_PLAINLY_ENGLISH = frozenset(
    {"the", "of", "and", "to", "that", "with", "for", "was", "from", "his", "by"}
)
_PLAIN_SHARE = 0.12
_FEW_WORDS = 12
"""Fewer words than this tell a language less surely: the likely ones alone are thought of."""
_TOLD_BY_WORDS = ("de", "el", "en", "es", "fr", "he", "it", "pl", "pt")
"""Languages with a list of stop words and no near relation that lacks one, as Swedish has in Norwegian."""
_SHARE = {"en": 0.18}
_SHARE_OF_OTHERS = 0.25
"""The share of function words from which a language is believed: of the others, some have near relations."""
_MARGIN = 1.5
"""How many times the share of the next language that must be."""
_TELLING = 3
"""Fewer plain words tell nothing: a name, a heading."""
_LONG_VOTE = 1_000_000
"""The votes of an article that tells its language: short ones are asked where a source has no other."""
_KNOWN = 3.0
_KNOWN_SHARE = 0.7
"""A short text without function words of another language is English where so many of its words are known to
English: swept over 1,592 headlines in English (.995) and six words in 26 other languages (.994)."""
_SCRIPTS = (
    (0x0041, 0x024F, ""),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058A, "hy"),
    (0x0591, 0x05F4, "he"),
    (0x0600, 0x077F, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E01, 0x0E5B, "th"),
    (0x0E80, 0x0EDF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x139F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1E00, 0x1EFF, ""),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "ja"),
    (0x3130, 0x318F, "ko"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
"""First and last letter of the scripts, with the language that each is written for, or the name of a script of
several; empty for Latin."""
CASELESS = frozenset(
    "am ar bn fa gu he hi ja ka km kn ko lo ml mr my ne or pa ps si ta te th ug ur zh".split()
)
"""Languages of scripts without capitals, so that none tells a name."""
_FIRSTS = [first for first, _, _ in _SCRIPTS]
_KANA_SHARE = 0.1
"""The share of kana among Chinese characters from which a text is Japanese."""
_LETTERS = {
    "Cyrillic": (
        ("be", "ўЎ"),
        ("kk", "әқңұӘҚҢҰ"),
        ("uk", "їєґіЇЄҐІ"),
        ("mk", "ѓќѕЃЌЅ"),
        ("sr", "ђћјљњџЂЋЈЉЊЏ"),
        ("ru", "ыэёЫЭЁ"),
    ),
    "Arabic": (
        ("ug", "ەۇې"),
        ("ps", "ښټډړځڅ"),
        ("ur", "ٹڈڑںے"),
        ("fa", "پچژگکی"),
        ("ar", "ةىأإيك"),
    ),
}
"""Letters that tell the languages of a script apart, in the order in which they decide."""
_OF_SCRIPT = {
    "Cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn"),
    "Arabic": ("ar", "fa", "ur", "ps", "ug"),
    "Devanagari": ("hi", "mr", "ne"),
}
_LATIN = frozenset(
    """
    af az bs ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it lt lv ms mt nl no pl pt ro sk sl sq sr
    sv sw tl tr uz vi
    """.split()
)
"""The Latin languages that news is read in; the model knows small ones besides, and takes English for them."""
_LIKELY = frozenset(
    "ca cs da de en es et fi fr hr hu id is it lt lv nl no pl pt ro sk sl sv tr vi".split()
)
"""The same for a few words."""
_SAME_LANGUAGE = {"nb": "no", "nn": "no", "bs": "hr"}


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`: by its script, its function words, else py3langid.

    The first looks take a millisecond and save loading the model (0.6 s, 100 MB) in most cases.
    """
    return _language_of(text[:_SAMPLE])


@lru_cache(maxsize=1024)
def _language_of(sample: str) -> str:
    """Kept for the next to ask: the command line first, then the summarizer, for each article of a chunk."""
    if _is_plainly_english(sample[:_GLANCE]):
        return "en"
    script = "" if sample.isascii() else _script(sample)
    if script in _OF_SCRIPT:
        return _by_letters(sample, script) or _by_model(sample, frozenset(_OF_SCRIPT[script]))
    if script:
        return script
    tokens = [token for token in words(sample) if token.isalpha()]
    if not tokens:
        return "en"
    if len(tokens) >= _FEW_WORDS:
        return _by_function_words(tokens) or _by_model(sample, _LATIN)
    plain = all(map(str.isascii, tokens))
    if plain and (len(tokens) < _TELLING or _is_english(tokens)):
        return "en"
    return _by_model(sample, _LIKELY)


def _script(sample: str) -> str:
    """Return the language or the script of most letters; empty for Latin, and for a text without letters."""
    found: Counter[str] = Counter()
    for letter, count in Counter(sample).items():
        place = bisect_right(_FIRSTS, ord(letter)) - 1
        if letter.isalpha() and place >= 0 and ord(letter) <= _SCRIPTS[place][1]:
            found[_SCRIPTS[place][2]] += count
    # A character of Chinese or Japanese is worth a few letters, and names stand in Latin ones between them.
    if (unspaced := found["ja"] + found["zh"]) and 4 * unspaced >= max(found.values()):
        return "ja" if found["ja"] > _KANA_SHARE * found["zh"] else "zh"
    return max(found, key=lambda name: (found[name], name), default="")


def _by_letters(sample: str, script: str) -> str | None:
    letters = set(sample)
    return next(
        (code for code, own in _LETTERS.get(script, ()) if not letters.isdisjoint(own)), None
    )


def _by_model(sample: str, likely: frozenset[str]) -> str:
    """Return the first of the likely languages in the order that the model gives them."""
    ranked = (_SAME_LANGUAGE.get(code, code) for code in _model()(sample))
    return next((code for code in ranked if code in likely), "en")


@cache
def _model() -> Callable[[str], list[str]]:
    """Load py3langid's model: half a second, which is not to count as the time of the first text."""
    with uncounted():
        import py3langid

        py3langid.classify("")  # the first call loads it
    return lambda text: [str(code) for code, _ in py3langid.rank(text)]


def _is_plainly_english(glance: str) -> bool:
    """True for what nobody would take for another language: this takes a hundredth of the full look."""
    tokens = glance.lower().split()
    plain = sum(token in _PLAINLY_ENGLISH for token in tokens)
    return len(tokens) >= _FEW_WORDS and plain >= _PLAIN_SHARE * len(tokens)


def _is_english(tokens: list[str]) -> bool:
    """True where most words of a few are English ones, and none is a function word of another language."""
    foreign = (code for code in _TOLD_BY_WORDS if code != "en")
    own = stop_words("en")
    strange = [token for token in tokens if token not in own]
    if any(token in stop_words(code) for code in foreign for token in strange):
        return False
    return sum(zipf(token) >= _KNOWN for token in tokens) >= _KNOWN_SHARE * len(tokens)


def _by_function_words(tokens: list[str]) -> str | None:
    shares = sorted(
        (sum(map(stop_words(language).__contains__, tokens)) / len(tokens), language)
        for language in _TOLD_BY_WORDS
    )
    (second, _), (first, language) = shares[-2:]
    enough = first >= _SHARE.get(language, _SHARE_OF_OTHERS) and first >= _MARGIN * second
    return language if enough else None


@cache
def warn_unless_measured(language: str) -> None:
    """Say once of a language that nobody has measured what to expect of it."""
    if _SAME_LANGUAGE.get(language, language) not in MEASURED:
        _log.warning(
            "language %r is not measured (see docs/languages.md): sentences may be split by English rules, and"
            " words compared as they are written",
            language,
        )


def in_language_of_source(articles: Iterable[Article]) -> list[Article]:
    """Return the articles, those that are too short to tell their language in that of their source.

    A source has a language where more than half of its votes agree: an aggregator of many has none.
    """
    votes: dict[str, Counter[str]] = {}
    articles = list(articles)
    for article in articles:
        weight = _LONG_VOTE if article.words >= _FEW_WORDS else 1
        votes.setdefault(article.source, Counter())[article.language] += weight
    common = {
        source: code
        for source, found in votes.items()
        for code, count in found.items()
        if 2 * count > found.total()
    }
    return [_in_language(a, common.get(a.source, a.language)) for a in articles]


def _in_language(article: Article, likely: str) -> Article:
    """Return a short article in the likely language, unless its script or two more of its words are its own."""
    if likely == article.language or article.words >= _FEW_WORDS:
        return article
    told = f"{article.title} {article.text}"
    script = _script(told)
    if likely not in (_OF_SCRIPT.get(script, (script,)) if script else _LATIN):
        return article
    found = words(told)
    own, others = (sum(map(stop_words(c).__contains__, found)) for c in (article.language, likely))
    return replace(article, language=likely) if others + 1 >= own else article
