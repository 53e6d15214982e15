"""What is barred from summaries by its shape."""

import pytest

from digest.models import Article
from digest.summarizers.passages import passages, why_barred
from digest.text.bylines import dateline


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The harbour opened on Tuesday.", ""),
        ("“The harbour is open,” she said.", ""),
        ("Will the harbour open again?", "question"),
        ("The harbour and its boats", "no end"),
        ("So be it.", "fragment"),
        ("The harbour party .", "fragment"),
        ("12. 5. 1900.", "no words"),
        ("Read more about the harbour here.", "notice"),
        ("Thank you for reading the harbour news.", "notice"),
        ("Photo: The harbour at dusk, by Ann Lee.", "notice"),
        ("Ann Lee in Oslo contributed to this report.", "notice"),
        ("Correction: An earlier version misnamed the harbour.", "notice"),
        ("Popular: Boats of the harbour, pictured at dusk.", "caption"),
        ("Ann Lee, pictured here with her boat, won the race.", "caption"),
        ("Above, a boat lies in the harbour.", "caption"),
        ("Ann Lee pictured the harbour as a park.", ""),
        ("Harbour News' Ann Lee reported from Oslo.", "credit"),
        ("NTB's Ann Lee and Per Orr wrote from Oslo.", "credit"),
        ("Oslo's Ann Lee reported that the harbour was shut.", ""),
        ("Ann Lee has more from the harbour.", "credit"),
        ("Ann Lee has more boats than Per Orr.", ""),
        ("The boats of the harbour stand in Table 4.", "points elsewhere on the page"),
        ("For the boats of the harbour see below.", "points elsewhere on the page"),
        ("Ann Lee laid Table Bay's harbour out anew.", ""),
        ("(____/harbour____) is a boat.", "code"),
        ("(Note: the harbour has two locks.)", "notice"),
        ("March 26, 2015 at 10:30 GMT.", "date"),
        ("These are the boats:", "introduces a list"),
    ],
)
def test_the_reason_is_named(sentence: str, reason: str) -> None:
    """Each kind has its name; a plain sentence has none."""
    words = len(sentence.split())
    assert why_barred(sentence, words, False, headings=frozenset()) == reason


def test_a_short_line_without_a_stop_is_a_heading() -> None:
    """As a paragraph of its own; a longer one is cut off."""
    line = "What comes next for the harbour"
    assert why_barred(line, 6, True, frozenset()) == "heading"
    assert why_barred(line, 13, True, frozenset()) == "no end"
    assert why_barred("It ends.", 2, True, frozenset({"It ends."})) == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "OSLO — ",
        "(NTB) ",
        "Oslo, Norway (NTB) -- ",
        "Oslo (NTB)",
        "NORTH OSLO, Norw.—",
        "OSLO, Nov 17 (NTB) - ",
        "Friday, May 5, 2006",
        "5 May 2006 – ",
        "Oslo (EFE).- ",
        "OSLO, 5 may. (NORD PRESS) - ",
        "OSLO, May 5, 2006 /Newsline/ -- ",
        "/Newsline/ -- ",
        "OSLO taz | ",
        "Oslo (dpa/nrd) - ",
        "【5月6日 AFP】",
        "(NORD) - OSLO, 5 MAG - ",
        "Oslo (Norvegia), 5 mag (ANSA).- ",
        "Oslo, 5 mag. (askanews) - ",
        "OSLO, Norway, May 5, Kyodo - ",
        "OSLO, Norway, May 5, 2006 (NORD NEWSWIRE) -- ",
        "OSLO, May 5. /NORD/. ",
        "OSLO, 5 mag. - (Adnkronos) - ",
        "Oslo (NTB): ",
        "Oslo (dpa) ",
        "/ritzau/ ",
    ],
)
def test_a_dateline_is_measured(line: str) -> None:
    """What remains is the sentence."""
    assert dateline(line + "The harbour opened.") == len(line)


