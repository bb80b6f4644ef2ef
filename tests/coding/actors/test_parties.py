"""Who did it to whom: grammar decides, and swapping names swaps roles."""

import itertools

import pytest
from spacy.language import Language

from marsad.coding.actors.finder import ActorFinder
from marsad.coding.actors.parties import Parties, parties_of
from marsad.coding.mentions import Trigger


def trigger_at(doc, word: str, event_type: str = "attack") -> Trigger:
    token = next(t for t in doc if t.text == word)
    return Trigger(
        start=token.i,
        end=token.i + 1,
        event_type=event_type,  # type: ignore[typeddict-item]
        entry=word,
        role="event",
        strength="strong",
        head=token.i,
    )


@pytest.fixture(scope="module")
def who(base_nlp: Language):
    finder = ActorFinder()

    def _who(text: str, word: str, event_type: str = "attack"):
        doc = base_nlp(text)
        trigger = trigger_at(doc, word, event_type)
        doc._.triggers = [trigger]
        finder(doc)
        parties = parties_of(doc, trigger)
        names = [m["name"] for m in doc._.actors]
        return [names[i] for i in parties.actors], [names[i] for i in parties.recipients]

    return _who


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients"),
    [
        ("Gunmen killed three farmers.", "killed", ["Gunmen"], ["farmers"]),
        ("Men disguised as priests killed 12 guests.", "killed", ["Men"], ["guests"]),
        ("Attackers posing as nurses abducted a judge.", "abducted", ["Attackers"], ["judge"]),
        (
            "A police unit sent to arrest a former judge was ambushed by rebels.",
            "ambushed",
            ["rebels"],
            ["police unit"],
        ),
        (
            "Youths stopped the trucks, the monitor reported, and shot two guards.",
            "shot",
            ["Youths"],
            ["guards"],
        ),
        ("Two soldiers were killed when they stepped on a mine.", "killed", [], ["soldiers"]),
        ("Unfortunately two students lost their lives.", "lost", [], ["students"]),
        ("A 'criminal' strike killed nine students.", "strike", [], ["students"]),
        ("Herders of the attack killed a farmer.", "killed", ["Herders"], ["farmer"]),
        ("Three farmers were killed by gunmen.", "killed", ["gunmen"], ["farmers"]),
        ("Fourteen soldiers were killed.", "killed", [], ["soldiers"]),
        ("A woman was shot dead by the police.", "shot", ["police"], ["woman"]),
        ("Police arrested twelve demonstrators.", "arrested", ["Police"], ["demonstrators"]),
        ("Nine miners died.", "died", [], ["miners"]),
        ("The ambush left nine policemen dead.", "dead", [], ["policemen"]),
        ("The militia was accused of killing villagers.", "killing", ["militia"], ["villagers"]),
        ("The militia is suspected of abducting nurses.", "abducting", ["militia"], ["nurses"]),
        (
            "The teacher who was abducted by rebels was freed.",
            "abducted",
            ["rebels"],
            ["teacher"],
        ),
        (
            "Rebels attacked a base, killed six soldiers and abducted two nurses.",
            "abducted",
            ["Rebels"],
            ["nurses"],
        ),
        (
            "Soldiers and militiamen killed residents and a priest.",
            "killed",
            ["Soldiers", "militiamen"],
            ["residents", "priest"],
        ),
        (
            "An Israeli airstrike killed three children.",
            "killed",
            ["Israeli military"],
            ["children"],
        ),
        ("Six farmers were killed in an attack by rebels.", "killed", ["rebels"], ["farmers"]),
    ],
)
def test_verbs_tell_doer_and_sufferer(who, text, word, actors, recipients):
    assert who(text, word) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients"),
    [
        ("An attack by rebels on soldiers failed.", "attack", ["rebels"], ["soldiers"]),
        ("The rebels' attack on the police failed.", "attack", ["rebels"], ["police"]),
        ("The rebels launched an attack on soldiers.", "attack", ["rebels"], ["soldiers"]),
        (
            "Clashes between police and rebels killed ten people.",
            "Clashes",
            ["police", "rebels"],
            ["people"],
        ),
        ("An ambush set up by rebels failed.", "ambush", ["rebels"], []),
        ("Soldiers came under attack from rebels.", "attack", ["rebels"], ["Soldiers"]),
        ("The police repelled an attack by rebels.", "attack", ["rebels"], ["police"]),
        ("The attack was blamed on rebels.", "attack", ["rebels"], []),
        ("The army blamed the rebels for the attack.", "attack", ["rebels"], []),
        ("Rebels claimed responsibility for the attack.", "attack", ["Rebels"], []),
        ("The killing of the mayor by gunmen shocked all.", "killing", ["gunmen"], ["mayor"]),
        ("The mayor's assassination shocked all.", "assassination", [], ["mayor"]),
        ("The shelling by the army killed two nurses.", "shelling", ["army"], ["nurses"]),
    ],
)
def test_nouns_tell_doer_and_sufferer(who, text, word, actors, recipients):
    assert who(text, word) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        ("Clashes between soldiers and rebels broke out.", "Clashes", ["soldiers", "rebels"]),
        ("Soldiers clashed with rebels.", "clashed", ["Soldiers", "rebels"]),
        ("Five soldiers died in clashes with rebels.", "clashes", ["soldiers", "rebels"]),
        ("Clashes in which two rebels were killed shook the town.", "Clashes", ["rebels"]),
        ("Rebels ambushed soldiers, resulting in clashes.", "clashes", ["Rebels", "soldiers"]),
    ],
)
def test_both_sides_of_a_clash_are_actors(who, text, word, actors):
    assert who(text, word, "armed-clash") == (actors, [])


