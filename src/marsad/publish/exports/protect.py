"""Protect: from the records to what an export may tell, under a profile.

Reads   an incident with its claims and reports.
Writes  an ExportIncident: under `public` without private names, with sensitive places made
        vague and quotes short; under `internal` with all that is known.
Never   lets a record through as it is: every text passes here, on its way to every format.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from marsad.codebook.actors import actors_by_id
from marsad.codebook.sensitive import load_sensitive_kinds
from marsad.publish.exports.content import (
    ClaimNote,
    Count,
    DisputeNote,
    ExportIncident,
    ExportItem,
    FigureNote,
    Part,
    Party,
    ProfileName,
    ReportNote,
    Span,
    Speaker,
    Where,
)
from marsad.publish.exports.withholding import Withholding
from marsad.publish.safe_text import one_line, shorten
from marsad.publish.wording import DISPUTE_LABELS, country_name
from marsad.records import (
    Claim,
    Dispute,
    Figure,
    LedgerIncident,
    Participant,
    Place,
    Policy,
    Report,
    Source,
    Tally,
    When,
    content_id,
)

# Longer quotes would be a part of the article; shorter ones often miss who said it.
PUBLIC_QUOTE_SIGNS = 160
# About 22 km from north to south: the size of a district.
COARSE_DEGREES = 0.2
_NEAR = ("site", "town", "district")


@dataclass(frozen=True, slots=True)
class Profile:
    """What may be told. Incidents that ended less than `hold_hours` ago are held back."""

    name: ProfileName = "public"
    hold_hours: float = 0.0

    @property
    def is_public(self) -> bool:
        """Whether names, places and quotes are protected."""
        return self.name == "public"


def is_held(incident: LedgerIncident, profile: Profile, now: datetime) -> bool:
    """Whether the incident is too young to be told of.

    Its age counts from the end of its last possible day (UTC), without a day from the end of
    the day it was first published. One of unknown age is held.
    """
    if not profile.hold_hours:
        return False
    day = incident.when.end if incident.when else incident.first_published
    if day is None:
        return True
    end = datetime.combine(day, time.min, UTC) + timedelta(days=1)
    return now - end < timedelta(hours=profile.hold_hours)


def is_sensitive(item: ExportItem) -> bool:
    """Whether the incident, or a claim that it stands on, is of a sensitive kind."""
    sensitive = load_sensitive_kinds()
    told = (item.claims[key] for key in item.incident.claims if key in item.claims)
    return item.incident.event_type in sensitive or any(c.event_type in sensitive for c in told)


def protect(item: ExportItem, profile: Profile, *, sensitive: bool = False) -> ExportIncident:
    """The incident as the profile lets it be told; `sensitive`: it is, by what else is known."""
    return _Teller(item, profile, sensitive=sensitive).incident()


def guard_text(
    item: ExportItem, profile: Profile, *, sensitive: bool = False
) -> Callable[[str], str]:
    """What makes a sentence about the incident fit to be told: on one line, without names."""
    return _Teller(item, profile, sensitive=sensitive).text


def protect_reports(item: ExportItem, profile: Profile) -> dict[str, ReportNote]:
    """All reports of the item as the profile lets them be told, by their ids in the ledger."""
    teller = _Teller(item, profile)
    return {key: teller.report(report) for key, report in item.reports.items()}


class _Teller:
    """Tells one incident."""

    def __init__(self, item: ExportItem, profile: Profile, *, sensitive: bool = False) -> None:
        self.item = item
        self.public = profile.is_public
        self.sensitive = self.public and (sensitive or is_sensitive(item))
        self.names = self.withholding() if self.public else None

    def withholding(self) -> Withholding:
        """The names that may not be said; of a sensitive incident those of its places too."""
        item = self.item
        read = [c for claims in item.read.values() for c in claims] + list(item.claims.values())
        places = [item.incident.place, *(c.place for c in item.claims.values())]
        near = [p.name for p in places if p and p.precision in _NEAR] if self.sensitive else []
        return Withholding(read, item.reports.values(), near)

    def text(self, text: str) -> str:
        """A text on one line, harmless, without what may not be said."""
        clean = one_line(text)
        return clean if self.names is None else self.names.text(clean)

    def incident(self) -> ExportIncident:
        """All of it."""
        incident = self.item.incident
        first, last = incident.first_published, incident.last_published
        review = incident.review
        return ExportIncident(
            id=incident.id,
            event_type=incident.event_type,
            status=incident.status,
            where=self.place(incident.place),
            when=_span(incident.when),
            actors=self.parties(incident.participants, "actor"),
            recipients=self.parties(incident.participants, "recipient"),
            counts=self.counts(incident.tallies),
            disputes=tuple(self.dispute(d) for d in incident.disputes),
            sources=self.sources(incident),
            reports=self.reports(),
            claims=tuple(self.claims()),
            reviewed=None if review is None else f"{review.kind}ed",
            first_published=first.isoformat() if first else None,
            last_published=last.isoformat() if last else None,
        )

    def place(self, place: Place | None) -> Where | None:
        """The place; of a sensitive incident its province, and a point near it."""
        if place is None:
            return None
        country = country_name(place.country) if place.country else ""
        admin1 = one_line(place.admin1) if place.admin1 else None
        if self.sensitive and place.precision in _NEAR:
            return Where(
                name=admin1 or country or "place withheld",
                relation="in",
                admin1=admin1,
                country=place.country,
                country_name=country,
                latitude=_coarse(place.latitude),
                longitude=_coarse(place.longitude),
                precision="district",
                geonameid=None,
                coarse=True,
            )
        return Where(
            name=self.text(place.name),
            relation=None if place.relation is None else self.text(place.relation),
            admin1=admin1,
            country=place.country,
            country_name=country,
            latitude=place.latitude,
            longitude=place.longitude,
            precision=place.precision,
            geonameid=place.geonameid,
        )

    def parties(self, parties: Iterable[Participant], role: str) -> tuple[Party, ...]:
        """The parties of a role, each once."""
        found = (self.party(p) for p in parties if p.role == role)
        return tuple(dict.fromkeys(found))

    def party(self, party: Participant) -> Party:
        """A party; listed ones with their country."""
        listed = actors_by_id().get(party.actor_id or "")
        name = one_line(party.name) if self.names is None else self.names.party(party)
        country = listed.country if listed else None
        return Party(one_line(name), party.kind, party.actor_id, country)

    def counts(self, tallies: Iterable[Tally]) -> dict[Policy, tuple[Count, ...]]:
        """The tallies by policy."""
        rows: dict[Policy, list[Count]] = {}
        for t in tallies:
            group = None if t.group is None else self.group(t.group)
            count = Count(t.outcome, group, t.low, t.best, t.high)
            rows.setdefault(t.policy, []).append(count)  # type: ignore[arg-type]
        return {policy: tuple(counts) for policy, counts in rows.items()}

    def group(self, group: str) -> str:
        """A tally's group; it has no more than words, so that only names known are withheld."""
        return self.text(group)

    def dispute(self, dispute: Dispute) -> DisputeNote:
        """A dispute, and who says otherwise."""
        sources = tuple(self.text(source) for source in dispute.sources)
        words = DISPUTE_LABELS[dispute.about]
        return DisputeNote(dispute.about, words, sources, dispute.claim, dispute.counterclaim)

    def sources(self, incident: LedgerIncident) -> tuple[Speaker, ...]:
        """The independent sources."""
        found = (Source(source=o.source, kind=o.kind) for o in incident.origins)
        return tuple(dict.fromkeys(self.speaker(source) for source in found))

    def speaker(self, source: Source) -> Speaker:
        """A source, by name where that may be said."""
        name = source.source if self.names is None else self.names.source(source)
        return Speaker(one_line(name), source.kind)

    def reports(self) -> tuple[ReportNote, ...]:
        """The incident's reports in order of publication; of a sensitive one no title or URL."""
        known = (self.item.reports.get(key) for key in self.item.incident.reports)
        found = sorted(
            (report for report in known if report is not None),
            key=lambda r: (r.published is None, str(r.published or ""), r.id),
        )
        return tuple(self.report(report) for report in found)

    def report(self, report: Report) -> ReportNote:
        """A report without its text."""
        title = self.text(report.title) if report.title and not self.sensitive else None
        url = one_line(report.url) if report.url and not self.sensitive else None
        if url is not None and self.names is not None:
            url = self.names.url(url)
        return ReportNote(
            id=self.report_id(report.id),
            outlet=self.text(report.outlet) if report.outlet else None,
            title=title,
            published=report.published.isoformat() if report.published else None,
            url=url,
            language=one_line(report.language) if report.language else None,
        )

    def report_id(self, report_id: str) -> str:
        """The id, or another made from it where a name stands in it, or may."""
        clean = one_line(report_id)
        if self.names is None or report_id.startswith("report-"):
            return clean
        if self.sensitive or self.names.url(clean) != clean:
            return content_id("report", report_id)
        return clean

    def claims(self) -> Iterable[ClaimNote]:
        """The claims that it stands on, those against them, and those that look back at it."""
        incident = self.item.incident
        disputed = {key for d in incident.disputes for key in (d.claim, d.counterclaim)}
        parts: dict[str, Part] = dict.fromkeys(incident.claims, "claim")
        for key in disputed - parts.keys():
            parts[key] = "counterclaim"
        for key in incident.mentions:
            parts.setdefault(key, "mention")
        order = {key: place for place, key in enumerate(incident.claims)}
        for key in sorted(parts, key=lambda k: (order.get(k, len(order)), k)):
            claim = self.item.claims.get(key)
            if claim is not None:
                yield self.claim(claim, parts[key], key in disputed)

    def claim(self, claim: Claim, part: Part, disputed: bool) -> ClaimNote:
        """A claim with its words, as long as they may be."""
        return ClaimNote(
            id=claim.id,
            part=part,
            disputed=disputed,
            report=self.report_id(claim.report_id),
            event_type=claim.event_type,
            modality=claim.modality,
            speakers=tuple(self.speaker(source) for source in claim.attribution),
            actors=self.parties(claim.participants, "actor"),
            recipients=self.parties(claim.participants, "recipient"),
            where=self.place(claim.place),
            when=_span(claim.when),
            figures=tuple(self.figure(figure) for figure in claim.figures),
            quote=self.quote(claim),
            start=claim.trigger.start,
            end=claim.trigger.end,
            confidence=round(claim.confidence, 3),
        )

    def figure(self, figure: Figure) -> FigureNote:
        """A number and whom it counts."""
        group = figure.group if self.names is None else self.names.group(figure)
        return FigureNote(
            outcome=figure.outcome,
            group=None if group is None else one_line(group),
            low=figure.low,
            high=figure.high,
            qualifier=figure.qualifier,
            part=figure.subset_of is not None,
        )

    def quote(self, claim: Claim) -> str | None:
        """The claim's words; for the public short ones, and none of a sensitive incident."""
        if self.sensitive:
            return None
        longest = max((e.quote for e in claim.evidence), key=len, default=claim.trigger.quote)
        words = one_line(longest)
        if self.names is None:
            return words
        return shorten(self.names.quote(words), PUBLIC_QUOTE_SIGNS)


def _span(when: When | None) -> Span | None:
    if when is None:
        return None
    return Span(when.start.isoformat(), when.end.isoformat(), when.precision)


def _coarse(degrees: float | None) -> float | None:
    """The middle of the cell that holds the coordinate."""
    if degrees is None:
        return None
    middle = (math.floor(degrees / COARSE_DEGREES) + 0.5) * COARSE_DEGREES
    return round(middle, 4)
