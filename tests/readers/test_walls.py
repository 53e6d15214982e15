"""What is sent in place of a page is no article."""

import pytest

from digest.errors import ReadError
from digest.readers import read_pages
from digest.readers.html import interstitial

WALLS = [
    ("a robot check", "Just a moment...", "Verifying you are human. This may take a few seconds."),
    ("a robot check", "Access denied", "We detected unusual traffic. Please solve the captcha."),
    ("a robot check", "Attention required!", "You have been blocked. Are you a robot?"),
    ("a robot check", "Einen Moment, bitte", "Ihr Browser wird geprüft. Sie sind kein Roboter?"),
    ("a robot check", "Zugriff verweigert", "Ungewöhnliche Aktivität: bitte Captcha lösen."),
    (
        "a robot check",
        "Un instant…",
        "Vérification de sécurité : prouvez que vous n'êtes pas un robot.",
    ),
    (
        "a robot check",
        "Acceso denegado",
        "Confirme que no es un robot; hubo tráfico inusual. Captcha.",
    ),
    (
        "a log-in",
        "Log in",
        "Please log in to continue reading. Forgot your password? Create an account.",
    ),
    ("a log-in", "Sign in to continue", "Keep me signed in. Forgot password?"),
    ("a log-in", "Anmelden", "Bitte anmelden, um weiterzulesen. Passwort vergessen?"),
    ("a log-in", "Connexion", "Veuillez vous connecter. Mot de passe oublié ?"),
    ("a log-in", "Acceso", "Inicia sesión para leer. ¿Olvidaste tu contraseña?"),
    (
        "a question of consent",
        "Before you continue",
        "We use cookies. Accept all cookies or manage cookies.",
    ),
    ("a question of consent", "Your privacy", "We value your privacy. Our partners store data."),
    (
        "a question of consent",
        "Zustimmung",
        "Wir verwenden Cookies. Ihre Privatsphäre. Alle akzeptieren.",
    ),
    (
        "a question of consent",
        "Cookies",
        "Nous utilisons des traceurs. Votre vie privée. Tout accepter.",
    ),
    ("a question of consent", "Cookies", "Utilizamos cookies. Su privacidad. Aceptar todas."),
    ("a page that is missing", "404 Not Found", "The page you requested could not be found."),
    ("a page that is missing", "451", "Unavailable for legal reasons in your region."),
    ("a page that is missing", "Seite nicht gefunden", "Die Seite existiert nicht."),
    ("a page that is missing", "Page introuvable", "Cette page n'existe plus."),
    ("a page that is missing", "Página no encontrada", "La página no existe."),
    ("a notice of maintenance", "Maintenance", "We are under maintenance and will be right back."),
    ("a notice of maintenance", "Wartungsarbeiten", "Wir sind gleich wieder da."),
    ("a notice of maintenance", "Site en maintenance", "De retour bientôt."),
    ("a notice of maintenance", "En mantenimiento", "Volveremos en una hora."),
    (
        "a call for scripts",
        "News",
        "Please enable JavaScript to view this page. JavaScript is disabled.",
    ),
    (
        "a call for scripts",
        "Neues",
        "Bitte JavaScript aktivieren. Diese Seite benötigt JavaScript.",
    ),
    ("a call for scripts", "Infos", "Activez JavaScript : JavaScript est désactivé."),
    ("a call for scripts", "Noticias", "Habilite JavaScript; JavaScript está desactivado."),
]


@pytest.mark.parametrize(("kind", "title", "text"), WALLS)
def test_each_kind_is_known_in_four_languages(kind, title, text):
    assert interstitial(title, text) == kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Captchas are dying",
            "The last captcha will be solved next year, researchers said on Monday.",
        ),
        (
            "Council votes to close the lido",
            "The council voted on Tuesday night to close the lido.",
        ),
        (
            "A cookie law for Europe",
            f"The commission wants fewer banners. {'It took years. ' * 60}",
        ),
        ("Bridge under maintenance", "The bridge is closed until May, the county said on Friday."),
    ],
)
def test_news_about_walls_is_none(title, text):
    assert interstitial(title, text) == ""


def test_a_wall_is_refused_with_its_kind(document):
    html = (
        "<title>404</title><h1>Page not found</h1><p>The page you requested could not be found.</p>"
    )
    with pytest.raises(ReadError, match="a page that is missing in place of a page"):
        read_pages(document(f"<html><head></head><body>{html}</body></html>"))
