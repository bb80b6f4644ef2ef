"""Members: the parts that reports have in one incident, and when each was told.

Reads   nothing.
Writes  nothing; the records the account is made from.

A report without a publication date is taken to speak when the ledger got it: no other
time is known. That time orders what was said and never dates an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from marsad.codebook.policies import load_policies
from marsad.records import Claim, Judgement, Report


@dataclass(frozen=True)
class Member:
    """One report's part in an incident.

    `telling` is the id of its in-report incident, `stored_at` (UTC, ISO 8601) when the
    ledger got the report. `background`: it only looks back and is never counted.
    `copy_of`: the report whose text this one repeats.
    """

    telling: str
    report: Report
    stored_at: str
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...] = ()
    background: bool = False
    copy_of: str | None = None


@dataclass(frozen=True, order=True)
class Moment:
    """When a report spoke: to the day, or, `exact`, to the second (UTC)."""

    start: datetime
    exact: bool = True

    def is_after(self, other: Moment) -> bool:
        """Whether who spoke now may have seen what was said at `other`.

        That is some hours later (`growth_hours` of policies.toml); a later day where one
        of the two is known to the day only.
        """
        if self.exact and other.exact:
            return self.start - other.start >= timedelta(hours=load_policies().growth_hours)
        return self.start.date() > other.start.date()


def moment_of(member: Member) -> Moment:
    """When the member's report was published, or else stored; a time without zone is UTC."""
    published = member.report.published
    if published is None:
        return Moment(_in_utc(datetime.fromisoformat(member.stored_at)))
    if isinstance(published, datetime):
        return Moment(_in_utc(published))
    return Moment(datetime.combine(published, time(), UTC), exact=False)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_order(members: Sequence[Member]) -> list[Member]:
    """Members as they were published, those of unknown date last; ties by report and telling."""
    return sorted(
        members,
        key=lambda m: (m.report.published is None, moment_of(m), m.report.id, m.telling),
    )


def published_days(members: Sequence[Member]) -> list[date]:
    """The publication days that are known, in order."""
    return sorted(d for m in members if (d := m.report.published_date) is not None)


def first_tellers(members: Sequence[Member]) -> dict[str, Member]:
    """For each report the member whose text it is: its own, or that of the one it repeats.

    Of copies whose original is not here, the one published first stands for it.
    """
    copied = {m.report.id: m.copy_of for m in members if m.copy_of is not None}
    first: dict[str, Member] = {}
    ordered = in_order(members)
    for member in (*(m for m in ordered if m.copy_of is None), *ordered):
        first.setdefault(_original(member.report.id, copied), member)
    return {m.report.id: first[_original(m.report.id, copied)] for m in members}


def _original(report: str, copied: dict[str, str]) -> str:
    """The text that copies of copies go back to; of copies in a circle the least id."""
    path = [report]
    while path[-1] in copied:
        following = copied[path[-1]]
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def name_report(report: Report) -> str:
    """A report as a person calls it: its outlet, else its title or id, and the day."""
    called = report.outlet or report.title or report.id
    day = report.published_date
    return f"{called} of {day.day} {day:%b %Y}" if day else f"{called} (no date)"
