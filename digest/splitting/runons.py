"""Running text that has swallowed its surroundings: a feed's wrapper, the title, a caption, the page's foot.

Scrapers that drop all markup leave whole pages in one paragraph. What is cut here is cut at sentence ends, so
that each sentence that stays stands word for word in the source.
"""

import re
from dataclasses import dataclass, field

from digest.splitting.lines import fold
from digest.splitting.patterns import Wording
from digest.splitting.signs import calls, sign
from digest.splitting.wordings import BREAK, WRAPPER

_PART = Wording(
    r"\S.*?(?:[.!?…][”\"’')\]]*(?=\s+[“\"‘'(\[—–-]?\s?[^\W_a-zß-öø-ÿ])|:(?=\s+https?://\S+\s*$)|$)",
    re.DOTALL,
)
_PICTURE = Wording(
    r"(?:Image|Photo|Picture|Photograph|Credit|Foto|Bild)s?\s*(?:credit|by|source)?\s*:\s*"
    r"(?:[A-ZÀ-Þ][\w.’'-]*)(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}(?:\s?[/|]\s?[A-ZÀ-Þ][\w’-]*(?:\s(?:Images"
    r"|Photos?|Press|Media|Wire|Pictures|Commons))?)+\.?\s*"
)
_SOURCE = Wording(
    r"(?:\bSource|\bVia|\bOriginal(?:\s+article)?|\bRead at|\bLink|\bQuelle"
    r"|\bFuente)\s*:\s*(?P<url>https?://\S{4,2000})\s*$",
    re.IGNORECASE,
)
_CUT = Wording(r"(?:…|\.{3,}|\[(?:…|\.\.\.)\])\W{0,3}$")
_FIELDS = Wording(
    r"(?P<fields>(?:[\w.-]{2,30}:[\w./-]{2,60}\s+)?(?:[A-Z][\w-]*(?:\s[\w-]+){0,2}:\s[\w./-]{1,40}\s+){0,6})"
    r"(?:Abstract|ABSTRACT)\s*[:.]\s+(?=\S)"
)
_RECORD = 300
_TAIL_SIGNS = frozenset(
    {
        "note",
        "notice",
        "end",
        "related",
        "navigation",
        "teaser",
        "address",
        "comment",
        "advert",
        "widget",
    }
)
_LONG = 400


@dataclass(slots=True)
class Cleaned:
    """A paragraph after cleaning, what was cut from it, and what the cut pieces told."""

    text: str
    cuts: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of the piece and its sign."""
    title: str | None = None
    url: str | None = None
    truncated: bool = False


def clean(text: str, title: str | None, *, last: bool) -> Cleaned:
    """Cut what is not the article's own from a paragraph, and a sentence broken off if it is the last one."""
    found = Cleaned(text=text)
    _cut_labels(found)
    _cut_wrapper(found)
    known = found.title or title
    if known and len(found.text) > len(known):
        _cut_title(found, known)
    _cut_pictures(found)
    _cut_foot(found, last=last)
    return found


def _cut_labels(found: Cleaned) -> None:
    """Cut the fields of a record before its abstract: `no:2611.1 Kind: new Abstract: We show ...`."""
    head = found.text[:_RECORD]
    match = _FIELDS.match(head) if "bstract" in head or "BSTRACT" in head else None
    if match and match["fields"].strip():
        found.cuts.append((match.group().strip(), "widget"))
        found.text = found.text[match.end() :]


def _cut_wrapper(found: Cleaned) -> None:
    """Cut `The post X appeared first on Y.` from the beginning or the end."""
    if (
        "appeared" not in found.text
        and "published" not in found.text
        and "posted" not in found.text
    ):
        return
    match = WRAPPER.match(found.text)
    if match and (
        match.group()[:8].lower() in ("the post", "the arti", "the stor")
        or not re.search(r"[.!?]\s", match["title"])
    ):
        wrapped = match["title"].strip()
        if match.group().lower().startswith("the ") or match.end() < len(found.text):
            found.title = wrapped
            found.cuts.append((match.group().strip(), "notice"))
            found.text = found.text[match.end() :].lstrip()
    last = re.search(
        r"(?:^|(?<=[.!?…”\"’)]\s))The (?:post|article"
        r"|story) \S.{3,300}? (?:first )?appeared (?:first )?on [^.]{2,60}(?:\.\w+)*\.?\s*$",
        found.text[-450:],
        re.IGNORECASE,
    )
    if last:
        begin = len(found.text) - len(found.text[-450:]) + last.start()
        found.cuts.append((found.text[begin:].strip(), "notice"))
        found.text = found.text[:begin].rstrip()


