"""The incident's page as words: each value with the sentences that it was read from.

Reads   a Dossier, its changes, a policy of counting, and whose names are withheld.
Writes  plain frozen dataclasses for the template.
Never   gives a number without who says so, or drops a dispute, an old figure or a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from marsad.publish.ledger.change_log import (
    GIVEN_PLAINLY,
    TOLD_BY_WHY,
    cause_words,
    hide_all_names,
    moved_words,
)
from marsad.publish.ledger.figures_told import state_words, told_day, told_order, told_words
from marsad.publish.ledger.incident_page import names_policy
from marsad.publish.ledger.page_sections import incident_words
from marsad.publish.ledger.references import References
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.ledger.values import field_words
from marsad.publish.privacy import SHOW_ALL, NamePolicy
from marsad.publish.safe_text import one_line
from marsad.publish.view import passage, title_words, view_claims, view_incident
from marsad.publish.view_parts import ClaimView, PartyView, TallyRow
from marsad.records import (
    Change,
    Claim,
    Dossier,
    Evidence,
    LedgerIncident,
    Policy,
    Report,
    Suggestion,
    ValueChange,
)
from marsad.web.incident_parts import (
    Counter,
    DisputeLine,
    HistoryLine,
    IncidentPage,
    Move,
    Neighbour,
    OriginLine,
    ReportLine,
    Said,
    TallyLine,
    ToldLine,
    Value,
)
from marsad.web.quotes import quote_pieces


def make_incident_page(
    dossier: Dossier, changes: Sequence[Change], policy: Policy, *, names: bool
) -> IncidentPage:
    """The page of an incident. `names` shows private persons' names."""
    return _Maker(dossier, policy, names=names).page(changes)


