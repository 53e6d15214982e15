"""What the lines around articles say, on the whole web and in a few languages: the patterns that `signs` asks.

The lists are short on purpose: they name what a line is only where its words alone settle it; all else is
left to its place, its neighbours and its repetition.
"""

import re

_I = re.IGNORECASE

# Words that close a teaser or an article, and send the reader on.
END = re.compile(
    r"(?:continue|keep|read|view|see|show)\s+(?:reading|on|more|all|less|(?:the\s+)?(?:full|whole"
    r"|complete|rest"
    r"|original|entire)\b.{0,40})(?:\s+(?:here|below|online|on\s+.{1,40}|at\s+.{1,40}"
    r"|of\s+.{1,40}|in\s+.{1,40}))?"
    r"|(?:full|more|the\s+rest)(?:\s+(?:story|article|details|info|here|online|coverage))?"
    r"|(?:ganzen\s+)?(?:artikel|beitrag|text)?\s*(?:weiterlesen|weiter\s+lesen|mehr\s+lesen"
    r"|mehr\s+erfahren|mehr)"
    r"|zum\s+(?:ganzen\s+)?(?:artikel|beitrag)"
    r"|lire\s+(?:la\s+suite|plus|l[’']article.{0,20}|davantage)|en\s+savoir\s+plus"
    r"|(?:leer|ver|saber)\s+m[áa]s|seguir\s+leyendo|leggi\s+(?:tutto|di\s+pi[ùu]|ancora)"
    r"|leia\s+mais|lees\s+(?:meer|verder)",
    _I,
)

# Headings of lists of other articles.
RELATED = re.compile(
    r"(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested.{0,20}|have\s+missed)"
    r"|related(?:\s+\w+){0,2}"
    r"|(?:read|see)\s+more\s+(?:\w+\s+){1,3}(?:news|stories)|(?:we\s+)?recommend(?:ed|s|ations?)?(?:\s+(?:for\s+you|reading|stories|articles|reads))?"
    r"|(?:more|other|further|latest|top|recent|popular|trending|similar|featured|breaking"
    r"|previous|earlier)\s+"
    r"(?:(?:on|from|in|like)\s+\S.{0,40}|(?:\w+\s+){0,2}(?:stories|articles|news|posts|reading"
    r"|reads|headlines|coverage"
    r"|videos|content|now|this\s+week|today))"
    r"|trending|most\s+(?:read|popular|viewed|shared|commented|watched|emailed"
    r"|recent)(?:\s+.{1,25})?|(?:what\s+to\s+)?read\s+(?:next|also|this\s+next|on)"
    r"|up\s+next|see\s+also|also\s+(?:read|on\s+.{1,30}|in\s+.{1,30})"
    r"|don[’']?t\s+miss(?:\s+.{1,50})?|editors?[’']?s?[’']?\s+(?:picks?|choice)"
    r"|in\s+case\s+you\s+missed\s+it|in\s+(?:this\s+issue|today[’']s\s+issue|other\s+news"
    r"|pictures|depth)|elsewhere(?:\s+.{1,30})?"
    r"|keep\s+reading|around\s+the\s+web|from\s+(?:the|our|around)\s+(?:web|archives?|partners?"
    r"|network)|popular|topics?|tags?|categories|archives?"
    r"|(?:lesen|sehen)\s+sie\s+auch|(?:das\s+könnte\s+(?:sie|dich)"
    r"|auch)\s+(?:auch\s+)?interess\w+|mehr\s+(?:zum\s+thema|aus\s+.{1,30}|von\s+.{1,30})"
    r"|zum\s+thema"
    r"|meistgelesen\w*|verwandte\s+\w+|ähnliche\s+\w+|empfehlung\w*|à\s+lire\s+(?:aussi"
    r"|également)|lire\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)"
    r"|les\s+plus\s+lus|articles?\s+(?:liés|similaires|relacionados)|dans\s+la\s+même\s+rubrique"
    r"|(?:noticias|artículos)\s+relacionad\w+|te\s+puede\s+interesar"
    r"|lo\s+más\s+(?:leído|visto)|potrebbe\s+interessarti|leggi\s+anche|lees\s+ook)",
    _I,
)

