"""An invented war: one ambush told by four reports, a copy among them, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from marsad.records import (
    Anchor,
    Cause,
    Change,
    Claim,
    Decision,
    Dispute,
    Dossier,
    Evidence,
    Figure,
    LedgerIncident,
    Origin,
    Participant,
    Place,
    Policy,
    Report,
    Review,
    Source,
    Suggestion,
    Tally,
    ToldFigure,
    ValueChange,
    When,
)

INCIDENT_ID = "incident-3f9a21c04be1d7a2"
OTHER_ID = "incident-77c0ffee00112233"
FORMER_ID = "incident-0123456789abcdef"

FIRST = Report(
    id="report-00000000000000a1",
    url="https://wire.example/2031/03/ambush",
    outlet="Harbour Wire",
    title="Six soldiers killed in ambush near Tel Zahra",
    published=date(2031, 3, 4),
    language="en",
    text="Rebels killed six soldiers in an ambush near Tel Zahra on Monday, the Valley Observatory "
    "said. A driver, Nadim Qasem Farhan, was among the dead.",
)
COPY = FIRST.model_copy(
    update={
        "id": "report-00000000000000a2",
        "outlet": "Daily Mirror of Harbours",
        "url": "https://copies.example/ambush?from=wire",
        "title": "Ambush near Tel Zahra kills six soldiers",
    }
)
LATER = Report(
    id="report-00000000000000a3",
    outlet="صحيفة الوادي",
    title="ارتفاع حصيلة الكمين: Toll of Tel Zahra ambush rises to 14",
    published=date(2031, 3, 5),
    language="en",
    text="The toll of Monday's ambush rose to 14 soldiers, the Valley Observatory said. "
    "An army hospital put the injured at at least 10.",
)
DENIAL = Report(
    id="report-00000000000000a4",
    outlet="State Gazette",
    title="Governor denies ambush",
    published=date(2031, 3, 6),
    language="en",
    text="No ambush took place near Tel Zahra, the governor said.",
)
REPORTS = (FIRST, COPY, LATER, DENIAL)

OBSERVATORY = "Valley Observatory"


def quote(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.quote(start, start + len(words))


def said(report: Report, words: str, source: str, kind: Any) -> tuple[Source, ...]:
    speaker = Source(source=source, kind=kind, cue="said", evidence=quote(report, words))
    return speaker, Source(source=report.outlet or "unnamed outlet", kind="media")


PLACE = Place(
    name="Tel Zahra",
    geonameid=12345,
    latitude=34.5,
    longitude=41.25,
    admin1="Upper Valley",
    country="SYR",
    precision="town",
    relation="near",
)
MONDAY = When(start=date(2031, 3, 3), end=date(2031, 3, 3), precision="day")
REBELS = Participant(role="actor", name="rebels", kind="armed-group")
SOLDIERS = Participant(role="recipient", name="soldiers", kind="military")
FARHAN = Participant(role="recipient", name="Nadim Qasem Farhan", kind="civilian")


def figure(report: Report, words: str, low: int, high: int | None, **more: Any) -> Figure:
    qualifier: Any = "exact" if high is not None else "at-least"
    return Figure(
        **({"outcome": "killed", "group": "soldiers", "group_kind": "military"} | more),
        low=low,
        high=high,
        qualifier=qualifier,
        evidence=quote(report, words),
    )


def _first_claim(report: Report, claim_id: str) -> Claim:
    return Claim(
        id=claim_id,
        report_id=report.id,
        event_type="armed-clash",
        trigger=quote(report, "ambush"),
        modality="asserted",
        attribution=said(report, OBSERVATORY, OBSERVATORY, "monitor"),
        participants=(REBELS, SOLDIERS, FARHAN),
        place=PLACE,
        when=MONDAY,
        figures=(figure(report, "six soldiers", 6, 6),),
        evidence=(quote(report, report.text.split(". ")[0] + "."),),
        confidence=0.9,
    )


FIRST_CLAIM = _first_claim(FIRST, "claim-00000000000000b1")
COPY_CLAIM = _first_claim(COPY, "claim-00000000000000b2")
LATER_CLAIM = Claim(
    id="claim-00000000000000b3",
    report_id=LATER.id,
    event_type="armed-clash",
    trigger=quote(LATER, "ambush"),
    modality="asserted",
    attribution=said(LATER, OBSERVATORY, OBSERVATORY, "monitor"),
    participants=(SOLDIERS,),
    when=MONDAY,
    figures=(figure(LATER, "14 soldiers", 14, 14, cumulative=True),),
    evidence=(quote(LATER, LATER.text.split(". ")[0] + "."),),
    confidence=0.8,
)
HOSPITAL_CLAIM = Claim(
    id="claim-00000000000000b4",
    report_id=LATER.id,
    event_type="armed-clash",
    trigger=quote(LATER, "injured"),
    modality="asserted",
    attribution=said(LATER, "army hospital", "army hospital", "medical"),
    figures=(figure(LATER, "at least 10", 10, None, outcome="injured"),),
    evidence=(quote(LATER, LATER.text.split(". ")[1]),),
    confidence=0.8,
)
DENIAL_CLAIM = Claim(
    id="claim-00000000000000b5",
    report_id=DENIAL.id,
    event_type="armed-clash",
    trigger=quote(DENIAL, "ambush"),
    modality="denied",
    attribution=said(DENIAL, "the governor", "the governor", "official"),
    place=PLACE,
    evidence=(quote(DENIAL, DENIAL.text),),
    confidence=0.8,
)
CLAIMS = (FIRST_CLAIM, COPY_CLAIM, LATER_CLAIM, HOSPITAL_CLAIM, DENIAL_CLAIM)


def tally(
    outcome: Any, low: int, best: int, high: int | None, claim: Claim, policy: Policy, **more: Any
) -> Tally:
    source = claim.attribution[0].source
    return Tally(
        outcome=outcome,
        low=low,
        best=best,
        high=high,
        policy=policy,
        sources=(source,),
        claims=(claim.id,),
        **more,
    )


TALLIES = (
    tally("killed", 14, 14, 14, LATER_CLAIM, "latest-credible"),
    tally("injured", 10, 10, None, HOSPITAL_CLAIM, "latest-credible"),
    tally("killed", 6, 6, 14, FIRST_CLAIM, "acled-conservative"),
    tally("injured", 10, 10, None, HOSPITAL_CLAIM, "acled-conservative"),
)
TOLD = (
    ToldFigure(
        outcome="killed",
        low=6,
        best=6,
        high=6,
        source=OBSERVATORY,
        report=FIRST.id,
        claims=(FIRST_CLAIM.id,),
        told_at=date(2031, 3, 4),
        state="superseded",
        superseded_by=LATER.id,
        why="a later figure of the same source",
    ),
    ToldFigure(
        outcome="killed",
        low=6,
        best=6,
        high=6,
        source=OBSERVATORY,
        report=COPY.id,
        claims=(COPY_CLAIM.id,),
        told_at=date(2031, 3, 4),
        state="copy",
    ),
    ToldFigure(
        outcome="killed",
        low=14,
        best=14,
        high=14,
        source=OBSERVATORY,
        report=LATER.id,
        claims=(LATER_CLAIM.id,),
        told_at=date(2031, 3, 5),
        state="current",
    ),
    ToldFigure(
        outcome="injured",
        low=10,
        best=10,
        high=None,
        source="army hospital",
        report=LATER.id,
        claims=(HOSPITAL_CLAIM.id,),
        told_at=date(2031, 3, 5),
        state="current",
    ),
)
INCIDENT = LedgerIncident(
    id=INCIDENT_ID,
    event_type="armed-clash",
    place=PLACE,
    when=MONDAY,
    participants=(REBELS, SOLDIERS, FARHAN),
    tallies=TALLIES,
    status="contested",
    disputes=(
        Dispute(
            about="occurrence",
            claim=FIRST_CLAIM.id,
            counterclaim=DENIAL_CLAIM.id,
            sources=(OBSERVATORY, "the governor"),
        ),
    ),
    claims=tuple(claim.id for claim in CLAIMS),
    reports=tuple(report.id for report in REPORTS),
    origins=(
        Origin(
            source=OBSERVATORY,
            kind="monitor",
            reports=(FIRST.id, COPY.id, LATER.id),
            copies=(COPY.id,),
            claims=(FIRST_CLAIM.id, COPY_CLAIM.id, LATER_CLAIM.id),
        ),
        Origin(
            source="army hospital", kind="medical", reports=(LATER.id,), claims=(HOSPITAL_CLAIM.id,)
        ),
    ),
    told=TOLD,
    mentions=(),
    review=Review(
        kind="confirm", by="Dana", at="2031-03-07T08:00:00.000000Z", reason="called them", seq=41
    ),
    decisions=(41,),
    first_published=date(2031, 3, 4),
    last_published=date(2031, 3, 6),
)
OTHER = LedgerIncident(
    id=OTHER_ID,
    event_type="shelling",
    place=PLACE.model_copy(update={"relation": None, "name": "تل زهرة", "precision": "district"}),
    when=When(start=date(2031, 3, 1), end=date(2031, 3, 31), precision="month"),
    status="single-source",
    tallies=(tally("killed", 24, 30, 99, FIRST_CLAIM, "latest-credible"),),
    reports=(FIRST.id,),
)
DECISION = Decision(
    kind="confirm",
    targets=(Anchor(claim=FIRST_CLAIM.id, report=FIRST.id, start=30, end=36),),
    made_by="Dana",
    reason="called them",
    seq=41,
    made_at="2031-03-07T08:00:00.000000Z",
)
DOSSIER = Dossier(
    incident=INCIDENT,
    claims=CLAIMS,
    reports=REPORTS,
    suggestions=(
        Suggestion(
            incident=INCIDENT_ID,
            other=OTHER_ID,
            score=0.4,
            why="same town, days may meet, but the kinds differ",
        ),
    ),
    neighbours=(OTHER,),
    decisions=(DECISION,),
)
CHANGES = (
    Change(
        seq=3,
        at="2031-03-04T12:00:00.000000Z",
        incident=INCIDENT_ID,
        kind="new",
        values=(
            ValueChange(field="event_type", after="armed-clash"),
            ValueChange(field="place", after=PLACE.model_dump(mode="json")),
            ValueChange(field="killed", after={"low": 6, "best": 6, "high": 6}),
            ValueChange(
                field="killed: Nadim Qasem Farhan",
                after={"low": 1, "best": 1, "high": 1},
                why="killed: Nadim Qasem Farhan 1: Valley Observatory",
            ),
            ValueChange(
                field="participants", after=["actor: rebels", "recipient: Nadim Qasem Farhan"]
            ),
        ),
        cause=Cause(kind="report", name=FIRST.id, by="Harbour Wire"),
    ),
    Change(
        seq=17,
        at="2031-03-05T09:30:15.123456Z",
        incident=INCIDENT_ID,
        kind="changed",
        values=(
            ValueChange(
                field="killed",
                before={"low": 6, "best": 6, "high": 6},
                after={"low": 14, "best": 14, "high": 14},
                why="the Valley Observatory raised its figure",
            ),
            ValueChange(field="status", before="single-source", after="corroborated"),
        ),
        cause=Cause(kind="report", name=LATER.id, by="صحيفة الوادي"),
    ),
    Change(
        seq=41,
        at="2031-03-07T08:00:00.000000Z",
        incident=INCIDENT_ID,
        kind="merged",
        others=(FORMER_ID,),
        cause=Cause(kind="decision", name="merge", by="Dana", why="one ambush", decision="merge"),
    ),
)
