"""The view: a coded report as the words a person reads, ready to lay out.

Reads   a CodedReport, the name policy and, when asked for, the coder's explanations.
Writes  the dataclasses of `view_parts`.
Never   lays anything out, escapes for a format, or drops a dispute.

Loses   coordinates, ids of actors and confidence: these are in the JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from marsad.publish.privacy import SHOW_ALL, NamePolicy, withhold_private_names
from marsad.publish.safe_text import one_line, shorten
from marsad.publish.view_parts import (
    ClaimView,
    CounterView,
    DisputeView,
    IncidentView,
    PartyView,
    ReportView,
    TallyRow,
    distinct,
)
from marsad.publish.wording import (
    DISPUTE_LABELS,
    KIND_LABELS,
    MODALITY_LABELS,
    OUTCOME_ORDER,
    STATUS_LABELS,
    chain_words,
    event_label,
    figure_words,
    is_outlet,
    number,
    place_words,
    range_words,
    when_words,
)
from marsad.records import (
    Claim,
    CodedReport,
    Dispute,
    Evidence,
    Figure,
    Incident,
    Participant,
    Report,
    Tally,
)

MAX_QUOTE_SIGNS = 320
MAX_TITLE_SIGNS = 90

Explanations = Mapping[str, Sequence[str]]


def make_view(
    coded: CodedReport, *, names: bool = False, explanations: Explanations | None = None
) -> ReportView:
    """The view of one coded report. `names` shows private persons' names too."""
    policy = SHOW_ALL if names else withhold_private_names(coded)
    reasons = {} if explanations is None else _with_judgements(coded, explanations)
    return _ViewMaker(coded.claims, policy, reasons).make(coded)


def view_incident(incident: Incident, claims: Sequence[Claim], policy: NamePolicy) -> IncidentView:
    """The view of an incident whose claims stand in several reports."""
    return _ViewMaker(claims, policy, {}).incident(1, incident)


def view_claims(claims: Sequence[Claim], policy: NamePolicy) -> dict[str, ClaimView]:
    """The view of each claim, by its id."""
    return _ViewMaker(claims, policy, {}).claim_views


def _with_judgements(coded: CodedReport, explanations: Explanations) -> Explanations:
    """The coder's reasons for each claim, then why it was held against or together with others."""
    reasons = {key: list(sentences) for key, sentences in explanations.items()}
    lead = {"same": "one incident with another claim", "different": "apart from another claim"}
    for judgement in coded.judgements:
        held = lead.get(judgement.kind, "disputes another claim")
        sentences = reasons.setdefault(judgement.claim, [])
        if f"{held}: {judgement.reason}" not in sentences:
            sentences.append(f"{held}: {judgement.reason}")
    return reasons


