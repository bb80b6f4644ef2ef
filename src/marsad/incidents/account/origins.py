"""Origins: whose voice a claim is, over all reports of an incident.

Reads   the chains of sources of claims.
Writes  nothing; returns voices, equal where two chains lead back to one claimant.

The claimant, first in the chain, is the origin: two outlets that cite one monitor are
that monitor's one voice. Where the words do not show that two sources are different
people they are taken for the same, for corroboration must be shown and not presumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from marsad.codebook.actors import (
    Actor,
    Nation,
    actors_by_id,
    load_actors,
    load_nations,
    state_bodies_by_words,
)
from marsad.codebook.words import load_common_words
from marsad.incidents.account.member import Member
from marsad.records import UNNAMED_OUTLET, Claim, SourceKind

MAX_NAME_WORDS = 8
NAMED = "name "  # before the key of a voice that no codebook lists
_TOKEN = re.compile(r"[\w.&-]+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_WEB = re.compile(r"^www\.|\.(?:com|org|net)$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?\b")
# A minister speaks for the ministry.
_MINISTER = re.compile(r"\bminister\b")
# Words of a body every state has that name no body by themselves.
_NO_BODY = frozenset({"forces", "state", "missiles", "missile", "drones", "drone", "rockets"})
# Bodies of one place of whom many speak: by kind where no listed body is named.
_BODY_OF_KIND: dict[SourceKind, str] = {"police": "police", "military": "military"}


@dataclass(frozen=True)
class Context:
    """What tells which state "the army" is of: the country, and the listed parties."""

    country: str | None
    parties: frozenset[str]


@dataclass(frozen=True)
class Voice:
    """Who speaks. `key` is equal for one origin, `own` marks an outlet that names nobody.

    `is_known` is false for an outlet without a name: two of them may be one.
    """

    key: str
    name: str
    kind: SourceKind
    own: bool = False
    is_known: bool = True


def voice_of(claim: Claim, member: Member, context: Context) -> Voice:
    """The origin of a claim: its claimant, or the outlet that tells it as its own."""
    first = claim.attribution[0]
    if len(claim.attribution) == 1:
        return outlet_voice(member, first.source, first.kind)
    key, name = _resolve(first.source, first.kind, context)
    if key == f"unnamed {first.kind}" and first.kind == "witness":
        # "Witnesses" of two outlets are other people, as far as the texts are not copies.
        return Voice(f"{key} of {outlet_voice(member, '', 'media').key}", name, first.kind)
    return Voice(key, name, first.kind)


def join_names(voices: Iterable[Voice]) -> dict[str, Voice]:
    """For the key of each named voice, the voice it stands for.

    "Hammons" is "Trooper Stephen Hammons": all words of the shorter name are in the
    longer. A name that fits several is the first of them. Outlets keep their full names.
    """
    told = list(voices)
    outlets = {v.key for v in told if v.own}
    named = {v.key: v for v in told if v.key.startswith(NAMED) and v.key not in outlets}
    found: dict[str, Voice] = {}
    by_word: dict[str, list[tuple[frozenset[str], Voice]]] = {}
    for key in sorted(named, key=lambda k: (-len(k.split()), k)):
        words = frozenset(key.removeprefix(NAMED).split())
        fuller = (v for ws, v in by_word.get(min(words, default=""), []) if words <= ws)
        voice = found[key] = next(fuller, named[key])
        for word in words if voice is named[key] else ():
            by_word.setdefault(word, []).append((words, voice))
    return found


def outlet_voice(member: Member, source: str, kind: SourceKind) -> Voice:
    """The outlet's own voice: its name, else the site of its address, else the report."""
    name = member.report.outlet or (source if source != UNNAMED_OUTLET else "")
    if not name and member.report.url:
        name = urlsplit(member.report.url).hostname or ""
    if not name:
        return Voice(f"unnamed outlet of {member.report.id}", UNNAMED_OUTLET, kind, True, False)
    listed = _listed(name, None, "media")
    key = listed.id if listed else f"{NAMED}{_plain(name)}"
    return Voice(key, name, kind, own=True)


