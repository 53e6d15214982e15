"""Sentences that speak to the reader of the page and tell no news: scored by address, subject and form.

A greeting, an offer of a newsletter, a rule for comments, a disclosure or a roll call says so in several ways
at once: whom it speaks to, what it speaks of (the outlet, its pages, its services), how it is made. None of
the signs bars a sentence by itself, and reported speech speaks for news. Some are set forms: a disclosure, a
correction, an offer, a credit line, a registration or a caption is made of a fixed frame, an opening or a pair
of words that news does not join, and of whatever fills it; each pattern is one frame.
"""

import re
from dataclasses import dataclass
from functools import cache

from digest.text import listed

_LONGEST_FORMULA = 320
"""Characters: a frame is a short sentence."""

_THIS_EN = r"(?:this|our|the) (?:article|story|post|piece|report|page|column|review|blog|interview|list|guide)"
_LES = r"(?:cet?|cette|notre|nos|l[’']) ?(?:article|papier|texte|contenu|page|reportage|enquête|vidéo|tribune)"
_ESTE = (
    r"(?:este|esta|nuestro|nuestra) (?:artículo|texto|contenido|página|reportaje|noticia|nota|información"
    r"|crónica)"
)
_DIESER = (
    r"(?:diese[rsnm]?|unsere[rsnm]?) (?:artikel|beitrag|text|bericht|meldung|seite|interview|reportage"
    r"|video)s?"
)
_WIRE = (
    r"(?:afp|ap|dpa|efe|reuters|ansa|apa|sda|epd|kna|sid|europa press|belga|tass|associated press|agence "
    r"france-presse)"
)

