"""Who says so in sentences about many wars, read by the whole pipeline."""

import pytest
from spacy.language import Language

from marsad.coding.pipeline import read_docs

CASES = [
    # officials
    ("The governor said 14 policemen had been killed.", "governor", "official"),
    ("Regional officials said gunmen killed eight herders.", "Regional officials", "official"),
    ("Three people were shot dead, the ombudsman's office said.", "ombudsman's office", "official"),
    ("Prosecutors said the man had stabbed two nurses.", "Prosecutors", "official"),
    (
        "The mayor of the town told reporters that shelling killed a boy.",
        "mayor of the town",
        "official",
    ),
    ("Intelligence sources said a drone killed the commander.", "Intelligence sources", "official"),
    (
        "The foreign ministry said two of its diplomats were abducted.",
        "foreign ministry",
        "government",
    ),
    (
        "A government spokesman said rebels had attacked the dam.",
        "government spokesman",
        "government",
    ),
    (
        "The Syrian interior ministry said 14 officers were killed.",
        "Syrian interior ministry",
        "government",
    ),
    # armed forces and police
    ("An army spokesman said two rebels were killed.", "army spokesman", "military"),
    ("Israel's military said it struck a rocket launcher.", "Israeli military", "military"),
    ("The police commissioner said one officer was killed.", "police commissioner", "police"),
    (
        "The bomber was shot dead, the district police chief said.",
        "district police chief",
        "police",
    ),
    ("Sheriff's deputies said the gunman killed himself.", "Sheriff's deputies", "police"),
    (
        "Police spokeswoman Ana Ruiz said two men were arrested.",
        "Police spokeswoman Ana Ruiz",
        "police",
    ),
    # armed groups
    ("A rebel spokesman said the army had shelled the village.", "rebel spokesman", "armed-group"),
    ("The Taliban denied that its fighters killed the farmers.", "Taliban", "armed-group"),
    ("Al-Shabaab said it had killed 20 soldiers.", "al-Shabaab", "armed-group"),
    # health
    ("The health ministry said 24 people were killed.", "health ministry", "medical"),
    (
        "The Hamas-run health ministry said a strike killed 40 people.",
        "Gaza health ministry",
        "medical",
    ),
    (
        "Hospital officials said nine bodies arrived after the bombing.",
        "Hospital officials",
        "medical",
    ),
    ("Medics said a shell killed three children.", "Medics", "medical"),
    (
        "Earlier the head of a field clinic had put the death toll from the raid at 21.",
        "head of a field clinic",
        "medical",
    ),
    # monitors, helpers, civil society
    (
        "The Syrian Observatory for Human Rights said nine soldiers were killed.",
        "Syrian Observatory for Human Rights",
        "monitor",
    ),
    (
        "Emergency Lawyers, a rights group, said the army bombed a market.",
        "Emergency Lawyers",
        "monitor",
    ),
    (
        "The UN human rights office said soldiers killed 40 civilians.",
        "Office of the UN High Commissioner for Human Rights",
        "monitor",
    ),
    ("Amnesty International said soldiers executed 20 men.", "Amnesty International", "monitor"),
    (
        "The local resistance committee said shelling killed nine.",
        "local resistance committee",
        "ngo",
    ),
    (
        "Doctors Without Borders said a clinic was bombed.",
        "Médecins Sans Frontières|Doctors Without Borders",
        "ngo|medical",
    ),
    ("Activists said police shot two marchers.", "Activists", "ngo|other|witness"),
    # people who saw it, pictures
    ("Witnesses said gunmen opened fire on a bus.", "Witnesses", "witness"),
    ("Residents told AFP that jets bombed the bridge.", "Residents", "witness"),
    ("Footage showed soldiers beating students.", "Footage", "witness"),
    ("Her brother said soldiers abducted her at night.", "Her brother|brother", "witness"),
    (
        "Sheikh Omar and Sheikh Ali, keepers of the tomb, said gunmen killed two pilgrims.",
        "Sheikh Omar and Sheikh Ali, keepers of the tomb",
        "other",
    ),
    (
        "Troops shot at least 60 villagers, among them several pupils, survivors and an elder of "
        "the area said on Sunday.",
        "survivors and an elder of the area",
        "official|witness",
    ),
    (
        "Militiamen shot dead 12 farmers, two of them girls, residents and a town official said.",
        "residents and a town official",
        "official|witness",
    ),
    (
        "The blast destroyed three shops, a clinic and a school, police said.",
        "police",
        "police",
    ),
    ("“The raiders fired at us and we hid under a bush,” he said.", "he", "other"),
    # media
    ("The state news agency SANA said two officers were killed.", "SANA", "media"),
    ("Local media reported that gunmen kidnapped a priest.", "Local media", "media"),
    ("State television said a bomb killed four pilgrims.", "State television", "media"),
    ("According to Radio Okapi, rebels killed seven villagers.", "Radio Okapi", "media"),
    # phrases and inversions
    (
        "Two soldiers were killed, according to the defence ministry.",
        "defence ministry",
        "military",
    ),
    ("Rebels burned ten houses, said a village elder.", "village elder", "official"),
    ("Sources said three men were abducted.", "Sources", "other"),
    # accusations and denials
    ("Kyiv blamed Russian forces for the strike.", "Ukraine", "government"),
    ("Turkey accused the PKK of carrying out the attack.", "Turkey", "government"),
    ("The junta denied that soldiers burned the village.", "junta", "government"),
    # capitals
    (
        "GUNMEN KILLED THREE SOLDIERS IN BORNO STATE, POLICE SPOKESMAN JOHN ADE SAID.",
        "police spokesman John Ade",
        "police",
    ),
]


