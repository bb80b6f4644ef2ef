"""A coded report made by hand: several incidents, disputes, ranges, Arabic, hostile words."""

from __future__ import annotations

from datetime import date, datetime

from marsad.records import (
    Claim,
    CodedReport,
    Dispute,
    Evidence,
    Figure,
    Incident,
    Participant,
    Place,
    Report,
    Source,
    Tally,
    When,
)

TEXT = """\
MARIB — At least nine soldiers were killed and 4 others wounded when gunmen ambushed an army \
convoy near Sirwah on Tuesday, the defence ministry said.

A monitoring group put the toll at 12 soldiers, with dozens of gunmen arrested afterwards.

In Taiz, shop owner Nadim Qasem Farhan was shot dead during a protest, a nurse, Huda Salman, said. \
Protesters chanted “الشعب يريد السلام” in the old town.

The governor denied that live rounds were used, and a video of burning tyres dates from October, \
he said. Rebels have vowed to attack the oil port next week.
"""


def quote(words: str, occurrence: int = 0) -> Evidence:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Evidence(report_id="report-sample", start=start, end=start + len(words), quote=words)


REPORT = Report(
    id="report-sample",
    url="https://news.example/marib-ambush?a=1&b=2",
    outlet="The Sample Gazette",
    title="Nine soldiers killed in ambush; one dead in Taiz protest",
    authors=("A. Reporter",),
    published=datetime.fromisoformat("2024-11-14T09:30:00+03:00"),
    dateline="Marib",
    language="en",
    text=TEXT,
)

OUTLET = Source(source="The Sample Gazette", kind="media")
MINISTRY = Source(
    source="defence ministry", kind="government", cue="said", evidence=quote("the defence ministry")
)
MONITOR = Source(
    source="A monitoring group",
    kind="monitor",
    cue="put the toll at",
    evidence=quote("A monitoring group"),
)
NURSE = Source(source="Huda Salman", kind="witness", cue="said", evidence=quote("Huda Salman"))
GOVERNOR = Source(
    source="The governor", kind="official", cue="denied", evidence=quote("The governor")
)
REBELS = Source(source="Rebels", kind="armed-group", cue="vowed", evidence=quote("Rebels"))

SIRWAH = Place(
    name="Sirwah",
    geonameid=71532,
    latitude=15.45,
    longitude=45.01,
    admin1="Marib",
    country="YEM",
    precision="town",
    relation="near",
    evidence=quote("near Sirwah"),
)
TAIZ = Place(
    name="Taiz",
    geonameid=70225,
    latitude=13.58,
    longitude=44.02,
    admin1="Taiz",
    country="YEM",
    precision="town",
    evidence=quote("Taiz"),
)
TUESDAY = When(
    start=date(2024, 11, 12), end=date(2024, 11, 12), precision="day", evidence=quote("Tuesday")
)
OCTOBER = When(
    start=date(2024, 10, 1), end=date(2024, 10, 31), precision="month", evidence=quote("October")
)

GUNMEN = Participant(
    role="actor", name="gunmen", actor_id=None, kind="unidentified-armed", evidence=quote("gunmen")
)
SOLDIERS = Participant(
    role="recipient", name="soldiers", actor_id=None, kind="military", evidence=quote("soldiers")
)
FARHAN = Participant(
    role="recipient",
    name="Nadim Qasem Farhan",
    actor_id=None,
    kind="civilian",
    evidence=quote("Nadim Qasem Farhan"),
)

_LEAD = quote(TEXT.split("\n\n", maxsplit=1)[0].split(" — ", maxsplit=1)[1])
_TOLL = quote(TEXT.split("\n\n")[1])
_SHOT = quote(TEXT.split("\n\n")[2].split(" Protesters")[0])
_DENIAL = quote(TEXT.split("\n\n")[3].split(" Rebels")[0])
_VOW = quote("Rebels have vowed to attack the oil port next week.")

