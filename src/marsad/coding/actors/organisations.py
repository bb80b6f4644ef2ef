"""Organisations no codebook lists, by the last word of their names, and their acronyms.

Reads   capitals, tags and the parse where there are some.
Writes  nothing: returns `Party` readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.strings import hash_string  # type: ignore[attr-defined]

from marsad.codebook.actors import ActorNoun
from marsad.coding.actors.party import Party
from marsad.coding.actors.proper import NOT_NAMES, written_name
from marsad.coding.actors.spans import Scene
from marsad.coding.parse import is_parsed
from marsad.records import ActorKind

_JOINERS = frozenset(
    {"of", "the", "for", "and", "de", "del", "la", "al", "el", "-", "&", "'s", "’s"}
)
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&\-]{1,8}$")
# Words inside an organisation's name that tell its kind better than its last word.
_NAME_KINDS: tuple[tuple[frozenset[str], ActorKind], ...] = (
    (frozenset({"rights", "observatory", "monitoring", "documentation"}), "monitor"),
    (frozenset({"doctors", "medical", "health", "hospital", "physicians", "nurses"}), "medical"),
    (frozenset({"police", "sheriff", "gendarmerie"}), "police"),
    (frozenset({"liberation", "mujahideen", "jihad", "resistance", "insurgent"}), "armed-group"),
    (frozenset({"relief", "refugee", "humanitarian"}), "aid-worker"),
    (frozenset({"journalists", "press", "media"}), "media"),
    (frozenset({"electoral", "election", "transitional", "ministers", "security"}), "government"),
)
# A centre with one of these in its name is a building.
_BUILDINGS = frozenset(
    """trade shopping convention conference civic sports leisure exhibition entertainment town
    city recreation detention shelter distribution""".split()
)
# Departments of a government; others are a town's police ("Chicago Police Department").
_DEPARTMENTS = frozenset(
    """defense defence state justice interior treasury labor labour education agriculture
    transportation energy commerce homeland foreign immigration""".split()
)
_ARMED_ENDINGS = frozenset({"front", "army", "movement", "guard", "guards", "corps", "legion"})


def find_organisations(scene: Scene, ending_indexes: Iterable[int]) -> list[Party]:
    """Organisations by the last (or first) word of a capitalised name."""
    found = []
    for index in ending_indexes:
        party = _read_organisation(scene, index)
        if party is not None:
            found.append(party)
    return found


def _read_organisation(scene: Scene, index: int) -> Party | None:
    doc, token = scene.doc, scene.doc[index]
    noun = scene.nouns.endings.get(token.lower_)
    if noun is None or not scene.capitalised(token) or index in scene.actor_of:
        return None
    start = index
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        inner = before.lower_ in _JOINERS and start > 1 and scene.capitalised(doc[start - 2])
        if before.lower_ in {"the", "and"} and not (inner and before.lower_ == "and"):
            break
        if not inner and not (scene.capitalised(before) and before.lower_ not in NOT_NAMES):
            break
        start -= 1
    while start < index and doc[start].lower_ in _JOINERS:
        start += 1
    end = _extend_right(scene, index + 1)
    if end - start < 2 or scene.actor_at(index) is not None:
        return None
    words = {doc[i].lower_ for i in range(start, end)}
    if end == index + 1 and start == index - 1 and scene.nation_at(start) is not None:
        return None  # "Syrian Army" is read as a phrase
    if token.lower_ in {"center", "centre"} and words & _BUILDINGS:
        return None
    kind = _kind_of_name(words, noun)
    nation = next((n for i in range(start, end) if (n := scene.nation_at(i))), None)
    name = written_name(scene, start, end)
    return Party(
        start,
        end,
        doc[start:end].root.i if is_parsed(token) else index,
        name,
        kind,
        "name",
        country=nation.iso3 if nation else None,
        source_kind=noun.source_kind if kind == noun.kind else None,
        noun=token.lower_,
        plural=None,
    )


def _extend_right(scene: Scene, end: int) -> int:
    """Past "of/for (the) Capitals" and further capitals."""
    doc = scene.doc
    index = end
    while index < len(doc) and not doc[index].is_sent_start:
        token = doc[index]
        if scene.capitalised(token) and token.text[0].isalpha() and token.lower_ not in NOT_NAMES:
            index += 1
            end = index
        elif (
            token.lower_ in {"of", "for", "the", "and"} and index + 1 < len(doc) and index < end + 2
        ):
            if token.lower_ == "and" and index == end and end - 1 in scene.names_at:
                break
            index += 1
        else:
            break
    return end


def _kind_of_name(words: set[str], noun: ActorNoun) -> ActorKind:
    if noun.singular == "department" and words & _DEPARTMENTS:
        return "government"
    for keys, kind in _NAME_KINDS:
        if words & keys:
            return kind
    if noun.kind == "armed-group" and words & {"national", "royal"} and words & {"army", "guard"}:
        return "military"
    if noun.kind == "armed-group" and words & {"workers", "labor", "labour", "democratic"}:
        return "political"
    return noun.kind


def find_acronyms(scene: Scene, parties: list[Party]) -> list[Party]:
    """Acronyms introduced in brackets after a name, there and wherever they come again."""
    doc = scene.doc
    meant: dict[str, Party] = {}
    found: list[Party] = []
    for party in parties:
        index = party.end
        if index + 2 >= len(doc) or doc[index].text not in {"(", "["}:
            continue
        short = doc[index + 1]
        if doc[index + 2].text not in {")", "]"} or not _ACRONYM.match(short.text):
            continue
        if party.form in {"person", "pronoun"} or short.i in scene.names_at:
            continue
        meant.setdefault(short.text, party)
    if not meant:
        return found
    hashes = np.array([hash_string(short) for short in meant], dtype="uint64")
    for index in np.flatnonzero(np.isin(doc.to_array([ORTH]).reshape(-1), hashes)).tolist():
        token = doc[index]
        full = meant.get(token.text)
        if full is None or token.i in scene.names_at or token.i < full.end:
            continue
        if token.i == full.end + 1:
            full.end = min(len(doc), token.i + 2)
            continue
        found.append(
            Party(
                token.i,
                token.i + 1,
                token.i,
                full.name,
                full.kind,
                "name",
                actor_id=full.actor_id,
                country=full.country,
                source_kind=full.source_kind,
                antecedent=full,
            )
        )
    return found
