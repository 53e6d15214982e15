"""Many articles at once: nothing may depend on what an article is measured with."""

import numpy as np
import pytest

from digest.models import Article
from digest.summarizers.passages import passages
from digest.summarizers.scoring import measure_each
from digest.summarizers.textrank import TextRank
from digest.summarizers.vectors import layout, vectors
from digest.summarizers.walks import MOST_STORED, walks

PLACES = ("Brenmouth", "Norvale", "Ravensund", "Merrow", "Hull")
TEXTS = [
    " ".join(
        f"The harbour of {PLACES[(k * n) % 5]} opened lock {k} for {n} boats in May."
        for k in range(n)
    )
    for n in (1, 2, 3, 9, 40)
]
ARTICLES = [
    *(Article(str(n), "", text) for n, text in enumerate(TEXTS)),
    Article("empty", "", ""),
    Article("no words", "Locks", "123 456. 789 012. ?! ..."),
    Article(
        "titled", "The lock of Hull", "Boats wait at the lock of Hull. Nobody knows why. It is May."
    ),
    Article(
        "german",
        "",
        "Der Hafen von Hull ist seit Mai geschlossen. Die Boote liegen fest.",
        language="de",
    ),
    Article("long", "", " ".join(TEXTS * 4)),
]


@pytest.mark.parametrize("order", [1, -1])
def test_an_article_comes_out_of_a_batch_as_it_does_alone(order: int) -> None:
    """To the last bit of every score, in either order."""
    summarizer = TextRank(language=None)
    groups = [[article] for article in ARTICLES][::order]
    assert summarizer.each(groups) == [TextRank(language=None)(group) for group in groups]
    found = [passages(group) for group in groups if len(passages(group))]
    for one, together in zip(found, measure_each(found), strict=True):
        assert np.array_equal(measure_each([one])[0][0].scores, together[0].scores)


def test_the_equation_and_the_steps_of_a_walk_agree() -> None:
    """A short text's walk is solved, a long one's is taken step by step; both come to the same ranks."""
    sentences = [
        f"Boats of {PLACES[k % 5]} pass lock {k // 3} at dawn." for k in range(MOST_STORED)
    ]
    sentences[7] = "Nothing else."
    teleport = np.arange(1.0, MOST_STORED + 1)
    teleport /= teleport.sum()
    short = walks(vectors(sentences, "en"), layout([MOST_STORED]), teleport)
    padded = vectors([*sentences, "Nobody."], "en")
    long = walks(padded, layout([MOST_STORED + 1]), np.append(teleport, 0.0))
    assert short.edges
    assert not long.edges
    assert np.allclose(long.biased[:-1] / long.biased[0], short.biased / short.biased[0], atol=1e-4)
    assert np.allclose(long.mass[:-1], short.mass)
    assert np.allclose(long.beside[:-2], short.beside[:-1])
    assert np.allclose(long.like_beginning[:-1], short.like_beginning)


def test_words_read_before_change_nothing() -> None:
    """The vocabulary of a process grows; what is made with it stays the same."""
    before = TextRank(language="en")([ARTICLES[4]])
    TextRank()([Article("other", "", "Zebras graze by lock 3. Nobody in Merrow had seen a zebra.")])
    assert TextRank(language="en")([ARTICLES[4]]) == before
