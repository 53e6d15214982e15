"""Sets of sentences: what they cover, and what stands under a headline."""

from datetime import UTC, datetime

import numpy as np
import pytest

from digest.length import Ceiling, Length, parse_length
from digest.models import Article
from digest.summarizers.concepts import Text, read
from digest.summarizers.guard import introductions
from digest.summarizers.passages import passages
from digest.summarizers.search import NO_NEEDS, WIDTH, Needs, Pool, Search, _following, expected_f
from digest.summarizers.textrank import TextRank, _opened
from digest.summarizers.worth import lateness, needs

RISE = (
    "Ada Quill grew up above a chandler's shop in the old town of Merrow. "
    "The harbour there was full of boats when she was a child in the summer of 1998. "
    "Northline began with a single ferry that she bought from her uncle in 2004. "
    "Its blue boats were soon known in every port along the coast of the county. "
    "A song about the line was played at weddings all over the county for years. "
    "On Friday Northline filed for bankruptcy at the court in Hallin, and its boats stay in port. "
    "The harbour of Merrow was quiet in the evening, and gulls sat on the empty quay. "
)


def chosen(*articles: Article, length: str = "3", about: str = "") -> list[str]:
    summarizer = TextRank(length=parse_length(length), language="en")
    return [sentence.text for sentence in summarizer(articles, about=about).sentences]


@pytest.mark.parametrize("length", ["1", "2", "3"])
def test_a_topic_says_first_what_happened(length: str) -> None:
    """At every length, and however late the text comes to it."""
    article = Article("a", "The long road of Northline", RISE)
    first = chosen(article, length=length, about="Northline collapse")[0]
    assert "filed for bankruptcy" in first


def test_a_surname_alone_comes_with_the_sentence_that_introduces_it() -> None:
    """Or not at all."""
    text = (
        "Ingrid Valeholm has built locks for forty years in the county. The weather was mild. "
        "The council gave the new lock at Merrow to Valeholm on Monday after a vote of nine to two. "
        "The lock at Merrow will cost the council nine million crowns over three years. "
    )
    for length in ("1", "2", "3"):
        said = " ".join(chosen(Article("a", "", text), length=length))
        assert "to Valeholm" not in said or "Ingrid Valeholm" in said


def test_a_surname_behind_the_first_word_of_a_sentence_stands_alone() -> None:
    """A conjunction is no given name."""
    text = (
        "Ingrid Valeholm has built locks for forty years in the county. The weather was mild. "
        "But Valeholm called the lock at Merrow, which will cost nine million, a folly of the council. "
    )
    found = passages([Article("a", "", text)], "en")
    assert introductions(found, [2]) == [0]


def test_a_sentence_that_opens_a_long_quotation_introduces_nobody_by_itself() -> None:
    """Half a quotation is not quoted for the sake of a name."""
    text = (
        "Ingrid Valeholm wrote to the county, “The lock is old. It leaks at night. We hear it.” Rain fell. "
        "The council gave the new lock at Merrow to Valeholm on Monday after a vote of nine to two. "
    )
    said = " ".join(chosen(Article("a", "", text), length="2"))
    assert ("The lock is old" in said) <= ("We hear it" in said)


def test_what_follows_on_the_opening_sentence_stays_beside_it() -> None:
    """Whatever else is quoted, a pronoun is not parted from what it stands for."""
    assert _opened([2, 7, 8, 4], 7) == [7, 8, 2, 4]
    assert _opened([4, 2], -1) == [2, 4]


def test_a_budget_of_several_articles_is_filled() -> None:
    """To nineteen parts of twenty."""
    places = ("Hull", "Merrow", "Tarn", "Hallin", "Brask")
    articles = [
        Article(
            str(k),
            "",
            " ".join(
                f"The {noun} of {place} {verb} {7 * k + n} {noun}s in the spring of the year."
                for n, (noun, verb) in enumerate(
                    (("lock", "lost"), ("mill", "sold"), ("ferry", "took"))
                )
            ),
        )
        for k, place in enumerate(places)
    ]
    words = sum(len(text.split()) for text in chosen(*articles, length="100w"))
    assert 88 <= words <= 100


def test_of_dated_articles_the_newest_counts_more() -> None:
    """Under a headline, the later of two like events is told."""
    early = Article(
        "early",
        "Mill fire",
        "The council of Merrow closed the rope mill for a week after the fire in its loft.",
        published=datetime(2026, 5, 1, tzinfo=UTC),
    )
    late = Article(
        "late",
        "Mill fire",
        "The council of Merrow closed the sail mill for a month after the fire in its yard.",
        published=datetime(2026, 5, 9, tzinfo=UTC),
    )
    assert "sail" in chosen(early, late, length="1", about="Mill fire")[0]


def test_a_label_of_words_that_stand_nowhere_does_no_harm() -> None:
    """It raises nothing and bars nothing."""
    assert len(chosen(Article("a", "", RISE), about="Zebra xylophones")) == 3


@pytest.mark.parametrize("copies", [1, 40])
def test_forty_copies_of_fifty_are_told_once(copies: int) -> None:
    """What one outlet says forty times is one voice in what is shown."""
    same = [Article(f"c{k}", "Line fails", RISE) for k in range(copies)]
    other = Article(
        "o", "Quay", "The quay of Merrow was sold to a builder from Hallin on Monday morning."
    )
    texts = chosen(*same, other, length="3", about="Merrow")
    assert len(texts) == len(set(texts))


