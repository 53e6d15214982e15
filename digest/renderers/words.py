"""The fixed words of a briefing in one language: dates, counts, minutes, reasons.

Every fixed phrase is written in English where it is used, as `words.say("In brief")` or
`words.count(number, "{number} topic", "{number} topics")`; other languages have a catalogue of them, a gettext
file (`languages/de.po`) that any translation editor opens. It is read by Babel, and compiled in memory.
"""

import gettext
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from digest.errors import ConfigError
from digest.length import WORDS_PER_MINUTE
from digest.models import Digest, as_utc
from digest.renderers import LANGUAGES

_CATALOGUES = Path(__file__).parent / "languages"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FIRST_OF_MONTH = re.compile(r"\b1 (?=[^\W\d])")


def _phrase(phrase: str) -> str:
    """Mark a phrase for the catalogues."""
    return phrase


_DAYS = (
    *(_phrase("Monday"), _phrase("Tuesday"), _phrase("Wednesday"), _phrase("Thursday")),
    *(_phrase("Friday"), _phrase("Saturday"), _phrase("Sunday")),
)
"""In the catalogues they follow the word "since", which has a preposition or a case in other languages."""

TITLE = _phrase("The daily digest")
"""The title of a briefing that was given none."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How a language writes dates and numbers: British English, without Babel and its 50 ms of import."""

    def long_day(self, day: date, /) -> str:
        """Return "Saturday, 21 November 2026"."""
        return f"{_DAYS[day.weekday()]}, {self.long_date(day)}"

    def long_date(self, day: date, /) -> str:
        """Return "21 November 2026"."""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def short_date(self, day: date, /) -> str:
        """Return "21 Nov 2026"."""
        return f"{self.day_and_month(day)} {day.year}"

    def day_and_month(self, day: date, /) -> str:
        """Return "21 Nov"."""
        return f"{day.day} {_MONTHS[day.month - 1][:3]}"

    def month(self, day: date, /) -> str:
        """Return "November 2026"."""
        return f"{_MONTHS[day.month - 1]} {day.year}"

    def period(self, first: date, last: date, /) -> str:
        """Return "24 to 26 Sep 2025": month and year stand once where they are the same."""
        if first.year != last.year:
            return f"{self.short_date(first)} to {self.short_date(last)}"
        start = f"{first.day}" if first.month == last.month else self.day_and_month(first)
        return f"{start} to {self.short_date(last)}"

    def number(self, number: int, /) -> str:
        """Return "1,204"."""
        return f"{number:,}"


@dataclass(frozen=True, slots=True)
class BabelFormats(Formats):
    """Dates and numbers as the CLDR defines them."""

    locale: str

    def long_day(self, day: date, /) -> str:
        """Return "Samstag, 21. November 2026"."""
        return self._date("full", day)

    def long_date(self, day: date, /) -> str:
        """Return "21. November 2026"."""
        return self._date("long", day)

    def short_date(self, day: date, /) -> str:
        """Return "21. Nov. 2026"."""
        return self._skeleton("yMMMd", day)

    def day_and_month(self, day: date, /) -> str:
        """Return "21. Nov."."""
        return self._skeleton("MMMd", day)

    def month(self, day: date, /) -> str:
        """Return "November 2026"."""
        return self._skeleton("yMMMM", day)

    def period(self, first: date, last: date, /) -> str:
        """Return "24.–26. Sept. 2025"."""
        from babel.dates import format_interval

        return self._ordinal(format_interval(first, last, "yMMMd", locale=self.locale))

    def number(self, number: int, /) -> str:
        """Return "1.204"."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.locale)

    def _date(self, pattern: str, day: date) -> str:
        from babel.dates import format_date

        return self._ordinal(format_date(day, pattern, locale=self.locale))

    def _skeleton(self, skeleton: str, day: date) -> str:
        from babel.dates import format_skeleton

        return self._ordinal(format_skeleton(skeleton, day, locale=self.locale))

    def _ordinal(self, written: str) -> str:
        """Return a French date with "1er décembre": the first is an ordinal, which the CLDR leaves out."""
        return _FIRST_OF_MONTH.sub("1er ", written) if self.locale == "fr" else written


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words, dates and numbers of one language."""

    language: str = "en"
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    formats: Formats = field(default_factory=Formats)

    def say(self, text: str, /, **values: object) -> str:
        """Return a fixed phrase, which may have places such as "{day}" for `values`."""
        return self.catalogue.gettext(text).format(**values)

    def count(self, number: int, one: str, many: str) -> str:
        """Return "1 topic", "3 topics", "1,204 articles" of "{number} topic" and "{number} topics"."""
        phrase = self.catalogue.ngettext(one, many, number)
        return phrase.format(number=self.formats.number(number))

    def period(self, first: date, last: date) -> str:
        """Return "24 Sep 2025" for one day, "24 to 26 Sep 2025" for several."""
        if first == last:
            return self.formats.short_date(first)
        return self.formats.period(first, last)

    def recent_day(self, day: date, today: date) -> str:
        """Return "Thursday" within a week before `today`, else "12 Nov", with its year if it is another.

        It follows the word "since": other languages need an article or a case there.
        """
        if timedelta() < today - day < timedelta(days=7):
            return self.say(_DAYS[day.weekday()])
        formats = self.formats
        written = formats.day_and_month if day.year == today.year else formats.short_date
        return self.say("{date}", date=written(day))

    def title(self, title: str) -> str:
        """Return the title of a briefing: translated where it is the one that nobody chose."""
        return self.say(TITLE) if title == TITLE else title or self.say("Digest")

    def left_out(self, number: int, reason: str) -> str:
        """Return "2 copies" for two duplicates; a reason that is not ours is shown as it is."""
        if reason in _REASONS:
            return self.count(number, *_REASONS[reason])
        return f"{self.formats.number(number)} {reason}".strip()