class _Maker:
    def __init__(self, dossier: Dossier, policy: Policy, *, names: bool) -> None:
        self.dossier = dossier
        self.hidden = SHOW_ALL if names else names_policy(dossier)
        self.names = names
        self.refs = References(dossier, self.hidden)
        self.claims = {claim.id: claim for claim in dossier.claims}
        self.views = view_claims(dossier.claims, self.hidden)
        self.by_id = {report.id: report for report in dossier.reports}
        tallies = tuple(t for t in dossier.incident.tallies if t.policy == policy)
        counted = dossier.incident.model_copy(update={"tallies": tallies})
        self.head = view_incident(counted, dossier.claims, self.hidden)
        self.set_fields = {
            decision.field: decision
            for decision in dossier.decisions
            if decision.kind == "set" and decision.seq in dossier.incident.decisions
        }

    def page(self, changes: Sequence[Change]) -> IncidentPage:
        incident = self.dossier.incident
        in_dispute = {k for d in incident.disputes for k in (d.claim, d.counterclaim)}
        plain = [k for k in incident.claims if k not in in_dispute and k in self.claims]
        copies = {report for origin in incident.origins for report in origin.copies}
        return IncidentPage(
            head=self.head,
            facts=tuple(self.facts()),
            tallies=tuple(TallyLine(row, self.of_figures(row)) for row in self.head.tallies),
            told=tuple(self.told()),
            disputes=tuple(self.disputes()),
            origins=tuple(self.origins()),
            words=self.all_said(k for k in plain if self.claims[k].report_id not in copies),
            copied=self.all_said(k for k in plain if self.claims[k].report_id in copies),
            mentions=self.all_said(incident.mentions),
            reports=tuple(self.report_line(report) for report in self.refs.reports),
            neighbours=tuple(self.neighbours()),
            history=tuple(self.history_line(change) for change in changes),
            names_withheld=self.hidden is not SHOW_ALL,
        )

    def facts(self) -> Iterator[Value]:
        """What, where, when and who."""
        incident, head = self.dossier.incident, self.head
        members = [self.claims[key] for key in incident.claims if key in self.claims]
        kind = [(c, c.trigger) for c in members if c.event_type == incident.event_type]
        yield self.value("what", head.kind, kind, "event_type")
        place, when = incident.place, incident.when
        where = [
            (c, c.place.evidence)
            for c in members
            if place and c.place and (c.place.name, c.place.country) == (place.name, place.country)
        ]
        yield self.value("where", head.place or "place not stated", where, "place")
        days = [
            (c, c.when.evidence)
            for c in members
            if when and c.when and (c.when.start, c.when.end) == (when.start, when.end)
        ]
        yield self.value("when", head.when or "date not stated", days, "when")
        for role, parties in (("actor", head.actors), ("recipient", head.recipients)):
            label = "by whom" if role == "actor" else "to whom"
            if not parties:
                yield Value(label, "not stated", ())
            for party in parties:
                yield self.party(label, role, party, members)

    def party(self, label: str, role: str, party: PartyView, members: Sequence[Claim]) -> Value:
        told = [
            (claim, other.evidence)
            for claim in members
            for other in claim.participants
            if other.role == role and one_line(self.hidden.party(other)) == party.name
        ]
        words = f"{party.name} ({party.kind})" if party.kind else party.name
        return self.value(label, words, told, "participants")

    def value(
        self, label: str, words: str, told: Iterable[tuple[Claim, Evidence | None]], field: str
    ) -> Value:
        decision = self.set_fields.get(field)
        said = tuple(self.said(claim, [mark] if mark else []) for claim, mark in told)
        return Value(label, words, _distinct(said), one_line(decision.made_by) if decision else "")

    def of_figures(self, row: TallyRow) -> tuple[Said, ...]:
        """The sentences that a tally's figures stand in."""
        wanted = {(e.report_id, e.start, e.end) for e in row.evidence}
        found = []
        for claim in self.claims.values():
            marks = [
                figure.evidence
                for figure in claim.figures
                if (figure.evidence.report_id, figure.evidence.start, figure.evidence.end) in wanted
            ]
            if marks:
                found.append(self.said(claim, marks))
        return _distinct(found)

    def all_said(self, ids: Iterable[str]) -> tuple[Said, ...]:
        """Each claim in its words, the same words of a report once."""
        claims = (self.claims[key] for key in ids if key in self.claims)
        return _distinct(self.said(claim, [claim.trigger]) for claim in claims)

    def said(self, claim: Claim, marks: Iterable[Evidence]) -> Said:
        view: ClaimView = self.views[claim.id]
        marked = list(marks)
        around = _around(claim, marked) or passage(claim)
        report = self.by_id.get(claim.report_id)
        stamp, clock = _published(report)
        return Said(
            speaker=view.speaker,
            modality=view.modality,
            pieces=quote_pieces(around, marked, self.hidden),
            figures=view.figures,
            number=self.refs.report(claim.report_id),
            report=claim.report_id,
            claim=claim.id,
            outlet=self.refs.show(report.outlet or "") if report else "",
            published=stamp,
            clock=clock,
        )

    def told(self) -> Iterator[ToldLine]:
        """The figures in the order of their telling."""
        for figure in sorted(self.dossier.incident.told, key=told_order):
            yield ToldLine(
                day=told_day(figure),
                words=told_words(figure, self.refs),
                source=self.refs.show(figure.source),
                number=self.refs.report(figure.report),
                report=figure.report,
                state=figure.state,
                state_words=state_words(figure, self.refs).plain,
            )

    def disputes(self) -> Iterator[DisputeLine]:
        """Each disputed claim with all that is said against it."""
        for dispute in self.head.disputes:
            yield DisputeLine(
                self.of_view(dispute.claim),
                tuple(
                    Counter(counter.about, self.of_view(counter.claim), counter.sources)
                    for counter in dispute.counters
                ),
            )

    def of_view(self, view: ClaimView | None) -> Said | None:
        """A claim's words by its view."""
        claim = self.claims.get(view.id) if view else None
        return self.said(claim, [claim.trigger]) if claim else None

    def origins(self) -> Iterator[OriginLine]:
        """The independent sources, copies apart."""
        for origin in self.dossier.incident.origins:
            own = [key for key in origin.reports if key not in origin.copies]
            yield OriginLine(
                source=self.refs.show(origin.source),
                kind=origin.kind,
                reports=self.numbered(own),
                copies=self.numbered(origin.copies),
            )

    def numbered(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Reports by number and id, in the order of their numbers."""
        order = {report.id: place for place, report in enumerate(self.refs.reports)}
        known = sorted(set(ids), key=lambda key: (order.get(key, len(order)), key))
        return tuple((self.refs.report(key), key) for key in known)

    def report_line(self, report: Report) -> ReportLine:
        """A report by its number."""
        stamp, clock = _published(report)
        return ReportLine(
            number=self.refs.report(report.id),
            id=report.id,
            title=title_words(report, self.hidden),
            outlet=self.refs.show(report.outlet or ""),
            published=stamp,
            clock=clock,
            url=report.url if self.hidden.text(report.url or "") == (report.url or "") else None,
            is_copy=report.id in self.refs.retellers,
        )

    def neighbours(self) -> Iterator[Neighbour]:
        """Incidents that may be this one."""
        known = {incident.id: incident for incident in self.dossier.neighbours}
        for suggestion in self.dossier.suggestions:
            other = _other(suggestion, self.dossier.incident)
            # Its reports are not at hand, so its own private names are found by their look.
            about = incident_words(known[other], self.hidden) if other in known else ""
            why = one_line(self.hidden.text(suggestion.why))
            yield Neighbour(other, about or short_id(other), why)

    def history_line(self, change: Change) -> HistoryLine:
        """A change in words."""
        policy: NamePolicy = self.hidden
        if not self.names and not self.dossier.reports:
            policy = hide_all_names(change)
        gone = change.kind == "withdrawn" and change.others
        moves = () if gone else tuple(_move(value, policy) for value in change.values)
        return HistoryLine(
            at=change.at,
            incident=change.incident,
            kind=change.kind,
            others=change.others,
            cause=cause_words(change, policy, self.refs),
            moves=moves,
            seq=change.seq,
        )


def _move(value: ValueChange, policy: NamePolicy) -> Move:
    why = one_line(policy.text(value.why))
    parts = moved_words(value, policy)
    words = "".join(part if isinstance(part, str) else part[0] for part in parts)
    if value.field in TOLD_BY_WHY and why:
        words, why = why, ""
    elif value.before is None and value.field in GIVEN_PLAINLY:
        why = ""
    return Move(field_words(policy.text(value.field)), words, why)


def _other(suggestion: Suggestion, incident: LedgerIncident) -> str:
    ids = {suggestion.incident, suggestion.other} - {incident.id}
    return min(ids) if ids else suggestion.other


def _around(claim: Claim, marks: Sequence[Evidence]) -> Evidence | None:
    """The shortest passage of the claim that holds what is marked."""
    if not marks:
        return None
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    holding = [e for e in claim.evidence if e.start <= first and last <= e.end]
    return min(holding, key=lambda e: e.end - e.start) if holding else None


def _published(report: Report | None) -> tuple[str, bool]:
    """When a report was published, ISO 8601, and whether that has a clock time with a zone."""
    published = report.published if report else None
    if published is None:
        return "", False
    if isinstance(published, datetime):
        if published.tzinfo is None:
            return published.isoformat(" ", "minutes"), False
        return published.isoformat(), True
    return published.isoformat(), False


def _distinct(said: Iterable[Said]) -> tuple[Said, ...]:
    """Each sentence of a report once."""
    return tuple({(one.report, one.speaker, one.pieces): one for one in said}.values())
