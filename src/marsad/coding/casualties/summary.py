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
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from marsad.coding.casualties.finder import find_figures
from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.numbers import Count
from marsad.coding.casualties.tables import load_number_tables
from marsad.coding.mentions import FigureMention
from marsad.records import Outcome, Qualifier

_HARM = frozenset({"killed", "injured"})
_TITLE_WORD = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
_AGE = re.compile(r"\d{1,2}(?!\d|-month|-week|-day)")
# A later total this many times the first is about something else.
MAX_SPREAD = 3
_HIT = frozenset(
    """shot shoots shoot shooting gunshot gunfire bullet stabbed stabbing hit struck hitting
    striking""".split()
)
_FEMALE = frozenset(
    """she her herself woman girl mother wife daughter sister lady female aunt niece grandmother
    girlfriend widow bride granddaughter schoolgirl nun policewoman mom
    """.split()
)
_MALE = frozenset(
    """he him himself his man boy father husband son brother male uncle nephew grandfather
    boyfriend groom grandson schoolboy policeman serviceman dad guy gentleman fisherman priest
    gunman""".split()
)
# A girl of 16 may be called a woman elsewhere; one of 12 is not.
MAX_CHILD = 13
_CHILD = frozenset(
    """girl boy child baby infant toddler kid newborn schoolboy schoolgirl
    grandchild""".split()
)
_ADULT = frozenset(
    """man woman mother father wife husband lady gentleman grandmother grandfather widow mom dad
    mum groom bride policeman policewoman officer soldier guard driver""".split()
)
_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_BRINGS_IN = frozenset({"a", "an", "one", "another"})
_APART = frozenset({"other", "others", "another"})
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
    sentence: int = -1  # where the latest words for the person stand
    is_new: bool = False  # "a man", "one": words that bring somebody in
    relation: str | None = None  # "brother" of "his brother"
    last: str = ""  # the latest outcome told

    @property
    def stage(self) -> str | None:
        """Child or adult, where the words tell; none for a teenager."""
        if self.age is not None:
            return "child" if int(self.age) <= MAX_CHILD else "adult" if int(self.age) > 19 else None
        return "child" if self.head in _CHILD else "adult" if self.head in _ADULT else None


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
    people = _follow_people(doc, current)
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
    _follow_people(doc, [doc._.figures[i] for i in indexes], known)
    for position, person in known.items():
        doc._.figures[indexes[position]]["victim"] = person


def is_hit(doc: Doc, figure: FigureMention) -> bool:
    """Whether the words only say that people were hit ("five were shot"): some may be dead.

    Not "three others were shot": these are told apart from somebody.
    """
    if figure["outcome"] != "injured" or doc[figure["predicate"]].lower_ not in _HIT:
        return False
    return not any(t.lower_ in _APART for t in doc[figure["start"] : figure["end"]])


def _follow_people(
    doc: Doc, figures: list[FigureMention], known_as: dict[int, int] | None = None
) -> list[_Person]:
    """The people told of one by one; `known_as` is filled with figure position -> person."""
    full = _full_names(doc)
    people: list[_Person] = []
    together: list[_Person] = []  # told of side by side under one word: different people
    predicate = -1
    for position, figure in enumerate(figures):
        if figure["low"] != 1 or figure["high"] != 1 or figure["subset_of"] is not None:
            continue
        if figure["predicate"] != predicate:
            together, predicate = [], figure["predicate"]
        person = _read_person(doc, figure)
        for name in tuple(person.names):
            person.names |= full.get(name, frozenset())
        person.sentence = doc[figure["predicate"]].sent.start
        free = [
            known
            for known in people
            if not any(known is other for other in together) and not _stand_apart(known, person)
        ]
        known = _find_known(free, person, doc, figure)
        if known is None:
            people.append(person)
            together.append(person)
        if known_as is not None:
            who = person if known is None else known
            known_as[position] = next(i for i, met in enumerate(people) if met is who)
        if known is None:
            continue
        together.append(known)
        known.sentence, known.is_new = person.sentence, person.is_new
        known.relation = known.relation or person.relation
        known.last = person.last
        known.outcomes |= person.outcomes
        known.names |= person.names
        known.age = known.age or person.age
        known.gender = known.gender or person.gender
        known.head = known.head or person.head
    return people


