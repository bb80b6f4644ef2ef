"""A report whose every word tries to be more than text, kept as if a coder had read it."""

from __future__ import annotations

from datetime import UTC, datetime

from marsad.incidents.assemble import assemble_incidents
from marsad.records import (
    Claim,
    CodedReport,
    Figure,
    Participant,
    Place,
    Report,
    Source,
    When,
    content_id,
)
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.ingest import keep_coded

SCRIPT = "<script>document.title='taken'</script>"
IMAGE = '"><img src=x onerror="document.title=\'taken\'">'
SVG = "<svg onload=\"document.title='taken'\"><foreignObject><style>*{display:none}</style></svg>"
BIDI = "\u202egnp.exe\u202c\u2066hidden\u2069"
LONG = "endless" * 140_000
TEXT = (
    f"Gunmen {SCRIPT} {IMAGE} {SVG} {BIDI} attacked the market of Goma{IMAGE} on 3 May 2024 and "
    f"{{{{7*7}}}} 4 people were killed, among them Ana Diaz, 43, residents said. {LONG}"
)


def make_hostile(report_id: str = "hostile-1", day: str = "2024-05-03") -> CodedReport:
    """The report with one claim."""
    report = Report(
        id=report_id,
        text=TEXT,
        title=f"{SCRIPT}{IMAGE}{BIDI} title",
        outlet=f"{SVG}Outlet{LONG[:500]}",
        url="javascript:document.title='taken'",
        published=f"{day}T18:30:00+02:00",
        authors=(IMAGE,),
        language="en",
    )

    def quote(words: str):
        start = TEXT.index(words)
        return report.quote(start, start + len(words))

    outlet = Source(source=report.outlet or "", kind="media")
    speaker = Source(source=f"residents {IMAGE}", kind="witness", cue="said")
    claim = Claim(
        id=content_id("claim", report.id),
        report_id=report.id,
        event_type="attack",
        trigger=quote("attacked"),
        modality="asserted",
        attribution=(speaker, outlet),
        participants=(
            Participant(role="actor", name=f"gunmen {SCRIPT}", kind="armed-group"),
            Participant(role="recipient", name=f"people {SVG}{BIDI}", kind="civilian"),
        ),
        place=Place(
            name=f"Goma{IMAGE}",
            latitude=-1.68,
            longitude=29.22,
            country="COD",
            precision="town",
            evidence=quote("Goma"),
        ),
        when=When(start=day, end=day, precision="day", evidence=quote("3 May 2024")),
        figures=(
            Figure(
                outcome="killed",
                group=f"people {IMAGE}",
                low=4,
                high=4,
                qualifier="exact",
                evidence=quote("4 people"),
            ),
        ),
        evidence=(report.quote(0, len(TEXT)),),
        confidence=0.9,
    )
    return CodedReport(
        report=report, claims=(claim,), incidents=tuple(assemble_incidents([claim], ()))
    )


def keep_hostile(ledger: Ledger) -> str:
    """Keep it; the id of the incident that it makes."""
    coded = make_hostile()
    receipt = Receipt(IMAGE, datetime(2026, 1, 1, tzinfo=UTC))
    keep_coded(ledger, CoderName("tests", "0" * 64), coded, receipt)
    (found,) = (i for i in ledger.incidents() if "hostile-1" in i.reports)
    return found.id
