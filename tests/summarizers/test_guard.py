"""The guard: what leans on another sentence is chosen with it or not at all."""

import pytest

from digest.length import Length
from digest.models import Article
from digest.summarizers.guard import ties
from digest.summarizers.passages import passages
from digest.summarizers.selection import Lead
from digest.summarizers.textrank import TextRank


def tied(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The run that each sentence of the text must be chosen with."""
    found = ties(passages([Article("a", "", text)], language))
    return list(zip(found.first, found.last, strict=True))


@pytest.mark.parametrize(
    "opening",
    ["He", "It", "Their plan", "However, the mayor", "But the mayor", "These", "As a result, Ann"],
)
def test_an_opening_that_points_back_needs_the_sentence_before(opening: str) -> None:
    """A pronoun or a connective ties a sentence to the one before it."""
    assert tied(f"Ann Lee opened the lock today. {opening} will cost two million.")[1] == (0, 1)


@pytest.mark.parametrize(
    "opening", ["There was a party that", "Ann", "In May, Ann", "Herring", "Also-ran Ann"]
)
def test_other_openings_stand_alone(opening: str) -> None:
    """A name, a date, "there is" need nothing."""
    assert tied(f"The lock opened today at noon. {opening} cost two million.")[1] in (
        (1, 1),
        (0, 1),
    )
    assert opening == "Also-ran Ann" or tied(f"The lock is open. {opening} cost two.")[1] == (1, 1)


def test_what_leans_without_anything_before_it_cannot_be_chosen() -> None:
    """The first sentence has nothing to lean on."""
    assert tied("He opened the lock today. Ann Lee paid for it all.")[0][0] == -1


def test_a_chain_longer_than_three_sentences_is_not_taken() -> None:
    """The guard would rather leave out than quote a whole paragraph."""
    runs = tied("Ann came home today. She sat down to eat. She ate her soup. She went to bed.")
    assert [first for first, _ in runs] == [0, 0, 0, -1]


def test_where_every_sentence_leans_nothing_is_chosen_and_the_reason_is_told() -> None:
    """What nobody can understand is no summary."""
    text = "She therefore sold it to him. Despite this, neither of them was content."
    summary = TextRank(language="en")([Article("a", "", text)])
    assert (summary.sentences, summary.note) == ((), "every sentence leans on another one")


@pytest.mark.parametrize("marks", ['""', "“”", "''", "‘’"])
def test_a_quotation_over_two_sentences_is_one_run(marks: str) -> None:
    """Its parts are chosen together, whatever the marks."""
    text = f"Tea is late. {marks[0]}We saw it fall. The noise woke us,{marks[1]} said Ann Lee. All slept."
    assert tied(text) == [(0, 0), (1, 2), (1, 2), (3, 3)]


def test_a_quotation_without_its_partner_cannot_be_chosen() -> None:
    """Half a quotation is no quotation."""
    assert tied("Ann Lee said “we saw it fall. All was quiet then at last.")[0][0] == -1


@pytest.mark.parametrize("quotation", ["“We saw it all fall down.”", "“We saw it fall,” she said."])
def test_a_quotation_keeps_its_speaker(quotation: str) -> None:
    """Without a name in it, it comes with the sentence before."""
    assert tied(f"Ann Lee lives by the dam. {quotation}")[1] == (0, 1)


def test_the_lead_begins_as_its_article_does() -> None:
    """Whatever its first sentence leans on was not left out by us; further on the guard holds."""
    article = Article(
        "a", "", "He sold the ferry to the harbour board. Rain fell on the old town of Merrow."
    )
    assert ties(passages([article], "en")).first[0] == -1
    assert ties(passages([article], "en"), opens=True).first[0] == 0
    assert Lead(language="en", length=Length(1))([article]).sentences[0].text.startswith("He sold")


def test_nothing_leans_across_articles() -> None:
    """The last sentence of one article is no antecedent for the next."""
    found = passages(
        [Article("a", "", "Ann came home."), Article("b", "", "She was very tired.")], "en"
    )
    assert ties(found).first == (0, -1)


def test_other_languages_have_their_own_words() -> None:
    """German pronouns lean as English ones do."""
    assert tied("Anna Lehmann kam nach Hause. Aber sie blieb nur einen Tag.", "de")[1] == (0, 1)


def test_without_the_guard_nothing_is_tied() -> None:
    """`guard=False` lets a pronoun stand alone."""
    article = Article("a", "", "He sold the Brenmouth ferry to the Brenmouth harbour board.")
    loose = TextRank(guard=False, language="en", length=Length(1))([article])
    strict = TextRank(language="en", length=Length(1))([article])
    assert not loose.note
    assert "leans" in strict.note


def test_a_thing_that_is_not_told_ties_a_sentence_to_the_one_before() -> None:
    """Unless the title, which stands above the summary, tells which."""
    text = "Ann Lee runs Lamp & Co. of Hull. The company was founded in May."
    for title, first in (("", 0), ("A company moves", 1)):
        assert ties(passages([Article("a", title, text)], "en")).first[1] == first


def test_a_thing_that_an_earlier_sentence_names_may_stand_with_it() -> None:
    """Whatever stands between them is not needed to know which is meant."""
    text = (
        "Ann Lee bought a mill in Hull. Tea is late. Rain fell on Hull. The mill was built in May."
    )
    found = ties(passages([Article("a", "", text)], "en"))
    assert (found.first[3], found.named) == (2, (-1, -1, -1, 0))


def test_a_question_is_quoted_only_before_its_answer() -> None:
    """An answer that is marked as one keeps its question; another sentence does not bring one in."""
    chosen = TextRank(language="en", length=Length(2))
    for mark, kept in (("A: ", True), ("", False)):
        text = f"Q: Will the Hull ferry sail again?\n\n{mark}That is what Ann Lee of Hull has promised."
        sentences = chosen([Article("a", "", text)]).sentences
        assert any(one.text.endswith("?") for one in sentences) is kept


def test_the_first_sentence_may_name_a_thing_as_known() -> None:
    """There is nothing it could lean on: this is how reports begin."""
    assert tied("The film was shown at noon. All of Hull came to see it.")[0] == (0, 0)


def test_a_quotation_opened_anew_leaves_the_first_one_broken() -> None:
    """Each paragraph of a long quotation opens with a mark, and only the last one closes."""
    text = 'Ann Lee said "we saw it fall. "All was quiet then," she told us.'
    assert [first for first, _ in tied(text)] == [-1, -1]


def test_later_steps_stand_with_the_first_or_not_at_all() -> None:
    """A step out of its order helps nobody; one call in a report is no step."""
    steps = (
        "Hallin buns are old. Mix the flour with the salt. Add two large eggs to it. "
        "Stir the dough with a spoon. Bake the dough for one hour."
    )
    assert tied(steps)[:5] == [(0, 0), (1, 1), (1, 2), (1, 3), (-1, 4)]
    assert tied("Rask sold a boat. Add the interest. Orr has two boats. Lind has none.")[1] == (
        1,
        1,
    )


def test_the_first_sentence_among_several_articles_says_which_thing_it_means() -> None:
    """Its headline does not stand above it there."""
    articles = [
        Article("a", "Hallin sends a tug", "The move raises the stakes in the bay."),
        Article("b", "Oslo plans", "Oslo plans to seize the ship."),
    ]
    assert ties(passages(articles)).first == (-1, 1)
