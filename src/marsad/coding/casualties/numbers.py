"""Numbers: read how many, with the uncertainty the words keep.

Reads   words (text, or tokens).
Writes  nothing.
Never   says what is counted: `casualties` decides that.

A floor ("at least 12") has no upper bound; a ceiling ("up to 10") has no lower
one; "about 50" keeps 50 with the qualifier that says it is not exact; "nearly 50"
lies just below. Vague
words ("dozens") are read by a named policy table in the codebook, never as a
made-up exact number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from marsad.coding.casualties.refusals import is_refused
from marsad.coding.casualties.tables import (
    DASHES,
    DEFAULT_POLICY,
    NumberTables,
    load_number_tables,
)
from marsad.errors import CountError
from marsad.records import Qualifier

# A range whose ends lie further apart than this is a telephone number or a score, not a count.
MAX_RANGE_RATIO = 25

_WORD = re.compile(r"\d[\d,]*\.\d+|\d[\d,:]*\d(?=\D|$)|\d+|[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?|\S")
_PLAIN = re.compile(r"^\d+$")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+$")
_DECIMAL = re.compile(r"^\d+\.\d{1,2}$")


@dataclass(frozen=True)
class Count:
    """How many. `low == high` with qualifier "exact" is a plain number; `high` None is open above.

    `low` is 0 under a ceiling ("up to 10"), which gives no floor.
    """

    low: int
    high: int | None
    # Equal bounds make equal counts; the qualifier says how they were put.
    qualifier: Qualifier = field(default="exact", compare=False)


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A count in running words: `[start, end)` with its hedges, `core` the first number word."""

    start: int
    end: int
    core: int
    count: Count


def vague_policies() -> tuple[str, ...]:
    """Names of the policies that `read_count` and `find_counts` know."""
    return tuple(load_number_tables().policies)


def unnumbered_plural(policy: str = DEFAULT_POLICY) -> Count:
    """What people in the plural with no number ("civilians were killed") are worth."""
    low, high = load_number_tables().policies[policy]["plural"]
    return Count(low, high, "vague")


def read_count(text_or_tokens: str | Sequence[str], policy: str = DEFAULT_POLICY) -> Count:
    """The first count in a phrase such as "at least 12 soldiers" or "between 10 and 15".

    `policy` names the table vague words are read by (see `vague_policies`).

    Raises:
        CountError: no count in the words, or only a year, age, time, measure or the like.
    """
    if isinstance(text_or_tokens, str):
        words = [match.group().lower() for match in _WORD.finditer(text_or_tokens)]
    else:
        words = [str(token).lower() for token in text_or_tokens]
    found = scan_counts(words, policy)
    if not found:
        shown = text_or_tokens if isinstance(text_or_tokens, str) else " ".join(words)
        raise CountError(
            f"{shown!r} holds no count: no number word in it, or one that is a date, age, time, "
            f"measure, share, sum of money, rank or label"
        )
    return found[0].count


def find_counts(text: Doc | Span, policy: str = DEFAULT_POLICY) -> list[FoundCount]:
    """All counts in a Doc or Span; offsets are token indices of the Doc."""
    kept = [(token.i, token.lower_) for token in text if not token.is_space]
    places = [index for index, _ in kept]
    found = scan_counts([word for _, word in kept], policy)
    return [
        FoundCount(places[f.start], places[f.end - 1] + 1, places[f.core], f.count) for f in found
    ]


def scan_counts(words: Sequence[str], policy: str = DEFAULT_POLICY) -> list[FoundCount]:
    """All counts in lower-case words without white space; offsets are indices of `words`.

    Raises:
        CountError: no policy of that name.
    """
    words = list(words)
    tables = load_number_tables()
    if policy not in tables.policies:
        raise CountError(f"no policy {policy!r} for vague numbers; known: {vague_policies()}")
    vague = tables.policies[policy]
    starters = tables.starters
    found: list[FoundCount] = []
    index = 0
    while index < len(words):
        word = words[index]
        if not word or not (word in starters or "0" <= word[0] <= "9"):
            index += 1
            continue
        core = _read_core(words, index, tables, vague)
        if core is None:
            index += 1
            continue
        count, end = core
        if is_refused(words, index, end, tables):
            index = end
            continue
        read = _hedge(words, index, end, count, tables, floor=found[-1].end if found else 0)
        joined = _join_bounds(words, found[-1], read) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(read)
        index = read.end
    return found


def _join_bounds(words: list[str], first: FoundCount, second: FoundCount) -> FoundCount | None:
    """ "at least 30 and up to 50" is one range."""
    low, high = first.count, second.count
    if low.qualifier != "at-least" or high.qualifier != "at-most" or high.high is None:
        return None
    gap = words[first.end : second.start]
    if gap not in ([], ["and"], [","], ["but"], [",", "and"], ["to"]) or high.high <= low.low:
        return None
    return FoundCount(first.start, second.end, first.core, Count(low.low, high.high, "range"))