def test_bystanders_hurt_in_a_clash_are_no_side_of_it(who):
    reading = who("Five civilians died in clashes with rebels.", "clashes", "armed-clash")
    assert reading == (["rebels"], ["civilians"])


def test_a_weapon_is_no_party(who):
    assert who("A drone struck a bus.", "struck") == ([], [])


def test_the_load_of_a_bus_is_hit(who):
    actors, recipients = who("A bomb hit a convoy of aid workers.", "hit")
    assert actors == []
    assert any("aid workers" in name for name in recipients)


def test_protesters_do_the_protest_and_its_target_is_the_recipient(who):
    assert who("Students protested against the government.", "protested", "peaceful-protest") == (
        ["Students"],
        ["government"],
    )


def test_without_a_parse_there_are_no_parties(base_nlp):
    doc = base_nlp.make_doc("Gunmen killed three farmers.")
    assert parties_of(doc, trigger_at(doc, "killed")) == Parties()


TEMPLATES = [
    ("The {a} killed three {b} on Monday.", "killed"),
    ("Three {b} were killed by the {a} on Monday.", "killed"),
    ("The {a} attacked the {b} near the river.", "attacked"),
    ("An attack by the {a} on the {b} failed.", "attack"),
    ("The {b} came under attack from the {a}.", "attack"),
    ("The {a} were accused of shooting at the {b}.", "shooting"),
    ("The {a} launched an attack against the {b}.", "attack"),
    ("The {b} repelled an attack by the {a}.", "attack"),
    ("Two {b} were abducted by the {a} at dawn.", "abducted"),
    ("The {b} blamed the {a} for the attack.", "attack"),
    ("The {a} shot dead four {b} in the market.", "shot"),
    ("The {a} clashed with the {b} in the town.", "clashed"),
    ("Clashes between the {a} and the {b} broke out.", "Clashes"),
    ("Six {b} were killed in an attack by the {a}.", "killed"),
]
SIDES = ["soldiers", "rebels", "policemen", "militiamen", "protesters", "Taliban fighters"]


@pytest.mark.parametrize(("template", "word"), TEMPLATES)
def test_swapping_the_parties_swaps_the_roles_and_nothing_else(who, template, word):
    names = {"Taliban fighters": "Taliban"}
    readings = {
        (a, b): who(template.format(a=a, b=b), word) for a, b in itertools.permutations(SIDES, 2)
    }

    def slots(pair, reading):
        back = {names.get(side, side): slot for side, slot in zip(pair, "ab", strict=True)}
        return [[back.get(name, name) for name in part] for part in reading]

    shapes = {str(slots(pair, reading)) for pair, reading in readings.items()}
    assert len(shapes) == 1, shapes
    assert "a" in shapes.pop()
