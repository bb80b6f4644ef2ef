"""Tallies: how many, per outcome and group, under a named policy.

Reads   the claims of one incident.
Writes  nothing; returns Tally records, each with the claims and sources behind it.

People are counted by *side* (state forces, armed groups, perpetrators, everybody
else), because sides are disjoint while the words for people of one side are often
not: "ten people", "a man", "the teacher" may all be the same dead. Within a side
the largest account is the total; smaller numbers that describe somebody more
closely are details of it, not additions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from marsad.incidents.compare import name_words
from marsad.records import Claim, Figure, Outcome, Tally

POLICY = "latest-credible"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

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
# Words that can stand for everybody on their side.
_EVERYBODY = frozenset(
    """people person civilian civilians resident residents victim victims other others villager
    villagers man men woman women child children individual individuals member members personnel
    soldier soldiers troop troops forces fighter fighters militant militants""".split()
)


@dataclass(frozen=True)
class Entry:
    """One figure with the claim that gives it."""

    figure: Figure
    claim: Claim
    order: int

    @property
    def source(self) -> str:
        """Who gives it: the first link of the chain."""
        return self.claim.attribution[0].source


@dataclass(frozen=True)
class Bounds:
    """A low, best and high number of people; high None is open above."""

    low: int
    best: int
    high: int | None

    def plus(self, other: Bounds) -> Bounds:
        """The sum over two disjoint groups."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, self.best + other.best, high)


def tally_claims(claims: Sequence[Claim]) -> tuple[Tally, ...]:
    """The tallies of one incident under the policy "latest-credible".

    For each outcome that any claim counts: the total (group None) first, then
    one row a group where the words name one. Denied claims count only where
    nothing else does: they say what did not happen.
    """
    counted = [c for c in claims if c.modality != "denied"]
    tallies: list[Tally] = []
    for outcome in OUTCOMES:
        entries = [
            Entry(figure, claim, order)
            for order, claim in enumerate(counted)
            for figure in claim.figures
            if figure.outcome == outcome
        ]
        if entries:
            tallies.extend(_tally_outcome(outcome, entries))
    return tuple(tallies)


def _tally_outcome(outcome: Outcome, entries: list[Entry]) -> list[Tally]:
    whole = [e for e in entries if e.figure.subset_of is None]
    sides: dict[str, list[Entry]] = {}
    named = {side_of(e.figure) for e in whole if _names_a_side(e.figure)}
    for entry in whole:
        side = side_of(entry.figure)
        if not _names_a_side(entry.figure) and len(named) == 1 and side == "people":
            (side,) = named  # "14 people" beside "14 soldiers" are the same dead
        sides.setdefault(side, []).append(entry)
    side_bounds = {side: _bounds_of_side(members) for side, members in sides.items()}
    total = Bounds(0, 0, 0)
    for bounds in side_bounds.values():
        total = total.plus(bounds)
    rows = [_row(outcome, None, total, whole or entries)]
    for label, members in _groups(entries):
        bounds = _bounds_of_group(members)
        rows.append(_row(outcome, label, bounds, members))
    return rows


def _row(outcome: Outcome, group: str | None, bounds: Bounds, entries: list[Entry]) -> Tally:
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


def side_of(figure: Figure) -> str:
    """The side a figure's people are on: state, armed, perpetrators or people."""
    return _SIDES.get(figure.group_kind or "", "people")


def _names_a_side(figure: Figure) -> bool:
    return figure.group is not None and side_of(figure) != "people"


def _bounds_of_side(entries: list[Entry]) -> Bounds:
    """The side's total: accounts by claim, details left out, ranges over sources."""
    accounts: list[tuple[Bounds, Entry]] = []
    for claim_id in dict.fromkeys(e.claim.id for e in entries):
        members = [e for e in entries if e.claim.id == claim_id]
        accounts.append((_sum_in_claim(members), members[0]))
    totals = _without_details(accounts, entries)
    return _range_over(totals)


def _sum_in_claim(members: list[Entry]) -> Bounds:
    """Numbers for one side in one claim are of disjoint people, unless one is a running toll."""
    running = [e for e in members if e.figure.cumulative]
    total = Bounds(0, 0, 0)
    for entry in running[-1:] or members:
        total = total.plus(_bounds(entry.figure))
    return total


