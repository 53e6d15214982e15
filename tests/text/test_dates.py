"""Dates as pages print them."""

import pytest

from digest.text.dates import find_date, published_in, with_month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025/09/18 02:37", "2025-09-18T02:37:00+00:00"),
        ("Published: 12 March 2024", "2024-03-12T00:00:00+00:00"),
        ("Sept. 5, 2025", "2025-09-05T00:00:00+00:00"),
        ("Mon, 14 Aug 2023 08:00:00 GMT", "2023-08-14T08:00:00+00:00"),
        ("Posted: 3:45 PM, no date", None),
        ("Stand: 07.11.2023 09:15 Uhr", "2023-11-07T09:15:00+00:00"),
        ("Publié le 3 août 2023 à 18h30", "2023-08-03T18:30:00+00:00"),
        ("4 de mayo de 2022", "2022-05-04T00:00:00+00:00"),
        ("20. nov. 2026 kl. 9.15", "2026-11-20T09:15:00+00:00"),
        ("20 listopada 2026 r., godz. 9.15", "2026-11-20T09:15:00+00:00"),
        ("20 ноября 2026 года, 9:15", "2026-11-20T09:15:00+00:00"),
        ("20 Kasım 2026 Cuma, saat 09:15", "2026-11-20T09:15:00+00:00"),
        ("2026년 11월 20일 오후 3시 30분", "2026-11-20T15:30:00+00:00"),
        ("2026年11月20日（金）午前9時15分", "2026-11-20T09:15:00+00:00"),
        ("20 November 2026 12 people", "2026-11-20T00:00:00+00:00"),
        ("2024-03-09T10:00:00+02:00", "2024-03-09T08:00:00+00:00"),
        ("July 4, 2024 9:05 p.m. EDT", "2024-07-05T01:05:00+00:00"),
        ("13/02/2023", "2023-02-13T00:00:00+00:00"),
        ("31 February 2024", None),
        ("The year 2024", None),
        ("Article 20240912 of 1999", None),
    ],
)
def test_a_date_is_found_in_utc(text: str, expected: str | None) -> None:
    found = find_date(text)
    assert (found[0].isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20. marraskuuta 2026", "2026-11-20"),
        ("20. listopadu 2026", "2026-11-20"),
        ("20 lutego 2026", "2026-02-20"),
        ("2026. november 20.", "2026-11-20"),
        ("2026 m. lapkričio 20 d.", "2026-11-20"),
        ("20 noiembrie 2026", "2026-11-20"),
        ("20 Kasım 2026", "2026-11-20"),
        ("20 ноября 2026 г.", "2026-11-20"),
        ("20 листопада 2026", "2026-11-20"),
        ("20 Νοεμβρίου 2026", "2026-11-20"),
        ("20 november 2026", "2026-11-20"),
        ("den 20 november 2026", "2026-11-20"),
        ("20 de novembre de 2026", "2026-11-20"),
        ("20 d’octubre del 2026", "2026-10-20"),
        ("2026年11月20日", "2026-11-20"),
        ("2026년 11월 20일", "2026-11-20"),
        ("20th of November, 2026", "2026-11-20"),
        ("Nov. 20, 2026", "2026-11-20"),
        ("20-11-2026", "2026-11-20"),
        ("20. 11. 2026", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("20-Nov-2026", "2026-11-20"),
        ("20 Nov '26", "2026-11-20"),
        ("5 mai ’99", "1999-05-05"),
        ("20 listopada 2026", "2026-11-20"),
        ("20. listopada 2026.", "2026-10-20"),
        ("9 студзеня 2026 г.", "2026-01-09"),
        ("9. јануар 2026.", "2026-01-09"),
        ("20 KASIM 2026", "2026-11-20"),
        ("20 Kasim 2026", "2026-11-20"),
        ("20 בנובמבר 2026", "2026-11-20"),
        ("20 تشرين الثاني 2026", "2026-11-20"),
        ("9 كانون الثاني 2026", "2026-01-09"),
        ("9 جانفي 2026", "2026-01-09"),
        ("٢٠ نوفمبر ٢٠٢٦", "2026-11-20"),
        ("20\u200f/11\u200f/2026", "2026-11-20"),
        ("20 نوامبر 2026", "2026-11-20"),
        ("9 جنوری، 2026", "2026-01-09"),
        ("20 नवंबर 2026", "2026-11-20"),
        ("२० नवंबर २०२६", "2026-11-20"),
        ("9 জানুয়ারি, 2026", "2026-01-09"),
        ("ஜனவரி 9, 2026", "2026-01-09"),
        ("20 พฤศจิกายน 2569", "2026-11-20"),
        ("20 พ.ย. 2569", "2026-11-20"),
        ("20 พฤศจิกายน พ.ศ. 2569", "2026-11-20"),
        ("20 พฤศจิกายน 2026", "2026-11-20"),
        ("令和8年11月20日", "2026-11-20"),
        ("平成元年5月3日", "1989-05-03"),
        ("民國115年11月20日", "2026-11-20"),
        ("２０２６年１１月２０日", "2026-11-20"),
        ("2026. 11. 20.", "2026-11-20"),
        ("9 tháng 1 năm 2026", "2026-01-09"),
        ("2026 թ. հունվարի 9", "2026-01-09"),
    ],
)
def test_months_are_known_in_many_languages(text: str, day: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found[0].date().isoformat() == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated: 26 November 2026 | First published: 24 November 2026", "2026-11-24"),
        ("Aktualisiert am 26. November 2026, veröffentlicht am 24. November 2026", "2026-11-24"),
        ("Mis à jour le 26 novembre 2026 à 7h, publié le 24 novembre 2026 à 18h05", "2026-11-24"),
        ("Actualizado: 26 de noviembre de 2026 · Publicado: 24 de noviembre de 2026", "2026-11-24"),
        ("Aggiornato il 26 novembre 2026, pubblicato il 24 novembre 2026", "2026-11-24"),
        (
            "Atualizado em 26 de novembro de 2026 | Publicado em 24 de novembro de 2026",
            "2026-11-24",
        ),
        ("Bijgewerkt 26 november 2026, gepubliceerd 24 november 2026", "2026-11-24"),
        ("Aktualizacja: 26 listopada 2026, publikacja: 24 listopada 2026", "2026-11-24"),
        ("Uppdaterad 26 november 2026, publicerad 24 november 2026", "2026-11-24"),
        ("Päivitetty 26. marraskuuta 2026, julkaistu 24. marraskuuta 2026", "2026-11-24"),
        ("Обновлено 26 ноября 2026, опубликовано 24 ноября 2026", "2026-11-24"),
        ("Оновлено 26 листопада 2026, опубліковано 24 листопада 2026", "2026-11-24"),
        ("更新：2026年11月26日　発行：2026年11月24日", "2026-11-24"),
        ("업데이트 2026년 11월 26일 | 입력 2026년 11월 24일", "2026-11-24"),
        ("Published 24 November 2026, updated 26 November 2026", "2026-11-24"),
        ("Updated 26 November 2026", "2026-11-26"),
        ("Updated 26 November 2026 - 27 November 2026", "2026-11-26"),
        ("No date at all", None),
    ],
)
def test_a_line_was_published_when_it_says_so_before_or_behind_an_update(line, day) -> None:
    found = published_in(line)
    assert (f"{found:%Y-%m-%d}" if found else None) == day


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("śr., 25 lis 2026 10:00:00 +0100", "pl", "śr., 25 Nov 2026 10:00:00 +0100"),
        ("25 lis 2026", "hr", "25 Oct 2026"),
        ("25. lis 2026.", "hr", "25. Oct 2026."),
        ("25 Nov 2026", "pl", "25 Nov 2026"),
        ("25 lis 2026", "xx", "25 lis 2026"),
        ("lis w lesie", "pl", "lis w lesie"),
    ],
)
def test_a_name_that_means_two_months_is_told_by_its_language(text, language, expected) -> None:
    assert with_month(text, language) == expected


def test_a_name_that_means_two_months_is_not_guessed() -> None:
    assert find_date("20 listopad 2026") is None


@pytest.mark.parametrize(
    "line",
    [
        "יום שישי, 20 בנובמבר 2026",
        "الجمعة 20 تشرين الثاني 2026",
        "วันศุกร์ที่ 20 พฤศจิกายน 2569",
        "пятница, 20 ноября 2026",
        "piątek, 20 listopada 2026 r.",
        "2026. november 20., péntek",
        "fredag den 20. november 2026",
        "20 Kasım 2026 Cuma",
        "2026年11月20日（金）",
        "2026年11月20日 星期五",
        "2026년 11월 20일 금요일",
    ],
)
def test_the_day_of_the_week_belongs_to_the_date(line: str) -> None:
    """Before it or behind it, of one word or of two: the line holds nothing else."""
    found = find_date(line)
    assert found is not None
    assert found[0].date().isoformat() == "2026-11-20"
    assert found[1:] == (0, len(line))


def test_a_thai_year_is_no_year_elsewhere() -> None:
    """2569 is a number, unless a Thai month stands before it."""
    assert find_date("20 November 2569") is None
