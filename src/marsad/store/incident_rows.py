"""One incident in its tables: what it is filtered by, its body, words and area.

Reads   an incident and its facets.
Writes  its rows; a known incident's are replaced, its words only when they changed.
Never   leaves a row of an incident that is gone.
"""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from marsad.records import LedgerIncident, Outcome
from marsad.store.account_schema import INCIDENT_BODIES, INCIDENTS
from marsad.store.facets import Facets, find_facets
from marsad.store.indexes import words_for

_KNOWN: Any = bindparam("known")
_FIND_NUM = select(INCIDENTS.c.num).where(INCIDENTS.c.incident_id == _KNOWN)
_ADD_INCIDENT = insert(INCIDENTS).returning(INCIDENTS.c.num)
_ADD_BODY = insert(INCIDENT_BODIES)
_CHANGE_INCIDENT = update(INCIDENTS).where(INCIDENTS.c.num == _KNOWN)
_CHANGE_BODY = update(INCIDENT_BODIES).where(INCIDENT_BODIES.c.num == _KNOWN)
_PUT_AREA = {
    "sqlite": text("INSERT INTO incident_areas VALUES (:num, :west, :east, :south, :north)"),
    "postgresql": text(
        "INSERT INTO incident_areas VALUES "
        "(:num, ST_MakeEnvelope(:west, :south, :east, :north, 4326))"
    ),
}
_DROP_AREA = text("DELETE FROM incident_areas WHERE num = :num")
_OLD_WORDS = {
    "sqlite": text("SELECT words FROM incident_words WHERE rowid = :num"),
    "postgresql": text("SELECT words FROM incident_words WHERE num = :num"),
}
_DROP_WORDS = {
    "sqlite": text("DELETE FROM incident_words WHERE rowid = :num"),
    "postgresql": text("DELETE FROM incident_words WHERE num = :num"),
}
_PUT_WORDS = {
    "sqlite": text("INSERT INTO incident_words (rowid, words) VALUES (:num, :words)"),
    "postgresql": text(
        "INSERT INTO incident_words VALUES (:num, :words, CAST(:lexemes AS TSVECTOR))"
    ),
}


def put_incident_row(
    connection: Connection, incident: LedgerIncident, words: str, changed_seq: int
) -> None:
    """Write an incident's rows, in place of those it had."""
    facets = find_facets(incident, words)
    row = _columns(facets) | {"changed_seq": changed_seq}
    body = incident.model_dump_json()
    num = _find_num(connection, incident.id)
    if num is None:
        num = connection.scalars(_ADD_INCIDENT, [row]).one()
        connection.execute(_ADD_BODY, [{"num": num, "body": body}])
        old_words = None
    else:
        connection.execute(_CHANGE_INCIDENT, {"known": num} | row)
        connection.execute(_CHANGE_BODY, {"known": num, "body": body})
        connection.execute(_DROP_AREA, {"num": num})
        old_words = connection.scalar(_OLD_WORDS[connection.dialect.name], {"num": num})
    _put_area(connection, num, facets)
    _put_words(connection, num, facets, old_words)


def drop_incident_row(connection: Connection, incident_id: str) -> None:
    """Remove an incident's rows, if it has any."""
    num = _find_num(connection, incident_id)
    if num is None:
        return
    for table in (INCIDENTS, INCIDENT_BODIES):
        connection.execute(delete(table).where(table.c.num == num))
    connection.execute(_DROP_AREA, {"num": num})
    connection.execute(_DROP_WORDS[connection.dialect.name], {"num": num})


def clear_incident_indexes(connection: Connection) -> None:
    """Empty the words and areas of incidents."""
    for table in ("incident_words", "incident_areas"):
        connection.execute(text(f"DELETE FROM {table}"))


def _find_num(connection: Connection, incident_id: str) -> int | None:
    return connection.scalar(_FIND_NUM, {"known": incident_id})


def _columns(facets: Facets) -> dict[str, str | int | float | None]:
    spot = facets.spot
    west, south, east, north = spot.around if spot else (None, None, None, None)
    row: dict[str, str | int | float | None] = {
        "incident_id": facets.incident_id,
        "event_type": facets.event_type,
        "status": facets.status,
        "reviewed": int(facets.reviewed),
        "start_day": facets.start_day,
        "end_day": facets.end_day,
        "rising": facets.rising,
        "falling": facets.falling,
        "country": facets.country,
        "place": facets.place,
        "admin1": facets.admin1,
        "parties": facets.parties,
        "party_ids": facets.party_ids,
        "killed": facets.best("killed"),
        "injured": facets.best("injured"),
        "latitude": spot.latitude if spot else None,
        "longitude": spot.longitude if spot else None,
        "x": spot.x if spot else None,
        "y": spot.y if spot else None,
        "z": spot.z if spot else None,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "precision": spot.precision if spot else None,
    }
    for outcome in get_args(Outcome):
        toll = facets.tolls.get(outcome)
        row[f"{outcome}_low"] = toll.low if toll else None
        row[f"{outcome}_best"] = toll.best if toll else None
        row[f"{outcome}_high"] = toll.high if toll else None
    return row


def _put_area(connection: Connection, num: int, facets: Facets) -> None:
    if facets.spot is None:
        return
    west, south, east, north = facets.spot.around
    values = {"num": num, "west": west, "south": south, "east": east, "north": north}
    connection.execute(_PUT_AREA[connection.dialect.name], values)


def _put_words(connection: Connection, num: int, facets: Facets, old: str | None) -> None:
    kind = connection.dialect.name
    joined = " ".join(facets.words)
    if joined == old:
        return
    if old is not None:
        connection.execute(_DROP_WORDS[kind], {"num": num})
    values = {"num": num, "words": joined}
    if kind == "postgresql":
        values["lexemes"] = words_for(connection, facets.words)
    connection.execute(_PUT_WORDS[kind], values)
