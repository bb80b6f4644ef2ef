"""Triggers: find the words that evoke an event, and leave those that only sound like it.

Reads   tokens, sentence boundaries; part of speech, parse and entities where present.
Writes  doc._.triggers (see `mentions.Trigger`), doc.spans["marsad_triggers"], doc._.set_apart.
Never   needs a lemma or a parse, opens a file after the first call, or knows a data set.

Order of work: match the lexicon, drop what a guard claims for another field, keep
weak triggers only beside something that supports them, drop harm done by nature,
accident and disease, and keep a weapon only where something happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import Trigger
from marsad.coding.triggers.apart import find_set_apart
from marsad.coding.triggers.genres import (
    is_grave_and_dated,
    is_harm_done,
    is_plain_death,
    nonevent_genres,
)
from marsad.coding.triggers.guards import guarding_field, has_support
from marsad.coding.triggers.lexicon import APART, IF_QUIET, load_classes, load_lexicon
from marsad.coding.triggers.match import Match, Words, find_matches
from marsad.coding.triggers.sequels import name_blasts, settle_blasts, without_recoveries
from marsad.coding.triggers.threats import drop_named_threats

# A cause of harm is looked for this many sentences back, then ahead.
CAUSE_BACK = 3
CAUSE_AHEAD = 1
# A weak trigger may lean on a strong one of its family this many sentences away.
FAMILY_REACH = 2
VIOLENCE = frozenset(
    """armed-clash air-strike shelling remote-explosive suicide-bombing grenade chemical-weapon
    attack sexual-violence abduction mob-violence riot excessive-force protest-intervention
    property-destruction""".split()
)
# Effects of genres (trigger_genres.toml) that ask more of every trigger of violence.
_DEMANDING = ("hard", "told", "violent", "drill")
_GATHERING = frozenset(
    """march marched rally rallied gathered demonstrated protesters demonstrators streets street
    outside square crowd thousands""".split()
)
_MISHAP_FIELDS = frozenset({"accident", "nature", "natural", "medicine"})
# Mishaps that are set apart; in war too buildings collapse and boats sink, so that these
# explain nothing beside an act of violence, however weak its word.
_APART_MISHAPS = frozenset(
    APART + kind + when for kind in ("accident", "natural-disaster") for when in ("", IF_QUIET)
)
# Kinds that a mishap brings about as well as people do.
_ACCIDENTAL = frozenset({"remote-explosive", "property-destruction"})
# Damage that fire, water and wind do as well as people.
_DAMAGE = ("destr", "flatten", "damag", "gut", "engulf", "wreck", "collaps", "ablaze", "alight")
# Herders and suspects are no sign of violence where lightning or a lorry killed.
_UNSURE_REBELS = frozenset("herder herders herdsman herdsmen pastoralist suspect suspects".split())
# What follows a mishap: arrests of drivers, soldiers sent to help.
_AFTER_MISHAP = frozenset({"arrest", "movement", "restriction"})


@dataclass(slots=True)
class _Sentence:
    """What one sentence says for or against its triggers."""

    free: frozenset[str]  # words that no idiom uses up
    plain: frozenset[str]  # of those, the ones not written like names
    matches: list[Match] = field(default_factory=list)
    pending: list[Match] = field(default_factory=list)  # weak ones without support yet
    families: set[str] = field(default_factory=set)  # types of strong events
    fields: set[str] = field(default_factory=set)  # of its idioms


@Language.factory("marsad_triggers", assigns=["doc._.triggers", "doc._.set_apart"])
def make_triggers(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The trigger finder as a pipeline component; goes after the parser if there is one."""
    load_lexicon()
    return mark_triggers


def mark_triggers(doc: Doc) -> Doc:
    """Hang the triggers of `doc`, and what it tells of that is set apart, on it; return it."""
    words = Words(doc)
    matches = find_matches(words, load_lexicon())
    triggers = _select_triggers(doc, words, matches)
    doc._.set_apart = find_set_apart(words, matches, eventful=bool(triggers))
    put_mentions(doc, "triggers", triggers, [t["event_type"] for t in triggers])
    return doc


