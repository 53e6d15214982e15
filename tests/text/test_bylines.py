"""Bylines and datelines of many countries."""

import pytest

from digest.text.bylines import dateline, named_in_byline


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("بقلم سلمى حداد", "سلمى حداد"),
        ("بقلم: سلمى حداد", "سلمى حداد"),
        ("מאת דנה לוי", "דנה לוי"),
        ("Autor: Anna Nowak", "Anna Nowak"),
        ("Автор: Анна Иванова", "Анна Иванова"),
        ("Haber: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Írta: Nagy Anna", "Nagy Anna"),
        ("Γράφει η Άννα Παππά", "Άννα Παππά"),
        ("लेखक: सीमा वर्मा", "सीमा वर्मा"),
        ("นักข่าว", None),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("作者：李安", "李安"),
        ("（記者：田中花）", "田中花"),
        ("김민지 기자", "김민지"),
        ("Di Anna Rossi", "Anna Rossi"),
        ("Von unserer Korrespondentin Anna Kern", "Anna Kern"),
        ("De notre envoyé spécial Luc Petit", "Luc Petit"),
        ("Dalla nostra inviata Anna Rossi", "Anna Rossi"),
        ("Van onze verslaggever Jan de Boer", "Jan de Boer"),
        ("Von unserer Insel", None),
        ("Di più e di meno", None),
        ("Von der Küste", None),
        ("De la calle al puerto", None),
        ("كتب جديدة في المعرض", None),
        ("Автор и герой", None),
        ("作者说这本书卖得很好。", None),
        ("", None),
    ],
)
def test_a_line_that_names_a_writer(line: str, name: str | None) -> None:
    """The prefix goes, and what only begins like one has no name."""
    assert named_in_byline(line) == name


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        ("BERLIN (dpa) - ", "Der Rat tagt."),
        ("Berlin (dpa/tmn) – ", "Der Rat tagt."),
        ("MADRID, 20 Nov. (EUROPA PRESS) - ", "La ministra llega."),
        ("МОСКВА (ТАСС) — ", "Мэр приехал."),
        ("القاهرة (رويترز) - ", "قال الوزير."),
        ("新华社北京11月20日电（记者李安）", "市政府关闭旧桥。"),
        ("【東京共同】", "政府は閉鎖した。"),
        ("(서울=연합뉴스) 김민지 기자 = ", "서울시는 닫았다."),
        ("Paris, le 20 novembre, AFP - ", "Le pont est fermé."),
        ("ROMA, 20 NOV - ", "Il ponte è chiuso."),
        ("Perth, Australia, 20 November 2026, AAP — ", "The bridge is shut."),
        ("", "Perth, a port since 1829 - The bridge is old."),
        ("", "The bank (dpa reported) closed."),
        ("", "London (Reuters) says so."),
        ("", "Он (автор) сказал."),
    ],
)
def test_a_dateline_is_cut_off(opening: str, text: str) -> None:
    """A place, a day and an agency; what merely has brackets stays."""
    assert dateline(opening + text) == len(opening)
