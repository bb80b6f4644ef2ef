"""The actor codebook: named parties, words for parties, nations and the bodies every state has.

Reads   data/actors.tsv and the data/actor_*.tsv beside it, once each.
Never   reads a text: finding actors in a report is `coding.actors`.

Names are neutral descriptions or self-designations. A listing states that news
reports name this party; it states nothing about who is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

from marsad.errors import CodebookError
from marsad.records import ActorKind, SourceKind

NounClass = Literal[
    "person", "body", "group", "rank", "office", "role", "part", "asset", "act", "org"
]
LOCAL = "~"  # before an alias that holds only where the actor's country is told of
ACTOR_KINDS: frozenset[ActorKind] = frozenset(get_args(ActorKind))
SOURCE_KINDS = frozenset(get_args(SourceKind))
NOUN_CLASSES = frozenset(get_args(NounClass))
# What a party of this kind is when it speaks, unless its row says otherwise.
SOURCE_OF_KIND: dict[ActorKind, SourceKind] = {
    "government": "government",
    "military": "military",
    "police": "police",
    "intelligence": "government",
    "armed-group": "armed-group",
    "militia": "armed-group",
    "criminal": "armed-group",
    "unidentified-armed": "armed-group",
    "civilian": "other",
    "protester": "other",
    "rioter": "other",
    "journalist": "media",
    "medical": "medical",
    "aid-worker": "ngo",
    "religious": "other",
    "political": "other",
    "judicial": "official",
    "international": "official",
    "monitor": "monitor",
    "ngo": "ngo",
    "media": "media",
    "other": "other",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """One listed party. `aliases` includes the name; years bound its existence, None is open.

    `local` are those of the aliases that mean it only where its country is told of; anywhere
    else they are another party's ("the US-led coalition").
    """

    id: str
    name: str
    kind: ActorKind
    source_kind: SourceKind
    country: str | None
    aliases: tuple[str, ...]
    first_year: int | None = None
    last_year: int | None = None
    local: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A common noun for a party. `neutral` replaces a charged word in names, else None."""

    singular: str | None
    plural: str | None
    cls: NounClass
    kind: ActorKind
    source_kind: SourceKind
    sex: Literal["m", "f"] | None
    armed: bool | None
    needs: Literal["", "def", "mod", "cap"]
    neutral: str | None


