"""Train the prior (digest/summarizers/prior.json): `python -m benchmarks.summaries.train [--cross-validate]`.

Needs lightgbm and rouge-score, which are no runtime dependencies. What is learned is how much of an
editor's highlights a sentence holds for its length: with o the n-grams it shares with the highlights, l
its words and R those of the highlights, (o - F/2 l) / R is what it adds to a summary of F-score F, to first
order (Dinkelbach, Management Science 13(7), 1967); F is the level such summaries reach. The second set of
trees sees the same articles with their sentences shuffled, the third model learns to tell the two apart.

`--cross-validate` trains on four fifths and writes the scores of the articles left out, five times over;
those are the figures that may be reported. The shipped weights are trained on all articles.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import rows
from digest.models import Article
from digest.summarizers import scoring as prior_module
from digest.summarizers.passages import passages
from digest.summarizers.scoring import NAMES, TRUST_NAMES, measure_each

FOLDS = 5
LEVEL_1, LEVEL_2 = 0.38, 0.15
"""The F-scores in unigrams and bigrams at which a sentence's length is priced."""
BAGS = 3
"""How many models are averaged."""
ORDERED_ODDS = 8.0
"""How many times likelier a text in its own order is than a shuffled one."""
OUT = Path(prior_module.__file__).with_name("prior.json")


@dataclass(frozen=True)
class Case:
    """One article: its features, what there is to learn, and which fold it is in."""

    matrix: np.ndarray
    traits: np.ndarray
    target: np.ndarray
    fold: int


def case(text: str, highlights: list[str], fold: int, tokenize: Any) -> Case:
    """Measure one article."""
    found = passages([Article(id="x", title="", text=text)], "en")
    measured = measure_each([found])[0][0]
    reference = tokenize(" ".join(highlights))
    target = np.array([gain(tokenize(sentence), reference) for sentence in found.text])
    target = (target - target.mean()) / (target.std() + 0.02)
    return Case(measured.matrix.T, measured.traits, target, fold)


def gain(tokens: list[str], reference: list[str]) -> float:
    """What a sentence adds to the F-scores in unigrams and bigrams, to first order."""
    total = 0.0
    for n, level, weight in ((1, LEVEL_1, 1.0), (2, LEVEL_2, 1.5)):
        mine, theirs = (
            Counter(zip(*(t[i:] for i in range(n)), strict=False)) for t in (tokens, reference)
        )
        shared = sum((mine & theirs).values())
        total += weight * (shared - level / 2 * len(tokens)) / max(len(reference), 1)
    return total


def cases(tokenize: Any) -> tuple[list[Case], list[Case]]:
    """All articles in their own order, and shuffled; the CNN validation articles in folds."""
    ordered, shuffled = [], []
    for name, folds in (("cnn_validation_1000", FOLDS), ("cnndm_train_200", 0)):
        for k, row in enumerate(rows(f"summarization/{name}.jsonl")):
            fold = k % folds if folds else -1
            sentences = list(passages([Article(id="x", title="", text=row["article"])], "en").text)
            if len(sentences) < 2:
                continue
            ordered.append(case(row["article"], row["highlights"], fold, tokenize))
            random.Random(k).shuffle(sentences)
            shuffled.append(case(" ".join(sentences), row["highlights"], fold, tokenize))
    return ordered, shuffled


def train(ordered: list[Case], shuffled: list[Case]) -> dict[str, Any]:
    """Return the weights as they stand in the file."""
    return {
        "features": NAMES,
        "trust": train_trust(ordered, shuffled),
        "ordered": train_trees(ordered, trees=120, rate=0.15),
        "unordered": train_trees(shuffled, trees=60, rate=0.2),
    }


def train_trees(articles: list[Case], *, trees: int, rate: float) -> dict[str, Any]:
    """Boost trees of depth three on the standardized gains: the mean of models that saw other samples."""
    x, y = np.vstack([a.matrix for a in articles]), np.concatenate([a.target for a in articles])
    complete = [tree for seed in range(BAGS) for tree in boosted(x, y, trees // BAGS, rate, seed)]
    return {
        "feature": [[node[0] for node in tree[:7]] for tree in complete],
        "threshold": [[float(f"{node[1]:.5g}") for node in tree[:7]] for tree in complete],
        "value": [[float(f"{node[2] / BAGS:.4g}") for node in tree] for tree in complete],
    }


def boosted(x: np.ndarray, y: np.ndarray, trees: int, rate: float, seed: int) -> list[Any]:
    """Train one model, which sees a random part of the sentences and features at each step."""
    import lightgbm

    model = lightgbm.LGBMRegressor(
        n_estimators=trees,
        learning_rate=rate,
        num_leaves=8,
        max_depth=3,
        min_child_samples=100,
        reg_lambda=5,
        subsample=0.7,
        subsample_freq=1,
        colsample_bytree=0.6,
        random_state=seed,
        deterministic=True,
        num_threads=1,
        verbose=-1,
    )
    model.fit(x, y)
    return [whole(t["tree_structure"]) for t in model.booster_.dump_model()["tree_info"]]


def whole(root: dict[str, Any]) -> list[tuple[int, float, float]]:
    """A tree as 15 (feature, threshold, value), level by level; a leaf is repeated down to the last one."""
    level, out = [root], []
    for _ in range(4):
        below = []
        for node in level:
            value = node.get("leaf_value", node.get("internal_value", 0.0))
            if "split_feature" in node:
                out.append((node["split_feature"], node["threshold"], value))
                below += [node["left_child"], node["right_child"]]
            else:
                out.append((0, 1e9, value))
                below += [node, node]
        level = below
    return out


def train_trust(ordered: list[Case], shuffled: list[Case]) -> dict[str, Any]:
    """Logistic regression by Newton's method with a small ridge."""
    x = np.array([a.traits for a in ordered + shuffled])
    y = np.r_[np.ones(len(ordered)), np.zeros(len(shuffled))]
    weights = np.where(y > 0, ORDERED_ODDS, 1.0)
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.column_stack([(x - centre) / scale, np.ones(len(x))])
    theta = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ theta))
        slope = design.T @ (weights * (p - y)) + theta
        curve = design.T @ (design * (weights * p * (1 - p))[:, None]) + np.eye(len(theta))
        theta -= np.linalg.solve(curve, slope)
    return {
        "features": TRUST_NAMES,
        "centre": [float(f"{v:.5g}") for v in centre],
        "scale": [float(f"{v:.5g}") for v in scale],
        "weight": [float(f"{v:.4g}") for v in theta[:-1]],
        "bias": float(f"{theta[-1]:.4g}"),
    }


def main() -> int:
    """Train on everything, or on each four fifths."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cross-validate", type=Path, metavar="DIR", help="write five files there")
    arguments = parser.parse_args()
    from rouge_score.tokenizers import DefaultTokenizer

    ordered, shuffled = cases(DefaultTokenizer(use_stemmer=True).tokenize)
    if arguments.cross_validate:
        for fold in range(FOLDS):
            data = train(
                [a for a in ordered if a.fold != fold], [a for a in shuffled if a.fold != fold]
            )
            write(arguments.cross_validate / f"prior-{fold}.json", data)
    else:
        write(OUT, train(ordered, shuffled))
    return 0


def write(path: Path, data: dict[str, Any]) -> None:
    """Write the weights, a line a tree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, separators=(",", ":")).replace("],[", "],\n[")
    path.write_text(text + "\n", encoding="utf-8")
    print(path, len(text), "bytes", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
