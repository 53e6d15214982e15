"""Mails, mailboxes and lists' digests."""

import base64
import contextlib
import textwrap
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.fetch import mailbox_files
from digest.models import RawDocument, Source
from digest.readers import read_pages, unpack, visible_text
from digest.readers.mail import message_key
from digest.splitting import PageSplitter


def mail(text=None, html=None, subject="The Monday letter"):
    message = EmailMessage()
    message["From"] = '"The Quay Post" <news@quay.example>'
    message["Subject"] = subject
    message["Date"] = "Mon, 02 Mar 2026 07:30:00 +0100"
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def read(message):
    content = message if isinstance(message, bytes) else message.as_bytes()
    source = Source(name="a.eml", location="a.eml")
    return RawDocument(source=source, content=content, media_type="message/rfc822")


def texts(message):
    return [block.text for block in read_pages(read(message))[0].blocks]


def test_headers_give_title_sender_and_date(stories):
    (page,) = read_pages(read(mail(stories[0].paragraphs[0])))
    assert page.title == "The Monday letter"
    assert page.site == "The Quay Post"
    assert page.published is not None
    assert page.published.isoformat() == "2026-03-02T06:30:00+00:00"
    assert not page.single


def test_the_items_of_a_newsletter_share_its_date_and_sender(stories):
    items = "\n\n".join(f"{s.title}\n\n" + "\n\n".join(s.paragraphs) for s in stories)
    (page,) = read_pages(read(mail(items)))
    articles = PageSplitter()(page).articles
    assert len(articles) == len(stories)
    assert {article.published for article in articles} == {page.published}
    assert {article.source for article in articles} == {"The Quay Post"}


def test_text_is_read_rather_than_its_html_twin(stories):
    story = stories[0]
    message = mail(
        "\n\n".join(textwrap.fill(p, 68) for p in story.paragraphs), f"<h1>Other</h1>{story.html}"
    )
    assert texts(message) == list(story.paragraphs)


def test_html_is_read_where_the_text_is_a_stub(stories):
    message = mail(
        "View this letter in your browser.", f"<h1>{stories[0].title}</h1>{stories[0].html}"
    )
    (page,) = read_pages(read(message))
    assert [(b.tag, b.text) for b in page.blocks] == [
        ("h1", stories[0].title),
        *(("p", paragraph) for paragraph in stories[0].paragraphs),
    ]


def test_newsletter_tables_give_each_story_in_order_without_the_hidden_preheader(stories):
    rows = "".join(f"<tr><td><h2>{s.title}</h2><p>{s.teaser}</p></td></tr>" for s in stories)
    html = f'<div style="display:none">Preheader</div><table><tr><td><table>{rows}</table></td></tr></table>'
    assert texts(mail(html=html)) == [text for s in stories for text in (s.title, s.teaser)]


def test_attachments_are_no_text(stories):
    message = mail(stories[0].paragraphs[0])
    message.add_attachment("Secret figures.", filename="figures.txt")
    assert texts(message) == [stories[0].paragraphs[0]]


def test_quotation_and_signature_are_marked(stories):
    text = f"I agree with this.\n\n> {stories[0].teaser}\n\n-- \nPer Lund\nQuay 4"
    (page,) = read_pages(read(mail(text)))
    assert [(b.tag, b.text) for b in page.blocks] == [
        ("", "I agree with this."),
        ("blockquote", stories[0].teaser),
        ("footer", "Per Lund"),
        ("footer", "Quay 4"),
    ]


ENCODED = base64.encodebytes(
    "Паром стоит в порту восьмой день, и никто не ждёт его раньше четверга.".encode()
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(ENCODED[:77], "Паром стоит в порту восьмой ден", id="cut between two letters"),
        pytest.param(ENCODED[:62], "Паром стоит в порту восьм", id="cut within a letter"),
        pytest.param(
            ENCODED + b"--\nThe foot of a list!", "раньше четверга.", id="a foot below it"
        ),
    ],
)
def test_of_a_part_cut_short_is_read_what_is_there(body, text):
    head = b"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    assert text in texts(head + body)[0]
    assert "foot" not in texts(head + body)[0]


