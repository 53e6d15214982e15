"""Sentences that speak to the reader of the page."""

import pytest

from digest.summarizers.notices import is_notice

NOTICES = {
    "en": [
        "Thanks for staying with us through the evening.",
        "Get the best of Tarn Weekly in your inbox.",
        "(Brask Media owns this website.)",
        "Members present: Ms Vale, Mr Orr and Dr Lund.",
        "This clip is no longer available.",
        "Please keep your comments polite.",
        "You can unsubscribe whenever you like.",
        "Log in to continue reading.",
        "Sub\u0441cribe to the Tarn Weekly today.",
        "Good morning and welcome to our live coverage.",
        "We may be paid when you click on links to those shops.",
        "Terms apply to the offers on this page.",
    ],
    "de": [
        "Dieses Video ist nicht mehr verfügbar.",
        "Abonnieren Sie jetzt unseren Newsletter.",
        "Danke fürs Mitlesen.",
        "Für diesen Artikel brauchen Sie ein Abo.",
    ],
    "fr": [
        "Merci de nous avoir suivis ce soir.",
        "Inscrivez-vous à notre infolettre.",
        "Cette vidéo n'est plus disponible.",
        "Cet article est réservé à nos abonnés.",
    ],
    "es": [
        "Gracias por seguirnos esta noche.",
        "Suscríbase a nuestro boletín semanal.",
        "Este vídeo ya no está disponible.",
        "Síganos en nuestras redes sociales.",
    ],
}
NEWS = {
    "en": [
        "The newsletter of the Hull rowing club is eighty years old this week.",
        "Subscribers left the service in May, the company said.",
        "You could hear the bell from the hill, and we counted nine strokes.",
        "The video shows the ferry as it leaves the quay of Tarn.",
        "(The ferry was built in 1911.)",
        "Comments by the minister angered the fishermen of Hull.",
    ],
    "de": [
        "Die Zeitung von Hallin verlor im Mai tausend Abonnenten.",
        "Sie folgen dem Fluss bis Hallin.",
    ],
    "fr": [
        "Le journal de Hallin a perdu mille abonnés en mai.",
        "La lettre du maire est arrivée lundi.",
    ],
    "es": [
        "El diario de Hallin perdió mil suscriptores en mayo.",
        "Su correo llegó a la ciudad el lunes.",
    ],
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in NOTICES.items() for one in some]
)
def test_what_speaks_to_the_reader_of_the_page_is_no_news(language: str, sentence: str) -> None:
    """Whom it speaks to, what it speaks of and its form give it away together."""
    assert is_notice(sentence, len(sentence.split()), language)


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in NEWS.items() for one in some]
)
def test_news_of_papers_and_readers_is_news(language: str, sentence: str) -> None:
    """One sign alone is none."""
    assert not is_notice(sentence, len(sentence.split()), language)