# Chrome of one or two words; a line holding nothing else is no text.
NAVIGATION = re.compile(
    r"(?:skip|jump)\s+to\s+.{1,40}|(?:main\s+)?menu|home(?:page)?|search(?:\s+(?:this\s+)?(?:site"
    r"|for|.{1,20}\.{3}))?|navigation|sections?|sitemap"
    r"|(?:open|close|toggle|show|hide|expand|collapse)(?:\s+(?:the\s+)?(?:menu|navigation|search"
    r"|sidebar|caption|comments?|ad|all))?"
    r"|(?:sign|log)\s*(?:in|on|up|out)(?:\s+.{1,30})?|login|logout|register"
    r"|subscribe(?:\s+.{1,20})?|my\s+account|account|profile|settings|support\s+us"
    r"|donate(?:\s+now)?"
    r"|share(?:\s+(?:this|on|via|with|it)(?:\s+.{1,40})?|\s+(?:article|story|post"
    r"|full\s+article))?|tweet(?:\s+this)?|retweet|pin(?:\s+it)?|like|email(?:\s+this.{0,20})?"
    r"|e-?mail|print(?:\s+.{1,20})?"
    r"|copy(?:\s+(?:the\s+)?link.{0,20})?|link\s+copied.{0,20}|save(?:\s+(?:for\s+later|article"
    r"|this|story))?|saved|bookmark|follow(?:\s+(?:us.{0,60}|\S+|this\s+.{1,20}))?|following"
    r"|connect\s+with\s+us|join\s+us.{0,40}|contact(?:\s+us)?"
    r"|about(?:\s+(?:us|this\s+site))?|advertise(?:\s+with\s+us)?|careers?|jobs|help|faq"
    r"|privacy(?:\s+policy)?|terms(?:\s+.{1,30})?|cookies?(?:\s+(?:policy|settings|preferences))?"
    r"|imprint|impressum|datenschutz\w*|agb|kontakt|suche|startseite|anmelden|teilen|drucken"
    r"|merken|newsletter|abo(?:nnieren)?|zurück|nach\s+oben"
    r"|accueil|rechercher|partager|imprimer|connexion|s[’']abonner|se\s+connecter"
    r"|mentions\s+légales|haut\s+de\s+page|inicio|buscar|compartir|suscr[íi]bete|iniciar\s+sesión"
    r"|contacto"
    r"|(?:back|return|go|scroll)\s+to\s+.{1,30}|(?:to\s+)?(?:the\s+)?top|next(?:\s+(?:page"
    r"|article|story|post|»|›))?|prev(?:ious)?(?:\s+(?:page|article|story|post))?"
    r"|older(?:\s+posts)?|newer(?:\s+posts)?|first|last|page\s+\d+(?:\s*(?:of|/|von|sur"
    r"|de)\s*\d+)?|seite\s+\d+(?:\s+von\s+\d+)?|\d+\s*/\s*\d+"
    r"|load\s+more.{0,20}|show\s+more.{0,20}|view\s+(?:in|this|the)\s+.{1,50}|(?:forward"
    r"|view)\s+.{0,30}(?:browser|online|friend)|unsubscribe.{0,60}|manage\s+.{1,40}|preferences"
    r"|listen(?:\s+.{1,30})?|watch(?:\s+(?:now|live|the\s+video))?|play(?:\s+video)?|video|audio"
    r"|gallery|photos?|live"
    r"|published(?:\s+(?:on|by))?|posted(?:\s+(?:on|in|by))?|updated|on|by|in|and|or|via|from"
    r"|tags?:?.{0,80}|filed\s+(?:under|to|in):?.{0,80}|topics?:.{0,80}|category:.{0,60}|facebook"
    r"|twitter|linkedin|whatsapp|instagram|youtube|reddit|telegram|pinterest|rss|x"
    r"|google(?:\s+news)?|flipboard|threads|bluesky|mastodon|tiktok|messenger|xing|pocket"
    r"|accept(?:\s+(?:all|cookies|and\s+\w+))*|reject(?:\s+all)?|(?:i\s+)?agree|got\s+it!?"
    r"|no,?\s+thanks|ok(?:ay)?|allow(?:\s+all)?|decline|learn\s+more|find\s+out\s+more"
    r"|more\s+(?:info|information|options)|yes|dismiss|cancel|submit|send|go",
    _I,
)

