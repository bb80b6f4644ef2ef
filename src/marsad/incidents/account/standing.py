"""Standing: which of the numbers told for the same people still stand.

Reads   words of one outcome about the same people.
Writes  nothing; returns a ruling on each, with the sentence for a reviewer.

Each origin speaks with its latest word. A toll that another origin later puts higher
has grown, and the lower one is overtaken unless it is told again after that; told at
about the same time, or by the other side of a fight, both stand against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from marsad.codebook.policies import load_policies
from marsad.incidents.account.member import name_report
from marsad.incidents.account.words import Word
from marsad.incidents.accounts import Bounds
from marsad.records import FigureState, SourceKind

# Police count the dead for the public in most countries, and speak for a side in few.
_STATE_KINDS: frozenset[SourceKind] = frozenset({"government", "military"})
# A rise of so few is growth, however small the first number was.
GROWTH_SLACK = 5


@dataclass(frozen=True)
class Ruling:
    """Whether a word stands. `by` is the word that overtook it.

    `is_last`: it is what its origin says last, whatever others say.
    """

    word: Word
    state: FigureState
    why: str
    by: Word | None = None
    is_last: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is counted."""
        return self.state == "current"


def settle(words: Sequence[Word]) -> list[Ruling]:
    """A ruling on each word, in the order they were told."""
    ordered = sorted(words, key=told_order)
    originals = {_utterance(w, w.member.report.id) for w in words}
    copies = [w for w in ordered if w.copy_of and _utterance(w, w.copy_of) in originals]
    repeated = {id(w) for w in copies}
    rulings = [Ruling(w, "copy", f"repeats {_named(w.copy_of, words)}") for w in copies]
    voiced: dict[str, list[Word]] = {}
    for word in _with_additions([w for w in ordered if id(w) not in repeated]):
        if word.was_overtaken:
            why = f"{name_report(word.member.report)} tells it as an earlier number"
            rulings.append(Ruling(word, "superseded", why, word))
        else:
            voiced.setdefault(word.voice.key, []).append(word)
    last: list[Word] = []
    for spoken in voiced.values():
        latest = _last_of(spoken)
        last.append(latest)
        rulings += [_ruling_on_earlier(w, latest) for w in spoken if w is not latest]
    rulings += _among(last)
    return sorted(rulings, key=lambda r: told_order(r.word))


def _utterance(word: Word, report: str) -> tuple[object, ...]:
    """What a copy has in common with what it repeats; one with another number is a new word."""
    return report, word.voice.key, word.said, word.was_overtaken


def _named(report: str | None, words: Sequence[Word]) -> str:
    return next(name_report(w.member.report) for w in words if w.member.report.id == report)


def told_order(word: Word) -> tuple[datetime, bool, int, int, str, str, str]:
    """The order words were told in; of one time the higher toll is the later."""
    group = f"{word.side} {word.group or ''}"
    number = word.top, word.said.low
    return word.at.start, word.is_running, *number, word.member.report.id, word.voice.key, group


def _with_additions(words: Sequence[Word]) -> list[Word]:
    """Words with "another five" added to the number that stood before it."""
    settled: list[Word] = []
    for word in words:
        before: list[Word] = []
        if word.is_additive:
            before = [w for w in settled if w.is_firm and w.at < word.at]
        if not before:
            settled.append(word)
            continue
        own = [w for w in before if w.voice.key == word.voice.key]
        base = (own or before)[-1]
        bounds = {name: base.bounds[name].plus(more) for name, more in word.bounds.items()}
        settled.append(replace(word, bounds=bounds, added_to=base))
    return settled


def _last_of(spoken: Sequence[Word]) -> Word:
    """What an origin says last; "dozens", "a man" or one of many take back no number it gave.

    Of what several reports have of it at about that time, a toll that has risen, or else
    the number that most of them give: a single report may have misheard, or be misread.
    """
    firm: list[Word] = []
    for word in (w for w in spoken if w.is_firm):
        if word.is_running or not any(_is_one_of(word, w) for w in firm):
            firm.append(word)
    if not firm:
        return ([w for w in spoken if w.states] or spoken)[-1]
    if firm[-1].is_running:
        return firm[-1]
    near = [w for w in firm if not firm[-1].at.is_after(w.at)]
    given = Counter(w.said for w in near)
    return max(enumerate(near), key=lambda one: (given[one[1].said], one[0]))[1]


def _is_one_of(word: Word, other: Word) -> bool:
    """Whether a single person told of may be among the many of another number."""
    return word.said.best == 1 and other.said.low > load_policies().growth_factor


