"""Tallies: how many, per outcome and group, under a named policy.

Reads   the claims of one incident.
Writes  nothing; returns Tally records, each with the claims and sources behind it.

People are counted by *side* (state forces, armed groups, perpetrators, everybody
else), because sides are disjoint while the words for people of one side are often
not: "ten people", "a man", "the teacher" may all be the same dead. Within a side
the first firm number that a report states is its account of the whole; numbers of
other sources for the whole make the range; people told of one by one are counted,
each once, where no number is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from marsad.incidents.compare import name_words
from marsad.records import Claim, Figure, Outcome, Tally

POLICY = "latest-credible"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# Another source's number for the whole lies within this factor of the first; one
# further off counts something else.
MAX_SPREAD = 3

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
    villagers individual individuals member members personnel soldier soldiers troop troops forces
    fighter fighters militant militants casualties dead bodies""".split()
)


@dataclass(frozen=True)
class Entry:
    """One figure with the claim that gives it."""

    figure: Figure
    claim: Claim

    @property
    def source(self) -> str:
        """Who gives it: the first link of the chain."""
        return self.claim.attribution[0].source

    @property
    def is_one_person(self) -> bool:
        """Whether it tells of a single person."""
        return self.figure.low == 1 == self.figure.high


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

    def minus(self, number: int) -> Bounds:
        """Fewer by `number`, not below nothing."""
        high = None if self.high is None else max(self.high - number, 0)
        return Bounds(max(self.low - number, 0), max(self.best - number, 0), high)


@dataclass(frozen=True)
class Account:
    """What one claim says in all of one outcome on one side."""

    bounds: Bounds
    entries: tuple[Entry, ...]

    @property
    def is_firm(self) -> bool:
        """Whether every number is given as a number, not as "several"."""
        return all(e.figure.qualifier != "vague" for e in self.entries)

    @property
    def covers_side(self) -> bool:
        """Whether its words can mean everybody on the side."""
        return any(
            e.figure.group is None or set(e.figure.group.lower().split()) & _EVERYBODY
            for e in self.entries
        )


NOBODY = Bounds(0, 0, 0)


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
            entries = [e for e in entries if _person(e) not in dead]
        if not entries:
            continue
        if outcome == "killed":
            dead = frozenset(p for e in entries if (p := _person(e)) is not None)
        total = _total(entries, killed if outcome == "injured" else None)
        if outcome == "killed":
            killed = total
        tallies.append(_row(outcome, None, total, entries))
        for label, members in _groups(entries):
            tallies.append(_row(outcome, label, _bounds_of_group(members), members))
    return tuple(tallies)


def _person(entry: Entry) -> tuple[str, str] | None:
    """The person an entry is about, across the claims of its report."""
    if entry.figure.victim is None:
        return None
    return entry.claim.report_id, entry.figure.victim


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


def _total(entries: list[Entry], killed: Bounds | None) -> Bounds:
    """The sum over sides; those hit but told to be dead are taken off (`killed`)."""
    whole = [e for e in entries if e.figure.subset_of is None] or entries
    sides: dict[str, list[Entry]] = {}
    named = {side_of(e.figure) for e in whole} - {"people"}
    side_of_person: dict[tuple[str, str], str] = {}
    for entry in whole:
        side = side_of(entry.figure)
        person = _person(entry)
        if person is not None:  # "the teenager", "the victim", "the guard": one side holds
            side = side_of_person.setdefault(person, side)
        if side == "people" and entry.figure.group_kind is None and len(named) == 1:
            (side,) = named  # "14 were killed" beside "14 soldiers" are the same dead
        sides.setdefault(side, []).append(entry)
    total = NOBODY
    for members in sides.values():
        total = total.plus(_bounds_of_side(members, killed))
    return total


def side_of(figure: Figure) -> str:
    """The side a figure's people are on: state, armed, perpetrators or people."""
    return _SIDES.get(figure.group_kind or "", "people")


def _bounds_of_side(entries: list[Entry], killed: Bounds | None) -> Bounds:
    """What is said of one side: the stated whole with its range, or people told one by one."""
    accounts = [
        _account([e for e in entries if e.claim.id == claim_id])
        for claim_id in dict.fromkeys(e.claim.id for e in entries)
    ]
    stated = [a for a in accounts if not all(e.is_one_person for e in a.entries)]
    if not any(a.bounds != NOBODY for a in stated):
        return _one_by_one(entries)
    stated = [a for a in stated if a.bounds != NOBODY]
    running = [i for i, a in enumerate(stated) if any(e.figure.cumulative for e in a.entries)]
    if running:
        stated = stated[running[-1] :]
    base = _first_whole(stated)
    apart = [a for a in stated if a is not base and _stands_apart(a, base)]
    rivals = [base, *(a for a in stated if a is not base and _is_rival(a, base))]
    if killed is not None:
        rivals = [_without_dead(a, killed) for a in rivals]
    bounds = _range_over(rivals)
    for account in apart:
        bounds = bounds.plus(account.bounds)
    return bounds