# --- the number itself ------------------------------------------------------------------------


def _read_core(
    words: Sequence[str],
    index: int,
    tables: NumberTables,
    vague: dict[str, tuple[int, int | None]],
) -> tuple[Count, int] | None:
    """The number, range or vague word that opens at `index`, without hedges."""
    read = _read_vague(words, index, tables, vague)
    if read is not None:
        return read
    if words[index] in tables.zero:
        return _read_zero(words, index)
    first = _read_cardinal(words, index, tables)
    if first is None:
        return None
    low, end = first
    second = _read_range_end(words, index, end, tables)
    if second is not None:
        high, far = second
        is_telephone = words[end] in DASHES and len(words[index]) == 3 and high >= 1000
        if (low < high <= low * MAX_RANGE_RATIO or low == 0 < high) and not is_telephone:
            return Count(low, high, "range"), far
        if words[end] in DASHES:  # "2-1", "225-4293": a score, a telephone number
            return None
    return Count(low, low), end


def _read_zero(words: Sequence[str], index: int) -> tuple[Count, int] | None:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    if word != "no":
        return Count(0, 0, "none"), index + 1
    if following == "one":
        return Count(0, 0, "none"), index + 2
    if not following[:1].isalpha() or following in _NO_IDIOMS:
        return None
    return Count(0, 0, "none"), index + 1


_MEASURED = frozenset({"a number", "a group", "groups"})  # of people; else no count
_COUNTED = frozenset(["were", "killed", "dead", "wounded", "injured", "more", "others", "have"])
_NO_IDIOMS = frozenset(
    "longer more fewer less doubt matter way idea sooner later further need wonder and or".split()
)


def _read_vague(
    words: Sequence[str],
    index: int,
    tables: NumberTables,
    vague: dict[str, tuple[int, int | None]],
) -> tuple[Count, int] | None:
    for length in (3, 2, 1):
        phrase = " ".join(words[index : index + length])
        if phrase in vague and phrase != "plural" and index + length <= len(words):
            break
    else:
        return None
    low, high = vague[phrase]
    end = index + length
    if phrase == "many" and index and words[index - 1] in {"as", "how", "so", "too", "that"}:
        return None
    if phrase == "few" and index and words[index - 1] in {"a", "very", "the", "past", "last"}:
        return (Count(low, high, "vague"), end) if words[index - 1] == "a" else None
    end = end + 1 if words[end : end + 1] == ["of"] else end
    scale = words[end] if end < len(words) else ""
    if scale == "dozen" or scale in tables.scales:  # "several hundred", "a few dozen"
        worth = 12 if scale == "dozen" else tables.scales[scale]
        return Count(low * worth, None if high is None else high * worth, "vague"), end + 1
    if scale in vague and scale in {"thousands", "millions", "hundreds"}:  # "tens of thousands"
        worth = {"hundreds": 100, "thousands": 1000, "millions": 10**6}[scale]
        return Count(low * worth, None, "vague"), end + 1
    if phrase in {"scores", "numbers", "tens"} and words[end - 1] != "of":
        # "the scores", "by the numbers": only "scores were killed" and the like count
        following = words[end] if end < len(words) else ""
        before = words[index - 1] if index else ""
        if following not in _COUNTED and not before.endswith(("ing", "ed")):
            return None
    if phrase in _MEASURED and words[end - 1] != "of":
        return None
    return Count(low, high, "vague"), end if words[end - 1] != "of" else end - 1


def _read_cardinal(
    words: Sequence[str], index: int, tables: NumberTables
) -> tuple[int, int] | None:
    """Value and end of a whole number in digits or words."""
    word = words[index]
    if word == "half":
        skip = index + 1
        while skip < len(words) and words[skip] in {"a", "-", "of"}:
            skip += 1
        return (6, skip + 1) if words[skip : skip + 1] == ["dozen"] else None
    if word == "dozen":
        return 12, index + 1
    if word[0].isdigit():
        return _read_digits(words, index, tables)
    return _read_words(words, index, tables)


def _read_digits(words: Sequence[str], index: int, tables: NumberTables) -> tuple[int, int] | None:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    scale = 12 if following == "dozen" else tables.scales.get(following)
    if _PLAIN.match(word) or _GROUPED.match(word):
        if len(word) > 12 or (len(word) > 1 and word[0] == "0"):
            return None
        value = int(word.replace(",", ""))
        return (value * scale, index + 2) if scale else (value, index + 1)
    if _DECIMAL.match(word) and scale and scale >= 1000:
        return round(float(word) * scale), index + 2
    return None


