"""The patterns and words of `wordings.txt`: what the lines around articles say, on the whole web."""

import re
from importlib.resources import files

from digest.splitting.patterns import Wording

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
