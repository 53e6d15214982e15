"""A model of a collection that is kept, so that others are clustered by it whatever their size and order.

With a model the vector of an article depends on its words alone: the weights of terms, the latent directions
and the bar are those of the collection that the model was fitted to. So each step can be done part by part, by
any number of processes and machines, and the stories are the same:

    articles --read--> vectors --candidates--> pairs over the bar --components--> stories
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from digest.clusterers.agglomeration import BARS, best_level, levels, strength
from digest.clusterers.clustering import (
    Clustering,
    HeadNames,
    head_names,
    in_order,
    measured,
    unique_of,
)
from digest.clusterers.constraints import event_slots_of, parted, without_contradictions
from digest.clusterers.dates import EventSlots, days, weekdays
from digest.clusterers.kept import load_arrays, save_arrays
from digest.clusterers.mentions import Mentions, read
from digest.clusterers.neighbours import (
    NEIGHBOURS,
    Neighbours,
    nearest,
    neighbours,
    paired,
    postings_of,
)
from digest.clusterers.sparse import Floats, Ints, Rows, stacked
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
_PAIRS = 20_000
"""Pairs over the bar for one call: the work of about a second."""

_SAID = ("articles", "languages", "density", "bar")
_LEAST_DENSITY = 0.7
"""The least density, of the model's: where the twins of a day's articles are still to come, near ones are no
measure. On NeuS in two halves .8 makes .774 .796, and .5 of own density .82 of the whole's .85."""
_NONE = np.zeros(0, dtype=np.int64)

Each = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterable[Any]]
"""How a function of a shared value and of an item is called for each item; the results come in their order."""


def serially(
    function: Callable[[Any, Any], Any], shared: Any, items: Sequence[Any]
) -> Iterator[Any]:
    """Call a function for one item after the other."""
    return (function(shared, item) for item in items)


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
        return measured(
            row, space, near, links, found.named, story, found.head_names().table(), self.bar
        )

    def read(
        self, unique: Sequence[Article], each: Each, before: Sequence["Chunk"] = ()
    ) -> "Chunk":
        """Return articles as the model sees them, after those of `before`; `ConfigError` for its languages."""
        self._check_languages(unique)
        chunks = [unique[low : low + _CHUNK] for low in range(0, len(unique), _CHUNK)]
        return joined([*before, *each(_read, self, chunks)], len(self.terms))

    def near(self, space: Vectors, each: Each, density: Floats | None = None) -> Neighbours:
        """Return the pairs of near neighbours; each block of rows looks for them among all.

        The first rows, whose `density` is known, look for none: they are found by the others.
        """
        first, count = 0 if density is None else len(density), space.terms.height
        blocks = [(low, min(low + _CHUNK, count)) for low in range(first, count, _CHUNK)]
        found = list(each(_nearest, (space, postings_of(space)), blocks))
        one, other, alike = (np.concatenate(part) for part in zip(*found, strict=True))
        near = paired(space, (one, other, alike))
        own = self._floored(near.density[first:])
        return replace(near, density=own if density is None else np.concatenate((density, own)))

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
        story = np.arange(space.terms.height)
        story[: len(old)] = old
        kept = np.arange(len(old))
        ends = np.concatenate((links.first, kept)), np.concatenate((links.second, old))
        bins = list(_bins(components(len(story), *ends), links))
        parts = [_part(space, links, rows, story[rows]) for rows in bins]
        for rows, groups in zip(bins, each(_agglomerated, self.bar, parts), strict=True):
            _, least = np.unique(groups, return_index=True)
            story[rows] = rows[least][groups]
        story = parted(numbered(story), named, space)
        return numbered(components(len(story), story[kept], story[old])[story])


