"""Persons by name that no codebook lists, with their offices.

Reads   entities, tags and the parse where there are some; capitals everywhere.
Writes  nothing: returns `Party` readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from marsad.codebook.actors import ActorNoun
from marsad.codebook.words import load_common_words
from marsad.coding.actors.party import Party
from marsad.coding.actors.phrases import read_phrase
from marsad.coding.actors.spans import Scene
from marsad.coding.casing import unshout
from marsad.coding.parse import is_parsed

# Titles written before a name and never alone.
RANK_TITLES = frozenset(
    """gen. gen col. col maj. maj capt. capt lt. lt sgt. sgt cpl. cpl brig. brig adm. adm cmdr.
    cmdr pvt. pvt lieut. ssgt. vice-admiral""".split()
)
PLAIN_TITLES = {
    "mr.": "m", "mr": "m", "mrs.": "f", "mrs": "f", "ms.": "f", "ms": "f", "miss": "f",
    "sir": "m", "dr.": None, "dr": None, "prof.": None, "prof": None, "hajj": "m", "haji": "m",
    "sheikh": "m", "imam": "m", "fr.": "m", "rev.": None, "st.": None,
}  # fmt: skip
OFFICE_TITLES = frozenset({"gov.", "gov", "sen.", "sen", "rep.", "rep", "pres.", "pm", "hon."})
_TITLES_WITH_POINT = RANK_TITLES | OFFICE_TITLES | frozenset(PLAIN_TITLES)
_TITLE_CLASSES = frozenset({"rank", "office", "role", "person"})
_PLACE_PREPOSITIONS = frozenset(
    "in at near around outside inside towards toward across through into throughout via".split()
)
_INITIAL = re.compile(r"^[A-Z]\.$")
# What is done to places and hardly to persons, and what is done to both.
_TAKEN_OR_SHELLED = frozenset(
    """shell bombard pound bomb recapture retake overrun occupy besiege storm enter liberate raze
    evacuate flatten shelling bombardment advance offensive""".split()
)
_ATTACKED = frozenset("attack raid hit strike target capture seize attacks assault".split())
_NAME_PARTICLES = frozenset({"al", "el", "-", "de", "del", "bin", "ibn", "van", "der", "da"})
NOT_NAMES = frozenset(
    """the a an in on at by and or but if when while after before as for from with of to this that
    these those it he she they we i his her its their some many most all however meanwhile
    also then there here what who why how no not yes since during according local
    authorities""".split()
)


def written_name(scene: Scene, start: int, end: int) -> str:
    """The words on one line; in mixed case where the text is all capitals."""
    name = " ".join(scene.doc[start:end].text.split())
    return unshout(name) if scene.upper_case else name


def find_persons(scene: Scene, title_indexes: Iterable[int]) -> list[Party]:
    """Persons by name, with the kind their title or apposition gives them."""
    doc = scene.doc
    spans: list[tuple[int, int]] = []
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            spans.extend(_person_span(scene, ent))
    taken = {i for start, end in spans for i in range(start, end)}
    for index in title_indexes:
        if doc[index].dep_ == "appos":
            named = _named_by_apposition(scene, doc[index])
            if named and not taken.intersection(range(*named)):
                spans.append(named)
                taken.update(range(*named))
            continue
        run = _name_run(scene, index + 1)
        if run and not taken.intersection(range(*run)):
            spans.append(run)
            taken.update(range(*run))
    full = {doc[end - 1].lower_ for start, end in spans if end - start > 1}
    persons = [_read_person(scene, start, end) for start, end in sorted(spans)]
    return [p for p in persons if not _is_hit_place(doc, p, full)]


def _is_hit_place(doc: Doc, person: Party, surnames: set[str]) -> bool:
    """Whether the name is of a place that is fought over: the object of "shelled", "entered".

    Nobody shells a man. A man may be attacked, but then the report says who he is: by a
    title, or his full name.
    """
    head, start, end = doc[person.head], person.start, person.end
    governor = head.head
    if head.dep_ == "pobj" and governor.lower_ in {"on", "against"}:
        governor = governor.head
    elif head.dep_ not in {"dobj", "nsubjpass"}:
        return False
    single = end - start == 1
    told = person.noun or (single and doc[start].lower_ in surnames)
    if told or any(child.dep_ == "appos" for child in head.children):
        return False
    listed = any(p["start"] <= start and end <= p["end"] for p in doc._.toponyms)
    if governor.lemma_ in _TAKEN_OR_SHELLED:
        return listed or single
    return governor.lemma_ in _ATTACKED and (listed or (single and head.dep_ == "dobj"))


def _named_by_apposition(scene: Scene, described: Token) -> tuple[int, int] | None:
    """The name that "a 40-year-old electrician" stands beside, if no entity reading caught it."""
    head = described.head
    noun = scene.nouns.parties.get(described.lower_)
    if noun is None or noun.cls not in _TITLE_CLASSES or described.lower_ == noun.plural:
        return None
    if (
        not (head.pos_ == "PROPN" or (head.is_title and head.i == head.left_edge.i))
        or head.i > described.i
        or head.lower_ in scene.nouns.endings
    ):
        return None
    start = head.i
    while start > 0 and scene.doc[start - 1].pos_ == "PROPN" and scene.doc[start - 1].head is head:
        start -= 1
    if any(i in scene.names_at for i in range(start, head.i + 1)):
        return None
    return start, head.i + 1


def is_title(scene: Scene, token: Token) -> bool:
    """Whether the word can stand before a person's name as a title."""
    lower = token.lower_
    if lower in RANK_TITLES or lower in OFFICE_TITLES or lower in PLAIN_TITLES:
        return True
    if _is_police_title(token):
        return True
    noun = scene.nouns.parties.get(lower)
    return noun is not None and noun.cls in _TITLE_CLASSES and lower != noun.plural


