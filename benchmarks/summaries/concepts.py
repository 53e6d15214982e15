"""Train the concept models (digest/summarizers/concepts.json): `python -m benchmarks.summaries.concepts`.

Needs lightgbm, which is no runtime dependency. What is learned is the share of reference summaries that hold a
concept, by boosted trees with cross-entropy: for one article on CNN and Daily Mail articles with their
highlights, for several on MultiLing and NeuS as well. `--cross-validate DIR` trains on each four fifths.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import rows
from benchmarks.summaries.train import FOLDS, whole
from digest.models import Article
from digest.summarizers import concepts as module
from digest.summarizers.concepts import (
    KINDS,
    PAIR_NAMES,
    WORD_NAMES,
    Text,
    features,
    most_frequent,
    read,
)
from digest.summarizers.coverage import ONE_BUDGET
from digest.summarizers.passages import passages
from digest.summarizers.vectors import tokens

OUT = Path(module.__file__).with_name("concepts.json")
MULTILING_WEIGHT, DAILY_MAIL_WEIGHT = 8.0, 3.0
"""By a sweep over 1 to 16 on held-back folds."""
TREES = {"one": 80, "several": 120}


@dataclass(frozen=True)
class Case:
    """A text and its reference summaries."""

    text: Text
    references: list[str]
    fold: int
    weight: float


def as_text(documents: list[str], titles: list[str], budget: float) -> Text:
    """Split documents into sentences."""
    found = passages([Article(str(k), "", text) for k, text in enumerate(documents)], "en")
    return Text(found.text, found.article, found.index, titles, budget)


def one() -> Iterator[Case]:
    """CNN articles in folds, and some of CNN and the Daily Mail."""
    for k, row in enumerate(rows("summarization/cnn_validation_1000.jsonl")):
        yield Case(
            as_text([row["article"]], [""], ONE_BUDGET),
            [" ".join(row["highlights"])],
            k % FOLDS,
            1.0,
        )
    for row in rows("summarization/cnndm_train_200.jsonl"):
        text = as_text([row["article"]], [""], ONE_BUDGET)
        yield Case(text, [" ".join(row["highlights"])], -1, DAILY_MAIL_WEIGHT)


def several() -> Iterator[Case]:
    """MultiLing sets and NeuS events, and single articles."""
    for k, row in enumerate(rows("multi/multiling2011_en.jsonl")):
        documents = [document["text"] for document in row["documents"]]
        titles = [document["headline"] for document in row["documents"]]
        yield Case(
            as_text(documents, titles, 240.0), row["references"], k % FOLDS, MULTILING_WEIGHT
        )
    for k, row in enumerate(rows("multi/neus_1000.jsonl")):
        documents = [document["text"] for document in row["documents"]]
        reference = row["reference"]["title"] + "\n" + row["reference"]["text"]
        titles = [document["title"] for document in row["documents"]]
        yield Case(as_text(documents, titles, 60.0), [reference], k % FOLDS, 1.0)
    for k, case in enumerate(one()):
        if k % 2 == 0:  # half of them do as well
            yield Case(case.text, case.references, case.fold, 1.0)


@dataclass(frozen=True)
class Table:
    """The concepts of one kind of all cases."""

    matrix: np.ndarray
    target: np.ndarray
    fold: np.ndarray
    weight: np.ndarray


def tables(cases: list[Case]) -> tuple[Table, Table]:
    """Read the cases: the tables of the words and of the pairs."""
    parts: tuple[list[Any], list[Any]] = ([], [])
    for case in cases:
        if not case.text.sentences:
            continue
        reading = read([case.text], "en")
        held = [_held(reading.known, reference) for reference in case.references]
        for k, (part, of) in enumerate(zip(parts, (reading.words, reading.pairs), strict=True)):
            word = np.zeros(of.columns, dtype=np.int64)
            word[of.column] = of.word
            stem = reading.known.stem.take(reading.word)
            ids = [(int(stem[w]), int(stem[w + 1])) if k else int(stem[w]) for w in word.tolist()]
            target = np.array([sum(i in one[k] for one in held) / len(held) for i in ids])
            matrix = features(reading, of, most_frequent(reading, of), pairs=bool(k)).T
            count = len(target)
            part.append((matrix, target, np.full(count, case.fold), np.full(count, case.weight)))
    words, pairs = (
        Table(*(np.concatenate([row[k] for row in part]) for k in range(4))) for part in parts
    )
    return words, pairs


def _held(known: Any, reference: str) -> tuple[set[Any], set[Any]]:
    """The stems of a reference, and its pairs of them."""
    word, _ = known.read(*tokens([reference], "en"))
    stem = known.stem.take(word[word > 0]).tolist()
    return set(stem), set(itertools.pairwise(stem))


def fit(table: Table, kept: np.ndarray, trees: int) -> dict[str, Any]:
    """Boost trees on some of the rows."""
    import lightgbm

    settings = {
        "objective": "cross_entropy",
        "learning_rate": 0.08,
        "num_leaves": 8,
        "max_depth": 3,
        "min_data_in_leaf": 100,
        "lambda_l2": 5.0,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "seed": 1,
        "deterministic": True,
        "num_threads": 1,
        "verbose": -1,
    }
    data = lightgbm.Dataset(table.matrix[kept], table.target[kept], weight=table.weight[kept])
    found = lightgbm.train(settings, data, trees).dump_model()["tree_info"]
    complete = [whole(tree["tree_structure"]) for tree in found]
    return {
        "feature": [[node[0] for node in tree[:7]] for tree in complete],
        "threshold": [[float(f"{node[1]:.5g}") for node in tree[:7]] for tree in complete],
        "value": [[float(f"{node[2]:.4g}") for node in tree] for tree in complete],
    }


def main() -> int:
    """Train on everything, or on each four fifths."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cross-validate", type=Path, metavar="DIR", help="write five files there")
    arguments = parser.parse_args()
    found = {"one": tables(list(one())), "several": tables(list(several()))}
    for fold in range(FOLDS) if arguments.cross_validate else [None]:
        data: dict[str, Any] = {"words": WORD_NAMES, "pairs": PAIR_NAMES}
        for kind in KINDS:
            what, _, number = kind.partition(" of ")
            table = found[number][what == "pairs"]
            kept = np.ones(len(table.fold), dtype=bool) if fold is None else table.fold != fold
            data[kind] = fit(table, kept, TREES[number])
        folder = arguments.cross_validate
        write(folder / f"concepts-{fold}.json" if folder else OUT, data)
    return 0


def write(path: Path, data: dict[str, Any]) -> None:
    """Write the weights, a line a tree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, separators=(",", ":")).replace("],[", "],\n[")
    path.write_text(text + "\n", encoding="utf-8")
    print(path, len(text), "bytes", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
