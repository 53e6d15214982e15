"""Dates, bylines, credits and addresses: lines that say when, by whom and where from."""

import re
from functools import lru_cache
from typing import Literal

from digest.splitting.lexicon import (
    ADDRESS,
    AGENCY_LINE,
    AGO,
    BYLINE,
    CLOCK,
    COMMENT,
    CREDIT,
    DATE_LABEL,
    LIFE,
    PERSON,
    ROLE,
    SPLIT_CREDIT,
    WIDGET,
    LazyPattern,
)
from digest.text.bylines import is_full_name, is_helper, named_in_byline
from digest.text.dates import find_date

_LABEL = 25
"""Characters within which the label of a credit ends."""
_FIELDS = frozenset(
    "to cc reply-to an section source site tags category slug keywords language status "
    "feed publisher guid".split()
)
_POSTED = LazyPattern(r"(?:posted|written|submitted)\s+by\b|author\b", re.IGNORECASE)
_SECTION = re.compile(r"\s*[|·•]\s*[A-ZÀ-Þ][^\W\d_]+(?: (?:& |and )?[^\W\d_]+){0,2}")
_PARTED = LazyPattern(r"[|·•,/]|\s[-–—]\s")
_BAR = LazyPattern(r"[|·•]")
_HANDLE = LazyPattern(r"@?\w[\w.-]{2,30}")
_REFERENCE = re.compile(r"\[\d{1,3}\](?=[^\W_])")
_REACHED = re.compile(r"(?<!\s)\s+(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,30})$")
"""The address or the handle behind a writer's name."""
_OF_THE_MAIL = re.compile(
    r"unsub|opt-?out|abmeld|abbestell|abbest|désab|désinscri|darse.de.baja|\bbaja\b|disiscri|cancella"
    r"|afmeld|uitschrijv"
    r"|wypis|rezygn|avsluta|afmeld|avmeld|peruuta|odhlá|leiratkoz|отпис|відпис|退订|退訂|配信停止|수신.?거부"
    r"|\b(?:manage|preferences|settings|profile|share|forward|browser|privacy|archives?|teilen"
    r"|weiterleiten|einstellungen"
    r"|partager|préférences|compartir|preferencias|condividi|preferenze|delen|voorkeuren|udost[ęe]pnij)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"(?i)unsub|opt-?out|list-manage|[/?&](?:manage|preferences|profile|forward|share)\b"
)
"""What a mail says of a link that leads to no article: to leave the list, pass it on, or read it elsewhere."""
_REPORTER = LazyPattern(
    rf"(?P<name>{PERSON.pattern})(?:,?\s+(?:at|in|from|aus|à)\s+(?:the\s+)?{PERSON.pattern})?"
)
_JOINED = re.compile(r",?\s(?:and|und|et|y|e|&)\s")
_TEAM = LazyPattern(
    rf"{PERSON.pattern}(?:,\s{PERSON.pattern}){{0,9}},?\s(?:and|und|et|y|e|&)\s{PERSON.pattern}"
)
"""Several writers, the last behind "and"."""
_BY_BEHIND = re.compile(
    r"(?<=\d|[^\W\d_]),?\s(?:by|von|par|por|di|door|af|av)\s(?P<name>[^\d,|]{4,60})$"
)
_OFFICE = LazyPattern(r"[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+){0,3}")


def without_references(text: str) -> str:
    """Return the text without the numbers of links that text browsers set before their words: `[5]A. Name`."""
    return _REFERENCE.sub("", text)


def lone_name(text: str) -> str | None:
    """Return the name in a line that holds but a name, or a name and a place: `A. Name at Some Park`."""
    match = _REPORTER.fullmatch(text) if len(text) <= 80 else None
    return match["name"] if match and 2 <= len(match["name"].split()) <= 4 else None


def is_date(text: str) -> bool:
    """Whether the line is a date or a time and hardly more."""
    found = find_date(text)
    if found:
        _, start, end = found
        before, after = text[:start], text[end:]
        return (
            DATE_LABEL.fullmatch(before) is not None
            or (len(before) <= 40 and " " not in before.strip())
        ) and (
            DATE_LABEL.fullmatch(after) is not None or (len(after) <= 40 and is_date_tail(after))
        )
    return CLOCK.fullmatch(text.strip()) is not None


def is_date_tail(text: str) -> bool:
    """Whether what follows a date belongs to it: another date, a time, a section, a reading time, counts."""
    rest = text.strip(" \t|·•,-–—/()")
    label = DATE_LABEL.match(rest)
    rest = rest[label.end() :] if label and CLOCK.fullmatch(rest[label.end() :]) else rest
    return not rest or bool(
        (_SECTION.fullmatch(text) and not (" " in rest and PERSON.fullmatch(rest)))
        or CLOCK.fullmatch(rest)
        or WIDGET.fullmatch(rest)
        or COMMENT.fullmatch(rest)
        or is_date(rest)
    )


