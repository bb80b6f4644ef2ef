"""Columns: an incident as one flat row, the same for CSV, HXL, GeoJSON, Parquet and the like.

Reads   an ExportIncident and a policy.
Writes  a value for each of COLUMNS.
Never   gives a number without its bounds, or a contested incident without its status.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from marsad.publish.exports.cells import SEPARATOR, Cell, joined
from marsad.publish.exports.content import Count, DisputeNote, ExportIncident, Party, Speaker, Where
from marsad.publish.wording import OUTCOME_ORDER, event_label, range_words
from marsad.records import Policy

ColumnKind = Literal["string", "integer", "number", "date"]
FIGURES_ARE = "documented minimum"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, what it means, and its HXL tag ("" for none)."""

    name: str
    kind: ColumnKind
    meaning: str
    tag: str = ""


def _outcome_columns() -> Iterable[Column]:
    for outcome in OUTCOME_ORDER:
        tag = f"#affected+{outcome}"
        yield Column(f"{outcome}_low", "integer", f"{outcome}: at least so many", f"{tag}+min")
        yield Column(f"{outcome}_best", "integer", f"{outcome}: the policy's choice", tag)
        yield Column(
            f"{outcome}_high",
            "integer",
            f"{outcome}: at most so many; empty beside a best: open above",
            f"{tag}+max",
        )


COLUMNS: tuple[Column, ...] = (
    Column("id", "string", "the incident's id in the ledger", "#event+code"),
    Column("status", "string", "single-source, corroborated, contested, discounted", "#status"),
    Column("event_type", "string", "marsad's code", "#event+type"),
    Column("event_label", "string", "the code in words", "#event+name"),
    Column("start", "date", "first possible day", "#date+start"),
    Column("end", "date", "last possible day", "#date+end"),
    Column("date_precision", "string", "day, week, month, season, year", "#date+precision"),
    Column("place", "string", "the place's name", "#loc+name"),
    Column("relation", "string", "the word that loosens the place, such as near", "#loc+relation"),
    Column(
        "place_precision", "string", "site, town, district, province, country", "#geo+precision"
    ),
    Column("radius_km", "integer", "it lies within about so far of the point", "#geo+radius"),
    Column("admin1", "string", "first-order division", "#adm1+name"),
    Column("country", "string", "ISO 3166-1 alpha-3", "#country+code"),
    Column("country_name", "string", "the country in English", "#country+name"),
    Column("latitude", "number", "of the place's point, WGS 84", "#geo+lat"),
    Column("longitude", "number", "of the place's point, WGS 84", "#geo+lon"),
    Column("geonameid", "integer", "the place in GeoNames", "#loc+code"),
    Column("actors", "string", "who did it, as reported", "#group+name+first"),
    Column("actor_kinds", "string", "their kinds, one each", "#group+type+first"),
    Column("recipients", "string", "to whom it was done", "#group+name+second"),
    Column("recipient_kinds", "string", "their kinds, one each", "#group+type+second"),
    *_outcome_columns(),
    Column("groups", "string", "parts of the totals, by group", "#affected+groups"),
    Column("figures_are", "string", "what the numbers are", "#meta+figures"),
    Column("policy", "string", "how low, best and high were chosen", "#meta+policy"),
    Column("disputes", "string", "what is disputed, and by whom", "#description+disputes"),
    Column("sources", "string", "independent sources, claimants not outlets", "#meta+source"),
    Column("source_kinds", "string", "their kinds, one each", "#meta+source+type"),
    Column("source_count", "integer", "how many independent sources", "#meta+source+num"),
    Column("outlets", "string", "where it was published", "#meta+outlet"),
    Column("report_count", "integer", "how many reports tell of it", "#meta+report+num"),
    Column("reports", "string", "their ids", "#meta+report+id"),
    Column("urls", "string", "their addresses", "#meta+url"),
    Column("first_published", "date", "day of the first report", "#date+reported+first"),
    Column("last_published", "date", "day of the last report", "#date+reported+last"),
    Column("reviewed", "string", "confirmed or rejected by a person", "#status+reviewed"),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def incident_row(incident: ExportIncident, policy: Policy) -> dict[str, Cell]:
    """The values by column, in the columns' order. None where nothing is known."""
    when, reports = incident.when, incident.reports
    row: dict[str, Cell] = {
        "id": incident.id,
        "status": incident.status,
        "event_type": incident.event_type,
        "event_label": event_label(incident.event_type),
        "start": when.start if when else None,
        "end": when.end if when else None,
        "date_precision": when.precision if when else None,
        **place_cells(incident.where),
        **_party_cells(incident),
    }
    for outcome in OUTCOME_ORDER:
        total = incident.total(outcome, policy)
        row[f"{outcome}_low"] = total.low if total else None
        row[f"{outcome}_best"] = total.best if total else None
        row[f"{outcome}_high"] = total.high if total else None
    row |= {
        "groups": joined(map(count_words, _parts(incident, policy))) or None,
        "figures_are": FIGURES_ARE,
        "policy": policy,
        "disputes": joined(map(dispute_words, incident.disputes)) or None,
        "sources": joined(s.name for s in incident.sources) or None,
        "source_kinds": _kinds(incident.sources),
        "source_count": len(incident.sources),
        "outlets": joined(r.outlet for r in reports) or None,
        "report_count": len(reports),
        "reports": joined(r.id for r in reports) or None,
        "urls": joined(r.url for r in reports) or None,
        "first_published": incident.first_published,
        "last_published": incident.last_published,
        "reviewed": incident.reviewed,
    }
    return row


def place_cells(where: Where | None) -> dict[str, Cell]:
    """Where, in the columns from `place` to `geonameid`."""
    if where is None:
        names = ("place", "relation", "place_precision", "radius_km", "admin1", "country")
        return dict.fromkeys((*names, "country_name", "latitude", "longitude", "geonameid"))
    return {
        "place": where.name,
        "relation": where.relation,
        "place_precision": where.precision,
        "radius_km": where.radius_km if where.latitude is not None else None,
        "admin1": where.admin1,
        "country": where.country,
        "country_name": where.country_name or None,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geonameid": where.geonameid,
    }


def _party_cells(incident: ExportIncident) -> dict[str, Cell]:
    return {
        "actors": party_names(incident.actors),
        "actor_kinds": _kinds(incident.actors),
        "recipients": party_names(incident.recipients),
        "recipient_kinds": _kinds(incident.recipients),
    }


def _kinds(named: Iterable[Party | Speaker]) -> str | None:
    """The kinds in one cell, one for each name that `joined` makes of the names."""
    kinds: dict[str, str] = {}
    for one in named:
        if one.name:
            kinds.setdefault(one.name.replace(";", ","), one.kind)
    return SEPARATOR.join(kinds.values()) or None


def party_names(parties: Iterable[Party]) -> str | None:
    """The parties' names in one cell."""
    return joined(party.name for party in parties) or None


def _parts(incident: ExportIncident, policy: Policy) -> Iterable[Count]:
    return (c for c in incident.counts.get(policy, ()) if c.group is not None)


def count_words(count: Count) -> str:
    """A number in words: "killed, children: 3 or more"."""
    label = f"{count.outcome}, {count.group}" if count.group else count.outcome
    return f"{label}: {range_words(count.low, count.high)}"


def dispute_words(dispute: DisputeNote) -> str:
    """A dispute in words: "how many (the army, a hospital doctor)"."""
    return f"{dispute.words} ({', '.join(dispute.sources)})" if dispute.sources else dispute.words
