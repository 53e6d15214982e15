"""What stands below an article's own text: sections about its author, its sources, the company, the law."""

import re
from collections.abc import Mapping

from digest.splitting.attributions import author_of
from digest.splitting.lines import STRONG, Line
from digest.splitting.patterns import Wording
from digest.splitting.roles import Role
from digest.splitting.segments import Segment
from digest.splitting.view import PageView
from digest.splitting.wordings import PERSON

_HEADING = Wording(
    r"(?:about\s+(?:(?:the|our|this)\s+(?:\w+\s+)?(?:authors?|writers?|editors?|company|group|reporters?"
    r"|firm|journal|publisher|university|institut\w+|project|partners?|data|research)"
    r"|us|me|(?:the\s+)?(?-i:[A-ZÀ-Þ]\S*(?:\s(?:[A-ZÀ-Þ&]\S*|of|and|the|for)){0,6}))|(?:media|press|investor|news)?\s*(?:contacts?|enquiries|inquiries)"
    r"(?:\s+information)?|(?:story\s+)?sources?|(?:(?:journal|original)\s+)?references?"
    r"|bibliography|(?:show\s*|foot|end)notes|notes\s+(?:to|for)\s+editors|further\s+reading"
    r"|external\s+links|cite\s+this.{0,20}|forward[- ]looking\s+statements?|safe\s+harbou?r.{0,30}"
    r"|(?:important|legal|regulatory)\s+(?:information|notices?)|disclosures?|acknowledge?ments"
    r"|über\s+(?:den|die|das|uns)\b.{0,40}|pressekontakt|quellen|einzelnachweise|weblinks"
    r"|à\s+propos(?:\s.{0,40})?|contacts?\s+presse|références|fuentes|referencias|acerca\s+de.{0,40})"
    r"\s*[:.]?",
    re.IGNORECASE,
)
_BIOGRAPHY = Wording(
    r"\s+(?:is|was|works?|writes?|reports?|covers?|leads?|teaches|lives|edits?|runs|joined|has\s+been"
    r"|ist|schreibt|arbeitet|est|écrit|es|escribe)\b"
)
_CARD_OPENING = Wording(
    rf"(?:{PERSON.pattern})\s+(?:is|was|has\s+been)\s+(?:an?|the|our)\s.{{0,60}}"
    r"\b(?:reporter|correspondent|editor|columnist|journalist|writer|producer|contributor|critic)\b"
)
_REACHED = Wording(
    r"\w@\w|\B@\w{2,}|\b(?:tips|contact|reach|follow|e-?mail)\s+(?:\w+\s+)?(?:can|may|him|her|them|on|at|me)\b",
    re.IGNORECASE,
)
"""What tells how to reach a writer; with it, a card below an article is its writer's own."""
_CARD = 400
_LARGEST_SHARE = 0.35
_LONGEST = 60
_NAMED = 120
"""So far into a biography its verb stands."""


def settle_foot(view: PageView, segment: Segment, found: dict[int, Role]) -> None:
    """Leave out the foot of an article, from its first sure line down."""
    foot = _foot_section(view, segment, found)
    for index in range(foot, segment.stop):
        if found[index] in ("paragraph", "heading", "teaser"):
            found[index] = "notice"
    _settle_biography(view, segment, found)


def _foot_section(view: PageView, segment: Segment, found: Mapping[int, Role]) -> int:
    """The heading of the first section that is not of the article and has but a small share of the text."""
    if not any(_may_head(view.lines[index]) for index in range(segment.start, segment.stop)):
        return segment.stop
    paragraphs = [i for i in range(segment.start, segment.stop) if found[i] == "paragraph"]
    rest = whole = sum(view.lines[index].words for index in paragraphs)
    for index in range(segment.start, segment.stop):
        line = view.lines[index]
        rest -= line.words * (found[index] == "paragraph")
        if (
            rest < whole
            and index != segment.title
            and rest <= _LARGEST_SHARE * whole
            and _may_head(line)
        ):
            return index
    return segment.stop


def _may_head(line: Line) -> bool:
    return line.words <= 7 and line.weight < STRONG and _HEADING.fullmatch(line.bare) is not None


def _settle_biography(view: PageView, segment: Segment, found: dict[int, Role]) -> None:
    """Leave out the line below an article that says who its author is."""
    paragraphs = [i for i in range(segment.start, segment.stop) if found[i] == "paragraph"]
    near = [
        index
        for index in paragraphs[-2:]
        if len(paragraphs) > 2 and _BIOGRAPHY.search(view.lines[index].bare[:_NAMED])
    ]
    if not near:
        return
    for index in near:
        text = view.lines[index].bare
        if len(text) <= _CARD and _CARD_OPENING.match(text) and _REACHED.search(text):
            found[index] = "notice"
    names = [author_of(view.lines[i].bare) for i in found if found[i] == "byline"]
    known = [name for name in names if name] + ([view.author] if view.author else [])
    for index in near:
        line = view.lines[index]
        if line.words <= _LONGEST and any(_tells_of(line.bare, name) for name in known):
            found[index] = "notice"


def _tells_of(text: str, name: str) -> bool:
    return text.startswith(name) and _BIOGRAPHY.match(text, len(name)) is not None
