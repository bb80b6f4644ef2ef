"""Do no harm: keep the names of private persons out of what is shown.

Reads   a coded report.
Writes  which words to withhold, and what to say in their place.
Never   touches the records: JSON output stays complete.

Withheld are names that the coder read as a victim, a bystander, a witness or
a suspect and that look like a person's name. Officials, commanders, parties and organisations,
who act in public, are shown. This is a display rule on best effort, not anonymisation:
a name the coder did not read as a participant or source stays in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.records import Claim, CodedReport, Figure, Participant, Source

WITHHELD = "[name withheld]"

PRIVATE_KINDS: frozenset[str] = frozenset(
    {
        "civilian",
        "protester",
        "rioter",
        "journalist",
        "medical",
        "aid-worker",
        "religious",
        "criminal",
        "unidentified-armed",
        "media",
        "other",
    }
)
PRIVATE_SOURCES: frozenset[str] = frozenset({"witness", "medical", "other"})
KINDS_OF_PERSON = {
    "civilian": "civilian",
    "protester": "protester",
    "journalist": "journalist",
    "medical": "medical worker",
    "aid-worker": "aid worker",
    "religious": "religious figure",
    "children": "child",
    "women": "woman",
    "men": "man",
}
_PEOPLE_ENDINGS = ("ians", "eans", "ites", "ists", "ese")
_DESCRIBED = re.compile(r"((?:[^\WA-Z][\w’'-]*\s+)*)(.*)", re.DOTALL)
_BEFORE_PLACES = frozenset("of in at from near to for the by outside around".split())
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", re.UNICODE)


@cache
def _name_words() -> dict[str, frozenset[str]]:
    text = files("marsad.publish").joinpath("name_words.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text).items()}


def looks_personal(name: str) -> bool:
    """Whether `name` has the shape of one person's name: two or more capitalised words.

    Scripts without capitals, bodies ("Red Crescent"), peoples ("Syrian Kurds")
    and descriptions ("the mayor of X") answer False.
    """
    lists = _name_words()
    words = _WORD.findall(name)
    while words and words[0].lower() in lists["titles"]:
        words = words[1:]
    if not 2 <= len(words) <= 7:
        return False
    lowered = [word.lower() for word in words]
    if is_people(words[-1]):
        return False
    if any(word in lists["bodies"] for word in lowered):
        return False
    capitals = sum(1 for word in words if word[:1].isupper() and not word.isupper())
    return capitals >= 2 and all(
        word[:1].isupper() or lower in lists["particles"]
        for word, lower in zip(words, lowered, strict=True)
    )


def is_title(word: str) -> bool:
    """Whether a word stands before a person's name and is no part of it: "Dr", "Sheikh"."""
    return word.lower() in _name_words()["titles"]


def is_people(word: str) -> bool:
    """Whether a word names a people or followers: "Kurds", "Salafists"."""
    lowered = word.lower()
    return lowered in _name_words()["peoples"] or lowered.endswith(_PEOPLE_ENDINGS)


def is_private(participant: Participant) -> bool:
    """Whether this participant is a person who does not act in public, called by name."""
    return (
        participant.kind in PRIVATE_KINDS
        and participant.actor_id is None
        and looks_personal(participant.name)
    )


def is_private_source(source: Source) -> bool:
    """Whether this source is a person who speaks for nobody, called by name."""
    return source.kind in PRIVATE_SOURCES and personal_name(source.source) is not None


def personal_name(words: str) -> str | None:
    """The person's name in a source as it is called: "Ana Diaz" in "resident, Ana Diaz".

    None when no capitalised part of the words looks like a person's name.
    """
    if looks_personal(words):
        return words
    # A description in small letters stands before the name, or after it behind a comma.
    for part in re.split(r"[,(]", words):
        before, name = _DESCRIBED.fullmatch(part.strip()).groups()  # type: ignore[union-attr]
        if looks_personal(name) and not (set(before.split()[-1:]) & _BEFORE_PLACES):
            return str(name)
    return None


def is_private_group(figure: Figure) -> bool:
    """Whether a figure counts one person, called by name."""
    return figure.high == 1 and figure.group is not None and looks_personal(figure.group)


def _a(words: str) -> str:
    return f"an {words}" if words[:1] in "aeiou" else f"a {words}"