def is_byline(text: str) -> bool:
    """Whether the line names a writer: `By A. Name`, `A. Name, Correspondent`, `Name | date`."""
    match = BYLINE.fullmatch(text)
    if match:
        return author_of(text) is not None
    if named_in_byline(text) or _named_behind_date(text):
        return True
    if not _PARTED.search(text) or LIFE.search(text):
        return False
    parts = [part.strip() for part in re.split(r"[|·•,/]|\s[-–—]\s", text) if part.strip()]
    if 2 <= len(parts) <= 4 and PERSON.fullmatch(parts[0]) and 2 <= len(parts[0].split()) <= 4:
        rest = parts[1:]
        return any(ROLE.search(part) and len(part.split()) <= 5 for part in rest) or (
            find_date(text) is not None
            and all(
                is_date(part) or is_date_tail(part) or part.isdigit() or len(part) <= 12
                for part in rest
            )
        )
    return False


def _named_behind_date(text: str) -> str | None:
    """The name in a line that says when and then by whom: `Posted on 18 November 2026 by A. Name`."""
    behind = _BY_BEHIND.search(text) if len(text) <= 100 else None
    found = find_date(text[: behind.start()]) if behind and is_full_name(behind["name"]) else None
    return behind["name"] if behind and found and len(text[: found[1]].split()) <= 3 else None


@lru_cache(maxsize=4096)
def author_of(text: str) -> str | None:
    """Return the name in a byline, without dates, roles and counts; None where there is none."""
    if name := named_in_byline(text):
        return name
    match = BYLINE.fullmatch(without_references(text))
    if name := _named_behind_date(text):
        return name
    named = (match["by"] or match["label"]) if match else text
    named = _REACHED.sub("", named)
    found = find_date(named)
    if found:
        above, below = named[: found[1]].strip(), named[found[2] :].lstrip(" ,|·•-–—")
        for part in (part.strip(" ,*-–—") for part in _BAR.split(f"{above} | {below}")):
            if name := named_in_byline(part) or (part if is_full_name(part) else None):
                return name
        named = above or below
    if team := _TEAM.match(named.strip()):
        return _several(team[0])
    named = re.split(
        r"(?:(?<!\s)\s++)?[|•·;(/<>»›]|\s[-–—]\s|,\s|(?<!\s)\s++(?:for|in|at|on|published|updated|posted"
        r"|am|le|um)\s",
        named.strip(),
    )[0].strip(" ,.:-–—|")
    if named and len(named) <= 80 and PERSON.fullmatch(named):
        return named
    return named if match and _POSTED.match(text) and _HANDLE.fullmatch(named) else None


def _several(team: str) -> str:
    """The names of a team, with commas between them; a name with "y" or "e" in it stays whole."""
    names = _JOINED.split(team)
    whole = all(len(name.split()) > 1 for name in names)
    return ", ".join(names) if whole else team


def is_credit(text: str) -> bool:
    """Whether the line names the maker of a picture: `Photo: A/B`, `A | Agency`, `(AP Photo/A)`."""
    if CREDIT.fullmatch(text) or AGENCY_LINE.fullmatch(text):
        return len(text.split()) <= 16
    if ":" in text[:_LABEL] or "：" in text[:_LABEL]:
        return is_helper(text)
    match = SPLIT_CREDIT.fullmatch(text) if "|" in text or "/" in text else None
    if not match or text[-1] in ".?!:" or find_date(text):
        return False
    parts = [part.strip() for part in re.split(r"[|/]", text)]
    return all(PERSON.fullmatch(part) and len(part.split()) <= 4 for part in parts) and any(
        len(part.split()) >= 2 for part in parts
    )


def address_of(text: str) -> str | None:
    """Return the address that a line of its own gives (`Source: https://...`), or None."""
    match = ADDRESS.fullmatch(text.strip())
    if not match or _OF_THE_MAIL.search(match["label"] or "") or _LEAVES.search(match["url"] or ""):
        return None
    return (match["url"] or f"https://{match['bare']}").rstrip(".,;")


def field_kind(text: str) -> Literal["date", "byline", "navigation", ""]:
    """Return what a line `Name: value` tells of an article, or the empty string."""
    name, _, value = text.partition(":")
    value = value.strip()
    if is_date(value) or find_date(value):
        return "date"
    if name.strip().lower() in ("from", "von", "de", "author", "by"):
        return "byline" if is_byline(f"by {value}") else "navigation"
    if name.strip().lower() in _FIELDS:
        return "navigation"
    return ""


def dated_kind(text: str) -> Literal["byline", "date", ""]:
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
            r"(?:(?<!\s)\s++)?(?:[|·•/;»›]|>>)\s*+|\s[-–—]\s|,\s", f"{text[:start]} | {text[end:]}"
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
        team = _TEAM.fullmatch(part)
        if (
            not (named and author_of(part))
            and not team
            and not (PERSON.fullmatch(part) and part.count(" ") <= 3)
        ):
            return ""
        person = person or " " in part or bool(named)
    return (
        "byline" if person and len(rest) <= 5 else "date" if len(rest) <= 5 and not person else ""
    )


def _may_be_ago(text: str) -> bool:
    return "ago" in text or "vor" in text or " y" in text
