from typing import Any

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from marsad.coding.toponyms.choice import EventPlaces, places_of
from marsad.coding.toponyms.finder import find_toponyms
from marsad.coding.toponyms.lexicon import toponym_lexicon
from tests.places.shared import shared_gazetteer


def trigger_at(doc, word):
    index = next(token.i for token in doc if token.lower_ == word)
    return {
        "start": index, "end": index + 1, "event_type": "attack", "entry": word, "role": "event",
        "strength": "strong", "head": index,
    }  # fmt: skip


@pytest.fixture(scope="module")
def locate(base_nlp):
    """Text and trigger word to (words of the places, inherited)."""

    def find(text, word, others=()):
        doc = base_nlp(text)
        doc._.report = {}
        doc._.toponyms = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
        doc._.triggers = [trigger_at(doc, other) for other in others]
        places = places_of(doc, trigger_at(doc, word))
        names = [
            doc[doc._.toponyms[i]["start"] : doc._.toponyms[i]["end"]].text for i in places.indexes
        ]
        return names, places.inherited

    return find


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("A car bomb exploded near a market in Mosul on Monday.", "exploded", "Mosul"),
        ("The army shelled Khan Younis overnight.", "shelled", "Khan Younis"),
        ("The Mogadishu bombing killed nine people.", "bombing", "Mogadishu"),
        ("In Mexico, gunmen shot dead a reporter.", "shot", "Mexico"),
        ("Syria's Idlib was bombed by jets.", "bombed", "Idlib"),
        ("Rebels killed ten farmers in Beni, North Kivu.", "killed", "Beni"),
    ],
)
def test_the_place_that_hangs_on_the_trigger_is_its_place(locate, text, word, place):
    assert locate(text, word) == ([place], False)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("The minister told reporters in Ankara that gunmen killed two in Van.", "killed", "Van"),
        ("A man from Kano was shot dead in Abuja.", "shot", "Abuja"),
        ("AMMAN, Jordan (AP) - Gunmen ambushed a patrol in Daraa.", "ambushed", "Daraa"),
        ("The Damascus regime shelled Douma, activists said.", "shelled", "Douma"),
        ("Moscow said its forces had struck Kharkiv.", "struck", "Kharkiv"),
        ("The London-based monitor said jets bombed Raqqa.", "bombed", "Raqqa"),
    ],
)
def test_seats_speakers_origins_and_datelines_are_no_event_places(locate, text, word, place):
    assert locate(text, word) == ([place], False)


def test_an_event_said_of_several_places_has_them_all(locate):
    names, _ = locate("Protests were held in Tartus, Latakia, Homs and Aleppo.", "protests")
    assert sorted(names) == ["Aleppo", "Homs", "Latakia", "Tartus"]


def test_between_two_places_is_one_place(locate):
    names, _ = locate("Gunmen ambushed a bus between Gao and Ansongo.", "ambushed")
    assert len(names) == 1


def test_a_road_gives_way_to_its_town(locate):
    text = "A gunman shot two people on Elm Street in Dayton, Ohio."
    assert locate(text, "shot")[0] == ["Dayton"]


def test_a_sentence_without_place_inherits_the_place_before(locate):
    text = "Police clashed with crowds in Nairobi. At least four people were killed."
    assert locate(text, "killed", others=["clashed"]) == (["Nairobi"], True)


def test_the_place_is_not_inherited_from_a_dateline(locate):
    assert locate("DAMASCUS (AFP) - Six people were killed.", "killed") == ([], False)


def test_an_adjective_is_no_place(locate):
    assert locate("Syrian soldiers killed four people.", "killed") == ([], False)


def test_later_places_are_not_inherited(locate):
    text = "Four people were killed. The president later travelled to Oslo."
    assert locate(text, "killed") == ([], False)


def test_docs_without_toponyms_or_words_have_no_place():
    trigger: Any = {"start": 0, "end": 1, "head": 5, "role": "event"}
    assert places_of(Doc(English().vocab), trigger) == EventPlaces()
    assert places_of(Doc(English().vocab, words=["Killed"]), trigger) == EventPlaces()


def test_an_unparsed_sentence_still_has_its_place():
    words = "Gunmen killed three people in Maiduguri".split()
    doc = Doc(English().vocab, words=words)
    doc._.toponyms = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
    assert places_of(doc, trigger_at(doc, "killed")).indexes == [0]


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        # one of several clauses, each with its own place
        ("Gunmen raided Kaya, and a mine killed four men near Dori.", "raided", "Kaya"),
        ("Gunmen raided Kaya, and a mine killed four men near Dori.", "killed", "Dori"),
        # the object of taking is the place
        ("The rebels captured Bambari from the army on Friday.", "captured", "Bambari"),
        # the event noun beside the place has it, and its verb too
        ("A blast hit a bus in Quetta.", "blast", "Quetta"),
        ("A man was stabbed in Lyon, police in Paris said.", "stabbed", "Lyon"),
    ],
)
def test_each_event_has_the_place_of_its_own_clause(locate, text, word, place):
    assert locate(text, word) == ([place], False)


@pytest.mark.parametrize(
    ("text", "word", "places"),
    [
        ("Jets bombed Raqqa, Idlib and the divided city of Aleppo.", "bombed", 3),
        ("Protests were held in Lyon and in the southern city of Marseille.", "protests", 2),
        ("Gunmen killed ten farmers in Beni, North Kivu.", "killed", 1),
    ],
)
def test_lists_are_taken_whole_and_containers_are_not_listed(locate, text, word, places):
    assert len(locate(text, word)[0]) == places


def test_what_somebody_says_or_is_happens_nowhere(locate):
    assert locate("The minister believes that the army will retake Mosul.", "believes")[0] == []


def test_text_without_a_parse_has_the_place_of_a_list():
    words = "GUNMEN KILLED THREE PEOPLE IN MAIDUGURI AND KANO".split()
    doc = Doc(English().vocab, words=words)
    doc._.toponyms = find_toponyms(doc, shared_gazetteer(), toponym_lexicon())
    assert places_of(doc, trigger_at(doc, "killed")).indexes == [0, 1]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Gunmen shot five people at a Texas party. San Antonio police seek two men.",
            "San Antonio",
        ),
        (
            "Floods and gunmen killed five people across Texas. San Antonio police seek two.",
            "Texas",
        ),
        ("Gunmen killed five people in Ohio. San Antonio police sent help.", "Ohio"),
    ],
)
def test_a_state_gives_way_to_the_town_in_it_whose_police_speak(locate, text, places):
    word = "shot" if "shot" in text else "killed"
    assert locate(text, word)[0] == [places]
