"""Who did it to whom, as reported: the parties to the event a trigger evokes.

Reads   doc._.actors and the dependency parse.
Writes  nothing: returns indexes into doc._.actors.
Never   looks at who a party is when grammar decides: with the names swapped,
        the roles swap and nothing else changes.

Two-sided events ("clashes between A and B", "A clashed with B") have both
sides as actors, in the order of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from marsad.coding.actors.clause import (
    MAX_HOPS,
    SUBJECT_DEPS,
    agents,
    frame,
    is_passive,
    prep_objects,
    subject_tokens,
)
from marsad.coding.actors.clause_roles import ClauseRoles
from marsad.coding.actors.roles import Roles
from marsad.coding.mentions import Trigger

TARGET_PREPOSITIONS = frozenset({"on", "against", "at", "upon", "toward", "towards", "to", "into"})
_WITH = frozenset({"with", "against", "between", "among", "amongst", "involving"})
_SAYING = frozenset("say report announce add claim state confirm tell warn deny note".split())
_HARMED_PRONOUNS = frozenset({"him", "her", "them"})
PEOPLE_PROTEST = frozenset({"peaceful-protest", "riot", "mob-violence", "protest-intervention"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Indexes into doc._.actors, in text order, each party on one side only."""

    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)


def parties_of(doc: Doc, trigger: Trigger) -> Parties:
    """The parties to the event that `trigger` evokes; empty lists where the text names none.

    A sentence without a parse gives none.
    """
    head = doc[trigger["head"]]
    if head.dep == 0 or not doc._.actors:
        return Parties()
    reader = _Reader(doc, trigger)
    if trigger["role"] == "means" and head.head.lemma_ in _SAYING and head.i in reader.find.by_head:
        return Parties()  # "the air force said" names the speaker, and no weapon
    roles = reader.read(head)
    if not any(child.dep_ in SUBJECT_DEPS for child in head.children):
        # A doer taken over from another clause ("near the mayor while he slept, killing him").
        harmed = {
            reader.find.first_told(i)
            for i in roles.recipients
            if doc[doc._.actors[i]["head"]].lower_ in _HARMED_PRONOUNS
        }
        roles.actors = [i for i in roles.actors if reader.find.first_told(i) not in harmed]
    actors = sorted(i for i in set(roles.actors) if not reader.find.is_aside(i))
    recipients = sorted(
        i for i in set(roles.recipients) - set(actors) if not reader.find.is_aside(i)
    )
    return Parties(actors, recipients)


