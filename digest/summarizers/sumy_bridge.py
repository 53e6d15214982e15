"""Our TextRank with sumy's call signature, for programs written against sumy."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.utils import ItemsCount

from digest.summarizers.length import Length
from digest.summarizers.passages import given_passages
from digest.summarizers.textrank import TextRank
from digest.text.language import detect_language


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
