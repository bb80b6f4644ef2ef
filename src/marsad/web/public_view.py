"""The public view: what may be asked by who is not signed in, and what is made vague for them.

Reads   a filter, the sensitive kinds.
Writes  the filter as it may be asked.
Never   lets a search tell what the page would not: whether a name stands in a text, or in
        which village somebody was taken away.
"""

from __future__ import annotations

from typing import get_args

from marsad.codebook.actors import load_actors, load_nations
from marsad.codebook.sensitive import load_sensitive_kinds
from marsad.errors import DeskError
from marsad.publish.exports.protect import COARSE_DEGREES, Profile
from marsad.records import EventType, IncidentFilter
from marsad.store.overview import Veil
from marsad.store.words import fold_text

PUBLIC = Profile("public")
INTERNAL = Profile("internal")


def public_veil() -> Veil:
    """What the public's map makes vague."""
    return Veil(frozenset(load_sensitive_kinds()), COARSE_DEGREES)


def public_filter(wanted: IncidentFilter) -> IncidentFilter:
    """The filter as the public may ask it: by place or area only what is not sensitive.

    Raises:
        DeskError: words are searched, or a party that no list names: both could be a victim's
            name; or only sensitive kinds are asked for in an area.
    """
    if wanted.text is not None:
        raise DeskError("text: words are searched for who is signed in only.")
    if wanted.actor is not None and not _is_listed(wanted.actor):
        raise DeskError(
            f"actor: {wanted.actor[:80]!r} is no party of the codebook; others are searched for "
            "who is signed in only."
        )
    if not is_place_asked(wanted):
        return wanted
    sensitive = load_sensitive_kinds()
    kinds: tuple[EventType, ...] = wanted.types or get_args(EventType)
    left = tuple(kind for kind in kinds if kind not in sensitive)
    if not left:
        raise DeskError(
            f"kind: {', '.join(kinds)} cannot be searched by place; their places are protected."
        )
    return wanted.model_copy(update={"types": left})


def is_place_asked(wanted: IncidentFilter) -> bool:
    """Whether the filter asks for a place or an area; a country is wide enough."""
    return bool(wanted.box or wanted.near or wanted.polygon or wanted.place)


def _is_listed(actor: str) -> bool:
    """Whether it is the id or a name of a listed party, or a country."""
    folded = fold_text(actor)
    return any(
        actor == listed.id or folded in map(fold_text, (listed.name, *listed.aliases))
        for listed in load_actors()
    ) or any(folded in map(fold_text, nation.names) for nation in load_nations())
