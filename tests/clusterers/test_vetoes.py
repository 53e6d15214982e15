"""Events that are told in the same words, but of others, are two stories."""

import pytest

from digest.clusterers import TopicClusterer
from digest.models import Article

QUAKE = (
    "An earthquake of magnitude {} shook {} on Tuesday. Houses were damaged and people were hurt, the "
    "civil defence office said. The quake struck at a depth of {} kilometres."
)
TRIAL = (
    "The trial of the banker {0} opened on Monday. Prosecutors accuse {0} of fraud. The banker denies "
    "the charges; a verdict is expected soon."
)


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Earthquake shakes Meldra", QUAKE.format("6.1", "Meldra", 10)),
            ("Earthquake shakes Harsk", QUAKE.format("5.4", "Harsk", 30)),
        ),
        (
            ("Trial of banker Ines Calder opens", TRIAL.format("Ines Calder")),
            ("Trial of banker Tomas Weil opens", TRIAL.format("Tomas Weil")),
        ),
    ],
)
def test_the_same_words_of_others_are_another_story(rows: tuple[tuple[str, str], ...]) -> None:
    articles = [Article(str(n), title, text) for n, (title, text) in enumerate(rows)]
    stories = [story for topic in TopicClusterer()(articles) for story in topic.stories]
    assert len(stories) == 2
