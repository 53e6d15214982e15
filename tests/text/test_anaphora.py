"""Anaphora inside a sentence, and what stands before them to explain them."""

import pytest

from digest.text.anaphora import bare_noun, leaning_word, stands_alone

LEANING = {
    "en": [
        ("an aim not told", "To do so, Hallin will sell the pier."),
        ("a condition not told", "If so, the pier will close in May."),
        ("a second of a kind", "A third man swam ashore."),
        ("a contrast", "Despite this, the port grew."),
        ("a subject pronoun in a reported clause", "Surgeons say she will walk again by Easter."),
        ("a person whom a speaker does not name", '"He is at sea," said Joan Lindqvist.'),
        ("people whom a speaker does not name", '"They lost it all," said Joan Lindqvist.'),
        ("a quotation of a paper", '"It is at sea," added the letter to the port.'),
        ("an object of the first clause", "The referee showed him a red card."),
        ("an object of a preposition", "The board is due to decide on it in Hull."),
        ("a possessive that nothing agrees with", "Colleagues praised his patience at the wheel."),
        ("a pointing word with its noun", "Fishermen had spoken of that wreck for years."),
        ("a pointing word by itself", "The bishop called this a scandal."),
        ("a time told by another", "Earlier the mayor had promised two ferries."),
        ("a time told by another, with a comma", "Earlier, Joan Lindqvist had sold the mill."),
        ("such", "Such a bridge would cost nine million."),
        ("a connective inside", "The harbour therefore stays shut."),
        ("an addition", "The divers also found a bell."),
        ("a number without its noun", "Four were rescued by a trawler."),
        ("a bare definite", "The 19-year-old was freed on Tuesday."),
        ("an example of what is not told", "As an example, Hallin sold its pier."),
        ("an answer", "No, the pier of Hallin is not for sale."),
        ("what is specified", "Specifically, sailors saw long queues at the lock."),
        ("a speaker in an aside", "Traditionally, she observes, boats lead the parade."),
        (
            "exactly what was told",
            "As all know by now, Joan Lindqvist faced just this choice on Monday.",
        ),
        ("an object behind a pair of names", "Rask and Orr praised him at the lock."),
        ("a question not told", "Asked whether the pier was safe, Orr smiled."),
    ],
    "de": [
        ("a second of a kind", "Ein dritter Mann schwamm an Land."),
        ("neither of two", "Keiner von beiden kam zurück."),
        ("a subject behind the verb", "Am Morgen verließ er die Stadt."),
        ("an object of the first clause", "Die Jury wählte ihn zum Sieger."),
        ("a reported clause", "Die Kollegen meinen, dass er bald zurückkehrt."),
        ("a pronominal adverb", "Darüber streiten die Fischer im Hafen."),
        ("a pronominal adverb behind the verb", "Der Stadtrat stimmt am Montag darüber ab."),
        (
            "a pronominal adverb behind a pair of names",
            "Rask und Orr wollten das Quorum dafür erhöhen.",
        ),
        ("exactly what was told", "Der Rat hat im Mai genau dies beschlossen."),
        ("a connective inside", "Die Werft will außerdem zwei Kräne kaufen."),
        ("a number without its noun", "Andere warteten auf der Mole."),
        ("a bare definite", "Die 19-Jährige kam am Dienstag frei."),
        ("a time counted from elsewhere", "Damals stand hier eine Mühle."),
        ("a pointing word with its noun", "Die Taucher hatten vor diesem Wrack gewarnt."),
    ],
    "fr": [
        ("two of a kind", "Les deux hommes ont quitté le port."),
        ("neither of two", "Aucun des deux n'est revenu."),
        ("a subject behind a phrase", "Depuis mardi, elle dort chez des voisins."),
        ("who is quoted is not who is meant", "Selon la mairie, elle connaissait la digue."),
        ("a clitic", "Un pêcheur les a trouvés sur la plage."),
        ("an indirect object", "La mairie leur a offert un repas."),
        ("y", "Les marins n'y pensent plus."),
        ("en", "Les élus en parleront mardi."),
        ("a pointing word", "Les marins avaient parlé de ce navire au maire."),
        ("a connective inside", "Le port a donc fermé ses quais."),
        ("a time counted from elsewhere", "La veille, des plongeurs avaient vu le navire."),
        ("one more without a noun", "Une autre a coulé au large de Hallin."),
    ],
    "es": [
        ("two of a kind", "Los dos hombres dejaron el puerto."),
        ("neither of two", "Ninguno de los dos volvió."),
        ("no subject", "Murió en un barco de pesca."),
        ("a clitic", "Un marinero lo encontró en la playa."),
        ("an indirect object", "La alcaldesa les ofreció una cena."),
        ("a clitic behind its verb", "El pleno espera aprobarlo en mayo."),
        ("a pointing word", "Los marineros hablaron de ese barco en marzo."),
        ("a connective inside", "El puerto también cerró dos muelles."),
        ("others", "Otros nadaron hasta la isla."),
        ("none", "Ninguna fue reparada antes de mayo."),
        ("a time counted from elsewhere", "Desde entonces, el faro está apagado."),
    ],
    "it": [
        ("an addition", "Al contrario, la giunta di Hallin ha votato no."),
        ("a time told by another", "Poche ore dopo il molo bruciava."),
        ("a second of a kind", "Un secondo uomo è rimasto ferito."),
        ("two of a kind", "I due uomini hanno lasciato il porto."),
        ("a report not told", "Secondo il rapporto, il molo affonda."),
        ("an aim not told", "Per riuscirci, Hallin venderà il molo."),
    ],
    "pt": [
        ("a contrast", "Apesar disso, o porto cresce."),
        ("a time told by another", "Horas depois, o cais ardia."),
        ("a second of a kind", "Uma segunda vítima foi encontrada."),
        ("two of a kind", "Os dois homens deixaram o porto."),
        ("a report not told", "Segundo o relatório, o cais afunda."),
    ],
    "nl": [
        ("a contrast", "Ondanks dat groeit de haven."),
        ("a time told by another", "Uren later brandde de kade."),
        ("a second of a kind", "Een tweede man raakte gewond."),
        ("two of a kind", "De twee mannen verlieten de haven."),
        ("a report not told", "Volgens het rapport zakt de kade."),
    ],
}
STANDING = {
    "en": [
        ("both and", "Both the mill and the pier are for sale."),
        ("neither and nor", "Neither the mill nor the pier was sold."),
        ("others that are told", "The other members of the county board paid."),
        ("a name before", "Lindqvist said she would sell the mill."),
        ("who says it, without an article", "Harbour mayor says she will build two ferries."),
        ("a time of its own", "Earlier this week Joan Lindqvist sold the mill."),
        ("a noun that agrees", "A fisherman who lost his boat has bought another."),
        ("a plural before", "Hundreds of pupils stayed at home because they had no bus."),
        ("a pointing word in a later clause", "Norway raised the toll and said this was final."),
        ("a cataphor", "Before she wrote plays, Lindqvist Orr was a nurse."),
        ("an empty subject", "It has snowed for nine days in Hallin."),
        (
            "a quotation whose speaker is named",
            '"This is the end of it," said Joan Lindqvist, a nurse.',
        ),
        ("a modifier", "However long Norway waits, the fish are gone."),
        ("instead of", "Instead of a bridge, Norway will build a tunnel."),
        ("a count", "Another 40 boats sank off Hallin."),
        ("a date", "This week's storm in Hallin sank nine boats."),
        ("what it is added to", "Like Norway, Iceland also closed its harbours."),
    ],
    "de": [
        ("a cataphor without a comma", "In seiner Rede warb Bürgermeister Joan Orr für den Hafen."),
        ("a name before", "Lindqvist sagte, er werde die Mühle verkaufen."),
        ("a correlate", "Die Stadt einigte sich darauf, die Mühle zu kaufen."),
        ("an empty subject", "Es dauerte zwei Tage, bis der Sturm endete."),
        ("a noun of its own", "Beide Brücken in Hallin sind gesperrt."),
        ("a cataphor", "In ihrer Rede versprach Joan Lindqvist eine neue Schule."),
        (
            "a quotation whose speaker is named",
            "„Er war ein guter Seemann“, sagte Joan Lindqvist über Paul Orr.",
        ),
        ("votes against", "Drei der neun Räte in Hallin stimmten dagegen."),
    ],
    "fr": [
        ("those who", "Ceux qui possèdent un bateau paieront."),
        ("a name before", "Lindqvist a dit qu'il vendrait le moulin."),
        ("an empty subject", "Il faudra neuf mois pour réparer la digue."),
        ("a date", "Ces dernières semaines, Hallin a perdu deux ponts."),
        ("neither and nor", "Ni Hallin ni Tarn n'ont voulu payer."),
        ("a cataphor", "Malgré sa taille, l'Islande exporte du poisson."),
        ("an idiom", "Les Bleus l'ont emporté à Hallin."),
    ],
    "es": [
        ("a subject behind the verb", "Murió el alcalde de Hallin."),
        ("an empty subject", "Se trata del primer cierre desde mayo."),
        ("a noun of its own", "Ambas orillas del río quedaron cerradas."),
        ("a count", "Otros 40 barcos llegaron a Hallin."),
        (
            "an object that is doubled",
            "El puerto de Hallin les pidió a los pescadores que esperaran.",
        ),
        ("a quotation whose speaker is named", "«Esto es el fin», dijo Joan Lindqvist en Hallin."),
    ],
    "it": [
        ("a cataphor", "Nel suo discorso la sindaca Joan Lindqvist ha difeso il porto."),
        ("neither and nor", "Né Hallin né Tarn hanno pagato."),
        ("who", "Chi possiede una barca pagherà."),
    ],
    "pt": [
        ("neither and nor", "Nem Hallin nem Tarn pagaram."),
        ("a report of its own", "Segundo o relatório da câmara de Hallin, o cais afunda."),
    ],
    "nl": [
        ("an empty subject", "Er liggen te weinig boten in Hallin."),
        ("a cataphor", "In haar toespraak verdedigde Joan Lindqvist de haven."),
        ("a clause of time", "Toen de storm kwam, lagen de boten in Hallin."),
    ],
}


