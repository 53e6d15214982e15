"""The fixed words are there in every language, and nothing is written past the catalogues."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from string import Formatter

import lxml.html
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from digest import renderers
from digest.models import Digest
from digest.protocols import LANGUAGES
from digest.renderers import (
    HtmlRenderer,
    MarkdownRenderer,
    TextRenderer,
    archive_entry,
    render_archive,
)
from digest.renderers.environment import template_folders
from digest.renderers.words import words_of

RENDERERS = Path(renderers.__file__).parent
CATALOGUES = RENDERERS / "languages"
(TEMPLATES,) = template_folders("paper")
FOREIGN = [code for code in LANGUAGES if code != "en"]
KEYWORDS = {"_": None, "say": None, "_phrase": None, "count": (2, 3), "_plural": (1, 2)}
ENGLISH_ONLY = {"explain.html"}

Message = str | tuple[str, ...]


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
    day, earlier = date(2026, 11, 21), date(2026, 11, 19)
    assert german.formats.long_day(day) == "Samstag, 21. November 2026"
    assert french.formats.long_date(day) == "21 novembre 2026"
    assert spanish.formats.month(day) == "noviembre de 2026"
    assert german.period(earlier, day) == "19.–21. Nov. 2026"
    assert german.count(1204, "{number} topic", "{number} topics") == "1.204 Themen"
    assert french.count(0, "{number} topic", "{number} topics") == "0 thème"
    assert german.count(0, "{number} topic", "{number} topics") == "0 Themen"
    new = [
        w.say("new since {day}", day=w.recent_day(earlier, day)) for w in (german, french, spanish)
    ]
    assert new == ["neu seit Donnerstag", "nouveau depuis jeudi", "nuevo desde el jueves"]
    assert french.recent_day(date(2026, 10, 1), day) == "le 1 oct."


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
        "from digest.renderers import HtmlRenderer\n"
        "HtmlRenderer()(Digest('x', datetime.date(2026, 11, 21)))\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