def _is_police_title(token: Token) -> bool:
    """The "Pol" of "Pol Col NAME": a rank follows it, so that a name it begins is none."""
    following = token.doc[token.i + 1 : token.i + 2]
    return token.lower_ in {"pol", "pol."} and any(t.lower_ in RANK_TITLES for t in following)


def _person_span(scene: Scene, ent: Span) -> list[tuple[int, int]]:
    """The entity without titles, possessive and junk; empty where it names no person."""
    doc, start, end = scene.doc, ent.start, ent.end
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_space):
        end -= 1
    while start < end and (is_title(scene, doc[start]) or not doc[start].text[:1].isalpha()):
        start += 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end - 1].dep_ == "compound":
        if doc[end - 1].head.i < end or end in scene.names_at:
            break
        end += 1  # the recogniser stopped short of the surname
    if start < scene.first or start >= end or any(i in scene.names_at for i in range(start, end)):
        return []
    if not _is_written_as_name(scene, start, end):
        return []
    if any(doc[i].lower_ in scene.nouns.endings or doc[i].is_space for i in range(start, end)):
        return []
    if end < len(doc) and doc[end].lower_ in {"regime", "government", "administration", "family"}:
        return []
    before = doc[start - 1] if start else None
    place = _place_at(doc, start, end)
    if before is not None and before.lower_ in _PLACE_PREPOSITIONS | {"prophet"}:
        return []
    if place and (end - start == 1 or not is_parsed(doc[start])):
        return []
    return [(start, end)]


def _is_written_as_name(scene: Scene, start: int, end: int) -> bool:
    """Some capital in it; in text that is all capitals, some word that is no common one."""
    words = scene.doc[start:end]
    if scene.upper_case:
        return any(t.lower_ not in load_common_words() for t in words)
    return any(t.text[:1].isupper() for t in words)


def _place_at(doc: Doc, start: int, end: int) -> bool:
    """Whether a resolved place is exactly these words."""
    return any(
        p["start"] == start and p["end"] == end and p["geonameid"] is not None
        for p in doc._.toponyms
    )


