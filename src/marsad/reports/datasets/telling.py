"""Telling: a row of a data set as a report with its claims.

Reads   the rows that a data set gives one incident.
Writes  a Report whose text is the rows in plain words, and claims that quote it exactly.
Never   puts the data set's number into the mouth of the sources that it names.

The data set is the outlet. Who it names as a source is a claimant of what happened; the
number is the data set's own, for a row does not say who of its sources gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from marsad.codebook.event_types import load_event_types
from marsad.records import (
    Claim,
    Evidence,
    Figure,
    Judgement,
    Modality,
    Participant,
    Place,
    Published,
    Report,
    Source,
    When,
    content_id,
)
from marsad.reports.datasets.codes import make_source
from marsad.reports.datasets.figures import Bound, bounds_of, number_words
from marsad.reports.datasets.row import Dispute, Number, Row, RowGroup, make_row_id

BY = "the data set"
_WHAT = "What: "
_OPENING = ("asserted", "alleged")
_NAMES: dict[str, str] = {
    "killed": "Number killed",
    "injured": "Number injured",
    "missing": "Number missing",
    "abducted": "Number abducted",
    "detained": "Number detained",
    "displaced": "Number displaced",
}


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A report made of rows, its claims, and what is known of how they hang together."""

    report: Report
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...]


def tell_rows(group: RowGroup, data_set: str, licence: str | None = None) -> ToldRow:
    """The report of one row, or of the rows of one incident."""
    text = _Text()
    drafts = [_write_row(text, row) for row in group.rows]
    if licence:
        text.add(f"Licence: {licence}")
    report = Report(
        id=make_row_id(data_set, group.incident, group.key),
        outlet=data_set,
        title=group.name,  # what the data set calls it, for who looks it up there
        published=_published(group.rows),
        text=text.whole,
    )
    outlet = Source(source=data_set, kind="media")
    names = any(len(row.chain) > 1 and row.modality in _OPENING for row in group.rows)
    teller = _Teller(report, outlet, names)
    for position, (row, draft) in enumerate(zip(group.rows, drafts, strict=True)):
        teller.tell(row, draft, row.key or str(position))
    teller.join()
    return ToldRow(report, tuple(teller.claims), tuple(teller.judgements))


def _is_same(source: Source, outlet: Source) -> bool:
    return source.source.casefold() == outlet.source.casefold()


def _published(rows: Iterable[Row]) -> Published | None:
    """When the last row was published; not before what it tells of happened."""
    known = [row.published for row in rows if row.published is not None]
    if not known:
        return None
    last = max(known, key=lambda p: (_day(p), p.isoformat()))
    started = [row.when.start for row in rows if row.when and row.modality != "planned"]
    return None if any(start > _day(last) for start in started) else last


def _day(published: Published) -> date:
    return published.date() if isinstance(published, datetime) else published


@dataclass
class _Text:
    """Lines, and where each stands."""

    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> tuple[int, int]:
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return start, start + len(line)

    @property
    def whole(self) -> str:
        return "\n".join(self.lines)


Span = tuple[int, int]


@dataclass
class _Draft:
    """Where in the text what a row says stands."""

    what: Span
    prose: Span | None = None
    where: Span | None = None
    when: Span | None = None
    actors: Span | None = None
    recipients: Span | None = None
    numbers: list[Span] = field(default_factory=list)
    sources: Span | None = None
    end: int = 0


