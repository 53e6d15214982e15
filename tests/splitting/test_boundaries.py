"""Gaps that are judged by their form, on pages of thousands."""

import pytest

from digest.models import Block, Page, Source, Split
from digest.splitting import PageSplitter, boundaries
from digest.splitting.boundaries import Judgement, JudgementCache
from digest.splitting.lines import read_lines
from digest.splitting.page import PageFeatures

TEASER = "Ferry {0} returns\nThe ferry {0} came back on Monday.…\nShare\n"
ARTICLE = (
    "Harbour {0} opens its gates\nBy Ann Lee\n"
    "The harbour of town number {0} opened its gates on Monday after a long winter of repairs by its masons.\n"
    "Its gates, which weigh four tonnes each, were last opened when the herring fleet of {0} still sailed.\n"
    "* * *\n"
)


def split(text: str) -> Split:
    lines = enumerate(text.splitlines(), 1)
    blocks = tuple(Block(text=line, line=number) for number, line in lines)
    return PageSplitter()(Page(source=Source(name="page", location="page"), blocks=blocks))


@pytest.mark.parametrize("item", [TEASER, ARTICLE])
def test_a_long_list_comes_out_as_if_each_gap_had_been_judged(
    item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(item.format(number) for number in range(150))
    judged = split(text)
    monkeypatch.setattr(boundaries, "_LEARNT", 40)
    monkeypatch.setattr(boundaries, "_OFTEN", 10)
    assert split(text) == judged


def test_an_article_behind_thousands_of_teasers_is_found() -> None:
    teasers = "".join(TEASER.format(number) for number in range(1500))
    found = split(teasers + "* * *\n" + ARTICLE.format("Oban"))
    assert found.articles[-1].title == "Harbour Oban opens its gates"


def learnt(*confidences: float) -> Judgement | None:
    """What is known of the candidate before the last paragraph after candidates of its form were judged so."""
    text = ARTICLE * 600
    view = PageFeatures(read_lines([Block(text=line) for line in text.splitlines()]))
    start, stop = view.prose[1] + 1, view.prose[2]
    known = JudgementCache(view)
    for confidence in confidences:
        known.learn(1, start, stop, Judgement(1, (), confidence))
    return known.find(1100, start, stop)


def test_a_form_is_known_once_a_hundred_gaps_were_judged_alike() -> None:
    found = learnt(*[0.99] * 100)
    assert found is not None
    assert found.title == 1
    assert learnt(*[0.99] * 50) is None


def test_one_doubt_or_contradiction_and_the_form_says_nothing() -> None:
    assert learnt(*[0.99] * 99, 0.01, *[0.99] * 200) is None
    assert learnt(*[0.99] * 99, 0.6, *[0.99] * 200) is None