FRAMES = {
    "en": (
        rf"(?:an? |the )?(?:earlier|previous|original) versions? of {_THIS_EN}",
        rf"{_THIS_EN} (?:was|has been|is being) (?:first |last |originally )?(?:updated|corrected|amended"
        rf"|edited|published|translated)",
        r"(?:the |our )?(?:author|writer|reporter|columnist)s? (?:of (?:this|the) \w+ )?(?:owns?|holds?|has"
        r"|have|had|hold) (?:no |some |a )?(?:shares|stock|stakes?|positions?|interests?)\b(?!.*\bsaid\b)",
        r"(?:we|the publisher|(?:this|the) (?:site|page)) (?:may|might|can|could|will)? ?(?:earn|receive|get"
        r"|make)s? (?:an? )?(?:affiliate |small )?(?:commission|fee|money)",
        r"(?:this|the|our) (?:trip|journey|visit|stay|travel|flight)s? (?:was|were) (?:paid for|funded"
        r"|sponsored|hosted|provided|arranged|supported) by (?:the )?[^.]{0,60}(?:tourist|tourism|board"
        r"|airline|hotel|company|operator)",
        r"(?:you(?:[’']ve| have)) (?:reached|read|used|viewed|hit) (?:your|all|the|\w+ "
        r"of)\b[^.]{0,60}(?:articles?|stories|limit|month)",
        r"(?:try|get|enjoy|start|unlock) [^.]{0,40}(?:access|trial|subscription"
        r"|digital)\b[^.]{0,40}(?:[$£€][0-9]|free|week|month)",
        r"(?:our|the) (?:pick|picks|guide|selection|favourites?|favorites?) (?:of|to) [^.]{0,60}(?:[$£€]|you "
        r"can buy|right now|this season)",
        r"(?:get|have|receive) [^.,]{0,60}(?:stories|news|headlines|alerts|updates)\b[^.,]{0,40}\byour\b"
        r"|you(?:[’']ve| have) (?:got )?(?:\w+ ){0,3}(?:articles?|stories) (?:left|remaining)|to (?:continue"
        r"|keep|go on) reading\b|(?:watch|listen|video|gallery|podcast|in (?:pictures|video))\s?:",
        r"(?:registered|incorporated) (?:in|office|company|charity)[^.]{0,80}(?:number|no\.?|company"
        r"|charity)\b",
        r"(?:additional |with )?(?:reporting|writing|editing) by [A-Z]|with (?:files|material|reporting"
        r"|additional reporting) from\b",
        r"(?:scroll|swipe|tap|click) (?:down|up|left|right|through|here|on|for|to)\b",
        r"(?:story|article|text|post|report) continues\b|continue reading\b|advertisement\b",
        r"(?:read|see|watch|listen|hear) (?:more|also|next|now|:)\s?[:|–-]|read (?:more|also)\b|more (?:on"
        r"|from) (?:this|our)\b|related:|(?:we[’']re|we are|our \w+ is) (?:hiring|recruiting|looking for)\b",
        r"(?:please )?keep (?:the|your) (?:discussion|conversation|comment|debate|post)s?\b|for (?:a|your) "
        r"chance to (?:win|be)\b|i (?:would like|agree|consent|want) to (?:receive|be contacted)\b",
    ),
    "de": (
        rf"(?:in )?(?:einer|eine|die|der) (?:früheren?|vorherigen?|ersten?|ursprünglichen?|älteren?) "
        rf"(?:version|fassung) (?:des|{_DIESER})",
        r"(?:anmerkung|hinweis|transparenzhinweis|korrektur|berichtigung|nachtrag|aktualisierung"
        r"|offenlegung)(?: der redaktion)?\s?[:.]|wir haben (?:den|diesen|die) (?:text|artikel|beitrag"
        r"|meldung)\b",
        rf"{_DIESER} (?:wurde|ist|erschien)[^.]{{0,60}}(?:aktualisiert|korrigiert|ergänzt|erschienen|zuerst"
        rf"|übersetzt|lesbar|abonnenten|bezahl)",
        r"(?:der|die) autor(?:in)? (?:dieses \w+ )?(?:hält|besitzt|hat) [^.,]{0,40}(?:aktien|anteile"
        r"|beteiligung)",
        r"(?:bei|wenn|für|durch|über) [^.]{0,60}(?:links?|käufe|kauf)\b[^.]{0,50}(?:provision|vergütung)|wir "
        r"(?:erhalten|bekommen) [^.]{0,40}provision",
        r"(?:die|diese|unsere) (?:reise|recherchereise|übernachtung) (?:wurde|erfolgte"
        r"|fand)[^.]{0,80}(?:unterstützt|finanziert|bezahlt|einladung|ermöglicht)",
        r"(?:sie|du) (?:haben|hast) [^.]{0,50}(?:kostenlose\w*|gratis-?\w*|freie\w*) (?:artikel|texte"
        r"|beiträge)",
        r"(?:testen|lesen|sichern|nutzen|holen|erhalten|bestellen|entdecken) sie\b[^.,]{0,80}(?:abo\w*"
        r"|digital\w*|auch:|auch\b|euro|kostenlos|gratis|postfach|mehr\b|hier\b)",
        r"(?:jetzt|hier|gleich) (?:die |den |unsere |unseren |kostenlos|gratis|anmelden|abonnieren"
        r"|herunterladen|testen|einloggen|lesen)[^.]{0,80}",
        r"(?:mehr|weitere \w+|alles|alle \w+) (?:zum|zu diesem|zur|über das) thema\b|lesen sie (?:auch|mehr"
        r"|hier|dazu)\b|auch interessant|das könnte sie",
        r"[^.,]{0,60}(?:nachrichten|meldungen|news|wichtigste\w*|überblick)\b[^.,]{0,50}(?:postfach|e-mail"
        r"|mail|smartphone)\b|(?:amtsgericht|registergericht|handelsregister|sitz der gesellschaft|ust-?id"
        r"|umsatzsteuer)\b[^.]{0,60}(?:hr[ab]\b|[0-9]{4,}|de[0-9]{6,})",
        r"alle rechte vorbehalten|nachdruck\b|vervielfältigung\b",
        rf"(?:mit|unter verwendung von) (?:material|agenturmaterial|informationen|inhalten) (?:von|der)\b"
        rf"|\(?mit {_WIRE}|mitarbeit\b|(?:text|redaktion|protokoll|recherche)\s?: [A-Z]",
        r"(?:klicken|tippen|wischen|scrollen) sie\b|(?:im )?(?:video|podcast)\s?:|in bildern\s?:",
        r"(?:um weiterzulesen|zum weiterlesen)\b|dann melden sie sich\b|das war[’']?s (?:für|von)\b|in einer "
        r"(?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung) (?:hieß|stand|war)\b|eingetragen "
        r"(?:beim|im) (?:amtsgericht|handelsregister|vereinsregister)\b|entschuldigt fehlte|bitte (?:bleiben"
        r"|achten|beachten|halten) sie\b[^.]{0,60}(?:kommentar|netiquette|sachlich)",
        r"kommentare (?:werden|sind)\b[^.]{0,80}(?:geprüft|moderiert|freigeschaltet|freigegeben|redaktion"
        r"|geschlossen)",
        r"wir suchen\b.{0,80}(?:redakteur|journalist|reporter|volontär|praktikant|team|entwickler)|werde "
        r"teil\b|verstärkung gesucht|(?:vielen dank|danke|schön), dass (?:sie|du|ihr)\b",
        r"an dieser stelle (?:finden|findest|steht|befindet)|(?:externer|empfohlener) (?:redaktioneller "
        r")?inhalt|guten (?:morgen|tag|abend), (?:liebe|werte|sehr)|liebe (?:leser|leserinnen"
        r"|abonnent)[^.]{0,30}(?:leser|,|!)",
        r"mit (?:der|ihrer) (?:anmeldung|registrierung|bestellung|nutzung)\b[^.]{0,30}(?:sie|du)\b",
    ),
    "fr": (
        rf"(?:dans )?une (?:version|édition) (?:précédente|antérieure|initiale) de {_LES}",
        r"(?:mise à jour|mis à jour|correction|rectificatif|erratum|précision|note de la rédaction"
        r"|ndlr)\b[^.]{0,40}:|(?:mis|mise) à jour (?:le|à|ce)\b",
        rf"{_LES} (?:a été|est|est paru)[^.]{{0,40}}(?:modifié|mis à jour|corrigé|actualisé|publié|paru"
        rf"|réservé|traduit)",
        r"l[’']aute(?:ur|ure|rice) (?:de cet? \w+ )?(?:détient|possède|a) [^.,]{0,30}(?:actions|parts|titres)",
        r"nous (?:percevons|recevons|touchons|pouvons (?:percevoir|recevoir|toucher))[^.]{0,40}commission",
        r"(?:ce|notre|cet|le) (?:voyage|séjour|déplacement|reportage) (?:a été|s[’']est)[^.]{0,30}(?:pris en "
        r"charge|financé|payé|organisé|offert|invitation) [^.]{0,30}(?:office|compagnie|comité|agence"
        r"|tourisme|hôtel|voyagiste)",
        r"il vous reste\b[^.]{0,60}(?:article|lire|gratuit)|vous avez (?:lu|atteint|épuisé|déjà "
        r"lu)[^.]{0,60}(?:articles?|limite|gratuit)",
        r"(?:profitez|bénéficiez|découvrez|essayez|testez)\b[^.]{0,60}(?:accès|offre|abonnement|essai"
        r"|illimité|euro|€)",
        r"(?:à lire|à voir|à écouter|lire|voir|lisez|regardez|écoutez)(?: aussi| également| ici| encore|)\s?:"
        r"|(?:à lire|lire) (?:aussi|également)|sur le même (?:sujet|thème)",
        r"pour (?:aller plus loin|en savoir plus|lire la suite|poursuivre|agrandir)\b|(?:consultez|retrouvez"
        r"|lisez|écoutez) (?:ici|notre|nos|tous|toute|l[’']ensemble)\b",
        r"recevez\b[^.,]{0,80}(?:boîte|e-?mail|mail|courriel|matin|soir|alertes)|en (?:vous )?(?:inscrivant"
        r"|abonnant|validant|cliquant|poursuivant)\b[^.]{0,10},? vous",
        r"[^.]{0,60}(?:\brcs\b|\bsiret\b|\bsiren\b|numéro d[’']entreprise|\btva\b "
        r"intracommunautaire)[^.]{0,30}[0-9]{3}",
        r"tous droits réservés|reproduction (?:interdite|même|totale|sans|soumise)",
        rf"\(?avec (?:l[’'])?{_WIRE}\b|avec (?:nos )?agences\b|(?:rédaction|texte|reportage|montage"
        rf"|édition)\s?:\s[A-ZÀ-Þ]",
        r"(?:cliquez|appuyez|faites défiler|glissez)\b|(?:en )?(?:vidéo|images|podcast)s?\s?:",
        r"si vous achetez\b[^.]{0,60}\bliens?\b|(?:identifiez|connectez|inscrivez)-vous\b|étaient présents"
        r"|absente?s? excusée?s?|c[’']est tout pour (?:aujourd|ce|cette)\b",
        r"les commentaires (?:sont|seront|doivent)\b[^.]{0,60}(?:modér|valid|ferm|publi|par la rédaction)",
        r"(?:nous|la rédaction|on|notre \w+) (?:recrut\w+|cherch\w+|recherch\w+)\b[^.]{0,60}(?:journaliste"
        r"|rédact|stagiaire|équipe|alternant|développeu)",
        r"(?:la suite|suite de l[’']article|l[’']article continue)\b[^.]{0,30}(?:après|ci-dessous|plus bas"
        r"|sous)|publicité\s*\Z",
        r"nous vous (?:souhaitons|remercions|proposons|donnons rendez-vous)\b|merci (?:de|d[’']|à vous) "
        r"(?:soutenir|lire|votre|avoir|être|suivre)|écrivez-nous|donnez(?:-nous)? votre avis|et vous, ",
        r"vous (?:êtes|avez)\b[^.?]{0,60}(?:concerné|témoin|témoign|été touché)[^.?]{0,40}\?",
    ),
    "es": (
        rf"(?:en )?una (?:versión|edición) (?:anterior|previa|inicial) de {_ESTE}",
        r"(?:fe de (?:errores|erratas)|corrección|rectificación|actualización|nota de la redacción|nota del "
        r"editor|aclaración)\b[^.]{0,30}:",
        rf"{_ESTE} (?:ha sido|fue|se ha|se|es|está)[^.]{{0,40}}(?:modificad|actualiz|corregid|public|exclusiv"
        rf"|reservad|traducid)",
        r"(?:el autor|la autora|el periodista|la periodista) (?:de este \w+ )?(?:posee|tiene|es "
        r"titular)[^.,]{0,30}(?:acciones|participaciones)",
        r"(?:podemos|podríamos|podemos llegar a|es posible que) (?:recibir|recibamos|ganar|obtener"
        r"|percibir)[^.]{0,40}comisi[óo]n|recibimos una comisión",
        r"(?:este|el|nuestro) (?:viaje|desplazamiento) (?:fue|ha sido|se)[^.]{0,30}(?:sufragad|pagad"
        r"|financiad|patrocinad|invita|organizad|costead)\w* por [^.]{0,40}(?:turismo|oficina|aerolínea|hotel"
        r"|compañía)",
        r"(?:ya )?(?:has|ha) (?:leído|alcanzado|agotado|superado|consumido)[^.]{0,60}(?:gratis|gratuit|límite"
        r"|artículos este)|(?:suscríbe\w+|suscríba\w+|pruebe|prueba|accede|acceda|disfruta|disfrute"
        r"|aprovecha)\b[^.]{0,60}(?:euro|€|gratis|mes|acceso|límites|oferta)",
        r"(?:lea|lee|leer|vea|ve|ver|escuche|escucha|mira|mire)(?: también| además| más| ahora|)\s?:|(?:lea"
        r"|lee|leer|te puede interesar|le puede interesar)(?: también)?\b:?",
        r"(?:consulta|consulte|escucha|escuche|descarga|descargue|sigue|siga|visita|visite|descubre"
        r"|descubra) (?:aquí|gratis|nuestr[oa]s?|tod[oa]s l[oa]s|toda la)\b",
        r"(?:recibe|reciba|recibirás)\b[^.,]{0,80}(?:correo|email|e-mail|buzón|bandeja|móvil|teléfono)|al "
        r"(?:suscribir|registrar|inscribir|continuar)\w*,? (?:acepta|estás|está)",
        r"(?:inscrita|registrada|sociedad)[^.]{0,30}(?:registro mercantil|cif|nif)\b[^.]{0,50}(?:tomo|folio"
        r"|hoja|cif|nif|[0-9]{4})|[^.]{0,40}\b(?:cif|nif|rut|ruc)\b:? [a-z]?-?[0-9]{6}",
        r"(?:le|te) quedan\b[^.]{0,40}(?:artículos|textos|noticias)|si compras?\b[^.]{0,60}\benlaces?\b"
        r"|(?:siga|sigue|sigan) a [^.]{1,40} en (?:facebook|instagram|twitter|telegram|whatsapp)"
        r"|(?:identifíque|inicie sesión|inicia sesión|identifíca)|compart[ae]n? est[ea] (?:noticia|artículo"
        r"|nota|texto)\b|(?:en )?(?:v[ií]deo|imágenes|podcast)s?\s?:|eso es todo por (?:hoy|ahora|esta)\b"
        r"|asistieron l[oa]s (?:concejal|consejer|miembr|edil)|excus(?:ó|aron) su (?:ausencia|asistencia)"
        r"|(?:por favor, )?(?:mantenga|respete|sea)n?\b[^.]{0,50}\bcomentarios",
        r"todos los derechos reservados|prohibida (?:su|la|toda) (?:reproducción|copia|difusión)|queda "
        r"prohibida la reproducción",
        rf"\(?con (?:información|informaciones|datos|material|aportes) de (?:la )?(?:agencia )?(?:{_WIRE}"
        rf"|agencias|[A-Z])|(?:redacción|texto|edición|reportaje)\s?:\s[A-ZÁÉÍÓÚÑ]",
        r"(?:haz|haga|hacer) clic\b|(?:pulsa|pulse|pincha|pinche|desliza|deslice) (?:aquí|en|sobre|para"
        r"|hacia)\b",
        r"los comentarios (?:son|serán|están|deben)\b[^.]{0,60}(?:moderad|revisad|cerrad|validad|publicar)",
        r"(?:buscamos|contratamos|estamos buscando|incorporamos)\b[^.]{0,60}(?:periodista|redactor|becario"
        r"|equipo|redacción|desarrollador)",
        r"(?:la noticia|el artículo|más información|el texto|la nota|continúa|sigue)\b[^.]{0,20}(?:después de"
        r"|tras|debajo|abajo|más abajo)[^.]{0,20}(?:publicidad|anuncio|\Z)|publicidad\s*\Z",
        r"gracias por (?:apoyar|leer|seguir|acompañar|estar|confiar|su|tu|visitar)\w*|(?:escríbe|escríba"
        r"|cuénta|cuénte|déja|déje|envía|envíe)(?:nos|me)\b|¿(?:y )?(?:tú|usted|te|le|qué opinas|ha sido|has "
        r"sido)\b",
    ),
}
"""By language: how a frame begins."""
_ANYWHERE = (
    r"(?:copyright|©|\(c\))|all rights reserved|riproduzione (?:riservata|vietata)|tutti i diritti riservati"
    r"|todos os direitos reservados|reprodução (?:proibida|interdita)|alle rechten voorbehouden",
    r"(?:leggi|leia|le[aer]|lees|ver|vedi|veja|vea|guarda|lire|voir|à lire) (?:anche|também|m[aá]is|también"
    r"|ook|aussi|pure|além)(?: [^.:?!]{1,24})?\s?:",
    r"(?:(?:si|se|als|hai|avete|heb|heeft|has|vous|wenn) [^.?!]{0,24})?\b(?:encontr\w+|detect\w+|notato"
    r"|trovato|repéré|relevé|gezien|gevonden|viu) (?:un|una|une|um|uma|een|algún|algum|qualche)?(?: "
    r"|['’])?(?:error|errore|erro|erreur|coquille|fout|imprecisione|gralha|refuso)\b(?:[^.?!]{0,40}\?"
    r"|[^.?!]{0,60}\b(?:escr|écr|scriv|schrijf|segnal|avis|conta))",
    r"(?:normas|reglas|règles|regels|regeln|regole|regras|rules) (?:de|der|für|del|per|for|voor)\b[^.:]{0,24}"
    r"\b(?:participa|comm?ent|komment|dis[ck]us|comunidad)\w*\s?:",
    r"(?:reageren|commenting|commenter|comentar)\b[^.]{0,40}\b(?:mogelijk|closed|fermé|cerrad|encerrad)",
    r"[^.]{0,80}\baffiliat\w*[- ]?links?\b",
)
"""Frames that the pages of many languages set alike: of rights, links, comments and mistakes."""
_CAPTION = re.compile(
    r"(?:^|[.!?…)] |\| )(?:photo|foto|fotos|photos|picture|image|imagen|bild|bilder|crédit photo|credit"
    r"|quelle|fuente|source|video|vídeo)(?: by| de| von)?\s?:\s?[^.]{1,60}\.?\Z",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"(?:with|mit|avec|con) {_WIRE}(?:(?:,| und| et| y| and|/) ?{_WIRE}){{0,4}}\.?\Z",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"[,”\"»“] ?(?:a |ont |has |he |she |\w+ ){0,4}(?:said|says|told|urged|asked|advised|warned|wrote"
    r"|sagte\w*|rief\w*|riet\w*|mahnte\w*|bat|schrieb|forderte\w*|warnte\w*|entschied\w*|teilte\w*|dit"
    r"|déclaré|lancé|demandé|conseillé|écrit|prévenu|dijo|pidió|aconsejó|escribió|instó|advirtió|afirmó"
    r"|declaró)\b"
)
"""Somebody else's words: a call that a minister made is news."""


