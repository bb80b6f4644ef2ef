"""Disputes over reports: what independent reports say that cannot both hold.

Reads   the parts that reports tell, their values and the numbers that stand.
Writes  nothing; returns Dispute records, the earlier claim first.

Disputes within a report come with its judgements and stay. Values are compared by what
differs, not report by report: a hundred reports of one day are one side of a dispute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from marsad.geodesy import great_circle_km
from marsad.incidents.account.counting import most_credible
from marsad.incidents.account.standing import standing
from marsad.incidents.account.tallies import Counted
from marsad.incidents.account.values import Said
from marsad.incidents.account.words import Part, Word
from marsad.incidents.compare import compare_places, name_words
from marsad.incidents.group import OPENING
from marsad.records import Claim, Dispute, DisputeAbout, EventType, Participant, Place, When

# What happened in the night is told of either day.
_NIGHT = re.compile(
    r"\b(?:over)?night|\bmidnight|\bevening|\bdawn|\bpre-dawn|\bsmall hours|\bearly (?:hours|on)"
    r"|\blate (?:on|in)\b",
    re.IGNORECASE,
)
# Both sides are doers in these.
_MUTUAL: frozenset[EventType] = frozenset({"armed-clash", "agreement", "territory-change"})
_STATE_BODIES = frozenset({"government", "military", "police", "intelligence"})


def find_report_disputes(said: Sequence[Said], counted: Iterable[Counted]) -> list[Dispute]:
    """Disputes of date, place, doer and number between independent reports, in order."""
    return [*_dates(said), *_places(said), *_doers(said), *_numbers(counted)]


def still_open(disputes: Iterable[Dispute], counted: Iterable[Counted]) -> list[Dispute]:
    """The disputes without those of numbers of which one does not stand any more."""
    states: dict[str, set[str]] = {}
    for ruling in (r for one in counted for r in one.spoken):
        for claim in ruling.word.claims:
            states.setdefault(claim, set()).add(ruling.state)
    overtaken = {claim for claim, found in states.items() if found == {"superseded"}}
    return [d for d in disputes if d.about != "figure" or not {d.claim, d.counterclaim} & overtaken]


def _dispute(about: DisputeAbout, first: Claim, other: Claim) -> Dispute:
    sources = dict.fromkeys((first.attribution[0].source, other.attribution[0].source))
    return Dispute(about=about, claim=first.id, counterclaim=other.id, sources=tuple(sources))


def _dates(said: Sequence[Said]) -> list[Dispute]:
    """Days or weeks that do not meet; two days in a row do where the words tell of the night."""
    firsts: dict[tuple[object, object], tuple[When, Claim, bool]] = {}
    for part, values in said:
        if values.when is not None and values.when.precision in ("day", "week"):
            claim = _giver(part, lambda c, when=values.when: c.when == when)
            key = (values.when.start, values.when.end)
            at_night = bool(_NIGHT.search(" ".join(e.quote for e in claim.evidence)))
            if values.when.evidence is not None:
                at_night |= bool(_NIGHT.search(values.when.evidence.quote))
            known = firsts.get(key)
            if known is None:
                firsts[key] = (values.when, claim, at_night)
            elif at_night:
                firsts[key] = (known[0], known[1], True)
    if not firsts:
        return []
    (when, claim, night), *others = firsts.values()
    return [
        _dispute("date", claim, other)
        for rival, other, at_night in others
        if _days_apart(when, rival) > (1 if night or at_night else 0)
    ]


def _days_apart(a: When, b: When) -> int:
    return max((a.start - b.end).days, (b.start - a.end).days)


def _places(said: Sequence[Said]) -> list[Dispute]:
    """Listed places, named where the event is told, further apart than their precision allows."""
    firsts: dict[object, tuple[Place, Claim]] = {}
    for part, values in said:
        if values.place is not None and values.place.geonameid is not None:
            key = values.place.geonameid
            if key not in firsts:
                claim = _giver(part, lambda c, place=values.place: c.place == place)
                firsts[key] = (values.place, claim)
    if not firsts:
        return []
    (place, claim), *others = firsts.values()
    return [
        _dispute("place", claim, other)
        for rival, other in others
        if compare_places(place, rival).value < 0 and not _near(place, rival)
    ]


# Towns so near are told one for the other: the event lay between them.
NEAR_KM = 25.0


def _near(a: Place, b: Place) -> bool:
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return False
    ours, theirs = (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    return great_circle_km(ours, theirs) <= NEAR_KM


def _doers(said: Sequence[Said]) -> list[Dispute]:
    """One says A did it and names nobody else, another says B; not where both fought."""
    firsts: dict[frozenset[str], tuple[list[Participant], Claim]] = {}
    for part, values in said:
        doers = [p for p in values.participants if p.role == "actor" and p.actor_id]
        key = frozenset(p.actor_id or "" for p in doers)
        if doers and values.event_type not in _MUTUAL and key not in firsts:
            claim = _giver(part, lambda c, key=key: any(p.actor_id in key for p in c.participants))
            firsts[key] = (doers, claim)
    if not firsts:
        return []
    (doers, claim), *others = firsts.values()
    return [
        _dispute("perpetrator", claim, other)
        for rivals, other in others
        if not any(_one_side(p, q) for p in doers for q in rivals)
    ]


def _one_side(p: Participant, q: Participant) -> bool:
    """Whether two names can be of one doer: one id, one state, or a name in the other."""
    if p.actor_id == q.actor_id:
        return True
    a, b = name_words(p.name), name_words(q.name)
    if a and b and (a <= b or b <= a):
        return True
    if p.kind in _STATE_BODIES and q.kind in _STATE_BODIES:
        return (p.actor_id or "").split("-")[0] == (q.actor_id or "").split("-")[0]
    return False


def _numbers(counted: Iterable[Counted]) -> list[Dispute]:
    """Numbers of reports that stand at the same time and cannot both hold.

    Only numbers that a report states are compared, not sums over those it tells of.
    """
    found: list[Dispute] = []
    for one in counted:
        for settled in one.streams:
            words = [w for w in standing(settled.rulings) if w.is_firm and _literal(w) is not None]
            if not words:
                continue
            base = most_credible(settled, words, "latest-credible")
            rivals: dict[object, Word] = {}
            for word in words:
                if word.voice.key != base.voice.key and _cannot_both_hold(base, word):
                    rivals.setdefault(word.said, word)
            found += [_number_dispute(base, w) for w in rivals.values()]
    return found


def _literal(word: Word) -> Claim | None:
    """The claim that states the number itself."""
    for entry in word.entries:
        if (entry.figure.low, entry.figure.high) == (word.said.low, word.said.high):
            return entry.claim
    return None


def _number_dispute(base: Word, rival: Word) -> Dispute:
    first, other = sorted((base, rival), key=lambda w: (w.at.start, w.member.report.id))
    return Dispute(
        about="figure",
        claim=(_literal(first) or first.entries[0].claim).id,
        counterclaim=(_literal(other) or other.entries[0].claim).id,
        sources=(first.voice.name, other.voice.name),
    )


def _cannot_both_hold(a: Word, b: Word) -> bool:
    """Ranges that do not meet. One person told of may be one of many, so 1 disputes nothing."""
    low, high = sorted((a, b), key=lambda w: w.said.low)
    closed = low.said.high is not None and low.said.high < high.said.low
    return closed and low.said.high != 1


def _giver(part: Part, gives: object) -> Claim:
    """The first core claim that gives a value, or the first at all."""
    core = [c for c in part.claims if c.modality in OPENING] or list(part.claims)
    test = gives if callable(gives) else bool
    return next((c for c in core if test(c)), core[0])