def rows(table: dict[str, list[tuple[str, str]]]) -> list[object]:
    """The rows of a table, each under the name of its kind."""
    return [
        pytest.param(code, sentence, id=f"{code}-{kind}")
        for code, some in table.items()
        for kind, sentence in some
    ]


@pytest.mark.parametrize(("language", "sentence"), rows(LEANING))
def test_what_no_clause_before_it_names_leans(language: str, sentence: str) -> None:
    """Who reads the sentence alone does not know who or what is meant."""
    assert leaning_word(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), rows(STANDING))
def test_an_antecedent_of_its_own_is_enough(language: str, sentence: str) -> None:
    """A name or a noun that agrees stands in the sentence, or nothing is pointed at."""
    assert not leaning_word(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "If it sends no plan, its shares may lose their listing.",
        "Because they had no boat, they waited.",
        "Today, that price is the same everywhere.",
        "Which is why the lock was shut.",
        "Only then will the lock open.",
        "At the same time, Ann Lee left.",
        "On the other hand, Ann Lee left.",
    ],
)
def test_a_pronoun_behind_a_conjunction_leans_too(sentence: str) -> None:
    """The reader does not know who is meant, wherever the first pronoun stands."""
    assert leaning_word(sentence)


def test_a_name_behind_a_conjunction_stands_alone() -> None:
    """The sentence names whom it speaks of."""
    assert not leaning_word("If Northline sends no plan, the pier will close.")


