"""The marks of headings and lists, and the rules and frames that a page draws with characters."""

import re

from digest.splitting.patterns import Wording

_MARK = Wording(
    r"(?P<hash>#{1,6})\s+(?=\S)|(?P<equals>={1,6})\s+(?=\S.*=$)|(?P<number>\(?\d{1,3}[.):]"
    r"|\d{1,2}\s[-–—]|#\d{1,3}[.:]?)\s+(?=\S)"
    r"|(?P<bullet>[*•·▪■►▶◆●○‣⁃→>»+–—-])\s+(?=\S)"
)
_UNDERLINED = Wording(r"(?P<title>.{3,200}?)\s(?P<rule>={4,}|-{4,}|~{4,})")
FRAMED = Wording(
    r"(?P<rule>\*{2,}|\+{2,}|~{2,}|={2,}|#{2,}|-{2,}|[–—]{2,})\s(?P<label>\S.{0,120}\S)\s(?P=rule)"
)
_EMPHASIS = Wording(r"^(\*\*|__|\*|_)(?=\S)(.{2,300}?)(?<=\S)\1$")


def is_bullet(text: str, tag: str) -> bool:
    """Whether a line is an item of a list."""
    match = None if text[:1].isalpha() else _MARK.match(text)
    return tag == "li" or (match is not None and match["bullet"] is not None)


def unmarked(text: str, tag: str) -> tuple[str, int, int]:
    """Return the text without its marks, its heading level and its number."""
    level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
    number = -1
    match = None if text[:1].isalpha() else _MARK.match(text)
    if match:
        if match["hash"]:
            level = level or len(match["hash"])
            text = text[match.end() :].rstrip("# ")
        elif match["equals"]:
            level = level or len(match["equals"])
            text = text[match.end() :].strip("= ")
        elif match["number"]:
            number = int(re.sub(r"\D", "", match["number"]))
            text = text[match.end() :]
        elif len(text) < 200:
            text = text[match.end() :]
    if not text:  # nothing but marks, such as the "# # #" under a press release
        return " ", level, number
    under = _UNDERLINED.fullmatch(text) if text[-1] in "=-~" and len(text) < 400 else None
    if under:
        return under["title"], level or (1 if under["rule"][0] == "=" else 2), number
    framed = FRAMED.fullmatch(text) if text[0] in "*+~=#-–—" and len(text) < 160 else None
    if framed:
        return framed["label"], level or 7, number
    strong = _EMPHASIS.match(text) if text[:1] in "*_" and len(text) < 310 else None
    if strong:
        text = strong[2]
        level = level or 7
    return text or " ", level, number
