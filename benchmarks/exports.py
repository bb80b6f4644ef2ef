"""`python -m benchmarks.exports`: rows a second and peak memory of each export format.

A ledger of synthetic incidents (`coded.py`), one report each and put in without linking, is
exported by a process of its own for each format. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any, get_args

from benchmarks.coded import make_coded_reports
from marsad.publish.exports.formats import FORMAT_NAMES
from marsad.publish.exports.protect import Profile
from marsad.records import CodedReport, Incident, LedgerIncident, Origin, Policy, content_id
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.export import ExportRequest, export_to_files

CODER = CoderName("benchmark", "0" * 64)
RECEIPT = Receipt("benchmark", datetime(2026, 1, 1, tzinfo=UTC))
STEP = 2000


def fill(path: Path, incidents: int) -> None:
    """A ledger with about so many incidents."""
    ledger = Ledger(Database(f"sqlite:///{path}"))
    reports = make_coded_reports(incidents)
    numbers = count(1)
    while step := list(islice(reports, STEP)):
        with ledger.writing() as writer:
            for coded in step:
                writer.keep(coded, CODER, RECEIPT)
                for incident in coded.incidents:
                    number = next(numbers)
                    writer.account.put_incident(as_account(coded, incident), "", number)
    ledger.database.close()


def as_account(coded: CodedReport, incident: Incident) -> LedgerIncident:
    """The incident of one report as if it were the account's, under every policy."""
    told = [claim for claim in coded.claims if claim.id in incident.claims]
    origins = tuple(
        Origin(source=c.attribution[0].source, kind=c.attribution[0].kind,
               reports=(coded.report.id,), claims=(c.id,))
        for c in told
    )  # fmt: skip
    tallies = tuple(
        tally.model_copy(update={"policy": policy})
        for policy in get_args(Policy)
        for tally in incident.tallies
    )
    day = coded.report.published_date
    values = dict(incident) | {
        "id": content_id("incident", coded.report.id, incident.id),
        "tallies": tallies,
        "origins": origins,
        "first_published": day,
        "last_published": day,
    }
    return LedgerIncident(**values)


def export_once(path: Path, name: str, profile: Any) -> dict[str, float]:
    """Export everything in one format; what it took."""
    ledger = Ledger(Database(f"sqlite:///{path}"))
    with tempfile.TemporaryDirectory() as folder:
        began, processor = time.perf_counter(), time.process_time()
        request = ExportRequest((name,), profile=Profile(profile))
        done = export_to_files(ledger, request, Path(folder) / "export")
        return {
            "incidents": done.tale.incidents,
            "seconds": time.perf_counter() - began,
            "cpu": time.process_time() - processor,
            "peak_mib": peak_mib(),
        }


def peak_mib() -> float:
    """Of this program alone: the kernel's own figure counts its parent's too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--formats", nargs="+", choices=FORMAT_NAMES, default=FORMAT_NAMES)
    parser.add_argument("--profile", choices=("public", "internal"), default="public")
    parser.add_argument("--ledger", type=Path, help="use this ledger, or make it there")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(export_once(given.ledger, given.formats[0], given.profile)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "ledger.sqlite"
        if not path.exists():
            fill(path, given.incidents)
        print(f"  {given.profile:12}{'incidents':>10}{'a second':>10}{'cpu s':>8}{'peak MiB':>10}")
        for name in given.formats:
            command = [sys.executable, "-m", "benchmarks.exports", "--one", "--ledger", str(path),
                       "--profile", given.profile, "--formats", name]  # fmt: skip
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            r = json.loads(done.stdout)
            rate = r["incidents"] / r["seconds"]
            print(f"  {name:12}{r['incidents']:10.0f}{rate:10.0f}{r['cpu']:8.1f}"
                  f"{r['peak_mib']:10.0f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