def _write_row(text: _Text, row: Row) -> _Draft:
    prose = text.add(row.text) if row.text else None
    label = load_event_types()[row.event_type].label
    own = "" if row.event_words.casefold() == label.casefold() else f" ({row.event_words})"
    start, end = text.add(f"{_WHAT}{label}{own}")
    draft = _Draft(what=(start + len(_WHAT), end), prose=prose)
    if row.when:
        draft.when = text.add(f"When: {_when_words(row.when)}")
    if row.place:
        draft.where = text.add(f"Where: {_place_words(row.place)}")
    draft.actors = _write_parties(text, "By", row.parties, "actor")
    draft.recipients = _write_parties(text, "Against", row.parties, "recipient")
    for number in row.numbers:
        who = f" ({number.group})" if number.group else ""
        draft.numbers.append(text.add(f"{_NAMES[number.outcome]}{who}: {number_words(number)}"))
    sources = row.told_by or row.chain
    if sources:
        words = "Sources" if row.told_by else "According to"
        mark = "; " if row.told_by else ", cited by "
        draft.sources = text.add(f"{words}: {mark.join(s.source for s in sources)}")
    for dispute in row.disputes:
        if dispute.sources:
            text.add(f"Disputed: {dispute.about} ({', '.join(dispute.sources)})")
    draft.end = text.length - 1
    return draft


def _write_parties(
    text: _Text, words: str, parties: Iterable[Participant], role: str
) -> Span | None:
    named = [f"{p.name} ({p.kind})" for p in parties if p.role == role]
    return text.add(f"{words}: {'; '.join(named)}") if named else None


def _when_words(when: When) -> str:
    if when.start == when.end:
        return f"{when.start.day} {when.start:%B} {when.start.year}"
    return f"{when.start} to {when.end} ({when.precision})"


def _place_words(place: Place) -> str:
    relation = f"{place.relation} " if place.relation else ""
    names = ", ".join(dict.fromkeys(n for n in (place.name, place.admin1, place.country) if n))
    return f"{relation}{names} ({place.precision})"