SIGNED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

{text}
- --
Ida
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEEq1w5kF3zS0x9c1mFq0c0Qb1mZ1kFAmVPq2AACgkQq0c0Qb1m
=abCd
-----END PGP SIGNATURE-----
"""
KEY = "{text}\n\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBFVPq2ABCADKq0c0Qb1m\n=abCd\n"


@pytest.mark.parametrize("armour", [SIGNED, KEY], ids=["signed", "a key cut short"])
def test_the_armour_of_a_signed_letter_is_no_text(armour, stories):
    (paragraph, *_) = stories[0].paragraphs
    found = texts(mail(armour.format(text=textwrap.fill(paragraph, 70))))
    assert found[0] == paragraph
    assert not any("PGP" in text or "0c0Qb1m" in text for text in found)


@pytest.mark.parametrize("prefix", ["Re: ", "AW: ", "Sv: Re: "])
def test_a_reply_is_one_article_without_what_it_quotes(prefix, stories):
    own = "\n\n".join(stories[0].paragraphs)
    text = (
        f"On Mon, 2 Mar 2026, Anne Vane wrote:\n> Is there a boat on Tuesday?\n\n{own}\n\n-- \nIda"
    )
    (page,) = read_pages(read(mail(text, subject=prefix + "The boat")))
    (article,) = PageSplitter()(page).articles
    assert (article.title, article.author) == ("The boat", "The Quay Post")
    assert article.text == own
    assert "Is there a boat on Tuesday?" in [omission.what for omission in page.left_out]


HEADERS_OF_PROGRAMS = [
    "-----Ursprüngliche Nachricht-----\nVon: Vane <v@b.example>\nGesendet: Montag\nAn: Ida\nBetreff: Boot",
    "-----Original Message-----\nFrom: Vane\nSent: Monday\nTo: Ida\nSubject: Boat",
    "De : Vane <v@b.example>\nEnvoyé : lundi 2 mars 2026\nÀ : Ida\nObjet : Le bateau",
    "-----Mensaje original-----\nDe: Vane\nEnviado el: lunes\nPara: Ida\nAsunto: El barco",
    "Da: Vane\nInviato: lunedì\nA: Ida\nOggetto: Barca",
    "-----Oorspronkelijk bericht-----\nVan: Vane\nVerzonden: maandag\nAan: Ida\nOnderwerp: Boot",
    "________________________________\nDe: Vane\nEnviada em: segunda-feira\nPara: Ida\nAssunto: Barco",
]


@pytest.mark.parametrize("headers", HEADERS_OF_PROGRAMS)
def test_a_mail_that_stands_whole_below_a_reply_is_quoted(headers, stories):
    own = stories[0].paragraphs[0]
    text = f"{own}\n\n{headers}\n\nIs there a boat on Tuesday?"
    (page,) = read_pages(read(mail(text, subject="Re: The boat")))
    assert [block.text for block in page.blocks] == [own]
    assert "Is there a boat on Tuesday?" in [omission.what for omission in page.left_out]


def test_a_greeting_set_as_a_heading_is_no_title(stories):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in stories[0].paragraphs)
    html = f"<h1>Dear Ida,</h1>{body}"
    headers = "From: Quay <q@quay.example>\nSubject: Winter hours\nContent-Type: text/html"
    (page,) = read_pages(read(f"{headers}\n\n{html}".encode()))
    (article,) = PageSplitter()(page).articles
    assert article.title == "Winter hours"


def test_two_lines_of_a_reply_are_joined_as_the_whole_letter_is_wrapped():
    text = (
        "Ann Vane wrote:\n> The northern crane has stood still since the storm of Monday night and\n"
        "> nobody has said when it is to be mended, or who pays for the new cable.\n\n"
        "The cable came on Friday by the coal barge, and it is hung already,\n"
        "though it has not been tested.\n"
    )
    (page,) = read_pages(read(mail(text, subject="Re: The crane")))
    (block,) = page.blocks
    assert block.text.endswith("hung already, though it has not been tested.")


def test_a_forwarded_letter_keeps_its_subject_and_loses_its_headers(stories):
    story = stories[0]
    header = "---------- Forwarded message ----------\nFrom: A <a@b.example>\nDate: Monday\nTo: C\nSubject: "
    text = "\n".join(
        f"> {line}" for line in f"{header}{story.title}\n\n{story.paragraphs[0]}".split("\n")
    )
    (page,) = read_pages(read(mail(text, subject="Fwd: " + story.title)))
    assert page.title == story.title
    own = [block.text for block in page.blocks if block.tag != "footer"]
    assert own == [story.title, story.paragraphs[0]]


FORWARDED = [
    ("---------- Forwarded message ---------", "From", "Date", "Subject", "To"),
    ("-------- Weitergeleitete Nachricht --------", "Von", "Datum", "Betreff", "An"),
    ("-------- Message transféré --------", "De ", "Date ", "Sujet ", "Pour "),
    ("-------- Mensaje reenviado --------", "De", "Fecha", "Asunto", "Para"),
    ("-------- Messaggio inoltrato --------", "Da", "Data", "Oggetto", "A"),
    ("-------- Doorgestuurd bericht --------", "Van", "Datum", "Onderwerp", "Aan"),
    ("-------- Mensagem encaminhada --------", "De", "Data", "Assunto", "Para"),
    ("-------- Przekazana wiadomość --------", "Od", "Data", "Temat", "Do"),
    ("-------- Vidarebefordrat meddelande --------", "Från", "Datum", "Ämne", "Till"),
    ("-------- Videresendt meddelelse --------", "Fra", "Dato", "Emne", "Til"),
    ("-------- Välitetty viesti --------", "Lähettäjä", "Päiväys", "Aihe", "Vastaanottaja"),
    ("-------- Přeposlaná zpráva --------", "Od", "Datum", "Předmět", "Komu"),
    ("-------- Továbbított üzenet --------", "Feladó", "Dátum", "Tárgy", "Címzett"),
    ("-------- İletilen ileti --------", "Kimden", "Tarih", "Konu", "Kime"),
    ("-------- Пересылаемое сообщение --------", "От", "Дата", "Тема", "Кому"),
    ("-------- Переслане повідомлення --------", "Від", "Дата", "Тема", "Кому"),
    ("-------- Προωθημένο μήνυμα --------", "Από", "Ημερομηνία", "Θέμα", "Προς"),
    ("-------- 转发邮件 --------", "发件人", "日期", "主题", "收件人"),
    ("-------- 転送メッセージ --------", "差出人", "日付", "件名", "宛先"),
]


@pytest.mark.parametrize(("rule", "sender", "date", "about", "to"), FORWARDED)
def test_a_letter_is_forwarded_in_the_language_of_its_reader(
    stories, rule, sender, date, about, to
):
    story = stories[0]
    header = (
        f"{rule}\n{about}: {story.title}\n{date}: 2 Mar 2026\n{sender}: A <a@b.example>\n{to}: C\n"
    )
    (page,) = read_pages(
        read(mail(f"{header}\n{story.paragraphs[0]}", subject=f"Fwd: {story.title}"))
    )
    own = [block.text for block in page.blocks if block.tag != "footer"]
    assert own == [story.title, story.paragraphs[0]]


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe: https://quay.example/u?id=1",
        "Abmelden: https://quay.example/u?id=1",
        "Se désabonner : https://quay.example/u?id=1",
        "Darse de baja: https://quay.example/u?id=1",
        "Manage preferences: https://quay.example/u?id=1",
        "Share: https://social.example/u?id=1",
        "https://quay.example/unsubscribe?id=1",
        "[1] https://quay.example/notes/1",
    ],
)
def test_a_link_of_the_mail_itself_is_no_article_s(stories, line):
    items = "\n\n".join(f"## {s.title}\n\n" + "\n\n".join(s.paragraphs) for s in stories[:2])
    pages = read_pages(read(mail(f"{items}\n\n---\n{line}\n")))
    articles = [article for page in pages for article in PageSplitter()(page).articles]
    assert [article.url for article in articles] == [None, None]


def test_what_a_sponsor_offers_is_no_text(stories):
    offer = (
        "Sleep well: readers of this letter get ten per cent off with the code QUAY10 until Monday."
    )
    items = "\n\n".join(f"{s.title}\n\n" + "\n\n".join(s.paragraphs) for s in stories[:2])
    pages = read_pages(read(mail(f"{items}\n\nTOGETHER WITH BEDS AND MORE\n\n{offer}\n")))
    splits = [PageSplitter()(page) for page in pages]
    assert all(offer not in article.text for split in splits for article in split.articles)
    assert any(omission.what == offer for split in splits for omission in split.omissions)


def test_a_digest_names_who_posted_and_when(stories):
    rule = "_" * 60
    posts = "\n\n".join(
        f'{rule}\n\n{n}. {s.title}\n    Posted by: "Ann Lee" ann@quay.example\n'
        f"    Date: Wed Feb 25, 2026 8:1{n} am\n\n"
        + "\n\n".join(textwrap.fill(text, 72) for text in s.paragraphs)
        for n, s in enumerate(stories[:2], 1)
    )
    pages = read_pages(read(mail(posts, subject="[quay] Digest Number 3")))
    articles = [article for page in pages for article in PageSplitter()(page).articles]
    assert [article.title for article in articles] == [s.title for s in stories[:2]]
    assert [article.author for article in articles] == ["Ann Lee"] * 2


def test_where_all_are_teasers_none_is_a_stub(stories):
    rows = "".join(
        f"<tr><td><a href=https://n.example/{n}><b>{s.title}</b></a><div>Quay News</div>"
        f"<div>{' '.join(s.paragraphs[0].split()[:30])}.</div></td></tr>"
        for n, s in enumerate(stories[:2])
    )
    (page,) = read_pages(read(mail(html=f"<table>{rows}</table>")))
    assert len(PageSplitter()(page).articles) == 2


def test_encoded_words_in_headers_are_decoded():
    subject = b"Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?= =?utf-8?q?_z=C3=A4hlt?=\n"
    content = subject + b"From: =?latin1?q?M=FCller?= <a@b>\n\nText."
    (page,) = read_pages(read(content))
    assert (page.title, page.site) == ("Größe zählt", "Müller")


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: a\nContent-Type: text/plain; charset=no-such-charset\n\nWords",
        b"Subject: a\nContent-Type: text/plain; charset*=x\nContent-Transfer-Encoding: base64\n\n!!!Words",
        b"Subject: a\nContent-Type: text/plain; charset*=utf-8''x\n\nWords \xe9",
        b"Subject: =?no-such?b?!!?=\nContent-Transfer-Encoding: quoted-printable\n\nWords =ZZ",
        b"From: " + b"(" * 5000 + b"\nDate: Foo, 99 Bar 9999\n\nWords",
        b"Content-Type: multipart/mixed\n\nWords",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text\n\nWords",
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(content):
    assert "Words" in " ".join(texts(content))


LINES = (
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"--b\n",
    b"--b--\n",
    b"\n",
    b"a\n",
    b"Subject: =?utf-8?q?=00?=\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: text/html\n",
    b"<p>\xff\n",
    b"From: a@b, (c\n",
    b"Content-Type: message/rfc822\n",
    b"Date: 0\n",
    b" =?x?=\n",
)


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_no_mail_raises_anything_but_a_read_error(lines):
    document = read(b"".join(lines))
    for action in (read_pages, visible_text):
        with contextlib.suppress(ReadError):
            action(document)


def articles_of(message):
    return [one for page in read_pages(read(message)) for one in PageSplitter()(page).articles]


LINKS = """<html><body><p><a href="https://salt.example/web/9">View in browser</a></p><h1>Rope Links 9</h1>
<p>Hello all, a short one.</p><h2>Reading</h2>
<p><a href="https://a.example/1?utm_source=rope"><b>Why lighthouses were painted in stripes</b></a> (a.example)
<br>A short history. The red ones came first.</p>
<p><a href="https://b.example/2"><b>The tug that nobody ordered</b></a><br>Told by its only captain.</p>
<p><a href="https://c.example/3"><b>Counting gulls from a balloon</b></a> – It works better than it sounds.</p>
<p>That is all! <a href="https://salt.example/bye">Unsubscribe</a></p></body></html>"""


def test_the_items_of_a_list_of_links_are_articles_with_their_links():
    found = articles_of(mail(html=LINKS))
    assert [(one.title, one.url) for one in found] == [
        ("Why lighthouses were painted in stripes", "https://a.example/1"),
        ("The tug that nobody ordered", "https://b.example/2"),
        ("Counting gulls from a balloon", "https://c.example/3"),
    ]
    assert [one.text.partition(".")[0] for one in found] == [
        "A short history",
        "Told by its only captain",
        "It works better than it sounds",
    ]
    assert {one.source for one in found} == {"The Quay Post"}
    assert all(one.teaser for one in found)


def test_headlines_in_a_list_are_in_brief_beside_the_articles(stories):
    quick = "".join(
        f'<li><a href="https://a.example/{n}">{title}</a></li>'
        for n, title in enumerate(
            ("Cod prices double at the market", "Seal found in a paddling pool")
        )
    )
    bodies = "".join(f"<h2>{s.title}</h2>{s.html}" for s in stories[:2])
    found = articles_of(mail(html=f"<body>{bodies}<h2>Quick hits</h2><ul>{quick}</ul></body>"))
    assert [one.url for one in found[2:]] == ["https://a.example/0", "https://a.example/1"]
    assert [one.text for one in found[2:]] == ["", ""]
    assert [one.title for one in found[:2]] == [story.title for story in stories[:2]]


def test_a_paragraph_that_begins_with_a_link_is_no_item(stories):
    said = "".join(
        f'<p><a href="https://a.example/{n}">The harbour board</a> said so again on day {n}.</p>'
        for n in range(4)
    )
    pages = read_pages(read(mail(html=f"<body><h1>A</h1>{stories[0].html}{said}</body>")))
    assert len(pages) == 1


def test_an_item_leads_to_where_its_call_to_read_on_does(stories):
    items = "".join(
        f'<h2>{s.title}</h2>{s.html}<p><a href="https://list.example/click?u={n}">Read more</a></p>'
        for n, s in enumerate(stories[:2])
    )
    web = '<p><a href="https://list.example/web">View this email in your browser</a></p>'
    bye = '<p><a href="https://list.example/bye">Unsubscribe</a></p>'
    found = articles_of(mail(html=f"<body>{web}<h1>Post 7</h1>{items}{bye}</body>"))
    assert [one.url for one in found] == [
        "https://list.example/click?u=0",
        "https://list.example/click?u=1",
    ]


def test_a_linked_headline_gives_the_address(stories):
    head = f'<h1><a href="https://quay.example/p/x?utm_medium=email">{stories[0].title}</a></h1>'
    (found,) = articles_of(mail(html=f"<body>{head}{stories[0].html}</body>"))
    assert found.url == "https://quay.example/p/x"


def test_html_with_headings_is_read_rather_than_a_text_that_says_the_same(stories):
    link = "<https://list.example/click?u=1>"
    text = "\n\n".join(
        f"{s.title} {link}\n\n" + f" {link}\n\n".join(s.paragraphs) for s in stories[:2]
    )
    html = "".join(f"<h2>{s.title}</h2>{s.html}" for s in stories[:2])
    blocks = read_pages(read(mail(text, f"<body>{html}</body>")))[0].blocks
    assert [block.text for block in blocks if block.tag == "h2"] == [s.title for s in stories[:2]]


@pytest.mark.parametrize(
    "first",
    [
        "Dear reader,",
        "Liebe Leserinnen und Leser,",
        "Good morning, early birds!",
        "View this post on the web at https://quay.example/p/the-long-ferry",
        "Im Browser ansehen: https://quay.example/w/12",
    ],
)
def test_the_subject_is_the_title_where_the_first_line_is_no_headline(first, stories):
    text = "\n\n".join([first, *stories[0].paragraphs])
    (found,) = articles_of(mail(text))
    assert found.title == "The Monday letter"
    assert first not in found.text


def test_a_greeting_above_the_items_is_no_article(stories):
    items = "".join(f"<h2>{s.title}</h2>{s.html}" for s in stories[:2])
    hello = "<p><b>Good morning, early birds!</b> The fog is back. Read on for two stories.</p>"
    found = articles_of(mail(html=f"<body><h1>Gulls and a bill</h1>{hello}{items}</body>"))
    assert [one.title for one in found] == [story.title for story in stories[:2]]


def test_a_sponsored_item_is_an_advert(stories):
    items = "".join(f"<h2>{s.title}</h2>{s.html}" for s in stories[:2])
    advert = (
        "<p>TOGETHER WITH KELP BANK</p><h3>An account that tastes of the sea</h3>"
        "<p>Kelp Bank pays five per cent on every pound that you save with them. Join in a minute.</p>"
    )
    (page,) = read_pages(read(mail(html=f"<body>{advert}{items}</body>")))
    split = PageSplitter()(page)
    assert not any("Kelp" in one.text for one in split.articles)
    assert {"advert"} == {one.reason for one in split.omissions if "kelp" in one.what.lower()}


def test_a_headline_with_its_link_behind_it_is_a_headline(stories):
    text = "\n\n".join(
        f"{s.title} <https://list.example/{n}>\n\n" + "\n\n".join(s.paragraphs)
        for n, s in enumerate(stories[:2])
    )
    found = articles_of(mail(text))
    assert [one.title.partition(" <")[0] for one in found] == [s.title for s in stories[:2]]


TWO = b"""From ann@quay.example Mon Jan  5 10:00:00 2026
From: Ann <ann@quay.example>
Subject: Ferries
Message-ID: <1@quay.example>
Date: Mon, 5 Jan 2026 10:00:00 +0000

