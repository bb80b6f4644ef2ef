"""Scopes: figures that sum up more than the event they are told beside.

Reads   the figures of a report, lower-case words of its sentences.
Writes  `background` on figures.

The dead of a conflict that goes on, those driven out by it, the sum of several days
whose parts the report tells one by one.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.mentions import FigureMention

# The dead of a conflict are told beside an event with this many times fewer.
RUNNING_RATIO = 4
MAX_PARTS = 6
_REACH = {"displaced": 10, "injured": 4}  # tokens after the dead of a sum
_BREAKS = frozenset({",", ";", ".", "while", "but"})
_SPANS = frozenset({"past", "last"})
_DAYS = frozenset({"days", "nights", "weekend"})


def set_aside_running(figures: list[FigureMention], running: list[int]) -> None:
    """Take the dead of a conflict that goes on for background beside those of an event.

    "The clashes have killed 207 people" means the event itself where no other number stands.
    """
    for index in running:
        figure = figures[index]
        if any(
            other["outcome"] == figure["outcome"]
            and not other["background"]
            and 0 < other["low"] * RUNNING_RATIO <= figure["low"]
            for other in figures
        ):
            figure["background"] = True


def share_scope(doc: Doc, figures: list[FigureMention]) -> None:
    """ "Thousands have been killed in the war and two million have fled": both are its sums."""
    for before, figure in pairwise(figures):
        reach = _REACH.get(figure["outcome"])
        if reach is None or not before["background"] or before["outcome"] != "killed":
            continue
        gap = doc[before["end"] : figure["start"]]
        if len(gap) <= reach and not any(t.lower_ in _BREAKS or t.is_sent_start for t in gap):
            figure["background"] = True


def set_aside_sums(doc: Doc, figures: list[FigureMention]) -> None:
    """Leave the parts where "19 in strikes over the past two days" are told as 17 and 2."""
    for index, figure in enumerate(figures):
        if figure["background"] or figure["low"] < 2 or figure["subset_of"] is not None:
            continue
        if not _sums_days(doc, figure):
            continue
        total, parts = 0, 0
        for part in figures[index + 1 :]:
            if part["outcome"] != figure["outcome"] or part["background"]:
                continue
            if part["subset_of"] is not None or parts == MAX_PARTS:
                continue
            total, parts = total + part["low"], parts + 1
            if total >= figure["low"]:
                break
        figure["background"] = parts > 1 and total == figure["low"]


def _sums_days(doc: Doc, figure: FigureMention) -> bool:
    """ "In drone strikes over the past two days": several events on several days."""
    words = [token.lower_ for token in doc[figure["end"] : figure["end"] + 16]]
    if "." in words:
        words = words[: words.index(".")]
    if load_lexicon().context["events"].isdisjoint(words):
        return False
    return any(
        word in _SPANS and not _DAYS.isdisjoint(words[index : index + 4])
        for index, word in enumerate(words)
    )
