"""Coreference of parties: which mention "the group", "he" or a surname refers back to.

Reads   parties in text order; sentence starts, tags and the parse where there is one.
Writes  `Party.antecedent`; adds pronouns and bare surnames that it can resolve.
Never   guesses between two candidates of equal standing: such a reference stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache

import numpy as np
from rapidfuzz import fuzz
from spacy.attrs import DEP, IS_TITLE, SENT_START  # type: ignore[import-not-found]
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

from marsad.coding.actors.context import link_fighters
from marsad.coding.actors.names import fold
from marsad.coding.actors.party import Party
from marsad.coding.actors.pronouns import add_pronouns
from marsad.records import ActorKind

# How far back "the group" reaches, in sentences: through a news text. Names hold everywhere.
NOMINAL_REACH = 12
# "More men" are more of those counted in this sentence or so many before.
MORE_REACH = 2
# 88: one slip in a name of eight letters or more ("Abdulrahman", "Abulrahman": 95), while
# different names of that length rarely pass ("Abdulrahim", "Abdulkarim": 80).
NAME_SIMILARITY = 88
MIN_FUZZY_LETTERS = 7

_MORE = frozenset({"more", "other", "additional", "further"})
_UNDER_ARMS: frozenset[ActorKind] = frozenset({"military", "police", "militia", "armed-group"})
_ARMED: frozenset[ActorKind] = frozenset({"armed-group", "militia", "criminal"})
_WATCHERS: frozenset[ActorKind] = frozenset({"monitor", "ngo"})
# What a bare definite noun may point to: kinds of *named* parties.
_POINTS_TO: dict[str, frozenset[ActorKind]] = {
    "group": _ARMED | _WATCHERS,
    "movement": _ARMED | {"political"},
    "organisation": _ARMED | _WATCHERS | {"medical", "aid-worker", "international"},
    "organization": _ARMED | _WATCHERS | {"medical", "aid-worker", "international"},
    "outfit": _ARMED,
    "faction": _ARMED,
    "militia": frozenset({"militia", "armed-group"}),
    "militiaman": frozenset({"militia", "armed-group"}),
    "militant": _ARMED,
    "rebel": frozenset({"armed-group"}),
    "insurgent": frozenset({"armed-group"}),
    "guerrilla": frozenset({"armed-group"}),
    "fighter": _ARMED,
    "jihadist": frozenset({"armed-group"}),
    "cartel": frozenset({"criminal"}),
    "gang": frozenset({"criminal"}),
    "monitor": _WATCHERS,
    "watchdog": _WATCHERS,
    "observatory": frozenset({"monitor"}),
    "ngo": _WATCHERS,
    "charity": frozenset({"ngo", "aid-worker", "medical"}),
    "network": _WATCHERS | {"medical", "media"},
    "agency": frozenset({"media", "international"}),
    "newspaper": frozenset({"media"}),
    "broadcaster": frozenset({"media"}),
    "channel": frozenset({"media"}),
    "outlet": frozenset({"media"}),
    "army": frozenset({"military"}),
    "military": frozenset({"military"}),
    "soldier": frozenset({"military"}),
    "troops": frozenset({"military"}),
    "forces": frozenset({"military", "police"}),
    "police": frozenset({"police"}),
    "government": frozenset({"government"}),
    "administration": frozenset({"government"}),
    "ministry": frozenset({"government", "medical"}),
    "coalition": frozenset({"international"}),
    "alliance": frozenset({"international", "armed-group"}),
    "party": frozenset({"political"}),
    "front": frozenset({"armed-group", "political"}),
    "council": frozenset({"government", "ngo"}),
    "hospital": frozenset({"medical"}),
}
# Where no party of those kinds stands before, the next best.
_ELSE_POINTS_TO: dict[str, frozenset[ActorKind]] = {
    "forces": frozenset({"armed-group", "militia", "international"}),
    "troops": frozenset({"international"}),
}
# Parties whose words leave open who they are, so that a name beside them tells it.
_NOBODY_KNOWS: frozenset[ActorKind] = frozenset(
    {"unidentified-armed", "armed-group", "criminal", "militia"}
)
_HELD_TO_BE = frozenset(
    "believe suspect think presume assume identify say know describe claim allege".split()
)
# Modifiers that only say what kind of thing is meant, so that "the war monitor" is "the monitor".
_EMPTY_MODIFIERS = frozenset(
    """war conflict rights human uk britain based armed militant rebel jihadist islamist extremist
    insurgent news state official private non governmental paramilitary terrorist terror news local
    same - former monitoring media sunni shiite outlawed banned guerrilla guerilla clandestine
    subversive extremist separatist leftist left-wing rightist right-wing far-right ultrarightist
    ultraleftist marxist maoist communist illegal underground""".split()
)


def link_references(doc: Doc, parties: list[Party], pronouns: list[int]) -> list[Party]:
    """`parties` with references linked, and resolved pronouns and surnames added, in text order.

    `pronouns` are the indexes of tokens in `PRONOUNS`.
    """
    sentence_starts = np.flatnonzero(doc.to_array([SENT_START]).reshape(-1) == 1).tolist() or [0]

    def sentence_of(index: int) -> int:
        return bisect_right(sentence_starts, index)

    _link_persons(parties)
    for position, party in enumerate(parties):
        if party.antecedent is None and party.form == "noun":
            _link_apposition(doc, party, parties)
            if party.antecedent is None and party.definite:
                _link_nominal(party, parties[:position], sentence_of)
            elif party.antecedent is None and party.noun == "man":
                _link_more(doc, party, parties[:position], sentence_of)
    link_fighters(doc, parties)
    parties = _add_surnames(doc, parties)
    parties = add_pronouns(doc, parties, pronouns, sentence_of)
    for party in parties:
        _inherit(party)
    _share_identity(parties)
    return parties


def _share_identity(parties: list[Party]) -> None:
    """A headline's description takes the identity that the same words have further down."""
    known: dict[str, set[tuple[str, str | None]]] = {}
    described = [p for p in parties if p.form == "noun" and p.kind != "civilian"]
    for party in described:
        if party.actor_id is not None:
            key = (party.actor_id, party.country)
            known.setdefault(party.name.lower(), set()).add(key)
    for party in described:
        meant = known.get(party.name.lower(), set())
        if party.actor_id is None and len(meant) == 1 and " " in party.name:
            party.actor_id, party.country = next(iter(meant))


