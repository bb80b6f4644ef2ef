"""Words: the numbers that one origin gives in one report.

Reads   members, their claims and who speaks in them.
Writes  nothing; returns words, each with the claims behind it.

Within a report the rules are those of `tally`: subsets are not added again, a running
toll takes the place of what it sums up, who died is not among the injured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from marsad.codebook.policies import Range, load_policies
from marsad.incidents.account.member import Member, Moment, moment_of
from marsad.incidents.account.origins import Context, Voice, voice_of
from marsad.incidents.accounts import NOBODY, Bounds, Entry, read_accounts
from marsad.incidents.compare import name_words
from marsad.incidents.tally import (
    OUTCOMES,
    UNSAID,
    bounds_of_group,
    bounds_of_side,
    by_side,
    group_entries,
    holds_doers,
    side_of,
    total_of,
)
from marsad.records import Claim, Figure, Outcome, Policy

DOERS = "perpetrators"
WHOLE = "whole"
Count = Callable[[list[Entry]], Bounds]


@dataclass(frozen=True)
class Word:
    """One number of one origin in one report.

    `side` is whose people it counts, WHOLE where it is of everybody; `group` the words
    for them. `bounds` are as each policy reads the words. `states`: whether a number is
    given, and not only somebody told of; `is_vague`: "dozens". `copy_of`: the report
    whose text this one repeats. `is_echo`: the outlet's own voice beside a claimant it names.
    `was_overtaken`: the report itself tells it as an earlier number. `added_to`: the word
    of another report that it was put on top of.
    """

    voice: Voice
    member: Member
    at: Moment
    outcome: Outcome
    side: str
    group: str | None
    bounds: dict[Policy, Bounds]
    entries: tuple[Entry, ...]
    states: bool = True
    is_vague: bool = False
    copy_of: str | None = None
    is_echo: bool = False
    was_overtaken: bool = False
    added_to: Word | None = None

    @property
    def said(self) -> Bounds:
        """The number as the words put it."""
        return self.bounds["latest-credible"]

    @property
    def top(self) -> int:
        """The most that it says, its best where it is open above."""
        return self.said.best if self.said.high is None else self.said.high

    @property
    def is_firm(self) -> bool:
        """Whether somebody counted."""
        return self.states and not self.is_vague

    @property
    def is_number(self) -> bool:
        """Whether it gives any number, be it "dozens", and not only a plural."""
        if not self.is_vague:
            return self.states
        return not all(a.is_plural_only for a in read_accounts(self.entries))

    @property
    def is_running(self) -> bool:
        """Whether it is put as a toll that has risen."""
        return any(e.figure.cumulative for e in self.entries)

    @property
    def is_additive(self) -> bool:
        """Whether it is put on top of an earlier number."""
        return bool(self.entries) and all(e.figure.additive for e in self.entries)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it was read from, and those of the number it adds to."""
        base = self.added_to.claims if self.added_to else ()
        return tuple(dict.fromkeys((*base, *(e.claim.id for e in self.entries))))


@dataclass(frozen=True)
class Part:
    """What one report tells of the incident: its members' claims, those rejected left out.

    `copy_of` is the report whose text it repeats.
    """

    members: tuple[Member, ...]
    claims: tuple[Claim, ...]
    voices: tuple[Voice, ...]
    copy_of: str | None

    @property
    def is_copy(self) -> bool:
        """Whether it repeats another report of the incident."""
        return self.copy_of is not None

    @property
    def member(self) -> Member:
        """The first of its members; all are of one report."""
        return self.members[0]


def read_part(
    members: Sequence[Member], rejected: frozenset[str], context: Context, teller: Member
) -> Part:
    """One report's members together; a report may tell of the incident in two places.

    `teller` is the member whose text it is: another one's, where the report is a copy.
    """
    claims = {c.id: c for m in members for c in m.claims if c.id not in rejected}
    ordered = sorted(claims.values(), key=lambda c: (c.trigger.start, c.id))
    voices = tuple(voice_of(c, teller, context) for c in ordered)
    copy_of = teller.report.id if teller.report.id != members[0].report.id else None
    return Part(tuple(members), tuple(ordered), voices, copy_of)


def read_words(part: Part) -> tuple[list[Word], list[Word]]:
    """The words for wholes and sides, and those for groups, in order of outcome."""
    wholes: list[Word] = []
    groups: list[Word] = []
    dead: frozenset[tuple[str, str]] = frozenset()
    killed: dict[str, Bounds] = {}
    for outcome in OUTCOMES:
        entries = [
            (voice, Entry(figure, claim))
            for voice, claim in zip(part.voices, part.claims, strict=True)
            if claim.modality != "denied"
            for figure in claim.figures
            if figure.outcome == outcome
        ]
        if outcome == "killed":
            dead = frozenset(p for _, e in entries if (p := e.person) is not None)
        elif outcome == "injured":
            entries = [(v, e) for v, e in entries if e.person not in dead]
        named = any(not v.own for v, _ in entries)
        by_voice: dict[Voice, list[Entry]] = {}
        for voice, entry in entries:
            by_voice.setdefault(voice, []).append(entry)
        for voice, told in by_voice.items():
            whole, grouped = _of_voice(part, voice, outcome, told, killed)
            if voice.own and named:
                whole = [replace(w, is_echo=True) for w in whole]
                grouped = [replace(w, is_echo=True) for w in grouped]
            wholes += whole
            groups += grouped
            if outcome == "killed":
                killed.update((voice.key, w.said) for w in whole if w.side == WHOLE)
    return wholes, groups


