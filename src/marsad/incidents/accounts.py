"""Accounts: what one claim says in all of one outcome on one side.

Reads   the claims of one incident.
Writes  nothing; returns accounts, each with the figures behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.incidents.compare import name_words
from marsad.records import Claim, Figure

# Words that can stand for everybody on their side.
_EVERYBODY = frozenset(
    """people person civilian civilians resident residents victim victims other others villager
    villagers individual individuals member members personnel soldier soldiers troop troops forces
    fighter fighters militant militants casualties dead bodies""".split()
)
# "One person was killed" states a number, "a man was killed" tells of somebody.
_ONE = re.compile(r"\b(?:one|1|single)\b(?! of\b)", re.IGNORECASE)
# "Killed three people": the number is of others than the doer.
_DONE_TO = re.compile(
    r"(?:kill|murder|shoot|slay|massacr|execut|behead|wound|injur|stabb?)(?:ed|ing|s)\b"
    r"|(?:shot|slew|hurt|shooting|slaying)\b",
    re.IGNORECASE,
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
    def person(self) -> tuple[str, str] | None:
        """The person it is about, across the claims of its report; None where it is unknown."""
        if self.figure.victim is None:
            return None
        return self.claim.report_id, self.figure.victim

    @property
    def is_one_person(self) -> bool:
        """Whether it tells of a single person."""
        return self.figure.low == 1 == self.figure.high

    @property
    def states_number(self) -> bool:
        """Whether the words count, and do not only tell of somebody or of people."""
        if self.is_one_person:
            return bool(_ONE.search(self.figure.evidence.quote)) and not self.figure.additive
        return True


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


NOBODY = Bounds(0, 0, 0)


@dataclass(frozen=True)
class Account:
    """What one claim says in all of one outcome on one side."""

    bounds: Bounds
    entries: tuple[Entry, ...]

    @property
    def source(self) -> str:
        """Who gives it."""
        return self.entries[0].source

    @property
    def is_told_by_report(self) -> bool:
        """Whether the report tells it in its own voice: it weighs what its sources say."""
        return len(self.entries[0].claim.attribution) == 1

    @property
    def is_firm(self) -> bool:
        """Whether every number is given as a number, not as "several"."""
        return all(e.figure.qualifier != "vague" for e in self.entries)

    @property
    def is_plural_only(self) -> bool:
        """Whether it only says that there were several ("people were killed")."""
        return all(e.figure.qualifier == "vague" and e.figure.low <= 2 for e in self.entries)

    @property
    def is_exact(self) -> bool:
        """Whether every number is given as exact."""
        return all(e.figure.qualifier == "exact" for e in self.entries)

    @property
    def is_done_to(self) -> bool:
        """Whether it tells what somebody did to others ("killing three people")."""
        return all(_DONE_TO.match(e.figure.evidence.quote) for e in self.entries)

    @property
    def is_running(self) -> bool:
        """Whether it is a running toll, which supersedes what came before."""
        return any(e.figure.cumulative for e in self.entries)

    @property
    def is_additive(self) -> bool:
        """Whether it only adds to what came before ("another five")."""
        return all(e.figure.additive for e in self.entries)

    @property
    def covers_side(self) -> bool:
        """Whether its words can mean everybody on the side."""
        return any(
            e.figure.group is None or set(e.figure.group.lower().split()) & _EVERYBODY
            for e in self.entries
        )

    @property
    def parts(self) -> frozenset[tuple[int, str]]:
        """How many of whom."""
        return frozenset((e.figure.low, e.figure.group or "") for e in self.entries)

    @property
    def words(self) -> frozenset[str]:
        """The words for the people counted."""
        return frozenset(w for e in self.entries for w in name_words(e.figure.group or ""))


def read_accounts(entries: Sequence[Entry]) -> list[Account]:
    """The accounts that state a number, in the order told; entries are of one side."""
    told: dict[str, list[Entry]] = {}
    for entry in entries:
        told.setdefault(entry.claim.id, []).append(entry)
    accounts = [add_up(members) for members in told.values()]
    return [a for a in accounts if a.bounds != NOBODY and any(e.states_number for e in a.entries)]


def add_up(entries: Sequence[Entry]) -> Account:
    """Numbers for one side in one sentence are of disjoint people, unless one is a running toll.

    One sentence may run a headline and its text together and give a number twice.
    """
    running = [e for e in entries if e.figure.cumulative]
    counted: list[Entry] = []
    for entry in running[-1:] or entries:
        if not any(_is_echo(entry, known) for known in counted):
            counted.append(entry)
    bounds = NOBODY
    for entry in counted:
        bounds = bounds.plus(bounds_of(entry.figure))
    return Account(bounds, tuple(counted))


def _is_echo(entry: Entry, known: Entry) -> bool:
    if entry.person is not None and entry.person == known.person:
        return True
    f, g = entry.figure, known.figure
    if (f.low, f.high) != (g.low, g.high) or f.low == 1 or f.additive:
        return False
    groups = {f.group, g.group} - {None}
    return len(groups) < 2 and entry.claim.id != known.claim.id


def bounds_of(figure: Figure) -> Bounds:
    """A figure's bounds; best is its middle, or its end where it is open, "up to" or "nearly"."""
    if figure.qualifier in {"at-most", "about"} and figure.high is not None:
        return Bounds(figure.low, figure.high, figure.high)
    if figure.high is None or figure.qualifier == "vague":
        return Bounds(figure.low, figure.low, figure.high)
    return Bounds(figure.low, (figure.low + figure.high) // 2, figure.high)
