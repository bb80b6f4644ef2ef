"""Periods: how long a time a figure sums up, by the words around it.

Reads   lower-case words of a sentence.
Writes  nothing.

A toll "since the war began" or "this year" belongs to no one incident; one "over
the past day" or "since Saturday" does. A clause that ranks one event ("the deadliest
attack since 2014") says nothing of a sum.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.tables import load_number_tables
from marsad.coding.casualties.view import SentenceView

# Beyond two weeks a count sums up more than one incident and its rescue.
CURRENT_DAYS = 14
OLD_YEARS = 2
MANY = 100  # "have been killed", of so many, tells of what goes on
RANK_REACH = 10  # tokens from "the deadliest" to "this year"
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_UNIT_DAYS = {
    "hour": 1, "hours": 1, "night": 1, "nights": 1, "day": 1, "days": 1, "weekend": 2,
    "week": 7, "weeks": 7, "fortnight": 14,
}  # fmt: skip
# "Prisoners of war", "acts of war": not how long the dead were counted.
_OF_WAR = frozenset("prisoner prisoners act acts council weapon weapons crime crimes".split())
_HOURLY = frozenset({"hour", "hours"})
_YEAR_SUMS = frozenset({"in", "during", "for", "throughout"})
_AFTER_IN = frozenset({"in", "the", "a", "of", "since", "from", "late", "early", "during"})


def is_total(
    view: SentenceView,
    window: tuple[int, int],
    figure: tuple[int, int],
    published: date | None,
) -> bool:
    """Whether words[window] say that the figure at `figure` sums up more than one event.

    Both are [start, end) of local indices; the window lies within the clause.
    """
    low, high = window
    words = view.words
    for index in range(low, high):
        if words[index] == "since" and _sums_since(view, index, low, figure, published):
            return True
    for index in range(low, high):
        for total in _totals().get(words[index], ()):
            if tuple(words[index : index + len(total)]) != total:
                continue
            if _is_ranked(words, index, low, figure):
                continue
            if total == ("of", "war") and words[index - 1] in _OF_WAR:
                continue
            if total[-1] in {"past", "last", "previous"} and _is_current(words, index + len(total)):
                continue
            return True
    return False


def _is_ranked(words: list[str], index: int, low: int, figure: tuple[int, int]) -> bool:
    """ "The deadliest attack this year killed 12": the period at `index` ranks one event.

    Not where the figure stands between: "the first to die, 31 this year".
    """
    first, last = figure
    superlatives = load_lexicon().context["superlatives"]
    for back in range(index - 1, max(index - RANK_REACH, low) - 1, -1):
        if words[back] in superlatives:
            return not back < first < last <= index
    return False


@cache
def _totals() -> dict[str, list[tuple[str, ...]]]:
    """The codebook's words for long periods, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for total in load_lexicon().totals:
        found.setdefault(total[0], []).append(total)
    return found


def _is_current(words: list[str], index: int) -> bool:
    """ "past day", "last 24 hours", "past few days", "last two weeks"."""
    tables = load_number_tables()
    number = 1
    for word in words[index : index + 4]:
        if word in _UNIT_DAYS:
            days = number / 24 if word in _HOURLY else number * _UNIT_DAYS[word]
            return days <= CURRENT_DAYS
        if word.isdigit():
            number = int(word)
        elif word in {"few", "several"}:
            number = 3 if words[index + 1 : index + 2] != ["weeks"] else CURRENT_DAYS
        elif word in tables.units or word in tables.tens:
            number = tables.units.get(word) or tables.tens[word]
        elif word not in {"couple", "of", "-"}:
            return False
    return False


def _sums_since(
    view: SentenceView, index: int, low: int, figure: tuple[int, int], published: date | None
) -> bool:
    """Whether the since-clause that opens at `index` tells from when the figure counts."""
    words = view.words
    if _is_recent(words, index + 1, published):
        return False
    first, last = figure
    ranked = load_lexicon().context["superlatives"] & set(words[max(index - 10, low) : index])
    if index < first:
        # "the deadliest since 2014, killed 44"; "the worst since the attack that killed 132"
        return not (ranked and "," in words[index:first])
    if ranked & set(words[last:index]):
        return False
    return _is_perfect(view, first, last) or index - last <= 2