def _of_voice(
    part: Part, voice: Voice, outcome: Outcome, told: list[Entry], killed: dict[str, Bounds]
) -> tuple[list[Word], list[Word]]:
    dead = None
    if outcome == "injured" and killed:
        dead = killed.get(voice.key) or next(iter(killed.values()))
    current = [e for e in told if not e.figure.superseded]
    earlier = [e for e in told if e.figure.superseded] if current else []
    current = current or told
    make = _Maker(part, voice, outcome, dead)
    whole = [e for e in current if e.figure.subset_of is None] or current
    sides = by_side(whole)
    doers = sides.pop(DOERS, [])
    people = [e for e in whole if not any(e is d for d in doers)]
    words: list[Word] = []
    if people:
        everybody = make.whole(people, sides)
        words.append(everybody)
        if len(sides) == 1:
            words += [replace(everybody, side=side) for side in sides if side != UNSAID]
        else:
            words += [make.side(side, told) for side, told in sides.items() if side != UNSAID]
    if doers and not holds_doers(people, doers):
        words.append(make.side(DOERS, doers))
    words += [replace(make.whole([e], {}), was_overtaken=True) for e in earlier]
    return words, [make.group(label, members) for label, members in group_entries(current)]


@dataclass(frozen=True)
class _Maker:
    """Makes the words of one voice in one report on one outcome."""

    part: Part
    voice: Voice
    outcome: Outcome
    killed: Bounds | None

    def whole(self, entries: list[Entry], sides: dict[str, list[Entry]]) -> Word:
        label = _label(entries) if len(sides) < 2 else None
        return self._word(WHOLE, label, entries, lambda e: total_of(e, self.killed))

    def side(self, side: str, entries: list[Entry]) -> Word:
        return self._word(side, _label(entries), entries, lambda e: bounds_of_side(e, self.killed))

    def group(self, label: str, entries: list[Entry]) -> Word:
        parts = all(e.figure.subset_of is not None for e in entries)
        side = f"{'part of ' if parts else ''}{side_of(entries[0].figure)}"
        return self._word(side, label, entries, bounds_of_group)

    def _word(self, side: str, group: str | None, entries: list[Entry], count: Count) -> Word:
        bounds = _by_policy(entries, count)
        stated = read_accounts(entries)
        return Word(
            voice=self.voice,
            member=self.part.member,
            at=moment_of(self.part.member),
            outcome=self.outcome,
            side=side,
            group=group,
            bounds=bounds,
            entries=tuple(entries),
            states=bool(stated) or bounds["latest-credible"] == NOBODY,
            is_vague=bool(stated) and not any(a.is_firm for a in stated),
            copy_of=self.part.copy_of,
        )


def _label(entries: Sequence[Entry]) -> str | None:
    """The words for the people counted, where they are one and the same."""
    stated = [e for a in read_accounts(entries) for e in a.entries] or list(entries)
    labels = {frozenset(name_words(e.figure.group or "")) for e in stated}
    return stated[0].figure.group if len(labels) == 1 else None


def _by_policy(entries: list[Entry], count: Count) -> dict[Policy, Bounds]:
    """The number as each policy reads the vague words in it."""
    policies = load_policies().policies
    if not any(e.figure.qualifier == "vague" for e in entries):
        return dict.fromkeys(policies, count(entries))
    bounds: dict[Policy, Bounds] = {}
    known: dict[tuple[tuple[int, int | None], ...], Bounds] = {}
    for name in policies:
        read = [replace(e, figure=reread(e.figure, name)) for e in entries]
        key = tuple((e.figure.low, e.figure.high) for e in read)
        if key not in known:
            known[key] = count(read)
        bounds[name] = known[key]
    return bounds


def reread(figure: Figure, policy: Policy) -> Figure:
    """A vague figure with the bounds that the policy gives its words.

    The word is the longest in the quote that the coder can have read these bounds from; a
    number that no single word gives ("tens of thousands") stays.
    """
    if figure.qualifier != "vague":
        return figure
    table = load_policies()
    read: Range = (figure.low, figure.high)
    quote = f" {' '.join(figure.evidence.quote.lower().split())} "
    words = [w for w, said in table.coded.items() if said == read and f" {w} " in quote]
    if words:
        low, high = table.policies[policy].vague[max(words, key=len)]
    elif read == table.coded["plural"]:
        low, high = table.policies[policy].plural
    else:
        return figure
    return figure.model_copy(update={"low": low, "high": high})
