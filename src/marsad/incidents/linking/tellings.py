"""Tellings: what one report tells of one incident, ready to be compared over reports.

Reads   a coded report: its text, title, claims and incidents.
Writes  nothing; returns one Telling for each incident, or one for what it looks back at.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from marsad.incidents.compare import GROUPS
from marsad.incidents.linking.blocks import block_keys
from marsad.incidents.linking.copies import Fingerprint, fingerprint
from marsad.incidents.linking.spacetime import are_apart
from marsad.incidents.linking.words import find_names, find_settings, weigh_words
from marsad.records import (
    Claim,
    CodedReport,
    EventType,
    Incident,
    Outcome,
    Participant,
    Place,
    Report,
    When,
    content_id,
)

_VIOLENT = frozenset({"violence", "protest", "abduction"})
MAX_MENTIONS = 8
FEW = 3  # people; so many are hit in most events
OUTCOMES: tuple[Outcome, ...] = ("killed", "injured")
_HARM = re.compile(
    r"\b(?:shot|shoot\w*|kill\w*|dead|died|dies|deaths?|murder\w*|slain|wound\w*|injur\w*|attack\w*"
    r"|bomb\w*|strikes?|blasts?|explo\w+|stabb\w*|homicide|massacre\w*|victims?)\b",
    re.IGNORECASE,
)

# " - The Daily News | Local" after four words or more.
_TITLE_TAIL = re.compile(r"(?<=\w)(?:\s+[|«–—-]\s+.*)$")
_FURNITURE = re.compile(
    r"\W*(?:copyright|©|\(c\)\s|all rights reserved|associated press contributed)", re.I
)


@dataclass(frozen=True)
class Telling:
    """One report's account of one incident.

    `background` is an account that only looks back: it may join an incident, and never
    makes one. `counts` are (low, best) of people by outcome, `numbers` all that is told of
    them, each with its outcome; `is_running` says that one is put as a toll that has risen.
    `settings` say what was hit and by what means, in the words of the codebook,
    `place_words` where in those of the report. `actors` are codebook ids of listed doers.
    `persons` are names of people hit or charged, `names` other names that no list knows,
    `terms` weighted words of the account. `sentences` are hashes of the sentences its
    claims are read from, `copy` the fingerprint of the whole report. Tellings that may be of
    one incident share one of `blocks`.
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
    numbers: frozenset[str]
    is_running: bool
    settings: frozenset[str]
    place_words: frozenset[str]
    actors: frozenset[str]
    persons: frozenset[str]
    names: frozenset[str]
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
        return _length(self.terms)

    @cached_property
    def terms_but_places(self) -> Mapping[str, float]:
        """`terms` without the words for listed places, which are compared as places."""
        return {t: w for t, w in self.terms.items() if t not in self.place_words}

    @cached_property
    def norm_but_places(self) -> float:
        """The Euclidean length of `terms_but_places`."""
        return _length(self.terms_but_places)

    @cached_property
    def persons_by_word(self) -> Mapping[str, tuple[str, ...]]:
        """`persons` by their first names and by their last."""
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.persons):
            for word in name.split():
                found[word] = (*found.get(word, ()), name)
        return found

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


def _length(terms: Mapping[str, float]) -> float:
    return math.sqrt(sum(terms[t] ** 2 for t in sorted(terms)))


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
        "numbers": sorted(telling.numbers),
        "is_running": telling.is_running,
        "settings": sorted(telling.settings),
        "place_words": sorted(telling.place_words),
        "actors": sorted(telling.actors),
        "persons": sorted(telling.persons),
        "names": sorted(telling.names),
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
        numbers=frozenset(plain["numbers"]),
        is_running=plain["is_running"],
        settings=frozenset(plain["settings"]),
        place_words=frozenset(plain["place_words"]),
        actors=frozenset(plain["actors"]),
        persons=frozenset(plain["persons"]),
        names=frozenset(plain["names"]),
        terms=plain["terms"],
        sentences=frozenset(plain["sentences"]),
        copy=Fingerprint(exact, shingles, tuple(bands), tuple(sample)),
        blocks=frozenset(plain["blocks"]),
    )


def read_tellings(coded: CodedReport) -> tuple[Telling, ...]:
    """One telling for each incident of a report, in its order.

    A report without an incident that looks back at violence gives one background telling.
    """
    copy = fingerprint(coded.report.text)
    if not coded.incidents:
        return tuple(_look_back(coded, copy))
    by_id = {claim.id: claim for claim in coded.claims}
    told = [[by_id[c] for c in incident.claims] for incident in coded.incidents]
    words = _share_words(coded.report, coded.incidents, told)
    tellings = [
        _tell_incident(coded, incident, claims, text, copy)
        for incident, claims, text in zip(coded.incidents, told, words, strict=True)
    ]
    return (*tellings, *_mention_others(coded, copy))


def _make_telling(
    coded: CodedReport, claims: Sequence[Claim], words: str, copy: Fingerprint, **values: Any
) -> Telling:
    """The telling of `claims` in `words`, with the values that these do not give by themselves."""
    names = find_names(words, _speakers(coded.claims))
    telling = Telling(
        report_id=coded.report.id,
        claims=tuple(c.id for c in claims),
        published=coded.report.published_date,
        numbers=_numbers(claims),
        settings=find_settings(_sentences(coded.report, claims)),
        place_words=_place_words(claims),
        persons=names.harmed,
        names=names.other,
        terms=weigh_words(words),
        sentences=frozenset(_hash_sentence(e.quote) for c in claims for e in c.evidence),
        copy=copy,
        blocks=frozenset(),
        **values,
    )
    return replace(telling, blocks=block_keys(telling))


