"""Build the account of one incident from what all its reports tell.

Reads   members and the decisions about them.
Writes  nothing; returns a LedgerIncident.

Everything is chosen, counted or compared from the members' claims; the order in which
they are handed over has no part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from marsad.codebook.policies import load_policies
from marsad.incidents.account.counting import origin_key
from marsad.incidents.account.decide import Decided, apply_decisions, casualty_row
from marsad.incidents.account.disputes import find_report_disputes, still_open
from marsad.incidents.account.member import (
    Member,
    first_tellers,
    in_order,
    published_days,
)
from marsad.incidents.account.origins import Context, Voice, join_names
from marsad.incidents.account.tallies import settle_outcomes, write_tallies, write_told
from marsad.incidents.account.values import (
    Said,
    choose_values,
    core_of,
    read_values,
    without_later_dates,
)
from marsad.incidents.account.words import Part, read_part, read_words
from marsad.incidents.assemble import find_disputes
from marsad.incidents.group import OPENING
from marsad.records import (
    Claim,
    Decision,
    Dispute,
    LedgerIncident,
    Origin,
    Status,
    Tally,
    content_id,
)


def choose_anchor(members: Sequence[Member]) -> Member:
    """The telling published first, from which the incident has its id.

    Reports of unknown date come last; ties go by the report's id, then the telling's.
    Copies, and what only looks back, are no anchor while another is there.
    """
    own = [m for m in members if not m.background] or members
    tellers = first_tellers(own)
    return in_order([m for m in own if tellers[m.report.id].report.id == m.report.id])[0]


def make_incident(
    members: Sequence[Member], decisions: Sequence[Decision] = ()
) -> LedgerIncident | None:
    """The account of one incident; None where nothing but background or rejected claims is left.

    Raises:
        DecisionError: a decision sets a value that its field cannot have.
    """
    ordered = in_order(members)
    telling = [m for m in ordered if not m.background]
    decided = apply_decisions(ordered, decisions)
    parts = _read_parts(telling, decided)
    speaking = [p for p in parts if any(c.modality in OPENING for c in p.claims)]
    if not speaking:
        return None
    disputes = _told_disputes(parts)
    said = _read_values([p for p in speaking if not p.is_copy] or speaking, disputes)
    said = without_later_dates(said)
    values = choose_values([v for _, v in said])
    counted = settle_outcomes([read_words(p) for p in speaking])
    disputes = still_open(disputes, counted) + find_report_disputes(said, counted)
    disputes = list(dict.fromkeys(disputes))
    origins = _write_origins(parts)
    return LedgerIncident(
        id=content_id("incident", choose_anchor(telling).telling),
        event_type=decided.values.get("event_type", values.event_type),
        place=decided.values.get("place", values.place),
        when=decided.values.get("when", values.when),
        participants=values.participants,
        tallies=_with_set(write_tallies(counted), decided),
        status=_status(parts, disputes, decided),
        disputes=tuple(disputes),
        claims=tuple(dict.fromkeys(c.id for p in parts for c in p.claims)),
        reports=tuple(dict.fromkeys(m.report.id for m in telling)),
        tellings=tuple(dict.fromkeys(m.telling for m in telling)),
        origins=origins,
        told=write_told(counted),
        mentions=tuple(dict.fromkeys(c.id for m in ordered if m.background for c in m.claims)),
        review=decided.review,
        decisions=tuple(decided.seqs),
        first_published=next(iter(published_days(telling)), None),
        last_published=next(reversed(published_days(telling)), None),
    )


def _read_parts(telling: Sequence[Member], decided: Decided) -> list[Part]:
    """One part a report, in order of publication."""
    context = _context(telling)
    tellers = first_tellers(telling)
    by_report: dict[str, list[Member]] = {}
    for member in telling:
        by_report.setdefault(member.report.id, []).append(member)
    rejected = frozenset(decided.rejected) | _rejected_copies(telling, decided, tellers)
    parts = [
        read_part(members, rejected, context, tellers[report])
        for report, members in by_report.items()
    ]
    joined = join_names(v for p in parts for v in p.voices)
    return [
        replace(p, voices=tuple(joined.get(v.key, v) for v in p.voices)) for p in parts if p.claims
    ]


def _rejected_copies(
    telling: Sequence[Member], decided: Decided, tellers: dict[str, Member]
) -> frozenset[str]:
    """The claims that copies repeat, word for word, of those that a person rejected."""
    if not decided.rejected:
        return frozenset()
    read = [(tellers[m.report.id].report.id, c) for m in telling for c in m.claims]
    wrong = {(text, _wording(c)) for text, c in read if c.id in decided.rejected}
    return frozenset(c.id for text, c in read if (text, _wording(c)) in wrong)


def _wording(claim: Claim) -> tuple[object, ...]:
    figures = tuple((f.outcome, f.evidence.quote) for f in claim.figures)
    return claim.event_type, claim.trigger.quote, tuple(e.quote for e in claim.evidence), figures


def _context(members: Sequence[Member]) -> Context:
    """The country most claims name, and the listed parties."""
    votes: dict[str, int] = {}
    parties: set[str] = set()
    for member in members:
        if member.copy_of is not None:
            continue
        for claim in member.claims:
            if claim.place is not None and claim.place.country:
                votes[claim.place.country] = votes.get(claim.place.country, 0) + 1
            parties |= {p.actor_id for p in claim.participants if p.actor_id}
    country = max(sorted(votes), key=lambda c: votes[c]) if votes else None
    return Context(country, frozenset(parties))


def _told_disputes(parts: Sequence[Part]) -> list[Dispute]:
    """The disputes that reports tell; one that an earlier report told of the same two stays one."""
    found: list[Dispute] = []
    told: set[tuple[object, ...]] = set()
    for part in parts:
        if part.is_copy:
            continue
        judgements = [j for m in part.members for j in m.judgements]
        key_of = {c.id: v.key for c, v in zip(part.claims, part.voices, strict=True)}
        here = {
            d: (d.about, frozenset((key_of[d.claim], key_of[d.counterclaim])))
            for d in find_disputes(part.claims, judgements)
        }
        found += [d for d, matter in here.items() if matter not in told]
        told |= set(here.values())
    return found


def _read_values(parts: Sequence[Part], disputes: Sequence[Dispute]) -> list[Said]:
    countering = frozenset(d.counterclaim for d in disputes)
    disputed = {d.claim for d in disputes if d.about == "date"}
    said: list[Said] = []
    for part in parts:
        core = core_of(part, countering)
        dates_differ = any(c.id in disputed for c in part.claims)
        said.append((part, read_values(part, core, dates_differ)))
    return said


def _write_origins(parts: Sequence[Part]) -> tuple[Origin, ...]:
    """Independent voices; an outlet's own is one where no claimant is named in its report."""
    voices: dict[str, Voice] = {}
    reports: dict[str, dict[str, None]] = {}
    copies: dict[str, dict[str, None]] = {}
    claims: dict[str, dict[str, None]] = {}
    for part in sorted(parts, key=lambda p: p.is_copy):
        for voice, claim in _origins_of(part):
            if part.is_copy and voices and voice.key not in voices:
                continue  # what a copy adds is no voice of its own
            voices.setdefault(voice.key, voice)
            reports.setdefault(voice.key, {})[part.member.report.id] = None
            claims.setdefault(voice.key, {})[claim] = None
            if part.is_copy:
                copies.setdefault(voice.key, {})[part.member.report.id] = None
    return tuple(
        Origin(
            source=voice.name,
            kind=voice.kind,
            reports=tuple(reports[key]),
            copies=tuple(copies.get(key, ())),
            claims=tuple(claims[key]),
        )
        for key, voice in voices.items()
    )


