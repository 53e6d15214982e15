"""Explain a summary: the article shaded by the scores of its sentences, and the graph of their similarity."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.models import Article
from digest.outgoing import line
from digest.renderers.articles import ArticleView, article_view, paragraph_spans
from digest.renderers.display import shorten
from digest.renderers.templates import fill

LEVELS = 9
"""How many shades there are above none."""
_EXCERPT = 90
"""Characters of a sentence in the list."""
_ROW_HEIGHT = 24
_WIDEST = 6.0
"""Pixels of a row, as in explain.css, and of the widest arc."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRow:
    """A sentence of the article, and its rank."""

    text: str
    start: int
    end: int
    score: float
    """From 0 to 1."""
    rank: int
    """1 is the highest score."""
    chosen: bool
    why: tuple[str, ...] = ()
    """The reasons, a phrase each: shared terms, what raised or lowered the score, why it was not allowed."""
    neighbours: tuple[tuple[int, float], ...] = ()
    """The sentences that lend it its rank: (index among the rows, share from 0 to 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationView:
    """The values that `explain.html` sees."""

    article: ArticleView
    paragraphs: tuple[tuple["Piece", ...], ...]
    rows: tuple["RowView", ...]
    """The highest score first."""
    arcs: tuple["Arc", ...]
    height: int
    """Of the graph, in pixels; sentence `i` is at `24 * i + 12`."""
    chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a paragraph: a sentence, or the text between two."""

    text: str
    rank: int
    """0 for what is no sentence."""
    level: int
    """The shade, from 0 to 9."""
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A line of the list of sentences."""

    rank: int
    number: int
    """Its place in the article, from 1."""
    percent: int
    level: int
    excerpt: str
    chosen: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """An edge of the similarity graph between two sentences, by their numbers from 1."""

    first: int
    second: int
    path: str
    """For SVG."""
    width: float
    chosen: bool
    """True where it lends its rank to a chosen sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRenderer:
    """Renders the explanation of a summary as a web page through `explain.html`."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""

    def __call__(self, article: Article, rows: Sequence[ExplanationRow], /) -> str:
        """Return the page; `rows` are the article's sentences in reading order."""
        top = max((row.score for row in rows), default=0.0) or 1.0
        view = ExplanationView(
            article=article_view(1, article),
            paragraphs=_paragraphs(article.text, rows, top),
            rows=tuple(
                _row(number, row, top)
                for number, row in sorted(enumerate(rows, 1), key=lambda pair: pair[1].rank)
            ),
            arcs=_arcs(rows),
            height=_ROW_HEIGHT * len(rows),
            chosen=sum(row.chosen for row in rows),
        )
        return fill("explain.html", {"explanation": view}, templates=self.templates)


def _level(row: ExplanationRow, top: float) -> int:
    return max(0, min(LEVELS, round(LEVELS * row.score / top)))


def _row(number: int, row: ExplanationRow, top: float) -> RowView:
    return RowView(
        rank=row.rank,
        number=number,
        percent=max(0, min(100, round(100 * row.score / top))),
        level=_level(row, top),
        excerpt=shorten(line(row.text), _EXCERPT),
        chosen=row.chosen,
        why=tuple(filter(None, map(line, row.why))),
    )


def _paragraphs(
    text: str, rows: Sequence[ExplanationRow], top: float
) -> tuple[tuple[Piece, ...], ...]:
    waiting = sorted(rows, key=lambda row: (row.start, row.end), reverse=True)
    paragraphs = []
    for begin, stop in paragraph_spans(text):
        pieces, position = [], begin
        while waiting and waiting[-1].start < stop:
            row = waiting.pop()
            if row.start < position:
                continue
            pieces.append(_between(text[position : row.start]))
            pieces.append(
                Piece(
                    text=line(text[row.start : row.end]),
                    rank=row.rank,
                    level=_level(row, top),
                    chosen=row.chosen,
                )
            )
            position = row.end
        pieces.append(_between(text[position:stop]))
        paragraphs.append(tuple(piece for piece in pieces if piece.text))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _between(text: str) -> Piece:
    shown = line(text) or (" " if text else "")
    return Piece(text=shown, rank=0, level=0, chosen=False)


def _arcs(rows: Sequence[ExplanationRow]) -> tuple[Arc, ...]:
    """Return one arc for each pair, as wide as the greater of its two shares."""
    shares: dict[tuple[int, int], tuple[float, bool]] = {}
    for i, row in enumerate(rows):
        for j, share in row.neighbours:
            if 0 <= j < len(rows) and j != i:
                pair = (min(i, j), max(i, j))
                known, chosen = shares.get(pair, (0.0, False))
                shares[pair] = (max(known, share), chosen or row.chosen)
    return tuple(
        Arc(
            first=i + 1,
            second=j + 1,
            path=_path(i, j, len(rows)),
            width=round(max(0.5, min(1.0, share) * _WIDEST), 2),
            chosen=chosen,
        )
        for (i, j), (share, chosen) in sorted(shares.items(), key=lambda item: (item[1], item[0]))
    )


def _path(i: int, j: int, total: int) -> str:
    top, bottom = (_ROW_HEIGHT * k + _ROW_HEIGHT // 2 for k in (i, j))
    reach = round(12 + 108 * (j - i) / max(total - 1, 1))
    return f"M0 {top}C{reach} {top} {reach} {bottom} 0 {bottom}"
