"""Digest: what a newsletter tells of a period.

Reads   the account at the start and at the end of the period, and what earlier digests told.
Writes  a Digest, protected as its profile asks.
Never   prints or sends it, or lets a record through unprotected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from marsad.publish.digest.content import (
    Bar,
    Changed,
    Digest,
    Disputed,
    Entry,
    Link,
    Pictured,
    Spot,
    Total,
)
from marsad.publish.digest.entries import (
    incident_link,
    tell_changed,
    tell_disputes,
    tell_entry,
    told_values,
)
from marsad.publish.exports.content import ExportIncident, ExportItem, ReportNote
from marsad.publish.exports.protect import Profile, protect, protect_reports
from marsad.publish.safe_text import one_line
from marsad.publish.wording import OUTCOME_ORDER
from marsad.records import (
    DEFAULT_POLICY,
    Change,
    IncidentFilter,
    LedgerIncident,
    Outcome,
    Policy,
)
from marsad.store.ledger import Ledger
from marsad.store.periods import Turn, list_turns, row_at
from marsad.workflow.digest_corrections import find_corrections
from marsad.workflow.digest_words import describe_filter, tell_cause
from marsad.workflow.export import load_items

PAGE = 100
# A mailbox such as Gmail cuts a page of more than 100 KB.
MAX_ENTRIES = 25
MAX_DISPUTES = 12
MAX_DISPUTES_AN_INCIDENT = 3
MAX_CORRECTIONS = 25
MAX_DAYS = 31
DEFAULT_TITLE = "Incident digest"


@dataclass(frozen=True)
class DigestRequest:
    """What a digest is to tell. Without `until` it is up to now.

    `filter_name`: the saved filter whose newsletter it is, "" for that of all incidents; None
    for one that is nobody's newsletter, and so corrects none. `after_row`: where it is not the
    time but a row of the ledger from which on it tells.
    """

    since: datetime
    until: datetime | None = None
    wanted: IncidentFilter = field(default_factory=IncidentFilter)
    filter_name: str | None = None
    after_row: int | None = None
    profile: Literal["public", "internal"] = "public"
    policy: Policy = DEFAULT_POLICY
    title: str = DEFAULT_TITLE
    base_url: str | None = None


@dataclass
class _Found:
    """What the turns of a period come to, kept as they pass."""

    new: list[tuple[Entry, list[Disputed]]] = field(default_factory=list)
    changed: list[tuple[Changed, list[Disputed]]] = field(default_factory=list)
    new_count: int = 0
    changed_count: int = 0
    told: dict[str, dict[str, object]] = field(default_factory=dict)
    low: Counter[Outcome] = field(default_factory=Counter)
    high: Counter[Outcome] = field(default_factory=Counter)
    incidents: Counter[Outcome] = field(default_factory=Counter)
    open_above: Counter[Outcome] = field(default_factory=Counter)
    contested: Counter[Outcome] = field(default_factory=Counter)
    moved: Counter[Outcome] = field(default_factory=Counter)
    spots: list[Spot] = field(default_factory=list)
    placeless: int = 0
    days: dict[str, Counter[str]] = field(default_factory=dict)
    dayless: int = 0


def compose_digest(ledger: Ledger, request: DigestRequest, now: datetime) -> Digest:
    """The digest of a period.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    until = min(request.until, now) if request.until else now
    to_row = row_at(ledger.database, until if until < now else None)
    after_row = request.after_row
    if after_row is None:
        after_row = row_at(ledger.database, request.since)
    composer = _Composer(ledger, request)
    turns = list_turns(ledger.database, request.wanted, after_row, to_row)
    while page := list(islice(turns, PAGE)):
        composer.add(page)
    found = composer.found
    new = [entry for entry, _ in found.new[:MAX_ENTRIES]]
    changed = [entry for entry, _ in found.changed[:MAX_ENTRIES]]
    disputes = [d for _, told in (*found.new[:MAX_ENTRIES], *found.changed[:MAX_ENTRIES])
                for d in told[:MAX_DISPUTES_AN_INCIDENT]]  # fmt: skip
    told = {e.id: found.told[e.id] for e in (*new, *(c.entry for c in changed))}
    corrections, corrected = find_corrections(
        ledger, request.filter_name, request.profile, request.policy, now, to_row,
        base_url=request.base_url,
    )  # fmt: skip
    kept = corrections[:MAX_CORRECTIONS]
    return Digest(
        title=one_line(request.title) or DEFAULT_TITLE,
        filter_words=describe_filter(request.wanted, public=request.profile == "public"),
        filter_name=request.filter_name,
        profile=request.profile,
        policy=request.policy,
        since=request.since,
        until=until,
        made_at=now,
        rows=(after_row, to_row),
        ledger_head=ledger.end()[1],
        base_url=request.base_url,
        new_count=found.new_count,
        changed_count=found.changed_count,
        new=tuple(new),
        changed=tuple(changed),
        disputed=tuple(disputes[:MAX_DISPUTES]),
        more_disputed=max(0, len(disputes) - MAX_DISPUTES),
        corrections=tuple(kept),
        more_corrections=len(corrections) - len(kept),
        totals=tuple(_totals(found)),
        pictured=_pictured(found),
        incidents_told={
            **{c.told_as: corrected[c.told_as] for c in kept},
            **told,
        },
    )