@pytest.mark.parametrize(
    "opening",
    [
        "A week later",
        "Four days before,",
        "12 days later",
        "Less than an hour earlier",
        "Shortly after,",
        "The next day",
        "The night before,",
        "Earlier that day",
        "In that same week",
        "Days later",
    ],
)
def test_time_counted_from_what_is_not_told_leans(opening: str) -> None:
    """Nobody can tell when it was."""
    assert leaning_word(f"{opening} the lock was shut.")


@pytest.mark.parametrize(
    "opening",
    [
        "A week ago",
        "Four days before the flood,",
        "Earlier this week",
        "Two years on the river",
        "Last May",
    ],
)
def test_time_that_is_told_stands_alone(opening: str) -> None:
    """It is counted from today, or from what the sentence names."""
    assert not leaning_word(f"{opening} the lock was shut.")


@pytest.mark.parametrize(
    "opening", ["On Friday", "In 2010", "At the age of twelve", "With the vote over"]
)
def test_a_pronoun_behind_an_opening_phrase_leans(opening: str) -> None:
    """A phrase without a name says nothing of who is meant."""
    assert leaning_word(f"{opening}, she left the harbour.")
    assert not leaning_word(f"{opening}, Ann Lee left the harbour.")


def test_a_name_in_the_opening_phrase_is_enough() -> None:
    """Who reads the name may take the pronoun for it."""
    assert not leaning_word("In a letter to Ann Lee, she thanked the harbour.")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Zwei Tage später schloss die Schleuse."),
        ("fr", "Le lendemain, l’écluse a fermé."),
        ("es", "Al día siguiente cerró la esclusa."),
    ],
)
def test_other_languages_count_time_too(language: str, sentence: str) -> None:
    """The day they count from stands elsewhere."""
    assert leaning_word(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("The company said it would pay.", "company"),
        ("The latest move comes in May.", "move"),
        ("The company’s lock was shut.", "company"),
        ("The company behind the lock said nothing.", ""),
        ("The company, Lamp & Co., said nothing.", ""),
        ("The film Metropolis was shown.", ""),
        ("The harbour was shut.", "harbour"),
        ("The auction house is offering a clock.", "house"),
        ("The workers are now at sea.", "workers"),
        ("The government is silent.", ""),
    ],
)
def test_a_thing_named_as_if_it_were_known(sentence: str, noun: str) -> None:
    """What tells which it is may follow; of some things a reader knows one."""
    assert bare_noun(sentence) == noun


