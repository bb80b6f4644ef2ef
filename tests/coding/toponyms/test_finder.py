import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from marsad.coding.toponyms.finder import ToponymFinder, find_toponyms
from marsad.coding.toponyms.lexicon import toponym_lexicon
from tests.places.shared import shared_gazetteer


@pytest.fixture(scope="module")
def read(base_nlp):
    """Text to its toponyms, keyed by the words they cover."""

    def find(text, **report):
        doc = base_nlp(text)
        doc._.report = report
        found = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
        return {doc[t["start"] : t["end"]].text: t for t in found}

    return find


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen opened fire on a bus in Zaria overnight.", "Zaria", "NGA"),
        ("Shells landed on Kherson before dawn.", "Kherson", "UKR"),
        ("Rebels entered Deir Ezzor from the east.", "Deir Ezzor", "SYR"),
        ("The convoy was hit near Al-Bab.", "Al-Bab", "SYR"),
        ("Officials in the U.S. declined to comment.", "U.S.", "USA"),
        ("Fighters crossed into the DRC at night.", "DRC", "COD"),
        ("Moscow said it would respond.", "Moscow", "RUS"),
        ("Gaza's hospitals are full.", "Gaza", "PSE"),
        ("Clashes spread across Cabo Delgado this week.", "Cabo Delgado", "MOZ"),
        ("TROOPS SHELLED THE TOWN OF MYITKYINA IN KACHIN STATE.", "MYITKYINA", "MMR"),
        ("Burmese troops burned houses in Hpakant.", "Hpakant", "MMR"),
    ],
)
def test_place_names_are_found_and_resolved(read, text, name, country):
    toponym = read(text)[name]
    assert (toponym["country"], toponym["role"]) == (country, "location")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Michael Jordan said he was sorry.", "Jordan"),
        ("Chad Smith was arrested on Monday.", "Chad"),
        ("Paris Hilton gave a party.", "Paris"),
        ("Mr. Washington denied the charge.", "Washington"),
        ("Reading books helped the prisoners.", "Reading"),
        ("They will March on Friday.", "March"),
        ("Of the dead, two were children.", "Of"),
    ],
)
def test_persons_and_ordinary_words_are_refused(read, text, word):
    assert word not in read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Washington Post broke the story.", "Washington"),
        ("Students of the University of Aleppo protested.", "Aleppo"),
        ("The Islamic State of Iraq claimed the bombing.", "Iraq"),
        ("The Damascus regime denied it.", "Damascus"),
    ],
)
def test_a_place_inside_an_organisation_is_no_location(read, text, name):
    found = read(text)
    assert name not in found or found[name]["role"] == "organisation-part"


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Syrian troops advanced.", "Syrian", "SYR"),
        ("Two South Sudanese officers fled.", "South Sudanese", "SSD"),
        ("Chechen fighters arrived.", "Chechen", "RUS"),
        ("Several Kenyans were hurt.", "Kenyans", "KEN"),
    ],
)
def test_nationality_words_are_adjectives_of_the_country(read, text, word, country):
    toponym = read(text)[word]
    assert (toponym["role"], toponym["country"]) == ("adjective", country)


@pytest.mark.parametrize(
    ("text", "town", "country", "admin1"),
    [
        ("A man was shot in Athens, Georgia, on Sunday.", "Athens", "USA", "Georgia"),
        ("A man was shot in Athens, Ga., on Sunday.", "Athens", "USA", "Georgia"),
        ("A bomb went off in Athens, Greece, on Sunday.", "Athens", "GRC", "Attica"),
        ("Militia killed six in Beni, North Kivu, on Sunday.", "Beni", "COD", "North Kivu"),
        ("Syria's Idlib was bombed again.", "Idlib", "SYR", "Idlib"),
        ("The Lebanese city of Tripoli was calm.", "Tripoli", "LBN", None),
        ("The Libyan city of Tripoli was calm.", "Tripoli", "LBY", None),
    ],
)
def test_what_the_text_says_around_a_name_decides_between_namesakes(
    read, text, town, country, admin1
):
    toponym = read(text)[town]
    assert toponym["country"] == country
    assert admin1 is None or toponym["admin1"] == admin1


