"""The records: what a report says, what is judged to have happened, what a person decided.

All models are frozen, refuse unknown fields and compute their own content-hash
ids, so the same input always gives the same ids. A `Claim` is what one source
said; an `Incident` is what a set of claims is judged to be about. Claims are
never rewritten; incidents can be rebuilt from claims at any time.

Ground floor: imported by every room, imports none.
"""

from marsad.records.account import (
    DEFAULT_POLICY,
    Cause,
    CauseKind,
    Change,
    ChangeKind,
    Dossier,
    FigureState,
    LedgerIncident,
    Origin,
    Policy,
    Review,
    Suggestion,
    ToldFigure,
    ValueChange,
)
from marsad.records.base import UNNAMED_OUTLET, Record, content_id
from marsad.records.decisions import SETTABLE, Anchor, Decision, DecisionKind, DecisionScope
from marsad.records.filters import IncidentFilter, Latitude, Longitude, Order
from marsad.records.incidents import CodedReport, Dispute, Incident, Judgement, SetApart, Tally
from marsad.records.reading import (
    Caption,
    Claim,
    Evidence,
    Figure,
    Participant,
    Place,
    Published,
    Report,
    Source,
    When,
)
from marsad.records.vocabulary import (
    ActorKind,
    ApartKind,
    DisputeAbout,
    EventType,
    Modality,
    Outcome,
    PlacePrecision,
    Qualifier,
    Role,
    SourceKind,
    Status,
    TimePrecision,
)

__all__ = [
    "DEFAULT_POLICY",
    "SETTABLE",
    "UNNAMED_OUTLET",
    "ActorKind",
    "Anchor",
    "ApartKind",
    "Caption",
    "Cause",
    "CauseKind",
    "Change",
    "ChangeKind",
    "Claim",
    "CodedReport",
    "Decision",
    "DecisionKind",
    "DecisionScope",
    "Dispute",
    "DisputeAbout",
    "Dossier",
    "EventType",
    "Evidence",
    "Figure",
    "FigureState",
    "Incident",
    "IncidentFilter",
    "Judgement",
    "Latitude",
    "LedgerIncident",
    "Longitude",
    "Modality",
    "Order",
    "Origin",
    "Outcome",
    "Participant",
    "Place",
    "PlacePrecision",
    "Policy",
    "Published",
    "Qualifier",
    "Record",
    "Report",
    "Review",
    "Role",
    "SetApart",
    "Source",
    "SourceKind",
    "Status",
    "Suggestion",
    "Tally",
    "TimePrecision",
    "ToldFigure",
    "ValueChange",
    "When",
    "content_id",
]
