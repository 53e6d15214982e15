"""Words that point back at what was said before, by language; `openings` looks for them."""

SINGLE = {
    "en": """he she it they him her them his hers its their theirs himself herself itself themselves this that
        these those such both neither either another other others but and or nor so yet then however therefore
        thus hence moreover furthermore besides also too instead meanwhile meantime nevertheless nonetheless
        otherwise similarly likewise indeed accordingly consequently additionally still afterwards afterward
        elsewhere again conversely finally lastly secondly thirdly plus later there which specifically
        subsequently alternatively thereafter""",
    "de": """er sie es ihm ihn ihr ihre ihrer sein seine seiner dieser diese dieses diesem diesen jener jene
        jenes dies das aber doch jedoch und oder denn sondern dann danach daher deshalb deswegen darum dennoch
        trotzdem allerdings außerdem zudem ferner dazu dagegen hingegen stattdessen somit also folglich dabei
        damit dadurch dafür davon daran darauf hierzu hier dort ebenso auch zugleich indes unterdessen
        inzwischen schließlich beide beiden derweil daraufhin""",
    "fr": """il elle ils elles lui leur leurs celui celle ceux celles ceci cela ça ce cet cette ces son sa ses
        mais et ou donc or ni car pourtant cependant toutefois ensuite puis alors ainsi aussi enfin néanmoins
        désormais""",
    "es": """él ella ellos ellas ello este esta esto estos estas ese esa eso esos esas aquel aquella su sus
        pero y e o u sino aunque entonces luego además también tampoco así después finalmente ambos ambas""",
    "it": """egli lui lei loro esso essa essi esse questo questa questi queste quello quella ciò suo sua suoi
        sue ma e o però tuttavia inoltre quindi dunque poi così anche infine invece entrambi entrambe""",
    "pt": """ele ela eles elas este esta isto estes estas esse essa isso aquele aquela seu sua seus suas mas e
        ou porém contudo todavia entretanto então depois além também assim portanto finalmente ambos ambas""",
    "nl": """hij zij ze hem haar hun zijn deze dit die dat maar en of want dus echter toch daarna daarom
        bovendien ook vervolgens toen daardoor daarbij hierdoor intussen ondertussen beide beiden""",
    "sv": """han hon det dem hans hennes deras denna detta dessa men och eller så dock därför dessutom också
        sedan då däremot samtidigt""",
    "da": """han hun det dem hans hendes deres denne dette disse men og eller så dog derfor desuden også siden
        derefter derimod samtidig""",
    "no": """han hun det dem hans hennes deres denne dette disse men og eller så likevel derfor dessuten også
        siden deretter derimot samtidig""",
    "pl": """on ona ono oni one jego jej ich ten ta to te ci ale i a lub więc jednak zatem potem również także
        ponadto dlatego natomiast tymczasem""",
    "ru": """он она оно они его её ее их этот эта это эти тот та те но и а или однако поэтому затем потом также
        кроме тем между впрочем""",
}
"""Pronouns without a noun, and dangling connectives."""

_THEM = r"(?:he|she|it|they|this|that|these|those|his|her|its|their)\b"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve several few many some"
_AMOUNT = f"(?: (?:than|a|an|of|half|dozen|couple|more|full|{_NUMBERS.replace(' ', '|')}|[0-9]+))"
_UNITS = "seconds minutes hours days nights weeks months years decades moments"
_UNIT = f"(?:{'s?|'.join(_UNITS.split()).replace('ss?', 's?')})"
_SINCE = r" (?:later|earlier|afterwards?|(?:before|after|prior|on)(?=,))\b"
"""After a stretch of time: it is counted from something that the sentence does not tell."""
_DAY = "(?:day|night|morning|afternoon|evening|week|weekend|month|year|season)"

_CALENDAR = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    "|october|november|december"
)