def _full_names(doc: Doc) -> dict[str, frozenset[str]]:
    """The words of a person's full name by each word of it that no other person bears."""
    bearers: dict[str, set[frozenset[str]]] = {}
    for entity in doc.ents:
        if entity.label_ == "PERSON" and len(entity) > 1:
            words = frozenset(t.lower_ for t in entity if t.is_alpha and t.is_title)
            for word in words:
                bearers.setdefault(word, set()).add(words)
    return {word: next(iter(names)) for word, names in bearers.items() if len(names) == 1}


def _stand_apart(known: _Person, person: _Person) -> bool:
    """Whether one sentence brings in both: "one was killed and one hurt", "he and his brother"."""
    if known.sentence != person.sentence or person.head in _PRONOUNS:
        return False
    if person.relation is not None and known.relation != person.relation:
        return True
    return known.is_new and person.is_new and known.last != person.last


def _read_age(word: str) -> str | None:
    """ "34", or the years of "34-year-old" and "three-year-old"."""
    match = _AGE.match(word)
    if match is not None:
        return match.group()
    unit = load_number_tables().units.get(word.partition("-")[0])
    return str(unit) if unit and "-year" in word else None


def _read_person(doc: Doc, figure: FigureMention) -> _Person:
    span = doc[figure["start"] : figure["end"]]
    head = figure["group_head"]
    described = head is not None and doc[head].lower_ in load_lexicon().people
    # "the Sheridan boy": a capital before a noun for people is a place more often than a name
    first = head if described and head is not None else figure["start"]
    names = {
        t.lower_
        for t in doc[first : figure["end"]]
        if t.is_alpha
        and len(t) > 1
        and (t.ent_type_ == "PERSON" or (described and t.is_title and t.i != head))
    }
    if (
        head is not None
        and not names
        and doc[head].is_title
        and doc[head].lower_ not in load_lexicon().people
    ):
        names = {t.lower_ for t in doc[figure["start"] : head + 1] if t.is_title}
    word = doc[head].lower_ if head is not None else ""
    if head is not None and not described and not names and doc[head].is_title:
        names = {t.lower_ for t in doc[first : head + 1] if t.is_title and len(t) > 1}
    if word in _PRONOUNS:
        names = set()
    words = [t.lower_ for t in span]
    # "her brother" is a man: a possessive says nothing of the one it stands before
    telling = {word} if word in _FEMALE | _MALE else {*words} - {"his", "her"}
    gender = "f" if telling & _FEMALE else "m" if telling & _MALE else None
    age = next((age for word in words if (age := _read_age(word))), None)
    first_word = words[0] if words else ""
    counted = bool(figure["number"]) and doc[figure["number"][0]].lower_ in {"one", "1"}
    return _Person(
        is_new=first_word in _BRINGS_IN or counted,
        relation=word if first_word in {"his", "her", "their"} and head is not None else None,
        last=figure["outcome"],
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
    """The one met before whom these words can mean; the latest for a pronoun.

    Most reports tell of one or two victims again and again in other words, so
    words that do not contradict a person already met are taken to mean them.
    """
    if person.names:
        for known in people:
            # one shared word will do where one side gives a single name, else two
            shared = len(known.names & person.names)
            if shared and shared >= min(2, len(known.names), len(person.names)):
                return known
    before = doc[figure["start"] : (figure["group_head"] or figure["start"]) + 1]
    if figure["additive"] or any(token.lower_ in _AGAIN for token in before):
        return None
    fits = [known for known in people if _can_be(known, person)]
    if not fits and person.head not in _PRONOUNS:
        return None
    if person.head in _PRONOUNS:
        return fits[-1] if fits else None
    same = [k for k in fits if k.outcomes & person.outcomes and k.head == person.head]
    same = same or [k for k in fits if k.age and k.age == person.age]
    same = same or [k for k in fits if k.outcomes & person.outcomes]
    return (same or fits)[0]


def _can_be(known: _Person, person: _Person) -> bool:
    if known.gender and person.gender and known.gender != person.gender:
        return False
    if known.age and person.age and known.age != person.age:
        return False
    if known.names and person.names:
        return False
    if {known.stage, person.stage} == {"child", "adult"}:
        return False
    if known.is_perpetrator == person.is_perpetrator or person.head in _PRONOUNS:
        return True
    return known.head == person.head or (known.age is not None and known.age == person.age)
