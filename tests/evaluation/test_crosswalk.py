import tomllib
from typing import get_args

import pytest

from evaluation.crosswalk import FOLDER, Reading, load_crosswalk
from marsad.records import ActorKind, ApartKind, EventType, Modality


@pytest.mark.parametrize(
    ("reading", "label"),
    [
        (Reading("territory-change", actors=frozenset({"military"})), "GOV_REGAINS_TERIT"),
        (
            Reading("territory-change", actors=frozenset({"armed-group"})),
            "NON_STATE_ACTOR_OVERTAKES_TER",
        ),
        (Reading("territory-change", trigger="handed over"), "NON_VIOL_TERRIT_TRANSFER"),
        (Reading("movement", trigger="set up"), "HQ_ESTABLISHED"),
        (Reading("movement", trigger="deployed"), "CHANGE_TO_GROUP_ACT"),
        (Reading("attack", modality="denied"), "ATTRIB"),
    ],
)
def test_a_finer_label_follows_the_parties_and_the_trigger(reading, label):
    assert load_crosswalk("case2021").label([reading]) == label


def test_a_report_without_claims_gets_the_rest_class():
    assert load_crosswalk("case2021").label([]) == "OTHER"


def test_the_first_reading_that_any_rule_fits_decides():
    readings = [Reading("other"), Reading("arrest"), Reading("attack")]
    assert load_crosswalk("plover").label(readings) == "COERCE"


@pytest.mark.parametrize("name", [p.stem for p in sorted(FOLDER.glob("*.toml"))])
def test_crosswalks_use_only_words_of_the_codebook(name):
    known = {
        "types": {*get_args(EventType), *get_args(ApartKind)},
        "modalities": set(get_args(Modality)),
        "actors": set(get_args(ActorKind)),
        "recipients": set(get_args(ActorKind)),
    }
    allowed = {*known, "label", "trigger", "not_actors", "outcomes"}
    for rule in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["rule"]:
        assert set(rule) <= allowed
        for key, words in known.items():
            assert set(rule.get(key, [])) <= words
    load_crosswalk(name)
