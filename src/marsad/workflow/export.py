"""Export: what a filter asks for out of the ledger, into files or a stream.

Reads   the account and the claims and reports behind it, some hundred incidents at a time.
Writes  files that all are whole or not there, with a manifest; or text to a stream.
Never   holds more than a page of incidents in memory, or writes to the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TextIO

from marsad.errors import ExportError
from marsad.publish.exports.content import ExportItem
from marsad.publish.exports.format import Context, Format, Writer
from marsad.publish.exports.formats import load_format
from marsad.publish.exports.manifest import (
    MANIFEST_NAME,
    Asked,
    FileNote,
    LedgerState,
    Tale,
    make_datapackage,
    make_manifest,
)
from marsad.publish.exports.minisign import SIGNATURE_SUFFIX, SecretKey
from marsad.publish.exports.protect import Profile, is_held, protect
from marsad.publish.output_file import open_together
from marsad.publish.privacy import WITHHELD
from marsad.records import (
    DEFAULT_POLICY,
    Claim,
    IncidentFilter,
    LedgerIncident,
    Policy,
    Report,
)
from marsad.store.ledger import Ledger

PAGE = 200
DATAPACKAGE_NAME = "datapackage.json"


@dataclass(frozen=True)
class ExportRequest:
    """What is to be exported. Without a policy each format counts as its own codebook does.

    `as_of`: the account as it stood then. `bom` marks CSV as UTF-8, for Excel.
    """

    formats: tuple[str, ...]
    wanted: IncidentFilter = field(default_factory=IncidentFilter)
    policy: Policy | None = None
    as_of: datetime | None = None
    profile: Profile = field(default_factory=Profile)
    bom: bool = False


@dataclass(frozen=True)
class Exported:
    """What was exported: `files` are the paths that now stand, none for a stream.

    `outdated` are signatures of an earlier export, which do not hold for this one.
    """

    tale: Tale
    notes: tuple[FileNote, ...]
    files: tuple[Path, ...] = ()
    outdated: tuple[Path, ...] = ()


Progress = Callable[[int, int], None]


def read_items(
    ledger: Ledger,
    wanted: IncidentFilter,
    as_of: datetime | None = None,
    *,
    with_names: bool = True,
    keep: Callable[[LedgerIncident], bool] = lambda incident: True,
) -> Iterator[ExportItem]:
    """The incidents that the filter takes and `keep` lets pass, with what stands behind them.

    `with_names`: with all claims of their reports, so that every name in those is known.
    """
    found = filter(keep, ledger.incidents(wanted, as_of=as_of))
    while page := list(islice(found, PAGE)):
        yield from load_items(ledger, page, with_names=with_names)


def load_items(
    ledger: Ledger, page: Sequence[LedgerIncident], *, with_names: bool = True
) -> Iterator[ExportItem]:
    """Incidents, as they stand or stood, with what stands behind them; a page at a time."""
    wanted = {key for incident in page for key in _claim_ids(incident)}
    report_ids = {key for incident in page for key in incident.reports}
    read = ledger.claims_of_reports(report_ids) if with_names else {}
    claims = {claim.id: claim for told in read.values() for claim in told}
    claims |= ledger.claims(wanted - claims.keys())
    # A mention stands in a report that is not one of the incident's.
    others = {claims[key].report_id for key in wanted if key in claims} - report_ids
    if with_names:
        read |= ledger.claims_of_reports(others)
    reports = {key: kept.report for key, kept in ledger.reports(report_ids | others).items()}
    for incident in page:
        yield _make_item(incident, claims, reports, read)


def _make_item(
    incident: LedgerIncident,
    claims: dict[str, Claim],
    reports: dict[str, Report],
    read: dict[str, tuple[Claim, ...]],
) -> ExportItem:
    own = {key: claims[key] for key in _claim_ids(incident) if key in claims}
    near = dict.fromkeys((*incident.reports, *(claim.report_id for claim in own.values())))
    return ExportItem(
        incident=incident,
        claims=own,
        reports={key: reports[key] for key in near if key in reports},
        read={key: read[key] for key in near if key in read},
    )


def _claim_ids(incident: LedgerIncident) -> Iterator[str]:
    yield from incident.claims
    yield from incident.mentions
    for dispute in incident.disputes:
        yield from (dispute.claim, dispute.counterclaim)


def export_to_stream(
    ledger: Ledger,
    request: ExportRequest,
    stream: TextIO,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write one text format to a stream; there is no manifest.

    Raises:
        ExportError: several formats, or one that needs a file.
        LedgerError: the ledger cannot be read.
    """
    format_, context = _only_text_format(request, now)
    tale = Tale(context.policy)
    assert format_.to_stream is not None
    writer = format_.to_stream(stream, context)
    _write_all(ledger, request, [writer], tale, context.made_at, progress)
    note = FileNote("", Path(), format_, context.policy, writer.written)
    return Exported(tale, (note,))


