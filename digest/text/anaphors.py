"""Words inside a sentence that may point back, and those they may point at, by language; see `anaphora`."""

from __future__ import annotations

_SPANS = "year|month|week|weekend|morning|afternoon|evening|night|summer|winter|spring|autumn|fall|season"
_HERE = "country|nation|world|city|town|planet|continent|page"

FAMILIAR = {
    "en": r"however (?:hard|much|many|long|little|often|far|\w+ly)\b|instead of\b|so far\b"
    r"|such [\w-]+ as\b|another (?:[0-9]|(?:two|three|four|five|six|ten|dozen|few|hundred)\b)"
    r"|these days\b|th(?:is|ese) (?:" + _SPANS + r")s?(?:[’']s?)?(?=\W)"
    r"|it (?:has |had |was |is |will )?(?:rain|snow|hail|pour)\w*\b"
    r"|it (?:is|was) (?:in|on|at|from|under|during|there|only)\b[^.;]{1,80}? that\b"
    r"|but for\b|all but\b|the then\b|both (?:houses|chambers|sides of|of the)\b|again and again\b"
    r"|that (?-i:[A-Z])\w+ [^.;]{1,80}? (?:is|was)\b|still(?: life|born)|such (?:is"
    r"|was) the [^.;]{1,60}? that\b"
    r"|both (?:the|an?) [^.;]{1,60}? and (?:the|an?)\b|neither (?:the|an?) [^.;]{1,60}? nor\b"
    r"|the other [\w-]+s of\b",
    "de": r"beide[rn]? (?-i:[A-ZÄÖÜ])\w+ (?:de[rs]|von|aus|in)\b|so (?:viel|wenig|gut|weit|groß)\w*\b|und ob\b"
    r"|es (?:dauert\w*|regnet\w*|schneit\w*|handelt\w* sich|kommt|kam|geht|ging|hat|war|wird|wurde|sind|waren"
    r"|fehlt\w*|bedarf)\b|auf die frage, |dies(?:e|er|es) (?:wochenende|tage)\b|hier (?:in|an|auf)\b"
    r"|dort, wo\b|nicht nur\b|seitdem (?-i:[A-ZÄÖÜ]|die|der|das|es|ein)|de[rm] damalige|das (?:ist|war) (?:der"
    r"|die|das) (?:erste|letzte|größte)|auch wenn\b|denn auch\b",
    "fr": r"il (?:n[’']y a|n[’']y avait|n[’']existe|s[’']agi(?:t|ssait|ra)|fau(?:t|dra|drait)|fallait"
    r"|a fallu|pleut"
    r"|neige|a plu|a neigé|reste|suffit|semble|manque|convient|y (?:a|avait|aura))\b|il (?:est|était"
    r"|sera|serait)"
    r" (?:im)?(?:possible|probable|question|clair|temps|difficile|interdit|urgent|évident|rare|prévu"
    r"|attendu|question|à noter|[0-9])|il (?:a|avait) été (?:révélé|annoncé|décidé|établi|confirmé) qu"
    r"|ni (?:(?-i:[A-ZÀ-Þ])|l[ea]s? |un)|c[’']est (?:à|en|dans|la (?:première|dernière)|le (?:premier"
    r"|dernier)|un)|aussi \w+ que\b|ces (?:dernier|dernière|prochain)\w*\b|ces jours|ce qu[ei’']"
    r"|tant (?-i:[A-Z])[^.;]{1,60}? que"
    r"|(?:celui|celles?|ceux) (?:d|qui|que|dont)|s(?:on|a) (?:altesse|majesté|sainteté|excellence)\b"
    r"|et (?:si|pourquoi)\b|l[’']un[e]? des|d[’']autres \w+s\b",
    "es": r"amb[oa]s \w+s (?:de|del)\b|ni (?-i:[A-ZÁÉÍÓÚÑ])|así lo (?:anunció|dijo|confirmó|informó"
    r"|afirmó)\b[^.;:]*(?-i:[A-Z])"
    r"|este (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|est[oa]s (?:días|últim\w+)\b"
    r"|otr[oa]s (?:[0-9]|[a-záéíóúñ]+(?:[aeiou]s|es)\b(?<!aron)(?<!eron))|aunque\b|así (?:que|como)\b"
    r"|además de\b|entonces (?:presidente|primer)|después de[l]? |luego de\b",
    "it": r"quell[oaei] (?:che|di|del\w*) |chi\b|né (?-i:[A-ZÀ-Þ]|i |il |la |le |gli )",
    "pt": r"aquel[ea]s? que\b|nem (?-i:[A-ZÀ-Þ]|os? |as? )",
    "nl": r"wie (?:zijn|haar|hun)\b|er (?:is|zijn|was|waren|kom[te]n?|kwam|kwamen|wordt|worden|werd|werden"
    r"|moet|moeten|staat|bestaat)\b"
    r"|toen (?:de|het|een|(?-i:[A-Z])\w+) [^.;]{1,80}?, |noch (?:de|het|(?-i:[A-Z]))",
}
"""Openings by which one of the words below does not point back."""

