"""Import: other people's data sets into the ledger, each row as what that data set says.

Reads   files of rows through `reports.datasets`.
Writes  a report with its claims for each row, and what that changes in the account, some rows
        in one transaction.
Never   stops at a bad row, or takes two rows of one data set for one incident.

What was confirmed is kept whatever happens then; running again goes on from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice

from marsad.codebook.actors import load_nations
from marsad.errors import UnreadableReport
from marsad.incidents.assemble import assemble_incidents
from marsad.publish.exports.cells import read_cell
from marsad.publish.exports.countries import country_number
from marsad.publish.wording import DISPUTE_LABELS, country_code
from marsad.records import CodedReport, DisputeAbout
from marsad.reports.datasets.figures import is_held
from marsad.reports.datasets.lookups import Lookups
from marsad.reports.datasets.read import DataFormat, read_data_set
from marsad.reports.datasets.row import BadRow, RowGroup
from marsad.reports.datasets.telling import tell_rows
from marsad.settings import MAX_REPORT_BYTES
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.account import catch_up
from marsad.workflow.coder_name import name_reader
from marsad.workflow.ingest import Ingested, IngestOutcome

# Rows that are kept together: fewer cost more, and more make others wait.
BATCH_ROWS = 50
MAX_KINDS = 1000


@dataclass(frozen=True)
class DataSet:
    """What the rows come from: its name is their outlet."""

    name: str
    format: DataFormat
    licence: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    day_first: bool | None = None


@dataclass
class ImportNotes:
    """What a person must know of what was taken in.

    `unknown_kinds` counts the data set's words for kinds that are "other" here, `weakened` the
    numbers of which only the floor could be kept, `unbounded` the rows that make no incident.
    """

    unknown_kinds: Counter[str] = field(default_factory=Counter)
    weakened: int = 0
    unbounded: int = 0
    denied: int = 0

    def add(self, group: RowGroup, coded: CodedReport) -> None:
        """Take note of a row that was taken in anew."""
        for row in group.rows:
            if row.event_type == "other" and len(self.unknown_kinds) < MAX_KINDS:
                self.unknown_kinds[row.event_words] += 1
            self.weakened += sum(not is_held(number) for number in row.numbers)
        if all(row.modality == "denied" for row in group.rows):
            self.denied += 1
        elif not coded.incidents:
            self.unbounded += 1


def make_lookups(day_first: bool | None = None) -> Lookups:
    """How marsad's own exports write cells, countries and disputes."""
    numbers = {
        str(number): nation.iso3
        for nation in load_nations()
        if (number := country_number(nation.iso3)) is not None
    }
    names = {n.casefold(): nation.iso3 for nation in load_nations() for n in nation.names}
    disputes: dict[str, DisputeAbout] = {words: about for about, words in DISPUTE_LABELS.items()}
    disputes |= {about: about for about in DISPUTE_LABELS}

    def country_of(words: str) -> str | None:
        plain = words.strip()
        return country_code(plain) or names.get(plain.casefold()) or numbers.get(plain.lstrip("0"))

    return Lookups(read_cell, country_of, disputes.get, day_first)


def import_data(
    ledger: Ledger,
    sources: Sequence[str],
    data_set: DataSet,
    *,
    max_bytes: int = MAX_REPORT_BYTES,
    on_item: Callable[[Ingested], None] = lambda item: None,
    notes: ImportNotes | None = None,
) -> ImportNotes:
    """Take every row of the sources in; `on_item` is told of each when it is kept.

    `notes` are added to as it goes. The same row twice changes nothing; a changed row of the
    same id is a new version.

    Raises:
        LedgerError: the ledger cannot be written any more; what was told of is kept.
    """
    notes = ImportNotes() if notes is None else notes
    lookups = make_lookups(data_set.day_first)
    coder = name_importer(data_set.format)
    for source in sources:
        found = read_data_set(
            source, data_set.format, lookups, columns=data_set.columns, max_bytes=max_bytes
        )
        for item in _take_in(ledger, coder, data_set, source, found, notes):
            on_item(item)
    return notes


def name_importer(format_: DataFormat) -> CoderName:
    """Which reader of rows read: a marsad that reads rows otherwise has another."""
    return name_reader("reports.datasets", f"marsad {version('marsad')} import {format_}")


def _take_in(
    ledger: Ledger,
    coder: CoderName,
    data_set: DataSet,
    source: str,
    found: Iterable[RowGroup | BadRow],
    notes: ImportNotes,
) -> Iterator[Ingested]:
    rows = iter(found)
    while batch := list(islice(rows, BATCH_ROWS)):
        yield from _take_batch(ledger, coder, data_set, source, batch, notes)


def _take_batch(
    ledger: Ledger,
    coder: CoderName,
    data_set: DataSet,
    source: str,
    batch: Sequence[RowGroup | BadRow],
    notes: ImportNotes,
) -> list[Ingested]:
    """Keep a batch and bring the account up to it, whole or not at all."""
    told = [_tell(item, data_set, source) for item in batch]
    done: list[Ingested] = []
    fresh: dict[int, CodedReport] = {}
    now = datetime.now(UTC)
    name = "standard input" if source == "-" else source
    with ledger.writing() as writer:
        for item, coded in zip(batch, told, strict=True):
            if isinstance(coded, BadRow):
                done.append(Ingested(source, "failed", coded.error, coded.line))
                continue
            assert isinstance(item, RowGroup)
            kept = writer.keep(coded, coder, Receipt(f"{name}#{item.line}", now, item.raw))
            outcome: IngestOutcome = "known"
            if kept.run_seq is not None:
                fresh[kept.run_seq] = coded
                notes.add(item, coded)
                outcome = "recoded"
                if kept.new_report:
                    outcome = "version" if kept.is_version else "new"
            done.append(Ingested(coded.report.id, outcome, line=item.line))
        changes = tuple(catch_up(writer, fresh=fresh)) if fresh else ()
    if changes:  # they are of the whole batch: told with the last
        last = done[-1]
        done[-1] = Ingested(last.name, last.outcome, last.error, last.line, changes)
    return done


def _tell(item: RowGroup | BadRow, data_set: DataSet, source: str) -> CodedReport | BadRow:
    """A row as a coded report; whatever is wrong with it is its own failure."""
    if isinstance(item, BadRow):
        return item
    try:
        told = tell_rows(item, data_set.name, data_set.licence)
        return CodedReport(
            report=told.report,
            claims=told.claims,
            judgements=told.judgements,
            incidents=assemble_incidents(told.claims, told.judgements),
        )
    except ValueError as error:
        why = " ".join(str(error).split())[:300]
        message = f"{source}, line {item.line}: the row cannot be kept as claims ({why})."
        return BadRow(item.line, UnreadableReport(message))
