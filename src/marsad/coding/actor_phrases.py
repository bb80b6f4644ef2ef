"""Described parties: noun phrases such as "masked gunmen" or "the ministry's forces".

Reads   tokens, tags and the parse where there is one; names found before.
Writes  nothing: returns `Party` readings.

A phrase's side comes from the nearest thing that tells it: a listed actor in
the phrase, a nation with a body every state has, a siding word ("rebel"), and
last the noun itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from marsad.codebook.actors import (
    ACTOR_KINDS,
    Actor,
    ActorNoun,
    Modifier,
    Nation,
    NounTable,
    StateBody,
    actors_by_id,
    load_demonyms,
    load_modifiers,
    load_nouns,
    state_bodies_by_words,
)
from marsad.coding.actor_names import Name
from marsad.coding.party import Party
from marsad.records import ActorKind

MAX_NAME_WORDS = 8
# How far back "the ministry" may point for its kind: about the length of a news item.
MINISTRY_REACH_TOKENS = 400
# Words before a noun that are no part of a party's name.
QUANTITIES = frozenset(
    """several dozens dozen some many more most few other others another two three four five six
    seven eight nine ten eleven twelve hundreds thousands scores numerous various both all each
    every no any first second one additional least at than about around nearly approximately over
    up to total fellow half only as own certain such same these those this that the a an our their
    his her its my your single whole entire overall""".split()
)
_DETERMINERS = frozenset("the a an this that these those its their his her our".split())
_COUNTS = QUANTITIES - frozenset(
    "the a an this that these those our their his her its my your both".split()
)
DEFINITES = frozenset({"the", "this", "that", "these", "those", "said", "both"})
POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "npadvmod", "poss"})
_INSIDE_DEPS = frozenset(
    """det amod compound nummod nmod poss case advmod quantmod npadvmod predet punct neg
    appos""".split()
)
# What may follow the head inside a party's name.
_LINKS = {
    ("loyal", "to"),
    ("allied", "with"),
    ("allied", "to"),
    ("linked", "to"),
    ("affiliated", "with"),
    ("affiliated", "to"),
    ("belonging", "to"),
    ("tied", "to"),
    ("backed", "by"),
}
# Nouns before which a party's name is the victim's or friend's, not the speaker's side.
_UNARMED_OWN = frozenset({"civilian", "journalist", "medical", "aid-worker", "religious"})
STATELESS = frozenset({"PSE", "XKX", "ESH", "SML", "HKG", "VAT", "PRI"})


@dataclass(slots=True)
class Scene:
    """What phrase reading needs of a Doc, gathered once."""

    doc: Doc
    upper_case: bool
    names_at: dict[int, Name]  # token index -> the name covering it
    actor_of: dict[int, Actor]  # id(name) -> the listed actor it stands for
    nouns: NounTable = field(default_factory=load_nouns)
    modifiers: dict[str, Modifier] = field(default_factory=load_modifiers)
    bodies: dict[str, StateBody] = field(default_factory=state_bodies_by_words)

    def actor_at(self, index: int) -> Actor | None:
        """The listed actor named at token `index`."""
        name = self.names_at.get(index)
        return self.actor_of.get(id(name)) if name else None

    def nation_at(self, index: int) -> Nation | None:
        """The nation named (as noun or adjective, not by its capital) at token `index`."""
        name = self.names_at.get(index)
        return name.nation if name and name.type in {"nation", "adjective"} else None

    def capitalised(self, token: Token) -> bool:
        """Whether the word is written as a name; by its tag in text that is all capitals."""
        if self.upper_case:
            return token.pos_ == "PROPN"
        return token.text[:1].isupper()


def is_parsed(token: Token) -> bool:
    """Whether the sentence of `token` went through the parser."""
    return token.dep != 0


def left_edge(scene: Scene, head: Token) -> int:
    """First token of the noun phrase that ends at `head`, article included."""
    doc = scene.doc
    start = head.i
    if is_parsed(head):
        edge = head.left_edge.i
        while start > edge:
            token = doc[start - 1]
            if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
                break
            if token.pos_ in {"ADP", "SCONJ", "CCONJ"} and token.lower_ not in {"than", "to"}:
                break
            if token.pos_ == "PUNCT" and token.text not in {"-", '"', "“", "”", "'", "."}:
                break
            if token.dep_ not in _INSIDE_DEPS:
                break
            start -= 1
        return start
    while start > 0 and head.i - start < 6 and not doc[start].is_sent_start:
        token = doc[start - 1]
        lower = token.lower_
        if not (
            lower in scene.modifiers
            or (start - 1) in scene.names_at
            or lower in QUANTITIES
            or lower in {"'s", "’s", "-"}
            or (token.text[:1].isupper() and not scene.upper_case)
        ):
            break
        start -= 1
        if lower in {"the", "a", "an"}:
            break
    return start


def right_edge(scene: Scene, head: Token) -> int:
    """End of the phrase after `head`: an 'of' or siding complement, if short."""
    doc, index = scene.doc, head.i + 1
    if index + 1 >= len(doc):
        return index
    first, second = doc[index].lower_, doc[index + 1].lower_
    noun = scene.nouns.parties.get(head.lower_)
    if first == "of" or (
        first in {"for", "at", "in", "with"} and noun and noun.cls in {"role", "office", "part"}
    ) or (first == "from" and _names_side(scene, index + 1)):
        begin = index + 1
    elif first == "on" and second in {"motorbikes", "motorcycles", "motorbike", "horseback"}:
        return index + 2
    elif (first, second) in _LINKS:
        begin = index + 2
    else:
        return index
    return _complement_end(scene, begin, head.i) or index


def _names_side(scene: Scene, begin: int) -> bool:
    """Whether a listed actor or a word for a party stands within four tokens."""
    for index in range(begin, min(begin + 5, len(scene.doc))):
        if index in scene.actor_of or scene.actor_at(index):
            return True
        if scene.doc[index].lower_ in scene.nouns.parties:
            return True
        if scene.doc[index].is_punct or scene.doc[index].pos_ in {"VERB", "ADP"}:
            return False
    return False


def _complement_end(scene: Scene, begin: int, head: int) -> int | None:
    """End of the noun phrase that begins at `begin`, None if it is none or too long."""
    doc = scene.doc
    limit = min(len(doc), head + MAX_NAME_WORDS + 6)
    index = begin
    last_noun = None
    while index < limit:
        token = doc[index]
        if token.is_sent_start and index > begin:
            break
        named = scene.names_at.get(index)
        if named is not None and scene.actor_of.get(id(named)):
            last_noun = named.end - 1
            index = named.end
            continue
        lower = token.lower_
        is_noun = token.pos_ in {"NOUN", "PROPN"} or (
            not is_parsed(token) and (lower in scene.nouns.parties or named is not None)
        )
        if is_noun:
            last_noun = index
        elif not (
            lower in QUANTITIES
            or lower in {"'s", "’s", "-", '"', "“", "al", "’", "'"}
            or token.pos_ in {"ADJ", "DET", "NUM", "PRON"}
            or (token.pos_ == "VERB" and token.dep_ in {"amod", "compound"})
            or named is not None
        ):
            break
        index += 1
    return None if last_noun is None else last_noun + 1


def compose_name(scene: Scene, start: int, head: int, end: int) -> str:
    """The phrase as a name: no article, number, hedge or charged word, at most 8 words."""
    doc, words = scene.doc, []
    for index in range(start, end):
        token = doc[index]
        lower = token.lower_
        if token.is_space or lower in {'"', "“", "”", "``", "''"}:
            continue
        if index < head and (
            lower in QUANTITIES or token.like_num or token.dep_ in {"nummod", "quantmod"}
        ):
            continue
        noun = scene.nouns.parties.get(lower)
        if noun is not None and noun.neutral is not None and index not in scene.names_at:
            words.append(noun.neutral)
            continue
        modifier = scene.modifiers.get(lower)
        if modifier is not None and modifier.neutral is not None and index != head:
            if modifier.neutral:
                words.append(modifier.neutral)
            continue
        glued = words and (lower in {"'s", "’s", "'", "’", "-"} or doc[index - 1].text == "-")
        if glued and words:
            words[-1] += token.text
        else:
            words.append(token.text)
    text = " ".join(words[:MAX_NAME_WORDS]).strip(" -'’")
    for suffix in (" of", " the", " in", " for", " of the", " in the", " a"):
        if text.lower().endswith(suffix):
            text = text[: -len(suffix)]
    return text or doc[head].text


def read_phrase(scene: Scene, head: Token, noun: ActorNoun) -> Party | None:
    """The party described by the noun phrase whose head noun is `head`; None if it is none."""
    doc = scene.doc
    start, end = left_edge(scene, head), right_edge(scene, head)
    while start < head.i and (doc[start].lower_ in _COUNTS or doc[start].like_num):
        start += 1
    opening = doc[start].lower_
    before = [t for t in doc[start : head.i] if t.lower_ not in QUANTITIES and not t.like_num]
    definite = opening in DEFINITES or opening in POSSESSIVES
    if noun.needs == "cap" and not scene.capitalised(head):
        return None
    if noun.needs == "mod" and not before and end == head.i + 1:
        return None
    if noun.needs == "def" and not (definite or before or end > head.i + 1):
        if not scene.capitalised(head) and noun.plural != head.lower_:
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
    _take_side(scene, party, noun)
    return party


def _take_side(scene: Scene, party: Party, noun: ActorNoun) -> None:
    """Settle whose `party` is: listed actor, state body, siding word, or the noun's own kind."""
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
            if (
                noun.cls in {"role", "office"}
                or (noun.kind in {"government"}
                and noun.cls == "person")
            ):
                party.kind, party.source_kind = actor.kind, actor.source_kind
            else:
                party.adopt(actor)
            return
        if noun.cls not in {"office"}:
            party.kind, party.source_kind = body.kind, body.source_kind
            return
    _side_by_word(scene, party, noun)


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
    for stop in _phrase_ends(scene, party):
        noun = nouns.get(doc[stop - 1].lower_)
        for first in range(party.start if stop <= party.head + 1 else party.head, stop):
            if first in scene.names_at:
                continue
            if doc[first].lower_ in _DETERMINERS:
                continue
            body = scene.bodies.get(" ".join(doc[i].lower_ for i in range(first, stop)))
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


