"""Who did what to whom in sentences about many wars, read by the whole pipeline."""

import pytest
from spacy.language import Language

from marsad.coding.actors.parties import parties_of
from marsad.coding.mentions import ReportContext
from marsad.coding.pipeline import read_docs

CASES = [
    # Suspects, and men taken for a group's
    (
        "Two soldiers were arrested for the murder of a student in Nakuru.",
        "murder",
        "soldiers",
        "student",
    ),
    (
        "Police arrested four Hamas members for the killing of a settler.",
        "killing",
        "Hamas",
        "settler",
    ),
    # No codebook lists it, and all is in capitals
    (
        "THE PEOPLE'S ARMED LIBERATION MOVEMENT KILLED A MAYOR IN QUITO.",
        "KILLED",
        "People's Armed Liberation Movement",
        "mayor",
    ),
    # Nobody kills himself by sleeping near a bomb, nor is shot by reporting a shot
    (
        "The bomb hit the car of Karim Saleh, the mayor, while he slept, killing him at once.",
        "killing",
        "",
        "Saleh",
    ),
    ('Dr Musa Bello said: "He was shot by soldiers."', "shot", "soldiers", ""),
    (
        "The army spoke first. A spokesman for the Houthi group said that they targeted a ship.",
        "targeted",
        "Houthi movement",
        "",
    ),
    # Names that other countries have as well
    (
        "Two men of the PMF robbed and killed a trader near Gusau, Nigeria.",
        "killed",
        "men of the PMF",
        "trader",
    ),
    (
        "Mexican soldiers died in Sinaloa. The Defense Department raided a camp in Mexico.",
        "raided",
        "Defense Department",
        "",
    ),
    # A group of the background has not done it
    (
        "Militants killed two judges in Mali. Al-Qaeda has long been active in the desert.",
        "killed",
        "Militants",
        "judges",
    ),
    (
        "Militants killed two judges in Borno, Nigeria. Al-Shabaab fled Kismayo in Somalia.",
        "killed",
        "Militants",
        "judges",
    ),
    # A town is no person
    ("Russian forces shelled Kryvyi Rih on Tuesday.", "shelled", "Russian military", ""),
    ("Insurgents attacked Zakuna on Tuesday.", "attacked", "Insurgents", ""),
    ("Gunmen attacked Pedro Ruiz on Tuesday.", "attacked", "Gunmen", "Pedro Ruiz"),
    ("A U.S. strike killed two traders in Baghdad.", "killed", "US military", "traders"),
    # Who tells of it has not done it
    ("Ukraine's air force said Russia launched 40 drones.", "air force", "", ""),
    ("A cook was killed in a Turkish base in Iraq.", "killed", "", "cook"),
    # What a body says that it did itself
    ("The army said it killed 12 militants in a valley.", "killed", "army", "militants"),
    ("Hamas said it fired rockets at a border town.", "fired", "Hamas", ""),
    ("Turkey said it struck PKK caves.", "struck", "Turkish military", "Kurdistan Workers' Party"),
    # Names that hold only where a country is told of
    (
        "Fighters of al-Shabab beheaded six fishermen in Cabo Delgado, Mozambique.",
        "beheaded",
        "Islamic State Mozambique",
        "fishermen",
    ),
    ("Al-Shabaab attacked a base near Baidoa.", "attacked", "al-Shabaab", ""),
    (
        "The US-led coalition bombed Houthi positions in Hodeidah, Yemen.",
        "bombed",
        "US-led coalition in the Red Sea",
        "Houthi movement",
    ),
    # Sides told by the words around
    ("Fighters from the al-Qaeda-linked JNIM overran an army camp.", "overran", "JNIM", "army"),
    (
        "Communist rebels killed a village chief in Negros.",
        "killed",
        "Communist rebels",
        "village chief",
    ),
    (
        "Masked men shot an opposition lawmaker in Bujumbura.",
        "shot",
        "Masked men",
        "opposition lawmaker",
    ),
    (
        "Venezuelan national guardsmen shot two students.",
        "shot",
        "Venezuelan national guardsmen",
        "students",
    ),
    # Sudan, Sahel, Nigeria
    ("RSF fighters shelled a displacement camp on Friday.", "shelled", "Rapid Support Forces", ""),
    ("The army bombed a market in the town, killing dozens.", "bombed", "army", ""),
    (
        "Suspected jihadists on motorcycles ambushed an army patrol near the border.",
        "ambushed",
        "jihadists",
        "army patrol",
    ),
    ("Bandits abducted 40 schoolgirls from a dormitory.", "abducted", "Bandits", "schoolgirls"),
    (
        "Forty schoolgirls were abducted by bandits on Friday.",
        "abducted",
        "bandits",
        "schoolgirls",
    ),
    (
        "Boko Haram fighters attacked a military base, killing nine soldiers.",
        "killing",
        "Boko Haram",
        "soldiers",
    ),
    ("Herders killed 12 farmers in a reprisal raid.", "killed", "Herders", "farmers"),
    (
        "Soldiers backed by local vigilantes raided the camp.",
        "raided",
        "Soldiers|local vigilantes",
        "",
    ),
    (
        "Thousands marched in the capital to protest the killing of a teacher by police.",
        "marched",
        "protesters",
        "",
    ),
    (
        "Thousands marched in the capital to protest the killing of a teacher by police.",
        "killing",
        "police",
        "teacher",
    ),
    (
        "Malian troops and Russian mercenaries executed villagers.",
        "executed",
        "Malian military|Russian mercenaries",
        "villagers",
    ),
    # DR Congo, Ethiopia, Somalia, Mozambique
    ("Fighters of the M23 rebel group captured the town on Tuesday.", "captured", "M23", ""),
    ("The town fell to the M23 rebels after a week of fighting.", "fell", "M23", ""),
    (
        "Militiamen with machetes killed 20 displaced people in a camp.",
        "killed",
        "Militiamen",
        "displaced people",
    ),
    (
        "Ethiopia said its forces had repelled an attack by Eritrean troops.",
        "attack",
        "Eritrean military",
        "Ethiopian military",
    ),
    (
        "Ethiopia said its forces had repelled an attack by Eritrean troops.",
        "repelled",
        "Eritrean military",
        "Ethiopian military",
    ),
    (
        "A convoy of African Union peacekeepers was ambushed by al-Shabab.",
        "ambushed",
        "al-Shabaab",
        "African Union peacekeepers|African Union",
    ),
    (
        "Al-Shabaab gunmen stormed a hotel and killed two lawmakers.",
        "killed",
        "al-Shabaab",
        "lawmakers",
    ),
    ("Insurgents beheaded three fishermen.", "beheaded", "Insurgents", "fishermen"),
    # Ukraine, Caucasus
    (
        "Russian missiles hit an apartment block, killing a nurse.",
        "killing",
        "Russian military",
        "nurse",
    ),
    ("A nurse was killed by Russian shelling.", "killed", "Russian military", "nurse"),
    (
        "A Ukrainian drone attack killed two dock workers.",
        "killed",
        "Ukrainian military",
        "dock workers",
    ),
    (
        "Azerbaijani forces shelled Armenian positions along the border.",
        "shelled",
        "Azerbaijani military",
        "Armenian military",
    ),
    (
        "Armenia accused Azerbaijan of shelling its border posts.",
        "shelling",
        "Azerbaijan",
        "",
    ),
    # Israel, Palestine, Lebanon, Yemen
    ("Five medics were killed in an Israeli airstrike.", "killed", "Israeli military", "medics"),
    ("Israeli troops shot dead a teenager during a raid.", "shot", "Israeli military", "teenager"),
    (
        "A Palestinian gunman shot and wounded two settlers.",
        "shot",
        "Palestinian gunman",
        "settlers",
    ),
    ("Settlers beat a shepherd and burned his tent.", "beat", "Settlers", "shepherd"),
    ("Hezbollah fired rockets at soldiers across the border.", "fired", "Hezbollah", "soldiers"),
    ("The Houthis attacked a tanker with drones.", "attacked", "Houthi movement", ""),
    (
        "Two fishermen were killed when Egyptian soldiers opened fire on their boat.",
        "killed",
        "Egyptian military",
        "fishermen",
    ),
    # Syria, Iraq, Turkey
    (
        "Gunmen loyal to Libya's toppled government ambushed a police patrol.",
        "ambushed",
        "Gunmen loyal to Libya's toppled government",
        "police patrol",
    ),
    (
        "Relatives of the farmer and armed villagers stormed the police post.",
        "stormed",
        "Relatives of the farmer|armed villagers",
        "police",
    ),
    (
        "A drone belonging to Turkey struck a car, killing two women.",
        "killing",
        "Turkish military",
        "women",
    ),
    (
        "Turkish warplanes bombed positions of the PKK in the mountains.",
        "bombed",
        "Turkish military",
        "Kurdistan Workers' Party",
    ),
    ("A suicide bomber blew himself up among pilgrims.", "blew", "suicide bomber", ""),
    (
        "Clashes between police and protesters left four people injured.",
        "Clashes",
        "police|protesters",
        "people",
    ),
    (
        "Gunmen assassinated a tribal leader outside his home.",
        "assassinated",
        "Gunmen",
        "tribal leader",
    ),
    # Afghanistan, Pakistan, India, Sri Lanka
    (
        "The police station came under attack from armed bandits.",
        "attack",
        "armed bandits",
        "police",
    ),
    ("Taliban fighters executed two former officers.", "executed", "Taliban", "former officers"),
    (
        "Two policemen were wounded in an attack claimed by the Pakistani Taliban.",
        "attack",
        "Pakistani Taliban|Tehrik-i-Taliban Pakistan",
        "policemen",
    ),
    (
        "Maoist rebels blew up a jeep, killing eight policemen.",
        "killing",
        "Maoist rebels",
        "policemen",
    ),
    ("A mob lynched a cattle trader.", "lynched", "mob", "cattle trader"),
    ("Police fired tear gas at students outside the university.", "fired", "Police", "students"),
    (
        "Indian and Pakistani troops exchanged fire along the line.",
        "exchanged",
        "Indian military|Pakistani military",
        "",
    ),
    # Myanmar, Philippines, Thailand
    ("The junta's jets bombed a monastery, killing six novices.", "bombed", "junta", ""),
    ("Soldiers torched dozens of houses and shot villagers.", "shot", "Soldiers", "villagers"),
    (
        "The Arakan Army seized a naval base from the military.",
        "seized",
        "Arakan Army",
        "military",
    ),
    ("A roadside bomb planted by separatists killed two rangers.", "planted", "separatists", ""),
    # Latin America
    (
        "FARC guerrillas kidnapped three mayors.",
        "kidnapped",
        "Revolutionary Armed Forces of Colombia",
        "mayors",
    ),
    ("Unknown gunmen murdered the union leader.", "murdered", "Unknown gunmen", "union leader"),
    ("Members of a gang opened fire on a prison van.", "fire", "Members of a gang", ""),
    (
        "Three peasants were found dead after being detained by soldiers.",
        "detained",
        "soldiers",
        "peasants",
    ),
    ("The guerrillas suffered an attack by the army.", "attack", "army", "guerrillas"),
    (
        "Cartel gunmen ambushed state police, killing 13 officers.",
        "killing",
        "Cartel gunmen",
        "officers",
    ),
    # Arrests and the United States
    ("Police arrested four men over the bombing.", "arrested", "Police", "men"),
    ("Four men were detained by federal agents.", "detained", "federal agents", "men"),
    ("Deputies shot a man who was holding a knife.", "shot", "Deputies", "man"),
    ("A man shot and killed two sisters in a parking lot.", "killed", "man", "sisters"),
    ("Security forces rounded up dozens of activists.", "rounded", "Security forces", "activists"),
    # Europe, past wars
    (
        "The IRA bombed a barracks, killing 11 soldiers.",
        "killing",
        "IRA|Provisional Irish Republican Army",
        "soldiers",
    ),
    ("Serb forces shelled the market.", "shelled", "Serb forces", ""),
    # Blame stays a claim about the doer
    ("The opposition blamed the army for the bombing.", "bombing", "army", ""),
    ("The army blamed the bombing on rebels.", "bombing", "rebels", ""),
    ("The attack was blamed on separatists.", "attack", "separatists", ""),
    # Words that are no parties
    ("A missile hit the village of Hroza, killing 51 people.", "hit", "", ""),
    ("An explosion killed nine worshippers.", "killed", "", "worshippers"),
    ("A mine killed two herders.", "killed", "", "herders"),
    # Enumerations the parser trips over
    (
        "Troops shot at least 60 villagers, among them several pupils, survivors and a medic said.",
        "shot",
        "Troops",
        "villagers",
    ),
]


