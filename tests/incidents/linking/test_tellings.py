import pytest

from marsad.incidents.linking.tellings import Telling, read_tellings
from tests.incidents.linking.conftest import DAY, GAZA, IZMIT, code, on

TEXT = (
    "Gunmen shot dead two guards at the Orvenholt depot.\n"
    "In a separate attack, a bomb wounded Petrus Vandermool, 31, in Gaza City.\n"
    "The depot was looted, neighbours of Zeltweg Lane recalled."
)


def read_two():
    return read_tellings(
        code(
            "r",
            TEXT,
            ("shot dead", "attack", {"place": IZMIT, "when": on(DAY), "counts": {"killed": 2}}),
            ("bomb", "remote-explosive", {"place": GAZA, "counts": {"injured": 1}}),
            title="Two guards shot - The Larnesti Courier",
        )
    )


def test_a_telling_survives_json():
    for telling in read_two():
        assert Telling.from_json(telling.to_json()) == telling


def test_json_of_another_thing_is_refused():
    with pytest.raises((ValueError, KeyError)):
        Telling.from_json("{}")


def test_each_incident_is_told_in_its_own_paragraphs():
    depot, bomb = read_two()
    assert "orvenholt" in depot.terms
    assert "orvenholt" not in bomb.terms
    assert "vandermool" not in depot.terms
    assert bomb.persons == {"petrus vandermool"}


def test_what_tells_of_no_other_incident_is_of_the_main_one():
    depot, bomb = read_two()
    assert "zeltweg" in depot.terms
    assert "zeltweg" not in bomb.terms


def test_the_outlet_in_a_title_is_no_word_of_the_event():
    depot, _ = read_two()
    assert "courier" not in depot.terms


def test_a_report_that_only_looks_back_gives_a_background_telling():
    coded = code(
        "r",
        "A year on, Larnesti mourns those killed in the Orvenholt massacre.",
        ("massacre", "attack", {"modality": "historical", "place": IZMIT}),
    )
    (telling,) = read_tellings(coded)
    assert telling.background
    assert telling.place == IZMIT
    assert telling.claims == ("claim-r-0",)


def test_a_report_of_no_violence_gives_no_telling():
    assert read_tellings(code("r", "The council of Larnesti opened a library.")) == ()


def test_an_empty_report_gives_no_telling():
    assert read_tellings(code("r", "")) == ()


def test_lists_of_names_and_numbers_make_no_unbounded_blocks(tell):
    text = "A strike killed one. " + " ".join(f"Name{chr(97 + i % 26)}" for i in range(50))
    telling = tell("r", text, "strike", "air-strike", place=GAZA, when=on(DAY))
    assert len(telling.blocks) < 200


def test_what_a_report_looks_back_at_beside_its_news_is_a_background_telling():
    text = (
        "Gunmen ambushed a patrol in Izmit on Friday.\n"
        "A blast at the bazaar of Adana in 2019 killed 31 people."
    )
    blast = {"place": GAZA, "counts": {"killed": 31}, "modality": "historical"}
    coded = code(
        "r",
        text,
        ("ambushed", "armed-clash", {"place": IZMIT, "when": on(DAY)}),
        ("blast", "remote-explosive", blast),
    )
    told = read_tellings(coded)
    assert [t.background for t in told] == [False, True]
    assert told[1].numbers == {"31 killed"}
    assert told[1].place == GAZA
