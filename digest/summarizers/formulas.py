"""The set forms of a page: what outlets say of themselves in the same words every day.

A disclosure, a correction, an offer, a credit line, a registration or a caption is made of a fixed frame, an
opening or a pair of words that news does not join, and of whatever fills it. Each pattern is one frame.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 320
"""Characters: a frame is a short sentence."""

_THIS_EN = r"(?:this|our|the) (?:article|story|post|piece|report|page|column|review|blog|interview|list|guide)"
_LES = r"(?:cet|cette|notre|nos|l[’']) ?(?:article|papier|texte|contenu|page|reportage|enquête|vidéo|tribune)"
_ESTE = (
    r"(?:este|esta|nuestro|nuestra) (?:artículo|texto|contenido|página|reportaje|noticia|nota|información"
    r"|crónica)"
)
_DIESER = (
    r"(?:diese[rsnm]?|unsere[rsnm]?) (?:artikel|beitrag|text|bericht|meldung|seite|interview|reportage"
    r"|video)s?"
)
_WIRE = (
    r"(?:afp|ap|dpa|efe|reuters|ansa|apa|sda|epd|kna|sid|europa press|belga|tass|associated press"
    r"|agence france-presse)"
)

FRAMES = {
    "en": (
        rf"(?:an? |the )?(?:earlier|previous|original) versions? of {_THIS_EN}",
        rf"{_THIS_EN} (?:was|has been|is being) (?:first |last |originally )?(?:updated|corrected"
        rf"|amended|edited|published|translated)",
        r"(?:the |our )?(?:author|writer|reporter|columnist)s? (?:of (?:this|the) \w+ )?(?:owns?"
        r"|holds?|has|have|had|hold) (?:no |some |a )?"
        r"(?:shares|stock|stakes?|positions?|interests?)\b(?!.*\bsaid\b)",
        r"(?:we|the publisher|(?:this|the) (?:site|page)) (?:may|might|can|could|will)? ?(?:earn|receive|get"
        r"|make)s? (?:an? )?(?:affiliate |small )?(?:commission|fee|money)",
        r"(?:this|the|our) (?:trip|journey|visit|stay|travel|flight)s? (?:was|were) (?:paid for|funded"
        r"|sponsored|hosted|provided|arranged|supported) by (?:the )?"
        r"[^.]{0,60}(?:tourist|tourism|board|airline|hotel|company|operator)",
        r"(?:you(?:[’']ve| have)) (?:reached|read|used|viewed|hit) (?:your|all|the"
        r"|\w+ of)\b[^.]{0,60}(?:articles?|stories|limit|month)",
        r"(?:try|get|enjoy|start|unlock) [^.]{0,40}(?:access|trial|subscription"
        r"|digital)\b[^.]{0,40}(?:[$£€][0-9]|free|week|month)",
        r"(?:our|the) (?:pick|picks|guide|selection|favourites?|favorites?) (?:of"
        r"|to) [^.]{0,60}(?:[$£€]|you can buy|right now|this season)",
        r"(?:registered|incorporated) (?:in|office|company|charity)[^.]{0,80}(?:number|no\.?|company"
        r"|charity)\b",
        r"(?:copyright|©|\(c\)) |all rights reserved",
        r"(?:additional |with )?(?:reporting|writing|editing) by [A-Z]|with (?:files|material"
        r"|reporting|additional reporting) from\b",
        r"(?:scroll|swipe|tap|click) (?:down|up|left|right|through|here|on|for|to)\b",
        r"(?:story|article|text|post|report) continues\b|continue reading\b|advertisement\b",
        r"(?:read|see|watch|listen|hear) (?:more|also|next|now|:)\s?[:|–-]|read (?:more|also)\b"
        r"|more (?:on|from) (?:this|our)\b|related:",
        r"(?:we[’']re|we are|our \w+ is) (?:hiring|recruiting|looking for)\b",
    ),
    "de": (
        rf"(?:in )?(?:einer|eine|die|der) (?:früheren?|vorherigen?|ersten?|ursprünglichen?"
        rf"|älteren?) (?:version|fassung) (?:des|{_DIESER})",
        r"(?:anmerkung|hinweis|transparenzhinweis|korrektur|berichtigung|nachtrag|aktualisierung"
        r"|offenlegung)(?: der redaktion)?\s?[:.]|wir haben (?:den|diesen|die) (?:text|artikel|beitrag"
        r"|meldung)\b",
        rf"{_DIESER} (?:wurde|ist|erschien)[^.]{{0,60}}(?:aktualisiert|korrigiert|ergänzt|erschienen"
        rf"|zuerst|übersetzt|lesbar|abonnenten|bezahl)",
        r"(?:der|die) autor(?:in)? (?:dieses \w+ )?(?:hält|besitzt|hat) [^.,]{0,40}(?:aktien|anteile"
        r"|beteiligung)",
        r"(?:bei|wenn|für|durch|über) [^.]{0,60}(?:links?|käufe|kauf)\b[^.]{0,50}(?:provision"
        r"|vergütung)|wir (?:erhalten|bekommen) [^.]{0,40}provision",
        r"(?:die|diese|unsere) (?:reise|recherchereise|übernachtung) (?:wurde|erfolgte"
        r"|fand)[^.]{0,80}(?:unterstützt|finanziert|bezahlt|einladung|ermöglicht)",
        r"(?:sie|du) (?:haben|hast) [^.]{0,50}(?:kostenlose\w*|gratis-?\w*|freie\w*) (?:artikel|texte"
        r"|beiträge)",
        r"(?:testen|lesen|sichern|nutzen|holen|erhalten|bestellen|entdecken) sie\b[^.,]{0,80}(?:abo\w*"
        r"|digital\w*|auch:|auch\b|euro|kostenlos|gratis|postfach|mehr\b|hier\b)",
        r"(?:jetzt|hier|gleich) (?:die |den |unsere |unseren |kostenlos|gratis|anmelden|abonnieren"
        r"|herunterladen|testen|einloggen|lesen)[^.]{0,80}",
        r"(?:mehr|weitere \w+|alles|alle \w+) (?:zum|zu diesem|zur|über das) thema\b|lesen sie (?:auch"
        r"|mehr|hier|dazu)\b|auch interessant|das könnte sie",
        r"[^.,]{0,60}(?:nachrichten|meldungen|news|wichtigste\w*|überblick)\b[^.,]{0,50}(?:postfach"
        r"|e-mail|mail|smartphone)\b",
        r"(?:amtsgericht|registergericht|handelsregister|sitz der gesellschaft|ust-?id"
        r"|umsatzsteuer)\b[^.]{0,60}(?:hr[ab]\b|[0-9]{4,}|de[0-9]{6,})",
        r"alle rechte vorbehalten|nachdruck\b|vervielfältigung\b|©|copyright",
        rf"(?:mit|unter verwendung von) (?:material|agenturmaterial|informationen|inhalten) (?:von"
        rf"|der)\b|\(?mit {_WIRE}|mitarbeit\b|(?:text|redaktion|protokoll|recherche)\s?: [A-Z]",
        r"(?:klicken|tippen|wischen|scrollen) sie\b",
        r"kommentare (?:werden|sind)\b[^.]{0,80}(?:geprüft|moderiert|freigeschaltet|freigegeben"
        r"|redaktion|geschlossen)",
        r"wir suchen\b.{0,80}(?:redakteur|journalist|reporter|volontär|praktikant|team|entwickler)"
        r"|werde teil\b|verstärkung gesucht",
        r"(?:vielen dank|danke|schön), dass (?:sie|du|ihr)\b",
        r"an dieser stelle (?:finden|findest|steht|befindet)|(?:externer"
        r"|empfohlener) (?:redaktioneller )?inhalt",
        r"guten (?:morgen|tag|abend), (?:liebe|werte|sehr)|liebe (?:leser|leserinnen"
        r"|abonnent)[^.]{0,30}(?:leser|,|!)",
        r"mit (?:der|ihrer) (?:anmeldung|registrierung|bestellung|nutzung)\b[^.]{0,30}(?:sie|du)\b",
    ),
    "fr": (
        rf"(?:dans )?une (?:version|édition) (?:précédente|antérieure|initiale) de {_LES}",
        r"(?:mise à jour|mis à jour|correction|rectificatif|erratum|précision|note de la rédaction"
        r"|ndlr)\b[^.]{0,40}:|(?:mis|mise) à jour (?:le|à|ce)\b",
        rf"{_LES} (?:a été|est|est paru)[^.]{{0,40}}(?:modifié|mis à jour|corrigé|actualisé|publié"
        rf"|réservé|traduit)",
        r"l[’']aute(?:ur|ure|rice) (?:de cet? \w+ )?(?:détient|possède|a) [^.,]{0,30}(?:actions|parts|titres)",
        r"nous (?:percevons|recevons|touchons|pouvons (?:percevoir|recevoir|toucher))[^.]{0,40}commission",
        r"(?:ce|notre|cet|le) (?:voyage|séjour|déplacement|reportage) (?:a été"
        r"|s[’']est)[^.]{0,30}(?:pris en charge|financé|payé|organisé|offert"
        r"|invitation) [^.]{0,30}(?:office|compagnie|comité|agence|tourisme|hôtel|voyagiste)",
        r"il vous reste\b[^.]{0,60}(?:article|lire|gratuit)|vous avez (?:lu|atteint|épuisé"
        r"|déjà lu)[^.]{0,60}(?:articles?|limite|gratuit)",
        r"(?:profitez|bénéficiez|découvrez|essayez|testez)\b[^.]{0,60}(?:accès|offre|abonnement|essai"
        r"|illimité|euro|€)",
        r"(?:à lire|à voir|à écouter|lire|voir|lisez|regardez|écoutez)(?: aussi| également| ici"
        r"| encore|)\s?:|(?:à lire|lire) (?:aussi|également)|sur le même (?:sujet|thème)",
        r"pour (?:aller plus loin|en savoir plus|lire la suite|poursuivre|agrandir)\b|(?:consultez"
        r"|retrouvez|lisez|écoutez) (?:ici|notre|nos|tous|toute|l[’']ensemble)\b",
        r"recevez\b[^.,]{0,80}(?:boîte|e-?mail|mail|courriel|matin|soir|alertes)"
        r"|en (?:vous )?(?:inscrivant|abonnant|validant|cliquant|poursuivant)\b[^.]{0,10},? vous",
        r"[^.]{0,60}(?:\brcs\b|\bsiret\b|\bsiren\b|numéro d[’']entreprise"
        r"|\btva\b intracommunautaire)[^.]{0,30}[0-9]{3}",
        r"tous droits réservés|reproduction (?:interdite|même|totale|sans|soumise)|©|copyright",
        rf"\(?avec (?:l[’'])?{_WIRE}\b|avec (?:nos )?agences\b|(?:rédaction|texte|reportage|montage"
        rf"|édition)\s?:\s[A-ZÀ-Þ]",
        r"(?:cliquez|appuyez|faites défiler|glissez)\b",
        r"les commentaires (?:sont|seront|doivent)\b[^.]{0,60}(?:modér|valid|ferm|publi|par la rédaction)",
        r"(?:nous|la rédaction|on|notre \w+) (?:recrut\w+|cherch\w+"
        r"|recherch\w+)\b[^.]{0,60}(?:journaliste|rédact|stagiaire|équipe|alternant|développeu)",
        r"(?:la suite|suite de l[’']article|l[’']article continue)\b[^.]{0,30}(?:après|ci-dessous"
        r"|plus bas|sous)|publicité\s*\Z",
        r"nous vous (?:souhaitons|remercions|proposons|donnons rendez-vous)\b|merci (?:de|d[’']"
        r"|à vous) (?:soutenir|lire|votre|avoir|être|suivre)|écrivez-nous|donnez(?:-nous)? votre avis"
        r"|et vous, ",
        r"vous (?:êtes|avez)\b[^.?]{0,60}(?:concerné|témoin|témoign|été touché)[^.?]{0,40}\?",
    ),
    "es": (
        rf"(?:en )?una (?:versión|edición) (?:anterior|previa|inicial) de {_ESTE}",
        r"(?:fe de (?:errores|erratas)|corrección|rectificación|actualización|nota de la redacción"
        r"|nota del editor|aclaración)\b[^.]{0,30}:",
        rf"{_ESTE} (?:ha sido|fue|se ha|se|es|está)[^.]{{0,40}}(?:modificad|actualiz|corregid|publicad"
        rf"|exclusiv|reservad|traducid)",
        r"(?:el autor|la autora|el periodista|la periodista) (?:de este \w+ )?(?:posee|tiene"
        r"|es titular)[^.,]{0,30}(?:acciones|participaciones)",
        r"(?:podemos|podríamos|podemos llegar a|es posible que) (?:recibir|recibamos|ganar|obtener"
        r"|percibir)[^.]{0,40}comisi[óo]n|recibimos una comisión",
        r"(?:este|el|nuestro) (?:viaje|desplazamiento) (?:fue|ha sido|se)[^.]{0,30}(?:sufragad|pagad"
        r"|financiad|patrocinad|invita|organizad|costead)\w* por [^.]{0,40}(?:turismo|oficina"
        r"|aerolínea|hotel|compañía)",
        r"(?:ya )?(?:has|ha) (?:leído|alcanzado|agotado|superado|consumido)[^.]{0,60}(?:gratis|gratuit"
        r"|límite|artículos este)",
        r"(?:suscríbe\w+|suscríba\w+|pruebe|prueba|accede|acceda|disfruta|disfrute"
        r"|aprovecha)\b[^.]{0,60}(?:euro|€|gratis|mes|acceso|límites|oferta)",
        r"(?:lea|lee|leer|vea|ve|ver|escuche|escucha|mira|mire)(?: también| además| más| ahora|)\s?:"
        r"|(?:lea|lee|leer|te puede interesar|le puede interesar)(?: también)?\b:?",
        r"(?:consulta|consulte|escucha|escuche|descarga|descargue|sigue|siga|visita|visite|descubre"
        r"|descubra) (?:aquí|gratis|nuestr[oa]s?|tod[oa]s l[oa]s|toda la)\b",
        r"(?:recibe|reciba|recibirás)\b[^.,]{0,80}(?:correo|email|e-mail|buzón|bandeja|móvil)"
        r"|al (?:suscribir|registrar|inscribir|continuar)\w*,? (?:acepta|estás|está)",
        r"(?:inscrita|registrada|sociedad)[^.]{0,30}(?:registro mercantil|cif|nif)\b[^.]{0,50}(?:tomo"
        r"|folio|hoja|cif|nif|[0-9]{4})|[^.]{0,40}\b(?:cif|nif|rut|ruc)\b:? [a-z]?-?[0-9]{6}",
        r"todos los derechos reservados|prohibida (?:su|la|toda) (?:reproducción|copia|difusión)"
        r"|queda prohibida la reproducción|©|copyright",
        rf"\(?con (?:información|informaciones|datos|material"
        rf"|aportes) de (?:la )?(?:agencia )?(?:{_WIRE}|agencias|[A-Z])|(?:redacción|texto|edición"
        rf"|reportaje)\s?:\s[A-ZÁÉÍÓÚÑ]",
        r"(?:haz|haga|hacer) clic\b|(?:pulsa|pulse|pincha|pinche|desliza|deslice) (?:aquí|en|sobre"
        r"|para|hacia)\b",
        r"los comentarios (?:son|serán|están|deben)\b[^.]{0,60}(?:moderad|revisad|cerrad|validad|publicar)",
        r"(?:buscamos|contratamos|estamos buscando|incorporamos)\b[^.]{0,60}(?:periodista|redactor"
        r"|becario|equipo|redacción|desarrollador)",
        r"(?:la noticia|el artículo|más información|el texto|la nota|continúa"
        r"|sigue)\b[^.]{0,20}(?:después de|tras|debajo|abajo|más abajo)[^.]{0,20}(?:publicidad|anuncio"
        r"|\Z)|publicidad\s*\Z",
        r"gracias por (?:apoyar|leer|seguir|acompañar|estar|confiar|su|tu|visitar)\w*|(?:escríbe"
        r"|escríba|cuénta|cuénte|déja|déje|envía|envíe)(?:nos|me)\b|¿(?:y )?(?:tú|usted|te|le"
        r"|qué opinas|ha sido|has sido)\b",
    ),
}
"""By language: how a frame begins."""

_CAPTION = re.compile(
    r"(?:^|[.!?…)] |\| )(?:photo|foto|fotos|photos|picture|image|imagen|bild|bilder|crédit photo"
    r"|credit|quelle|fuente|source|video|vídeo)"
    r"(?: by| de| von)?\s?:\s?[^.]{1,60}\.?\Z",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"(?:with|mit|avec|con) {_WIRE}(?:(?:,| und| et| y| and|/) ?{_WIRE}){{0,4}}\.?\Z",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"[,”\"»“] ?(?:a |ont |has |he |she |\w+ ){0,4}(?:said|says|told|urged|asked|advised|warned|wrote"
    r"|sagte\w*|rief\w*|riet\w*|mahnte\w*|bat|schrieb"
    r"|forderte\w*|warnte\w*|entschied\w*|teilte\w*|dit|déclaré|lancé|demandé|conseillé|écrit|prévenu"
    r"|dijo|pidió|aconsejó|escribió|instó|advirtió|afirmó|declaró)\b"
)
"""Somebody else's words: a call that a minister made is news."""


def is_formula(sentence: str, language: str) -> bool:
    """True where the sentence is one of the set forms of a page, in its own language or in English."""
    if len(sentence) > _LONGEST:
        return False
    opening = sentence.lstrip("\"'“‘([*•–—-> ")
    if not (
        _frames(language).match(opening) or _CAPTION.search(sentence) or _CREDIT.match(opening)
    ):
        return False
    return not is_spoken(sentence)


def is_spoken(sentence: str) -> bool:
    """True where the sentence names who spoke it."""
    return _SPOKEN.search(sentence) is not None


@cache
def _frames(language: str) -> re.Pattern[str]:
    frames = FRAMES.get(language) or FRAMES["en"]
    return re.compile("|".join(f"(?:{frame})" for frame in frames), re.IGNORECASE)
