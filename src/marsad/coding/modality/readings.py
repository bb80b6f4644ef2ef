"""Readings: what is noted of each trigger's modality.

Reads   nothing.
Writes  nothing; the one maker of a ModalityReading that every rule uses.
"""

from __future__ import annotations

from marsad.coding.mentions import ModalityReading
from marsad.records import Modality


def make_reading(modality: Modality, cue: list[int], reason: str) -> ModalityReading:
    """A reading; `cue` is [start, end) in tokens, or empty, `reason` a reviewer's sentence."""
    return ModalityReading(modality=modality, cue=cue, reason=reason)
