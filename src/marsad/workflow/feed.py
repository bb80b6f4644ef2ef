"""Feed: what became of the incidents that a filter takes, as Atom or JSON Feed.

Reads   the account's changes, and the claims and reports behind them.
Writes  bytes, with what a web server tells of them: an ETag and when they changed last.
Never   writes to the ledger, or lets a text into a public feed that `protect` has not seen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from marsad.errors import ExportError
from marsad.incidents.account.member import name_report
from marsad.publish.exports.content import ExportIncident, ExportItem
from marsad.publish.exports.protect import Profile, guard_text, is_held, is_sensitive, protect
from marsad.publish.feeds.atom import MEDIA_TYPE as ATOM_TYPE
from marsad.publish.feeds.atom import render_atom
from marsad.publish.feeds.content import Entry, FeedHead, Turn
from marsad.publish.feeds.json_feed import MEDIA_TYPE as JSON_TYPE
from marsad.publish.feeds.json_feed import render_json_feed
from marsad.publish.feeds.tell import tell
from marsad.publish.feeds.words import plain
from marsad.records import Cause, Claim, IncidentFilter, LedgerIncident, Report
from marsad.store.ledger import Ledger
from marsad.store.steps import LedgerMark, Step, list_steps, read_mark

FeedFormat = Literal["atom", "json"]
MEDIA_TYPES: dict[FeedFormat, str] = {"atom": ATOM_TYPE, "json": JSON_TYPE}
DEFAULT_LIMIT = 100
DEFAULT_TITLE = "Incidents of political violence"
DESCRIPTION = (
    "New, changed, merged, split and withdrawn incidents, and why. "
    "Numbers are a documented minimum: at least so many are told of; no count of all."
)
PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedRequest:
    """What a feed is to hold: changes after `since`, up to `as_of` or now, the newest `limit`.

    `base` is the desk's URL, without which the feed has no links; `address` is where the feed
    itself will be found. `limit` None is all.
    """

    format: FeedFormat = "atom"
    wanted: IncidentFilter = field(default_factory=IncidentFilter)
    since: datetime | int | None = None
    as_of: datetime | None = None
    profile: Profile = field(default_factory=Profile)
    limit: int | None = DEFAULT_LIMIT
    title: str = DEFAULT_TITLE
    base: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Feed:
    """A feed's bytes. `etag` stands in quotes, as HTTP has it; `last_modified` is UTC."""

    body: bytes
    media_type: str
    etag: str
    last_modified: datetime
    entries: int