def _read_words(words: Sequence[str], index: int, tables: NumberTables) -> tuple[int, int] | None:
    """ "twenty-three", "one hundred and four", "hundred", "two thousand five hundred"."""
    total = current = 0
    position, end, last = index, index, 10**12
    while position < len(words):
        word = words[position]
        step = position + 1
        if word in tables.units and last > 9 and (last >= 100 or tables.units[word] < 10):
            current += tables.units[word]
            last = 1
        elif word in tables.tens and last >= 100:
            current += tables.tens[word]
            last = 10
        elif word in tables.scales:
            scale = tables.scales[word]
            if scale == 100:
                current = max(current, 1) * 100
                last = 100
            else:
                total += max(current, 1) * scale
                current, last = 0, 100
        elif word == "dozen" and last == 1:
            return (total + current) * 12, step
        elif word in {"-", "‑"} and last == 10 and words[step : step + 1]:
            if words[step] not in tables.units:
                break
            position = step
            continue
        elif word == "and" and last == 100 and step < len(words):
            if words[step] not in tables.units and words[step] not in tables.tens:
                break
            # "a hundred and two soldiers" is 102, "a hundred, and two ..." is not reached
            position = step
            continue
        else:
            break
        position = end = step
    return (total + current, end) if end > index else None


def _read_range_end(
    words: Sequence[str], index: int, end: int, tables: NumberTables
) -> tuple[int, int] | None:
    """The far end of "10 to 15", "10-15", "four or five", "between 10 and 15"."""
    if end + 1 >= len(words):
        return None
    joint = words[end]
    between = index > 0 and words[index - 1] in {"between", "from"}
    joins = joint in DASHES or joint in {"to", "or"} or (between and joint == "and")
    if not joins:
        return None
    start = end + 1
    if joint in {"or", "to", "and"}:
        while start < len(words) - 1 and words[start] in {"possibly", "perhaps", "even", "maybe"}:
            start += 1
    return _read_cardinal(words, start, tables)


# --- hedges -----------------------------------------------------------------------------------


def _hedge(
    words: Sequence[str], index: int, end: int, count: Count, tables: NumberTables, floor: int
) -> FoundCount:
    """`count` with the hedges on both sides; nothing before `floor` is looked at."""
    start = index
    if start > floor and words[start - 1] == "a" and words[index] in {"dozen", *tables.scales}:
        start -= 1
    if start > floor and count.qualifier == "range" and words[start - 1] in {"between", "from"}:
        start -= 1
    hedges: list[tuple[tuple[str, ...], Qualifier]] = []
    while start > floor:
        match = _match_before(words, start, tables, floor)
        if match is None:
            break
        hedges.append(match)
        start -= len(match[0])
    for phrase, qualifier in tables.after.get(words[end] if end < len(words) else "", ()):
        if tuple(words[end : end + len(phrase)]) == phrase:
            hedges.append((phrase, qualifier))
            end += len(phrase)
            break
    if any(qualifier == "at-most" for _, qualifier in hedges):  # "up to more than 200"
        hedges = [hedge for hedge in hedges if hedge[1] != "at-least"]
    for phrase, qualifier in hedges:
        count = _bound(count, phrase, qualifier, tables)
    if count.high == 0 and count.qualifier == "exact":
        count = Count(0, 0, "none")
    return FoundCount(start, end, index, count)


def _match_before(
    words: Sequence[str], end: int, tables: NumberTables, floor: int
) -> tuple[tuple[str, ...], Qualifier] | None:
    for phrase, qualifier in tables.before.get(words[end - 1], ()):
        start = end - len(phrase)
        if start >= floor and tuple(words[start:end]) == phrase:
            return phrase, qualifier
    return None


def _bound(
    count: Count, phrase: tuple[str, ...], qualifier: Qualifier, tables: NumberTables
) -> Count:
    """`count` under one hedge. Of two, a bound counts more than "about"."""
    if qualifier == "exact" or count.qualifier in {"none", "at-least", "at-most"}:
        return count
    if qualifier == "at-least":
        if count.qualifier == "range":  # "at least 15 to 18" tells an upper end
            return count
        return Count(count.low, None, "vague" if count.qualifier == "vague" else "at-least")
    if qualifier == "at-most":
        high = count.high
        if high is not None and phrase in tables.strict:
            high = max(high - 1, 0)
        return Count(0, high, "at-most") if high is not None else count
    if count.qualifier in {"vague", "range"}:
        return count
    if phrase in tables.near:
        return Count(_round_below(count.low), count.high, "about")
    return Count(count.low, count.high, "about")


def _round_below(number: int) -> int:
    """The round number before: "nearly 6,000" lies between 5,000 and it, "nearly 90" from 80."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return max(number - step, 0)
