"""Our TextRank: what every summary must hold to."""

import pytest

from digest.length import Length, parse_length
from digest.models import Article
from digest.summarizers import BUILTIN
from digest.summarizers.textrank import explain

TEXT = """The harbour authority of Brenmouth opened a new tidal barrier on Tuesday. The barrier cost the town \
40 million crowns and took six years to build.

He said it was overdue. However, the fishermen of Brenmouth fear that the barrier will close the channel.

Next steps

"We asked for a lock," said Ingrid Vale, who speaks for the fishermen. The authority promised to report on \
the channel by March. Will it?"""


@pytest.fixture
def article() -> Article:
    return Article(id="a1", title="Barrier opens", text=TEXT, headings=("Next steps",))


@pytest.mark.parametrize("name", BUILTIN)
def test_every_sentence_is_verbatim(name: str, article: Article) -> None:
    """Every algorithm quotes the article letter by letter at the offsets it gives."""
    summary = BUILTIN[name](length=Length(3))([article])
    assert summary.sentences
    assert all(article.text[s.start : s.end] == s.text for s in summary.sentences)
    assert [s.start for s in summary.sentences] == sorted(s.start for s in summary.sentences)


def test_headings_questions_and_leaning_sentences_are_not_chosen(article: Article) -> None:
    """With room for everything, what cannot stand alone is still left out."""
    chosen = [s.text for s in BUILTIN["textrank"](length=parse_length("100%"))([article]).sentences]
    assert "Next steps" not in chosen
    assert "Will it?" not in chosen
    assert chosen[0].startswith("The harbour authority")


def test_the_explanation_covers_every_sentence(article: Article) -> None:
    """Ranks are a permutation, and the chosen ones are those of the summary."""
    found = explain(article)
    assert sorted(s.rank for s in found.sentences) == list(range(1, len(found.sentences) + 1))
    assert [s.sentence for s in found.sentences if s.chosen] == list(found.summary.sentences)
    assert {s.barred for s in found.sentences} >= {"heading", "question"}
