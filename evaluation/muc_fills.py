"""Fills of MUC-4 templates: reading the gold, comparing fill with fill, aligning templates."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from evaluation.base import Row
from evaluation.geography import gazetteer
from evaluation.metrics import Counts, match_best
from marsad.codebook.actors import load_nations

SLOTS = (
    "type",
    "date",
    "location",
    "victims' number",
    "effect on victims",
    "perpetrator organisation",
)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})")
# How far before a day "on or before" still counts as agreeing with a known day.
OPEN_DAYS = 14
ALIKE = 85  # rapidfuzz, of 100: two spellings of one name


@dataclass(frozen=True)
class Number:
    """How many people: `high` None is open above, `low` None is just "several"."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True)
class Template:
    """One incident in MUC's slots. Each tuple of a gold slot holds alternatives of one fill.

    A found organisation is a tuple too: its name, the words read, its listed aliases.
    """

    types: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    open_before: bool = False
    place: tuple[str, ...] = ()  # finest first
    country: str = ""
    numbers: tuple[Any, ...] = ()
    effects: tuple[Any, ...] = ()
    organisations: tuple[Any, ...] = ()
    optional: bool = False
    optional_organisations: int = 0
    evidence: str = field(default="", compare=False)

    def __str__(self) -> str:
        def show(fills: Iterable[Any]) -> str:
            return " + ".join(
                "/".join(map(str, f)) if isinstance(f, tuple) else str(f) for f in fills
            )

        days = f"{'-' if self.open_before else ''}{self.first}" + (
            f"..{self.last}" if self.last != self.first else ""
        )
        where = " < ".join((*self.place, self.country))
        return (
            f"{'(optional) ' if self.optional else ''}{'/'.join(self.types)}, {days}, {where}; "
            f"people {show(self.numbers) or '-'}; {show(self.effects) or '-'}; "
            f"by {show(self.organisations) or '-'}"
        )


def read_gold(row: Row) -> list[Template]:
    """The gold templates of a row. Raises KeyError where it has none of their slots."""
    return [_read_template(t) for t in row["gold"]["templates"]]


def _fills(template: Row, slot: str) -> list[tuple[str, ...]]:
    """Each fill's alternatives; optional fills left out."""
    return [
        tuple(a.replace('\\"', '"').strip('" ') for a in fill["alts"])
        for fill in template.get(slot) or []
        if not fill["optional"]
    ]


def _read_template(template: Row) -> Template:
    types = _fills(template, "type")
    first, last, is_open = _read_days(_fills(template, "date"))
    country, place = _read_location(_fills(template, "location"))
    optional = sum(bool(f["optional"]) for f in template.get("perp_org") or [])
    return Template(
        types=types[0] if types else (),
        first=first,
        last=last,
        open_before=is_open,
        place=place,
        country=country,
        numbers=tuple(tuple(map(_read_number, f)) for f in _fills(template, "hum_number")),
        effects=tuple(_fills(template, "hum_effect")),
        organisations=tuple(_fills(template, "perp_org")),
        optional=bool(template["template_optional"]),
        optional_organisations=optional,
    )


def _read_days(fills: list[tuple[str, ...]]) -> tuple[date | None, date | None, bool]:
    if not fills:
        return None, None, False
    text = fills[0][0].strip("() ")
    days = [
        _day_of(1900 + int(year), _MONTHS.index(month) + 1, int(day))
        for day, month, year in _DAY.findall(text)
        if month in _MONTHS
    ]
    if not days:
        return None, None, False
    return days[0], days[-1], text.startswith("-")