class _Reader(ClauseRoles):
    """Reads the roles around one trigger."""

    # -- entry -------------------------------------------------------------

    def read(self, head: Token) -> Roles:
        """Roles around the trigger's head, by its part of speech."""
        if head.dep_ == "amod" and self.find.names_event(head.head):
            return self._noun_event(head.head)  # "sexual assault"
        if head.dep_ == "acomp" and head.head.pos_ in {"VERB", "AUX"} and head.pos_ != "VERB":
            return self.adjective(head)
        stray = head.dep_ == "conj" and any(c.dep_ == "dobj" for c in head.children)
        if stray or (head.pos_ in {"VERB", "AUX"} and head.dep_ not in {"amod", "compound"}):
            return self.verb_event(head)
        if head.pos_ == "ADJ" or (head.pos_ == "VERB" and head.dep_ == "amod"):
            return self.adjective(head)
        return self._noun_event(head)

    # -- nouns -------------------------------------------------------------

    def _noun_event(self, noun: Token) -> Roles:
        while noun.dep_ in {"compound", "amod", "nmod"} and noun.head.i > noun.i:
            if noun.head.i in self.find.by_head:
                break
            noun = noun.head
        roles = self.noun_roles(noun)
        roles.add(self._governor(noun))
        if noun.dep_ == "conj" and not roles.actors:
            first = self.noun_roles(noun.head)
            roles.actors += first.actors
            roles.recipients += first.recipients if not roles.recipients else []
        if self.is_symmetric(noun):
            if len(set(roles.actors + roles.recipients)) < 2:
                roles.recipients += self._other_side(noun)
            sides = self.find.sides(roles.recipients)
            roles.actors += sides
            roles.recipients = [i for i in roles.recipients if i not in sides]
        return roles

    def _governor(self, noun: Token) -> Roles:
        """Roles told by the verb that the event noun depends on."""
        roles = Roles()
        first = noun
        while first.dep_ == "conj" and first.head.pos_ == noun.pos_:
            first = first.head
        head = first.head
        if first.dep_ in {"nsubj", "nsubjpass"} and head.pos_ in {"VERB", "AUX"}:
            self._as_subject(head, roles)
        elif first.dep_ == "dobj":
            self._as_object(head, roles)
        elif first.dep_ == "pobj":
            self._as_complement(first, head, roles)
        return roles

    def _as_subject(self, verb: Token, roles: Roles) -> None:
        """ "the attack was carried out by X", "the attack killed Y", "was blamed on X"."""
        lemma = verb.lemma_
        if is_passive(verb):
            for pobj in agents(verb):
                roles.actors += self.doers(pobj)
            if lemma in frame("blame-on"):
                roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in frame("harm"):
            roles.recipients += self.objects(verb)
        elif lemma in {"pit", "involve"}:
            roles.actors += self.find.all_parties(c for c in verb.children if c.dep_ == "dobj")
        elif lemma in {"break", "erupt", "take", "occur", "continue", "rage", "ensue", "flare"}:
            roles.actors += self.find.all_parties(
                prep_objects(verb, frozenset({"between", "among"}))
            )
        for child in verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in frame("harm"):
                roles.recipients += self.objects(child)

    def _as_object(self, verb: Token, roles: Roles) -> None:
        """ "X launched an attack", "X suffered an attack", "blamed the attack on X"."""
        lemma = verb.lemma_
        subjects = subject_tokens(verb)
        if lemma in frame("blame-on"):
            roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in frame("light-target"):
            roles.recipients += self.find.all_parties(subjects)
        elif lemma in frame("light-actor") and not is_passive(verb):
            for token in subjects:
                roles.actors += self.doers(token)
            roles.recipients += self.find.all_parties(
                prep_objects(verb, frozenset({"on", "against", "at"}))
            )

    def _as_complement(self, noun: Token, prep: Token, roles: Roles) -> None:
        """ "came under attack", "killed in an attack", "claimed responsibility for"."""
        governor = prep.head
        if governor.dep_ == "dobj" and governor.head.lemma_ in frame("use"):
            governor = governor.head
        if governor.lower_ in {"responsibility", "credit", "blame"}:
            self._responsibility(governor, roles)
            return
        if _is_held(governor) and prep.lower_ in {"for", "over"}:
            roles.actors += self._held_for(governor)
            return
        if governor.pos_ not in {"VERB", "AUX"}:
            return
        lemma, word = governor.lemma_, prep.lower_
        passive = is_passive(governor)
        subjects = subject_tokens(governor)
        if lemma in frame("blame") and word in {"for", "of", "in", "with", "over"}:
            objects = [c for c in governor.children if c.dep_ == "dobj"]
            roles.actors += self.find.all_parties(subjects if passive else objects)
        elif lemma in frame("light-actor") and word == "out":
            roles.actors += self.find.all_parties(subjects)
        elif lemma in frame("use") and word in {"in", "during"}:
            roles.actors += self.find.all_parties(subjects) if not passive else []
        elif lemma in frame("take-part") and word in {"in", "to", "behind", "for", "of"}:
            if not passive or lemma in {"engage", "involve", "implicate"}:
                roles.actors += self.find.all_parties(subjects)
        elif lemma in frame("victim-of") and (passive or lemma not in frame("harm")):
            roles.recipients += self.find.all_parties(subjects)
        elif lemma in frame("harm") and word in {"in", "during", "by", "after", "with"}:
            verb = self.plain_clause(governor)
            roles.recipients += verb.recipients
            roles.actors += verb.actors
        elif lemma in frame("result") and self.is_symmetric(noun):
            roles.actors += self._clause_before(governor)

    def _held_for(self, governor: Token) -> list[int]:
        """The arrested, as the suspects of what they are "arrested for" ("the killing of Y")."""
        if governor.pos_ == "NOUN":
            return self.find.party(governor)
        passive = is_passive(governor)
        objects = [c for c in governor.children if c.dep_ == "dobj"]
        return self.find.all_parties(subject_tokens(governor) if passive else objects)

    def _responsibility(self, noun: Token, roles: Roles) -> None:
        verb = noun.head
        if noun.dep_ == "dobj":
            roles.actors += self.find.all_parties(subject_tokens(verb))
        elif noun.dep_ == "nsubjpass":
            for pobj in agents(verb):
                roles.actors += self.find.party(pobj)

    def _clause_before(self, verb: Token) -> list[int]:
        """All parties of the clause that the consequence hangs on ("..., resulting in clashes")."""
        head, hops = verb.head, 0
        while not _is_harm(head):
            if head.head is head or hops >= MAX_HOPS:
                return []
            head, hops = head.head, hops + 1
        roles = self.plain_clause(head)
        return roles.actors + roles.recipients

    def _other_side(self, noun: Token) -> list[int]:
        """The one other party to a clash: who was hurt in it, or whose clause it stands in."""
        head = noun.head
        if noun.dep_ == "pobj" and head.head.pos_ in {"VERB", "AUX"}:
            verb = head.head
            if verb.lemma_ in frame("die") or verb.lemma_ in frame("harm"):
                return self.find.sides(self.find.all_parties(subject_tokens(verb)))
            if verb.lemma_ in {"engage", "lock", "involve", "embroil"}:
                return self.find.all_parties(subject_tokens(verb))
        return []


def _is_held(governor: Token) -> bool:
    """Whether it is an arrest, or the people arrested."""
    verb = governor.head if governor.dep_ == "dobj" else governor
    return verb.lemma_ in frame("hold")


def _is_harm(verb: Token) -> bool:
    return verb.pos_ == "VERB" and (verb.lemma_ in frame("harm") or verb.lemma_ in frame("fire"))