ADVERT = re.compile(
    r"(?:\W*(?:advertisements?|advertising|advertiser\s+content|ad|ads|anzeige|werbung|publicité"
    r"|publicidad|pubblicità|sponsored(?:\s+(?:content|links?|by\s+.{1,40}))?"
    r"|.{0,60}\b(?:brought\s+to\s+you|presented|sponsored|supported|powered)\s+by\s+\S.{0,60}"
    r"|(?:a\s+)?(?:message|word)\s+from\s+our\s+(?:sponsors?|partners?).{0,40}"
    r"|paid\s+(?:content|post|partnership)|promoted(?:\s+.{1,20})?|partner\s+content"
    r"|story\s+continues\s+below.{0,30}|article\s+continues\s+(?:after|below).{0,40}"
    r"|(?:scroll|continue\s+reading|swipe)\s+(?:down\s+)?(?:to|for|below)\s+.{1,40}|remove\s+ads"
    r"|report\s+(?:this\s+)?ad)\W*)+",
    _I,
)

COMMENT = re.compile(
    r"(?:\d[\d,.]*\s+|no\s+|all\s+|view\s+|show\s+|reader\s+|see\s+"
    r"|join\s+the\s+)?(?:user\s+)?(?:comments?|replies|responses?|kommentare?|commentaires?"
    r"|comentarios?|commenti|reacties|conversation|discussion)"
    r"(?:\s*\(\s*\d+\s*\)|\s*:?\s*\d+|\s+(?:are\s+)?closed)?:?(?:\s+(?:on|to|so\s+far|below"
    r"|section)(?:\s+.{1,80})?)?"
    r"|(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply|response).{0,40}|(?:click"
    r"|log\s*in|sign\s*in|register)\b.{0,30}\b(?:to|and)\s+(?:post\s+a\s+)?(?:comment|reply).{0,20}"
    r"|reply|report(?:\s+(?:abuse|comment))?|upvote|downvote|vote|flag|quote|permalink|antworten"
    r"|répondre|responder|what\s+do\s+you\s+think.{0,60}|have\s+your\s+say.{0,40}"
    r"|join\s+the\s+(?:conversation|discussion|debate).{0,40}",
    _I,
)

WIDGET = re.compile(
    r"(?:approx(?:imately|\.)?\s+|estimated\s+|about\s+)?(?:reading|read)\s+time\W.{0,25}"
    r"|(?:a\s+)?\d+\s*[-–]?\s*(?:min(?:ute)?s?"
    r"|sec(?:ond)?s?)\.?\s*(?:[-–]?\s*(?:of\s+)?(?:read(?:ing)?|listen|watch|video|lesezeit"
    r"|de\s+lecture|de\s+lectura))?(?:\s+time)?"
    r"|lesezeit\W.{0,25}|temps\s+de\s+lecture\W.{0,25}|\d[\d,.]*\s*[km]?\s*(?:shares?|views?"
    r"|likes?|comments?|followers|retweets|reads?|votes?|points?|claps|reactions?|aufrufe|vues"
    r"|partages)\b.{0,30}"
    r"|(?:shares?|views?|likes?|retweets?|votes?|points?)\s*[:=]?\s*\d[\d,.]*\s*[km]?"
    r"|(?:live\s+)?price\s+(?:chart|alert).{0,20}|loading\W*|\[?\s*(?:video|embed(?:ded)?|tweet"
    r"|poll|quiz|map|chart|widget|player|image|photo)(?:\s+\w+)?\s*\]",
    _I,
)

