"""Notes: an incident in a few sentences, for formats whose only room for doubt is prose.

Reads   an ExportIncident and a policy.
Writes  plain English on one line.
Never   states a contested incident without saying first that it is contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.publish.exports.columns import FIGURES_ARE, count_words, dispute_words
from marsad.publish.exports.content import ExportIncident, Where
from marsad.publish.wording import event_label
from marsad.records import Policy

_STATUS_WORDS = {
    "single-source": "One source tells of it",
    "corroborated": "Independent sources agree that it happened",
    "contested": "CONTESTED",
    "discounted": "DISCOUNTED: what speaks against it outweighs what speaks for it",
}


def incident_notes(incident: ExportIncident, policy: Policy) -> str:
    """What happened, how sure it is, who disagrees, who says so."""
    return " ".join(f"{sentence.rstrip('.')}." for sentence in _sentences(incident, policy))


def _sentences(incident: ExportIncident, policy: Policy) -> Iterator[str]:
    status = _STATUS_WORDS[incident.status]
    disputes = "; ".join(map(dispute_words, incident.disputes))
    if incident.disputes:
        status += f"; disputed: {disputes}" if incident.status != "contested" else f": {disputes}"
    yield status
    yield _headline(incident)
    counts = [count_words(count) for count in incident.counts.get(policy, ())]
    if counts:
        yield f"{FIGURES_ARE.capitalize()} and range ({policy}): {'; '.join(counts)}"
    if incident.sources:
        yield f"According to {', '.join(source.name for source in incident.sources)}"
    if incident.where is not None and incident.where.coarse:
        yield "The place is told only to the district, to protect people"
    if incident.reviewed:
        yield f"A person has {incident.reviewed} it"


def _headline(incident: ExportIncident) -> str:
    words = [event_label(incident.event_type)]
    if incident.actors:
        words.append(f"by {_names(p.name for p in incident.actors)}")
    if incident.recipients:
        words.append(f"against {_names(p.name for p in incident.recipients)}")
    words.append(place_phrase(incident.where))
    if incident.when is None:
        words.append("on a day not told")
    elif incident.when.start == incident.when.end:
        words.append(f"on {incident.when.start}")
    else:
        words.append(f"between {incident.when.start} and {incident.when.end}")
    return " ".join(words)


def place_phrase(where: Where | None) -> str:
    """ "near Tartus, Syria (town)"."""
    if where is None:
        return "at a place not told"
    names = ", ".join(dict.fromkeys(n for n in (where.name, where.country_name) if n))
    return f"{where.relation or 'in'} {names} ({where.precision})"


def _names(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