def normal(names: set[str] | list[str]) -> set[str]:
    return {name.casefold() for name in names}


@pytest.mark.parametrize(("text", "word", "actors", "recipients"), CASES)
def test_parties_of_an_event(nlp: Language, text, word, actors, recipients):
    doc = next(read_docs(nlp, [(text, {"id": "r", "published": "2024-05-02"})]))
    names = [m["name"] for m in doc._.actors]
    triggers = [t for t in doc._.triggers if word in doc[t["start"] : t["end"]].text]
    assert triggers, [doc[t["start"] : t["end"]].text for t in doc._.triggers]
    doers, sufferers = set(), set()
    for trigger in triggers:
        parties = parties_of(doc, trigger)
        doers |= {names[i] for i in parties.actors}
        sufferers |= {names[i] for i in parties.recipients}
    wanted = (set(filter(None, actors.split("|"))), set(filter(None, recipients.split("|"))))
    for found, hoped in zip((doers, sufferers), wanted, strict=True):
        assert normal(found) <= normal(hoped), (found, hoped)
        assert bool(found) == bool(hoped), (found, hoped)


@pytest.mark.parametrize(
    "text",
    [
        "A {} attack killed two people on Monday.",
        "Two people were killed in a {} attack on Monday.",
        "Two people were abducted in a {} ambush on Monday.",
    ],
)
def test_attacks_of_states_and_peoples_code_alike(nlp: Language, text):
    def doers(adjective: str) -> list[tuple[str, str]]:
        filled = text.format(adjective).replace("a I", "an I").replace("A I", "An I")
        doc = next(read_docs(nlp, [(filled, {"id": "r", "published": "2024-05-02"})]))
        found = [i for t in doc._.triggers for i in parties_of(doc, t).actors]
        return [
            (doc._.actors[i]["name"].replace(adjective, "X"), doc._.actors[i]["kind"])
            for i in dict.fromkeys(found)
        ]

    assert doers("Palestinian") == doers("Israeli") == doers("Kenyan")
    assert doers("Israeli") == [("X attackers", "unidentified-armed")]


def test_the_dateline_lends_no_words_to_a_party(nlp: Language):
    text = "NAIROBI, Kenya – Soldiers of the deposed government shot three guards."
    context: ReportContext = {
        "id": "r",
        "published": "2024-05-02",
        "dateline_end": text.index("Soldiers"),
    }
    doc = next(read_docs(nlp, [(text, context)]))
    assert all(m["country"] is None for m in doc._.actors)


def test_names_in_capitals_come_out_in_normal_case(nlp: Language):
    text = "ARMED MEN KILLED FOUR POLICEMEN NEAR THE RIVER, COLONEL PEDRO SALAS SAID ON FRIDAY."
    doc = next(read_docs(nlp, [(text, {"id": "r", "published": "2024-05-02"})]))
    assert [m["name"] for m in doc._.actors] == ["armed men", "policemen", "Pedro Salas"]
