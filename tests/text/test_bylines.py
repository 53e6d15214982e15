"""Bylines and datelines of many countries."""

import pytest

from digest.text.bylines import dateline, is_helper, named_in_byline


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
        ("Text: Anna Lind", "Anna Lind"),
        ("Interview: Anna Lind", "Anna Lind"),
        ("Words: Anna Lind | Pictures: Bo Ray", "Anna Lind"),
        ("Reporting by Anna Lind; editing by Bo Ray", "Anna Lind"),
        ("Guest post by Anna Lind", "Anna Lind"),
        ("A guest essay by Anna Lind and Bo Ray", "Anna Lind, Bo Ray"),
        ("By Anna Lind in Bergen", "Anna Lind"),
        ("By Anna Lind a.lind@paper.example", "Anna Lind"),
        ("Text und Fotos", None),
        ("Text: Anna Kern, Fotos: Bo Rot", "Anna Kern"),
        ("Ein Gastbeitrag von Prof. Dr. Anna Kern", "Prof. Dr. Anna Kern"),
        ("Eine Reportage von Anna Kern und Bo Rot", "Anna Kern, Bo Rot"),
        ("Protokoll: Anna Kern", "Anna Kern"),
        ("Propos recueillis par Anne Petit et Luc Roux", "Anne Petit, Luc Roux"),
        ("Une tribune de Anne Petit", "Anne Petit"),
        ("Texte : Anne Petit – Photos : Luc Roux", "Anne Petit"),
        ("Texto: Ana Ruiz Fotos: Iván Sol", "Ana Ruiz"),
        ("Una crónica de Ana Ruiz", "Ana Ruiz"),
        ("Texto e fotos", None),
        ("Texto: Ana Reis | Fotografia: Rui Sá", "Ana Reis"),
        ("Testo di Anna Rossi, foto di Ugo Blu", "Anna Rossi"),
        ("Intervista di Anna Rossi", "Anna Rossi"),
        ("Tekst: Jan van der Meer | Beeld: ANP", "Jan van der Meer"),
        ("Een gastbijdrage van Jan de Boer", "Jan de Boer"),
        ("Rozmawiała: Anna Nowak", "Anna Nowak"),
        ("Tekst: Anna Nowak, zdjęcia: Jan Lis", "Anna Nowak"),
        ("Text: Anna Lind Foto: Bo Ray", "Anna Lind"),
        ("Skriven av Anna Lind", "Anna Lind"),
        ("Teksti: Aino Laine Kuvat: Ville Aho", "Aino Laine"),
        ("Skrevet af Anna Lind", "Anna Lind"),
        ("Tekst: Anna Lind, foto: Bo Ray", "Anna Lind"),
        ("Rozhovor: Anna Malá", "Anna Malá"),
        ("Interjú: Nagy Anna", "Nagy Anna"),
        ("Röportaj: Ayşe Yılmaz Fotoğraf: Can Ak", "Ayşe Yılmaz"),
        ("Text: Ana Pop; Foto: Ion Rus", "Ana Pop"),
        ("Интервью: Анна Иванова, фото: Пётр Белый", "Анна Иванова"),
        ("Розмовляла Анна Коваль", "Анна Коваль"),
        ("Κείμενο: Άννα Παππά", "Άννα Παππά"),
        ("كتبت: سلمى حداد", "سلمى حداد"),
        ("כתבה: דנה לוי", "דנה לוי"),
        ("به قلم سارا امینی", "سارا امینی"),
        ("रिपोर्ट: सीमा वर्मा", "सीमा वर्मा"),
        ("เรื่อง: สมชาย ใจดี ภาพ: มานี มีนา", "สมชาย ใจดี"),
        ("Oleh Siti Aminah", "Siti Aminah"),
        ("Bài: Lan Anh - Ảnh: Minh Đức", "Lan Anh"),
        ("文・山田花子", "山田花子"),
        ("取材・文／山田花子", "山田花子"),
        ("本报记者 李安 发自广州", "李安"),
        ("2026-11-22 08:15　来源：海边日报　作者：李安", "李安"),
        ("글 김민지 사진 박서준", "김민지"),
        ("Foto: Bo Ray", None),
        ("（责任编辑：李强）", None),
        ("Text in an old tongue", None),
        ("Von Anna und dem Meer", None),
        ("By Bus and Train", None),
        ("A review of the year", None),
        ("Interview with a diver", None),
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
    ("line", "is_one"),
    [
        ("Beeld: ANP", True),
        ("（责任编辑：李强）", True),
        ("Zdjęcia: Jan Lis", True),
        ("Фото: Пётр Белый", True),
        ("Photos: none of them were kept", False),
        ("Tekst: Jan Lis", False),
        ("Sources say so", False),
    ],
)
def test_a_line_that_names_who_else_worked_on_a_text(line: str, is_one: bool) -> None:
    assert is_helper(line) is is_one


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
