"""The fixed words of a briefing in other languages than English: catalogues and formats read by Babel.

A catalogue is a gettext file (`languages/de.po`) that any translation editor opens; it is compiled in
memory, so that no file made from another one has to be kept.
"""

import gettext
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from digest.renderers.words import Formats, Words

FOLDER = Path(__file__).parent / "languages"


@dataclass(frozen=True, slots=True)
class BabelFormats(Formats):
    """Dates and numbers as the CLDR defines them."""

    locale: str

    def long_day(self, day: date, /) -> str:
        """Return "Samstag, 21. November 2026"."""
        return format_date(day, "full", locale=self.locale)

    def long_date(self, day: date, /) -> str:
        """Return "21. November 2026"."""
        return format_date(day, "long", locale=self.locale)

    def short_date(self, day: date, /) -> str:
        """Return "21. Nov. 2026"."""
        return format_skeleton("yMMMd", day, locale=self.locale)

    def day_and_month(self, day: date, /) -> str:
        """Return "21. Nov."."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def weekday(self, day: date, /) -> str:
        """Return "Samstag"."""
        return format_date(day, "EEEE", locale=self.locale)

    def month(self, day: date, /) -> str:
        """Return "November 2026"."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def period(self, first: date, last: date, /) -> str:
        """Return "24.–26. Sept. 2025"."""
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def number(self, number: int, /) -> str:
        """Return "1.204"."""
        return format_decimal(number, locale=self.locale)


def translated_words(language: str) -> Words:
    """Return the words of a language that has a catalogue."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled), BabelFormats(language))
