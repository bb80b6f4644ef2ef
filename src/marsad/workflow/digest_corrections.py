"""Corrections: what earlier digests told that stands otherwise now.

Reads   what sent digests of a filter told, and the account as it stands.
Writes  a Correction for each incident whose told values have changed.
Never   looks at digests that reached nobody, or of another profile or policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from marsad.publish.digest.content import Correction, Link
from marsad.publish.digest.entries import (
    headline,
    incident_link,
    tell_moves,
    told_values,
)
from marsad.publish.digest.wording import period_words
from marsad.publish.exports.protect import Profile, protect, protect_reports
from marsad.records import Policy
from marsad.store.chain import format_time
from marsad.store.digests import Digests, SentDigest
from marsad.store.ledger import Ledger
from marsad.store.periods import changed_after, find_standing
from marsad.workflow.digest_words import tell_cause
from marsad.workflow.export import load_items

Told = dict[str, Any]


@dataclass(frozen=True)
class _Said:
    """What the newest digest that told of an incident said, and up to which row it told."""

    digest: SentDigest
    values: Told

    @property
    def row(self) -> int:
        return int(self.digest.parts["rows"][1])


def find_corrections(
    ledger: Ledger,
    filter_name: str | None,
    profile: Literal["public", "internal"],
    policy: Policy,
    now: datetime,
    to_row: int,
    *,
    base_url: str | None,
) -> tuple[list[Correction], dict[str, Told]]:
    """The corrections, and by the incident as it was told what is told of it now."""
    if filter_name is None:
        return [], {}
    said = dict(_said_of(ledger, filter_name, profile, policy, format_time(now)))
    moved = changed_after(ledger.database, {key: one.row for key, one in said.items()}, to_row)
    corrections: list[Correction] = []
    told: dict[str, Told] = {}
    for key in moved:
        found = _correct(ledger, key, said[key], Profile(profile), policy, to_row, base_url)
        if found is not None:
            corrections.append(found[0])
            told[key] = found[1]
    return corrections, told


def _said_of(
    ledger: Ledger, filter_name: str, profile: str, policy: Policy, before: str
) -> Iterator[tuple[str, _Said]]:
    """The last word on each incident, the newest first."""
    seen: set[str] = set()
    for digest in Digests(ledger.database).told_before(filter_name, before):
        if digest.profile != profile or digest.parts.get("policy") != policy:
            continue
        for key, values in digest.told.items():
            if key not in seen:
                seen.add(key)
                yield key, _Said(digest, values)


def _correct(
    ledger: Ledger,
    key: str,
    said: _Said,
    profile: Profile,
    policy: Policy,
    to_row: int,
    base_url: str | None,
) -> tuple[Correction, Told] | None:
    label = period_words(said.digest.since, said.digest.until)
    stands = find_standing(ledger.database, key, to_row)
    if stands is None:
        if not said.values:
            return None  # that it does not stand was told already
        gone = "no longer stands: no report tells of it any more"
        was = said.values.get("kind", {}).get("words", "incident")
        link = incident_link(key, base_url)
        return Correction(key, link, was, label, (), gone), {}
    item = next(iter(load_items(ledger, [stands])))
    shown = protect(item, profile)
    now = told_values(shown, policy)
    reports = protect_reports(item, profile)
    causes: dict[str, Link] = {}
    for change in ledger.changes(said.row, key):
        if change.seq <= to_row:
            link = tell_cause(change, reports, public=profile.is_public)
            causes |= {value.field: link for value in change.values}
    # A number that nobody had given then is news, and no correction.
    moves = tuple(m for m in tell_moves(said.values, now, causes) if m.name in said.values)
    fate = None
    if stands.id != key:
        fate = f"now one with {incident_link(stands.id, None).words}"
    if not moves and fate is None:
        return None
    link = incident_link(stands.id, base_url)
    return Correction(key, link, headline(shown), label, moves, fate), now