OPENERS = {
    "en": r"(?:earlier|later)(?:,| (?:the|he|she|they|it)\b)"
    r"|asked (?:whether|if|what|why|how|when|about (?:it|this|that|them|him|her))\b"
    r"|(?:despite|because of|besides|apart from|given|after|since|like|unlike) (?:it|this|that),"
    r"|(?:to do|in doing|if|not|even|just) so\b|(?:well|now), "
    r"|an? (?:second|third|fourth|fifth|further) (?:suspect|victim|man|woman|attacker|gunman|driver|boy"
    r"|girl)\b"
    r"(?! (?:of|who|in|to|from)\b)|the [0-9]{1,3}-year-old\b(?! (?-i:[A-Z]))"
    r"|(?:three|two|four|five|six|seven|eight|nine|ten|dozens|hundreds|several|many|some|most|few"
    r"|another|one|all)"
    r" (?:was|were|are|is|have|had|has|remain|remained|died|escaped|fled|survived)\b"
    r"|the (?:second|third|other|fourth|remaining) (?:suspect|victim|man|woman|attacker|gunman|driver"
    r"|defendant|boy"
    r"|girl|bomb|blast|shot|body)s?\b(?! (?:of|who|in|to)\b)|such an? \b|such (?!is\b|was\b)[a-z]+s\b(?! as)"
    r"|(?:before|since) (?:then|long)\b"
    r"|the same (?:is|was|goes|happened|applies|applied|holds|year|day|night|week|month)\b"
    r"|the (?:following|previous)\b",
    "de": r"(?:darüber|davor|dahinter|daneben|darunter|damals|seitdem|seither|zuvor|anschließend|später"
    r"|tags darauf|dorthin|daher|hierfür|hierbei|dessen|deren|letzterer?|letzteres|ersterer?|ähnlich|ebenfalls"
    r"|gleichzeitig"
    r"|währenddessen|demnach|demzufolge|infolgedessen|nichtsdestotrotz|gleichwohl|vielmehr|andernfalls|sonst"
    r"|insofern|solche[rsnm]?|derartige\w*|anderer?seits|einerseits|woraufhin|wobei|weshalb)\b"
    r"|(?:andere|einige|viele|manche|drei|zwei|vier|fünf|mehrere|alle|keiner|keine|beide|wenige) "
    r"(?:(?-i:[a-zäöü]+(?:ten|en|te))|wurden?|sind|waren|hatten?|haben|kamen|starben)\b"
    r"|ein(?:e[rs]?)? (?:weitere[rs]?|andere[rs]?|dritter|zweiter) (?-i:[a-zäöü])"
    r"|(?:keine[rs]?|eine[rs]?) (?:von |der )?beiden?\b|ein(?:e|) (?:zweite|dritte|vierte|weitere)[rs]? "
    r"(?:verdächtige|täter|opfer|mann|frau|angreifer|fahrer|junge|mädchen)\w{0,2}\b"
    r"|(?:der|die) (?:[0-9]{1,3}-jährige)\b(?! (?-i:[A-ZÄÖÜ]))|(?:der|die|das) (?:zweite|dritte|andere"
    r"|weitere) "
    r"(?:verdächtige|täter|opfer|mann|frau|angreifer|angeklagte|fahrer|junge|mädchen)\w?\b"
    r"|auf die frage (?:nach|ob|warum)\b|laut (?:dem|der|diesem|dieser) (?:bericht|studie|umfrage"
    r"|dokument|papier|anklage|mitteilung|schreiben|behörde)\b|(?:der|die) (?:wiederum|aber|jedoch)\b",
    "fr": r"plus (?:tôt|tard),"
    r"|(?:depuis(?: lors)?,|la veille\b|l[’']avant-veille\b|auparavant\b|dès lors\b|d[’']ici là\b"
    r"|à l[’']époque\b"
    r"|ce faisant|dans la foulée\b|à l[’']inverse\b|au contraire\b|de son côté|quant à (?:lui|elle"
    r"|eux)|pour autant\b"
    r"|une? (?:telle?|autre) |de tel(?:le)?s |d[’']autres (?:ont|avaient|se|sont|étaient|sont)\b|autres?,"
    r"|(?:deux|trois|quatre|cinq|plusieurs|certains|certaines|quelques-uns|aucun|aucune) "
    r"(?:ont|sont|étaient|avaient|n[’']|a|est)\b|(?:le|la) (?:second|seconde|deuxième|troisième|autre) "
    r"(?:suspect|victime|homme|femme|assaillant|accusé|conducteur)e?\b|l[’'](?:homme"
    r"|adolescente?) de [0-9]+ ans\b"
    r"|une? (?:second|deuxième|troisième)e? (?:suspect|victime|homme|femme|assaillant|conducteur)e?\b"
    r"|(?:aucun|l[’']un|chacun)e? des deux\b|les (?:deux|trois|quatre) (?:hommes|femmes|jeunes|suspects"
    r"|victimes"
    r"|accusés|blessés|frères|amis)\b(?! (?:d[eu]s?\b|d[’']|qui|dont|les plus))|d[’']après (?:le|ce|cette"
    r"|la même) (?:rapport|étude|document|enquête|source|texte)\b(?! d)"
    r"|(?:le|la) (?:jeune |trentenaire|quadragénaire|quinquagénaire|sexagénaire|femme de [0-9]+ ans)"
    r"|interrogée? sur (?:ce|cette|ces|la question|le sujet)|selon (?:le|ce|cette|la même) (?:rapport"
    r"|étude|document|enquête|source|texte)\b(?! d)|il en (?:va|est)\b|ce dernier|cette dernière"
    r"|ces derniers\b(?! (?:mois|jours|temps"
    r"|ans|années|semaines))|là-bas\b|là,|malgré (?:cela|tout)\b|c[’']est (?:pourquoi|ainsi|ce qu"
    r"|alors)|voilà pourquoi)",
    "es": r"(?:antes|más tarde),"
    r"|(?:desde entonces|para entonces|por entonces|hasta entonces|mientras tanto|entretanto"
    r"|a pesar de (?:ello|eso"
    r"|esto)|pese a (?:ello|eso|esto)|por (?:ello|eso|esto|consiguiente|tanto|otro lado)|no obstante"
    r"|de este modo|de ahí|allí|ahí|asimismo|igualmente|en consecuencia|con (?:ello|eso|esto)|tras (?:ello|eso"
    r"|esto)|tal(?:es)? "
    r"(?!vez|como)|dich[oa]s? |est[ea] últim[oa]|est[oa]s últim[oa]s (?:fue|ha|no|se)|la víspera"
    r"|(?:días|horas|semanas|meses|años|minutos) (?:antes|después|más tarde)|poco después"
    r"|un[oa]? (?:segund|tercer)[oa]? (?:sospechos[oa]|víctima|hombre|mujer|atacante|conductor)\b"
    r"|(?:ningun[oa]|un[oa]|cada un[oa]) de l[oa]s dos\b|l[oa]s (?:dos|tres|cuatro) (?:hombres|mujeres|jóvenes"
    r"|sospechosos|víctimas|acusados|detenidos|heridos|herman[oa]s)\b(?! (?:de|del|que|más)\b)"
    r"|preguntad[oa]s? (?:por (?:el motivo|la razón|ello|eso|esto|est[ea]|ell)|si\b|sobre (?:ello|eso|esto))"
    r"|(?:según|de acuerdo con) (?:el|este|ese|dicho|la misma|la misma) (?:informe|estudio|documento"
    r"|texto|fuente)\b(?! de)"
    r"|ningun[oa] (?:de ell|ha|fue|quiso|se|está|había|pudo)|(?:otr[oa]s?|un[oa]|much[oa]s|alguno?s"
    r"|algunas|vari[oa]s|dos|tres"
    r"|cuatro|cinco|tod[oa]s) (?:fue|fueron|era|eran|ha|han|había|habían|se|está|están|sigue|siguen"
    r"|\w+(?:ó|aron|ieron|yeron))\b"
    r"|el (?:segundo|tercer|otro) (?:sospechoso|acusado|detenido|hombre|atacante|herido)|la (?:segunda"
    r"|tercera|otra) (?:víctima"
    r"|sospechosa|mujer|acusada)|(?:el (?:joven|hombre|chico|menor|anciano)|la (?:joven|mujer|chica"
    r"|menor|anciana)) de [0-9]+ años\b)"
    r"|(?:lo|les?) (?!que|más|mejor|peor|único|primero|cierto|mismo|de)\w+|l[ao]s \w+(?:aron|ieron)\b",
    "it": r"(?:(?:il |la |l[’'])(?:giovane|uomo|donna|ragazz[oa]|anzian[oa]) di [0-9]+ anni\b|al contrario"
    r"|dal canto (?:suo|loro)|da parte (?:sua|loro)|di conseguenza|nel frattempo|da allora"
    r"|fino ad allora|per questo|per riuscirci|per farlo|a quel punto|ciò nonostante|ciononostante|viceversa"
    r"|la vigilia|il giorno (?:dopo|prima|seguente|successivo)|(?:poch[ei] )?(?:ore|giorni|minuti|settimane"
    r"|mesi|anni) (?:dopo|prima|più tardi)|poco dopo|quest[’'](?:ultim[oa]|altr[oa])|l[’']altr[oa]\b"
    r"|alla domanda (?:sul?|se|perché|come)|interrogat[oa] (?:su (?:questo|ciò)|sul (?:perché|motivo))"
    r"|(?:secondo|stando a[l]?) (?:il|lo|questo|quel|lo stesso) ?(?:rapporto|studio|documento|testo)\b(?! d)"
    r"|un[a]? (?:second|terz)[oa] (?:sospettat[oa]|vittima|uomo|donna|aggressore|conducente)\b"
    r"|(?:nessun[oa]?|un[oa]|ciascun[oa]) d(?:ei|elle) due\b|(?:i|le|gli|gli altri|le altre) (?:due|tre"
    r"|quattro)"
    r"(?: (?:uomini|donne|giovani|sospettati|vittime|accusati|feriti|fratelli)\b(?! (?:d(?:i|a|el|al|ella"
    r"|elle|ei)\b|dell[’']|che|più))| (?:sono|hanno|erano|avevano)\b)"
    r"|l[oai] (?:ha|hanno|aveva|avevano)\b|così (?:il|la|ha|si)\b)",
    "pt": r"(?:[oa] (?:jovem|homem|mulher|rapaz|menin[oa]|idos[oa]) de [0-9]+ anos\b|apesar (?:disso|disto)"
    r"|por outro lado|além disso|no entanto|por isso|por sua vez|enquanto isso"
    r"|entretanto|desde então|até então|para isso|para tal|com isso|desta (?:forma|maneira)|dessa (?:forma"
    r"|maneira)|deste modo|desse modo|assim sendo|na véspera|no dia (?:seguinte|anterior)|pouco depois"
    r"|(?:horas|dias|minutos|semanas|meses|anos) (?:depois|antes|mais tarde)"
    r"|questionad[oa]s? (?:sobre (?:isso|isto|o motivo)|se\b|por que)|foi o que (?:disse|informou|afirmou"
    r"|anunciou)"
    r"|(?:segundo|de acordo com) (?:o|este|esse|o mesmo) (?:relatório|estudo|documento|texto)\b(?! d)"
    r"|uma? (?:segund|terceir)[oa] (?:suspeit[oa]|vítima|homem|mulher|atacante|condutor)\b"
    r"|(?:nenhum|nenhuma|uma?|cada uma?) d[oa]s (?:dois|duas)\b|[oa]s (?:dois|duas|três|quatro"
    r"|outr[oa]s (?:dois|duas"
    r"|três|quatro)) (?:(?:homens|mulheres|jovens|suspeit[oa]s|vítimas|acusad[oa]s|ferid[oa]s"
    r"|irmãos)\b(?! (?:d[aeo]s?|que|mais)\b)|(?:foram|são|eram|tinham|fugiram|morreram)\b))",
    "nl": r"(?:de (?:man|vrouw|jongen) van [0-9]+\b|de [0-9]{1,3}-jarige\b(?! (?-i:[A-Z]))|ondanks dat"
    r"|desondanks|daarentegen|integendeel|daarvoor|daarna|daarnaast|daarmee|daardoor|daarbij"
    r"|daarop|daarover|daarin|daarnaar|daarom|sindsdien|intussen|ondertussen|vervolgens|bovendien|zodoende"
    r"|zo (?:daalt"
    r"|stijgt|is|zijn|wordt|werd|kan|kwam|krijgt)|de (?:volgende|vorige) dag|de dag (?:daarna|ervoor)"
    r"|kort daarna|(?:enkele |een paar )?(?:uren|dagen|minuten|weken|maanden|jaren) (?:later|eerder)"
    r"|desgevraagd|gevraagd (?:naar|of|waarom)|volgens (?:het|dit|dat|hetzelfde) (?:rapport|onderzoek"
    r"|document|bericht)\b"
    r"(?! van)|een (?:tweede|derde|andere) (?:verdachte|slachtoffer|man|vrouw|dader|bestuurder)\b"
    r"|(?:geen|één|een|elk) van beiden\b|de (?:twee|drie|vier|andere (?:twee|drie|vier)) (?:(?:mannen"
    r"|vrouwen|jongeren"
    r"|verdachten|slachtoffers|gewonden|broers)\b(?! (?:van|die|uit))|(?:vluchtten|zijn|waren|hadden"
    r"|werden)\b))",
}
"""Openings that point back, beside the single words and phrases."""

