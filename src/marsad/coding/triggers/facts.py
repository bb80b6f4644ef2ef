"""Event facts: what the typing rules may ask about a group of triggers.

Reads   the triggers it is given, doc._.actors if there are any, words and parse.
Writes  nothing; returns Facts.

Who did it and whom it was done to is read from the parse beside each trigger, by
the kinds of the parties found there, or by word class where no party was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Trigger
from marsad.coding.once import once
from marsad.coding.parse import is_parsed
from marsad.coding.triggers.lexicon import load_classes
from marsad.coding.triggers.match import object_words, subject_words
from marsad.records import EventType

PROTEST_TYPES = frozenset({"peaceful-protest", "protest-intervention", "excessive-force", "riot"})
REMOTE_TYPES = frozenset({"air-strike", "shelling", "remote-explosive", "grenade"})
_ARMED_KINDS = frozenset(
    {"military", "police", "armed-group", "militia", "criminal", "unidentified-armed"}
)
_UNARMED_KINDS = frozenset(
    {"civilian", "journalist", "medical", "aid-worker", "religious", "political", "judicial"}
)
_CROWD_KINDS = frozenset({"protester", "rioter"})
_ARMED_PLACES = frozenset(
    """base bases outpost outposts checkpoint checkpoints barracks garrison positions patrol forces
    force security troops army guards stronghold strongholds hideout hideouts""".split()
)
_PROTESTERS = frozenset(
    "protester protesters protestor protestors demonstrator demonstrators marchers rioters".split()
)
# Words whose subject is the victim.
_UNDERGONE = frozenset("die died dies dying dead perish perished succumb succumbed lost".split())
_LETHAL_STEMS = ("kill", "dead", "die", "dying", "death", "slain", "fatal", "massacre", "execut")
_LETHAL_WORDS = frozenset("kill dead die death gun massacre slay life lives assassinate".split())
_MUTUAL = frozenset(
    """clash fighting firefight gunfight gunbattle battle exchange shootout skirmish crossfire
    hostilities combat duel dogfight""".split()
)
_MOBS = frozenset({"mob", "mobs", "lynched", "lynch", "lynching"})
_VIGILANTES = frozenset({"vigilante", "vigilantes"})
_NEIGHBOURS = frozenset("villagers residents locals crowd youths neighbours".split())
_THRONG = frozenset(
    "youths residents students supporters crowd crowds workers miners migrants fans".split()
)
_ACCUSED = frozenset("suspected accused suspecting accusing suspicion witchcraft theft".split())
# A weapon that is found, taken, sold or carried did not do the killing told beside it.
_FINDING = frozenset(
    """find found finds locate located discover discovered uncover uncovered seize seized recover
    recovered confiscate confiscated unearth unearthed hide hidden store stored stockpile sell sold
    buy bought supply supplied possess possessed display displayed destroy destroyed""".split()
)
_ONE_SIDED = frozenset("attack attacks assault raid storm overrun ambush".split())
_FOILED = ("foil", "thwart", "prevent", "avert", "disrupt")
_GATHERINGS = frozenset("rally rallies march demonstration protest protests sit-in".split())
# Said of a bomb that goes off: its makers had it in hand.
_BACKFIRING = frozenset("assembling premature prematurely priming".split())
# Wounds that make force against a crowd excessive: what sends people to hospital.
_GRAVE = frozenset(
    """hospital hospitals hospitalised hospitalized severely seriously critically critical brutally
    brutal fractured fractures broken skull blinded maimed lethal live bloodied unconscious
    intensive eye eyes sight""".split()
)
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may ask about the triggers and their surroundings."""

    events: frozenset[str]  # types of triggers that name an event
    sure: frozenset[str]  # of those, the types of strong ones
    means: frozenset[str]  # types that the weapons point to
    main: EventType | None  # type of the trigger nearest the root, if it stands alone there
    harm: bool
    killed: bool
    armed_doer: bool
    air_doer: bool
    police_doer: bool
    armed_victim: bool
    unarmed_victim: bool
    protester_victim: bool
    state_force: bool  # soldiers or police are mentioned
    protesters: bool  # protesters are mentioned
    mob: bool
    irregular_doer: bool  # rebels, gunmen, militias did it, and no state force
    crowd_doer: bool  # protesters or rioters did it
    throng: bool  # youths, residents, students: a crowd without arms, against police
    lone: bool  # stones or firebombs, thrown by one person
    mutual: bool  # the words say that both sides fought ("clash", "firefight")
    foiled: bool  # an attack was stopped before it could harm
    wrecked: bool  # weapons were destroyed, not taken
    backfired: bool  # a bomb went off in its makers' hands
    one_sided: bool  # fighting is only told as one side's attack on the other
    grave: bool  # the words tell of grave wounds

    @property
    def kinds(self) -> frozenset[str]:
        """Types of events and means together."""
        return self.events | self.means

    @property
    def remote(self) -> bool:
        """Harm done from afar: from the air, by guns, by bombs."""
        return bool(self.sure & REMOTE_TYPES or self.means & (REMOTE_TYPES - {"grenade"}))

    @property
    def protest(self) -> bool:
        """People in the street, by trigger or by who is there."""
        return bool(self.events & PROTEST_TYPES) or self.protesters