def _tell_incident(
    coded: CodedReport,
    incident: Incident,
    claims: Sequence[Claim],
    words: str,
    copy: Fingerprint,
) -> Telling:
    counts: dict[Outcome, tuple[int, int]] = {
        t.outcome: (t.low, t.best)
        for t in incident.tallies
        if t.group is None and t.outcome in OUTCOMES
    }
    return _make_telling(
        coded,
        claims,
        words,
        copy,
        id=incident.id,
        background=False,
        event_type=incident.event_type,
        place=incident.place,
        when=incident.when,
        counts=counts,
        is_running=_is_running(claims),
        actors=_listed_doers(incident.participants),
    )


def _look_back(coded: CodedReport, copy: Fingerprint) -> Iterator[Telling]:
    """The telling of a report that has no incident and yet tells of violence and of people."""
    report = coded.report
    # A page that tells of no violence but in its title is a log-in form or a list of links.
    text = _without_furniture(report.text) if _HARM.search(report.text) else ""
    words = f"{_headline(report)}\n{text}"
    kinds = [c.event_type for c in coded.claims if GROUPS[c.event_type] == "violence"]
    if not kinds and not _HARM.search(words):
        return
    yield _make_telling(
        coded,
        coded.claims,
        words,
        copy,
        id=content_id("background", report.id, report.text),
        background=True,
        event_type=kinds[0] if kinds else "attack",
        place=next((c.place for c in coded.claims if c.place is not None), None),
        when=next((c.when for c in coded.claims if c.when is not None), None),
        counts={},
        is_running=False,
        actors=frozenset(),
    )


def _mention_others(coded: CodedReport, copy: Fingerprint) -> Iterator[Telling]:
    """A background telling of each other event that a report with incidents looks back at.

    What is bounded by a place and by a time or a number may be found again in the ledger;
    claims of one place and time are of one event.
    """
    inside = {claim for incident in coded.incidents for claim in incident.claims}
    events: dict[tuple[object, object], list[Claim]] = {}
    for claim in coded.claims:
        bounded = claim.place is not None and (claim.when is not None or claim.figures)
        if claim.modality == "historical" and bounded and claim.id not in inside:
            assert claim.place is not None
            key = claim.place.geonameid or claim.place.name, claim.when and claim.when.start
            events.setdefault(key, []).append(claim)
    for claims in list(events.values())[:MAX_MENTIONS]:
        first = next((c for c in claims if GROUPS[c.event_type] in _VIOLENT), None)
        if first is None:
            continue
        yield _make_telling(
            coded,
            claims,
            _sentences(coded.report, claims),
            copy,
            id=content_id("background", sorted(c.id for c in claims)),
            background=True,
            event_type=first.event_type,
            place=first.place,
            when=first.when,
            counts={},
            is_running=False,
            actors=_listed_doers(p for c in claims for p in c.participants),
        )


def _listed_doers(participants: Iterable[Participant]) -> frozenset[str]:
    return frozenset(p.actor_id for p in participants if p.role == "actor" and p.actor_id)


def _numbers(claims: Sequence[Claim]) -> frozenset[str]:
    """All numbers of people that are told, each with what happened to them."""
    return frozenset(
        f"{figure.low} {figure.outcome}"
        for claim in claims
        for figure in claim.figures
        if figure.qualifier not in ("vague", "none") and figure.low > FEW
    )


def _is_running(claims: Sequence[Claim]) -> bool:
    return any(figure.cumulative for claim in claims for figure in claim.figures)


def _sentences(report: Report, claims: Sequence[Claim]) -> str:
    """The sentences that claims are read from, each once, as they stand in the text."""
    spans = sorted({(e.start, e.end) for claim in claims for e in claim.evidence})
    return "\n".join(report.text[start:end] for start, end in spans)


def _place_words(claims: Sequence[Claim]) -> frozenset[str]:
    """The words for listed places as they are written."""
    named = (c.place for c in claims if c.place is not None and c.place.geonameid is not None)
    written = " ".join(f"{p.name} {p.evidence.quote if p.evidence else ''}" for p in named)
    return frozenset(weigh_words(written))


def _speakers(claims: Sequence[Claim]) -> set[str]:
    return {s.source for claim in claims for s in claim.attribution}


def _hash_sentence(quote: str) -> str:
    return fingerprint(quote).exact[:8]


def _share_words(
    report: Report, incidents: Sequence[Incident], told: Sequence[Sequence[Claim]]
) -> list[str]:
    """The words that tell of each incident: the paragraphs of its claims.

    The title, and what tells of no incident of another place or day, is of the main one: that
    with most claims, of violence where there is any, the first of equals.
    """
    paragraphs = [{_paragraph(report.text, c.trigger.start) for c in claims} for claims in told]
    main = max(
        range(len(told)),
        key=lambda i: (GROUPS[incidents[i].event_type] in _VIOLENT, len(told[i]), -i),
    )
    of_main = incidents[main]
    others = set().union(
        *(
            paragraphs[i]
            for i, other in enumerate(incidents)
            if are_apart(of_main.place, of_main.when, other.place, other.when)
        )
    )
    paragraphs[main] |= set(_all_paragraphs(report.text)) - others
    words = ["\n".join(report.text[s:e] for s, e in sorted(bounds)) for bounds in paragraphs]
    words[main] = f"{_headline(report)}\n{words[main]}"
    return [_without_furniture(text) for text in words]


def _headline(report: Report) -> str:
    """The title without the name of the outlet that pages append."""
    return _TITLE_TAIL.sub("", report.title or "")


def _without_furniture(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _FURNITURE.match(line))


def _all_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _paragraph(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end
