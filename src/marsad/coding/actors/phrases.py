"""Described parties: noun phrases such as "masked gunmen" or "the ministry's forces".

Reads   tokens, tags and the parse where there is one; names found before.
Writes  nothing: returns `Party` readings.

A phrase's side comes from the nearest thing that tells it: a listed actor in
the phrase, a nation with a body every state has, a siding word ("rebel"), and
last the noun itself.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from marsad.codebook.actors import (
    ACTOR_KINDS,
    Actor,
    ActorNoun,
    Nation,
    StateBody,
    actors_by_id,
    load_demonyms,
    state_bodies_by_words,
)
from marsad.coding.actors.party import Party
from marsad.coding.actors.spans import (
    COUNTS,
    DEFINITES,
    DETERMINERS,
    POSSESSIVES,
    QUANTITIES,
    Scene,
    compose_name,
    left_edge,
    right_edge,
)
from marsad.records import ActorKind

# How far back "the ministry" may point for its kind: about the length of a news item.
MINISTRY_REACH_TOKENS = 400
# Nouns before which a party's name is the victim's or friend's, not the speaker's side.
_UNARMED_OWN = frozenset({"civilian", "journalist", "medical", "aid-worker", "religious"})
_ON_AIR = frozenset({"radio", "tv", "television", "news", "broadcasting"})
_FEASTS = frozenset(
    """block birthday house wedding dinner garden office christmas pool street graduation holiday
    beach engagement tea cocktail farewell search rescue hunting""".split()
)
_LOYAL = frozenset({"loyal", "allied", "backed", "tied"})
_FALLEN = frozenset(
    "deposed ousted toppled former overthrown fallen defeated defunct ex-government".split()
)
_POWERS = frozenset("government president army military state junta regime authorities".split())
_BEARERS = frozenset({"military", "armed-group", "militia", "unidentified-armed", "police"})
# Nations without regular armed forces of their own: no state body is read into their name.
STATELESS = frozenset({"PSE", "XKX", "ESH", "SML", "HKG", "VAT", "PRI"})


def read_phrase(scene: Scene, head: Token, noun: ActorNoun) -> Party | None:
    """The party described by the noun phrase whose head noun is `head`; None if it is none."""
    doc = scene.doc
    start, end = left_edge(scene, head), right_edge(scene, head)
    while start < head.i and (doc[start].lower_ in COUNTS or doc[start].like_num):
        start += 1
    opening = doc[start].lower_
    before = [t for t in doc[start : head.i] if t.lower_ not in QUANTITIES and not t.like_num]
    definite = opening in DEFINITES or opening in POSSESSIVES
    if noun.singular == "party" and doc[head.i - 1].lower_ in _FEASTS:
        return None
    if noun.singular == "station" and doc[head.i - 1].lower_ not in _ON_AIR:
        return None
    if noun.needs == "cap" and not scene.capitalised(head):
        return None
    if noun.needs == "mod" and not before and end == head.i + 1:
        return None
    if head.lower_ == "force" and before and before[-1].lower_ in _MANNERS:
        return None
    bare = not (definite or before or end > head.i + 1)
    if noun.needs == "def" and bare and noun.plural != head.lower_ and not scene.capitalised(head):
        return None
    party = Party(
        start,
        end,
        head.i,
        compose_name(scene, start, head.i, end),
        noun.kind,
        "noun",
        source_kind=noun.source_kind,
        noun=noun.singular or noun.plural,
        modifiers=frozenset(t.lower_ for t in doc[start:end] if t.i != head.i),
        definite=definite,
        plural=head.lower_ == noun.plural or noun.cls == "group",
        sex=noun.sex,
    )
    take_side(scene, party, noun)
    return party


def take_side(scene: Scene, party: Party, noun: ActorNoun) -> None:
    """Settle whose `party` is: listed actor, state body, siding word, or the noun's own kind."""
    if _side_by_loyalty(scene, party, noun):
        return
    owner = _owner(scene, party)
    own_kind = noun.kind in _UNARMED_OWN or noun.cls == "office"
    if owner is not None:
        party.country = owner.country
        if noun.cls == "person" and own_kind and noun.kind == "journalist":
            return
        if noun.singular == "loyalist" and owner.kind in {"government", "political"}:
            loyalists = actors_by_id().get(owner.id.replace("-government", "-loyalists"))
            if loyalists is not None and loyalists is not owner:
                party.adopt(loyalists)
            return
        if noun.cls in {"role", "part", "office"} or noun.kind == "government":
            _lend(party, owner, noun)
            return
        if (
            not own_kind
            and noun.kind not in {"judicial", "protester"}
            and (noun.cls == "body" or noun.kind != "other")
        ):
            party.adopt(owner)
            return
    nation = _nation(scene, party) or load_demonyms().get(scene.doc[party.head].lower_)
    if nation is not None:
        party.country = nation.iso3
    body = _state_body(scene, party, nation)
    if body is not None:
        party.slug = body.slug
        if nation is not None and nation.iso3 not in STATELESS:
            actor = body.of(nation)
            if noun.cls in {"role", "office"} or (
                noun.kind in {"government"} and noun.cls == "person"
            ):
                party.kind, party.source_kind = actor.kind, actor.source_kind
            else:
                party.adopt(actor)
            return
        if noun.cls not in {"office"}:
            party.kind, party.source_kind = body.kind, body.source_kind
            return
    _side_by_word(scene, party, noun)


