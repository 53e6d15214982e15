"""The plain text of a letter: what its sender wrote, told from quotations, headers, signature and armour."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from digest.models import Block
from digest.readers.paragraphs import joined, paragraphs, wrap_widths
from digest.text.characters import fold

_QUOTE = re.compile(r"\A(?:> ?)++")
_SIGNATURE_LINES = 20  # from the end a signature begins, at the most
_FORWARDED = re.compile(
    r"(?i)[-_=*\s]{0,40}(?:(?:begin )?(?:forwarded|original) message"
    r"|(?:weitergeleitete|urspr(?:ü|ue)ngliche) (?:nachricht|mail)"
    r"|message (?:d[’']origine|original|transféré)|(?:mensaje|mensagem) (?:original|reenviado|encaminhada)"
    r"|messaggio (?:originale|inoltrato)|(?:oorspronkelijk|doorgestuurd) bericht"
    r"|(?:ursprungligt|vidarebefordrat) meddelande|wiadomość (?:oryginalna|przekazana)|przekazana wiadomość"
    r"|(?:oprindelig|opprinnelig|videresendt) (?:meddelelse|melding|besked)|(?:alkuperäinen|välitetty) viesti"
    r"|(?:původní|přeposlaná) zpráva|(?:eredeti|továbbított) üzenet|(?:özgün|orijinal|iletilen) (?:ileti|mesaj)"
    r"|(?:исходное|пересылаемое|перенаправленное|пересланное) сообщение|(?:оригінальне|переслане) повідомлення"
    r"|(?:αρχικό|προωθημένο) μήνυμα|mesaj (?:original|redirecționat)|pesan (?:asli|terusan)|thư (?:gốc"
    r"|chuyển tiếp)"
    r"|הודעה (?:מקורית|מועברת|שהועברה)|رسالة (?:أصلية|محولة|معاد توجيهها|مُعاد توجيهها)"
    r"|原始邮件|转发的?邮件|轉寄的?郵件|元のメッセージ|転送メッセージ|원본 메시지|전달된 (?:메시지|메일)"
    r")\b.{0,40}"
)
_SENDERS = (
    "from von de da van från fra od lähettäjä feladó kimden gönderen от від από dari từ מאת من 发件人 寄件者"
    " 差出人 보낸사람"
).split()
_SUBJECTS = (
    "subject betreff sujet objet asunto oggetto onderwerp assunto ämne emne temat aihe předmět predmet"
    " tárgy konu тема θέμα subiect subyek perihal נושא الموضوع 主题 主題 主旨 件名 제목"
).split()
_HEADER_LINE = re.compile(
    rf"\s*\*?((?i:{'|'.join((*_SENDERS, *_SUBJECTS))}|Reply-To|Cc|Cci|Kopie|Kopia|Kopio|Копия"
    r"|Date|Datum|Data|Fecha|Dato|Päivämäärä|Päiväys|Dátum|Tarih|Дата|Ημερομηνία|Tanggal|Ngày|תאריך"
    r"|التاريخ|日期|日付|日時|날짜"
    r"|Lähetetty|Odesláno|Elküldve|Gönderildi|Отправлено|Надіслано|发送时间|送信日時|보낸날짜|时间|時間"
    r"|Sent|Gesendet|Envoyé(?: le)?|Enviado(?: el| em)?|Enviada em|Inviato|Verzonden|Skickat|Sendt|Wysłano"
    r"|To|An|À|A|Pour|Para|Aan|Till|Til|Do|Vastaanottaja|Komu|Címzett|Kime|Alıcı|Кому|Προς|Către|Kepada"
    r"|Đến|אל|إلى|收件人"
    r"|收件者|宛先|받는사람))\s?[:：]\*?\s*(.{0,500})"
)
"""The headers that mail programs write above what they quote or forward, in the language of their user."""
_FEWEST_HEADERS = 3  # in a row are those of a forwarded mail
_LIST_FOOT = re.compile(r"_{20,}\s*")
_NEXT_PART = re.compile(r"-{8,} next part -{8,}\s*")
_FOOT_LINES = 6  # below a rule name the list
_ATTRIBUTION = re.compile(
    r"(?i)\b(?:wrote|writes|said|schrieb\w*|écrit|escribió|escreveu|scritto|schreef|skrev|kirjoitti"
    r"|napisała?|napsal|írta)\b.{0,80}$"
)
"""What stands above a quotation and says whose it is."""
_PGP_HEAD = re.compile(
    r"(?m)^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][\w-]{1,30}:.{0,200}\n){0,9}"
)
_PGP_BLOCK = re.compile(
    r"(?m)^-----BEGIN PGP (?!SIGNED)[A-Z ]{3,30}-----\n(?:[^-].*\n|\n)*(?:-----END.*)?"
)
_PGP_DASH = re.compile(r"(?m)^- -")


def letter_blocks(text: str) -> list[Block]:
    """Return the blocks of a letter: what a reply quotes as `blockquote`, the signature as `footer`.

    A letter that is nearly all quotation is a forwarded one; its text counts as its own.
    """
    lines = text.split("\n")
    end = min(_signature(lines), _list_foot(lines))
    below = _below_headers(lines[:end])
    quoted = [*_quoted(lines[:below]), *[True] * (end - below)]
    # Marked lines count as lines; what stands whole below may be wrapped where its answer is not: by letters.
    sizes = [len(text) if below < end else bool(text) for text in map(str.strip, lines[:end])]
    marked = sum(size for i, size in enumerate(sizes) if i >= below or lines[i][:1] == ">")
    reply = 3 * marked <= 2 * sum(sizes)
    usual = wrap_widths(_bare(lines[:end], quoted))
    found, heads = list[Block](), list[Block]()
    for is_quoted, run in groupby(range(end), key=quoted.__getitem__):
        indices = list(run)
        part = [_QUOTE.sub("", lines[i], count=1) if is_quoted else lines[i] for i in indices]
        tag = "blockquote" if is_quoted and reply else ""
        part, above = _without_headers(part)
        heads += [replace(block, line=block.line + indices[0]) for block in above]
        own = wrap_widths(part)
        found += [
            replace(block, tag=tag, line=block.line + indices[0])
            for block in joined(part, 0, own if any(own) else usual)
        ]
    return found + heads + [replace(block, tag="footer") for block in paragraphs(lines, end + 1)]


def _below_headers(lines: list[str]) -> int:
    """Where a mail begins that stands whole below what its reader wrote: at its headers, or the rule above."""
    start = next((start for start, _, _ in _header_runs(lines)), len(lines))
    above = next((i for i in range(start - 1, -1, -1) if lines[i].strip()), start)
    rule = lines[above][:200] if start < len(lines) else ""
    is_rule = _FORWARDED.fullmatch(rule) or _LIST_FOOT.fullmatch(rule)
    start = above if is_rule else start
    return start if any(line.strip() for line in lines[:start]) else len(lines)


def _bare(lines: list[str], quoted: list[bool]) -> list[str]:
    """A letter without the marks of what it quotes, and the lines that say whose that is."""
    kept = ((line, is_quoted) for line, is_quoted in zip(lines, quoted, strict=True))
    return [
        _QUOTE.sub("", line, count=1) if is_quoted else line
        for line, is_quoted in kept
        if not is_quoted or line.startswith(">") or not line.strip()
    ]


def _quoted(lines: list[str]) -> list[bool]:
    """Which lines a letter quotes: those marked, what wrapping tore off one, and the line that says whose."""
    marked = [line.startswith(">") for line in lines]
    found = list(marked)
    for index, line in enumerate(lines):
        if marked[index] or not line.strip():
            continue
        above = index > 0 and marked[index - 1]
        found[index] = above and index + 1 < len(lines) and marked[index + 1]
        if line.rstrip().endswith(":") and _ATTRIBUTION.search(line[-200:]):
            below = next((i for i in range(index + 1, min(index + 3, len(lines))) if marked[i]), 0)
            first = index - (index > 0 and bool(lines[index - 1].strip()) and not marked[index - 1])
            found[first : index + 1] = [bool(below) or found[index]] * (index + 1 - first)
    return found


def without_quote_marks(text: str) -> str:
    """Return a letter without the marks of its quotations."""
    return "\n".join(_QUOTE.sub("", line, count=1) for line in text.split("\n"))


def _signature(lines: list[str]) -> int:
    """Where the signature begins: at the last `-- ` (RFC 3676, section 4.3), if little follows."""
    last = range(len(lines) - 1, max(len(lines) - _SIGNATURE_LINES, -1), -1)
    return next((index for index in last if lines[index].rstrip() == "--"), len(lines))


def _list_foot(lines: list[str]) -> int:
    """Where the foot begins that a list's software adds, or its note of a part that it took out."""
    for index, line in enumerate(lines):
        if _NEXT_PART.fullmatch(line):
            return index
        if line[:1] == "_" and _LIST_FOOT.fullmatch(line):
            below = " ".join(lines[index + 1 : index + _FOOT_LINES]).lower()
            if "mailing list" in below or "listinfo" in below:
                return index
    return len(lines)