def _day_of(year: int, month: int, day: int) -> date:
    """The day; the month's last where the annotators wrote one that no month has."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _read_location(fills: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """The country, then the names below it, finest first."""
    if not fills:
        return "", ()
    levels = [re.sub(r"\s*\(.*", "", part).strip() for part in fills[0][0].split(":")]
    return levels[0], tuple(reversed([level for level in levels[1:] if level]))


def _read_number(text: str) -> Number:
    digits = [int(d) for d in re.findall(r"\d+", text.replace(",", ""))]
    if not digits:
        return Number(None, None)  # PLURAL
    if text.startswith("-"):
        return Number(0, digits[0])
    if text.endswith("-"):
        return Number(digits[0], None)
    return Number(digits[0], digits[-1])


@cache
def country_name(iso3: str) -> str:
    """A country's English name in capitals; the code where it is unknown."""
    return gazetteer().country_names.get(iso3, iso3).upper()


def _agree_type(gold: Template, found: Template) -> Counts:
    right = bool(set(gold.types) & set(found.types))
    return Counts(float(right), 1.0 - right, 1.0 - right)


def _agree_date(gold: Template, found: Template) -> Counts:
    """1 for the same days, a half where they overlap or one is "on or before" the other."""
    if gold.first is None or gold.last is None:
        return Counts(fp=float(found.first is not None))
    if found.first is None or found.last is None:
        return Counts(fn=1.0)
    if gold.open_before:
        same = found.open_before and found.last == gold.last
        near = gold.last - timedelta(OPEN_DAYS) <= found.last <= gold.last
    else:
        same = not found.open_before and gold.first <= found.first <= found.last <= gold.last
        near = found.first <= gold.last and gold.first <= found.last
        if found.open_before:
            near = gold.last <= found.last <= gold.last + timedelta(OPEN_DAYS)
    return _credit(1.0 if same else 0.5 if near else 0.0)


def _credit(value: float) -> Counts:
    return Counts(value, 1.0 - value, 1.0 - value)


def _agree_location(gold: Template, found: Template) -> Counts:
    """1 for the finest gold name, a half for a wider one or a finer one than the gold's."""
    if not gold.country and not gold.place:
        return Counts(fp=float(bool(found.place)))
    if not found.place and not found.country:
        return Counts(fn=1.0)
    names = [*found.place, found.country]
    finest = gold.place[0] if gold.place else gold.country
    best = found.place[0] if found.place else found.country
    if _alike(best, finest):
        return _credit(1.0)
    wider = (*gold.place[1:], gold.country)
    shared = any(_alike(a, b) for a in names if a for b in (finest, *wider) if b)
    return _credit(0.5 if shared else 0.0)


def _alike(a: str, b: str) -> bool:
    return bool(a and b) and fuzz.token_set_ratio(_plain(a), _plain(b)) >= ALIKE


@cache
def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    words = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(
        r"\b(?:the|of|de|la|el|department|province|city|town)\b|[^\w ]", " ", words
    ).strip()


def _agree_numbers(gold: Template, found: Template) -> Counts:
    def credit(alternatives: tuple[Number, ...], number: Number) -> float:
        return max((_number_credit(one, number) for one in alternatives), default=0.0)

    return _pair(gold.numbers, found.numbers, credit)


def _number_credit(gold: Number, found: Number) -> float:
    """PLURAL is met by any number but one; a range by what lies in it."""
    if gold.low is None:
        return 1.0 if found.low is None or found.high is None or found.high > 1 else 0.0
    if found.low is None:
        return 0.0
    if gold.low <= found.low and (gold.high is None or found.low <= gold.high):
        return 1.0
    return 0.5 if found.low <= gold.low and (found.high is None or gold.low <= found.high) else 0.0


def _agree_effects(gold: Template, found: Template) -> Counts:
    return _pair(gold.effects, found.effects, lambda g, f: float(f in g))


def _agree_organisations(gold: Template, found: Template) -> Counts:
    def credit(alternatives: tuple[str, ...], names: tuple[str, ...]) -> float:
        return float(any(same_organisation(one, name) for one in alternatives for name in names))

    counts = _pair(gold.organisations, found.organisations, credit)
    return Counts(counts.tp, max(0.0, counts.fp - gold.optional_organisations), counts.fn)


