"""New inputs from old ones: bytes flipped, parts repeated, moved, cut and joined, and words of the formats."""

import random
from collections.abc import Callable, Iterator, Sequence

_LONGEST = 60_000
_REPEATS = (2, 8, 64, 1_000, 10_000)


def inputs(seeds: Sequence[bytes], words: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Yield the seeds, then mutants of them without end; the same ones for the same `seed`."""
    chance = random.Random(seed)
    yield from seeds
    kept = list(seeds)
    while True:
        data = chance.choice(kept)
        for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
            data = chance.choice(_CHANGES)(data, words, chance)[:_LONGEST]
        if chance.random() < 0.02:  # some mutants go on to be mutated
            kept[chance.randrange(len(kept)) if len(kept) > 200 else -1 :] = [data, *seeds[:1]]
        if chance.random() < 0.1:
            data = _spliced(data, chance.choice(kept), chance)[:_LONGEST]
        yield data


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.expovariate(1 / 12)) + 1)


def _flipped(data: bytes, _words: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _removed(data: bytes, _words: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeated(data: bytes, _words: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[start:end] * chance.choice(_REPEATS) + data[end:]


def _with_word(data: bytes, words: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    word = chance.choice(words) * (chance.choice(_REPEATS) if chance.random() < 0.2 else 1)
    return data[:start] + word + data[start if chance.random() < 0.5 else end :]


def _moved(data: bytes, _words: Sequence[bytes], chance: random.Random) -> bytes:
    (a, b), (at, _) = _place(data, chance), _place(data, chance)
    part = data[a:b]
    rest = data[:a] + data[b:]
    return rest[:at] + part + rest[at:]


def _cut(data: bytes, _words: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    *(_flipped, _removed, _repeated, _with_word, _with_word, _moved),
    _cut,
)


def smaller(data: bytes, fails: Callable[[bytes], bool], tries: int = 200) -> bytes:
    """Return a part of an input that fails as well (delta debugging, a few rounds of it)."""
    size = len(data) // 2
    while size and tries:
        at = 0
        while at < len(data) and tries:
            candidate = data[:at] + data[at + size :]
            tries -= 1
            if fails(candidate):
                data = candidate
            else:
                at += size
        size //= 2
    return data
