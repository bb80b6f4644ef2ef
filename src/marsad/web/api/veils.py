"""Veils: which private names may not be told in an answer, found in the reports behind it.

Reads   the ledger's reports and all claims ever read in them.
Writes  veils, and changes under them.
Never   asks what a record itself says of persons: a reason or a sentence names them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from marsad.publish.ledger.veiled_records import Veil, veil_of
from marsad.records import Change, Claim, Dossier, LedgerIncident, Report
from marsad.store.ledger import Ledger
from marsad.workflow.export import load_items


def veil_reports(ledger: Ledger, ids: Iterable[str], more: Iterable[Report] = ()) -> Veil:
    """The veil over the names in reports; `more` are other versions of some."""
    wanted = set(ids)
    reports = {key: kept.report for key, kept in ledger.reports(wanted).items()}
    reports |= {report.id: report for report in more}
    return veil_of(reports.values(), _claims(ledger, wanted | reports.keys()))


def veil_dossier(ledger: Ledger, dossier: Dossier, also: Iterable[str] = ()) -> Veil:
    """The veil over the names in all reports that a dossier stands on, and its neighbours'."""
    near = (key for neighbour in dossier.neighbours for key in neighbour.reports)
    return veil_reports(ledger, {*near, *also, *dossier.incident.reports}, dossier.reports)


def veil_incidents(ledger: Ledger, incidents: Sequence[LedgerIncident]) -> Iterator[LedgerIncident]:
    """Incidents, each without the private names in its reports."""
    for item in load_items(ledger, incidents):
        claims = (claim for read in item.read.values() for claim in read)
        yield veil_of(item.reports.values(), claims).record(item.incident)


def veil_changes(ledger: Ledger, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes, each without the private names in all reports that its incident ever stood on."""
    told = {
        incident: reports_in(ledger.changes(incident=incident))
        for incident in {change.incident for change in changes}
    }
    every = set[str]().union(*told.values())
    reports = {key: kept.report for key, kept in ledger.reports(every).items()}
    read = ledger.claims_of_reports(every)
    veils = {
        incident: veil_of(
            (reports[key] for key in ids if key in reports),
            (claim for key in ids for claim in read.get(key, ())),
        )
        for incident, ids in told.items()
    }
    return tuple(veils[change.incident].record(change) for change in changes)


def reports_in(changes: Iterable[Change]) -> set[str]:
    """The reports that changes speak of, also those that tell of their incident no more."""
    found: set[str] = set()
    for change in changes:
        if change.cause.kind == "report":
            found.add(change.cause.name)
        for value in change.values:
            if value.field == "reports":
                found.update(key for side in (value.before, value.after) for key in side or ())
    return found


def _claims(ledger: Ledger, ids: Iterable[str]) -> Iterator[Claim]:
    for read in ledger.claims_of_reports(ids).values():
        yield from read
