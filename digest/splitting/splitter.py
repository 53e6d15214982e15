"""A page taken apart into its articles, and all that was left out.

Of a page whose blocks an extractor has chosen already each is kept, unless it is certain what else it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from digest.errors import contained
from digest.models import Omission, Page, Split
from digest.splitting.assembly import (
    Draft,
    draft_article,
    finish,
    headline_article,
    likely_language,
    omission,
)
from digest.splitting.boundaries import boundary_candidates
from digest.splitting.classification import classify
from digest.splitting.cohesion import merge, overlap
from digest.splitting.features import weights
from digest.splitting.lexicon import LazyPattern
from digest.splitting.line_kinds import addresses_reader, opens_letter
from digest.splitting.lines import SENTENCE, STRONG, Line, fold, read_lines, with_signatures
from digest.splitting.page import PageFeatures, is_lone_byline
from digest.splitting.repetition import (
    TextIndex,
    excerpt_lines,
    repeated_boilerplate,
    without_running_heads,
)
from digest.splitting.roles import REASONS, Role, Segment
from digest.splitting.sections import settle_end_matter
from digest.splitting.segments import find_segments

_ENOUGH_SENTENCES = 3  # sentences of an article
_FEW_WORDS = 25  # words of a slight one
_TEASER = 40
"""Words of a teaser, as beside a link (`outline`): where no text is longer, the teasers are the news."""
_HEADLINE = 4  # words of a teaser at least
_LETTER = 80  # words of a letter to the editor


class Row(NamedTuple):
    """A line of the explanation: a block with its class, or a boundary with its features."""

    line: int
    role: str
    text: str
    confidence: float | None = None
    evidence: tuple[tuple[str, float], ...] = ()
    """What spoke for a boundary (above 0) and against it, in log-odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSplitter:
    """Takes pages apart by shape, place, repetition and lexical cohesion; see `candidates` and `roles`."""

    min_sentences: int = _ENOUGH_SENTENCES
    """A teaser of fewer full sentences is a stub."""

    def __call__(self, page: Page, /) -> Split:
        """Return the articles of the page in reading order, and an omission for every block left out.

        An entry of a feed whose text is nothing but boilerplate, or that has none, gives its headline.
        Raises `ReadError` where the page finds a bug in here.
        """
        with contained(page.source.location):
            return self._split(page)

    def _split(self, page: Page) -> Split:
        features, segments, classes = _analyse(page)
        omissions: list[tuple[int, Omission]] = []
        drafts = [
            draft_article(page, features, segment, classes, omissions) for segment in segments
        ]
        kept: list[Draft] = []
        present = [draft for draft in drafts if draft]
        longest = max((draft.words for draft in present), default=0)
        index_of_texts = TextIndex(
            [draft.article.text for draft in present] if len(present) > 1 else []
        )
        for number, draft in enumerate(present):
            alone = page.single or len(present) == 1
            reason = None if alone else self._refused(draft, number, index_of_texts, longest)
            if reason:
                place = draft.segment.start
                omissions += [(place, omission(page, what, reason)) for what in _paragraphs(draft)]
            else:
                kept.append(draft)
        articles = [finish(page, draft, len(kept), features.language) for draft in kept]
        if page.headline and not kept:
            articles = [headline_article(page, features.language)]
        omissions += _omitted_outside(page, features, segments, classes)
        omissions.sort(key=lambda pair: pair[0])
        return Split(
            articles=tuple(articles),
            omissions=(*(one for _, one in omissions if one.what), *page.left_out),
        )

    def _refused(
        self, draft: Draft, number: int, index_of_texts: TextIndex, longest: int
    ) -> str | None:
        """Why a draft is no article, or None."""
        if index_of_texts.covers(number) is not None:
            return "copy"
        words = draft.words
        if not number and words < _LETTER and opens_letter(draft.article.text):
            return "notice"
        if (
            words < min(90, 0.5 * longest)
            and len(draft.segment.prose) <= 2
            and addresses_reader(draft.article.text)
        ):
            return "notice"
        teaser = draft.segment.related or draft.article.truncated
        among_teasers = longest <= _TEASER and 2 * words >= longest
        few = words < longest and (words < _FEW_WORDS or not draft.has_sentences(2))
        slight = teaser or (few and not among_teasers)
        return "stub" if slight and not draft.has_sentences(self.min_sentences) else None

    def explain(self, page: Page, /) -> list[Row]:
        """Return what each block was taken for, and each boundary with its features and confidence."""
        features, segments, classes = _analyse(page)
        starts = {segment.start: segment for segment in segments}
        rows: list[Row] = []
        for index, line in enumerate(features.lines):
            segment = starts.get(index)
            if segment:
                evidence = tuple(
                    (name, round(value * weights().get(name, 1.0), 2))
                    for name, value in segment.features
                    if value
                )
                rows.append(
                    Row(
                        line=line.line,
                        role="boundary",
                        text="",
                        confidence=round(segment.confidence, 3),
                        evidence=evidence,
                    )
                )
            rows.append(Row(line=line.line, role=classes.get(index, "navigation"), text=line.text))
        return rows


def _paragraphs(draft: Draft) -> list[str]:
    """The paragraphs of a refused draft, the first behind the title."""
    first, *others = draft.article.text.split("\n\n")
    titled = draft.segment.title is not None
    return [f"{draft.article.title}: {first}" if titled else first, *others]


def _omitted_outside(
    page: Page, features: PageFeatures, segments: Sequence[Segment], classes: dict[int, Role]
) -> list[tuple[int, Omission]]:
    """What stands before the first article, and what was passed over between two."""
    inside = {index for segment in segments for index in range(segment.start, segment.stop)}
    return [
        (index, omission(page, line.text, classes[index]))
        for index, line in enumerate(features.lines)
        if index not in inside
    ]


def _analyse(page: Page) -> tuple[PageFeatures, list[Segment], dict[int, Role]]:
    lines = read_lines(page.blocks)
    if not page.single:
        lines = with_signatures(without_running_heads(lines))
    copies = frozenset() if page.single else excerpt_lines(lines)
    language = page.language or _page_language(lines)
    features = PageFeatures(lines, copies, language, single=page.single, author=page.author)
    if is_extracted(features) or is_document(features, page.title):
        whole = whole_page(features, page.title)
        return features, [whole], classify_extracted(features, whole, page.title)
    segments = find_segments(features, boundary_candidates(features), single=page.single)
    if page.single and page.title:
        segments = [
            replace(part, title=_declared_title(features, page.title, part)) for part in segments
        ]
    classes: dict[int, Role] = {}
    for segment in segments:
        classes.update(classify(features, segment))
    for index in list(repeated_boilerplate(features, segments, classes)):
        classes[index] = "notice"
    for index in copies:
        classes[index] = "copy"
    for index, line in enumerate(lines):
        if index not in classes:
            unknown: Role = "teaser" if line.words >= _HEADLINE else "navigation"
            if index in features.sponsored:
                unknown = "advert"
            classes[index] = line.kind if line.kind in REASONS else unknown  # type: ignore[assignment]
    return features, segments, classes


def _declared_title(features: PageFeatures, title: str, segment: Segment) -> int | None:
    """The line that is the page's own title, which wins over any guess; None where no line is."""
    key = fold(title)[:300]
    stop = segment.prose[0] if segment.prose else segment.stop
    return next(
        (index for index in range(segment.start, stop) if features.lines[index].key == key), None
    )


def _page_language(lines: Sequence[Line]) -> str:
    sample = " ".join(line.text[:300] for line in lines[:60] if line.weight == STRONG)
    return likely_language(sample, "en")


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