HEADS_LEANING = {
    "en": [
        "Asked how, Lind shrugged.",
        "Three of them were sold.",
        "Among those was a judge.",
        "Despite this the ferry sailed.",
        "Lind, however, stayed at home.",
        "According to the study, the lock is unsafe.",
        "For her the matter was closed.",
        "Most of their boats were lost.",
        "When she arrived the hall was empty.",
        "His wife, Joan Lindqvist, died in May.",
    ],
    "de": [
        "So lange bleibt die Schleuse zu.",
        "Nach ihm sprach Lind.",
        "Lind jedoch blieb zu Hause.",
        "Trotz dieser Zweifel wurde gebaut.",
        "Zwei von ihnen starben.",
    ],
    "fr": [
        "Selon lui, la digue tiendra.",
        "Lind, en revanche, est resté.",
        "Deux d’entre eux sont morts.",
    ],
    "es": [
        "Según él, el dique aguantará.",
        "Ambos fueron detenidos.",
        "Lind, sin embargo, se quedó.",
    ],
    "it": ["Secondo lui la diga terrà.", "Due di loro sono morti."],
    "pt": ["Segundo ele, o dique aguenta.", "Dois deles morreram."],
    "nl": ["Volgens hem houdt de dijk.", "Lind bleef echter thuis."],
}
HEADS_STANDING = {
    "en": [
        "This winter, the harbour was full.",
        "It is the first strike since May.",
        "Both Lind and Orr voted no.",
        "In her speech, Lindqvist promised a school.",
        "Among the dead was a judge.",
        "Two of the nine boats sank.",
        "According to the Harbour Board, the lock is unsafe.",
        "It is unclear whether the mill will open.",
    ],
    "de": [
        "Dieses Jahr schließt der Hafen früher.",
        "Unter den Toten war ein Richter.",
        "Das Gericht hob das Urteil auf.",
        "Es ist der erste Streik seit Mai.",
    ],
    "fr": [
        "Cette année, le port a fermé.",
        "Selon la mairie, la digue tiendra.",
        "Il y a deux ponts à Hallin.",
    ],
    "es": ["Este año el puerto cerró antes.", "Según la alcaldía, el dique aguantará."],
    "it": ["Secondo il sindaco la diga terrà."],
    "pt": ["Segundo a prefeitura, o dique aguenta."],
    "nl": ["Volgens de burgemeester houdt de dijk."],
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in HEADS_LEANING.items() for one in some]
)
def test_a_pronoun_before_the_first_noun_and_a_connective_lean(
    language: str, sentence: str
) -> None:
    """Whatever word comes first, in the clause up to the main verb."""
    assert leaning_word(sentence, language)
    assert not stands_alone(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in HEADS_STANDING.items() for one in some]
)
def test_dates_names_that_follow_and_empty_subjects_stand_alone(
    language: str, sentence: str
) -> None:
    """What is pointed at stands in the sentence itself, or nothing is."""
    assert not leaning_word(sentence, language)