FIGURES = re.compile(r"[-+−–$€£¥₹%.,:/\d\s()▲▼↑↓|]+(?:[A-Z]{3}|[kKmMbB]n?)?\s*%?")

SEPARATOR = re.compile(
    r"\W*(?:-\s*30\s*-|[oO0](?:\s?[oO0]){2,}|[xX](?:\s?[xX]){2,}|[~=_#*+.·•—–-]+\s*(?:ends?|mehr"
    r"|more|fin|ende)\s*[~=_#*+.·•—–-]+|ENDS?|E\s?N\s?D|FIN|ENDE"
    r"|end\s+of\s+(?:article|story|text|post|message|item|report|transmission))\W*",
)

BYLINE = re.compile(
    r"(?:(?:reported|written|posted|published|words|story|text|report|reporting|analysis|opinion"
    r"|interview|review|by\s+staff|edited)\s+)?(?:by|von|par|por|di|door"
    r"|av)\s*:?\s+(?P<by>[^\W\d_].{1,120})"
    r"|(?:author|authors|writer|reporter|byline|autor(?:in)?|auteur|words|text|from|posted\s+by"
    r"|correspondent)\s*:\s*(?P<label>[^\W\d_].{1,100})",
    _I,
)

PERSON = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*|[A-Z]\.|(?:de|van|von|der|den|la|le|bin|al|di|da|del|el|dos"
    r"|ter)\b)"
    r"(?:\s+(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*|[A-Z]\.|(?:de|van|von|der|den|la|le|bin|al|di|da|del|el"
    r"|dos|ter)\b)){0,4}"
)

ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|journalist|columnist|analyst|agenc(?:y|ies)"
    r"|news|desk|redaktion\w*|correspondant\w*|contributor|author|producer|bureau)\b",
    _I,
)

CREDIT = re.compile(
    r"[(\[]?(?:(?:photo(?:graph|s|graphs)?|image|images|picture|pictures|credit|credits|foto"
    r"|fotos|bild|bilder|crédit|photographer|illustration|graphic|video|source\s+photo)"
    r"\s*(?:credit|source|quelle|by|copyright)?s?\s*(?::|\bby\b|©)\s*\S.{0,100})|\(?(?:©"
    r"|\(c\))\s*(?!\d{4})\S.{0,60}|.{1,60}\bvia\s+(?:getty|reuters|ap|afp|shutterstock|unsplash"
    r"|flickr|wikimedia)\b.{0,30}"
    r"|(?:photo|image|picture|foto|bild)\s+courtesy\b.{1,60}|courtesy\s+(?:of\s+)?.{1,60}"
    r"|handout.{0,40}",
    _I,
)

AGENCY = (
    r"(?:getty(?:\s+images)?|reuters|afp|ap|a\.p\.|epa|pa(?:\s+(?:media|wire|images))?|dpa"
    r"|upi|ansa|efe|xinhua|bloomberg|shutterstock|alamy|istock|unsplash|imago|keystone|tass"
    r"|anp|press\s+association|associated\s+press|rex|picture[\s-]alliance"
    r"|wikimedia(?:\s+commons)?)"
)
AGENCY_LINE = re.compile(
    rf".{{0,60}}[|/,–—-]\s*{AGENCY}(?:\s*(?:[|/,–—-].{{1,40}}|images|photos?|file|pool))?"
    rf"|\(?{AGENCY}(?:\s+(?:photo|file).{{0,30}})?(?:\s*[|/].{{1,50}})?\)?",
    _I,
)

SPLIT_CREDIT = re.compile(r"[^|/]{2,50}\s*[|/]\s*[^|/]{2,50}(?:\s*[|/]\s*[^|/]{2,50})?")

