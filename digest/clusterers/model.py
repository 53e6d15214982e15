"""A model of a collection that is kept, so that others are clustered by it whatever their size and order.

With a model the vector of an article depends on its words alone: the weights of terms, the latent directions
and the bar are those of the collection that the model was fitted to. So each step can be done part by part, by
any number of processes and machines, and the stories are the same:

    articles --read--> vectors --candidates--> pairs over the bar --components--> stories

A file of arrays is a line of JSON (what it is, a checksum, the shapes) and their bytes: nothing in it is run.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
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
from digest.durability import write_file
from digest.errors import ConfigError
from digest.incoming import parse_json, read_regular
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
_MOST_BYTES = 1 << 34
_TYPES = ("<f2", "<f4", "<f8", "<i4", "<i8")

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
            bar=0.0,
            terms=tuple(found.terms[number] for number in often.tolist()),
            weights=weight[often],
            directions=tall[often],
        )
        return replace(model, bar=model._best_bar(unique))

    def _best_bar(self, unique: Sequence[Article]) -> float:
        space, _, named = self._placed(unique, serially)
        space = replace(space, latent=space.latent.astype(np.float32))
        near = neighbours(space)
        links = without_contradictions(near, named, space.days)
        return best_level(space, near, levels(space, links)).bar

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    def save(self, path: Path) -> None:
        """Write the model to a file; the same model gives the same bytes."""
        said = {"articles": self.articles, "languages": self.languages, "bar": self.bar}
        arrays = {"weights": self.weights, "directions": self.directions}
        save_arrays(path, _FORMAT, {**said, "terms": self.terms}, arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model; raises `ConfigError` where the file is damaged, or of another version."""
        said, arrays = load_arrays(path, _FORMAT)
        names = ("articles", "languages", "bar")
        try:
            found = cls(**{n: said[n] for n in names}, terms=tuple(said["terms"]), **arrays)
            if not len(found.terms) == len(found.weights) == len(found.directions):
                raise ValueError("not as many terms as weights")
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(f"{path}: not as digest writes it; make it again") from error
        return found

    def check_languages(self, articles: Sequence[Article]) -> None:
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
        articles = in_language_of_source(articles)
        self.check_languages(articles)
        unique, row = unique_of(articles)
        space, heads, named = self._placed(unique, each)
        near = self._near(space, each)
        links = without_contradictions(near, named, space.days)
        links = links.only(strength(links) >= self.bar)
        story = parted(self._stories(space, links, each), named, space)
        return measured(row, space, near, links, named, story, heads.table(), self.bar)

    def _placed(
        self, unique: Sequence[Article], each: Each
    ) -> tuple[Vectors, HeadNames, dict[int, EventSlots]]:
        """Return the vectors of articles, their head names and the rows that name their occasion."""
        chunks = [unique[low : low + _CHUNK] for low in range(0, len(unique), _CHUNK)]
        found: list[_Chunk] = list(each(_read, self, chunks))
        fresh = sorted({term for chunk in found for term in chunk.fresh})
        place = {term: number for number, term in enumerate(fresh, len(self.terms))}
        heads, named, first = HeadNames(), dict[int, EventSlots](), 0
        rows = []
        for chunk in found:
            own = [place[term] for term in chunk.fresh]
            move = np.array([*range(len(self.terms)), *own], dtype=np.int32)
            moved: Any = move[chunk.rows.columns]
            rows.append(
                Rows(chunk.rows.starts, moved, chunk.rows.values, len(self.terms) + len(fresh))
            )
            for names, language in chunk.heads:
                heads.take(names, language)
            named |= {first + row: slots for row, slots in chunk.named.items()}
            first += chunk.rows.height
        latent = np.concatenate([chunk.latent for chunk in found])
        lengths = np.concatenate([chunk.lengths for chunk in found])
        space = Vectors(stacked(rows), latent, lengths, days(unique), draws(unique))
        return space, heads, named

    def _near(self, space: Vectors, each: Each) -> Neighbours:
        """Return the pairs of near neighbours; each block of rows looks for them among all."""
        count = space.terms.height
        blocks = [(low, min(low + _CHUNK, count)) for low in range(0, count, _CHUNK)]
        found = list(each(_nearest, (space, postings_of(space)), blocks))
        first, second, alike = (np.concatenate(part) for part in zip(*found, strict=True))
        return paired(space, (first, second, alike))

    def _stories(self, space: Vectors, links: Neighbours, each: Each) -> Ints:
        """Return the story of each row: no component of the pairs over the bar knows of another one."""
        component = components(space.terms.height, links.first, links.second)
        story = np.arange(space.terms.height)
        bins = list(_bins(component, links))
        parts = [_part(space, links, rows) for rows in bins]
        for rows, groups in zip(bins, each(_agglomerated, self.bar, parts), strict=True):
            _, least = np.unique(groups, return_index=True)
            story[rows] = rows[least][groups]
        return np.asarray(np.unique(story, return_inverse=True)[1].reshape(-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Some articles as a model sees them."""

    rows: Rows
    fresh: list[str]
    """The terms that the model does not know, in the columns after its own."""
    latent: Floats
    lengths: Floats
    heads: list[tuple[dict[str, float], str]]
    named: dict[int, EventSlots]


def _read(model: Model, articles: Sequence[Article]) -> _Chunk:
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
    return _Chunk(
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


def _part(space: Vectors, links: Neighbours, rows: Ints) -> tuple[Vectors, Neighbours]:
    """Return some rows and the pairs among them, numbered from 0."""
    terms = space.terms.taken(rows)
    used, columns = np.unique(terms.columns, return_inverse=True)
    own = links.only(np.isin(links.first, rows))
    return (
        Vectors(
            Rows(terms.starts, columns.astype(np.int32), terms.values, len(used)),
            space.latent[rows],
            space.lengths[rows],
            space.days[rows],
            space.draws[rows],
        ),
        Neighbours(
            np.searchsorted(rows, own.first),
            np.searchsorted(rows, own.second),
            own.similarity,
            own.density[rows],
        ),
    )


def _agglomerated(bar: float, part: tuple[Vectors, Neighbours]) -> Ints:
    """Return the clusters of some components at the bar."""
    space, links = part
    return levels(space, links, [one for one in BARS if one >= bar])[-1].cluster


def save_arrays(path: Path, kind: str, said: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    """Write arrays, and what else is to be said of them, as a file that `load_arrays` reads."""
    # The first byte of a number is the lowest, whatever machine writes.
    bodies = [np.ascontiguousarray(one, one.dtype.newbyteorder("<")) for one in arrays.values()]
    body = b"".join(one.tobytes() for one in bodies)
    shapes = {
        name: [one.dtype.str, list(one.shape)] for name, one in zip(arrays, bodies, strict=True)
    }
    head = {"digest": kind, "sha256": "", "arrays": shapes, **said}
    head["sha256"] = _checksum(head, body)
    write_file(path.parent, path.name, json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)


def load_arrays(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a file says, and its arrays; raises `ConfigError` where it is damaged, or of another kind."""
    line, _, body = _bytes(path).partition(b"\n")
    try:
        head = parse_json(line)
        found, given = str(head["digest"]), head["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a {kind.partition('/')[0]} file") from error
    if found != kind:
        raise ConfigError(
            f"{path}: {found}, and this version of digest reads {kind}; make it again"
        )
    if given != _checksum(head, body):
        raise ConfigError(f"{path}: damaged (its checksum differs); make it again")
    try:
        return head, dict(_arrays(head["arrays"], body))
    except (ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: not as digest writes it; make it again") from error


def _arrays(shapes: Mapping[str, Any], body: bytes) -> Iterator[tuple[str, Any]]:
    at = 0
    for name, (type_, shape) in shapes.items():
        size = prod(shape) * np.dtype(type_).itemsize
        if type_ not in _TYPES or size < 0 or at + size > len(body):
            raise ValueError(name)
        yield name, np.frombuffer(body[at : at + size], dtype=type_).reshape(shape)
        at += size


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, most=_MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error


def _checksum(head: Mapping[str, Any], body: bytes) -> str:
    said = json.dumps({**head, "sha256": ""}, ensure_ascii=False).encode()
    return hashlib.sha256(said + b"\n" + body).hexdigest()
