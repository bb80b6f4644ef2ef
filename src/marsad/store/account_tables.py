"""The account's tables: tellings, links, incidents and their versions, read and written.

Reads   what is near a new report: tellings in its blocks, their links, incidents, decisions.
Writes  what follows from a ledger row, in that row's transaction.
Never   takes more statements for a longer list, nor touches a ledger table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from marsad.records import Change, Claim, Decision, LedgerIncident
from marsad.store.account_schema import (
    ACCOUNT,
    ACCOUNT_STATE,
    INCIDENT_BODIES,
    INCIDENT_VERSIONS,
    INCIDENTS,
    LINKS,
    TELLING_BLOCKS,
    TELLINGS,
)
from marsad.store.chain import storable
from marsad.store.entries import Added, ReadVersion, StoredReport, StoredTelling
from marsad.store.events import Event, events_after
from marsad.store.find import RecordKind, find_records
from marsad.store.incident_rows import clear_incident_indexes, drop_incident_row, put_incident_row
from marsad.store.indexes import index_decisions, index_reports
from marsad.store.loading import (
    Readings,
    among,
    load_added,
    load_added_by,
    load_claims,
    load_decisions,
    load_latest_reports,
    load_read_version,
    load_reports,
    load_runs,
)
from marsad.store.versions import find_incident, list_changes

_TELLING = tuple(TELLINGS.c)


class AccountTables:
    """The account of one transaction."""

    def __init__(self, connection: Connection, end: Callable[[], int] = lambda: 0) -> None:
        """`end` gives the place of the ledger's last row."""
        self._connection = connection
        self._end = end

    # Tellings

    def put_telling(
        self,
        telling_id: str,
        report_id: str,
        report_seq: int,
        run_seq: int,
        body: str,
        blocks: Iterable[str],
    ) -> None:
        """Keep a telling under its block keys; one with this id is replaced, its incident kept."""
        row = {
            "telling_id": telling_id,
            "report_id": storable(report_id),
            "report_seq": report_seq,
            "run_seq": run_seq,
            "body": body,
        }
        known = {"telling": telling_id}
        if self._connection.execute(_CHANGE_TELLING, known | row).rowcount:
            self._connection.execute(_DROP_BLOCKS, known)
        else:
            self._connection.execute(_ADD_TELLING, [row])
        keys = [{"key": storable(k), "telling_id": telling_id} for k in dict.fromkeys(blocks)]
        if keys:
            self._connection.execute(_ADD_BLOCK, keys)

    def drop_tellings(self, telling_ids: Iterable[str]) -> None:
        """Forget tellings, with their blocks and links."""
        ids = list(telling_ids)
        if not ids:
            return
        self._connection.execute(delete(TELLINGS).where(self._among(TELLINGS.c.telling_id, ids)))
        blocks = self._among(TELLING_BLOCKS.c.telling_id, ids)
        self._connection.execute(delete(TELLING_BLOCKS).where(blocks))
        ends = or_(self._among(LINKS.c.a, ids), self._among(LINKS.c.b, ids))
        self._connection.execute(delete(LINKS).where(ends))

    def tellings_of_report(self, report_id: str) -> list[StoredTelling]:
        """The tellings of a report, by id."""
        return self._tellings(TELLINGS.c.report_id == storable(report_id))

    def tellings(self, ids: Iterable[str]) -> dict[str, StoredTelling]:
        """Tellings by id; those that are not there are left out."""
        found = self._tellings(self._among(TELLINGS.c.telling_id, list(ids)))
        return {telling.telling_id: telling for telling in found}

    def tellings_in_blocks(
        self, keys: Iterable[str], limit_per_key: int | None = None
    ) -> list[StoredTelling]:
        """The tellings that stand under any of the keys, each once, by id.

        `limit_per_key` takes the first so many of each block by id, which does not hang
        on the order in which they came.
        """
        wanted = [storable(k) for k in dict.fromkeys(keys)]
        if limit_per_key is None:
            under = self._among(TELLING_BLOCKS.c.key, wanted)
            ids = select(TELLING_BLOCKS.c.telling_id).where(under)
            return self._tellings(TELLINGS.c.telling_id.in_(ids))
        bounded = (
            select(TELLING_BLOCKS.c.telling_id)
            .where(TELLING_BLOCKS.c.key == bindparam("key"))
            .order_by(TELLING_BLOCKS.c.telling_id)
            .limit(limit_per_key)
        )
        found = {i for k in wanted for i in self._connection.scalars(bounded, {"key": k})}
        return self._tellings(self._among(TELLINGS.c.telling_id, sorted(found)))

    def members_of(self, incident_ids: Iterable[str]) -> list[StoredTelling]:
        """The tellings of these incidents, by id."""
        return self._tellings(self._among(TELLINGS.c.incident_id, list(incident_ids)))

    def set_incident(self, telling_ids: Iterable[str], incident_id: str | None) -> None:
        """Say of which incident the tellings are; None for none."""
        ids = self._among(TELLINGS.c.telling_id, list(telling_ids))
        self._connection.execute(update(TELLINGS).where(ids).values(incident_id=incident_id))

    # Links

    def put_links(self, links: Mapping[tuple[str, str], float]) -> None:
        """Keep what speaks for pairs of tellings, either way round; known pairs are replaced."""
        rows = [
            {"a": min(pair), "b": max(pair), "total": total}
            for pair, total in links.items()
            if pair[0] != pair[1]
        ]
        if rows:
            self._connection.execute(_PUT_LINK, rows)

    def links_of(
        self, ids: Iterable[str], at_least: float | None = None
    ) -> dict[tuple[str, str], float]:
        """The links at any of the tellings; each pair once, the smaller id first."""
        wanted = list(ids)
        found: dict[tuple[str, str], float] = {}
        for end in (LINKS.c.a, LINKS.c.b):
            rows = select(LINKS).where(self._among(end, wanted))
            if at_least is not None:
                rows = rows.where(LINKS.c.total >= at_least)
            found.update({(r.a, r.b): r.total for r in self._connection.execute(rows)})
        return dict(sorted(found.items()))

    # What the ledger holds about them

    def decisions_about(
        self, report_ids: Iterable[str], up_to: int | None = None
    ) -> list[Decision]:
        """The decisions that stand about claims of these reports, in order.

        With `up_to`, as they stood when the ledger ended with that row.
        """
        return load_decisions(self._connection, reports=report_ids, up_to=up_to)

    def decision(self, seq: int) -> Decision | None:
        """The decision in row `seq`, also one taken back since; None if there is none."""
        found = load_decisions(self._connection, seqs=[seq], undone=True)
        return found[0] if found else None

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id, each as it was read last."""
        return load_claims(self._connection, ids)

    def events_after(self, seq: int, limit: int) -> list[Event]:
        """What the ledger's rows after `seq` bring about, at most `limit` of it."""
        return events_after(self._connection, seq, limit)

    def find(self, given: str) -> list[tuple[RecordKind, str]]:
        """Incidents, claims and reports with this id, or that begin with it."""
        return find_records(self._connection, given)

    def present_id(self, incident_id: str) -> str | None:
        """The incident that an id stands for now, itself or the one it went into; None if none."""
        found = find_incident(self._connection, incident_id)
        return found.id if found else None

    def claims_of_runs(self, run_seqs: Iterable[int]) -> Readings:
        """What each run read: its claims and judgements."""
        return load_runs(self._connection, run_seqs)

    def added(self, report_id: str, up_to: int | None = None) -> list[Added]:
        """The claims that persons added to a report, as it stood at row `up_to`."""
        return load_added(self._connection, report_id, up_to=up_to)

    def added_by(self, decisions: Iterable[Decision]) -> list[Added]:
        """The claims that these decisions add; no statement for those that add none."""
        return load_added_by(self._connection, decisions)

    def read_version(self, report_id: str, up_to: int | None = None) -> ReadVersion | None:
        """The version of a report that counts and who read it, as it stood at row `up_to`."""
        return load_read_version(self._connection, report_id, up_to)

    def latest_report(self, report_id: str) -> StoredReport | None:
        """The latest version of a report; None where there is none of this id."""
        return load_latest_reports(self._connection, [report_id]).get(report_id)

    def changes_after(self, seq: int, incident_id: str) -> list[Change]:
        """What became of an incident after the row `seq`, oldest first."""
        return list(list_changes(self._connection, seq, incident_id))

    def reports_at(self, report_seqs: Iterable[int]) -> dict[int, StoredReport]:
        """Reports by their rows."""
        return load_reports(self._connection, report_seqs)

    # Incidents

    def put_incident(self, incident: LedgerIncident, words: str, seq: int | None = None) -> None:
        """Keep an incident as it stands now, to be found by its values and by `words`.

        `seq` is the row that made it so; the ledger's last, if not given.
        """
        changed = self._end() if seq is None else seq
        put_incident_row(self._connection, incident, words, changed)

    def drop_incident(self, incident_id: str) -> None:
        """Forget an incident; its versions stay."""
        drop_incident_row(self._connection, incident_id)

    def incident(self, incident_id: str) -> LedgerIncident | None:
        """An incident as it stands."""
        return self.incidents([incident_id]).get(incident_id)

    def incidents(self, incident_ids: Iterable[str]) -> dict[str, LedgerIncident]:
        """Incidents by id; those that are not there are left out."""
        rows = (
            select(INCIDENT_BODIES.c.body)
            .join(INCIDENTS, INCIDENTS.c.num == INCIDENT_BODIES.c.num)
            .where(self._among(INCIDENTS.c.incident_id, list(incident_ids)))
        )
        read = map(LedgerIncident.model_validate_json, self._connection.scalars(rows))
        return {incident.id: incident for incident in read}

    def put_version(self, change: Change, incident: LedgerIncident | None, words: str = "") -> None:
        """Keep a change, and the incident as it stood after it; None when it was withdrawn."""
        row = {
            "number": self._connection.scalar(_NEXT_NUMBER),
            "seq": change.seq,
            "at": change.at,
            "incident_id": change.incident,
            "change": change.model_dump_json(),
            "body": incident and incident.model_dump_json(),
            "words": storable(words) if incident else None,
        }
        self._connection.execute(_ADD_VERSION, [row])

    # The whole

    @property
    def rules(self) -> str | None:
        """The name of the rules that the account is built by; None before the first."""
        return self._connection.scalar(select(ACCOUNT_STATE.c.rules))

    @rules.setter
    def rules(self, name: str | None) -> None:
        self._connection.execute(update(ACCOUNT_STATE).values(rules=name))

    @property
    def built_to(self) -> int:
        """The ledger row up to which the account is built; 0 before the first."""
        return self._connection.scalar(select(ACCOUNT_STATE.c.built_to)) or 0

    @built_to.setter
    def built_to(self, seq: int) -> None:
        self._connection.execute(update(ACCOUNT_STATE).values(built_to=seq))

    def clear(self) -> None:
        """Forget the whole account, and make the indexes of reports and decisions anew."""
        for emptied in ACCOUNT:
            self._connection.execute(delete(emptied))
        clear_incident_indexes(self._connection)
        index_reports(self._connection)
        index_decisions(self._connection)
        again = {"rules": None, "built_to": 0, "building": ACCOUNT_STATE.c.building + 1}
        self._connection.execute(update(ACCOUNT_STATE).values(again))

    def _tellings(self, condition: Any) -> list[StoredTelling]:
        rows: Select[Any] = select(*_TELLING).where(condition)
        rows = rows.order_by(TELLINGS.c.telling_id)
        return [StoredTelling(*row) for row in self._connection.execute(rows)]

    def _among(self, column: Any, values: Sequence[str] | Sequence[int]) -> Any:
        return among(self._connection, column, values)


_ADD_VERSION = insert(INCIDENT_VERSIONS)
_NEXT_NUMBER = select(func.coalesce(func.max(INCIDENT_VERSIONS.c.number), 0) + 1)
_ADD_BLOCK = insert(TELLING_BLOCKS)
_DROP_BLOCKS = delete(TELLING_BLOCKS).where(TELLING_BLOCKS.c.telling_id == bindparam("telling"))
_ADD_TELLING = insert(TELLINGS)
_CHANGE_TELLING = update(TELLINGS).where(TELLINGS.c.telling_id == bindparam("telling"))
# Both databases take this form.
_PUT_LINK = text(
    "INSERT INTO links (a, b, total) VALUES (:a, :b, :total) "
    "ON CONFLICT (a, b) DO UPDATE SET total = excluded.total"
)