# A credit at the end of the caption that it belongs to; the words by which such a line is known.
CREDIT_WORDS = (
    "hoto",
    "HOTO",
    "icture",
    "mage",
    "redit",
    "REDIT",
    "Foto",
    "Bild",
    "©",
    "(c)",
    "handout",
    "Handout",
    "(File)",
    "(file)",
)
CREDIT_END = re.compile(
    r"(?:\b(?:photo(?:graph|s|graphs)?|image|picture|credit|foto|bild|crédits?|illustration)"
    r"(?:\s+(?:credit|by|courtesy))?\s*:\s*(?-i:[A-ZÀ-Þ©]\S*(?:\s(?:[A-ZÀ-Þ&/|]\S*|of|for|via|de|von|the)){0,6})"
    r"|(?:©|\(c\))\s*(?!(?:19|20)\d\d)(?-i:[\w«„\"]\S*(?:\s[A-ZÀ-Þ&/|]\S*){0,4})"
    r"|\((?:\w+\s+)?(?:handout|file)(?:\s+(?:photo|picture|image))?\)|\([^()]{0,40}\bvia\s+\w+\)"
    r"|\((?:photo|picture|image|foto|bild)\s*(?:by|:)\s*[^()]{2,50}\))\W{0,2}$",
    _I,
)

CAPTION = re.compile(
    r"(?:file\s+(?:photo|picture|image|pic)|(?:photo|picture|image|fig(?:ure)?|foto|bild|legend"
    r"|légende|above|below|pictured|archivbild|symbolbild|main\s+image|library\s+(?:photo"
    r"|picture))(?:\s+(?:caption|above|below|\d+))?)\s*[:,.–—|]\s*\S.*"
    r"|(?:image|photo|picture|media)\s+caption\b.*|.{10,300}\((?:file\s+(?:photo|picture|image)"
    r"|pictured|archiv\w*|photo|picture|image|pictured\s+.{1,30}|above|left|right|file)\)\.?"
    r"|.{10,250},\s+pictured\b.{0,80}",
    _I,
)

ADDRESS = re.compile(
    r"(?:(?P<label>[\w ]{2,30}?)\s*:\s*)?<?(?P<url>https?://[^\s<>\"]{4,2000})>?|(?:url|link"
    r"|source|web|address)\s*:\s*(?P<bare>(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?)",
    _I,
)

TEASER = re.compile(
    r"(?:\W{0,3})(?:read\s+(?:more|also|next|on|this)|also\s+read|more|more\s+on\s+this"
    r"|don[’']?t\s+miss|watch(?:\s+(?:more|now|live|video|also))?|see\s+(?:also|more)"
    r"|related(?:\s+\w+)?|recommended|must\s+read|listen(?:\s+(?:now|to))?|video|podcast|gallery"
    r"|in\s+pictures|explainer|explained|exclusive\s+video|live\s+updates|up\s+next|coming\s+up"
    r"|elsewhere|editor[’']s\s+pick"
    r"|lesen\s+sie\s+auch|mehr\s+zum\s+thema|lire\s+aussi|à\s+lire(?:\s+aussi)?|lea\s+también"
    r"|leer\s+también|leggi\s+anche|lees\s+ook|siehe\s+auch|auch\s+interessant)\s*(?::|»|>|–|—|\|"
    r"|→|-\s)\s*(?P<rest>\S.*)",
    _I,
)

