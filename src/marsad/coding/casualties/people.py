"""People: those a report tells of one by one, each followed through its words.

Reads   figures of one person, entity types.
Writes  nothing.

"A man", "the victim", "Adam Fox, 34," and "he" are one person as long as nothing
that is said contradicts it; who is first wounded and then dies is one person too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.tables import load_number_tables
from marsad.coding.mentions import FigureMention

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
_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_SELVES = frozenset({"himself", "herself", "self", "he", "she"})
_BRINGS_IN = frozenset({"a", "an", "one", "another"})
_AGAIN = frozenset({"second", "third", "fourth", "fifth", "sixth", "other"})
# A girl of 16 may be called a woman elsewhere; one of 12 is not.
MAX_CHILD = 13
MIN_ADULT = 20
_CHILD = frozenset(
    """girl boy child baby infant toddler kid newborn schoolboy schoolgirl
    grandchild""".split()
)
_ADULT = frozenset(
    """man woman mother father wife husband lady gentleman grandmother grandfather widow mom dad
    mum groom bride policeman policewoman officer soldier guard driver""".split()
)


@dataclass
class Person:
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
            if int(self.age) <= MAX_CHILD:
                return "child"
            return "adult" if int(self.age) >= MIN_ADULT else None
        return "child" if self.head in _CHILD else "adult" if self.head in _ADULT else None


def follow_people(
    doc: Doc, figures: list[FigureMention], known_as: dict[int, int] | None = None
) -> list[Person]:
    """The people told of one by one; `known_as` is filled with figure position -> person."""
    full = _full_names(doc)
    people: list[Person] = []
    together: list[Person] = []  # told of side by side under one word: different people
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
            words = frozenset(t.lower_ for t in entity if t.is_alpha and _is_name_word(t))
            for word in words:
                bearers.setdefault(word, set()).add(words)
    return {word: next(iter(names)) for word, names in bearers.items() if len(names) == 1}


def _stand_apart(known: Person, person: Person) -> bool:
    """Whether one sentence brings in both: "one was killed and one hurt", "he and his brother"."""
    if known.sentence != person.sentence or person.head in _PRONOUNS:
        return False
    if person.relation is not None and known.relation != person.relation:
        return True
    return known.is_new and person.is_new and known.last != person.last


def _read_age(words: list[str]) -> str | None:
    """The years of "Fox, 34", "34-year-old", "three-year-old"; not of "a father of 3"."""
    units = load_number_tables().units
    for index, word in enumerate(words):
        rest = words[index + 1 : index + 3]
        years = "-year" in word or any(unit.startswith("year") for unit in rest)
        told = index > 0 and words[index - 1] in {",", "(", "aged", "age"}
        number = word.partition("-")[0]
        if number in units and years:
            return str(units[number])
        if number.isdigit() and len(number) < 3 and (years or told):
            return number
    return None


def _is_name_word(token: Token) -> bool:
    """Written as a name; by its tag where it is all capitals, as the whole text may be."""
    return bool(token.is_title or (token.is_upper and token.pos_ == "PROPN"))


def _read_person(doc: Doc, figure: FigureMention) -> Person:
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
        and (t.ent_type_ == "PERSON" or (described and _is_name_word(t) and t.i != head))
    }
    if (
        head is not None
        and not names
        and _is_name_word(doc[head])
        and doc[head].lower_ not in load_lexicon().people
    ):
        names = {t.lower_ for t in doc[figure["start"] : head + 1] if _is_name_word(t)}
    word = doc[head].lower_ if head is not None else ""
    if head is not None and not described and not names and _is_name_word(doc[head]):
        names = {t.lower_ for t in doc[first : head + 1] if _is_name_word(t) and len(t) > 1}
    if word in _PRONOUNS:
        names = set()
    words = [t.lower_ for t in span]
    # "her brother" is a man: a possessive says nothing of the one it stands before
    telling = {word} if word in _FEMALE | _MALE else {*words} - {"his", "her"}
    gender = "f" if telling & _FEMALE else "m" if telling & _MALE else None
    age = _read_age(words)
    first_word = words[0] if words else ""
    counted = bool(figure["number"]) and doc[figure["number"][0]].lower_ in {"one", "1"}
    return Person(
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
    people: list[Person], person: Person, doc: Doc, figure: FigureMention
) -> Person | None:
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
    if before and before[0].lower_ == "another":  # "one was killed and another hurt"
        fits = [k for k in fits if k.sentence != person.sentence and k.outcomes & person.outcomes]
    if not fits and person.head not in _PRONOUNS:
        return None
    if person.head in _PRONOUNS:
        return fits[-1] if fits else None
    same = [k for k in fits if k.outcomes & person.outcomes and k.head == person.head]
    same = same or [k for k in fits if k.age and k.age == person.age]
    same = same or [k for k in fits if k.outcomes & person.outcomes]
    return (same or fits)[0]


def _can_be(known: Person, person: Person) -> bool:
    if known.gender and person.gender and known.gender != person.gender:
        return False
    if person.is_perpetrator and person.head in _SELVES and not known.is_perpetrator:
        return False  # "shot his brother, then turned the gun on himself"
    if known.age and person.age and known.age != person.age:
        return False
    if known.names and person.names:
        return False
    if {known.stage, person.stage} == {"child", "adult"}:
        return False
    if known.is_perpetrator == person.is_perpetrator or person.head in _PRONOUNS:
        return True
    return known.head == person.head or (known.age is not None and known.age == person.age)
