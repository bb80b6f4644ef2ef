"""Who did it to whom, as reported: the parties to the event a trigger evokes.

Reads   doc._.actors and the dependency parse.
Writes  nothing: returns indexes into doc._.actors.
Never   looks at who a party is when grammar decides: with the names swapped,
        the roles swap and nothing else changes.

Two-sided events ("clashes between A and B", "A clashed with B") have both
sides as actors, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from marsad.codebook.actors import NounTable, load_frames, load_nouns
from marsad.coding.mentions import ActorMention, Trigger

_OWNER_DEPS = frozenset({"poss", "compound", "amod", "nmod"})
_SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "JJ"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_TARGET_PREPOSITIONS = frozenset({"on", "against", "at", "upon", "toward", "towards", "to", "into"})
_WITH = frozenset({"with", "against", "between", "among", "amongst", "involving"})
# Parties that a bare noun before "attack" names as the doer; others are its target.
_DOER_KINDS = frozenset(
    """military police armed-group militia criminal unidentified-armed intelligence
    international""".split()
)
_PEOPLE_PROTEST = frozenset({"peaceful-protest", "riot", "mob-violence", "protest-intervention"})
MAX_HOPS = 6  # no chain of clauses in the news is longer; guards against odd parses


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
    roles = _Reader(doc, trigger).read(head)
    actors = sorted(set(roles.actors))
    recipients = sorted(set(roles.recipients) - set(actors))
    return Parties(actors, recipients)


@cache
def _frame(name: str) -> frozenset[str]:
    return load_frames().get(name, frozenset())


class _Reader:
    """Reads the roles around one trigger."""

    def __init__(self, doc: Doc, trigger: Trigger) -> None:
        self.doc = doc
        self.trigger = trigger
        self.nouns: NounTable = load_nouns()
        mentions: list[ActorMention] = doc._.actors
        self.mentions = mentions
        self.by_head: dict[int, int] = {}
        self.cover: dict[int, int] = {}
        for index, mention in enumerate(mentions):
            self.by_head.setdefault(mention["head"], index)
            for i in range(mention["start"], mention["end"]):
                self.cover.setdefault(i, index)
        self.trigger_heads = {t["head"] for t in doc._.triggers} | {trigger["head"]}

    # -- entry -------------------------------------------------------------

    def read(self, head: Token) -> _Roles:
        """Roles around the trigger's head, by its part of speech."""
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
        symmetric = verb.lemma_ in _frame("symmetric")
        passive = _is_passive(verb)
        subjects = self._subject_tokens(verb)
        if passive:
            roles.recipients += self._all_parties(subjects)
            for pobj in _agents(verb):
                roles.actors += self._doers(pobj)
        elif verb.lemma_ in _frame("die") and not symmetric:
            roles.recipients += self._all_parties(subjects)
        else:
            for token in subjects:
                roles.actors += self._doers(token)
            roles.recipients += self._objects(verb)
        if symmetric:
            for pobj in _prep_objects(verb, _WITH):
                roles.actors += self._party(pobj)
            roles.actors += roles.recipients
            roles.recipients = []
        elif self.trigger["event_type"] in _PEOPLE_PROTEST:
            roles.recipients += self._all_parties(_prep_objects(verb, frozenset({"against"})))
        if not roles.actors:
            roles.actors += self._circumstance(verb, roles.recipients)
        return roles

    def _objects(self, verb: Token) -> list[int]:
        """Parties the verb is done to: its object, or what follows 'on', 'at', 'from'."""
        found: list[int] = []
        for child in verb.children:
            if child.dep_ in {"dobj", "dative", "oprd"} or (
                child.dep_ == "nsubj" and child.i > verb.i and verb.lemma_ in _frame("harm")
            ):
                found += self._targets(child)
            elif child.dep_ == "ccomp" and verb.lemma_ in {"leave", "see"}:
                found += self._all_parties(c for c in child.children if c.dep_ == "nsubj")
        relative = self._relative_object(verb)
        if relative is not None:
            found += self._targets(relative)
        for pobj in _prep_objects(verb, _TARGET_PREPOSITIONS | {"from"}):
            prep = pobj.head
            up_to = prep.i > 0 and self.doc[prep.i - 1].lower_ == "up"
            if prep.lower_ != "to" or up_to or verb.lemma_ in {"set", "lay"}:
                found += self._targets(pobj)
        return found

    def _relative_object(self, verb: Token) -> Token | None:
        """The noun that a relative clause with its own subject is about."""
        if verb.dep_ != "relcl":
            return None
        subjects = [c for c in verb.children if c.dep_ in _SUBJECT_DEPS]
        if not subjects or subjects[0].lower_ in _RELATIVES:
            return None
        if any(c.dep_ == "dobj" and c.lower_ not in _RELATIVES for c in verb.children):
            return None
        return verb.head

    def _subject_tokens(self, verb: Token, hops: int = 0) -> list[Token]:
        """Subjects of the verb, also where they are shared, controlled or relative."""
        if hops > MAX_HOPS:
            return []
        own = [c for c in verb.children if c.dep_ in _SUBJECT_DEPS and c.i < verb.i]
        own = own or [c for c in verb.children if c.dep_ in _SUBJECT_DEPS]
        if own:
            return [self._unrelative(token, verb) for token in own]
        head = verb.head
        if verb.dep_ in {"acl", "relcl"}:
            return [head]
        if (
            verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"}
            and head is not verb
        ):
            if head.pos_ not in {"VERB", "AUX"}:
                return []
            return self._shared_subject(verb, head, hops)
        if verb.dep_ == "pcomp":
            return self._controller(verb, hops)
        return []

    def _shared_subject(self, verb: Token, head: Token, hops: int) -> list[Token]:
        if verb.dep_ == "xcomp":
            objects = [c for c in head.children if c.dep_ == "dobj"]
            if objects:
                return objects
        if verb.dep_ == "conj" and _is_passive(head) != _is_passive(verb) and not _is_passive(verb):
            # "were ambushed and returned fire": the subject is shared, its role is not.
            return self._subject_tokens(head, hops + 1)
        if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN"}:
            return []
        if verb.dep_ == "advcl" and head.lemma_ in {"say", "tell", "add"}:
            return []
        return self._subject_tokens(head, hops + 1)

    def _controller(self, verb: Token, hops: int) -> list[Token]:
        """Who does the verb in "accused X of killing", "arrested for killing", "after killing"."""
        governor = verb.head.head
        if governor.pos_ in {"VERB", "AUX"}:
            if governor.lemma_ in _frame("blame") or verb.head.lower_ in {"for", "of"}:
                objects = [c for c in governor.children if c.dep_ == "dobj"]
                if objects and not _is_passive(governor):
                    return objects
            return self._subject_tokens(governor, hops + 1)
        if governor.pos_ in {"NOUN", "PROPN"}:
            return [governor]
        return []

    def _unrelative(self, token: Token, verb: Token) -> Token:
        """The noun that 'who' or 'which' stands for."""
        if token.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return verb.head
        return token

    def _circumstance(self, verb: Token, victims: list[int]) -> list[int]:
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
                    if self._names_event(pobj):
                        found += self._noun_roles(pobj).actors
                for pcomp in (c for c in child.children if c.dep_ == "pcomp"):
                    found += self._buried_event(pcomp)
            elif child.dep_ == "advcl" and child.tag_ != "VBG" and self._is_violent(child):
                for subject in (c for c in child.children if c.dep_ == "nsubj"):
                    found += self._doers(subject)
        if _shares_circumstance(verb):
            found = found or self._circumstance(verb.head, victims)
        return [index for index in found if index not in victims]

    def _buried_event(self, verb: Token) -> list[int]:
        """ "after being subjected to an ambush by X", "after coming under fire from X"."""
        if _is_passive(verb) and _agents(verb):
            return [index for pobj in _agents(verb) for index in self._doers(pobj)]
        for child in verb.children:
            if child.dep_ in {"prep", "dobj"}:
                pobjs = [child] if child.dep_ == "dobj" else list(child.children)
                for pobj in pobjs:
                    if self._names_event(pobj):
                        return self._noun_roles(pobj).actors
        return []

    def _is_violent(self, verb: Token) -> bool:
        return (
            verb.i in self.trigger_heads
            or verb.lemma_ in _frame("harm")
            or verb.lemma_ in _frame("fire")
        )

    # -- adjectives: "left 14 soldiers dead", "wounded soldiers" ------------

    def _adjective(self, word: Token) -> _Roles:
        roles = _Roles()
        if word.dep_ in {"amod", "compound"}:
            roles.recipients += self._party(word.head)
            return roles
        verb = word.head
        if verb.lemma_ in {"leave", "shoot", "find", "gun", "strike", "see"} and not _is_passive(
            verb
        ):
            for token in self._subject_tokens(verb):
                roles.actors += self._doers(token)
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            objects += [c for c in word.children if c.dep_ == "nsubj"]
            roles.recipients += self._all_parties(objects)
            return roles
        own = [c for c in word.children if c.dep_ in _SUBJECT_DEPS]
        roles.recipients += self._all_parties(own or self._subject_tokens(verb))
        if _is_passive(verb):
            for pobj in _agents(verb):
                roles.actors += self._doers(pobj)
        roles.actors += [] if roles.actors else self._circumstance(verb, roles.recipients)
        return roles

    # -- nouns -------------------------------------------------------------

    def _noun_event(self, noun: Token) -> _Roles:
        while noun.dep_ in {"compound", "amod", "nmod"} and noun.head.i > noun.i:
            if noun.head.i in self.by_head:
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
            roles.actors += roles.recipients
            roles.recipients = []
        return roles

    def _is_symmetric(self, noun: Token) -> bool:
        return noun.lemma_.lower() in _frame("symmetric")

    def _names_event(self, noun: Token) -> bool:
        return (
            noun.i in self.trigger_heads
            or noun.lower_ in self.nouns.acts
            or noun.lower_ in self.nouns.assets
            or noun.lemma_.lower() in _frame("symmetric")
            or noun.lemma_.lower() in _frame("victim-noun")
        )

    def _noun_roles(self, noun: Token, hops: int = 0) -> _Roles:
        """Roles inside the noun's own phrase: owners, prepositions, clauses on it."""
        roles = _Roles()
        if hops > MAX_HOPS:
            return roles
        lemma = noun.lemma_.lower()
        for child in noun.children:
            if child.dep_ in _OWNER_DEPS:
                self._owner_role(child, lemma, roles)
            elif child.dep_ in {"prep", "agent"}:
                self._preposition_role(child, lemma, roles, hops)
            elif child.dep_ in {"acl", "relcl"}:
                self._clause_role(child, noun, roles)
        return roles

    def _owner_role(self, child: Token, lemma: str, roles: _Roles) -> None:
        found = self._party(child)
        if not found:
            return
        protest = lemma in _frame("doer-noun") or self.trigger["event_type"] in _PEOPLE_PROTEST
        doer = all(self.mentions[i]["kind"] in _DOER_KINDS for i in found)
        if lemma in _frame("victim-noun"):
            doer = doer and child.dep_ != "poss"
        elif child.dep_ == "poss" or protest or lemma in _frame("symmetric"):
            doer = True
        (roles.actors if doer else roles.recipients).extend(found)

    def _preposition_role(self, prep: Token, lemma: str, roles: _Roles, hops: int) -> None:
        word = prep.lower_
        for pobj in (c for c in prep.children if c.dep_ == "pobj"):
            if word == "by":
                roles.actors += self._doers(pobj, hops + 1)
            elif word in {"between", "among", "amongst"} or (word in {"with", "against"} and lemma in _frame("symmetric")):
                roles.actors += self._party(pobj)
            elif word in _TARGET_PREPOSITIONS:
                roles.recipients += self._targets(pobj)
            elif word == "from" and lemma in {"fire", "gunfire", "attack", "shot", "bullet"}:
                roles.actors += self._doers(pobj, hops + 1)
            elif word == "of" and (
                lemma in _frame("victim-noun") or lemma in _frame("target-noun")
            ):
                roles.recipients += self._targets(pobj)
            elif word == "of" and lemma in _frame("doer-noun"):
                roles.actors += self._party(pobj)

    def _clause_role(self, verb: Token, noun: Token, roles: _Roles) -> None:
        """ "an attack claimed by X", "blamed on X", "that killed Y", "targeting Y"."""
        lemma = verb.lemma_
        if verb.dep_ == "relcl" and self._relative_object(verb) is not None:
            if lemma in _frame("light-actor"):
                for token in self._subject_tokens(verb):
                    roles.actors += self._party(token)
            return
        if _is_passive(verb):
            for pobj in _agents(verb):
                roles.actors += self._doers(pobj)
            if lemma in _frame("blame-on"):
                roles.actors += self._all_parties(_prep_objects(verb, frozenset({"on", "to"})))
            return
        if lemma in {"involve", "pit"}:
            for child in (c for c in verb.children if c.dep_ == "dobj"):
                roles.actors += self._party(child)
        elif lemma in _frame("harm"):
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
        if _is_passive(verb):
            for pobj in _agents(verb):
                roles.actors += self._doers(pobj)
            if lemma in _frame("blame-on"):
                roles.actors += self._all_parties(_prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in _frame("harm"):
            roles.recipients += self._objects(verb)
        elif lemma in {"pit", "involve"}:
            roles.actors += self._all_parties(c for c in verb.children if c.dep_ == "dobj")
        elif lemma in {"break", "erupt", "take", "occur", "continue", "rage", "ensue", "flare"}:
            roles.actors += self._all_parties(_prep_objects(verb, frozenset({"between", "among"})))
        for child in verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in _frame("harm"):
                roles.recipients += self._objects(child)

    def _as_object(self, verb: Token, roles: _Roles) -> None:
        """ "X launched an attack", "X suffered an attack", "blamed the attack on X"."""
        lemma = verb.lemma_
        subjects = self._subject_tokens(verb)
        if lemma in _frame("blame-on"):
            roles.actors += self._all_parties(_prep_objects(verb, frozenset({"on", "to"})))
        elif lemma in _frame("light-target"):
            roles.recipients += self._all_parties(subjects)
        elif lemma in _frame("light-actor") and not _is_passive(verb):
            for token in subjects:
                roles.actors += self._doers(token)
            roles.recipients += self._all_parties(
                _prep_objects(verb, frozenset({"on", "against", "at"}))
            )

    def _as_complement(self, noun: Token, prep: Token, roles: _Roles) -> None:
        """ "came under attack", "killed in an attack", "claimed responsibility for"."""
        governor = prep.head
        if governor.lower_ in {"responsibility", "credit", "blame"}:
            self._responsibility(governor, roles)
            return
        if governor.pos_ not in {"VERB", "AUX"}:
            return
        lemma, word = governor.lemma_, prep.lower_
        passive = _is_passive(governor)
        subjects = self._subject_tokens(governor)
        if lemma in _frame("blame") and word in {"for", "of", "in", "with", "over"}:
            objects = [c for c in governor.children if c.dep_ == "dobj"]
            roles.actors += self._all_parties(subjects if passive else objects)
        elif lemma in _frame("light-actor") and word == "out":
            roles.actors += self._all_parties(subjects)
        elif lemma in _frame("take-part") and word in {"in", "to", "behind", "for", "of"}:
            if not passive or lemma in {"engage", "involve", "implicate"}:
                roles.actors += self._all_parties(subjects)
        elif lemma in _frame("victim-of") and (passive or lemma not in _frame("harm")):
            roles.recipients += self._all_parties(subjects)
        elif lemma in _frame("harm") and word in {"in", "during", "by", "after", "with"}:
            verb = self._verb_event_plain(governor)
            roles.recipients += verb.recipients
            roles.actors += verb.actors
        elif lemma in _frame("result") and word in {"to", "in", "into"}:
            if self._is_symmetric(noun):
                roles.actors += self._clause_before(governor)

    def _verb_event_plain(self, verb: Token) -> _Roles:
        """Subject, object and agent of a verb of harm, nothing further afield."""
        roles = _Roles()
        if _is_passive(verb):
            roles.recipients += self._all_parties(self._subject_tokens(verb))
            for pobj in _agents(verb):
                roles.actors += self._party(pobj)
        else:
            roles.actors += self._all_parties(self._subject_tokens(verb))
            roles.recipients += self._objects(verb)
        return roles

    def _responsibility(self, noun: Token, roles: _Roles) -> None:
        verb = noun.head
        if noun.dep_ == "dobj":
            roles.actors += self._all_parties(self._subject_tokens(verb))
        elif noun.dep_ == "nsubjpass":
            for pobj in _agents(verb):
                roles.actors += self._party(pobj)

    def _clause_before(self, verb: Token) -> list[int]:
        """All parties of the clause that the consequence hangs on ("..., resulting in clashes")."""
        head, hops = verb.head, 0
        while head.lemma_ in _frame("result") and head.head is not head and hops < MAX_HOPS:
            head, hops = head.head, hops + 1
        if head.pos_ not in {"VERB", "AUX"} or not self._is_violent(head):
            return []
        roles = self._verb_event_plain(head)
        return roles.actors + roles.recipients

    def _other_side(self, noun: Token) -> list[int]:
        """The one other party to a clash: who was hurt in it, or whose clause it stands in."""
        head = noun.head
        if noun.dep_ == "pobj" and head.head.pos_ in {"VERB", "AUX"}:
            verb = head.head
            if verb.lemma_ in _frame("die") or verb.lemma_ in _frame("harm"):
                return self._armed(self._all_parties(self._subject_tokens(verb)))
            if verb.lemma_ in {"engage", "lock", "involve", "embroil"}:
                return self._all_parties(self._subject_tokens(verb))
        return []

    def _armed(self, indexes: list[int]) -> list[int]:
        return [i for i in indexes if self.mentions[i]["kind"] in _DOER_KINDS]

    # -- from tokens to parties ----------------------------------------------

    def _all_parties(self, tokens: Iterable[Token]) -> list[int]:
        return [index for token in tokens for index in self._party(token)]

    def _party(self, token: Token, hops: int = 0) -> list[int]:
        """Mentions the token heads, with those joined to it by 'and'."""
        found: list[int] = []
        if hops > MAX_HOPS:
            return found
        index = self.by_head.get(token.i)
        if index is None:
            index = self.cover.get(token.i)
        if index is not None:
            found.append(index)
        else:
            found += self._partitive(token, hops)
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}:
                found += self._party(child, hops + 1)
        return list(dict.fromkeys(found))

    def _partitive(self, token: Token, hops: int) -> list[int]:
        """ "14 of the soldiers", "dozens of civilians", "the bodies of villagers"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}:
                for pobj in child.children:
                    if pobj.dep_ == "pobj" and not self._names_event(token):
                        return self._party(pobj, hops + 1)
            if child.dep_ == "appos":
                return self._party(child, hops + 1)
        return []

    def _doers(self, token: Token, hops: int = 0) -> list[int]:
        """Parties behind a subject or agent: itself, the owner of a weapon, the doer of an act."""
        if hops > MAX_HOPS:
            return []
        found = self._party(token)
        if found and not self._names_event(token):
            return found
        if found and self.by_head.get(token.i) is not None:
            return found
        return self._noun_roles(token, hops + 1).actors or self._weapon_owner(token)

    def _weapon_owner(self, token: Token) -> list[int]:
        """The owner of a weapon or the party that planted it ("a bomb planted by X")."""
        owners = [c for c in token.children if c.dep_ in _OWNER_DEPS]
        return self._armed(self._all_parties(owners))

    def _targets(self, token: Token) -> list[int]:
        """Parties hit with the thing: itself, the owner of a post, the load of a bus."""
        found = self._party(token)
        if found:
            return found
        for child in token.children:
            if child.dep_ in _OWNER_DEPS:
                found += self._party(child)
            elif child.dep_ == "prep" and child.lower_ in {"of", "with", "for"}:
                found += self._all_parties(c for c in child.children if c.dep_ == "pobj")
            elif child.dep_ == "acl" and child.lemma_ in {"carry", "transport", "belong", "house"}:
                found += self._all_parties(c for c in child.children if c.dep_ == "dobj")
                found += self._all_parties(_prep_objects(child, frozenset({"to"})))
            elif child.dep_ == "conj":
                found += self._targets(child)
        return list(dict.fromkeys(found))


def _is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a bare participle or sharing its auxiliary."""
    children = list(verb.children)
    if any(c.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for c in children):
        return True
    if verb.tag_ != "VBN":
        has_agent = any(c.dep_ == "agent" for c in children)
        return has_agent and verb.tag_ == "VBD" and not any(c.dep_ == "dobj" for c in children)
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in children):
        return False
    if verb.dep_ in {"acl", "advcl"}:
        return True
    if verb.dep_ == "conj":
        return verb.head.pos_ == "VERB" and _is_passive(verb.head)
    return any(c.dep_ == "agent" for c in children)


def _shares_circumstance(verb: Token) -> bool:
    """ "were killed and ten wounded in ...": the second verb may carry no phrase of its own."""
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _is_passive(verb.head)


def _agents(verb: Token) -> list[Token]:
    """What follows 'by' at a passive, also where the next joined verb carries it."""
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [c for c in child.children if c.dep_ == "pobj"]
    if not found:
        for child in verb.children:
            if child.dep_ == "conj" and child.tag_ == "VBN":
                if not any(c.dep_ in _SUBJECT_DEPS for c in child.children):
                    found += _agents(child)
    return found


def _prep_objects(verb: Token, prepositions: frozenset[str]) -> list[Token]:
    """Objects of the verb's prepositions, also those the parser hung on its object."""
    found = []
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            found += [c for c in child.children if c.dep_ == "pobj"]
        elif child.dep_ in {"prt", "advmod"}:
            found += [
                c
                for prep in child.children
                if prep.dep_ == "prep" and prep.lower_ in prepositions
                for c in prep.children
                if c.dep_ == "pobj"
            ]
    return found
