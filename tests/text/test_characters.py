"""How sentences end."""

import pytest

from digest.text.characters import ends_sentence


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It is late.", True),
        ("“It is late.”", True),
        ("„Es ist spät.“", True),
        ("»Det er sent.«", True),
        ("« Il est tard. »", True),
        ("«تأخر الوقت؟»", True),
        ("یہ دیر ہے۔", True),
        ("देर हो गई।", True),
        ("Ուշ է։", True),
        ("「遅い。」", True),
        ("It is late (we know.)", True),
        ("The harbour and its", False),
        ("The harbour »", False),
        ("", False),
    ],
)
def test_a_sentence_ends_in_a_terminal_and_what_closes_behind_it(text: str, ends: bool) -> None:
    """In any script, with a space before the closing mark or without."""
    assert ends_sentence(text) is ends


def test_a_long_text_may_end_in_a_quotation():
    """Without a mark of its own; a headline of that form is shorter."""
    said = "Der Bürgermeister sagte am Montag vor dem Haus: „Wir werden die Brücke noch in diesem Jahr öffnen“"
    assert ends_sentence(said)
    assert not ends_sentence("Bürgermeister: „Wir öffnen die Brücke“")