def read_facts(doc: Doc, triggers: Sequence[Trigger]) -> Facts:
    """Collect what the rules ask for, from the triggers' own sentences."""
    classes = load_classes()
    kinds_at = _kinds_at(doc)
    victims = list(_victims(doc, triggers))
    doers = list(_doers(doc, triggers))
    words = _sentence_words(doc, triggers)
    events = [t for t in triggers if t["role"] == "event"]
    fighters = classes["soldier"] | classes["police"] | classes["rebel"]
    armed = fighters | _ARMED_PLACES
    harm = any(t["role"] == "harm" for t in triggers)
    used = [t for t in triggers if t["role"] == "means" and not _is_found(doc[t["head"]])]
    aircraft = {t["head"] for t in used if t["event_type"] == "air-strike"}
    state = not words.isdisjoint(classes["soldier"] | classes["police"] | {"forces"})
    return Facts(
        events=frozenset(t["event_type"] for t in events),
        sure=frozenset(t["event_type"] for t in events if t["strength"] == "strong"),
        means=frozenset(t["event_type"] for t in used),
        main=_main_type(doc, triggers),
        harm=harm,
        killed=any(_is_lethal(doc, t) for t in triggers),
        armed_doer=_any_of(doers, fighters | {"forces", "security", "army"})
        or _any_kind(doers, kinds_at, _ARMED_KINDS),
        air_doer=any(_flies(t, classes["aircraft"]) for t in doers)
        or any(t.i in aircraft for t in doers),
        police_doer=_any_of(doers, classes["police"]),
        armed_victim=_any_of(victims, armed) or _any_kind(victims, kinds_at, _ARMED_KINDS),
        unarmed_victim=_any_of((v for v in victims if v.dep_ != "amod"), classes["person"] - armed)
        or _any_kind(victims, kinds_at, _UNARMED_KINDS),
        protester_victim=_any_of(victims, _PROTESTERS | _GATHERINGS)
        or _any_kind(victims, kinds_at, _CROWD_KINDS),
        state_force=state,
        protesters=not words.isdisjoint(_PROTESTERS),
        mob=not words.isdisjoint(_MOBS)
        or (_any_of(doers, _VIGILANTES) and not _any_of(victims, armed))
        or (_any_of(doers, _NEIGHBOURS) and not words.isdisjoint(_ACCUSED)),
        irregular_doer=not state and _any_of(doers, classes["rebel"]),
        crowd_doer=_any_of(doers, _PROTESTERS),
        throng=_any_of((*doers, *victims), _THRONG) and not words.isdisjoint(classes["police"]),
        lone=_is_lone(doc, triggers),
        mutual=any(not _MUTUAL.isdisjoint(_entry_words(t)) for t in events),
        foiled=any(t["entry"].startswith(_FOILED) for t in events),
        wrecked=any(t["entry"].startswith("destroy") for t in events),
        backfired=not words.isdisjoint(_BACKFIRING)
        and any(t["event_type"] in ("remote-explosive", "weapons-seizure") for t in events),
        one_sided=all(not _ONE_SIDED.isdisjoint(_entry_words(t)) for t in _clashes(events)),
        grave=not words.isdisjoint(_GRAVE),
    )


def _entry_words(trigger: Trigger) -> list[str]:
    return re.split(r"[-| ]", trigger["entry"])


def _clashes(events: Iterable[Trigger]) -> Iterator[Trigger]:
    return (t for t in events if t["event_type"] == "armed-clash")


def _flies(token: Token, aircraft: frozenset[str]) -> bool:
    """An aircraft; not the bomber who carries his bomb."""
    if token.lower_ in ("bomber", "bombers") and token.i:
        return token.nbor(-1).lower_ not in ("suicide", "-", "female", "car")
    return token.lower_ in aircraft


def _is_found(token: Token) -> bool:
    """Whether the weapon is what somebody found, seized or sold."""
    if not is_parsed(token):
        return False
    for _ in range(4):
        if token.head.i == token.i or token.dep_ == "nsubj":
            return False
        token = token.head
        if token.pos_ == "VERB":
            return token.lower_ in _FINDING
    return False