@dataclass
class _Teller:
    """Makes the claims of one report.

    `names_claimants`: some row is what a claimant says, as the outlet of the report that it was
    read from told it. What that outlet tells by itself in others is then no voice of its own, as
    in any report: such a claim ends with that outlet, and the data set only hands it on.
    """

    report: Report
    outlet: Source
    names_claimants: bool
    claims: list[Claim] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    by_row: dict[str, Claim] = field(default_factory=dict)
    disputes: list[tuple[Claim, Dispute, dict[str, Claim]]] = field(default_factory=list)

    def tell(self, row: Row, draft: _Draft, key: str) -> None:
        """The claims of a row: the data set's own, and one of each source it names."""
        figures = self._figures(row.numbers, draft.numbers)
        own = self._claim(row, draft, f"{key} own", row.chain, figures[0])
        for number, more in enumerate(figures[1:], 1):
            self._claim(row, draft, f"{key} own {number}", row.chain, more)
        self.by_row.setdefault(row.key, own)
        told = {
            source.source: self._claim(row, draft, f"{key} by {source.source}", (source,), ())
            for source in row.told_by
            if not _is_same(source, self.outlet)
        }
        self.disputes += [(own, dispute, told) for dispute in row.disputes]
        for position, dispute in enumerate(row.disputes):
            self._counter(row, draft, f"{key} against {position}", dispute, told)

    def _counter(
        self, row: Row, draft: _Draft, key: str, dispute: Dispute, told: dict[str, Claim]
    ) -> None:
        """Who disputes, and is no source of the row's, denies it."""
        for name in dispute.sources[1:2]:
            if name not in told:
                source = make_source(name, None)
                told[name] = self._claim(
                    replace(row, when=None), draft, key, (source,), (), modality="denied"
                )

    def _claim(
        self,
        row: Row,
        draft: _Draft,
        key: str,
        chain: Sequence[Source],
        figures: Sequence[Figure],
        modality: Modality | None = None,
    ) -> Claim:
        evidence = self._evidence(row, draft)

        def quote(span: Span | None) -> Evidence | None:
            """The words, where they are among those that the claim is read from."""
            inside = span and any(e.start <= span[0] and span[1] <= e.end for e in evidence)
            return self.report.quote(*span) if span and inside else None

        named = [*chain]
        told_by_outlet = self.names_claimants and len(chain) == 1 and chain == row.chain
        if not named or not (told_by_outlet or _is_same(named[-1], self.outlet)):
            named.append(self.outlet)
        roles = {"actor": quote(draft.actors), "recipient": quote(draft.recipients)}
        place, when = row.place, row.when
        claim = Claim(
            id=content_id("claim", self.report.id, key),
            report_id=self.report.id,
            event_type=row.event_type,
            trigger=self.report.quote(*draft.what),
            modality=modality or row.modality,
            attribution=tuple(named),
            participants=tuple(
                p.model_copy(update={"evidence": roles[p.role]}) for p in row.parties
            ),
            place=place and place.model_copy(update={"evidence": quote(draft.where)}),
            when=when and when.model_copy(update={"evidence": quote(draft.when)}),
            figures=tuple(figures),
            evidence=evidence,
            confidence=row.confidence,
        )
        self.claims.append(claim)
        return claim

    def _evidence(self, row: Row, draft: _Draft) -> tuple[Evidence, ...]:
        """The row's prose and the lines of its values; without prose all its lines as one.

        The longest is what exports quote of a claim: where the prose is a quote, longer lines
        are left out.
        """
        if draft.prose is None:
            return (self.report.quote(draft.what[0] - len(_WHAT), draft.end),)
        start, end = draft.prose
        lines = (draft.when, draft.where, draft.actors, draft.recipients, *draft.numbers)
        most = end - start if row.is_quote else len(self.report.text) + 1
        kept = [span for span in lines if span is not None and span[1] - span[0] < most]
        return tuple(self.report.quote(*span) for span in (draft.prose, *kept))

    def _figures(self, numbers: Sequence[Number], spans: Sequence[Span]) -> list[list[Figure]]:
        """The figures of the row's claim, and of the claims beside it that make ranges."""
        told: list[list[Figure]] = [[]]
        whole: dict[str, int] = {}
        for number, span in zip(numbers, spans, strict=True):
            for position, bound in enumerate(bounds_of(number)):
                while len(told) <= position:
                    told.append([])
                inside = whole.get(number.outcome) if number.is_part else None
                if position == 0 and not number.is_part:
                    whole.setdefault(number.outcome, len(told[0]))
                told[position].append(self._figure(number, bound, span, inside))
        return told

    def _figure(self, number: Number, bound: Bound, span: Span, inside: int | None) -> Figure:
        return Figure(
            outcome=number.outcome,
            group=number.group,
            low=bound.low,
            high=bound.high,
            qualifier=bound.qualifier,
            subset_of=inside,
            evidence=self.report.quote(*span),
        )

    def join(self) -> None:
        """Say that all claims are of one incident, and which dispute which."""
        first = next((c for c in self.claims if c.modality in _OPENING), None)
        for claim in self.claims if first else ():
            if first and claim.id != first.id:
                self._judge("same", claim, first, "one incident according to the data set")
        for own, dispute, told in self.disputes:
            target, counter = self._sides(own, dispute, told)
            if target.id != counter.id:
                self.judgements.append(
                    Judgement(
                        kind="disputes",
                        claim=counter.id,
                        other=target.id,
                        about=dispute.about,
                        by=BY,
                        reason="the data set calls it disputed",
                    )
                )

    def _sides(self, own: Claim, dispute: Dispute, told: dict[str, Claim]) -> tuple[Claim, Claim]:
        """Who is disputed, and who disputes."""
        if dispute.claim is not None:
            return self.by_row.get(dispute.claim, own), own  # one told elsewhere: found there
        names = (*dispute.sources, *("", ""))
        return told.get(names[0], own), told.get(names[1], own)

    def _judge(self, kind: str, claim: Claim, other: Claim, reason: str) -> None:
        self.judgements.append(
            Judgement.model_validate(
                {"kind": kind, "claim": claim.id, "other": other.id, "by": BY, "reason": reason}
            )
        )
