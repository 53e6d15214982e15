"""Sentences that speak to the reader of the page and tell no news: scored by address, subject and form.

A greeting, an offer of a newsletter, a rule for comments, a disclosure or a roll call says so in several ways
at once: whom it speaks to, what it speaks of (the outlet, its pages, its services), how it is made. None of
the signs bars a sentence by itself, and reported speech speaks for news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.summarizers.formulas import is_formula

_BAR = 4
_SHORT = 14
_LONG = 22
_LONGEST = 45
"""Words of the longest sentence that is looked at."""
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
        inscrivez-vous connectez-vous identifiez-vous inscription cookies commentaires modérés
        modération publicité
        sponsorisé boîte navigateur javascript notifications disponible podcast retrouvez-nous suivez-nous
        rejoignez-nous rectificatif erratum réservé lettre""",
    "es": """boletín boletines newsletter suscribirse suscríbase suscríbete suscriptores suscriptor suscripción
        baja regístrese regístrate registrarse sesión cookies comentarios moderados publicidad
        patrocinado
        navegador javascript notificaciones disponible podcast síganos síguenos únase exclusivo rectificación
        seguirnos""",
    "it": """newsletter abbonati abbonarsi abbonamento abbonato iscriviti iscriversi registrati accedi accedere
        cookie commenti moderati pubblicità sponsorizzato browser javascript notifiche disponibile podcast
        seguici seguirci rettifica riservato""",
    "pt": """newsletter assine assinar assinantes assinante assinatura inscreva-se cadastre-se cadastro entrar
        cookies comentários moderados publicidade patrocinado navegador javascript notificações disponível
        podcast siga-nos acompanhe-nos acompanharem exclusivo errata subscreva""",
    "nl": """nieuwsbrief nieuwsbrieven abonneer abonnees abonnee abonnement abonneren aanmelden inschrijven
        registreren inloggen cookies reacties gemodereerd advertentie advertenties gesponsord browser javascript
        meldingen beschikbaar podcast volg meelezen rectificatie uitschrijven""",
}
"""What a page offers to those who read it."""
OUTLET = {
    "en": """(?:this|our|the (?:full|whole|original)) (?:article|story|video|clip|post|content|page
        |site|website|blog
        |newspaper|paper|app|channel|live(?: blog| coverage)?|coverage|report|column|edition|team
        |reporters?|editors?
        |readers?|inbox|live|terms|policy|privacy)\\b|(?:live|continuing) coverage|print edition
        |(?:was|were) (?:first )?published in|press council|breaking news|latest news|latest stories
        |shares? (?:this|it) (?:on|with)|on (?:facebook|instagram|twitter|mastodon|bluesky|tiktok
        |linkedin|youtube)
        |log in|logged in|sign(?:ed)? (?:in|up)|registration|email (?:us|address)|e-?mail us
        |your (?:email|account|inbox)
        |on (?:your|our) (?:site|website|device)|contact us|follow (?:us|our|along)|joining us|join us|join our
        |get in touch|never miss|stay tuned|stay up to date|for (?:reading|watching|following|listening
        |joining|visiting)
        |members? today|not available|no longer available|now closed|now ended|holds? (?:no )?shares
        |owns? shares
        |what you need to know|terms (?:and conditions )?apply""",
    "de": """(?:dieser|dieses|diesen|unser\\w*|der ganze) (?:artikel|beitrag|text|video|inhalt|seite|app|kanal
        |liveblog|redaktion|leser\\w*|angebot|team)\\b|auf (?:unserer|dieser) seite|(?:folgen sie
        |schreiben sie) uns
        |nicht (?:mehr )?verfügbar|fürs (?:mitlesen|lesen|zuschauen)|für (?:unseren|ihr interesse)|noch kein abo
        |melden sie sich|zum weiterlesen|weiterlesen|auf (?:instagram|facebook|whatsapp|twitter|mastodon)""",
    "fr": """(?:cet|cette|ce|notre|nos|l[’']intégralité de l[’']) ?(?:article|vidéo|contenu|page|site
        |application
        |chaîne|rédaction|équipe|lettre|direct)\\b|pas disponible|plus disponible|(?:suivez|retrouvez
        |rejoignez)-nous
        |nous avoir (?:suivis|lus)|pour lire la suite|lire la suite|à tout moment|sur (?:facebook
        |instagram|twitter)
        |votre (?:compte|boîte|adresse|e-?mail|courriel)|réservé aux abonnés""",
    "es": """(?:este|esta|nuestro|nuestra|nuestros|nuestras) (?:artículo|vídeo|video|contenido|página|sitio|web
        |aplicación|canal|redacción|equipo|redes|boletín|cobertura|directo)\\b|no está disponible
        |(?:por|gracias por) (?:seguirnos|leernos|acompañarnos)|para seguir leyendo|seguir leyendo
        |en cualquier momento|darse de baja|inicie sesión|su (?:cuenta|correo|bandeja)|en (?:facebook
        |instagram)""",
    "it": """(?:questo|questa|nostro|nostra|nostri|nostre) (?:articolo|video|contenuto|pagina|sito|app|canale
        |redazione|team|newsletter|diretta)\\b|non (?:è )?(?:più )?disponibile|per (?:averci seguito
        |continuare a leggere)
        |in qualsiasi momento|il tuo (?:account|indirizzo)|la tua (?:e-?mail|casella)|su (?:facebook
        |instagram)""",
    "pt": """(?:este|esta|nosso|nossa|nossos|nossas) (?:artigo|vídeo|conteúdo|página|site|aplicativo|canal
        |redação|equipe|boletim|cobertura)\\b|não está disponível|para continuar (?:lendo|a ler)
        |por nos acompanhar
        |a qualquer momento|(?:sua|tua) (?:conta|caixa)|seu e-?mail|no (?:facebook|instagram)""",
    "nl": """(?:dit|deze|onze|ons) (?:artikel|video|inhoud|pagina|site|app|kanaal|redactie|team|nieuwsbrief
        |liveblog)\\b|niet (?:meer )?beschikbaar|voor het (?:meelezen|lezen|volgen)|om verder te lezen
        |verder lezen
        |op elk moment|uw (?:account|e-?mail|inbox)|je (?:account|e-?mail|inbox)|op (?:facebook|instagram)""",
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
        subscribe don't dont good welcome hello that's stay tell send visit become want already
        have enjoy try check see find learn discover log comment pictured photo correction
        clarification""",
    "de": """melden abonnieren folgen lesen klicken danke bitte hier guten willkommen jetzt teilen schreiben
        hören""",
    "fr": """merci abonnez-vous abonnez inscrivez-vous retrouvez-nous retrouvez suivez-nous suivez cliquez
        lisez bonjour bienvenue découvrez rejoignez partagez pour connectez-vous""",
    "es": """gracias suscríbase suscríbete síganos síguenos regístrese lea pulse haga haz buenos bienvenidos
        para únase comparta descubra puede puedes""",
    "it": """grazie iscriviti abbonati seguici clicca leggi registrati buongiorno benvenuti scopri condividi
        per puoi""",
    "pt": """obrigado obrigada assine inscreva-se siga-nos siga clique leia cadastre-se bom bem-vindos
        descubra para""",
    "nl": """bedankt abonneer meld volg klik lees schrijf goedemorgen welkom ontdek deel om""",
}
"""First words of those who call upon a reader."""
_ROLL = re.compile(
    r"(?:also )?(?:present|absent|in attendance|attendees|attending|apologies(?: for absence)?|members present"
    r"|quorum|anwesend|abwesend|entschuldigt|présents?|excusés?|absents|presentes|asistentes|ausentes|presenti"
    r"|assenti|aanwezig|afwezig)(?: (?:were received|sind|waren|von)\b|\s*:)|apologies were received"
    r"|pictured\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:good (?:morning|afternoon|evening)|welcome (?:to|back)|hello|that[’']s (?:all|it) (?:from|for)"
    r"|thanks for"
    r"|thank you for|guten (?:morgen|tag|abend)|willkommen (?:zu|im|bei)|danke f|vielen dank f|das war[’']?s"
    r"|merci de|bonjour et|bienvenue|gracias por|buenos días|bienvenid|grazie per|buongiorno|benvenut"
    r"|obrigad[oa] por"
    r"|bom dia|bem-vind|bedankt voor|goedemorgen|welkom bij)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|according to|announced|reported|sagte|teilte|laut|déclaré|annoncé|selon|dijo|anunció"
    r"|según|ha detto|secondo|disse|segundo|zei|volgens)\b|[\"“„«]"
)
_OWNS = re.compile(
    r"\b(?:owns?|owned|shares|gehört|propriétaire|propriedade|propietari[oa]|proprietari[oa])\b"
)
_LOOK_ALIKE = re.compile(
    r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]|[A-Za-z]{2}[\u0370-\u03ff][A-Za-z]"
)


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
    tokens = sentence.lower().translate(_NO_MARKS).split()
    return (
        bool(tokens)
        and tokens[0] in known.calls
        and not known.address.isdisjoint(tokens)
        and _REPORTED.search(sentence) is None
    )


def is_notice(sentence: str, count: int, language: str) -> bool:
    """True where the sentence, of `count` words, speaks to the reader of the page and tells no news."""
    if not sentence.isascii() and _LOOK_ALIKE.search(sentence):
        return True
    if is_formula(sentence, language):
        return True
    if count > _LONGEST:
        return False
    known = _words(language)
    tokens = sentence.lower().translate(_NO_MARKS).split()
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
    addressed = not known.address.isdisjoint(tokens)
    bracketed = sentence[0] in "([" and sentence[-1] in ")]"
    score = (
        2 * min(service, 2)
        + min(outlet, 2)
        + (outlet > 1)
        + 2 * addressed
        + 2 * called
        + 2 * greeted
        + 2 * bracketed
        + (count <= _SHORT)
        - (count > _LONG)
        + (bracketed and _OWNS.search(sentence) is not None)
    )
    return score >= _BAR + 3 * (_REPORTED.search(sentence) is not None)
