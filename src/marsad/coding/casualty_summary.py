"""Summary: the one best reading of a report's own killed or injured.

Reads   doc._.figures, sentence starts, entity types.
Writes  nothing.
Never   stands in for a tally: the incident's tally weighs claims of many reports.

Groups named side by side in one sentence are added; a part is not added to its
whole; a running toll supersedes; one person told of again ("the victim", "he
died", the name after "a man") is one person; background is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from marsad.coding.casualty_lexicon import load_lexicon
from marsad.coding.mentions import FigureMention
from marsad.coding.numbers import Count
from marsad.records import Outcome, Qualifier

_FEMALE = frozenset(
    """she her herself woman girl mother wife daughter sister lady female aunt niece grandmother
    girlfriend widow bride granddaughter schoolgirl nun policewoman mom""".split()
)
_MALE = frozenset(
    """he him himself his man boy father husband son brother male uncle nephew grandfather boyfriend
    groom grandson schoolboy policeman serviceman dad guy gentleman fisherman priest gunman""".split()
)
_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_AGAIN = frozenset({"another", "second", "third", "fourth", "fifth", "sixth", "other"})


@dataclass
class _Person:
    """One person followed through the report."""

    outcomes: set[str]
    names: set[str] = field(default_factory=set)
    age: str | None = None
    gender: str | None = None
    head: str | None = None
    is_perpetrator: bool = False


@dataclass
class _Total:
    """What one sentence says in all of one outcome."""

    low: int
    high: int | None
    qualifier: Qualifier
    sentence: int
    cumulative: bool
    additive: bool
    many: bool  # says a number above one person


def summarise(doc: Doc, outcome: Outcome) -> Count | None:
    """The report's total of `outcome` for its main event; None when it gives no figure.

    A count of people followed one by one is taken where it exceeds every stated number.
    """
    figures = [
        f for f in doc._.figures if f["outcome"] in {"killed", "injured"} or f["outcome"] == outcome
    ]
    current = [f for f in figures if not f["background"]]
    if not any(f["outcome"] in {"killed", "injured"} for f in current):
        current = figures
    people = _follow_people(doc, current)
    dead = sum(1 for person in people if "killed" in person.outcomes)
    if outcome == "killed":
        singles = dead
    else:
        singles = sum(1 for p in people if outcome in p.outcomes and "killed" not in p.outcomes)
    totals = _sentence_totals(doc, current, outcome)
    best = _choose(totals)
    if best is None:
        return Count(singles, singles) if singles else _none_said(current, outcome)
    if singles > best.low and (best.high is None or singles > best.high):
        return Count(singles, singles)
    return Count(best.low, best.high, best.qualifier)


def _none_said(figures: list[FigureMention], outcome: str) -> Count | None:
    if any(f["outcome"] == outcome and f["high"] == 0 for f in figures):
        return Count(0, 0, "none")
    return None


# --- stated numbers -----------------------------------------------------------------------------


def _sentence_totals(doc: Doc, figures: list[FigureMention], outcome: str) -> list[_Total]:
    by_sentence: dict[int, list[FigureMention]] = {}
    for figure in figures:
        if figure["outcome"] != outcome or figure["subset_of"] is not None:
            continue
        if figure["high"] == 0:
            continue
        by_sentence.setdefault(doc[figure["predicate"]].sent.start, []).append(figure)
    totals = []
    for start, members in sorted(by_sentence.items()):
        running = [f for f in members if f["cumulative"]]
        counted = running[-1:] or members
        many = any(f["low"] > 1 or f["high"] != 1 for f in counted)
        if not many:
            continue
        low = sum(f["low"] for f in counted)
        high = (
            None
            if any(f["high"] is None for f in counted)
            else sum(f["high"] or 0 for f in counted)
        )
        qualifier = next((f["qualifier"] for f in counted if f["qualifier"] != "exact"), "exact")
        totals.append(
            _Total(
                low,
                high,
                qualifier,
                start,
                bool(running),
                all(f["additive"] for f in counted),
                many,
            )
        )
    return totals


def _choose(totals: list[_Total]) -> _Total | None:
    """The running toll if there is one, else the first stated total, raised by later additions."""
    running = [total for total in totals if total.cumulative]
    if running:
        return max(running, key=lambda total: total.low)
    return totals[0] if totals else None


# --- people followed one by one -------------------------------------------------------------------


def _follow_people(doc: Doc, figures: list[FigureMention]) -> list[_Person]:
    people: list[_Person] = []
    for figure in figures:
        if figure["low"] != 1 or figure["high"] != 1 or figure["subset_of"] is not None:
            continue
        person = _read_person(doc, figure)
        known = _find_known(people, person, doc, figure)
        if known is None:
            people.append(person)
            continue
        known.outcomes |= person.outcomes
        known.names |= person.names
        known.age = known.age or person.age
        known.gender = known.gender or person.gender
        known.head = known.head or person.head
    return people


def _read_person(doc: Doc, figure: FigureMention) -> _Person:
    span = doc[figure["start"] : figure["end"]]
    names = {t.lower_ for t in span if t.ent_type_ == "PERSON" and t.is_alpha and len(t) > 1}
    head = figure["group_head"]
    if (
        head is not None
        and not names
        and doc[head].is_title
        and doc[head].lower_ not in load_lexicon().people
    ):
        names = {t.lower_ for t in doc[figure["start"] : head + 1] if t.is_title}
    words = [t.lower_ for t in span]
    gender = None
    if any(w in _FEMALE for w in words):
        gender = "f"
    elif any(w in _MALE for w in words):
        gender = "m"
    age = next((w for w in words if w.isdigit() and len(w) < 3), None)
    return _Person(
        outcomes={figure["outcome"]},
        names=names,
        age=age,
        gender=gender,
        head=doc[head].lower_ if head is not None else None,
        is_perpetrator=figure["group_kind"] == "perpetrators",
    )


def _find_known(
    people: list[_Person], person: _Person, doc: Doc, figure: FigureMention
) -> _Person | None:
    if person.names:
        for known in people:
            if known.names & person.names:
                return known
    first = doc[figure["start"]].lower_
    fits = [
        k
        for k in people
        if not (k.gender and person.gender and k.gender != person.gender)
        and k.is_perpetrator == person.is_perpetrator
    ]
    if person.head in _PRONOUNS:
        return fits[-1] if fits else None
    if first in _AGAIN:
        return None
    if person.age:
        same = [k for k in people if k.age == person.age]
        if same:
            return same[0]
    if person.names:
        # the name after the description: "A man was shot dead ... Adam Fox, 34, ..."
        unnamed = [k for k in fits if not k.names and not (k.age and person.age)]
        return unnamed[0] if unnamed else None
    fits = [k for k in fits if not (k.age and person.age and k.age != person.age)]
    if first in {"the", "his", "her", "this", "that"}:
        same = [k for k in fits if k.head == person.head]
        return same[-1] if same else (fits[-1] if fits else None)
    same = [k for k in fits if k.head == person.head]
    return same[0] if same else None
