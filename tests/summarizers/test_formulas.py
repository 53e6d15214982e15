"""The set forms of a page, and news that resembles them."""

import pytest

from digest.summarizers.notices import is_notice
from digest.summarizers.shapes import why_barred

FORMULAS = {
    "en": [
        "The writer holds shares in the ferry line.",
        "The site may receive a small fee from these sellers.",
        "Our stay was funded by the Hallin tourism office.",
        "A previous version of this report gave the wrong date.",
        "This piece was amended on 4 May to add a quotation.",
        "You have used all your free stories for May.",
        "Start your trial: full digital access for £2 a week, free in May.",
        "Incorporated in Scotland, company number 112233.",
        "Editing by Joan Lindqvist.",
        "Swipe left for the pictures.",
        "Article continues below.",
        "We are recruiting a picture editor.",
    ],
    "de": [
        "Die Autorin besitzt Anteile an der Reederei.",
        "Wenn Sie über die Links bestellen, bekommen wir eine Vergütung.",
        "Die Übernachtung wurde vom Hotel bezahlt.",
        "In der vorherigen Fassung dieses Berichts stand ein falsches Datum.",
        "Lesen Sie mehr über die Mühlen von Hallin.",
        "Sitz der Gesellschaft ist Hallin, HRB 1122.",
        "Mit Agenturmaterial von AFP.",
        "Tippen Sie auf die Karte.",
        "Danke, dass Sie uns lesen.",
    ],
    "fr": [
        "L'auteure possède des parts de la compagnie.",
        "Nous touchons une petite commission sur ces ventes.",
        "Notre séjour a été payé par une compagnie de ferries.",
        "Cet article a été corrigé mardi soir.",
        "À voir aussi : les moulins de Hallin.",
        "SARL Moulin, SIRET 112 233 445.",
        "Avec l'AFP.",
        "La suite de l'article après la publicité.",
        "Nous cherchons une stagiaire pour notre équipe.",
    ],
    "es": [
        "La autora tiene participaciones en la naviera.",
        "Podríamos obtener una comisión por estas ventas.",
        "Nuestro viaje fue pagado por una aerolínea.",
        "Este reportaje ha sido corregido el martes.",
        "Vea también: los molinos de Hallin.",
        "Sociedad inscrita en el Registro Mercantil, tomo 12.",
        "Con datos de agencias.",
        "Pulse aquí para ver el mapa.",
        "La noticia continúa después de la publicidad.",
    ],
}
NEWS = {
    "en": [
        "Register your boat by Friday, the minister urged fishermen in Hallin.",
        "The harbour paper apologised and corrected a story about the mayor.",
        "The owner of the mill held shares in the ferry line, the court said.",
        "The trip was paid for by the senator's brother.",
    ],
    "de": [
        "Melden Sie sich an, riet der Minister den Fischern in Hallin.",
        "Das Amtsgericht Hallin sprach den Müller frei.",
        "Mit einem Podcast warb die Stadt für den Hafen.",
    ],
    "fr": [
        "Inscrivez-vous avant mardi, a demandé la maire aux pêcheurs.",
        "La mairie de Hallin recrute deux cents pompiers.",
    ],
    "es": [
        "Regístrense antes del martes, pidió la alcaldesa a los pescadores.",
        "El Registro Mercantil de Hallin cerró dos días.",
    ],
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in FORMULAS.items() for one in some]
)
def test_a_set_form_of_the_page_is_no_news(language: str, sentence: str) -> None:
    """Whatever fills its frame."""
    assert is_notice(sentence, len(sentence.split()), language)


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in NEWS.items() for one in some]
)
def test_what_somebody_said_or_did_is_news(language: str, sentence: str) -> None:
    """A call whose speaker is named, a court, a firm that hires."""
    assert not why_barred(sentence, len(sentence.split()), False, frozenset(), language)