def _origins_of(part: Part) -> list[tuple[Voice, str]]:
    """Who is behind a report's account of what happened."""
    spoken = [
        (voice, claim.id)
        for voice, claim in zip(part.voices, part.claims, strict=True)
        if claim.modality in OPENING
    ]
    return [s for s in spoken if not s[0].own] or spoken


def _status(parts: Sequence[Part], disputes: Sequence[Dispute], decided: Decided) -> Status:
    """Rejected, then contested, before corroborated: agreement does not end a dispute."""
    if decided.review is not None and decided.review.kind == "reject":
        return "discounted"
    if decided.review is None and _is_withdrawn(parts):
        return "discounted"
    if disputes:
        return "contested"
    voices = {v for p in parts if not p.is_copy for v, _ in _origins_of(p)}
    return "corroborated" if len({origin_key(v) for v in voices}) >= 2 else "single-source"


def _is_withdrawn(parts: Sequence[Part]) -> bool:
    """Whether everybody who said that it happened denied it later."""
    last: dict[str, bool] = {}
    for part in parts:
        if part.is_copy:
            continue
        here: dict[str, bool] = {}
        for voice, claim in zip(part.voices, part.claims, strict=True):
            here[voice.key] = here.get(voice.key, False) or claim.modality in OPENING
        last |= here
    return bool(last) and not any(last.values())


def _with_set(rows: tuple[Tally, ...], decided: Decided) -> tuple[Tally, ...]:
    """The rows with the totals that a person set, under every policy."""
    kept = [r for r in rows if r.group is not None or r.outcome not in decided.casualties]
    for outcome, decision in decided.casualties.items():
        for policy in load_policies().policies:
            kept.append(casualty_row(outcome, decision.value, decision.made_by, policy))
    place: dict[str, int] = {
        policy: position for position, policy in enumerate(load_policies().policies)
    }
    return tuple(sorted(kept, key=lambda row: place[row.policy]))
