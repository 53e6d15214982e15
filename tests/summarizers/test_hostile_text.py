"""Texts that no editor would write."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Article
from digest.summarizers.textrank import TextRank

TEXTS = {
    "one word": "Hello",
    "no letters": "123 456. 789! --- ... ?? 55.",
    "one long sentence": "word " * 100_000,
    "marks": '"' * 100_000,
    "spaced marks": '" . ' * 20_000,
    "dots": ". " * 50_000,
    "glued": "A." * 50_000,
    "titles": "Mr. " * 30_000,
    "emoji": "😀 😃😄. 🎉🎉 party time is here today! 👍👍👍. " * 9,
    "right to left": "هذا نص عربي قصير جدا. وهو للاختبار فقط هنا الآن! " * 9,
    "mixed": "Hello мир 世界。 This is 混合 text с разными scripts. Ещё одно предложение здесь. "
    * 9,
    "control": "A line\x00 with \x1b[31m codes.\r\n\x85 Another\u2028line here is.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_there_is_a_summary_or_a_reason(text: str) -> None:
    """Nothing raises, and nothing is silent."""
    summary = TextRank(language="en")([Article("a", "", text)])
    assert summary.sentences or summary.note
    assert all(text[s.start : s.end] == s.text for s in summary.sentences)


def test_identical_sentences_are_told_once() -> None:
    """Ten thousand copies make a summary of one sentence."""
    text = "The same old sentence stands here again. " * 10_000
    assert len(TextRank(language="en")([Article("a", "", text)]).sentences) == 1


def test_an_unknown_language_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """It falls back and says so."""
    text = "Dette er ikke norsk egentlig. Men det kan deles likevel. Slutt er det."
    with caplog.at_level(logging.WARNING, "digest"):
        summary = TextRank(language="xx")([Article("a", "", text)])
    assert summary.sentences
    assert "'xx'" in caplog.text


def test_chinese_is_split_and_compared_without_spaces() -> None:
    """Sentences end at their own marks."""
    text = "今天天气很好。我们去公园散步。公园里有很多人在跑步。天气预报说明天会下雨。"
    summary = TextRank(language="zh")([Article("a", "", text)])
    assert [s.text[-1] for s in summary.sentences] == ["。"] * 3


@given(st.text(max_size=300))
def test_any_text_gives_verbatim_sentences_in_order(text: str) -> None:
    """Whatever comes in, offsets are exact and ascend."""
    found = TextRank(language="en")([Article("a", "", text)]).sentences
    assert all(text[s.start : s.end] == s.text for s in found)
    assert [s.start for s in found] == sorted({s.start for s in found})
