"""`python -m benchmarks.desk`: what the desk's overview costs on the server.

A ledger of 100,000 synthetic incidents (`desk_ledger.py`) is asked through the application,
without a network. Two floors: a page of FastAPI that looks nothing up, and one incident found by
its index and read. Each question is asked anew (a filter that nobody asked before) and again.
See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from fastapi import FastAPI

from benchmarks.desk_ledger import fill_file
from marsad.records import IncidentFilter
from marsad.settings import load_settings
from marsad.store.database import Database
from marsad.store.ledger import Ledger, Receipt
from marsad.store.people import read_role
from marsad.web.app import make_app
from marsad.web.desk import Desk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

AIM_MS = 200
RECEIPT = Receipt("benchmark", datetime(2026, 1, 1, tzinfo=UTC))
PART = {"HX-Request": "true"}
_FIRST = date(2015, 1, 1)


def clock(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds by the wall and of the processor."""
    wall, cpu = [], []
    for _ in range(runs):
        began, processor = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - processor)
    return statistics.median(wall), statistics.median(cpu)


def fresh_queries() -> Iterator[str]:
    """Filters that were not asked before: days, tolls and kinds in turn."""
    for number in count():
        since = _FIRST + timedelta(days=number)
        yield (
            f"since={since}",
            f"outcome=killed&at_least={2 + number % 7}&since={since}",
            f"kind=shelling&until={since + timedelta(days=300)}",
            f"text=killed&since={since}",
            f"polygon=20,-10+{30 + number * 0.01},-10+30,10+20,5",
        )[number % 5]


def ask(client: TestClient, address: str, **headers: str) -> None:
    """One request, answered in full."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)


def questions(client: TestClient, incident: str) -> Iterable[tuple[str, Callable[[], object]]]:
    """What is asked, by name."""
    queries = fresh_queries()
    return (
        ("overview, no filter", lambda: ask(client, "/")),
        ("overview, a filter again", lambda: ask(client, "/?kind=shelling&since=2015-02-01")),
        ("overview, a new filter", lambda: ask(client, f"/?{next(queries)}")),
        ("part for htmx, a new filter", lambda: ask(client, f"/?{next(queries)}", **PART)),
        ("timeline, a new filter", lambda: ask(client, f"/timeline?{next(queries)}")),
        ("timeline, again", lambda: ask(client, "/timeline")),
        ("map zoom 2, a new filter", lambda: ask(client, f"/map?zoom=2&{next(queries)}")),
        ("map zoom 2, again", lambda: ask(client, "/map?zoom=2")),
        ("map zoom 5, again", lambda: ask(client, "/map?zoom=5&seen=15,-12,50,25")),
        ("map zoom 8, again", lambda: ask(client, "/map?zoom=8&seen=22,-6,26,-3")),
        ("an incident's page", lambda: ask(client, f"/incidents/{incident}")),
    )


def measure(desk: Desk, runs: int) -> None:
    """Print the table."""
    client = TestClient(make_app(desk), base_url="http://localhost", follow_redirects=False)
    client.cookies.set("marsad-session", desk.sessions.start("Benchmark", "benchmark"))
    incident = next(desk.ledger.incidents(IncidentFilter(limit=1))).id
    bare = FastAPI()
    bare.add_api_route("/", _say_nothing)
    bare_client = TestClient(bare)
    began = time.perf_counter()
    ask(client, "/")
    first = time.perf_counter() - began
    print(f"{desk.ledger.count_incidents():,} incidents, median of {runs} (aim: {AIM_MS} ms); "
          f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    print(f"  {'':30}{'wall':>10}{'processor':>12}{'/ page':>9}{'/ query':>9}")
    floor = clock(lambda: ask(bare_client, "/"), runs)
    query = clock(lambda: desk.ledger.incident(incident), runs)
    floors: tuple[tuple[str, Callable[[], object]], ...] = (
        ("floor: a bare FastAPI page", lambda: ask(bare_client, "/")),
        ("floor: one indexed query", lambda: desk.ledger.incident(incident)),
    )
    for name, work in (*floors, *questions(client, incident)):
        if name.endswith(("again", "no filter")):
            work()
        wall, cpu = clock(work, runs)
        note = "" if wall * 1000 < AIM_MS else "  too slow"
        print(f"  {name:30}{1000 * wall:7.1f} ms{1000 * cpu:9.1f} ms{cpu / floor[1]:8.0f}×"
              f"{cpu / query[1]:8.0f}×{note}", flush=True)  # fmt: skip
    print(f"  the first page after the start: {1000 * first:.0f} ms; after a report came in:")

    def after_a_change() -> None:
        _change(desk)
        ask(client, "/")

    wall, cpu = clock(after_a_change, runs)
    print(f"  {'overview, no filter':30}{1000 * wall:7.1f} ms{1000 * cpu:9.1f} ms")


def _say_nothing() -> str:
    return "marsad"


def _change(desk: Desk) -> None:
    """One incident is told anew, as if a report had come in."""
    ledger = desk.ledger
    (incident,) = ledger.incidents(IncidentFilter(limit=1))
    end = ledger.account_end() + 1
    with ledger.writing() as writer:
        writer.account.put_incident(incident, "told anew", end)
        writer.account.built_to = end


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--incidents", type=int, default=102_300)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--ledger", type=Path, help="use this ledger, or make it there")
    parser.add_argument("--database", help="an empty PostgreSQL database, or a filled one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "ledger.sqlite"
        if given.database:
            database = _fill_server(given.database, given.incidents)
        else:
            if not path.exists():
                fill_file(path, given.incidents, RECEIPT)
            database = Database(f"sqlite:///{path}")
        desk = Desk(Ledger(database), load_settings())
        if desk.people.find("Benchmark") is None:
            password = secrets.token_urlsafe(18)
            desk.people.add_with_password("Benchmark", read_role("coder"), password)
        measure(desk, given.runs)
        database.close()


def _fill_server(url: str, incidents: int) -> Database:
    from benchmarks.desk_ledger import fill

    database = Database(url)
    if not Ledger(database).count_incidents():
        fill(database, incidents, RECEIPT)
    return database


if __name__ == "__main__":
    main()