def _inherit(party: Party) -> None:
    """A reference takes the kind and country of what it refers to; its own words stay its name."""
    root, seen = party, {id(party)}
    while root.antecedent is not None and id(root.antecedent) not in seen:
        root = root.antecedent
        seen.add(id(root))
    if root is party:
        return
    party.country = party.country or root.country
    if party.form in {"pronoun", "person"} or party.kind in {"other", "armed-group"}:
        party.kind, party.source_kind = root.kind, root.source_kind
    if party.actor_id is None:
        party.actor_id = root.actor_id


def _last_name(name: str) -> str:
    words = [w for w in fold(name).replace("-", " ").split() if w not in {"al", "el", "jr", "jr."}]
    return words[-1] if words else ""


def same_name(a: str, b: str) -> bool:
    """Whether two single names are one but for a slip of spelling (see NAME_SIMILARITY)."""
    if a == b:
        return True
    if min(len(a), len(b)) < MIN_FUZZY_LETTERS or a[0] != b[0]:
        return False
    return fuzz.ratio(a, b) >= NAME_SIMILARITY


def _link_persons(parties: list[Party]) -> None:
    """A later shorter or misspelt form of a person's name refers to the first full one."""
    full: list[tuple[Party, list[str], str]] = []
    for party in parties:
        if party.form != "person":
            continue
        words = fold(party.name).split()
        last = _last_name(party.name)
        fits = [
            (known, known_words)
            for known, known_words, known_last in full
            if words == known_words or (len(words) == 1 and same_name(last, known_last))
        ]
        same = [known for known, known_words in fits if known_words == words]
        if not same and len({known.name for known, _ in fits}) == 1:
            same = [fits[0][0]]
        if not same:
            if not fits:
                full.append((party, words, last))
            continue
        party.antecedent = match = same[0]
        if party.kind != "civilian" and match.kind == "civilian":
            match.kind, match.source_kind = party.kind, party.source_kind


def _link_apposition(doc: Doc, party: Party, parties: list[Party]) -> None:
    """ "NAME, the army's spokesman": the description refers to the name beside it."""
    head = doc[party.head]
    if head.dep == 0:
        return
    near = [head.head] if head.dep_ == "appos" else []
    near += [child for child in head.children if child.dep_ == "appos"]
    near += _taken_for(head)
    unknown = party.actor_id is None and party.kind in _NOBODY_KNOWS
    for token in near:
        for other in parties:
            beside = other is not party and other.start <= token.i < other.end
            names = other.form in {"person", "name"} or (unknown and other.actor_id is not None)
            if beside and names and other.antecedent is not party:
                party.antecedent = other
                return


def _taken_for(head: Token) -> list[Token]:
    """Who the described are held to be: "gunmen believed to be members of NAME"."""
    found: list[Token] = []
    clauses = [c for c in head.children if c.dep_ in {"acl", "relcl"}]
    if head.dep_ in {"nsubj", "nsubjpass"}:  # "gunmen, believed to be X, killed ..."
        clauses += [
            c for c in head.head.children if c.dep_ == "advcl" and head.i < c.i < head.head.i
        ]
    for verb in clauses:
        if verb.lemma_ in _HELD_TO_BE:
            below = [verb, *(c for c in verb.children if c.dep_ in {"xcomp", "oprd", "prep"})]
            found += [
                c for v in below for c in v.children if c.dep_ in {"attr", "oprd", "pobj", "dobj"}
            ]
    return found


