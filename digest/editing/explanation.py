"""What stood where in an issue, and why: the importance of every piece, and its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.editing.issue_list import Verb, pieces_of
from digest.models import Digest

_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A piece of an issue in its place."""

    place: int
    """From 1."""
    tier: Verb
    """How much room it has, in the words of a list."""
    heading: str
    articles: tuple[str, ...]
    """Their ids."""
    importance: float
    parts: dict[str, float]
    """What the importance is the sum of."""


def explain_issue(digest: Digest) -> list[Row]:
    """Return a row a piece, in the order of the issue."""
    return [
        Row(
            place=place,
            tier=piece.verb,
            heading=piece.heading,
            articles=tuple(article.id for article in piece.articles),
            importance=round(piece.what.importance.total, _DIGITS) + 0.0,
            parts={name: round(v, _DIGITS) + 0.0 for name, v in piece.what.importance.parts},
        )
        for place, piece in enumerate(pieces_of(digest), 1)
    ]


def table(rows: Sequence[Row]) -> str:
    """Return rows as a table, with a column for each part that counts for any of them."""
    names = dict.fromkeys(name for row in rows for name, value in row.parts.items() if value)
    head = ["place", "tier", "importance", *names, "heading"]
    body = [
        [
            str(row.place),
            row.tier,
            f"{row.importance:.2f}",
            *(_shown(row.parts.get(name, 0.0)) for name in names),
            row.heading,
        ]
        for row in rows
    ]
    return "".join(f"{text}\n" for text in _aligned([head, *body]))


def _shown(value: float) -> str:
    return f"{value:+.2f}" if round(value, 2) else "·"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the cells below one another: the tier to the left, numbers to the right, the heading last."""
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in rows), strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place == 1 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row[:-1], widths, strict=True))
        ]
        yield "  ".join([*cells, row[-1]]).rstrip()