def _account(entries: list[Entry]) -> Account:
    """Numbers for one side in one claim are of disjoint people, unless one is a running toll."""
    running = [e for e in entries if e.figure.cumulative]
    counted: list[Entry] = []
    seen: set[str] = set()
    for entry in running[-1:] or entries:
        victim = entry.figure.victim
        if victim is not None and victim in seen:
            continue
        seen.add(victim or "")
        counted.append(entry)
    bounds = NOBODY
    for entry in counted:
        bounds = bounds.plus(_bounds(entry.figure))
    return Account(bounds, tuple(counted))


def _bounds(figure: Figure) -> Bounds:
    if figure.qualifier == "at-most" and figure.high is not None:
        return Bounds(figure.low, figure.high, figure.high)
    if figure.high is None or figure.qualifier == "vague":
        return Bounds(figure.low, figure.low, figure.high)
    return Bounds(figure.low, (figure.low + figure.high) // 2, figure.high)


def _one_by_one(entries: list[Entry]) -> Bounds:
    """How many single people are told of, each once.

    Without a label the same words are the same person. Only nobody, if all say so.
    """
    people: set[object] = set()
    for entry in entries:
        if entry.figure.high != 0:
            words = tuple(sorted(name_words(entry.figure.group or "")))
            people.add(_person(entry) or words)
    return Bounds(len(people), len(people), len(people))


def _first_whole(stated: list[Account]) -> Account:
    """The first firm number; a later one that names the same people and more replaces it."""
    firm = [a for a in stated if a.is_firm] or stated
    base = firm[0]
    for account in firm[1:]:
        if _parts(base) < _parts(account) and base.bounds.high is not None:
            base = account
    return base


def _parts(account: Account) -> frozenset[tuple[int, str]]:
    return frozenset((e.figure.low, e.figure.group or "") for e in account.entries)


def _stands_apart(account: Account, base: Account) -> bool:
    """Whether an account counts people who are not among those of `base`.

    Additions do ("another five"), and so do people of another description where
    the base's words cannot mean everybody.
    """
    if all(e.figure.additive for e in account.entries):
        return True
    if base.covers_side or account.covers_side:
        return False
    mine = {w for e in account.entries for w in name_words(e.figure.group or "")}
    theirs = {w for e in base.entries for w in name_words(e.figure.group or "")}
    kinds = {e.figure.group_kind for e in account.entries} & {
        e.figure.group_kind for e in base.entries
    }
    return bool(mine) and not mine & theirs and not kinds


def _is_rival(account: Account, base: Account) -> bool:
    """Whether an account is another number for the same whole.

    Another source's, or a higher one over an open floor, for the same words or
    for everybody, and not so far off that it must count something else.
    """
    if any(e.figure.additive for e in account.entries) or not account.is_firm:
        return False
    same_source = account.entries[0].source == base.entries[0].source
    if same_source and base.bounds.high is not None:
        return False
    mine = {w for e in account.entries for w in name_words(e.figure.group or "")}
    theirs = {w for e in base.entries for w in name_words(e.figure.group or "")}
    if not account.covers_side and not mine & theirs:
        return False
    low, high = sorted((account.bounds.best, base.bounds.best))
    return low > 0 and high <= low * MAX_SPREAD


def _without_dead(account: Account, killed: Bounds) -> Account:
    """ "Five were shot, two of them died": the dead are among those hit, not beside them."""
    if not all(e.figure.includes_dead for e in account.entries):
        return account
    if any(f.outcome == "killed" for e in account.entries for f in e.claim.figures):
        return account  # one sentence tells both apart
    return replace(account, bounds=account.bounds.minus(killed.best))


def _range_over(accounts: list[Account]) -> Bounds:
    """Low, best and high over accounts of one whole, the report's own first.

    Best is the number that most sources give; among equals an exact one before a
    floor, then the first told: a report leads with what it holds best.
    """
    low = min(a.bounds.low for a in accounts)
    closed = [a.bounds.high for a in accounts if a.bounds.high is not None]
    top_low = max(a.bounds.low for a in accounts)
    high = max(closed) if closed and max(closed) >= top_low else None
    support: dict[int, set[str]] = {}
    exact: set[int] = set()
    for account in accounts:
        support.setdefault(account.bounds.best, set()).add(account.entries[0].source)
        if all(e.figure.qualifier == "exact" for e in account.entries):
            exact.add(account.bounds.best)
    order = list(support)
    best = max(order, key=lambda n: (len(support[n]), n in exact, -order.index(n)))
    return Bounds(low, best, high)


def _bounds_of_group(entries: list[Entry]) -> Bounds:
    running = [e for e in entries if e.figure.cumulative]
    return _range_over([Account(_bounds(e.figure), (e,)) for e in running[-1:] or entries])


def _groups(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
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
    if _person(one) is not None and _person(other) is not None:
        return _person(one) == _person(other)
    a, b = name_words(f.group or ""), name_words(g.group or "")
    if not a or not b:
        return f.group == g.group
    if a <= b or b <= a:
        return True
    same_number = f.low == g.low and f.low > 1
    return same_number and (side_of(f) != "people" or bool(a & b))
