"""What single lines say of themselves."""

import pytest

from digest.splitting.bylines import author_of
from digest.splitting.lexicon import ADVERT, DATE_LABEL
from digest.splitting.line_kinds import kind_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("* * *", "separator"),
        ("-30-", "separator"),
        ("oOo", "separator"),
        ("(ends)", "separator"),
        ("- 0 -", "separator"),
        ("NNNN", "separator"),
        ("ZCZC NRD0311", "separator"),
        ("By Ann Lee | 3 May 2024 | 12 comments", "byline"),
        ("Ann Lee, Science Correspondent", "byline"),
        ("5th October 2022 · Ann Lee", "byline"),
        ("Von Hans Maier", "byline"),
        ("Ann Lee | Getty Images", "credit"),
        ("Photo: Ann Lee/Reuters", "credit"),
        ("(Image credit: Ann Lee)", "credit"),
        ("📷 Ann Lee", "credit"),
        ("2 hours ago", "date"),
        ("2023-06-08 · Personal finance", "date"),
        ("March 3, 2024 • Health & Science", "date"),
        ("Publié le 21 mars 2021 à 20h36, modifié le 22 mars 2021 à 9h05", "date"),
        ("Publicado el 12 de marzo de 2024 - 10:30, actualizado a las 14:00", "date"),
        ("Updated at 14.20", "date"),
        ("12. März 2024, 14:05 Uhr", "date"),
        ("4 min read", "widget"),
        ("2–3 minutes", "widget"),
        ("😀 12 😡 7", "widget"),
        ("Something went wrong, please try again.", "widget"),
        ("$1.25", "widget"),
        ("Continue reading »", "end"),
        ("Lire la suite", "end"),
        ("Story from the Harbour Post:", "end"),
        ("Harbour Post | Print version", "end"),
        ("You may also like", "related"),
        ("Lesen Sie auch", "related"),
        ("Neueste Beiträge", "related"),
        ("Entradas recientes", "related"),
        ("Home | News | Sport | Weather", "navigation"),
        ("Skip to main content", "navigation"),
        ("14 comments", "comment"),
        ("Reply · Like (3)", "comment"),
        ("ADVERTISEMENT", "advert"),
        ("Advertisement — scroll to continue", "advert"),
        ("Source: https://a.example/b", "address"),
        ("Read more: Bakers strike again", "teaser"),
        ("File photo: a ferry at the quay", "caption"),
        ("FILE - A ferry leaves the quay in May.", "caption"),
        ("Ann Lee contributed to this report.", "note"),
        ("Correction: an earlier headline named the wrong town.", "note"),
        ("Sign up for our weekly newsletter and get it first.", "notice"),
        ("© 2024 The Courier. All rights reserved.", "notice"),
        ("This article is for subscribers only. Start your free trial today.", "notice"),
        ("By registering you agree to our terms.", "notice"),
        ("To play this video please enable JavaScript.", "notice"),
        ("Printed by hand, the paper sells out", ""),
        ("To play this part he had to register as a sailor.", ""),
        ("Not a member of the union, the port may set its own tariffs.", ""),
        ("Take a survey of any street and you will find three bakers.", ""),
        ("Ferry line buys two electric boats", ""),
        ("Home win lifts Tarn to third place", ""),
        ("The new boats are quieter than the old ones.", ""),
        ("The minister said he would share it with parliament on Monday.", ""),
    ],
)
def test_a_line_is_known_by_its_words_or_left_open(line: str, expected: str) -> None:
    assert kind_of(line) == expected


def test_the_author_is_the_name_alone() -> None:
    assert author_of("By Ann Lee | 3 May 2024 | 12 comments") == "Ann Lee"
    assert author_of("Par Zoé Dupont et Luc Petit") == "Zoé Dupont, Luc Petit"
    assert author_of("Posted on 18 November 2026 by Ann Lee") == "Ann Lee"
    assert author_of("Veröffentlicht am 18. November 2026 von Bo Ray") == "Bo Ray"
    assert author_of("By the light of the moon") is None


@pytest.mark.parametrize("piece", ["a ", ". ", "By A ", "| ", "https://", "The post ", "“", "1 "])
def test_long_lines_of_one_pattern_have_no_sign_or_a_quick_one(piece: str) -> None:
    assert isinstance(kind_of(piece * 200_000), str)


def test_lines_that_differ_by_a_figure_are_told_apart_where_the_figure_tells() -> None:
    assert [kind_of(line) for line in ("- 31 -", "- 30 -", "- 32 -", "- 0 -")].count(
        "separator"
    ) == 2
    assert kind_of("Ann Lee, 1 May 2024") == "byline"
    assert kind_of("Ann Lee, 12 May 2024") == "byline"
    assert kind_of("Ferry 17 returns") == kind_of("Ferry 2024 returns") == ""


@pytest.mark.parametrize(
    "word", ["ad ", "Werbung - ", "promoted ", "sponsored by x ", "publié le "]
)
def test_a_row_of_labels_is_read_once_however_it_could_be_parted(word: str) -> None:
    """Else each way to part it was tried, and there were twice as many with every word."""
    assert kind_of(word * 30 + "x!") is not None
    assert not DATE_LABEL.fullmatch(word * 1000 + "x!")
    assert not ADVERT.fullmatch(word * 1000 + "x!" + "y" * 70)
