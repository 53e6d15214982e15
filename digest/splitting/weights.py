"""The weights of the evidence for a boundary, and their sum as a probability."""

from collections.abc import Mapping
from math import exp

WEIGHTS = {
    "separator": 2.0,
    "separator again": 1.8,
    "end": 1.6,
    "related": 1.2,
    "chrome": 1.0,
    "image": -0.3,
    "similarity": -12.0,
    "names": -1.5,
    "continues": -1.2,
    "breaks off": 0.8,
    "short side": -0.3,
    "no title": -1.5,
    "byline": 2.2,
    "date": 1.5,
    "repeated title": 2.5,
    "mark": 1.5,
    "lower mark": -0.5,
    "numbered": 3.0,
    "labelled": 4.0,
    "headline": 0.8,
    "short title": -0.8,
    "upper case": 1.0,
    "title fits": 1.5,
    "title fits before": -1.5,
    "bias": -0.8,
}


def probability(evidence: Mapping[str, float]) -> float:
    """Return the probability of a boundary, given the evidence."""
    total = WEIGHTS["bias"] + sum(
        WEIGHTS.get(name, 0.0) * value for name, value in evidence.items()
    )
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
