"""`python -m benchmarks.imports`: rows a second and peak memory of importing data sets.

Synthetic ACLED-like rows of one region go into an empty ledger; then the same rows again,
which are all known. `--parse` only reads and tells the rows, without a ledger: the memory of a
file of any length. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.exports import peak_mib
from marsad.reports.datasets.read import read_data_set
from marsad.reports.datasets.row import RowGroup
from marsad.reports.datasets.telling import tell_rows
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.workflow.import_data import DataSet, import_data, make_lookups

KINDS = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
)
COLUMNS = """event_id_cnty event_date time_precision event_type sub_event_type actor1 inter1 actor2
inter2 country admin1 location latitude longitude geo_precision source notes fatalities""".split()
FIRST_DAY = date(2019, 1, 1)
DAYS = 1800


def write_rows(path: Path, many: int) -> None:
    """So many rows, at 400 places over five years."""
    dice = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        for number in range(many):
            place = dice.randrange(400)
            kind = dice.choice(KINDS)
            day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
            dead = dice.choice((0, 0, 0, 1, 2, 3, 5, 14))
            notes = f"On {day:%d %B %Y}, {kind[1].lower()} at Place{place}; {dead} were killed."
            rows.writerow(
                [
                    f"SYR{number}", day, 1, *kind, f"Group{place % 9} of Region", 2,
                    "Civilians (Region)", 7, "Syria", f"Division{place % 14}", f"Place{place}",
                    f"{34 + place % 20 * 0.1:.3f}", f"{36 + place // 20 * 0.1:.3f}", 1,
                    f"Agency{place % 5}; Radio{place % 7}", notes, dead,
                ]
            )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--parse", action="store_true", help="read and tell only, without a ledger")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_rows(path, given.rows)
        print(f"  {'':18}{'rows':>10}{'a second':>10}{'cpu s':>8}{'peak MiB':>10}")
        if given.parse:
            report("read and told", given.rows, lambda: parse(path))
            return
        ledger = Ledger(Database(f"sqlite:///{folder}/ledger.sqlite"))
        data_set = DataSet("Benchmark", "acled")
        for name in ("new", "known"):
            report(name, given.rows, lambda: import_data(ledger, [str(path)], data_set))
        print(f"  {ledger.count_incidents():,} incidents")
        ledger.database.close()


def parse(path: Path) -> None:
    for item in read_data_set(str(path), "acled", make_lookups()):
        assert isinstance(item, RowGroup)
        tell_rows(item, "Benchmark")


def report(name: str, rows: int, work: object) -> None:
    began, processor = time.perf_counter(), time.process_time()
    assert callable(work)
    work()
    seconds = time.perf_counter() - began
    cpu = time.process_time() - processor
    print(f"  {name:18}{rows:>10,}{rows / seconds:>10,.0f}{cpu:>8.1f}{peak_mib():>10,.0f}")


if __name__ == "__main__":
    main()
