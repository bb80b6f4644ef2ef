"""Members: the parts that tellings have in one incident, ready to be made into its account.

Reads   the rows of a part's tellings, their reports, runs and what persons added.
Writes  nothing.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.incidents.account.build import make_incident
from marsad.incidents.account.member import Member, in_order
from marsad.incidents.linking.repeats import copy_groups
from marsad.records import Claim, LedgerIncident
from marsad.store.account_tables import AccountTables
from marsad.store.ledger import Ledger
from marsad.workflow.added_claims import join_claims
from marsad.workflow.parts import Part, PartFinder, read_telling


def read_members(
    tables: AccountTables, part: Part, cluster: frozenset[str] | set[str]
) -> list[Member]:
    """The members that the tellings of a cluster are, in order of publication."""
    rows = [part.rows[telling] for telling in sorted(cluster)]
    reports = tables.reports_at({row.report_seq for row in rows})
    runs = tables.claims_of_runs({row.run_seq for row in rows})
    added: dict[str, list[Claim]] = {}
    for found in tables.added_by(part.decisions.values()):
        added.setdefault(found.claim.report_id, []).append(found.claim)
    members = []
    for row in rows:
        telling = part.tellings[row.telling_id]
        claims, judgements = runs[row.run_seq]
        claims = join_claims(claims, added.get(row.report_id, ()))
        inside = set(telling.claims)
        stored = reports[row.report_seq]
        members.append(
            Member(
                telling=row.telling_id,
                report=stored.report,
                stored_at=stored.stored_at,
                claims=tuple(c for c in claims if c.id in inside),
                judgements=judgements,
                background=telling.background,
            )
        )
    ordered = in_order(members)
    original = copy_groups(part.tellings[member.telling] for member in ordered)
    return [
        replace(m, copy_of=original[m.report.id]) if original[m.report.id] != m.report.id else m
        for m in ordered
    ]


def preview_merge(ledger: Ledger, one: str, other: str) -> LedgerIncident | None:
    """The incident that two would be if they were one; nothing is decided.

    None where either stands no more, or what is left would be none.
    """
    with ledger.database.reading() as connection:
        tables = AccountTables(connection)
        rows = {row.telling_id: row for row in tables.members_of([one, other])}
        if {row.incident_id for row in rows.values()} != {one, other}:
            return None
        reports = sorted({row.report_id for row in rows.values()})
        decisions = tables.decisions_about(reports, up_to=tables.built_to)
        part = Part(
            rows=rows,
            tellings={key: read_telling(row.body) for key, row in rows.items()},
            decisions={d.seq: d for d in decisions if d.seq is not None},
        )
        finder = PartFinder(tables, tables.built_to)
        cluster = set(rows)
        about = [
            d for _, d in sorted(part.decisions.items()) if finder.locate_all(d.targets) & cluster
        ]
        return make_incident(read_members(tables, part, cluster), about)
