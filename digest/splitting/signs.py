"""What single lines say of themselves: the wordings and shapes that the whole web uses around articles.

Everything here looks at one line at a time. The lists are short on purpose: they name what a line is only
where its words alone settle it; all else is left to its place, its neighbours and its repetition.
"""

import re
from functools import lru_cache
from typing import Literal

from digest.splitting.dates import find_date

Sign = Literal[
    "address",
    "advert",
    "byline",
    "caption",
    "comment",
    "credit",
    "date",
    "end",
    "navigation",
    "note",
    "notice",
    "related",
    "separator",
    "teaser",
    "widget",
    "",
]

_I = re.IGNORECASE

# Words that close a teaser or an article, and send the reader on.
_END = re.compile(
    r"(?:continue|keep|read|view|see|show)\s+(?:reading|on|more|all|less|(?:the\s+)?(?:full|whole|complete|rest"
    r"|original|entire)\b.{0,40})(?:\s+(?:here|below|online|on\s+.{1,40}|at\s+.{1,40}|of\s+.{1,40}|in\s+.{1,40}))?"
    r"|(?:full|more|the\s+rest)(?:\s+(?:story|article|details|info|here|online|coverage))?"
    r"|(?:ganzen\s+)?(?:artikel|beitrag|text)?\s*(?:weiterlesen|weiter\s+lesen|mehr\s+lesen|mehr\s+erfahren|mehr)"
    r"|zum\s+(?:ganzen\s+)?(?:artikel|beitrag)"
    r"|lire\s+(?:la\s+suite|plus|l[’']article.{0,20}|davantage)|en\s+savoir\s+plus"
    r"|(?:leer|ver|saber)\s+m[áa]s|seguir\s+leyendo|leggi\s+(?:tutto|di\s+pi[ùu]|ancora)|leia\s+mais|lees\s+(?:meer|verder)",
    _I,
)
# Headings of lists of other articles.
_RELATED = re.compile(
    r"(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested.{0,20}|have\s+missed)|related(?:\s+\w+){0,2}"
    r"|(?:we\s+)?recommend(?:ed|s|ations?)?(?:\s+(?:for\s+you|reading|stories|articles|reads))?"
    r"|(?:more|other|further|latest|top|recent|popular|trending|similar|featured|breaking|previous|earlier)\s+"
    r"(?:(?:on|from|in|like)\s+\S.{0,40}|(?:\w+\s+){0,2}(?:stories|articles|news|posts|reading|reads|headlines|coverage"
    r"|videos|content|now|this\s+week|today))"
    r"|trending|most\s+(?:read|popular|viewed|shared|commented|watched|emailed|recent)(?:\s+.{1,25})?|(?:what\s+to\s+)?read\s+(?:next|also|this\s+next|on)"
    r"|up\s+next|see\s+also|also\s+(?:read|on\s+.{1,30}|in\s+.{1,30})|don[’']?t\s+miss(?:\s+.{1,50})?|editors?[’']?s?[’']?\s+(?:picks?|choice)"
    r"|in\s+case\s+you\s+missed\s+it|in\s+(?:this\s+issue|today[’']s\s+issue|other\s+news|pictures|depth)|elsewhere(?:\s+.{1,30})?"
    r"|keep\s+reading|around\s+the\s+web|from\s+(?:the|our|around)\s+(?:web|archives?|partners?|network)|popular|topics?|tags?|categories|archives?"
    r"|(?:lesen|sehen)\s+sie\s+auch|(?:das\s+könnte\s+(?:sie|dich)|auch)\s+(?:auch\s+)?interess\w+|mehr\s+(?:zum\s+thema|aus\s+.{1,30}|von\s+.{1,30})|zum\s+thema"
    r"|meistgelesen\w*|verwandte\s+\w+|ähnliche\s+\w+|empfehlung\w*|à\s+lire\s+(?:aussi|également)|lire\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)"
    r"|les\s+plus\s+lus|articles?\s+(?:liés|similaires|relacionados)|dans\s+la\s+même\s+rubrique|(?:noticias|artículos)\s+relacionad\w+|te\s+puede\s+interesar"
    r"|lo\s+más\s+(?:leído|visto)|potrebbe\s+interessarti|leggi\s+anche|lees\s+ook)",
    _I,
)
# Chrome of one or two words; a line holding nothing else is no text.
_NAVIGATION = re.compile(
    r"(?:skip|jump)\s+to\s+.{1,40}|(?:main\s+)?menu|home(?:page)?|search(?:\s+(?:this\s+)?(?:site|for|.{1,20}\.{3}))?|navigation|sections?|sitemap"
    r"|(?:open|close|toggle|show|hide|expand|collapse)(?:\s+(?:the\s+)?(?:menu|navigation|search|sidebar|caption|comments?|ad|all))?"
    r"|(?:sign|log)\s*(?:in|on|up|out)(?:\s+.{1,30})?|login|logout|register|subscribe(?:\s+.{1,20})?|my\s+account|account|profile|settings|support\s+us|donate(?:\s+now)?"
    r"|share(?:\s+(?:this|on|via|with|it)(?:\s+.{1,40})?|\s+(?:article|story|post|full\s+article))?|tweet(?:\s+this)?|retweet|pin(?:\s+it)?|like|email(?:\s+this.{0,20})?|e-?mail|print(?:\s+.{1,20})?"
    r"|copy(?:\s+(?:the\s+)?link.{0,20})?|link\s+copied.{0,20}|save(?:\s+(?:for\s+later|article|this|story))?|saved|bookmark|follow(?:\s+(?:us.{0,60}|\S+|this\s+.{1,20}))?|following|connect\s+with\s+us|join\s+us.{0,40}|contact(?:\s+us)?"
    r"|about(?:\s+(?:us|this\s+site))?|advertise(?:\s+with\s+us)?|careers?|jobs|help|faq|privacy(?:\s+policy)?|terms(?:\s+.{1,30})?|cookies?(?:\s+(?:policy|settings|preferences))?|imprint|impressum|datenschutz\w*|agb|kontakt|suche|startseite|anmelden|teilen|drucken|merken|newsletter|abo(?:nnieren)?|zurück|nach\s+oben"
    r"|accueil|rechercher|partager|imprimer|connexion|s[’']abonner|se\s+connecter|mentions\s+légales|haut\s+de\s+page|inicio|buscar|compartir|suscr[íi]bete|iniciar\s+sesión|contacto"
    r"|(?:back|return|go|scroll)\s+to\s+.{1,30}|(?:to\s+)?(?:the\s+)?top|next(?:\s+(?:page|article|story|post|»|›))?|prev(?:ious)?(?:\s+(?:page|article|story|post))?|older(?:\s+posts)?|newer(?:\s+posts)?|first|last|page\s+\d+(?:\s*(?:of|/|von|sur|de)\s*\d+)?|seite\s+\d+(?:\s+von\s+\d+)?|\d+\s*/\s*\d+"
    r"|load\s+more.{0,20}|show\s+more.{0,20}|view\s+(?:in|this|the)\s+.{1,50}|(?:forward|view)\s+.{0,30}(?:browser|online|friend)|unsubscribe.{0,60}|manage\s+.{1,40}|preferences|listen(?:\s+.{1,30})?|watch(?:\s+(?:now|live|the\s+video))?|play(?:\s+video)?|video|audio|gallery|photos?|live"
    r"|published(?:\s+(?:on|by))?|posted(?:\s+(?:on|in|by))?|updated|on|by|in|and|or|via|from|tags?:?.{0,80}|filed\s+(?:under|to|in):?.{0,80}|topics?:.{0,80}|category:.{0,60}|facebook|twitter|linkedin|whatsapp|instagram|youtube|reddit|telegram|pinterest|rss|x|google(?:\s+news)?|flipboard|threads|bluesky|mastodon|tiktok|messenger|xing|pocket"
    r"|accept(?:\s+(?:all|cookies|and\s+\w+))*|reject(?:\s+all)?|(?:i\s+)?agree|got\s+it!?|no,?\s+thanks|ok(?:ay)?|allow(?:\s+all)?|decline|learn\s+more|find\s+out\s+more|more\s+(?:info|information|options)|yes|dismiss|cancel|submit|send|go",
    _I,
)
_ADVERT = re.compile(
    r"(?:\W*(?:advertisements?|advertising|advertiser\s+content|ad|ads|anzeige|werbung|publicité|publicidad|pubblicità|sponsored(?:\s+(?:content|links?|by\s+.{1,40}))?"
    r"|paid\s+(?:content|post|partnership)|promoted(?:\s+.{1,20})?|partner\s+content|story\s+continues\s+below.{0,30}|article\s+continues\s+(?:after|below).{0,40}"
    r"|(?:scroll|continue\s+reading|swipe)\s+(?:down\s+)?(?:to|for|below)\s+.{1,40}|remove\s+ads|report\s+(?:this\s+)?ad)\W*)+",
    _I,
)
_COMMENT = re.compile(
    r"(?:\d[\d,.]*\s+|no\s+|all\s+|view\s+|show\s+|reader\s+|see\s+|join\s+the\s+)?(?:user\s+)?(?:comments?|replies|responses?|kommentare?|commentaires?|comentarios?|commenti|reacties|conversation|discussion)"
    r"(?:\s*\(\s*\d+\s*\)|\s*:?\s*\d+|\s+(?:are\s+)?closed)?:?(?:\s+(?:on|to|so\s+far|below|section)(?:\s+.{1,80})?)?"
    r"|(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply|response).{0,40}|(?:click|log\s*in|sign\s*in|register)\b.{0,30}\b(?:to|and)\s+(?:post\s+a\s+)?(?:comment|reply).{0,20}"
    r"|reply|report(?:\s+(?:abuse|comment))?|upvote|downvote|vote|flag|quote|permalink|antworten|répondre|responder|what\s+do\s+you\s+think.{0,60}|have\s+your\s+say.{0,40}|join\s+the\s+(?:conversation|discussion|debate).{0,40}",
    _I,
)
_WIDGET = re.compile(
    r"(?:approx(?:imately|\.)?\s+|estimated\s+|about\s+)?(?:reading|read)\s+time\W.{0,25}|(?:a\s+)?\d+\s*[-–]?\s*(?:min(?:ute)?s?|sec(?:ond)?s?)\.?\s*(?:[-–]?\s*(?:of\s+)?(?:read(?:ing)?|listen|watch|video|lesezeit|de\s+lecture|de\s+lectura))?(?:\s+time)?"
    r"|lesezeit\W.{0,25}|temps\s+de\s+lecture\W.{0,25}|\d[\d,.]*\s*[km]?\s*(?:shares?|views?|likes?|comments?|followers|retweets|reads?|votes?|points?|claps|reactions?|aufrufe|vues|partages)\b.{0,30}"
    r"|(?:shares?|views?|likes?|retweets?|votes?|points?)\s*[:=]?\s*\d[\d,.]*\s*[km]?|(?:live\s+)?price\s+(?:chart|alert).{0,20}|loading\W*|\[?\s*(?:video|embed(?:ded)?|tweet|poll|quiz|map|chart|widget|player|image|photo)(?:\s+\w+)?\s*\]",
    _I,
)
_FIGURES = re.compile(r"[-+−–$€£¥₹%.,:/\d\s()▲▼↑↓|]+(?:[A-Z]{3}|[kKmMbB]n?)?\s*%?")
_SEPARATOR = re.compile(
    r"\W*(?:-\s*30\s*-|[oO0](?:\s?[oO0]){2,}|[xX](?:\s?[xX]){2,}|[~=_#*+.·•—–-]+\s*(?:ends?|mehr|more|fin|ende)\s*[~=_#*+.·•—–-]+|ENDS?|E\s?N\s?D|FIN|ENDE"
    r"|end\s+of\s+(?:article|story|text|post|message|item|report|transmission))\W*",
)
_BYLINE = re.compile(
    r"(?:(?:reported|written|posted|published|words|story|text|report|reporting|analysis|opinion|interview|review|by\s+staff|edited)\s+)?(?:by|von|par|por|di|door|av)\s*:?\s+(?P<by>[^\W\d_].{1,120})"
    r"|(?:author|authors|writer|reporter|byline|autor(?:in)?|auteur|words|text|from|posted\s+by|correspondent)\s*:\s*(?P<label>[^\W\d_].{1,100})",
    _I,
)
_PERSON = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*|[A-Z]\.|(?:de|van|von|der|den|la|le|bin|al|di|da|del|el|dos|ter)\b)"
    r"(?:\s+(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*|[A-Z]\.|(?:de|van|von|der|den|la|le|bin|al|di|da|del|el|dos|ter)\b)){0,4}"
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|journalist|columnist|analyst|agenc(?:y|ies)|news|desk|redaktion\w*|correspondant\w*|contributor|author|producer|bureau)\b",
    _I,
)
_CREDIT = re.compile(
    r"[(\[]?(?:(?:photo(?:graph|s|graphs)?|image|images|picture|pictures|credit|credits|foto|fotos|bild|bilder|crédit|photographer|illustration|graphic|video|source\s+photo)"
    r"\s*(?:credit|source|quelle|by|copyright)?s?\s*(?::|\bby\b|©)\s*\S.{0,100})|\(?(?:©|\(c\))\s*(?!\d{4})\S.{0,60}|.{1,60}\bvia\s+(?:getty|reuters|ap|afp|shutterstock|unsplash|flickr|wikimedia)\b.{0,30}"
    r"|(?:photo|image|picture|foto|bild)\s+courtesy\b.{1,60}|courtesy\s+(?:of\s+)?.{1,60}|handout.{0,40}",
    _I,
)
_AGENCY = r"(?:getty(?:\s+images)?|reuters|afp|ap|a\.p\.|epa|pa(?:\s+(?:media|wire|images))?|dpa|upi|ansa|efe|xinhua|bloomberg|shutterstock|alamy|istock|unsplash|imago|keystone|tass|anp|press\s+association|associated\s+press|rex|picture[\s-]alliance|wikimedia(?:\s+commons)?)"
_AGENCY_LINE = re.compile(
    rf".{{0,60}}[|/,–—-]\s*{_AGENCY}(?:\s*(?:[|/,–—-].{{1,40}}|images|photos?|file|pool))?|\(?{_AGENCY}(?:\s+(?:photo|file).{{0,30}})?(?:\s*[|/].{{1,50}})?\)?",
    _I,
)
_SPLIT_CREDIT = re.compile(r"[^|/]{2,50}\s*[|/]\s*[^|/]{2,50}(?:\s*[|/]\s*[^|/]{2,50})?")
_CAPTION = re.compile(
    r"(?:file\s+(?:photo|picture|image|pic)|(?:photo|picture|image|fig(?:ure)?|foto|bild|legend|légende|above|below|pictured|archivbild|symbolbild|main\s+image|library\s+(?:photo|picture))(?:\s+(?:caption|above|below|\d+))?)\s*[:,.–—|]\s*\S.*"
    r"|(?:image|photo|picture|media)\s+caption\b.*|.{10,300}\((?:file\s+(?:photo|picture|image)|pictured|archiv\w*|photo|picture|image|pictured\s+.{1,30}|above|left|right|file)\)\.?|.{10,250},\s+pictured\b.{0,80}",
    _I,
)
_ADDRESS = re.compile(
    r"(?:(?P<label>[\w ]{2,30}?)\s*:\s*)?<?(?P<url>https?://[^\s<>\"]{4,2000})>?|(?:url|link|source|web|address)\s*:\s*(?P<bare>(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?)",
    _I,
)
_TEASER = re.compile(
    r"(?:\W{0,3})(?:read\s+(?:more|also|next|on|this)|also\s+read|more|more\s+on\s+this|don[’']?t\s+miss|watch(?:\s+(?:more|now|live|video|also))?|see\s+(?:also|more)|related(?:\s+\w+)?|recommended|must\s+read|listen(?:\s+(?:now|to))?|video|podcast|gallery|in\s+pictures|explainer|explained|exclusive\s+video|live\s+updates|up\s+next|coming\s+up|elsewhere|editor[’']s\s+pick"
    r"|lesen\s+sie\s+auch|mehr\s+zum\s+thema|lire\s+aussi|à\s+lire(?:\s+aussi)?|lea\s+también|leer\s+también|leggi\s+anche|lees\s+ook|siehe\s+auch|auch\s+interessant)\s*(?::|»|>|–|—|\||→|-\s)\s*(?P<rest>\S.*)",
    _I,
)
_NOTE = re.compile(
    r"\W{0,3}(?:corrections?|clarifications?|editor(?:[’']?s)?[’']?s?\s+note|update|note\s+to\s+(?:readers|editors)|disclosure|full\s+disclosure|korrektur|rectificatif|anmerkung\s+der\s+redaktion)(?:\s*\(.{1,40}\)|,\s*.{1,30})?\s*[:–—]\s*\S.*"
    r"|.{0,300}\b(?:contributed\s+(?:\w+\s+)?(?:to\s+(?:this|the)\s+(?:report|story|article|post|piece)|reporting)|additional\s+reporting|reporting\s+by|editing\s+by|edited\s+by|writing\s+by|compiled\s+by|translated\s+by|with\s+(?:files|reporting|material|agency\s+inputs?|inputs?)\s+from)\b.{0,200}"
    r"|.{0,120}\b(?:this|the|an\s+earlier|a\s+previous)\s+(?:\w+\s+)?(?:article|story|post|report|version|piece|page)\b.{0,40}\b(?:was|has\s+been|is|were)\s+(?:(?:first|originally|last|recently|also|automatically|later)\s+)?(?:updated|corrected|amended|published|generated|edited|produced|written|republished|syndicated|translated|developing|excerpted|adapted|removed|clarified|misstated|reviewed)\b.{0,300}"
    r"|this\s+is\s+a\s+(?:developing|breaking)\s+(?:news\s+)?story.{0,100}|(?:more\s+to\s+follow|more\s+follows)\W*",
    _I,
)
_NOTICE = re.compile(
    r"\W{0,4}(?:disclaimer|legal\s+notice|haftungsausschluss|copyright|©|\(c\)|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits)\b.*|©.*"
    r"|.*\b(?:all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+réservés|todos\s+los\s+derechos)\b.*"
    r"|.{0,200}\b(?:views|opinions|statements)\b.{0,40}\bexpressed\b.{0,200}|.{0,200}\bdo(?:es)?\s+not\s+(?:necessarily\s+)?(?:reflect|represent|constitute)\b.{0,250}|.{0,200}\bis\s+not\s+(?:intended\s+as\s+)?(?:financial|investment|legal)\s+advice\b.{0,200}"
    r"|.{0,60}\b(?:we|this\s+(?:web)?site|our\s+partners|our\s+(?:web)?site)\b.{0,40}\b(?:use|uses|value|store|may\s+(?:earn|use|receive))\b.{0,60}\b(?:cookies|privacy|commission|data|compensation|device|personal)\b.{0,300}|.{0,200}\b(?:may\s+earn|earns?)\b.{0,30}\bcommission\b.{0,100}"
    r"|(?:sign|signed)\s+up\s+(?:for|to|now|here|today)\b.{0,150}|subscribe\s+(?:now|today|to|for|here)\b.{0,150}|(?:get|receive|stay|keep|be\s+the\s+first|never\s+miss|want\s+more|enjoy(?:ed|ing)|like\s+what|love|support|join)\b.{0,120}\b(?:inbox|newsletters?|up\s+to\s+date|alerts?|notifications?|subscri\w+|membership|app|mailing\s+list|email|journalism)\b.{0,120}"
    r"|.{0,120}\b(?:our|the|a|free|daily|weekly|morning)\s+(?:\w+\s+){0,2}newsletters?\b.{0,120}|(?:download|get|install)\s+(?:our|the)\s+(?:\w+\s+)?app\b.{0,80}|follow\s+(?:us|me|@\w+|\w+(?:\s+\w+)?\s+on)\b.{0,150}|.{0,60}\bshare\s+(?:it|this)\s+(?:with|on|via)\b.{0,80}|like\s+us\b.{0,60}"
    r"|(?:click|tap|press)\s+(?:here|on|below|the)\b.{0,120}|you(?:[’']re|\s+are)\s+(?:receiving|reading|getting)\s+this\b.{0,200}|if\s+you\s+(?:have|enjoyed|liked|like|know|believe|would|want|no\s+longer|wish|are\s+(?:having|seeing|reading))\b.{0,200}\b(?:tip|story|share|friend|contact|email|newsletter|unsubscribe|subscri\w+|receive|click|link|browser)\b.{0,120}"
    r"|(?:please\s+)?(?:enable|turn\s+on|disable|turn\s+off)\s+(?:javascript|your\s+ad|ad)\b.{0,100}|.{0,100}\bunsubscribe\b.{0,100}|(?:thanks?\s+(?:you\s+)?for\s+(?:reading|subscribing|signing))\b.{0,100}|comments\s+(?:are|have\s+been)\b.{0,80}|(?:questions?|comments?|tips?|feedback|got\s+a\s+(?:tip|story))\W.{0,60}\b(?:contact|email|write|send|tell|us)\b.{0,100}"
    r"|(?:jetzt\s+)?(?:abonnieren|newsletter)\b.{0,100}|(?:inscrivez|abonnez)-vous\b.{0,100}|(?:wir\s+verwenden|nous\s+utilisons|utilizamos)\b.{0,40}\bcookies\b.{0,200}|melden\s+sie\s+sich\b.{0,100}|suivez[- ]nous\b.{0,80}|folgen\s+sie\s+uns\b.{0,80}|suscríbete\b.{0,100}",
    _I,
)
_LONG_NOTICE = re.compile(
    r"\W{0,4}(?:disclaimer|legal\s+(?:notice|disclaimer)|haftungsausschluss|avertissement|aviso\s+legal|copyright|privacy\s+notice|terms\s+of\s+use)\s*[:.–—]",
    _I,
)
WRAPPER = re.compile(
    r"(?:the\s+(?:post|article|story|piece)\s+)?(?P<title>\S.{3,300}?)\s+(?:(?:first\s+|originally\s+)?appeared(?:\s+first)?|was\s+(?:first\s+|originally\s+)?(?:published|posted)(?:\s+first)?)\s+(?:on|at|in)\s+(?P<site>\S{2,60}?(?:\s[A-Z]\S{0,30}){0,4}?)\.(?=\s|$)\s*",
    _I,
)
_CLOCK = re.compile(
    r"(?:\W{0,3}(?:updated|posted|published|last\s+(?:updated|modified)|um|at|time|stand|aktualisiert|veröffentlicht|publié|mis\s+à\s+jour)?\W{0,3})?(?:at\s+)?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?|uhr)?\W{0,3}"
    r"|(?:an?|\d+|one|two|three|vor\s+\d+|il\s+y\s+a\s+\d+|hace\s+\d+)\s*(?:s|sec|m|min|h|hr|d|w|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|minuten|stunden|tagen|minutes|heures|jours|minutos|horas|días)\.?(?:\s+ago)?|just\s+now|yesterday|today"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?(?:\s+(?:[A-Z][a-z]+\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+))?",
    _I,
)
_DATE_LABEL = re.compile(
    r"[\s\W]*(?:(?:published|posted|updated|last\s+(?:updated|modified)|first\s+published|date|on|created|release\s+date|issued|veröffentlicht(?:\s+am)?|aktualisiert(?:\s+am)?|stand|datum|publié(?:\s+le)?|mis\s+à\s+jour(?:\s+le)?|le|publicado|actualizado|fecha|el|am|vom|pubblicato|gepubliceerd|sent|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|gmt|utc|est|edt|at|[ap]m|uhr)\b[\s\W]*)*",
    _I,
)
_NOTICE_WORDS = frozenset(
    "disclaimer copyright rights rechte droits derechos views opinions statements reflect represent constitute advice cookies commission newsletter newsletters"
    " subscribe inbox subscribing subscription subscriber subscribers abonnieren unsubscribe app membership alerts notifications follow share click tap press javascript"
    " haftungsausschluss inscrivez-vous abonnez-vous suivez-nous suscríbete folgen melden comments feedback tips reading cookies. sign email contact friend browser like".split()
)
_NOTE_WORDS = frozenset(
    "correction corrections clarification clarifications note update contributed contribution reporting editing edited writing compiled translated updated corrected amended"
    " published generated developing breaking disclosure follow follows article story version report piece republished korrektur anmerkung rectificatif editor's editor’s".split()
)
_BUTTONS = frozenset(
    "reply replies like likes comment comments flag upvote downvote permalink quote hide edit delete antworten répondre responder gefällt melden".split()
    + "report share save award parent context give".split()
)
_WORDS = re.compile(r"\w+")
BREAK = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(©]?[^\W_a-zß-öø-ÿ])")
_REPLY = re.compile(
    r"\b(?:repl(?:y|ies)|comments?|upvote|downvote|permalink|antworten|répondre|responder)\b", _I
)
_AGO = re.compile(
    r"\b(?:an?|\d+)\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhd])\s+ago\b|\bvor\s+\d+\s+(?:Minuten|Stunden|Tagen)\b|\bil\s+y\s+a\s+\d+\s+(?:minutes?|heures?|jours?)\b",
    _I,
)
_READER = re.compile(
    r"\b(?:you|your|yours|our|ours|we|us|sie|ihr|ihre|ihnen|wir|uns|unsere?|vous|votre|vos|nous|nos|notre|usted|su|nuestr[oa]s?)\b",
    _I,
)
_NOTICE_TRIGGERS = frozenset(
    before + word + after
    for word in _NOTICE_WORDS
    for before in ("", "“", '"', "(")
    for after in ("", ".", ",", ":", "!", "?", ")", ";")
)
_NOTE_TRIGGERS = frozenset(
    before + word + after
    for word in _NOTE_WORDS
    for before in ("", "(", "*")
    for after in ("", ".", ",", ":", "!", ")", ";")
)


