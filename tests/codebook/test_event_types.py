"""The event codebook keeps its promises to the records and to other schemes."""

from typing import get_args

import pytest

from marsad.codebook.event_types import crosswalk_sources, load_apart_kinds, load_event_types
from marsad.records import ApartKind, EventType

ACLED_SUB_EVENTS = {
    "Battles": {
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    },
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    },
    "Protests": {
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
PLOVER_MODES = {
    "AGREE": {""},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {"", "seize", "restrict", "arrest", "curfew", "martial-law"},
    "THREATEN": {""},
    "ASSAULT": set(
        """abduct beat torture sexual targeted destroy primitive firearms explosives
        suicide-attack aerial drone heavy-weapons crowd-control unconventional""".split()
    ),
}
CODES = get_args(EventType)


def test_codes_are_those_of_the_records_in_their_order():
    assert tuple(load_event_types()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code):
    entry = load_event_types()[code]
    assert entry.label
    assert entry.definition.endswith(".")
    assert entry.includes
    assert entry.excludes


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_crosswalk_into_known_vocabularies(code):
    walk = load_event_types()[code].crosswalk
    assert walk.acled_sub_event in ACLED_SUB_EVENTS[walk.acled_event]
    assert walk.plover_mode in PLOVER_MODES[walk.plover_type]
    assert walk.cameo_root.isdigit()
    assert walk.cameo_code.startswith(walk.cameo_root.lstrip("0")) or walk.cameo_code.startswith(
        walk.cameo_root
    )


@pytest.mark.parametrize(
    ("code", "violence", "demonstration", "strategic"),
    [
        ("armed-clash", True, False, False),
        ("excessive-force", True, True, False),
        ("mob-violence", True, False, False),
        ("peaceful-protest", False, True, False),
        ("riot", False, True, False),
        ("weapons-seizure", False, False, True),
    ],
)
def test_disorder_kinds_follow_the_published_flags(code, violence, demonstration, strategic):
    entry = load_event_types()[code]
    assert entry.is_political_violence is violence
    assert entry.is_demonstration is demonstration
    assert entry.is_strategic is strategic


def test_every_scheme_of_the_crosswalk_names_its_source():
    assert set(crosswalk_sources()) == {"acled", "plover", "cameo", "ucdp"}


def test_what_is_set_apart_is_defined_and_is_no_event_type():
    kinds = load_apart_kinds()
    assert tuple(kinds) == get_args(ApartKind)
    assert not set(kinds) & set(CODES)
    assert all(entry.definition and entry.excludes for entry in kinds.values())


def test_words_orders_and_refusals_make_no_incident():
    entries = load_event_types().values()
    told_only = {e.code for e in entries if not e.makes_incident}
    assert told_only == {"restriction", "non-cooperation", "threat"}
