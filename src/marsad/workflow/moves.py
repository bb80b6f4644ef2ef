"""Moves: which incidents tellings were of before an event, and which they are of after it.

Reads   incidents as they stood, from the account's tables.
Writes  nothing; returns the changes, each with the incidents that it came from or went to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.incidents.account.changes import explain_change
from marsad.incidents.account.member import Member, name_report
from marsad.records import Cause, Change, ChangeKind, LedgerIncident
from marsad.store.account_tables import AccountTables
from marsad.store.entries import StoredTelling


class Moves:
    """Before and after, for the tellings that one event may move."""

    def __init__(self, tables: AccountTables) -> None:
        self.tables = tables
        self.after: dict[str, LedgerIncident] = {}
        self._was: dict[str, str] = {}  # telling → its incident before
        self._had: dict[str, set[str]] = {}  # incident → its tellings before
        self._is: dict[str, str | None] = {}
        self._members: dict[str, list[Member]] = {}
        self._kept: set[str] = set()

    def note(self, rows: Iterable[StoredTelling]) -> None:
        """Remember the incidents that tellings are of now; the first note of one holds."""
        for row in rows:
            if row.incident_id is not None and row.telling_id not in self._was:
                self._was[row.telling_id] = row.incident_id
                self._had.setdefault(row.incident_id, set()).add(row.telling_id)

    def inherit(self, telling: str, incident_id: str) -> None:
        """A new telling takes the place of one that was of this incident."""
        self._was.setdefault(telling, incident_id)
        self._had.setdefault(incident_id, set()).add(telling)

    def stands(self, cluster: frozenset[str]) -> bool:
        """Whether one incident has just these tellings already."""
        known = self._was.get(min(cluster))
        return known is not None and self._had[known] == cluster

    def keep(self, cluster: frozenset[str]) -> None:
        """An incident stays as it is."""
        self._kept.add(self._was[min(cluster)])

    def place(
        self, cluster: frozenset[str], made: tuple[LedgerIncident | None, list[Member]]
    ) -> None:
        """These tellings are of this incident now, or of none."""
        incident, members = made
        for telling in cluster:
            self._is[telling] = incident.id if incident else None
        if incident is not None:
            self.after[incident.id] = incident
            self._members[incident.id] = members

    def members_of(self, incident: LedgerIncident) -> list[Member]:
        """The members that an incident was made from."""
        return self._members[incident.id]

    def homes(self) -> Iterator[tuple[str | None, list[str]]]:
        """Incidents with the tellings that are newly theirs."""
        moved: dict[str | None, list[str]] = {}
        for telling, incident_id in sorted(self._is.items()):
            moved.setdefault(incident_id, []).append(telling)
        yield from moved.items()

    def changes(self, seq: int, at: str, cause: Cause) -> list[Change]:
        """What became otherwise: incidents that stand, then those that do not any more."""
        before = self.tables.incidents(sorted(self._had.keys() - self._kept))
        found = [c for i in self.after.values() if (c := self._change(i, before, seq, at, cause))]
        for incident_id, was in before.items():
            if incident_id in self.after:
                continue
            went = {self._is.get(telling) for telling in self._had[incident_id]}
            found.append(
                Change(
                    seq=seq,
                    at=at,
                    incident=incident_id,
                    kind="withdrawn",
                    values=explain_change(was, None),
                    others=tuple(sorted(i for i in went if i is not None)),
                    cause=cause,
                )
            )
        return found

    def _change(
        self,
        incident: LedgerIncident,
        before: dict[str, LedgerIncident],
        seq: int,
        at: str,
        cause: Cause,
    ) -> Change | None:
        came = {self._was[t] for t in incident.tellings if t in self._was}
        stay = self.after.keys() | self._kept
        taken = sorted(came - stay)
        parted = sorted((came & stay) - {incident.id})
        base = before.get(incident.id)
        names = {m.report.id: name_report(m.report) for m in self._members[incident.id]}
        kind: ChangeKind
        others: list[str] = []
        if base is not None:
            if base == incident:
                return None
            kind, others = ("merged", taken) if taken else ("changed", [])
        elif taken:  # it goes on under the id of an earlier report
            base = max((before[i] for i in taken), key=lambda i: (len(i.tellings), i.id))
            kind, others = ("merged" if len(taken) > 1 else "changed"), taken
        elif parted:
            kind, others = "split", parted
        else:
            kind = "new"
        return Change(
            seq=seq,
            at=at,
            incident=incident.id,
            kind=kind,
            values=explain_change(base, incident, names),
            others=tuple(others),
            cause=cause,
        )