def _side_by_loyalty(scene: Scene, party: Party, noun: ActorNoun) -> bool:
    """ "Gunmen loyal to the deposed government" are neither gunmen nor the government.

    Armed men on the side of a power that is no more are an armed group; men
    that are no regulars, on the side of one that stands, its militia.
    """
    doc = scene.doc
    bound = party.head + 1 < party.end and doc[party.head + 1].lower_ in _LOYAL
    if not (bound or noun.cls == "part"):
        return False
    inside = {t.lower_ for t in doc[party.start : party.end]}
    fallen = bool(inside & _FALLEN)
    if not (bound or fallen):
        return False
    armed = noun.kind in _BEARERS
    if noun.singular == "loyalist" or not (armed or noun.cls == "part"):
        return False
    owner, nation = _owner(scene, party), _nation(scene, party)
    if owner is not None and owner.kind in {"armed-group", "militia"} and not fallen:
        return False  # of the group itself
    party.country = owner.country if owner else nation.iso3 if nation else None
    party.source_kind = None
    if fallen:
        party.kind = "armed-group"
    elif noun.kind in {"unidentified-armed", "armed-group"}:
        party.kind = "militia" if owner or nation or inside & _POWERS else "armed-group"
    return True


def _lend(party: Party, owner: Actor, noun: ActorNoun) -> None:
    """A leader or spokesman of a party speaks and acts for it, under the words of the text."""
    party.kind, party.source_kind = owner.kind, owner.source_kind
    party.country = owner.country
    if noun.cls == "part" or (noun.cls == "role" and party.plural):
        party.adopt(owner)
    else:
        party.actor_id = owner.id


def _owner(scene: Scene, party: Party) -> Actor | None:
    """The listed actor inside the phrase that stands nearest before, else after its head."""
    for index in range(party.head - 1, party.start - 1, -1):
        actor = scene.actor_at(index)
        if actor is not None:
            return actor
    for index in range(party.head, party.end):
        actor = scene.actor_at(index)
        if actor is not None:
            return actor
    return None


def _nation(scene: Scene, party: Party) -> Nation | None:
    for index in [*range(party.head - 1, party.start - 1, -1), *range(party.head + 1, party.end)]:
        nation = scene.nation_at(index)
        if nation is not None:
            return nation
    return None


def _state_body(scene: Scene, party: Party, nation: Nation | None) -> StateBody | None:
    """The state body the phrase names: by the words before its head, or after 'of'."""
    doc, nouns = scene.doc, scene.nouns.parties
    endings = _last_words()
    for stop in _phrase_ends(scene, party):
        last = doc[stop - 1].lower_
        if last not in endings:
            continue
        noun = nouns.get(last)
        begin = party.start if stop <= party.head + 1 else party.head
        words = [t.lower_ for t in doc[begin:stop]]
        for first in range(begin, stop):
            if first in scene.names_at or words[first - begin] in DETERMINERS:
                continue
            body = scene.bodies.get(" ".join(words[first - begin :]))
            if body is None:
                continue
            if nation is None and first + 1 == stop and body.slug in {"military", "government"}:
                return None  # a bare "soldiers" or "state" needs no pattern
            hard = [scene.modifiers.get(doc[i].lower_) for i in range(party.start, first)]
            if any(m and m.hard and m.kind not in {body.kind, None} for m in hard):
                return None
            if noun is not None and noun.cls == "body" and noun.kind == "armed-group":
                return None
            return body
    return None


@cache
def _last_words() -> frozenset[str]:
    """Last words of the phrases that name state bodies: the cheap look before the dear one."""
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in state_bodies_by_words())


def _phrase_ends(scene: Scene, party: Party) -> list[int]:
    """Where the words of a state body may end: whole phrase, its head, or before a role noun."""
    ends = [party.end, party.head + 1]
    noun = scene.nouns.parties.get(scene.doc[party.head].lower_)
    if noun is not None and (noun.cls in {"role", "part", "rank"} or noun.kind == "government"):
        ends.append(party.head)
    if noun is not None and noun.cls == "person" and noun.armed:
        ends.append(party.head)
    return ends


# What a siding word says of people who bear no arms: an opposition lawmaker is no rebel, a
# village chief no militiaman.
_UNARMED_SIDES: dict[str, ActorKind] = {"opposition": "political", "village": "government"}
_COMMANDERS = frozenset({"commander", "commandant"})
# Village volunteers bear arms for the village; those with these words beside them help.
_HELPING = frozenset("health medical aid relief rescue charity community hospital".split())
# Force as a manner: nobody's men.
_MANNERS = frozenset(
    """lethal deadly excessive brute sheer undue disproportionate unnecessary reasonable minimum
    maximum less-lethal physical full overwhelming non-lethal""".split()
)


