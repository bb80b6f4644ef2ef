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
    relative_object,
    shares_circumstance,
    subject_tokens,
)
from marsad.coding.actors.lookup import DOER_KINDS, OWNER_DEPS, TARGET_KINDS, PartyLookup
from marsad.coding.mentions import Trigger

_TARGET_PREPOSITIONS = frozenset({"on", "against", "at", "upon", "toward", "towards", "to", "into"})
_WITH = frozenset({"with", "against", "between", "among", "amongst", "involving"})
_PEOPLE_PROTEST = frozenset({"peaceful-protest", "riot", "mob-violence", "protest-intervention"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Indexes into doc._.actors, in text order, each party on one side only."""

    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Roles:
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)

    def add(self, other: _Roles) -> None:
        self.actors += other.actors
        self.recipients += other.recipients


def parties_of(doc: Doc, trigger: Trigger) -> Parties:
    """The parties to the event that `trigger` evokes; empty lists where the text names none.

    A sentence without a parse gives none.
    """
    head = doc[trigger["head"]]
    if head.dep == 0 or not doc._.actors:
        return Parties()
    reader = _Reader(doc, trigger)
    roles = reader.read(head)
    actors = sorted(i for i in set(roles.actors) if not reader.find.is_aside(i))
    recipients = sorted(
        i for i in set(roles.recipients) - set(actors) if not reader.find.is_aside(i)
    )
    return Parties(actors, recipients)


class _Reader:
    """Reads the roles around one trigger."""

    def __init__(self, doc: Doc, trigger: Trigger) -> None:
        self.doc = doc
        self.trigger = trigger
        self.find = PartyLookup(doc, {t["head"] for t in doc._.triggers} | {trigger["head"]})

    # -- entry -------------------------------------------------------------

    def read(self, head: Token) -> _Roles:
        """Roles around the trigger's head, by its part of speech."""
        if head.dep_ == "amod" and self.find.names_event(head.head):
            return self._noun_event(head.head)  # "sexual assault"
        if head.dep_ == "acomp" and head.head.pos_ in {"VERB", "AUX"} and head.pos_ != "VERB":
            return self._adjective(head)
        if head.pos_ in {"VERB", "AUX"} and head.dep_ not in {"amod", "compound"}:
            return self._verb_event(head)
        if head.pos_ == "ADJ" or (head.pos_ == "VERB" and head.dep_ == "amod"):
            return self._adjective(head)
        return self._noun_event(head)

    # -- verbs -------------------------------------------------------------

    def _verb_event(self, verb: Token) -> _Roles:
        roles = _Roles()
        symmetric = verb.lemma_ in frame("symmetric") or self.trigger["event_type"] == "agreement"
        passive = is_passive(verb)
        subjects = subject_tokens(verb)
        if passive:
            roles.recipients += self.find.all_parties(subjects)
            for pobj in agents(verb):
                roles.actors += self._doers(pobj)
            if not roles.recipients and verb.lemma_ in frame("fire"):  # "grenades were hurled at"
                for pobj in prep_objects(verb, _TARGET_PREPOSITIONS):
                    roles.recipients += self.find.targets(pobj)
        elif verb.lemma_ in frame("die") and not symmetric:
            roles.recipients += self.find.all_parties(subjects)
        else:
            for token in subjects:
                roles.actors += self._doers(token)
            roles.recipients += self._objects(verb)
        if symmetric:
            for pobj in prep_objects(verb, _WITH):
                roles.actors += self.find.party(pobj)
            roles.actors += roles.recipients
            roles.recipients = []
        elif self.trigger["event_type"] in _PEOPLE_PROTEST:
            roles.recipients += self.find.all_parties(prep_objects(verb, frozenset({"against"})))
        if not roles.actors:
            roles.actors += self._circumstance(verb, roles.recipients)
        return roles

    def _objects(self, verb: Token) -> list[int]:
        """Parties the verb is done to: its object, or what follows 'on', 'at', 'from'."""
        found: list[int] = []
        for child in verb.children:
            if child.dep_ in {"dobj", "dative", "oprd"} or (
                child.dep_ == "nsubj" and child.i > verb.i and verb.lemma_ in frame("harm")
            ):
                found += self.find.targets(child)
            elif child.dep_ == "acomp":  # "shot dead four soldiers"
                found += self.find.all_parties(c for c in child.children if c.dep_ == "dobj")
            elif child.dep_ == "ccomp" and verb.lemma_ in {"leave", "see"}:
                found += self.find.all_parties(c for c in child.children if c.dep_ == "nsubj")
        relative = relative_object(verb)
        if relative is not None:
            found += self.find.targets(relative)
        for pobj in prep_objects(verb, _TARGET_PREPOSITIONS | {"from"}):
            prep = pobj.head
            up_to = prep.i > 0 and self.doc[prep.i - 1].lower_ == "up"
            if prep.lower_ != "to" or up_to or verb.lemma_ in {"set", "lay"}:
                found += self.find.targets(pobj)
        return found or self._shared_objects(verb)

    def _shared_objects(self, verb: Token) -> list[int]:
        """ "kidnapped and killed the mayor": the first verb's object stands with the second."""
        if any(child.dep_ in {"dobj", "prep"} for child in verb.children):
            return []
        for child in verb.children:
            alike = child.dep_ == "conj" and child.tag_ == verb.tag_
            if alike and not any(c.dep_ in SUBJECT_DEPS for c in child.children):
                return self._objects(child)
        return []

    def _circumstance(self, verb: Token, victims: list[int], *, alone: bool = False) -> list[int]:
        """Doers found in "killed in an attack by X", "killed when X opened fire"."""
        found: list[int] = []
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in {
                "in",
                "during",
                "from",
                "after",
                "by",
                "as",
            }:
                for pobj in (c for c in child.children if c.dep_ == "pobj"):
                    if self.find.names_event(pobj):
                        found += self._noun_roles(pobj).actors
                for pcomp in (c for c in child.children if c.dep_ == "pcomp"):
                    found += self._buried_event(pcomp)
            elif child.dep_ == "advcl" and child.tag_ != "VBG" and self.find.is_violent(child):
                for subject in (c for c in child.children if c.dep_ == "nsubj"):
                    found += self._doers(subject)
        if not found and not alone and is_passive(verb):
            for child in verb.children:
                if child.dep_ == "conj" and is_passive(child):
                    found += self._circumstance(child, victims, alone=True)
        if not found and not alone and shares_circumstance(verb):
            found = self._circumstance(verb.head, victims, alone=True)
        return [index for index in found if index not in victims]

    def _buried_event(self, verb: Token) -> list[int]:
        """ "after being subjected to an ambush by X", "after coming under fire from X"."""
        if is_passive(verb) and agents(verb):
            return [index for pobj in agents(verb) for index in self._doers(pobj)]
        for child in verb.children:
            if child.dep_ in {"prep", "dobj"}:
                pobjs = [child] if child.dep_ == "dobj" else list(child.children)
                for pobj in pobjs:
                    if self.find.names_event(pobj):
                        return self._noun_roles(pobj).actors
        return []

    # -- adjectives: "left 14 soldiers dead", "wounded soldiers" ------------

    def _adjective(self, word: Token) -> _Roles:
        roles = _Roles()
        if word.dep_ in {"amod", "compound"}:
            roles.recipients += self.find.party(word.head)
            return roles
        verb = word.head
        if verb.lemma_ in {"leave", "shoot", "find", "gun", "strike", "see"} and not is_passive(
            verb
        ):
            for token in subject_tokens(verb):
                roles.actors += self._doers(token)
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            objects += [c for c in word.children if c.dep_ == "nsubj"]
            roles.recipients += self.find.all_parties(objects)
            return roles
        own = [c for c in word.children if c.dep_ in SUBJECT_DEPS]
        roles.recipients += self.find.all_parties(own or subject_tokens(verb))
        if is_passive(verb):
            for pobj in agents(verb):
                roles.actors += self._doers(pobj)
        roles.actors += [] if roles.actors else self._circumstance(verb, roles.recipients)
        return roles

    # -- nouns -------------------------------------------------------------

    def _noun_event(self, noun: Token) -> _Roles:
        while noun.dep_ in {"compound", "amod", "nmod"} and noun.head.i > noun.i:
            if noun.head.i in self.find.by_head:
                break
            noun = noun.head
        roles = self._noun_roles(noun)
        roles.add(self._governor(noun))
        if noun.dep_ == "conj" and not roles.actors:
            first = self._noun_roles(noun.head)
            roles.actors += first.actors
            roles.recipients += first.recipients if not roles.recipients else []
        if self._is_symmetric(noun):
            if len(set(roles.actors + roles.recipients)) < 2:
                roles.recipients += self._other_side(noun)
            sides = self.find.sides(roles.recipients)
            roles.actors += sides
            roles.recipients = [i for i in roles.recipients if i not in sides]
        return roles

    def _is_symmetric(self, noun: Token) -> bool:
        return noun.lemma_.lower() in frame("symmetric")

    def _noun_roles(self, noun: Token, hops: int = 0) -> _Roles:
        """Roles inside the noun's own phrase: owners, prepositions, clauses on it."""
        roles = _Roles()
        if hops > MAX_HOPS:
            return roles
        lemma = noun.lemma_.lower()
        for child in noun.children:
            if child.dep_ in OWNER_DEPS:
                self._owner_role(child, lemma, roles)
            elif child.dep_ in {"prep", "agent"}:
                self._preposition_role(child, lemma, roles, hops)
            elif child.dep_ in {"acl", "relcl"}:
                self._clause_role(child, noun, roles)
        return roles

    def _owner_role(self, child: Token, lemma: str, roles: _Roles) -> None:
        found = self.find.party(child)
        if not found:
            return
        protest = lemma in frame("doer-noun") or self.trigger["event_type"] in _PEOPLE_PROTEST
        if lemma in frame("victim-noun"):
            doer = child.dep_ != "poss" and self.find.are(found, DOER_KINDS)
        elif child.dep_ == "poss" or protest or lemma in frame("symmetric"):
            doer = True
        else:
            doer = not self.find.are(found, TARGET_KINDS)
        (roles.actors if doer else roles.recipients).extend(found)

    def _preposition_role(self, prep: Token, lemma: str, roles: _Roles, hops: int) -> None:
        word = prep.lower_
        for pobj in (c for c in prep.children if c.dep_ == "pobj"):
            if word == "by":
                roles.actors += self._doers(pobj, hops + 1)
                for target in prep_objects(pobj, frozenset({"on", "against", "at"})):
                    roles.recipients += self.find.targets(target)
            elif word in {"between", "among", "amongst"} or (
                word in {"with", "against"} and lemma in frame("symmetric")
            ):
                roles.actors += self.find.party(pobj)
            elif word in _TARGET_PREPOSITIONS:
                roles.recipients += self.find.targets(pobj)
            elif word == "from" and lemma in {"fire", "gunfire", "attack", "shot", "bullet"}:
                roles.actors += self._doers(pobj, hops + 1)
            elif word == "of" and (lemma in frame("victim-noun") or lemma in frame("target-noun")):
                roles.recipients += self.find.targets(pobj)
            elif word == "of" and lemma in frame("doer-noun"):
                roles.actors += self.find.party(pobj)

    def _clause_role(self, verb: Token, noun: Token, roles: _Roles) -> None:
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
                roles.actors += self._doers(pobj)
            if lemma in frame("blame-on"):
                roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
            return
        if lemma in {"involve", "pit"}:
            for child in (c for c in verb.children if c.dep_ == "dobj"):
                roles.actors += self.find.party(child)
        elif lemma in frame("harm"):
            roles.recipients += self._objects(verb)

    def _governor(self, noun: Token) -> _Roles:
        """Roles told by the verb that the event noun depends on."""
        roles = _Roles()
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

    def _as_subject(self, verb: Token, roles: _Roles) -> None:
        """ "the attack was carried out by X", "the attack killed Y", "was blamed on X"."""
        lemma = verb.lemma_
        if is_passive(verb):
            for pobj in agents(verb):
                roles.actors += self._doers(pobj)
            if lemma in frame("blame-on"):
                roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in frame("harm"):
            roles.recipients += self._objects(verb)
        elif lemma in {"pit", "involve"}:
            roles.actors += self.find.all_parties(c for c in verb.children if c.dep_ == "dobj")
        elif lemma in {"break", "erupt", "take", "occur", "continue", "rage", "ensue", "flare"}:
            roles.actors += self.find.all_parties(
                prep_objects(verb, frozenset({"between", "among"}))
            )
        for child in verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in frame("harm"):
                roles.recipients += self._objects(child)

    def _as_object(self, verb: Token, roles: _Roles) -> None:
        """ "X launched an attack", "X suffered an attack", "blamed the attack on X"."""
        lemma = verb.lemma_
        subjects = subject_tokens(verb)
        if lemma in frame("blame-on"):
            roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in frame("light-target"):
            roles.recipients += self.find.all_parties(subjects)
        elif lemma in frame("light-actor") and not is_passive(verb):
            for token in subjects:
                roles.actors += self._doers(token)
            roles.recipients += self.find.all_parties(
                prep_objects(verb, frozenset({"on", "against", "at"}))
            )

    def _as_complement(self, noun: Token, prep: Token, roles: _Roles) -> None:
        """ "came under attack", "killed in an attack", "claimed responsibility for"."""
        governor = prep.head
        if governor.dep_ == "dobj" and governor.head.lemma_ in frame("use"):
            governor = governor.head
        if governor.lower_ in {"responsibility", "credit", "blame"}:
            self._responsibility(governor, roles)
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
            verb = self._verb_event_plain(governor)
            roles.recipients += verb.recipients
            roles.actors += verb.actors
        elif lemma in frame("result") and self._is_symmetric(noun):
            roles.actors += self._clause_before(governor)

    def _verb_event_plain(self, verb: Token) -> _Roles:
        """Subject, object and agent of a verb of harm, nothing further afield."""
        roles = _Roles()
        if is_passive(verb):
            roles.recipients += self.find.all_parties(subject_tokens(verb))
            for pobj in agents(verb):
                roles.actors += self.find.party(pobj)
        else:
            roles.actors += self.find.all_parties(subject_tokens(verb))
            roles.recipients += self._objects(verb)
        return roles

    def _responsibility(self, noun: Token, roles: _Roles) -> None:
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
        roles = self._verb_event_plain(head)
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

    def _doers(self, token: Token, hops: int = 0) -> list[int]:
        """Parties behind a subject or agent: itself, the owner of a weapon, the doer of an act."""
        if hops > MAX_HOPS:
            return []
        found = self.find.party(token)
        if found and not self.find.names_event(token):
            return found
        if found and self.find.by_head.get(token.i) is not None:
            return found
        return self._noun_roles(token, hops + 1).actors or self._weapon_owner(token)

    def _weapon_owner(self, token: Token) -> list[int]:
        """The owner of a weapon or the party that planted it ("a bomb planted by X")."""
        owners = [c for c in token.children if c.dep_ in OWNER_DEPS]
        return self.find.armed(self.find.all_parties(owners))


def _is_harm(verb: Token) -> bool:
    return verb.pos_ == "VERB" and (verb.lemma_ in frame("harm") or verb.lemma_ in frame("fire"))
