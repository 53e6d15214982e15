"""What makes a sentence the news under a headline: an event, its age, and that the headline has not said it."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.passages import Passages
from digest.summarizers.vectors import Vector

_EVENT, _AGE, _SCORE = 0.3, 0.3, 0.1
"""Under a headline: what a sentence gains that says that something happened, what the newest one gains beside
the oldest, and what a standard deviation of score is worth."""
_HEADLINE, _REPEATS = 0.8, 0.5
"""A sentence of which the headlines say so much repeats them, and is worth so much less."""
_PAST = 0.7
"""What a sentence is worth under a headline that speaks of a year gone by: it is background."""
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
    if scores is not None:
        return np.asarray(quality * np.exp(_SCORE * scores[columns]))
    articles = found.articles
    dates = [article.published.timestamp() for article in articles if article.published]
    if len(dates) == len(articles) and max(dates) > min(dates):
        age = (np.array(dates) - min(dates)) / (max(dates) - min(dates))
        quality *= 1 + _AGE * age[[found.article[i] for i in columns]]
    return np.asarray(quality)


def _past(found: Passages, columns: list[int]) -> list[bool]:
    """True for each sentence that speaks of a year before the last one that any speaks of."""
    years = [[int(year) for year in _YEAR.findall(found.text[i])] for i in columns]
    known = [a.published.year for a in found.articles if a.published]
    told = (int(year) for article in found.articles for year in _YEAR.findall(article.text))
    last = max(known, default=0) or max(told, default=0)
    return [bool(some) and max(some) < last for some in years]
