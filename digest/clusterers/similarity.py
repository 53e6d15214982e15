"""How alike articles are: cosines of their terms, titles, names and numbers, each word by its rarity."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from digest.clusterers.mentions import Mentions
from digest.text.terms import zipf

CHANNELS = {"terms": 0.6, "titles": 0.1, "names": 0.3}
"""The weight of each channel in the similarity of two articles."""


def weights(counts: Mapping[str, int], total: int, language: str = "en") -> dict[str, float]:
    """Return the weight of each key: its rarity in the background, blended with that in the collection."""
    result = {}
    trust = total / (total + 50.0)
    for key, found in counts.items():
        background = max(0.0, (6.5 - max(zipf(key, language), 2.0)) / 4.5)
        own = math.log((total + 1.0) / (found + 0.5)) / math.log(total + 2.0)
        result[key] = max(0.02, (1 - trust) * background + trust * (0.3 * background + 0.7 * own))
    return result


def similarities(mentions: Sequence[Mentions]) -> Any:
    """Return the n x n matrix of similarities, each from 0 to 1."""
    import numpy as np

    n = len(mentions)
    total = np.zeros((n, n), dtype=np.float32)
    for channel, share in CHANNELS.items():
        bags = [_bag(mention, channel) for mention in mentions]
        total += share * _cosines(bags)
    return total


def _bag(mention: Mentions, channel: str) -> Counter[str]:
    if channel == "titles":
        return Counter(mention.title_terms)
    if channel == "names":
        return mention.names
    return mention.terms + Counter(mention.title_terms)


def _cosines(bags: Sequence[Counter[str]]) -> Any:
    import numpy as np

    frequency = Counter(key for bag in bags for key in bag)
    index = {key: number for number, key in enumerate(sorted(frequency))}
    weight = weights(frequency, len(bags))
    matrix = np.zeros((len(bags), len(index)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for key, count in bag.items():
            matrix[row, index[key]] = (1 + math.log(count)) * weight[key]
    norm = np.sqrt((matrix**2).sum(axis=1, keepdims=True))
    matrix /= np.maximum(norm, 1e-9)
    return matrix @ matrix.T
