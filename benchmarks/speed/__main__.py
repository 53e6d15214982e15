"""Articles a second beside sumy's TextRank, long texts, the whole process, and what each stage takes.

    DIGEST_DATA=... python -m benchmarks.speed

All figures are seconds of processor time, on one core, each in a process of its own. On the articles ours is
the command as users run it, its start, the reading and writing of JSON lines included; sumy's is its
library, its start included, and spared all files.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import ROOT, rows
from benchmarks.peers import write_nltk_data
from benchmarks.speed.stages import print_stages

RATIO, LONG_RATIO = 10.0, 35.0
"""The floors: how many times as fast as sumy's TextRank, on articles and at 1,000 sentences."""
WANTED, LONG_WANTED = 15.0, 100.0
"""What is aimed at; not reached yet."""
LONG_S, LONG_MB = 3.0, 500
"""The most at 10,000 sentences."""


def texts() -> list[str]:
    """The articles to time."""
    return [row["article"] for row in rows("summarization/cnn_validation_1000.jsonl")]


def long_text(count: int) -> str:
    """So many sentences of different articles."""
    from digest.text.sentences import sentence_spans

    sentences = [t[a:b] for t in texts() for a, b in sentence_spans(t)]
    return " ".join(sentences[:count])


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

    return lambda text: [text[a:b].split() for a, b in sentence_spans(text)]


METHODS = {"ours": ours, "sumy": peer, "splitting": splitting}


def work(method: str, task: str) -> dict[str, float]:
    """In a process of its own: the seconds for the articles or for one long text, and memory."""
    import time

    if task == "articles":
        started, inputs = 0.0, texts()
        summarize = METHODS[method]()
    else:
        inputs = [long_text(int(task))]
        summarize = METHODS[method]()
        # Neither is charged for what it loads once, nor for words it has met before.
        summarize("A text to warm up. It has two sentences.")
        started = time.process_time()
    for text in inputs:
        summarize(text)
    seconds = time.process_time() - started
    return {"seconds": seconds, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(method: str, task: str, environment: dict[str, str]) -> dict[str, float]:
    """Run `work` in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.speed", method, task]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def command_seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """The seconds that the command takes from start to end: the least of three runs."""
    best = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "digest", "summarize", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def commands(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """The seconds of the command for all articles, and for one."""
    lines, one = folder / "articles.jsonl", folder / "article.txt"
    found = texts()
    lines.write_text(
        "".join(json.dumps({"id": str(k), "text": text}) + "\n" for k, text in enumerate(found)),
        encoding="utf-8",
    )
    one.write_text(found[0], encoding="utf-8")
    return (
        command_seconds([str(lines), "--format", "jsonl"], environment),
        command_seconds([str(one)], environment),
    )


def main() -> int:
    """Print the table; 1 where a floor is not reached."""
    if len(sys.argv) == 3:
        print(json.dumps(work(sys.argv[1], sys.argv[2])))
        return 0
    # On one core, here as in the processes: it is read when numpy is loaded.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    count = len(texts())
    with tempfile.TemporaryDirectory() as folder:
        write_nltk_data(Path(folder))
        environment = dict(os.environ, NLTK_DATA=folder)
        batch, whole = commands(Path(folder), environment)
        sumy = measure("sumy", "articles", environment)
        long = {
            method: [measure(method, "1000", environment) for _ in range(3)] for method in METHODS
        }
        longer = measure("ours", "10000", environment)
    best = {method: min(run["seconds"] for run in found) for method, found in long.items()}
    print(f"{count} articles: digest summarize {batch:.3f} s, sumy {sumy['seconds']:.3f} s")
    print("1,000 sentences: " + ", ".join(f"{name} {s:.4f} s" for name, s in best.items()))
    print(f"10,000 sentences: ours {longer['seconds']:.3f} s, {longer['MB']:.0f} MB")
    print(f"one article, digest summarize: {whole:.3f} s")
    ratio, long_ratio = sumy["seconds"] / batch, best["sumy"] / best["ours"]
    print(f"times as fast as sumy: {ratio:.1f} on articles, {long_ratio:.0f} at 1,000 sentences")
    print(f"aimed at: {WANTED:.0f} and {LONG_WANTED:.0f}")
    print_stages(texts())
    good = ratio >= RATIO and long_ratio >= LONG_RATIO
    return 0 if good and longer["seconds"] <= LONG_S and longer["MB"] <= LONG_MB else 1


if __name__ == "__main__":
    sys.exit(main())
