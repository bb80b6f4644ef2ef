"""Digest words: what brought a change about, and what a newsletter is about.

Reads   changes, filters, and reports as the profile lets them be told.
Writes  words on one line.
Never   tells the public who reviews, why, or whose name is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.publish.digest.content import Link
from marsad.publish.digest.entries import report_link
from marsad.publish.exports.content import ReportNote
from marsad.publish.safe_text import one_line
from marsad.publish.wording import country_name, event_label
from marsad.records import Cause, Change, IncidentFilter


def tell_cause(change: Change, reports: Mapping[str, ReportNote], *, public: bool) -> Link:
    """What brought a change about. For the public no reviewer's name, and no reason."""
    cause: Cause = change.cause
    row = f"ledger row {change.seq}"
    if cause.kind == "report":
        link = report_link(reports.get(cause.name))
        return Link(f"report of {link.words}", link.url) if link else Link(f"a report ({row})")
    if cause.kind == "recoding":
        return Link(f"reports read anew by coder {one_line(cause.name)} ({row})")
    decided = one_line(cause.decision or cause.name)
    if public or not cause.by:
        return Link(f"a reviewer's decision: {decided} ({row})")
    why = f": {one_line(cause.why)}" if cause.why else ""
    return Link(f"decided by {one_line(cause.by)}: {decided}{why} ({row})")


def describe_filter(wanted: IncidentFilter, *, public: bool) -> str:
    """A filter in words. For the public not the words or parties that it looks for."""
    parts: list[str] = []
    if wanted.types:
        parts.append(" or ".join(event_label(kind).lower() for kind in wanted.types))
    if wanted.country:
        parts.append(f"in {country_name(wanted.country)}")
    if wanted.place:
        parts.append(f"in {one_line(wanted.place)}")
    if wanted.box or wanted.near or wanted.polygon:
        parts.append("within a marked area")
    if wanted.since or wanted.until:
        start = f"from {wanted.since}" if wanted.since else ""
        end = f"to {wanted.until}" if wanted.until else ""
        parts.append(f"happened {start} {end}".replace("  ", " ").strip())
    if wanted.outcome:
        parts.append(f"with {wanted.at_least} or more {wanted.outcome}")
    if wanted.status:
        parts.append(" or ".join(wanted.status))
    if wanted.reviewed is not None:
        parts.append("reviewed" if wanted.reviewed else "not reviewed")
    if wanted.actor:
        parts.append("with a named party" if public else f"with {one_line(wanted.actor)}")
    if wanted.text:
        parts.append("with certain words" if public else f"with the words {one_line(wanted.text)}")
    return ", ".join(parts) or "all incidents"
