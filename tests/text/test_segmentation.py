"""Words where no spaces stand between them."""

from hypothesis import given
from hypothesis import strategies as st

from digest.text.segmentation import cut


def test_letters_of_other_scripts_stay_whole():
    assert cut("OpenAI发布GPT5模型") == [(0, "OpenAI"), (6, "发布"), (8, "GPT5"), (12, "模型")]


def test_longer_runs_are_cut_into_overlapping_pairs():
    assert cut("轮渡航线") == [(0, "轮渡"), (1, "渡航"), (2, "航线")]
    assert cut("船") == [(0, "船")]


@given(st.text(alphabet="ab1 _-轮渡航ไทยのカ", max_size=40))
def test_every_part_stands_where_it_says(word: str):
    parts = cut(word)
    assert all(word[place:].startswith(part) for place, part in parts)
    covered = {place + i for place, part in parts for i in range(len(part))}
    assert covered == {i for i, letter in enumerate(word) if letter.isalnum()}


def test_signs_stay_with_their_letters():
    """A vowel sign above or below is no letter of its own."""
    assert cut("ที่นี่") == [(0, "ที่นี่")]
    assert cut("น้ำท่วม") == [(0, "น้ำ"), (2, "ำท่"), (3, "ท่ว"), (5, "วม")]
