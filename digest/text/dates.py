"""Dates as people write them, in numbers or with the names of months in sixty languages; aware, in UTC.

The names of days and months date a text: they name neither who nor what it is about.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue wed thu fri sat sun est pst gmt utc edt
    """.split()
)
"""Days, months and zones as English texts write them, in lower case."""
WEEKDAYS = {
    name: place
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    )
    for place, name in enumerate(names.split())
}
"""The days of the week, with their number from 0."""

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:[T,\s]*(?:at|um|à|[-–|·])?\s*(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?:(?P<zone>Z\b|[+-][01]\d:?[0-5]\d|(?:{zones})\b)|(?:Uhr|uur|hrs?|h|ч|год)\b\.?|น\.)?)?"
)
_ZONES = {
    "GMT": 0,
    "UTC": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "МСК": 3,
    "PKT": 5,
    "IST": 5.5,
    "SGT": 8,
    "HKT": 8,
    "AWST": 8,
    "JST": 9,
    "KST": 9,
    "ACST": 9.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "BRT": -3,
    "ART": -3,
    "EST": -5,
    "EDT": -4,
    "ET": -5,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "PT": -8,
}
"""Hours east of Greenwich. IST is India's, which most pages mean by it."""
_ZONE_NAME = re.compile(rf"\b({'|'.join(sorted(_ZONES, key=len, reverse=True))})\)?\s*$")
_YEAR_SEEN = re.compile(r"['’]\d\d\b|(?:19|20|2[45])\d\d|(?:令和|平成|昭和|民國|民国)(?:\d|元)")
_OTHER_DIGITS = re.compile("[٠-٩۰-۹०-९০-৯๐-๙０-９]")
_PLAIN_DIGITS = str.maketrans(
    {
        digit: str(ord(digit) - ord(row[0]))
        for row in "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९ ০১২৩৪৫৬৭৮৯ ๐๑๒๓๔๕๖๗๘๙"
        " ０１２３４５６７８９".split()
        for digit in row
    }
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The years before the first of an era of Japan or of the Republic of China."""
_BUDDHIST = 543
"""How far the Thai calendar is ahead; its years of living memory begin with 24 or 25."""
_CENTURY = 69
"""The first year of two digits that is of the last century (POSIX, strptime)."""
_LATIN = re.compile(r"[^\u0000-\u024f\u2000-\u206f\u20a0-\u20cf]")
"""What is no Latin letter, sign or mark."""
_LONGEST_DAY = 4
"""Words in the name of a day: Hebrew and Thai set a word before it."""
_LETTERS_OF_DAY = 2
"""Shorter names are words elsewhere: Danish `on` is Wednesday."""
_TO_DAY = re.compile(r"ที่$|,?\s(?:den|d\.?|dne|el|le)$")
"""What stands between the name of a day and its number."""
_BESIDE = 40
_AFTER_YEAR = re.compile(r"[.,]?\s?(?:[rgгржթмm]\.|год[а]?\b|року?\b|r\b|g\b|г(?!\w)|de?\.)")
"""The word "year" (or "day") that some set behind a date, mostly by its first letter: `2026 r.`, `2026 г.`"""
_AFTER_DAY = re.compile(r"[\s.,،、]*[（(]?([^\W\d_][^\s)）,]{0,15})[)）]?")
_TIME_BEHIND = re.compile(
    r"[\s.,،、|·–—-]*(?P<noon>오전|오후|午前|午後|上午|下午|凌晨|早上|晚上)?\s*"
    r"(?:(?:at|um|à|às|as|a\s+las|alle(?:\s+ore)?|ore|ora|kl|klo|klokken|kell|kello|saat|om|o|v|ve|w|u|ob"
    r"|h|godz(?:ina)?|la|jam|pukul|pk|lúc|в|о|об|у|у|год|στις|ώρα|الساعة|ساعت|בשעה|เวลา|को|तक)\.?\s*:?\s*)?"
    r"(?P<hour>[01]?\d|2[0-3])(?:\s?(?:[:.h]|時|时|點|点|시)\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"\s?(?:分|분|น\.|uur\b|uhr\b|h\b|óra(?:kor)?|год\.?|ч\.?|(?P<half>[ap]\.?m\b\.?))?"
    r"|\s?(?:時|时|點|点|시|uur\b|uhr\b|h\b|óra(?:kor)?|(?P<half_>[ap]\.?m\b\.?)))(?!\w)",
    re.IGNORECASE,
)
"""The time of day behind a date and its day, as languages write it that set a word between."""
_AFTERNOON = frozenset("오후 午後 下午 晚上".split())
_NAMED_DAY = re.compile(r"\b\d{1,2}\.?\s+([^\W\d_]{3,12})(?=\.?\s+\d{4}\b)")
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAY_LETTER = re.compile(r"\s?[（(][月火水木金土日一二三四五六월화수목금토일][)）]")


def _listed(name: str) -> dict[str, int]:
    lines = files("digest.text").joinpath(name).read_text(encoding="utf-8").splitlines()
    return {
        name.replace("_", " "): number
        for number, names in enumerate(lines, 1)
        for name in names.split()
    }


@cache
def months() -> dict[str, int]:
    """Return the names and abbreviations of the months, with their numbers, as the CLDR has them.

    A name that means different months in different languages is left out.
    """
    return _listed("months.txt")


@cache
def days() -> frozenset[str]:
    """Return the names and abbreviations of the days of the week, but for English, in small letters."""
    return frozenset(_listed("days.txt").keys() - CALENDAR)


@cache
def _forms(script: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of dates in ASCII texts, of Latin ones, or of any: fewer names are faster."""
    names = (
        n
        for n in months()
        if not script or (n.isascii() if script == "ascii" else not _LATIN.search(n))
    )
    named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    # A Hebrew month has its "in" before it; `\\b` would not hold behind a vowel sign.
    name = rf"ב?(?P<month>{named})(?:\.|(?!\w))"
    clock = _CLOCK.replace("{zones}", "|".join(sorted(_ZONES, key=len, reverse=True)))
    month, day = r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
    far = r"(?P<year>(?:19|20|2[45])\d\d)"
    forms = [
        rf"(?<!\d){_YEAR}(?P<mark>[-/.]){month}(?P=mark){day}(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?{month}\s?[月월]\s?{day}\s?[日일]",
        rf"(?<!\d){_DAY},?\s*(?:de\s+|d['’]\s?|of\s+)?{name}[,،]?\s+(?:de[l]?\s+)?{_YEAR}",
        rf"(?<!\w){name}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\d){_YEAR}\.?\s+(?:(?:m\.|թ\.|ж\.)\s+|gada\s+)?(?:{_DAY}\s+)?{name}(?:\s+(?P<last>0?[1-9]|[12]\d|3[01])\b)?",
        rf"(?<!\d){_DAY}[-/]{name}[-/]{_YEAR}",
        rf"(?<!\d){_DAY}\s+{name}\s+['’](?P<year>\d\d)(?!\w)",
        rf"(?<!\d)(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>\u200f?[./-])\s?(?P<second_>0?[1-9]|[12]\d|3[01])"
        rf"(?P=mark)\s?{_YEAR}(?!\d)",
    ]
    forms += [
        rf"(?<!\d){_DAY}\s+(?:tháng|thg)\s+{month}\s*(?:,|năm)?\s*{_YEAR}",
        rf"(?<!\d){_YEAR}\. ?{month}\. ?{day}\.",
    ]
    if not script:
        thai = "|".join(n for n in months() if "\u0e00" < n[0] < "\u0e7f")
        forms += [
            rf"(?P<era>{'|'.join(_ERAS)})(?P<year>元|\d{{1,3}})年\s?{month}月\s?{day}日",
            rf"(?<!\d){_DAY}\s+(?P<month>{thai})\.?\s+(?:[พค]\.ศ\.\s*)?{far}",
        ]
    return tuple(re.compile(form + clock, re.IGNORECASE) for form in forms)


def find_date(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date (day, month, year) in `text` with its offsets, or None.

    `05/06/2024` is read as day and month, unless only the other order is a date or an a.m./p.m. clock
    stands beside it; a clock time without a zone is taken as UTC. The day of the week beside it belongs to it.
    """
    if text.isascii():
        some = "20" in text or "19" in text or "'" in text
        return _find_date(text, "ascii") if some else None
    if _OTHER_DIGITS.search(text):
        text = text.translate(_PLAIN_DIGITS)
    return _find_date(text, "" if _LATIN.search(text) else "latin")


def opens_with_date(text: str) -> bool:
    """Return whether a text begins with a date, as "24. November 2026" or "czwartek, 26 listopada 2026" do."""
    found = find_date(text)
    return found is not None and not text[: found[1]].strip()


@lru_cache(maxsize=4096)
def _find_date(text: str, script: str) -> tuple[datetime, int, int] | None:
    if not _YEAR_SEEN.search(text):
        return None
    for form in _forms(script):
        match = form.search(text)
        if match:
            moment = _moment({**match.groupdict(), "whole": match[0]})
            if moment:
                start = _before_day(text, match.start())
                if match["hour"]:
                    return moment, start, _behind_day(text, match.end())
                return _with_time(text, moment, start, _behind_day(text, match.end()))
    return None


_UPDATED = re.compile(
    r"(?i)\b(?:updated?|modified|edited|revised|aktualisiert|geändert|überarbeitet|mise?s? à jour|modifiée?"
    r"|actualisée?|actualizad[oa]|modificad[oa]|aggiornat[oa]|modificat[oa]|atualizad[oa]|bijgewerkt|gewijzigd|uppdatera[dt]|ändrad"
    r"|oppdatert|endret|opdateret|ændret|päivitetty|muokattu|(?:z?aktualiz|zmien|zmodyfik|upraven|změněn)\w*|frissítve"
    r"|módosítva|ažurirano|izmijenjeno|actualizată?|güncelle\w+|обновлен\w*|обновлён|изменен\w*|оновлен\w*|змінен\w*"
    r"|ενημερώθηκε|τελευταία ενημέρωση|diperbarui|cập nhật)\b"
    r"|محدث|تحديث|حُدّث|עודכן|עדכון|به‌روز|अपडेट|อัปเดต|แก้ไข|更新|修改|修订|업데이트|수정|갱신"
)
"""What stands before a date of no first publication."""


def published_in(text: str) -> datetime | None:
    """Return the date of publication in a line: that of an update only where there is no other behind it."""
    found = find_date(text)
    if not found:
        return None
    behind = find_date(text[found[2] :]) if _UPDATED.search(text[: found[1]]) else None
    label = text[found[2] : found[2] + behind[1]] if behind else ""
    return (
        behind[0]
        if behind and label.strip(" |·•,;–—-/()") and not _UPDATED.search(label)
        else found[0]
    )


@cache
def _ambiguous(language: str) -> dict[str, int]:
    """The names of months in a language that mean another month in another: Polish `lis`, Croatian `srp`."""
    from babel import UnknownLocaleError
    from babel.dates import get_month_names

    try:
        names = [
            (name.strip(".").lower(), month)
            for width in ("abbreviated", "wide")
            for form in ("format", "stand-alone")
            for month, name in get_month_names(width, form, language).items()
        ]
    except (UnknownLocaleError, ValueError):
        return {}
    return {name: month for name, month in names if name not in months() and not name.isdigit()}


def with_month(text: str, language: str) -> str:
    """Return a date with the English name of a month that its language alone tells: `25 lis 2026` in Polish."""
    found = _NAMED_DAY.search(text)
    month = _ambiguous(language[:2].lower()).get(found[1].lower()) if found else None
    if not found or not month:
        return text
    return f"{text[: found.start(1)]}{_ENGLISH[month - 1]}{text[found.end(1) :].removeprefix('.')}"


def _with_time(text: str, day: datetime, start: int, end: int) -> tuple[datetime, int, int]:
    """Return a date with the time of day behind it, where there is one."""
    found = _TIME_BEHIND.match(text, end)
    if not found:
        return day, start, end
    hour = int(found["hour"])
    half = (found["half"] or found["half_"] or "").lower()[:1]
    if half or found["noon"]:
        hour = hour % 12 + 12 * (half == "p" or found["noon"] in _AFTERNOON)
    return day.replace(hour=hour % 24, minute=int(found["minute"] or 0)), start, found.end()


def _before_day(text: str, start: int) -> int:
    """Return where the name of a day begins that stands before a date, else `start`."""
    head = text[max(0, start - _BESIDE) : start].rstrip(" \u00a0,،.(")
    begin = start
    for _ in range(_LONGEST_DAY):
        cut = max(head.rfind(" "), head.rfind("\n"))
        told = text[max(0, start - _BESIDE) + cut + 1 : start].strip(" \u00a0,،.(").lower()
        if len(told) > _LETTERS_OF_DAY and _TO_DAY.sub("", told) in days():
            begin = max(0, start - _BESIDE) + cut + 1
        if cut < 0:
            break
        head = head[:cut]
    return begin


def _behind_day(text: str, end: int) -> int:
    """Return where the word "year" and the name of a day end that stand behind a date, else `end`."""
    if year := _AFTER_YEAR.match(text, end):
        end = year.end()
    if letter := _DAY_LETTER.match(text, end):
        return letter.end()
    found = _AFTER_DAY.match(text, end)
    return found.end() if found and found[1].lower() in days() | WEEKDAYS.keys() else end


def _year(written: str, era: str | None) -> int:
    """Return the year of our calendar; the first of an era is written 元."""
    if era:
        return _ERAS[era] + (1 if written == "元" else int(written))
    year = int(written)
    if len(written) == len("26"):
        return year + (2000 if year < _CENTURY else 1900)
    return year - _BUDDHIST if year >= 2400 else year


def _month(written: str, whole: str) -> int:
    """Return the number of a month. Turkish capitals have letters that no other language lowers so."""
    if written.isdigit():
        return int(written)
    name = written.lower().replace("i\u0307", "i")
    # Croatian October and Polish November are one word; only Croatian sets a period behind the day.
    if name == "listopada" and re.match(r"\d{1,2}\.", whole):
        return 10
    return (
        months().get(name)
        or months().get(name.replace("i", "ı"))
        or months()[name.replace("ı", "i")]
    )


def _moment(part: dict[str, str | None]) -> datetime | None:
    year = _year(part["year"] or "", part.get("era"))
    if part.get("first"):
        day, month = int(part["first"] or 0), int(part["second_"] or 0)
        if month > 12 or (part.get("half") and part.get("mark") == "/" and day <= 12):
            day, month = month, day
    else:
        month = _month(part["month"] or "", part["whole"] or "")
        day = int(part["day"] or part.get("last") or 0)
    hour = int(part.get("hour") or 0)
    half = (part.get("half") or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        moment = datetime(
            year, month, day, hour, int(part["minute"] or 0), int(part["second"] or 0), tzinfo=UTC
        )
        return moment - _offset(part.get("zone") or "")
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    if zone[:1] in "+-" and zone:
        digits = zone[1:].replace(":", "")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
        return -size if zone[0] == "-" else size
    return timedelta(hours=_ZONES.get(zone.upper(), 0))


def with_offset(text: str) -> str:
    """Return a date of mail with the offset of the zone that it names in words, where it is known."""
    match = _ZONE_NAME.search(text)
    if not match:
        return text
    minutes = round(_ZONES[match[1]] * 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{text[: match.start()]}{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
