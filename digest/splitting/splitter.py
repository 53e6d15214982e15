"""A page taken apart into its articles, and all that was left out."""

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
from digest.splitting.documents import classify_extracted, is_document, is_extracted, whole_page
from digest.splitting.features import weights
from digest.splitting.line_kinds import addresses_reader, opens_letter
from digest.splitting.lines import STRONG, Line, fold, read_lines, with_signatures
from digest.splitting.page import PageFeatures
from digest.splitting.repetition import (
    TextIndex,
    excerpt_lines,
    repeated_boilerplate,
    without_running_heads,
)
from digest.splitting.roles import REASONS, Role, Segment
from digest.splitting.segments import find_segments

_ENOUGH_SENTENCES = 3
_FEW_WORDS = 25
_HEADLINE = 4
_LETTER = 80


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
        slight = teaser or (words < longest and (words < _FEW_WORDS or not draft.has_sentences(2)))
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
