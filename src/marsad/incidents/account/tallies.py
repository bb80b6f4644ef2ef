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
from marsad.incidents.account.counting import Count, Settled, back_numbers, count_words
from marsad.incidents.account.standing import Ruling, put, settle, told_order
from marsad.incidents.account.words import DOERS, WHOLE, Told, Word
from marsad.incidents.accounts import NOBODY
from marsad.incidents.compare import name_words
from marsad.incidents.tally import OUTCOMES, holds_doers
from marsad.records import Outcome, Policy, Tally, ToldFigure

PEOPLE = "people"  # the side of all who bear no arms


@dataclass(frozen=True)
class Counted:
    """One outcome settled: for everybody, by side where several are told of, for the doers.

    `groups` stand by their words; `spoken` are rulings on what each origin says itself.
    """

    outcome: Outcome
    whole: Settled
    sides: dict[str, Settled]
    doers: Settled
    groups: tuple[tuple[str, Settled], ...]
    spoken: tuple[Ruling, ...]

    @property
    def streams(self) -> tuple[Settled, ...]:
        """What a total is made of: numbers that can stand against each other."""
        parts = tuple(self.sides.values()) if len(self.sides) > 1 else ()
        return (self.whole, *parts, self.doers)


def settle_outcomes(told: Sequence[Told]) -> list[Counted]:
    """Every outcome that any report gives a number of."""
    counted: list[Counted] = []
    for outcome in OUTCOMES:
        accounts = [w for t in told for w in t.accounts if w.outcome == outcome]
        groups = [w for t in told for w in t.groups if w.outcome == outcome]
        spoken = [w for t in told for w in t.spoken if w.outcome == outcome]
        if accounts:
            counted.append(_settle_outcome(outcome, accounts, groups, spoken))
    return counted


def _settle_outcome(
    outcome: Outcome, accounts: list[Word], groups: list[Word], spoken: list[Word]
) -> Counted:
    accounts, groups, spoken = (sorted(ws, key=told_order) for ws in (accounts, groups, spoken))
    whole = [w for w in accounts if w.side == WHOLE]
    sides: dict[str, list[Word]] = {}
    for word in accounts:
        if word.side not in (DOERS, WHOLE):
            sides.setdefault(word.side, []).append(word)
    sides, place = _joined(sides)
    if len(sides) > 1:
        whole = _of_everybody(whole, sides)
    else:
        place = dict.fromkeys(sides, WHOLE)
    streams: dict[str, list[Word]] = {}
    for word in spoken:
        side = word.side if len(sides) > 1 or word.side == DOERS else WHOLE
        streams.setdefault(place.get(side, side), []).append(word)
    said = {side: settle(words) for side, words in streams.items()}
    rulings = [r for found in said.values() for r in found]
    backers = back_numbers(rulings)

    def weigh(words: Sequence[Word]) -> Settled:
        return Settled(tuple(settle(words)), backers)

    return Counted(
        outcome=outcome,
        whole=weigh(whole),
        sides={side: weigh(members) for side, members in sides.items()},
        doers=weigh([w for w in accounts if w.side == DOERS]),
        groups=tuple((label, weigh(words)) for label, words in _by_group(groups)),
        spoken=tuple(sorted(rulings, key=lambda r: told_order(r.word))),
    )


def _of_everybody(whole: Sequence[Word], sides: dict[str, list[Word]]) -> list[Word]:
    """Numbers for everybody, without those of who speaks of the people of one side only.

    "The toll has risen to 14", and then "the bodies of 14 soldiers": the toll is theirs.
    """
    of_one_side: dict[tuple[str, str], list[Word]] = {}
    for words in sides.values():
        for word in words:
            of_one_side.setdefault(_owner(word), []).append(word)

    def is_of_one_side(word: Word) -> bool:
        own = of_one_side.get(_owner(word), [])
        alone = len(own) == 1 and len(own[0].entries) == len(word.entries)
        return alone or any(side.said == word.said for side in own)

    return [w for w in whole if not is_of_one_side(w)]


def _joined(
    sides: dict[str, list[Word]],
) -> tuple[dict[str, list[Word]], dict[str, str]]:
    """People at large, and a side that no report counts beside them with their number, are one.

    "Four militants" by the army and "four villagers" by their neighbours are four dead.
    Also returns under which side each of those that were joined stands now.
    """
    people = sides.get(PEOPLE, [])
    reports = _reports(people)
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
    return joined, dict.fromkeys(same, PEOPLE)


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
    parts = Count(NOBODY, ())
    if len(counted.sides) > 1:
        for settled in counted.sides.values():
            parts = parts.plus(count_words(settled, policy))
        # A report that counts everybody has reckoned its sides itself.
        beyond = _reports(parts.words) - _reports(total.words)
        if not total.words or (beyond and total.bounds.best < parts.bounds.best):
            total = parts
    doers = count_words(counted.doers, policy)
    if not doers.words or _holds(total, doers, is_sum=total is parts):
        return total
    return total.plus(doers) if total.words else doers


def _reports(words: Iterable[Word]) -> set[str]:
    return {w.member.report.id for w in words}


def _holds(total: Count, doers: Count, *, is_sum: bool) -> bool:
    """Whether the number of dead counts the doer: a report that tells of both has said.

    Where none does, one number of several is of the same people ("eight suspects").
    """
    if _reports(total.words) & _reports(doers.words):
        return not is_sum
    if total.bounds == doers.bounds and total.bounds.best > 1:
        return True
    people = [e for w in total.words for e in w.entries]
    return holds_doers(people, [e for w in doers.words for e in w.entries])


def write_tallies(counted: Iterable[Counted]) -> tuple[Tally, ...]:
    """Rows of every policy: for each outcome the total first, then a row a group."""
    rows: list[Tally] = []
    outcomes = list(counted)
    for policy in load_policies().policies:
        for one in outcomes:
            rows.append(_row(one.outcome, None, total_under(one, policy), policy))
            for label, settled in one.groups:
                count = count_words(settled, policy)
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
    """Every number of every origin in every report, and of groups, in the order they were told."""
    rows: list[ToldFigure] = []
    for one in counted:
        known = {(_owner(r.word), r.word.group, r.word.said) for r in one.spoken}
        groups = [
            r
            for _, settled in one.groups
            for r in settled.rulings
            if (_owner(r.word), r.word.group, r.word.said) not in known
        ]
        rows += map(_told, sorted([*one.spoken, *groups], key=lambda r: told_order(r.word)))
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
