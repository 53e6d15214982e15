"""Pages that stand in place of a page: each kind in many languages; news about them are news."""

import pytest

from digest.errors import ReadError
from digest.models import RawDocument, Source
from digest.readers.interstitials import interstitial
from digest.readers.plain import read

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
    (
        "a robot check",
        "Einen Augenblick",
        "Aus Ihrem Netzwerk kommen sehr viele Anfragen. Bestätigen Sie, dass Sie ein Mensch sind.",
    ),
    (
        "a robot check",
        "Controllo",
        "Stiamo verificando la sicurezza della connessione: il suo browser sarà reindirizzato.",
    ),
    (
        "a question of consent",
        "Lesen mit Werbung",
        "Nutzen Sie unsere Seite mit Werbung und Tracking oder im Abo. Ihre Einwilligung können Sie in der"
        " Datenschutzerklärung jederzeit widerrufen.",
    ),
    (
        "a page that is missing",
        "¡Vaya!",
        "La página que busca ha cambiado de dirección o ya no existe. Utilice el buscador o vuelva al inicio.",
    ),
    (
        "a page that is missing",
        "451",
        "You are in the European Economic Area. For legal reasons access to this site cannot be granted.",
    ),
    (
        "a notice of maintenance",
        "Website",
        "Unser Dienst wird gewartet und ist vorübergehend nicht erreichbar. Wir bitten um Ihr Verständnis.",
    ),
    (
        "a notice of maintenance",
        "Even geduld",
        "De site is tijdelijk niet bereikbaar wegens onderhoud. Probeer het vanavond nog eens.",
    ),
    (
        "a robot check",
        "Access Denied",
        "You do not have permission to view this on this server. Reference #4.9a",
    ),
    (
        "a robot check",
        "Zugriff verweigert",
        "Sie haben keine Berechtigung für diese Seite. Referenz: 9a4.",
    ),
    ("a robot check", "Sind Sie ein Mensch?", "Aus Ihrem Netzwerk kamen auffällig viele Zugriffe."
     " Bestätigen Sie, kein"
     " Roboter zu sein."),
    ("a robot check", "Êtes-vous humain ?", "Nous vérifions que vous n'êtes pas un robot. Cliquez sur"
     " la case."),
    ("a robot check", "Un momento", "Estamos comprobando que su navegador es seguro. Haga clic si es humano."),
    ("a robot check", "Un attimo", "Confermi di essere umano: dalla sua rete arrivano troppe richieste"
     " insolite."),
    ("a robot check", "Só um momento", "Confirme que você é humano e não um robô. Seu acesso parece incomum."),
    ("a robot check", "Even controleren", "Bent u een mens? Er kwam ongewoon verkeer van uw netwerk."),
    ("a robot check", "Chwileczkę", "Sprawdzamy, czy nie jesteś robotem. Nietypowy ruch z Twojej sieci."),
    ("a log-in", "Zaloguj się", "Zaloguj się, aby czytać dalej. Nie pamiętasz hasła? Załóż konto."),
    ("a log-in", "Accedi", "Accedi al tuo profilo per continuare a leggere. Password dimenticata?"),
    ("a log-in", "Entrar", "Entre na sua conta para ler. Esqueceu a senha? Cadastre-se."),
    ("a log-in", "Inloggen", "Log in om verder te lezen. Wachtwoord vergeten? Maak gratis een account aan."),
    ("a question of consent", "Tu privacidad", "Nosotros y nuestros socios almacenamos cookies. Acepta"
     " o suscríbete."),
    ("a question of consent", "Respect de la vie privée", "Nos partenaires et nous stockons des données"
     " sur votre"
     " appareil. Accepter ou refuser les cookies."),
    ("a question of consent", "La tua privacy", "Noi e i nostri partner usiamo cookie e dati. Accetta o"
     " rifiuta."),
    ("a question of consent", "A sua privacidade", "Nós e os parceiros usamos cookies e dados. Aceitar"
     " ou recusar."),
    ("a question of consent", "Jouw privacy", "Wij en onze partners gebruiken cookies en gegevens."
     " Accepteren of weigeren."),
    ("a question of consent", "Twoja prywatność", "My i nasi partnerzy używamy ciasteczek i danych."
     " Akceptuj lub odrzuć."),
    ("a page that is missing", "Pagina non trovata", "La pagina che cerchi non esiste o è stata spostata."),
    ("a page that is missing", "Página não encontrada", "A página que você procura não existe mais."
     " Volte ao início."),
    ("a page that is missing", "Pagina niet gevonden", "De pagina die u zoekt bestaat niet meer."),
    ("a page that is missing", "Nie znaleziono strony", "Strona, której szukasz, nie istnieje. Wróć na"
     " stronę główną."),
    ("a notice of maintenance", "Volvemos pronto", "Trabajos de mantenimiento. Disculpa las molestias."),
    ("a notice of maintenance", "Torniamo subito", "Il sito è in manutenzione. Ci scusiamo per il disagio."),
    ("a notice of maintenance", "Voltamos já", "O site está em manutenção. Desculpe o transtorno."),
    ("a notice of maintenance", "Przerwa techniczna", "Serwis jest chwilowo niedostępny. Przepraszamy,"
     " wkrótce wracamy."),
    ("a notice of maintenance", "Nous revenons bientôt", "Le site est en cours de maintenance. Merci de"
     " votre patience."),
    ("a call for scripts", "Wiadomości", "Włącz JavaScript w przeglądarce. Ta strona wymaga JavaScript."),
    ("a call for scripts", "Notizie", "Attiva JavaScript nel browser: JavaScript è disattivato."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "title", "text"), WALLS)
def test_each_kind_is_known_in_many_languages(kind, title, text):
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
        (
            "Warum Roboter Menschen prüfen",
            "Der Roboter im Museum fragt jeden Gast, ob er ein Mensch ist. Am Freitag antwortete ein"
            " Kind mit nein.",
        ),
        (
            "El mantenimiento del puente",
            "El puente vuelve a abrir el lunes, dijo la alcaldesa. Los trabajos han costado dos"
            " millones de euros.",
        ),
        (
            "Strona tytułowa z 1926 roku",
            "W muzeum znaleziono stronę gazety sprzed stu lat. Dyrektor pokaże ją w sobotę, a wstęp"
            " będzie wolny.",
        ),
        (
            "Les cookies de grand-mère",
            "La boulangerie de Lorgues vend des cookies depuis lundi. La recette vient d'une habitante"
            " de 94 ans.",
        ),
        ("Bridge under maintenance", "The bridge is closed until May, the county said on Friday."),
    ],
)
def test_news_about_walls_is_none(title, text):
    assert interstitial(title, text) == ""


def test_a_text_in_place_of_a_page_is_refused_as_a_page_is():
    source = Source(name="a", location="a.txt")
    text = "Sind Sie ein Mensch?\n\nBitte bestätigen Sie, dass Sie kein Roboter sind, um fortzufahren.\n"
    with pytest.raises(ReadError, match="a robot check in place of a page"):
        read(RawDocument(source, text.encode()))