def _only_text_format(request: ExportRequest, now: datetime | None) -> tuple[Format, Context]:
    if len(request.formats) != 1:
        raise ExportError("several formats need a folder to go to: --output FOLDER.")
    format_ = load_format(request.formats[0])
    if format_.to_stream is None:
        raise ExportError(f"{format_.name} is no text; name a file for it: --output FILE.")
    return format_, _context(request, format_, now or datetime.now(UTC))


def export_to_files(
    ledger: Ledger,
    request: ExportRequest,
    output: Path,
    *,
    signer: SecretKey | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the formats and a manifest: all are whole then, or nothing has changed.

    One format goes to the file `output`, with `output.manifest.json` beside it; into an
    existing folder, or with several formats, each goes under its own name, with
    `manifest.json` and a Frictionless `datapackage.json`. With `signer` a minisign signature
    goes beside the manifest.

    Raises:
        OSError: the output cannot be written.
        ExportError: a format cannot hold so much, or lacks a library.
        LedgerError: the ledger cannot be read.
    """
    moment = now or datetime.now(UTC)
    in_folder = len(request.formats) > 1 or output.is_dir()
    made = in_folder and not output.exists()
    if made:
        output.mkdir()
    target = output if in_folder else output.resolve()
    folder = target if in_folder else target.parent
    try:
        with open_together(folder) as reserve:
            job = _FileJob(ledger, request, moment, reserve, signer)
            return job.run(target, in_folder=in_folder, progress=progress)
    except BaseException:
        if made:
            output.rmdir()
        raise


@dataclass
class _FileJob:
    """One export into files that do not stand under their names yet."""

    ledger: Ledger
    request: ExportRequest
    moment: datetime
    reserve: Callable[[Path], Path]
    signer: SecretKey | None = None
    streams: list[TextIO] = field(default_factory=list)

    def run(self, target: Path, *, in_folder: bool, progress: Progress | None) -> Exported:
        formats = [load_format(name) for name in dict.fromkeys(self.request.formats)]
        places = [target / f.file_name if in_folder else target for f in formats]
        parts = [self.reserve(place) for place in places]
        contexts = [_context(self.request, f, self.moment) for f in formats]
        tale = Tale(self.request.policy or DEFAULT_POLICY)
        state = _ledger_state(self.ledger)
        writers: list[Writer] = []
        try:
            for format_, part, context in zip(formats, parts, contexts, strict=True):
                writers.append(self.open(format_, part, context))
            _write_all(self.ledger, self.request, writers, tale, self.moment, progress)
        except BaseException:
            for writer in writers:
                writer.abandon()
            raise
        finally:
            for stream in self.streams:
                stream.close()
        notes = tuple(
            FileNote(place.name, part, format_, context.policy, writer.written)
            for place, part, format_, context, writer in zip(
                places, parts, formats, contexts, writers, strict=True
            )
        )
        more = self.describe(target, notes, tale, state, contexts[0], in_folder=in_folder)
        written = (*places, *more)
        signatures = (p.with_name(f"{p.name}{SIGNATURE_SUFFIX}") for p in more)
        old = tuple(p for p in signatures if p not in written and p.exists())
        return Exported(tale, notes, written, old)

    def open(self, format_: Format, part: Path, context: Context) -> Writer:
        if format_.to_path is not None:
            return format_.to_path(part, context)
        assert format_.to_stream is not None
        stream = part.open("w", encoding="utf-8", newline="")
        self.streams.append(stream)
        return format_.to_stream(stream, context)

    def describe(
        self,
        target: Path,
        notes: tuple[FileNote, ...],
        tale: Tale,
        state: LedgerState,
        context: Context,
        *,
        in_folder: bool,
    ) -> tuple[Path, ...]:
        """Write the manifest, and for a folder the data package."""
        others: list[tuple[str, Path]] = []
        places: list[Path] = []
        if in_folder:
            places.append(target / DATAPACKAGE_NAME)
            part = self.reserve(places[-1])
            part.write_text(make_datapackage(notes, self.moment), "utf-8")
            others.append((DATAPACKAGE_NAME, part))
            places.append(target / MANIFEST_NAME)
        else:
            places.append(target.with_name(f"{target.name}.{MANIFEST_NAME}"))
        asked = _asked(self.request)
        text = make_manifest(asked, tale, state, notes, context, others)
        self.reserve(places[-1]).write_text(text, "utf-8")
        if self.signer is not None:
            places.append(self.sign(text, places[-1], self.signer))
        return tuple(places)

    def sign(self, text: str, manifest: Path, signer: SecretKey) -> Path:
        """Write the signature of the manifest."""
        comment = f"timestamp:{self.moment.timestamp():.0f}\tfile:{manifest.name}\thashed"
        place = manifest.with_name(f"{manifest.name}{SIGNATURE_SUFFIX}")
        self.reserve(place).write_text(signer.sign(text.encode(), comment), "utf-8")
        return place


def _write_all(
    ledger: Ledger,
    request: ExportRequest,
    writers: Sequence[Writer],
    tale: Tale,
    now: datetime,
    progress: Progress | None,
) -> None:
    """Hand every incident to every writer, in one pass over the ledger."""
    profile = request.profile
    total = ledger.count_incidents(request.wanted, request.as_of) if progress else 0

    def keep(incident: LedgerIncident) -> bool:
        held = is_held(incident, profile, now)
        tale.held += held
        return not held

    items = read_items(
        ledger, request.wanted, request.as_of, with_names=profile.is_public, keep=keep
    )
    for item in items:
        incident = protect(item, profile)
        tale.add(incident)
        for writer in writers:
            writer.add(incident)
        if progress is not None and tale.incidents % PAGE == 0:
            progress(tale.incidents, total)
    for writer in writers:
        writer.finish()


def _context(request: ExportRequest, format_: Format, moment: datetime) -> Context:
    policy = request.policy or format_.policy or DEFAULT_POLICY
    return Context(policy, request.profile.name, moment, version("marsad"), request.bom)


def _ledger_state(ledger: Ledger) -> LedgerState:
    rows, head = ledger.end()
    coders = tuple((coder.version, coder.config_hash) for coder in ledger.coders())
    return LedgerState(rows, head, coders)


def _asked(request: ExportRequest) -> Asked:
    filters = request.wanted.model_dump(mode="json", exclude_defaults=True)
    if request.profile.is_public:  # what is looked for may be a victim's name
        filters |= {name: WITHHELD for name in ("text", "actor") if name in filters}
    return Asked(
        filters=filters,
        policy=request.policy or DEFAULT_POLICY,
        as_of=request.as_of.isoformat() if request.as_of else None,
        profile=request.profile,
    )
