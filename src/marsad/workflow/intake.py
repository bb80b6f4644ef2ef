"""Intake: what arrives is coded and looked at before it is kept.

Reads   pasted text, an address, sent files; each report once through the coder.
Writes  nothing, until `keep_looked_at`: then the very reports and claims that were shown.
Never   fetches from inside the network, or lets one bad input stop the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from marsad.errors import MarsadError, ReportError
from marsad.incidents.linking.cluster import find_links
from marsad.incidents.linking.copies import are_copies
from marsad.incidents.linking.likeness import compare_tellings, load_weights
from marsad.incidents.linking.tellings import Telling, read_tellings
from marsad.records import CodedReport, LedgerIncident, Report
from marsad.reports.address_guard import AddressGuard
from marsad.reports.jsonl import report_from_row
from marsad.reports.page import read_report
from marsad.reports.receive import receive, receive_file
from marsad.reports.received import Received, failed, received
from marsad.store.account_tables import AccountTables
from marsad.store.ledger import CoderName, Ledger
from marsad.workflow.coder import Coder, Failure
from marsad.workflow.coder_name import name_coder
from marsad.workflow.ingest import Ingested, keep_received
from marsad.workflow.parts import read_telling

PASTED = "pasted text"
# What a person may say of a pasted text.
FIELDS = ("title", "outlet", "url", "published", "language")
LookState = Literal["new", "version", "recoded", "known", "failed"]


@dataclass(frozen=True)
class Near:
    """An incident of the ledger that a report tells of, or may tell of.

    `joins`: the rules will take it as of that incident. `copies`: reports of it with the
    same text. `why` is the sentence that a person reads.
    """

    incident: LedgerIncident
    joins: bool
    copies: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Looked:
    """One input, coded and not kept. `state` is what keeping it would make it."""

    received: Received
    coded: CodedReport | Failure
    state: LookState
    near: tuple[Near, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The report's id, or what the input was called."""
        if isinstance(self.coded, CodedReport):
            return self.coded.report.id
        return self.coded.name

    @property
    def size(self) -> int:
        """About how many bytes it takes to hold."""
        text = len(self.coded.report.text) if isinstance(self.coded, CodedReport) else 0
        return len(self.received.raw or b"") + 4 * text


def receive_pasted(text: str, fields: Mapping[str, str], *, max_bytes: int) -> Iterator[Received]:
    """A pasted text, or page, with what the person says of it (`FIELDS`).

    What is not said is read from the text as far as it tells.
    """
    raw = text.encode("utf-8", "replace")
    given = {key: fields[key].strip() for key in FIELDS if fields.get(key, "").strip()}
    try:
        report = read_report(
            raw,
            name=PASTED,
            published=given.get("published"),
            language=given.get("language"),
            max_bytes=max_bytes,
        )
        if given.keys() - {"published", "language"}:
            row = report.model_dump(mode="json", exclude={"id"}) | given
            row["published"] = given.get("published") or row["published"] or ""
            report = report_from_row(row, PASTED)
    except ReportError as error:
        yield failed(PASTED, error, raw=raw)
        return
    yield received(report, PASTED, raw)


def receive_address(url: str, *, guard: AddressGuard, max_bytes: int) -> Iterator[Received]:
    """The report at a web address of the public internet, and of nowhere else."""
    if not url.lower().startswith(("http://", "https://")):
        yield failed(url, f"{url}: only http and https addresses are read.")
        return
    yield from receive(url, guard=guard, max_bytes=max_bytes)


def receive_sent(
    stream: BinaryIO, name: str, *, guard: AddressGuard, max_bytes: int
) -> Iterator[Received]:
    """The reports in a file that a person sent."""
    yield from receive_file(stream, name, guard=guard, max_bytes=max_bytes)


def look_at(ledger: Ledger, coder: Coder, item: Received) -> Looked:
    """Code what arrived, and look for what the ledger has of it; nothing is kept."""
    if not isinstance(item.result, Report):
        failure = Failure(item.result.name, item.result.line, item.result.error)
        return Looked(item, failure, "failed")
    name = name_coder(coder.settings, coder.model)
    try:
        coded = coder.code(item.result)
    except MarsadError as error:
        return Looked(item, Failure(item.result.id, None, error), "failed")
    near, copies = _find_near(ledger, coded)
    return Looked(item, coded, _state(ledger, item.result, name), near, copies)


def keep_looked_at(ledger: Ledger, coder: Coder, looked: Looked, by: str) -> Ingested:
    """Keep what was looked at, as it was looked at: nothing is fetched or coded again.

    `by` is who sent it: that stands with its origin, where that is no address.
    """
    name = name_coder(coder.settings, coder.model)
    if isinstance(looked.coded, Failure) and not isinstance(looked.received.result, Report):
        return Ingested(looked.name, "failed", looked.coded.error, looked.coded.line)
    arrived = looked.received
    if "://" not in arrived.origin:
        arrived = replace(arrived, origin=f"{arrived.origin}, sent by {by}")
    return keep_received(ledger, name, arrived, looked.coded)


def _state(ledger: Ledger, report: Report, coder: CoderName) -> LookState:
    if ledger.has(report, coder):
        return "known"
    versions = ledger.report_versions(report.id)
    if not versions:
        return "new"
    return "recoded" if any(v.report == report for v in versions) else "version"


def _find_near(ledger: Ledger, coded: CodedReport) -> tuple[tuple[Near, ...], tuple[str, ...]]:
    """Incidents that the report's tellings are like, and reports whose text it repeats."""
    new = {t.id: t for t in read_tellings(coded)}
    together = load_weights().together
    with ledger.database.reading() as connection:
        tables = AccountTables(connection)
        rows = tables.tellings_in_blocks(sorted({k for t in new.values() for k in t.blocks}))
        home = {row.telling_id: row.incident_id for row in rows}
        met = [read_telling(row.body) for row in rows if row.report_id != coded.report.id]
        links = find_links(list(new.values()), met)
        known = {t.id: t for t in met}
        found: dict[str, tuple[float, Telling, Telling]] = {}
        for (a, b), total in links.items():
            mine, other = (a, b) if a in new else (b, a)
            incident = home.get(other)
            if mine in new and other in known and incident and total > _total(found, incident):
                found[incident] = (total, new[mine], known[other])
        incidents = tables.incidents(found)
    copies = tuple(
        dict.fromkeys(t.report_id for t in met for n in new.values() if are_copies(n.copy, t.copy))
    )
    near = [
        Near(
            incident=incidents[key],
            joins=total >= together,
            copies=tuple(c for c in copies if c in incidents[key].reports),
            why=compare_tellings(mine, other).explain(),
        )
        for key, (total, mine, other) in found.items()
        if key in incidents
    ]
    near.sort(key=lambda n: (not n.joins, -found[n.incident.id][0]))
    return tuple(near), copies


def _total(found: Mapping[str, tuple[float, Telling, Telling]], incident: str) -> float:
    return found[incident][0] if incident in found else -100.0
