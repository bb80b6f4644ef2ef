"""Summary: the one best reading of a report's own killed or injured.

Reads   doc._.figures, sentence starts, entity types.
Writes  nothing.
Never   stands in for a tally: the incident's tally weighs claims of many reports.

Groups named side by side in one sentence are added; a part is not added to its
whole; a running toll supersedes; one person told of again ("the victim", "he
died", the name after "a man") is one person; background is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from marsad.coding.casualties.finder import find_figures
from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.numbers import Count
from marsad.coding.casualties.people import follow_people
from marsad.coding.mentions import FigureMention
from marsad.records import Outcome, Qualifier

_HARM = frozenset({"killed", "injured"})
_TITLE_WORD = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
# A later total this many times the first is about something else.
MAX_SPREAD = 3
_HIT = frozenset(
    """shot shoots shoot shooting gunshot gunfire bullet stabbed stabbing hit struck hitting
    striking""".split()
)
_APART = frozenset({"other", "others", "another"})


@dataclass
class _Total:
    """What one sentence says in all of one outcome."""

    low: int
    high: int | None
    qualifier: Qualifier
    sentence: int
    parts: frozenset[tuple[int, str]]  # how many of whom
    is_numbered: bool  # not only people in the plural
    is_hit: bool  # "five were shot": the dead may be among them


def summarise(doc: Doc, outcome: Outcome) -> Count | None:
    """The report's total of `outcome` for its main event; None when it gives no figure.

    People followed one by one are counted where no number is stated.
    A number stated in the headline comes first; other headlines are read only when
    the text itself holds no figure of killed or injured.
    """
    read = _summarise_text(doc, outcome)
    title = (doc._.report or {}).get("title")
    if not title:
        return read
    headline = _headline_doc(doc, title)
    stated = _choose(_sentence_totals(headline, headline._.figures, outcome))
    if stated is not None and not stated.is_hit and stated.qualifier != "vague":
        return _summarise_text(headline, outcome)
    if read is None and not any(f["outcome"] in _HARM for f in doc._.figures):
        return _summarise_text(headline, outcome)
    return read


def _headline_doc(doc: Doc, title: str) -> Doc:
    """The title as a Doc of its own, without a parse, with its figures."""
    matches = list(_TITLE_WORD.finditer(title))
    words = [match.group() for match in matches]
    ends = [*(match.start() for match in matches[1:]), len(title)]
    spaces = [match.end() < end for match, end in zip(matches, ends, strict=True)]
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    headline = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=starts)
    headline._.report = doc._.report
    headline._.figures = find_figures(headline)
    return headline


def _summarise_text(doc: Doc, outcome: Outcome) -> Count | None:
    figures = [f for f in doc._.figures if f["outcome"] in _HARM or f["outcome"] == outcome]
    current = [f for f in figures if not f["background"]]
    if not any(f["outcome"] == "killed" for f in current):
        # a court report tells of its case only in the words of the charge
        current = [f for f in figures if not f["background"] or _is_charged(doc, f)]
    if not any(f["outcome"] in _HARM for f in current):
        current = figures
    people = follow_people(doc, current)
    dead = sum(1 for person in people if "killed" in person.outcomes)
    if outcome == "killed":
        singles = dead
    else:
        singles = sum(1 for p in people if outcome in p.outcomes and "killed" not in p.outcomes)
    standing = [f for f in current if not f.get("superseded")]
    totals = _sentence_totals(doc, standing, outcome) or _sentence_totals(doc, current, outcome)
    best = _choose(totals)
    if best is not None and not best.is_numbered and singles:
        best = None
    if best is None:
        return Count(singles, singles) if singles else _none_said(current, outcome)
    if outcome == "injured" and best.is_hit:
        best = _without_dead(best, dead, _choose(_sentence_totals(doc, current, "killed")))
    return Count(best.low, best.high, best.qualifier)


def _without_dead(hit: _Total, dead: int, killed: _Total | None) -> _Total:
    """ "Five were shot, two of them died": the dead are among those shot, not beside them."""
    number = max(dead, killed.low if killed else 0)
    if killed is not None and killed.sentence == hit.sentence:
        return hit
    return replace(
        hit,
        low=max(hit.low - number, 0),
        high=None if hit.high is None else max(hit.high - number, 0),
    )


def _is_charged(doc: Doc, figure: FigureMention) -> bool:
    charges = load_lexicon().context["charges"]
    before = doc[max(figure["predicate"] - 14, 0) : figure["predicate"]]
    return any(token.lower_ in charges for token in before)


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
        counted = _without_echoes(running[-1:] or members)
        if not any(f["low"] > 1 or f["high"] != 1 or f["number"] for f in counted):
            continue
        highs = [f["high"] for f in counted]
        totals.append(
            _Total(
                low=sum(f["low"] for f in counted),
                high=None if None in highs else sum(high or 0 for high in highs),
                qualifier=next(
                    (f["qualifier"] for f in counted if f["qualifier"] != "exact"), "exact"
                ),
                sentence=start,
                parts=frozenset((f["low"], f["group"] or "") for f in counted),
                is_numbered=any(f["number"] for f in counted),
                is_hit=all(is_hit(doc, f) for f in counted),
            )
        )
    return totals


def _without_echoes(figures: list[FigureMention]) -> list[FigureMention]:
    """One sentence may run a headline and its text together: the same figure twice."""
    kept: list[FigureMention] = []
    for figure in figures:
        if not any(_echoes(figure, other) for other in kept):
            kept.append(figure)
    return kept


def _echoes(figure: FigureMention, other: FigureMention) -> bool:
    same = (figure["low"], figure["high"]) == (other["low"], other["high"])
    groups = {figure["group"], other["group"]} - {None, "people", "victims"}
    return same and figure["predicate"] != other["predicate"] and len(groups) < 2


def _choose(totals: list[_Total]) -> _Total | None:
    """The first stated total; a later firmer one where the first is vague.

    Under an open first total ("at least 12") the highest later one is its upper bound.
    """
    firm = [total for total in totals if total.qualifier != "vague"]
    for total in firm[1:]:
        if firm[0].parts < total.parts and firm[0].high is not None:
            firm[0] = total  # "two children", later "two children and their father"
    if not firm:
        numbered = [total for total in totals if total.is_numbered]
        rest = numbered or totals
        return rest[0] if rest else None
    first = firm[0]
    if first.high is None:
        later = max(total.high or total.low for total in firm)
        if first.low < later <= first.low * MAX_SPREAD:
            return replace(first, high=later)
    return first


# --- people followed one by one -------------------------------------------------------------------


def mark_victims(doc: Doc) -> None:
    """Set `victim` on every figure of one person: the same number for the same person.

    The same number for "a man", "the victim" and the name he is later given, and
    for one who is first wounded and then dies. Background figures are left out.
    """
    indexes = [
        index
        for index, f in enumerate(doc._.figures)
        if f["outcome"] in _HARM and not f["background"]
    ]
    known: dict[int, int] = {}
    follow_people(doc, [doc._.figures[i] for i in indexes], known)
    for position, person in known.items():
        doc._.figures[indexes[position]]["victim"] = person


def is_hit(doc: Doc, figure: FigureMention) -> bool:
    """Whether the words only say that people were hit ("five were shot"): some may be dead.

    Not "three others were shot": these are told apart from somebody.
    """
    if figure["outcome"] != "injured" or doc[figure["predicate"]].lower_ not in _HIT:
        return False
    return not any(t.lower_ in _APART for t in doc[figure["start"] : figure["end"]])
