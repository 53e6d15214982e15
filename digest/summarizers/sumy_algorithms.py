"""sumy's summarizers behind our seam: their ratings, our sentences and guard; and ours behind theirs.

sumy (Belica, Apache-2.0) is given our own sentences and words, so that it needs no downloaded data.
"""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.utils import ItemsCount

from digest.length import Length
from digest.models import Article, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.passages import Passages, given_passages, passages
from digest.summarizers.selection import NOTHING, Choice, highest, limit_of, summary_of
from digest.summarizers.textrank import TextRank
from digest.summarizers.vectors import Vector, vectors
from digest.text.language import detect_language
from digest.text.terms import stems, stop_words, words

_log = logging.getLogger("digest")
_DEGENERATE = (ArithmeticError, ValueError, LookupError, AssertionError, np.linalg.LinAlgError)
"""What sumy raises on texts too small or too uniform for a method."""
_STIGMA = (
    "hardly",
    "impossible",
    "perhaps",
    "maybe",
    "example",
    "unclear",
    "meanwhile",
    "incidentally",
)


class Words:
    """A sumy tokenizer made of our words; sumy's own asks for NLTK data."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(words(sentence))

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph: it is one already."""
        return (paragraph,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumySummarizer:
    """Any summarizer of sumy; the subclasses name one each."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None

    name: ClassVar[str] = ""
    where: ClassVar[str] = ""

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",  # noqa: ARG002
    ) -> Summary:
        """Choose the sentences that the method rates highest."""
        found = passages(articles, self.language)
        if not len(found):
            return Summary((), self.name, NOTHING)
        scores = _zero_to_one(self.rate(found))
        graph = vectors(found.text, found.languages[0])
        tied = ties(found) if self.guard else free(found)
        limit = limit_of(found, self.length)
        chosen = highest(found, scores, tied, Choice(ceiling=limit), graph.similar, told)
        return summary_of(found, chosen, scores, tied, limit, self.name)

    def rate(self, found: Passages) -> Vector:
        """The method's own rating of each sentence; 1/position where it cannot rate the text."""
        language = found.languages[0]
        _defer_stemmers()
        module, _, attribute = self.where.partition(":")
        method = getattr(import_module(module), attribute)(_stemmer(language))
        self.prepare(method, found, language)
        ratings: list[float] = []

        def capture(
            sentences: Sequence[Any], _count: int, rating: Any, *args: Any, **kwargs: Any
        ) -> tuple[Any, ...]:
            rate = rating.__getitem__ if isinstance(rating, dict) else rating
            ratings.extend(float(rate(sentence, *args, **kwargs)) for sentence in sentences)
            return ()

        method._get_best_sentences = capture
        try:
            method(document(found), len(found))
        except _DEGENERATE as error:
            _log.warning("%s cannot rate this text (%s): the lead is used", self.name, error)
        if len(ratings) != len(found) or not np.isfinite(ratings).all():
            return 1.0 / (1.0 + np.array(found.index, dtype=np.float64))
        return np.array(ratings)

    def prepare(self, method: Any, found: Passages, language: str) -> None:  # noqa: ARG002
        """Give the method the words it wants to know."""
        method.stop_words = stop_words(language)


class LexRank(SumySummarizer):
    """LexRank (Erkan & Radev, JAIR 22, 2004)."""

    name = "lexrank"
    where = "sumy.summarizers.lex_rank:LexRankSummarizer"


class Lsa(SumySummarizer):
    """Latent semantic analysis (Steinberger & Jezek, ISIM 2004)."""

    name = "lsa"
    where = "sumy.summarizers.lsa:LsaSummarizer"


class Luhn(SumySummarizer):
    """Luhn, IBM Journal 2(2), 1958."""

    name = "luhn"
    where = "sumy.summarizers.luhn:LuhnSummarizer"


class SumBasic(SumySummarizer):
    """SumBasic (Nenkova & Vanderwende, MSR-TR-2005-101)."""

    name = "sum-basic"
    where = "sumy.summarizers.sum_basic:SumBasicSummarizer"


class KL(SumySummarizer):
    """KLSum (Haghighi & Vanderwende, NAACL 2009)."""

    name = "kl"
    where = "sumy.summarizers.kl:KLSummarizer"


class Reduction(SumySummarizer):
    """sumy's reduction: the sum of a sentence's similarities."""

    name = "reduction"
    where = "sumy.summarizers.reduction:ReductionSummarizer"


class SumyTextRank(SumySummarizer):
    """sumy's TextRank, for comparison with ours."""

    name = "sumy-textrank"
    where = "sumy.summarizers.text_rank:TextRankSummarizer"


class Edmundson(SumySummarizer):
    """Edmundson, Journal of the ACM 16(2), 1969: cue, title and location."""

    name = "edmundson"
    where = "sumy.summarizers.edmundson:EdmundsonSummarizer"

    def prepare(self, method: Any, found: Passages, language: str) -> None:
        """Bonus words are the title's and the headings', or those of the first sentence."""
        named = " ".join(
            (*(a.title for a in found.articles), *(h for a in found.articles for h in a.headings))
        )
        bonus = [word for word in words(named) if word not in stop_words(language)]
        method.bonus_words = bonus or words(found.text[0]) or ("-",)
        method.stigma_words = _STIGMA
        method.null_words = stop_words(language) or ("-",)


class Random(SumySummarizer):
    """Chance, the floor of every comparison; the same text gives the same choice."""

    name = "random"

    def rate(self, found: Passages) -> Vector:
        """A number for each sentence, from a generator seeded with the number of sentences."""
        generator = random.Random(len(found))
        return np.array([generator.random() for _ in range(len(found))])


def document(found: Passages) -> Any:
    """The articles as a sumy document: titles and headings are heading sentences, paragraphs stay apart."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = Words()
    paragraphs: dict[tuple[int, int], list[Any]] = {}
    for i, text in enumerate(found.text):
        key = (found.article[i], found.paragraph[i])
        paragraphs.setdefault(key, []).append(Sentence(text, tokenizer))
    titles = [Sentence(a.title, tokenizer, is_heading=True) for a in found.articles if a.title]
    return ObjectDocumentModel(
        [Paragraph(titles), *(Paragraph(sentences) for sentences in paragraphs.values())]
    )


_STEMMERS = "nltk.stem.snowball"


def _defer_stemmers() -> None:
    """Have sumy load NLTK's stemmers when one is asked for: ours need none of its hundreds of modules."""
    if _STEMMERS in sys.modules or "sumy.nlp.stemmers" in sys.modules:
        return
    deferred = ModuleType(_STEMMERS)
    deferred.__getattr__ = lambda name: getattr(import_module(_STEMMERS), name)  # type: ignore[method-assign]
    parts = {
        "nltk": ModuleType("nltk"),
        "nltk.stem": ModuleType("nltk.stem"),
        _STEMMERS: deferred,
    }
    parts["nltk"].stem, parts["nltk.stem"].snowball = parts["nltk.stem"], deferred  # type: ignore[attr-defined]
    kept = {name: sys.modules[name] for name in parts if name in sys.modules}
    sys.modules.update(parts)
    try:
        import_module("sumy.nlp.stemmers")
    finally:
        for name in parts:
            del sys.modules[name]
        sys.modules.update(kept)


def _stemmer(language: str) -> Callable[[str], str]:
    return lambda word: stems([word.lower()], language)[0]


def _zero_to_one(scores: Vector) -> Vector:
    low, high = scores.min(), scores.max()
    return np.zeros(len(scores)) if high <= low else (scores - low) / (high - low)


class DigestSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """`DigestSummarizer()(document, sentences_count)` returns a tuple of sumy's own sentences.

    `sentences_count` is a number or a string such as `20%`, as everywhere in sumy, and the document's
    sentence boundaries are kept. `stop_words` may be set as on sumy's summarizers; ours go by the language.
    """

    stop_words: frozenset[str] = frozenset()

    def __init__(self, stemmer: Any = None, *, guard: bool = False, language: str | None = None):
        """Take sumy's arguments; `stemmer` is accepted for its sake, and the language's own is used."""
        super().__init__(*() if stemmer is None else (stemmer,))
        self._guard = guard
        self._language = language

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Choose sentences of a sumy document, in its order."""
        sentences = list(document.sentences)
        wanted = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
        count = len(wanted(sentences))
        if not count:
            return ()
        texts = [str(sentence) for sentence in sentences]
        language = self._language or detect_language(" ".join(texts))
        summarizer = TextRank(length=Length(count), guard=self._guard)
        chosen = summarizer.choose(given_passages(texts, language)).sentences
        return tuple(sentences[sentence.index] for sentence in chosen)