def is_formula(sentence: str, language: str) -> bool:
    """True where the sentence is one of the set forms of a page, in its own language or in English."""
    if len(sentence) > _LONGEST_FORMULA:
        return False
    opening = sentence.lstrip("\"'“‘([*•–—-> ")
    framed = _frames(language).match(opening) or _CREDIT.match(opening) or _CAPTION.search(sentence)
    return framed is not None and not is_spoken(sentence)


def _tokens(sentence: str) -> list[str]:
    return sentence.lower().translate(_NO_MARKS).split()


def is_spoken(sentence: str) -> bool:
    """True where the sentence names who spoke it."""
    return _SPOKEN.search(sentence) is not None


@cache
def _frames(language: str) -> re.Pattern[str]:
    own = FRAMES.get(language) or listed("notices.txt").get(language) or FRAMES["en"]
    frames = (*own, *_ANYWHERE)
    return re.compile("|".join(f"(?:{frame})" for frame in frames), re.IGNORECASE)


_BAR = 4
_SHORT, _LONG, _LONGEST = 14, 22, 45
"""Words of a short sentence, of a long one, and of the longest that is looked at."""
_FIRST_WORD = 24
"""Characters in which the first word of a sentence ends, if it is one that calls."""
_NO_MARKS = str.maketrans(dict.fromkeys('.,;:!?()[]{}"“”„«»…·|', " "))
SERVICE = {
    "en": """newsletter newsletters subscribe subscribing subscriber subscribers subscribed subscription
        unsubscribe inbox paywall cookies cookie login log-in signup sign-up whatsapp podcast e-paper epaper
        comments commenting moderated moderators moderation advertise advertisement advertising sponsored
        affiliate commission newsroom browser javascript adblocker unavailable download notifications alerts
        journalism bookmark click hiring vacancy vacancies correction clarification""",
    "de": """newsletter abonnieren abonnenten abonnent abo abonnement digitalabo probeabo postfach anmelden
        anmeldung registrieren registrierung einloggen cookies kommentare kommentarfunktion netiquette
        moderiert anzeige werbung bezahlschranke browser javascript push-nachrichten whatsapp-kanal podcast
        weiterlesen mitlesen folgen verfügbar korrektur berichtigung stellenangebote e-paper""",
    "fr": """newsletter infolettre abonner abonnez-vous abonnés abonné abonnement désabonner désinscrire
        inscrivez-vous connectez-vous identifiez-vous inscription cookies commentaires modérés modération
        publicité sponsorisé boîte navigateur javascript notifications disponible podcast retrouvez-nous
        suivez-nous rejoignez-nous rectificatif erratum réservé lettre""",
    "es": """boletín boletines newsletter suscribirse suscríbase suscríbete suscriptores suscriptor suscripción
        baja regístrese regístrate registrarse sesión cookies comentarios moderados publicidad patrocinado
        navegador javascript notificaciones disponible podcast síganos síguenos únase exclusivo rectificación
        seguirnos""",
    "it": """newsletter abbonati abbonarsi abbonamento abbonato iscriviti iscriversi registrati accedi accedere
        cookie commenti moderati pubblicità sponsorizzato browser javascript notifiche disponibile podcast
        seguici seguirci rettifica riservato""",
    "pt": """newsletter assine assinar assinantes assinante assinatura inscreva-se cadastre-se cadastro entrar
        cookies comentários moderados publicidade patrocinado navegador javascript notificações disponível
        podcast siga-nos acompanhe-nos acompanharem exclusivo errata subscreva""",
    "nl": """nieuwsbrief nieuwsbrieven abonneer abonnees abonnee abonnement abonneren aanmelden inschrijven
        registreren inloggen cookies reacties gemodereerd advertentie advertenties gesponsord browser
        javascript meldingen beschikbaar podcast volg meelezen rectificatie uitschrijven""",
}
"""What a page offers to those who read it."""
OUTLET = {
    "en": """(?:this|our|the (?:full|whole|original)) (?:article|story|video|clip|post|content|page|site
        |website|blog|newspaper|paper|app|channel|live(?: blog| coverage)?|coverage|report|column|edition|team
        |reporters?|editors?|readers?|inbox|live|terms|policy|privacy)\\b|(?:live|continuing) coverage
        |print edition|(?:was|were) (?:first )?published in|press council|breaking news|latest news
        |latest stories|shares? (?:this|it) (?:on|with)|on (?:facebook|instagram|twitter|mastodon|bluesky
        |tiktok|linkedin|youtube)|log in|logged in|sign(?:ed)? (?:in|up)|registration|email (?:us|address)
        |e-?mail us|your (?:email|account|inbox)|on (?:your|our) (?:site|website|device)|contact us
        |follow (?:us|our|along)|joining us|join us|join our|get in touch|never miss|stay tuned|stay up to date
        |for (?:reading|watching|following|listening|joining|visiting)|members? today|not available
        |no longer available|now closed|now ended|holds? (?:no )?shares|owns? shares|what you need to know
        |terms (?:and conditions )?apply""",
    "de": """(?:dieser|dieses|diesen|unser\\w*|der ganze) (?:artikel|beitrag|text|video|inhalt|seite|app|kanal
        |liveblog|redaktion|leser\\w*|angebot|team)\\b|auf (?:unserer|dieser) seite|(?:folgen sie
        |schreiben sie) uns|nicht (?:mehr )?verfügbar|fürs (?:mitlesen|lesen|zuschauen)|für (?:unseren
        |ihr interesse)|noch kein abo|melden sie sich|zum weiterlesen|weiterlesen|auf (?:instagram|facebook
        |whatsapp|twitter|mastodon)""",
    "fr": """(?:cet|cette|ce|notre|nos|l[’']intégralité de l[’']) ?(?:article|vidéo|contenu|page|site
        |application|chaîne|rédaction|équipe|lettre|direct)\\b|pas disponible|plus disponible|(?:suivez
        |retrouvez|rejoignez)-nous|nous avoir (?:suivis|lus)|pour lire la suite|lire la suite|à tout moment
        |sur (?:facebook|instagram|twitter)|votre (?:compte|boîte|adresse|e-?mail|courriel)
        |réservé aux abonnés""",
    "es": """(?:este|esta|nuestro|nuestra|nuestros|nuestras) (?:artículo|vídeo|video|contenido|página|sitio|web
        |aplicación|canal|redacción|equipo|redes|boletín|cobertura|directo)\\b|no está disponible|(?:por
        |gracias por) (?:seguirnos|leernos|acompañarnos)|para seguir leyendo|seguir leyendo
        |en cualquier momento|darse de baja|inicie sesión|su (?:cuenta|correo|bandeja)|en (?:facebook
        |instagram)""",
    "it": """(?:questo|questa|nostro|nostra|nostri|nostre) (?:articolo|video|contenuto|pagina|sito|app|canale
        |redazione|team|newsletter|diretta)\\b|non (?:è )?(?:più )?disponibile|per (?:averci seguito
        |continuare a leggere)|in qualsiasi momento|il tuo (?:account|indirizzo)|la tua (?:e-?mail|casella)
        |su (?:facebook|instagram)""",
    "pt": """(?:este|esta|nosso|nossa|nossos|nossas) (?:artigo|vídeo|conteúdo|página|site|aplicativo|canal
        |redação|equipe|boletim|cobertura)\\b|não está disponível|para continuar (?:lendo|a ler)
        |por nos acompanhar|a qualquer momento|(?:sua|tua) (?:conta|caixa)|seu e-?mail|no (?:facebook
        |instagram)""",
    "nl": """(?:dit|deze|onze|ons) (?:artikel|video|inhoud|pagina|site|app|kanaal|redactie|team|nieuwsbrief
        |liveblog)\\b|niet (?:meer )?beschikbaar|voor het (?:meelezen|lezen|volgen)|om verder te lezen
        |verder lezen|op elk moment|uw (?:account|e-?mail|inbox)|je (?:account|e-?mail|inbox)|op (?:facebook
        |instagram)""",
}
"""The outlet itself, its pages and its doings."""
ADDRESS = {
    "en": "you your yours us our we please",
    "de": "uns unser unsere unseren wir bitte du dein deine",
    "fr": "vous votre vos nous notre nos merci veuillez",
    "es": "usted ustedes nos nuestro nuestra nuestros nuestras gracias tu tus",
    "it": "voi vostro tuo tua noi nostro nostra grazie",
    "pt": "você vocês nosso nossa obrigado obrigada te",
    "nl": "u uw je jouw jullie ons onze wij we graag bedankt",
}
CALLS = {
    "en": """please click sign join get download support share register listen read watch follow thanks thank
        subscribe don't dont good welcome hello that's stay tell send visit become want already have enjoy try
        check see find learn discover log comment pictured photo correction clarification""",
    "de": """melden abonnieren folgen lesen klicken danke bitte hier guten willkommen jetzt teilen schreiben
        hören""",
    "fr": """merci abonnez-vous abonnez inscrivez-vous retrouvez-nous retrouvez suivez-nous suivez cliquez
        lisez bonjour bienvenue découvrez rejoignez partagez pour connectez-vous""",
    "es": """gracias suscríbase suscríbete síganos síguenos regístrese lea pulse haga haz buenos bienvenidos
        para únase comparta descubra puede puedes""",
    "it": """grazie iscriviti abbonati seguici clicca leggi registrati buongiorno benvenuti scopri condividi
        per puoi""",
    "pt": """obrigado obrigada assine inscreva-se siga-nos siga clique leia cadastre-se bom bem-vindos descubra
        para""",
    "nl": """bedankt abonneer meld volg klik lees schrijf goedemorgen welkom ontdek deel om""",
}
"""First words of those who call upon a reader."""
_ROLL = re.compile(
    r"(?:also )?(?:present|absent|in attendance|attendees|attending|apologies(?: for absence)?|members "
    r"present|quorum|anwesend|abwesend|entschuldigt|présents?|excusés?|absents|presentes|asistentes|ausentes"
    r"|presenti|assenti|aanwezig|afwezig)(?: (?:were|was|sind|waren|von)\b|\s*:)|apologies were received"
    r"|pictured\b|(?:the )?minutes of .{3,80} (?:approved|agreed|adopted|confirmed|signed)\b|the next "
    r"meeting (?:will be|is)\b|(?:das protokoll|die niederschrift) .{3,80} (?:genehmigt|angenommen"
    r"|bestätigt)\b|le procès-verbal .{3,80} (?:approuvé|adopté)\b|el acta .{3,80} (?:aprobad[ao]"
    r"|leíd[ao])\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:good (?:morning|afternoon|evening)|welcome (?:to|back)|hello|that[’']s (?:all|it) (?:from|for)"
    r"|thanks for|thank you for|guten (?:morgen|tag|abend)|willkommen (?:zu|im|bei)|(?:vielen )?danke? f|das "
    r"war[’']?s|merci de|bonjour et|gracias por|buenos días|bienven[iu]|grazie per|buongiorno|benvenut"
    r"|obrigad[oa] por|bom dia|bem-vind|bedankt voor|goedemorgen|welkom bij)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|according to|announced|reported|sagte|teilte|laut|déclaré|annoncé|selon|dijo"
    r"|anunció|según|ha detto|secondo|disse|segundo|zei|volgens)\b|[\"“„«]"
)
_OWNS = re.compile(r"\b(?:owns?|owned|shares|gehört|propri[eé]\w+|propietari[oa])\b")
_LOOK_ALIKE = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]|[A-Za-z]{2}[Ͱ-Ͽ][A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Words:
    service: frozenset[str]
    address: frozenset[str]
    calls: frozenset[str]
    outlet: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    code = language if language in SERVICE else "en"
    return _Words(
        frozenset(SERVICE[code].split()),
        frozenset(ADDRESS[code].split()),
        frozenset(CALLS[code].split()),
        re.compile("".join(line.strip() for line in OUTLET[code].splitlines()), re.IGNORECASE),
    )


def calls_reader(sentence: str, language: str) -> bool:
    """True where a sentence bids the reader do something: "Get 25% more when you redeem"."""
    known = _words(language)
    first = _tokens(sentence[:_FIRST_WORD])[:1]
    return (
        not known.calls.isdisjoint(first)
        and not known.address.isdisjoint(_tokens(sentence))
        and _REPORTED.search(sentence) is None
    )


def is_notice(sentence: str, count: int, language: str) -> bool:
    """True where the sentence, of `count` words, speaks to the reader of the page and tells no news."""
    look_alike = not sentence.isascii() and _LOOK_ALIKE.search(sentence)
    if look_alike or is_formula(sentence, language):
        return True
    if count > _LONGEST:
        return False
    known = _words(language)
    tokens = _tokens(sentence)
    called = bool(tokens) and tokens[0] in known.calls
    serves = not known.service.isdisjoint(tokens)
    if not (serves or called or count <= _SHORT or sentence[0] in "(["):
        return False
    service = sum(token in known.service for token in tokens) if serves else 0
    opening = sentence.lstrip("\"'“‘([ ")
    if _ROLL.match(opening):
        return True
    outlet = len(known.outlet.findall(sentence))
    greeted = _GREETING.match(opening) is not None
    if not (service or outlet or greeted):
        return False
    bracketed = sentence[0] in "([" and sentence[-1] in ")]"
    score = (
        2 * min(service, 2)
        + min(outlet, 2)
        + (outlet > 1)
        + 2 * (not known.address.isdisjoint(tokens))
        + 2 * called
        + 2 * greeted
        + 2 * bracketed
        + (count <= _SHORT)
        - (count > _LONG)
        + (bracketed and _OWNS.search(sentence) is not None)
    )
    return score >= _BAR + 3 * (_REPORTED.search(sentence) is not None)