def _is_unarmed(noun: ActorNoun) -> bool:
    return noun.cls in {"role", "office", "part", "person"} and not (
        noun.armed or noun.singular in _COMMANDERS or noun.singular == "volunteer"
    )


def _side_by_word(scene: Scene, party: Party, noun: ActorNoun) -> None:
    """Let the siding word nearest to the head decide the kind."""
    doc = scene.doc
    if noun.singular == "man" and _men_of_force(scene, party):
        return
    accepted = _accepted_kinds(noun)
    if noun.singular == "volunteer" and party.modifiers & _HELPING:
        return
    for index in range(party.head - 1, party.start - 1, -1):
        modifier = scene.modifiers.get(doc[index].lower_)
        if modifier is not None and modifier.kind in accepted:
            unarmed = modifier.word in _UNARMED_SIDES and _is_unarmed(noun)
            party.kind = _UNARMED_SIDES[modifier.word] if unarmed else modifier.kind
            party.source_kind = None
            return
    if noun.cls in {"role", "part", "rank"} or (noun.cls, noun.kind) == ("body", "other"):
        _side_by_complement(scene, party)


def _men_of_force(scene: Scene, party: Party) -> bool:
    """ "Security men", "interior ministry men", "police officers and men": whose men they are.

    Only what stands right before tells it: not "military-age men".
    """
    doc, index = scene.doc, party.head - 1
    if index > 1 and [t.lower_ for t in doc[index - 1 : index + 1]] == ["officers", "and"]:
        index -= 2
    elif index < party.start:
        return False
    word = doc[index].lower_
    if word == "ministry":
        party.kind = _ministry_force(scene, index)
    else:
        modifier = scene.modifiers.get(word)
        if modifier is None or modifier.kind not in _FORCES:
            return False
        party.kind = modifier.kind
    party.source_kind = None
    return True


def _side_by_complement(scene: Scene, party: Party) -> None:
    """ "members of the rebel group", "a group of gunmen": the noun after 'of' tells the kind."""
    for index in range(party.end - 1, party.head, -1):
        inner = scene.nouns.parties.get(scene.doc[index].lower_)
        if inner is None or inner.cls in {"role", "part"}:
            continue
        party.kind, party.source_kind = inner.kind, inner.source_kind
        accepted = _accepted_kinds(inner)
        for before in range(index - 1, party.head, -1):
            lower = scene.doc[before].lower_
            modifier = scene.modifiers.get(lower)
            if lower == "ministry" and inner.cls == "group":
                party.kind = _ministry_force(scene, before)
            elif modifier is not None and modifier.kind in accepted:
                party.kind = modifier.kind
            else:
                continue
            party.source_kind = None
            return
        return


def _ministry_force(scene: Scene, index: int) -> ActorKind:
    """A ministry with forces is the interior's or the defence's: the one named last decides."""
    for token in reversed(scene.doc[max(0, index - MINISTRY_REACH_TOKENS) : index]):
        if token.lower_ == "interior":
            return "police"
        if token.lower_ in {"defence", "defense"}:
            return "military"
    return "military"


_FORCES: frozenset[ActorKind] = frozenset({"military", "police", "militia"})
_ARMED_KINDS: frozenset[ActorKind] = frozenset(
    {"military", "police", "armed-group", "militia", "criminal", "international", "intelligence"}
)
_ACCEPTED_BY_KIND: dict[ActorKind, frozenset[ActorKind]] = {
    "unidentified-armed": frozenset({"armed-group", "militia", "criminal", "unidentified-armed"}),
    "civilian": frozenset({"unidentified-armed"}),
    "armed-group": frozenset({"militia"}),
    "military": frozenset({"armed-group", "militia", "international"}),
    "police": frozenset({"international"}),
    "other": frozenset({"unidentified-armed"}),
}


def _accepted_kinds(noun: ActorNoun) -> frozenset[ActorKind]:
    """The kinds a siding word may give this noun.

    "Rebel soldiers" are rebels, but "armed police" stay police and "school
    children" stay civilians.
    """
    if noun.cls in {"role", "part", "rank"} or (noun.kind, noun.cls) == ("government", "person"):
        return ACTOR_KINDS
    if noun.cls == "office":
        return frozenset({"political", "armed-group", "religious", "international"})
    if noun.cls == "body" and noun.kind == "other":
        return ACTOR_KINDS
    if noun.singular == "volunteer":
        return frozenset({"militia", "armed-group", "unidentified-armed"})
    if noun.cls in {"body", "group"} and noun.kind in {"military", "armed-group", "militia"}:
        extra: frozenset[ActorKind] = frozenset({"unidentified-armed", "protester", "monitor"})
        if noun.kind == "armed-group":
            return _ARMED_KINDS | extra | _GROUP_KINDS
        if noun.kind == "militia":
            return _ARMED_KINDS - {"military"}  # "pro-government militias" are no army
        return _ARMED_KINDS | {"medical"}
    return _ACCEPTED_BY_KIND.get(noun.kind, frozenset())


_GROUP_KINDS: frozenset[ActorKind] = frozenset(
    {"aid-worker", "religious", "political", "journalist", "medical"}
)
