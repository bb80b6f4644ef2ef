"""ACLED-like CSV: the 31 columns of an ACLED export, disputes in the notes.

Reads   ExportIncidents and the crosswalks.
Writes  UTF-8 CSV with ACLED's header.
Never   lets a doubt go unsaid: ACLED's columns have no room for it, its notes do.

Columns and codes after the acledR package. The result is not ACLED data.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TextIO

from marsad.codebook.event_types import EventTypeEntry, load_event_types
from marsad.publish.exports.cells import Cell, joined, safe_cell
from marsad.publish.exports.content import ExportIncident, Party, Span, Where
from marsad.publish.exports.countries import country_number
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.incidents_csv import BOM
from marsad.publish.exports.notes import incident_notes
from marsad.publish.exports.sides import CIVILIANS, acled_interaction, acled_type, two_sides

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp"
).split()
# ACLED: to the day, to about a week, to about a month (then the middle of the time is given).
_WEEK_DAYS = 8


class AcledCsv(Writer):
    """Writes the table, the header at once."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._context = context
        stream.write(BOM if context.bom else "")
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, incident: ExportIncident) -> None:
        """Write one line."""
        row = acled_row(incident, self._context)
        self._rows.writerow([safe_cell(row[name]) for name in COLUMNS])
        self.written.rows += 1


def acled_row(incident: ExportIncident, context: Context) -> dict[str, Cell]:
    """The values by ACLED's columns; what marsad does not know is empty."""
    entry = load_event_types()[incident.event_type]
    where = incident.where
    country = where.country if where else None
    killed = incident.total("killed", context.policy)
    day, time_precision = _date(incident.when)
    return {
        "event_id_cnty": f"{country or 'XXX'}-{incident.id.rpartition('-')[2]}",
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": time_precision,
        "disorder_type": _disorder(entry),
        "event_type": entry.crosswalk.acled_event,
        "sub_event_type": entry.crosswalk.acled_sub_event,
        **_actor_cells(incident, country),
        "iso": country_number(country),
        "region": None,
        "country": where.country_name if where else None,
        "admin1": where.admin1 if where else None,
        "admin2": None,
        "admin3": None,
        "location": where.name if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "geo_precision": _geo_precision(where),
        "source": joined(report.outlet for report in incident.reports),
        "source_scale": None,
        "notes": incident_notes(incident, context.policy),
        "fatalities": killed.best if killed else 0,
        "tags": None,
        "timestamp": int(context.made_at.timestamp()),
    }


def _actor_cells(incident: ExportIncident, country: str | None) -> dict[str, Cell]:
    first, second = two_sides(incident)
    inter1 = acled_type(first[0], country) if first else None
    inter2 = acled_type(second[0], country) if second else None
    suffered = second if incident.recipients else ()
    targeted = any(acled_type(party, country) == CIVILIANS for party in suffered)
    return {
        "actor1": first[0].name if first else None,
        "assoc_actor_1": _others(first),
        "inter1": inter1,
        "actor2": second[0].name if second else None,
        "assoc_actor_2": _others(second),
        "inter2": inter2,
        "interaction": acled_interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if targeted else None,
    }


def _others(parties: tuple[Party, ...]) -> str | None:
    return joined(party.name for party in parties[1:]) or None


def _date(when: Span | None) -> tuple[str | None, int | None]:
    if when is None:
        return None, None
    start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
    days = (end - start).days + 1
    middle = start + (end - start) // 2
    return middle.isoformat(), 1 if days == 1 else 2 if days <= _WEEK_DAYS else 3


def _disorder(entry: EventTypeEntry) -> str:
    if entry.is_strategic:
        return "Strategic developments"
    named = {
        "Political violence": entry.is_political_violence,
        "Demonstrations": entry.is_demonstration,
    }
    return "; ".join(name for name, holds in named.items() if holds)


def _geo_precision(where: Where | None) -> int | None:
    if where is None or where.latitude is None or where.precision == "country":
        return None
    if where.precision == "province":
        return 3
    loose = where.precision == "district" or where.relation not in (None, "in")
    return 2 if loose else 1


FORMAT = Format(
    name="acled",
    file_name="acled-like.csv",
    media_type="text/csv",
    policy="acled-conservative",
    losses=(
        Loss("low and high of the killed", "one number, the policy's; the range is in notes"),
        Loss("that no number of killed was told", "0, as ACLED writes it"),
        Loss("injured, detained, abducted, missing, displaced", "in notes only"),
        Loss("status and disputes", "in notes only"),
        Loss("claims, claimants and addresses of reports", "claimants in notes, outlets in source"),
        Loss("intervals", "the middle day, with time_precision"),
        Loss("how far around its point a place reaches", "geo_precision 1 to 3"),
        Loss(
            "region, admin2, admin3, source_scale, tags",
            "empty: marsad does not know them in ACLED's terms",
        ),
        Loss("times of change", "timestamp is that of the export"),
    ),
    to_stream=AcledCsv,
)
