"""Tallies: how many, per outcome and group, under a named policy.

Reads   the claims of one incident.
Writes  nothing; returns Tally records, each with the claims and sources behind it.

People are counted by *side* (state forces, armed groups, perpetrators, everybody
else), because sides are disjoint while the words for people of one side are often
not: "ten people", "a man", "the teacher" may all be the same dead. Within a side the
first firm number that a report states is its account of the whole; numbers of other
sources for the whole make the range; people told of one by one are counted, each once,
where no number is stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from marsad.incidents.accounts import (
    NOBODY,
    Account,
    Bounds,
    Entry,
    bounds_of,
    read_accounts,
)
from marsad.incidents.compare import name_words
from marsad.records import Claim, Figure, Outcome, Tally

POLICY = "latest-credible"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# Another source's number for the whole lies within this factor of the first; one
# further off counts something else.
MAX_SPREAD = 3
UNSAID = "unsaid"  # people of whom the words do not say whose side they were on
_RESULT = re.compile(r"killing\b|fatally\b", re.IGNORECASE)
# People told of by whose kin they are may be any of those counted before.
KIN = frozenset(
    """son daughter wive wife husband mother father parent brother sister sibling cousin nephew
    niece uncle aunt grandmother grandfather grandparent grandson granddaughter grandchildren
    grandchild child children baby infant toddler twin relative family colleague friend neighbour
    neighbor""".split()
)

_SIDES = {
    "military": "state",
    "police": "state",
    "intelligence": "state",
    "government": "state",
    "armed-group": "armed",
    "militia": "armed",
    "criminal": "armed",
    "unidentified-armed": "armed",
    "perpetrators": "perpetrators",
}


def tally_claims(claims: Sequence[Claim]) -> tuple[Tally, ...]:
    """The tallies of one incident under the policy "latest-credible".

    For each outcome that any claim counts: the total (group None) first, then
    one row a group where the words name one. Denied claims count nothing: they
    say what did not happen.
    """
    counted = [c for c in claims if c.modality != "denied"]
    tallies: list[Tally] = []
    dead: frozenset[tuple[str, str]] = frozenset()
    killed: Bounds | None = None
    for outcome in OUTCOMES:  # the dead come first: who died of wounds is not among the injured
        entries = [
            Entry(figure, claim)
            for claim in counted
            for figure in claim.figures
            if figure.outcome == outcome
        ]
        # An earlier number counts only where no later one stands.
        entries = [e for e in entries if not e.figure.superseded] or entries
        if outcome == "injured":
            entries = [e for e in entries if e.person not in dead]
        if not entries:
            continue
        if outcome == "killed":
            dead = frozenset(p for e in entries if (p := e.person) is not None)
        total = total_of(entries, killed if outcome == "injured" else None)
        if outcome == "killed":
            killed = total
        tallies.append(_row(outcome, None, total, entries))
        for label, members in group_entries(entries):
            tallies.append(_row(outcome, label, bounds_of_group(members), members))
    return tuple(tallies)


def _row(outcome: Outcome, group: str | None, bounds: Bounds, entries: Sequence[Entry]) -> Tally:
    return Tally(
        outcome=outcome,
        group=group,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        policy=POLICY,
        sources=tuple(dict.fromkeys(e.source for e in entries)),
        claims=tuple(dict.fromkeys(e.claim.id for e in entries)),
    )


def total_of(entries: list[Entry], killed: Bounds | None) -> Bounds:
    """The sum over sides; those hit but told to be dead are taken off (`killed`).

    A number of people of no said side ("14 were killed") is the whole of which the
    sides told are parts, as far as it is large enough to hold them.
    """
    whole = [e for e in entries if e.figure.subset_of is None] or entries
    sides = by_side(whole)
    unsaid = sides.pop(UNSAID, [])
    doers = sides.pop("perpetrators", [])
    if len(sides) > 1 and unsaid:
        total = bounds_of_side(unsaid, killed)
        told = _sum_of(sides, killed)
        if read_accounts(unsaid) and total.best >= told.best:
            sides = {UNSAID: unsaid}
        else:
            sides.setdefault("people", []).extend(unsaid)
    elif unsaid:
        sides.setdefault(next(iter(sides), UNSAID), []).extend(unsaid)
    sides = {side: _in_order(members, whole) for side, members in sides.items()}
    total = _sum_of(sides, killed)
    if doers and not holds_doers([e for members in sides.values() for e in members], doers):
        total = total.plus(bounds_of_side(doers, killed))
    return total


def _in_order(members: list[Entry], whole: list[Entry]) -> list[Entry]:
    return [e for e in whole if any(e is m for m in members)]


def _sum_of(sides: dict[str, list[Entry]], killed: Bounds | None) -> Bounds:
    total = NOBODY
    for members in sides.values():
        total = total.plus(bounds_of_side(members, killed))
    return total


def by_side(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Entries by side; UNSAID where the words do not say whose people they are.

    "The teenager", "the victim", "the guard" of one person: the first side said holds.
    """
    side_of_person: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.person is not None and entry.figure.group_kind is not None:
            side_of_person.setdefault(entry.person, side_of(entry.figure))
    sides: dict[str, list[Entry]] = {}
    for entry in entries:
        side = UNSAID if entry.figure.group_kind is None else side_of(entry.figure)
        if entry.person is not None:
            side = side_of_person.get(entry.person, side)
        sides.setdefault(side, []).append(entry)
    return sides


