"""The weights of the evidence for a boundary, and their sum as a probability.

They are trained by `benchmarks/pages/train.py`: a logistic regression over gaps of generated pages.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp


@cache
def weights() -> dict[str, float]:
    """Return the trained weights."""
    text = files("digest.splitting").joinpath("weights.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text).items()}


def probability(evidence: Mapping[str, float], scheme: Mapping[str, float] | None = None) -> float:
    """Return the probability of a boundary, given the evidence."""
    chosen = weights() if scheme is None else scheme
    seen = [chosen.get(name, 0.0) * value for name, value in evidence.items() if value]
    total = chosen["bias"] + sum(seen)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
