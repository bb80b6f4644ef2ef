"""The words under which an incident is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.incidents.account.member import Member
from marsad.records import LedgerIncident

# A long-running incident is found by its first hundred reports.
MAX_CHARS = 60_000


def words_of(incident: LedgerIncident, members: Iterable[Member]) -> str:
    """Names, titles and evidence of an incident, each once."""
    seen: dict[str, None] = {}
    size = 0
    for words in _all_words(incident, members):
        if words in seen:
            continue
        size += len(words)
        if size > MAX_CHARS:
            break
        seen[words] = None
    return "\n".join(seen)


def _all_words(incident: LedgerIncident, members: Iterable[Member]) -> Iterator[str]:
    yield incident.event_type
    if incident.place is not None:
        yield incident.place.name
        yield incident.place.admin1 or ""
    for party in incident.participants:
        yield party.name
    for origin in incident.origins:
        yield origin.source
    for member in members:
        yield member.report.title or ""
        yield member.report.outlet or ""
        for claim in member.claims:
            yield claim.place.name if claim.place else ""
            yield from (party.name for party in claim.participants)
            yield from (evidence.quote for evidence in claim.evidence)