def sign(text: str) -> Sign:
    """Return what one line is by its own words and shape, or the empty string where they do not settle it.

    Lines of more than 600 characters are never settled by their words.
    """
    if len(text) > 600:
        return "notice" if _LONG_NOTICE.match(text) else ""
    if not any(map(str.isalnum, text)) or (len(text) < 60 and _SEPARATOR.fullmatch(text)):
        return "separator"
    if len(text) <= 120:
        found = _short_sign(text)
        if found:
            return found
    return _long_sign(text)


@lru_cache(maxsize=4096)
def _short_sign(text: str) -> Sign:
    bare = text.strip(" \t»›→>«‹←<|•·*#▼▲▶►+[](){}-–—:.…!").replace("\u00a0", " ")
    if _ADDRESS.fullmatch(text.strip()):
        return "address"
    if _FIGURES.fullmatch(text):
        return "date" if is_date(text) and not set(text) & set("%$€£¥₹+−") else "widget"
    if is_date(text):
        return "date"
    meta = _meta(bare)
    if meta:
        return meta
    if _END.fullmatch(bare):
        return "end"
    if _ADVERT.fullmatch(text):
        return "advert"
    if _actions(bare):
        return "comment" if _REPLY.search(bare) else "navigation"
    if len(bare) <= 80 and _RELATED.fullmatch(bare):
        return "related"
    if _COMMENT.fullmatch(bare):
        return "comment"
    if _WIDGET.fullmatch(bare):
        return "widget"
    if _NAVIGATION.fullmatch(bare) or _menu(text):
        return "navigation"
    if is_byline(text):
        return "byline"
    if is_credit(text):
        return "credit"
    return ""


