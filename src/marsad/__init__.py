"""marsad: news reports about political violence into accountable incident records.

    >>> import marsad
    >>> coded = marsad.code("Gunmen killed three farmers near Goma on Monday.",
    ...                     published="2024-05-08")
    >>> coded.incidents[0].tallies[0].best
    3

The names: `code` (one text), `read` (a file, page or URL), `Coder` (many
reports), `Report` and `CodedReport` (what goes in and comes out).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marsad.errors import ReportError, UnreadableReport
from marsad.records import CodedReport, Report, content_id

if TYPE_CHECKING:
    from marsad.workflow import Coder

__version__ = "0.1.0"
__all__ = ["CodedReport", "Coder", "Report", "code", "read"]

_CODER: dict[str, Coder] = {}


def code(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> CodedReport:
    """Code one text, used exactly as given.

    `published` (ISO 8601) dates "yesterday" and "on Wednesday"; without it such
    times stay unknown. The model is loaded on the first call and kept.

    Raises:
        marsad.errors.ReportError: `published` is no ISO 8601 date, or `text` is empty.
        marsad.errors.MarsadError: see `Coder.code`.
    """
    if not text.strip():
        raise UnreadableReport("the text given is empty; there is nothing to code.")
    if isinstance(published, str):
        try:
            published = (
                datetime.fromisoformat(published)
                if len(published) > 10
                else (date.fromisoformat(published))
            )
        except ValueError as error:
            raise ReportError(
                f"published is {published!r}, which is no ISO 8601 date. Give e.g. '2024-12-26'."
            ) from error
    report = Report(
        id=content_id("report", url, title, str(published or ""), text),
        url=url,
        outlet=outlet,
        title=title,
        published=published,
        language="en",
        text=text,
    )
    return _default_coder().code(report)


def read(source: str) -> list[Report]:
    """The reports in a file, page, directory or URL.

    Raises:
        marsad.errors.ReportError: one of them cannot be read.
    """
    from marsad.reports.read import ReadFailure, read_source

    reports = []
    for item in read_source(source):
        if isinstance(item, ReadFailure):
            raise item.error
        reports.append(item)
    return reports


def _default_coder() -> Coder:
    if "default" not in _CODER:
        from marsad.workflow import Coder

        _CODER["default"] = Coder()
    return _CODER["default"]


def __getattr__(name: str) -> Any:
    if name == "Coder":
        from marsad.workflow import Coder

        return Coder
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")