ENGLISH = Words()


@cache
def words_of(language: str) -> Words:
    """Return the words of a language; raises `ConfigError` for one that has no catalogue."""
    if language not in LANGUAGES:
        raise ConfigError(f"no language {language!r}: choose from {', '.join(LANGUAGES)}")
    if language == "en":
        return ENGLISH
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (_CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled), BabelFormats(language))


def issue_language(digest: Digest) -> str:
    """Return the language that most articles of a briefing are in, if it has fixed words; else `en`."""
    counts = Counter(article.language for article in digest.articles)
    most = counts.total() / 2
    main = next((code for code, number in counts.items() if number > most), None)
    return main if main in LANGUAGES else "en"


def words_for(digest: Digest, language: str = "") -> Words:
    """Return the words of `language`; without it, those of the language of most articles."""
    return words_of(language or issue_language(digest))


def day_of(moment: datetime | None) -> date | None:
    """Return the day of a moment in UTC, or None where it is not known."""
    return None if moment is None else as_utc(moment).date()


def minutes(words: int) -> int:
    """Return the whole minutes it takes to read so many words; at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def _plural(one: str, many: str) -> tuple[str, str]:
    """Mark a pair of phrases for the catalogues."""
    return one, many


_REASONS = {
    "failed source": _plural("{number} failed source", "{number} failed sources"),
    "duplicate": _plural("{number} copy", "{number} copies"),
    "dropped": _plural("{number} dropped by the editor", "{number} dropped by the editor"),
    "muted": _plural("{number} muted", "{number} muted"),
    "old": _plural("{number} too old", "{number} too old"),
    "surplus": _plural(
        "{number} beyond the limit of its source", "{number} beyond the limit of their source"
    ),
    "stub": _plural("{number} stub", "{number} stubs"),
    "teaser": _plural("{number} teaser", "{number} teasers"),
    "advert": _plural("{number} advert", "{number} adverts"),
    "caption": _plural("{number} caption", "{number} captions"),
    "credit": _plural("{number} credit", "{number} credits"),
    "byline": _plural("{number} byline", "{number} bylines"),
    "date": _plural("{number} date line", "{number} date lines"),
    "note": _plural("{number} note", "{number} notes"),
    "comment": _plural("{number} comment", "{number} comments"),
    "navigation": _plural("{number} navigation line", "{number} navigation lines"),
    "widget": _plural("{number} widget", "{number} widgets"),
    "boilerplate": _plural("{number} piece of boilerplate", "{number} pieces of boilerplate"),
}
REASONS = tuple(_REASONS)
"""The reasons by what a reader wants to know first: failures first, page furniture last."""


_DEPARTMENTS = {
    "world": _phrase("World"),
    "politics": _phrase("Politics"),
    "business": _phrase("Business"),
    "technology": _phrase("Technology"),
    "science": _phrase("Science and health"),
    "sport": _phrase("Sport"),
    "culture": _phrase("Culture"),
    "life": _phrase("Life"),
    "opinion": _phrase("Opinion"),
    "leisure": _phrase("Leisure"),
    "other languages": _phrase("In other languages"),
    "": _phrase("More news"),
}


def department(name: str, words: Words) -> str:
    """Return the name of a part of the paper in a language; one that is not ours is shown as it is."""
    return words.say(_DEPARTMENTS[name]) if name in _DEPARTMENTS else name