def _is_lone(doc: Doc, triggers: Iterable[Trigger]) -> bool:
    """Whether the riot, if there is one, is told of a single person."""
    told = [doc[t["head"]] for t in triggers if t["event_type"] == "riot" and t["role"] == "event"]
    for head in told:
        subjects = [c for c in head.children if c.dep_ == "nsubj"] if is_parsed(head) else []
        if len(subjects) != 1 or subjects[0].tag_ != "NN" or subjects[0].lower_ in _GROUPS:
            return False
        if any(c.dep_ == "conj" for c in subjects[0].children):
            return False
    return bool(told)


_GROUPS = frozenset("crowd mob group gang some number majority".split())


def _is_lethal(doc: Doc, trigger: Trigger) -> bool:
    if trigger["role"] == "means":
        return False
    return doc[trigger["head"]].lower_.startswith(_LETHAL_STEMS) or (
        trigger["role"] == "harm" and not _LETHAL_WORDS.isdisjoint(trigger["entry"].split())
    )


def _victims(doc: Doc, triggers: Iterable[Trigger]) -> Iterator[Token]:
    for trigger in triggers:
        if trigger["role"] == "means":
            continue
        head = doc[trigger["head"]]
        if head.lower_ in _UNDERGONE:
            yield from subject_words(head if head.pos_ in ("VERB", "AUX") else head.head)
        else:
            yield from object_words(head, doc[trigger["end"] - 1])
            # In "a gunmen attack" what stands before the noun is who did it.
            first = head.i + 1 if head.pos_ in ("NOUN", "PROPN") else trigger["start"]
            yield from (t for t in doc[first : trigger["end"]] if t.i != head.i)


def _doers(doc: Doc, triggers: Iterable[Trigger]) -> Iterator[Token]:
    for trigger in triggers:
        head = doc[trigger["head"]]
        if trigger["role"] == "means" or head.lower_ in _UNDERGONE:
            continue
        yield from subject_words(head)
        if head.dep_ in ("dobj", "nsubjpass") and head.head.pos_ == "VERB":
            yield from subject_words(head.head)  # "militants carried out the attack"
        for child in head.children if is_parsed(head) else ():
            if child.dep_ in ("compound", "poss", "amod"):
                yield child  # "the rebel attack"
            elif child.dep_ == "prep" and child.lower_ == "by":
                yield from child.children  # "an attack by rebels"


def _main_type(doc: Doc, triggers: Sequence[Trigger]) -> EventType | None:
    """The type of the trigger strictly nearest the root of the first event's sentence."""
    first = next((t for t in triggers if t["role"] == "event"), None)
    if first is None or not is_parsed(doc[first["head"]]):
        return None
    depths: list[tuple[int, EventType]] = [
        (_depth(doc[t["head"]]), t["event_type"])
        for t in triggers
        if t["role"] != "means" and _in_one_sentence(doc, first, t)
    ]
    nearest = min(depth for depth, _ in depths)
    types = {event_type for depth, event_type in depths if depth == nearest}
    return types.pop() if len(types) == 1 else None


def _in_one_sentence(doc: Doc, one: Trigger, other: Trigger) -> bool:
    low, high = sorted((one["head"], other["head"]))
    return not any(doc[i].is_sent_start for i in range(low + 1, high + 1))


def _depth(token: Token) -> int:
    """Steps to the root; objects and coordinated words stand level with their verb."""
    steps = 0
    for _ in range(MAX_DEPTH):
        if token.head.i == token.i:
            break
        steps += token.dep_ not in ("dobj", "nsubjpass", "conj")
        token = token.head
    return steps


def _sentence_words(doc: Doc, triggers: Iterable[Trigger]) -> frozenset[str]:
    """The lower-case words of every sentence that holds a trigger."""
    words: set[str] = set()
    seen: set[int] = set()
    for trigger in triggers:
        first = trigger["start"]
        while first > 0 and not doc[first].is_sent_start:
            first -= 1
        if first in seen:
            continue
        seen.add(first)
        last = trigger["end"]
        while last < len(doc) and not doc[last].is_sent_start:
            last += 1
        words.update(doc[i].lower_ for i in range(first, last))
    return frozenset(words)


def _any_of(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(token.lower_ in words for token in tokens)


def _kinds_at(doc: Doc) -> dict[int, str]:
    """The kinds of parties by the token of their heads."""
    actors = doc._.actors
    return once(doc, "kinds of parties", actors, lambda: {a["head"]: a["kind"] for a in actors})


def _any_kind(tokens: Iterable[Token], kinds_at: dict[int, str], kinds: frozenset[str]) -> bool:
    return any(kinds_at.get(token.i) in kinds for token in tokens)
