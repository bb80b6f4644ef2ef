"""Incidents as the ledger gives them, made by hand; every name in them is invented."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

from marsad.publish.exports.content import ExportIncident, ExportItem
from marsad.publish.exports.format import Context
from marsad.publish.exports.formats import load_format
from marsad.publish.exports.protect import Profile, protect
from marsad.records import (
    Claim,
    Dispute,
    Figure,
    LedgerIncident,
    Origin,
    Participant,
    Place,
    Policy,
    Report,
    Source,
    Tally,
    When,
)

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
PUBLIC, INTERNAL = Profile("public"), Profile("internal")
# Names that no public export may hold, in any form; folded, without the spaces.
SECRETS = (
    "nadimqasemfarhan",
    "nadimfarhan",
    "farhan",
    "ranawadifeh",
    "wadifeh",
    "salimkhuri",
    "khuri",
)
TEXT = (
    "Gunmen shot dead Nadim Qasem Farhan, 43, a baker, in Idlib on Monday, his neighbour Rana "
    "Wadifeh said. Farhan's son Salim Khuri was wounded. The army denied it."
)
TOWN = Place(
    name="Idlib", geonameid=169389, latitude=35.93062, longitude=36.63393, admin1="Idlib",
    country="SYR", precision="town",
)  # fmt: skip


def make_report(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "id": "wire-nadim-farhan",
        "outlet": "Harbour Wire",
        "title": "Neighbours mourn Nadim Farhan",
        "url": "https://wire.example/2024/nadim-qasem-farhan-killed?by=WadifehRana",
        "published": "2024-05-07",
        "language": "en",
        "text": TEXT,
    }
    return Report(**values | changes)


def make_claim(report: Report, key: str = "claim-1", **changes: Any) -> Claim:
    def words(quote: str) -> Any:
        start = report.text.index(quote)
        return report.quote(start, start + len(quote))

    values: dict[str, Any] = {
        "id": key,
        "report_id": report.id,
        "event_type": "attack",
        "trigger": words("shot dead"),
        "modality": "asserted",
        "attribution": (
            Source(source="his neighbour Rana Wadifeh", kind="witness", cue="said"),
            Source(source="Harbour Wire", kind="media"),
        ),
        "participants": (
            Participant(role="actor", name="gunmen", kind="unidentified-armed"),
            Participant(role="recipient", name="Nadim Qasem Farhan", kind="civilian"),
            Participant(role="recipient", name="Salim Khuri", kind="civilian"),
        ),
        "place": TOWN,
        "when": When(start=date(2024, 5, 6), end=date(2024, 5, 6), precision="day"),
        "figures": (
            Figure(
                outcome="killed", group="Nadim Qasem Farhan", low=1, high=1, qualifier="exact",
                evidence=words("shot dead"),
            ),
        ),
        "evidence": (words(report.text[: report.text.index(" The army")]),),
        "confidence": 0.9,
    }  # fmt: skip
    return Claim(**values | changes)


def make_item(**changes: Any) -> ExportItem:
    """An incident with a victim, a witness and a wounded son; the army denies it."""
    report = make_report()
    claim = make_claim(report)
    denial = make_claim(
        report,
        "claim-2",
        modality="denied",
        attribution=(Source(source="the army", kind="military", cue="denied"),),
        participants=(),
        figures=(),
        evidence=(report.quote(len(TEXT) - 20, len(TEXT)),),
    )
    values: dict[str, Any] = {
        "id": "incident-00000000000000aa",
        "event_type": "attack",
        "place": claim.place,
        "when": claim.when,
        "participants": claim.participants,
        "tallies": make_tallies(1, 1, 1, group="Nadim Qasem Farhan"),
        "status": "contested",
        "disputes": (
            Dispute(
                about="occurrence", claim="claim-1", counterclaim="claim-2",
                sources=("the army", "his neighbour Rana Wadifeh"),
            ),
        ),
        "claims": ("claim-1", "claim-2"),
        "reports": (report.id,),
        "origins": (
            Origin(source="his neighbour Rana Wadifeh", kind="witness", reports=(report.id,)),
            Origin(source="the army", kind="military", reports=(report.id,)),
        ),
        "first_published": date(2024, 5, 7),
        "last_published": date(2024, 5, 7),
    }  # fmt: skip
    return ExportItem(
        incident=LedgerIncident(**values | changes),
        claims={"claim-1": claim, "claim-2": denial},
        reports={report.id: report},
        read={report.id: (claim, denial)},
    )


def make_tallies(
    low: int, best: int, high: int | None, *, outcome: Any = "killed", group: str | None = None
) -> tuple[Tally, ...]:
    groups = (None, group) if group else (None,)
    return tuple(
        Tally(outcome=outcome, group=name, low=low, best=best, high=high, policy=policy)
        for policy in get_args(Policy)
        for name in groups
    )


def tell(item: ExportItem, profile: Profile) -> Any:
    """The incident as the profile lets it be told."""
    return protect(item, profile)


def make_incident(profile: Profile = PUBLIC, **changes: Any) -> ExportIncident:
    """The incident as an export gets it, with other values where given."""
    return replace(protect(make_item(), profile), **changes)


def make_context(policy: Policy = "latest-credible", **changes: Any) -> Context:
    return replace(Context(policy, "public", NOW, "0.1.0"), **changes)


def written(name: str, *incidents: ExportIncident, **changes: Any) -> str:
    """What a text format makes of the incidents."""
    stream = io.StringIO(newline="")
    to_stream = load_format(name).to_stream
    assert to_stream is not None
    writer = to_stream(stream, make_context(**changes))
    for incident in incidents:
        writer.add(incident)
    writer.finish()
    return stream.getvalue()
