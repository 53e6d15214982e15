"""Our summarizer, which is called by the name it began with.

The walk over the similarity graph that is TextRank, and a learned prior, say which sentences of an article
are worth a look (`scoring`); which of them make the summary is decided for all at once, by what they cover
together (`coverage`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from digest.models import Article, Summary
from digest.summarizers.coverage import Chosen, Task, choose
from digest.summarizers.guard import free, ties
from digest.summarizers.length import Length
from digest.summarizers.passages import Passages, passages
from digest.summarizers.scoring import measure_each
from digest.summarizers.selection import NOTHING, Choice, heard_of, highest, limit_of, summary_of
from digest.summarizers.vectors import Vector, vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRank:
    """Chooses the set of sentences that covers most of what an editor's summary would say."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None
    redundancy: float = 1.5
    """How many standard deviations of score a sentence loses, in a long summary, that another has said."""

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",
    ) -> Summary:
        """Choose the sentences that carry most of what the articles say, above all of what they are `about`."""
        return self.choose(passages(articles, self.language), told, about)

    def each(self, groups: Sequence[Sequence[Article]]) -> list[Summary]:
        """Summarize each group of articles: what `__call__` gives for each, in a third of the time."""
        return self.choose_each([passages(articles, self.language) for articles in groups])

    def choose(
        self, found: Passages, told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> Summary:
        """Choose among sentences that are already parted."""
        return self.choose_each([found], told, about)[0]

    def choose_each(
        self, groups: Sequence[Passages], told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> list[Summary]:
        """Choose for each group among its sentences."""
        tasks = [self._task(found, told, about) for found in groups if len(found)]
        summaries = (self._summary(task, chosen) for task, chosen in _chosen(tasks))
        return [
            next(summaries) if len(found) else Summary((), "textrank", NOTHING) for found in groups
        ]

    def scored(self, found: Passages) -> tuple[Summary, Vector]:
        """Choose among sentences, of which there is at least one; return the score of each as well."""
        ((task, chosen),) = _chosen([self._task(found)])
        return self._summary(task, chosen), chosen.scores

    def _task(
        self, found: Passages, told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> Task:
        return Task(
            found=found,
            tied=ties(found) if self.guard else free(found),
            ceiling=limit_of(found, self.length),
            told=frozenset(heard_of(found, told)),
            about=about,
            guarded=self.guard,
        )

    def _summary(self, task: Task, chosen: Chosen) -> Summary:
        found, sentences = task.found, chosen.sentences
        if task.is_long or (task.told and not sentences):
            graph = vectors(found.text, found.languages[0])
            choice = Choice(ceiling=task.ceiling, redundancy=self.redundancy)
            told = {found.key(i) for i in task.told}
            sentences = highest(found, chosen.scores, task.tied, choice, graph.similar, told)
        ordered = _opened(sentences, chosen.opens)
        return summary_of(found, ordered, chosen.scores, task.tied, task.ceiling, "textrank")


def _opened(sentences: Sequence[int], opens: int) -> list[int]:
    """The sentences in reading order, but for the one that opens, and those that follow on it."""
    first = []
    while opens in sentences:
        first.append(opens)
        opens += 1
    return first + sorted(set(sentences).difference(first))


def _chosen(tasks: Sequence[Task]) -> Iterator[tuple[Task, Chosen]]:
    """Score the sentences of single articles, and choose for each task."""
    single = iter(measure_each([task.found for task in tasks if not task.several]))
    ready = [t if t.several else replace(t, scores=next(single)[0].scores) for t in tasks]
    return zip(ready, choose(ready), strict=True)
