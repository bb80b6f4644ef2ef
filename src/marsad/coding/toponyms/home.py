"""Home: the town or county that a local report is about, when it names one without saying so.

Reads   judged candidates with their resolutions, the report's title, the words around.
Writes  nothing; returns the place and the mention that shows it.
Never   takes the city of a correspondent for the place of what he reports: a dateline counts
        only beside a local authority or the title.

Local papers seldom write "in Madison": they write "Madison police said", "MADISON, Wis. --" or
put the city in the headline. Such a place stands for where unlisted streets and houses lie, and
is the last resort for an event told without any place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.coding.toponyms.scan import Candidate, DocView
from marsad.places.resolve import Resolution
from marsad.places.schema import PlaceEntry

# Who answers for one town or county: "Lagos police", "Cook County sheriff's deputies".
AUTHORITIES = frozenset(
    """police sheriff deputies coroner constables firefighters paramedics detectives gendarmes
    """.split()
)
# Words that may stand between a name and its authority ("Milwaukee County's fire and police").
BEFORE_AUTHORITY = frozenset(
    """'s ’s county city metro metropolitan town township area parish borough state fire and
    local district municipal medical traffic""".split()
)
SPEECH_GAP = 4
MAX_BEFORE_AUTHORITY = 3
# What each sign adds; `ENOUGH` is needed to place what is unlisted, `SURE` to place an event.
AUTHORITY, MAX_AUTHORITIES = 2.0, 2
DATELINE, TITLE, NAMED, GENERIC_AUTHORITY = 1.5, 1.5, 0.3, 0.6
MAX_NAMED = 3
ENOUGH, SURE = 1.5, 2.0
RELATION_OF_AUTHORITY = "police of"
RELATION_OF_DATELINE = "dateline"


@dataclass(frozen=True, slots=True)
class Home:
    """The place, the candidates that show it (best first), and whether it may place an event."""

    resolution: Resolution
    signs: tuple[int, ...]
    is_sure: bool


def has_authority_after(lowers: Sequence[str], end: int) -> bool:
    """Whether the words from `end` on name the police or the like of the place before them."""
    for word in lowers[end : end + MAX_BEFORE_AUTHORITY + 1]:
        if word in AUTHORITIES:
            return True
        if word not in BEFORE_AUTHORITY:
            return False
    return False


def has_authority_before(lowers: Sequence[str], start: int) -> bool:
    """ "police in Dayton": whose police."""
    return start > 1 and lowers[start - 1] in {"in", "of"} and lowers[start - 2] in AUTHORITIES


def find_home(
    view: DocView,
    candidates: Sequence[Candidate],
    resolutions: Sequence[Resolution | None],
    title: Sequence[Resolution | None],
) -> Home | None:
    """The place of a local report, or None. `title` are the places that the title names."""
    scores: dict[int, float] = defaultdict(float)
    signs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    authorities: dict[int, int] = defaultdict(int)
    named: dict[int, int] = defaultdict(int)
    places: dict[int, Resolution] = {}
    dateline: Resolution | None = None
    for index, candidate in enumerate(candidates):
        resolution = resolutions[index]
        if resolution is None or not _is_local(resolution.entry) or candidate.kind == "adjective":
            continue
        number = resolution.entry.id
        places[number] = resolution
        if has_authority_after(view.lowers, candidate.end) or has_authority_before(
            view.lowers, candidate.start
        ):
            signs[number].append((0, index))
            authorities[number] += 1
        elif candidate.role == "dateline":
            if dateline is None:
                scores[number] += DATELINE
                dateline = resolution
            signs[number].append((1, index))
        elif candidate.role == "location":
            named[number] += 1
    for resolution in title:
        if resolution is not None and _is_local(resolution.entry):
            scores[resolution.entry.id] += TITLE
            places.setdefault(resolution.entry.id, resolution)
    for number, count in authorities.items():
        scores[number] += AUTHORITY * min(count, MAX_AUTHORITIES)
    for number, count in named.items():
        scores[number] += NAMED * min(count, MAX_NAMED)
    if dateline is not None and _is_provincial(dateline.entry) and _has_generic_authority(view):
        scores[dateline.entry.id] += GENERIC_AUTHORITY
    if not scores:
        return None
    best = max(scores, key=lambda number: (scores[number], places[number].entry.population))
    if scores[best] < ENOUGH:
        return None
    order = tuple(index for _, index in sorted(signs[best]))
    return Home(places[best], order, scores[best] >= SURE and bool(order))


def _is_local(entry: PlaceEntry) -> bool:
    """A town or county; a country or province has a police too and is no one's whereabouts."""
    return entry.precision in {"town", "district"} and entry.latitude is not None


def _is_provincial(entry: PlaceEntry) -> bool:
    """No capital, where correspondents sit."""
    return entry.feature != "PPLC"


def _has_generic_authority(view: DocView) -> bool:
    """Whether unnamed police speak in the text ("police said", "according to police")."""
    lowers = view.lowers
    for index, word in enumerate(lowers):
        if word not in AUTHORITIES:
            continue
        near = lowers[max(0, index - 2) : index + SPEECH_GAP]
        if {"said", "say", "says", "according", "told"} & set(near):
            return True
    return False