_ENGLISH = (
    (
        "in",
        r" (?:addition|contrast|turn|other words|fact|short|sum|response|return|the meantime)\b",
    ),
    ("in", rf" (?:summary|conclusion|that same) ?(?:,|{_DAY}\b)"),
    ("in", rf" (?:th(?:at|is) case|particular|the (?:ensuing|intervening) |those {_DAY}s)\b"),
    ("in", rf" the {_UNIT} (?:before|after|since|that followed)(?=,)"),
    ("as", r" (?:a result|a consequence|such|well|an (?:example|illustration)(?=,))\b"),
    ("no yes", r", (?!(?:says?|said)\b)"),
    ("for", r" (?:example|instance|that|this|his|her|its|their)\b"),
    ("on", r" (?:the (?:other hand|contrary|one hand)\b|that |this )"),
    ("on", rf" the (?:same|next|following|previous) {_DAY}\b"),
    ("at", r" (?:the same time\b|that |this )"),
    ("by", r" (?:contrast|comparison|then|this|that)\b"),
    ("after", r" (?:that|this|all|which)\b"),
    ("before during with", r" (?:that|this)\b"),
    ("even", r" (?:so|then)\b"),
    ("to", r" (?:that|this) end\b"),
    ("until since only", r" then\b"),
    ("what", r"(?:[’']s| is) more\b"),
    ("of", r" course\b"),
    ("all", r" (?:of )?(?:this|that|these|those)\b"),
    ("one some many most all none each", r" of (?:them|those|these)\b"),
    ("one", r" (?:that|who|which|is|was|has|had)\b"),
    ("the", r" (?:first|second|third|last|rest|[a-z]{3,12}est) of (?:them|those|these)\b"),
    (
        "in on at for by during since last with from after before until",
        rf"(?: (?:{_CALENDAR}|(?-i:[^\sA-Z,;“\"]+))){{1,8}}, (?:he|she|it|they)\b",
    ),
    ("because", r" of (?:this|that|it)\b"),
    (
        "according",
        r" to the (?:same )?(?:report|study|document|statement|survey|poll|indictment|complaint|lawsuit|suit"
        r"|filing|article|newspaper|company|agency|ministry|spokesman|spokeswoman|official|prosecutor|letter"
        r"|agreement|plan|source|author|researcher|scientist)s?(?=,)",
    ),
    ("asked", r" (?:why|how|when|where)(?=,)"),
    ("like", r" (?:this|that|him|her|them)\b"),
    ("if when while although though because since as once unless until whether", f" {_THEM}"),
    ("where had were", f" {_THEM}"),
    ("today now then here", f", {_THEM}"),
    (
        "the",
        rf" (?:latter|former|two|three|pair|others?|(?:next|following|previous|same) {_DAY})\b",
    ),
    ("the", rf" {_DAY} (?:before|after)(?=,)"),
    ("earlier", rf" (?:that|the same|in the) {_DAY}\b"),
    ("shortly soon", r" (?:before|after|afterwards?|thereafter)(?=,)"),
    (_UNITS, _SINCE),
    (f"a an # {_NUMBERS} more less over", rf"{_AMOUNT}{{0,4}} {_UNIT}{_SINCE}"),
    ("about nearly almost just only barely roughly", rf"{_AMOUNT}{{0,4}} {_UNIT}{_SINCE}"),
)
_GERMAN = (
    ("am", r" (?:selben|gleichen|nächsten|folgenden|vorherigen) (?:tag|abend|morgen|wochenende)\b"),
    ("im", r" (?:gegenzug|gegensatz dazu|anschluss|übrigen|gegenteil)\b"),
    ("zum", r" (?:einen|anderen|beispiel)\b"),
    ("so", r" lange\b"),
    ("laut", r" (?:bericht|studie|mitteilung|anklage|umfrage)(?= )"),
    ("kurz wenig kurze", r" (?:darauf|danach|zuvor|davor|später|zeit (?:später|darauf|zuvor))\b"),
    (
        "ein eine einen zwei drei vier fünf sechs wenige einige mehrere #",
        r" (?:sekunden?|minuten?|stunden?|tage?|nacht|wochen?|monate?|jahre?)"
        r" (?:später|darauf|danach|zuvor|davor)\b",
    ),
)
_FRENCH = (
    ("le", r" (?:lendemain|surlendemain|même jour|jour suivant)\b"),
    ("par", r" (?:exemple|ailleurs|conséquent|contre)\b"),
    ("en", r" (?:revanche|outre|effet|conséquence)\b"),
    ("de", r" (?:plus|même)\b"),
    ("tous toutes", r" (?:deux|trois)\b"),
    ("les", r" deux (?=ont|sont|étaient|avaient|se)"),
    (
        "un une deux trois quatre cinq six quelques plusieurs #",
        r" (?:secondes?|minutes?|heures?|jours?|semaines?|mois|années?|ans?)"
        r" (?:plus tard|plus tôt|auparavant|après(?=,)|avant(?=,))",
    ),
)
_SPANISH = (
    ("al", r" (?:día siguiente|mismo tiempo|contrario)\b"),
    ("por", r" (?:ejemplo|otra parte|su parte|lo tanto|eso)\b"),
    ("sin", r" embargo\b"),
    ("en", r" (?:cambio|consecuencia)\b"),
    (
        "un una dos tres cuatro cinco seis varios varias pocos pocas #",
        r" (?:segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?)"
        r" (?:después|más tarde|antes)(?=,)",
    ),
)
PHRASES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
"""By language: first words (`#` is any number), and what must follow one of them to point back."""