@dataclass(frozen=True, slots=True)
class NounTable:
    """Nouns by lower-case form; one form may be a party and also an asset, act or name ending."""

    parties: dict[str, ActorNoun]
    assets: dict[str, ActorNoun]
    acts: dict[str, ActorNoun]
    endings: dict[str, ActorNoun]
    plurals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that sides the noun after it. `neutral` "" drops it from names, None keeps it."""

    word: str
    kind: ActorKind | None
    hard: bool
    neutral: str | None


@dataclass(frozen=True, slots=True)
class Nation:
    """A country as a party."""

    iso3: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]

    @property
    def adjective(self) -> str:
        """The adjective used in canonical names ("Syrian"), or the name where there is none."""
        return self.adjectives[0] if self.adjectives else self.names[0]


@dataclass(frozen=True, slots=True)
class StateBody:
    """A body every state has, named by pattern ("{adj} interior ministry")."""

    slug: str
    kind: ActorKind
    source_kind: SourceKind
    name: str
    words: tuple[str, ...]

    def of(self, nation: Nation) -> Actor:
        """This body of `nation`: the listed row if the codebook has one."""
        actor_id = f"{nation.iso3.lower()}-{self.slug}"
        listed = actors_by_id().get(actor_id)
        if listed is not None:
            return listed
        name = self.name.format(adj=nation.adjective)
        return Actor(actor_id, name, self.kind, self.source_kind, nation.iso3, (name,))


def _rows(filename: str, width: int) -> Iterator[tuple[int, list[str]]]:
    text = resources.files("marsad.codebook").joinpath("data", filename).read_text("utf-8")
    header = True
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise CodebookError(f"{filename}:{number} has {len(cells)} cells, needs {width}.")
        yield number, cells


def _kind(value: str, where: str) -> ActorKind:
    if value not in ACTOR_KINDS:
        raise CodebookError(f"{where}: {value!r} is no actor kind.")
    return value


def _source(value: str, kind: ActorKind, where: str) -> SourceKind:
    if value == "-":
        return SOURCE_OF_KIND[kind]
    if value not in SOURCE_KINDS:
        raise CodebookError(f"{where}: {value!r} is no source kind.")
    return cast(SourceKind, value)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part and part != "-")


@cache
def load_actors() -> tuple[Actor, ...]:
    """Every listed actor, in file order.

    Raises:
        CodebookError: a row with the wrong number of cells, an unknown kind, a
            repeated id, or a spelling that stands twice at one actor's country.
    """
    actors: list[Actor] = []
    seen: set[str] = set()
    claimed: dict[tuple[str, str], str] = {}
    for number, cells in _rows("actors.tsv", 8):
        where = f"actors.tsv:{number}"
        actor_id, name, kind_cell, source_cell, country, aliases, first, last = cells
        kind = _kind(kind_cell, where)
        if actor_id in seen:
            raise CodebookError(f"{where}: id {actor_id!r} stands twice.")
        seen.add(actor_id)
        listed = _split(aliases)
        spellings = tuple(dict.fromkeys((name, *(a.removeprefix(LOCAL) for a in listed))))
        for spelling in spellings:
            other = claimed.setdefault((spelling, country), actor_id)
            if other != actor_id:
                raise CodebookError(f"{where}: {spelling!r} already names {other!r}.")
        actors.append(
            Actor(
                id=actor_id,
                name=name,
                kind=kind,
                source_kind=_source(source_cell, kind, where),
                country=None if country == "-" else country,
                aliases=spellings,
                first_year=None if first == "-" else int(first),
                last_year=None if last == "-" else int(last),
                local=frozenset(a[len(LOCAL) :] for a in listed if a.startswith(LOCAL)),
            )
        )
    return tuple(actors)


@cache
def actors_by_id() -> dict[str, Actor]:
    """Listed actors by id."""
    return {actor.id: actor for actor in load_actors()}


@cache
def load_nouns() -> NounTable:
    """The nouns that denote parties.

    Raises:
        CodebookError: an unknown class or kind, or a form listed twice in one layer.
    """
    table = NounTable({}, {}, {}, {}, frozenset())
    layers = {"asset": table.assets, "act": table.acts, "org": table.endings}
    plurals: set[str] = set()
    for number, cells in _rows("actor_nouns.tsv", 9):
        where = f"actor_nouns.tsv:{number}"
        singular, plural, cls, kind_cell, source_cell, sex, armed, flags, neutral = cells
        kind = _kind(kind_cell, where)
        if cls not in NOUN_CLASSES or flags not in {"-", "def", "mod", "cap"}:
            raise CodebookError(f"{where}: unknown class {cls!r} or flag {flags!r}.")
        noun = ActorNoun(
            singular=None if singular == "-" else singular,
            plural=None if plural == "-" else plural,
            cls=cast(NounClass, cls),
            kind=kind,
            source_kind=_source(source_cell, kind, where),
            sex=cast(Literal["m", "f"], sex) if sex in {"m", "f"} else None,
            armed={"yes": True, "no": False}.get(armed),
            needs=cast(Literal["", "def", "mod", "cap"], "" if flags == "-" else flags),
            neutral=None if neutral == "-" else neutral,
        )
        layer = layers.get(cls, table.parties)
        for form in (noun.singular, noun.plural):
            if form is None:
                continue
            if form in layer:
                raise CodebookError(f"{where}: {form!r} stands twice.")
            layer[form] = noun
        if noun.plural:
            plurals.add(noun.plural)
    for plural in load_demonyms():
        if " " not in plural:
            table.parties.setdefault(
                plural,
                ActorNoun(None, plural, "person", "civilian", "other", None, False, "cap", None),
            )
    return NounTable(table.parties, table.assets, table.acts, table.endings, frozenset(plurals))


@cache
def load_modifiers() -> dict[str, Modifier]:
    """Words that side the noun after them, by lower-case form."""
    found: dict[str, Modifier] = {}
    for number, (word, kind, strength, neutral) in _rows("actor_modifiers.tsv", 4):
        where = f"actor_modifiers.tsv:{number}"
        if word in found:
            raise CodebookError(f"{where}: {word!r} stands twice.")
        found[word] = Modifier(
            word=word,
            kind=None if kind == "-" else _kind(kind, where),
            hard=strength == "hard",
            neutral={"-": None, "=": ""}.get(neutral, neutral),
        )
    return found


@cache
def load_nations() -> tuple[Nation, ...]:
    """Countries as parties, in file order."""
    return tuple(
        Nation(cells[0], _split(cells[1]), _split(cells[2]), _split(cells[3]))
        for _, cells in _rows("actor_nations.tsv", 4)
    )


@cache
def load_demonyms() -> dict[str, Nation]:
    """Plurals of nations' adjectives that name people ("algerians"), lower case.

    Only adjectives in -n, -i and -t form one; irregular ones ("Turks") stand among
    the nouns.
    """
    found: dict[str, Nation] = {}
    for nation in load_nations():
        for adjective in nation.adjectives:
            if adjective[-1:] in {"n", "i", "t", "k"} and adjective.islower() is False:
                found.setdefault(f"{adjective.lower()}s", nation)
    return found


@cache
def load_state_bodies() -> tuple[StateBody, ...]:
    """Bodies every state has, in file order."""
    bodies: list[StateBody] = []
    for number, (slug, kind_cell, source, name, words) in _rows("actor_state_bodies.tsv", 5):
        where = f"actor_state_bodies.tsv:{number}"
        kind = _kind(kind_cell, where)
        bodies.append(StateBody(slug, kind, _source(source, kind, where), name, _split(words)))
    return tuple(bodies)


@cache
def state_bodies_by_words() -> dict[str, StateBody]:
    """State bodies by what follows the nation's adjective ("interior ministry"), lower case."""
    return {words: body for body in load_state_bodies() for words in body.words}


@cache
def load_frames() -> dict[str, frozenset[str]]:
    """Lemmas by frame ("symmetric", "light-actor", ...; see the file's comments)."""
    frames: dict[str, set[str]] = {}
    for _, (lemma, frame) in _rows("actor_frames.tsv", 2):
        frames.setdefault(frame, set()).add(lemma)
    return {frame: frozenset(lemmas) for frame, lemmas in frames.items()}
