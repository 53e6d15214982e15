"""Our TextRank called as sumy's summarizers are."""

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from digest.summarizers.sumy_algorithms import DigestSummarizer, Words

SENTENCES = [
    "The council of Hallow Bay voted to close the old bridge. It opens. Today!",
    "Lorries will use the new bridge that the council opened in May.",
    "A heron stood by the water.",
    "The old bridge has carried traffic over Hallow Bay since 1911.",
]


@pytest.fixture
def document() -> ObjectDocumentModel:
    return ObjectDocumentModel([Paragraph([Sentence(text, Words()) for text in SENTENCES])])


def test_it_returns_as_many_of_the_documents_own_sentences_as_asked(document) -> None:  # type: ignore[no-untyped-def]
    """The sentences come back as the objects they are, in the document's order, never split anew."""
    chosen = DigestSummarizer()(document, 2)
    assert len(chosen) == 2
    assert all(any(sentence is own for own in document.sentences) for sentence in chosen)
    places = [SENTENCES.index(str(sentence)) for sentence in chosen]
    assert places == sorted(places)


def test_it_understands_sumys_percentages(document) -> None:  # type: ignore[no-untyped-def]
    """Half of four sentences are two."""
    assert len(DigestSummarizer()(document, "50%")) == 2


def test_an_empty_document_gives_nothing() -> None:
    """No sentences in, no sentences out."""
    assert DigestSummarizer()(ObjectDocumentModel([]), 3) == ()
