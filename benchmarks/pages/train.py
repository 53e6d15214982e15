"""Train the weights of the boundary features on pages of random layouts; count errors on layouts never seen.

    python -m benchmarks.pages.train            # the table
    python -m benchmarks.pages.train --write    # and write digest/splitting/weights.json

Each candidate of a page is an example: positive where the paragraphs on its two sides belong to different
articles of the gold. The model is a logistic regression by Newton's method, held towards PRIOR (weights set
by hand) by a Gaussian prior, so that features that the pages seldom show keeps a sane weight.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.data import rows
from benchmarks.pages.bodies import load
from benchmarks.pages.grammar import random_pages
from benchmarks.pages.layouts import pages
from digest.readers.paragraphs import paragraphs as blocks
from digest.splitting.boundaries import boundary_candidates
from digest.splitting.features import probability
from digest.splitting.lines import fold, read_lines
from digest.splitting.page import PageFeatures
from digest.splitting.repetition import excerpt_lines

WEIGHTS = Path(__file__).resolve().parents[2] / "digest" / "splitting" / "weights.json"
PENALTY = 4.0
PRIOR = {
    "separator": 2.0,
    "separator again": 1.8,
    "end": 1.6,
    "related": 1.2,
    "chrome": 1.0,
    "image": -0.3,
    "title names": 0.5,
    "odd case": -2.0,
    "consistent": 1.0,
    "inconsistent": -1.0,
    "listed": -1.0,
    "similarity": -12.0,
    "names": -8.0,
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
    "spaced": 2.0,
    "short title": -0.8,
    "upper case": 1.0,
    "title fits": 1.5,
    "title fits before": -1.5,
    "bias": -0.8,
}


def examples(page: dict) -> list[tuple[dict[str, float], int]]:
    """Return the features of each candidate of a page with its label."""
    owner: dict[str, int] = {}
    for number, article in enumerate(page["articles"]):
        for paragraph in article["paragraphs"]:
            owner[fold(paragraph)[:60]] = number
    lines = read_lines(blocks(page["text"].split("\n")))
    view = PageFeatures(lines, excerpt_lines(lines))
    owners = {index: owner.get(fold(lines[index].text)[:60]) for index in view.prose}
    truth = {}
    for left, right in pairwise(view.prose):
        truth[right] = (
            owners[left] != owners[right]
            if owners[left] is not None or owners[right] is not None
            else None
        )
    return [
        (dict(candidate.features), int(bool(truth[candidate.stop])))
        for candidate in boundary_candidates(view, truth)
        if candidate.features
        and candidate.features[0][0] != "first"
        and truth.get(candidate.stop) is not None
    ]


def fit(data: list[tuple[dict[str, float], int, float]]) -> dict[str, float]:
    """Return the weights of a logistic regression, by Newton's method."""
    names = sorted({name for features, _, _ in data for name in features} | set(PRIOR) - {"bias"})
    prior = np.array([PRIOR.get(name, 0.0) for name in [*names, "bias"]])
    x = np.array([[features.get(name, 0.0) for name in names] + [1.0] for features, _, _ in data])
    y = np.array([label for _, label, _ in data], dtype=float)
    sample = np.array([weight for _, _, weight in data])
    w = prior.copy()
    penalty = np.full(x.shape[1], PENALTY)
    penalty[-1] = 0.1
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (sample * (p - y)) + penalty * (w - prior)
        hessian = (x * (sample * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(value), 3) for name, value in zip([*names, "bias"], w, strict=True)}


def dataset(rows: list[dict]) -> list[tuple[dict[str, float], int, float]]:
    """Return the examples of pages."""
    return [(features, label, 1.0) for row in rows for features, label in examples(row)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    bodies = load()
    trained = fit(dataset(random_pages(bodies[::2], options.pages, options.seed)))
    unseen = list(rows("pages/pages_dev.jsonl"))
    unseen += pages(bodies[1::2], 8, options.seed) + random_pages(
        bodies[1::2], 150, options.seed + 1
    )
    groups: dict[str, list[dict]] = {}
    for row in unseen:
        groups.setdefault(row["layout"], []).append(row)
    total = {"trained": 0, "prior": 0}
    for name, several in groups.items():
        data = dataset(several)
        shown = f"{name:22s}{len(data):5d} candidates {sum(label for _, label, _ in data):4d} boundaries"
        for label, scheme in (("trained", trained), ("prior", PRIOR)):
            wrong = [(truth, probability(features, scheme) >= 0.5) for features, truth, _ in data]
            missed, false = sum(t and not p for t, p in wrong), sum(p and not t for t, p in wrong)
            total[label] += missed + false
            shown += f"  {label}: {missed} missed, {false} false"
        print(shown)
    print(total)
    for name, value in trained.items():
        print(f"  {name:20s}{PRIOR.get(name, 0.0):7.2f} -> {value:7.2f}")
    if options.write:
        WEIGHTS.write_text(json.dumps(trained, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
