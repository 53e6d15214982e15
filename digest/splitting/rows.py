"""Lines that string short parts together: a date and a name, the entries of a menu, a row of buttons."""

import re
from typing import Literal

from digest.splitting.attributions import author_of, is_date_tail
from digest.splitting.patterns import Wording
from digest.splitting.wordings import (
    AGENCY_LINE,
    AGO,
    BUTTONS,
    BYLINE,
    DATE_LABEL,
    LIFE,
    PERSON,
    ROLE,
    WORDS,
)
from digest.text.dates import find_date

_OFFICE = Wording(r"[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+){0,3}")


def meta_sign(text: str) -> Literal["byline", "date", ""]:
    """Whether the line strings together a date and who, how long, how many: `5 June 2024 · A. Name · 3 min`."""
    ago = AGO.search(text) if _may_be_ago(text.lower()) else None
    if ago:
        named = BYLINE.fullmatch(text[: ago.start()].rstrip(" \t|·•,-–—"))
        if named and author_of(named.group()):
            return "byline"
        return "date" if text.count(" ") <= 9 and text[-1] not in ".!?" else ""
    found = find_date(text)
    if not found or LIFE.search(text):
        return ""
    _, start, end = found
    rest = [
        part.strip(" ,.:()-–—")
        for part in re.split(
            r"\s*[|·•/;»›]\s*|\s*>>\s*|\s[-–—]\s|,\s", f"{text[:start]} | {text[end:]}"
        )
    ]
    rest = [part for part in rest if part]
    person = False
    rest.sort(key=lambda part: not PERSON.fullmatch(part))
    for part in rest:
        named = BYLINE.fullmatch(part)
        if person and _OFFICE.fullmatch(part):
            continue
        if (
            DATE_LABEL.fullmatch(part)
            or is_date_tail(part)
            or ROLE.search(part)
            or (part.count(" ") <= 2 and text[start - 2 : start - 1] == ":")
        ):
            continue
        if not (named and author_of(part)) and not (
            PERSON.fullmatch(part) and part.count(" ") <= 3
        ):
            return ""
        person = person or " " in part or bool(named)
    return (
        "byline" if person and len(rest) <= 5 else "date" if len(rest) <= 5 and not person else ""
    )


def _may_be_ago(text: str) -> bool:
    return "ago" in text or "vor" in text or " y" in text


def is_row_of_buttons(text: str) -> bool:
    """Whether the line is a row of buttons: `Reply · Like (3)`, `12 comments share hide report`."""
    text = text.lower()
    first = WORDS.search(text)
    if not first or not (first[0] in BUTTONS or first[0].isdigit()):
        return False
    words = [word for word in WORDS.findall(text) if not word.isdigit()]
    return 0 < len(words) <= 8 and all(word in BUTTONS for word in words)


def is_menu(text: str) -> bool:
    """Whether the line is a row of short entries such as `Home | News | Sport`."""
    for mark in ("|", "·", "•", "∙", "›", "»", " > ", " / ", "\t"):
        if mark not in text:
            continue
        parts = [part.strip() for part in text.split(mark)]
        if len(parts) >= 4 and sum(len(part.split()) <= 3 for part in parts) >= len(parts) - 1:
            return find_date(text) is None
        if len(parts) == 3 and all(len(part.split()) <= 1 for part in parts) and mark != " / ":
            return find_date(text) is None and not AGENCY_LINE.fullmatch(text)
    return False
