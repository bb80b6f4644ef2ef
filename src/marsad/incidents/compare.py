"""Compare two claims: could they be about one incident?

Each comparison is a small pure function that returns a score and the sentence a
reviewer will read. The weights stand in one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.geodesy import great_circle_km
from marsad.records import Claim, EventType, Figure, Place, When

# What the coordinates of a precision may be off by, in kilometres.
UNCERTAINTY_KM = {"site": 3.0, "town": 10.0, "district": 40.0, "province": 150.0, "country": 1500.0}

# How much each agreement or conflict weighs. Two claims of one report that only
# share the kind of event (2.0) are one incident; a conflict of place or date is
# outweighed only by the words themselves ("the attack") or by equal figures.
WEIGHTS = {
    "kind": 2.0,
    "place": 2.0,
    "date": 1.5,
    "party": 1.5,
    "figure": 2.0,
}
THRESHOLD = 1.5

GROUPS: dict[EventType, str] = {
    "armed-clash": "violence",
    "air-strike": "violence",
    "shelling": "violence",
    "remote-explosive": "violence",
    "suicide-bombing": "violence",
    "grenade": "violence",
    "chemical-weapon": "violence",
    "attack": "violence",
    "mob-violence": "violence",
    "property-destruction": "violence",
    "territory-change": "violence",
    "sexual-violence": "violence",
    "peaceful-protest": "protest",
    "protest-intervention": "protest",
    "excessive-force": "protest",
    "riot": "protest",
    "abduction": "abduction",
    "arrest": "arrest",
    "weapons-seizure": "seizure",
    "agreement": "agreement",
    "movement": "movement",
    "restriction": "restriction",
    "non-cooperation": "protest",
    "threat": "threat",
    "other": "other",
}
# "Ten were shot dead" beside a protest met with force may be its dead.
_SHOTS_AT_PROTESTS = frozenset({"attack", "excessive-force", "riot", "protest-intervention"})
# Kinds that say little about the manner, so that a precise kind may be the same event.
GENERIC = frozenset({"attack", "other", "property-destruction", "armed-clash", "territory-change"})


@dataclass(frozen=True)
class Score:
    """-1 (excludes) … 0 (says nothing) … 1 (agrees), with the sentence for a reviewer."""

    value: float
    reason: str


def is_own(claim: Claim, part: Place | When | None) -> bool:
    """Whether a place or time was read from the claim's own words, not from its account."""
    words = part.evidence if part is not None else None
    return words is not None and any(e.start <= words.start < e.end for e in claim.evidence)


def compare_kinds(a: Claim, b: Claim) -> Score:
    """1.0 the same kind; 0.5 to 0.75 kinds that may describe one event; -1 kinds apart."""
    if a.event_type == b.event_type:
        return Score(1.0, f"both {a.event_type}")
    first, second = GROUPS[a.event_type], GROUPS[b.event_type]
    if first == second == "protest":
        return Score(1.0, f"{a.event_type} and {b.event_type} tell of one protest")
    if first == second:
        generic = a.event_type in GENERIC or b.event_type in GENERIC
        value = 0.75 if generic else 0.25
        return Score(value, f"{a.event_type} and {b.event_type} may describe one event")
    pair = {first, second}
    if pair == {"violence", "protest"} and {a.event_type, b.event_type} <= _SHOTS_AT_PROTESTS:
        return Score(0.5, "shots told of beside a protest met with force")
    if pair == {"arrest", "protest"} or pair == {"abduction", "violence"}:
        return Score(0.25, f"{a.event_type} may be part of {b.event_type}")
    return Score(-1.0, f"{a.event_type} is not {b.event_type}")


