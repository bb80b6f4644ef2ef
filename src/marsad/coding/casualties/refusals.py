"""Refusals: numbers that count neither people nor things.

Reads   lower-case words around a number.
Writes  nothing.

Years, dates, ages, times, measures, shares, money, ranks, scores, telephone
numbers, labels ("Flight 17") and the pronoun "one".
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.coding.casualties.tables import DASHES, NumberTables

FIRST_YEAR, LAST_YEAR = 1900, 2099
FIRST_OLD_YEAR = 1000
_BEFORE_OLD_YEAR = frozenset("in till until since by circa from after before around".split())
_CALLS = frozenset(
    """call called calling calls caller callers dial dialed dialled dispatch dispatcher dispatchers
    operator operators a the to""".split()
)
_PLURALS = frozenset(
    "people men women children police troops others civilians dead wounded".split()
)

_AFTER_LIMIT = frozenset("who were was are have had in at and or to that being by".split())
_NOT_IN_ADDRESS = frozenset(
    """in on at of from near outside along and or were was are who people men women children dead
    killed wounded injured others more residents street block with by the a""".split()
)

# "this one", "a second one"
_BEFORE_PRONOUN = frozenset(
    """this that which any every each these those second third fourth fifth first other last new
    small big large similar""".split()
)


def is_refused(words: Sequence[str], index: int, end: int, tables: NumberTables) -> bool:
    """Whether words[index:end], read as a number, is no count where it stands."""
    refuse = tables.refuse
    before = words[index - 1] if index else ""
    earlier = words[index - 2] if index > 1 else ""
    after = words[end] if end < len(words) else ""
    later = words[end + 1] if end + 1 < len(words) else ""
    word = words[index]
    if before in refuse["money_before"] or after in refuse["money_after"]:
        return True
    if after in refuse["time_units"] or after in refuse["measures"]:
        # "a block of", "4 am": but "one minute" too; "second" and "story" after a number likewise
        return True
    if after in DASHES and later in (refuse["time_units"] | refuse["measures"]):
        return True  # "23-year-old", "30-km"
    if before in refuse["labels_before"]:
        return True
    if after in {"th", "st", "nd", "rd", "'s", "’s", "s", "°", "/", ":"} or before in {
        "/",
        ":",
        "#",
    }:
        return not (before == ":" and after not in {"/", ":"})
    if before in DASHES and earlier[:1].isalpha() and word[0].isdigit():
        return True  # "M-16"
    if before in DASHES and earlier[:1].isdigit():
        return True  # the tail of a telephone number
    if after in {"third", "quarter", "thirds", "quarters", "fifths", "tenth", "half"}:
        return True
    if before in refuse["age_limits"] and earlier in refuse["aged_people"]:
        return _is_age_limit(words, end)  # "children under eight who were hurt"
    if before == "than" and earlier in {"younger", "older"}:
        return True
    if before == "both" or (before == "," and after in {"all", "both"}):
        return True  # "two teens, both 18"; "and Novak, 31 all died"
    if word[0].isdigit() and _is_address(words, end, refuse["streets"]):
        return True
    if word in {"911", "999", "112"} and (before in _CALLS or after in _CALLS):
        return True  # the emergency number
    if word[0].isdigit() and end == index + 1:
        return _is_date_or_age(words, index, tables)
    return word == "one" and _is_pronoun_one(before, after)


def _is_age_limit(words: Sequence[str], end: int) -> bool:
    """ "Children under eight who", "women over 60,": no noun of its own follows."""
    after = words[end] if end < len(words) else ""
    return not after[:1].isalpha() or after in _AFTER_LIMIT


def _is_address(words: Sequence[str], end: int, streets: frozenset[str]) -> bool:
    """ "1121 W. Elm Ave.": a name and a street's kind follow, no other word between."""
    for position in range(end, min(end + 4, len(words))):
        word = words[position]
        if word in streets:
            return position > end
        if not word[:1].isalpha() or word in _NOT_IN_ADDRESS:
            return False
    return False


def _is_date_or_age(words: Sequence[str], index: int, tables: NumberTables) -> bool:
    months = tables.refuse["months"]
    word = words[index]
    before = words[index - 1] if index else ""
    earlier = words[index - 2] if index > 1 else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    value = int(word.replace(",", ""))
    if value <= 31 and (before in months or after in months) and "," not in word:
        # "In March 12 people died": "march" and "may" are also verbs; a month it stays
        return True
    if "," not in word and FIRST_YEAR <= value <= LAST_YEAR:
        if before in months or (before == "," and earlier.isdigit()):
            return True
        plural = after.isalpha() and (after.endswith("s") or after in _PLURALS)
        return not plural or before in tables.refuse["year_before"]
    if "," not in word and FIRST_OLD_YEAR <= value < FIRST_YEAR and not after.isalpha():
        return before in _BEFORE_OLD_YEAR or before in months  # "till 1291, when it was captured"
    back = index - 1
    while back >= 0 and (
        words[back] in {",", "and"} or (words[back].isdigit() and len(words[back]) < 3)
    ):
        back -= 1
    if back >= 0 and words[back] in {"aged", "ages", "age"}:  # "aged 25, 32 and 51"
        return True
    # "Smith, 34, was": an age stands between commas after a name. "(34)" likewise.
    closed = after in {",", "", ".", ")", ";", "—", "–"}
    if before == "," and after == "," and 0 < value <= 110:
        return True
    if before == "(" and closed:
        return True
    if before == "also" and earlier == ",":  # "Fox, also 18"
        return True
    later = words[index + 2] if index + 2 < len(words) else ""
    if later in {"them", "whom", "these", "those", "which"}:
        return False  # "20 were killed, 19 of them women"
    return value <= 110 and before == "," and after == "of" and earlier.isalpha()


def _is_pronoun_one(before: str, after: str) -> bool:
    return (
        after in {"another", "'s", "’s", "day"}
        or (before in _BEFORE_PRONOUN and after != "of")  # "said that one of these was"
        or (before == "the" and after in {"who", "that"})
    )