def _long_sign(text: str) -> Sign:
    if (
        "(" in text[-60:]
        or ":" in text[:40]
        or "aption" in text
        or "ictured" in text
        or text[:1] in "FIPAfipa"
    ) and _CAPTION.fullmatch(text):
        return "caption"
    if len(text) <= 220 and _TEASER.fullmatch(text) and not BREAK.search(text):
        return "teaser"
    if calls(text):
        signs = [_sentence_sign(part) for part in BREAK.split(text)]
        told = [found for found in signs if found]
        if told and (
            signs[0]
            or 2 * len(told) > len(signs)
            or (2 * len(told) == len(signs) and told[0] == "notice")
        ):
            return told[0]
    if (
        len(text) <= 200
        and "." in text
        and (":" in text or "www" in text)
        and _ADDRESS.fullmatch(text)
    ):
        return "address"
    return ""


def calls(text: str) -> bool:
    """Whether a text holds a word without which it is neither notice nor note."""
    words = text.lower().split()
    return (
        not (_NOTICE_TRIGGERS.isdisjoint(words) and _NOTE_TRIGGERS.isdisjoint(words))
        or text[:1] == "©"
        or "©" in text[-80:]
    )


def _sentence_sign(text: str) -> Sign:
    """What a full sentence is by its words; most hold none of the words that would call for a closer look."""
    words = text.lower().split()
    if "said" in words or "told" in words:
        return ""
    if not _NOTE_TRIGGERS.isdisjoint(words) and _NOTE.fullmatch(text):
        return "note"
    if (not _NOTICE_TRIGGERS.isdisjoint(words) or text[:1] == "©") and _NOTICE.fullmatch(text):
        return "notice"
    return ""


