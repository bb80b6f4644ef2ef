"""Actors: who is named or described in the text, and as what.

Reads   tokens, entities and the parse where there are some; doc._.triggers and
        doc._.toponyms if they are there.
Writes  doc._.actors.
Never   decides who did what: that is `event_parties`.

Charged words ("terrorists", "martyrs") stay in the text as evidence; the name
given to such a party is a neutral description.
"""

from __future__ import annotations

from collections import Counter
from typing import cast

from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

from marsad.codebook.actors import ActorNoun, load_nouns
from marsad.coding.actors.clause import SUBJECT_DEPS, subject_tokens
from marsad.coding.actors.coreference import link_references
from marsad.coding.actors.names import Name, choose_actor, find_names
from marsad.coding.actors.nations import find_nations, identify_attackers, read_joined_nations
from marsad.coding.actors.organisations import find_acronyms, find_organisations
from marsad.coding.actors.party import Party
from marsad.coding.actors.phrases import read_phrase, take_side
from marsad.coding.actors.possession import link_possessives
from marsad.coding.actors.pronouns import PRONOUNS
from marsad.coding.actors.proper import (
    OFFICE_TITLES,
    PLAIN_TITLES,
    RANK_TITLES,
    find_persons,
    is_title,
    written_name,
)
from marsad.coding.actors.spans import Scene, compose_name
from marsad.coding.casing import is_upper_case
from marsad.coding.extensions import put_mentions
from marsad.coding.parse import is_parsed
from marsad.records import ActorKind

# Enough of a text to tell whether it is all capitals.
CASE_SAMPLE_TOKENS = 200
# What a number without a noun stands for when it is the subject of such an event.
_CROWDS: dict[str, tuple[str, ActorKind]] = {
    "peaceful-protest": ("protesters", "protester"),
    "riot": ("rioters", "rioter"),
}
_MANY = frozenset("thousands hundreds dozens scores tens many several some more others".split())
# What a word may be, as bits.
_PARTY, _ENDING, _TITLE, _PRONOUN = 1, 2, 4, 8
_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "npadvmod"})
# Words for parties that before an act judge it and name nobody.
_VERDICTS = frozenset({"criminal", "outlaw", "barbarian", "fascist", "mafia"})


@Language.factory("marsad_actors", requires=["doc.sents"], assigns=["doc._.actors"])
def make_actors(nlp: Language, name: str) -> ActorFinder:
    """The actor finder as a pipeline component; goes after the parser and the toponyms."""
    return ActorFinder()