@pytest.mark.parametrize(
    ("text", "name", "relation", "precision"),
    [
        ("A bomb exploded in Kirkuk.", "Kirkuk", None, "town"),
        ("A bomb exploded near Kirkuk.", "Kirkuk", "near", "district"),
        ("Shells hit the outskirts of Sirte.", "Sirte", "outskirts of", "district"),
        ("Jets struck the countryside of Hama.", "Hama", "countryside of", "district"),
        ("The bus was stopped 40 km north of Gao.", "Gao", "from", "district"),
        ("Fighting raged between Bakhmut and Soledar.", "Bakhmut", "between", "district"),
        ("Soldiers died in northern Idlib province.", "Idlib", "part of", "province"),
        ("They met in the northern city of Mosul.", "Mosul", None, "town"),
        ("The attack near the Iraqi city of Mosul failed.", "Mosul", "near", "district"),
        ("The truck blew up on the road to Kandahar.", "Kandahar", "on the road to", "district"),
        ("Rockets fell on Jabalia refugee camp in Gaza.", "Jabalia", None, "site"),
        ("A mine exploded in Helmand province.", "Helmand", None, "province"),
        ("Two people died in Mexico.", "Mexico", None, "country"),
        ("Gunmen raided Afrin district on Friday.", "Afrin", None, "district"),
    ],
)
def test_precision_is_what_the_words_allow(read, text, name, relation, precision):
    toponym = read(text)[name]
    assert (toponym["relation"], toponym["precision"]) == (relation, precision)


def test_an_unlisted_village_takes_its_containers_place_and_precision(read):
    found = read("Militants burned the village of Bir Zubab in Idlib province.")
    village, province = found["Bir Zubab"], found["Idlib"]
    assert village["geonameid"] is None
    assert village["name"] == "Bir Zubab"
    assert village["precision"] == "province"
    assert (village["latitude"], village["country"]) == (province["latitude"], "SYR")


def test_an_unlisted_village_without_container_has_no_coordinates(read):
    village = read("Militants burned the village of Bir Zubab yesterday.")["Bir Zubab"]
    assert village["latitude"] is None


def test_names_of_a_list_prove_each_other(read):
    found = read("Raiders torched the villages of Zubabo, Kalagari and Mundube.")
    assert {"Zubabo", "Kalagari", "Mundube"} <= set(found)


@pytest.mark.parametrize(
    ("text", "report", "name"),
    [
        ("ANKARA (Reuters) - Gunmen attacked a post in Hakkari.", {}, "ANKARA"),
        ("NAIROBI, Kenya -- Police fired tear gas in Kisumu.", {}, "Kenya"),
        ("Cairo: Police fired tear gas in Suez.", {"dateline_end": 7}, "Cairo"),
    ],
)
def test_the_dateline_is_no_location(read, text, report, name):
    found = read(text, **report)
    assert found[name]["role"] == "dateline"
    assert "location" in {toponym["role"] for toponym in found.values()}


def test_where_a_person_comes_from_is_marked(read):
    found = read("A man from Kano was shot dead in Abuja.")
    assert (found["Kano"]["role"], found["Abuja"]["role"]) == ("person-origin", "location")


def test_a_road_named_after_a_town_is_not_in_that_town(read):
    found = read("A driver was shot on Dublin Road in Columbus, Ohio.")
    assert "Dublin" not in found
    assert found["Columbus"]["admin1"] == "Ohio"


def test_a_country_keeps_country_precision(read):
    toponym = read("The war in Sudan goes on.")["Sudan"]
    assert (toponym["precision"], toponym["name"]) == ("country", "Sudan")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "...", "𝕊𝕪𝕣𝕚𝕒 ‮ ﷽ 😀", "IN " * 400])
def test_strange_texts_do_no_harm(read, text):
    read(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), max_size=30), st.booleans())
def test_offsets_stay_inside_unannotated_docs(words, spaces):
    doc = Doc(Vocab(), words=words, spaces=[spaces] * len(words))
    for toponym in find_toponyms(doc, shared_gazetteer(), toponym_lexicon()) if words else []:
        assert 0 <= toponym["start"] < toponym["end"] <= len(doc)
        assert 0.0 <= toponym["score"] <= 1.0