def _meta(text: str) -> Sign:
    """Whether the line strings together a date and who, how long, how many: `5 June 2024 · A. Name · 3 min`."""
    if _AGO.search(text):
        return "date" if text.count(" ") <= 9 and text[-1] not in ".!?" else ""
    found = find_date(text)
    if not found:
        return ""
    _, start, end = found
    rest = [
        part.strip(" ,.:()-–—")
        for part in re.split(r"\s*[|·•/;]\s*|\s[-–—]\s|,\s", f"{text[:start]} | {text[end:]}")
    ]
    rest = [part for part in rest if part]
    person = False
    for part in rest:
        named = _BYLINE.fullmatch(part)
        if (
            _DATE_LABEL.fullmatch(part)
            or is_date_tail(part)
            or _ROLE.search(part)
            or (part.count(" ") <= 2 and text[start - 2 : start - 1] == ":")
        ):
            continue
        if not (named and author_of(part)) and not (
            _PERSON.fullmatch(part) and part.count(" ") <= 3
        ):
            return ""
        person = True
    return (
        "byline" if person and len(rest) <= 5 else "date" if len(rest) <= 5 and not person else ""
    )


def _actions(text: str) -> bool:
    """Whether the line is a row of buttons: `Reply · Like (3)`, `12 comments share hide report`."""
    words = [word for word in _WORDS.findall(text.lower()) if not word.isdigit()]
    return 0 < len(words) <= 8 and all(word in _BUTTONS for word in words)