def _is_perfect(view: SentenceView, first: int, last: int) -> bool:
    """ "has killed 51 people", "51 people have been killed": what goes on to this day."""
    around = view.words[max(first - 5, 0) : last]
    return bool({"has", "have", "'ve", "’ve"} & set(around))


def _is_recent(words: list[str], index: int, published: date | None) -> bool:
    """Whether the time after "since" lies days back, or is that of the event itself."""
    recent = load_lexicon().context["recent"]
    following = words[index : index + 3]
    if not following:
        return False
    if following[0] in recent:
        return True
    if following[0] in {"the", "last", "early", "late"} and set(following[1:2]) & recent:
        return True
    return published is not None and _is_near(following, published)


def _is_near(following: list[str], published: date) -> bool:
    """ "since October 7" in a report of that fortnight."""
    text = [word.rstrip(".") for word in following]
    months = [i for i, w in enumerate(text[:2]) if len(w) > 2 and _month(w)]
    days = [int(w) for w in text if w.isdigit() and 0 < int(w) <= 31]
    if not months or not days:
        return False
    try:
        began = date(published.year, _month(text[months[0]]) or 1, days[0])
        if began > published:
            began = began.replace(year=published.year - 1)
    except ValueError:
        return False
    return (published - began).days <= CURRENT_DAYS


def _month(word: str) -> int | None:
    found = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def is_spread(words: list[str], first: int, last: int) -> bool:
    """ "In separate attacks", "in shootings across the city over the weekend": many events.

    The words stand right behind the figure, or lead up to it.
    """
    context = load_lexicon().context
    for index in range(max(first - 8, 0), min(last + 12, len(words))):
        if words[index] not in context["events"] or first <= index < last:
            continue
        low = index if index < first else last
        if not {";", "."}.isdisjoint(words[min(low, index) : max(first, index)]):
            continue
        before = words[max(index - 3, 0) : index]
        if context["apart"] & set(before):
            return True
        after = words[index + 1 : index + 7]
        if "in" in before[-2:] and context["wide"] & set(after) and index > last:
            return True
    return False


def is_compared(words: list[str], last: int) -> bool:
    """ "While 50 were killed the week before.": an earlier time, put beside this one."""
    for index in range(last, min(last + 3, len(words) - 2)):
        if words[index] == "the" and words[index + 2] in {"before", "earlier"}:
            closed = not words[index + 3 : index + 4] or not words[index + 3][0].isalpha()
            return closed and words[index + 1] in {"day", "week", "month", "year"}
    return False


def sums_conflict(words: list[str], first: int, last: int, low: int) -> bool:
    """ "The clashes have killed 207 people", "130 have died in the violence": what goes on.

    So do "hundreds have been killed in the area". Not of the last days: "have been killed
    in the fighting since Saturday".
    """
    context = load_lexicon().context
    if not {"has", "have", "'ve", "’ve"} & set(words[max(first - 5, 0) : last]):
        return False
    around = words[max(first - 8, 0) : last + 10]
    return (low >= MANY or bool(context["ongoing"] & set(around))) and context[
        "last_days"
    ].isdisjoint(words[max(first - 6, 0) : last + 14])


def sums_year(window: list[str], published: date | None, low: int) -> bool:
    """ "31 homicides in 2024" in a report of that year: the year's sum, no day's."""
    if published is None or low < 2:
        return False
    year = str(published.year)
    for index, word in enumerate(window):
        if word == year and index > 1:
            whole = window[index - 2 : index] in (["all", "of"], ["during", "all"])
            if whole or (window[index - 1] in _YEAR_SUMS and not _tells_day(window)):
                return True
    return False


def _tells_day(window: list[str]) -> bool:
    """ "Killed on March 3 in 2024", "a 2024 attack in July": a time within the year."""
    return any(len(w.rstrip(".")) > 2 and _month(w.rstrip(".")) for w in window)


def names_other_year(window: list[str], published: date | None) -> bool:
    """ "in 2014": a year that is not the report's, with no day before it."""
    for index, word in enumerate(window):
        if not _YEAR.match(word) or index == 0:
            continue
        before = window[index - 1]
        if before == "," or before.isdigit():
            # a full date is the event's own, unless it lies years back
            if published is not None and published.year - int(word) >= OLD_YEARS:
                return True
            continue
        if published is not None:
            if int(word) != published.year and before in _AFTER_IN:
                return int(word) < published.year
        elif before in {"in", "since"}:
            return True
    return False
