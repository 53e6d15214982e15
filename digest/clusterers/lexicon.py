"""Words that labels and figures are read by; English, the language of most that is read here."""

HONOURS = frozenset(
    """
    mr mrs ms dr prof sir gen president senator sen rep gov governor minister premier chancellor
    inc corp ltd plc co
    """.split()
)
"""Before or after a name, these are no part of it."""
OFFICES = frozenset(
    "captain general judge justice king lady lord pope prince princess queen department dept".split()
)
"""These may be a part of a name ("General Motors", "Prince Harry"), but are none alone."""
RANKS = HONOURS | frozenset(
    """
    actor actress ambassador archbishop attorney author bishop boss captain ceo cfo chairman
    chairwoman chief coach commissioner congressman congresswoman council councillor deputy director
    editor executive first former general governor judge justice lawmaker lawyer leader mayor mep
    mp officer premier professor prosecutor rapper reporter representative republican secretary
    senator sheriff singer spokesman spokeswoman star vice
    """.split()
)
"""What somebody is, written before the name."""
AGENCIES = frozenset("reuters ap afp dpa bloomberg".split())
"""Whose reports other outlets print under a dateline."""
VERBAL = frozenset(
    """
    to will would can could may might shall should must not never also they he she it we you i who
    didn't doesn't don't won't can't couldn't wouldn't isn't did does do and or
    """.split()
)
"""A word after one of these may be a verb."""
EVENTS = frozenset(
    """
    acquisition agreement arrest attack attacks auction backlash ban bankruptcy battle bombing
    bombings boycott breach budget bust buyout cancellation ceasefire charges clash climate
    coalition collapse comeback conference conflict conviction corruption coup crackdown crash
    crisis cyberattack deadlock deal death deaths debt debut default deficit delisting demise
    derailment dispute divorce drought earnings earthquake election elections embargo emergency
    epidemic eruption evacuation execution expansion explosion failure famine feud finale flood
    flooding floods fraud funeral games harvest hearing heatwave hurricane impeachment
    indictment inflation inquiry invasion investigation investment ipo launch lawsuit layoffs
    listing losses massacre merger migration mission murder nomination outage outbreak overhaul
    pact pandemic pension pipeline piracy pledge plunge primary profit profits protest protests
    quake rates recall recession recovery referendum reform rehab resignation results retirement
    revenue riot riots robbery ruling sanctions scandal selloff sentence settlement shooting
    shortage shutdown speech standoff storm strike succession suicide summit takeover tariff
    tariffs tournament treaty trial truce tsunami typhoon vaccine verdict victory war wedding
    wildfire wildfires withdrawal
    """.split()
)
"""Words for what happens in the news: the noun of a label is one of these where one fits."""
LOOSE = frozenset(
    """
    about around nearly almost roughly approximately some over under least most than to fewer
    less from since until day chapter article page number january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec local gmt utc am pm caliber
    """.split()
)
"""Beside a figure, these say that it is vague, earlier, a date, a time or a number in a series."""
SMALL_NUMBERS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
    """.split()
)
"""The numbers that are spelt out in running text, each at its place."""
FORECAST = frozenset(
    ("forecast", "expected", "estimates", "estimated", "economists", "analysts", "could", "would")
)
"""A sentence with one of these does not say what is."""
OUTLOOK = FORECAST | frozenset(
    ("forecasts", "guidance", "outlook", "expects", "sees", "warns", "cautions", "ahead", "will")
)
"""A title with one of these tells of another time than its own."""
ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
MONTHS = {
    name: place
    for place, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,"
        "september sept sep,october oct,november nov,december dec".split(",")
    )
    for name in names.split()
}
"""The months in full and short, with their number from 0."""
SERIES = frozenset(
    """
    anniversary ballot chapter day debate edition episode game hearing heat lap leg match matchday
    meeting night part phase race round season session stage summit test trial volume vote week
    """.split()
)
"""What comes one after the other, each with a number."""