_ROLES = """
    couple pair duo trio group team crew gang band company firm airline agency club organization
    organisation family man woman men women boy boys girl girls child children baby teenager teenagers teen
    victim victims suspect suspects gunman attacker attackers driver pilot passenger passengers defendant
    patient patients author actor actress singer artist
"""
_DEEDS = """
    move decision announcement statement report study survey poll findings results incident attack attacks
    blast explosion crash accident collision shooting killing killings murder trial ruling verdict bill
    measure measures legislation plan plans proposal deal agreement project program programme scheme policy
    lawsuit suit complaint investigation inquiry probe operation search raid visit trip tour event ceremony
    meeting talks match game race fight win victory loss defeat
"""
_THINGS = """
    film movie book novel show series episode song album video footage photo photos picture pictures image
    images letter email e-mail message post tweet note ship boat vessel plane aircraft jet helicopter vehicle
    car truck bus device product app site website storm hurricane fire blaze quake outbreak drug vaccine
"""
_BEHIND = """
    of in on at by for from to with without between against behind near about over under that who whom which
    whose where when and or named called known dubbed titled accused charged convicted suspected responsible
    involved
"""
_VERBS = """
    said says told was were is are has have had will would could can may might must should did does came comes
    began started took made gave went got became remains remained showed shows followed follows announced
    operated runs run also then later now still
"""
_UNIQUE = """
    government president police world public sun moon internet economy country nation state pope weather
    queen king army military court courts media press market markets authorities officials prime opposition
"""
"""Things of which a reader knows one, so that nothing need say which."""
LISTED = {
    "en": r"the (?:[a-z0-9][a-z0-9-]+ )?("
    + "|".join(f"{_ROLES} {_DEEDS} {_THINGS}".split())
    + r")(?![\w-])(?:[’']s?\b)?(?! (?:"
    + "|".join(_BEHIND.split())
    + r")\b)(?!,? [\"“‘']?(?-i:[A-Z]))"
}
"""By language: a thing that is named as if it were known, and nothing behind it that says which."""
MENTIONED = {
    "en": r"the (?:[a-z0-9][\w-]+ )?(?!(?:"
    + "|".join(f"{_UNIQUE} {_VERBS}".split())
    + r")\b)(?-i:([a-z][\w-]+)) (?:"
    + "|".join(_VERBS.split())
    + r")\b"
}
"""By language: a thing that a verb follows at once, so that only what went before can say which."""

PRONOUNS = {
    "en": "he she they him her them his hers their theirs it its this these those",
    "de": """er ihm ihn ihnen ihr ihre ihrem ihren ihrer sie sein seine seinem seinen seiner dessen deren denen
        dies diese diesem diesen dieser dieses""",
    "fr": "il ils elle elles lui eux leur leurs celui celle ceux celles cela ceci ça son sa ses cet cette ces",
    "es": "él ella ellos ellas ello esto eso este esta estos estas ese esa esos esas su sus",
    "it": "lui lei loro egli esso essa essi ciò questo questa questi queste suo sua suoi sue",
    "pt": """ele ela eles elas isto isso este esta estes estas esse essa seu sua seus suas dele dela deles
        delas""",
    "nl": "hij zij ze hem haar hun hen zijn deze dit die",
}
"""Pronouns and pointing words: before the first noun of a sentence, they stand for what went
before."""

PREPOSITIONS = {
    "en": """despite among amongst according unlike beyond behind beside besides along alongside asked speaking
        told given except concerning regarding following including instead toward towards upon within without
        via worth plus minus near one two three four five six seven eight nine ten dozens hundreds several many
        most some few none half part neither either much""",
    "de": """trotz laut nach neben gegen ohne seit unter zwischen wegen während zwei drei vier fünf viele
        einige mehrere keiner einer eine laut dank gemäß""",
    "fr": """selon malgré parmi chez contre entre depuis après avant pendant sans sous vers deux trois quatre
        cinq plusieurs certains quelques aucun grâce d’entre d'entre""",
    "es": """según entre tras pese contra desde durante sin sobre hacia dos tres cuatro cinco varios algunos
        muchos ninguno gracias de a en con por para del al""",
    "it": """secondo tra fra contro dopo prima durante senza verso malgrado nonostante due tre quattro cinque
        molti alcuni nessuno grazie di a in con per da""",
    "pt": """segundo entre após contra desde durante sem sobre apesar dois três quatro cinco vários alguns
        muitos nenhum graças de a em com por para""",
    "nl": """volgens tussen na tegen sinds tijdens zonder onder ondanks dankzij twee drie vier vijf veel enkele
        sommige geen naast van in op met voor bij""",
}
"""Words beside the stop words that may stand before such a pronoun: no noun is among them."""

