"""Likeness: do two tellings speak of one incident? Small functions, one visible table.

Reads   two tellings and the codebook's `likeness_weights.toml`.
Writes  nothing; returns the parts of their likeness and the sum.

Each comparison names a level of likeness; the table says what it weighs. The sum
decides, and the words of the parts say why to a reviewer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from marsad.incidents.compare import GENERIC
from marsad.incidents.linking.copies import are_copies
from marsad.incidents.linking.spacetime import compare_dates, compare_places, compare_published
from marsad.incidents.linking.tellings import FEW, OUTCOMES, Telling
from marsad.incidents.linking.weights import Weights, load_weights

__all__ = ["Likeness", "Part", "Weights", "compare_tellings", "load_weights"]

_SHOWN_TERMS = 5
_MANY = 10  # people; two incidents of a day seldom have the same number of so many
# Families of kinds of which one may be told as part of another.
_MAY_BE_PART = frozenset({"violence", "protest", "abduction", "arrest"})
_PEACEFUL = frozenset({"peaceful-protest", "non-cooperation"})
# Added to the product of two lengths of terms: the cosine of texts of few words says little.
_FEW_WORDS = 2.0
# The length of terms from which having none in common speaks in full: four unknown names.
_TELLING_LENGTH = 2.0
# "Erica" and "Erika Robinson", of 100; brothers differ in more.
_SAME_NAME = 90


@dataclass(frozen=True)
class Part:
    """One comparison: what was compared, which level was found, what it weighs, and why.

    An empty reason is nothing worth telling.
    """

    about: str
    level: str
    weight: float
    reason: str


@dataclass(frozen=True)
class Likeness:
    """All comparisons of two tellings, and their sum in log odds."""

    total: float
    parts: tuple[Part, ...]

    def explain(self) -> str:
        """What speaks for one incident, then what speaks against, as one sentence."""
        told = sorted((p for p in self.parts if p.reason), key=lambda p: -abs(p.weight))
        pro = [p.reason for p in told if p.weight > 0]
        contra = [p.reason for p in told if p.weight < 0]
        words = "; ".join(pro) or "Nothing speaks for one incident"
        if contra:
            words += "; but " + "; ".join(contra)
        return words[0].upper() + words[1:]


def compare_tellings(a: Telling, b: Telling) -> Likeness:
    """Compare two tellings; the order of the two does not matter."""
    if b.id < a.id:
        a, b = b, a
    weights = load_weights()
    found = (
        ("kind", *compare_kinds(a, b)),
        ("place", *compare_places(a.place, b.place)),
        ("date", *compare_dates(a.when, b.when)),
        ("published", *_compare_published(a, b)),
        ("figures", *compare_figures(a, b)),
        ("doers", *compare_doers(a, b)),
        ("persons", *compare_persons(a, b)),
        ("settings", *compare_settings(a, b)),
        ("copy", *compare_copies(a, b)),
        ("chance", "any", ""),
    )
    in_war = _tell_of_war(a, b)
    levels = weights.levels_in_war if in_war else weights.levels
    parts = [Part(what, lv, levels[what][lv], why) for what, lv, why in found]
    parts.append(_compare_wording(a, b, weights, with_places=not in_war))
    return Likeness(sum(p.weight for p in parts), tuple(parts))


def _compare_published(a: Telling, b: Telling) -> tuple[str, str]:
    """How far apart they were published, where they do not name one day themselves."""
    level, why = compare_published(a.published, b.published)
    if level != "next-day" and compare_dates(a.when, b.when)[0] == "same-day":
        return "unknown", ""
    return level, why


def compare_kinds(a: Telling, b: Telling) -> tuple[str, str]:
    """The same kind, one that says little beside a precise one, two precise ones, or apart."""
    if a.event_type == b.event_type:
        return "same", ""
    kinds = " and ".join(sorted((a.event_type, b.event_type)))
    if a.family == b.family:
        if a.event_type in GENERIC or b.event_type in GENERIC or a.family != "violence":
            return "generic", ""
        return "other", f"told as {kinds}"
    peaceful = {a.event_type, b.event_type} & _PEACEFUL
    if a.background or b.background or ({a.family, b.family} <= _MAY_BE_PART and not peaceful):
        return "part", f"told as {kinds}"
    return "apart", f"{kinds} are two things"


def compare_figures(a: Telling, b: Telling) -> tuple[str, str]:
    """Numbers in common; else the killed decide, or the injured: growing with time, or different.

    Reports add up sides and dead differently, so every number told is looked at and not
    only the sums. The same sum of killed and injured is as good: wounded die.
    """
    shared = sorted(a.numbers & b.numbers, key=lambda n: (-int(n.split()[0]), n))
    if shared:
        outcomes = {number.split()[1] for number in shared}
        is_rare = len(outcomes) > 1 or int(shared[0].split()[0]) >= _MANY
        told = f"both count {' and '.join(shared[:3])}"
        return ("several" if is_rare else "equal-many"), told
    hurt = [sum(t.counts.get(outcome, (0, 0))[1] for outcome in OUTCOMES) for t in (a, b)]
    if hurt[0] == hurt[1] > FEW:
        return "equal-many", f"both count {hurt[0]} killed or injured"
    for outcome in OUTCOMES:
        if outcome not in a.counts or outcome not in b.counts:
            continue
        first, second = a.counts[outcome][1], b.counts[outcome][1]
        if min(first, second) == 0:
            continue
        if first == second:
            level = "equal-many" if first > FEW else "equal" if first > 1 else "equal-one"
            return level, f"both count {first} {outcome}"
        fewer, more = sorted((first, second))
        told = f"they count {fewer} and {more} {outcome}"
        if more > 3 * fewer + 2:
            return "far", told
        if not _grows(a, b, first, second):
            return "differ", told
        higher = a if first > second else b
        return (
            ("risen", f"a toll of {fewer} has risen to {more}")
            if higher.is_running
            else ("growing", told)
        )
    return "unknown", ""


def _grows(a: Telling, b: Telling, first: int, second: int) -> bool:
    """Whether the one published later counts more; tolls rise."""
    if a.published is None or b.published is None or a.published == b.published:
        return True
    return (second > first) == (b.published > a.published)


def compare_doers(a: Telling, b: Telling) -> tuple[str, str]:
    """Whether listed doers are the same, differ, or are not known."""
    if not a.actors or not b.actors:
        return "unknown", ""
    if a.actors & b.actors:
        return "same", "the same doer is named"
    return "differ", "other doers are named"


def compare_persons(a: Telling, b: Telling) -> tuple[str, str]:
    """Names of people hit or charged in common, or names on both sides and none in common.

    A name of one such person may stand in the other telling in any role, and be spelt a
    little differently.
    """
    shared = a.persons & (b.persons | b.names) | b.persons & a.names
    for name in a.persons - shared:
        near = (other for word in name.split() for other in b.persons_by_word.get(word, ()))
        if any(_spelt_alike(name, other) for other in near):
            shared |= {name}
    if shared:
        names = ", ".join(name.title() for name in sorted(shared)[:3])
        return ("several" if len(shared) > 1 else "one"), f"both name {names}"
    if not a.persons or not b.persons:
        return "unknown", ""
    if {x.split()[-1] for x in a.persons} & {x.split()[-1] for x in b.persons}:
        return "family", "people of one family name are named"
    return "others", "other people are named"


def compare_settings(a: Telling, b: Telling) -> tuple[str, str]:
    """What was hit and by what means: the same, one of several the same, or other things."""
    if not a.settings or not b.settings:
        return "unknown", ""
    shared = sorted(a.settings & b.settings)
    if not shared:
        mine, others = (" and ".join(sorted(t.settings)[:2]) for t in (a, b))
        return "others", f"one tells of {mine}, the other of {others}"
    return ("several" if len(shared) > 1 else "one"), f"both tell of {' and '.join(shared[:3])}"


def _spelt_alike(a: str, b: str) -> bool:
    """Whether two full names share one word and differ in few letters of the other."""
    (first, last), (other_first, other_last) = a.split(), b.split()
    if a == b or (first != other_first and last != other_last):
        return False
    return ratio(a, b) >= _SAME_NAME


def compare_copies(a: Telling, b: Telling) -> tuple[str, str]:
    """Whether the reports are copies, and then whether they tell this in the same sentences."""
    if not are_copies(a.copy, b.copy):
        return "no", ""
    if a.sentences & b.sentences:
        return "same-sentences", "one report repeats the other's text"
    if not (a.sentences and b.sentences):
        return "no", ""
    return "other-sentences", "the reports share their text, and tell this in other sentences"


def _compare_wording(a: Telling, b: Telling, weights: Weights, *, with_places: bool) -> Part:
    """The cosine of the weighted terms, through the table's curve.

    In war the words for places are left out: a town has dozens of incidents a day, and
    two spellings of it are one town.
    """
    if with_places:
        few, many, norms = a.terms, b.terms, (a.norm, b.norm)
    else:
        few, many = a.terms_but_places, b.terms_but_places
        norms = a.norm_but_places, b.norm_but_places
    shorter, longer = sorted(norms)
    if len(few) > len(many):
        few, many = many, few
    shared = sorted(few.keys() & many.keys())
    dot = sum(few[t] ** 2 for t in shared)
    cosine = dot / (shorter * longer + _FEW_WORDS)
    telling = sorted(shared, key=lambda t: (-few[t], t))[:_SHOWN_TERMS]
    weight = _on_curve(cosine, weights.wording)
    if weight < 0 and not with_places:  # texts of few words need not have any in common
        weight *= min(1.0, shorter / _TELLING_LENGTH)
    reason = f"in common: {_list(telling)}" if weight > 0 else "few words in common"
    return Part("wording", f"{cosine:.2f}", weight, reason)


def _list(terms: Iterable[str]) -> str:
    return ", ".join(term.title() for term in terms)


def _on_curve(x: float, curve: tuple[tuple[float, float], ...]) -> float:
    right = min(bisect_right([point[0] for point in curve], x), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[right - 1], curve[right]
    return y0 + (y1 - y0) * min(1.0, (x - x0) / (x1 - x0))


def _tell_of_war(a: Telling, b: Telling) -> bool:
    """Whether the two tell of what war brings many times a day to one place.

    Both do by their kinds, or one of them does and an army or armed group that the codebook
    lists did it, or both tell of kinds that recur where such a party did it.
    """
    weights = load_weights()
    kinds = {a.event_type, b.event_type}
    if kinds <= weights.recurring:
        return True
    if kinds & weights.recurring:
        return bool(a.actors or b.actors)
    return kinds <= weights.recurring_by_listed and bool(a.actors and b.actors)
