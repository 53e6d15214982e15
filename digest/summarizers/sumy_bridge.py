"""Our TextRank with sumy's call signature, for programs written against sumy."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.utils import ItemsCount

from digest.models import Article
from digest.summarizers.length import Length
from digest.summarizers.textrank import TextRank


class DigestSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """`DigestSummarizer()(document, sentences_count)` returns a tuple of sumy's own sentences.

    `sentences_count` is a number or a string such as `20%`, as everywhere in sumy. The document's sentence
    boundaries are kept. `stop_words` may be set, as on sumy's summarizers, but are chosen by the language.
    """

    stop_words: frozenset[str] = frozenset()

    def __init__(self, stemmer: Any = None, *, guard: bool = False, language: str | None = None):
        """Take sumy's arguments; `stemmer` is accepted for its sake, and the language's own is used."""
        super().__init__(*() if stemmer is None else (stemmer,))
        self._guard = guard
        self._language = language

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Choose sentences of a sumy document."""
        sentences = list(document.sentences)
        wanted = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
        count = len(wanted(sentences))
        if not count:
            return ()
        summarizer = TextRank(length=Length(count), guard=self._guard, language=self._language)
        # One paragraph a sentence keeps sumy's boundaries; a blank line is the one thing we never cross.
        starts, text = {}, ""
        for i, sentence in enumerate(sentences):
            text += "\n\n" if text else ""
            starts[len(text)] = i
            text += " ".join(str(sentence).split())
        chosen = summarizer((Article(id="sumy", title="", text=text),)).sentences
        return tuple(sentences[starts[s.start]] for s in chosen if s.start in starts)