class _Composer:
    """Takes turns, a page at a time."""

    def __init__(self, ledger: Ledger, request: DigestRequest) -> None:
        self.ledger = ledger
        self.request = request
        self.profile = Profile(request.profile)
        self.found = _Found()

    def add(self, page: list[Turn]) -> None:
        """Tell a page of turns."""
        afters = [t.after for t in page if t.after is not None]
        befores = [t.before for t in page if t.before is not None]
        after = {i.incident.id: i for i in load_items(self.ledger, afters)}
        before = {i.incident.id: i for i in load_items(self.ledger, befores)}
        for turn in page:
            now = after[turn.incident_id] if turn.after else None
            was = before[turn.before.id] if turn.before else None
            if now is not None and was is not None:
                was = _known_now(was, now)
            self._add(turn, was, now)
        self._trim()

    def _add(self, turn: Turn, was: ExportItem | None, now: ExportItem | None) -> None:
        shown = protect(now, self.profile) if now else None
        old = protect(was, self.profile) if was else None
        self._sum(turn, old, shown)
        if shown is not None and turn.takes:
            assert turn.after is not None
            assert now is not None
            if old is None and turn.changes[0].kind != "split":
                self._add_new(shown, turn.after)
            else:
                self._add_changed(turn, old, shown, now)
        elif turn.took and old is not None:
            self._add_left(turn, old, now, was)

    def _add_new(self, shown: ExportIncident, raw: LedgerIncident) -> None:
        found, base = self.found, self.request.base_url
        found.new_count += 1
        entry = tell_entry(shown, raw, self.request.policy, base)
        found.new.append((entry, tell_disputes(shown, base)))
        self._keep(shown)

    def _add_changed(
        self, turn: Turn, old: ExportIncident | None, shown: ExportIncident, item: ExportItem
    ) -> None:
        assert turn.after is not None
        reports = protect_reports(item, self.profile)
        causes = self._causes(turn.changes, reports)
        told = tell_changed(
            old or shown, shown, turn.after, self.request.policy, causes, self.request.base_url
        )
        fate, because = self._fate(turn, reports)
        if not told.moves and fate is None:
            return  # what moved is not told of, such as a claim's words
        self.found.changed_count += 1
        told = replace(told, fate=fate, because=because)
        self.found.changed.append((told, tell_disputes(shown, self.request.base_url)))
        self._keep(shown)

    def _fate(self, turn: Turn, reports: Mapping[str, ReportNote]
              ) -> tuple[str | None, Link | None]:  # fmt: skip
        last = next((c for c in reversed(turn.changes) if c.others), None)
        if last is not None and last.kind in ("merged", "split"):
            others = ", ".join(incident_link(i, None).words for i in last.others)
            words = {"merged": "now one with", "split": "now apart from"}[last.kind]
            return f"{words} {others}", self._cause(last, reports)
        if turn.before is not None and not turn.took:
            return "now within this newsletter's filter", None
        return None, None

    def _add_left(
        self, turn: Turn, old: ExportIncident, now: ExportItem | None, was: ExportItem | None
    ) -> None:
        last = turn.changes[-1]
        if turn.after is None and last.others:
            return  # told with the incident that it is part of
        item = now or was
        assert item is not None
        assert turn.before is not None
        reports = protect_reports(item, self.profile)
        if now is None and self.profile.is_public:
            old = _unplaced(old)
        shown = protect(now, self.profile) if now else old
        causes = self._causes(turn.changes, reports)
        told = tell_changed(
            old, shown, turn.after or turn.before, self.request.policy, causes,
            self.request.base_url,
        )  # fmt: skip
        if turn.after is None:
            fate = "withdrawn: no report tells of it any more"
        elif turn.after.status == "discounted":
            fate = "no longer counted"
        else:
            fate = "no longer within this newsletter's filter"
        self.found.changed_count += 1
        changed = replace(told, fate=fate, because=self._cause(last, reports))
        self.found.changed.append((changed, []))
        self.found.told[old.id] = {} if turn.after is None else dict(self._told(shown))

    def _keep(self, shown: ExportIncident) -> None:
        """Note what is told of an incident that stands, for later, the map and the timeline."""
        found = self.found
        found.told[shown.id] = dict(self._told(shown))
        where, when = shown.where, shown.when
        if where is None or where.latitude is None or where.longitude is None:
            found.placeless += 1
        else:
            is_new = bool(found.new) and found.new[-1][0].id == shown.id
            exact = where.precision in ("site", "town")
            point = (where.longitude, where.latitude, where.radius_km)
            found.spots.append(Spot(where.name, *point, exact, is_new))
        if when is None or when.start != when.end:
            found.dayless += 1
            return
        day = found.days.setdefault(when.start, Counter())
        for outcome in ("killed", "injured"):
            count = shown.total(outcome, self.request.policy)
            day[outcome] += count.low if count else 0

    def _told(self, shown: ExportIncident) -> dict[str, object]:
        return told_values(shown, self.request.policy)

    def _sum(self, turn: Turn, old: ExportIncident | None, shown: ExportIncident | None) -> None:
        found, policy = self.found, self.request.policy
        is_new = old is None and turn.takes and turn.changes[0].kind != "split"
        for outcome in OUTCOME_ORDER:
            count = shown.total(outcome, policy) if shown and turn.takes else None
            if not is_new:
                past = old.total(outcome, policy) if old and turn.took else None
                found.moved[outcome] += (count.low if count else 0) - (past.low if past else 0)
            elif count is not None:
                assert shown is not None
                found.incidents[outcome] += 1
                found.low[outcome] += count.low
                found.high[outcome] += count.best if count.high is None else count.high
                found.open_above[outcome] += count.high is None
                found.contested[outcome] += count.low if shown.status == "contested" else 0

    def _causes(
        self, changes: Iterable[Change], reports: Mapping[str, ReportNote]
    ) -> dict[str, Link]:
        """By field, what moved it last; a number of another policy moved by what moved ours."""
        causes: dict[str, Link] = {}
        for change in changes:
            link = self._cause(change, reports)
            causes |= {value.field: link for value in change.values}
        for outcome in OUTCOME_ORDER:
            link_of_policy = causes.get(f"{outcome} ({self.request.policy})")
            if link_of_policy is not None:
                causes[outcome] = link_of_policy
        return causes

    def _cause(self, change: Change, reports: Mapping[str, ReportNote]) -> Link:
        return tell_cause(change, reports, public=self.profile.is_public)

    def _trim(self) -> None:
        """Keep no more entries than are shown: those with the highest tolls."""
        found = self.found
        found.new.sort(key=lambda pair: _order(pair[0]))
        found.changed.sort(key=lambda pair: _order(pair[0].entry))
        for entry, _ in found.new[MAX_ENTRIES:]:
            found.told.pop(entry.id, None)
        for changed, _ in found.changed[MAX_ENTRIES:]:
            found.told.pop(changed.entry.id, None)
        del found.new[MAX_ENTRIES:], found.changed[MAX_ENTRIES:]


