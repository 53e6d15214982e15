"""The patterns and word lists of `wordings.txt`: what the lines around articles say, on the whole web.

A pattern is compiled when it is first asked; most lines of most pages never ask most of them.
"""

import re
from collections.abc import Iterator
from importlib.resources import files


class Wording:
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
    text = files("digest.splitting").joinpath("wordings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        head = _HEAD.fullmatch(line)
        if head:
            name = head[2]
            lists[name] = []
            exact.update([name] if head[1] else ())
        elif line and line[0] != "#":
            lists[name].append(line)
    return lists, exact


_LISTS, _EXACT = _read()


def _wording(name: str) -> Wording:
    flags = re.NOFLAG if name in _EXACT else re.IGNORECASE
    return Wording("|".join(_LISTS[name]), flags)


def _words(name: str) -> frozenset[str]:
    return frozenset(" ".join(_LISTS[name]).split())


ADDRESS = _wording("address")
ADVERT = _wording("advert")
AGENCY_LINE = _wording("agency_line")
AGO = _wording("ago")
BREAK = _wording("break")
BYLINE = _wording("byline")
CAPTION = _wording("caption")
CLOCK = _wording("clock")
COMMENT = _wording("comment")
CREDIT = _wording("credit")
CREDIT_END = _wording("credit_end")
CREDIT_TAIL = _wording("credit_tail")
DATE_LABEL = _wording("date_label")
END = _wording("end")
FIGURES = _wording("figures")
LIFE = _wording("life")
LONG_NOTICE = _wording("long_notice")
NAVIGATION = _wording("navigation")
NOTE = _wording("note")
NOTICE = _wording("notice")
NOTICE_OPENING = _wording("notice_opening")
PERSON = _wording("person")
READER = _wording("reader")
RELATED = _wording("related")
REPLY = _wording("reply")
ROLE = _wording("role")
SALUTATION = _wording("salutation")
SELF = _wording("self")
SEPARATOR = _wording("separator")
SPLIT_CREDIT = _wording("split_credit")
TEASER = _wording("teaser")
WIDGET = _wording("widget")
WORDS = _wording("words")
WRAPPER = _wording("wrapper")
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
