"""Tellings: what one report tells of one incident, ready to be compared over reports.

Reads   a coded report: its text, title, claims and incidents.
Writes  nothing; returns one Telling for each incident, or one for what it looks back at.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from marsad.incidents.compare import GROUPS
from marsad.incidents.linking.blocks import block_keys
from marsad.incidents.linking.copies import Fingerprint, fingerprint
from marsad.incidents.linking.words import find_names, weigh_words
from marsad.records import (
    Claim,
    CodedReport,
    EventType,
    Incident,
    Outcome,
    Place,
    Report,
    When,
    content_id,
)

OUTCOMES: tuple[Outcome, ...] = ("killed", "injured")
_HARM = re.compile(
    r"\b(?:shot|shoot\w*|kill\w*|dead|died|dies|deaths?|murder\w*|slain|wound\w*|injur\w*|attack\w*"
    r"|bomb\w*|strikes?|blasts?|explo\w+|stabb\w*|homicide|massacre\w*|victims?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Telling:
    """One report's account of one incident.

    `background` is an account that only looks back: it may join an incident, and never
    makes one. `counts` are (low, best) of people by outcome. `actors` are codebook ids of
    listed doers. `persons` are names of people hit or charged, `terms` weighted words of
    the account. `sentences` are hashes of the sentences its claims are read from, `copy`
    the fingerprint of the whole report. Tellings that may be of one incident share one of
    `blocks`.
    """

    id: str
    report_id: str
    claims: tuple[str, ...]
    published: date | None
    background: bool
    event_type: EventType
    place: Place | None
    when: When | None
    counts: Mapping[Outcome, tuple[int, int]]
    actors: frozenset[str]
    persons: frozenset[str]
    terms: Mapping[str, float]
    sentences: frozenset[str]
    copy: Fingerprint
    blocks: frozenset[str]

    @property
    def family(self) -> str:
        """The family of kinds that its kind belongs to."""
        return GROUPS[self.event_type]

    @cached_property
    def norm(self) -> float:
        """The Euclidean length of `terms`."""
        return math.sqrt(sum(self.terms[t] ** 2 for t in sorted(self.terms)))

    def to_json(self) -> str:
        """The telling as JSON, the same for equal tellings."""
        return json.dumps(_as_plain(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Telling:
        """The telling that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: the text is none.
        """
        return _from_plain(json.loads(text))


def _as_plain(telling: Telling) -> dict[str, Any]:
    place, when = telling.place, telling.when
    return {
        "id": telling.id,
        "report_id": telling.report_id,
        "claims": telling.claims,
        "published": telling.published.isoformat() if telling.published else None,
        "background": telling.background,
        "event_type": telling.event_type,
        "place": place.model_dump(mode="json") if place else None,
        "when": when.model_dump(mode="json") if when else None,
        "counts": dict(telling.counts),
        "actors": sorted(telling.actors),
        "persons": sorted(telling.persons),
        "terms": dict(telling.terms),
        "sentences": sorted(telling.sentences),
        "copy": [
            telling.copy.exact,
            telling.copy.shingles,
            telling.copy.bands,
            telling.copy.sample,
        ],
        "blocks": sorted(telling.blocks),
    }


def _from_plain(plain: dict[str, Any]) -> Telling:
    exact, shingles, bands, sample = plain["copy"]
    return Telling(
        id=plain["id"],
        report_id=plain["report_id"],
        claims=tuple(plain["claims"]),
        published=date.fromisoformat(plain["published"]) if plain["published"] else None,
        background=plain["background"],
        event_type=plain["event_type"],
        place=Place.model_validate(plain["place"]) if plain["place"] else None,
        when=When.model_validate(plain["when"]) if plain["when"] else None,
        counts={outcome: (low, best) for outcome, (low, best) in plain["counts"].items()},
        actors=frozenset(plain["actors"]),
        persons=frozenset(plain["persons"]),
        terms=plain["terms"],
        sentences=frozenset(plain["sentences"]),
        copy=Fingerprint(exact, shingles, tuple(bands), tuple(sample)),
        blocks=frozenset(plain["blocks"]),
    )


def read_tellings(coded: CodedReport) -> tuple[Telling, ...]:
    """One telling for each incident of a report, in its order.

    A report without an incident that looks back at violence gives one background telling.
    """
    by_id = {claim.id: claim for claim in coded.claims}
    copy = fingerprint(coded.report.text)
    if not coded.incidents:
        return _look_back(coded, copy)
    alone = len(coded.incidents) == 1
    return tuple(
        _make_telling(coded, incident, [by_id[c] for c in incident.claims], alone, copy)
        for incident in coded.incidents
    )


def _make_telling(
    coded: CodedReport,
    incident: Incident,
    claims: Sequence[Claim],
    alone: bool,
    copy: Fingerprint,
) -> Telling:
    report = coded.report
    words = _whole_words(report) if alone else _words_about(report, claims)
    counts: dict[Outcome, tuple[int, int]] = {
        t.outcome: (t.low, t.best)
        for t in incident.tallies
        if t.group is None and t.outcome in OUTCOMES
    }
    actors = {p.actor_id for p in incident.participants if p.role == "actor" and p.actor_id}
    names = find_names(words, _speakers(coded.claims))
    return Telling(
        id=incident.id,
        report_id=report.id,
        claims=incident.claims,
        published=report.published_date,
        background=False,
        event_type=incident.event_type,
        place=incident.place,
        when=incident.when,
        counts=counts,
        actors=frozenset(actors),
        persons=names.harmed,
        terms=weigh_words(words),
        sentences=frozenset(_hash_sentence(e.quote) for c in claims for e in c.evidence),
        copy=copy,
        blocks=block_keys(incident.place, incident.when, report.published_date, names, copy),
    )


def _look_back(coded: CodedReport, copy: Fingerprint) -> tuple[Telling, ...]:
    """The telling of a report that has no incident and yet tells of violence and of people."""
    report = coded.report
    words = _whole_words(report)
    kinds = [c.event_type for c in coded.claims if GROUPS[c.event_type] == "violence"]
    if not kinds and not _HARM.search(words):
        return ()
    names = find_names(words, _speakers(coded.claims))
    place = next((c.place for c in coded.claims if c.place is not None), None)
    when = next((c.when for c in coded.claims if c.when is not None), None)
    telling = Telling(
        id=content_id("background", report.id, report.text),
        report_id=report.id,
        claims=tuple(c.id for c in coded.claims),
        published=report.published_date,
        background=True,
        event_type=kinds[0] if kinds else "attack",
        place=place,
        when=when,
        counts={},
        actors=frozenset(),
        persons=names.harmed,
        terms=weigh_words(words),
        sentences=frozenset(_hash_sentence(e.quote) for c in coded.claims for e in c.evidence),
        copy=copy,
        blocks=block_keys(place, when, report.published_date, names, copy),
    )
    return (telling,)


def _speakers(claims: Sequence[Claim]) -> set[str]:
    return {s.source for claim in claims for s in claim.attribution}


def _hash_sentence(quote: str) -> str:
    return fingerprint(quote).exact[:8]


def _whole_words(report: Report) -> str:
    return f"{report.title or ''}\n{report.text}"


def _words_about(report: Report, claims: Sequence[Claim]) -> str:
    """The paragraphs that tell of an incident, in their order."""
    bounds = sorted({_paragraph(report.text, claim.trigger.start) for claim in claims})
    return "\n".join(report.text[start:end] for start, end in bounds)


def _paragraph(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end