@dataclass(frozen=True)
class NamePolicy:
    """What to show instead of private names, for one report."""

    pattern: re.Pattern[str] | None = None

    def party(self, participant: Participant) -> str:
        """A participant's name, or what kind of person it is."""
        if self.hides(participant):
            return f"{_a(KINDS_OF_PERSON.get(participant.kind, 'person'))} {WITHHELD}"
        return self.text(participant.name)

    def source(self, source: Source) -> str:
        """A source's name, or what kind of source it is."""
        if self.pattern is not None and is_private_source(source):
            kind = "person" if source.kind == "other" else f"{source.kind} source"
            return f"{'a witness' if source.kind == 'witness' else _a(kind)} {WITHHELD}"
        return self.text(source.source)

    def group(self, figure: Figure) -> str | None:
        """Whom a figure counts; a private person's name gives way to the kind of person."""
        if self.pattern is not None and is_private_group(figure):
            kind = figure.group_kind
            return f"{_a(KINDS_OF_PERSON.get(kind or '', 'person'))} {WITHHELD}"
        return None if figure.group is None else self.text(figure.group)

    def hides(self, participant: Participant) -> bool:
        """Whether this participant's name is withheld."""
        return self.pattern is not None and is_private(participant)

    def text(self, text: str) -> str:
        """`text` with every private name replaced."""
        return text if self.pattern is None else self.pattern.sub(WITHHELD, text)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where private names stand in `text`, end excluded."""
        if self.pattern is not None:
            for match in self.pattern.finditer(text):
                yield match.span()


SHOW_ALL = NamePolicy()

# "Ana Diaz, 43, ..." is how news names people who hold no office: victims, witnesses, suspects.
# It begins where a word does: tried at every sign, a word of a million capitals takes hours.
_AGED = re.compile(
    r"(?<![\w’'-])((?:[^\W\d_a-z][\w’'-]+\s+(?:(?:al|el|bin|ibn|de|la|van|von)[\s-]+)?){1,4}[^\W\d_a-z][\w’'-]+)"
    r",\s+\d{1,2},"
)


def _private_source_names(claim: Claim) -> Iterator[str]:
    for source in claim.attribution:
        name = personal_name(source.source) if is_private_source(source) else None
        if name is not None:
            yield name


def aged_persons(text: str, public: set[str]) -> Iterator[str]:
    """Names that are followed by an age, unless they are those of people who are shown."""
    for match in _AGED.finditer(text):
        name = match[1]
        if looks_personal(name) and _WORD.findall(name)[-1] not in public:
            yield name


def _public_words(claims: tuple[Claim, ...]) -> set[str]:
    names = [p.name for c in claims for p in c.participants if not is_private(p)]
    names += [s.source for c in claims for s in c.attribution if not is_private_source(s)]
    names += [c.place.name for c in claims if c.place]
    return {word for name in names for word in _WORD.findall(name)}


def withhold_private_names(*readings: CodedReport) -> NamePolicy:
    """The policy that keeps the private names of these reports out of sight, in all of them.

    A family name alone is withheld too, unless it is also a word of a name that is shown.
    """
    names: set[str] = set()
    public = _public_words(tuple(claim for coded in readings for claim in coded.claims))
    for coded in readings:
        names |= _private_names(coded, public)
    return withhold_names(names, public)


def withhold_names(names: Collection[str], public: Container[str] = ()) -> NamePolicy:
    """The policy that keeps these names out of sight, and family names that are not `public`."""
    if not names:
        return SHOW_ALL
    alternatives = set(names)
    for name in names:
        family = _WORD.findall(name)[-1]
        if len(family) >= 4 and family not in public:
            alternatives.add(family)
    ordered = sorted(alternatives, key=lambda name: (-len(name), name))
    joined = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    return NamePolicy(re.compile(rf"(?<!\w)(?:{joined})(?!\w)"))


def _private_names(coded: CodedReport, public: set[str]) -> set[str]:
    names: set[str] = set()
    for claim in coded.claims:
        names.update(p.name for p in claim.participants if is_private(p))
        names.update(_private_source_names(claim))
        names.update(f.group for f in claim.figures if f.group and is_private_group(f))
    for incident in coded.incidents:
        names.update(p.name for p in incident.participants if is_private(p))
    names.update(aged_persons(coded.report.text, public) if coded.claims else ())
    return names
