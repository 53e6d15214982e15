"""The fixed words, dates and counts of a briefing in every language; all words are in the catalogues."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from string import Formatter

import lxml.html
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from digest import renderers
from digest.errors import ConfigError
from digest.length import WORDS_PER_MINUTE
from digest.models import Article, Brief, Digest
from digest.renderers import LANGUAGES, words
from digest.renderers.archive import archive_entry, render_archive
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer, TextRenderer
from digest.renderers.templates import template_folders
from digest.renderers.words import ENGLISH, words_of

RENDERERS = Path(renderers.__file__).parent
CATALOGUES = RENDERERS / "languages"
(TEMPLATES,) = template_folders("paper")
FOREIGN = [code for code in LANGUAGES if code != "en"]
KEYWORDS = {"_": None, "say": None, "_phrase": None, "count": (2, 3), "_plural": (1, 2)}
ENGLISH_ONLY = {
    "explain.html",
    "epub-package.xml",  # its words are for programs
}

Message = str | tuple[str, ...]


def test_dates_are_written_as_people_write_them() -> None:
    """No leading zero, the month in letters."""
    day = date(2026, 11, 1)
    assert ENGLISH.formats.long_day(day) == "Sunday, 1 November 2026"
    assert ENGLISH.formats.long_date(day) == "1 November 2026"
    assert ENGLISH.formats.short_date(day) == "1 Nov 2026"


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (date(2025, 9, 24), date(2025, 9, 24), "24 Sep 2025"),
        (date(2025, 9, 24), date(2025, 9, 26), "24 to 26 Sep 2025"),
        (date(2025, 9, 24), date(2025, 10, 2), "24 Sep to 2 Oct 2025"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 Dec 2025 to 1 Jan 2026"),
    ],
)
def test_a_period_says_nothing_twice(first: date, last: date, period: str) -> None:
    """Month and year stand once where they are the same."""
    assert ENGLISH.period(first, last) == period


def test_a_moment_falls_on_its_day_in_utc() -> None:
    """Half past midnight in Oslo is still the day before."""
    oslo = timezone(timedelta(hours=1))
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=oslo)) == date(2026, 11, 20)
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=UTC)) == date(2026, 11, 21)
    assert words.day_of(None) is None


def test_counts_agree_with_their_nouns() -> None:
    """One topic, no topics, a thousand with a comma."""
    topics = ("{number} topic", "{number} topics")
    assert ENGLISH.count(1, *topics) == "1 topic"
    assert ENGLISH.count(0, *topics) == "0 topics"
    assert ENGLISH.count(1204, *topics) == "1,204 topics"
    assert ENGLISH.left_out(2, "duplicate") == "2 copies"
    assert ENGLISH.left_out(1, "duplicate") == "1 copy"
    assert ENGLISH.left_out(3, "something {new}") == "3 something {new}"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 20), "Friday"),
        (date(2026, 11, 15), "Sunday"),
        (date(2026, 11, 14), "14 Nov"),
        (date(2026, 11, 21), "21 Nov"),
        (date(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_a_day_of_the_last_week_goes_by_its_name(day: date, name: str) -> None:
    """Thursday is the last one, never that of a week ago."""
    assert ENGLISH.recent_day(day, date(2026, 11, 21)) == name


def test_an_unknown_language_is_a_usage_error() -> None:
    """The message says which there are."""
    with pytest.raises(ConfigError, match="no language 'tlh': choose from en, de, es, fr, it"):
        words_of("tlh")


@pytest.mark.parametrize(("number", "minutes"), [(0, 1), (1, 1), (238, 1), (357, 2), (2380, 10)])
def test_minutes_are_whole_and_never_none(number: int, minutes: int) -> None:
    """The reading speed is the one in the models."""
    assert WORDS_PER_MINUTE == 238
    assert words.minutes(number) == minutes


def fixed_words() -> set[Message]:
    """Every phrase that the templates and renderers say."""
    return {
        message
        for folder, method in ((RENDERERS, "python"), (TEMPLATES, "jinja2"))
        for _, _, message, _, _ in extract_from_dir(
            folder, method_map=[("**.*", method)], keywords=KEYWORDS
        )
    }


def catalogue(language: str) -> dict[Message, Message]:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return {
            message.id: message.string for message in read_po(file, locale=language) if message.id
        }


def flat(message: Message) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


@pytest.mark.parametrize("language", FOREIGN)
def test_every_fixed_word_has_its_translation(language: str) -> None:
    """None is missing, none is empty, and none is left over."""
    translated = catalogue(language)
    assert translated.keys() == fixed_words()
    assert [key for key, value in translated.items() if not all(flat(value))] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_has_the_places_of_its_original(language: str) -> None:
    """A name or a number is neither lost nor asked for in vain."""
    for original, translation in catalogue(language).items():
        names = {name for _, name, _, _ in Formatter().parse(flat(original)[-1]) if name}
        for text in flat(translation):
            assert {name for _, name, _, _ in Formatter().parse(text) if name} == names, text


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.*")), ids=lambda path: path.name)
def test_no_template_writes_a_word_of_its_own(path: Path) -> None:
    """What a reader sees comes from a value or from the catalogues."""
    if path.suffix not in (".html", ".md", ".txt", ".xml") or path.name in ENGLISH_ONLY:
        return
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    if path.suffix == ".md":
        text = text.split("---\n")[2]
    text = re.sub(r'<style[^>]*>.*?</style>|<!--.*?-->|&\w+;| lang=""', "", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", "", text)) == []
    assert re.findall(r'(?:aria-label|title|alt)="[^"{]*\w', text) == []


def test_dates_and_counts_are_those_of_the_language() -> None:
    """As the CLDR writes them; the plural follows the language's own rule."""
    german, french, spanish = (words_of(code) for code in ("de", "fr", "es"))
    day = date(2026, 11, 21)
    assert german.formats.long_day(day) == "Samstag, 21. November 2026"
    assert french.formats.long_date(day) == "21 novembre 2026"
    assert spanish.formats.month(day) == "noviembre de 2026"
    assert german.period(date(2026, 11, 19), day) == "19.–21. Nov. 2026"
    assert german.count(1204, "{number} topic", "{number} topics") == "1.204 Themen"
    assert french.count(0, "{number} topic", "{number} topics") == "0 thème"
    assert german.count(0, "{number} topic", "{number} topics") == "0 Themen"
    assert french.formats.long_date(date(2026, 12, 1)) == "1er décembre 2026"