def _without_headers(lines: list[str]) -> tuple[list[str], list[Block]]:
    """As many lines, but of a forwarded message's headers only the subject, as a paragraph of its own.

    The headers, and the line above that says that it is one, are one block: a short line by itself would be
    taken for text.
    """
    gone = [(i, i + 1) for i, line in enumerate(lines) if _FORWARDED.fullmatch(line[:200])]
    rules = {start for start, _ in gone}
    found = ["" if i in rules else line for i, line in enumerate(lines)]
    for start, stop, subject in _header_runs(found):
        found[start:stop] = ["", subject, *[""] * (stop - start - 2)]
        gone.append((start, stop))
    if not gone:
        return found, []
    gone.sort()
    text = fold(" ".join(line for start, stop in gone for line in lines[start:stop]))
    return found, [Block(text=text, tag="footer", line=gone[0][0] + 1)]


def _header_runs(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    start, fields = 0, dict[str, str]()
    for index, line in enumerate([*lines, ""]):
        if match := _HEADER_LINE.fullmatch(line):
            start = start if fields else index
            fields[match[1].lower()] = match[2]
        else:
            if len(fields) >= _FEWEST_HEADERS and any(name in fields for name in _SENDERS):
                yield start, index, next((fields[n] for n in _SUBJECTS if n in fields), "")
            fields = {}


def without_armour(text: str) -> str:
    """Return a letter without what PGP (RFC 4880, section 7) sets around it."""
    if "-----BEGIN PGP " not in text:
        return text
    bare = _PGP_BLOCK.sub("", _PGP_HEAD.sub("", text))
    return _PGP_DASH.sub("-", bare) if bare != text else text
