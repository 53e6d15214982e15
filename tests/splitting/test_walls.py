"""A line that keeps the rest for subscribers is no text, and says that the text is cut short."""

import pytest

from digest.models import RawDocument, Source
from digest.readers.plain import read
from digest.splitting import PageSplitter

TEXT = (
    "The ferry stayed in port for an eighth day on Monday, as crews and operator could not agree. "
    "Two hundred cars wait on the island.",
    "The harbour master said the talks would go on through the night, and that nobody should expect "
    "a boat before Thursday. The islanders have bread for a week.",
    "A mediator from the mainland is to arrive in the morning with a new offer on rosters and on pay.",
)


def article(*lines):
    text = "\n\n".join(["Ferry strike enters second week", *lines])
    (page,) = read(RawDocument(Source(name="a", location="a.txt"), text.encode()))
    (found,) = PageSplitter()(page).articles
    return found


@pytest.mark.parametrize(
    "wall",
    [
        "To continue reading, subscribe.",
        "Already a subscriber? Log in",
        "Al abonnee? Log in",
        "Já é assinante? Inicie sessão",
        "Déjà abonnée ? Connectez-vous",
        "Subscribe to continue reading",
        "Sign in to read the full story",
        "To read the rest of this post, become a member.",
        "Keep reading with a 7-day free trial",
        "This post is for paid subscribers",
        "Um weiterzulesen, schließen Sie ein Abonnement ab.",
        "Weiterlesen mit dem Plus-Abo",
        "Pour lire la suite, abonnez-vous.",
        "Il vous reste 62% de cet article à lire.",
        "Para seguir leyendo, suscríbete",
        "Per continuare a leggere abbonati",
        "Om verder te lezen heeft u een abonnement nodig",
        "Aby czytać dalej, zaloguj się",
        "Чтобы читать дальше, оформите подписку",
        "この記事は有料会員限定です",
        "订阅后继续阅读",
        "Jetzt weiterlesen mit dem Digitalabo: die ersten vier Wochen für 1 Euro",
        "Pozostało 60% artykułu. Wykup dostęp, aby czytać dalej.",
        "Artykuł tylko dla prenumeratorów",
        "Te queda el 60 % del artículo por leer",
        "Lee el artículo completo con tu suscripción",
        "Leia o artigo completo: assine já",
        "Lisez l’intégralité de l’article avec votre abonnement",
        "Continua a leggere con l’abbonamento",
        "Lees het hele artikel met een proefabonnement",
    ],
)
def test_a_wall_ends_a_truncated_article(wall):
    found = article(*TEXT, wall)
    assert found.text.split("\n\n") == list(TEXT)
    assert found.truncated


@pytest.mark.parametrize(
    "line",
    [
        "To keep reading was all that she asked of the school, her teacher said on Friday.",
        "Members of the crew want to continue talks, and to read the whole offer first.",
        "Subscribe to our newsletter",
    ],
)
def test_what_only_sounds_like_a_wall_cuts_nothing_short(line):
    assert not article(*TEXT, line).truncated


def test_an_article_that_goes_on_below_a_wall_is_whole():
    assert not article(TEXT[0], "Subscribe to continue reading", *TEXT[1:]).truncated