INNER = {
    "en": r"(?<!not only)(?<!and)(?<!but)(?<!can) (?:also|therefore|likewise|nevertheless|nonetheless"
    r"|consequently|accordingly|thereby|similarly|otherwise|instead)\b(?! (?:known|called|as|of))"
    r"|, too\b|, (?:on the other hand|on the contrary|in turn|for example|for instance|as a result),"
    r"|(?<!like) (?:him|them)\b(?!sel)| her(?= (?:the|a|an|to|that|for|from|in|on|at|with|into|out|as"
    r"|by|off|and|after"
    r"|not|last|this|of)\b|[.,;])| (?:on|about|of|for|with|to|against|from|over|by|after|into|around) it\b"
    r"(?=[ .,;])| (?:of|in|to|for|on|by|with|from|about|against|at|under|over|after"
    r"|before) (?:th[eo]se|this|that) "
    rf"(?!{_HERE}|who|whom|with|the|in|of|at|on|are|were|is|was|had|said|could|may|more|[A-Z])[a-z]+"
    r"| (?:called|described|considered|saw|sees|dismissed|see|found|made|did|does|do|say|denied|denies"
    r"|confirmed) (?:this|these|that) ?(?=an?\b|as\b|[.,])"
    rf"| th(?:is|ese) (?!{_HERE}|who|that|the)[a-z]+",
    "de": r" (?:jedoch|hingegen|allerdings|außerdem|zudem|ferner|überdies|deshalb|deswegen|daher|darum"
    r"|dennoch|trotzdem"
    r"|daraufhin|indes|indessen|wiederum|ebenfalls|somit|folglich|stattdessen|seitdem|seither|unterdessen)\b"
    r"(?<!wie wiederum)|(?<!sondern)(?<!als)(?<!aber)(?<!wie)(?<!wenn) auch (?=(?:de|di|da|ei|in|mi|zw)|[A-Z])"
    r"| (?:er|ihn|ihm|ihnen)\b| sie(?= (?:am|im|in|an|auf|mit|zu|den|dem|das|die|der|seit|von|nicht"
    r"|noch|sich|ein|eine|einen|bei|nach|aus|vor|es|schon|auch|als|für|unter|wegen|bereits|nur|um|\w+t)\b|[.])"
    r"| (?:dafür|davon|daran|darauf|darüber|dazu|damit|dabei|dadurch|danach"
    r"|(?<!stimmten )(?<!stimmte )(?<!stimmen )(?<!votierten )(?<!sprachen )(?<!waren )dagegen|darin"
    r"|daraus|darunter)(?=[ .])(?![^.]*,)"
    r"| dies(?:e[rmns]?)?\b| das (?=ein(?:en?|er)?\b|als\b|nicht\b|am\b|für\b)| solche[rnms]?\b"
    r"| (?:dessen|deren) ",
    "fr": r",? (?:toutefois|cependant|pourtant|également|donc|néanmoins|par ailleurs|en revanche"
    r"|au contraire|en outre"
    r"|dès lors|(?:lui|elle|eux|elles) aussi)\b|(?<!-t)(?<!dit)(?<!-)\b(?:il|elle|ils|elles)\b(?!-)"
    r"(?! y a| fa| s[’']agi| est possible| reste)| l[’'](?:a|ont|avai(?:en)?t|aura"
    r"|auraient) (?!emporté|échappé|habitude)"
    r"| (?:les|lui|leur) (?:a|ont|avai(?:en)?t|aurait|aura)\b| lui (?=\w+(?:e|ait|ent|ra|ront"
    r"|t)\b)(?<!à lui )(?<!de lui )(?<!et lui )(?<!pour lui )(?<!avec lui )"
    r"| (?:n[’']y|y) (?!a\b|avait|aura|compris)| en (?=\w+(?:ront|aient|ait)\b|ont\b|a\b|avaient\b"
    r"|est\b|sont\b)"
    r"| (?:de|à|sur|dans|pour|par|contre|avec|sous|face à|devant|après) (?:ce|cet|cette|ces) (?!qu|dont)\w+"
    r"| (?:cela|ça)\b(?! fait)| une? telle? | de tel(?:le)?s ",
    "es": r",? (?:también|además|asimismo|igualmente|tampoco|sin embargo|no obstante|en cambio"
    r"|por (?:lo )?tanto|por ello|por eso)\b| (?:él|ella|ellos|ellas|ello|eso|esto)\b"
    r"| lo (?!pas|logr|consig|consigu)(?=\w+(?:ó|aron|ieron|aba|aban|a|an|ará|arán)\b)| los (?=\w+(?:ó"
    r"|aron|ieron|aban)\b)"
    r"| las? (?=\w+(?:ó|aron|ieron|aban)\b)| les? (?![^.]*\b(?:al?|Al?) )\w+| \w{3,}[aei]r(?:l[oae]s?)\b"
    r"| (?:es[ae]|es[oa]s|est[ea]|est[oa]s|dich[oa]s?|aquel|aquella) \w+| tal(?:es)? (?!vez|como|y)\w+",
}
"""Pronouns, pointing words and connectives that no clause before explains where they stand in the first."""

