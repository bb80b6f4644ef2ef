"""Dossier: all that stands on file about an incident, collected for who looks at it.

Reads   the ledger and the account, now or as they stood.
Writes  nothing.
Never   decides what belongs to an incident: the account did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from marsad.errors import UnknownRecord
from marsad.incidents.linking.likeness import compare_tellings
from marsad.incidents.linking.tellings import Telling
from marsad.records import Change, Dossier, LedgerIncident, Report, Suggestion
from marsad.store.account_tables import AccountTables
from marsad.store.chain import format_time
from marsad.store.find import RecordKind
from marsad.store.ledger import Ledger
from marsad.workflow.find import find_id

MAX_SUGGESTIONS = 10


def incidents_of(ledger: Ledger, kind: RecordKind, record: str) -> list[str]:
    """The incidents that a record tells of, or is; an old id gives the present one."""
    if kind == "incident":
        return [record]
    if kind == "claim":
        return ledger.incidents_of_claim(record)
    with ledger.database.reading() as connection:
        tellings = AccountTables(connection).tellings_of_report(record)
    return list(dict.fromkeys(t.incident_id for t in tellings if t.incident_id))


def suggest(
    ledger: Ledger,
    incident_id: str | None = None,
    limit: int = 50,
    of: Sequence[str] | None = None,
) -> list[Suggestion]:
    """Pairs of incidents that may be one, the likeliest first, each with what speaks for it.

    With `of` only pairs of two of these incidents.
    """
    pairs = ledger.suggestions(limit, incident_id, of=of)
    with ledger.database.reading() as connection:
        rows = AccountTables(connection).tellings(
            {telling for pair in pairs for telling in (pair.telling_a, pair.telling_b)}
        )
    tellings = {key: Telling.from_json(row.body) for key, row in rows.items()}
    return [
        Suggestion(
            incident=pair.incident,
            other=pair.other,
            score=pair.total,
            why=compare_tellings(tellings[pair.telling_a], tellings[pair.telling_b]).explain(),
        )
        for pair in pairs
    ]


def read_dossier(
    ledger: Ledger, incident_id: str, *, as_of: datetime | None = None, asked: str | None = None
) -> Dossier | None:
    """The dossier of an incident; None if it does not stand, or did not then."""
    incident = ledger.incident(incident_id, as_of=as_of)
    if incident is None:
        return None
    disputed = (key for d in incident.disputes for key in (d.claim, d.counterclaim))
    claim_ids = dict.fromkeys((*incident.claims, *disputed, *incident.mentions))
    claims = ledger.claims(claim_ids)
    told_in = (claim.report_id for claim in claims.values())
    reports = _reports(ledger, dict.fromkeys((*incident.reports, *told_in)), as_of)
    suggestions = suggest(ledger, incident.id, MAX_SUGGESTIONS) if as_of is None else []
    others = {s.other if s.incident == incident.id else s.incident for s in suggestions}
    neighbours = (ledger.incident(other) for other in sorted(others))
    return Dossier(
        incident=incident,
        asked=asked if asked != incident.id else None,
        as_of=None if as_of is None else format_time(as_of),
        claims=tuple(claims[key] for key in claim_ids if key in claims),
        reports=tuple(reports),
        suggestions=tuple(suggestions),
        neighbours=tuple(i for i in neighbours if i is not None),
        decisions=tuple(ledger.decisions(seqs=incident.decisions, undone=True)),
    )


def read_history(ledger: Ledger, record: str) -> tuple[Dossier, list[Change]]:
    """What an incident came to be, and the changes that made it so, oldest first.

    Also those of the ids that it had before, and of incidents that it took in, up to then.
    Of one that was withdrawn and went nowhere, the dossier is as it stood last.

    Raises:
        UnknownRecord: nothing has this id, or it is part of no incident.
    """
    kind, full = find_id(ledger, record)
    ids = incidents_of(ledger, kind, full)
    if not ids:
        raise UnknownRecord(f"{kind} {full} is part of no incident, so it has no history.")
    asked = full if kind == "incident" else None
    dossier = read_dossier(ledger, ids[0], asked=asked)
    own = dossier.incident.id if dossier else ids[0]
    changes = sorted(_lineage(ledger, own, None, set()), key=lambda change: change.seq)
    if dossier is None:
        dossier = Dossier(incident=_last_stand(ledger, own, changes))
    return dossier, changes


def _lineage(ledger: Ledger, incident_id: str, until: int | None, seen: set[str]) -> list[Change]:
    """The changes of an incident, and of those whose place it took or that it took in."""
    seen.add(incident_id)
    found: list[Change] = []
    for change in ledger.changes(incident=incident_id):
        if until is not None and change.seq >= until:
            break
        if change.kind in ("changed", "merged"):
            for other in change.others:
                if other not in seen:
                    found += _lineage(ledger, other, change.seq, seen)
        found.append(change)
    return found


def _last_stand(ledger: Ledger, incident_id: str, changes: Iterable[Change]) -> LedgerIncident:
    for change in reversed(list(changes)):
        incident = ledger.incident(incident_id, as_of=datetime.fromisoformat(change.at))
        if incident is not None:
            return incident
    raise UnknownRecord(f"nothing is known of {incident_id}. 'marsad rebuild' makes it known.")


def _reports(ledger: Ledger, ids: Iterable[str], as_of: datetime | None) -> list[Report]:
    if as_of is None:
        return [stored.report for stored in ledger.reports(ids).values()]
    moment = format_time(as_of)
    versions = (
        [stored for stored in ledger.report_versions(key) if stored.stored_at <= moment]
        for key in ids
    )
    return [known[-1].report for known in versions if known]
