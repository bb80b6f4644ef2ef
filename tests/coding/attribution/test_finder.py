"""Who says what: sources, cues, contents and chains in sentences of our own."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.attribution.finder import find_all_attributions, find_attributions


def _parts(doc: Doc, mention: Any) -> tuple[str, str, list[str]]:
    said = [doc[low:high].text for low, high in mention["content"]]
    source = doc[mention["start"] : mention["end"]].text
    return source, doc[mention["cue"][0] : mention["cue"][1]].text, said


def _read(nlp: Language, text: str) -> tuple[Doc, list[Any]]:
    doc = nlp(text)
    return doc, [dict(m) for m in find_attributions(doc)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "said"),
    [
        # clauses after the cue
        (
            "Police said gunmen stormed the bakery on Sunday, killing nine people.",
            "Police",
            "said",
            "gunmen stormed the bakery on Sunday, killing nine people",
        ),
        (
            "The mayor told reporters that two bridges had been hit.",
            "The mayor",
            "told",
            "that two bridges had been hit",
        ),
        (
            "The interior ministry said in a statement that the depot was struck twice.",
            "The interior ministry",
            "said",
            "that the depot was struck twice",
        ),
        # inserted and sentence-final cues take the sentence before them
        (
            "At least 14 fighters were killed in the ambush, the observatory added.",
            "the observatory",
            "added",
            "At least 14 fighters were killed in the ambush",
        ),
        (
            "Six villagers died in the raid, military sources reported on Friday.",
            "military sources",
            "reported",
            "Six villagers died in the raid",
        ),
        (
            "Militants clashed with troops near a dam, said Omar Haddad, the provincial governor.",
            "Omar Haddad, the provincial governor",
            "said",
            "Militants clashed with troops near a dam",
        ),
        # phrases
        (
            "According to the health ministry, 31 bodies were recovered.",
            "the health ministry",
            "According to",
            "31 bodies were recovered",
        ),
        (
            "Rebels burned four houses in the valley, according to residents.",
            "residents",
            "according to",
            "Rebels burned four houses in the valley",
        ),
        (
            "As reported by the Lake Tribune, the militia shelled the camp.",
            "the Lake Tribune",
            "reported",
            "the militia shelled the camp",
        ),
        (
            "The raid, which according to police lasted an hour, killed two men.",
            "police",
            "according to",
            "lasted an hour",
        ),
        # accusations, denials, orders
        (
            "Officials blamed the rebels for the bombing.",
            "Officials",
            "blamed",
            "the rebels for the bombing",
        ),
        (
            "The army denied it had carried out the strike.",
            "The army",
            "denied",
            "it had carried out the strike",
        ),
        (
            "The general ordered his troops to seize the port.",
            "The general",
            "ordered",
            "his troops to seize the port",
        ),
        (
            "The hospital put the toll at nine.",
            "The hospital",
            "put",
            "the toll at nine",
        ),
        (
            "The minister dismissed the allegations.",
            "The minister",
            "dismissed",
            "the allegations",
        ),
        (
            "Villagers saw soldiers shooting at the bus.",
            "Villagers",
            "saw",
            "soldiers shooting at the bus",
        ),
        # pictures and nouns
        (
            "A video posted on social media showed soldiers beating a man.",
            "A video posted on social media",
            "showed",
            "soldiers beating a man",
        ),
        (
            "The rebels' claim that they shot down a plane could not be verified.",
            "The rebels",
            "claim",
            "that they shot down a plane",
        ),
        # labels
        ("Police: Gunman shot two officers", "Police", ":", "Gunman shot two officers"),
        ("Three killed in market blast: police", "police", ":", "Three killed in market blast"),
    ],
)
def test_source_cue_and_content_are_read_in_every_frame(base_nlp, text, source, cue, said):
    doc, mentions = _read(base_nlp, text)
    assert (source, cue, [said]) in [_parts(doc, m) for m in mentions]


@pytest.mark.parametrize(
    ("text", "cue_type"),
    [
        ("The monitor alleged that prisoners were tortured.", "alleges"),
        ("The minister denied that troops had crossed the river.", "denies"),
        ("The group claimed responsibility for the bombing.", "claims-responsibility"),
        ("The warlord threatened to burn the town.", "threatens"),
        ("The colonel ordered his men to fire.", "orders"),
        ("A clip allegedly showing the beating spread widely.", "alleges"),
        ("The spokesman said the town was quiet.", "says"),
    ],
)
def test_cue_type_follows_the_cue(base_nlp, text, cue_type):
    _, mentions = _read(base_nlp, text)
    assert [m["cue_type"] for m in mentions] == [cue_type]


@pytest.mark.parametrize(
    "text",
    [
        "The bombing claimed the lives of four people.",
        "The landmine claimed two victims.",
        "That said, the army advanced on the town.",
        "He added two goals before the break.",
        "The attack was reported at 9pm.",
        "The convoy is said to be carrying aid.",
        "Needless to say, the bridge was closed.",
        "The valley is noted for its orchards.",
        "Two men were reported dead after the storm.",
        "It is believed that nine people died.",
        "The town was reportedly shelled overnight.",
        "No group has claimed responsibility for the blast.",
        "The clerk filed a report and went home.",
        "The fighters were warned off the road.",
        "The rebels placed a bomb at the gate.",
        "Police questioned two suspects and charged the crowd.",
        "The president dismissed the general.",
        "Guards denied them entry.",
        "The army did not confirm the strike.",
        "The ministry declined to say who was killed.",
        "The agency was unable to verify the report.",
        "",
        "\n\n",
    ],
)
def test_words_without_a_source_make_no_attribution(base_nlp, text):
    _, mentions = _read(base_nlp, text)
    assert mentions == []


def test_only_the_attributed_part_of_a_sentence_is_content(base_nlp):
    text = (
        "Six people died in Marsa, according to medics, and two more died in Tel, the mayor said."
    )
    doc, mentions = _read(base_nlp, text)
    assert [_parts(doc, m) for m in mentions] == [
        ("medics", "according to", ["Six people died in Marsa"]),
        ("the mayor", "said", ["two more died in Tel"]),
    ]


def test_a_second_speaker_after_while_ends_the_first_ones_words(base_nlp):
    text = (
        "The air force said it shot down ten drones overnight, "
        "while the other side's ministry accused it of striking a school."
    )
    doc, mentions = _read(base_nlp, text)
    assert _parts(doc, mentions[0])[2] == ["it shot down ten drones overnight"]


@pytest.mark.parametrize(
    "text",
    [
        "The agency said twenty people were killed, citing the health ministry.",
        "Citing the health ministry, the agency said twenty people were killed.",
    ],
)
def test_citing_makes_a_chain_from_claimant_to_relay(base_nlp, text):
    doc, mentions = _read(base_nlp, text)
    cited = next(m for m in mentions if "ministry" in m["source"])
    relay = mentions[cited["relayed_by"]]
    assert doc[relay["start"] : relay["end"]].text.lower() == "the agency"
    assert "twenty people were killed" in _parts(doc, cited)[2]


def test_quoted_as_saying_names_both_claimant_and_relay(base_nlp):
    doc, mentions = _read(
        base_nlp, "State TV quoted the governor as saying that twelve people had died."
    )
    governor = next(m for m in mentions if m["source"] == "governor")
    assert _parts(doc, governor)[2] == ["that twelve people had died"]
    assert mentions[governor["relayed_by"]]["kind"] == "media"


def test_a_report_within_a_report_is_relayed_by_the_outer_one(base_nlp):
    _, mentions = _read(base_nlp, "Reuters reported that police said three men were arrested.")
    assert [(m["source"], m["relayed_by"]) for m in mentions] == [("Reuters", None), ("police", 0)]


@pytest.mark.parametrize(
    "text",
    [
        '"We counted six bodies," the mayor said. "The clinic is full."',
        'The mayor said: "We counted six bodies. The clinic is full."',
        'The mayor said:\n"We counted six bodies. The clinic is full."',
        "“We counted six bodies,” said the mayor. “The clinic is full.”",
        '"We counted six bodies," the mayor said.\n\n"The clinic is full."',
        '"We counted six bodies," the mayor said. "It is bad.\n\n"The clinic is full."',
    ],
)
def test_a_speaker_goes_on_speaking_in_the_quotation(base_nlp, text):
    doc, mentions = _read(base_nlp, text)
    mayor = next(m for m in mentions if "mayor" in m["source"])
    clinic = next(t.i for t in doc if t.text == "clinic")
    bodies = next(t.i for t in doc if t.text == "bodies")
    assert mayor["direct"]
    for index in (clinic, bodies):
        assert any(low <= index < high for low, high in mayor["content"])


def test_quotation_after_another_sentence_is_not_given_to_its_speaker(base_nlp):
    text = '"They took our cattle," said Amina Yusuf. The army claimed responsibility for the raid.'
    doc, mentions = _read(base_nlp, text)
    army = next(m for m in mentions if "army" in m["source"])
    assert _parts(doc, army)[2] == ["responsibility for the raid"]


def test_participle_at_the_end_belongs_to_who_spoke(base_nlp):
    text = "The ministry claimed that the raid was old, stressing that its men guard the shrine."
    doc, mentions = _read(base_nlp, text)
    stressing = next(m for m in mentions if doc[m["cue"][0]].text == "stressing")
    assert doc[stressing["start"] : stressing["end"]].text == "The ministry"


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        (
            "Nadia Karim, health minister in the new cabinet, said six people died. "
            "She said more were missing.",
            "Nadia Karim, health minister",
            "medical",
        ),
        (
            "The Northern Conflict Observatory said six died. The observatory said two were hurt.",
            "Northern Conflict Observatory",
            "monitor",
        ),
        (
            "The fisheries ministry said in a statement that two boats sank. "
            "The statement added that six men drowned.",
            "fisheries ministry",
            "government",
        ),
        (
            "Colonel Idris Bello said the camp fell. Bello said it was retaken.",
            "Colonel Idris Bello",
            "military",
        ),
        # "They" are who spoke, not who was spoken of
        (
            "A rights group said soldiers burned the camp. They said nine men were missing.",
            "rights group",
            "monitor",
        ),
        # generals of no army, members of something
        (
            "Four died, the Prosecutor General's Office said.",
            "Prosecutor General's Office",
            "official",
        ),
        (
            "The director-general of the Health Ministry said four people died in Kassala.",
            "director-general of the Health Ministry",
            "medical",
        ),
        (
            "A member of the underground said four people died in Kherson.",
            "member of the underground",
            "armed-group",
        ),
    ],
)
def test_pronouns_and_short_forms_take_the_name_given_before(base_nlp, text, source, kind):
    _, mentions = _read(base_nlp, text)
    assert {(m["source"], m["kind"]) for m in mentions} == {(source, kind)}


def test_we_inside_a_quotation_is_who_is_quoted(base_nlp):
    _, mentions = _read(base_nlp, '"We believe forty people died," said the mayor.')
    assert {m["source"] for m in mentions} == {"mayor"}


def test_the_wide_reading_adds_wishes_and_attitudes(base_nlp):
    doc = base_nlp("The president supports the amnesty. The senator wants to end the war.")
    assert find_attributions(doc) == []
    assert [doc[m["start"] : m["end"]].text for m in find_all_attributions(doc)] == [
        "The president",
        "The senator",
    ]


def test_unparsed_text_is_read_without_a_crash(base_nlp):
    doc = base_nlp.make_doc('According to police, "six died," he said: citing the army.')
    assert find_attributions(doc) == []


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="said\"“”‘'’:,.\n -according to the army X(){}é؟", max_size=60))
def test_ranges_stay_inside_the_text(base_nlp, text):
    doc = base_nlp(text)
    for mention in [*find_attributions(doc), *find_all_attributions(doc)]:
        for low, high in [
            (mention["start"], mention["end"]),
            tuple(mention["cue"]),
            *map(tuple, mention["content"]),
        ]:
            assert 0 <= low < high <= len(doc)


def test_a_participle_that_asks_is_not_who_answers(base_nlp):
    doc = base_nlp("Asked about the raid, the minister said the army killed two rebels.")
    cues = [doc[m["cue"][0]].text for m in find_attributions(doc)]
    assert cues == ["said"]


def test_what_goes_on_behind_an_inserted_cue_is_said_too(base_nlp):
    text = "Villagers stopped the trucks, the monitor reported, and opened fire from roofs."
    doc, (mention,) = _read(base_nlp, text)
    said = _parts(doc, mention)[2]
    assert said == ["Villagers stopped the trucks", "and opened fire from roofs"]
