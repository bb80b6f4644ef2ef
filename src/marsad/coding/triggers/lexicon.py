"""The trigger lexicon: patterns over word forms, read once from the codebook.

Reads   the trigger_*.toml/.tsv and triggers.tsv files of the codebook.
Writes  nothing; gives frozen patterns, indexed by the forms of their first word.
Never   needs lemmas or a parse: every inflected form is spelt out when loading,
        so that unparsed and upper-case text is matched in the same way.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from marsad.errors import CodebookError
from marsad.records import EventType

Role = Literal["event", "harm", "means"]
Strength = Literal["strong", "weak"]
# Before the kind (set_apart.toml), the field of a phrase that tells of what is set apart.
APART = "apart-"
# After the kind: the phrase counts only in a report that evokes no event.
IF_QUIET = "?"
_VOWELS = frozenset("aeiou")
_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Condition:
    """What a pattern asks of the words its head governs.

    `side` is "obj" or "subj"; one of `words` must stand there, or a place name
    if `places`.
    """

    side: Literal["obj", "subj"]
    words: frozenset[str]
    places: bool
    persons: bool  # a personal name or pronoun will do


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One lexicon entry ready for matching.

    A slot is a set of lower-case forms, or None for a gap. `field` is set for
    idioms, which block: they use up their words and evoke nothing.
    """

    entry: str
    slots: tuple[frozenset[str] | None, ...]
    head: int  # index of the slot that carries the syntax
    pos: str  # V, N, A or X
    event_type: EventType
    role: Role
    strength: Strength
    needs: str | None  # name of a support set
    where: tuple[Condition, ...]
    field: str | None

    @property
    def words(self) -> int:
        """How many words the pattern spells out."""
        return sum(slot is not None for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Support:
    """What makes a weak trigger count (see trigger_supports.toml)."""

    words: frozenset[str]
    light: frozenset[str]  # every form of the first word of each light verb
    places: bool
    family: frozenset[str]


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of report that talks of violence without telling of any."""

    name: str
    sure: frozenset[str]
    wide: frozenset[str]
    fields: tuple[str, ...]  # of idioms that speak for it
    min_score: int
    share: float
    outweighs: float  # points that one strong word of violence takes away
    effect: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns and word classes."""

    by_first: dict[str, tuple[Pattern, ...]]
    classes: dict[str, frozenset[str]]
    supports: dict[str, Support]
    genres: tuple[Genre, ...]
    patterns: tuple[Pattern, ...]
    noun_forms: frozenset[str]  # forms that some one-word noun pattern or idiom spells
    verb_forms: frozenset[str]


def read_lines(name: str) -> list[str]:
    """The lines of codebook data file `name` without comments and blank lines."""
    text = files("marsad.codebook").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("marsad.codebook").joinpath("data", name).read_text("utf-8"))


@cache
def _irregular(pos: str) -> dict[str, frozenset[str]]:
    """Forms by base, for verbs ("v") or nouns ("n")."""
    rows = (line.split("\t") for line in read_lines("trigger_irregular.tsv"))
    return {row[1]: frozenset(row[1:]) for row in rows if row[0] == pos}