def find_triggers(doc: Doc) -> list[Trigger]:
    """The triggers of `doc` in text order, no two overlapping."""
    words = Words(doc)
    matches = find_matches(words, load_lexicon())
    return _select_triggers(doc, words, matches)


def _select_triggers(doc: Doc, words: Words, matches: list[Match]) -> list[Trigger]:
    lexicon = load_lexicon()
    if not any(match.pattern.field is None for match in matches):
        return []
    sentences = _sort_into_sentences(words, matches)
    _drop_guarded(doc, sentences)
    violent = sum(
        m.pattern.strength == "strong" and m.pattern.event_type in VIOLENCE
        for s in sentences
        for m in s.matches
    )
    genres = nonevent_genres(words, matches, violent)
    effects = {genre.effect for genre in lexicon.genres if genre.name in genres}
    _settle_strength(doc, sentences, effects)
    _lean_on_neighbours(sentences)
    _drop_harm_without_doer(sentences, natural="mishap" in effects)
    _drop_spoils(sentences)
    if "crime" in effects:
        _drop_arrests(sentences)
    _drop_idle_means(sentences)
    for sentence in sentences:
        sentence.matches = drop_named_threats(doc, sentence.matches)
    kept = [match for sentence in sentences for match in sentence.matches]
    kept.sort(key=lambda match: match.start)
    return name_blasts(doc, [_as_trigger(match) for match in kept])


def _as_trigger(match: Match) -> Trigger:
    pattern = match.pattern
    return Trigger(
        start=match.start,
        end=match.end,
        event_type=pattern.event_type,
        entry=pattern.entry,
        role=pattern.role,
        strength=pattern.strength,
        head=match.head,
    )


def _sort_into_sentences(words: Words, matches: list[Match]) -> list[_Sentence]:
    """Every sentence in order, with its matches (idioms taken out).

    Words are gathered only near a match: nothing else is ever asked for.
    """
    limits = [words.at[k] for k in words.starts[1:]] + [len(words.doc)]
    held: list[list[Match]] = [[] for _ in limits]
    current = 0
    for match in matches:
        while match.start >= limits[current]:
            current += 1
        held[current].append(match)
    blocked = {
        i
        for m in matches
        if m.pattern.field and not m.pattern.field.startswith(APART)
        for i in range(m.start, m.end)
    }
    bounds = [*words.starts, len(words.low)]
    sentences = []
    for n in range(len(limits)):
        near = held[max(0, n - CAUSE_AHEAD) : n + CAUSE_BACK + 1]
        sentence = (
            _read_sentence(words, bounds[n], bounds[n + 1], blocked)
            if any(near)
            else _Sentence(frozenset(), frozenset())
        )
        sentence.matches = [match for match in held[n] if match.pattern.field is None]
        sentence.fields = {match.pattern.field for match in held[n] if match.pattern.field}
        sentences.append(sentence)
    return sentences


def _read_sentence(words: Words, first: int, last: int, blocked: set[int]) -> _Sentence:
    doc = words.doc
    places = [k for k in range(first, last) if words.at[k] not in blocked]
    return _Sentence(
        free=frozenset(words.low[k] for k in places),
        plain=frozenset(
            words.low[k] for k in places if k == first or not doc[words.at[k]].is_title
        ),
    )


def _drop_guarded(doc: Doc, sentences: list[_Sentence]) -> None:
    for sentence in sentences:
        sentence.matches = [
            match
            for match in sentence.matches
            if not _is_month(doc, match)
            and not _is_reason_of_strike(doc, match, sentence)
            and guarding_field(doc, match, sentence.free) is None
        ]


def _is_reason_of_strike(doc: Doc, match: Match, sentence: _Sentence) -> bool:
    """ "Began a hunger strike to protest against": a strike without a gathering is no protest."""
    if "labour" not in sentence.fields or not doc[match.head].lower_.startswith("protest"):
        return False
    return doc[match.head].pos_ == "VERB" and _GATHERING.isdisjoint(sentence.free)


