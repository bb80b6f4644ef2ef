"""Sharing: a hedge said once for a list of numbers, or of the harm itself.

Reads   the groups an outcome word is said of.
Writes  their bounds.
"""

from __future__ import annotations

from marsad.coding.casualties.view import Link, SentenceView


def spread_floor(view: SentenceView, link: Link) -> None:
    """ "At least 20 soldiers and 15 guerrillas": both are floors.

    Only over numbers side by side under one outcome word; "and exactly 15", "and a
    man" and what follows "including" keep their own.
    """
    for left, right in zip(link.groups, link.groups[1:], strict=False):
        gap = view.words[max(left.end, left.tail) : right.start]
        if gap not in (["and"], [","], [",", "and"]):
            continue
        opens_floor = left.qualifier == "at-least" and left.sort == right.sort == "number"
        bare = right.qualifier == "exact" and right.number is not None and right.low != 0
        if opens_floor and bare and not right.is_part and not right.is_partitive:
            core = view.words[right.number[0] : right.number[1]] if right.number else []
            if core and core[0] not in {"exactly", "another", "only", "just"}:
                right.high, right.qualifier = None, "at-least"


def loosen_possible(view: SentenceView, link: Link) -> None:
    """ "Possibly killing a child", "may have been killed": at most so many, perhaps none."""
    before = view.words[max(link.index - 4, 0) : link.index]
    may = "have" in before and not {"may", "might"}.isdisjoint(before)
    if not may and before[-1:] not in (["possibly"], ["perhaps"], ["potentially"]):
        return
    for group in link.groups:
        if group.low and group.high is not None:
            group.low, group.qualifier = 0, "at-most"