def _menu(text: str) -> bool:
    """Whether the line is a row of short entries such as `Home | News | Sport`."""
    for mark in ("|", "·", "•", "›", "»", " > ", " / ", "\t"):
        parts = [part.strip() for part in text.split(mark)]
        if len(parts) >= 4 and sum(len(part.split()) <= 3 for part in parts) >= len(parts) - 1:
            return find_date(text) is None
        if len(parts) == 3 and all(len(part.split()) <= 1 for part in parts) and mark != " / ":
            return find_date(text) is None and not _AGENCY_LINE.fullmatch(text)
    return False


def is_date(text: str) -> bool:
    """Whether the line is a date or a time and hardly more."""
    found = find_date(text)
    if found:
        _, start, end = found
        before, after = text[:start], text[end:]
        return (
            _DATE_LABEL.fullmatch(before) is not None
            or (len(before) <= 40 and " " not in before.strip())
        ) and (
            _DATE_LABEL.fullmatch(after) is not None or (len(after) <= 40 and is_date_tail(after))
        )
    return _CLOCK.fullmatch(text.strip()) is not None


def is_date_tail(text: str) -> bool:
    """Whether what follows a date belongs to it: another date, a clock time, a reading time, counts."""
    rest = text.strip(" \t|·•,-–—/()")
    return not rest or bool(
        _CLOCK.fullmatch(rest)
        or _WIDGET.fullmatch(rest)
        or _COMMENT.fullmatch(rest)
        or is_date(rest)
    )