AMBUSH = Claim(
    id="claim-ambush",
    report_id=REPORT.id,
    event_type="armed-clash",
    trigger=quote("ambushed"),
    modality="asserted",
    attribution=(MINISTRY, OUTLET),
    participants=(GUNMEN, SOLDIERS),
    place=SIRWAH,
    when=TUESDAY,
    figures=(
        Figure(
            outcome="killed",
            group="soldiers",
            group_kind="military",
            low=9,
            high=None,
            qualifier="at-least",
            evidence=quote("At least nine soldiers"),
        ),
        Figure(
            outcome="injured",
            group="soldiers",
            group_kind="military",
            low=4,
            high=4,
            qualifier="exact",
            evidence=quote("4 others"),
        ),
    ),
    evidence=(_LEAD,),
    confidence=0.9,
)
TOLL = Claim(
    id="claim-toll",
    report_id=REPORT.id,
    event_type="armed-clash",
    trigger=quote("toll"),
    modality="asserted",
    attribution=(MONITOR, OUTLET),
    participants=(SOLDIERS,),
    figures=(
        Figure(
            outcome="killed",
            group="soldiers",
            group_kind="military",
            low=12,
            high=12,
            qualifier="exact",
            evidence=quote("12 soldiers"),
        ),
        Figure(
            outcome="detained",
            group="gunmen",
            group_kind="perpetrators",
            low=24,
            high=99,
            qualifier="vague",
            evidence=quote("dozens of gunmen"),
        ),
    ),
    evidence=(_TOLL,),
    confidence=0.7,
)
SHOOTING = Claim(
    id="claim-shooting",
    report_id=REPORT.id,
    event_type="excessive-force",
    trigger=quote("shot dead"),
    modality="alleged",
    attribution=(NURSE, OUTLET),
    participants=(FARHAN,),
    place=TAIZ,
    figures=(
        Figure(
            outcome="killed",
            group="Nadim Qasem Farhan",
            group_kind="civilian",
            low=1,
            high=1,
            qualifier="exact",
            evidence=quote("shop owner Nadim Qasem Farhan"),
        ),
    ),
    evidence=(_SHOT,),
    confidence=0.6,
)
DENIAL = Claim(
    id="claim-denial",
    report_id=REPORT.id,
    event_type="excessive-force",
    trigger=quote("live rounds"),
    modality="denied",
    attribution=(GOVERNOR, OUTLET),
    place=TAIZ,
    when=OCTOBER,
    evidence=(_DENIAL,),
    confidence=0.6,
)
VOW = Claim(
    id="claim-vow",
    report_id=REPORT.id,
    event_type="attack",
    trigger=quote("attack"),
    modality="threatened",
    attribution=(REBELS, OUTLET),
    evidence=(_VOW,),
    confidence=0.8,
)

CODED = CodedReport(
    report=REPORT,
    claims=(AMBUSH, TOLL, SHOOTING, DENIAL, VOW),
    incidents=(
        Incident(
            id="incident-ambush",
            event_type="armed-clash",
            place=SIRWAH,
            when=TUESDAY,
            participants=(GUNMEN, SOLDIERS),
            tallies=(
                Tally(
                    outcome="killed",
                    low=9,
                    best=12,
                    high=12,
                    policy="highest-independent",
                    sources=("defence ministry", "A monitoring group"),
                    claims=("claim-ambush", "claim-toll"),
                ),
                Tally(
                    outcome="killed",
                    group="soldiers",
                    low=9,
                    best=12,
                    high=12,
                    policy="highest-independent",
                    sources=("defence ministry", "A monitoring group"),
                    claims=("claim-ambush", "claim-toll"),
                ),
                Tally(
                    outcome="injured",
                    low=4,
                    best=4,
                    high=None,
                    policy="highest-independent",
                    sources=("defence ministry",),
                    claims=("claim-ambush",),
                ),
                Tally(
                    outcome="detained",
                    group="gunmen",
                    low=24,
                    best=24,
                    high=99,
                    policy="highest-independent",
                    sources=("A monitoring group",),
                    claims=("claim-toll",),
                ),
            ),
            status="corroborated",
            claims=("claim-ambush", "claim-toll"),
            reports=(REPORT.id,),
        ),
        Incident(
            id="incident-shooting",
            event_type="excessive-force",
            place=TAIZ,
            when=None,
            participants=(FARHAN,),
            tallies=(
                Tally(
                    outcome="killed",
                    low=1,
                    best=1,
                    high=1,
                    policy="highest-independent",
                    sources=("Huda Salman",),
                    claims=("claim-shooting",),
                ),
                Tally(
                    outcome="killed",
                    group="Nadim Qasem Farhan",
                    low=1,
                    best=1,
                    high=1,
                    policy="highest-independent",
                    sources=("Huda Salman",),
                    claims=("claim-shooting",),
                ),
            ),
            status="contested",
            disputes=(
                Dispute(
                    about="occurrence",
                    claim="claim-shooting",
                    counterclaim="claim-denial",
                    sources=("Huda Salman", "The governor"),
                ),
            ),
            claims=("claim-shooting",),
            reports=(REPORT.id,),
        ),
    ),
)
