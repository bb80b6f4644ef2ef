"""Frame links: do two triggers of one sentence tell one event?

Reads   doc._.triggers, modalities, places and times, and the parse.
Writes  nothing.

They do unless something sets them apart: another kind of event, another degree
of reality, their own places or times, or a word on the path between them that
makes one the ground of the other.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from marsad.coding.asides import aside_at
from marsad.coding.claims.families import FAMILY, REAL, TOGETHER
from marsad.coding.claims.memo import places_of, time_of
from marsad.coding.mentions import ModalityReading, Trigger
from marsad.coding.parse import MAX_PARSE_DEPTH
from marsad.coding.toponyms.choice import EventPlaces

# "protest over/against/at/after the killing": the killing is why, not part of it.
_OCCASION = frozenset(
    """over against for about following after since because response retaliation revenge
    connection relation linked related suspicion suspected accused charged blamed wanted
    avenge mark commemorate before amid despite ahead prior demand demanding condemn
    condemning denounce denouncing coincide coincided coinciding protest protested protesting
    protests investigate investigating investigation inquiry""".split()
)
# Of these, the ones that may join an outcome to its own cause ("killed after police
# opened fire").
_SEQUENCE = frozenset("after since because following amid before".split())
_HARM_VERBS = frozenset("kill die wound injure hurt shoot murder slay perish".split())
# One of these between two clauses starts another event.
_APART = frozenset(
    "while meanwhile separately elsewhere whereas another separate second third".split()
)


def modality_reading(doc: Doc, trigger: int) -> ModalityReading:
    """The modality of trigger number `trigger`; asserted where nobody read one."""
    readings: list[ModalityReading] = doc._.modalities
    if trigger < len(readings):
        return readings[trigger]
    return ModalityReading(modality="asserted", cue=[], reason="")


def tree_depth(token: Token) -> int:
    """How far below its sentence's root a token hangs (the root: 1)."""
    return len(_ancestors(token))


def harm_fits(doc: Doc, group: list[int], harm: int) -> bool:
    """Whether a harm or means word belongs to the event that `group` tells."""
    if not _same_reality(doc, group[0], harm):
        return False
    family = FAMILY[doc._.triggers[group[0]]["event_type"]]
    if family in ("agreement", "measure"):
        return False
    nearest = min(group, key=lambda i: trigger_distance(doc, i, harm))
    return not _set_apart(doc, nearest, harm)


def is_one_event(doc: Doc, first: int, second: int) -> bool:
    """Whether two triggers of one sentence may tell one event."""
    a, b = doc._.triggers[first], doc._.triggers[second]
    if not _same_reality(doc, first, second):
        return False
    families = frozenset({FAMILY[a["event_type"]], FAMILY[b["event_type"]]})
    if len(families) == 2 and families not in TOGETHER:
        return False
    return not _set_apart(doc, first, second)


def _same_reality(doc: Doc, first: int, second: int) -> bool:
    a, b = modality_reading(doc, first)["modality"], modality_reading(doc, second)["modality"]
    return a == b or (a in REAL and b in REAL)


def _set_apart(doc: Doc, first: int, second: int) -> bool:
    """Whether places, times or a connecting word make two events of two triggers."""
    a, b = doc._.triggers[first], doc._.triggers[second]
    if a["start"] > b["start"]:
        a, b = b, a
    if _occasion_word(doc, a, b) or aside_at(doc, a["head"]) != aside_at(doc, b["head"]):
        return True
    between = doc[a["end"] : b["start"]]
    if any(token.lower_ in _APART for token in between) and _own_clause(doc, a, b):
        return True
    return _places_differ(doc, places_of(doc, a), places_of(doc, b)) or _times_differ(doc, a, b)


def _own_clause(doc: Doc, a: Trigger, b: Trigger) -> bool:
    """Whether two triggers hang on different finite verbs."""
    return _clause_head(doc[a["head"]]).i != _clause_head(doc[b["head"]]).i


def _clause_head(token: Token) -> Token:
    steps = 0
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i and steps < 30:
        token = token.head
        steps += 1
    return token


def _occasion_word(doc: Doc, a: Trigger, b: Trigger) -> bool:
    """Whether one trigger is only the ground of the other ("arrested over the bombing").

    The path from the lower trigger up to the higher is read; "killed after an
    ambush" is no such case, for a harm word has no event of its own.
    """
    harm = _tells_harm(doc, a) or _tells_harm(doc, b)
    if harm and {FAMILY[a["event_type"]], FAMILY[b["event_type"]]} <= {"violence", "property"}:
        return False
    ground = _OCCASION - _SEQUENCE if harm else _OCCASION
    pair = _lower_and_upper(doc, a, b)
    if pair is None:
        path = _path(doc[a["head"]], doc[b["head"]])
        return any(token.lower_ in ground for token in path)
    lower, upper = pair
    if upper["entry"].split()[0].startswith(("protest", "demonstrat", "rall")):
        head = doc[lower["head"]]
        if head.dep_ in {"dobj", "pobj", "obj"} and _reaches(head, upper["head"]):
            return head.dep_ == "dobj" or head.head.lower_ in _OCCASION
    token = doc[lower["head"]]
    return any(step.lower_ in ground for step in _path(token, doc[upper["head"]]))


