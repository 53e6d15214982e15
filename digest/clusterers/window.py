"""The articles of the last weeks, kept so that those of a day are clustered with them at the cost of the day.

Of an article its vectors are kept, and where it was filed. New articles look for neighbours among all; old ones
look for none. An old story is one unit: it may grow, or be joined with others, and is never torn apart.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from digest.clusterers import Each, carry_over, serially, topics_of
from digest.clusterers.agglomeration import numbered, taken
from digest.clusterers.clustering import HeadNames, in_order, measured, unique_of
from digest.clusterers.dates import MOST_DAYS, EventSlots, days
from digest.clusterers.model import Chunk, Model
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Floats, Ints, Rows, load_arrays, save_arrays
from digest.clusterers.vectors import Vectors, draws
from digest.errors import ConfigError
from digest.models import Article, Identity
from digest.text.language import in_language_of_source

_FORMAT = "digest-window/2"
_NO_PAIRS = Neighbours(*(np.zeros(0, dtype=np.int64),) * 2, *(np.zeros(0, dtype=np.float32),) * 2)
_ARRAYS = ("days", "draws", "density", "seen")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """The articles that are kept, a row each."""

    model: str
    """The checksum of the model that made them."""
    lines: tuple[Identity, ...] = ()
    titles: tuple[str, ...] = ()
    chunk: Chunk | None = None
    days: Floats
    draws: Floats
    density: Floats
    seen: Floats
    """The day from which an article counts as old: its own, or of one without a day the last of its run."""

    @classmethod
    def empty(cls, model: Model) -> Self:
        """Return a window to begin with."""
        none = np.zeros(0, dtype=np.float32)
        return cls(model=model.checksum, days=none, draws=none, density=none, seen=none)

    def grown(
        self, model: Model, articles: Iterable[Article], each: Each = serially
    ) -> tuple[Self, list[Identity]]:
        """Return the window with more articles, and the lines of these and of all others that changed.

        An article whose id is here already stays where it is.
        """
        known = {line.id for line in self.lines}
        fresh = in_language_of_source(in_order(a for a in articles if a.id not in known))
        if not fresh:
            return self, []
        unique, row = unique_of(fresh)
        found = model.read(unique, each, [self.chunk] if self.chunk else [])
        dated = days(unique)
        last = np.nanmax(dated) if not np.isnan(dated).all() else np.nan
        seen = np.where(np.isnan(dated), last, dated).astype(np.float32)
        space = found.space(_after(self.days, dated), _after(self.draws, draws(unique)))
        near = model.near(space, each, self.density)
        links = model.links(space, near, found.named)
        story = model.stories(space, links, found.named, each, self._first_rows())
        lines = self._filed(model, space, found, story, fresh, row, each)
        here = {line.id: line for line in lines}
        ids = [*self.lines, *(Identity(id=a.id, topic="", story="") for a in unique)]
        after = replace(
            self,
            lines=tuple(here.get(line.id, line) for line in ids),
            titles=(*self.titles, *(a.title for a in unique)),
            chunk=found,
            days=space.days,
            draws=space.draws,
            density=near.density,
            seen=_after(self.seen, seen),
        )
        before = set(self.lines)
        return after._trimmed(len(model.terms)), [one for one in lines if one not in before]

    def _first_rows(self) -> Ints:
        """Return the first row of the story of each row."""
        if not self.lines:
            return np.zeros(0, dtype=np.int64)
        _, first, story = np.unique(
            [line.story for line in self.lines], return_index=True, return_inverse=True
        )
        return np.asarray(first[story.reshape(-1)], dtype=np.int64)

    def _filed(
        self,
        model: Model,
        space: Vectors,
        found: Chunk,
        story: Ints,
        fresh: Sequence[Article],
        row: Ints,
        each: Each,
    ) -> list[Identity]:
        """Return the lines of the articles whose stories have a new one; an old topic keeps its label."""
        count = len(self.lines)
        touched = np.flatnonzero(np.isin(story, story[count:]))
        old = touched[touched < count].tolist()
        stubs = [Article(self.lines[n].id, self.titles[n], "") for n in old]
        found = found.taken(touched, len(model.terms))
        clustering = measured(
            np.concatenate((np.arange(len(old)), np.searchsorted(touched, count + row))),
            taken(space, touched),
            _NO_PAIRS,
            _NO_PAIRS,
            found.named,
            numbered(story[touched]),
            found.heads.table(),
            model.bar,
        )
        lines = carry_over(topics_of([*stubs, *fresh], clustering, each), self.lines)
        labels = {line.topic: line.label for line in self.lines}
        return [replace(line, label=labels.get(line.topic, line.label)) for line in lines]

    def _trimmed(self, known: int) -> Self:
        """Return the window without the articles that no new one can be of one event with."""
        if self.chunk is None or np.isnan(self.seen).all():
            return self
        kept = np.flatnonzero(~(self.seen < np.nanmax(self.seen) - MOST_DAYS))
        return replace(
            self,
            lines=tuple(self.lines[n] for n in kept.tolist()),
            titles=tuple(self.titles[n] for n in kept.tolist()),
            chunk=self.chunk.taken(kept, known),
            **{name: getattr(self, name)[kept] for name in _ARRAYS},
        )

    def save(self, path: Path) -> None:
        """Write the window to a file."""
        if (chunk := self.chunk) is None:
            return
        lines = zip(self.lines, self.titles, strict=True)
        said = {
            "model": self.model,
            "lines": [[a.id, a.topic, a.story, a.label, title] for a, title in lines],
            "fresh": chunk.fresh,
            "heads": list(chunk.heads.index),
            "named": [[r, sorted(s.head), sorted(s.text)] for r, s in sorted(chunk.named.items())],
        }
        arrays = {
            "starts": chunk.rows.starts,
            "columns": chunk.rows.columns,
            "values": chunk.rows.values,
            "latent": chunk.latent,
            "lengths": chunk.lengths,
            "head_rarities": np.frombuffer(chunk.heads.rarities),
            "head_rows": np.frombuffer(chunk.heads.rows, dtype=np.int32),
            "head_columns": np.frombuffer(chunk.heads.columns, dtype=np.int32),
            "head_values": np.frombuffer(chunk.heads.values),
            **{name: getattr(self, name) for name in _ARRAYS},
        }
        save_arrays(path, _FORMAT, said, arrays)

    @classmethod
    def load(cls, path: Path, model: Model) -> Self:
        """Read a window, or begin one; raises `ConfigError` where it is damaged, or another model's."""
        if not path.exists():
            return cls.empty(model)
        said, arrays = load_arrays(path, _FORMAT)
        if said.get("model") != model.checksum:
            raise ConfigError(f"{path}: made by another model; give that one, or another folder")
        try:
            found = cls(
                model=model.checksum,
                lines=tuple(
                    Identity(id=a, topic=b, story=c, label=d) for a, b, c, d, _ in said["lines"]
                ),
                titles=tuple(line[4] for line in said["lines"]),
                chunk=_chunk(said, arrays, len(model.terms)),
                **{name: arrays[name] for name in _ARRAYS},
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(f"{path}: not as digest writes it; make it again") from error
        return found


def _chunk(said: Mapping[str, Any], arrays: Mapping[str, Any], known: int) -> Chunk:
    width = known + len(said["fresh"])
    return Chunk(
        rows=Rows(arrays["starts"], arrays["columns"], arrays["values"], width),
        fresh=said["fresh"],
        latent=arrays["latent"],
        lengths=arrays["lengths"],
        heads=HeadNames(
            {name: place for place, name in enumerate(said["heads"])},
            array("d", arrays["head_rarities"].tobytes()),
            array("i", arrays["head_rows"].tobytes()),
            array("i", arrays["head_columns"].tobytes()),
            array("d", arrays["head_values"].tobytes()),
            len(arrays["lengths"]),
        ),
        named={row: EventSlots(_slots(head), _slots(text)) for row, head, text in said["named"]},
    )


def _slots(found: Iterable[Sequence[Any]]) -> frozenset[tuple[str, float]]:
    return frozenset((kind, value) for kind, value in found)


def _after(one: Floats, other: Floats) -> Floats:
    return np.concatenate((one, other))
