"""Which language a text is in."""

import re
import sys
from pathlib import Path

import pytest

from digest.models import Article
from digest.text import language
from digest.text.language import detect_language, in_language_of_source

TEXTS = {
    "de": "Der Hafen bleibt am Montag geschlossen, weil der Sturm die Mole beschädigt hat und niemand weiß, "
    "wann sie wieder hält.",
    "en": "The harbour will stay closed on Monday because the storm has damaged the pier, and nobody knows "
    "when it will hold again.",
    "es": "El puerto permanecerá cerrado el lunes porque la tormenta ha dañado el muelle y nadie "
    "sabe cuándo volverá a resistir.",
    "fi": "Satama pysyy maanantaina suljettuna, koska myrsky on vaurioittanut laituria eikä kukaan tiedä, "
    "milloin se taas kestää aaltoja.",
    "fr": "Le port restera fermé lundi parce que la tempête a endommagé la jetée et que personne ne sait quand "
    "elle tiendra de nouveau.",
    "nl": "De haven blijft maandag gesloten omdat de storm de pier heeft beschadigd en niemand weet wanneer "
    "hij weer zal houden.",
    "no": "Havnen holder stengt på mandag fordi stormen har skadet moloen, og ingen vet når den igjen kan tåle "
    "bølgene.",
    "ja": "月曜日、港は閉鎖されたままです。嵐が桟橋を壊しました。",
    "zh": "周一港口继续关闭，因为风暴损坏了码头，没有人知道何时恢复。",
    "ru": "Гавань останется закрытой в понедельник, потому что буря повредила причал, и никто не знает, когда "
    "он снова выдержит волны.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_or_two_tell_the_language(language: str) -> None:
    """Languages with and without a list of stop words are told apart, near relations among them."""
    assert detect_language(TEXTS[language]) == language


SHORT = {
    "Мост закрыт после наводнения": "ru",
    "Міст закрили після повені": "uk",
    "Мостът е затворен след наводнението": "bg",
    "إغلاق الجسر بعد الفيضان": "ar",
    "پل پس از سیل بسته شد": "fa",
    "سیلاب کے بعد پل بند": "ur",
    "הגשר נסגר אחרי השיטפון": "he",
    "Η γέφυρα έκλεισε": "el",
    "पुल बंद हुआ": "hi",
    "সেতু বন্ধ": "bn",
    "பாலம் மூடப்பட்டது": "ta",
    "สะพานปิด": "th",
    "다리 폐쇄": "ko",
    "橋は閉鎖された": "ja",
    "大桥关闭": "zh",
    "Bridge closed after flood": "en",
    "Council closes bridge": "en",
    "Brücke nach Hochwasser gesperrt": "de",
    "Le pont est fermé après la crue": "fr",
    "Miasto zamyka stary most po powodzi": "pl",
    "Kaupunki sulkee vanhan sillan": "fi",
    "UN envoy arrives in Тбилиси by train": "en",
}


@pytest.mark.parametrize(("text", "language"), SHORT.items())
def test_a_headline_tells_its_language(text: str, language: str) -> None:
    """By its script first, by the letters that only one language of a script has, then by the model."""
    assert detect_language(text) == language


def test_scripts_load_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a headline in English."""
    monkeypatch.setitem(sys.modules, "py3langid", None)
    for text in (
        "다리가 폐쇄됐다 지금",
        "Мост закрыт: ехать нельзя",
        "Council closes the bridge at noon",
    ):
        assert detect_language(text) in ("ko", "ru", "en")


def test_a_short_article_in_a_script_of_its_own_is_not_in_the_language_of_its_source() -> None:
    """An agency tells in Arabic what its other items tell in English."""
    long = Article(
        "a", "", "The ferry was late again on Monday because of the storm that came in the night."
    )
    short = Article("b", "إغلاق الجسر", "", language="ar")
    assert [one.language for one in in_language_of_source([long, short])] == ["en", "ar"]


def test_headlines_of_a_source_of_many_languages_keep_their_own():
    """No language has more than half of its votes."""
    titles = {
        "it": "Sciopero dei tram a Rovigo",
        "uk": "Уряд закриває порт",
        "en": "Port of Hull shuts",
    }
    found = [Article(c, t, "", source="Wire", language=c) for c, t in titles.items()]
    assert [one.language for one in in_language_of_source(found)] == [*titles]


@pytest.mark.parametrize("text", ["", "42", "!!! ???", "Ferry", "\ud800"])
def test_too_little_text_is_taken_for_english(text: str) -> None:
    """Where nothing can be told, the most common language is assumed."""
    assert detect_language(text) == "en"


def test_common_languages_load_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """English and German are told by their function words alone."""
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert detect_language(TEXTS["en"]) == "en"
    assert detect_language(TEXTS["de"]) == "de"


def test_the_table_in_the_docs_names_the_languages_that_are_measured() -> None:
    """Those that it calls good or usable; of another, a warning says so once."""
    page = Path(__file__).parents[2] / "docs" / "languages.md"
    rows = re.findall(r"(?m)^\| (\w\w) \|.*\| (good|usable|no) \|$", page.read_text("utf-8"))
    assert len(rows) >= 24
    assert {code for code, verdict in rows if verdict != "no"} == language.MEASURED


def test_a_language_that_nobody_measured_is_warned_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A variety of one that was measured is not."""
    language.warn_unless_measured.cache_clear()
    for code in ("ka", "nb", "de", "ka"):
        language.warn_unless_measured(code)
    assert [record.getMessage()[:13] for record in caplog.records] == ["language 'ka'"]
