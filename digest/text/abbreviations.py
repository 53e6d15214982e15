"""Abbreviations by what may follow them, and English words that begin sentences.

The lists of twenty languages come from the package of the sentence models (those of Moses); here stands what
English wants besides, and what those lists lack.
"""

from functools import cache

_PLAIN = 4.5
"""From this Zipf value a longer entry of the models and the package's lists is a plain word as well (ru "год",
tr "idi", cs "čas"): it is an abbreviation only if it stands below too."""


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BINDING = _set("""
    mr mrs ms dr prof gen sen rep gov lt col sgt capt cpl cmdr adm maj pvt rev hon messrs mme mlle supt
    det pres mt ft vs v cf e.g i.e viz al ca approx lt.col lt.gen maj.gen brig insp rt sens reps gens st
    ste fr sr.a dept univ assn bros ph.d.s
""")
"""Titles and the like: the word they belong to always follows."""
MONTHS = _set("jan feb mar apr jun jul aug sep sept oct nov dec")
NUMBERED = _set("no nos n° nº p pp vol vols art sec fig figs ch par para eq nr op rs")
"""Abbreviations before a number, and whole words otherwise ("The answer is no.")."""
NOON = _set("a.m p.m am pm")
ZONES = _set("""
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt bst utc cet cest ist jst eastern central mountain
    pacific local monday tuesday wednesday thursday friday saturday sunday jan feb march april may june
    july aug sept oct nov dec january february august september october november december
""")
ENDING = _set("""
    inc corp co ltd llc plc jr sr esq bros cos u.s u.k u.n e.u u.s.a u.s.s.r d.c l.a n.y n.j n.c s.c
    ph.d m.d b.a m.a r.n ave blvd rd hwy calif fla tenn ariz conn mass mich minn wash ore okla penn ill
    ind kan ky la mo neb nev pa tex va vt wis wyo colo ga
""")
"""Abbreviations that often stand at the end of a sentence: they end one where the next word begins one."""
LAST = _set("etc")
"""No name follows these: they end a sentence before any capital letter."""
COMPANY = _set(
    "inc corp ltd llc plc co brands group holdings finance news entertainment china japan"
)
"""What follows a mark that belongs to a company's name: Yum! Brands, Guess? Inc., Yahoo! Finance."""
LETTERED = _set("""
    vitamin vitamins hepatitis plan group grade type class phase exhibit appendix option team room gate block
    zone series schedule influenza section part
""")
"""A capital letter behind these is no initial: a period behind it ends the sentence ("Vitamin C. Doctors")."""
STARTERS = _set("""
    a about according after all although among an and another any are as asked at because before both
    but by critics despite did do does during each even every experts few following for former from had
    has have he her here his how however i if in indeed instead is it its just last later like many
    meanwhile more moreover most much my nearly neither never nevertheless no nobody nor not nothing now
    of officials on once one only or other others our over people police polls prosecutors recent
    researchers scientists several shares she since so some still such than that the their then there
    these they this those though through thus to today under unlike until was we were what when where
    which while who why will with without would yesterday yet you your
    two three four five six seven eight nine ten eleven twelve dozens hundreds thousands
""")
"""Capitalized, these begin sentences far more often than names."""
SPEECH = tuple(
    sorted(
        _set(
            "said says asked asks wrote writes added adds replied shouted wondered told tells tweeted"
        )
    )
)
"""Verbs that attach a question or an exclamation to who uttered it."""


