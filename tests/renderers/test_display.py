"""Untrusted text is shown, and does nothing else; links lead where they say, and to the sentence."""

import unicodedata
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.incoming import storable
from digest.outgoing import clean, line
from digest.renderers.display import isolated, language_code, safe_link, sentence_link, shorten


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ferries\x00 stay\x1b[31m in", "Ferries stay[31m in"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one two three four five"),
        ("bank \u202etxt.exe\u202c \u2066isolate\u2069", "bank txt.exe isolate"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag\U000e0041\U000e007f and \ufffe\U0001ffff", "tag and"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("“Curly” — quotes’", "“Curly” — quotes’"),
    ],
)
def test_a_line_holds_only_what_can_be_shown(raw: str, shown: str) -> None:
    """Controls, line breaks, bidi overrides and zero-width characters go; joiners and quotes stay."""
    assert line(raw) == shown


def test_a_pile_of_marks_is_cut_to_four() -> None:
    """A thousand combining marks on a letter cannot paint over the page."""
    assert clean("e" + "\u0301" * 1000 + "x") == "e" + "\u0301" * 4 + "x"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Nothing that was removed comes together anew from its neighbours."""
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_line_is_one_line_without_controls(text: str) -> None:
    """No control character and no surrogate is left, whatever came in."""
    shown = line(text)
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in shown)
    assert len(shown.splitlines()) <= 1


@given(st.text(alphabet=st.characters(categories=None)))
def test_surrogates_are_replaced_one_for_one(text: str) -> None:
    """Offsets into the text stay true."""
    replaced = storable(text)
    assert len(replaced) == len(text)
    replaced.encode()


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_keeps_its_length(text: str, length: int) -> None:
    """It is the text itself, or its beginning and an ellipsis, never longer than asked for."""
    short = shorten(text, length)
    assert short == text or (len(short) <= length and text.startswith(short[:-1]))


@pytest.mark.parametrize("code", ["en", "de", "pt-BR", "zh-Hant-TW"])
def test_a_language_code_is_kept(code: str) -> None:
    """What BCP 47 knows may stand in `lang`."""
    assert language_code(code) == code


@pytest.mark.parametrize("code", ["", "english", 'de" onload="x', "d e", "../de"])
def test_anything_else_is_no_language(code: str) -> None:
    """What is not a code is not shown as one."""
    assert language_code(code) is None


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "JaVaScRiPt://x.example/%0aalert(1)",
        " data:text/html,<b>",
        "vbscript:x",
        "file:///etc/passwd",
        "//host.example/path",
        "/path",
        "news/1",
        "https://",
        "https:///path",
        "https://[::1",
        "https://host:99999/",
        'https://ho"st/',
        "https://a b.example/",
        "https://" + "a" * 2100 + ".example/",
        "mailto:nobody",
    ],
)
def test_what_is_no_address_of_the_web_is_no_link(url: str | None) -> None:
    """Only http, https and mailto, with a host, are linked to."""
    link = safe_link(url)
    assert link is None or link == "https://ab.example/"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example/a?id=1&utm_source=x&utm_medium=y#top", "https://news.example/a?id=1#top"),
        ("https://news.example/?fbclid=1&gclid=2&mc_cid=3", "https://news.example/"),
        ("https://news.example/a?ref=a&b=%2F", "https://news.example/a?ref=a&b=%2F"),
        ("HTTPS://News.Example:8443/A", "https://news.example:8443/A"),
        ("https://user:secret@news.example/", "https://news.example/"),
        ("https://bücher.example/straße?q=ü", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC"),
        ("https://news.example/a(b)[c]<d>\"e\"'f'|g\\h^`{}", "https://news.example/a%28b%29%5Bc%5D%3Cd%3E%22e%22'f'%7Cg%5Ch%5E%60%7B%7D"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a#b:~:text=evil", "https://news.example/a#b"),
        ("mailto:editor@news.example?subject=x", "mailto:editor@news.example"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)  # fmt: skip
def test_a_link_is_plain_ascii_without_tracking(url: str, link: str) -> None:
    """Tracking parameters and credentials go, the rest is encoded and stays what it was."""
    assert safe_link(url) == link


@given(st.text(), st.sampled_from(["https://a.example/", "https://a.example/?q=", "https://", ""]))
def test_no_text_breaks_out_of_a_link(text: str, before: str) -> None:
    """A link is ASCII without quotes, brackets or spaces, and making it safe again changes nothing."""
    link = safe_link(before + text)
    if link is not None:
        assert link.isascii()
        assert not set(link) & set(' "<>()\\`\n')
        assert urlsplit(link).scheme in ("http", "https", "mailto")
        assert safe_link(link) == link


TEXT = (
    "The mayor spoke on Monday, and rain fell. The mayor spoke on Monday for an hour about the new "
    "bridge, its cost - 40 & 50 million - and its name. Then everybody went home."
)


def test_a_short_sentence_is_named_whole() -> None:
    """The directive's own punctuation is encoded: hyphen, comma and ampersand."""
    start = TEXT.index("Then")
    assert sentence_link("https://a.example/", TEXT, start, len(TEXT)) == (
        "https://a.example/#:~:text=Then%20everybody%20went%20home."
    )
    assert sentence_link("https://a.example/#b", "A-b, c & d.", 0, 11) == (
        "https://a.example/#b:~:text=A%2Db%2C%20c%20%26%20d."
    )


def test_a_long_sentence_is_named_by_its_ends() -> None:
    """Its first words are as many as it takes not to be found earlier."""
    start, end = TEXT.index("The mayor spoke on Monday for"), TEXT.index(" Then")
    directive = sentence_link("https://a.example/", TEXT, start, end).partition(":~:text=")[2]
    first, last = (unquote(part) for part in directive.split(","))
    assert first == "The mayor spoke on Monday for"
    assert TEXT.find(first) == start
    assert TEXT.find(last, start) + len(last) == end


@given(
    st.lists(st.sampled_from(["rain", "fell", "on", "the-bridge,", "&"]), min_size=1, max_size=60)
)
def test_the_directive_finds_the_sentence(words: list[str]) -> None:
    """Whatever repeats in a text, the first match of the directive is where the sentence stands."""
    sentence = " ".join(words) + "."
    text = f"Before. {sentence} After."
    start = text.index(sentence)
    link = sentence_link("https://a.example/", text, start, start + len(sentence))
    parts = [unquote(part) for part in link.partition(":~:text=")[2].split(",")]
    assert text.find(parts[0]) <= start
    if len(parts) == 2:
        assert text.find(parts[0]) == start
        assert text.find(parts[1], start) + len(parts[1]) == start + len(sentence)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("The Ledger", "", "20 Nov 2026"), ("The Ledger", "20 Nov 2026")),
        (("Zeitung für Köln", "4 min"), ("Zeitung für Köln", "4 min")),
        (("الجريدة", "20 Nov 2026"), ("\u2068الجريدة\u2069", "\u206820 Nov 2026\u2069")),
    ],
)
def test_facts_beside_a_name_from_right_to_left_are_isolated(
    parts: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """Else the number of a date is drawn to the name."""
    assert isolated(*parts) == shown
