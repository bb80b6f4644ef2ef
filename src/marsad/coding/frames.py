"""Frames: which of a sentence's triggers and figures speak of one event.

Reads   doc._.triggers, figures, modalities, and the parse.
Writes  nothing; returns Frames for `claims`.

One sentence may hold many events and one event many triggers. Inside a sentence
triggers belong together unless something sets them apart: another kind of event,
another degree of reality, their own places or times, or a word that makes one the
occasion of the other ("protested the assault", "arrested over the bombing").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Span, Token

from marsad.coding.event_places import EventPlaces, places_of
from marsad.coding.event_times import time_of
from marsad.coding.mentions import FigureMention, ModalityReading, Trigger
from marsad.records import EventType, Modality

Family = Literal["violence", "protest", "custody", "property", "movement", "agreement", "other"]
FAMILY: dict[EventType, Family] = {
    "armed-clash": "violence",
    "air-strike": "violence",
    "shelling": "violence",
    "remote-explosive": "violence",
    "suicide-bombing": "violence",
    "grenade": "violence",
    "chemical-weapon": "violence",
    "attack": "violence",
    "sexual-violence": "violence",
    "mob-violence": "violence",
    "territory-change": "violence",
    "property-destruction": "property",
    "abduction": "custody",
    "arrest": "custody",
    "weapons-seizure": "custody",
    "peaceful-protest": "protest",
    "protest-intervention": "protest",
    "excessive-force": "protest",
    "riot": "protest",
    "agreement": "agreement",
    "movement": "movement",
    "other": "other",
}
# Families whose triggers, in one sentence, may describe one event together.
# Movements are folded into the violence they serve (PLOVER: a mobilisation told
# as context of an assault is not coded apart).
_TOGETHER: frozenset[frozenset[Family]] = frozenset(
    frozenset(pair)
    for pair in (
        ("violence", "property"),
        ("violence", "custody"),
        ("violence", "protest"),
        ("violence", "movement"),
        ("protest", "custody"),
        ("protest", "property"),
        ("custody", "property"),
        ("custody", "movement"),
        ("protest", "movement"),
        ("violence", "other"),
    )
)
REAL: frozenset[Modality] = frozenset({"asserted", "alleged"})

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


@dataclass
class Frame:
    """One event as one sentence tells it."""

    sentence: Span
    triggers: list[int]
    figures: list[int] = field(default_factory=list)
    modality: Modality = "asserted"
    reason: str = ""
    occasion: bool = False  # told only as the ground of another event
    figures_only: bool = False  # numbers without a word for the event

    def first_token(self, doc: Doc) -> int:
        """Index of the first token that carries the frame, for text order."""
        heads = [doc._.triggers[i]["start"] for i in self.triggers]
        return min(heads or [doc._.figures[i]["start"] for i in self.figures])


def find_frames(doc: Doc) -> list[Frame]:
    """All frames of `doc`, in text order."""
    frames: list[Frame] = []
    triggers: list[Trigger] = doc._.triggers
    figures: list[FigureMention] = doc._.figures
    by_sentence: dict[int, tuple[list[int], list[int]]] = {}
    for index, trigger in enumerate(triggers):
        key = doc[trigger["start"]].sent.start
        by_sentence.setdefault(key, ([], []))[0].append(index)
    for index, figure in enumerate(figures):
        key = doc[figure["start"]].sent.start
        by_sentence.setdefault(key, ([], []))[1].append(index)
    for start in sorted(by_sentence):
        in_sentence = _frame_sentence(doc, doc[start].sent, *by_sentence[start])
        frames.extend(sorted(in_sentence, key=lambda frame: frame.first_token(doc)))
    return frames


def _frame_sentence(
    doc: Doc, sentence: Span, triggers: list[int], figures: list[int]
) -> list[Frame]:
    groups = _group_triggers(doc, triggers)
    frames = [_make_frame(doc, sentence, group) for group in groups]
    for frame in frames:
        frame.occasion = any(
            frame is not other and _is_occasion_of(doc, frame, other) for other in frames
        )
    _attach_figures(doc, sentence, frames, figures)
    return frames


def _make_frame(doc: Doc, sentence: Span, group: list[int]) -> Frame:
    modality, reason = _modality_of(doc, group)
    return Frame(sentence=sentence, triggers=group, modality=modality, reason=reason)


def _reading(doc: Doc, trigger: int) -> ModalityReading:
    readings: list[ModalityReading] = doc._.modalities
    if trigger < len(readings):
        return readings[trigger]
    return ModalityReading(modality="asserted", cue=[], reason="")


def _modality_of(doc: Doc, group: list[int]) -> tuple[Modality, str]:
    """The reading of the trigger highest in the tree; ties go to the first.

    A frame is alleged when the word that carries it is: hearsay about a detail
    ("after forces reportedly opened fire") does not make the deaths hearsay.
    """
    best = min(group, key=lambda i: (_depth(doc[doc._.triggers[i]["head"]]), i))
    reading = _reading(doc, best)
    return reading["modality"], reading["reason"]


def _depth(token: Token) -> int:
    return len(_ancestors(token))


def _group_triggers(doc: Doc, triggers: list[int]) -> list[list[int]]:
    """Union of the triggers that speak of one event; harm words join the nearest event."""
    events = [i for i in triggers if doc._.triggers[i]["role"] == "event"]
    others = [i for i in triggers if doc._.triggers[i]["role"] != "event"]
    groups: list[list[int]] = []
    for index in events:
        home = next((g for g in groups if all(_one_event(doc, other, index) for other in g)), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    event_groups = list(groups)
    for index in others:
        fitting = [g for g in event_groups if _harm_fits(doc, g, index)]
        if fitting:
            min(fitting, key=lambda g: min(_tree_distance(doc, i, index) for i in g)).append(index)
            continue
        home = next(
            (
                g
                for g in groups
                if g not in event_groups and all(_one_event(doc, other, index) for other in g)
            ),
            None,
        )
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return [sorted(g) for g in groups]


def _harm_fits(doc: Doc, group: list[int], harm: int) -> bool:
    """Whether a harm or means word belongs to the event that `group` tells."""
    if not _same_reality(doc, group[0], harm):
        return False
    family = FAMILY[doc._.triggers[group[0]]["event_type"]]
    if family == "agreement":
        return False
    nearest = min(group, key=lambda i: _tree_distance(doc, i, harm))
    return not _set_apart(doc, nearest, harm)


def _one_event(doc: Doc, first: int, second: int) -> bool:
    """Whether two triggers of one sentence may tell one event."""
    a, b = doc._.triggers[first], doc._.triggers[second]
    if not _same_reality(doc, first, second):
        return False
    families = frozenset({FAMILY[a["event_type"]], FAMILY[b["event_type"]]})
    if len(families) == 2 and families not in _TOGETHER:
        return False
    return not _set_apart(doc, first, second)


def _same_reality(doc: Doc, first: int, second: int) -> bool:
    a, b = _reading(doc, first)["modality"], _reading(doc, second)["modality"]
    return a == b or (a in REAL and b in REAL)


def _set_apart(doc: Doc, first: int, second: int) -> bool:
    """Whether places, times or a connecting word make two events of two triggers."""
    a, b = doc._.triggers[first], doc._.triggers[second]
    if a["start"] > b["start"]:
        a, b = b, a
    if _occasion_word(doc, a, b):
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
    lower, upper = _lower_and_upper(doc, a, b)
    if lower is None or upper is None:
        path = _path(doc[a["head"]], doc[b["head"]])
        return any(token.lower_ in ground for token in path)
    if upper["entry"].split()[0].startswith(("protest", "demonstrat", "rall")):
        head = doc[lower["head"]]
        if head.dep_ in {"dobj", "pobj", "obj"} and _reaches(head, upper["head"]):
            return head.dep_ == "dobj" or head.head.lower_ in _OCCASION
    token = doc[lower["head"]]
    return any(step.lower_ in ground for step in _path(token, doc[upper["head"]]))


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
    while token.head.i != token.i and len(chain) < 60:
        token = token.head
        chain.append(token)
    return chain


def _tells_harm(doc: Doc, trigger: Trigger) -> bool:
    """Whether the trigger tells what became of people, by role or by its verb."""
    return trigger["role"] == "harm" or doc[trigger["head"]].lemma_.lower() in _HARM_VERBS


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
    while token.head.i != token.i and len(chain) < 60:
        token = token.head
        chain.append(token)
    return chain


def _tells_harm(doc: Doc, trigger: Trigger) -> bool:
    """Whether the trigger tells what became of people, by role or by its verb."""
    return trigger["role"] == "harm" or doc[trigger["head"]].lemma_.lower() in _HARM_VERBS


def _is_custody(trigger: Trigger) -> bool:
    return FAMILY[trigger["event_type"]] == "custody"


def _reaches(token: Token, target: int) -> bool:
    return any(t.i == target for t in _ancestors(token)[1:])


def _lower_and_upper(doc: Doc, a: Trigger, b: Trigger) -> tuple[Trigger | None, Trigger | None]:
    """The pair ordered so that the second is an ancestor of the first, if one is."""
    if _reaches(doc[a["head"]], b["head"]):
        return a, b
    if _reaches(doc[b["head"]], a["head"]):
        return b, a
    return None, None


def _is_occasion_of(doc: Doc, frame: Frame, other: Frame) -> bool:
    for low in frame.triggers:
        for high in other.triggers:
            a, b = doc._.triggers[low], doc._.triggers[high]
            lower, _ = _lower_and_upper(doc, a, b)
            if lower is a and _occasion_word(doc, a, b):
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


def _tree_distance(doc: Doc, first: int, second: int) -> int:
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


def _attach_figures(doc: Doc, sentence: Span, frames: list[Frame], figures: list[int]) -> None:
    """Give every figure to the frame that tells its event; leftovers make frames of their own."""
    leftovers: list[int] = []
    for index in figures:
        figure: FigureMention = doc._.figures[index]
        home = None if figure["background"] else _home_of(doc, frames, figure)
        if home is None:
            leftovers.append(index)
        else:
            home.figures.append(index)
    past = [i for i in leftovers if doc._.figures[i]["background"]]
    current = [i for i in leftovers if not doc._.figures[i]["background"]]
    for group, modality, reason in (
        (past, "historical", "a total over a longer time or another event"),
        (current, "asserted", ""),
    ):
        if group:
            frames.append(
                Frame(
                    sentence=sentence,
                    triggers=[],
                    figures=group,
                    modality=modality,  # type: ignore[arg-type]
                    reason=reason,
                    figures_only=True,
                )
            )


def _home_of(doc: Doc, frames: list[Frame], figure: FigureMention) -> Frame | None:
    predicate = figure["predicate"]
    for frame in frames:
        for index in frame.triggers:
            trigger = doc._.triggers[index]
            if trigger["start"] <= predicate < trigger["end"] or trigger["head"] == predicate:
                return frame
    real = [f for f in frames if f.modality in REAL and f.triggers]
    if not real:
        return None
    anchor = doc[predicate]

    def distance(frame: Frame) -> tuple[bool, int]:
        nearest = min(
            token_distance(doc[doc._.triggers[i]["head"]], anchor) for i in frame.triggers
        )
        return frame.occasion, nearest

    return min(real, key=distance)
