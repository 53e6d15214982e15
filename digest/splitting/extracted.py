"""A page whose blocks an extractor has chosen already: each is kept, unless it is certain what else it is."""

from digest.splitting.feet import settle_foot
from digest.splitting.lines import STRONG, Line, fold
from digest.splitting.roles import Role
from digest.splitting.segments import Segment
from digest.splitting.view import PageView

_PROSE_TAGS = frozenset({"", "p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "hr"})
"""The elements whose words may say that they are no text; in lists, tables and code anything may stand."""

_CERTAIN = frozenset({"advert", "caption", "credit", "note", "notice", "related", "teaser"})
_HEAD = frozenset({"byline", "date", "widget", "comment", "navigation", "end", "address"})
"""What is certain only before the text begins, or after it ends."""


def is_extracted(view: PageView) -> bool:
    """Whether the page is one article in elements, as an extractor gives it, and not lines of text."""
    return view.single and any(line.tag for line in view.lines)


def whole_page(view: PageView, title: str | None) -> Segment:
    """Return the page as one segment; its title is the line that repeats the declared one."""
    return Segment(
        start=0, stop=len(view.lines), title=_title_line(view, title), prose=tuple(view.prose)
    )


def classify_extracted(view: PageView, segment: Segment, title: str | None) -> dict[int, Role]:
    """Return what each line of the page is."""
    strong = [index for index, line in enumerate(view.lines) if line.weight == STRONG]
    first, last = (strong[0], strong[-1]) if strong else (0, len(view.lines))
    known = fold(title or "")
    found: dict[int, Role] = {}
    for index, line in enumerate(view.lines):
        if index == segment.title:
            found[index] = "title"
        elif known and line.key == known:
            found[index] = "copy"
        else:
            found[index] = _role(line, outer=not first < index < last)
    settle_foot(view, segment, found)
    return found


def _role(line: Line, *, outer: bool) -> Role:
    if line.sign == "separator":
        return "separator"
    telling = any(map(str.isalpha, line.text)) or line.sign == "date"
    certain = line.sign in _CERTAIN or (outer and line.sign in _HEAD and telling)
    if line.tag in _PROSE_TAGS and certain:
        return "navigation" if line.sign in ("related", "end") else line.sign  # type: ignore[return-value]
    return "heading" if 0 < line.level < 7 and line.tag[:1] == "h" else "paragraph"


def _title_line(view: PageView, title: str | None) -> int | None:
    """The first line that repeats the declared title; without one, a heading before the text."""
    known = fold(title or "")
    for index, line in enumerate(view.lines):
        if known:
            if line.key == known[:300]:
                return index
        elif line.weight == STRONG:
            break
        elif line.level in (1, 2) and line.tag[:1] == "h" and not line.sign:
            return index
    return None
