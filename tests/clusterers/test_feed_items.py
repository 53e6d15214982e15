"""Items of feeds, a headline and at most a sentence, join where they tell of one event and only there."""

import pytest

from digest.clusterers import TopicClusterer
from digest.models import Article

MORNING = (
    (
        "A",
        "Dam above Orvel bursts, valley evacuated",
        "Thousands fled on Monday when the Orvel dam burst.",
    ),
    (
        "A",
        "Central bank leaves its rate where it was",
        "Economists had expected a cut by a quarter point.",
    ),
    ("A", "Coach Tolnay leaves Rovers after nine years", ""),
    ("A", "How to keep tomatoes through a dry August", ""),
    ("B", "Orvel: thousands flee as the dam bursts", ""),
    (
        "B",
        "Bakers in Kelm count their losses after the fair",
        "Rain kept the visitors away for three days.",
    ),
    ("B", "Rovers part with their coach Tolnay", "The club thanked the coach for nine years."),
    ("B", "Museum of salt opens in the old mine", ""),
    ("C", "Rate stays: the central bank waits for the autumn", ""),
    ("C", "Kelm mayor wants a second bridge", "The plan would cost the town nine million."),
    ("C", "Six walks along the coast for the weekend", ""),
    ("C", "A violin from a cellar fetches a record price", ""),
)


def stories(rows: tuple[tuple[str, str, str], ...], language: str = "en") -> set[frozenset[str]]:
    articles = [
        Article(str(n), title, text, source=source, language=language)
        for n, (source, title, text) in enumerate(rows)
    ]
    found = [story for topic in TopicClusterer()(articles) for story in topic.stories]
    return {
        frozenset(a.title for a in story.articles) for story in found if len(story.articles) > 1
    }


def test_headlines_with_and_without_a_text_join_stories_across_outlets() -> None:
    titles = [title for _, title, _ in MORNING]
    assert stories(MORNING) == {
        frozenset((titles[0], titles[4])),
        frozenset((titles[1], titles[8])),
        frozenset((titles[2], titles[6])),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fire in Kelm barn kills forty cows", "Kelm plans a second school by the river"),
        ("Minister Adler praises the harvest", "Old recordings of Adler found in Prague"),
        ("Young drivers pay more, insurers say", "Young ants warn the nest of fungus"),
    ],
)
def test_one_shared_word_is_no_event(one: str, other: str) -> None:
    rows = (
        *((s, t, x) for s, t, x in MORNING if "Kelm" not in t),
        ("D", one, ""),
        ("E", other, ""),
    )
    assert not any(one in story and other in story for story in stories(rows))


def test_compounds_meet_in_their_parts() -> None:
    rows = (
        ("A", "Bauernprotest legt Lundhafen lahm", ""),
        ("B", "Proteste der Bauern: Hafen Lund liegt lahm", ""),
        ("A", "Neues Museum zeigt alte Uhren", ""),
        ("B", "Wie man Tomaten im Herbst lagert", ""),
        ("C", "Trainer verlässt den Verein nach Niederlage", ""),
        ("C", "Schiffe fahren wieder bis Mitternacht", ""),
        ("A", "Der Winter kommt früher als gedacht", ""),
        ("B", "Zinsen bleiben, wo sie waren", ""),
        ("C", "Warum Katzen im Schlaf zucken", ""),
        ("A", "Rentner erbt eine Geige und verschenkt sie", ""),
        ("B", "Die besten Wanderwege für das Wochenende", ""),
        ("C", "Forscher zählen Vögel an der Küste", ""),
    )
    assert stories(rows, "de") == {frozenset((rows[0][1], rows[1][1]))}


def test_a_short_headline_is_read_in_the_language_of_its_source() -> None:
    long = "Der Verein hat am Montag erklärt, dass er sich von seinem Trainer trennt, weil es nicht mehr ging."
    rows = [
        Article("1", "Brücke bei Osterau gesperrt nach Schiffsunglück", "", source="A"),
        Article("2", "Schiff rammt Brücke: Osterau ohne Übergang", "", source="B"),
        Article("3", "Rovers trennen sich vom Trainer", long, source="A", language="de"),
        Article(
            "4", "Trainer muss gehen", long.replace("Montag", "Abend"), source="B", language="de"
        ),
        Article("5", "Ein Garten für die Bienen", "", source="A"),
        Article("6", "Was der Herbst den Winzern bringt", "", source="B"),
    ]
    found = [s for topic in TopicClusterer()(rows) for s in topic.stories]
    assert any({a.id for a in s.articles} == {"1", "2"} for s in found)
    assert {a.language for s in found for a in s.articles if a.id in "1256"} == {"en"}
