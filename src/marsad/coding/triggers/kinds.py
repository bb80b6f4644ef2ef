"""Event typing: which of our kinds of event a group of triggers, judged to be one, is.

Reads   the triggers it is given, doc._.actors if there are any, words and parse.
Writes  nothing.

The rules stand in one table, tried from the top; the first that holds decides and
gives the reason. They follow the published notes on ACLED's decisions: remote
violence inside a battle is the battle; force used on the unarmed is an attack;
a protest is typed by what was done to it; taken weapons are no clash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from marsad.coding.mentions import Trigger
from marsad.coding.triggers.facts import PROTEST_TYPES, Facts, read_facts
from marsad.records import EventType

Rule = tuple[Callable[[Facts], bool], EventType | None, str]

# What an aircraft may do and still be an air strike.
_FROM_AIR = frozenset(
    {"shelling", "remote-explosive", "attack", "property-destruction", "weapons-seizure"}
)
# Types that stand when the main clause tells of them and violence is only their occasion.
_MAIN_TYPES = frozenset({"agreement", "arrest", "weapons-seizure", "movement"})
_CLASH_LIKE = frozenset({"armed-clash", "territory-change", "attack", "air-strike"})
_DISPERSED = frozenset({"protest-intervention", "riot", "excessive-force"})


def _has(*types: EventType) -> Callable[[Facts], bool]:
    wanted = frozenset(types)
    return lambda facts: not wanted.isdisjoint(facts.events)


def _sure(event_type: EventType) -> Callable[[Facts], bool]:
    return lambda facts: event_type in facts.sure


def _is_plain_protest(f: Facts) -> bool:
    return (
        f.main == "peaceful-protest"
        and not f.events & (_DISPERSED | {"armed-clash"})
        and not f.protester_victim
        and "protest-intervention" not in f.means
    )


def _is_main_clause(f: Facts) -> bool:
    if f.wrecked and f.air_doer:
        return False  # jets that destroyed an arms depot bombed it
    return f.main in _MAIN_TYPES and not f.protest and not (f.killed and f.armed_victim)


def _is_aftermath(f: Facts) -> bool:
    """Displacement, a coup, a mass grave in the main clause, with nobody killed there."""
    return f.main == "other" and "other" in f.sure and not f.harm and not f.protest


def _is_lethal_to_protest(f: Facts) -> bool:
    if f.irregular_doer and not f.protesters and "peaceful-protest" not in f.events:
        return False  # gunmen who fired on a crowd at prayer
    if "excessive-force" in f.events and "riot" not in f.sure:
        return True
    if "protest-intervention" in f.events and f.killed and not f.armed_victim:
        return True  # dead by a gas canister
    return bool(f.events & PROTEST_TYPES) and f.killed and f.protester_victim


def _is_shot_at_protest(f: Facts) -> bool:
    return (
        "peaceful-protest" in f.events
        and "attack" in f.sure
        and f.state_force
        and not f.armed_victim
        and f.main != "peaceful-protest"
    )


def _is_mob(f: Facts) -> bool:
    violent = f.harm or bool(f.events & {"attack", "property-destruction"})
    return "mob-violence" in f.events or (f.mob and violent and not f.protest)


def _is_weapons_taken(f: Facts) -> bool:
    if f.wrecked and f.air_doer:
        return False
    return "weapons-seizure" in f.sure and not f.killed and not f.sure & _CLASH_LIKE


def _is_between_armed(f: Facts) -> bool:
    """Fighting is named, or the armed were attacked by the armed."""
    if f.mutual and ("armed-clash" in f.sure or (f.killed and f.armed_victim)):
        return True  # civilians hit in the crossfire are its casualties
    if f.unarmed_victim and not f.armed_victim:
        return False
    if "armed-clash" in f.sure:
        return not (f.one_sided and f.remote)  # an attack on positions by mortar is shelling
    violent = f.harm or "attack" in f.events
    return (
        violent
        and not f.remote
        and f.armed_victim
        and not f.unarmed_victim
        and (f.armed_doer or "armed-clash" in f.events)
    )


def _is_chemical(f: Facts) -> bool:
    """An agent was used; not where a place changed hands that had once seen it used."""
    if f.main in ("territory-change", "agreement"):
        return False
    return "chemical-weapon" in f.events or _by_means("chemical-weapon")(f)


def _is_grave_for_protest(f: Facts) -> bool:
    """State forces wounded people at a protest gravely."""
    if not (f.protest and f.state_force and f.grave) or "riot" in f.events:
        return False
    hurt = f.protester_victim or f.protesters or f.unarmed_victim
    return hurt and bool(f.harm or f.events & {"protest-intervention", "attack"})


def _is_looting_after_protest(f: Facts) -> bool:
    if "peaceful-protest" not in f.events or f.crowd_doer or f.protesters or f.harm:
        return False
    return f.main == "property-destruction"


def _is_taken_by_irregulars(f: Facts) -> bool:
    """Arrest by a non-state group is abduction (ACLED)."""
    return "arrest" in f.events and f.irregular_doer and not f.killed and not f.protest


def _by_means(event_type: EventType) -> Callable[[Facts], bool]:
    """The weapon types it, if someone was hurt or something violent happened."""
    mild = frozenset(
        {"movement", "agreement", "arrest", "peaceful-protest", "other"}
        | {"restriction", "non-cooperation", "threat"}
    )
    return lambda f: event_type in f.means and (f.harm or bool(f.events - mild))


RULES: tuple[Rule, ...] = (
    # Type None: the type of the main clause.
    (_is_plain_protest, "peaceful-protest", "the main clause tells of a protest"),
    (_is_taken_by_irregulars, "abduction", "a non-state group took people"),
    (_is_main_clause, None, "the main clause tells of it; violence is only its occasion"),
    (_is_aftermath, "other", "the main clause tells of what followed or went before"),
    (lambda f: f.foiled and not f.harm, "weapons-seizure", "an attack was foiled"),
    (lambda f: f.backfired, "weapons-seizure", "a bomb went off in its makers' hands"),
    (_is_chemical, "chemical-weapon", "a chemical agent was used"),
    (lambda f: "suicide-bombing" in f.kinds, "suicide-bombing", "the attacker died by the bomb"),
    (_has("sexual-violence"), "sexual-violence", "sexual violence is named"),
    (_is_mob, "mob-violence", "a mob did it"),
    (
        lambda f: f.lone and not f.protesters and "peaceful-protest" not in f.events,
        "attack",
        "one person threw it; no crowd is told of",
    ),
    (
        lambda f: f.crowd_doer and "property-destruction" in f.events and not f.protester_victim,
        "riot",
        "protesters or rioters destroyed property",
    ),
    (
        lambda f: f.protesters and "armed-clash" in f.sure and (f.mutual or not f.protester_victim),
        "riot",
        "protesters clashed with others",
    ),
    (
        lambda f: f.throng and f.mutual and "armed-clash" in f.sure and not f.irregular_doer,
        "riot",
        "an unarmed crowd clashed with police",
    ),
    (_is_lethal_to_protest, "excessive-force", "lethal force was used on protesters"),
    (_is_grave_for_protest, "excessive-force", "protesters were gravely wounded by force"),
    (_is_shot_at_protest, "excessive-force", "security forces attacked a protest"),
    (
        _is_looting_after_protest,
        "property-destruction",
        "property was destroyed after a protest, by whom is not told",
    ),
    (_has("riot"), "riot", "demonstrators or a crowd used violence"),
    (
        lambda f: f.protest and ("protest-intervention" in f.kinds or "arrest" in f.events),
        "protest-intervention",
        "a protest was met with dispersal, arrest or minor injury",
    ),
    (_has("protest-intervention"), "protest-intervention", "a crowd was dispersed"),
    (
        lambda f: "peaceful-protest" in f.events and "attack" not in f.sure,
        "peaceful-protest",
        "people gathered to protest",
    ),
    (_is_weapons_taken, "weapons-seizure", "weapons were taken, found or disabled"),
    (_sure("territory-change"), "territory-change", "a place changed hands"),
    (
        lambda f: "abduction" in f.events and f.police_doer and not f.killed,
        "arrest",
        "police took them",
    ),
    (
        lambda f: "abduction" in f.events and not f.killed and "attack" not in f.sure,
        "abduction",
        "people were taken by force",
    ),
    (
        _is_between_armed,
        "armed-clash",
        "two armed sides fought; remote violence inside a battle is the battle",
    ),
    (
        lambda f: "air-strike" in f.sure or (f.air_doer and bool(f.events & _FROM_AIR)),
        "air-strike",
        "a strike from the air",
    ),
    (lambda f: "grenade" in f.kinds, "grenade", "a hand grenade was thrown"),
    (_sure("shelling"), "shelling", "shelling or missiles are named"),
    (_sure("remote-explosive"), "remote-explosive", "a bomb or mine is named"),
    (_by_means("air-strike"), "air-strike", "typed by its means: aircraft or drone"),
    (_by_means("shelling"), "shelling", "typed by its means: artillery, rockets, missiles"),
    (_by_means("remote-explosive"), "remote-explosive", "typed by its means: a bomb or mine"),
    (_sure("attack"), "attack", "violence against the unarmed or by unknown hands"),
    (_has("abduction"), "attack", "people died or were hurt in an abduction"),
    (
        lambda f: (
            "property-destruction" in f.events
            and not f.killed
            and "remote-explosive" not in f.events
        ),
        "property-destruction",
        "property was burned, looted or destroyed",
    ),
    (_has("air-strike"), "air-strike", "a strike by a military force"),
    (_has("shelling"), "shelling", "bombardment"),
    (_has("remote-explosive"), "remote-explosive", "an explosion"),
    (
        lambda f: "armed-clash" in f.events and not f.unarmed_victim,
        "armed-clash",
        "fighting is named",
    ),
    (
        lambda f: "attack" in f.events or f.harm,
        "attack",
        "violence against the unarmed or by unknown hands",
    ),
    (_has("armed-clash"), "armed-clash", "fighting is named"),
    (_has("weapons-seizure"), "weapons-seizure", "weapons were taken, found or disabled"),
    (_has("arrest"), "arrest", "people were arrested"),
    (_has("territory-change"), "territory-change", "a place changed hands"),
    (_has("agreement"), "agreement", "the parties agreed to something"),
    (_has("movement"), "movement", "forces moved or set up"),
    (_has("restriction"), "restriction", "those in power restricted people"),
    (_has("non-cooperation"), "non-cooperation", "people refused work, food, trade or votes"),
    (_has("threat"), "threat", "a party threatened another"),
)


def type_of_event(doc: Doc, triggers: Sequence[Trigger]) -> tuple[EventType, str]:
    """Our type for the one event that `triggers` speak of, and why.

    ("other", reason) when no rule speaks, or for no triggers at all.
    """
    facts = read_facts(doc, triggers)
    for holds, event_type, reason in RULES:
        if holds(facts):
            return event_type or facts.main or "other", reason
    return "other", "no other kind fits"