def test_names_are_found_without_labels_and_parse():
    words = "Gunmen killed three people in Maiduguri on Sunday".split()
    doc = Doc(Vocab(), words=words)
    (toponym,) = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
    assert toponym["country"] == "NGA"


def test_the_component_writes_plain_data_and_spans(base_nlp):
    doc = base_nlp.make_doc("Shells hit Kharkiv.")
    doc = ToponymFinder(shared_gazetteer().path)(doc)
    assert pickle.loads(pickle.dumps(doc._.toponyms)) == doc._.toponyms
    assert [span.text for span in doc.spans["marsad_toponyms"]] == ["Kharkiv"]


def test_the_factory_declares_what_it_assigns(base_nlp):
    meta = base_nlp.get_factory_meta("marsad_toponyms")
    assert meta.assigns == ["doc._.toponyms"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The White House rejected the plan on Monday.", "White House"),
        ("The rally was held on Easter in Minsk.", "Easter"),
        ("The Kremlin denies any part in the blast.", "Kremlin"),
        ("LIMA, 12 NOV 89 (RADIO CORAZON) -- POLICE FOUND A BOMB TODAY.", "NOV"),
        ("LIMA, 12 NOV 89 (RADIO CORAZON) -- POLICE FOUND A BOMB TODAY.", "CORAZON"),
        ("THE TROOPS ROSE UP IN MUTINY AND SEIZED THE BARRACKS.", "MUTINY"),
        ("Volunteers of the Red Cross carried the wounded away.", "Red Cross"),
    ],
)
def test_what_no_report_means_as_a_place_is_none(read, text, name):
    assert name not in read(text)


def test_a_seat_of_power_is_a_place_where_people_stand_before_it(read):
    found = read("Protesters gathered outside the White House on Monday.")
    assert found["White House"]["country"] == "USA"
    assert found["White House"]["latitude"] == pytest.approx(38.9, abs=0.1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TORRINGTON \u2014 A fire destroyed the roof of a house on Main Street.", "TORRINGTON"),
        ("The Ohio Supreme Court will hear the case in May.", "Ohio"),
        ("Torrington firefighters were called in on Sunday.", "Torrington"),
        ("Allegheny County Court ruled on the claim.", "Allegheny County"),
    ],
)
def test_names_that_head_belong_to_or_name_a_body_are_read(read, text, name):
    assert name in read(text)


def test_a_name_proven_once_is_a_place_in_the_whole_report(read):
    text = "A man was shot in Harwinton, Connecticut. Four of the Harwinton engines came."
    doc_names = read(text)
    assert doc_names["Harwinton"]["admin1"] == "Connecticut"


@pytest.mark.parametrize("abbreviation", ["W.Va.", "Sask.", "Alta."])
def test_a_division_is_read_where_its_point_is_cut_off(read, abbreviation):
    found = read(f"The couple moved to Melville, {abbreviation} and never came back.")
    assert any(t["precision"] == "province" for t in found.values())


@pytest.mark.parametrize(
    ("text", "inner", "country"),
    [
        ("Gunmen raided the Mozambique town of Palma at dawn.", "Palma", "MOZ"),
        (
            "Gunmen raided the village of Solhan near Sebba in northern Burkina Faso.",
            "Solhan",
            "BFA",
        ),
        ("Talks are held in Santo Domingo, Cauca department, this week.", "Santo Domingo", "COL"),
        ("FMLN rebels attacked San Miguel. The FMLN then withdrew.", "San Miguel", "SLV"),
        ("Shells hit the villages of Foua and Kefraya in Idlib province.", "Foua", "SYR"),
    ],
)
def test_a_namesake_elsewhere_is_not_where_the_report_puts_it(read, text, inner, country):
    assert read(text)[inner]["country"] == country


def test_a_country_before_a_kind_of_place_stays_a_country(read):
    found = read("Gunmen raided the northern Mozambique town of Palma at dawn.")
    assert found["Mozambique"]["precision"] == "country"


