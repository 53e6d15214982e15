"""What each stage of the summarizer takes for an article, beside the floor: tokenizing alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

_TOGETHER = 64
"""Articles are measured so many at once, as the command does it."""


def print_stages(texts: Sequence[str]) -> None:
    """Print the milliseconds an article, when all words have been met before, and how many floors that is."""
    from digest.codec import summary_record
    from digest.length import Ceiling
    from digest.models import Article
    from digest.summarizers.coverage import Task, choose
    from digest.summarizers.guard import ties
    from digest.summarizers.passages import passages
    from digest.summarizers.scoring import measure_each
    from digest.summarizers.selection import summary_of
    from digest.text.sentences import sentence_spans

    stages: dict[str, float] = {}

    def timed(name: str, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            found = [stage(one) for one in inputs]
            best = min(best, time.process_time() - started)
        stages[name] = 1000 * best / len(texts)
        return found

    articles = [Article(str(k), "", text, language="en") for k, text in enumerate(texts)]
    timed("tokenizing alone", lambda t: [t[a:b].split() for a, b in sentence_spans(t)], texts)
    found = timed("sentences and shapes", lambda article: passages([article], "en"), articles)
    chunks = [found[k : k + _TOGETHER] for k in range(0, len(found), _TOGETHER)]
    scored = [one for chunk in timed("scores", measure_each, chunks) for one in chunk]
    tied = timed("guard", ties, found)
    tasks = [
        Task(found=f, tied=t, ceiling=Ceiling(sentences=3), scores=s[0].scores)
        for f, t, s in zip(found, tied, scored, strict=True)
    ]
    chunks = [tasks[k : k + _TOGETHER] for k in range(0, len(found), _TOGETHER)]
    chosen = [one for chunk in timed("choice", choose, chunks) for one in chunk]
    summaries = [
        summary_of(t.found, c.sentences, c.scores, t.tied, t.ceiling, "")
        for t, c in zip(tasks, chosen, strict=True)
    ]
    timed(
        "record",
        lambda of: summary_record("", [of[0]], of[1]),
        list(zip(articles, summaries, strict=True)),
    )
    floor = stages["tokenizing alone"]
    for name, milliseconds in stages.items():
        print(f"{name:22s} {milliseconds:6.3f} ms an article   {milliseconds / floor:4.1f} floors")
    total = sum(milliseconds for name, milliseconds in stages.items()) - floor
    print(f"{'all stages':22s} {total:6.3f} ms an article   {total / floor:4.1f} floors")
