"""UCDP-GED-like CSV: the 49 columns of the Georeferenced Event Dataset, for events with deaths.

Reads   ExportIncidents and the crosswalks.
Writes  UTF-8 CSV with GED's header.
Never   writes an incident without a death, or of a kind that GED does not have: it counts them.

Columns after the header of GED 23.1. The result is not UCDP data: ids of conflicts, dyads and
actors are UCDP's own and stay empty.
"""

from __future__ import annotations

import csv
import math
from datetime import date
from typing import TextIO

from marsad.codebook.event_types import load_event_types
from marsad.publish.exports.cells import Cell, joined, safe_cell
from marsad.publish.exports.content import Count, ExportIncident, Span, Where
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.incidents_csv import BOM
from marsad.publish.exports.notes import place_phrase
from marsad.publish.exports.sides import two_sides, ucdp_type

COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
).split()
_WHERE_PREC = {"site": 1, "town": 1, "district": 3, "province": 4, "country": 6}
# 52 bits of the incident's id: a whole number that spreadsheets keep exactly.
_ID_DIGITS = 13


class UcdpGedCsv(Writer):
    """Writes the table, the header at once."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._policy = context.policy
        stream.write(BOM if context.bom else "")
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, incident: ExportIncident) -> None:
        """Write one line, if GED has such events."""
        killed = incident.total("killed", self._policy)
        if load_event_types()[incident.event_type].crosswalk.ucdp == "none":
            self.written.left_out["of a kind that UCDP GED does not have"] += 1
        elif killed is None or killed.best < 1:
            self.written.left_out["without a death"] += 1
        else:
            row = ged_row(incident, killed)
            self._rows.writerow([safe_cell(row.get(name)) for name in COLUMNS])
            self.written.rows += 1


def ged_row(incident: ExportIncident, killed: Count) -> dict[str, Cell]:
    """The values by GED's columns; those left out are empty."""
    side_a, side_b = two_sides(incident)
    violence, when, reports = ucdp_type(incident), incident.when, incident.reports
    bare = incident.id.rpartition("-")[2][:_ID_DIGITS]
    return {
        "id": int(bare, 16) if _is_hexadecimal(bare) else None,
        "relid": incident.id,
        "year": int(when.start[:4]) if when else None,
        "code_status": incident.status.capitalize(),
        "type_of_violence": violence,
        "side_a": joined(party.name for party in side_a) or None,
        "side_b": "Civilians" if violence == 3 else joined(p.name for p in side_b) or None,
        "number_of_sources": len(reports) or -1,
        "source_article": joined(
            ", ".join(part for part in (r.outlet, r.published, r.title) if part) for r in reports
        ),
        "source_office": joined(r.outlet for r in reports),
        "source_date": joined(r.published and r.published[:10] for r in reports),
        "source_headline": joined(r.title for r in reports),
        "source_original": joined(s.name for s in incident.sources),
        **_place_cells(incident.where),
        "event_clarity": 1 if when and when.precision in ("day", "week") else 2,
        "date_prec": _date_prec(when),
        "date_start": when.start if when else None,
        "date_end": when.end if when else None,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": killed.best if violence == 3 else 0,
        "deaths_unknown": 0 if violence == 3 else killed.best,
        "best": killed.best,
        "high": killed.high,
        "low": killed.low,
    }


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and all(sign in "0123456789abcdef" for sign in text)


def _place_cells(where: Where | None) -> dict[str, Cell]:
    if where is None:
        return {}
    cells: dict[str, Cell] = {
        "where_prec": _where_prec(where),
        "where_coordinates": where.name,
        "where_description": place_phrase(where),
        "adm_1": where.admin1,
        "country": where.country_name,
    }
    if where.latitude is not None and where.longitude is not None:
        cells |= {
            "latitude": where.latitude,
            "longitude": where.longitude,
            "geom_wkt": f"POINT ({where.longitude} {where.latitude})",
            "priogrid_gid": priogrid_cell(where.latitude, where.longitude),
        }
    return cells


def _where_prec(where: Where) -> int:
    loose = where.relation not in (None, "in")
    return 2 if loose and where.precision in ("site", "town") else _WHERE_PREC[where.precision]


def priogrid_cell(latitude: float, longitude: float) -> int:
    """The number of the half-degree cell, counted from the south-west, row by row."""
    row = min(math.floor((latitude + 90) * 2), 359)
    column = min(math.floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def _date_prec(when: Span | None) -> int | None:
    if when is None:
        return None
    days = (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days + 1
    if days == 1:
        return 1
    return 2 if days <= 6 else 3 if days <= 8 else 4 if days <= 31 else 5


FORMAT = Format(
    name="ucdp-ged",
    file_name="ucdp-ged-like.csv",
    media_type="text/csv",
    policy="ucdp-best",
    losses=(
        Loss("incidents without a death, protests, agreements and the like", "left out, counted"),
        Loss("injured, detained, abducted, missing, displaced", "left out"),
        Loss("whose dead they were", "deaths_civilians in one-sided violence, else deaths_unknown"),
        Loss("disputes", "only the status stands, in code_status"),
        Loss("which source gave which number", "sources in source_original, without their numbers"),
        Loss("ids of conflicts, dyads, sides and countries", "empty: they are UCDP's own"),
        Loss("region, adm_2, active_year", "empty"),
    ),
    to_stream=UcdpGedCsv,
)
