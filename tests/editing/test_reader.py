"""What the reader follows and mutes: words, phrases, names and sources."""

from collections.abc import Callable

import pytest

from digest.editing import Wishes
from digest.editing.reader import Filter
from digest.models import Article, Omission

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("wish", "title", "text", "source", "found"),
    [
        ("Danube", "The Danube rises", "", "", True),
        ("danube", "THE DANUBE RISES", "", "", True),
        ("Danube", "Rain", "The Danube rose by a metre.", "", True),
        ("Danube", "Danubes of the mind", "", "", False),
        ("Danube", "Rain", "Word. " * 200 + "The Danube rose.", "", False),
        ("port authority", "The port\nauthority resigns", "", "", True),
        ("port authority", "Authority over a port", "", "", False),
        ("Harbour Ledger", "Rain", "", "harbour ledger", True),
        ("Ledger", "Rain", "", "Harbour Ledger", False),
        ("C++", "A new C++ is out", "", "", True),
        (".*", "Anything at all", "", "", False),
        ("多瑙河", "今天多瑙河上涨", "", "", True),
        ("Straße", "STRASSE gesperrt", "", "", True),
        ("", "Anything at all", "", "", False),
    ],
)
def test_a_followed_wish_fits_whole_words_of_title_or_beginning_or_the_source(
    article: Make, wish: str, title: str, text: str, source: str, found: bool
) -> None:
    """In any case; what stands far down is only mentioned; scripts without spaces have no whole words."""
    piece = article(text, title=title, source=source)
    assert Wishes(follow=(wish,)).follows(piece) is found


@pytest.mark.parametrize(
    ("wish", "title", "text", "source", "muted"),
    [
        ("royals", "Royals open a bridge", "", "", True),
        ("royals", "A bridge opens", "The royals came.", "", False),
        ("Harbour Ledger", "A bridge opens", "", "Harbour Ledger", True),
        ("royal", "Royals open a bridge", "", "", False),
        ("istanbul", "İSTANBUL’DA KÖPRÜ KAPANDI", "", "", True),
        ("ışık", "IŞIK FESTİVALİ", "", "", True),
        ("", "A bridge opens", "", "", False),
    ],
)
def test_a_muted_wish_fits_the_title_or_the_source(
    article: Make, wish: str, title: str, text: str, source: str, muted: bool
) -> None:
    """What a text mentions is no reason to lose it."""
    piece = article(text, title=title, source=source, page="p")
    kept, omissions = Wishes(mute=(wish,)).without_muted([piece])
    assert bool(omissions) is muted
    assert kept == ([] if muted else [piece])


def test_a_muted_piece_is_an_omission_that_names_the_wish(article: Make) -> None:
    """As the reader wrote it, with the title and the page; without a title, with the beginning of the text."""
    wishes = Wishes(mute=("Royal Family",))
    named = article("", title="The ROYAL family sails", page="feed#1")
    untitled = article("They sail.", id="b", title="", source="Royal family", page="feed#2")
    _, omissions = wishes.without_muted([named, untitled])
    assert omissions == [
        Omission("The ROYAL family sails", "muted", "feed#1", "Royal Family"),
        Omission("They sail.", "muted", "feed#2", "Royal Family"),
    ]


def test_the_longest_of_several_wishes_is_the_one_that_is_named(article: Make) -> None:
    """Not the first that fits within it."""
    wishes = Wishes(mute=("port", "port authority"))
    _, (omission,) = wishes.without_muted([article("", title="Port authority resigns")])
    assert omission.detail == "port authority"


def test_a_word_that_is_followed_and_muted_is_muted(article: Make) -> None:
    """What is not read cannot be raised."""
    wishes = Wishes(follow=("ferry",), mute=("ferry",))
    kept, omissions = wishes.without_muted([article("", title="The ferry sails")])
    assert (kept, len(omissions)) == ([], 1)


def test_without_wishes_all_is_kept_and_nothing_followed(article: Make) -> None:
    """In the order in which it came."""
    pieces = [article("", id=key, title="The ferry sails") for key in "cab"]
    assert Wishes().without_muted(pieces) == (pieces, [])
    assert not any(map(Wishes().follows, pieces))


@pytest.mark.parametrize(
    ("keep", "drop", "told"),
    [
        ((), (), True),
        (("danube",), (), True),
        (("dan",), (), False),
        (("dan*",), (), True),
        (("ferry crossing",), (), True),
        (("rhine", "quay*"), (), True),
        (("*",), (), False),
        ((), ("danube",), False),
        ((), ("dan*",), False),
        ((), ("quay",), True),
        (("danube",), ("ferr*",), False),
    ],
)
def test_a_source_keeps_and_drops_by_words(
    keep: tuple[str, ...], drop: tuple[str, ...], told: bool
) -> None:
    """What is kept may stand in the beginning too; what is dropped stands in the title."""
    article = Article("a", "Danube ferries", "The ferry crossing at the quay reopened.")
    assert Filter(keep=keep, drop=drop).passes(article) == told