class ActorFinder:
    """Callable component around `find_actors`."""

    def __init__(self) -> None:
        nouns = load_nouns()
        self._marks: dict[int, int] = {}
        for mark, words in (
            (_PARTY, nouns.parties),
            (_ENDING, nouns.endings),
            (_TITLE, [*RANK_TITLES, *OFFICE_TITLES, *PLAIN_TITLES]),
            (_PRONOUN, PRONOUNS),
        ):
            for word in words:
                key = int(hash_string(word))
                self._marks[key] = self._marks.get(key, 0) | mark

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.actors` and return `doc`."""
        parties = self.find_actors(doc)
        positions = {id(party): index for index, party in enumerate(parties)}
        mentions = [party.as_mention(positions) for party in parties]
        put_mentions(doc, "actors", mentions, [m["kind"] for m in mentions])
        return doc

    def _hits(self, doc: Doc) -> list[tuple[int, int]]:
        """Indexes of the words that matter, each with what it may be."""
        marks = self._marks
        lowers = cast("list[int]", doc.to_array([LOWER]).reshape(-1).tolist())
        return [(i, marks[lower]) for i, lower in enumerate(lowers) if lower in marks]

    def find_actors(self, doc: Doc) -> list[Party]:
        """Every party mentioned, in text order, references linked; overlaps settled."""
        if not len(doc):
            return []
        upper = is_upper_case([t.text for t in doc[:CASE_SAMPLE_TOKENS]])
        scene = make_scene(doc, upper)
        hits = self._hits(doc)
        party_at = [i for i, mark in hits if mark & _PARTY and i >= scene.first]
        title_at = [i for i, mark in hits if mark & (_PARTY | _TITLE)]
        titles = [i for i in title_at if is_title(scene, doc[i])]
        persons = find_persons(scene, titles)
        titled = {i for p in persons for i in range(p.start, p.end)}
        described = _describe(scene, [i for i in party_at if i not in titled])
        organisations = find_organisations(scene, [i for i, m in hits if m & _ENDING])
        described, organisations = _prefer(described, organisations)
        listed = _listed(scene)
        found = _settle(doc, [*persons, *organisations, *described, *listed, *find_nations(scene)])
        found += find_acronyms(scene, found)
        found += _entities(scene, found)
        found += _marchers(scene, found)
        found = _settle(doc, [p for p in found if p.start >= scene.first])
        link_possessives(doc, found)
        found = link_references(doc, found, [i for i, m in hits if m & _PRONOUN])
        identify_attackers(found)
        return found


def make_scene(doc: Doc, upper_case: bool) -> Scene:
    """Names found and shared aliases resolved."""
    names = find_names(doc, upper_case=upper_case)
    first = _after_dateline(doc)
    datelines = {
        i for p in doc._.toponyms if p["role"] == "dateline" for i in range(p["start"], p["end"])
    }
    names = [n for n in names if n.start >= first and n.start not in datelines]
    sure = [n.actors[0] for n in names if len(n.actors) == 1 and not n.local]
    ids = {actor.id for actor in sure}
    told = [n.nation.iso3 for n in names if n.nation]
    told += [actor.country for actor in sure if actor.country]
    if any(len(n.actors) > 1 or n.local for n in names):
        named = {i for n in names if n.nation for i in range(n.start, n.end)}
        told += [
            p["country"]
            for p in doc._.toponyms
            if p["country"]
            and p["role"] in {"location", "dateline"}
            and not named.intersection(range(p["start"], p["end"]))
        ]
    countries = Counter(told)
    year = _year(doc)
    names_at: dict[int, Name] = {}
    actor_of = {}
    for name in names:
        if name.type == "actor":
            actor = choose_actor(name, countries, ids, year)
            if actor is None:
                continue
            actor_of[id(name)] = actor
        for index in range(name.start, name.end):
            names_at[index] = name
    return Scene(doc, upper_case, names_at, actor_of, first=first)


def _year(doc: Doc) -> int | None:
    """The year the report was published; None where that is not known."""
    published = (doc._.report or {}).get("published") or ""
    return int(published[:4]) if published[:4].isdigit() else None


def _after_dateline(doc: Doc) -> int:
    """Index of the first token that is no part of a dateline at the head of the text."""
    report = doc._.report or {}
    end = report.get("dateline_end", 0)
    if not end or report.get("dateline_start", 0):
        return 0  # none, or behind a standfirst: then a sentence of its own keeps it apart
    return next((t.i for t in doc if t.idx >= end), 0)


def _describe(scene: Scene, indexes: list[int]) -> list[Party]:
    """Described parties, and party words that only modify another noun ("police station")."""
    doc, found = scene.doc, []
    for index in indexes:
        token = doc[index]
        noun = scene.nouns.parties[token.lower_]
        name = scene.names_at.get(index)
        if name is not None and (name.type != "adjective" or name.end - name.start > 1):
            continue
        if is_parsed(token):
            if token.pos_ in {"VERB", "AUX", "ADV", "INTJ"}:
                continue
            if token.pos_ == "ADJ" and token.dep_ not in _MODIFIER_DEPS | {"nsubj", "dobj", "pobj"}:
                continue
            if token.dep_ in _MODIFIER_DEPS and token.head.i > index:
                party = _modifying(scene, token, noun)
                if party is not None:
                    found.append(party)
                continue
        elif index + 1 < len(doc) and doc[index + 1].lower_ in scene.nouns.parties:
            continue
        party = read_phrase(scene, token, noun)
        if party is not None:
            found += read_joined_nations(scene, party) or [party]
    return found


def _prefer(described: list[Party], organisations: list[Party]) -> tuple[list[Party], list[Party]]:
    """Of two readings of one capitalised name: the one that identifies it, else the name."""
    by_head = {party.head: party for party in described}
    dropped: set[int] = set()
    kept = []
    for organisation in organisations:
        rivals = [by_head[i] for i in range(organisation.start, organisation.end) if i in by_head]
        if any(r.actor_id or r.slug for r in rivals):
            continue
        kept.append(organisation)
        dropped.update(id(r) for r in rivals)
    return [p for p in described if id(p) not in dropped], kept


def _modifying(scene: Scene, token: Token, noun: ActorNoun) -> Party | None:
    """A party word before a noun that is no party: its owner, doer or victim."""
    head = token.head
    verdict = token.lower_ in _VERDICTS or scene.doc[token.i - 1].is_quote
    if token.pos_ == "ADJ" and verdict:
        return None  # a "criminal" strike is what a speaker calls it
    rival = head.lower_ in scene.nouns.parties and head.lower_ not in scene.nouns.assets
    if rival or head.pos_ == "PROPN" or noun.cls in {"part", "rank"}:
        return None
    if noun.needs == "cap" or noun.kind == "other" or (token.pos_ == "ADJ" and not noun.armed):
        return None
    doc, start = scene.doc, token.i
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        if scene.nation_at(start - 1) is None and before.lower_ not in scene.modifiers:
            break
        start -= 1
    words = noun.neutral or compose_name(scene, start, token.i, token.i + 1)
    if noun.cls == "person" and noun.plural and not noun.neutral:
        words = noun.plural
    party = Party(
        start,
        token.i + 1,
        token.i,
        words,
        noun.kind,
        "noun",
        source_kind=noun.source_kind,
        noun=noun.singular or noun.plural,
        plural=noun.cls != "body",
    )
    take_side(scene, party, noun)
    return party


def _listed(scene: Scene) -> list[Party]:
    """Listed actors named by themselves."""
    doc, found = scene.doc, []
    for name in dict.fromkeys(scene.names_at.values()):
        actor = scene.actor_of.get(id(name))
        if actor is None:
            continue
        head = name.end - 1
        if is_parsed(doc[head]):
            head = doc[name.start : name.end].root.i
        party = Party.of(actor, name.start, name.end, head)
        if name.start and doc[name.start - 1].lower_ == "the":
            party.start -= 1
        found.append(party)
    return found


def _entities(scene: Scene, found: list[Party]) -> list[Party]:
    """Organisations only the entity recogniser knows, where they act or speak."""
    doc = scene.doc
    taken = {i for party in found for i in range(party.start, party.end)}
    places = {i for p in doc._.toponyms for i in range(p["start"], p["end"])}
    extra = []
    for ent in doc.ents:
        if ent.label_ != "ORG" or taken.intersection(range(ent.start, ent.end)):
            continue
        start, end = ent.start, ent.end
        if doc[start].lower_ == "the":
            start += 1
        while end > start and not doc[end - 1].text[0].isalnum():
            end -= 1
        if start >= end or places.intersection(range(start, end)):
            continue
        root = doc[start:end].root
        if root.dep_ in SUBJECT_DEPS or (root.dep_ == "pobj" and root.head.lower_ in {"by", "to"}):
            name = written_name(scene, start, end)
            extra.append(Party(ent.start, end, root.i, name, "other", "name"))
    return extra


def _marchers(scene: Scene, found: list[Party]) -> list[Party]:
    """ "Thousands rallied", "hundreds rioted": people known by nothing but what they do."""
    doc, extra = scene.doc, []
    taken = {i for party in found for i in range(party.start, party.end)}
    for trigger in doc._.triggers:
        crowd = _CROWDS.get(trigger["event_type"])
        head = doc[trigger["head"]]
        if crowd is None or not is_parsed(head) or head.pos_ != "VERB":
            continue
        for token in subject_tokens(head):
            if token.lower_ in _MANY and not taken.intersection(
                range(token.left_edge.i, token.right_edge.i + 1)
            ):
                name, kind = crowd
                party = Party(
                    token.i, token.i + 1, token.i, name, kind, "noun", noun=name[:-1], plural=True
                )
                extra.append(party)
                taken.add(token.i)
    return extra


def _settle(doc: Doc, parties: list[Party]) -> list[Party]:
    """Text order without overlap: the wider reading wins, a possessor may stand inside."""
    ordered = sorted(parties, key=lambda p: (p.start - p.end, p.actor_id is None, p.start))
    kept: list[Party] = []
    cover: dict[int, Party] = {}
    for party in ordered:
        outer = [cover[i] for i in range(party.start, party.end) if i in cover]
        if outer and not (
            all(o is outer[0] for o in outer) and _may_stand_inside(doc, party, outer[0])
        ):
            continue
        kept.append(party)
        if not outer:
            for index in range(party.start, party.end):
                cover[index] = party
    return sorted(kept, key=lambda p: (p.start, p.end))


def _may_stand_inside(doc: Doc, inner: Party, outer: Party) -> bool:
    """The ministry in "the ministry's forces" is a party of its own."""
    if not (outer.start <= inner.start and inner.end <= outer.head):
        return False
    follows = doc[inner.end].lower_
    return follows in {"'s", "’s", "'", "’"} and outer.actor_id != inner.actor_id
