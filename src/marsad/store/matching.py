"""Matching: whether an incident is one that a filter asks for, without a database.

Reads   a filter and an incident's facets.
Writes  yes or no, and what incidents are sorted by.
Never   differs from `filtering`, which asks the database the same.
"""

from __future__ import annotations

from marsad.records import IncidentFilter, LedgerIncident
from marsad.store.area import (
    EXACT,
    RADIUS_KM,
    Spot,
    boxes_meet,
    point_in_polygon,
    polygon_meets_box,
    round_corners,
    split_box,
    squared_chord,
    unit_vector,
)
from marsad.store.facets import Facets, find_country, find_facets
from marsad.store.words import fold_text, holds_phrases, read_phrases

SortKey = tuple[str | int, ...]


def matches(wanted: IncidentFilter, incident: LedgerIncident, words: str = "") -> bool:
    """Whether the filter takes the incident; `words` are those it is searched by."""
    return matches_facets(wanted, find_facets(incident, words))


def matches_facets(wanted: IncidentFilter, facets: Facets) -> bool:
    """Whether the filter takes an incident of these facets."""
    return (
        _status_matches(wanted, facets)
        and _days_match(wanted, facets)
        and (not wanted.types or facets.event_type in wanted.types)
        and (wanted.country is None or facets.country == wanted.country)
        and (wanted.place is None or _place_matches(wanted.place, facets))
        and (wanted.actor is None or _actor_matches(wanted.actor, facets))
        and (wanted.outcome is None or facets.best(wanted.outcome) >= wanted.at_least)
        and (wanted.reviewed is None or facets.reviewed == wanted.reviewed)
        and (wanted.text is None or holds_phrases(facets.words, read_phrases(wanted.text)))
        and _area_matches(wanted, facets.spot)
    )


def sort_key(wanted: IncidentFilter, facets: Facets, changed_seq: int) -> SortKey:
    """What incidents are sorted by, upwards."""
    match wanted.order:
        case "date":
            return facets.rising, facets.incident_id
        case "-date":
            day = facets.falling
            return -int(day.replace("-", "")) if day else 0, facets.incident_id
        case "toll":
            return -facets.best("killed"), -facets.best("injured"), facets.incident_id
        case "changed":
            return -changed_seq, facets.incident_id


def _status_matches(wanted: IncidentFilter, facets: Facets) -> bool:
    if wanted.status:
        return facets.status in wanted.status
    return facets.status != "discounted"


def _days_match(wanted: IncidentFilter, facets: Facets) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    if facets.start_day is None or facets.end_day is None:
        return False
    return not (
        (wanted.since is not None and facets.end_day < wanted.since.isoformat())
        or (wanted.until is not None and facets.start_day > wanted.until.isoformat())
    )


def _place_matches(name: str, facets: Facets) -> bool:
    folded = fold_text(name)
    if not folded:
        return False
    country = find_country(folded)
    return folded in (facets.place, facets.admin1) or (
        country is not None and facets.country == country
    )


def _actor_matches(actor: str, facets: Facets) -> bool:
    folded = fold_text(actor)
    return (bool(folded) and folded in facets.parties) or f"\n{actor}\n" in facets.party_ids


def _area_matches(wanted: IncidentFilter, spot: Spot | None) -> bool:
    if not (wanted.box or wanted.near or wanted.polygon):
        return True
    if spot is None or not (wanted.loose or spot.precision in EXACT):
        return False
    return (
        (wanted.box is None or _in_box(wanted, spot))
        and (wanted.near is None or _is_near(wanted, spot))
        and (not wanted.polygon or _in_polygon(wanted, spot))
    )


def _in_box(wanted: IncidentFilter, spot: Spot) -> bool:
    assert wanted.box is not None
    point = (spot.longitude, spot.latitude, spot.longitude, spot.latitude)
    own = spot.around if wanted.loose else point
    return any(boxes_meet(own, box) for box in split_box(wanted.box))


def _is_near(wanted: IncidentFilter, spot: Spot) -> bool:
    assert wanted.near is not None
    latitude, longitude, kilometres = wanted.near
    x, y, z = unit_vector(latitude, longitude)
    reach = kilometres + (RADIUS_KM[spot.precision] if wanted.loose else 0)
    dx, dy, dz = spot.x - x, spot.y - y, spot.z - z
    return dx * dx + dy * dy + dz * dz <= squared_chord(reach)


def _in_polygon(wanted: IncidentFilter, spot: Spot) -> bool:
    corners = round_corners(wanted.polygon)
    if wanted.loose:
        return polygon_meets_box(corners, spot.around)
    return point_in_polygon(spot.longitude, spot.latitude, corners)
