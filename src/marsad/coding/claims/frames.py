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

from spacy.tokens import Doc, Span, Token

from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.links import (
    harm_fits,
    is_above_or_below,
    is_ground_between,
    is_ground_of,
    is_one_event,
    modality_reading,
    token_distance,
    tree_depth,
    trigger_distance,
)
from marsad.coding.depicted import (
    depiction_over,
    is_hedged_picture,
    is_portrayed,
    is_shown_apart,
)
from marsad.coding.mentions import FigureMention, Trigger
from marsad.coding.modality.generality import is_perfect
from marsad.coding.modality.historical import RUNNING_TOTAL
from marsad.records import Modality


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
        starts: list[int] = [doc._.triggers[i]["start"] for i in self.triggers]
        starts = starts or [doc._.figures[i]["start"] for i in self.figures]
        return min(starts)


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
            frame is not other and is_ground_of(doc, frame.triggers, other.triggers)
            for other in frames
        )
    _share_total(doc, frames)
    _attach_figures(doc, sentence, frames, figures)
    return frames


def _share_total(doc: Doc, frames: list[Frame]) -> None:
    """ "They have attacked 60 ships since 2023; four sailors have been killed": one total."""
    if not any(f.modality == "historical" for f in frames):
        return
    if not any(token.lower_ == "since" for token in frames[0].sentence):
        return
    for frame in frames:
        heads = [doc[doc._.triggers[i]["head"]] for i in frame.triggers]
        if frame.modality in REAL and all(is_perfect(head) for head in heads):
            frame.modality, frame.reason = "historical", RUNNING_TOTAL


def _make_frame(doc: Doc, sentence: Span, group: list[int]) -> Frame:
    modality, reason = _modality_of(doc, group)
    first = min(doc._.triggers[i]["head"] for i in group)
    if modality in REAL and is_portrayed(doc, first):
        return Frame(sentence, group, modality="historical", reason="recalled by a picture or book")
    picture = depiction_over(doc, first) if modality == "asserted" else None
    if picture is not None and is_hedged_picture(picture):
        modality, reason = "alleged", f'"{picture.text}" leaves open whether it is so'
    return Frame(sentence=sentence, triggers=group, modality=modality, reason=reason)


def _modality_of(doc: Doc, group: list[int]) -> tuple[Modality, str]:
    """The reading of the trigger highest in the tree; ties go to the first.

    A frame is alleged when the word that carries it is: hearsay about a detail
    ("after forces reportedly opened fire") does not make the deaths hearsay.
    """
    best = min(group, key=lambda i: (tree_depth(doc[doc._.triggers[i]["head"]]), i))
    reading = modality_reading(doc, best)
    return reading["modality"], reading["reason"]


def _group_triggers(doc: Doc, triggers: list[int]) -> list[list[int]]:
    """Union of the triggers that speak of one event; harm words join the nearest event."""
    events = [i for i in triggers if doc._.triggers[i]["role"] == "event"]
    others = [i for i in triggers if doc._.triggers[i]["role"] != "event"]
    groups: list[list[int]] = []
    for index in events:
        home = next(
            (g for g in groups if all(is_one_event(doc, other, index) for other in g)), None
        )
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    event_groups = list(groups)
    for index in others:
        fitting = [g for g in event_groups if harm_fits(doc, g, index)]
        if fitting:
            min(fitting, key=lambda g: min(_nearness(doc, i, index) for i in g)).append(index)
            continue
        home = next(
            (
                g
                for g in groups
                if g not in event_groups and all(is_one_event(doc, other, index) for other in g)
            ),
            None,
        )
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return [sorted(g) for g in groups]


def _is_only_ground(doc: Doc, frame: Frame, predicate: Token) -> bool:
    """Whether a figure tells why people protested or were held, not what became of them there."""
    triggers = [doc._.triggers[i] for i in frame.triggers]
    events = [t for t in triggers if t["role"] == "event"]
    if not events or any(FAMILY[t["event_type"]] not in ("protest", "custody") for t in events):
        return False
    return all(is_ground_between(doc[t["head"]], predicate) for t in triggers)


def _nearness(doc: Doc, event: int, harm: int) -> tuple[bool, int]:
    """How near an event word is to a harm word: under or over it in the parse, then by distance."""
    return not is_above_or_below(doc, event, harm), trigger_distance(doc, event, harm)


def _attach_figures(doc: Doc, sentence: Span, frames: list[Frame], figures: list[int]) -> None:
    """Give every figure to the frame that tells its event; leftovers make frames of their own."""
    leftovers: list[int] = []
    for index in figures:
        figure: FigureMention = doc._.figures[index]
        portrayed = is_portrayed(doc, figure["predicate"])
        home = None if figure["background"] or portrayed else _home_of(doc, frames, figure)
        if home is None:
            leftovers.append(index)
        else:
            home.figures.append(index)
    leftovers = [i for i in leftovers if not _is_shown_beside(doc, frames, i)]
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


def _is_shown_beside(doc: Doc, frames: list[Frame], figure: int) -> bool:
    """Whether a figure is only what a picture shows that is told of beside another event."""
    predicate = doc._.figures[figure]["predicate"]
    if is_portrayed(doc, predicate):
        return True
    return any(is_shown_apart(doc, f.triggers, predicate) for f in frames if f.triggers)


def _is_measure(doc: Doc, frame: Frame) -> bool:
    """Whether the frame tells of words, orders or refusals: nobody comes to harm by these."""
    return all(FAMILY[doc._.triggers[i]["event_type"]] == "measure" for i in frame.triggers)


def _home_of(doc: Doc, frames: list[Frame], figure: FigureMention) -> Frame | None:
    predicate = figure["predicate"]
    for frame in frames:
        for index in frame.triggers:
            trigger = doc._.triggers[index]
            if trigger["start"] <= predicate < trigger["end"] or trigger["head"] == predicate:
                return frame
    real = [f for f in frames if f.modality in REAL and f.triggers and not _is_measure(doc, f)]
    if not real:
        return None
    anchor = doc[predicate]
    real = [f for f in real if not _is_only_ground(doc, f, anchor)]
    real = [f for f in real if not is_shown_apart(doc, f.triggers, predicate)]
    if not real:
        return None

    def distance(frame: Frame) -> tuple[bool, int]:
        nearest = min(
            token_distance(doc[doc._.triggers[i]["head"]], anchor) for i in frame.triggers
        )
        return frame.occasion, nearest

    return min(real, key=distance)