def _is_month(doc: Doc, match: Match) -> bool:
    """'March 12', 'in March', 'last March': the month, not the procession."""
    if match.end - match.start != 1 or doc[match.start].lower_ != "march":
        return False
    token = doc[match.start]
    after = doc[match.end].text if match.end < len(doc) else ""
    before = doc[match.start - 1].lower_ if match.start else ""
    if after[:1].isdigit() or before[:1].isdigit():
        return True
    return not token.text.islower() and before in {
        *("in", "since", "last", "of", "until", "by", "early", "late", "mid", "this", "next"),
        *("from", "between", "to", "during", "before", "after", "end", "through", "and", "-"),
    }


def _settle_strength(doc: Doc, sentences: list[_Sentence], effects: set[str]) -> None:
    """Keep strong matches and supported weak ones; the rest wait as pending.

    In a report of a genre that talks of violence without telling of any, all
    must meet what the genre demands, and nothing waits.
    """
    supports = load_lexicon().supports
    demands = [effect for effect in _DEMANDING if effect in effects]
    for sentence in sentences:
        kept, pending = [], []
        for match in sentence.matches:
            pattern = match.pattern
            needs = pattern.needs
            if demands and pattern.role != "means" and pattern.event_type in VIOLENCE:
                if not all(_meets(doc, match, sentence, demand) for demand in demands):
                    continue
            elif demands and needs is None and pattern.role != "means":
                needs = "crowd"
            own = _own_words(doc, match)
            if needs is None or has_support(doc, match, supports[needs], sentence.free - own):
                kept.append(match)
            else:
                pending.append(match)
        sentence.matches = kept
        sentence.pending = pending
        sentence.families = {
            m.pattern.event_type
            for m in kept
            if m.pattern.strength == "strong" and m.pattern.role == "event"
        }


def _own_words(doc: Doc, match: Match) -> set[str]:
    """The words that the match spells out; what stands in its gaps is context."""
    slots = match.pattern.slots
    words = {token.lower_ for token in doc[match.start : match.end]}
    if None not in slots:
        return words
    return {word for word in words if any(slot and word in slot for slot in slots)}


def _meets(doc: Doc, match: Match, sentence: _Sentence, demand: str) -> bool:
    """Whether a match meets what a genre (see trigger_genres.toml) demands of violence."""
    if demand == "drill":
        return is_harm_done(doc, match)
    if is_grave_and_dated(doc, match, sentence.free):
        return True
    if demand == "told":
        told = not load_classes()["told_by"].isdisjoint(sentence.free)
        return told and not {"said", "told", "reported", "confirmed"}.isdisjoint(sentence.free)
    beside = sentence.free - _own_words(doc, match) if demand == "violent" else sentence.free
    return not load_lexicon().supports[demand].words.isdisjoint(beside)


def _drop_arrests(sentences: list[_Sentence]) -> None:
    """Arrests for plain crime are no political events, in a report without violence or politics."""
    classes = load_classes()
    political = classes["dissent"] | classes["rebel"] | {"opposition", "journalist", "journalists"}
    political -= {"suspect", "suspects", "gang", "gangs", "strike", "calling", "against", "rights"}
    if any(m.pattern.event_type != "arrest" for s in sentences for m in s.matches):
        return
    if any(not political.isdisjoint(sentence.free) for sentence in sentences):
        return
    for sentence in sentences:
        sentence.matches = []


def _lean_on_neighbours(sentences: list[_Sentence]) -> None:
    """Take back weak matches that stand beside a strong one of their family."""
    supports = load_lexicon().supports
    for at, sentence in enumerate(sentences):
        if not sentence.pending:
            continue
        near: set[str] = set()
        for other in sentences[max(0, at - FAMILY_REACH) : at + FAMILY_REACH]:
            near |= other.families
        for match in sentence.pending:
            needs = match.pattern.needs
            if needs is not None and not supports[needs].family.isdisjoint(near):
                sentence.matches.append(match)
        sentence.matches.sort(key=lambda match: match.start)


