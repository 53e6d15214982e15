"""Sentences that speak to the reader of the page."""

import pytest

from digest.summarizers.notices import is_notice
from digest.summarizers.passages import why_barred

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
        "Keep your comments short and kind; rude ones are deleted.",
        "For a chance to win a trip to Tarn, write a postcard.",
        "I agree to receive offers by post from Tarn Foods.",
        "The minutes of the May meeting were agreed and signed.",
        "The next meeting is on 4 June at noon.",
    ],
    "de": [
        "Dieses Video ist nicht mehr verfügbar.",
        "Abonnieren Sie jetzt unseren Newsletter.",
        "Danke fürs Mitlesen.",
        "Für diesen Artikel brauchen Sie ein Abo.",
        "Bei den markierten Angeboten handelt es sich um Affiliate-Links.",
        "Das Protokoll der Sitzung vom 4. Mai wurde genehmigt.",
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
        "Si ha encontrado un error en esta crónica, escríbanos.",
        "Vea también: la historia del faro de Tarn.",
        "Reglas de la comunidad: se borran los insultos.",
    ],
    "it": [
        "Hai trovato un errore in questa pagina?",
        "Riproduzione riservata © Il Faro di Tarn.",
        "Guarda anche: il faro visto dal mare.",
        "Leggi anche la scheda: chi guida la nave.",
    ],
    "pt": [
        "Encontrou uma gralha nesta página?",
        "Veja também: o farol visto do mar.",
        "Todos os direitos reservados ao Jornal de Tarn.",
    ],
    "nl": ["Reageren is bij dit bericht niet mogelijk."],
    "ru": [
        "Подписывайтесь на рассылку «Маяка».",
        "Читайте также: как строили маяк.",
        "Статья доступна только подписчикам.",
    ],
    "uk": ["Читайте також: як будували маяк.", "Підписуйтесь на канал «Маяка»."],
    "pl": ["Czytaj też: jak budowano latarnię.", "Zapisz się na newsletter „Latarni”."],
    "cs": ["Čtěte také: jak se stavěl maják.", "Celý článek je jen pro předplatitele."],
    "sv": ["Läs också: så byggdes fyren.", "Anmäl dig till Fyrens nyhetsbrev."],
    "fi": ["Lue myös: näin majakka rakennettiin.", "Tilaa Majakan uutiskirje."],
    "tr": ["Deniz Feneri bültenine abone olun.", "Tüm hakları saklıdır."],
    "el": ["Διαβάστε επίσης: πώς χτίστηκε ο φάρος.", "Το άρθρο είναι μόνο για συνδρομητές."],
    "ar": ["اقرأ أيضا: كيف بنيت المنارة.", "جميع الحقوق محفوظة لجريدة المنارة."],
    "he": ["קראו גם: כך נבנה המגדלור.", "הירשמו לניוזלטר של המגדלור."],
    "hi": ["यह भी पढ़ें: प्रकाशस्तंभ कैसे बना।"],
    "zh": ["长按二维码关注灯塔报。", "未经灯塔报授权不得转载。", "本文仅限会员阅读。"],
    "ja": ["この記事は会員限定です。", "写真と本文の無断転載を禁じます。"],
    "ko": ["이 기사는 구독자만 볼 수 있으니 로그인하세요.", "등대신문 무단 전재 금지."],
    "th": ["สมัครรับจดหมายข่าวของประภาคารได้ฟรี", "สงวนลิขสิทธิ์ตามกฎหมาย"],
}
NEWS = {
    "en": [
        "The newsletter of the Hull rowing club is eighty years old this week.",
        "Subscribers left the service in May, the company said.",
        "You could hear the bell from the hill, and we counted nine strokes.",
        "The video shows the ferry as it leaves the quay of Tarn.",
        "(The ferry was built in 1911.)",
        "The minutes of the trial fill nine boxes.",
        "The article says that only nine of the town's subscribers were asked.",
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
        "La policía ha encontrado un error en el informe del puente.",
        "Su correo llegó a la ciudad el lunes.",
    ],
    "it": ["Trovato un errore nel bilancio del comune di Tarn."],
    "ru": ["Статья бюджета на маяк выросла вдвое.", "Подписчики газеты собрали деньги на маяк."],
    "pl": ["Czytelnicy zebrali pieniądze na latarnię.", "Artykuł ustawy wszedł w życie w maju."],
    "ar": ["تابعت السفينة طريقها إلى المنارة.", "سجل الفريق هدفين في المباراة."],
    "zh": ["未经批准的工地停工三周。", "会员大会选出新的主席。"],
    "ja": ["この会社は無断で写真を撮られたと訴えた。", "会員は新しい会長を選んだ。"],
    "ko": ["이 기사단은 성을 지켰다.", "회원들이 새 회장을 뽑았다."],
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


FORMULAS = {
    "en": [
        "Get the morning's headlines sent to your inbox.",
        "You have three free stories remaining.",
        "To keep reading, choose a plan for May.",
        "Video: how the pier was lifted.",
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
        "Zum Weiterlesen bitte ein Konto anlegen.",
        "In einer früheren Fassung stand, der Hafen sei geschlossen.",
        "Das war's von uns aus Hallin.",
        "Bitte bleiben Sie in Ihren Kommentaren höflich und sachlich.",
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
        "Ce texte est paru dans le journal de Hallin.",
        "Connectez-vous pour voir la carte.",
        "Si vous achetez par ces liens, nous gagnons un peu.",
        "En vidéo : le quai de Hallin vu du ciel.",
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
        "Te quedan tres noticias gratis.",
        "Comparte esta noticia con tu gente.",
        "Este texto se publicó en el diario de Hallin.",
        "Identifíquese para ver el mapa.",
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
REPORTS = {
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
    ("language", "sentence"), [(code, one) for code, some in REPORTS.items() for one in some]
)
def test_what_somebody_said_or_did_is_news(language: str, sentence: str) -> None:
    """A call whose speaker is named, a court, a firm that hires."""
    assert not why_barred(sentence, len(sentence.split()), False, frozenset(), language)
