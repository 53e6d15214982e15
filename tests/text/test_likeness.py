"""Words are akin where they share letters, reports are alike where they share words."""

from hypothesis import given
from hypothesis import strategies as st

from digest.models import Article
from digest.text.likeness import Likeness, RelatedWords, cosine


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=12))
def test_a_word_is_akin_to_itself_and_kinship_is_mutual(words: list[str]) -> None:
    kin = RelatedWords(words)
    assert all(word in kin.of(word) for word in words)
    assert all(word in kin.of(other) for word in words for other in kin.of(word))


def test_a_term_that_every_report_of_the_day_has_brings_little_together() -> None:
    rows = [
        Article(str(n), title, "")
        for n, title in enumerate(("Dam breaks", "Dam holds", "Dam breaks again", "Dam is painted"))
    ]
    day = Likeness(rows)
    one, other, again, _ = map(day.vector, rows)
    assert cosine(one, again) > cosine(one, other) > 0