def _unplaced(withdrawn: ExportIncident) -> ExportIncident:
    """A withdrawn incident by its country alone.

    Its report may tell of another one now, whose place is not for the public.
    """
    where = withdrawn.where
    if where is None:
        return withdrawn
    country = replace(
        where, name=where.country_name or "place withheld", relation=None, admin1=None,
        latitude=None, longitude=None, precision="country", geonameid=None,
    )  # fmt: skip
    return replace(withdrawn, where=country)


def _known_now(was: ExportItem, now: ExportItem) -> ExportItem:
    """An earlier state, with the names that are known by now to be private."""
    return replace(
        was,
        claims={**now.claims, **was.claims},
        reports={**now.reports, **was.reports},
        read={**now.read, **was.read},
    )


def _order(entry: Entry) -> tuple[int, int, str]:
    return -entry.toll[0], -entry.toll[1], entry.id


def _totals(found: _Found) -> Iterator[Total]:
    for outcome in OUTCOME_ORDER:
        if found.incidents[outcome] or found.moved[outcome]:
            yield Total(
                outcome,
                found.incidents[outcome],
                found.low[outcome],
                found.high[outcome],
                found.open_above[outcome],
                found.contested[outcome],
                found.moved[outcome],
            )


def _pictured(found: _Found) -> Pictured:
    days = sorted(found.days)
    bars: list[Bar] = []
    earlier = 0
    if days:
        last = date.fromisoformat(days[-1])
        cut = date.fromordinal(max(1, last.toordinal() - MAX_DAYS + 1)).isoformat()
        earlier = sum(day < cut for day in days)
        first = date.fromisoformat(days[earlier])
        for offset in range((last - first).days + 1):
            day = (first + timedelta(days=offset)).isoformat()
            counts = found.days.get(day, Counter())
            bars.append(Bar(day, counts["killed"], counts["injured"]))
    return Pictured(tuple(found.spots), found.placeless, tuple(bars), found.dayless, earlier)
