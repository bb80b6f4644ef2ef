"""Superseded: numbers that a report gives only to say that a later one replaced them.

Reads   the words of a sentence around a figure; the figures of the report.
Writes  `superseded` on figures.

"Had earlier put the toll at 13", "up from an earlier toll of 9". First words
("initially", "initial reports") supersede only where the report gives another number.
"""

from __future__ import annotations

from typing import Literal

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.view import Group, Link, SentenceView
from marsad.coding.mentions import FigureMention

REACH = 16  # tokens from "had earlier said" to the number
_BREAKS = frozenset({";", "but", "while", "whereas", "later", "now"})
Standing = Literal["current", "first", "earlier"]


def standing_of(view: SentenceView, link: Link, group: Group) -> Standing:
    """Whether a figure is put as an earlier number, as a first one, or as what holds now."""
    context = load_lexicon().context
    first = min(group.start, link.index)
    low = max(first - REACH, 0)
    words = view.words
    for index in range(first - 1, low - 1, -1):
        if words[index] in _BREAKS:
            low = index + 1
            break
    for index in range(low, max(group.start, link.end)):
        word = words[index]
        is_first = word in context["at_first"]
        if not (is_first or word in context["earlier"]):
            continue
        if _is_of_count(words, index, group.start):
            return "first" if is_first else "earlier"
        if _is_of_telling(words, index, group.start):
            # "had earlier put it at 9" was replaced; "said earlier on Monday" may well stand
            had = {"had", "was", "were", "been"} & set(words[max(index - 2, 0) : index])
            return "earlier" if had and not is_first else "first"
        if is_first and index < first:
            return "first"
    if link.is_toll and _was_put(words, low, first):
        return "first"
    return "current"


def _was_put(words: list[str], low: int, stop: int) -> bool:
    """ "Had put the toll at 13": before what the report tells now."""
    tells = load_lexicon().context["tells"]
    return any(
        words[index] == "had" and bool(tells & set(words[index + 1 : index + 3]))
        for index in range(low, stop)
    )


def _is_of_telling(words: list[str], index: int, stop: int) -> bool:
    """ "had earlier put", "reported earlier that": not "earlier on Monday", "earlier attack"."""
    tells = load_lexicon().context["tells"]
    near = words[max(index - 1, 0) : index] + words[index + 1 : index + 3]
    return index < stop and bool(tells & set(near))


def _is_of_count(words: list[str], index: int, stop: int) -> bool:
    """ "an earlier toll of 9", "the previous official count": and no number between."""
    counts = load_lexicon().context["counts"]
    for position in range(index + 1, min(index + 4, len(words))):
        if words[position] in counts:
            between = words[position + 1 : stop]
            return position < stop and "to" not in between and len(between) <= 8
    return False


def mark_superseded(figures: list[FigureMention], standings: dict[int, Standing]) -> None:
    """Set `superseded` by the standing of each figure (by its index; others are current)."""
    for index, standing in standings.items():
        figure = figures[index]
        if standing == "earlier" or (standing == "first" and _has_rival(figures, index, standings)):
            figure["superseded"] = True
    for figure in figures:
        whole = figure["subset_of"]
        if whole is not None and figures[whole].get("superseded"):
            figure["superseded"] = True


def _has_rival(figures: list[FigureMention], index: int, standings: dict[int, Standing]) -> bool:
    """Whether the report gives another number for the outcome, as what holds now."""
    figure = figures[index]
    rest = [f for i, f in enumerate(figures) if i not in standings]
    if any(f["outcome"] == figure["outcome"] and f["low"] == figure["low"] > 1 for f in rest):
        return False  # told again as what holds
    return any(
        other["outcome"] == figure["outcome"]
        and other["low"] not in {0, figure["low"]}
        and bool(other["number"])
        and other["subset_of"] is None
        and not other["background"]
        and position not in standings
        for position, other in enumerate(figures)
    )