NOTE = re.compile(
    r"\W{0,3}(?:corrections?|clarifications?|editor(?:[’']?s)?[’']?s?\s+note|update"
    r"|note\s+to\s+(?:readers|editors)|disclosure|full\s+disclosure|korrektur|rectificatif"
    r"|anmerkung\s+der\s+redaktion)(?:\s*\(.{1,40}\)|,\s*.{1,30})?\s*[:–—]\s*\S.*"
    r"|.{0,300}\b(?:contributed\s+(?:\w+\s+)?(?:to\s+(?:this|the)\s+(?:report|story|article|post"
    r"|piece)|reporting)|additional\s+reporting|reporting\s+by|editing\s+by|edited\s+by"
    r"|writing\s+by|compiled\s+by|translated\s+by|with\s+(?:files|reporting|material"
    r"|agency\s+inputs?|inputs?)\s+from)\b.{0,200}"
    r"|.{0,120}\b(?:this|the|an\s+earlier|a\s+previous)\s+(?:\w+\s+)?(?:article|story|post|report"
    r"|version|piece|page)\b.{0,40}\b(?:was|has\s+been|is|were)\s+(?:(?:first|originally|last"
    r"|recently|also|automatically|later)\s+)?(?:updated|corrected|amended|published|generated"
    r"|edited|produced|written|republished|syndicated|translated|developing|excerpted|adapted"
    r"|removed|clarified|misstated|reviewed)\b.{0,300}"
    r"|.{0,120}\b(?:this|the)\s+(?:\w+\s+)?(?:article|story|post|report|piece|text)\s+(?:(?:first"
    r"|originally)\s+)?(?:ran|appeared)\s+(?:on|in|at)\b.{0,200}"
    r"|.{0,200}\b(?:re(?:produced|printed|published|posted)|used|syndicated)\s+(?:here\s+)?(?:with|by)"
    r"\s+(?:the\s+)?(?:kind\s+)?permission\b.{0,200}"
    r"|this\s+is\s+a\s+(?:developing|breaking)\s+(?:news\s+)?story.{0,100}|(?:more\s+to\s+follow"
    r"|more\s+follows)\W*",
    _I,
)

NOTICE = re.compile(
    r"\W{0,4}(?:disclaimer|(?:\w+\s+)?notice(?=\s*:)|legal\s+notice|haftungsausschluss|copyright|©|\(c\)"
    r"|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits)\b.*|©.*"
    r"|.*\b(?:all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+réservés"
    r"|todos\s+los\s+derechos)\b.*"
    r"|.{0,200}\b(?:views|opinions|statements)\b.{0,40}\bexpressed\b.{0,200}"
    r"|.{0,200}\bdo(?:es)?\s+not\s+(?:necessarily\s+)?(?:reflect|represent|constitute)\b.{0,250}"
    r"|.{0,200}\bis\s+not\s+(?:intended\s+as\s+)?(?:financial|investment|legal)\s+advice\b.{0,200}"
    r"|.{0,60}\b(?:we|this\s+(?:web)?site|our\s+partners|our\s+(?:web)?site)\b.{0,40}\b(?:use"
    r"|uses|value|store|may\s+(?:earn|use|receive))\b.{0,60}\b(?:cookies|privacy|commission|data"
    r"|compensation|device|personal)\b.{0,300}|.{0,200}\b(?:may\s+earn"
    r"|earns?)\b.{0,30}\bcommission\b.{0,100}"
    r"|(?:sign|signed)\s+up\s+(?:for|to|now|here|today)\b.{0,150}|subscribe\s+(?:now|today|to|for"
    r"|here)\b.{0,150}|(?:get|receive|stay|keep|be\s+the\s+first|never\s+miss|want\s+more"
    r"|enjoy(?:ed|ing)|like\s+what|love|support|join)\b.{0,120}\b(?:inbox|newsletters?"
    r"|up\s+to\s+date|alerts?|notifications?|subscri\w+|membership|app|mailing\s+list|email"
    r"|journalism)\b.{0,120}"
    r"|.{0,120}\b(?:our|the|a|free|daily|weekly|morning)\s+(?:\w+\s+){0,2}newsletters?\b.{0,120}"
    r"|(?:download|get|install)\s+(?:our|the)\s+(?:\w+\s+)?app\b.{0,80}|follow\s+(?:us|me|@\w+"
    r"|\w+(?:\s+\w+)?\s+on)\b.{0,150}|.{0,60}\bshare\s+(?:it|this)\s+(?:with|on|via)\b.{0,80}"
    r"|like\s+us\b.{0,60}"
    r"|(?:click|tap|press)\s+(?:here|on|below|the)\b.{0,120}|you(?:[’']re|\s+are)\s+(?:receiving"
    r"|reading|getting)\s+this\b.{0,200}|if\s+you\s+(?:have|enjoyed|liked|like|know|believe|would"
    r"|want|no\s+longer|wish|are\s+(?:having|seeing|reading))\b.{0,200}\b(?:tip|story|share"
    r"|friend|contact|email|newsletter|unsubscribe|subscri\w+|receive|click|link|browser)\b.{0,120}"
    r"|(?:please\s+)?(?:enable|turn\s+on|disable|turn\s+off)\s+(?:javascript|your\s+ad"
    r"|ad)\b.{0,100}|.{0,100}\bunsubscribe\b.{0,100}|(?:thanks?\s+(?:you\s+)?for\s+(?:reading"
    r"|subscribing|signing))\b.{0,100}|comments\s+(?:are|have\s+been)\b.{0,80}|(?:questions?"
    r"|comments?|tips?|feedback|got\s+a\s+(?:tip|story))\W.{0,60}\b(?:contact|email|write|send"
    r"|tell|us)\b.{0,100}"
    r"|(?:jetzt\s+)?(?:abonnieren|newsletter)\b.{0,100}|(?:inscrivez|abonnez)-vous\b.{0,100}"
    r"|(?:wir\s+verwenden|nous\s+utilisons|utilizamos)\b.{0,40}\bcookies\b.{0,200}"
    r"|melden\s+sie\s+sich\b.{0,100}|suivez[- ]nous\b.{0,80}|folgen\s+sie\s+uns\b.{0,80}"
    r"|suscríbete\b.{0,100}",
    _I,
)