def read(nlp: Language, text: str):
    doc = next(read_docs(nlp, [(text, {"id": "r", "published": "2024-05-02"})]))
    return doc, doc._.attributions


@pytest.mark.parametrize(("text", "source", "kind"), CASES)
def test_source_and_kind(nlp: Language, text, source, kind):
    _, mentions = read(nlp, text)
    assert len(mentions) == 1
    assert mentions[0]["source"] in source.split("|")
    assert mentions[0]["kind"] in kind.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "KABUL: Two policemen were shot dead in Herat.",
        "The report of the killing could not be independently verified.",
        "The army did not comment on the raid.",
        "The police could not be reached for comment on the shooting.",
        "The province's wing of Islamic State has claimed several such bombings before.",
        "The group often claims responsibility for attacks on soldiers.",
        "The movement has claimed responsibility for several bombings in the region.",
        "No group claimed responsibility for the bombing.",
        "The army declined to say whether it bombed the market.",
    ],
)
def test_nobody_says_it(nlp: Language, text):
    assert read(nlp, text)[1] == []


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("The opposition blamed the army for the bombing.", ["army"]),
        ("The army blamed the bombing on rebels.", ["rebels"]),
        ("The army blamed rebels and bandits for the raid.", ["rebels", "bandits"]),
        ("Turkey accused the PKK of carrying out the attack.", ["Kurdistan Workers' Party"]),
        ("Witnesses said the army shelled the town.", []),
    ],
)
def test_an_accusation_names_whom_it_blames(nlp: Language, text, blamed):
    doc, mentions = read(nlp, text)
    names = [m["name"] for m in doc._.actors]
    assert [names[i] for i in mentions[0].get("blamed", [])] == blamed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "A video shared online shows armed men setting fire to the tomb of “Musa, the "
            "Healer,” in Kano, and killing three guards.",
            "killing three guards",
        ),
        (
            "The monitor said troops bombed a market, shelled a clinic and killed nine people.",
            "killed nine people",
        ),
        (
            "Police said “Black Axe,” a gang, stormed the bar and shot four guests.",
            "shot four guests",
        ),
        (
            "The ministry said gunmen ambushed a patrol, killing 14 officers and wounding ten.",
            "wounding ten",
        ),
    ],
)
def test_coordinated_verbs_stay_in_what_is_said(nlp: Language, text, said):
    doc, mentions = read(nlp, text)
    contents = [doc[low:high].text for low, high in mentions[0]["content"]]
    assert any(said in content for content in contents), contents


def test_a_body_has_one_name_through_a_report(nlp: Language):
    text = (
        "The Syrian interior ministry said 14 officers were killed in the raid. The ministry said "
        "gunmen fled after the attack. The interior ministry added that three men were arrested."
    )
    _, mentions = read(nlp, text)
    assert [m["source"] for m in mentions] == ["Syrian interior ministry"] * 3
