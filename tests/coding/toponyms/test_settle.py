"""Where the words put a name: described capitals, containers, unlisted sites, local reports."""

import pytest

from marsad.coding.toponyms.choice import places_of
from marsad.coding.toponyms.finder import find_toponyms
from marsad.coding.toponyms.lexicon import toponym_lexicon
from tests.coding.toponyms.test_choice import trigger_at
from tests.places.shared import shared_gazetteer


@pytest.fixture(scope="module")
def annotate(base_nlp):
    """Text and report fields to a Doc with toponyms."""

    def run(text, **report):
        doc = base_nlp(text)
        doc._.report = report
        doc._.toponyms = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
        doc._.triggers = []
        return doc

    return run


@pytest.fixture(scope="module")
def read(annotate):
    """Text to its toponyms, keyed by the words they cover."""

    def find(text, **report):
        doc = annotate(text, **report)
        return {doc[t["start"] : t["end"]].text: t for t in doc._.toponyms}

    return find


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Two grenades went off in the Peruvian capital on Tuesday.", "Lima"),
        ("A bus was burned in Kenya's capital on Tuesday.", "Nairobi"),
        ("Troops patrolled the capital of Chad on Tuesday.", "N'Djamena"),
        ("Iraqi police said a car bomb went off in the capital.", "Baghdad"),
        ("SHELLS FELL ON THE WESTERN SUBURBS OF THE LEBANESE CAPITAL LAST NIGHT.", "Beirut"),
    ],
)
def test_a_described_capital_is_the_city(read, text, capital):
    found = read(text)
    (toponym,) = [t for words, t in found.items() if words.lower() == "capital"]
    assert toponym["name"] == capital


@pytest.mark.parametrize(
    "text",
    [
        "The Iraqi capital, Baghdad, was calm.",
        "The Nigerian state spends on capital projects; prosecutors seek capital punishment.",
        "Fighting went on near the provincial capital of Helmand.",
        "Kenyan firms raised capital abroad.",
    ],
)
def test_other_capitals_are_no_mention_of_their_own(read, text):
    assert "capital" not in read(text)


def test_the_suburbs_of_a_described_capital_are_its_outskirts(read):
    toponym = read("Rockets hit the southern suburbs of the Libyan capital.")["capital"]
    assert (toponym["name"], toponym["relation"]) == ("Tripoli", "outskirts of")


@pytest.mark.parametrize("word", ["Northern", "South", "West", "East"])
def test_a_direction_by_itself_is_no_name(read, word):
    assert word not in read(f"Two men were shot on {word} Lorne Avenue in Cleveland, Ohio.")


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Gunmen raided the village of Solhan in eastern Niger.", "Solhan", "NER", "country"),
        ("Raiders burned the village of Kolbadu in Niger's Dosso region.", "Kolbadu", "NER", None),
        ("Troops entered the Malian village of Tarragudu.", "Tarragudu", "MLI", "country"),
    ],
)
def test_a_name_never_lies_outside_what_the_words_put_it_in(read, text, name, country, precision):
    toponym = read(text)[name]
    assert toponym["country"] == country
    assert toponym["geonameid"] is None
    assert precision is None or toponym["precision"] == precision


def test_a_possessive_division_is_the_finer_container(read):
    toponym = read("Fighters burned the village of Dubagarra in Nigeria's Borno state.")
    assert toponym["Dubagarra"]["admin1"] == "Borno State"
    assert toponym["Dubagarra"]["precision"] == "province"


def test_an_unlisted_site_takes_the_town_of_the_account(read):
    found = read("A bomb hit Basra at noon. Smoke rose over the Zarqun Hotel until dusk.")
    assert found["Zarqun Hotel"]["country"] == "IRQ"
    assert found["Zarqun Hotel"]["latitude"] == found["Basra"]["latitude"]


def test_a_street_lies_in_the_town_whose_police_speak(read):
    found = read("Two men were shot near Bramble Road. Tulsa police are looking for a car.")
    assert found["Bramble Road"]["admin1"] == "Oklahoma"


def test_the_title_says_where_an_unlisted_street_is(read):
    text = "Two men were shot dead near Bramble Road late on Sunday."
    found = read(text, title="Two men shot dead in Wichita, Kansas")
    assert found["Bramble Road"]["admin1"] == "Kansas"


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Spokane police say two men were hurt. A gunman fired at their car.", "fired", "Spokane"),
        ("EUGENE, Ore. -- A gunman fired at a car, police said.", "fired", "EUGENE"),
    ],
)
def test_an_event_of_a_local_report_told_without_a_place_is_at_its_home(
    annotate, text, word, place
):
    doc = annotate(text)
    found = places_of(doc, trigger_at(doc, word))
    names = [doc[doc._.toponyms[i]["start"] : doc._.toponyms[i]["end"]].text for i in found.indexes]
    assert (names, found.inherited) == ([place], True)
    assert doc._.toponyms[found.indexes[0]]["precision"] == "district"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("BEIRUT, Lebanon (AP) -- Gunmen killed a judge, officials said.", "killed"),
        ("PARIS -- A minister said that soldiers killed a judge.", "killed"),
        ("CAIRO -- Gunmen killed a judge, police said.", "killed"),
    ],
)
def test_a_correspondents_city_is_no_place_of_last_resort(annotate, text, word):
    doc = annotate(text)
    assert places_of(doc, trigger_at(doc, word)).indexes == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A man was shot near Toledo. He died at Mount Carmel Hospital.", "died"),
        ("A man was shot near Toledo. He was taken to a hospital in Cleveland, where he died.",
         "died"),
    ],
)  # fmt: skip
def test_the_hospital_of_the_hurt_is_no_place_of_the_event(annotate, text, word):
    doc = annotate(text)
    found = places_of(doc, trigger_at(doc, word))
    assert [doc._.toponyms[i]["name"] for i in found.indexes] == ["Toledo"]


def test_a_hospital_that_was_hit_is_the_place(annotate):
    doc = annotate("A missile hit a hospital in Kharkiv on Sunday.")
    doc._.triggers = [trigger_at(doc, "hit")]
    found = places_of(doc, trigger_at(doc, "hit"))
    assert [doc._.toponyms[i]["name"] for i in found.indexes] == ["Kharkiv"]