def read_base(url: str) -> str:
    """The desk's URL without its last slash.

    Raises:
        ExportError: it is no http or https address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c <= " " for c in url):
        raise ExportError(
            f"{url!r} is no address of a desk. Give one like https://desk.example.org/"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ExportError(
            f"the address of the desk at {parts.hostname} has a password, '?' or '#' in it, "
            f"which every reader of the feed would get. Give one like https://desk.example.org/"
        )
    return url.strip().rstrip("/")


def feed_etag(ledger: Ledger, request: FeedRequest, now: datetime | None = None) -> str:
    """The ETag that the feed would have, without making it."""
    with ledger.database.reading() as connection:
        mark = read_mark(connection)
    return _etag(mark, ledger.account_end(), request, now or datetime.now(UTC))


def _etag(mark: LedgerMark, built_to: int, request: FeedRequest, now: datetime) -> str:
    held = request.profile.hold_hours
    said = {
        "marsad": version("marsad"),
        "ledger": [mark.last, built_to],
        "format": request.format,
        "filter": request.wanted.model_dump(mode="json"),
        "since": str(request.since),
        "as_of": str(request.as_of),
        "profile": [request.profile.name, held],
        "rest": [request.limit, request.title, request.base, request.address],
        # What is held back becomes old enough without anything happening.
        "minute": f"{now:%Y%m%d%H%M}" if held else "",
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return f'"{digest[:32]}"'


def make_feed(ledger: Ledger, request: FeedRequest, *, now: datetime | None = None) -> Feed:
    """The feed.

    Raises:
        ExportError: the base or the address is no URL.
        LedgerError: the ledger cannot be read.
    """
    moment = now or datetime.now(UTC)
    base = None if request.base is None else read_base(request.base)
    with ledger.database.reading() as connection:
        mark = read_mark(connection)
    etag = _etag(mark, ledger.account_end(), request, moment)
    entries = list(islice(_entries(ledger, request, mark, base, moment), request.limit))
    ended = datetime.fromisoformat(mark.at) if mark.at else _EPOCH
    updated = max((entry.updated for entry in entries), default=ended)
    head = FeedHead(
        id=_feed_id(mark, request),
        title=plain(request.title) or DEFAULT_TITLE,
        description=DESCRIPTION,
        updated=updated,
        version=version("marsad"),
        home=base and f"{base}/",
        address=None if request.address is None else read_base(request.address),
    )
    render = render_atom if request.format == "atom" else render_json_feed
    body = render(head, entries)
    return Feed(body, MEDIA_TYPES[request.format], etag, updated, len(entries))


def _feed_id(mark: LedgerMark, request: FeedRequest) -> str:
    """The same for the same question to the same ledger, however it is published."""
    asked = request.wanted.model_dump_json(exclude={"order", "limit", "offset"})
    about = hashlib.sha256(f"{request.profile.name} {asked}".encode()).hexdigest()[:16]
    return f"tag:marsad.invalid,2024:{_ledger_id(mark)}/feed/{about}"


def _ledger_id(mark: LedgerMark) -> str:
    return mark.first[:16] or "empty"


def _entries(
    ledger: Ledger, request: FeedRequest, mark: LedgerMark, base: str | None, now: datetime
) -> Iterator[Entry]:
    profile = request.profile
    with ledger.database.reading() as connection:
        steps = (
            step
            for step in list_steps(connection, request.wanted, request.since, request.as_of)
            if not _is_held(step, profile, now)
        )
        while page := list(islice(steps, min(PAGE, request.limit or PAGE))):
            for turn in _turns(ledger, page, profile):
                yield tell(turn, _ledger_id(mark), base)


def _is_held(step: Step, profile: Profile, now: datetime) -> bool:
    """Whether it is too young to be told of, by what is known of its day now."""
    return is_held(step.latest or step.subject, profile, now)


def _turns(ledger: Ledger, steps: Sequence[Step], profile: Profile) -> Iterator[Turn]:
    """Changes with what the profile lets be told of their incidents."""
    behind = _load_behind(ledger, steps)
    for step in steps:
        yield _turn(step, profile, behind)


@dataclass(frozen=True)
class _Behind:
    """What stands behind some changes: reports, all claims of each, and claims by id."""

    reports: dict[str, Report]
    read: dict[str, tuple[Claim, ...]]
    claims: dict[str, Claim]

    def item(self, incident: LedgerIncident, near: Collection[str]) -> ExportItem:
        """An incident with what is known of it from the reports `near`."""
        read = {key: self.read[key] for key in near if key in self.read}
        own = {claim.id: claim for found in read.values() for claim in found}
        own |= {key: self.claims[key] for key in _claim_ids(incident) if key in self.claims}
        return ExportItem(
            incident=incident,
            claims=own,
            reports={key: self.reports[key] for key in near if key in self.reports},
            read=read,
        )


def _load_behind(ledger: Ledger, steps: Sequence[Step]) -> _Behind:
    incidents = [incident for step in steps for incident in _stands(step)]
    claims = ledger.claims({key for i in incidents for key in _claim_ids(i)})
    ids = {key for i in incidents for key in _report_ids(i)}
    ids |= {claim.report_id for claim in claims.values()}
    # A decision, or a report that says nothing of it any more, is no report of the incident.
    ids |= {s.change.cause.name for s in steps if s.change.cause.kind == "report"}
    reports = {key: kept.report for key, kept in ledger.reports(ids).items()}
    return _Behind(reports, ledger.claims_of_reports(ids), claims)


def _stands(step: Step) -> tuple[LedgerIncident, ...]:
    """The incident in all its states that matter here."""
    known = (*step.before, step.after, step.latest)
    return tuple(incident for incident in known if incident is not None)


def _report_ids(incident: LedgerIncident) -> Iterator[str]:
    yield from incident.reports
    yield from (figure.report for figure in incident.told)
    yield from (report for origin in incident.origins for report in origin.reports)


def _claim_ids(incident: LedgerIncident) -> Iterator[str]:
    yield from incident.claims
    yield from incident.mentions
    for dispute in incident.disputes:
        yield from (dispute.claim, dispute.counterclaim)


def _turn(step: Step, profile: Profile, behind: _Behind) -> Turn:
    stands, cause = _stands(step), step.change.cause
    ids = {key: None for incident in stands for key in _report_ids(incident)}
    known = (behind.claims.get(key) for incident in stands for key in _claim_ids(incident))
    near = {**ids, **{claim.report_id: None for claim in known if claim is not None}}
    if cause.kind == "report":
        near[cause.name] = None
    # What is known to be sensitive at any time is told of as such at all times.
    sensitive = any(is_sensitive(behind.item(incident, near)) for incident in stands)

    def shown(incident: LedgerIncident | None) -> ExportIncident | None:
        if incident is None:
            return None
        return protect(behind.item(incident, near), profile, sensitive=sensitive)

    before, after = (shown(incident) for incident in step.before), shown(step.after)
    guard = guard_text(behind.item(step.subject, near), profile, sensitive=sensitive)
    return Turn(
        change=step.change,
        before=tuple(incident for incident in before if incident is not None),
        after=after,
        latest=after if step.latest == step.after else shown(step.latest),
        latest_at=step.latest_at,
        raw_after=step.after,
        text=_careful(guard, behind, near) if profile.is_public else guard,
        is_public=profile.is_public,
        leaves=step.leaves,
        published=_published(cause, behind.reports),
    )


def _careful(
    guard: Callable[[str], str], behind: _Behind, near: Collection[str]
) -> Callable[[str], str]:
    """`guard`, for sentences that call reports without an outlet by their titles or ids."""
    reports = [behind.reports[key] for key in near if key in behind.reports]
    called = [name_report(report) for report in reports if not report.outlet]
    if not called:
        return guard
    names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in called))
    return lambda text: guard(names.sub("a report without an outlet", text))


def _published(cause: Cause, reports: Mapping[str, Report]) -> str | None:
    report = reports.get(cause.name) if cause.kind == "report" else None
    day = report.published_date if report is not None else None
    return None if day is None else f"{day.day} {day:%b %Y}"
