"""The floors of the benchmarks that take seconds, where their data are at hand."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("DIGEST_DATA", ROOT.parent / "shared"))
SOME = 20
"""One article in so many is summarized."""

pytest.importorskip("benchmarks.data", reason="no benchmarks beside the installed package")

pytestmark = pytest.mark.skipif(
    not any((folder / "summarization").is_dir() for folder in (DATA, DATA / "data")),
    reason="no evaluation data: set DIGEST_DATA to the folder that has data/",
)


def test_summaries_are_well_above_the_lead_and_mislead_nobody() -> None:
    """The distance to the first three sentences, in points of ROUGE-1."""
    pytest.importorskip("rouge_score", reason="no rouge-score: pip install rouge-score")
    from benchmarks.data import rows
    from benchmarks.summaries.__main__ import lines, rouge
    from benchmarks.summaries.faithfulness import failures
    from digest.models import Article
    from digest.summarizers import BUILTIN

    records = list(rows("summarization/cnn_validation_1000.jsonl"))[::SOME]
    articles = [Article("a", "", record["article"]) for record in records]
    score = {}
    for name in ("lead", "textrank"):
        summaries = [BUILTIN[name](language="en")([article]) for article in articles]
        found = [
            rouge(["\n".join(record["highlights"])], lines(summary))[0]
            for record, summary in zip(records, summaries, strict=True)
        ]
        score[name] = sum(found) / len(found)
    misled = [failures(*one) for one in zip(articles, summaries, strict=True)]
    assert not any(set(kinds) - {"bare definite"} for kinds in misled)
    assert score["textrank"] >= score["lead"] + 1.5


def test_several_articles_beat_every_system_of_the_workshop() -> None:
    """TAC 2011 MultiLing at 240 words: no data of it were used to make the summarizer."""
    pytest.importorskip("rouge_score", reason="no rouge-score: pip install rouge-score")
    from benchmarks.data import rows
    from benchmarks.summaries.__main__ import lines, rouge
    from digest.models import Article
    from digest.summarizers import BUILTIN, parse_length

    ours = BUILTIN["textrank"](length=parse_length("240w"), language="en")
    topics = list(rows("multi/multiling2011_en.jsonl"))
    found = [
        rouge(
            topic["references"],
            lines(ours([Article(str(k), "", d["text"]) for k, d in enumerate(topic["documents"])])),
        )
        for topic in topics
    ]
    unigrams, bigrams, _ = sum(found) / len(found)
    assert unigrams >= 48.0
    assert bigrams >= 19.0
