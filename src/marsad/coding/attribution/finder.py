"""Attribution: decide who says what.

Reads   the parse where there is one, quotations, doc._.actors.
Writes  doc._.attributions.
Never   judges whether what is said is true, or resolves who did what.

Source, cue and content are used as in the PARC and PolNeAR corpora. Words the
report hedges without a source ("reportedly") are left to `modality`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from marsad.coding.attribution.citations import CITING, read_citation
from marsad.coding.attribution.continuation import continue_speakers
from marsad.coding.attribution.grammar import acts_as_verb
from marsad.coding.attribution.headlines import read_headline
from marsad.coding.attribution.judge import judge_readings
from marsad.coding.attribution.lexicon import CLAIM_CLASSES, CueClass, noun_cues, verb_cues
from marsad.coding.attribution.phrases import (
    LABEL_MARKS,
    OPENERS,
    read_adjective,
    read_label,
    read_noun,
    read_phrase,
)
from marsad.coding.attribution.reading import Page, Reading
from marsad.coding.attribution.scope import TURNS, settle_scopes
from marsad.coding.attribution.speakers import SpeakerBook, is_occurrence
from marsad.coding.attribution.stances import describes
from marsad.coding.attribution.verbs import read_verb
from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import AttributionMention
from marsad.coding.once import once
from marsad.coding.sentences import sentence_bounds

_WE = frozenset({"i", "we", "my", "our", "us", "me"})
_NEVER_SOURCE = frozenset({"that", "this", "there", "what", "which", "nothing", "everything"})
_NO_SOURCE = _NEVER_SOURCE | frozenset(
    {"these", "those", "all", "you", "one", "anyone", "someone", "everyone", "nobody"}
)


def find_attributions(
    doc: Doc, classes: Collection[CueClass] = CLAIM_CLASSES
) -> list[AttributionMention]:
    """Every attribution with a named source that a lexicon cue makes, in text order.

    `classes` chooses the cue classes (see codebook/data/attribution_verbs.tsv):
    by default those a claim can rest on, without wishes and attitudes.
    """
    if not len(doc):
        return []
    page = Page(doc)
    readings = [r for r in _read_all(page) if r.sense.klass in classes and not _withheld(r)]
    return _finish(page, readings)


def _withheld(reading: Reading) -> bool:
    """ "Did not say", "declined to confirm", "did not deny": nothing was said."""
    return reading.negated and reading.sense.klass in {"speech", "evidence", "denial"}


def find_all_attributions(doc: Doc) -> list[AttributionMention]:
    """Attributions in the wide sense of PolNeAR: speech, belief, wish and attitude.

    Any verb, noun or adjective may be a cue; `judge` says which are. Only the
    outermost are given: what somebody says that others think is his to say. For
    study and evaluation; claims rest on `find_attributions`.
    """
    if not len(doc):
        return []
    page = Page(doc)
    return _finish(page, judge_readings(page, _read_all(page, open_class=True)))


def _finish(page: Page, readings: list[Reading]) -> list[AttributionMention]:
    continue_speakers(page, readings)
    readings.sort(key=lambda r: (r.source, r.cue))
    return _as_mentions(page.doc, readings)


def _read_all(page: Page, *, open_class: bool = False) -> list[Reading]:
    read = _read_open if open_class else _read_cue
    readings: list[Reading] = []
    citing: list[Token] = []
    lowers = page.doc.to_array([LOWER]).tolist()
    hits = range(len(lowers)) if open_class else _hits(lowers)
    for index in hits:
        token = page.doc[index]
        if token.lower_ in CITING and token.pos_ == "VERB":
            citing.append(token)
            continue
        found = read(page, token)
        if found is not None and not _cannot_speak(page.doc[found.head], wide=open_class):
            readings.append(found)
    settle_scopes(page, readings)
    for token in citing:
        _add_citations(page, token, readings)
    return readings


def _hits(lowers: Sequence[int]) -> list[int]:
    """Indexes of the words that may be cues: the cheap look before the dear one."""
    known = _cue_ids()
    return [index for index, lower in enumerate(lowers) if lower in known]


@cache
def _cue_ids() -> frozenset[int]:
    words = {*verb_cues(), *noun_cues(), *OPENERS, *LABEL_MARKS, *CITING}
    return frozenset(get_string_id(word) for word in words)


def _read_cue(page: Page, token: Token) -> Reading | None:
    """What `token` makes when it is a cue of the lexicon. Most tokens are not: be quick."""
    word = token.lower_
    if word in verb_cues():
        if acts_as_verb(token):
            return read_verb(page, token)
        if token.text[0].isupper() and (found := read_headline(page, token)) is not None:
            return found
    if word in OPENERS:
        return read_phrase(page, token)
    if word in LABEL_MARKS:
        return read_label(page, token)
    return read_noun(page, token) if word in noun_cues() else None


def _read_open(page: Page, token: Token) -> Reading | None:
    """What `token` makes when any verb, noun or adjective may be a cue."""
    if token.lower_ in OPENERS:
        return read_phrase(page, token)
    if token.lower_ in LABEL_MARKS:
        return read_label(page, token)
    if token.lower_ in verb_cues() and token.text[0].isupper() and token.pos_ != "VERB":
        found = read_headline(page, token)
        if found is not None:
            return found
    if token.pos_ == "VERB":
        moved = token.tag_ == "VBN" and describes(token)
        found = read_adjective(page, token) if moved else None
        return found or read_verb(page, token, any_verb=True)
    if token.pos_ == "NOUN":
        if acts_as_verb(token):
            return read_verb(page, token, any_verb=True)
        return read_noun(page, token, any_noun=True)
    return read_adjective(page, token) if token.pos_ == "ADJ" else None


def _add_citations(page: Page, token: Token, readings: list[Reading]) -> None:
    first, last = page.sentence(token.i)
    sentence = [r for r in readings if first <= r.cue[0] < last]
    made, used = read_citation(page, token, sentence)
    if used:
        readings[:] = [r for r in readings if r.cue[0] not in used]
        readings += made
        return
    found = read_verb(page, token)
    if found is not None:
        readings.append(found)


def _cannot_speak(head: Token, *, wide: bool) -> bool:
    """ "The blast claimed", "that said", "no group claimed", a dateline: no source at all.

    In the wide sense "neither party thinks" and "those surveyed say" are attitudes too.
    """
    if _in_dateline(head):
        return True
    if head.left_edge.lower_ in {"no", "neither", "nobody", "none"} and not wide:
        return True
    if head.lower_ in (_NEVER_SOURCE if wide else _NO_SOURCE):
        return True
    return is_occurrence(head.lower_)


def _in_dateline(head: Token) -> bool:
    """Whether the word stands in a dateline: "KABUL: Two officers were shot"."""
    doc = head.doc
    report = doc._.report or {}
    if report.get("dateline_start", 0) <= head.idx < report.get("dateline_end", 0):
        return True
    return any(
        place["role"] == "dateline" and place["start"] <= head.i < place["end"]
        for place in doc._.toponyms or ()
    )


def _as_mentions(doc: Doc, readings: list[Reading]) -> list[AttributionMention]:
    book = SpeakerBook(doc)
    speakers = [book.identify(reading) for reading in readings]
    relays = _relays(readings)
    mentions: list[AttributionMention] = []
    for index, reading in enumerate(readings):
        relay = relays[index]
        speaker = speakers[index]
        if relay is not None and doc[reading.source[0] : reading.source[1]].text.lower() in _WE:
            speaker = speakers[relay]  # "we" in a quotation is who is quoted
        mentions.append(
            {
                "start": reading.source[0],
                "end": reading.source[1],
                "source": speaker.name,
                "actor": speaker.actor,
                "kind": speaker.kind,
                "cue": list(reading.cue),
                "cue_type": reading.sense.type,
                "content": [list(r) for r in reading.content],
                "relayed_by": relay,
                "direct": reading.direct,
            }
        )
        blamed = book.blamed(reading)
        if blamed:
            mentions[-1]["blamed"] = blamed
    return mentions


def _relays(readings: list[Reading]) -> list[int | None]:
    """For each reading who passes it on; no reading comes back to itself."""
    relays: list[int | None] = []
    for index in range(len(readings)):
        relay = _relay(readings, index)
        above, steps = relay, 0
        while above is not None and above < index and steps <= index:
            above, steps = relays[above], steps + 1
        relays.append(None if above == index else relay)
    return relays


def _relay(readings: list[Reading], index: int) -> int | None:
    """The reading that passes this one on: named by the cue, else the one around it."""
    own = readings[index]
    if own.relay is not None:
        for other, reading in enumerate(readings):
            if reading is own.relay:
                return other
    best: tuple[int, int] | None = None
    for other, reading in enumerate(readings):
        if other == index or reading.sense.type == "denies":
            continue  # who denies a claim does not pass it on
        for low, high in reading.content:
            holds = low <= own.cue[0] and own.cue[1] <= high
            if holds and low <= own.source[0] and own.source[1] <= high:
                size = high - low
                if best is None or size < best[0]:
                    best = (size, other)
    return best[1] if best else None


def sources_of(doc: Doc, start: int, end: int) -> list[int]:
    """Indexes into doc._.attributions of who says doc[start:end], claimant first.

    The innermost attribution whose content covers the range, then those that
    relay it outward. Where none covers it, the last one to end before it in the
    same sentence, unless a new turn ("but", "while", "and") begins in between:
    the parser drops tails of long complements. Empty when the outlet itself
    says it.
    """
    mentions = cast("list[AttributionMention]", doc._.attributions)
    reach = once(doc, "reach of attributions", mentions, lambda: _read_reach(mentions))
    best: tuple[int, bool, int] | None = None
    first = bisect_left(reach.contents, (start - reach.longest,))
    for low, high, index in reach.contents[first : bisect_left(reach.contents, (start + 1,))]:
        if low <= start and end <= high:
            # Of two with one content ("A said, citing B") the one cited is the claimant.
            best = min(best or (len(doc), True, 0), (high - low, index in reach.relays, index))
    current = best[2] if best else _trailing(doc, mentions, reach, start)
    chain: list[int] = []
    while current is not None and current not in chain:
        chain.append(current)
        current = mentions[current]["relayed_by"]
    return chain


@dataclass(frozen=True)
class _Reach:
    """Where the attributions of a Doc stand, in text order, so that few need be asked."""

    contents: list[tuple[int, int, int]]  # start, end, index of the attribution
    longest: int  # tokens in the longest content
    cues: list[tuple[int, int]]  # start of the cue, index
    relays: frozenset[int | None]  # indexes of those who pass on what another says


def _read_reach(mentions: list[AttributionMention]) -> _Reach:
    contents = sorted((low, high, i) for i, m in enumerate(mentions) for low, high in m["content"])
    return _Reach(
        contents=contents,
        longest=max((high - low for low, high, _ in contents), default=0),
        cues=sorted((m["cue"][0], i) for i, m in enumerate(mentions) if m["cue"]),
        relays=frozenset(m["relayed_by"] for m in mentions),
    )


def _trailing(
    doc: Doc, mentions: list[AttributionMention], reach: _Reach, start: int
) -> int | None:
    """The attribution whose content trails off before `start` in the same sentence."""
    first, _ = sentence_bounds(doc, start)
    best: tuple[int, int] | None = None
    near = reach.cues[bisect_left(reach.cues, (first,)) : bisect_left(reach.cues, (start,))]
    for cue, index in sorted(near, key=lambda pair: pair[1]):
        low, high = mentions[index]["content"][-1]
        opens = first <= cue < low  # "X said ..." and not "..., X said"
        if opens and high <= start and (best is None or high > best[0]):
            best = (high, index)
    if best is None:
        return None
    between = doc[best[0] : start]
    spoken = any(best[0] <= cue for cue, _ in near)
    turned = any(t.lower_ in TURNS or t.is_quote for t in between)
    return None if turned or spoken else best[1]


@Language.factory(
    "marsad_attribution",
    requires=["doc.sents", "token.dep", "token.tag", "doc._.actors"],
    assigns=["doc._.attributions"],
)
def make_attribution(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The attribution reader as a pipeline component; goes after the actors."""
    return AttributionFinder()


class AttributionFinder:
    """Callable component around `find_attributions`."""

    def __call__(self, doc: Doc) -> Doc:
        """Write doc._.attributions and return `doc`."""
        mentions = find_attributions(doc)
        put_mentions(doc, "attributions", mentions, [m["kind"] for m in mentions])
        return doc
