"""Coded reports made by hand, so that the store is tested without a model."""

from datetime import UTC, datetime

from marsad.records import (
    DEFAULT_POLICY,
    Anchor,
    Cause,
    Change,
    Claim,
    CodedReport,
    Decision,
    Figure,
    Judgement,
    LedgerIncident,
    Report,
    Source,
    Tally,
)
from marsad.store.ledger import CoderName, Receipt

CODER = CoderName("0.1.0", "a" * 64)
RECEIPT = Receipt("wire.jsonl", datetime(2024, 5, 9, 8, 30, tzinfo=UTC), b"<p>raw</p>")
TEXT = "Gunmen killed {n} farmers near Goma, police said. The army denied it."


def make_coded(number: int = 3, *, report_id: str | None = None) -> CodedReport:
    """One report with two claims and a dispute between them."""
    text = TEXT.format(n=number)
    report = Report(id=report_id or f"r{number}", text=text, published="2024-05-08")
    shown = str(number)
    start = text.index(shown)
    killed = Figure(
        outcome="killed",
        group="farmers",
        low=number,
        high=number,
        qualifier="exact",
        evidence=report.quote(start, start + len(shown)),
    )
    trigger = report.quote(7, 13)
    denial = text.index("denied")
    police = Source(source="police", kind="police", cue="said")
    army = Source(source="the army", kind="military", cue="denied")
    told = Claim(
        id=f"claim-{report.id}-1",
        report_id=report.id,
        event_type="attack",
        trigger=trigger,
        modality="asserted",
        attribution=(police,),
        figures=(killed,),
        confidence=0.9,
    )
    denied = Claim(
        id=f"claim-{report.id}-2",
        report_id=report.id,
        event_type="attack",
        trigger=report.quote(denial, denial + 6),
        modality="denied",
        attribution=(army,),
        confidence=0.8,
    )
    judgement = Judgement(
        kind="disputes",
        claim=denied.id,
        other=told.id,
        about="occurrence",
        by="denial",
        reason="The army denies it.",
    )
    return CodedReport(report=report, claims=(told, denied), judgements=(judgement,))


def make_incident(name: str = "i1", killed: int | None = None, **values: object) -> LedgerIncident:
    """An incident over all reports; by default of one report and without date or place."""
    tallies = []
    if killed is not None:
        tallies = [
            Tally(outcome="killed", low=killed, best=killed, high=None, policy=p)
            for p in (DEFAULT_POLICY, "ucdp-best")
        ]
    given = {"id": name, "event_type": "attack", "status": "single-source", "tallies": tallies}
    return LedgerIncident.model_validate(given | values)


def make_change(name: str, seq: int, at: str, **values: object) -> Change:
    """A change that a report brought about."""
    cause = Cause(kind="report", name="r1")
    given = {"seq": seq, "at": at, "incident": name, "kind": "changed", "cause": cause}
    return Change.model_validate(given | values)


def make_decision(kind: str = "confirm", *reports: str, **values: object) -> Decision:
    """A decision about a claim of each report named."""
    named = reports or ("r3",)
    anchors = [Anchor(claim=f"claim-{r}-1", report=r, start=7, end=13) for r in named]
    return Decision.model_validate(
        {"kind": kind, "targets": anchors, "made_by": "r.haddad", "reason": "seen"} | values
    )