class _ViewMaker:
    def __init__(
        self, claims: Sequence[Claim], policy: NamePolicy, explanations: Explanations
    ) -> None:
        self.policy = policy
        self.claims = {claim.id: claim for claim in claims}
        self.sources = {
            source.source: one_line(policy.source(source))
            for claim in claims
            for source in claim.attribution
        }
        self.claim_views = {
            claim.id: self._claim(claim, explanations.get(claim.id, ())) for claim in claims
        }

    def make(self, coded: CodedReport) -> ReportView:
        report = coded.report
        used = {claim_id for incident in coded.incidents for claim_id in incident.claims}
        used |= {
            claim_id
            for incident in coded.incidents
            for dispute in incident.disputes
            for claim_id in (dispute.claim, dispute.counterclaim)
        }
        return ReportView(
            title=title_words(report, self.policy),
            byline=_byline(report),
            url=report.url,
            language=report.language,
            incidents=tuple(
                self.incident(number, incident)
                for number, incident in enumerate(coded.incidents, start=1)
            ),
            asides=tuple(view for key, view in self.claim_views.items() if key not in used),
            names_withheld=self.policy.pattern is not None,
            dated=report.published is not None,
        )

    def _show(self, text: str) -> str:
        return one_line(self.policy.text(text))

    def _claim(self, claim: Claim, reasons: Sequence[str]) -> ClaimView:
        evidence = passage(claim)
        return ClaimView(
            id=claim.id,
            kind=event_label(claim.event_type),
            modality=MODALITY_LABELS[claim.modality],
            speaker=self._speaker(claim),
            quote=self._quote(evidence, claim.trigger),
            evidence=evidence,
            place=self._show(place_words(claim.place)) if claim.place else None,
            when=when_words(claim.when) if claim.when else None,
            figures=tuple(
                figure_words(figure, one_line(self.policy.group(figure) or "") or None)
                for figure in claim.figures
            ),
            reasons=tuple(self._show(reason) for reason in reasons),
        )

    def _speaker(self, claim: Claim) -> str:
        names = [one_line(self.policy.source(source)) for source in claim.attribution]
        return chain_words(names, ends_with_outlet=is_outlet(claim.attribution[-1]))

    def _quote(self, evidence: Evidence, trigger: Evidence) -> str:
        """The passage in at most MAX_QUOTE_SIGNS characters, the trigger in sight."""
        quote, lead = evidence.quote, ""
        offset = trigger.start - evidence.start
        if len(quote) > MAX_QUOTE_SIGNS and offset > MAX_QUOTE_SIGNS * 2 // 3:
            cut = quote.rfind(" ", 0, max(0, offset - MAX_QUOTE_SIGNS // 2)) + 1
            quote, lead = quote[cut:], "…"
        return lead + shorten(self._show(quote), MAX_QUOTE_SIGNS)

    def incident(self, number: int, incident: Incident) -> IncidentView:
        members = [self.claims[key] for key in incident.claims if key in self.claims]
        place, when = incident.place, incident.when
        label, reason = STATUS_LABELS[incident.status]
        return IncidentView(
            number=number,
            id=incident.id,
            kind=event_label(incident.event_type),
            place=self._show(place_words(place)) if place else None,
            place_evidence=place.evidence if place else None,
            when=when_words(when) if when else None,
            when_evidence=when.evidence if when else None,
            actors=self._parties(incident.participants, "actor", members),
            recipients=self._parties(incident.participants, "recipient", members),
            tallies=tuple(self._tally_rows(incident.tallies)),
            status=label,
            status_reason=reason,
            disputes=tuple(self._disputes(incident.disputes)),
            claims=tuple(self.claim_views[claim.id] for claim in members),
        )

    def _parties(
        self, participants: Iterable[Participant], role: str, claims: Sequence[Claim]
    ) -> tuple[PartyView, ...]:
        views: dict[str, PartyView] = {}
        for party in participants:
            if party.role != role:
                continue
            said_by = [
                one_line(self.policy.source(claim.attribution[0]))
                for claim in claims
                if any(
                    other.role == role
                    and (other.name, other.actor_id) == (party.name, party.actor_id)
                    for other in claim.participants
                )
            ]
            name = one_line(self.policy.party(party))
            views.setdefault(
                name,
                PartyView(
                    name,
                    "" if self.policy.hides(party) else KIND_LABELS[party.kind],
                    distinct(said_by),
                    party.evidence,
                ),
            )
        return tuple(views.values())

    def _tally_rows(self, tallies: Sequence[Tally]) -> Iterable[TallyRow]:
        """Rows by outcome, total first; a total that one group makes up alone is one row."""
        for outcome in OUTCOME_ORDER:
            rows = [tally for tally in tallies if tally.outcome == outcome]
            totals = [tally for tally in rows if tally.group is None]
            groups = [tally for tally in rows if tally.group is not None]
            if totals and len(groups) == 1 and _bounds(totals[0]) == _bounds(groups[0]):
                label = f"{outcome}: {self._group(groups[0])}"
                yield self._tally_row(groups[0], label, part=False)
                continue
            for tally in totals:
                yield self._tally_row(tally, f"{outcome}, total" if groups else outcome, part=False)
            for tally in groups:
                group = self._group(tally)
                label = group if totals else f"{outcome}: {group}"
                yield self._tally_row(tally, label, part=bool(totals))

    def _figures(self, tally: Tally) -> list[tuple[Claim, Figure]]:
        """The figures a tally was made from, with the claims they stand in."""
        return [
            (self.claims[key], figure)
            for key in tally.claims
            if key in self.claims
            for figure in self.claims[key].figures
            if figure.outcome == tally.outcome and tally.group in (None, figure.group)
        ]

    def _group(self, tally: Tally) -> str:
        for _, figure in self._figures(tally):
            return one_line(self.policy.group(figure) or "")
        return self._show(tally.group or "")

    def _tally_row(self, tally: Tally, label: str, *, part: bool) -> TallyRow:
        evidence = [figure.evidence for _, figure in self._figures(tally)]
        return TallyRow(
            label=label,
            low=number(tally.low),
            best=number(tally.best),
            high="open" if tally.high is None else number(tally.high),
            sources=self._tally_sources(tally),
            part=part,
            evidence=tuple({(e.start, e.end): e for e in evidence}.values()),
        )

    def _tally_sources(self, tally: Tally) -> tuple[str, ...]:
        """Who gives the figure; where they differ, each with the figure it gives."""
        said: dict[str, list[str]] = {}
        for claim, figure in self._figures(tally):
            if figure.subset_of is not None and tally.group is None:
                continue
            name = one_line(self.policy.source(claim.attribution[0]))
            ranges = said.setdefault(name, [])
            words = range_words(figure.low, figure.high)
            if words not in ranges:
                ranges.append(words)
        named = [self.sources.get(name, self._show(name)) for name in tally.sources]
        if not said:
            return distinct(named)
        if len({tuple(ranges) for ranges in said.values()}) > 1:
            spoken = [f"{name}: {' + '.join(ranges)}" for name, ranges in said.items()]
        else:
            spoken = list(said)
        return distinct([*spoken, *(name for name in named if name not in said)])

    def _disputes(self, disputes: Sequence[Dispute]) -> Iterable[DisputeView]:
        """One for each disputed claim, with all that is said against it."""
        by_claim: dict[str, list[CounterView]] = {}
        quoted: set[str] = set()

        def view(claim_id: str) -> ClaimView | None:
            claim = self.claim_views.get(claim_id)
            if claim is None or claim.quote not in quoted:
                quoted.update([claim.quote] if claim else [])
                return claim
            return replace(claim, repeated=True)

        disputed: dict[str, ClaimView | None] = {}
        first = [dispute.claim for dispute in disputes]
        for dispute in sorted(disputes, key=lambda dispute: first.index(dispute.claim)):
            if dispute.claim not in disputed:
                disputed[dispute.claim] = view(dispute.claim)
            counter = CounterView(
                about=DISPUTE_LABELS[dispute.about],
                claim=view(dispute.counterclaim),
                sources=distinct(
                    self.sources.get(source, self._show(source)) for source in dispute.sources
                ),
            )
            by_claim.setdefault(dispute.claim, []).append(counter)
        for claim_id, counters in by_claim.items():
            yield DisputeView(disputed[claim_id], tuple(counters))


def title_words(report: Report, policy: NamePolicy) -> str:
    """The report's title; without one a given id, else its first words.

    An id made from the content tells nobody anything.
    """
    title = one_line(policy.text(report.title or ""))
    if title:
        return title
    if not re.fullmatch(r"report-[0-9a-f]{16}", report.id):
        return f"Report {one_line(report.id)}"
    return shorten(one_line(policy.text(report.text[:400])), MAX_TITLE_SIGNS)


def passage(claim: Claim) -> Evidence:
    """The claim's evidence that best stands for it: the shortest that holds the trigger."""
    around = [
        evidence
        for evidence in claim.evidence
        if evidence.start <= claim.trigger.start and claim.trigger.end <= evidence.end
    ]
    if around:
        return min(around, key=lambda evidence: evidence.end - evidence.start)
    return claim.evidence[0] if claim.evidence else claim.trigger


def _byline(report: Report) -> str:
    day = report.published_date
    parts = [
        one_line(report.outlet or ""),
        f"{day.day} {day:%B} {day.year}" if day else "no publication date",
    ]
    return " · ".join(part for part in parts if part)


def _bounds(tally: Tally) -> tuple[int, int, int | None]:
    return tally.low, tally.best, tally.high
