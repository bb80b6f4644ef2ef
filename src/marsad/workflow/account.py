"""The account: bring it up to the end of the chain, event by event.

Reads   the ledger's events after the one that the account was last built to.
Writes  tellings, links, incidents and their versions, in the writer's transaction.

Every event first changes tellings; then the part of the account that these hang
together with is grouped anew, and the incidents that came out otherwise are
written with what changed and why. Nothing else is touched, so the work grows with
the part and not with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from marsad.errors import StaleAccount
from marsad.incidents.account.build import make_incident
from marsad.incidents.account.member import Member
from marsad.incidents.assemble import assemble_incidents
from marsad.incidents.linking.cluster import Pair, find_links, make_pair
from marsad.incidents.linking.tellings import Telling, read_tellings
from marsad.records import Cause, Change, CodedReport, Decision, LedgerIncident
from marsad.reports.datasets.row import row_origin
from marsad.store.account_tables import AccountTables
from marsad.store.entries import StoredTelling
from marsad.store.events import Event
from marsad.store.ledger import Writer
from marsad.workflow.added_claims import with_added
from marsad.workflow.coder_name import name_rules
from marsad.workflow.members import read_members
from marsad.workflow.moves import Moves
from marsad.workflow.parts import Part, PartFinder, read_telling
from marsad.workflow.searchable import words_of

# Events that are read at once.
BATCH_EVENTS = 64
# The likeness of two rows that their data set calls one incident: as of two copies.
SAID_TO_BE_ONE = 20.0


def catch_up(
    writer: Writer, limit: int | None = None, fresh: Mapping[int, CodedReport] | None = None
) -> list[Change]:
    """Bring the account to the end of the chain, or `limit` events further; what changed.

    `fresh` are readings by their runs, so that what was just written need not be read.

    Raises:
        StaleAccount: the account was built by other rules.
    """
    tables = writer.account
    require_rules(tables)
    changes: list[Change] = []
    left = limit
    while left is None or left > 0:
        most = min(BATCH_EVENTS, left or BATCH_EVENTS)
        events = tables.events_after(tables.built_to, most)
        for event in events:
            changes += _Update(tables, event, fresh or {}).run()
            tables.built_to = event.seq
        if len(events) < most:
            tables.built_to = writer.seq
            break
        left = None if left is None else left - most
    return changes


def require_rules(tables: AccountTables) -> None:
    """Refuse an account that other rules have made; name those of an empty one.

    Raises:
        StaleAccount: it was, so old and new incidents would stand side by side.
    """
    if tables.rules is None:
        tables.rules = name_rules()
    elif tables.rules != name_rules():
        raise StaleAccount(
            "the account was built by another version of marsad's rules. 'marsad rebuild' builds "
            "it anew from the ledger; reports, claims and decisions stay as they are."
        )


class _Update:
    """What one event changes."""

    def __init__(
        self, tables: AccountTables, event: Event, fresh: Mapping[int, CodedReport]
    ) -> None:
        self.tables = tables
        self.event = event
        self.fresh = fresh
        self.finder = PartFinder(tables, event.seq)

    def run(self) -> list[Change]:
        if self.event.kind == "reading":
            return self._bring_in_reading()
        assert self.event.decision_seq is not None
        decision = self.tables.decision(self.event.decision_seq)
        if decision is None:  # a kind of row that persons do not make
            return []
        if decision.kind == "add":
            return self._bring_in_added(decision)
        moved = self.finder.locate_all((*decision.targets, *decision.others))
        return self._regroup(moved, moved, Moves(self.tables), self._cause_of(decision))

    def _bring_in_reading(self) -> list[Change]:
        assert self.event.report_seq is not None
        coded = self._load(self.event.report_seq, self.event.seq)
        cause = Cause(
            kind="recoding" if self.event.is_again else "report",
            name=(self.event.coder or "") if self.event.is_again else coded.report.id,
            by=coded.report.outlet,
        )
        return self._bring_in(coded, self.event.report_seq, self.event.seq, cause)

    def _bring_in_added(self, decision: Decision) -> list[Change]:
        """Tell anew what a report tells, after a person added a claim or took it back."""
        report = decision.targets[0].report
        version = self.tables.read_version(report, self.event.seq)
        if version is None:
            return []
        coded = self._load(version.report_seq, version.run_seq, by_person=version.by_person)
        return self._bring_in(coded, version.report_seq, version.run_seq, self._cause_of(decision))

    def _bring_in(
        self, coded: CodedReport, report_seq: int, run_seq: int, cause: Cause
    ) -> list[Change]:
        """Put the tellings of a report in the place of those that it had."""
        coded = with_added(coded, self.tables.added(coded.report.id, self.event.seq))
        new = read_tellings(coded)
        old = self.tables.tellings_of_report(coded.report.id)
        moves = Moves(self.tables)
        moves.note(old)
        _inherit(moves, old, new)
        near = set(self.finder.connected(r.telling_id for r in old).rows) if old else set()
        self.tables.drop_tellings([row.telling_id for row in old])
        for telling in new:
            self.tables.put_telling(
                telling.id,
                coded.report.id,
                report_seq,
                run_seq,
                telling.to_json(),
                telling.blocks,
            )
        keys = sorted({key for telling in new for key in telling.blocks})
        met = self.tables.tellings_in_blocks(keys)
        others = [r for r in met if r.report_id != coded.report.id]
        self.tables.put_links(_link(coded.report.id, new, others))
        fresh = {telling.id for telling in new}
        gone = {row.telling_id for row in old} - fresh
        return self._regroup((near - gone) | fresh, fresh, moves, cause)

    def _load(self, report_seq: int, run_seq: int, *, by_person: bool = False) -> CodedReport:
        """What a coder read; nothing, where only persons did."""
        if run_seq in self.fresh:
            return self.fresh[run_seq]
        report = self.tables.reports_at([report_seq])[report_seq].report
        if by_person:
            return CodedReport(report=report)
        claims, judgements = self.tables.claims_of_runs([run_seq])[run_seq]
        incidents = assemble_incidents(claims, judgements)
        return CodedReport(report=report, claims=claims, judgements=judgements, incidents=incidents)

    def _cause_of(self, decision: Decision) -> Cause:
        undone = self.event.kind == "undo"
        return Cause(
            kind="decision",
            name=str(self.event.seq),
            by=self.event.made_by if undone else decision.made_by,
            why=self.event.why if undone else decision.reason,
            decision="undo" if undone else decision.kind,
        )

    def _regroup(
        self, seeds: Iterable[str], stirred: set[str], moves: Moves, cause: Cause
    ) -> list[Change]:
        """Group what the seeds hang together with; write what came out otherwise.

        `stirred` are tellings whose incident is made anew even if it has the same ones.
        """
        part = self.finder.connected(seeds)
        moves.note(part.rows.values())
        for cluster in self.finder.clusters(part):
            if moves.stands(cluster) and not cluster & stirred:
                moves.keep(cluster)
                continue
            moves.place(cluster, self._make(part, cluster))
        changes = moves.changes(self.event.seq, self.event.at, cause)
        for change in changes:
            incident = moves.after.get(change.incident)
            if incident is None:
                self.tables.drop_incident(change.incident)
                self.tables.put_version(change, None)
                continue
            words = words_of(incident, moves.members_of(incident))
            self.tables.put_incident(incident, words, self.event.seq)
            self.tables.put_version(change, incident, words)
        for incident_id, tellings in moves.homes():
            self.tables.set_incident(tellings, incident_id)
        return changes

    def _make(
        self, part: Part, cluster: frozenset[str]
    ) -> tuple[LedgerIncident | None, list[Member]]:
        members = read_members(self.tables, part, cluster)
        about = [
            part.decisions[seq]
            for seq in sorted(part.decisions)
            if self.finder.locate_all(part.decisions[seq].targets) & cluster
        ]
        return make_incident(members, about), members


def _link(
    report: str, new: Sequence[Telling], others: Sequence[StoredTelling]
) -> dict[Pair, float]:
    """How like the tellings of a report are to others.

    Of rows of one data set it is not likeness that tells: that has said which are one incident.
    """
    origin = row_origin(report)
    if origin is None:
        return find_links(new, [read_telling(row.body) for row in others])
    strangers = [row for row in others if not origin.is_apart(row_origin(row.report_id))]
    links = find_links(new, [read_telling(row.body) for row in strangers])
    same = [row.telling_id for row in strangers if row_origin(row.report_id) == origin]
    return links | {make_pair(t.id, other): SAID_TO_BE_ONE for t in new for other in same}


def _inherit(moves: Moves, old: Sequence[StoredTelling], new: Sequence[Telling]) -> None:
    """Let new tellings of a report go on where the old ones were that they share claims with.

    So an incident that gets another id by a changed reading is still found by its old one.
    """
    known = {row.telling_id for row in old}
    before = [(set(read_telling(row.body).claims), row.incident_id) for row in old]
    for telling in new:
        if telling.id in known:
            continue
        shared = [
            (len(claims & set(telling.claims)), incident) for claims, incident in before if incident
        ]
        most, incident = max(shared, default=(0, ""))
        if most:
            moves.inherit(telling.id, incident)