The ferries sail again.

From here on it is
>From memory, and
>>From hearsay.

From ola@quay.example Tue Jan  6 10:00:00 2026
From: Ola <ola@quay.example>
Subject: Piers
message-id:
 <2@quay.example>

The northern pier is closed.
"""


def _mailbox(content: bytes, media_type: str = "") -> RawDocument:
    return RawDocument(Source("news.mbox", "news.mbox"), content, media_type=media_type)


@pytest.mark.parametrize("media_type", ["", "application/mbox", "text/plain"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_message_is_a_document(media_type, end):
    parts = unpack(_mailbox(TWO.replace(b"\n", end), media_type))
    assert [part.key for part in parts] == ["<1@quay.example>", "<2@quay.example>"]
    assert parts[0].source.location == "news.mbox#<1@quay.example>"
    (first,), (second,) = map(read_pages, parts)
    assert (first.title, second.title) == ("Ferries", "Piers")
    assert [block.text for block in second.blocks] == ["The northern pier is closed."]


def test_a_line_of_text_that_begins_with_from_parts_nothing_and_is_unquoted():
    first, _ = unpack(_mailbox(TWO))
    assert first.content.endswith(b"From here on it is\nFrom memory, and\n>From hearsay.\n")


def test_a_mailbox_shows_the_text_of_all_its_messages():
    shown = visible_text(_mailbox(TWO))
    assert "The ferries sail again." in shown
    assert "The northern pier is closed." in shown
    assert len(read_pages(_mailbox(TWO))) == 2


def test_the_same_message_twice_is_one_and_another_of_the_same_id_is_kept():
    message = b"From a 10:00 2026\nMessage-ID: <1@a>\n\nText.\n\n"
    assert len(unpack(_mailbox(message * 2))) == 1
    assert len(unpack(_mailbox(message + message.replace(b"Text", b"Other")))) == 2


def test_a_message_without_an_id_is_known_by_its_bytes():
    assert message_key(b"Subject: a\n\nMessage-ID: <no@header>") == message_key(
        b"Subject: a\n\nMessage-ID: <no@header>"
    )
    assert len(message_key(b"Subject: a\n\nb")) == 16
    assert message_key(b"Subject: a\n\nb") != message_key(b"Subject: a\n\nc")


def test_a_message_that_cannot_be_read_costs_no_other():
    broken = b"\nFrom a 10:00 2026\nContent-Type: image/png\n\n\x89PNG\n"
    assert [page.title for page in read_pages(_mailbox(TWO + broken))] == ["Ferries", "Piers"]


def test_an_empty_mailbox_says_so():
    with pytest.raises(ReadError, match="an empty mailbox"):
        unpack(_mailbox(b"nothing", "application/mbox"))


def test_a_maildir_gives_the_files_of_cur_and_new(tmp_path):
    for name in ("cur/2.b:2,S", "new/1.a", "cur/.hidden", "tmp/3.c"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"Subject: a\n\nb")
    files = mailbox_files(tmp_path)
    assert files is not None
    assert [file.name for file in files] == ["1.a", "2.b:2,S"]


def test_another_folder_is_no_maildir(tmp_path):
    (tmp_path / "cur").mkdir()
    assert mailbox_files(tmp_path) is None


FIRST = (
    "Date: Fri, 9 Feb 2024 14:32:04 -0600\nFrom: Ann Miller <ann@quay.example>\n"
    "Subject: [harbour] Dredging of the north basin\nMessage-ID: <a@quay.example>\n\n"
    "The dredging of the north basin starts on the first of March.\n"
)
SECOND = (
    "Date: Fri, 9 Feb 2024 18:05:41 -0600\nFrom: Tom Weaver <tom@quay.example>\n"
    "Subject: Re: [harbour] New lamps\nMessage-ID: <b@quay.example>\n\n"
    "On Thu, 8 Feb 2024, Ann Miller wrote:\n> The lamps are too bright, and the\nlight\n> hurts.\n\n"
    "They use a third of the power of the old ones.\n\n"
    "_______________________________________________\nharbour mailing list\nharbour@quay.example\n"
)
MAILMAN = (
    "Send harbour mailing list submissions to\n\tharbour@quay.example\n\nToday's Topics:\n\n"
    "   1. Dredging of the north basin (Ann Miller)\n   2. Re: New lamps (Tom Weaver)\n\n\n"
    f"{'-' * 70}\n\nMessage: 1\n{FIRST}\n{'-' * 30}\n\nMessage: 2\n{SECOND}\n{'-' * 30}\n\n"
    "End of harbour Digest, Vol 9, Issue 2\n*************************************\n"
)
ENVELOPE = (
    "From: harbour-request@quay.example\nTo: harbour@quay.example\nMIME-Version: 1.0\n"
    "Subject: harbour Digest, Vol 9, Issue 2\nMessage-ID: <d@quay.example>\n"
    "Date: Sat, 10 Feb 2024 00:00:00 +0000\n"
)
MIME = f'{ENVELOPE}Content-Type: multipart/digest; boundary="x"\n\n--x\n\n{FIRST}\n--x\n\n{SECOND}\n--x--\n'
USENET = (
    f"Path: quay!not\nNewsgroups: harbour\n{FIRST}\n\nPath: quay!not\nNewsgroups: harbour\n{SECOND}"
)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        pytest.param(MAILMAN, "d.txt", "", id="a Mailman digest as text"),
        pytest.param(MAILMAN, "d.md", "text/markdown", id="saved as Markdown"),
        pytest.param(f"{ENVELOPE}\n{MAILMAN}", "d.eml", "message/rfc822", id="as a mail"),
        pytest.param(
            f"From a@quay.example Sat Feb 10 00:00:00 2024\n{ENVELOPE}\n{MAILMAN}",
            "d.mbox",
            "application/mbox",
            id="in a mailbox",
        ),
        pytest.param(MIME, "d.eml", "message/rfc822", id="MIME parts"),
        pytest.param(USENET, "d.txt", "", id="posts of a newsgroup"),
        pytest.param(MAILMAN.replace("\n", "\r\n"), "d.txt", "", id="with the line ends of mail"),
    ],
)
def test_each_message_is_one_article_by_its_sender(document, content, name, media_type):
    pages = read_pages(document(content, name, media_type))
    assert [page.title for page in pages] == ["Dredging of the north basin", "New lamps"]
    assert [page.author for page in pages] == ["Ann Miller", "Tom Weaver"]
    assert [page.published.day for page in pages] == [9, 10]
    assert all(page.single for page in pages)


def test_what_a_message_quotes_and_the_foot_of_its_list_are_left_out(document):
    _, reply = read_pages(document(MAILMAN, "d.txt"))
    assert [block.text for block in reply.blocks] == [
        "They use a third of the power of the old ones."
    ]
    left = " ".join(one.what for one in reply.left_out)
    assert "hurts" in left
    assert "mailing list" in left


def test_a_forwarded_letter_makes_no_digest(document):
    text = (
        f"{ENVELOPE}\nAs promised:\n\n-----Original Message-----\nFrom: Ann <ann@quay.example>\n"
        "Date: Fri, 9 Feb 2024\nSubject: Piers\n\nThe northern pier is closed until the spring.\n"
    )
    assert len(read_pages(document(text, "f.eml", "message/rfc822"))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_header_in_bytes_is_read_as_a_text_is(encoding):
    """Also where a byte of a letter is a space elsewhere, such as that of "à"."""
    head = "From: Jörg Weiß <jw@quay.example>\nSubject: Ponte de Viana fecha à noite até março\n\n"
    content = head.encode(encoding) + b"The bridge is closed at night, the county said on Friday."
    (page,) = read_pages(read(content))
    assert (page.title, page.site) == ("Ponte de Viana fecha à noite até março", "Jörg Weiß")


@pytest.mark.parametrize(
    ("headers", "author"),
    [
        ("From: Ann Lee <a.lee@quay.example>\nSubject: [quay] The crane is back", "Ann Lee"),
        (
            "From: al@quay.example (Ann Lee)\nSubject: The crane is back\nNewsgroups: uk.quay",
            "Ann Lee",
        ),
        ("From: Quay News <news@quay.example>\nSubject: [quay] The crane is back", None),
        ("From: Ann Lee <x@quay.example>\nSubject: The crane is back", "Ann Lee"),
        ("From: Quay Herald <x@quay.example>\nSubject: The crane is back", None),
        ("From: Ann Lee <news@quay.example>\nSubject: The crane is back", None),
        ("From: Quay Watch <a@quaywatch.example>\nSubject: The crane is back", None),
        ("From: Ann Lee <x@quay.example>\nList-Unsubscribe: <u>\nSubject: The crane", None),
        ("From: Ann Lee <x@quay.example>\nContent-Type: text/html\nSubject: The crane", None),
    ],
)
def test_what_a_person_writes_is_by_them(headers, author):
    """A newsletter is by nobody, unless its articles say so."""
    text = "The crane is back on its rails after two weeks, and the first barge has been unloaded."
    (page,) = read_pages(read(f"{headers}\n\n{text}\n\n-- \nAnn Lee\nQuay".encode()))
    assert page.author == author
