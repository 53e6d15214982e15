"""What a sentence is worth in a set beside what it covers: whether it opens, follows, stands on what is told.

Of one article the sentences are read as a whole: the opening leads, neighbours belong together, what a sentence
takes as known should have been told (the given and the new of Prince, "Toward a Taxonomy of Given-New
Information", 1981), and late details are not the point. Under a headline the news counts: that something
happened, how new it is, and that the headline has not said it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.concepts import Reading
from digest.summarizers.passages import Passages
from digest.summarizers.search import NO_NEEDS, Matrix, Needs
from digest.summarizers.vectors import Vector, tokens

_OPENING, _FIRST = 1.3, 2
"""What the opening of one article is worth among the sentences of a set, if at most so many that can be quoted
stand before it: what follows leans on it. Of 1, 1.3, 1.6, 2 and 3 on 192 articles: R-1 33.82, 33.86, 33.73,
33.66, 33.66; the first sentence is chosen in .68 at 1, and in .77, nearly all that have one, from 1.3 on."""
_FOLLOWS = 0.15
"""What two sentences of one article gain in quality that stand side by side: read together they are whole. Of
.05, .15 and .3 on 200 CNN articles, cross-validated, R-1 is 31.2, 31.2, 30.8, R-2 12.9, 12.9, 12.6. A gain for
all early sentences was tried as well, and costs .3 to .5."""
_DEFINITE = 0.3
"""What a sentence loses in quality whose subject was introduced before, unless the one before it is chosen as
well. At 0, .2, .3, .5 on two times 200 CNN articles R-1 is 31.05, 30.93, 30.93, 30.89, misleading summaries are
4, 3, 3, 2; read side by side, eight of sixty summaries were better with .3 and three worse."""
_INTRODUCED = re.compile(
    r"(?:The|This|That|These|Those|Such|Both|Another|One|Others?|Some|(?:In|At|On|For) the) "
)
"""How such a sentence begins in English; where most subjects have an article, it tells nothing."""
_NEED = 0.15 / 8
"""What a set loses in quality, for each unit of rarity, by a thing that one of its sentences takes as known and
no chosen one before it names. At 0, .1, .15 over 8 on 600 CNN articles, cross-validated, R-1 is 30.87, 31.01,
30.98, misleading summaries in 1,000 are 10, 10, 8; at .2 and .3 R-1 falls by .1 and .4. If names that are taken
as known cost something as well, it falls by .5."""
_KNOWN_BY = {
    "en": "the this that these those such its his her their",
    "de": "der die das den dem des dieser diese dieses diesen diesem jener jene jenes jenen jenem",
    "fr": "le la les ce cet cette ces",
    "es": "el la los las este esta estos estas ese esa esos esas",
    "it": "il lo la i gli le questo questa questi queste quel quella quei quelle",
    "pt": "o a os as este esta estes estas esse essa esses essas",
    "nl": "de het deze dit die dat",
}
"""Words that say, inside a sentence, that the reader knows which thing is meant."""
_NEARBY = 3
"""So many words before a noun, at most, its article stands: "the foam oasis"."""
_LATE, LATE_SCORE, _LATE_FROM = 0.5, 2.0, 20
"""What a sentence loses in quality, and in score, from twice the twentieth on; half of it at the thirtieth. On
two times 200 CNN articles R-1 is 31.27, 30.63 without and 31.25, 30.99 with it (from the twelfth on: 30.81 of
the first); of 89 web pages, many of them long, it changes 40, most of them from a detail to the point."""
_ALIKE = {"one": 0.5, "several": 0.5, "filled": 0.8, "crowd": 0.8}
"""Two sentences that share so much of the shorter one's words do not stand together. Of one article, at .4, .5,
.6 and .8 on 1,000 CNN articles, cross-validated, R-1 is 30.58, 30.81, 30.75, 30.70."""
_ALIKE_FIRST = {"several": 0.33, "crowd": 0.45}
"""The same share for the first sentences of two articles, which mostly tell one event; and where a budget is
filled from many articles."""
_ALIKE_ACROSS, _ALIKE_WORDS = {"several": 0.24}, 4
"""The same share for any two sentences of two articles under one headline, if they share so many words: the
names of a topic are in most of its sentences. With `_VAGUE` it changes 12 of 93 topics:
six repeat less, two lose a fact."""
_EVENT, _AGE, _SCORE = 0.3, 0.3, 0.1
"""Under a headline: what a sentence gains that says that something happened, what the newest one gains beside
the oldest, and what a standard deviation of score is worth."""
_HEADLINE, _REPEATS = 0.8, 0.5
"""A sentence of which the headlines say so much repeats them, and is worth so much less."""
_PAST, _DAYS = 0.7, 3
"""What a sentence is worth under a headline that speaks of a year gone by, or that stands in an article so many
days older than the newest: it is background, or what was so before."""
_VAGUE = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er) (?:president|premier|chancellor|prime minister|minister|governor|mayor|senator"
    r"|secretary|king|pope|leader|lawmaker)\b(?! (?:of|[A-Z]))(?!, [A-Z])|\AAn? (?:\w+ ){0,4}lawmaker\b"
    r"|\b(?:der (?:Präsident|Kanzler|Minister|Premier)|die (?:Präsidentin|Kanzlerin|Ministerin))\b(?! [A-ZÄÖÜ])"
    r"|\b(?:le président|la présidente|le premier ministre|el presidente|la presidenta|il presidente)\b"
    r"(?! [A-ZÀ-Þ]| d)"
    r"|\b(?:should(?:n[’']t)?|ought to|sollten?|müssten?|dürfte nicht|devrait|debería) (?!have\b)"
)
"""Somebody in office who is not named, and a comment on what ought to be: under a headline there are sentences
with a name, and reports."""
_VAGUE_WITHIN = 120
"""Characters in which that stands, where it is what the sentence is about."""
_YEAR = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")

EVENTS = {
    "en": """
        born married divorced injured wounded hurt died dies dead killed kills drowned fled evacuated stranded
        bought acquired acquires sold sells donated seized stole stolen founded merged merger bankruptcy
        bankrupt insolvent collapsed shut closed halted suspended launched unveiled recalled attacked bombed
        shot stabbed invaded struck clashed fired hired appointed elected resigned resigns sacked ousted
        nominated retired stepped arrested detained charged sued indicted tried convicted sentenced jailed
        fined pleaded acquitted released freed extradited executed pardoned appealed raided crashed exploded
        erupted flooded burned derailed sank destroyed damaged hit won wins beat defeated lost approved passed
        rejected vetoed banned signed agreed ordered ruled voted cut raised announced announces filed defaulted
        leaked hacked breached withdrew cancelled postponed discovered found
    """,
    "de": """
        geboren geheiratet verletzt gestorben starb getötet tot ertrunken geflohen evakuiert gekauft übernommen
        übernimmt verkauft gespendet beschlagnahmt gestohlen gegründet fusioniert insolvenz insolvent pleite
        geschlossen eingestellt ausgesetzt angegriffen bombardiert erschossen überfallen entlassen ernannt
        gewählt zurückgetreten rücktritt abgesetzt festgenommen verhaftet angeklagt verklagt verurteilt
        freigesprochen freigelassen ausgeliefert begnadigt abgestürzt explodiert ausgebrochen überflutet
        zerstört beschädigt gewonnen gewann besiegt verloren beschlossen gebilligt abgelehnt verboten
        unterzeichnet geeinigt angeordnet gestimmt gekürzt erhöht angekündigt beantragt verschoben abgesagt
        entdeckt gefunden
    """,
    "fr": """
        né marié blessé blessés mort morts morte tué tués noyé fui évacué acheté racheté vendu saisi volé fondé
        fusionné faillite fermé suspendu attaqué bombardé abattu poignardé envahi licencié nommé élu démissionné
        démission limogé arrêté inculpé poursuivi condamné acquitté libéré extradé gracié perquisitionné écrasé
        explosé inondé détruit endommagé gagné remporté battu perdu approuvé adopté rejeté interdit signé accord
        ordonné voté réduit relevé annoncé déposé reporté annulé découvert retrouvé
    """,
    "es": """
        nacido casado herido heridos murió muerto muertos fallecido falleció asesinado ahogado huyó evacuado
        comprado compró adquirió vendido vendió incautado robado fundó fusión quiebra cerró suspendió atacó
        bombardeó disparó apuñaló invadió despedido nombrado elegido dimitió dimisión destituido detenido
        acusado demandó imputado condenado absuelto liberado extraditado indultado registró estrelló explotó
        inundó destruyó dañó ganó venció derrotó perdió aprobó rechazó vetó prohibió firmó acordó ordenó votó
        recortó subió anunció presentó aplazó canceló descubrió halló
    """,
    "it": """
        nato sposato ferito feriti morto morti ucciso uccisi annegato fuggito evacuato comprato acquistato
        venduto sequestrato rubato fondato fusione fallimento chiuso sospeso attaccato bombardato sparato
        invaso licenziato nominato eletto dimesso dimissioni arrestato accusato denunciato condannato assolto
        liberato estradato graziato precipitato esploso allagato distrutto danneggiato vinto battuto perso
        approvato respinto vietato firmato accordo ordinato votato tagliato alzato annunciato rinviato annullato
        scoperto trovato
    """,
    "pt": """
        nascido casou ferido feridos morreu morto mortos assassinado afogado fugiu evacuado comprou adquiriu
        vendeu apreendido roubado fundou fusão falência fechou suspendeu atacou bombardeou baleado esfaqueado
        invadiu demitido nomeado eleito renunciou demissão detido preso acusado processou condenado absolvido
        libertado extraditado caiu explodiu inundou destruiu danificou ganhou venceu derrotou perdeu aprovou
        rejeitou vetou proibiu assinou acordo ordenou votou cortou aumentou anunciou adiou cancelou descobriu
        encontrado
    """,
    "nl": """
        geboren getrouwd gewond gewonden overleden gestorven dood doden gedood verdronken gevlucht geëvacueerd
        gekocht overgenomen verkocht gestolen opgericht gefuseerd faillissement failliet gesloten geschorst
        aangevallen gebombardeerd doodgeschoten neergestoken binnengevallen ontslagen benoemd gekozen afgetreden
        aangehouden gearresteerd aangeklaagd veroordeeld vrijgesproken vrijgelaten uitgeleverd neergestort
        ontploft overstroomd verwoest beschadigd gewonnen verslagen verloren goedgekeurd verworpen verboden
        ondertekend bevolen gestemd verlaagd verhoogd aangekondigd uitgesteld afgelast ontdekt gevonden
    """,
}
"""Words that say that something happened, by language: the types of events of ACE 2005 (life, movement,
transaction, business, conflict, personnel, justice) and what disasters do. They are compared by their stems."""


def opening(found: Passages, columns: Sequence[int]) -> Vector:
    """The quality of some sentences of one article by where they stand and how they begin."""
    quality = np.ones(len(columns)) - _DEFINITE * _definite(found, columns)
    quality -= _LATE * lateness([found.index[i] for i in columns])
    if columns and sum(not why for why in found.barred[: columns[0]]) <= _FIRST:
        quality[0] += _OPENING - 1
    return quality


def lateness(index: Sequence[int]) -> Vector:
    """From 0 to 1, how far behind the beginning of its article each sentence stands."""
    return np.clip((np.array(index) - _LATE_FROM) / _LATE_FROM, 0.0, 1.0)


def follows(found: Passages, columns: Sequence[int]) -> Matrix:
    """What each two sentences gain that stand side by side in one article: read together, they are whole."""
    places = np.array(columns)
    beside = np.abs(places[:, None] - places) == 1
    definite = _definite(found, columns)
    later = np.where(places[:, None] > places, definite[:, None], definite)
    return np.asarray(beside * (_FOLLOWS + _DEFINITE * later))


def _definite(found: Passages, columns: Sequence[int]) -> Vector:
    """1 for each sentence whose subject is a definite description: the sentence before says what it is."""
    return np.array(
        [
            float(found.index[i] > 0 and _INTRODUCED.match(found.text[i]) is not None)
            for i in columns
        ]
    )


def needs(reading: Reading, begin: int, found: Passages, columns: Sequence[int]) -> Needs:
    """What some sentences of one article take as known: things with a definite article, named before.

    What the headline names is known to the reader. `begin` is the number in the reading of the first sentence.
    """
    words = reading.words
    first, last = np.searchsorted(words.sentence, (begin, begin + len(found)))
    word, sentence = words.word[first:last], words.sentence[first:last] - begin
    concept, column = np.unique(words.column[first:last], return_inverse=True)
    place = np.full(len(found), -1)
    place[list(columns)] = np.arange(len(columns))
    named = np.full(len(concept), len(found))
    np.minimum.at(named, column, sentence)
    given = (place[sentence] >= 0) & (named[column] < sentence)
    given &= _known(reading, begin, found)[word - np.searchsorted(reading.sentence, begin)]
    if not given.any():
        return NO_NEEDS
    cells = np.unique(place[sentence[given]] * len(concept) + column[given])
    row, thing = cells // len(concept), cells % len(concept)
    holds = np.zeros((len(concept), len(columns)))
    stands = place[sentence] >= 0
    holds[column[stands], place[sentence[stands]]] = 1.0
    rarity = np.zeros(len(concept))
    rarity[column] = reading.known.weight.take(reading.word.take(word))
    places = np.arange(len(columns))
    return Needs(
        of=(places == row[:, None]).astype(np.float64),
        met=holds[thing] * (places < row[:, None]),
        cost=_NEED * rarity[thing],
    )


def _known(reading: Reading, begin: int, found: Passages) -> NDArray[np.bool_]:
    """True for each word of an article that an article, a few words before it, says the reader knows."""
    known = reading.known
    own = slice(*np.searchsorted(reading.sentence, (begin, begin + len(found))).tolist())
    word, sentence, plain = reading.word[own], reading.sentence[own], ~reading.stop[own]
    articles, _ = known.read(*tokens([_KNOWN_BY.get(known.language, "")], known.language))
    titles, _ = known.read(*tokens([a.title for a in found.articles], known.language))
    definite = np.isin(word, articles)
    inside = ~np.isin(known.stem.take(word), known.stem.take(titles))
    result = np.zeros(len(word), dtype=bool)
    for back in range(1, min(_NEARBY, len(word) - 1) + 1):
        inside[:back] = False
        inside[back:] &= sentence[:-back] == sentence[back:]
        result[back:] |= inside[back:] & definite[:-back]
        inside[back:] &= plain[:-back]
    return result


def alike(found: Passages, words: Matrix, columns: Sequence[int], manner: str) -> Matrix:
    """1 for each two sentences that say much the same; `words` says which words each holds."""
    shared = words @ words.T
    sizes = np.diagonal(shared)
    share = shared / np.maximum(np.minimum(sizes[:, None], sizes), 1.0)
    clash = share >= _ALIKE[manner]
    if manner in _ALIKE_FIRST:
        first = np.array([found.index[i] == 0 for i in columns])
        clash |= (share >= _ALIKE_FIRST[manner]) & first & first[:, None]
    if manner in _ALIKE_ACROSS:
        article = np.array([found.article[i] for i in columns])
        much = (share >= _ALIKE_ACROSS[manner]) & (shared >= _ALIKE_WORDS)
        clash |= much & (article[:, None] != article)
    np.fill_diagonal(clash, False)
    return clash.astype(np.float64)


def newsworthiness(
    found: Passages,
    columns: list[int],
    happened: NDArray[np.bool_],
    headline: Vector,
    scores: Vector | None,
) -> Vector:
    """Say how much better or worse each of some sentences is under a headline than what it covers.

    `happened` says that it holds a word of an event, `headline` what share of it the headlines have said.
    """
    quality = 1 + _EVENT * happened
    quality *= np.where(headline >= _HEADLINE, _REPEATS, 1.0)
    quality *= np.where(_past(found, columns), _PAST, 1.0)
    vague = [bool(_VAGUE.search(found.text[i], 0, _VAGUE_WITHIN)) for i in columns]
    quality *= np.where(vague, _REPEATS, 1.0)
    if scores is not None:
        return np.asarray(quality * np.exp(_SCORE * scores[columns]))
    articles = found.articles
    dates = [article.published.timestamp() for article in articles if article.published]
    if len(dates) == len(articles) and max(dates) > min(dates):
        at = np.array(dates)[[found.article[i] for i in columns]]
        quality *= 1 + _AGE * (at - min(dates)) / (max(dates) - min(dates))
        quality *= np.where(max(dates) - at > _DAYS * 86_400, _PAST, 1.0)
    return np.asarray(quality)


def _past(found: Passages, columns: list[int]) -> list[bool]:
    """True for each sentence that speaks of a year before the last one that any speaks of."""
    years = [[int(year) for year in _YEAR.findall(found.text[i])] for i in columns]
    known = [a.published.year for a in found.articles if a.published]
    told = (int(year) for article in found.articles for year in _YEAR.findall(article.text))
    last = max(known, default=0) or max(told, default=0)
    return [bool(some) and max(some) < last for some in years]