def _bounds(figure: Figure) -> Bounds:
    if figure.qualifier == "at-most" and figure.high is not None:
        return Bounds(figure.low, figure.high, figure.high)
    if figure.high is None or figure.qualifier == "vague":
        return Bounds(figure.low, figure.low, figure.high)
    return Bounds(figure.low, (figure.low + figure.high) // 2, figure.high)


def _without_details(
    accounts: list[tuple[Bounds, Entry]], entries: list[Entry]
) -> list[tuple[Bounds, Entry]]:
    """The accounts of the whole side, later running tolls superseding earlier ones.

    An account smaller than another is a detail when it speaks of one person, or
    of people more closely described than the larger one's. People described
    apart, with nobody giving a total, are added up.
    """
    running = [i for i, (_, e) in enumerate(accounts) if e.figure.cumulative]
    if running:
        accounts = accounts[running[-1] :]
    top = max(bounds.best for bounds, _ in accounts)
    whole = [a for a in accounts if _covers_side(a[1].figure) or a[0].best == top]
    added = [a for a in accounts if a[1].figure.additive and a not in whole[:1]]
    kept = [a for a in whole if a not in added]
    if not kept:
        kept, added = accounts[:1], accounts[1:]
    apart = [] if any(_covers_side(a[1].figure) for a in kept) else _apart(accounts, kept)
    if added or apart:
        extra = Bounds(0, 0, 0)
        for bounds, _ in [*added, *apart]:
            extra = extra.plus(bounds)
        kept = [(bounds.plus(extra), entry) for bounds, entry in kept]
    del entries
    return kept


def _covers_side(figure: Figure) -> bool:
    """Whether the figure's words can mean everybody on the side, and more than one."""
    if figure.low == 1 == figure.high:
        return False
    if figure.group is None:
        return True
    return bool(set(figure.group.lower().split()) & _EVERYBODY)


def _apart(
    accounts: list[tuple[Bounds, Entry]], kept: list[tuple[Bounds, Entry]]
) -> list[tuple[Bounds, Entry]]:
    """Accounts of people who cannot be among those kept: other words, other kind."""
    extra: list[tuple[Bounds, Entry]] = []
    for account in accounts:
        if account in kept:
            continue
        words = name_words(account[1].figure.group or "")
        others = [*kept, *extra]
        if (
            words
            and account[0].best > 1
            and all(not words & name_words(e.figure.group or "") for _, e in others)
            and all(account[1].figure.group_kind != e.figure.group_kind for _, e in others)
        ):
            extra.append(account)
    return extra


def _range_over(accounts: list[tuple[Bounds, Entry]]) -> Bounds:
    """Low, best and high over the accounts of one group.

    Best is the number that most sources give; among equals an exact one before a
    floor, then the first told: a report leads with what it holds best.
    """
    low = min(bounds.low for bounds, _ in accounts)
    closed = [bounds.high for bounds, _ in accounts if bounds.high is not None]
    top_low = max(bounds.low for bounds, _ in accounts)
    high = max(closed) if closed and max(closed) >= top_low else None
    support: dict[int, set[str]] = {}
    exact: set[int] = set()
    for bounds, entry in accounts:
        support.setdefault(bounds.best, set()).add(entry.source)
        if entry.figure.qualifier == "exact":
            exact.add(bounds.best)
    order = list(support)
    best = max(order, key=lambda n: (len(support[n]), n in exact, -order.index(n)))
    return Bounds(low, best, high)


def _bounds_of_group(entries: list[Entry]) -> Bounds:
    running = [e for e in entries if e.figure.cumulative]
    chosen = running[-1:] or entries
    return _range_over([(_bounds(e.figure), e) for e in chosen])


def _groups(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries by group; names for one group (a word in common, or the same number) together."""
    groups: list[tuple[str, list[Entry]]] = []
    for entry in entries:
        if entry.figure.group is None:
            continue
        for _, members in groups:
            if all(_same_group(entry.figure, m.figure) for m in members):
                members.append(entry)
                break
        else:
            groups.append((entry.figure.group, [entry]))
    return groups


def _same_group(f: Figure, g: Figure) -> bool:
    if (f.subset_of is None) != (g.subset_of is None) or side_of(f) != side_of(g):
        return False
    a, b = name_words(f.group or ""), name_words(g.group or "")
    if not a or not b:
        return f.group == g.group
    if a <= b or b <= a:
        return True
    same_number = f.low == g.low and f.low > 1
    return (same_number and side_of(f) != "people") or (bool(a & b) and same_number)