TITLES = {
    "bg": _set("г-н г-жа проф д-р инж акад доц св ген арх"),
    "cs": _set("p pí plk dr ing mgr mudr judr phdr bc prof doc gen sv arch kpt"),
    "da": _set("dr hr fr prof adv ing sct adm dir"),
    "de": _set("dr prof hr fr dipl ing st frhr hl"),
    "el": _set("κ κα κος δρ καθ αγ"),
    "es": _set("sr sra srta sres dr dra D dña prof gral ing lic sto sta mons"),
    "fi": _set("tri prof hra rva toim"),
    "fr": _set("M mm mme mmes mlle mlles dr pr mgr st ste"),
    "hi": _set("डॉ श्री श्रीमती पं प्रो मो"),
    "hr": _set("dr mr prof doc ing sv gen akad mons"),
    "hu": _set("dr prof ifj id özv szt gr br"),
    "it": _set("sig sigg dott dr prof avv ing on sen mons arch geom rag san s"),
    "nl": _set("dr drs mr ir ing prof mevr dhr mw ds st"),
    "no": _set("dr hr fr prof adv st adm dir"),
    "pl": _set("dr prof inż mgr hab ks św gen płk abp bp hr ul al pl"),
    "pt": _set("sr sra srs sras dr dra drs prof profa eng D dom sto sta mons gen"),
    "ro": _set("dr dl dna dlui prof ing sf acad"),
    "ru": _set("проф акад им св г ул пр пл гр"),
    "sk": _set("p dr ing mgr mudr judr prof doc gen sv"),
    "sv": _set("dr hr fr prof st"),
    "tr": _set("dr prof doç av sn yrd uzm alb gen op müh"),
    "uk": _set("проф акад ім св вул м гр доц просп"),
}
"""A name follows these: nothing ends behind them."""
OTHERS = {
    "bg": _set("т.н т.е др г лв ст млн млрд хил стр чл ал ул бул бл ет ч мин км пр.н.е напр"),
    "cs": _set(
        "např tzv tj atd apod cca resp kupř mj aj str č čl odst tel nám ul hod min mil mld tis kč obr stol ev"
    ),
    "da": _set("""
        ca bl.a f.eks dvs osv m.m mfl m.fl evt inkl ekskl pga kl kr mio mia nr tlf s jf mht vedr ift iht
        bl.a o.lign etc pct kbh maks min ang pr stk kap
    """),
    "de": _set(
        "ca rd bzw usw etc evtl ggf inkl exkl vgl sog geb gest str tel nr abs art mio mrd bspw insb max min"
    ),
    "el": _set("δηλ κλπ κτλ χλμ εκατ δισ σελ βλ αρ τηλ π.χ λ.χ κ.ά κ.λπ μ.μ π.μ"),
    "es": _set(
        "aprox núm pág págs tel av avda ee.uu etc ee uu mill p.ej dpto máx mín ed fig km kg izq dcha"
    ),
    "fi": _set("esim mm ns ym yms jne n noin mrd milj puh klo ks vrt tms huom ent nk os"),
    "fr": _set(
        "env chap fig tél av bd éd p pp n no nos cf etc hab max min apr j.-c réf boul ch tab"
    ),
    "hi": _set("रु कि.मी किमी सं नं पृ ई.पू ई लि मि से.मी कि.ग्रा एम.पी"),
    "hr": _set("npr itd tj tzv god br str čl st mil mlrd kn ul min max oko sl dr"),
    "hu": _set("""
        pl stb ún kb kft zrt bt nyrt u old o sz ill vö ti uo nr köt fszt em db ft min max jan feb márc ápr máj
        jún júl aug szept okt nov dec tel
    """),
    "it": _set("ecc pag pagg n nn tel ca circa fig tab min max km mq s.p.a s.r.l p.es"),
    "nl": _set(
        "bijv bv enz ca circa max min nr blz art tel incl excl jl ca o.a d.w.z m.n t.a.v t.o.v i.v.m mln mld"
    ),
    "no": _set("""
        ca bl.a f.eks dvs osv m.m m.fl evt inkl ekskl pga kl kr mill mrd nr tlf s jf mht vedr iht maks min ang
        pr kap etc kgl
    """),
    "pl": _set(
        "im mies tyg sek proc red np itd itp tzw tj tzn tel godz ok zł mln mld tys nr str art pkt ust m.in"
        " r w ww min max"
    ),
    "pt": _set("etc pág págs n nº tel aprox av ex p.ex máx mín fig min km séc ltda cia"),
    "ro": _set("etc nr art str alin lit pag tel mil mld ex ș.a ş.a d.hr î.hr cca bd bl sc ap"),
    "ru": _set(
        "т.е т.д т.п т.к др пр гг вв руб коп тыс млн млрд стр ул им рис табл ср см напр тел кв обл чел"
    ),
    "sk": _set(
        "napr tzv tj atď apod cca resp mj str č čl ods tel nám ul hod min mil mld tis obr tab"
    ),
    "sl": _set("npr pribl itd itn oz str št sv prof tj tel ul min max mio mrd ipd dr"),
    "sv": _set(
        "t.ex bl.a dvs osv m.m m.fl ca kl kr nr tel s jfr inkl exkl milj mdr mkr evt ev resp max min p.g.a"
    ),
    "tr": _set("""
        vb vs örn bkz yy no tel cad sok mah bul apt kat çev haz yay s cilt mad fık a.ş ltd şti m.ö m.s t.c
        yak yakl krş min maks
    """),
    "uk": _set("""
        т.д т.п т.зв ін рр ст стор с тис млн млрд грн коп кв буд обл р-н див рис табл напр тел пп п кг км см хв
        год чол
    """),
}
"""A name seldom follows these, often a number or a small letter."""
COMPOUNDS = {"de": ("str", "nr"), "nl": ("str", "nr"), "sv": ("nr",), "da": ("nr",), "no": ("nr",)}
"""What a word ends in that is an abbreviation itself: "Bahnhofstr. 7", "Hausnr. 5"."""
NUMBERED_ANYWHERE = _set("""
    art arts cap chap vol vols fig figs tab tel tél tlf no nos nr nrs num núm nº n° pag pág pp par sec sect séc
    aprox approx ca circa env min max máx mín lib ed kl klo kl godz hod tel abs ziff kap bd str str stk pkt
    α αρ с стр ст рис гл п № sz č čl s
""")
"""Before a figure these are abbreviations in any language."""


FINAL = _set("""
    etc usw osv ecc enz itd itp atd apod stb jne yms vb ff kr kč zł gr lei ft tl km kg cm mm ha m h min
    p.m a.m т.д т.п др пр руб коп грн г гг вв в км кг см м хв ч год ст рр р ευρώ κλπ κτλ χλμ
""")
"""No name follows these, at least behind a figure: they end a sentence before any capital letter."""


@cache
def abbreviations(language: str, package_name: str, learned: frozenset[str]) -> frozenset[str]:
    """Return those of a language other than English: its model's and the package's less plain words, ours."""
    import punkt

    from digest.text.terms import stop_words, zipf

    try:
        found = punkt.nonbreaking_prefixes(package_name)[0]
    except LookupError:
        found = frozenset()
    stops = stop_words(language)
    kept = {
        entry
        for entry in found | learned
        if not entry.isdigit()
        and (len(entry) < 3 or (entry not in stops and zipf(entry, language) < _PLAIN))
    }
    titles = {title.lower() for title in TITLES.get(language, frozenset())}
    return frozenset(kept | titles | OTHERS.get(language, frozenset()))