def numbered(groups: Ints) -> Ints:
    """Return groups numbered from 0."""
    return np.asarray(np.unique(groups, return_inverse=True)[1].reshape(-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some articles as a model sees them."""

    rows: Rows
    fresh: list[str]
    """The terms that the model does not know, in the columns after its own."""
    latent: Floats
    lengths: Floats
    heads: list[tuple[dict[str, float], str]]
    """The head names of each, and its language."""
    named: dict[int, EventSlots]

    def space(self, days: Floats, draws: Floats) -> Vectors:
        """Return the vectors of the articles."""
        return Vectors(self.rows, self.latent, self.lengths, days, draws)

    def head_names(self) -> HeadNames:
        """Return the head names of the articles."""
        heads = HeadNames()
        for names, language in self.heads:
            heads.take(names, language)
        return heads

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
            heads=[self.heads[number] for number in numbers.tolist()],
            named={place[row]: slots for row, slots in self.named.items() if row in place},
        )


def joined(chunks: Sequence[Chunk], known: int) -> Chunk:
    """Return all articles of some chunks; the model knows so many terms."""
    fresh = sorted({term for chunk in chunks for term in chunk.fresh})
    place = {term: number for number, term in enumerate(fresh, known)}
    named, rows, first = dict[int, EventSlots](), [], 0
    for chunk in chunks:
        move = [*range(known), *(place[term] for term in chunk.fresh)]
        rows.append(chunk.rows.renamed(np.array(move, dtype=np.int32), known + len(fresh)))
        named |= {first + row: slots for row, slots in chunk.named.items()}
        first += chunk.rows.height
    return Chunk(
        rows=stacked(rows),
        fresh=fresh,
        latent=np.concatenate([chunk.latent for chunk in chunks]),
        lengths=np.concatenate([chunk.lengths for chunk in chunks]),
        heads=[one for chunk in chunks for one in chunk.heads],
        named=named,
    )


def _read(model: Model, articles: Sequence[Article]) -> Chunk:
    """Return some articles as vectors; each depends on its own words and on the model."""
    heads = []

    def mentions() -> Iterator[Mentions]:
        for article in articles:
            mention = read(article, _OPENING_CHARS)
            heads.append((head_names(mention), mention.language))
            yield mention

    found = counted(mentions(), model.numbers)
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


def _nearest(shared: tuple[Vectors, Rows], block: tuple[int, int]) -> tuple[Ints, Ints, Floats]:
    """Return the nearest neighbours of a block of rows among all."""
    space, postings = shared
    return nearest(space, np.arange(*block), NEIGHBOURS, postings)


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return the least row that each row is connected with by pairs."""
    label = np.arange(count)
    while True:
        lower = label.copy()
        least = np.minimum(label[first], label[second])
        np.minimum.at(lower, first, least)
        np.minimum.at(lower, second, least)
        lower = lower[lower]
        if np.array_equal(lower, label):
            return label
        label = lower


def _bins(component: Ints, links: Neighbours) -> Iterator[Ints]:
    """Yield the rows of components that have pairs, of so many components that a bin is worth a call."""
    pairs = np.bincount(component[links.first], minlength=len(component))
    number = np.cumsum(pairs) // _PAIRS  # of the bin of a component, by its least row
    rows = np.flatnonzero(pairs[component] > 0)
    own = number[component[rows]]
    order = np.argsort(own, kind="stable")
    for part in np.split(rows[order], np.flatnonzero(np.diff(own[order])) + 1):
        if len(part):
            yield part


_Part = tuple[Vectors, Neighbours, Ints | None]


def _part(space: Vectors, links: Neighbours, rows: Ints, start: Ints) -> _Part:
    """Return some rows, the pairs among them, and their clusters at the start, numbered from 0."""
    own = links.only(np.isin(links.first, rows))
    return (
        taken(space, rows),
        Neighbours(
            np.searchsorted(rows, own.first),
            np.searchsorted(rows, own.second),
            own.similarity,
            own.density[rows],
        ),
        None if np.array_equal(start, rows) else numbered(start),
    )


def taken(space: Vectors, rows: Ints) -> Vectors:
    """Return the vectors of some rows, with the columns that these have."""
    terms = space.terms.taken(rows)
    used, columns = np.unique(terms.columns, return_inverse=True)
    compact: Any = columns.reshape(-1).astype(np.int32)
    return Vectors(
        Rows(terms.starts, compact, terms.values, len(used)),
        space.latent[rows],
        space.lengths[rows],
        space.days[rows],
        space.draws[rows],
    )


def _agglomerated(bar: float, part: _Part) -> Ints:
    """Return the clusters of some components at the bar."""
    space, links, start = part
    return levels(space, links, [one for one in BARS if one >= bar], start)[-1].cluster
