"""What was done to whom tells kinds apart: sentences of many wars, made for the close calls."""

import pytest

from marsad.coding.triggers.finder import find_triggers
from marsad.coding.triggers.kinds import type_of_event

CASES = {
    "weapons-seizure": """
Two vehicles laden with explosives were destroyed before reaching their target in Ramadi.
Syrian air defences confronted missiles over Damascus, state media said.
Bomb technicians disposed of three grenades dug up in a garden in Sarajevo.
The coast guard stopped a dhow with 2,000 rifles off Oman.
The army's engineers destroyed 120 unexploded mines left along the road to Zvornik.
Border police intercepted a truck carrying 40 rocket launchers near Gao on Sunday.
Saudi forces said they destroyed a ballistic missile fired by the Houthis towards Jizan.
Two militants died when a bomb they were assembling exploded in a house in Quetta.
An attempt to smuggle ammunition to rebels was foiled by customs officers at the port.
Explosives weighing 12 kg were recovered from a culvert in Sukma district.
Rebels handed in 300 rifles under the disarmament programme in Bangui.
""",
    "air-strike": """
Air force jets destroyed a rebel arms depot in the mountains.
Warplanes destroyed a convoy of trucks carrying fuel near Deir Hafer.
""",
    "shelling": """
Mortar bombs were used in nine attacks on army positions near the lake, the army said.
Two rockets fell on the outskirts of the port.
""",
    "armed-clash": """
Islamist fighters attacked militiamen guarding a bridge near Beledweyne.
Militants fired on an army patrol, and troops returned fire.
Rival factions fought in the camp of Ain al-Hilweh for a second day.
Troops fired on and killed a Syrian combatant when fighters attacked their convoy.
""",
    "territory-change": """
The rebels lost their last stronghold in the province to government troops.
Armenia handed the district of Kelbajar over to Azerbaijan.
The army said it had regained territory near the border from the jihadists.
Security forces freed several villages from Islamic State militants in Diyala.
Troops captured five villages near a town that saw a chemical attack in the first year of the war.
""",
    "abduction": """
Houthi fighters detained eleven aid workers in Sanaa without charge.
Armed men seized a priest from his home in Owerri and demanded a ransom.
""",
    "arrest": """
Police arrested 60 members of the opposition party in overnight raids in Harare.
""",
    "protest-intervention": """
Officers arrested nine activists who had blocked the road to the pipeline in protest.
Security forces dragged demonstrators away from a roadblock in Beirut.
Tear gas was fired at supporters of the opposition outside the court in Kampala.
Police removed climate activists who had glued themselves to a road in Berlin.
""",
    "excessive-force": """
Riot police brutally dispersed the rally, leaving forty people injured, in Minsk.
A protester lost an eye after being hit by a rubber bullet fired by police in Santiago.
Police beat protesters with batons in Minsk and 14 were taken to hospital with broken bones.
""",
    "riot": """
Youths clashed with police in Marseille for a third night.
Rioters attacked shops and cars in Durban.
Clashes erupted between protesters and police in Beirut, leaving dozens injured.
Seven people died in clashes between police and protesters in Juliaca.
Supporters of rival parties fought with sticks and stones in Dhaka.
A protest against the president descended into violence in Harare, with cars burned.
A rally turned violent in Nairobi as youths looted shops and burned tyres.
""",
    "property-destruction": """
Settlers uprooted 80 olive trees and smashed the windows of parked cars near Nablus.
Hoodlums looted shops and set houses on fire in Ibadan.
The mayor decried the burning and looting of shops in the aftermath of the protests.
""",
    "suicide-bombing": """
An explosives-laden truck driven by a bomber rammed the gate of a base in Kandahar.
Four suicide bombers struck the district headquarters in Maiduguri, killing nine.
""",
    "attack": """
Gunmen attacked a hotel in Grand Bassam, killing sixteen guests.
""",
    "movement": """
Three hundred fighters surrendered to the army in Buni Yadi.
The group split in two after its commander was dismissed.
The army opened a new base on the island of Perim.
Fighter jets arrived at the air base in Balad from abroad.
The militia dug trenches and fortified its positions west of Idlib.
""",
}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(kind, line) for kind, lines in CASES.items() for line in lines.strip().splitlines()],
)
def test_a_close_call_goes_to_its_kind(base_nlp, kind, sentence):
    doc = base_nlp(sentence)
    triggers = find_triggers(doc)
    assert triggers, "no trigger"
    assert type_of_event(doc, triggers)[0] == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Britain imposed sanctions over the use of chemical weapons against its citizens.",
        "The film bombed at the box office after critics savaged it.",
        "The senator attacked the budget and vowed to kill the bill.",
        "A fire at a garment factory in Karachi killed 250 workers.",
        "A gas cylinder exploded in a restaurant in Lahore, killing three cooks.",
        "Two tankers collided off Fujairah and spilled oil into the sea.",
        "Navy ships fired on dummy targets during an exercise in the Baltic.",
        "Police blocked streets for the marathon in Nairobi.",
        "Lorries waited at a border crossing for two days.",
    ],
)
def test_what_only_sounds_like_it_evokes_nothing(base_nlp, sentence):
    assert find_triggers(base_nlp(sentence)) == []
