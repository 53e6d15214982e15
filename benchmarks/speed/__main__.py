"""Articles a second beside sumy's TextRank, long texts, and the whole process, each in a process of its own.

DIGEST_DATA=... python -m benchmarks.speed
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import ROOT, rows
from benchmarks.peers import write_nltk_data

ARTICLES = 500
RATIO, LONG_RATIO = 4.0, 20.0
"""The floors: how many times as fast as sumy's TextRank, on articles and at 1,000 sentences."""
WANTED, LONG_WANTED = 15.0, 100.0
"""What is aimed at; not reached yet."""
LONG_S, LONG_MB = 3.0, 500
"""The most at 10,000 sentences."""


def texts() -> list[str]:
    """The articles to time."""
    return [row["article"] for row in rows("summarization/cnn_validation_1000.jsonl")]


def sentences(count: int) -> list[str]:
    """So many sentences of different articles."""
    from digest.text.sentences import sentence_spans

    return [t[a:b] for t in texts() for a, b in sentence_spans(t)][:count]


def ours() -> Callable[[str], object]:
    """Our summarizer on one text."""
    from digest.models import Article
    from digest.summarizers.textrank import TextRank

    return lambda text: TextRank()([Article("a", "", text)])


def peer() -> Callable[[str], object]:
    """sumy's TextRank as its documentation shows it."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    tokenizer, stemmer = Tokenizer("english"), Stemmer("english")

    def summarize(text: str) -> object:
        method = TextRankSummarizer(stemmer)
        method.stop_words = get_stop_words("english")
        return method(PlaintextParser.from_string(text, tokenizer).document, 3)

    return summarize


def splitting() -> Callable[[str], object]:
    """The floor: parting sentences and words alone."""
    from digest.text.sentences import sentence_spans
    from digest.text.terms import words

    return lambda text: (sentence_spans(text), words(text))


def work(method: str, task: str) -> dict[str, float]:
    """In a process of its own: processor seconds for the articles or for one long text, and memory."""
    started = 0.0
    summarize = {"ours": ours, "sumy": peer, "splitting": splitting}[method]()
    if task == "articles":
        inputs = texts()[:ARTICLES]
    else:
        inputs = [" ".join(sentences(int(task)))]
        summarize("A text to warm up. It has two sentences.")
        started = time.process_time()
    for text in inputs:
        summarize(text)
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "MB": memory}


def measure(method: str, task: str, environment: dict[str, str]) -> dict[str, float]:
    """Run `work` in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.speed", method, task]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def process_time(environment: dict[str, str]) -> float:
    """The shortest of five runs of `digest summarize` on one article, from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(texts()[0], encoding="utf-8")
        command = [sys.executable, "-m", "digest", "summarize", str(path)]
        best = float("inf")
        for _ in range(5):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
            best = min(best, time.perf_counter() - started)
    return best


def main() -> int:
    """Print the table; 1 where a floor is not reached."""
    if len(sys.argv) == 3:
        print(json.dumps(work(sys.argv[1], sys.argv[2])))
        return 0
    texts()
    with tempfile.TemporaryDirectory() as folder:
        write_nltk_data(Path(folder))
        environment = dict(os.environ, NLTK_DATA=folder, OPENBLAS_NUM_THREADS="1")
        table = {
            (method, task): measure(method, task, environment)
            for task in ("articles", "1000")
            for method in ("splitting", "ours", "sumy")
        }
        table["ours", "10000"] = measure("ours", "10000", environment)
        whole = process_time(environment)
    for (method, task), found in table.items():
        name = f"{ARTICLES} articles" if task == "articles" else f"{task} sentences"
        print(f"{name:16s} {method:10s} {found['seconds']:8.3f} s {found['MB']:6.0f} MB")
    ratio = table["sumy", "articles"]["seconds"] / table["ours", "articles"]["seconds"]
    long_ratio = table["sumy", "1000"]["seconds"] / table["ours", "1000"]["seconds"]
    print(
        f"times as fast as sumy: {ratio:.1f} on articles (start included), {long_ratio:.0f} at 1,000 sentences"
    )
    print(f"aimed at: {WANTED:.0f} and {LONG_WANTED:.0f}")
    print(f"digest summarize, one article, whole process: {whole:.3f} s")
    long = table["ours", "10000"]
    good = ratio >= RATIO and long_ratio >= LONG_RATIO
    return 0 if good and long["seconds"] <= LONG_S and long["MB"] <= LONG_MB else 1


if __name__ == "__main__":
    sys.exit(main())
