"""Subsets: figures that are a part of another ("14 killed, including three children").

Reads   the groups of a sentence and the figures read from it so far.
Writes  appends to those figures; `subset_of` points at the whole.
"""

from __future__ import annotations

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.view import Group, SentenceView
from marsad.coding.mentions import FigureMention


def find_parent(figures: list[FigureMention], part: FigureMention, before: int) -> int | None:
    """The nearest earlier figure of the outcome that can contain `part`."""
    for index in range(before - 1, -1, -1):
        whole = figures[index]
        if whole["outcome"] != part["outcome"] or whole["subset_of"] is not None:
            continue
        if whole["high"] is None or whole["high"] >= part["low"]:
            return index
    return None


def add_subsets(
    view: SentenceView,
    groups: list[Group],
    figures: list[FigureMention],
    used: dict[int, int],
    first: int,
) -> None:
    """ "14 killed, including three children", "three of them women", "among them a nurse"."""
    if len(figures) == first:
        return
    for group in groups:
        if id(group) in used or group.low is None or group.sort in {"name", "pronoun"}:
            continue
        if not (group.is_part or group.is_partitive):
            continue
        parent = _parent_before(view, group, figures, first)
        if parent is None:
            continue
        figure = _part_of(view, group, figures[parent], parent)
        if figure is not None:
            used[id(group)] = len(figures)
            figures.append(figure)


def add_half(view: SentenceView, figures: list[FigureMention], first: int) -> None:
    """ "32 people, half of them children": about 16."""
    words = view.words
    for index, word in enumerate(words):
        if word != "half" or words[index + 1 : index + 3] not in (["of", "them"], ["of", "whom"]):
            continue
        head = index + 3
        while view.word(head) in {"were", "are", "was"}:
            head += 1
        person = load_lexicon().people.get(view.word(head))
        whole = [
            i for i in range(first, len(figures))
            if figures[i]["start"] < view.places[index] and figures[i]["low"] > 1
        ]  # fmt: skip
        if person is None or not whole:
            continue
        share = figures[whole[-1]]["low"] // 2
        part = Group(
            index, head + 1, "number", share, share, "about", number=(index, index + 1),
            head=head, words=view.texts[head], kind=person.kind, tail=head + 1,
        )  # fmt: skip
        figure = _part_of(view, part, figures[whole[-1]], whole[-1])
        if figure is not None:
            figures.append(figure)


def _parent_before(
    view: SentenceView, group: Group, figures: list[FigureMention], first: int
) -> int | None:
    place = view.places[group.start]
    best = None
    for index in range(first, len(figures)):
        figure = figures[index]
        if figure["subset_of"] is None and figure["start"] < place and figure["high"] != 0:
            best = index
    if best is None:
        return None
    whole = figures[best]
    if whole["high"] is not None and (group.low or 0) > whole["high"]:
        return None
    return best


def _part_of(
    view: SentenceView, group: Group, whole: FigureMention, parent: int
) -> FigureMention | None:
    places = view.places
    number, head, words, kind = group.number, group.head, group.words, group.kind
    end = max(group.end, group.tail)
    described = view.word(end) in {"were", "was", "are"}  # "of whom four were women"
    if head is None and group.is_part and not (group.is_partitive or described):
        # "including 18 at a school"
        words = kind = None
    elif head is None:  # "three of them children"
        position = end
        while view.word(position) in {"were", "was", "are", "is", "a", "an", ","}:
            position += 1
        person = load_lexicon().people.get(view.word(position))
        if person is None:
            return None
        head, words, kind, end = position, view.texts[position], person.kind, position + 1
    return FigureMention(
        start=places[group.start],
        end=places[end - 1] + 1,
        outcome=whole["outcome"],
        low=group.low or 0,
        high=group.high,
        qualifier=group.qualifier,
        predicate=whole["predicate"],
        number=[places[number[0]], places[number[1] - 1] + 1] if number else [],
        group=words,
        group_head=places[head] if head is not None else None,
        group_kind=None if kind == "any" else kind,
        subset_of=parent,
        cumulative=False,
        additive=False,
        background=whole["background"],
    )
