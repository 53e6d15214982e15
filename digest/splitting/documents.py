"""A page whose blocks an extractor has chosen already: each is kept, unless it is certain what else it is."""

from digest.splitting.cohesion import merge, overlap
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import SENTENCE, STRONG, fold
from digest.splitting.page import PageFeatures, is_lone_byline
from digest.splitting.roles import Role, Segment
from digest.splitting.sections import settle_end_matter

_PROSE_TAGS = frozenset({"", "p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "hr"})
"""The elements whose words may say that they are no text; in lists, tables and code anything may stand."""
_CERTAIN = frozenset({"advert", "caption", "credit", "note", "notice", "related", "teaser"})
_FACTS = frozenset({"byline", "date", "address"})
_LABEL = 3
"""A section's heading of so few words names a part; the headline of an article tells something."""
_PUBLISHED = LazyPattern(
    r"\W{0,2}\s(?:was\s+)?(?:first\s+|originally\s+)?(?:published|posted|appeared)\s+(?:first\s+)?(?:in|on|at)\b"
)
_SAMPLE = 60
_SECTIONS = 40
"""So many sections of a document are looked at."""
_RELATED = 0.15
_HEAD = frozenset({"byline", "date", "widget", "comment", "navigation", "end", "address"})
"""What is certain only before the text begins, or after it ends."""


def is_extracted(page: PageFeatures) -> bool:
    """Whether the page is one article in elements, as an extractor gives it, and not lines of text."""
    return page.single and any(line.tag for line in page.lines)


def is_document(page: PageFeatures, title: str | None) -> bool:
    """Whether a page in elements is one document: one title of its own, and sections that belong to it.

    Sections with a byline, a date, an address or a link to read on each, or with no name and hardly a word in
    common with the rest, are articles of their own.
    """
    lines = page.lines
    if not any(line.tag for line in lines):
        return False
    main = [index for index, line in enumerate(lines) if line.level == 1]
    lower = [line.level for line in lines if 1 < line.level < 7]
    if len(main) > 1 or not (main or title) or not lower:
        return False
    highest = min(lower)
    heads = [index for index, line in enumerate(lines) if line.level == highest]
    ends = [*heads[1:], len(lines)]
    sections = list(zip(heads, ends, strict=True))[:_SECTIONS]
    own = sum(_stands_alone(page, start, stop) for start, stop in sections)
    return 2 * own < len(sections)


def _stands_alone(page: PageFeatures, start: int, stop: int) -> bool:
    """Whether a section is signed, dated or addressed, or speaks of nothing that the rest speaks of."""
    if any(line.kind in _FACTS for line in page.lines[start + 1 : min(start + 4, stop)]):
        return True
    if any(line.kind == "end" and line.link for line in page.lines[start + 1 : stop]):
        return True
    if page.lines[stop - 1].kind in _FACTS or (
        stop - start > 2 and page.lines[stop - 2].kind == "address"
    ):
        return True
    others = [i for i in page.prose if not start <= i < stop][:_SAMPLE]
    rest, names = (
        merge([page.content(i) for i in others]),
        merge([page.names(i) for i in others]),
    )
    own = [i for i in page.prose if start < i < stop][:_SAMPLE]
    words = merge([page.content(i) for i in own])
    shared = [name for name in merge([page.names(i) for i in own]) if name in names]
    told = page.lines[start].words > _LABEL
    return told and len(shared) < 2 and overlap(words, rest) < _RELATED


def whole_page(page: PageFeatures, title: str | None) -> Segment:
    """Return the page as one segment; its title is the line that repeats the declared one."""
    return Segment(
        start=0, stop=len(page.lines), title=_title_line(page, title), prose=tuple(page.prose)
    )


def classify_extracted(page: PageFeatures, segment: Segment, title: str | None) -> dict[int, Role]:
    """Return what each line of the page is."""
    first, last = _text_bounds(page)
    known = fold(title or "")
    found: dict[int, Role] = {}
    listed = False
    for index, line in enumerate(page.lines):
        listed = line.kind == "related" or (listed and line.weight < STRONG and not line.level)
        if index == segment.title:
            found[index] = "title"
        elif known and line.key == known:
            found[index] = "copy"
        elif line.tag == "box":
            found[index] = "teaser" if line.link else "notice"
        elif (
            known
            and _PUBLISHED.match(line.text[len(title or "") :][:60])
            and (line.text.startswith(title or ""))
        ):
            found[index] = "notice"
        elif listed and not line.kind:
            found[index] = "teaser"
        else:
            found[index] = _role(page, index, outer=not first < index < last, text=first <= last)
    settle_end_matter(page, segment, found)
    if "paragraph" not in found.values():
        captions = [index for index, role in found.items() if role == "caption"]
        found.update(dict.fromkeys(captions, "paragraph"))
    return found


def _text_bounds(page: PageFeatures) -> tuple[int, int]:
    """The first and the last line of running text, or of a short text's sentences; none lies between else."""
    for weight in (STRONG, SENTENCE):
        found = [index for index, line in enumerate(page.lines) if line.weight == weight]
        if found:
            return found[0], found[-1]
    return len(page.lines), 0


def _role(page: PageFeatures, index: int, *, outer: bool, text: bool) -> Role:
    line = page.lines[index]
    if line.kind == "separator":
        return "separator"
    telling = any(map(str.isalpha, line.text)) or line.kind == "date"
    certain = line.kind in _CERTAIN or (outer and line.kind in _HEAD and telling)
    last = index == len(page.lines) - 1 and line.kind == "end"
    # Where there is no sentence at all, a table or a list lays out buttons.
    if (line.tag in _PROSE_TAGS or last or not text) and certain:
        return "navigation" if line.kind in ("related", "end") else line.kind  # type: ignore[return-value]
    if outer and is_lone_byline(page, index):
        return "byline"
    return "heading" if 0 < line.level < 7 and line.tag[:1] == "h" else "paragraph"


def _title_line(page: PageFeatures, title: str | None) -> int | None:
    """The first line that repeats the declared title; without one, a heading before the text."""
    known = fold(title or "")
    for index, line in enumerate(page.lines):
        if known:
            if line.key == known[:300]:
                return index
        elif line.weight == STRONG:
            break
        elif line.level in (1, 2) and line.tag[:1] == "h" and not line.kind:
            return index
    return None
