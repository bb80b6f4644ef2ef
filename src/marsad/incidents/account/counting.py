"""Counting: one number out of what still stands, under each policy.

Reads   rulings on the words about the same people.
Writes  nothing; returns bounds and the words behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.codebook.policies import load_policies
from marsad.incidents.account.origins import Voice
from marsad.incidents.account.standing import Ruling, last_words, standing, told_order
from marsad.incidents.account.words import Word
from marsad.incidents.accounts import NOBODY, Bounds
from marsad.records import Policy


@dataclass(frozen=True)
class Count:
    """A number under a policy and the words it was made of."""

    bounds: Bounds
    words: tuple[Word, ...]

    def plus(self, other: Count) -> Count:
        """The sum over two disjoint sets of people."""
        return Count(self.bounds.plus(other.bounds), (*self.words, *other.words))


@dataclass(frozen=True)
class Settled:
    """Rulings on words about the same people, and who gives which number now.

    `backers` are the origins whose last word is a number, beside those in whose name a
    report gives it.
    """

    rulings: tuple[Ruling, ...]
    backers: dict[int, frozenset[str]]


def count_words(settled: Settled, policy: Policy) -> Count:
    """The number that a policy makes of what is settled, where any word stands."""
    words = standing(settled.rulings)
    if not words:
        return Count(NOBODY, ())
    return _COUNTERS[policy](settled, sorted(words, key=told_order))


def _latest_credible(settled: Settled, words: list[Word]) -> Count:
    """The range of what stands; best is the number that most independent origins give."""
    said = [w.said for w in words]
    low, top_low = min(b.low for b in said), max(b.low for b in said)
    closed = [b.high for b in said if b.high is not None]
    high = max(closed) if closed and max(closed) >= top_low else None
    best = most_credible(settled, words, "latest-credible").said.best
    return Count(_ordered(low, best, high), tuple(words))


def _acled_conservative(settled: Settled, words: list[Word]) -> Count:
    """The lowest number that stands, as one integer; "up to 10" gives no lowest but its 10."""

    def lowest(word: Word) -> int:
        bounds = word.bounds["acled-conservative"]
        return bounds.low or bounds.best

    number = min(lowest(w) for w in words)
    behind = tuple(w for w in words if lowest(w) == number)
    return Count(Bounds(number, number, number), behind)


def _ucdp_best(settled: Settled, words: list[Word]) -> Count:
    """Best as the most credible; low the lowest reliable that stands, high of all last words."""
    unreliable = load_policies().unreliable
    reliable = [w for w in words if w.voice.kind not in unreliable] or words
    spoken = [w for w in last_words(settled.rulings) if w.is_number] or words
    bounds = [w.bounds["ucdp-best"] for w in spoken]
    low = min(w.bounds["ucdp-best"].low for w in reliable)
    best = most_credible(settled, reliable, "ucdp-best").bounds["ucdp-best"].best
    high = max(b.best if b.high is None else b.high for b in bounds)
    return Count(_ordered(low, best, high), tuple(spoken))


def _airwars_range(settled: Settled, words: list[Word]) -> Count:
    """Minimum and maximum over the last words of all origins; best is the minimum."""
    spoken = [w for w in last_words(settled.rulings) if w.is_number] or words
    bounds = [w.bounds["airwars-range"] for w in spoken]
    low = min(b.low for b in bounds)
    high = max(b.best if b.high is None else b.high for b in bounds)
    return Count(_ordered(low, low, high), tuple(spoken))


_COUNTERS: dict[Policy, Callable[[Settled, list[Word]], Count]] = {
    "latest-credible": _latest_credible,
    "acled-conservative": _acled_conservative,
    "ucdp-best": _ucdp_best,
    "airwars-range": _airwars_range,
}


def _ordered(low: int, best: int, high: int | None) -> Bounds:
    return Bounds(min(low, best), best, high if high is None else max(high, best))


def most_credible(settled: Settled, words: Sequence[Word], policy: Policy) -> Word:
    """The word whose number most independent origins give.

    Among equals that of the more credible kind of source (policies.toml), then an exact
    one before a floor, then the latest, then the higher.
    """
    rank = load_policies().rank
    voices: dict[int, set[str]] = {}
    for word in words:
        number = word.bounds[policy].best
        backers = voices.setdefault(number, set(settled.backers.get(number, ())))
        backers.add(origin_key(word.voice))

    def merit(word: Word) -> tuple[int, int, bool, datetime, int, str, str]:
        bounds = word.bounds[policy]
        return (
            len(voices[bounds.best]),
            -rank[word.voice.kind],
            bounds.low == bounds.high,
            word.at.start,
            bounds.best,
            word.member.report.id,
            word.voice.key,
        )

    return max(words, key=merit)


def back_numbers(spoken: Sequence[Ruling]) -> dict[int, frozenset[str]]:
    """Who gives which number now; an outlet only where its report names nobody who counts."""
    named = {r.word.member.report.id for r in spoken if not r.word.voice.own}
    backers: dict[int, set[str]] = {}
    for ruling in spoken:
        word = ruling.word
        retold = word.voice.own and word.member.report.id in named
        if ruling.is_last and ruling.stands and word.is_firm and not retold:
            backers.setdefault(word.said.best, set()).add(origin_key(word.voice))
    return {number: frozenset(keys) for number, keys in backers.items()}


def origin_key(voice: Voice) -> str:
    """What two words of one origin share; outlets without a name may be one."""
    return voice.key if voice.is_known else "unnamed outlet"