@pytest.mark.parametrize(
    ("language", "weekday", "day"),
    [
        ("de", "neu seit Donnerstag", "neu seit dem 1. Okt."),
        ("es", "nuevo desde el jueves", "nuevo desde el 1 oct"),
        ("fr", "nouveau depuis jeudi", "nouveau depuis le 1er oct."),
        ("it", "nuovo da giovedì", "nuovo dal 1 ott"),
        ("nl", "nieuw sinds donderdag", "nieuw sinds 1 okt"),
        ("pl", "nowe od czwartku", "nowe od 1 paź"),
        ("pt", "novo desde quinta-feira", "novo desde 1 de out."),
        ("sv", "nytt sedan i torsdags", "nytt sedan den 1 okt."),
    ],
)
def test_a_day_after_since_has_its_case_and_its_article(
    language: str, weekday: str, day: str
) -> None:
    """German and Spanish have an article there, Polish a case, Italian another preposition."""
    words, today = words_of(language), date(2026, 11, 21)
    days = (words.recent_day(one, today) for one in (date(2026, 11, 19), date(2026, 10, 1)))
    assert [words.say("new since {day}", day=one) for one in days] == [weekday, day]


@pytest.mark.parametrize(
    ("number", "counted"),
    [
        (1, "1 artykuł"),
        (2, "2 artykuły"),
        (5, "5 artykułów"),
        (12, "12 artykułów"),
        (22, "22 artykuły"),
        (112, "112 artykułów"),
        (0, "0 artykułów"),
    ],
)
def test_polish_has_three_plurals(number: int, counted: str) -> None:
    """By the last figures of the number, but for those from ten to twenty."""
    assert words_of("pl").count(number, "{number} article", "{number} articles") == counted


@pytest.mark.parametrize("language", FOREIGN)
def test_a_briefing_is_in_its_language(running: Digest, language: str) -> None:
    """Page, Markdown, text, list and feed say what the catalogue says."""
    words = words_of(language)
    page = lxml.html.document_fromstring(HtmlRenderer(language=language)(running))
    assert page.get("lang") == language
    assert [h.text for h in page.find_class("caps")][:3] == [
        words.say(phrase) for phrase in ("At a glance", "They differ", "Day by day")
    ]
    assert words.formats.long_day(running.date) in MarkdownRenderer(language=language)(running)
    text = TextRenderer(language=language)(running)
    for phrase in ("In brief", "Also read", "Left out"):
        assert f"\n{words.say(phrase).upper()}\n" in text
    for phrase in ("Science and health", "Culture", "updated"):
        assert words.say(phrase) in text
    texts = render_archive([archive_entry(running, "x")], title="x", language=language)
    assert (
        words.say("Search all issues")
        in lxml.html.document_fromstring(texts["index.html"]).text_content()
    )
    assert f'xml:lang="{language}"' in texts["feed.xml"]


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (["de", "de", "en"], "de"),
        (["fr", "fr-CA", "fr"], "fr"),
        (["en", "de"], "en"),
        (["ja", "ja", "de"], "en"),
        ([], "en"),
    ],
)
def test_without_a_language_a_briefing_is_in_that_of_most_articles(
    languages: list[str], expected: str
) -> None:
    """Where its fixed words are written in it."""
    briefs = tuple(
        Brief(Article(str(number), f"Title {number}", "", "The Ledger", language=language))
        for number, language in enumerate(languages)
    )
    digest = Digest(words.TITLE, date(2026, 11, 21), in_brief=briefs)
    assert words.issue_language(digest) == expected
    page = MarkdownRenderer()(digest)
    assert f"\nlanguage: {expected}\n" in page
    assert words_of(expected).title(words.TITLE) in page


def test_a_title_that_was_chosen_is_not_translated() -> None:
    """Only the one that nobody chose."""
    assert words_of("de").title("Morning") == "Morning"
    assert words_of("de").title(words.TITLE) == "Der Überblick des Tages"


def test_english_articles_on_a_german_page_say_so(running: Digest) -> None:
    """`lang` stands on what is not in the language of the page."""
    page = lxml.html.document_fromstring(HtmlRenderer(language="de")(running))
    assert {key.get("lang") for key in page.find_class("key")} == {"en"}
    german = page.get_element_by_id("topic-3-story-2")
    assert {part.get("lang") for part in german.iter("h3", "p") if part.get("dir")} == {None}
    assert page.find(".//h2[@lang='en']").text == "Ferry strike"


def test_english_needs_no_babel() -> None:
    """It takes longer to import than a page takes to make."""
    script = (
        "import sys, datetime\n"
        "from digest.models import Digest\n"
        "from digest.renderers.formats import HtmlRenderer\n"
        "HtmlRenderer()(Digest('x', datetime.date(2026, 11, 21)))\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
