"""Compare: what is known of an incident, or of two side by side, in the words of a preview.

Reads   dossiers.
Writes  rows of words, those that differ marked.
Never   shows private persons' names or graphic words: the pages it leads to may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from marsad.publish.differences import Run, mark_differences
from marsad.publish.graphic_words import veil_graphic
from marsad.publish.ledger.incident_page import names_policy
from marsad.publish.ledger.values import shown_party, total_of
from marsad.publish.privacy import NamePolicy
from marsad.publish.safe_text import one_line, shorten
from marsad.publish.view import passage, title_words
from marsad.publish.wording import STATUS_LABELS, event_label, number, place_words, when_words
from marsad.records import (
    DEFAULT_POLICY,
    Claim,
    Dossier,
    LedgerIncident,
    Outcome,
    Report,
)
from marsad.store.ledger import Ledger
from marsad.workflow.dossier import read_dossier

MAX_QUOTE_SIGNS = 260
MOST_QUOTES = 3
MOST_NAMES = 4


@dataclass(frozen=True)
class Row:
    """What is compared, and its words in each column."""

    label: str
    cells: tuple[tuple[Run, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether any word of it does."""
        return any(run.differs for cell in self.cells for run in cell)


@dataclass(frozen=True)
class Told:
    """A report of an incident, for a preview: its title and the sentences that tell of it."""

    report: Report
    title: str
    day: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One incident of a comparison."""

    incident: LedgerIncident
    head: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Comparison:
    """One incident, or two, as columns of the same rows."""

    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    policies: tuple[NamePolicy, ...] = ()

    def veil(self, text: str) -> str:
        """Words about these incidents as a preview shows them."""
        for policy in self.policies:
            text = policy.text(text)
        return veil_graphic(one_line(text))


def compare(ledger: Ledger, incidents: Sequence[LedgerIncident]) -> Comparison:
    """The incidents side by side; those that stand no more are left out."""
    dossiers = [d for i in incidents if (d := read_dossier(ledger, i.id)) is not None]
    policies = [names_policy(d) for d in dossiers]
    facts = [_facts(d, p) for d, p in zip(dossiers, policies, strict=True)]
    labels = list(dict.fromkeys(label for fact in facts for label in fact))
    rows = []
    for label in labels:
        words = [fact.get(label, "") for fact in facts]
        if len(words) == 2:
            rows.append(Row(label, mark_differences(words[0], words[1])))
        else:
            rows.append(Row(label, tuple(mark_differences(w, "")[0] for w in words)))
    sides = [_side(d, p) for d, p in zip(dossiers, policies, strict=True)]
    return Comparison(tuple(sides), tuple(rows), tuple(policies))


def preview_words(text: str, policy: NamePolicy) -> str:
    """Words as a preview shows them: one line, without private names and graphic words."""
    return veil_graphic(one_line(policy.text(text)))


def _facts(dossier: Dossier, policy: NamePolicy) -> dict[str, str]:
    incident = dossier.incident
    facts = {"what": event_label(incident.event_type)}
    facts["when"] = when_words(incident.when) if incident.when else "not stated"
    facts["where"] = (
        one_line(policy.text(place_words(incident.place))) if incident.place else "not stated"
    )
    for outcome in get_args(Outcome):
        words = _count(incident, outcome)
        if words:
            facts[outcome] = words
    for role, label in (("actor", "by"), ("recipient", "to")):
        named = [
            shown_party(p, policy, names=False) for p in incident.participants if p.role == role
        ]
        facts[label] = ", ".join(dict.fromkeys(named[:MOST_NAMES])) or "not stated"
    names = [one_line(policy.text(o.source)) for o in incident.origins]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    facts["says"] = ", ".join(names[:MOST_NAMES]) + more or "not stated"
    facts["status"] = STATUS_LABELS[incident.status][0]
    return facts


def _count(incident: LedgerIncident, outcome: Outcome) -> str:
    tally = total_of(incident.tallies, outcome, DEFAULT_POLICY)
    if tally is None:
        return ""
    if tally.high is None:
        return f"{number(tally.best)} or more"
    if tally.low == tally.high:
        return number(tally.best)
    return f"{number(tally.best)} ({number(tally.low)} to {number(tally.high)})"


def _side(dossier: Dossier, policy: NamePolicy) -> Side:
    incident = dossier.incident
    inside = set(incident.claims)
    told = []
    for report in dossier.reports:
        claims = [c for c in dossier.claims if c.report_id == report.id and c.id in inside]
        if not claims:
            continue
        day = report.published_date
        told.append(
            Told(
                report=report,
                title=shorten(veil_graphic(title_words(report, policy)), 140),
                day=day.isoformat() if day else "no date",
                quotes=_quotes(claims, policy),
            )
        )
    place = incident.place.name if incident.place else "place not stated"
    head = f"{event_label(incident.event_type)}, {one_line(policy.text(place))}"
    return Side(incident, head, tuple(told))


def _quotes(claims: Sequence[Claim], policy: NamePolicy) -> tuple[str, ...]:
    quotes = dict.fromkeys(preview_words(passage(c).quote, policy) for c in claims)
    return tuple(shorten(q, MAX_QUOTE_SIGNS) for q in list(quotes)[:MOST_QUOTES])
