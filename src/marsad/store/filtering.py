"""Filtering: an IncidentFilter as conditions on the tables of incidents.

Reads   a filter.
Writes  conditions and an order for a statement on `incidents`.
Never   lets what somebody typed become a part of a statement; never differs from `matching`.

Areas are found by R*Tree or PostGIS where few incidents lie in them, and then tested on
plain columns, with the same arithmetic on both databases as in `area`.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    TextClause,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    text,
)

from marsad.records import IncidentFilter
from marsad.store.account_schema import INCIDENTS
from marsad.store.area import (
    EXACT,
    RADIUS_KM,
    Box,
    circle_boxes,
    polygon_box,
    round_corners,
    split_box,
    squared_chord,
    unit_vector,
)
from marsad.store.facets import find_country
from marsad.store.words import fold_text, read_phrases

# What leaves the whole table to be walked in its order.
_UNFILTERED: dict[str, object] = {"status": (), "limit": None, "offset": 0, "loose": False}
# Up to so many incidents in an area are found by its index; beyond, all are looked at.
FEW = 4000
_I = INCIDENTS.c

_WORDS = {
    "sqlite": "incidents.num IN "
    "(SELECT rowid FROM incident_words WHERE incident_words MATCH :words)",
    "postgresql": "incidents.num IN "
    "(SELECT num FROM incident_words WHERE lexemes @@ CAST(:words AS TSQUERY))",
}
_MEETS = {
    "sqlite": "SELECT num FROM incident_areas "
    "WHERE west <= :east{n} AND east >= :west{n} AND south <= :north{n} AND north >= :south{n}",
    "postgresql": "SELECT num FROM incident_areas "
    "WHERE area && ST_MakeEnvelope(:west{n}, :south{n}, :east{n}, :north{n}, 4326)",
}
# The polygon's edges as a table that is made once, not for each incident: what comes before
# a subselect on it, and what it is selected from.
_EDGES = {
    "sqlite": (
        "WITH edges AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS x1, "
        "json_extract(value, '$[1]') AS y1, json_extract(value, '$[2]') AS x2, "
        "json_extract(value, '$[3]') AS y2 FROM json_each(:edges)) ",
        "edges",
    ),
    "postgresql": (
        "",
        "unnest(CAST(:x1 AS FLOAT8[]), CAST(:y1 AS FLOAT8[]), "
        "CAST(:x2 AS FLOAT8[]), CAST(:y2 AS FLOAT8[])) AS edges (x1, y1, x2, y2)",
    ),
}
# The even-odd rule: edges to the right of the point.
_CROSSED = (
    "({before}SELECT COUNT(*) % 2 FROM {edges} WHERE (y1 > {lat}) <> (y2 > {lat}) "
    "AND {lon} < x1 + ({lat} - y1) * (x2 - x1) / NULLIF(y2 - y1, 0)) = 1"
)


def conditions(connection: Connection, wanted: IncidentFilter) -> list[ColumnElement[bool]]:
    """What must hold of a row of `incidents`."""
    kind = connection.dialect.name
    found: list[Any] = [_status(wanted)]
    if wanted.since is not None:
        found.append(_I.end_day >= wanted.since.isoformat())
    if wanted.until is not None:
        found.append(_I.start_day <= wanted.until.isoformat())
    if wanted.types:
        found.append(_I.event_type.in_(wanted.types))
    if wanted.country is not None:
        found.append(_I.country == wanted.country)
    if wanted.place is not None:
        found.append(_place(wanted.place))
    if wanted.actor is not None:
        found.append(_actor(kind, wanted.actor))
    if wanted.outcome is not None:
        found.append(_toll(wanted))
    if wanted.reviewed is not None:
        found.append(_I.reviewed == int(wanted.reviewed))
    if wanted.text is not None:
        found.append(_text(kind, wanted.text))
    return [*found, *_area(connection, wanted)]


def order_by(wanted: IncidentFilter) -> tuple[ColumnElement[Any], ...]:
    """The order that the filter asks for; ties by id."""
    match wanted.order:
        case "date":
            return _sorted(_I.rising, wanted), _I.incident_id
        case "-date":
            return _sorted(_I.falling, wanted).desc(), _I.incident_id
        case "toll":
            return _sorted(_I.killed, wanted).desc(), _I.injured.desc(), _I.incident_id
        case "changed":
            return _sorted(_I.changed_seq, wanted).desc(), _I.incident_id


def _sorted(column: ColumnElement[Any], wanted: IncidentFilter) -> ColumnElement[Any]:
    """The column; as an expression where its index would lead astray.

    Going along the order and looking up every row takes long until few are found; going
    over the table once and keeping the first is as fast for any filter.
    """
    if wanted.model_copy(update=_UNFILTERED) == IncidentFilter(order=wanted.order):
        return column
    return func.coalesce(column, column)


def _status(wanted: IncidentFilter) -> ColumnElement[bool]:
    if wanted.status:
        return _I.status.in_(wanted.status)
    return _I.status != "discounted"


def _place(name: str) -> ColumnElement[bool]:
    folded = fold_text(name)
    if not folded:
        return false()
    ways = [_I.place == folded, _I.admin1 == folded]
    country = find_country(folded)
    if country is not None:
        ways.append(_I.country == country)
    return or_(*ways)


def _actor(kind: str, actor: str) -> ColumnElement[bool]:
    within = func.instr if kind == "sqlite" else func.strpos
    folded = fold_text(actor)
    ways: list[ColumnElement[bool]] = []
    if "\x00" not in actor:
        ways.append(within(_I.party_ids, f"\n{actor}\n") > 0)
    if folded:
        ways.append(within(_I.parties, folded) > 0)
    return or_(*ways) if ways else false()


def _toll(wanted: IncidentFilter) -> ColumnElement[bool]:
    best: ColumnElement[int] = _I[f"{wanted.outcome}_best"]
    return best >= wanted.at_least


def _text(kind: str, typed: str) -> ColumnElement[bool] | TextClause:
    query = word_query(kind, typed)
    return text(_WORDS[kind]).bindparams(words=query) if query else false()


def word_query(kind: str, typed: str) -> str:
    """What somebody typed, as FTS5 or a tsquery takes it; empty when it holds no word."""
    phrases = read_phrases(typed)
    if kind == "sqlite":
        return " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    return " & ".join("('" + "' <-> '".join(phrase) + "')" for phrase in phrases)


def _area(connection: Connection, wanted: IncidentFilter) -> list[Any]:
    if not (wanted.box or wanted.near or wanted.polygon):
        return []
    found: list[Any] = [_I.latitude.is_not(None)]
    if not wanted.loose:
        found.append(_I.precision.in_(EXACT))
    if wanted.box:
        boxes = split_box(wanted.box)
        found += _indexed(connection, "box", boxes)
        found.append(or_(*(_in_box(box, loose=wanted.loose) for box in boxes)))
    if wanted.near:
        found += _indexed(connection, "near", circle_boxes(*wanted.near))
        found.append(_near(wanted))
    if wanted.polygon:
        box = polygon_box(round_corners(wanted.polygon))
        found += _indexed(connection, "polygon", [box])
        found.append(_in_box(box, loose=wanted.loose))
        found.append(_in_polygon(connection.dialect.name, wanted))
    return found


def _indexed(connection: Connection, name: str, boxes: list[Box]) -> list[TextClause]:
    """That it lies about these boxes, by the index; nothing where that is not worth its price."""
    parts: list[str] = []
    values: dict[str, float] = {}
    for number, box in enumerate(boxes):
        n = f"_{name}{number}"
        parts.append(_MEETS[connection.dialect.name].format(n=n))
        sides = zip(("west", "south", "east", "north"), box, strict=True)
        values |= {f"{side}{n}": value for side, value in sides}
    inside = " UNION ALL ".join(parts)
    counted = text(f"SELECT COUNT(*) FROM (SELECT num FROM ({inside}) AS a LIMIT {FEW + 1}) AS b")
    if (connection.scalar(counted, values) or 0) > FEW:
        return []
    return [text(f"incidents.num IN ({inside})").bindparams(**values)]


def _in_box(box: Box, *, loose: bool) -> ColumnElement[bool]:
    west, south, east, north = box
    if loose:
        return and_(_I.west <= east, _I.east >= west, _I.south <= north, _I.north >= south)
    return and_(_I.longitude.between(west, east), _I.latitude.between(south, north))


def _near(wanted: IncidentFilter) -> ColumnElement[bool]:
    assert wanted.near is not None
    latitude, longitude, kilometres = wanted.near
    ways = [
        column - literal(value)
        for column, value in zip((_I.x, _I.y, _I.z), unit_vector(latitude, longitude), strict=True)
    ]
    apart = ways[0] * ways[0] + ways[1] * ways[1] + ways[2] * ways[2]
    if not wanted.loose:
        return apart <= squared_chord(kilometres)
    reach = {name: squared_chord(kilometres + radius) for name, radius in RADIUS_KM.items()}
    return apart <= case(reach, value=_I.precision)


def _in_polygon(kind: str, wanted: IncidentFilter) -> TextClause:
    corners = round_corners(wanted.polygon)
    values = [[*a, *b] for a, b in zip((corners[-1], *corners[:-1]), corners, strict=True)]
    before, edges = _EDGES[kind]
    if wanted.loose:
        point = {"lon": "incidents.west", "lat": "incidents.south"}
        meets = f"SELECT 1 FROM {edges} WHERE {_CORNER_INSIDE} OR {_RISING} OR {_FALLING}"
        inside = _CROSSED.format(before=before, edges=edges, **point)
        inside = f"({inside} OR EXISTS ({before}{meets}))"
    else:
        point = {"lon": "incidents.longitude", "lat": "incidents.latitude"}
        inside = _CROSSED.format(before=before, edges=edges, **point)
    if kind == "sqlite":
        return text(inside).bindparams(edges=json.dumps(values))
    sides = zip(("x1", "y1", "x2", "y2"), map(list, zip(*values, strict=True)), strict=True)
    return text(inside).bindparams(**dict(sides))


def _crosses(south: str, north: str) -> str:
    """That an edge meets the diagonal from the box's west to its east, as `area` computes it."""

    def side(ax: str, ay: str, bx: str, by: str, cx: str, cy: str) -> str:
        return f"(({bx} - {ax}) * ({cy} - {ay}) - ({by} - {ay}) * ({cx} - {ax}))"

    west, east = "incidents.west", "incidents.east"
    edge, diagonal = ("x1", "y1", "x2", "y2"), (west, south, east, north)
    first = f"{side(*edge, west, south)} * {side(*edge, east, north)} <= 0"
    second = f"{side(*diagonal, 'x1', 'y1')} * {side(*diagonal, 'x2', 'y2')} <= 0"
    return f"({first} AND {second} AND {_BOXES_MEET})"


_CORNER_INSIDE = (
    "(x1 BETWEEN incidents.west AND incidents.east AND "
    "y1 BETWEEN incidents.south AND incidents.north)"
)
_BOXES_MEET = (
    "NOT ((x1 < incidents.west AND x2 < incidents.west) OR "
    "(x1 > incidents.east AND x2 > incidents.east) OR "
    "(y1 < incidents.south AND y2 < incidents.south) OR "
    "(y1 > incidents.north AND y2 > incidents.north))"
)
_RISING = _crosses("incidents.south", "incidents.north")
_FALLING = _crosses("incidents.north", "incidents.south")
