"""Words that, at the head of a sentence, point back at an earlier one."""

from __future__ import annotations

import re
from functools import cache

_SINGLE = {
    "en": """he she it they him her them his hers its their theirs himself herself itself themselves this
that these those such both neither either another others but and or nor so yet then however
therefore thus hence moreover furthermore besides also too instead meanwhile meantime
nevertheless nonetheless otherwise similarly likewise indeed accordingly consequently
additionally still afterwards afterward elsewhere again conversely finally lastly secondly
thirdly plus later there""",
    "de": """er sie es ihm ihn ihr ihre ihrer sein seine seiner dieser diese dieses diesem diesen jener jene
        jenes dies das aber doch jedoch und oder denn sondern dann danach daher deshalb deswegen darum dennoch
        trotzdem allerdings außerdem zudem ferner dazu dagegen hingegen stattdessen somit also folglich dabei
        damit dadurch dafür davon daran darauf hierzu hier dort ebenso auch zugleich indes unterdessen
        inzwischen schließlich""",
    "fr": """il elle ils elles lui leur leurs celui celle ceux celles ceci cela ça ce cet cette ces son sa ses
        mais et ou donc or ni car pourtant cependant toutefois ensuite puis alors ainsi aussi enfin néanmoins
        désormais""",
    "es": """él ella ellos ellas ello este esta esto estos estas ese esa eso esos esas aquel aquella su sus pero
        y e o u sino aunque entonces luego además también tampoco así después finalmente""",
    "it": """egli lui lei loro esso essa essi esse questo questa questi queste quello quella ciò suo sua suoi
        sue ma e o però tuttavia inoltre quindi dunque poi così anche infine invece""",
    "pt": """ele ela eles elas este esta isto estes estas esse essa isso aquele aquela seu sua seus suas mas e
        ou porém contudo todavia entretanto então depois além também assim portanto finalmente""",
    "nl": """hij zij ze hem haar hun zijn deze dit die dat maar en of want dus echter toch daarna daarom
        bovendien ook vervolgens toen daardoor daarbij hierdoor intussen ondertussen""",
    "sv": """han hon det dem hans hennes deras denna detta dessa men och eller så dock därför dessutom
        också sedan då däremot samtidigt""",
    "da": """han hun det dem hans hendes deres denne dette disse men og eller så dog derfor desuden også
        siden derefter derimod samtidig""",
    "no": """han hun det dem hans hennes deres denne dette disse men og eller så likevel derfor dessuten
        også siden deretter derimot samtidig""",
    "pl": """on ona ono oni one jego jej ich ten ta to te ci ale i a lub więc jednak zatem potem również także
        ponadto dlatego natomiast tymczasem""",
    "ru": """он она оно они его её ее их этот эта это эти тот та те но и а или однако поэтому затем потом также
        кроме тем между впрочем""",
}
_PHRASES = {
    "en": re.compile(
        r"(?:in (?:addition|contrast|turn|other words|fact|short|response|return|the meantime|that case"
        r"|this case|particular)|as (?:a result|a consequence|such|well)|for (?:example|instance|that|this"
        r"|his|her|its|their)\b|on the (?:other hand|contrary|one hand)|at the same time|at (?:that|this)"
        r" |by (?:contrast|comparison|then|this|that)\b|after (?:that|this|all|which)\b|before (?:that"
        r"|this)\b|even (?:so|then)\b|to (?:that|this) end|with (?:that|this)\b|until then|since then"
        r"|what(?:[’']s| is) more|of course|all (?:of )?(?:this|that|these|those)\b|one of (?:them|those"
        r"|these)\b|(?:some|many|most|all|none|each) of (?:them|those|these)\b|the (?:latter|former|two"
        r"|three|pair|others?)\b|because of (?:this|that|it)\b|according to (?:him|her|them|it)\b"
        r"|like (?:this|that|him|her|them)\b|on (?:that|this) "
        r"|(?:if|when|while|although|though|because|since|as|once|unless|until|whether|where|had|were)"
        r" (?:he|she|it|they|this|that|these|those|his|her|its|their)\b"
        r"|(?:today|now|then|here), (?:he|she|it|they|this|that|these|those)\b)",
        re.IGNORECASE,
    ),
}
_FIRST = re.compile(r"[\s\"'“”‘’„«»(\[—–-]*([^\W\d_]+)")
_EXISTS = re.compile(
    r"there(?:[’']s| (?:is|are|was|were|has|have|will|would|may|might|could)\b)", re.I
)


def leaning_word(sentence: str, language: str = "en") -> str:
    """Return the word or words by which `sentence` leans on what came before it, or an empty string.

    Pronouns without a noun and dangling connectives count; languages without a list give none.
    """
    match = _FIRST.match(sentence)
    if match is None or language not in _SINGLE:
        return ""
    word = match[1]
    if word.lower() in _leaning(language):
        return "" if language == "en" and _EXISTS.match(sentence, match.start(1)) else word
    if language not in _PHRASES:
        return ""
    phrase = _PHRASES[language].match(sentence, match.start(1))
    return phrase.group().strip() if phrase else ""


@cache
def _leaning(language: str) -> frozenset[str]:
    return frozenset(_SINGLE[language].split())
