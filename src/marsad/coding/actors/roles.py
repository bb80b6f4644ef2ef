"""Roles inside a phrase: the owner of an attack, the load of a bus, the men behind a weapon.

Reads   doc._.actors and the dependency parse, through `PartyLookup`.
Writes  nothing: returns indexes into doc._.actors.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from marsad.coding.actors.clause import (
    MAX_HOPS,
    SUBJECT_DEPS,
    agents,
    frame,
    is_passive,
    prep_objects,
    relative_object,
    subject_tokens,
)
from marsad.coding.actors.lookup import DOER_KINDS, OWNER_DEPS, TARGET_KINDS, PartyLookup
from marsad.coding.mentions import Trigger
from marsad.coding.once import trigger_at_head

TARGET_PREPOSITIONS = frozenset({"on", "against", "at", "upon", "toward", "towards", "to", "into"})
_TAKING = frozenset({"seize", "capture", "take", "retake", "recapture", "wrest", "steal", "loot"})
_ALONGSIDE = frozenset({"back", "support", "assist", "aid", "accompany", "join"})
PEOPLE_PROTEST = frozenset({"peaceful-protest", "riot", "mob-violence", "protest-intervention"})


@dataclass(slots=True)
class Roles:
    """Doers and sufferers while they are being gathered: indexes into doc._.actors."""

    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)

    def add(self, other: Roles) -> None:
        """Take over what `other` holds."""
        self.actors += other.actors
        self.recipients += other.recipients


# How far the noun may stand from its verb: "killed at least as many as a hundred people".
MAX_NUMBER_TOKENS = 9
_COUNTING = frozenset(
    "dead down as many at least more than about around nearly over up to some a an the".split()
)


def _event_heads(doc: Doc, trigger: Trigger) -> Set[int]:
    known = trigger_at_head(doc).keys()
    return known if trigger["head"] in known else known | {trigger["head"]}


class PhraseRoles:
    """Reads the roles around one trigger, as far as one phrase tells them."""

    def harmed(self, token: Token) -> list[int]:
        """Parties hit where `token` is the subject of a passive: itself, or what it carries."""
        found = self.find.party(token)
        return found or ([] if self.find.names_act(token) else self.find.targets(token))

    def __init__(self, doc: Doc, trigger: Trigger) -> None:
        self.doc = doc
        self.trigger = trigger
        self.find = PartyLookup(doc, _event_heads(doc, trigger))

    def objects(self, verb: Token) -> list[int]:
        """Parties the verb is done to: its object, or what follows 'on', 'at', 'from'."""
        found: list[int] = []
        for child in verb.children:
            if child.dep_ in {"dobj", "dative", "oprd"} or (
                child.dep_ == "nsubj" and child.i > verb.i and verb.lemma_ in frame("harm")
            ):
                cause = self.trigger["event_type"] in PEOPLE_PROTEST and self.find.names_act(child)
                found += [] if cause else self.find.targets(child)  # "to protest the killing of"
                if verb.lemma_ in _TAKING:
                    found += self.find.all_parties(prep_objects(child, frozenset({"from"})))
            elif child.dep_ == "conj" and child.pos_ in {"NUM", "NOUN"}:
                found += self.find.party(child)  # "killing him and four of his guards"
            elif child.dep_ == "acomp":  # "shot dead four soldiers"
                found += self.find.all_parties(c for c in child.children if c.dep_ == "dobj")
            elif child.dep_ == "ccomp" and verb.lemma_ in {"leave", "see"}:
                found += self.find.all_parties(c for c in child.children if c.dep_ == "nsubj")
        relative = relative_object(verb)
        if relative is not None:
            found += self.find.targets(relative)
        for pobj in prep_objects(verb, TARGET_PREPOSITIONS | {"from"}):
            prep = pobj.head
            up_to = prep.i > 0 and self.doc[prep.i - 1].lower_ == "up"
            if prep.lower_ != "to" or up_to or verb.lemma_ in {"set", "lay"}:
                found += self.find.targets(pobj)
        return found or self._shared_objects(verb) or self._next_victims(verb)

    def _next_victims(self, verb: Token) -> list[int]:
        """The people named right after a verb of harm that the parser gave to a later verb.

        "Troops killed 40 people, among them nurses, witnesses said": of two verbs
        the parser may choose the last for the people.
        """
        if verb.lemma_ not in frame("harm") or any(c.dep_ == "dobj" for c in verb.children):
            return []
        index = verb.i + 1
        while index < min(verb.i + MAX_NUMBER_TOKENS, len(self.doc)):
            token = self.doc[index]
            mention = self.find.by_head.get(index)
            if mention is not None:
                stray = token.dep_ in SUBJECT_DEPS and token.head.i > index
                stray = stray or (token.dep_ == "npadvmod" and token.head is verb)
                return [mention] if stray else []
            counting = token.like_num or token.lower_ in _COUNTING
            if not counting and token.pos_ not in {"ADJ", "DET", "NUM"}:
                return []
            index += 1
        return []

    def _shared_objects(self, verb: Token) -> list[int]:
        """ "kidnapped and killed the mayor": the first verb's object stands with the second."""
        if any(child.dep_ in {"dobj", "prep"} for child in verb.children):
            return []
        for child in verb.children:
            alike = child.dep_ == "conj" and child.tag_ == verb.tag_
            if alike and not any(c.dep_ in SUBJECT_DEPS for c in child.children):
                return self.objects(child)
        return []

    def noun_roles(self, noun: Token, hops: int = 0) -> Roles:
        """Roles inside the noun's own phrase: owners, prepositions, clauses on it."""
        roles = Roles()
        if hops > MAX_HOPS:
            return roles
        lemma = noun.lemma_.lower()
        for child in noun.children:
            if child.dep_ in OWNER_DEPS:
                self._owner_role(child, lemma, roles)
            elif child.dep_ in {"prep", "agent"}:
                self._preposition_role(child, noun, roles, hops)
            elif child.dep_ in {"acl", "relcl"}:
                self._clause_role(child, noun, roles)
        return roles

    def _owner_role(self, child: Token, lemma: str, roles: Roles) -> None:
        found = self.find.party(child)
        if not found:
            return
        protest = lemma in frame("doer-noun") or self.trigger["event_type"] in PEOPLE_PROTEST
        if lemma in frame("victim-noun"):
            doer = child.dep_ != "poss" and self.find.are(found, DOER_KINDS)
        elif child.dep_ == "poss" or protest or lemma in frame("symmetric"):
            doer = True
        else:
            doer = not self.find.are(found, TARGET_KINDS)
        (roles.actors if doer else roles.recipients).extend(found)

    def _preposition_role(self, prep: Token, noun: Token, roles: Roles, hops: int) -> None:
        word, lemma = prep.lower_, noun.lemma_.lower()
        for pobj in (c for c in prep.children if c.dep_ == "pobj"):
            if word == "by":
                roles.actors += self.doers(pobj, hops + 1)
                for target in prep_objects(pobj, frozenset({"on", "against", "at"})):
                    roles.recipients += self.find.targets(target)
            elif word in {"between", "among", "amongst"} or (
                word in {"with", "against"} and lemma in frame("symmetric")
            ):
                roles.actors += self.find.party(pobj)
            elif word == "on" and noun.dep_ == "dobj" and noun.head.lemma_ in frame("blame-on"):
                roles.actors += self.find.party(pobj)  # "blamed the bombing on X"
            elif word in TARGET_PREPOSITIONS:
                roles.recipients += self.find.targets(pobj)
            elif word == "from" and lemma in {"fire", "gunfire", "attack", "shot", "bullet"}:
                roles.actors += self.doers(pobj, hops + 1)
            elif word == "of" and (lemma in frame("victim-noun") or lemma in frame("target-noun")):
                roles.recipients += self.find.targets(pobj)
            elif word == "of" and lemma in frame("doer-noun"):
                roles.actors += self.find.party(pobj)

    def _clause_role(self, verb: Token, noun: Token, roles: Roles) -> None:
        """ "an attack claimed by X", "blamed on X", "that killed Y", "targeting Y"."""
        lemma = verb.lemma_
        if verb.dep_ == "relcl" and relative_object(verb) is not None:
            if lemma in frame("light-actor"):
                for token in subject_tokens(verb):
                    roles.actors += self.find.party(token)
            return
        if verb.dep_ == "relcl" and (is_passive(verb) or lemma in frame("die")):
            within = prep_objects(verb, frozenset({"in", "during", "by"}))
            if any(pobj.lower_ == "which" for pobj in within):  # "clashes in which X were killed"
                roles.recipients += self.find.all_parties(subject_tokens(verb))
                return
        if is_passive(verb):
            for pobj in agents(verb):
                roles.actors += self.doers(pobj)
            if lemma in frame("blame-on"):
                roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
            return
        if lemma in {"involve", "pit"}:
            for child in (c for c in verb.children if c.dep_ == "dobj"):
                roles.actors += self.find.party(child)
        elif lemma in frame("harm"):
            roles.recipients += self.objects(verb)

    def is_symmetric(self, noun: Token) -> bool:
        """Whether both parties to such an event do it ("clashes")."""
        return noun.lemma_.lower() in frame("symmetric")

    def doers(self, token: Token, hops: int = 0) -> list[int]:
        """Parties behind a subject or agent: itself, the owner of a weapon, the doer of an act."""
        if hops > MAX_HOPS:
            return []
        found = self.find.party(token)
        if found and not self.find.names_event(token):
            return found + self._backers(token)
        if found and self.find.by_head.get(token.i) is not None:
            return found
        return self.noun_roles(token, hops + 1).actors or self._weapon_owner(token)

    def _backers(self, token: Token) -> list[int]:
        """ "soldiers backed by militiamen attacked": armed men beside the doers do it too."""
        found: list[int] = []
        for child in token.children:
            if child.dep_ == "acl" and child.lemma_ in _ALONGSIDE:
                found += self.find.armed(self.find.all_parties(agents(child)))
        return found

    def _weapon_owner(self, token: Token) -> list[int]:
        """The owner of a weapon or the party that planted it ("a bomb planted by X")."""
        owners = [c for c in token.children if c.dep_ in OWNER_DEPS]
        for child in token.children:
            if child.dep_ in {"acl", "prep"} and child.lemma_ == "belong":
                return self.find.all_parties(prep_objects(child, frozenset({"to"})))
        return self.find.armed(self.find.all_parties(owners))
