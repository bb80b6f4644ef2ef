"""Context: whether an outcome word says that something happened, now, to people.

Reads   the words of a sentence around an outcome word.
Writes  nothing.

Three readings: dropped (could have killed, threatened to kill, was not hurt),
background (a court matter, a total over months, another year), or a figure.
"""

from __future__ import annotations

from datetime import date

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.periods import (
    is_compared,
    is_spread,
    is_total,
    names_other_year,
    sums_year,
)
from marsad.coding.casualties.view import Group, Link, SentenceView

# Nobody dies by the ten thousand, or flees by the million, in one reported incident:
# such sums span a war.
WAR_TOTAL = 10_000
FLIGHT_TOTAL = 1_000_000
_HELD = frozenset({"arrested", "detained", "held", "jailed", "wanted", "responsible"})
_RELATIVES = frozenset({"which", "who", "whose"})
_CLAUSE_ENDS = frozenset({";", ":", "but", "while"})


def is_hypothetical(view: SentenceView, link: Link) -> bool:
    """Whether the word is under a modal, a threat, a plan, a condition or a negation."""
    context = load_lexicon().context
    words = view.words
    start = max(link.index - 6, 0)
    before = words[start : link.index]
    if link.shape in {"toll", "count", "body"} and link.groups and link.groups[0].low == 0:
        return False
    verbal = link.shape not in {"toll", "count", "body"}
    if verbal and link.groups and link.groups[0].low == 0:
        return False
    if not verbal:
        return bool(set(before[-3:]) & context["attempts"])
    for back in range(len(before) - 1, -1, -1):
        word = before[back]
        if word in _CLAUSE_ENDS or word == ",":
            break
        if word in context["negations"] and back >= len(before) - 4:
            return not {"only", "just"} & set(before[back:])
        if word in context["modals"] and not (
            word in {"will", "may", "march"} and view.texts[start + back][0].isupper()
        ):
            if word in context["possible"] and "have" in before[back:]:
                return False
            return back >= len(before) - 5
        if word == "from" and context["prevents"] & set(before[max(back - 4, 0) : back]):
            return True  # "to prevent judges from being murdered"
        if word in {"almost", "nearly"} and back == len(before) - 1:
            return True
        if word in {"if", "whether", "unless"}:
            return True
        if word == "to" and link.shape == "base" and back == len(before) - 1:
            verb = words[start + back - 1] if start + back else ""
            return verb not in context["achieved"]
        if word in context["intents"] and link.shape in {"base", "ing"} and back >= len(before) - 3:
            return True
        if word in context["attempts"] and back >= len(before) - 2:
            return True
    return link.shape == "base" and view.tags[link.index] == "VB" and _has_intent(before, context)


def _has_intent(before: list[str], context: dict[str, frozenset[str]]) -> bool:
    return bool(set(before[-4:]) & (context["intents"] | context["modals"]))


def charge_word(view: SentenceView, link: Link) -> str | None:
    """The word that makes this what somebody stands trial or is held for; None if it is not."""
    charges = load_lexicon().context["charges"]
    words = view.words
    for back in range(link.index - 1, max(link.index - 12, -1), -1):
        word = words[back]
        if word in charges:
            between = words[back : link.index]
            charged = (
                bool({"with", "of", "for", "in", "to", "over"} & set(between))
                and link.shape in {"ing", "base", "count", "ed", "wound"}
                and not _new_clause(between)
            )
            return word if charged else None
        if word in _CLAUSE_ENDS:
            return None
        if word == "connection" and "in" in words[max(back - 1, 0) : back]:
            # "in connection with a shooting that killed one" tells of the shooting itself
            return None if {"that", "which"} & set(words[back : link.index]) else word
        if word == "for" and view.word(back - 1) in _HELD:
            return view.word(back - 1) if link.shape in {"ing", "base", "count"} else None
    return None


def is_answered(view: SentenceView, link: Link) -> bool:
    """ "In retaliation for the killing of a chief", "to avenge two dead": an older harm."""
    words = view.words
    for back in range(link.index - 1, max(link.index - 10, -1), -1):
        if words[back] in load_lexicon().context["answers"]:
            between = words[back + 1 : link.index]
            verbs = words[back].startswith("aveng")
            return (verbs or between[:1] in (["for"], ["after"], ["over"])) and "," not in between
        if words[back] in _CLAUSE_ENDS:
            return False
    return False


def _new_clause(between: list[str]) -> bool:
    return bool({"who", "that", "was", "were", "after", "when"} & set(between))


def is_background(view: SentenceView, link: Link, group: Group, published: date | None) -> bool:
    """Whether a figure sums up months, belongs to another year, or is a court matter."""
    if charge_word(view, link) is not None or is_answered(view, link):
        return True
    return is_sum(view, link, group, published)


def is_fresh_charge(view: SentenceView, link: Link, group: Group, published: date | None) -> bool:
    """Whether only an arrest or a first charge makes it background, and the deed is days old.

    A day must be told behind it: "arrested for killing a man on Sunday".
    """
    context = load_lexicon().context
    days = context["last_days"] & set(view.words[link.index :])
    fresh = bool(days) and charge_word(view, link) in context["fresh_charges"]
    return fresh and not is_answered(view, link) and not is_sum(view, link, group, published)


def is_sum(view: SentenceView, link: Link, group: Group, published: date | None) -> bool:
    """Whether a figure sums up months or several events, or belongs to another year."""
    if link.outcome in {"killed", "injured"} and (group.low or 0) >= WAR_TOTAL:
        return True
    if link.outcome == "displaced" and (group.low or 0) >= FLIGHT_TOTAL:
        return True
    words = view.words
    first = min(group.start, link.index)
    last = max(group.end, group.tail, link.end)
    if (
        words[0] == "since"
        and first < view.size
        and is_total(view, (0, 1), (first, last), published)
    ):
        return True
    if (group.low or 0) > 1 and (is_spread(words, first, last) or is_compared(words, last)):
        return True
    window = _within_clause(words, max(first - 14, 0), first, min(last + 14, view.size), link.end)
    window = (_past_aside(words, window[0], first), window[1])
    if is_total(view, window, (first, last), published):
        return True
    low, high = _without_ranked_since(words, *window)
    if sums_year(words[low:high], published, group.low or 0):
        return True
    return names_other_year(words[low:high], published)


def _past_aside(words: list[str], low: int, first: int) -> int:
    """Start of the window behind "the group, which has killed 35 since 2019, attacked ..."."""
    for index in range(first - 1, low - 1, -1):
        if words[index] == "since" and _RELATIVES & set(words[max(index - 14, 0) : index]):
            commas = [i for i in range(index + 1, first) if words[i] == ","]
            return commas[0] + 1 if commas else low
    return low


def _without_ranked_since(words: list[str], low: int, high: int) -> tuple[int, int]:
    """The window up to "the deadliest since ...": the year of another event is not this one's."""
    superlatives = load_lexicon().context["superlatives"]
    for index in range(low, high):
        if words[index] == "since" and superlatives & set(words[max(index - 10, low) : index]):
            return low, index
    return low, high


def _within_clause(words: list[str], low: int, first: int, high: int, end: int) -> tuple[int, int]:
    for position in range(first - 1, low - 1, -1):
        if words[position] in _CLAUSE_ENDS:
            low = position + 1
            break
    for position in range(end, high):
        if words[position] in _CLAUSE_ENDS:
            high = position
            break
    return low, high
