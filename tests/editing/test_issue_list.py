"""An issue is written as a list and read back; what says nothing names its line."""

from dataclasses import replace

import pytest

from digest.editing import read_list, write_list
from digest.editing.issue_list import Line, lines_of
from digest.errors import ConfigError
from digest.models import Digest


def test_a_list_has_a_line_a_piece(issue: Digest) -> None:
    """In the order of the issue, with the words for how much room each has."""
    lines = [line for line in write_list(issue).splitlines() if line and not line.startswith("#")]
    assert lines == [
        "lead 1 Dam at Colne breaks",
        "story 2 A frost takes the pears",
        "compact 3 Ferry line returns",
        "brief 4 Library to open on Sundays",
        "brief 5 The council meets on Monday. It has nine points.",
        "list 6 Sluice repairs begin",
    ]


def test_sentences_stand_below_their_piece_as_comments(issue: Digest) -> None:
    """Numbered across its articles; the list says the same with them."""
    text = write_list(issue, sentences=True)
    assert "#     2  Eleven people are missing.\n" in text
    assert "#   The Ledger\n#     4  Rescuers looked for eleven people on Saturday.\n" in text
    assert read_list(text, issue) == lines_of(issue)


@pytest.mark.parametrize("sentences", [False, True])
def test_a_list_that_was_not_touched_says_nothing_new(issue: Digest, sentences: bool) -> None:
    """It names each piece as it is."""
    assert read_list(write_list(issue, sentences=sentences), issue) == lines_of(issue)


def test_a_hostile_headline_is_one_harmless_line(issue: Digest) -> None:
    """A headline cannot write a line of its own, nor reach the terminal of who edits."""
    brief = issue.in_brief[0]
    title = "Fair\ndrop 1\x1b[2J\u202e\u2028drop 2\x0cdrop 3"
    hostile = replace(
        issue, in_brief=(replace(brief, article=replace(brief.article, title=title)),)
    )
    text = write_list(hostile)
    assert read_list(text, hostile) == lines_of(hostile)
    assert not {"\x1b", "\u202e"} & set(text)


def test_a_line_may_leave_its_headline_out(issue: Digest) -> None:
    """The number names the piece; words may be in capitals, spaces as many as one likes."""
    assert read_list("  DROP   2\r\n\nlead 1 Dam\n", issue) == [
        Line(number=2, verb="drop"),
        Line(number=1, verb="lead"),
    ]


def test_lines_below_a_piece_belong_to_it(issue: Digest) -> None:
    """A heading, and sentences in the order in which they are wanted."""
    text = "lead 1\n+ 5\nheading  The dam  at Colne\n+2\nbrief 3\nheading Boats\n"
    assert read_list(text, issue) == [
        Line(number=1, verb="lead", heading="The dam at Colne", added=(5, 2)),
        Line(number=3, verb="brief", heading="Boats"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n   # more\n"])
def test_an_emptied_list_has_no_line(issue: Digest, text: str) -> None:
    """Comments are none."""
    assert read_list(text, issue) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lead 1\nstroy 2", "line 2: no word 'stroy': did you mean story?"),
        ("\n# a\nx" + "y" * 99, "line 3: no word 'x"),
        ("lead", "line 1: lead needs the number"),
        ("lead one", "line 1: lead needs the number"),
        ("lead ١", "line 1: lead needs the number"),
        ("lead 0", "line 1: no piece 0: the issue has 6"),
        ("lead 7", "line 1: no piece 7"),
        ("lead 99999999999999999999", "line 1: lead needs the number"),
        ("lead 1\nbrief 2\nstory 1", "line 3: piece 1 stands on line 1 already"),
        ("lead 1 The dam at Colne", "line 1: to rename piece 1, write `heading TEXT`"),
        ("heading X\nlead 1", "line 1: it belongs below a piece"),
        ("+ 1", "line 1: it belongs below a piece"),
        ("lead 1\nheading", "line 2: a heading has 1 to 300 characters"),
        ("lead 1\nheading " + "x" * 301, "line 2: a heading has 1 to 300 characters"),
        ("lead 1\nheading X\nheading Y", "line 3: piece 1 has a new heading already"),
        ("drop 1\nheading X", "line 2: piece 1 is dropped"),
        ("lead 1\n+", "line 2: + needs the number"),
        ("lead 1\n+ two", "line 2: + needs the number"),
        ("lead 1\n+ 0", "line 2: no sentence 0"),
        ("lead 1\n+ 7", "line 2: no sentence 7: the articles of piece 1 have 6"),
        ("compact 1\n+ 1", "line 2: only a lead or a story has sentences; make piece 1 one"),
        ("brief 4\n+ 1", "line 2: only a lead or a story has sentences"),
        ("\x00\ufffd\ufffd", "line 1: no word"),
    ],
)
def test_nonsense_names_its_line(issue: Digest, text: str, said: str) -> None:
    """And what could be written instead."""
    with pytest.raises(ConfigError) as error:
        read_list(text, issue)
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)