def compare_places(a: Place | None, b: Place | None) -> Score:
    """1.0 the same place; 0.5 one may contain the other; 0 unknown; -1 too far apart."""
    if a is None or b is None:
        return Score(0.0, "no place on one side")
    if (a.geonameid is not None and a.geonameid == b.geonameid) or a.name == b.name:
        return Score(1.0, f"both at {a.name}")
    if a.country and b.country and a.country != b.country:
        return Score(-1.0, f"{a.name} is in {a.country}, {b.name} in {b.country}")
    if "country" in (a.precision, b.precision):
        return Score(0.25, f"{a.name} and {b.name}: one is a whole country")
    if "province" in (a.precision, b.precision) and a.admin1 and b.admin1:
        if a.admin1 == b.admin1:
            return Score(0.5, f"both in {a.admin1}")
        if not (_is_loose(a) or _is_loose(b)):
            return Score(-1.0, f"{a.name} is in {a.admin1}, {b.name} in {b.admin1}")
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return Score(0.0, f"where {a.name} or {b.name} lies is not known")
    km = great_circle_km(
        (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    )
    reach = UNCERTAINTY_KM[a.precision] + UNCERTAINTY_KM[b.precision]
    listed = a.geonameid is not None and b.geonameid is not None
    if listed and not (_is_loose(a) or _is_loose(b)):
        if a.precision == b.precision == "town":
            return Score(-1.0, f"{a.name} and {b.name} are two towns, {km:.0f} km apart")
        # A house or camp lies in its town: no further off than the town itself is wide.
        reach = max(UNCERTAINTY_KM[a.precision], UNCERTAINTY_KM[b.precision])
    if km <= reach:
        return Score(0.5, f"{a.name} and {b.name} are {km:.0f} km apart, within their precision")
    return Score(-1.0, f"{a.name} and {b.name} are {km:.0f} km apart")


def compare_dates(a: Claim, b: Claim) -> Score:
    """1.0 the same interval; 0.5 overlapping; 0 unknown; -1 apart."""
    if a.when is None or b.when is None:
        return Score(0.0, "no date on one side")
    if a.when.start == b.when.start and a.when.end == b.when.end:
        return Score(1.0, f"both on {a.when.start}")
    if a.when.start <= b.when.end and b.when.start <= a.when.end:
        return Score(0.5, "dates overlap")
    gap = max((a.when.start - b.when.end).days, (b.when.start - a.when.end).days)
    return Score(-1.0, f"{gap} day(s) apart")


def _is_loose(place: Place) -> bool:
    """Whether the words put the event somewhere about the place, not in it or its suburbs."""
    relation = place.relation or ""
    return bool(relation) and not relation.startswith(("outskirts", "part of", "also", "in"))


_STOP = frozenset("the a an of and in at on for its their his her local some other former".split())


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, lower case, plurals cut."""
    words = re.findall(r"\w+", name.lower())
    return frozenset(w.rstrip("s") for w in words if w not in _STOP and len(w) > 2)


def same_party(a: str, a_id: str | None, b: str, b_id: str | None) -> bool:
    """Whether two names are one party: the same id, or all words of the shorter in the longer."""
    if a_id and b_id:
        return a_id == b_id
    first, second = name_words(a), name_words(b)
    if not first or not second:
        return a.lower() == b.lower()
    return first <= second or second <= first


def compare_parties(a: Claim, b: Claim) -> Score:
    """1.0 a shared party in the same role; 0 nothing known; -1 named parties that differ."""
    conflict = False
    for role in ("actor", "recipient"):
        ours = [p for p in a.participants if p.role == role]
        theirs = [p for p in b.participants if p.role == role]
        if any(same_party(p.name, p.actor_id, q.name, q.actor_id) for p in ours for q in theirs):
            return Score(1.0, f"the same {role}")
        listed = [p for p in ours if p.actor_id], [q for q in theirs if q.actor_id]
        if role == "actor" and all(listed):
            conflict = True
    everyone = [*a.participants], [*b.participants]
    if any(
        same_party(p.name, p.actor_id, q.name, q.actor_id) for p in everyone[0] for q in everyone[1]
    ):
        return Score(0.5, "a party in common")
    if conflict:
        return Score(-1.0, "different parties are named as doers")
    return Score(0.0, "no party in common")


def compare_figures(a: Claim, b: Claim) -> Score:
    """1.0 an equal number for the same outcome (above 1); -0.5 the same source gives another."""
    worst = Score(0.0, "no figures in common")
    for f in a.figures:
        for g in b.figures:
            if f.outcome != g.outcome or f.subset_of is not None or g.subset_of is not None:
                continue
            if f.low == g.low and f.low > 1:
                return Score(1.0, f"both give {f.low} {f.outcome}")
            if _contradict(f, g) and a.attribution[0].source == b.attribution[0].source:
                worst = Score(
                    -0.5, f"one source gives {f.low} and {g.low} {f.outcome} of {f.group}"
                )
    return worst


def _contradict(f: Figure, g: Figure) -> bool:
    """Two exact numbers for one group, neither a running toll nor an addition."""
    return (
        f.group is not None
        and f.group == g.group
        and f.low != g.low
        and min(f.low, g.low) > 1
        and not any((f.cumulative, g.cumulative, f.additive, g.additive))
    )


def is_summary_of(a: Claim, b: Claim) -> bool:
    """Whether one claim sums up a country or region of which the other tells one place.

    "41 were killed across the country" is not the attack that "killed 10 in the
    town": the toll of the whole is larger by half and by three people or more.
    """
    if a.place is None or b.place is None:
        return False
    broad = {"country", "province"}
    if (a.place.precision in broad) == (b.place.precision in broad):
        return False
    whole, part = (a, b) if a.place.precision in broad else (b, a)
    for f in whole.figures:
        for g in part.figures:
            if f.outcome == g.outcome and f.subset_of is None and g.subset_of is None:
                return f.low >= 1.5 * g.low > 0 and f.low - g.low >= 3
    return False


def are_two_sites(a: Claim, b: Claim) -> bool:
    """Whether two claims name each its own district, village or site, and not one in the other."""
    if a.place is None or b.place is None or not (is_own(a, a.place) and is_own(b, b.place)):
        return False
    if a.place.relation or b.place.relation or a.evidence == b.evidence:
        return False
    unlisted = a.place.geonameid is None and b.place.geonameid is None
    level = unlisted or (a.place.precision == b.place.precision and a.place.precision != "country")
    return level and not (name_words(a.place.name) & name_words(b.place.name))


def figures_differ(a: Claim, b: Claim) -> bool:
    """Whether both give exact numbers of killed or hurt, none of them the same."""
    differ = False
    for outcome in ("killed", "injured"):
        ours = {f.low for f in a.figures if f.outcome == outcome and _is_whole(f)}
        theirs = {f.low for f in b.figures if f.outcome == outcome and _is_whole(f)}
        if ours & theirs:
            return False
        differ |= bool(ours and theirs)
    return differ


def _is_whole(figure: Figure) -> bool:
    running = figure.cumulative or figure.additive or figure.superseded
    return figure.subset_of is None and figure.high == figure.low > 0 and not running


def compare_claims(a: Claim, b: Claim) -> tuple[float, list[Score], bool]:
    """Weighted sum, its parts, and whether a conflict forbids the match.

    The conflict stands unless a judgement says that the two are the same; where kind
    or place excludes the match, the rest is not compared.
    """
    kind = compare_kinds(a, b)
    place = compare_places(a.place, b.place)
    if kind.value < 0 or place.value < 0:  # most pairs: no more need be asked
        return 0.0, [kind, place], True
    when = compare_dates(a, b)
    party = compare_parties(a, b)
    figure = compare_figures(a, b)
    total = (
        WEIGHTS["kind"] * kind.value
        + WEIGHTS["place"] * place.value
        + WEIGHTS["date"] * when.value
        + WEIGHTS["party"] * party.value
        + WEIGHTS["figure"] * figure.value
    )
    sites = are_two_sites(a, b)
    forbidden = (
        (when.value < 0 and (figure.value < 1 or sites))
        or is_summary_of(a, b)
        or (sites and figures_differ(a, b))
    )
    return total, [kind, place, when, party, figure], forbidden