def _cause(sentence: _Sentence) -> str | None:
    """'violence', 'mishap', 'blast' (of what is not told) or None, by what the sentence holds."""
    classes = load_classes()
    if any(_shows_violence(match) for match in sentence.matches):
        return "violence"
    free = sentence.free
    if not sentence.fields.isdisjoint(_APART_MISHAPS) and not any(map(_is_act, sentence.matches)):
        return "violence" if not (classes["rebel"] | classes["hard"]).isdisjoint(free) else "mishap"
    if not sentence.fields.isdisjoint(_MISHAP_FIELDS):
        return "violence" if not (classes["rebel"] | classes["hard"]).isdisjoint(free) else "mishap"
    rebels = classes["rebel"] - _UNSURE_REBELS
    violent = not (rebels | classes["explosive"] | classes["firearm"]).isdisjoint(free)
    if any(not classes[c].isdisjoint(sentence.plain) for c in ("nature", "accident", "disease")):
        return "violence" if violent else "mishap"
    if violent:
        return "violence"
    events = [
        m
        for m in sentence.matches
        if m.pattern.role == "event" and m.pattern.event_type in VIOLENCE and not _is_damage(m)
    ]
    if not events:
        return None
    return (
        "blast" if all(m.pattern.event_type == "remote-explosive" for m in events) else "violence"
    )


def _is_act(match: Match) -> bool:
    """An event that somebody must have brought about."""
    pattern = match.pattern
    return (
        pattern.role == "event"
        and pattern.event_type in VIOLENCE
        and pattern.event_type not in _ACCIDENTAL
    )


def _shows_violence(match: Match) -> bool:
    """An event of violence, or a weapon, that no accident brings about."""
    pattern = match.pattern
    if pattern.event_type not in VIOLENCE or pattern.role == "harm":
        return False
    if _is_damage(match):
        return False
    if pattern.role == "means" or pattern.strength == "strong":
        return True
    accidental = ("remote-explosive", "property-destruction", "air-strike")
    return pattern.event_type not in accidental and pattern.needs != "munitions"


def _drop_harm_without_doer(sentences: list[_Sentence], *, natural: bool) -> None:
    """Drop deaths, blasts and damage that nature, accident or disease caused.

    The cause is looked for in the sentence, then in the ones before, then after;
    failing all, `natural` (the report is about a disaster or a disease) decides.
    """
    causes = settle_blasts([_cause(sentence) for sentence in sentences], CAUSE_BACK)
    peaceful = "violence" not in causes
    for at, sentence in enumerate(sentences):
        if not sentence.matches:
            continue
        cause = causes[at]
        if cause is None:
            back = causes[max(0, at - CAUSE_BACK) : at][::-1]
            ahead = causes[at + 1 : at + 1 + CAUSE_AHEAD]
            cause = next((c for c in (*back, *ahead) if c), "mishap" if natural else None)
        if cause is None and peaceful:
            sentence.matches = [m for m in sentence.matches if not is_plain_death(m, sentence.free)]
        if cause == "mishap":
            sentence.matches = [
                m
                for m in sentence.matches
                if not _may_be_mishap(m)
                and not (peaceful and m.pattern.event_type in _AFTER_MISHAP)
            ]


def _drop_spoils(sentences: list[_Sentence]) -> None:
    """Weapons recovered after a clash are part of the clash, no event of their own."""
    for at, sentence in enumerate(sentences):
        near = sentences[max(0, at - FAMILY_REACH) : at + 1]
        if any(
            m.pattern.event_type == "armed-clash" and m.pattern.strength == "strong"
            for other in near
            for m in other.matches
        ):
            sentence.matches = list(without_recoveries(sentence.matches))


def _is_damage(match: Match) -> bool:
    pattern = match.pattern
    return pattern.event_type == "property-destruction" and any(
        word.startswith(_DAMAGE) for word in pattern.entry.split()
    )


def _may_be_mishap(match: Match) -> bool:
    pattern = match.pattern
    if _is_damage(match):
        return True
    return pattern.role == "harm" or (pattern.strength == "weak" and pattern.event_type in VIOLENCE)


def _drop_idle_means(sentences: list[_Sentence]) -> None:
    """A weapon evokes nothing alone: keep it only beside an event or harm."""
    for sentence in sentences:
        if all(match.pattern.role == "means" for match in sentence.matches):
            sentence.matches = []