def test_a_hospital_of_a_saints_name_is_not_on_the_saints_island(read):
    found = read("He was treated at St. Michael's Hospital in Toronto.")
    assert found["St. Michael's Hospital"]["country"] == "CAN"


def test_words_of_one_countrys_papers_tell_a_namesake(read):
    plain = read("Police searched houses in Athens and Rome on Friday.")
    local = read(
        "Sheriff's deputies and troopers searched houses in Athens and Rome. "
        "Felony charges followed, a congressman said."
    )
    assert plain["Athens"]["country"] == "GRC"
    assert local["Athens"]["country"] == "USA"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A shell hit a pharmacy in the Ben Qasiba area of Benghazi.", "Ben Qasiba"),
        ("Troops advanced to the southern outskirts of Hirbnafa on Monday.", "Hirbnafa"),
        ("Gunmen stormed Gidan Gamna, a farming community in Lafia, at dawn.", "Gidan Gamna"),
        ("Four fighters died at the battle of Rityana, the group said.", "Rityana"),
    ],
)
def test_unlisted_names_are_proven_by_the_words_around_them(read, text, name):
    assert any(name in found for found in read(text))


def test_a_people_is_no_place(read):
    assert "Kuki" not in read("A mob attacked Kuki homes near Imphal.")


@pytest.mark.parametrize(
    ("text", "name", "division"),
    [
        ("Jets struck Wadi al-Nahla in Nabatieh province at dawn.", "Wadi al-Nahla", "Nabatieh"),
        ("Jets struck Wadi Kharouba in Nabatieh province at dawn.", "Wadi Kharouba", "Nabatieh"),
        ("The shelling of Khan al-Rimal in Idlib province went on.", "Khan al-Rimal", "Idlib"),
        ("Troops entered ‘Ayn ‘Arous in Aleppo province.", "Ayn ‘Arous", "Aleppo"),
        ("Homes burned in Pale Township, Sagaing Region, on Monday.", "Pale", "Sagaing Region"),
        ("Homes burned in San Pedro, in Cauca department.", "San Pedro", "Cauca Department"),
        (
            "Bandits raided Gidan Kaya in Faskari Local Government Area of Katsina State.",
            "Gidan Kaya",
            "Katsina State",
        ),
        ("A grenade went off in the Eidgah area of Srinagar.", "Eidgah", "Jammu and Kashmir"),
    ],
)
def test_a_village_is_whole_and_where_the_report_puts_it(read, text, name, division):
    assert read(text)[name]["admin1"] == division


@pytest.mark.parametrize(
    "text",
    [
        "The raid was claimed by al-Shabab on Friday.",
        "Youths threw Molotov cocktails at the gate.",
        "Two UAVs and a Katyusha were shot down.",
    ],
)
def test_groups_and_arms_are_no_places(read, text):
    assert not read(text)


def test_a_capital_that_is_named_behind_the_word_is_told_once(read):
    found = read("Gangs blocked roads in Haiti's capital of Port-au-Prince.")
    assert set(found) == {"Haiti", "Port-au-Prince"}


def test_a_town_whose_name_is_a_word_is_one_after_near(read):
    assert read("Rebels dug in near Sake on Monday.")["Sake"]["country"] == "COD"


def test_where_a_bus_is_bound_for_loosens_the_name(read):
    assert read("A Taftan-bound bus was stopped in Pakistan.")["Taftan"]["relation"] == "towards"


def test_an_agency_in_brackets_ends_a_dateline(read):
    found = read("Kano, Nigeria (XNA - 3rd Oct, 2019): Gunmen shot a teacher in Kaduna state.")
    assert (found["Kano"]["role"], found["Kaduna"]["role"]) == ("dateline", "location")


def test_a_battalion_is_not_the_country_that_it_is_called_after(read):
    found = read("REBELS FOUGHT THE ARMENIA BATTALION OF THE ARMY IN COLOMBIA ON MONDAY.")
    assert found["ARMENIA"]["role"] == "organisation-part"


def test_a_village_lies_in_the_division_of_the_town_it_is_measured_from(read):
    found = read("Insurgents burned the village of Lorvalo, 20 km from Mocímboa da Praia.")
    assert found["Lorvalo"]["admin1"] == "Cabo Delgado Province"