ADDED = {
    "en": r"(?:like|besides|as well as|along with|in addition to|not only|apart from|just as)\b",
    "de": r"(?:wie|neben|nicht nur|sowohl|ähnlich wie|ebenso wie|außer)\b",
    "fr": r"(?:comme|outre|non seulement|tout comme|à l[’']instar|en plus d)",
    "es": r"(?:como|además de|no solo|no sólo|junto (?:a|con)|al igual que|al? )\b",
}
"""Openings that name what "also" adds to, or whom a clitic doubles."""

SUBORDINATE = {
    "en": r"(?:when|while|before|after|as|since|although|though|because|if|once|until|despite|in|on|for|with"
    r"|during)\b",
    "de": r"(?:selbst |erst |noch )?(?:als|bevor|nachdem|wenn|weil|da|obwohl|während|ehe|seit|sobald|nach"
    r"|vor|bei)\b",
    "fr": r"(?:avant|après|lorsqu|quand|alors|bien qu|parce qu|pendant|depuis|dès|si|à|dans|pour|malgré)",
    "es": r"(?:antes|después|cuando|aunque|mientras|tras|desde|si|al|en|para|por|pese)\b",
}
"""Words that open a clause or a phrase before the main one, in which a cataphor may stand."""

BOUNDARY = {
    "en": r"[,;:–—(](?! (?:too|however|on the|in turn|for (?:ex|in)|as a result)\b)"
    r"|(?<! of)(?<! in)(?<! to)(?<! on)(?<! for)(?<! by)(?<!about)"
    r"(?<!called)(?<!after)(?<!with)(?<!against) that\b| (?:who|which|whose|whom|where|when|while"
    r"|because|and|but|or|if"
    r"|as|until|than|whether|how|why|what|says?|said|believes?|thinks?|claim(?:s|ed)?|hopes?|so|not only) ",
    "de": r"[;:–—(]|,(?! (?:jedoch|hingegen))| (?:und|oder|aber|sondern|als|wie) ",
    "fr": r"[;:–—(]|,(?! (?:en revanche|toutefois|cependant|pourtant|par ailleurs|au contraire|lui aussi"
    r"|elle aussi|eux aussi))"
    r"| (?:et|mais|ou|que|qui|dont|où|si|car|quand|lorsque|parce|comme|sans|pour|afin) | (?:qu|lorsqu"
    r"|puisqu|s)[’']",
    "es": r"[;:–—(]|,(?! (?:en cambio|sin embargo|no obstante|por (?:lo )?tanto|además|por su))"
    r"| (?:y|e|o|pero|que|quien|quienes|donde|cuando|si|porque|como|sino|mientras|aunque|para|sin) ",
}
"""What ends the first clause."""