def is_byline(text: str) -> bool:
    """Whether the line names a writer: `By A. Name`, `A. Name, Correspondent`, `Name | date`."""
    match = _BYLINE.fullmatch(text)
    if match:
        return author_of(text) is not None
    parts = [
        part.strip() for part in re.split(r"\s*(?:[|·•,/]|\s[-–—]\s)\s*", text) if part.strip()
    ]
    if 2 <= len(parts) <= 4 and _PERSON.fullmatch(parts[0]) and 2 <= len(parts[0].split()) <= 4:
        rest = parts[1:]
        return any(_ROLE.search(part) and len(part.split()) <= 5 for part in rest) or (
            find_date(text) is not None
            and all(
                is_date(part) or is_date_tail(part) or part.isdigit() or len(part) <= 12
                for part in rest
            )
        )
    return False


def author_of(text: str) -> str | None:
    """Return the name in a byline, without dates, roles and counts; None where there is none."""
    match = _BYLINE.fullmatch(text)
    named = (match["by"] or match["label"]) if match else text
    found = find_date(named)
    if found:
        named = named[: found[1]]
    named = re.split(
        r"\s*[|•·;(/]|\s[-–—]\s|,\s|\s+(?:for|in|at|on|published|updated|posted|am|le|um)\s+",
        named.strip(),
    )[0].strip(" ,.:-–—|")
    people = [part for part in re.split(r"\s+(?:and|und|et|y|e|&)\s+", named) if part]
    if people and len(named) <= 80 and all(_PERSON.fullmatch(part) for part in people):
        return named
    return None


def is_credit(text: str) -> bool:
    """Whether the line names the maker of a picture: `Photo: A/B`, `A | Agency`, `(AP Photo/A)`."""
    if _CREDIT.fullmatch(text) or _AGENCY_LINE.fullmatch(text):
        return len(text.split()) <= 16
    match = _SPLIT_CREDIT.fullmatch(text)
    if not match or text[-1] in ".?!:" or find_date(text):
        return False
    parts = [part.strip() for part in re.split(r"[|/]", text)]
    return all(_PERSON.fullmatch(part) and len(part.split()) <= 4 for part in parts) and any(
        len(part.split()) >= 2 for part in parts
    )


def addresses_reader(text: str) -> bool:
    """Whether a short text speaks to its reader from the publisher, as notices and advertisements do."""
    if '"' in text or "“" in text or "„" in text or " said" in text:
        return False
    return len(_READER.findall(text)) >= max(3, 0.04 * text.count(" "))


def address_of(text: str) -> str | None:
    """Return the address that a line of its own gives (`Source: https://...`), or None."""
    match = _ADDRESS.fullmatch(text.strip())
    if not match:
        return None
    return (match["url"] or f"https://{match['bare']}").rstrip(".,;")
