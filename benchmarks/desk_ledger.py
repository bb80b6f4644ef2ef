"""A ledger of many synthetic incidents, of every precision, status and toll, for the desk.

Incidents of one report each (`coded.py`) are put into the account without linking, and
then made as various as an account of news is: known to a site or only to a country,
contested, open above, undated.
"""

from __future__ import annotations

import random
from itertools import count, islice
from pathlib import Path
from typing import Any, get_args

from benchmarks.coded import make_coded_reports
from benchmarks.exports import as_account
from marsad.records import (
    Cause,
    Change,
    EventType,
    LedgerIncident,
    Place,
    PlacePrecision,
    Policy,
    Status,
    Tally,
)
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.coder_name import name_rules

CODER = CoderName("benchmark", "0" * 64)
STEP = 2000
_PRECISIONS: tuple[PlacePrecision, ...] = ("site", "town", "district", "province", "country")
_PRECISION_WEIGHTS = (10, 66, 10, 9, 5)
_STATUSES: tuple[Status, ...] = ("single-source", "corroborated", "contested", "discounted")
_STATUS_WEIGHTS = (60, 28, 10, 2)
_KINDS: tuple[EventType, ...] = get_args(EventType)
# The middle of each synthetic country.
_MIDDLES = {
    "SYR": (-6.0, 24.0), "SDN": (2.0, 24.0), "UKR": (10.0, 24.0), "MMR": (18.0, 24.0),
    "COL": (-6.0, 39.0), "NGA": (2.0, 39.0), "IRQ": (10.0, 39.0), "AFG": (18.0, 39.0),
}  # fmt: skip


def fill(database: Database, incidents: int, receipt: Receipt, seed: int = 11) -> None:
    """Put about so many incidents into an empty ledger."""
    ledger = Ledger(database)
    chance = random.Random(seed)
    reports = make_coded_reports(incidents)
    numbers = count(1)
    while step := list(islice(reports, STEP)):
        with ledger.writing() as writer:
            for coded in step:
                writer.keep(coded, CODER, receipt)
                for incident in coded.incidents:
                    number = next(numbers)
                    made = _vary(as_account(coded, incident), chance)
                    words = f"{coded.report.title} {made.place.name if made.place else ''}"
                    writer.account.put_incident(made, words, number)
                    writer.account.put_version(_change(made, number, receipt), made, words)
    with ledger.writing() as writer:
        writer.account.rules = name_rules()
        writer.account.built_to = ledger.end()[0]


def fill_file(path: Path, incidents: int, receipt: Receipt) -> None:
    """The same in a SQLite file."""
    database = Database(f"sqlite:///{path}")
    fill(database, incidents, receipt)
    database.close()


def _change(incident: LedgerIncident, number: int, receipt: Receipt) -> Change:
    cause = Cause(kind="report", name=incident.reports[0])
    at = receipt.retrieved_at.isoformat()
    return Change(seq=number, at=at, incident=incident.id, kind="new", cause=cause)


def _vary(incident: LedgerIncident, chance: random.Random) -> LedgerIncident:
    status = chance.choices(_STATUSES, _STATUS_WEIGHTS)[0]
    changed: dict[str, Any] = {"status": status, "place": _place(incident.place, chance)}
    if chance.random() < 0.2:
        changed["event_type"] = chance.choice(_KINDS)
    if chance.random() < 0.02:
        changed["when"] = None
    changed["tallies"] = tuple(_tallies(incident.tallies, chance))
    return incident.model_copy(update=changed)


def _place(place: Place | None, chance: random.Random) -> Place | None:
    if place is None or chance.random() < 0.02:
        return None
    precision = chance.choices(_PRECISIONS, _PRECISION_WEIGHTS)[0]
    changed: dict[str, Any] = {"precision": precision}
    if precision == "country":
        latitude, longitude = _MIDDLES[place.country or "SYR"]
        changed |= {"latitude": latitude, "longitude": longitude, "admin1": None}
        changed["name"] = place.country
    elif precision == "province":
        # One point for a province, as a gazetteer has it.
        spot = random.Random(place.admin1)
        south, west = _MIDDLES[place.country or "SYR"]
        changed["latitude"] = round(south + spot.uniform(-4, 4), 4)
        changed["longitude"] = round(west + spot.uniform(-4, 4), 4)
        changed["name"] = place.admin1
    elif precision == "site":
        changed["latitude"] = round((place.latitude or 0) + chance.uniform(-0.05, 0.05), 4)
        changed["longitude"] = round((place.longitude or 0) + chance.uniform(-0.05, 0.05), 4)
    return place.model_copy(update=changed)


def _tallies(tallies: tuple[Tally, ...], chance: random.Random) -> list[Tally]:
    found = list(tallies)
    spread = chance.random()
    hurt = chance.choice((None, None, 1, 2, 4, 9))
    made: list[Tally] = []
    for tally in found:
        high: int | None = tally.high
        if spread < 0.1:
            high = None
        elif spread < 0.25 and high is not None:
            high += chance.choice((1, 2, 5))
        made.append(tally.model_copy(update={"high": high}))
    if hurt is not None:
        made += [
            Tally(outcome="injured", low=hurt, best=hurt, high=hurt, policy=policy)
            for policy in get_args(Policy)
        ]
    return made
