"""A model of a collection that is kept, so that others are clustered by it whatever their size and order.

With a model the vector of an article depends on its words alone: the weights of terms, the latent directions
and the bar are those of the collection that the model was fitted to. So each step can be done part by part, by
any number of processes and machines, and the stories are the same:

    articles --read--> vectors --candidates--> pairs over the bar --components--> stories
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from digest.clusterers import Each, serially
from digest.clusterers.agglomeration import (
    BARS,
    best_level,
    by_components,
    components,
    levels,
    numbered,
    strength,
)
from digest.clusterers.clustering import (
    Clustering,
    HeadNames,
    in_order,
    measured,
    unique_of,
)
from digest.clusterers.constraints import event_slots_of, parted, without_contradictions
from digest.clusterers.dates import EventSlots, days, weekdays
from digest.clusterers.mentions import read
from digest.clusterers.neighbours import Neighbours, neighbours, neighbours_by
from digest.clusterers.sparse import Floats, Ints, Rows, load_arrays, save_arrays, stacked
from digest.clusterers.vectors import (
    Vectors,
    counted,
    draws,
    latent_directions,
    of_length_one,
    shares,
    weights,
)
from digest.errors import ConfigError
from digest.models import Article
from digest.text.language import in_language_of_source

LEAST_ARTICLES = 1000
"""Fewer say too little of the words of others; and with fewer, headlines need the pieces of words and what
their neighbours say (`vectors`, `neighbours`), which a model does not hold."""
_OPENING_CHARS = 1500
"""So much of each article is read, as in a collection of ten thousand."""
_FOREIGN, _MOST_FOREIGN = 0.005, 0.1
"""A language that makes less of a model is foreign to it, and so much of a collection may be foreign: that much
is taken for another language than it is where texts are short."""
_CHUNK = 1000
_FORMAT = "digest-model/1"

_SAID = ("articles", "languages", "density", "bar")
_LEAST_DENSITY = 0.7
"""The least density, of the model's: where the twins of a day's articles are still to come, near ones are no
measure. On NeuS in two halves .8 makes .774 .796, and .5 of own density .82 of the whole's .85."""
_ROUNDED = 0.999
"""What rounding may take of a similarity."""
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned of a collection."""

    articles: int
    """How many it had."""
    languages: Mapping[str, float]
    """The share of each language."""
    density: float
    """How alike an article and its nearest neighbours were in the mean."""
    bar: float
    """The similarity, in units of density, from which two articles are one story."""
    terms: tuple[str, ...]
    """The terms of two articles or more, sorted."""
    weights: Floats
    directions: npt.NDArray[np.float16]
    """The latent direction of each term; 0 where it keeps no company."""

    @classmethod
    def fit(cls, articles: Iterable[Article]) -> Self:
        """Learn from a collection; raises `ConfigError` where it is too small."""
        unique, _ = unique_of(in_language_of_source(in_order(articles)))
        if len(unique) < LEAST_ARTICLES:
            raise ConfigError(
                f"a model needs {LEAST_ARTICLES} different articles at least, and these are {len(unique)}"
            )
        found = counted(read(article, _OPENING_CHARS) for article in unique)
        drawn, weight = draws(unique), weights(found)
        kept, directions = latent_directions(
            found.rows.weighted(weight).normalised(), found.terms, drawn
        )
        tall = np.zeros((len(found.terms), directions.shape[1]), dtype=np.float16)
        tall[kept] = directions
        often = np.flatnonzero(np.bincount(found.rows.columns, minlength=len(found.terms)) > 1)
        languages = Counter(article.language for article in unique)
        model = cls(
            articles=len(unique),
            languages={code: count / len(unique) for code, count in sorted(languages.items())},
            density=0.0,
            bar=0.0,
            terms=tuple(found.terms[number] for number in often.tolist()),
            weights=weight[often],
            directions=tall[often],
        )
        return model._measured(unique)

    def _measured(self, unique: Sequence[Article]) -> Self:
        """Return the model with the density and the bar of the collection."""
        found = self.read(unique, serially)
        space = found.space(days(unique), draws(unique))
        space = replace(space, latent=space.latent.astype(np.float32))
        near = neighbours(space)
        model = replace(self, density=float(np.round(near.density.mean(dtype=np.float64), 5)))
        near = replace(near, density=model._floored(near.density))
        links = without_contradictions(near, found.named, space.days)
        return replace(model, bar=best_level(space, near, levels(space, links)).bar)

    def _floored(self, density: Floats) -> Floats:
        return np.asarray(np.maximum(density, _LEAST_DENSITY * self.density), dtype=np.float32)

    @cached_property
    def checksum(self) -> str:
        """What tells the model from others."""
        said = f"{self.articles} {self.bar} {' '.join(self.terms)}".encode()
        return sha256(said + self.weights.tobytes() + self.directions.tobytes()).hexdigest()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    def save(self, path: Path) -> None:
        """Write the model to a file; the same model gives the same bytes."""
        said = {name: getattr(self, name) for name in _SAID}
        arrays = {"weights": self.weights, "directions": self.directions}
        save_arrays(path, _FORMAT, {**said, "terms": self.terms}, arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model; raises `ConfigError` where the file is damaged, or of another version."""
        said, arrays = load_arrays(path, _FORMAT)
        try:
            found = cls(**{n: said[n] for n in _SAID}, terms=tuple(said["terms"]), **arrays)
            if not len(found.terms) == len(found.weights) == len(found.directions):
                raise ValueError("not as many terms as weights")
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(f"{path}: not as digest writes it; make it again") from error
        return found

    def _check_languages(self, articles: Sequence[Article]) -> None:
        """Raise `ConfigError` where many articles are in languages that the model does not know."""
        found = Counter(
            article.language
            for article in articles
            if self.languages.get(article.language, 0.0) < _FOREIGN
        )
        if found.total() > _MOST_FOREIGN * len(articles):
            share = round(100 * found.total() / len(articles))
            known = sorted(self.languages, key=lambda code: (-self.languages[code], code))
            raise ConfigError(
                f"{share}% of the articles are in languages that the model hardly knows"
                f" ({', '.join(sorted(found)[:5])}); it was fitted to {', '.join(known[:5])}: fit one to both"
            )

    def cluster(self, articles: Sequence[Article], each: Each = serially) -> Clustering:
        """Sort articles into stories and topics, as `clustering.cluster` does; there must be at least one."""
        unique, row = unique_of(in_language_of_source(articles))
        found = self.read(unique, each)
        space = found.space(days(unique), draws(unique))
        near = self.near(space, each)
        links = self.links(space, near, found.named)
        story = self.stories(space, links, found.named, each)
        heads = found.heads.table()
        return measured(row, space, near, links, found.named, story, heads, self.bar, each=each)

    def read(
        self, unique: Sequence[Article], each: Each, before: Sequence["Chunk"] = ()
    ) -> "Chunk":
        """Return articles as the model sees them, after those of `before`; `ConfigError` for its languages."""
        self._check_languages(unique)
        chunks = [unique[low : low + _CHUNK] for low in range(0, len(unique), _CHUNK)]
        return joined([*before, *each(_read, self, chunks)], len(self.terms))

    def near(self, space: Vectors, each: Each, density: Floats | None = None) -> Neighbours:
        """Return the pairs of near neighbours that may be over the bar.

        The first rows, whose `density` is known, look for none: they are found by the others.
        """
        # Over the bar no pair can be that is not so alike, since no density is less.
        least = _ROUNDED * self.bar * _LEAST_DENSITY * self.density
        near = neighbours_by(each, space, least=least, density=density)
        return replace(near, density=self._floored(near.density))

    def links(
        self, space: Vectors, near: Neighbours, named: Mapping[int, EventSlots]
    ) -> Neighbours:
        """Return the pairs over the bar that nothing keeps apart."""
        over = near.only(strength(near) >= self.bar)
        return without_contradictions(over, named, space.days)

    def stories(
        self,
        space: Vectors,
        links: Neighbours,
        named: Mapping[int, EventSlots],
        each: Each,
        old: Ints = _NONE,
    ) -> Ints:
        """Return the story of each row: no component of the pairs over the bar knows of another one.

        `old` has the first row of the story that each of the first rows is in: these are never torn apart.
        """
        bars = [bar for bar in BARS if bar >= self.bar]
        story = numbered(by_components(space, links, bars, each, old))
        story = parted(story, named, space)
        kept = np.arange(len(old))
        return numbered(components(len(story), story[kept], story[old])[story])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some articles as a model sees them."""

    rows: Rows
    fresh: list[str]
    """The terms that the model does not know, in the columns after its own."""
    latent: Floats
    lengths: Floats
    heads: HeadNames
    named: dict[int, EventSlots]

    def space(self, days: Floats, draws: Floats) -> Vectors:
        """Return the vectors of the articles."""
        return Vectors(self.rows, self.latent, self.lengths, days, draws)

    def taken(self, numbers: Ints, known: int) -> "Chunk":
        """Return some of the articles, with the terms that they have."""
        rows = self.rows.taken(numbers)
        fresh = np.unique(rows.columns[rows.columns >= known])
        place = {row: number for number, row in enumerate(numbers.tolist())}
        move = np.arange(rows.width)
        move[fresh] = known + np.arange(len(fresh))
        return replace(
            self,
            rows=rows.renamed(move, known + len(fresh)),
            fresh=[self.fresh[column - known] for column in fresh.tolist()],
            latent=self.latent[numbers],
            lengths=self.lengths[numbers],
            heads=self.heads.taken(numbers),
            named={place[row]: slots for row, slots in self.named.items() if row in place},
        )


def joined(chunks: Sequence[Chunk], known: int) -> Chunk:
    """Return all articles of some chunks; the model knows so many terms."""
    fresh = sorted({term for chunk in chunks for term in chunk.fresh})
    place = {term: number for number, term in enumerate(fresh, known)}
    named, rows, first, heads = dict[int, EventSlots](), [], 0, HeadNames()
    for chunk in chunks:
        move = [*range(known), *(place[term] for term in chunk.fresh)]
        rows.append(chunk.rows.renamed(np.array(move, dtype=np.int32), known + len(fresh)))
        named |= {first + row: slots for row, slots in chunk.named.items()}
        heads.extend(chunk.heads)
        first += chunk.rows.height
    return Chunk(
        rows=stacked(rows),
        fresh=fresh,
        latent=np.concatenate([chunk.latent for chunk in chunks]),
        lengths=np.concatenate([chunk.lengths for chunk in chunks]),
        heads=heads,
        named=named,
    )


def _read(model: Model, articles: Sequence[Article]) -> Chunk:
    """Return some articles as vectors; each depends on its own words and on the model."""
    heads = HeadNames()
    mentions = (heads.add(read(article, _OPENING_CHARS)) for article in articles)
    found = counted(mentions, model.numbers)
    known = len(model.terms)
    # A term that is new to the model weighs as one that a single article of it had.
    alone = np.full(len(found.terms) - known, 1.0 + np.log(model.articles + 50.0), dtype=np.float32)
    rows = found.rows.weighted(np.concatenate((model.weights, alone))).normalised()
    share, hidden = shares(model.articles)
    own = rows.only(rows.columns < known)
    latent = of_length_one(
        Rows(own.starts, own.columns, own.values, known).times(model.directions.astype(np.float32))
    )
    week = weekdays(articles, model.articles)
    return Chunk(
        rows=Rows(rows.starts, rows.columns, rows.values * share, rows.width),
        fresh=found.terms[known:],
        latent=np.hstack((latent * hidden, week)).astype(np.float16),
        lengths=found.lengths,
        heads=heads,
        named=event_slots_of(articles, found.lengths),
    )