@lru_cache(maxsize=65536)
def _resolve(source: str, kind: SourceKind, context: Context) -> tuple[str, str]:
    """The key and the name of a claimant."""
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", source.strip()))
    party = _named_body(text, kind, context)
    if party is not None:
        return party
    common = load_common_words()
    words = _TOKEN.findall(text)
    if all(w.lower() in common or w[0].isdigit() for w in words):
        return f"unnamed {kind}", source
    if kind in _BODY_OF_KIND:
        land = f"{context.country.lower()}-" if context.country else ""
        return f"{land}{_BODY_OF_KIND[kind]}", source
    # Of a name with office and body, what no dictionary has: the names of person and place.
    names = sorted({w.lower().rstrip(".") for w in words if w.lower().rstrip(".") not in common})
    return f"{NAMED}{' '.join(names) or _plain(text)}", source


def _named_body(text: str, kind: SourceKind, context: Context) -> tuple[str, str] | None:
    """The party that the words name or speak for; of several, one of the source's kind.

    A body whose nation is not named keeps the words of the source as its name.
    """
    tokens = _TOKEN.findall(text)
    plain = [_MINISTER.sub("ministry", t.lower()) for t in tokens]
    found: list[tuple[bool, int, int, str, str]] = []
    for start in range(len(tokens)):
        for end in range(min(len(tokens), start + MAX_NAME_WORDS), start, -1):
            words = " ".join(plain[start:end])
            party = _listed(" ".join(tokens[start:end]), context.country, kind)
            party = party or _national_body(words)
            name = party.name if party else words
            party = party or _body(words, kind, context)
            if party is not None:
                fits = party.source_kind == kind
                found.append((fits, end - start, start, party.id, name))
                break
    fitting = [f for f in found if f[0] or f[1] == len(tokens)] or found
    return max(fitting)[3:] if fitting else None


@cache
def _aliases() -> dict[str, list[Actor]]:
    """Listed parties by spelling: acronyms as written, other names in lower case."""
    table: dict[str, list[Actor]] = {}
    for actor in load_actors():
        for alias in actor.aliases:
            spelling = alias if alias.isupper() and len(alias) <= 8 else alias.lower()
            table.setdefault(_ARTICLE.sub("", spelling), []).append(actor)
    return table


def _listed(name: str, country: str | None, kind: SourceKind) -> Actor | None:
    spelling = _ARTICLE.sub("", name.strip())
    found = _aliases().get(spelling) or _aliases().get(spelling.lower()) or []
    return min(
        found,
        key=lambda a: (a.country != country, a.source_kind != kind, a.country is None, a.id),
        default=None,
    )


@cache
def _nations() -> dict[str, Nation]:
    table: dict[str, Nation] = {}
    for nation in load_nations():
        for name in (*nation.adjectives, *nation.names):
            table.setdefault(name.lower(), nation)
    return table


@cache
def _nation_of(country: str) -> Nation | None:
    return next((n for n in load_nations() if n.iso3 == country), None)


def _national_body(words: str) -> Actor | None:
    """ "Syrian interior ministry", "interior ministry of Syria"."""
    bodies = state_bodies_by_words()
    parts = words.split(" ")
    for split in range(1, min(4, len(parts))):
        nation = _nations().get(" ".join(parts[:split]))
        body = bodies.get(" ".join(parts[split:]))
        if nation and body:
            return body.of(nation)
    head, _, tail = words.rpartition(" of ")
    nation = _nations().get(tail.removeprefix("the "))
    return bodies[head].of(nation) if head in bodies and nation else None


def _body(words: str, kind: SourceKind, context: Context) -> Actor | None:
    """ "The army": of the one state whose army takes part, or else of the incident's country."""
    body = state_bodies_by_words().get(words)
    if body is None or body.source_kind != kind or words in _NO_BODY:
        return None
    suffix = f"-{body.slug}"
    taking_part = sorted(p for p in context.parties if p.endswith(suffix))
    if len(taking_part) == 1 and taking_part[0] in actors_by_id():
        return actors_by_id()[taking_part[0]]
    iso3 = taking_part[0][:3].upper() if len(taking_part) == 1 else context.country
    nation = _nation_of(iso3) if iso3 else None
    if nation is None:
        return Actor(body.slug, words, body.kind, body.source_kind, None, (words,))
    return body.of(nation)


def _plain(name: str) -> str:
    return " ".join(_TOKEN.findall(_WEB.sub("", _ARTICLE.sub("", name.strip())).lower()))