TIMES = {
    "en": """year month week weekend morning afternoon evening night summer winter spring autumn fall season
        century decade quarter term day monday tuesday wednesday thursday friday saturday sunday""",
    "de": """jahr jahres monat woche wochenende morgen abend sommer winter herbst frühjahr frühling saison
        quartal montag dienstag mittwoch donnerstag freitag samstag sonntag jahrhundert jahrzehnt tage tagen
        zeit""",
    "fr": """année mois semaine week-end matin soir été hiver automne printemps saison trimestre lundi mardi
        mercredi jeudi vendredi samedi dimanche siècle an fois""",
    "es": """año mes semana mañana tarde noche verano invierno otoño primavera temporada trimestre lunes martes
        miércoles jueves viernes sábado domingo siglo vez""",
    "it": """anno mese settimana mattina sera notte estate inverno autunno primavera stagione trimestre lunedì
        martedì mercoledì giovedì venerdì sabato domenica secolo volta""",
    "pt": """ano mês semana manhã tarde noite verão inverno outono primavera temporada trimestre segunda terça
        quarta quinta sexta sábado domingo século vez""",
    "nl": """jaar maand week weekend ochtend middag avond zomer winter herfst lente seizoen kwartaal maandag
        dinsdag woensdag donderdag vrijdag zaterdag zondag eeuw keer""",
}
"""Behind a pointing word, these make a date of it: "this year"."""

STANDING = {
    "en": r"(?:it (?:is|was|will be|would be|has been|remains)(?: also| only| still| not| now)? (?:the"
    r" (?:first|second|third"
    r"|fourth|fifth)\b|unclear|clear|believed|thought|understood|hoped|likely|unlikely"
    r"|possible|impossible|too"
    r" (?:early|late|soon)|time\b|been)|it (?:takes|took|remains to be)\b|both (?-i:[A-Z])\w*[^.;]{1,60}?"
    r" and\b"
    r"|(?:n?either) (?-i:[A-Z])\w*[^.;]{1,60}? n?or\b|(?:those|that) (?:who|whose|of)\b)",
    "de": r"(?:es (?:gibt|gab)\b|es (?:ist|war|bleibt) (?:noch )?(?:unklar|offen|das erste|der erste|die"
    r" erste|möglich)"
    r"|(?:das|die|der) (?-i:[A-ZÄÖÜ]))",
    "fr": r"(?:il (?:y a|faut|existe|reste)\b|il (?:est|était) (?:encore )?(?:possible|probable|clair"
    r"|question|temps))",
    "nl": r"(?:die (?:van|welke)\b)",
}
"""Openings that look as if they pointed back and do not."""

ASIDES = {
    "en": r", (?:however|though|therefore|too|meanwhile|in turn|by contrast|instead|moreover|nevertheless"
    r"|as a result"
    r"|consequently|in response|for (?:his|her|its|their) part|on the other hand),",
    "de": r" (?:jedoch|hingegen|allerdings|indes|indessen|wiederum|deshalb|daraufhin)\b",
    "fr": r",? (?:cependant|pourtant|toutefois|en revanche|quant à (?:lui|elle|eux)|de (?:son|leur) côté"
    r"|en effet|par"
    r" ailleurs|(?:lui|elle) aussi),?(?= )",
    "es": r", (?:sin embargo|no obstante|en cambio|por su parte|por (?:lo )?tanto|además|por otro lado),",
    "it": r",? (?:però|tuttavia|invece|inoltre|dal canto (?:suo|loro)|infatti)\b",
    "pt": r", (?:porém|no entanto|contudo|entretanto|por sua vez|além disso|por outro lado|por isso),",
    "nl": r" (?:echter|daarentegen|daarom|daardoor|overigens|op (?:zijn|haar|hun) beurt)\b",
}
"""Connectives behind the subject, among the first words."""