def holds_doers(others: list[Entry], doers: list[Entry]) -> bool:
    """Whether a stated number of dead may count the doer too.

    "Four people were killed" may; "killed three people" tells what the doer did to others.
    """
    stated = read_accounts(others)
    if not stated or read_accounts(doers):
        return False
    base = _first_whole(stated)
    return base.bounds.best > 1 and not base.is_done_to


def side_of(figure: Figure) -> str:
    """The side a figure's people are on: state, armed, perpetrators or people."""
    return _SIDES.get(figure.group_kind or "", "people")


def bounds_of_side(entries: list[Entry], killed: Bounds | None) -> Bounds:
    """What is said of one side: the stated whole with its range, or people told one by one."""
    stated = read_accounts(entries)
    singles = _one_by_one(entries)
    if not stated or (singles.best > 1 and all(a.is_plural_only for a in stated)):
        return singles
    base = _first_whole(stated)
    later = [a for a in stated if a is not base]
    apart = [a for a in later if _stands_apart(a, base) or _adds_to(a, base, entries)]
    wholes = [base, *(a for a in later if a not in apart and _is_rival(a, base))]
    if killed is not None:
        wholes = [_without_dead(a, killed) for a in wholes]
    bounds = _range_over(wholes)
    for account in apart:
        bounds = bounds.plus(account.bounds)
    return bounds


def _one_by_one(entries: list[Entry]) -> Bounds:
    """How many single people are told of, each once.

    Without a label the same words are the same person. Only nobody, if all say so.
    """
    people: set[object] = set()
    for entry in entries:
        if entry.is_one_person:
            words = tuple(sorted(name_words(entry.figure.group or "")))
            people.add(entry.person or words)
    return Bounds(len(people), len(people), len(people))


def _first_whole(stated: list[Account]) -> Account:
    """The first firm number: a report leads with what it holds.

    A later one that names the same people and more takes its place, and so does a
    higher running toll from the same voice, or over what the report tells in its own.
    """
    firm = [a for a in stated if a.is_firm] or stated
    base = firm[0]
    for account in firm[1:]:
        if account.is_additive:
            continue
        described = all(e.figure.group is not None for e in base.entries)
        fuller = described and base.parts < account.parts and base.bounds.high is not None
        risen = account.is_running and account.source == base.source
        if fuller or (risen and account.bounds.best > (base.bounds.high or base.bounds.best)):
            base = account
    return base


def _adds_to(account: Account, base: Account, entries: list[Entry]) -> bool:
    """Whether "another five" are on top of the whole, told right before, not of its parts."""
    if not account.is_additive:
        return False
    place = entries.index(account.entries[0])
    return place > 0 and entries[place - 1] in base.entries


def _stands_apart(account: Account, base: Account) -> bool:
    """Whether an account counts people of another description, who cannot be among those of `base`.

    "Three nurses" are not among "four children"; sons may be, and "civilians" are anybody.
    """
    if account.is_additive or base.covers_side or account.covers_side:
        return False
    kinds = [{e.figure.group_kind for e in a.entries} for a in (account, base)]
    if kinds[0] & kinds[1] or any(k & {None, "civilian"} for k in kinds):
        return False
    return bool(account.words) and not account.words & base.words and not account.words & KIN