def _cut_title(found: Cleaned, title: str) -> None:
    """Cut the title where it is repeated at the head of running text, and the key points before it."""
    at = found.text.find(title, 0, 1200 + len(title))
    if at < 0:
        return
    rest = found.text[at + len(title) :].lstrip(" :–—-|")
    if not rest or not re.match(r"[“\"‘'(]?[^\W_a-zß-öø-ÿ]", rest) or len(fold(title)) < 8:
        return
    if at == 0 and len(rest) > len(title):
        found.cuts.append((title, "title"))
    elif at > 0 and len(found.text) > _LONG and not re.search(r"[.!?][”\"’)]*\s", found.text[:at]):
        found.cuts.append((found.text[:at].strip(), "teaser"))
        found.cuts.append((title, "title"))
    else:
        return
    found.text = rest


def _cut_pictures(found: Cleaned) -> None:
    """Cut a caption that ends in its credit: the sentence before `Image: A/B`, and the credit."""
    if ":" not in found.text or ("/" not in found.text and "|" not in found.text):
        return
    for _ in range(20):
        match = _PICTURE.search(found.text)
        if not match:
            return
        base = max(0, match.start() - 350)
        begin = base
        for part in _PART.finditer(found.text[base : match.start()].rstrip()):
            begin = base + part.start()
        if base and begin == base:
            begin = match.start()
        found.cuts.append((found.text[begin : match.end()].strip(), "caption"))
        found.text = (
            found.text[:begin].rstrip() + " " + found.text[match.end() :].lstrip()
        ).strip()


def _cut_foot(found: Cleaned, *, last: bool) -> None:
    """Cut the sentences after the last real one, and a sentence that the source breaks off."""
    tail = found.text[-500:]
    cut_short = last and _CUT.search(tail[-12:]) is not None
    if not (cut_short or "://" in tail or (calls(tail[-220:]) and calls(BREAK.split(tail)[-1]))):
        return
    source = _SOURCE.search(found.text, max(0, len(found.text) - 2300))
    if source and source.start():
        found.url = source["url"].rstrip(".,;")
        found.cuts.append((found.text[source.start() :], "address"))
        found.text = found.text[: source.start()].rstrip()
    base = max(0, len(found.text) - 3000)
    if base:
        base = found.text.find(" ", base) + 1
    parts = [(base + part.start(), base + part.end()) for part in _PART.finditer(found.text[base:])]
    if len(parts) < 2:
        found.truncated = _CUT.search(found.text[-12:]) is not None
        return
    keep = len(parts)
    dropped = False
    while keep > 1:
        piece = found.text[parts[keep - 1][0] : parts[keep - 1][1]].strip()
        call = piece.endswith(":") and len(piece.split()) <= 6
        if not (sign(piece) in _TAIL_SIGNS or (call and (dropped or source))):
            break
        keep -= 1
        dropped = True
    for begin, end in parts[keep:]:
        piece = found.text[begin:end].strip()
        found.cuts.append((piece, "note" if sign(piece) == "note" else "notice"))
    end = parts[keep - 1][1]
    if _CUT.search(found.text[:end].rstrip()[-12:]):
        found.truncated = True
        cut = parts[keep - 1]
        if last and keep > 1 and not _complete(found.text[cut[0] : cut[1]]):
            found.cuts.append((found.text[cut[0] : end].strip(), "teaser"))
            end = parts[keep - 2][1]
    found.text = found.text[:end].rstrip()


def _complete(sentence: str) -> bool:
    """Whether a sentence before an ellipsis had ended already: `... of last year.…`."""
    return re.search(r"[.!?][”\"’')]*\s*(?:…|\.{3})\W{0,2}$", sentence) is not None
