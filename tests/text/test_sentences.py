"""Sentence boundaries where news makes them hard. The bar marks a boundary."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import paragraph_sentence_spans, sentence_spans

CASES = [
    "“Was it cold?”| Nobody knew.",
    "“Was it cold?” he asked.",
    "“Was it cold?” Lee asked.| It was.",
    "It rained.”| “It snowed.",
    "She left the U.S. in May.| Snow fell in the U.S.| The roads closed.",
    "The U.S. Senate met.| It rose at 5 p.m.| Reporters left.",
    "He ranks No. 5 in the world.| The answer is no.| They go.",
    "It opens Sept. 30 in Oslo.| It closed in Sept.| The rest is known.",
    "J. K. Holm met Dr. Ann B. Lee Jr. on St. Olav St. at noon.",
    "She wrote to Lamp & Co. of Hull.| It was late.",
    "It grew the economy.|Next year looks worse.",
    "It came to an end.|“Start again,” she said.",
    'He said "we stop here."|Then he left.',
    "Write to ann.Lee@example.org or see www.Example.org.| Thanks.",
    "Prices rose 3.5 percent.| Version 2.0 is out.",
    "It was... well, late.| We waited…| The boat came.",
    "Oh . . . no.| It is late.",
    "Is it?!| It is!!| Good.",
    "He shopped at Yahoo! in May.",
    "The rule [1] is old.[2]| The next is new.",
    "1. Open the box.| 2. Close it.",
    "He works (he said so.) at home.",
    "It cost $5.| Nobody paid.",
    "It began in 1990.| Two years later it ended.",
    "She waits for the U.N. Harbour Conference.| Boats wait at the U.N.| The lock is shut.",
    "The U.S. Ambassador to Norway left.| She wrote to the U.S. Embassy.",
    'She sang with J.P. "The Lamp" Holm of Hull.| It rained.',
    'It closed in May.| "The lock is old," she said.| "It leaks."| Boats wait.',
]


@pytest.mark.parametrize("marked", CASES)
def test_english_boundaries(marked: str) -> None:
    """The sentences are those between the bars."""
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


TABLE = Path(__file__).with_name("boundaries.txt").read_text(encoding="utf-8").splitlines()
OTHERS = [line.partition(" ")[::2] for line in TABLE if not line.startswith("#")]


@pytest.mark.parametrize(("language", "marked"), OTHERS)
def test_boundaries_of_other_languages(language: str, marked: str) -> None:
    """Titles, figures, quotations and the marks of other scripts, and abbreviations at a true end."""
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    assert [text[start:end] for start, end in sentence_spans(text, language)] == expected


def test_no_sentence_crosses_a_blank_line() -> None:
    """A paragraph ends its last sentence; its number and whether it is one sentence come along."""
    text = "A heading\n \n  One line\nruns on. Two.\n\n\nLast"
    spans = paragraph_sentence_spans(text)
    assert [(text[s:e], n, alone) for s, e, n, alone in spans] == [
        ("A heading", 0, True),
        ("One line\nruns on.", 1, False),
        ("Two.", 1, False),
        ("Last", 2, True),
    ]


@given(st.text(alphabet="aB .!?…\"“”'’()\n0,", max_size=200))
def test_spans_ascend_and_hold_all_but_white_space(text: str) -> None:
    """Nothing is lost between sentences, and none begins or ends in white space."""
    spans = sentence_spans(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    gaps = [text[edges[k] : edges[k + 1]] for k in range(0, len(edges), 2)]
    assert not "".join(gaps).strip()
