"""The patterns and word lists of `lexicon.txt`: what the lines around articles say, on the whole web.

A pattern is compiled when it is first asked; most lines of most pages never ask most of them.
"""

import re
from collections.abc import Iterator
from importlib.resources import files


class LazyPattern:
    """A regular expression with the methods of `re.Pattern` that are used here."""

    __slots__ = ("_compiled", "_flags", "pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match at `start`."""
        return (self._compiled or self.compiled).match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole text."""
        return (self._compiled or self.compiled).fullmatch(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first match from `start` on."""
        return (self._compiled or self.compiled).search(text, start)

    def findall(self, text: str) -> list[str]:
        """Return all matches."""
        return (self._compiled or self.compiled).findall(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        return (self._compiled or self.compiled).finditer(text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return (self._compiled or self.compiled).split(text)


_HEAD = re.compile(r"\[(=?)([a-z_]+)\]")


def _read() -> tuple[dict[str, list[str]], set[str]]:
    """Return the lines of each list, and the names of those in which case counts."""
    lists: dict[str, list[str]] = {}
    exact: set[str] = set()
    name = ""
    text = files("digest.splitting").joinpath("lexicon.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        head = _HEAD.fullmatch(line)
        if head:
            name = head[2]
            lists[name] = []
            exact.update([name] if head[1] else ())
        elif line and line[0] != "#":
            lists[name].append(line)
    return lists, exact


LISTS, _EXACT = _read()


def _pattern(name: str) -> LazyPattern:
    flags = re.NOFLAG if name in _EXACT else re.IGNORECASE
    return LazyPattern("|".join(LISTS[name]), flags)


def _words(name: str) -> frozenset[str]:
    return frozenset(" ".join(LISTS[name]).split())


ADDRESS = _pattern("address")
ADVERT = _pattern("advert")
AGENCY_LINE = _pattern("agency_line")
AGO = _pattern("ago")
BREAK = _pattern("break")
BYLINE = _pattern("byline")
CAPTION = _pattern("caption")
CLOCK = _pattern("clock")
COMMENT = _pattern("comment")
CREDIT = _pattern("credit")
CREDIT_END = _pattern("credit_end")
CREDIT_TAIL = _pattern("credit_tail")
DATE_LABEL = _pattern("date_label")
END = _pattern("end")
FIGURES = _pattern("figures")
LIFE = _pattern("life")
LONG_NOTICE = _pattern("long_notice")
NAVIGATION = _pattern("navigation")
NOTE = _pattern("note")
NOTICE = _pattern("notice")
NOTICE_OPENING = _pattern("notice_opening")
PERSON = _pattern("person")
READER = _pattern("reader")
RELATED = _pattern("related")
REPLY = _pattern("reply")
ROLE = _pattern("role")
SALUTATION = _pattern("salutation")
SELF = _pattern("self")
SEPARATOR = _pattern("separator")
SPLIT_CREDIT = _pattern("split_credit")
TEASER = _pattern("teaser")
WALL = _pattern("wall")
WIDGET = _pattern("widget")
WORDS = _pattern("words")
WRAPPER = _pattern("wrapper")
BUTTONS = _words("buttons")
LEGAL_WORDS = _words("legal_words")
CREDIT_WORDS = _words("credit_words")
_BEFORE = ("", "“", '"', "(", "*")
_AFTER = ("", ".", ",", ":", "!", "?", ")", ";")


def _touched(*names: str) -> frozenset[str]:
    """The words of some lists, with the marks that may touch them."""
    words = frozenset[str]().union(*map(_words, names))
    return frozenset(
        before + word + after for word in words for before in _BEFORE for after in _AFTER
    )


NOTICE_TRIGGERS = _touched("notice_words", "notice_opening_words")
NOTICE_INNER_TRIGGERS = _touched("notice_words")
NOTE_TRIGGERS = _touched("note_words")
"""The words without one of which no sentence is a notice, a notice whatever it begins with, or a note."""
