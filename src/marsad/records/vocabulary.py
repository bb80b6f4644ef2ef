"""The closed vocabularies of the records. The codebook says what each code means."""

from __future__ import annotations

from typing import Literal

EventType = Literal[
    "armed-clash",
    "air-strike",
    "shelling",
    "remote-explosive",
    "suicide-bombing",
    "grenade",
    "chemical-weapon",
    "attack",
    "sexual-violence",
    "abduction",
    "arrest",
    "peaceful-protest",
    "protest-intervention",
    "excessive-force",
    "riot",
    "mob-violence",
    "property-destruction",
    "weapons-seizure",
    "territory-change",
    "agreement",
    "movement",
    "restriction",
    "non-cooperation",
    "threat",
    "other",
]
# News that is recognised and set apart: no political violence, no claim, no incident.
ApartKind = Literal["accident", "natural-disaster", "crime", "diplomacy"]
Modality = Literal[
    "asserted", "alleged", "denied", "planned", "threatened", "hypothetical", "historical"
]
SourceKind = Literal[
    "government",
    "military",
    "armed-group",
    "monitor",
    "medical",
    "police",
    "witness",
    "media",
    "official",
    "ngo",
    "other",
]
ActorKind = Literal[
    "government",  # the executive, ministries, officials
    "military",  # regular armed forces of a state
    "police",  # police, gendarmerie, interior-ministry and internal security forces
    "intelligence",
    "armed-group",  # rebels, insurgents, jihadists: organised, named or described
    "militia",  # pro-government, communal or political militias
    "criminal",  # gangs, cartels
    "unidentified-armed",  # "unknown gunmen"
    "civilian",
    "protester",
    "rioter",
    "journalist",
    "medical",
    "aid-worker",
    "religious",
    "political",  # parties, candidates, opposition politicians
    "judicial",
    "international",  # UN, peacekeepers, coalitions of states
    "monitor",
    "ngo",
    "media",
    "other",
]
Outcome = Literal["killed", "injured", "detained", "abducted", "missing", "displaced"]
Qualifier = Literal["exact", "at-least", "at-most", "about", "range", "vague", "none"]
PlacePrecision = Literal["site", "town", "district", "province", "country"]
TimePrecision = Literal["day", "week", "month", "season", "year"]
Role = Literal["actor", "recipient"]
Status = Literal["single-source", "corroborated", "contested", "discounted"]
DisputeAbout = Literal["occurrence", "date", "place", "figure", "perpetrator", "authenticity"]
