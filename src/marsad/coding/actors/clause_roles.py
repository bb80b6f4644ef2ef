"""Roles in a clause: who does what a verb of violence says, and who has it done to them.

Reads   doc._.actors and the dependency parse, through `PhraseRoles`.
Writes  nothing: returns indexes into doc._.actors.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.actors.clause import (
    SUBJECT_DEPS,
    agents,
    frame,
    is_passive,
    prep_objects,
    shares_circumstance,
    subject_tokens,
)
from marsad.coding.actors.roles import PEOPLE_PROTEST, TARGET_PREPOSITIONS, PhraseRoles, Roles

_TREADING = frozenset({"step", "tread"})
_WITH = frozenset({"with", "against", "between", "among", "amongst", "involving"})


def _is_losing_life(verb: Token) -> bool:
    """ "two people lost their lives": they did nothing."""
    return verb.lemma_ == "lose" and any(
        c.dep_ == "dobj" and c.lower_ in {"life", "lives"} for c in verb.children
    )


class ClauseRoles(PhraseRoles):
    """Adds the roles that verbs and predicative adjectives give."""

    def verb_event(self, verb: Token) -> Roles:
        """Roles that the verb of the trigger gives to its subject, objects and circumstances."""
        if _is_losing_life(verb):
            return Roles(recipients=self.find.all_parties(subject_tokens(verb)))
        if verb.lemma_ in _TREADING and self.trigger["event_type"] == "remote-explosive":
            return Roles(recipients=self.find.all_parties(subject_tokens(verb)))
        special = self._fending_off(verb) or self._falling(verb) or self._coming_under(verb)
        if special is not None:
            return special
        roles = Roles()
        symmetric = verb.lemma_ in frame("symmetric") or self.trigger["event_type"] == "agreement"
        passive = is_passive(verb)
        subjects = subject_tokens(verb)
        if passive:
            for token in subjects:
                roles.recipients += self.harmed(token)
            for pobj in agents(verb):
                roles.actors += self.doers(pobj)
            if not roles.recipients and verb.lemma_ in frame("fire"):  # "grenades were hurled at"
                for pobj in prep_objects(verb, TARGET_PREPOSITIONS):
                    roles.recipients += self.find.targets(pobj)
        elif verb.lemma_ in frame("die") and not symmetric:
            roles.recipients += self.find.all_parties(subjects)
        else:
            for token in subjects:
                roles.actors += self.doers(token)
            roles.recipients += self.objects(verb)
        if symmetric:
            for pobj in prep_objects(verb, _WITH):
                roles.actors += self.find.party(pobj)
            roles.actors += roles.recipients
            roles.recipients = []
        elif self.trigger["event_type"] in PEOPLE_PROTEST:
            roles.recipients += self.find.all_parties(prep_objects(verb, frozenset({"against"})))
        if not roles.actors:
            roles.actors += self.circumstance(verb, roles.recipients)
        return roles

    def _fending_off(self, verb: Token) -> Roles | None:
        """ "X repelled an attack by Y": the deed is Y's, whoever the sentence is about."""
        if verb.lemma_ not in frame("light-target") or is_passive(verb):
            return None
        deeds = [c for c in verb.children if c.dep_ == "dobj" and self.find.names_act(c)]
        if not deeds:
            return None
        roles = Roles(recipients=self.find.all_parties(subject_tokens(verb)))
        for deed in deeds:
            roles.actors += self.noun_roles(deed).actors
        return roles

    def _falling(self, verb: Token) -> Roles | None:
        """ "The town fell to the rebels": they took it."""
        if verb.lemma_ != "fall" or self.trigger["event_type"] != "territory-change":
            return None
        takers = self.find.all_parties(prep_objects(verb, frozenset({"to"})))
        return Roles(actors=takers) if takers else None

    def _coming_under(self, verb: Token) -> Roles | None:
        """ "X came under attack from Y"."""
        if verb.lemma_ not in {"come", "fall", "be"} or is_passive(verb):
            return None
        deeds = [d for d in prep_objects(verb, frozenset({"under"})) if self.find.names_act(d)]
        if not deeds:
            return None
        roles = Roles()
        for token in subject_tokens(verb):
            roles.recipients += self.harmed(token)
        for deed in deeds:
            roles.actors += self.noun_roles(deed).actors
        roles.actors += self.find.all_parties(prep_objects(verb, frozenset({"from", "by"})))
        return roles

    def circumstance(self, verb: Token, victims: list[int], *, alone: bool = False) -> list[int]:
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
                    if self.find.names_event(pobj) and not self.find.names_post(pobj):
                        found += self.noun_roles(pobj).actors
                for pcomp in (c for c in child.children if c.dep_ == "pcomp"):
                    found += self._buried_event(pcomp)
            elif child.lemma_ in _TREADING:
                continue  # "killed when they stepped on a mine"
            elif child.dep_ == "advcl" and child.tag_ != "VBG" and self.find.is_violent(child):
                for subject in (c for c in child.children if c.dep_ == "nsubj"):
                    found += self.doers(subject)
        if not found and not alone and is_passive(verb):
            for child in verb.children:
                if child.dep_ == "conj" and is_passive(child):
                    found += self.circumstance(child, victims, alone=True)
        if not found and not alone and shares_circumstance(verb):
            found = self.circumstance(verb.head, victims, alone=True)
        return [index for index in found if index not in victims]

    def _buried_event(self, verb: Token) -> list[int]:
        """ "after being subjected to an ambush by X", "after coming under fire from X"."""
        if is_passive(verb) and agents(verb):
            return [index for pobj in agents(verb) for index in self.doers(pobj)]
        for child in verb.children:
            if child.dep_ in {"prep", "dobj"}:
                pobjs = [child] if child.dep_ == "dobj" else list(child.children)
                for pobj in pobjs:
                    if self.find.names_event(pobj):
                        return self.noun_roles(pobj).actors
        return []

    # -- adjectives: "left 14 soldiers dead", "wounded soldiers" ------------

    def adjective(self, word: Token) -> Roles:
        """Roles around an adjective or participle of harm beside a noun or after a verb."""
        roles = Roles()
        if word.dep_ in {"amod", "compound"}:
            roles.recipients += self.find.party(word.head)
            return roles
        verb = word.head
        if verb.lemma_ in {"leave", "shoot", "find", "gun", "strike", "see"} and not is_passive(
            verb
        ):
            for token in subject_tokens(verb):
                roles.actors += self.doers(token)
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            objects += [c for c in word.children if c.dep_ == "nsubj"]
            roles.recipients += self.find.all_parties(objects)
            return roles
        own = [c for c in word.children if c.dep_ in SUBJECT_DEPS]
        roles.recipients += self.find.all_parties(own or subject_tokens(verb))
        if is_passive(verb):
            for pobj in agents(verb):
                roles.actors += self.doers(pobj)
        roles.actors += [] if roles.actors else self.circumstance(verb, roles.recipients)
        return roles

    def plain_clause(self, verb: Token) -> Roles:
        """Subject, object and agent of a verb of harm, nothing further afield."""
        roles = Roles()
        if is_passive(verb):
            roles.recipients += self.find.all_parties(subject_tokens(verb))
            for pobj in agents(verb):
                roles.actors += self.find.party(pobj)
        else:
            roles.actors += self.find.all_parties(subject_tokens(verb))
            roles.recipients += self.objects(verb)
        return roles
