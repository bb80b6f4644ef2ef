"""Event typing: which of our kinds of event a group of triggers, judged to be one, is.

Reads   doc._.triggers given to it, doc._.actors if there are any, words and parse.
Writes  nothing.

The rules stand in one table, tried from the top; the first that holds decides and
gives the reason. They follow the published notes on ACLED's decisions: remote
violence inside a battle is the battle; force used on the unarmed is an attack;
a protest is typed by what was done to it; taken weapons are no clash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Trigger
from marsad.coding.trigger_lexicon import load_classes
from marsad.coding.trigger_match import object_words, subject_words
from marsad.records import EventType

_ARMED_KINDS = frozenset(
    {"military", "police", "armed-group", "militia", "criminal", "unidentified-armed"}
)
_STATE_KINDS = frozenset({"military", "police", "intelligence"})
_UNARMED_KINDS = frozenset(
    {"civilian", "journalist", "medical", "aid-worker", "religious", "political", "judicial"}
)
_PROTEST_TYPES = frozenset({"peaceful-protest", "protest-intervention", "excessive-force", "riot"})
_REMOTE: tuple[EventType, ...] = (
    "suicide-bombing",
    "chemical-weapon",
    "grenade",
    "air-strike",
    "shelling",
    "remote-explosive",
)
_ARMED_SITES = frozenset(
    """base bases outpost outposts checkpoint checkpoints barracks garrison post posts position
    positions convoy patrol headquarters camp forces force security troops army guards stronghold
    hideout hideouts stronghold strongholds""".split()
)
_LETHAL = frozenset("kill shoot dead die death gun down massacre slay fatal".split())


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may ask about the triggers and their surroundings."""

    events: frozenset[str]  # types of triggers that name an event
    sure: frozenset[str]  # of those, the types of strong ones
    means: frozenset[str]  # types that the weapons point to
    harm: bool
    killed: bool
    words: frozenset[str]  # all words of the sentences
    armed_doer: bool
    armed_victim: bool
    unarmed_victim: bool
    state_force: bool  # soldiers or police are mentioned
    protesters: bool
    mob: bool

    @property
    def kinds(self) -> frozenset[str]:
        """Types of events and means together."""
        return self.events | self.means

    @property
    def protest(self) -> bool:
        """People in the street, by trigger or by who is there."""
        return bool(self.events & _PROTEST_TYPES) or self.protesters


Rule = tuple[Callable[[Facts], bool], EventType, str]


def _has(*types: EventType) -> Callable[[Facts], bool]:
    wanted = frozenset(types)
    return lambda facts: not wanted.isdisjoint(facts.events)


def _only(facts: Facts, *types: str) -> bool:
    """All event triggers are of these types, and there is at least one."""
    return bool(facts.events) and facts.events <= frozenset(types)


RULES: tuple[Rule, ...] = (
    (
        lambda f: "chemical-weapon" in f.kinds,
        "chemical-weapon",
        "a chemical agent was used",
    ),
    (
        lambda f: "suicide-bombing" in f.kinds,
        "suicide-bombing",
        "the attacker died by his own bomb",
    ),
    (_has("sexual-violence"), "sexual-violence", "sexual violence is named"),
    (
        lambda f: "mob-violence" in f.events or (f.mob and f.harm and not f.protest),
        "mob-violence",
        "a mob did it",
    ),
    (
        lambda f: "excessive-force" in f.events and "riot" not in f.sure,
        "excessive-force",
        "lethal force was used on protesters",
    ),
    (
        lambda f: (
            f.protest
            and f.state_force
            and f.killed
            and not f.armed_victim
            and bool(f.events & _PROTEST_TYPES)
        ),
        "excessive-force",
        "protesters were killed where security forces stood",
    ),
    (_has("riot"), "riot", "demonstrators or a crowd used violence"),
    (
        lambda f: (
            f.protest and ("protest-intervention" in f.kinds or not f.events.isdisjoint({"arrest"}))
        ),
        "protest-intervention",
        "a protest was met with dispersal, arrest or minor injury",
    ),
    (
        lambda f: "protest-intervention" in f.events,
        "protest-intervention",
        "a crowd was dispersed",
    ),
    (
        lambda f: f.protest and "armed-clash" in f.events and f.protesters,
        "riot",
        "protesters clashed with others",
    ),
    (
        lambda f: "peaceful-protest" in f.events and not (f.sure - _PROTEST_TYPES) & {"attack"},
        "peaceful-protest",
        "people gathered to protest",
    ),
    (
        lambda f: (
            "weapons-seizure" in f.sure
            and not f.killed
            and not f.sure & {"armed-clash", "territory-change", "attack", "air-strike"}
        ),
        "weapons-seizure",
        "weapons were taken, found or disabled",
    ),
    (
        lambda f: "territory-change" in f.sure,
        "territory-change",
        "a place changed hands",
    ),
    (
        lambda f: "abduction" in f.events and not f.killed and "attack" not in f.sure,
        "abduction",
        "people were taken by force",
    ),
    (
        lambda f: "abduction" in f.sure and not f.harm,
        "abduction",
        "people were taken by force",
    ),
    (
        lambda f: "armed-clash" in f.sure and not (f.unarmed_victim and not f.armed_victim),
        "armed-clash",
        "two armed sides fought; remote violence inside a battle is the battle",
    ),
    (lambda f: "air-strike" in f.sure, "air-strike", "a strike from the air is named"),
    (lambda f: "grenade" in f.kinds, "grenade", "a hand grenade was thrown"),
    (lambda f: "shelling" in f.sure, "shelling", "shelling or missiles are named"),
    (lambda f: "remote-explosive" in f.sure, "remote-explosive", "a bomb or mine is named"),
    (
        lambda f: "air-strike" in f.means and bool(f.events or f.harm),
        "air-strike",
        "typed by its means: aircraft or drone",
    ),
    (
        lambda f: "shelling" in f.means and (f.harm or not _only(f, "movement", "agreement")),
        "shelling",
        "typed by its means: artillery, rockets or missiles",
    ),
    (
        lambda f: (
            "remote-explosive" in f.means
            and (f.harm or not _only(f, "movement", "agreement", "arrest"))
        ),
        "remote-explosive",
        "typed by its means: an explosive device",
    ),
    (
        lambda f: (
            (f.harm or "attack" in f.events)
            and f.armed_victim
            and not f.unarmed_victim
            and (f.armed_doer or "armed-clash" in f.events)
        ),
        "armed-clash",
        "both sides are armed",
    ),
    (lambda f: "attack" in f.sure, "attack", "violence against the unarmed or by unknown hands"),
    (_has("abduction"), "attack", "people died or were hurt in an abduction"),
    (
        lambda f: "property-destruction" in f.events and not f.killed,
        "property-destruction",
        "property was burned, looted or destroyed",
    ),
    (_has("air-strike"), "air-strike", "a strike by a military force"),
    (_has("shelling"), "shelling", "bombardment"),
    (_has("remote-explosive"), "remote-explosive", "an explosion"),
    (
        lambda f: "attack" in f.events or f.harm,
        "attack",
        "violence against the unarmed or by unknown hands",
    ),
    (_has("armed-clash"), "armed-clash", "fighting is named"),
    (_has("weapons-seizure"), "weapons-seizure", "weapons were taken, found or disabled"),
    (_has("arrest"), "arrest", "people were arrested"),
    (_has("territory-change"), "territory-change", "a place changed hands"),
    (_has("property-destruction"), "property-destruction", "property was destroyed"),
    (_has("peaceful-protest"), "peaceful-protest", "people gathered to protest"),
    (_has("agreement"), "agreement", "the parties agreed to something"),
    (_has("movement"), "movement", "forces moved or set up"),
)