def is_ground_between(trigger: Token, other: Token) -> bool:
    """Whether a word on the path makes one the ground of the other ("protests over her death").

    Words of mere sequence ("after") do not: an outcome follows its own cause.
    """
    return any(token.lower_ in _OCCASION - _SEQUENCE for token in _path(trigger, other))


def _path(a: Token, b: Token) -> list[Token]:
    """The words between two tokens in the parse, ends left out, with what marks their clauses."""
    up = _ancestors(a)
    down = _ancestors(b)
    indexes = {t.i for t in down}
    meeting = next((t.i for t in up if t.i in indexes), None)
    between: list[Token] = []
    for chain in (up, down):
        for token in chain:
            between.extend(c for c in token.children if c.dep_ == "mark" and c.i not in (a.i, b.i))
            between.append(token)
            if token.i == meeting:
                break
    return [t for t in between if t.i not in (a.i, b.i)]


def _ancestors(token: Token) -> list[Token]:
    """The token and everything above it, nearest first."""
    chain = [token]
    while token.head.i != token.i and len(chain) < MAX_PARSE_DEPTH:
        token = token.head
        chain.append(token)
    return chain


def _tells_harm(doc: Doc, trigger: Trigger) -> bool:
    """Whether the trigger tells what became of people, by role or by its verb."""
    return trigger["role"] == "harm" or doc[trigger["head"]].lemma_.lower() in _HARM_VERBS


def _reaches(token: Token, target: int) -> bool:
    return any(t.i == target for t in _ancestors(token)[1:])


def is_above_or_below(doc: Doc, first: int, second: int) -> bool:
    """Whether one of two triggers hangs under the other in the parse."""
    return _lower_and_upper(doc, doc._.triggers[first], doc._.triggers[second]) is not None


def _lower_and_upper(doc: Doc, a: Trigger, b: Trigger) -> tuple[Trigger, Trigger] | None:
    """The pair ordered so that the second is an ancestor of the first, if one is."""
    if _reaches(doc[a["head"]], b["head"]):
        return a, b
    if _reaches(doc[b["head"]], a["head"]):
        return b, a
    return None


def is_ground_of(doc: Doc, frame: list[int], other: list[int]) -> bool:
    """Whether the triggers `frame` are told only as the ground of the triggers `other`."""
    for low in frame:
        for high in other:
            a, b = doc._.triggers[low], doc._.triggers[high]
            pair = _lower_and_upper(doc, a, b)
            if pair is not None and pair[0] is a and _occasion_word(doc, a, b):
                return True
    return False


def _places_differ(doc: Doc, a: EventPlaces, b: EventPlaces) -> bool:
    """Both have places of their own and share none, nor does one contain the other."""
    if a.inherited or b.inherited or not a.indexes or not b.indexes:
        return False
    if set(a.indexes) & set(b.indexes):
        return False
    for i in a.indexes:
        for j in b.indexes:
            first, second = doc._.toponyms[i], doc._.toponyms[j]
            if first["name"] == second["name"]:
                return False
            if "country" in (first["precision"], second["precision"]) or "province" in (
                first["precision"],
                second["precision"],
            ):
                return False
    return True


def _times_differ(doc: Doc, a: Trigger, b: Trigger) -> bool:
    first, second = time_of(doc, a), time_of(doc, b)
    if first is None or second is None or first == second:
        return False
    sentence = doc[a["start"]].sent
    x, y = doc._.times[first], doc._.times[second]
    inside = all(sentence.start <= t["start"] < sentence.end for t in (x, y))
    return inside and (x["last"] < y["first"] or y["last"] < x["first"])


def trigger_distance(doc: Doc, first: int, second: int) -> int:
    """Edges between two triggers in the parse; tokens apart when unparsed."""
    a, b = doc[doc._.triggers[first]["head"]], doc[doc._.triggers[second]["head"]]
    return token_distance(a, b)


def token_distance(a: Token, b: Token) -> int:
    """Edges between two tokens of one sentence in the parse (tokens apart if unparsed)."""
    if not a.dep or not b.dep:
        return abs(a.i - b.i)
    up = {t.i: steps for steps, t in reversed(list(enumerate(_ancestors(a))))}
    for steps, token in enumerate(_ancestors(b)):
        if token.i in up:
            return up[token.i] + steps
    return 60