def _name_run(scene: Scene, start: int) -> tuple[int, int] | None:
    """A run of one to five name words that begins at `start`."""
    doc, end = scene.doc, start
    while end < len(doc) and end - start < 6:
        token = doc[end]
        if end in scene.names_at or token.is_sent_start:
            break
        joins = end > start and token.lower_ in _NAME_PARTICLES
        named = scene.capitalised(token) and token.text[0].isalpha() and token.text[-1] != "."
        if not (joins or named or _INITIAL.match(token.text)):
            break
        if token.lower_ in scene.nouns.parties or token.lower_ in NOT_NAMES:
            break
        end += 1
    while end > start and doc[end - 1].text in {"-", "al", "el", "de", "del", "bin"}:
        end -= 1
    return (start, end) if end > start and doc[start].text[0].isalpha() else None


def _read_person(scene: Scene, start: int, end: int) -> Party:
    doc = scene.doc
    head = end - 1
    if is_parsed(doc[head]):
        head = doc[start:end].root.i
    person = Party(
        start,
        end,
        head,
        written_name(scene, start, end),
        "civilian",
        "person",
        plural=False,
        source_kind="other",
    )
    _take_title(scene, person)
    if is_parsed(doc[head]):
        _take_apposition(scene, person)
    return person


def _take_title(scene: Scene, person: Party) -> None:
    """Read the words before the name: "police spokesman", "Col.", "Mrs"."""
    doc, index = scene.doc, person.start - 1
    while index >= 0 and not doc[index + 1].is_sent_start and doc[index].text in {",", "-"}:
        return
    title: Party | None = None
    while index >= 0 and not doc[index + 1].is_sent_start:
        token = doc[index]
        lower = token.lower_
        noun = scene.nouns.parties.get(lower)
        if lower == "." and index and doc[index - 1].lower_ in _TITLES_WITH_POINT:
            index -= 1  # "Col ." at the start of a sentence is two tokens
            continue
        if _is_police_title(token):
            person.kind, person.source_kind = "police", None
        elif lower in RANK_TITLES:
            person.kind, person.source_kind = "military", None
        elif lower in OFFICE_TITLES:
            person.kind, person.source_kind = "government", None
        elif lower in PLAIN_TITLES:
            person.sex = PLAIN_TITLES[lower] or person.sex
            if noun is not None and noun.kind == "religious":
                person.kind, person.source_kind = "religious", None
        elif noun is not None and noun.cls in _TITLE_CLASSES and lower != noun.plural:
            title = read_phrase(scene, token, _without_needs(noun))
            if title is None:
                break
            title.end = min(title.end, index + 1)
            _lend_title(person, title, noun)
            person.start = min(title.start, person.start)
            return
        else:
            break
        person.start = index
        index -= 1


def _lend_title(person: Party, title: Party, noun: ActorNoun) -> None:
    person.sex = title.sex or person.sex
    person.country = title.country
    person.noun = title.noun
    person.slug = title.slug
    if noun.kind == "other" and title.kind == "other" and person.kind != "civilian":
        return
    person.kind, person.source_kind = title.kind, title.source_kind
    if noun.cls in {"role", "office"} and title.kind in {"armed-group", "militia"}:
        person.actor_id = None


def _without_needs(noun: ActorNoun) -> ActorNoun:
    if not noun.needs:
        return noun
    return ActorNoun(
        noun.singular,
        noun.plural,
        noun.cls,
        noun.kind,
        noun.source_kind,
        noun.sex,
        noun.armed,
        "",
        noun.neutral,
    )


def _take_apposition(scene: Scene, person: Party) -> None:
    """Read ", interior minister in ..." after the name, or "the spokesman, NAME"."""
    doc, head = scene.doc, scene.doc[person.head]
    candidates = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos":
        candidates.append(head.head)
    for other in candidates:
        noun = scene.nouns.parties.get(other.lower_)
        if noun is None or noun.cls not in _TITLE_CLASSES or other.lower_ == noun.plural:
            continue
        described = read_phrase(scene, doc[other.i], _without_needs(noun))
        if described is not None:
            _lend_title(person, described, noun)
            return
