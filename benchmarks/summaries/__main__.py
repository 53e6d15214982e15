"""ROUGE of the summaries beside the lead and sumy's algorithms, on articles and on sets of articles.

    DIGEST_DATA=... python -m benchmarks.summaries [--every N] [--models DIR]

`--every N` takes one article in N. The shipped models were trained on the texts scored here; with
`--models DIR` (the folder that `train` and `concepts` wrote with `--cross-validate DIR`) each text is scored
by the models that have not seen it, and only those figures may be reported.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import rows
from benchmarks.summaries.faithfulness import failures
from digest.models import Article, Summary
from digest.summarizers import BUILTIN, concepts, coverage, parse_length, scoring
from digest.summarizers import scoring as prior_module

PEERS = ("lead", "sumy-textrank", "lexrank", "lsa")
FLOORS = {"3": (31.2, 12.1, 27.9), "60w": (32.3, 0.0, 0.0)}
MOST_MISLEADING = 10.0
"""Per 1,000 summaries, with the guard."""

_LEDE_CHARACTERS = 340

Summarize = Callable[[Sequence[Article]], Summary]


def rouge(references: list[str], text: str) -> np.ndarray:
    """F1 of ROUGE-1, -2 and -Lsum in percent, the mean over the references."""
    from rouge_score import rouge_scorer

    names = ["rouge1", "rouge2", "rougeLsum"]
    scorer = rouge_scorer.RougeScorer(names, use_stemmer=True)
    scores = [scorer.score(reference, text) for reference in references]
    return np.array([[100 * s[name].fmeasure for name in names] for s in scores]).mean(axis=0)


def lines(summary: Summary) -> str:
    """The sentences, a line each, as ROUGE-Lsum wants them."""
    return "\n".join(sentence.text for sentence in summary.sentences)


Models = list[tuple[Any, Any]]
"""A prior and the concept models, of each fold."""


def load_models(folder: Path | None) -> Models:
    """The models of the folds, or the shipped ones."""
    if folder is None:
        return [(prior_module.prior(), concepts.model())]
    models = []
    for path in sorted(folder.glob("prior-*.json")):
        prior_module._FILE = path
        concepts._FILE = folder / path.name.replace("prior", "concepts")
        prior_module.prior.cache_clear()
        concepts.model.cache_clear()
        models.append((prior_module.prior(), concepts.model()))
    return models


def use(models: Models, number: int) -> None:
    """Summarize with the models that have not seen that text."""
    prior, concept = models[number % len(models)]
    scoring.prior = lambda: prior
    coverage.model = lambda: concept


def cnn(every: int, models: Models) -> bool:
    """One article at a time: print each method at each length, and say whether the floors hold."""
    good = True
    articles = [
        r for k, r in enumerate(rows("summarization/cnn_validation_1000.jsonl")) if k % every == 0
    ]
    for length in ("3", "60w"):
        for name, guard in (
            *((peer, True) for peer in PEERS),
            ("textrank", False),
            ("textrank", True),
        ):
            method = BUILTIN[name](length=parse_length(length), guard=guard, language="en")
            scores, kinds, misleading = [], Counter(), 0
            for k, row in enumerate(articles):
                use(models, k * every)
                article = Article("a", "", row["article"])
                summary = method([article])
                found = failures(article, summary)
                kinds += found
                misleading += bool(found)
                scores.append(rouge(["\n".join(row["highlights"])], lines(summary)))
            mean = np.mean(scores, axis=0)
            rate = 1000 * misleading / len(articles)
            shown = " / ".join(f"{s:5.2f}" for s in mean)
            guarded = "guard" if guard else "free "
            print(
                f"cnn {length:>4s} {name:14s} {guarded} {shown}   misleading {rate:5.1f} in 1,000",
                flush=True,
            )
            if name == "textrank" and guard:
                good &= rate <= MOST_MISLEADING and bool((mean >= FLOORS[length]).all())
    return good


def lede(every: int) -> None:
    """The peer lede, whose length is in characters: as many as ours take in 60 words."""
    try:
        from lede import summarize
    except ImportError:
        print("cnn lede: not installed: pip install lede")
        return
    scores = []
    for k, row in enumerate(rows("summarization/cnn_validation_1000.jsonl")):
        if k % every == 0:
            text = summarize(row["article"], max_length=_LEDE_CHARACTERS).summary
            scores.append(rouge(["\n".join(row["highlights"])], text))
    print(
        "cnn  60w lede                 " + " / ".join(f"{s:5.2f}" for s in np.mean(scores, axis=0))
    )


def many(every: int, models: Models) -> bool:
    """Sets of articles: TAC 2011 MultiLing at 240 words beside its systems, NeuS at 60 beside the lead."""
    ours = BUILTIN["textrank"](length=parse_length("240w"), language="en")
    topics = list(rows("multi/multiling2011_en.jsonl"))
    scores = []
    for k, topic in enumerate(topics):
        use(models, k)
        scores.append(rouge(topic["references"], lines(ours(_articles(topic)))))
    table = {"ours": np.mean(scores, axis=0)}
    for system in topics[0]["systems"]:
        table[system] = np.mean(
            [rouge(t["references"], t["systems"][system]) for t in topics], axis=0
        )
    for name, mean in sorted(table.items(), key=lambda item: -item[1][0]):
        print(f"multiling 240w {name:14s} " + " / ".join(f"{s:5.2f}" for s in mean), flush=True)
    others = [mean[:2] for name, mean in table.items() if name not in ("ours", "ID10")]
    good = bool((table["ours"][:2] > np.max(others, axis=0)).all())
    events = [(k, r) for k, r in enumerate(rows("multi/neus_1000.jsonl")) if k % every == 0]
    for name in ("lead", "textrank"):
        method = BUILTIN[name](length=parse_length("60w"), language="en")
        scores = []
        for k, event in events:
            use(models, k)
            articles = _articles(event)
            chosen = method(articles if name == "textrank" else [_central(articles)])
            reference = event["reference"]["title"] + "\n" + event["reference"]["text"]
            scores.append(rouge([reference], lines(chosen)))
        mean = np.mean(scores, axis=0)
        print(f"neus 60w {name:14s} " + " / ".join(f"{s:5.2f}" for s in mean), flush=True)
    return good


def _articles(topic: dict[str, Any]) -> list[Article]:
    return [
        Article(str(k), d.get("headline") or d.get("title") or "", d["text"])
        for k, d in enumerate(topic["documents"])
    ]


def _central(articles: list[Article]) -> Article:
    """The article whose words are most like those of the others together."""
    from digest.summarizers.vectors import vectors

    graph = vectors([article.text for article in articles], "en")
    return articles[int(np.argmax(graph.walked(np.ones(len(articles)))))]


def main() -> int:
    """Print the tables; 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summaries")
    parser.add_argument("--every", type=int, default=5, metavar="N")
    parser.add_argument("--models", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    try:
        import rouge_score  # noqa: F401
    except ImportError:
        print("no rouge-score: pip install rouge-score")
        return 0
    models = load_models(arguments.models)
    good = cnn(arguments.every, models)
    lede(arguments.every)
    return 0 if many(arguments.every, models) and good else 1


if __name__ == "__main__":
    sys.exit(main())
