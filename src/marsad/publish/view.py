"""The view: a coded report as the words a person reads, ready to lay out.

Reads   a CodedReport, the name policy and, when asked for, the coder's explanations.
Writes  plain frozen dataclasses that the terminal and the page both render, so that
        both say the same.
Never   lays anything out, escapes for a format, or drops a dispute.

Loses   coordinates, ids of actors and confidence: these are in the JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from marsad.publish.privacy import SHOW_ALL, NamePolicy, withhold_private_names
from marsad.publish.safe_text import one_line, shorten
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


@dataclass(frozen=True)
class PartyView:
    """One side: who, what kind, according to whom, and the words it was read from."""

    name: str
    kind: str
    reported_by: tuple[str, ...]
    evidence: Evidence | None


@dataclass(frozen=True)
class TallyRow:
    """One row of the figures table. `part` marks a group under its outcome's total."""

    label: str
    low: str
    best: str
    high: str
    sources: tuple[str, ...]
    part: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ClaimView:
    """One claim: who says so, how, in which words."""

    id: str
    kind: str
    modality: str
    speaker: str
    quote: str
    evidence: Evidence
    place: str | None
    when: str | None
    figures: tuple[str, ...]
    reasons: tuple[str, ...]
    repeated: bool = False  # its words were quoted before in the same incident


@dataclass(frozen=True)
class ToldView:
    """What one source, or several in the same words, say of an incident."""

    speaker: str
    modality: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class CounterView:
    """What is said against a claim, and in which matter."""

    about: str
    claim: ClaimView | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class DisputeView:
    """A claim and everything that is said against it. `claim` None: it stands in another report."""

    claim: ClaimView | None
    counters: tuple[CounterView, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims on both sides that this report holds."""
        both = (self.claim, *(counter.claim for counter in self.counters))
        return tuple(claim for claim in both if claim is not None)


@dataclass(frozen=True)
class IncidentView:
    """One incident as a person reads it. `number` counts from 1, the lead first."""

    number: int
    id: str
    kind: str
    place: str | None
    place_evidence: Evidence | None
    when: str | None
    when_evidence: Evidence | None
    actors: tuple[PartyView, ...]
    recipients: tuple[PartyView, ...]
    tallies: tuple[TallyRow, ...]
    status: str
    status_reason: str
    disputes: tuple[DisputeView, ...]
    claims: tuple[ClaimView, ...]

    @property
    def told(self) -> tuple[ToldView, ...]:
        """The claims to quote by source: not those that stand in a dispute, and no words twice."""
        disputed = [claim for dispute in self.disputes for claim in dispute.claims]
        ids = {claim.id for claim in disputed}
        quoted = {claim.quote for claim in disputed}
        same_words: dict[tuple[object, ...], list[ClaimView]] = {}
        for claim in self.claims:
            if claim.id not in ids:
                key = (claim.modality, claim.quote, claim.reasons)
                same_words.setdefault(key, []).append(claim)
        by_source: dict[tuple[str, str], list[ClaimView]] = {}
        for claims in same_words.values():
            speaker = "; ".join(_distinct(claim.speaker for claim in claims))
            first = replace(claims[0], repeated=claims[0].quote in quoted)
            by_source.setdefault((speaker, first.modality), []).append(first)
        return tuple(ToldView(*key, tuple(claims)) for key, claims in by_source.items())


@dataclass(frozen=True)
class ReportView:
    """The report, its incidents, and the claims that make no incident."""

    title: str
    byline: str
    url: str | None
    language: str | None
    incidents: tuple[IncidentView, ...]
    asides: tuple[ClaimView, ...]
    names_withheld: bool
    dated: bool


def make_view(
    coded: CodedReport, *, names: bool = False, explanations: Explanations | None = None
) -> ReportView:
    """The view of one coded report. `names` shows private persons' names too."""
    policy = SHOW_ALL if names else withhold_private_names(coded)
    reasons = {} if explanations is None else _with_judgements(coded, explanations)
    return _ViewMaker(coded, policy, reasons).make()


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
    def __init__(self, coded: CodedReport, policy: NamePolicy, explanations: Explanations) -> None:
        self.coded = coded
        self.policy = policy
        self.claims = {claim.id: claim for claim in coded.claims}
        self.sources = {
            source.source: one_line(policy.source(source))
            for claim in coded.claims
            for source in claim.attribution
        }
        self.claim_views = {
            claim.id: self._claim(claim, explanations.get(claim.id, ())) for claim in coded.claims
        }

    def make(self) -> ReportView:
        report = self.coded.report
        used = {claim_id for incident in self.coded.incidents for claim_id in incident.claims}
        used |= {
            claim_id
            for incident in self.coded.incidents
            for dispute in incident.disputes
            for claim_id in (dispute.claim, dispute.counterclaim)
        }
        return ReportView(
            title=self._show(report.title or "") or self._untitled(report),
            byline=_byline(report),
            url=report.url,
            language=report.language,
            incidents=tuple(
                self._incident(number, incident)
                for number, incident in enumerate(self.coded.incidents, start=1)
            ),
            asides=tuple(view for key, view in self.claim_views.items() if key not in used),
            names_withheld=self.policy.pattern is not None,
            dated=report.published is not None,
        )

    def _untitled(self, report: Report) -> str:
        """A given id, else the first words: an id made from the content tells nobody anything."""
        if not re.fullmatch(r"report-[0-9a-f]{16}", report.id):
            return f"Report {one_line(report.id)}"
        return shorten(self._show(report.text[:400]), MAX_TITLE_SIGNS)

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

    def _incident(self, number: int, incident: Incident) -> IncidentView:
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
                    _distinct(said_by),
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
            return _distinct(named)
        if len({tuple(ranges) for ranges in said.values()}) > 1:
            spoken = [f"{name}: {' + '.join(ranges)}" for name, ranges in said.items()]
        else:
            spoken = list(said)
        return _distinct([*spoken, *(name for name in named if name not in said)])

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
                sources=_distinct(
                    self.sources.get(source, self._show(source)) for source in dispute.sources
                ),
            )
            by_claim.setdefault(dispute.claim, []).append(counter)
        for claim_id, counters in by_claim.items():
            yield DisputeView(disputed[claim_id], tuple(counters))


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


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
