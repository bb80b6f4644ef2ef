"""Coding: report in, coded report out.

The loop over reports is the one place that catches every exception: one bad
report becomes a Failure and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.errors import MarsadError, ReportError
from marsad.incidents.assemble import assemble_incidents
from marsad.records import Claim, CodedReport, Evidence, Judgement, Report, SetApart
from marsad.reports.length import require_readable
from marsad.reports.read import ReadFailure, read_source
from marsad.settings import Settings, load_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from marsad.coding.mentions import Mention, ReportContext

BATCH_REPORTS = 32


@dataclass(frozen=True)
class Failure:
    """An input that could not be coded: which, where in it, and why."""

    name: str
    line: int | None
    error: MarsadError


def read_sources(
    sources: Sequence[str],
    *,
    published: date | datetime | None = None,
    language: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Report | ReadFailure]:
    """Read every source (path, directory, URL, '-') in order; bad ones come as ReadFailure."""
    limit = (settings or load_settings()).max_report_bytes
    for source in sources:
        yield from read_source(source, published=published, language=language, max_bytes=limit)


class Coder:
    """Codes reports. The model is loaded when the first report comes, and kept."""

    def __init__(self, settings: Settings | None = None, *, model: str | None = None) -> None:
        self.settings = settings or load_settings()
        self.model = model or self.settings.model

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline with all marsad components, loaded on first use."""
        from marsad.coding.pipeline import load_pipeline
        from marsad.places.gazetteer import open_gazetteer

        open_gazetteer(self.settings.gazetteer_path).close()
        return load_pipeline(self.model, gazetteer=self.settings.gazetteer_path)

    def code(self, report: Report) -> CodedReport:
        """Code one report.

        Raises:
            ReportError: the report cannot be coded.
            SettingsError: the chosen model is not installed.
            GazetteerError: the gazetteer cannot be opened or built.
        """
        return self.code_explained(report)[0]

    def code_explained(self, report: Report) -> tuple[CodedReport, dict[str, list[str]]]:
        """Code one report; also, for each claim id, sentences that say why it was coded so."""
        from marsad.coding.pipeline import read_docs

        nlp = self.nlp
        try:
            doc = next(read_docs(nlp, [(report.text, _context(report))], batch=1))
            return _assemble(report, doc), doc._.reasons
        except MarsadError:
            raise
        except Exception as error:
            raise ReportError(
                f"report {report.id!r} could not be coded ({type(error).__name__}: {error}). "
                f"That is a fault of ours: please send us this report."
            ) from error

    def code_many(
        self, reports: Iterable[Report | ReadFailure], *, batch: int = BATCH_REPORTS
    ) -> Iterator[CodedReport | Failure]:
        """Code reports in order, `batch` parsed together; failures stand where they came."""
        group: list[Report | ReadFailure] = []
        for report in reports:
            group.append(report)
            if len(group) >= batch:
                yield from self._code_group(group)
                group = []
        yield from self._code_group(group)

    def _code_group(self, group: Sequence[Report | ReadFailure]) -> Iterator[CodedReport | Failure]:
        from marsad.coding.pipeline import read_docs

        good = [item for item in group if isinstance(item, Report)]
        nlp = self.nlp if good else None  # inputs that all failed cost no model
        try:
            docs = list(read_docs(nlp, [(r.text, _context(r)) for r in good])) if nlp else []
            coded = iter([_assemble(r, d) for r, d in zip(good, docs, strict=True)])
        except ReportError:
            coded = None
        except MarsadError:
            raise
        except Exception:
            coded = None
        for item in group:
            if isinstance(item, ReadFailure):
                yield Failure(item.name, item.line, item.error)
            elif coded is not None:
                yield next(coded)
            else:
                yield self._code_alone(item)

    def _code_alone(self, report: Report) -> CodedReport | Failure:
        """Code a report of a batch in which one failed, to find which and keep the others."""
        try:
            return self.code(report)
        except ReportError as error:
            return Failure(report.id, None, error)


def _context(report: Report) -> ReportContext:
    from marsad.reports.dateline import find_dateline

    require_readable(report.text, name=f"report {report.id!r}")
    try:
        report.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReportError(
            f"report {report.id!r}: character {error.start} of the text is half a surrogate pair, "
            f"which is no Unicode text. Decode the input again, or replace it."
        ) from error
    dateline = find_dateline(report.text)
    context: ReportContext = {
        "id": report.id,
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "published": report.published_date.isoformat() if report.published_date else None,
        "dateline": report.dateline or (dateline.city if dateline else None),
    }
    if dateline is not None:
        context["dateline_start"] = dateline.start
        context["dateline_end"] = dateline.end
    return context


def _assemble(report: Report, doc: Doc) -> CodedReport:
    claims = tuple(Claim.model_validate(claim) for claim in doc._.claims)
    judgements = tuple(Judgement.model_validate(j) for j in doc._.judgements)
    return CodedReport(
        report=report,
        claims=claims,
        judgements=judgements,
        incidents=assemble_incidents(claims, judgements),
        set_apart=tuple(
            SetApart(kind=apart["kind"], evidence=_quote(report, doc, apart))
            for apart in doc._.set_apart
        ),
    )


def _quote(report: Report, doc: Doc, mention: Mention) -> Evidence:
    last = doc[mention["end"] - 1]
    return report.quote(doc[mention["start"]].idx, last.idx + len(last))
