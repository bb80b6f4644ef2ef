"""Likeness: do two tellings speak of one incident? Small functions, one visible table.

Reads   two tellings and the codebook's `likeness_weights.toml`.
Writes  nothing; returns the parts of their likeness and the sum.

Each comparison names a level of likeness; the table says what it weighs. The sum
decides, and the words of the parts say why to a reviewer.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rapidfuzz.fuzz import ratio

from marsad.geodesy import great_circle_km
from marsad.incidents.compare import UNCERTAINTY_KM
from marsad.incidents.linking.copies import are_copies
from marsad.incidents.linking.tellings import OUTCOMES, Telling
from marsad.records import Place, When

_SHOWN_TERMS = 5
# "Erica" and "Erika Robinson", of 100; brothers differ in more.
_SAME_NAME = 90
_WIDE = frozenset({"province", "country"})


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


@dataclass(frozen=True)
class Weights:
    """The table: levels by comparison, the curve of wording, and the thresholds.

    Clusters are joined at `together`, a person is asked from `perhaps`; pairs that share
    no block or stay below `perhaps` count `unlinked`.
    """

    together: float
    perhaps: float
    unlinked: float
    recurring: frozenset[str]
    wording: tuple[tuple[float, float], ...]
    levels: Mapping[str, Mapping[str, float]]


@cache
def load_weights() -> Weights:
    """The weight table of the codebook."""
    text = files("marsad.codebook").joinpath("data/likeness_weights.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Weights(
        together=table.pop("together"),
        perhaps=table.pop("perhaps"),
        unlinked=table.pop("unlinked"),
        recurring=frozenset(table.pop("recurring")),
        wording=tuple((x, y) for x, y in table.pop("wording")),
        levels=table,
    )


def compare_tellings(a: Telling, b: Telling) -> Likeness:
    """Compare two tellings; the order of the two does not matter."""
    if b.id < a.id:
        a, b = b, a
    weights = load_weights()
    found = (
        ("kind", *compare_kinds(a, b)),
        ("place", *compare_places(a.place, b.place)),
        ("date", *compare_dates(a.when, b.when)),
        ("published", *compare_published(a.published, b.published)),
        ("figures", *compare_figures(a, b)),
        ("doers", *compare_doers(a, b)),
        ("persons", *compare_persons(a, b)),
        ("copy", *compare_copies(a, b)),
    )
    parts = [Part(what, lv, weights.levels[what][lv], why) for what, lv, why in found]
    parts.append(_compare_wording(a, b, weights))
    parts.append(_compare_custom(a, b, weights))
    return Likeness(sum(p.weight for p in parts), tuple(parts))


def compare_kinds(a: Telling, b: Telling) -> tuple[str, str]:
    """Families of kinds: the same, one perhaps part of the other, or apart."""
    if a.family == b.family:
        return "same", ""
    pair = {a.family, b.family}
    if a.background or b.background:
        return "may-be", ""
    if pair <= {"violence", "protest"} or pair <= {"violence", "abduction", "arrest"}:
        return "may-be", ""
    first, second = sorted(pair)
    return "apart", f"one tells of {first}, the other of {second}"


def compare_places(a: Place | None, b: Place | None) -> tuple[str, str]:
    """The same, near, one perhaps within the other, unknown, or far."""
    if a is None or b is None:
        return "unknown", ""
    if (a.geonameid is not None and a.geonameid == b.geonameid) or a.name == b.name:
        return f"same-{a.precision}", f"both at {a.name}"
    names = " and ".join(sorted((a.name, b.name)))
    if a.country and b.country and a.country != b.country:
        return "far", f"{names} lie in two countries"
    if "country" in (a.precision, b.precision):
        return "unknown", ""
    if _WIDE & {a.precision, b.precision}:
        if a.admin1 is not None and a.admin1 == b.admin1:
            return "within", f"{names} both lie in {a.admin1}"
        return "far", f"{names} lie apart"
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return "unknown", ""
    km = great_circle_km(
        (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    )
    told = f"{names} are {km:.0f} km apart"
    reach = UNCERTAINTY_KM[a.precision] + UNCERTAINTY_KM[b.precision]
    if km <= reach:
        both_towns = a.precision == b.precision == "town" and a.geonameid and b.geonameid
        return ("neighbours" if both_towns else "near"), told
    return ("unknown", "") if km <= 5 * reach else ("far", told)


def compare_dates(a: When | None, b: When | None) -> tuple[str, str]:
    """The same day, overlapping, or how far apart."""
    if a is None or b is None:
        return "unknown", ""
    if a.start == a.end == b.start == b.end:
        return "same-day", f"both on {a.start:%-d %B %Y}"
    if a.start <= b.end and b.start <= a.end:
        return "overlap", "the dates overlap"
    days = max((a.start - b.end).days, (b.start - a.end).days)
    return _gap(days), f"the events are {days} day{'s' if days > 1 else ''} apart"


def compare_published(a: date | None, b: date | None) -> tuple[str, str]:
    """How far apart the two were published."""
    if a is None or b is None:
        return "unknown", ""
    days = abs((a - b).days)
    return _gap(max(1, days)), f"published {days} days apart" if days > 1 else ""


def _gap(days: int) -> str:
    bounds = ((1, "next-day"), (7, "within-week"), (60, "within-two-months"))
    return next((name for most, name in bounds if days <= most), "far")


def compare_figures(a: Telling, b: Telling) -> tuple[str, str]:
    """The killed decide, else the injured: equal, growing with time, or different."""
    for outcome in OUTCOMES:
        if outcome not in a.counts or outcome not in b.counts:
            continue
        first, second = a.counts[outcome][1], b.counts[outcome][1]
        if min(first, second) == 0:
            continue
        if first == second:
            level = "equal-many" if first > 3 else "equal" if first > 1 else "equal-one"
            return level, f"both count {first} {outcome}"
        fewer, more = sorted((first, second))
        told = f"they count {fewer} and {more} {outcome}"
        if more > 3 * fewer + 2:
            return "far", told
        return ("growing" if _grows(a, b, first, second) else "differ"), told
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
    shared |= {x for x in a.persons for y in b.persons if _spelt_alike(x, y)}
    if shared:
        names = ", ".join(name.title() for name in sorted(shared)[:3])
        return ("several" if len(shared) > 1 else "one"), f"both name {names}"
    if not a.persons or not b.persons:
        return "unknown", ""
    if {x.split()[-1] for x in a.persons} & {x.split()[-1] for x in b.persons}:
        return "family", "people of one family name are named"
    return "others", "other people are named"


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


def _compare_wording(a: Telling, b: Telling, weights: Weights) -> Part:
    """The cosine of the weighted terms, through the table's curve."""
    few, many = (a.terms, b.terms) if len(a.terms) <= len(b.terms) else (b.terms, a.terms)
    shared = sorted(few.keys() & many.keys())
    dot = sum(few[t] ** 2 for t in shared)
    cosine = dot / (a.norm * b.norm) if a.norm and b.norm else 0.0
    telling = sorted(shared, key=lambda t: (-few[t], t))[:_SHOWN_TERMS]
    weight = _on_curve(cosine, weights.wording)
    reason = f"in common: {_list(telling)}" if weight > 0 else "few words in common"
    return Part("wording", f"{cosine:.2f}", weight, reason)


def _list(terms: Iterable[str]) -> str:
    return ", ".join(term.title() for term in terms)


def _on_curve(x: float, curve: tuple[tuple[float, float], ...]) -> float:
    right = min(bisect_right([point[0] for point in curve], x), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[right - 1], curve[right]
    return y0 + (y1 - y0) * min(1.0, (x - x0) / (x1 - x0))


def _compare_custom(a: Telling, b: Telling, weights: Weights) -> Part:
    """What comes many times a day at one place says less by its day and place."""
    if a.event_type in weights.recurring and b.event_type in weights.recurring:
        return Part("custom", "recurring", weights.levels["custom"]["recurring"], "")
    return Part("custom", "single", 0.0, "")