@pytest.mark.parametrize(
    "line",
    [
        "The harbour (built in 1900) opened.",
        "Lamp Inc. (LMP) Chief Ann Lee left.",
        "May 5, 2006 was a day of rain.",
        "May 5, 2006, Ann Lee left.",
        "Ann Lee (Labour) – the mayor – left.",
        "OSLO has a harbour | a lock.",
        "Oslo (ap) is a village.",
        "Mayor of Oslo, Belga - his dog - left.",
    ],
)
def test_other_parentheses_are_no_dateline(line: str) -> None:
    """A bracket inside a sentence belongs to it."""
    assert dateline(line) == 0


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("(Ann Lee/Harbour Pictures) Boats wait at the lock.", "caption"),
        ("Photo by Ann Lee The boats wait at the lock.", "notice"),
        ("The boats wait at the ...", "cut off"),
        ("Keeper Ann Lee (right) holds off Bo Ray (left) at the lock.", "caption"),
        ("Die Schleuse mit Anna Lind (2. v. l.) und Bo Ray (rechts).", "caption"),
        ("Lee A, Ray BC, et al. Tides and tempers in small harbours.", "reference"),
        ("Lee, A., & Ray, B. (2019). Tides and tempers of harbours.", "reference"),
        ("Lee A, Ray BC. Tides and tempers of harbours.", "reference"),
        ("^ Ann Lee, “Tides and tempers”, 2019.", "reference"),
        ("For a list of harbours on lakes, see inland ports.", "notice"),
        ("For a list of harbours, see what the county published on Monday. It is long.", ""),
        ("van Lee-Ray R et al. Tides and tempers of harbours.", "reference"),
        ("Ann Lee, Bo Ray and Cy Day opened the bridge.", ""),
        ("The boats lie at the lock… Read more", "cut off"),
        ("Die Boote liegen an der Schl… weiterlesen", "cut off"),
        ("The photos in the gallery above include old boats.", "caption"),
        ("Moving the lock takes a whole summer.", ""),
        ("Police in Hallin hold two men.", ""),
        ("Speaking at a meeting that marked the feast, Lee said the lock was shut.", ""),
        ("Ann Lee laid a wreath on behalf of the town.", ""),
        ("Nobody dares to leave the harbour of Hallin.", ""),
        ("Last year, Hallin forgave half of what Oslo owes.", ""),
        ("But therein lies the charm of Hallin.", ""),
        ("Why the harbour of Hallin closed in May.", "teaser"),
        ("Why the harbour closed remains a riddle.", ""),
        ("Warum der Hafen schließen musste – und was das bedeutet.", "teaser"),
        ("Here, we spoke with Ann Lee about the lock.", "notice"),
        ("Hallin Boats is proud to serve the whole coast.", "notice"),
        ("We are committed to providing safe boats.", "notice"),
        ("The bridge (left of the lock) opened on Tuesday.", ""),
    ],
)
def test_captions_and_what_is_cut_off_are_barred(sentence: str, reason: str) -> None:
    """They stand in the text where the page was flattened."""
    assert why_barred(sentence, len(sentence.split()), False, frozenset()) == reason


def test_who_wrote_an_article_is_no_news_at_its_end() -> None:
    """In the middle it may be."""
    text = "Ann Lee is a reporter for the Post. She was arrested. Boats wait at the lock of Hull."
    assert passages([Article("a", "", text)], "en").barred[0] == ""
    text = "Boats wait at the lock of Hull. Ann Lee is a senior reporter for the Post in Hull."
    assert passages([Article("a", "", text)], "en").barred[1] == "about the author"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The lock opened. to set a level for each boat. It holds forty boats.", "fragment"),
        ("The lock opened. de Vries said so at once. It holds forty boats.", ""),
        ("the lock opened today. it holds forty boats.", ""),
    ],
)
def test_a_sentence_that_begins_in_the_middle_is_none_where_others_begin_large(
    text: str, reason: str
) -> None:
    """Names begin so too, and some people write all in small letters."""
    found = passages([Article(id="a", title="", text=text.replace(". ", ".\n"))], "en")
    assert found.barred[1] == reason


def _barred(sentences: list[str]) -> list[str]:
    return list(passages([Article("a", "Tides", " ".join(sentences), language="en")]).barred)


_NEWS = [f"The harbour of Merrow lost {number} boats in the storm." for number in range(12)]


def test_titles_between_references_are_of_their_list() -> None:
    """A title alone has no form of its own that tells it from a sentence."""
    listed = [
        "Lee A, Ray BC. Tides of small harbours.",
        "Storm-driven losses of moored boats in estuaries.",
        "Day C, et al. Harbours after storms.",
        "Fox D, Elk E. Moorings and their keepers.",
    ]
    barred = _barred([*_NEWS, *listed])
    assert set(barred[:12]) == {""}
    assert set(barred[12:]) == {"reference"}


def test_a_call_upon_the_reader_is_an_advert_where_nothing_else_calls() -> None:
    """In a guide every step calls."""
    calls = ["Get a fifth more when you moor your boat in Sund."]
    assert _barred([*_NEWS, *calls])[-1] == "notice"
    steps = [
        f"Check your {part} before you cast off." for part in ("ropes", "sails", "lamps", "oars")
    ]
    assert _barred([*steps, *calls]) == [""] * 5


def test_a_short_line_with_a_space_before_its_stop_was_a_link() -> None:
    """Unless the whole text is written so, in tokens."""
    linked = (
        "The harbour of Merrow opened on Monday. Read the report of the county . Boats came in."
    )
    found = passages([Article("a", "", linked)], "en")
    assert [bool(why) for why in found.barred][:2] == [False, True]
    tokens = "The harbour of Merrow opened on Monday . Boats from Hallin came in at noon ."
    assert not any(passages([Article("a", "", tokens)], "en").barred)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Then call function (name) { name = old; } once more.", "code"),
        ("{% highlight py %} The lock opens at noon.", "code"),
        ("Call open_lock(gate); and wait for the boat.", "code"),
        ("Boats use [locks][topic locks] on the way.", "code"),
        ("The lock [3][4] is old.", ""),
        ("A matrix {\\displaystyle A} of the county is square.", "code"),
        ("Email Joan Lindqvist with your own stories at joan@harbour.example.", "notice"),
        (
            "(The boats had come in from Hallin on Monday at noon.",
            "half of what stands in brackets",
        ),
        ("2Add enough water to the bowl of flour to make a dough.", "numbered step"),
        ("The mayor of Hallin (a sailor) opened the old harbour (again).", ""),
        ("The 2A road to Hallin was closed on Monday at noon.", ""),
        ("Revenue rose to 3 million crowns = 2 a head, said the county.", ""),
    ],
)
def test_the_marks_in_a_sentence_tell_that_it_is_none(sentence: str, why: str) -> None:
    """Code, an address to write to, half a bracket, a numbered step."""
    assert why_barred(sentence, len(sentence.split()), False, frozenset()) == why
