"""From tokens to parties: which mention a word of the parse stands for.

Reads   doc._.actors and the dependency parse.
Writes  nothing: returns indexes into doc._.actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from spacy.tokens import Doc, Token

from marsad.codebook.actors import NounTable, load_nouns
from marsad.coding.actors.clause import MAX_HOPS, frame, prep_objects
from marsad.coding.mentions import ActorMention
from marsad.coding.once import once

OWNER_DEPS = frozenset({"poss", "compound", "amod", "nmod"})
# Parties that a bare noun before "killings" names as the doer; others are its victims.
DOER_KINDS = frozenset(
    """military police armed-group militia criminal unidentified-armed intelligence
    international""".split()
)

# Parties that a bare noun before "attack" names as the target ("embassy attack").
TARGET_KINDS = frozenset({"government", "medical", "religious", "judicial", "political", "media"})
# Words for whoever happens to be there: hurt in a clash, they are no side of it.
_BYSTANDERS = frozenset(
    """civilian civilians people person persons resident residents villager villagers child
    children woman women man men boy girl bystander bystanders inhabitants passers-by individuals
    individual passenger passengers pedestrian pedestrians""".split()
)

_POSTS = frozenset(
    """base bases airbase outpost outposts post posts checkpoint checkpoints barracks camp camps
    position positions station stations headquarters prison garrison compound compounds""".split()
)
_REMAINS = frozenset({"body", "bodies", "corpse", "corpses", "remains", "life", "lives"})


def _tables(mentions: list[ActorMention]) -> tuple[dict[int, int], dict[int, int]]:
    """Indexes of mentions by head and by every token they cover; the first told counts."""
    by_head: dict[int, int] = {}
    cover: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        by_head.setdefault(mention["head"], index)
        for i in range(mention["start"], mention["end"]):
            cover.setdefault(i, index)
    return by_head, cover


class PartyLookup:
    """Finds mentions by token; `trigger_heads` are the heads of event words."""

    def __init__(self, doc: Doc, trigger_heads: Set[int]) -> None:
        self.doc = doc
        self.nouns: NounTable = load_nouns()
        mentions: list[ActorMention] = doc._.actors
        self.mentions = mentions
        tables = once(doc, "parties by token", mentions, lambda: _tables(mentions))
        self.by_head, self.cover = tables
        self.trigger_heads = trigger_heads

    def names_event(self, noun: Token) -> bool:
        """Whether the noun is an act or a weapon rather than a party."""
        return (
            noun.i in self.trigger_heads
            or noun.lower_ in self.nouns.acts
            or noun.lower_ in self.nouns.assets
            or noun.lemma_.lower() in frame("symmetric")
            or noun.lemma_.lower() in frame("victim-noun")
        )

    def names_act(self, noun: Token) -> bool:
        """Whether the noun is an act ("raid", "killing"), not a party or a thing."""
        return (
            (noun.i in self.trigger_heads and noun.i not in self.by_head)
            or noun.lower_ in self.nouns.acts
            or noun.lemma_.lower() in frame("victim-noun")
        ) and noun.lower_ not in self.nouns.assets

    def names_post(self, noun: Token) -> bool:
        """Whether the noun is a thing that stands somewhere ("base"): its owner did nothing."""
        return noun.lower_ in _POSTS

    def is_violent(self, verb: Token) -> bool:
        """Whether the verb hurts, shoots or evokes an event."""
        return (
            verb.i in self.trigger_heads
            or verb.lemma_ in frame("harm")
            or verb.lemma_ in frame("fire")
        )

    def are(self, indexes: list[int], kinds: frozenset[str]) -> bool:
        """Whether every one of the mentions is of one of these kinds."""
        return all(self.mentions[index]["kind"] in kinds for index in indexes)

    def is_aside(self, index: int) -> bool:
        """A credit or an explanation in brackets takes no part: "(AP)"."""
        mention = self.mentions[index]
        start, end = mention["start"], mention["end"]
        opened = start > 0 and self.doc[start - 1].text in {"(", "["}
        return opened and mention["kind"] == "media" and end < len(self.doc)

    def first_told(self, index: int) -> int:
        """The first mention of whom a pronoun or a later name stands for."""
        seen: set[int] = set()
        while (back := self.mentions[index]["antecedent"]) is not None and index not in seen:
            seen.add(index)
            index = back
        return index

    def armed(self, indexes: list[int]) -> list[int]:
        """Those of the mentions that could own a weapon of war."""
        return [i for i in indexes if self.mentions[i]["kind"] in DOER_KINDS]

    def sides(self, indexes: list[int]) -> list[int]:
        """Those of the mentions that can be a side of a clash."""
        return [i for i in indexes if self.doc[self.mentions[i]["head"]].lower_ not in _BYSTANDERS]

    def all_parties(self, tokens: Iterable[Token]) -> list[int]:
        """`party` of each token, in order."""
        return [index for token in tokens for index in self.party(token)]

    def party(self, token: Token, hops: int = 0) -> list[int]:
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
        if index is not None and hops == 0:
            found = self._fellow_nations(token) + found
        joined = [token, *self._complements(token, index)]
        for child in (c for t in joined for c in t.children):
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}:
                found += self.party(child, hops + 1)
        return list(dict.fromkeys(found))

    def _fellow_nations(self, token: Token) -> list[int]:
        """The Indian side of "Indian and Pakistani troops", told by an adjective alone."""
        found: list[int] = []
        for child in token.children:
            if child.dep_ == "amod" and any(c.dep_ == "conj" for c in child.children):
                found += [i for t in child.subtree for i in self._at(t)]
        return found

    def _complements(self, token: Token, index: int | None) -> list[Token]:
        """What "of" joins to the head inside a mention: "relatives of a farmer and armed men".

        The parser hangs the second party on the farmer; a phrase of its own that
        bears arms is read as the relatives' companion.
        """
        if index is None:
            return []
        end = self.mentions[index]["end"]
        found = [
            pobj
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ == "of"
            for pobj in prep.children
            if pobj.dep_ == "pobj" and pobj.i < end
        ]
        return [
            pobj
            for pobj in found
            if any(
                c.dep_ == "conj" and c.i >= end and self.armed(self._at(c)) for c in pobj.children
            )
        ]

    def _at(self, token: Token) -> list[int]:
        index = self.by_head.get(token.i)
        return [] if index is None else [index]

    def _partitive(self, token: Token, hops: int) -> list[int]:
        """ "14 of the soldiers", "dozens of civilians", "the bodies of villagers"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}:
                for pobj in child.children:
                    if pobj.dep_ == "pobj" and not self.names_event(token):
                        found = self.party(pobj, hops + 1)
                        return found if token.lower_ in _REMAINS else self._without_names(found)
            if child.dep_ == "appos":
                return self.party(child, hops + 1)
        return []

    def _without_names(self, indexes: list[int]) -> list[int]:
        """Without persons called by name: in "the shrine of NAME" the dead saint is not hit."""
        return [i for i in indexes if not self._is_person_name(self.mentions[i])]

    def _is_person_name(self, mention: ActorMention) -> bool:
        head = self.doc[mention["head"]]
        called = head.text[:1].isupper() and head.lower_ not in self.nouns.parties
        people = head.tag_ == "NNPS" or head.ent_type_ == "NORP"
        return called and not people and mention["kind"] in {"civilian", "religious"}

    def targets(self, token: Token) -> list[int]:
        """Parties hit with the thing: itself, the owner of a post, the load of a bus."""
        found = self.party(token)
        if found:
            return found
        for child in token.children:
            if child.dep_ in OWNER_DEPS:
                found += self.party(child)
            elif child.dep_ == "prep" and child.lower_ in {"of", "with", "for"}:
                loads = self.all_parties(c for c in child.children if c.dep_ == "pobj")
                found += self._without_names(loads)
            elif child.dep_ == "acl" and child.lemma_ in {"carry", "transport", "belong", "house"}:
                found += self.all_parties(c for c in child.children if c.dep_ == "dobj")
                found += self.all_parties(prep_objects(child, frozenset({"to"})))
            elif child.dep_ == "conj":
                found += self.targets(child)
        return list(dict.fromkeys(found))
