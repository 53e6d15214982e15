"""An issue is written as a list and read back; what says nothing names its line."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.codec import read_digest, write_digest
from digest.editing import read_list, revise, write_list
from digest.editing.issue_list import VERBS, Line, lines_of
from digest.editing.layout import Tell
from digest.errors import ConfigError
from digest.models import Article, Digest
from digest.renderers.formats import MarkdownRenderer
from digest.verification import sentences

from .conftest import DAM, FERRY, LIBRARY, PEARS, SLUICE, UNTITLED


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


Edit = Callable[[str], Digest]
WHOLE = "lead 1\nstory 2\ncompact 3\nbrief 4\nbrief 5\nlist 6\n"


@pytest.fixture
def edit(issue: Digest, teller: Tell) -> Edit:
    """Return what makes the issue anew as a list says."""
    return lambda text: revise(issue, read_list(text, issue), teller)


def headings(digest: Digest) -> list[tuple[str, str]]:
    """Return the sections as they stand, with their tiers."""
    return [(section.tier, section.heading) for section in digest.sections]


def titles(articles: tuple[Article, ...]) -> list[str]:
    """Return what the articles are called."""
    return [article.title for article in articles]


@pytest.mark.parametrize("text", [WHOLE, WHOLE + "# a remark\n", "LEAD 1\n" + WHOLE[7:]])
def test_a_list_that_changes_nothing_gives_the_same_issue(
    issue: Digest, edit: Edit, text: str
) -> None:
    """The very same: its counts are not made anew either."""
    assert edit(text) is issue


@pytest.mark.parametrize(
    "text",
    ["lead 1\nheading Dam at Colne breaks\n" + WHOLE[7:], "lead 1\n+ 1\n" + WHOLE[7:]],
)
def test_what_is_so_already_is_no_change(issue: Digest, edit: Edit, text: str) -> None:
    """Its own heading, and a sentence that it has."""
    assert edit(text) is issue


def test_lines_in_another_order_order_the_issue(edit: Edit) -> None:
    """Sections among themselves, and lines in brief among themselves."""
    found = edit("list 6\ncompact 3\nbrief 5\nlead 1\nbrief 4\nstory 2\n")
    assert headings(found) == [
        ("compact", "Ferry line returns"),
        ("lead", "Dam at Colne breaks"),
        ("story", "A frost takes the pears"),
        ("listed", "Sluice repairs begin"),
    ]
    assert [brief.article for brief in found.in_brief] == [UNTITLED, LIBRARY]


def test_what_is_dropped_or_deleted_is_named_among_what_was_left_out(edit: Edit) -> None:
    """Every article of the piece, with the reason; and the counts know."""
    found = edit("lead 1\nstory 2\ndrop 3\nbrief 4\nlist 6\n")
    left_out = [(one.what, one.reason, one.page) for one in found.omissions]
    assert left_out == [
        *((one.title, "dropped", one.page) for one in FERRY),
        (UNTITLED.text, "dropped", UNTITLED.page),
    ]
    assert found.statistics.omitted == 3
    assert (found.statistics.articles, found.statistics.in_brief) == (5, 1)
    assert (found.statistics.sources, found.statistics.words_read) == (4, 200)


def test_a_section_of_one_article_becomes_a_line_in_brief(edit: Edit) -> None:
    """Below those that were there, or above them, as the list says."""
    found = edit("lead 1\ncompact 3\nbrief 2\nbrief 4\nbrief 5\nlist 6\n")
    assert titles(tuple(brief.article for brief in found.in_brief)) == [
        PEARS.title,
        LIBRARY.title,
        "",
    ]
    assert found.in_brief[0].importance.total == 1.5


@pytest.mark.parametrize(("verb", "tier"), [("brief", "brief"), ("list", "listed")])
def test_a_section_of_several_outlets_becomes_a_line_and_stays_whole(
    edit: Edit, verb: str, tier: str
) -> None:
    """Its articles are not taken apart; the page says how many outlets tell it."""
    found = edit(f"{verb} 1\nstory 2\ncompact 3\nbrief 4\nbrief 5\nlist 6\n")
    section = next(one for one in found.sections if one.heading == "Dam at Colne breaks")
    assert (section.tier, section.topic.articles) == (tier, DAM)
    assert not section.summary.sentences
    page = MarkdownRenderer()(found)
    assert "Dam at Colne breaks · 2 outlets" in page
    assert "## Dam at Colne breaks" not in page


def test_a_line_in_brief_becomes_a_story(edit: Edit) -> None:
    """It is told in sentences of its article."""
    found = edit("story 4\nlead 1\nstory 2\ncompact 3\nbrief 5\nlist 6\n")
    first = found.sections[0]
    assert (first.tier, first.heading) == ("story", LIBRARY.title)
    assert [one.text for one in first.summary.sentences] == [
        "The city library opens in January.",
        "Twelve will be hired.",
    ]
    assert LIBRARY not in [brief.article for brief in found.in_brief]


def test_what_was_only_listed_becomes_a_lead(edit: Edit) -> None:
    """And so on, from any room to any other."""
    found = edit("lead 6\nlead 1\nstory 2\ncompact 3\nbrief 4\nbrief 5\n")
    assert (found.sections[0].tier, found.sections[0].topic.articles) == ("lead", SLUICE)
    assert found.sections[0].summary.sentences


def test_a_heading_of_the_editors_own_says_so(edit: Edit) -> None:
    """It is the one text that comes from no source; it survives the JSON, and a change of the room."""
    found = edit(
        "lead 1\nheading The dam\nstory 2\ncompact 3\nbrief 4\nheading Sundays\nlist 6\nbrief 5\n"
    )
    own = [one for one in found.sections if one.heading_by == "editor"]
    assert [(one.tier, one.heading) for one in own] == [("lead", "The dam"), ("brief", "Sundays")]
    assert own[1].topic.articles == (LIBRARY,)
    text = write_digest(found)
    assert text.count('"heading_by": "editor"') == 2
    assert write_digest(read_digest(text)) == text
    assert "Sundays · Post" in MarkdownRenderer()(found)


def test_a_heading_survives_a_change_of_the_room(edit: Edit, teller: Tell) -> None:
    """Also in a list of its own."""
    once = edit("lead 1\nheading The dam\nstory 2\nheading Pears\n" + WHOLE[15:])
    twice = revise(once, read_list("brief 2\nstory 1\n" + WHOLE[15:], once), teller)
    assert headings(twice)[0] == ("story", "The dam")
    assert ("brief", "Pears") in headings(twice)


def test_a_headline_of_another_of_its_articles_is_a_sources_own(edit: Edit) -> None:
    """Nothing is marked that a source wrote."""
    found = edit(f"lead 1\nheading {DAM[1].title}\n" + WHOLE[7:])
    assert (found.sections[0].heading, found.sections[0].heading_by) == (DAM[1].title, "")


def test_a_sentence_is_added_word_for_word(edit: Edit) -> None:
    """At the end of the summary, in the order wanted, each once."""
    found = edit("lead 1\n+ 6\n+ 5\n+ 6\n" + WHOLE[7:])
    added = found.sections[0].summary.sentences[-2:]
    assert [one.text for one in added] == [
        "The dam had been inspected in May.",
        "A bridge was carried away.",
    ]
    assert all(DAM[1].text[one.start : one.end] == one.text for one in added)
    assert [one.index for one in added] == [2, 1]


def test_lines_in_brief_keep_to_the_parts_of_the_paper(issue: Digest, teller: Tell) -> None:
    """Where they are sorted by them, a line joins its own; where they are not, it has none."""
    library, council = issue.in_brief
    sorted_ = replace(
        issue,
        in_brief=(replace(library, department="culture"), replace(council, department="politics")),
    )
    pears = replace(issue.sections[1], department="culture")
    sorted_ = replace(sorted_, sections=(issue.sections[0], pears, *issue.sections[2:]))
    text = "lead 1\ncompact 3\nbrief 4\nbrief 5\nbrief 2\nlist 6\n"
    found = revise(sorted_, read_list(text, sorted_), teller)
    assert [one.department for one in found.in_brief] == ["culture", "culture", "politics"]
    plain = replace(sorted_, in_brief=issue.in_brief)
    found = revise(plain, read_list(text, plain), teller)
    assert [one.department for one in found.in_brief] == ["", "", ""]


def _lists() -> st.SearchStrategy[list[Line]]:
    """Any order of any of the pieces, each with any room."""
    verbs = st.lists(st.sampled_from(VERBS), min_size=6, max_size=6)
    numbers = st.lists(st.integers(1, 6), unique=True, max_size=6)
    return st.builds(
        lambda numbers, verbs: [Line(number=n, verb=verbs[n - 1]) for n in numbers], numbers, verbs
    )


@given(lines=_lists())
def test_no_list_loses_an_article_or_changes_a_sentence(
    issue: Digest, teller: Tell, lines: list[Line]
) -> None:
    """Every article is shown once or named as dropped; every sentence is a slice of its article."""
    found = revise(issue, lines, teller)
    shown = [article.id for article in found.articles]
    dropped = [one.page for one in found.omissions if one.reason == "dropped"]
    assert sorted(shown) == sorted(set(shown))
    pages = [article.page for article in found.articles]
    assert sorted(pages + dropped) == sorted(article.page for article in issue.articles)
    texts = {article.id: article.text for article in issue.articles}
    for sentence in sentences(found):
        assert texts[sentence.article_id][sentence.start : sentence.end] == sentence.text
        assert sentence.article_id in shown


@given(lines=_lists())
def test_a_revised_issue_is_a_list_again(issue: Digest, teller: Tell, lines: list[Line]) -> None:
    """It can be edited once more, and untouched it stays the same, also by way of its JSON."""
    found = revise(issue, lines, teller)
    back = read_digest(write_digest(found))
    assert read_list(write_list(back), back) == lines_of(back)
    assert revise(back, read_list(write_list(back), back), teller) is back
