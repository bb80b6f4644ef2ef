"""News whose words sound of violence: disasters, vehicles, crowds, police work, spoils."""

import pytest

from marsad.coding.triggers.finder import find_triggers

NO_EVENT = """
At least 40 people were killed on Monday after an earthquake toppled houses in the hill districts.
The minaret toppled in the quake buried nine worshippers on Sunday; four bodies had been recovered.
Strong winds toppled a billboard in the port city on Friday, killing two motorists.
Five cooks died when a roof collapsed after a gas cylinder blast. Deaths did not occur in the blast.
A drunk man tried to wrest control of the bus from its driver and three were killed in the crash.
Fire crews took control of the blaze before dawn on Monday.
Police opened a file against the mill owner over the fire and were conducting raids to arrest him.
His platoon had executed a blockade on the ring road on Monday, the captain said.
The grocer fired the opening shot in a price war on Monday.
A crowd gathered around the bodies after the crash.
Two climbers went missing near the glacier while troops trained there.
""".strip().splitlines()


@pytest.mark.parametrize("text", NO_EVENT)
def test_a_text_that_only_sounds_of_violence_has_no_trigger(base_nlp, text):
    doc = base_nlp(text)
    assert [doc[t["start"] : t["end"]].text for t in find_triggers(doc)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tanks rolled in and officers toppled the president on Monday.", "other"),
        ("Rebels wrested the bridge from the army on Friday.", "territory-change"),
        ("Rebels took control of the port on Friday.", "territory-change"),
        ("An aerial assault on the village of Kaw Hta killed six on Friday.", "air-strike"),
        ("A suicide bomb tore through the bazaar on Friday, killing nine.", "suicide-bombing"),
        ("Troops recovered three rifles from a barn on Friday.", "weapons-seizure"),
        ("A blast killed four shoppers in the market on Friday, police said.", "remote-explosive"),
    ],
)
def test_the_deeds_themselves_keep_their_kind(base_nlp, text, kind):
    assert kind in {t["event_type"] for t in find_triggers(base_nlp(text))}


def test_a_blast_that_follows_a_bombing_is_violence(base_nlp):
    doc = base_nlp("A car bomb struck a hotel on Monday. The deaths occurred in the blast itself.")
    assert "blast" in {doc[t["head"]].text for t in find_triggers(doc)}


def test_weapons_recovered_after_a_clash_belong_to_it(base_nlp):
    doc = base_nlp(
        "Soldiers clashed with rebels near the river on Friday. "
        "Troops recovered a rifle, a pistol and two radios."
    )
    assert [t["event_type"] for t in find_triggers(doc)] == ["armed-clash"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A boy threw a grenade at a bus. A guard was hurt in the explosion.", "grenade"),
        (
            "A suicide bombing hit a base on Monday. Two cooks died in the blast.",
            "suicide-bombing",
        ),
    ],
)
def test_the_blast_is_of_the_kind_told_before(base_nlp, text, kind):
    doc = base_nlp(text)
    last = [t for t in find_triggers(doc) if doc[t["head"]].lower_ in ("blast", "explosion")]
    assert [t["event_type"] for t in last] == [kind]