# Words of liability; a short text of the publisher's that has many of them is a legal notice.
_LEGAL_WORDS = """
accurate accuracy advice advised agree applicable buy changes complete completeness consent content
contributors copyright correct delayed disclaimer endorse endorsed errors guarantee guaranteed hold
information infringe infringes instruments intended invest investing investment investments
investors legal liable liability losses loss material notice objective obligation opinion opinions owners
past performance permission positions property provided purposes recommend recommendation
reliance rely republished responsibility responsible rights risk risks sell solely terms
trademarks views warranty warranties without haftung gewähr angaben rechte verantwortung verbindlich
responsabilité garantie droits informations responsabilidad garantía derechos información
"""
LEGAL_WORDS = frozenset(_LEGAL_WORDS.split())
SELF = re.compile(
    r"\b(?:(?:this|these|our|the)\s+(?:\w+\s+)?(?:web\s?site|site|pages?|platform|portal|publication"
    r"|publisher|app|newsletter|material|content)|we|our|us|your?|diese[rsn]?\s+(?:seite|website)|ce\s+site"
    r"|este\s+sitio)\b",
    _I,
)

LONG_NOTICE = re.compile(
    r"\W{0,4}(?:disclaimer|notice|important\s+notice|legal\s+(?:notice|disclaimer)|haftungsausschluss|avertissement"
    r"|aviso\s+legal|copyright|privacy\s+notice|terms\s+of\s+use)\s*[:.–—]",
    _I,
)

WRAPPER = re.compile(
    r"(?:the\s+(?:post|article|story|piece)\s+)?(?P<title>\S.{3,300}?)\s+(?:(?:first\s+"
    r"|originally\s+)?appeared(?:\s+first)?|was\s+(?:first\s+|originally\s+)?(?:published"
    r"|posted)(?:\s+first)?)\s+(?:on|at|in)\s+(?P<site>\S{2,60}?(?:\s[A-Z]\S{0,30}){0,4}?)\.(?=\s"
    r"|$)\s*",
    _I,
)