def same_organisation(gold: str, found: str) -> bool:
    """Whether two spellings name one organisation; an acronym may stand for its words.

    A word for a body alone ("the army") is that body of any state, but not every name
    it stands in ("Army of National Liberation").
    """
    if _alike(gold, found):
        few, many = sorted((set(_plain(gold).split()), set(_plain(found).split())), key=len)
        return len(few) > 1 or few <= {"government"} or many - few <= _state_words()
    letters = "".join(w[0] for w in _plain(found).split()).upper()
    return len(gold) > 2 and gold.isupper() and " " not in gold and letters == gold


@cache
def _state_words() -> frozenset[str]:
    """Words of nations' names and adjectives."""
    words = {w for n in load_nations() for name in (*n.names, *n.adjectives) for w in name.split()}
    return frozenset(_plain(word) for word in words)


def _pair(gold: Sequence[Any], found: Sequence[Any], credit: Callable[[Any, Any], float]) -> Counts:
    pairs = match_best(list(gold), list(found), credit)
    value = sum(credit(gold[i], found[j]) for i, j in pairs)
    return Counts(value, len(found) - value, len(gold) - value)


_AGREE: dict[str, Callable[[Template, Template], Counts]] = {
    "type": _agree_type,
    "date": _agree_date,
    "location": _agree_location,
    "victims' number": _agree_numbers,
    "effect on victims": _agree_effects,
    "perpetrator organisation": _agree_organisations,
}
_NOTHING = Template()


@dataclass(frozen=True)
class Scored:
    """Slot counts of one report: aligned and missing templates, and spurious ones apart."""

    matched: dict[str, Counts]
    spurious: dict[str, Counts]
    templates: Counts


def score_slots(gold: Sequence[Template], found: Sequence[Template]) -> Scored:
    """Align templates for the most agreement, then count every slot.

    Templates may be aligned when they agree in something besides the type and
    country, or in the type and the country.
    """
    pairs = _align(gold, found)
    matched = dict.fromkeys(SLOTS, Counts())
    spurious = dict.fromkeys(SLOTS, Counts())
    for slot in SLOTS:
        for i, j in pairs:
            matched[slot] += _AGREE[slot](gold[i], found[j])
        for i, template in enumerate(gold):
            if i not in {i for i, _ in pairs} and not template.optional:
                matched[slot] += _missing(slot, template)
        for j, template in enumerate(found):
            if j not in {j for _, j in pairs}:
                spurious[slot] += _extra(slot, template)
    good = sum(_agree_type(gold[i], found[j]).tp for i, j in pairs)
    missed = sum(not t.optional for i, t in enumerate(gold) if i not in {i for i, _ in pairs})
    templates = Counts(good, len(found) - good, missed + len(pairs) - good)
    return Scored(matched, spurious, templates)


def _align(gold: Sequence[Template], found: Sequence[Template]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    if not gold or not found:
        return []
    gains = [[_likeness(g, f) for f in found] for g in gold]
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gains[i][j] > 0]


def _likeness(gold: Template, found: Template) -> float:
    agreed = {slot: _AGREE[slot](gold, found).tp for slot in SLOTS}
    if not agreed["type"] and sum(agreed.values()) < 1.5:
        return 0.0
    return sum(agreed.values()) if sum(agreed.values()) > 1.0 else 0.0


def _missing(slot: str, template: Template) -> Counts:
    return Counts(fn=float(_size(slot, template)))


def _extra(slot: str, template: Template) -> Counts:
    return Counts(fp=float(_size(slot, template)))


def _size(slot: str, template: Template) -> int:
    """How many fills a slot holds."""
    match slot:
        case "type":
            return int(bool(template.types))
        case "date":
            return int(template.first is not None)
        case "location":
            return int(bool(template.place or template.country))
        case "victims' number":
            return len(template.numbers)
        case "effect on victims":
            return len(template.effects)
        case _:
            return len(template.organisations)
