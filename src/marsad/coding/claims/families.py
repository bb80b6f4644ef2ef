"""Families of event kinds, and what is held to be real: shared by the claim-making files."""

from __future__ import annotations

from typing import Literal

from marsad.records import EventType, Modality

Family = Literal[
    "violence", "protest", "custody", "property", "movement", "agreement", "measure", "other"
]
FAMILY: dict[EventType, Family] = {
    "armed-clash": "violence",
    "air-strike": "violence",
    "shelling": "violence",
    "remote-explosive": "violence",
    "suicide-bombing": "violence",
    "grenade": "violence",
    "chemical-weapon": "violence",
    "attack": "violence",
    "sexual-violence": "violence",
    "mob-violence": "violence",
    "territory-change": "violence",
    "property-destruction": "property",
    "abduction": "custody",
    "arrest": "custody",
    "weapons-seizure": "custody",
    "peaceful-protest": "protest",
    "protest-intervention": "protest",
    "excessive-force": "protest",
    "riot": "protest",
    "agreement": "agreement",
    "movement": "movement",
    "restriction": "measure",
    "non-cooperation": "measure",
    "threat": "measure",
    "other": "other",
}
# Families whose triggers, in one sentence, may describe one event together.
# Movements are folded into the violence they serve (PLOVER: a mobilisation told
# as context of an assault is not coded apart).
TOGETHER: frozenset[frozenset[Family]] = frozenset(
    frozenset(pair)
    for pair in (
        ("violence", "property"),
        ("violence", "custody"),
        ("violence", "protest"),
        ("violence", "movement"),
        ("protest", "custody"),
        ("protest", "property"),
        ("custody", "property"),
        ("custody", "movement"),
        ("protest", "movement"),
        ("violence", "other"),
    )
)
REAL: frozenset[Modality] = frozenset({"asserted", "alleged"})
