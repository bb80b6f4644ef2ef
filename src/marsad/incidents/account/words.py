"""Words: the numbers that a report gives, and those of each origin in it.

Reads   members, their claims and who speaks in them.
Writes  nothing; returns words, each with the claims behind it.

Within a report the rules are those of `tally`: subsets are not added again, a running
toll takes the place of what it sums up, who died is not among the injured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from marsad.codebook.policies import Range, load_policies
from marsad.codebook.words import load_common_words
from marsad.incidents.account.member import Member, Moment, moment_of
from marsad.incidents.account.origins import Context, Voice, outlet_voice, voice_of
from marsad.incidents.accounts import NOBODY, Account, Bounds, Entry, read_accounts
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
_PRONOUNS = frozenset("he him his himself she her hers herself they them their it i me".split())
Count = Callable[[list[Entry]], Bounds]


@dataclass(frozen=True)
class Word:
    """One number of one origin in one report.

    `side` is whose people it counts, WHOLE where it is of everybody; `group` the words
    for them. `bounds` are as each policy reads the words. `states`: whether a number is
    given, and not only somebody told of; `is_vague`: "dozens". `copy_of`: the report
    whose text this one repeats. `was_overtaken`: the report itself tells it as an
    earlier number. `added_to`: the word of another report that it was put on top of.
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

    `voices` say whose each claim is, `outlet` is the report's own, `copy_of` the report
    whose text it repeats.
    """

    members: tuple[Member, ...]
    claims: tuple[Claim, ...]
    voices: tuple[Voice, ...]
    outlet: Voice
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
    ordered = list(claims.values())
    if len(members) > 1:
        ordered.sort(key=lambda c: (c.trigger.start, c.id))
    voices = tuple(voice_of(c, teller, context) for c in ordered)
    copy_of = teller.report.id if teller.report.id != members[0].report.id else None
    outlet = outlet_voice(teller, "", "media")
    return Part(tuple(members), tuple(ordered), voices, outlet, copy_of)


@dataclass(frozen=True)
class Told:
    """The words of one report, in order of outcome.

    `accounts` are the report's own reckoning: for everybody, for each side, and for the
    doers, spoken by whose number it takes. `groups` are those for groups of people, and
    `spoken` what each of its origins says by itself.
    """

    accounts: tuple[Word, ...]
    groups: tuple[Word, ...]
    spoken: tuple[Word, ...]


def read_words(part: Part) -> Told:
    """What a report tells of every outcome."""
    accounts: list[Word] = []
    groups: list[Word] = []
    spoken: list[Word] = []
    voice_of_claim = {c.id: v for c, v in zip(part.claims, part.voices, strict=True)}
    dead: frozenset[tuple[str, str]] = frozenset()
    killed: Bounds | None = None
    for outcome in OUTCOMES:
        entries = [
            Entry(figure, claim)
            for claim in part.claims
            if claim.modality != "denied"
            for figure in claim.figures
            if figure.outcome == outcome
        ]
        if outcome == "killed":
            dead = frozenset(p for e in entries if (p := e.person) is not None)
        elif outcome == "injured":
            entries = [e for e in entries if e.person not in dead]
        if not entries:
            continue
        make = _Maker(part, outcome, killed if outcome == "injured" else None, voice_of_claim)
        said = make.spoken(entries)
        reckoned = make.accounts(entries, said)
        if outcome == "killed":
            killed = next((w.said for w in reckoned if w.side == WHOLE), None)
        accounts += reckoned
        spoken += said
        groups += make.groups(entries, said)
    return Told(tuple(accounts), tuple(groups), tuple(spoken))


@dataclass(frozen=True)
class _Maker:
    """Makes the words of one report on one outcome."""

    part: Part
    outcome: Outcome
    killed: Bounds | None
    voice_of_claim: dict[str, Voice]

    def accounts(self, entries: list[Entry], spoken: Sequence[Word]) -> list[Word]:
        """The report's reckoning; a number told as an earlier one counts where no other is."""
        current = [e for e in entries if not e.figure.superseded] or entries
        people, sides, doers = _by_part(current)
        words: list[Word] = []
        if people:
            # As within the report, with the doers where it does not count them already.
            if len(spoken) == 1:
                everybody = replace(spoken[0], side=WHOLE)
            else:
                everybody = self._word(WHOLE, [*people, *doers], self._count_whole, spoken)
            words.append(everybody)
            said = [side for side in sides if side != UNSAID]
            if len(sides) == 1 and not doers:
                words += [replace(everybody, side=side) for side in said]
            else:
                words += [self._word(s, sides[s], self._count_side, spoken) for s in said]
        if doers and not holds_doers(people, doers):
            words.append(self._word(DOERS, doers, self._count_side, spoken))
        return words

    def groups(self, entries: list[Entry], spoken: Sequence[Word]) -> list[Word]:
        """The words for groups; one person's name or a pronoun names no group."""
        current = [e for e in entries if not e.figure.superseded] or entries
        words: list[Word] = []
        for label, members in group_entries(current):
            if names_group(label):
                inside = all(e.figure.subset_of is not None for e in members)
                side = f"{'part of ' if inside else ''}{side_of(members[0].figure)}"
                word = self._word(side, members, bounds_of_group, spoken)
                words.append(replace(word, group=label, states=True))
        return words

    def spoken(self, entries: list[Entry]) -> list[Word]:
        """What each origin says by itself, and what it is told to have said before."""
        by_voice: dict[Voice, list[Entry]] = {}
        for entry in entries:
            by_voice.setdefault(self.voice_of_claim[entry.claim.id], []).append(entry)
        words: list[Word] = []
        for told in by_voice.values():
            current = [e for e in told if not e.figure.superseded]
            people, sides, doers = _by_part(current or told)
            side = next(iter(sides)) if len(sides) == 1 and UNSAID not in sides else WHOLE
            if people:
                words.append(self._word(side, [*people, *doers], self._count_whole, ()))
            else:
                words.append(self._word(DOERS, doers, self._count_side, ()))
            for entry in (e for e in told if e.figure.superseded and current):
                word = self._word(WHOLE, [entry], self._count_whole, ())
                words.append(replace(word, was_overtaken=True))
        return words

    def _count_whole(self, entries: list[Entry]) -> Bounds:
        return total_of(entries, self.killed)

    def _count_side(self, entries: list[Entry]) -> Bounds:
        return bounds_of_side(entries, self.killed)

    def _word(self, side: str, entries: list[Entry], count: Count, spoken: Sequence[Word]) -> Word:
        bounds = _by_policy(entries, count)
        stated = read_accounts(entries)
        said = bounds["latest-credible"]
        return Word(
            voice=self._speaker(entries, said, spoken),
            member=self.part.member,
            at=moment_of(self.part.member),
            outcome=self.outcome,
            side=side,
            group=_label(stated, entries),
            bounds=bounds,
            entries=tuple(entries),
            states=bool(stated) or said == NOBODY,
            is_vague=bool(stated) and not any(a.is_firm for a in stated),
            copy_of=self.part.copy_of,
        )

    def _speaker(self, entries: list[Entry], said: Bounds, spoken: Sequence[Word]) -> Voice:
        """Whose number it is: a claimant who gives it, or else the outlet that adds it up."""
        voices = dict.fromkeys(self.voice_of_claim[e.claim.id] for e in entries)
        if len(voices) == 1:
            return next(iter(voices))
        giving = [w.voice for w in spoken if w.said.best == said.best and w.voice in voices]
        return next((v for v in giving if not v.own), self.part.outlet)


def _by_part(entries: list[Entry]) -> tuple[list[Entry], dict[str, list[Entry]], list[Entry]]:
    """Entries of everybody but the doers, the same by side, and the doers; subsets left out."""
    whole = [e for e in entries if e.figure.subset_of is None] or entries
    sides = by_side(whole)
    doers = sides.pop(DOERS, [])
    return [e for e in whole if not any(e is d for d in doers)], sides, doers


def names_group(label: str) -> bool:
    """Whether words stand for a group of people, and are no name and no pronoun."""
    words = [w for w in label.split() if w.isalpha() and w.islower() and w not in _PRONOUNS]
    return any(w in load_common_words() for w in words)


def _label(stated: Sequence[Account], entries: Sequence[Entry]) -> str | None:
    """The words for the people counted, where they are one and the same and no name."""
    counted = [e for a in stated for e in a.entries] or list(entries)
    labels = {name_words(e.figure.group or "") for e in counted}
    label = counted[0].figure.group
    return label if len(labels) == 1 and names_group(label or "") else None


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