CLOCK = re.compile(
    r"(?:\W{0,3}(?:updated|posted|published|last\s+(?:updated|modified)|um|at|time|stand"
    r"|aktualisiert|veröffentlicht|publié|mis\s+à\s+jour)?\W{0,3})?(?:(?:at|à|um)\s+)?(?:[01]?\d"
    r"|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?|uhr)?\W{0,3}"
    r"|(?:an?|\d+|one|two|three|vor\s+\d+|il\s+y\s+a\s+\d+|hace\s+\d+)\s*(?:s|sec|m|min|h|hr|d|w"
    r"|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|minuten|stunden|tagen"
    r"|minutes|heures|jours|minutos|horas|días)\.?(?:\s+ago)?|just\s+now|yesterday|today"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?(?:\s+(?:[A-Z][a-z]+\s+\d{1,2}"
    r"|\d{1,2}\s+[A-Z][a-z]+))?",
    _I,
)

# The dates of a life stand in the text of an obituary, not above it as its own.
LIFE = re.compile(
    r"\b(?:born|died|aged|geboren|gestorben|née?|morte?|décédée?|nacid[oa]|murió|fallecid[oa])\b",
    _I,
)

DATE_LABEL = re.compile(
    r"[\s\W]*(?:(?:published|posted|updated|last\s+(?:updated|modified)|first\s+published|date|on"
    r"|created|release\s+date|issued|veröffentlicht(?:\s+am)?|aktualisiert(?:\s+am)?|stand|datum"
    r"|publié(?:\s+le)?|mis\s+à\s+jour(?:\s+le)?|le|publicado|actualizado|fecha|el|am|vom"
    r"|pubblicato|gepubliceerd|sent|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|gmt|utc|est|edt|at|[ap]m"
    r"|uhr)\b[\s\W]*)*",
    _I,
)

_NOTICE_WORDS = """
notice disclaimer copyright rights rechte droits derechos views opinions statements reflect represent
constitute advice cookies commission newsletter newsletters subscribe inbox subscribing
subscription subscriber subscribers abonnieren unsubscribe app membership alerts notifications
follow share click tap press javascript haftungsausschluss inscrivez-vous abonnez-vous suivez-
nous suscríbete folgen melden comments feedback tips reading cookies. sign email contact friend
browser like
"""
NOTICE_WORDS = frozenset(_NOTICE_WORDS.split())

_NOTE_WORDS = """
correction corrections clarification clarifications note update contributed contribution
reporting editing edited writing compiled translated updated corrected amended published
generated developing breaking disclosure follow follows article story version report piece
republished reproduced reprinted permission syndicated korrektur anmerkung rectificatif editor's editor’s
"""
NOTE_WORDS = frozenset(_NOTE_WORDS.split())

_BUTTONS = """
reply replies like likes comment comments flag upvote downvote permalink quote hide edit delete
antworten répondre responder gefällt melden report share save award parent context give
"""
BUTTONS = frozenset(_BUTTONS.split())

WORDS = re.compile(r"\w+")

BREAK = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(©]?[^\W_a-zß-öø-ÿ])")

REPLY = re.compile(
    r"\b(?:repl(?:y|ies)|comments?|upvote|downvote|permalink|antworten|répondre|responder)\b", _I
)

AGO = re.compile(
    r"\b(?:an?|\d+)\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
    r"|[smhd])\s+ago\b|\bvor\s+\d+\s+(?:Minuten|Stunden|Tagen)\b|\bil\s+y\s+a\s+\d+\s+(?:minutes?"
    r"|heures?|jours?)\b",
    _I,
)

READER = re.compile(
    r"\b(?:you|your|yours|our|ours|we|us|sie|ihr|ihre|ihnen|wir|uns|unsere?|vous|votre|vos|nous"
    r"|nos|notre|usted|su|nuestr[oa]s?)\b",
    _I,
)

NOTICE_TRIGGERS = frozenset(
    before + word + after
    for word in NOTICE_WORDS
    for before in ("", "“", '"', "(")
    for after in ("", ".", ",", ":", "!", "?", ")", ";")
)

NOTE_TRIGGERS = frozenset(
    before + word + after
    for word in NOTE_WORDS
    for before in ("", "(", "*")
    for after in ("", ".", ",", ":", "!", ")", ";")
)
