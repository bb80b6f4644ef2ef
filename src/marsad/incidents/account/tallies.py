"""Tallies over reports: totals and groups under every policy, and all that was told.

Reads   the words of all reports of one incident.
Writes  nothing; returns Tally and ToldFigure records.

Where reports count the people of two sides ("14 policemen", "three gunmen"), each side
is settled by itself and the total is their sum, unless a number for everybody is higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.codebook.policies import load_policies
from marsad.incidents.account.counting import Count, count_words
from marsad.incidents.account.standing import Ruling, put, settle, told_order
from marsad.incidents.account.words import DOERS, WHOLE, Word
from marsad.incidents.accounts import NOBODY
from marsad.incidents.compare import name_words
from marsad.incidents.tally import OUTCOMES, holds_doers
from marsad.records import Outcome, Policy, Tally, ToldFigure

PEOPLE = "people"  # the side of all who bear no arms


@dataclass(frozen=True)
class Counted:
    """One outcome settled: rulings for everybody, by side, and by group."""

    outcome: Outcome
    whole: tuple[Ruling, ...]
    sides: dict[str, tuple[Ruling, ...]]
    doers: tuple[Ruling, ...]
    groups: tuple[tuple[str, tuple[Ruling, ...]], ...]

    @property
    def streams(self) -> tuple[tuple[Ruling, ...], ...]:
        """What a total is made of: numbers that can stand against each other."""
        parts = tuple(self.sides.values()) if len(self.sides) > 1 else ()
        return tuple(s for s in (self.whole, *parts, self.doers) if s)


def settle_outcomes(wholes: Sequence[Word], groups: Sequence[Word]) -> list[Counted]:
    """Every outcome that any report gives a number of."""
    counted: list[Counted] = []
    for outcome in OUTCOMES:
        told = sorted((w for w in wholes if w.outcome == outcome), key=told_order)
        if told:
            grouped = sorted((w for w in groups if w.outcome == outcome), key=told_order)
            counted.append(_settle_outcome(outcome, told, grouped))
    return counted


def _settle_outcome(outcome: Outcome, told: list[Word], grouped: list[Word]) -> Counted:
    doers = [w for w in told if w.side == DOERS]
    whole = [w for w in told if w.side == WHOLE]
    sides: dict[str, list[Word]] = {}
    for word in told:
        if word.side not in (DOERS, WHOLE):
            sides.setdefault(word.side, []).append(word)
    sides = _joined(sides)
    if len(sides) > 1:
        whole = _of_everybody(whole, sides)
    return Counted(
        outcome=outcome,
        whole=tuple(settle(whole)),
        sides={side: tuple(settle(members)) for side, members in sides.items()},
        doers=tuple(settle(doers)),
        groups=tuple((label, tuple(settle(ws))) for label, ws in _by_group(grouped)),
    )


def _of_everybody(whole: Sequence[Word], sides: dict[str, list[Word]]) -> list[Word]:
    """Numbers for everybody, without those of who speaks of the people of one side only."""
    figures: dict[tuple[str, str], list[int]] = {}
    for words in sides.values():
        for word in words:
            figures.setdefault(_owner(word), []).append(len(word.entries))
    return [w for w in whole if figures.get(_owner(w)) != [len(w.entries)]]


def _joined(sides: dict[str, list[Word]]) -> dict[str, list[Word]]:
    """People at large, and a side that no report counts beside them with their number, are one.

    "Four militants" by the army and "four villagers" by their neighbours are four dead.
    """
    people = sides.get(PEOPLE, [])
    reports = {w.member.report.id for w in people}
    numbers = {w.said for w in people}
    same = [
        side
        for side, words in sides.items()
        if side != PEOPLE
        and not any(w.member.report.id in reports for w in words)
        and any(w.said in numbers for w in words)
    ]
    joined = {side: words for side, words in sorted(sides.items()) if side not in same}
    if same:
        joined[PEOPLE] = [*people, *(w for side in sorted(same) for w in sides[side])]
    return joined


def _by_group(words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """Words by the group they count: the same side and, of their names, one within the other."""
    found: dict[tuple[str, frozenset[str]], tuple[str, list[Word]]] = {}
    for word in words:
        names = name_words(word.group or "")
        key = (word.side, names)
        if key not in found:
            near = [k for k in found if k[0] == word.side and names and k[1]]
            like = next((k for k in near if k[1] <= names or names <= k[1]), None)
            found[key] = found[like] if like else (word.group or "", [])
        found[key][1].append(word)
    groups = {id(members): (label, members) for label, members in found.values()}
    return [(label, _one_a_voice(members)) for label, members in groups.values()]


def _one_a_voice(words: Sequence[Word]) -> list[Word]:
    """Of two names for one group by one origin in one report, the higher number."""
    best: dict[tuple[str, str], Word] = {}
    for word in words:
        key = (word.member.report.id, word.voice.key)
        if key not in best or best[key].said.best < word.said.best:
            best[key] = word
    return list(best.values())


def total_under(counted: Counted, policy: Policy) -> Count:
    """The total of an outcome: everybody, or the sides added up where that is more."""
    total = count_words(counted.whole, policy)
    if len(counted.sides) > 1:
        parts = Count(NOBODY, ())
        for rulings in counted.sides.values():
            parts = parts.plus(count_words(rulings, policy))
        if not total.words or total.bounds.best < parts.bounds.best:
            total = parts
    doers = count_words(counted.doers, policy)
    if doers.words and not _holds(total.words, doers.words):
        total = total.plus(doers) if total.words else doers
    return total


def _holds(words: Sequence[Word], doers: Sequence[Word]) -> bool:
    """Whether the number of dead may count the doer; not where a report counts both."""
    reports = {w.member.report.id for w in words} & {w.member.report.id for w in doers}
    if reports:
        return False
    people = [e for w in words for e in w.entries]
    return holds_doers(people, [e for w in doers for e in w.entries])


def write_tallies(counted: Iterable[Counted]) -> tuple[Tally, ...]:
    """Rows of every policy: for each outcome the total first, then a row a group."""
    rows: list[Tally] = []
    outcomes = list(counted)
    for policy in load_policies().policies:
        for one in outcomes:
            rows.append(_row(one.outcome, None, total_under(one, policy), policy))
            for label, rulings in one.groups:
                count = count_words(rulings, policy)
                if count.words:
                    rows.append(_row(one.outcome, label, count, policy))
    return tuple(rows)


def _row(outcome: Outcome, group: str | None, count: Count, policy: Policy) -> Tally:
    return Tally(
        outcome=outcome,
        group=group,
        low=count.bounds.low,
        best=count.bounds.best,
        high=count.bounds.high,
        policy=policy,
        sources=tuple(dict.fromkeys(w.voice.name for w in count.words)),
        claims=tuple(dict.fromkeys(c for w in count.words for c in w.claims)),
    )


def write_told(counted: Iterable[Counted]) -> tuple[ToldFigure, ...]:
    """Every number of every origin in every report, in the order they were told."""
    rows: list[ToldFigure] = []
    for one in counted:
        streams = [r for stream in one.streams for r in stream]
        known = {(_owner(r.word), r.word.group, r.word.said) for r in streams}
        known |= {(_owner(r.word), None, r.word.said) for r in streams if not r.word.group}
        groups = [
            r
            for _, rulings in one.groups
            for r in rulings
            if (_owner(r.word), r.word.group, r.word.said) not in known
        ]
        ordered = sorted([*streams, *groups], key=lambda r: told_order(r.word))
        rows += [_told(r) for r in ordered]
    return tuple(dict.fromkeys(rows))


def _owner(word: Word) -> tuple[str, str]:
    return word.member.report.id, word.voice.key


def _told(ruling: Ruling) -> ToldFigure:
    word = ruling.word
    why = ruling.why
    if word.added_to is not None:
        more = f"on top of {put(word.added_to.said)} ({word.added_to.voice.name})"
        why = f"{more}; {why}" if why else more
    return ToldFigure(
        outcome=word.outcome,
        group=word.group,
        low=word.said.low,
        best=word.said.best,
        high=word.said.high,
        source=word.voice.name,
        report=word.member.report.id,
        claims=word.claims,
        told_at=word.member.report.published,
        state=ruling.state,
        superseded_by=ruling.by.member.report.id if ruling.by else None,
        why=why,
    )