def _is_rival(account: Account, base: Account) -> bool:
    """Whether an account is another number for the same whole.

    Another source's, or a higher one over an open floor, for the same words or
    for everybody, and not so far off that it must count something else.
    """
    if account.is_additive or not account.is_firm:
        return False
    if account.source == base.source and base.bounds.high is not None:
        return False
    if not account.covers_side and not account.words & base.words:
        return False
    low, high = sorted((account.bounds.best, base.bounds.best))
    return low > 0 and high <= low * MAX_SPREAD


def _without_dead(account: Account, killed: Bounds) -> Account:
    """ "Five were shot, two of them died": the dead are among those hit, not beside them.

    Where one claim tells of both they stand apart ("one killed, five shot"), unless the
    dead are told as what came of it ("shot four people, killing one") or are as many.
    """
    if not all(e.figure.includes_dead for e in account.entries):
        return account
    dead = [f for e in account.entries for f in e.claim.figures if f.outcome == "killed"]
    if not dead:
        return replace(account, bounds=account.bounds.minus(killed.best))
    hit = account.entries[0].figure
    result = [
        f for f in dead if f.evidence.start >= hit.evidence.end and _RESULT.match(f.evidence.quote)
    ]
    if result or (len(account.entries) == 1 and any(f.low == hit.low > 1 for f in dead)):
        number = sum(f.low for f in result) or hit.low
        return replace(account, bounds=account.bounds.minus(number))
    return account


def _range_over(accounts: list[Account]) -> Bounds:
    """Low, best and high over accounts of one whole, the report's own first.

    Best is the number that most sources give; among equals an exact one before a
    floor, then the first told: a report leads with what it holds best. Lower numbers
    widen the range only where one source stands against another: what a report
    tells in its own voice, it has weighed, and under a floor only higher ones count.
    """
    base = accounts[0]
    settled = base.is_told_by_report or base.bounds.high is None
    lower = [a.bounds.low for a in accounts if a.is_exact and not (settled or a.is_told_by_report)]
    low = min([base.bounds.low, *lower])
    accounts = [base, *(a for a in accounts[1:] if a.bounds.best >= low)]
    closed = [a.bounds.high for a in accounts if a.bounds.high is not None]
    top_low = max(a.bounds.low for a in accounts)
    high = max(closed) if closed and max(closed) >= top_low else None
    support: dict[int, set[str]] = {}
    exact: set[int] = set()
    for account in accounts:
        support.setdefault(account.bounds.best, set()).add(account.source)
        if account.is_exact:
            exact.add(account.bounds.best)
    order = list(support)
    best = max(order, key=lambda n: (len(support[n]), n in exact, -order.index(n)))
    return Bounds(low, best, high)


def bounds_of_group(entries: list[Entry]) -> Bounds:
    """What is said of one group: its last running toll, or else the range over its numbers."""
    running = [e for e in entries if e.figure.cumulative]
    return _range_over([Account(bounds_of(e.figure), (e,)) for e in running[-1:] or entries])


def group_entries(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries by group; names for one group (a word in common, or the same number) together.

    One person told of in many words is one row, under the first words.
    """
    groups: list[tuple[str, list[Entry]]] = []
    for entry in entries:
        if entry.figure.group is None:
            continue
        for _, members in groups:
            if all(_same_group(entry, m) for m in members):
                members.append(entry)
                break
        else:
            groups.append((entry.figure.group, [entry]))
    return groups


def _same_group(one: Entry, other: Entry) -> bool:
    f, g = one.figure, other.figure
    if (f.subset_of is None) != (g.subset_of is None) or side_of(f) != side_of(g):
        return False
    if one.person is not None and other.person is not None:
        return one.person == other.person
    a, b = name_words(f.group or ""), name_words(g.group or "")
    if not a or not b:
        return f.group == g.group
    if a <= b or b <= a:
        return True
    same_number = f.low == g.low and f.low > 1
    return same_number and (side_of(f) != "people" or bool(a & b))