def _ruling_on_earlier(word: Word, latest: Word) -> Ruling:
    if word.said == latest.said and word.states:
        return Ruling(word, "current", f"said again in {name_report(latest.member.report)}")
    if word.at <= latest.at:
        why = f"{word.voice.name} says {put(latest.said)} in {name_report(latest.member.report)}"
        return Ruling(word, "superseded", why, latest)
    return Ruling(word, "set-aside", f"no number beside the {put(latest.said)} given before")


def _among(last: Sequence[Word]) -> list[Ruling]:
    """Rulings on the last words of the origins."""
    counted = _counted(last)
    among = {id(w) for w in counted}
    rulings: list[Ruling] = []
    risen = _risen_by(counted)
    for word in last:
        over = risen.get(id(word))
        if id(word) not in among:
            rulings.append(Ruling(word, "set-aside", _why_aside(word), is_last=True))
        elif over is None:
            rulings.append(Ruling(word, "current", "", is_last=True))
        else:
            where = f"{over.voice.name}, in {name_report(over.member.report)}"
            why = f"the toll rose to {put(over.said)}: {where}"
            rulings.append(Ruling(word, "superseded", why, over, is_last=True))
    return rulings


def _counted(last: Sequence[Word]) -> list[Word]:
    """The words that give a number.

    Persons told of ("a man", or one where another says 14) are no number, unless more
    origins tell of just so many than give any.
    """
    firm = [w for w in last if w.is_firm]
    if not firm:
        return [w for w in last if w.states] or list(last)
    many = max(firm, key=lambda w: w.said.low)
    strong = [w for w in firm if not _is_one_of(w, many)]
    weak: dict[Bounds, list[Word]] = {}
    for word in last:
        if not word.is_vague and (not word.states or _is_one_of(word, many)):
            weak.setdefault(word.said, []).append(word)
    most = max(weak.values(), key=lambda ws: (_origins(ws), -ws[0].top), default=[])
    return [*strong, *most] if _origins(most) > _origins(strong) else strong


def _origins(words: Sequence[Word]) -> int:
    return len({w.voice.key for w in words})


def _why_aside(word: Word) -> str:
    if not word.states:
        return "no number, where others give one"
    return "a vague number, where others count" if word.is_vague else "may be one of the many"


def _risen_by(words: Sequence[Word]) -> dict[int, Word]:
    """For each word that was overtaken, by id(), the first later one that overtook it.

    No fewer origins must say more than say the number that they overtake. Words alike in
    time, number and side are asked once.
    """
    classes: dict[tuple[object, ...], list[Word]] = {}
    backers: dict[int, set[str]] = {}
    for word in sorted(words, key=told_order):
        kind = (word.at, word.said, _party(word), word.is_running)
        classes.setdefault(kind, []).append(word)
        backers.setdefault(word.said.best, set()).add(word.voice.key)
    risen: dict[int, Word] = {}
    for members in classes.values():
        word = members[0]
        over = [others for others in classes.values() if _overtakes(others[0], word)]
        sayers = {w.voice.key for others in over for w in others}
        running = any(others[0].is_running for others in over)
        if over and (running or len(sayers) >= len(backers[word.said.best])):
            risen |= {id(w): over[0][0] for w in members}
    return risen


def _overtakes(later: Word, word: Word) -> bool:
    if later.said.low <= word.top or not later.at.is_after(word.at):
        return False
    if {_party(later), _party(word)} == {"state", "armed"} or word.top == 0:
        return False
    rise = later.said.low - word.top
    within = later.said.low <= word.top * load_policies().growth_factor or rise <= GROWTH_SLACK
    return within or later.is_running


def _party(word: Word) -> str:
    """Which side of a fight an origin speaks for, if any."""
    if word.voice.kind in _STATE_KINDS:
        return "state"
    return "armed" if word.voice.kind == "armed-group" else ""


def put(bounds: Bounds) -> str:
    """A number with its uncertainty, in words."""
    if bounds.high is None:
        return f"at least {bounds.low}"
    if bounds.low == bounds.high:
        return str(bounds.low)
    return f"{bounds.low} to {bounds.high}"


def standing(rulings: Iterable[Ruling]) -> list[Word]:
    """The words that are counted, one an origin."""
    return [r.word for r in rulings if r.stands and r.is_last]


def last_words(rulings: Iterable[Ruling]) -> list[Word]:
    """What every origin says last, overtaken or not; one told of among many is no number."""
    aside = "set-aside"
    return [r.word for r in rulings if r.is_last and not (r.state == aside and r.word.is_firm)]