def type_of_event(doc: Doc, triggers: Sequence[Trigger]) -> tuple[EventType, str]:
    """Our type for the one event that `triggers` speak of, and why.

    ("other", reason) when no rule speaks, or for no triggers at all.
    """
    facts = read_facts(doc, triggers)
    for holds, event_type, reason in RULES:
        if holds(facts):
            return event_type, reason
    return "other", "no other kind fits"


def read_facts(doc: Doc, triggers: Sequence[Trigger]) -> Facts:
    """Collect what the rules ask for, from the triggers' own sentences."""
    classes = load_classes()
    kinds_at = {actor["head"]: actor["kind"] for actor in doc._.actors}
    victims = list(_around(doc, triggers, object_words))
    doers = list(_around(doc, triggers, subject_words))
    words = frozenset(t.lower_ for s in _sentences(doc, triggers) for t in s)
    events = [t for t in triggers if t["role"] == "event"]
    armed = classes["soldier"] | classes["police"] | classes["rebel"] | _ARMED_SITES
    unarmed = classes["person"] - armed
    harm = any(t["role"] == "harm" for t in triggers)
    return Facts(
        events=frozenset(t["event_type"] for t in events),
        sure=frozenset(t["event_type"] for t in events if t["strength"] == "strong"),
        means=frozenset(t["event_type"] for t in triggers if t["role"] == "means"),
        harm=harm,
        killed=harm and any(_is_lethal(doc, t) for t in triggers),
        words=words,
        armed_doer=_any_of(doers, classes["rebel"] | classes["soldier"] | classes["police"])
        or _any_kind(doers, kinds_at, _ARMED_KINDS),
        armed_victim=_any_of(victims, armed) or _any_kind(victims, kinds_at, _ARMED_KINDS),
        unarmed_victim=_any_of(victims, unarmed) or _any_kind(victims, kinds_at, _UNARMED_KINDS),
        state_force=not words.isdisjoint(classes["soldier"] | classes["police"] | {"forces"}),
        protesters=not words.isdisjoint(_PROTESTERS),
        mob=not words.isdisjoint({"mob", "mobs", "vigilantes", "lynched"}),
    )


_PROTESTERS = frozenset(
    "protester protesters protestor protestors demonstrator demonstrators marchers rioters".split()
)


def _is_lethal(doc: Doc, trigger: Trigger) -> bool:
    form = doc[trigger["head"]].lower_
    return any(
        form.startswith(stem) for stem in ("kill", "dead", "die", "death", "slain", "fatal")
    ) or (not _LETHAL.isdisjoint(trigger["entry"].split()))


def _around(
    doc: Doc, triggers: Iterable[Trigger], words: Callable[[Token], Iterable[Token]]
) -> Iterable[Token]:
    for trigger in triggers:
        if trigger["role"] != "means":
            yield from words(doc[trigger["head"]])


def _any_of(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(token.lower_ in words for token in tokens)


def _any_kind(tokens: Iterable[Token], kinds_at: dict[int, str], kinds: frozenset[str]) -> bool:
    return any(kinds_at.get(token.i) in kinds for token in tokens)


def _sentences(doc: Doc, triggers: Iterable[Trigger]) -> list[Doc | list[Token]]:
    """The tokens of each sentence that holds a trigger."""
    found: dict[int, list[Token]] = {}
    for trigger in triggers:
        first = trigger["start"]
        while first > 0 and not doc[first].is_sent_start:
            first -= 1
        if first not in found:
            last = trigger["end"]
            while last < len(doc) and not doc[last].is_sent_start:
                last += 1
            found[first] = [doc[i] for i in range(first, last)]
    return list(found.values())
