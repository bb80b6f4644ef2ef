"""`python -m benchmarks.ledger`: what the ledger costs as it grows.

Coded reports of our own (`coded.py`) are kept one by one, as `marsad ingest` does. The floor is
the same rows appended to a second ledger without an account. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.coded import FIRST_DAY, make_coded_reports
from marsad.records import CodedReport, IncidentFilter
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.store.verify import verify
from marsad.workflow.ingest import keep_coded

CODER = CoderName("benchmark", "0" * 64)
RECEIPT = Receipt("benchmark", datetime(2026, 1, 1, tzinfo=UTC))
WINDOW = 200  # reports timed together
FLOOR_REPORTS = 500
SMALL_CLAIMS = 1_000
TURNS = 8
TURN = 40  # reports a turn


def grow(
    ledger: Ledger, reports: Iterator[CodedReport], marks: list[int]
) -> list[tuple[int, float, float]]:
    """(claims so far, seconds a report, processor seconds a report) at each mark, to the last."""
    found: list[tuple[int, float, float]] = []
    done = 0
    while marks and (window := list(islice(reports, WINDOW))):
        wall, cpu = time.perf_counter(), time.process_time()
        for coded in window:
            keep_coded(ledger, CODER, coded, RECEIPT)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        done += sum(len(coded.claims) for coded in window)
        if marks and done >= marks[0]:
            marks.pop(0)
            found.append((done, wall / len(window), cpu / len(window)))
            times = " ".join(f"{1000 * seconds:8.1f} ms" for seconds in found[-1][1:])
            print(f"  {done:>9,} claims {times}", flush=True)
    return found


def take_turns(large: Ledger, more: Iterator[CodedReport], small: Ledger) -> tuple[float, float]:
    """Median processor seconds a report in a small ledger and in a large one, side by side.

    Marks of one long run are hours apart on a machine that others use too; turns are not.
    """
    others, done = make_coded_reports(10 * SMALL_CLAIMS), 0
    while done < SMALL_CLAIMS:
        coded = next(others)
        keep_coded(small, CODER, coded, RECEIPT)
        done += len(coded.claims)
    times: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(TURNS):
        for is_large, ledger, reports in ((False, small, others), (True, large, more)):
            window = list(islice(reports, TURN))
            began = time.process_time()
            for coded in window:
                keep_coded(ledger, CODER, coded, RECEIPT)
            times[is_large].append((time.process_time() - began) / len(window))
    return statistics.median(times[False]), statistics.median(times[True])


def append_only(ledger: Ledger) -> float:
    """Seconds a report when only the ledger's rows are written."""
    reports = list(islice(make_coded_reports(10 * FLOOR_REPORTS), FLOOR_REPORTS))
    began = time.perf_counter()
    for coded in reports:
        ledger.keep(coded, CODER, RECEIPT)
    return (time.perf_counter() - began) / len(reports)


def filters(last_day: date) -> dict[str, IncidentFilter]:
    """What an analyst asks."""
    month = {"since": last_day - timedelta(days=30), "until": last_day}
    page = {"limit": 50}
    return {
        "the latest": IncidentFilter(**page),
        "one month": IncidentFilter(**month, **page),
        "a box": IncidentFilter(box=(20.0, -10.0, 24.0, -4.0), **page),
        "within 50 km": IncidentFilter(near=(-5.0, 22.0, 50.0), **page),
        "a kind in a country": IncidentFilter(types=("shelling",), country="SDN", **page),
        "a place by name": IncidentFilter(place="Province 2-4", **page),
        "10 killed or more": IncidentFilter(outcome="killed", at_least=10, **page),
        "an actor": IncidentFilter(actor="armed men", **page),
        "contested": IncidentFilter(status=("contested",), **page),
        "a rare word": IncidentFilter(text="gadora", **page),
        "a common word": IncidentFilter(text="market", **page),
        "all at once": IncidentFilter(
            **month, box=(20.0, -10.0, 40.0, 10.0), types=("shelling", "attack"), outcome="killed",
            at_least=3, text="market", **page,
        ),
    }  # fmt: skip


def clock(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def ask(ledger: Ledger, runs: int) -> None:
    newest = next(ledger.incidents(IncidentFilter(limit=1)), None)
    last_day = newest.when.end if newest and newest.when else FIRST_DAY
    print(f"\nQuestions over {ledger.count_incidents(IncidentFilter()):,} incidents, median of "
          f"{runs} (aim: below 100 ms)")  # fmt: skip
    print(f"  {'':24}{'page of 50':>12}{'count':>10}{'found':>10}")
    for name, asked in filters(last_day).items():
        page = clock(lambda asked=asked: list(ledger.incidents(asked)), runs)
        count = clock(lambda asked=asked: ledger.count_incidents(asked), runs)
        found = ledger.count_incidents(asked)
        print(f"  {name:24}{1000 * page:9.1f} ms{1000 * count:7.1f} ms{found:10,}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5, help="runs of each question")
    parser.add_argument("--database", help="an empty PostgreSQL database, instead of SQLite files")
    chosen = parser.parse_args()
    marks = [n for n in (500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 10**6)
             if n <= chosen.claims * 0.98] + [int(chosen.claims * 0.98)]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        floor = append_only(Ledger(Database(f"sqlite:///{Path(folder) / 'floor.sqlite'}")))
        print(f"Append a report's rows without an account, SQLite (floor): {1000 * floor:.1f} ms")
        url = chosen.database or f"sqlite:///{Path(folder) / 'ledger.sqlite'}"
        database = Database(url)
        ledger = Ledger(database)
        print("\nOne report more, with the account brought up to it:  wall   processor")
        reports = make_coded_reports(2 * chosen.claims + 10 * SMALL_CLAIMS)
        found = grow(ledger, reports, marks)
        print(f"  the last: {found[-1][1] / floor:.1f} × the floor")
        small = Ledger(Database(f"sqlite:///{Path(folder) / 'small.sqlite'}"))
        few, many = take_turns(ledger, reports, small)
        allowed = math.log(found[-1][0]) / math.log(SMALL_CLAIMS)
        print(f"  in turns with a ledger of {SMALL_CLAIMS:,} claims: {1000 * few:.1f} and "
              f"{1000 * many:.1f} ms of processor time, {many / few:.2f} × (logarithm: "
              f"{allowed:.2f} ×)")  # fmt: skip
        ask(ledger, chosen.runs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.perf_counter()
        verdict = verify(database)
        print(f"\nPeak memory {peak:.0f} MiB; verified {verdict.rows:,} rows in "
              f"{time.perf_counter() - began:.1f} s: {verdict.fault or 'no fault'}")  # fmt: skip
        database.close()


if __name__ == "__main__":
    main()
