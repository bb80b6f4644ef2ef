"""Report dossier: a report with all that was read in it, and what became of that.

Reads   the ledger and the account, as they stand.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from marsad.records import Claim, CodedReport, Decision, LedgerIncident
from marsad.store.account_tables import AccountTables
from marsad.store.entries import Added, StoredReport
from marsad.store.ledger import Ledger
from marsad.workflow.added_claims import find_anchored, stands_in, with_added


@dataclass(frozen=True)
class ReportDossier:
    """A report. All mappings are by the ids of its claims.

    `verdicts`: what persons said of claims last, "reject" or "confirm". `added`: by which
    decision a person's claim counts. `adrift` are claims that persons added to an earlier
    version and whose words do not stand in this one: they count for nothing now.
    `end` is the ledger's last row when this was read.
    """

    stored: StoredReport
    versions: tuple[StoredReport, ...]
    coded: CodedReport
    end: int
    verdicts: Mapping[str, Decision] = field(default_factory=dict)
    added: Mapping[str, Decision] = field(default_factory=dict)
    adrift: tuple[Added, ...] = ()
    incidents: Mapping[str, LedgerIncident] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


def read_report_dossier(ledger: Ledger, report_id: str) -> ReportDossier | None:
    """The dossier of a report's latest version; None where there is no such report."""
    end, _ = ledger.end()
    versions = ledger.report_versions(report_id)
    if not versions:
        return None
    stored = versions[-1]
    reading = ledger.reading(report_id)
    coded = CodedReport(report=stored.report) if reading is None else reading.coded
    added = ledger.added(report_id)
    whole = with_added(_with_incidents(coded), added)
    standing = {a.claim.id: a.decision for a in added if stands_in(a.claim, stored.report)}
    return ReportDossier(
        stored=stored,
        versions=tuple(versions),
        coded=whole,
        end=end,
        verdicts=_verdicts(ledger, report_id, whole.claims),
        added=standing,
        adrift=tuple(a for a in added if a.claim.id not in standing),
        incidents=_incidents(ledger, report_id),
        failures=() if reading is not None else tuple(ledger.failures(report_id)),
    )


def _with_incidents(coded: CodedReport) -> CodedReport:
    from marsad.incidents.assemble import assemble_incidents

    incidents = assemble_incidents(coded.claims, coded.judgements)
    return coded.model_copy(update={"incidents": incidents})


def _verdicts(ledger: Ledger, report_id: str, claims: Sequence[Claim]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for decision in ledger.decisions(reports=[report_id]):
        if decision.scope != "claim" or decision.kind == "add":
            continue
        for anchor in decision.targets:
            claim = find_anchored(anchor, claims) if anchor.report == report_id else None
            if claim is not None:
                found[claim.id] = decision
    return found


def _incidents(ledger: Ledger, report_id: str) -> dict[str, LedgerIncident]:
    with ledger.database.reading() as connection:
        tables = AccountTables(connection)
        ids = {row.incident_id for row in tables.tellings_of_report(report_id)}
        found: Iterable[LedgerIncident] = tables.incidents([i for i in ids if i]).values()
    return {
        claim: incident for incident in found for claim in (*incident.claims, *incident.mentions)
    }