SOURCES = {
    "en": r"according to [^,]{1,80},",
    "de": r"(?:laut|nach angaben|nach einschätzung|zufolge) [^,]{1,60}? (?=(?:ist|war|hat|wird|wurde|habe"
    r"|sei)\b)",
    "fr": r"(?:selon|d[’']après) [^,]{1,80},",
    "es": r"(?:según|de acuerdo con) [^,]{1,80},",
}
"""Who is quoted is not who is spoken of."""

_EN_ONE = (
    r"\b(?i:an?|another|every|each|one|who|anyone|someone|everyone|nobody|[\w’']+[’']s)\b"
    r"|\b[Tt]he (?!police|court|ministry|government|company|report|prosecution|council|union|army)"
    r"(?![a-z-]+(?<![aius])s\b(?<!says))[a-z0-9]"
    r"|\A(?!(?:he|she|it|this|that|what)\b)[\w’' -]{3,60}? (?:says|tells|claims|admits|insists|vows"
    r"|warns|denies|wants)\b"
)
_EN_MANY = (
    r"[a-z](?<![aius])s\b|\b(?i:people|men|women|children|police|staff|couple|pair|family|team"
    r"|government|anyone"
    r"|everyone|who|those|[0-9]+|both|each|one|army|company|public|nobody)\b|\b[A-Z]\w+ and [A-Z]"
)
SUBJECTS = {
    "en": (
        (r"(?:he|she|his|her|himself|herself)", _EN_ONE),
        (r"(?:they|their|them|theirs)", _EN_MANY),
        (
            r"(?:it(?! (?:is|was|would be|will be|has been|takes?|took|comes|came|seems|to|possible"
            r"|difficult|clear|hard|easy|appears|(?:had |has )?appeared|in|on|as)\b)|its)",
            _EN_ONE + r"|\b(?:the|this|that|which|no|any|its|his|her|their)\b|[a-z]ing\b",
        ),
    ),
    "de": (
        (
            r"(?:er|ihn|ihm|seine[rnms]?|sein)",
            r"\b(?i:der|dem|des|den|ein|eine[mns]|jeder|das|wer|kein|dieser|jemand|mann)\b",
        ),
        (r"ihnen", r"\b(?i:die|der|den|[0-9]+|viele|alle|zwei|drei)\b|[a-zäöü](?:en|er|te) "),
    ),
    "fr": (
        (
            r"(?:il(?! (?:y|fa|s[’']agi|n[’']y|est (?:possible|probable|temps)|reste|pleu))|lui)",
            r"\b(?i:le|un|du|au|cet?|son|chaque|qui|aucun|mon)\b|\b[lLdD][’']",
        ),
        (r"elle", r"\b(?i:la|une|cette|sa|chaque|qui|aucune)\b|\b[lLdD][’']"),
        (
            r"(?:ils|elles)",
            r"\b(?i:les|des|ces|ses|leurs|aux|deux|trois|plusieurs|[0-9]+|quelque|quelques|certains"
            r"|ceux)\b|\w[sx]\b et ",
        ),
        (
            r"(?:son|sa|ses)",
            r"\b(?i:le|la|un|une|du|au|ce|cet|cette|chaque|qui|on|aucun|aucune)\b|\b[lLdD][’']",
        ),
    ),
    "es": (
        (r"él", r"\b(?i:el|un|del|al|este|cada|quien)\b"),
        (r"ella", r"\b(?i:la|una|esta|cada|quien)\b"),
        (r"(?:ellos|ellas)", r"\b(?i:los|las|unos|unas|[0-9]+|dos|tres|varios|varias)\b"),
    ),
}
"""Pronouns that need an antecedent before them in the sentence, and what agrees with them beside a name."""

UNSPOKEN = {
    "es": (
        r"\b(?:[A-ZÁÉÍÓÚÑ]\w*(?:ó|aron|ieron|aba|aban)|Fue|Fueron|Era|Eran|Tiene|Tienen|Tenía|Tenían"
        r"|Vive|Viven|Está|Están|Estaba|Estaban|Ha|Han|Había|Habían|Quiere|Quieren|Podrá|Podrán|Dijo)\b",
        r"(?i:fue|era) (?:en|a|por|el|la|un|una)\b",
        r"(?<!\ba)(?<!\bal)(?<!\ben)(?<!\bde)(?<!con)(?<!por)(?<!para)(?<!tras)(?<!contra)(?<!desde)"
        r"(?<!hasta)(?<!sobre)(?<!entre)"
        r" (?:el|la|los|las|un|una|[A-ZÁÉÍÓÚÑ])",
    )
}
"""A verb that opens a sentence, those of them without a subject, and what a subject behind it looks like."""
