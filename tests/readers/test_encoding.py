"""Any bytes become text, or a `ReadError`."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.models import RawDocument, Source
from digest.readers import read_pages, visible_text
from digest.readers.encoding import clean, decode

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)
CHARSETS = st.sampled_from(
    [
        None,
        "utf-8",
        "latin-1",
        "ascii",
        "hex",
        "idna",
        "utf-16",
        "no such",
        "\0",
        "rot13",
        "gbk",
        "unicode_escape",
    ]
)


@given(st.binary(max_size=2000), CHARSETS)
@example(b"\xff\xfe", None)
@example(b"\xff\xfe\0\0\0", None)
@example(b"\0\0\0", "utf-16")
def test_decoding_raises_nothing_but_a_read_error(content, declared):
    try:
        text = decode(content, declared)
    except ReadError:
        return
    text.encode()
    assert text.strip()
    assert "\0" not in text
    assert "\r" not in text


@given(TEXT)
def test_utf8_comes_back_as_it_went_in(text):
    # A word before it, so that the text is not empty, and not taken for a file by its first bytes.
    assert decode(b"word " + text.encode()) == "word " + clean(text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_wide_encodings_are_known_by_their_mark_or_their_zeros(encoding):
    text = "The council met on Tuesday to vote on the budget."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1252",
            "Le café de la gare est fermé jusqu’à l’été, a indiqué la mairie à “La Dépêche”.",
        ),
        ("cp1251", "Городской совет принял бюджет на следующий год большинством голосов."),
        ("shift_jis", "市議会は来年度の予算を賛成多数で可決した。反対は二人だけだった。"),
        ("gb18030", "市议会以多数票通过了明年的预算，只有两人投了反对票。"),
    ],
)
def test_old_encodings_are_read_as_declared_and_known_without(encoding, text):
    assert decode(text.encode(encoding), encoding) == text
    assert decode((text + "\n").encode(encoding) * 5) == (text + "\n") * 5


def test_latin1_means_windows_1252_as_on_the_web():
    assert decode("“quoted”".encode("cp1252"), "ISO-8859-1") == "“quoted”"


def test_a_few_stray_bytes_spoil_nothing_else():
    content = "Ein größerer Umbau, sagte Müller. ".encode() * 3 + "Das “Café”".encode("cp1252")
    assert decode(content, "utf-8") == "Ein größerer Umbau, sagte Müller. " * 3 + "Das “Café”"


def test_a_wrong_declaration_does_not_spoil_utf8():
    assert decode("Größe".encode(), "iso-8859-1") == "Größe"


def test_line_ends_become_one_and_controls_go():
    assert decode(b"a\r\nb\rc\x0cd\0\x07e") == "a\nb\nc\nde"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"text " * 50,
        b"%PDF-1.7\n" + b"text " * 50,
        b"PK\x03\x04" + b"a" * 50,
        b"\x7fELF\x02\x01\x01" + b"a" * 50,
        bytes(range(256)) * 20,
    ],
)
def test_binary_files_are_no_text(content):
    with pytest.raises(ReadError, match="binary, not text"):
        decode(content)


@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\0\0", b"\xff\xfe"])
def test_nothing_is_empty(content):
    with pytest.raises(ReadError, match="empty"):
        decode(content)


def test_half_a_character_becomes_a_replacement():
    assert clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
@pytest.mark.parametrize("meta", [b"", b'<meta charset="iso-8859-2">'])
def test_the_charset_that_a_server_names_comes_before_the_page_s_own(kind, meta):
    """The shown text and the text that it is proven against are decoded alike."""
    words = "Паром снова ходит между островами, сообщила компания в понедельник."
    content = meta + b"<p>" + words.encode("windows-1251") + b"</p>"
    document = RawDocument(
        Source("page", "page"), content, media_type=f"{kind}; charset=Windows-1251"
    )
    shown = " ".join(block.text for page in read_pages(document) for block in page.blocks)
    assert words in shown
    assert words in visible_text(document)


@pytest.mark.parametrize(
    ("encodings", "text"),
    [
        (
            "latin-1 cp1252 mac-roman",
            "Kaupungin hallitus päätti tiistaina, että vanha satama suljetaan öisin.",
        ),
        (
            "cp1252",
            "Linnavalitsus otsustas teisipäeval, et vana sadam suletakse öösiti ja nõudsid muutust.",
        ),
        (
            "cp1250 iso8859-2",
            "Městská rada v úterý rozhodla, že starý přístav bude od léta v noci uzavřen.",
        ),
        (
            "cp1250 iso8859-2",
            "A városi tanács kedden úgy döntött, hogy a régi kikötőt jövő nyártól lezárják.",
        ),
        (
            "cp1250 iso8859-2",
            "Rada miasta zdecydowała we wtorek, że stary port będzie zamykany na noc.",
        ),
        (
            "cp1250 iso8859-2",
            "Consiliul oraşului a hotărât marţi că vechiul port va fi închis noaptea.",
        ),
        (
            "cp1257 iso8859-13",
            "Miesto taryba antradienį nusprendė, kad senasis uostas naktimis bus uždarytas.",
        ),
        ("cp1257", "Pilsētas dome otrdien nolēma, ka vecā osta no nākamās vasaras tiks slēgta."),
        (
            "cp1254 iso8859-9",
            "Belediye meclisi salı günü eski limanın geceleri kapatılmasına karar verdi.",
        ),
        (
            "cp1252 cp850 mac-roman",
            "Der Stadtrat beschloss, dass der alte Hafen ab nächstem Sommer für alle schließt.",
        ),
        (
            "cp1252 mac-roman",
            "Le conseil municipal a décidé mardi que le vieux port sera fermé la nuit dès l'été.",
        ),
        (
            "cp1251 koi8-r cp866",
            "Городской совет решил во вторник, что старый порт будет закрыт по ночам.",
        ),
        ("cp1251 koi8-u", "Міська рада у вівторок вирішила, що старий порт буде закрито на ніч."),
        ("cp1251", "Градският съвет реши във вторник, че старото пристанище ще бъде затворено."),
        ("iso8859-7", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι το παλιό λιμάνι θα κλείνει."),
        ("cp1255", "מועצת העיר החליטה ביום שלישי כי הנמל הישן ייסגר בלילות החל מהקיץ."),
        ("cp1256", "قرر مجلس المدينة يوم الثلاثاء إغلاق الميناء القديم ليلا ابتداء من الصيف."),
        ("cp874", "สภาเมืองมีมติเมื่อวันอังคารให้ปิดท่าเรือเก่าในเวลากลางคืนตั้งแต่ฤดูร้อนหน้า"),
        ("euc_jp shift_jis", "市議会は火曜日、古い港を来年の夏から夜間は閉鎖することを決めた。"),
        ("euc_kr cp949", "시의회는 화요일 내년 여름부터 옛 항구를 밤에 닫기로 결정했다고 밝혔다."),
        ("gb2312 gbk gb18030", "市议会星期二决定，老港口从明年夏天起夜间关闭，渔民对此表示反对。"),
        ("big5", "市議會星期二決定，老港口從明年夏天起夜間關閉，漁民對此表示反對。"),
        (
            "cp1252 mac-roman",
            "El consejo decidió el martes que el viejo puerto cerrará por la noche según el plan.",
        ),
        (
            "cp1252",
            "Il consiglio ha deciso martedì che il vecchio porto non aprirà più perché è chiuso.",
        ),
        ("cp1252", "A câmara decidiu na terça-feira que o porto não abrirá à noite até ao verão."),
        (
            "cp1252",
            "De raad besloot dinsdag dat de haven één nacht per week dicht gaat, zei België.",
        ),
        (
            "cp1252 mac-roman",
            "Byrådet besluttede tirsdag, at den gamle havn lukkes om natten på grund af støj.",
        ),
        (
            "cp1252 mac-roman",
            "Kommunfullmäktige beslöt på tisdagen att den gamla hamnen stängs på natten.",
        ),
        (
            "cp1252",
            "Bystyret vedtok tirsdag at den gamle havnen blir stengt om natten på grunn av støy.",
        ),
        (
            "cp1252",
            "Bæjarstjórnin ákvað á þriðjudag að gömlu höfninni verði lokað á nóttunni í sumar.",
        ),
        (
            "cp1250 iso8859-2",
            "Mestská rada v utorok rozhodla, že starý prístav bude v noci uzavretý.",
        ),
        (
            "cp1250 iso8859-2",
            "Mestni svet je v torek odločil, da bo staro pristanišče ponoči zaprto že poleti.",
        ),
        (
            "cp1250 iso8859-2",
            "Gradsko vijeće odlučilo je u utorak da će stara luka noću biti zatvorena još ljeti.",
        ),
        (
            "iso8859-15 latin-1",
            "Kaupungin hallitus päätti tiistaina, että vanha satama suljetaan öisin.",
        ),
        ("cp1253", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι το παλιό λιμάνι θα κλείνει."),
    ],
)
def test_the_code_page_is_the_one_in_which_words_are_known(encodings, text):
    assert {decode(text.encode(name)) for name in encodings.split()} == {text}


def test_a_text_that_changes_its_character_set_by_escapes_is_read_as_such():
    text = "港は月曜日に閉まる。"
    assert decode(text.encode("iso2022_jp")) == text
    assert decode(text.encode("iso2022_jp"), "ISO-2022-JP") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1253", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι το παλιό λιμάνι θα κλείνει."),
        ("cp1251", "Городской совет решил во вторник, что старый порт будет закрыт по ночам."),
        ("koi8-r", "Городской совет решил во вторник, что старый порт будет закрыт по ночам."),
        ("cp1255", "מועצת העיר החליטה ביום שלישי כי הנמל הישן ייסגר בלילות החל מהקיץ."),
        ("shift_jis", "市議会は火曜日、古い港を来年の夏から夜間は閉鎖することを決めた。"),
    ],
)
def test_latin_is_not_believed_where_whole_words_are_beyond_it(encoding, text):
    assert decode(text.encode(encoding), "iso-8859-1") == text
