"""Sharing: a hedge said once for a list of numbers, one number for two harms.

Reads   the groups an outcome word is said of.
Writes  their bounds; links for a second harm.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.view import Group, Link, SentenceView

_HARM = frozenset({"killed", "injured"})
# A way of killing is no second harm: "shot and killed", "stabbed or beheaded".
_WAYS = frozenset("shot shoot shooting stabbed stabbing burned burnt bludgeoned knifed hit".split())


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


def split_joint(view: SentenceView, links: list[Link]) -> list[Link]:
    """ "Killed or wounded 20 people", "hundreds were killed and injured": how many of each?

    That is not said: some were killed and some injured, and neither is all of them.
    """
    kept: list[Link] = []
    for link in links:
        partner = _joint_partner(view, link)
        if partner is None or not any(_is_many(group) for group in link.groups):
            kept.append(link)
            continue
        other = next((each for each in links if each.index == partner), None)
        if other is not None and other.groups and other.groups[0].start != link.groups[0].start:
            kept.append(link)  # each has its own: "14 killed and wounded 20"
            continue
        if other is not None and other.index < link.index:
            continue  # told with the first of the two
        outcome = load_lexicon().outcomes[view.words[partner]].outcome
        first, second = sorted((link.index, partner))
        halves = {link.index: link.outcome, partner: outcome}
        for index in (first, second):
            groups = [_some_of(group) for group in link.groups]
            kept.append(
                replace(link, index=index, end=index + 1, outcome=halves[index], groups=groups)
            )
    return kept


def _joint_partner(view: SentenceView, link: Link) -> int | None:
    """The index of the word of the other harm that is joined to this one, nothing between."""
    if link.outcome not in _HARM or link.shape not in {"ed", "ing", "base"}:
        return None
    outcomes = load_lexicon().outcomes
    for joint, index in ((link.end, link.end + 1), (link.index - 1, link.index - 2)):
        entry = outcomes.get(view.word(index))
        if view.word(joint) not in {"and", "or", "and/or"} or entry is None:
            continue
        if entry.shape == link.shape and {entry.outcome, link.outcome} == _HARM:
            return None if view.words[index] in _WAYS or view.words[link.index] in _WAYS else index
    return None


def _is_many(group: Group) -> bool:
    return group.low is not None and group.low > 1


def _some_of(group: Group) -> Group:
    if group.qualifier == "vague":
        return replace(group, low=2, high=None)  # "civilians were killed and wounded"
    high = None if group.high is None else max(group.high - 1, 1)
    return replace(group, low=1, high=high, qualifier="vague")