def verb_forms(base: str) -> frozenset[str]:
    """Base, third person, past and participles of an English verb, by spelling rule."""
    if base in _irregular("v"):
        return _irregular("v")[base]
    if base.endswith("e"):
        return frozenset({base, base + "s", base + "d", base[:-1] + "ing"})
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return frozenset({base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"})
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    forms = {base, third, base + "ed", base + "ing"}
    if len(base) >= 3 and _doubles(base):
        forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return frozenset(forms)


def _doubles(base: str) -> bool:
    """Consonant, vowel, consonant: the last letter may double ('rob', 'repel')."""
    return (
        base[-1] not in _VOWELS | frozenset("wxyhcn")
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
    )


def noun_forms(base: str) -> frozenset[str]:
    """Singular and plural of an English noun, by spelling rule."""
    if base in _irregular("n"):
        return _irregular("n")[base]
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return frozenset({base, base[:-1] + "ies"})
    if base.endswith("man") and base != "human":
        return frozenset({base, base[:-3] + "men"})
    return frozenset({base, base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")})


@cache
def load_classes() -> dict[str, frozenset[str]]:
    """Word classes by name, lower case, with plurals, nested classes resolved."""
    raw = cast(dict[str, str], _read_toml("trigger_classes.toml"))
    done: dict[str, frozenset[str]] = {}

    def resolve(name: str) -> frozenset[str]:
        if name not in done:
            if name not in raw:
                raise CodebookError(f"trigger_classes.toml has no class {name!r}")
            words: set[str] = set()
            for word in raw[name].split():
                if word.startswith("@"):
                    words |= resolve(word[1:])
                else:
                    words.add(word)
                    if not word.endswith("s") and len(word) > 2:
                        words |= noun_forms(word)
            done[name] = frozenset(words)
        return done[name]

    for name in raw:
        resolve(name)
    return done


def words_of(spec: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    """The forms of 'a|b|@name'."""
    words: set[str] = set()
    for part in spec.split("|"):
        if part.startswith("@") and len(part) > 1:
            if part[1:] not in classes:
                raise CodebookError(f"trigger pattern uses unknown word class {part!r}")
            words |= classes[part[1:]]
        else:
            words.add(part)
    return frozenset(words)


def compile_slots(
    phrase: str, pos: str, classes: dict[str, frozenset[str]]
) -> tuple[tuple[frozenset[str] | None, ...], int]:
    """The slots of a phrase and the index of its head.

    A hyphen inside a word is a slot of its own, as the tokeniser splits it; the
    last part of a hyphenated word is the one that is inflected.
    """
    parts: list[str] = []
    last_of_word: list[int] = []
    marked: int | None = None
    for word in phrase.split():
        pieces = _split_hyphens(word.removeprefix("^"))
        parts += pieces
        if word != "~":
            last_of_word.append(len(parts) - 1)
        if word.startswith("^"):
            marked = len(parts) - 1
    default = last_of_word[-1] if pos == "N" else last_of_word[0]
    head = default if marked is None else marked
    slots: list[frozenset[str] | None] = []
    for i, part in enumerate(parts):
        if part == "~":
            slots.append(None)
        elif i != head or "|" in part or part.startswith("@") or pos not in "VN":
            slots.append(words_of(part, classes))
        else:
            slots.append(verb_forms(part) if pos == "V" else noun_forms(part))
    return tuple(slots), head


def _split_hyphens(word: str) -> list[str]:
    # Words with digits ("ak-47", "m-16") stay whole in the tokeniser's eyes.
    if "-" not in word.strip("-") or "|" in word or any(c.isdigit() for c in word):
        return [word]
    return re.split("(-)", word)


def _condition(spec: str, classes: dict[str, frozenset[str]]) -> Condition:
    side, _, words = spec.partition("=")
    if side not in ("obj", "subj") or not words:
        raise CodebookError(f"trigger condition {spec!r} is not obj=… or subj=…")
    return Condition(
        cast(Literal["obj", "subj"], side),
        words_of(words, classes),
        "@place" in words.split("|"),
        "@person" in words.split("|"),
    )


def _trigger_patterns(classes: dict[str, frozenset[str]]) -> list[Pattern]:
    types = set(get_args(EventType))
    patterns = []
    for line in read_lines("triggers.tsv")[1:]:
        cells = line.split("\t")
        if len(cells) != _COLUMNS or cells[2] not in types:
            raise CodebookError(f"triggers.tsv: cannot read the row {line!r}")
        phrase, pos, event_type, role, strength, needs, where = cells
        slots, head = compile_slots(phrase, pos, classes)
        patterns.append(
            Pattern(
                entry=phrase.replace("^", ""),
                slots=slots,
                head=head,
                pos=pos,
                event_type=cast(EventType, event_type),
                role=cast(Role, role),
                strength=cast(Strength, strength),
                needs=None if needs == "-" else needs,
                where=()
                if where == "-"
                else tuple(_condition(part, classes) for part in where.split(";")),
                field=None,
            )
        )
    return patterns


def _idiom_patterns(classes: dict[str, frozenset[str]]) -> list[Pattern]:
    """Idioms, and the phrases of what is set apart, whose field begins with APART."""
    rows = [*read_lines("trigger_apart.tsv"), *read_lines("trigger_idioms.tsv")]
    apart = len(read_lines("trigger_apart.tsv"))
    patterns = []
    for at, line in enumerate(rows):
        phrase, pos, field = line.split("\t")
        if at < apart:
            field = APART + field
        slots, head = compile_slots(phrase, pos, classes)
        patterns.append(
            Pattern(
                phrase.replace("^", ""),
                slots,
                head,
                pos,
                "other",
                "event",
                "strong",
                None,
                (),
                field,
            )
        )
    return patterns


@cache
def load_supports() -> dict[str, Support]:
    """Support sets by name."""
    classes = load_classes()
    return {
        name: Support(
            words=frozenset().union(*(classes[c] for c in row["classes"])),
            light=frozenset().union(*(verb_forms(v.split()[0]) for v in row["light"])),
            places=bool(row["places"]),
            family=frozenset(row["family"]),
        )
        for name, row in _read_toml("trigger_supports.toml").items()
    }


@cache
def load_genres() -> tuple[Genre, ...]:
    """Non-event genres, see trigger_genres.toml."""
    classes = load_classes()
    return tuple(
        Genre(
            name=name,
            sure=frozenset().union(*(classes[c] for c in row["classes"])),
            wide=frozenset().union(*(classes[c] for c in row["wide"])),
            fields=tuple(row["fields"]),
            min_score=int(row["min_score"]),
            share=float(row["share"]),
            outweighs=float(row["outweighs"]),
            effect=str(row["effect"]),
        )
        for name, row in _read_toml("trigger_genres.toml").items()
    )


@cache
def load_lexicon() -> Lexicon:
    """The whole lexicon, compiled once a process (some tens of milliseconds).

    Raises:
        CodebookError: a row that cannot be read, or that names an unknown class.
    """
    classes = load_classes()
    patterns = (*_trigger_patterns(classes), *_idiom_patterns(classes))
    index: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for form in pattern.slots[0] or ():
            index.setdefault(form, []).append(pattern)
    single = [p for p in patterns if len(p.slots) == 1]
    return Lexicon(
        by_first={form: tuple(found) for form, found in index.items()},
        classes=classes,
        supports=load_supports(),
        genres=load_genres(),
        patterns=patterns,
        noun_forms=frozenset().union(*(p.slots[0] or () for p in single if p.pos == "N")),
        verb_forms=frozenset().union(*(p.slots[0] or () for p in single if p.pos == "V")),
    )