def _phrase_ends(scene: Scene, party: Party) -> list[int]:
    """Where the words of a state body may end: whole phrase, its head, or before a role noun."""
    ends = [party.end, party.head + 1]
    noun = scene.nouns.parties.get(scene.doc[party.head].lower_)
    if noun is not None and (noun.cls in {"role", "part", "rank"} or noun.kind == "government"):
        ends.append(party.head)
    if noun is not None and noun.cls == "person" and noun.armed:
        ends.append(party.head)
    return ends


def _side_by_word(scene: Scene, party: Party, noun: ActorNoun) -> None:
    """Let the siding word nearest to the head decide the kind."""
    doc = scene.doc
    accepted = _accepted_kinds(noun)
    for index in range(party.head - 1, party.start - 1, -1):
        modifier = scene.modifiers.get(doc[index].lower_)
        if modifier is not None and modifier.kind in accepted:
            party.kind, party.source_kind = modifier.kind, None
            return
    if noun.cls in {"role", "part"} or (noun.cls, noun.kind) == ("body", "other"):
        _side_by_complement(scene, party)


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
    if noun.cls in {"body", "group"} and noun.kind in {"military", "armed-group", "militia"}:
        extra: frozenset[ActorKind] = frozenset({"unidentified-armed", "protester", "monitor"})
        return _ARMED_KINDS | extra | _GROUP_KINDS if noun.kind == "armed-group" else _ARMED_KINDS
    return _ACCEPTED_BY_KIND.get(noun.kind, frozenset())


_GROUP_KINDS: frozenset[ActorKind] = frozenset(
    {"aid-worker", "religious", "political", "journalist", "medical"}
)