def _link_nominal(party: Party, earlier: list[Party], sentence_of: Callable[[int], int]) -> None:
    """Link "the group" to what it points to: same description, else the one fitting name."""
    if party.actor_id is not None or party.noun is None:
        return
    here = sentence_of(party.start)
    near = [p for p in earlier if here - sentence_of(p.start) <= NOMINAL_REACH]
    telling = party.modifiers - _EMPTY_MODIFIERS
    telling -= {"the", "this", "that", "these", "those"}
    same = next(
        (p for p in reversed(near) if p.form == "noun" and _same_description(party, p, telling)),
        None,
    )
    if same is None or not (same.actor_id or same.antecedent):
        # A headline's "rebel group" is only the words; a name that came since says who it is.
        since = [p for p in near if same is None or p.start > same.start]
        _link_to_name(party, since, telling, sentence_of, here)
    if party.antecedent is None:
        party.antecedent = same


def _link_more(
    doc: Doc, party: Party, earlier: list[Party], sentence_of: Callable[[int], int]
) -> None:
    """ "Ten more men were hurt", after fourteen soldiers killed: men of that force."""
    if doc[max(party.head - 1, 0)].lower_ not in _MORE:
        return
    here = sentence_of(party.start)
    for other in reversed(earlier):
        if here - sentence_of(other.start) > MORE_REACH:
            return
        counted = other.start > 0 and doc[other.start - 1].like_num
        if counted and other.form == "noun" and other.noun != "man":
            if other.kind in _UNDER_ARMS:
                party.antecedent, party.kind = other, other.kind
            return


def _link_to_name(
    party: Party,
    near: list[Party],
    telling: frozenset[str],
    sentence_of: Callable[[int], int],
    here: int,
) -> None:
    """Link a bare definite noun to the one fitting named party."""
    if party.slug is not None:
        _take_unique(party, [p for p in near if p.slug == party.slug or _is_body(p, party.slug)])
        return
    kinds = _POINTS_TO.get(party.noun or "")
    if kinds is None or telling - _words_of_kind(party):
        return
    named = [
        p
        for p in near
        if (p.form == "name" or p.actor_id) and p.kind in kinds and p.form != "person"
    ]
    if not named and party.noun in _ELSE_POINTS_TO:
        kinds = _ELSE_POINTS_TO[party.noun]
        named = [p for p in near if p.actor_id and p.kind in kinds]
    if party.noun == "ministry":
        named = [p for p in near if p.slug and p.slug.endswith("ministry") and p.form != "person"]
    if named:
        _take_nearest(party, named, sentence_of, here)


def _words_of_kind(party: Party) -> set[str]:
    return {party.kind, *party.kind.split("-")}


def _is_body(other: Party, slug: str) -> bool:
    return other.actor_id is not None and other.actor_id.endswith(f"-{slug}")


def _same_description(party: Party, other: Party, telling: frozenset[str]) -> bool:
    """Same head noun, and no telling word that the earlier description lacks."""
    if other.noun != party.noun or other.plural != party.plural:
        return False
    if party.country and other.country and party.country != other.country:
        return False
    if party.kind == "civilian" and not telling:
        return False  # "the man", "the children": too many of them in the news
    if other.actor_id is None and not other.definite and other.kind == "civilian":
        return False
    words = fold(other.name).split()
    return all(word in other.modifiers or word in words for word in telling)


def _take_unique(party: Party, candidates: list[Party]) -> None:
    """The candidate, if all candidates are one party."""
    identities = {p.actor_id or p.name.lower() for p in candidates if p.actor_id or p.country}
    if len(identities) == 1:
        party.antecedent = next(p for p in reversed(candidates) if p.actor_id or p.country)


def _take_nearest(
    party: Party, candidates: list[Party], sentence_of: Callable[[int], int], here: int
) -> None:
    """The nearest candidate, unless another party stands in that same sentence."""
    nearest = candidates[-1]
    place = sentence_of(nearest.start)
    rivals = {p.actor_id or p.name.lower() for p in candidates if sentence_of(p.start) == place}
    if len(rivals) == 1 or len({p.actor_id or p.name.lower() for p in candidates}) == 1:
        party.antecedent = nearest


@cache
def _argument_deps() -> np.ndarray:
    deps = ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
    return np.array([hash_string(dep) for dep in deps], dtype="uint64")


def _add_surnames(doc: Doc, parties: list[Party]) -> list[Party]:
    """Bare surnames, perhaps misspelt, in subject position that no entity reading caught."""
    persons = [p for p in parties if p.form == "person" and " " in p.name]
    if not persons:
        return parties
    names = {_last_name(p.name): p for p in reversed(persons)}
    taken = {i for p in parties for i in range(p.start, p.end)}
    added = []
    first = min(p.end for p in persons)
    columns = doc.to_array([DEP, IS_TITLE])
    wanted = np.isin(columns[:, 0], _argument_deps()) & (columns[:, 1] == 1)
    for index in np.flatnonzero(wanted).tolist():
        if index < first or index in taken:
            continue
        token = doc[index]
        word = fold(token.text)
        known = names.get(word) or next((p for n, p in names.items() if same_name(word, n)), None)
        if known is not None and known.end <= token.i and len(word) > 2:
            added.append(Party.referring(token, known, "person"))
    return sorted([*parties, *added], key=lambda p: (p.start, p.end))