def test_where_every_sentence_is_barred_the_reason_is_given() -> None:
    """And nothing is chosen."""
    summary = TextRank(length=Length(3), language="en")(
        [Article("a", "", "Will it open? Who pays for it? Sign up for our newsletter today!")]
    )
    assert not summary.sentences
    assert summary.note


def test_sentences_side_by_side_are_worth_more_than_others_alike() -> None:
    """What is read together is whole: of two that cover as much, the one that follows on is chosen."""
    pool = Pool(
        member=np.eye(3),
        words=np.full(3, 10.0),
        characters=np.full(3, 50.0),
        quality=np.ones(3),
        follows=np.array([[0.0, 0.1, 0.0], [0.1, 0.0, 0.0], [0.0, 0.0, 0.0]]),
        needs=NO_NEEDS,
        clash=np.zeros((3, 3)),
        unit_words=np.eye(3),
        unit_pairs=np.zeros((3, 0)),
        word_mass=np.array([1.0, 0.5, 0.5]),
        pair_mass=np.zeros(0),
    )
    for width in (1, WIDTH):
        search = Search(ceiling=Ceiling(sentences=2), worth=expected_f, most=True, width=width)
        assert search(pool) == [0, 1]


def test_sentences_side_by_side_gain_once() -> None:
    """Whether they came one after the other or as one unit that shares a sentence with the set."""
    member = np.array([[1.0, 0, 0], [1, 1, 0], [0, 1, 1]])
    follows = np.array([[0.0, 2, 0], [2, 0, 3], [0, 3, 0]])
    pool = Pool(
        member=member,
        words=np.ones(3),
        characters=np.ones(3),
        quality=np.ones(3),
        follows=follows,
        needs=NO_NEEDS,
        clash=np.zeros((3, 3)),
        unit_words=member,
        unit_pairs=np.zeros((3, 1)),
        word_mass=np.ones(3),
        pair_mass=np.ones(1),
    )
    taken = np.array([[1.0, 0, 0], [1, 1, 0]])
    assert _following(pool, taken).tolist() == [[0, 2, 5], [0, 0, 3]]


def test_what_a_sentence_takes_as_known_is_told_before_it() -> None:
    """Of two sentences that cover as much, the one is chosen whose thing another chosen one names."""
    pool = Pool(
        member=np.eye(3),
        words=np.full(3, 10.0),
        characters=np.full(3, 50.0),
        quality=np.ones(3),
        follows=np.zeros((3, 3)),
        needs=Needs(
            of=np.array([[0.0, 1, 0], [0, 0, 1]]),
            met=np.array([[0.0, 0, 0], [1, 0, 0]]),
            cost=np.full(2, 0.1),
        ),
        clash=np.zeros((3, 3)),
        unit_words=np.eye(3),
        unit_pairs=np.zeros((3, 0)),
        word_mass=np.array([1.0, 0.5, 0.5]),
        pair_mass=np.zeros(0),
    )
    for width in (1, WIDTH):
        search = Search(ceiling=Ceiling(sentences=2), worth=expected_f, most=True, width=width)
        assert search(pool) == [0, 2]


@pytest.mark.parametrize(
    ("text", "language", "title", "known"),
    [
        ("A lock broke. Rain fell. Ships waited at the lock.", "en", "", ["lock"]),
        ("A lock broke. Rain fell. Ships waited at the rusty iron lock.", "en", "", ["lock"]),
        ("A lock broke. Rain fell. Ships waited at another lock.", "en", "", []),
        ("A lock broke. Rain fell. Ships waited at the lock.", "en", "Lock breaks", []),
        ("Rain fell. Ships waited at the lock. Gulls cried there.", "en", "", []),
        ("Ein Tor brach. Es regnete. Boote lagen vor dem Tor.", "de", "", ["tor"]),
        ("Un puente cayó. Llovió mucho. Los barcos esperan ante el puente.", "es", "", ["puent"]),
    ],
)
def test_a_thing_with_an_article_that_was_named_before_is_taken_as_known(
    text: str, language: str, title: str, known: list[str]
) -> None:
    """Unless the headline names it; what is new in its sentence explains itself."""
    found = passages([Article("a", title, text, language=language)], language)
    numbers = range(len(found))
    reading = read([Text(found.text, [0] * len(found), found.index, [title], 60.0)], language)
    wanted = needs(reading, 0, found, list(numbers))
    assert len(wanted.cost) == len(known)
    assert wanted.of.sum() == wanted.met.sum() == len(known)


def test_what_is_known_in_one_article_is_not_so_in_another() -> None:
    """What is read at once with an article has its own headline and its own words."""
    found = passages([Article("a", "", "A lock broke. Rain fell. Ships waited at the lock.")], "en")
    other = Text(["The lock of Hull is old."], [0], [0], ["The lock of Hull"], 60.0)
    own = Text(found.text, [0] * len(found), found.index, [""], 60.0)
    alone = needs(read([own], "en"), 0, found, [0, 1, 2])
    together = needs(read([other, own, other], "en"), 1, found, [0, 1, 2])
    assert alone.cost.tolist() == together.cost.tolist() != []
    assert alone.met.tolist() == together.met.tolist()


def test_late_details_of_a_long_article_are_not_its_point() -> None:
    """The beginning tells what it is about."""
    assert lateness([0, 20, 30, 40, 900]).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
