"""English abbreviations by what may follow them, and words that begin sentences."""


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BINDING = _set("""
    mr mrs ms dr prof gen sen rep gov lt col sgt capt cpl cmdr adm maj pvt rev hon messrs mme mlle supt
    det pres mt ft vs v cf e.g i.e viz al ca approx lt.col lt.gen maj.gen brig insp rt sens reps gens st
    ste fr sr.a dept univ assn bros ph.d.s
""")
"""Titles and the like: the word they belong to always follows."""
MONTHS = _set("jan feb mar apr jun jul aug sep sept oct nov dec")
NUMBERED = _set("no nos p pp vol vols art sec fig figs ch par para eq nr op rs")
"""Abbreviations before a number, and whole words otherwise ("The answer is no.")."""
NOON = _set("a.m p.m am pm")
ZONES = _set("""
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt bst utc cet cest ist jst eastern central mountain
    pacific local monday tuesday wednesday thursday friday saturday sunday jan feb march april may june
    july aug sept oct nov dec january february august september october november december
""")
ENDING = _set("""
    inc corp co ltd llc plc jr sr esq bros cos u.s u.k u.n e.u u.s.a u.s.s.r d.c l.a n.y n.j n.c s.c etc
    ph.d m.d b.a m.a r.n ave blvd rd hwy calif fla tenn ariz conn mass mich minn wash ore okla penn ill
    ind kan ky la mo neb nev pa tex va vt wis wyo colo ga
""")
"""Abbreviations that often stand at the end of a sentence: they end one where the next word begins one."""
STARTERS = _set("""
    a about according after all although among an and another any are as asked at because before both
    but by critics despite did do does during each even every experts few following for former from had
    has have he her here his how however i if in indeed instead is it its just last later like many
    meanwhile more moreover most much my nearly neither never nevertheless no nobody nor not nothing now
    of officials on once one only or other others our over people police polls prosecutors recent
    researchers scientists several shares she since so some still such than that the their then there
    these they this those though through thus to today under unlike until was we were what when where
    which while who why will with without would yesterday yet you your
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
