"""Modality: decide for each trigger whether its event is said to have happened.

Reads   doc._.triggers, doc._.times, doc._.attributions, the parse where there is one.
Writes  doc._.modalities: one ModalityReading for each trigger, in the same order.
Never   decides who says so (attribution) or whether it is true.

A plain statement of a source is asserted: "police said gunmen killed three". What outranks what:
an old date, a court matter or a running total makes an event historical; else the cue nearest to
the event decides, hearsay ("allegedly") only where no other cue stands.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Token

from marsad.coding.mentions import ModalityReading, TimeMention, Trigger
from marsad.coding.modality.asides import read_asides
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.generality import generality_of
from marsad.coding.modality.governors import full_path
from marsad.coding.modality.lookback import look_back
from marsad.coding.modality.mood import Clue
from marsad.coding.modality.phrases import Phrase, find_phrases
from marsad.coding.modality.scope import find_clues
from marsad.coding.modality.second_look import (
    read_habits,
    read_stagings,
    share_allegations,
    share_with_means,
)
from marsad.coding.modality.window import find_window_clues
from marsad.coding.modality.worlds import read_other_worlds
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.choice import attached_time_of, own_time_of, time_of
from marsad.coding.times.hosts import MAX_CLIMB
from marsad.records import Modality

# A phrase before an event has it in scope up to this many tokens away.
PHRASE_REACH = 4
# A phrase of habit or of old times holds for its clause, told here by distance in tokens.
AROUND_REACH = 14
# An event dated further back than this is history even as a report's only subject.
# "The anniversary on Tuesday of the car bomb attack": words between it and the deed.
ANNIVERSARY_REACH = 9
# What has gone on since longer ago is no event of the day.
LONG_DAYS = 60
FRESH_DAYS = 366
RUNNING_TOTAL = "a running total"
ORDER = frozenset({"denied", "threatened", "planned", "hypothetical", "alleged"})

# Second looks at all readings, in this order.
_LOOKS = (share_allegations, read_habits, read_stagings, share_with_means, read_asides)


@Language.factory(
    "marsad_modality",
    requires=["doc._.triggers", "doc._.times", "doc._.attributions"],
    assigns=["doc._.modalities"],
)
def make_modality(nlp: Language, name: str) -> ModalityReader:
    """The modality reader as a pipeline component."""
    return ModalityReader()


class ModalityReader:
    """Callable component around `read_modality`."""

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.modalities and return the doc."""
        heads = frozenset(trigger["head"] for trigger in doc._.triggers)
        readings = [read_modality(doc, trigger, heads) for trigger in doc._.triggers]
        readings = _share_hearsay(doc, readings)
        for look in _LOOKS:
            readings = look(doc, readings)
        doc._.modalities = read_other_worlds(doc, look_back(doc, readings))
        return doc


def _share_hearsay(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """Give the second of two joined participles the hearsay of the first.

    "a video allegedly showing men burning the shrine, and killing two guards": the parser often
    hangs the second participle on another verb.
    """
    for index in range(1, len(readings)):
        head = doc[doc._.triggers[index]["head"]] if _is_inside(doc, index) else None
        if head is None or head.tag_ != "VBG" or readings[index]["modality"] != "asserted":
            continue
        if head.i == 0 or doc[head.i - 1].lower_ not in {"and", ","}:
            continue
        before = index - 1
        while before >= 0 and not _is_participle(doc, before):
            before -= 1
        if before < 0 or readings[before]["modality"] != "alleged":
            continue
        first = doc._.triggers[before]["head"]
        if not any(token.is_sent_start for token in doc[first + 1 : head.i + 1]):
            readings[index] = readings[before]
    return readings


def _is_inside(doc: Doc, index: int) -> bool:
    return 0 <= int(doc._.triggers[index]["head"]) < len(doc)


def _is_participle(doc: Doc, index: int) -> bool:
    return _is_inside(doc, index) and doc[doc._.triggers[index]["head"]].tag_ == "VBG"


def read_modality(doc: Doc, trigger: Trigger, heads: frozenset[int]) -> ModalityReading:
    """Whether the event of `trigger` is said to have happened, with the words that decide."""
    head = trigger["head"]
    if not 0 <= head < len(doc):
        return _reading("asserted", [], "nothing says otherwise")
    if trigger["event_type"] == "threat":  # the words are said; the deed is not done
        return _reading("threatened", [head, head + 1], "a threat in words")
    start, end = sentence_bounds(doc, head)
    phrases = find_phrases(doc, start, end)
    parsed = is_parsed(doc[head])
    clues = (
        find_clues(doc, trigger, heads) if parsed else find_window_clues(doc, trigger, start, end)
    )
    past = _historical(doc, trigger, clues, phrases)
    if past is not None:
        return past
    clues += _phrase_clues(doc, trigger, phrases, parsed)
    if _is_question(doc, trigger, start, end, parsed):
        clues.append(Clue("hypothetical", end - 1, "a question"))
    told = [clue for clue in clues if clue.finding in ORDER]
    # The nearest word decides; hearsay only where nothing else does. A denial of hearsay stands.
    firm = [clue for clue in told if clue.finding != "alleged"]
    for clue in firm or told:
        return _reading(cast(Modality, clue.finding), [clue.token, clue.token + 1], clue.reason)
    zero = next((clue for clue in clues if clue.finding == "zero"), None)
    if zero is not None:
        return _reading("asserted", [zero.token, zero.token + 1], zero.reason)
    return _reading("asserted", [], "nothing says otherwise")


def _reading(modality: Modality, cue: list[int], reason: str) -> ModalityReading:
    return ModalityReading(modality=modality, cue=cue, reason=reason)


def _historical(
    doc: Doc, trigger: Trigger, clues: list[Clue], phrases: list[Phrase]
) -> ModalityReading | None:
    """The reading of an event of the past, or None when the event is today's story."""
    remembered = next((c for c in clues if c.finding == "historical" and c.governs), None)
    if remembered is not None:
        return _reading("historical", [remembered.token, remembered.token + 1], remembered.reason)
    named = next((p for p in phrases if p.elapsed and _puts_in_past(doc, trigger, p)), None)
    if named is not None:
        return _reading(
            "historical", [named.start, named.end], f'"{named.text}": dated in the past'
        )
    marked = _marked_anniversary(doc, trigger)
    if marked is not None:
        return _reading("historical", [marked, marked + 1], f'"{doc[marked].text}" of it')
    times: list[TimeMention] = doc._.times
    attached = attached_time_of(doc, trigger)
    if attached is None:
        shared = _time_of_conjunct(doc, trigger)
        attached = shared if shared is not None and _is_of_old(doc, times[shared]) else None
    if attached is not None:
        mention = times[attached]
        if _is_of_old(doc, mention) and not _is_ranking(doc, trigger, mention):
            return _reading("historical", [mention["start"], mention["end"]], "dated in the past")
        if mention["role"] == "event":
            return None
    court = next((clue for clue in clues if clue.finding.startswith("court")), None)
    if court is not None and (court.finding == "court-strong" or not _story_is_new(doc, trigger)):
        return _reading("historical", [court.token, court.token + 1], court.reason)
    if attached is None and own_time_of(doc, trigger) is not None:
        return None
    for clue in clues:
        if clue.finding == "historical":
            return _reading("historical", [clue.token, clue.token + 1], clue.reason)
    for phrase in phrases:
        if _puts_in_past(doc, trigger, phrase):
            reason = f'"{phrase.text}": of old or again and again'
            return _reading("historical", [phrase.start, phrase.end], reason)
    return _running_total(doc, trigger) or _generic(doc, trigger) or _old_story(doc, trigger)


def _marked_anniversary(doc: Doc, trigger: Trigger) -> int | None:
    """ "Marked the 30th anniversary on Tuesday of the bombing": the word may hang on the day."""
    head = trigger["head"]
    start, _ = sentence_bounds(doc, head)
    for index in range(head - 1, max(start, head - ANNIVERSARY_REACH) - 1, -1):
        token = doc[index]
        if token.lower_ in {"anniversary", "centenary"}:
            return index if any(t.lower_ == "of" for t in doc[index + 1 : head]) else None
        if token.pos_ in {"VERB", "PUNCT"} and token.i != head:
            return None
    return None


def _time_of_conjunct(doc: Doc, trigger: Trigger) -> int | None:
    """ "They had burned a bus and killed a chief last year": the time at the end is of both."""
    for verb in doc[trigger["head"]].children:
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        if verb.dep_ == "conj" and verb.pos_ == "VERB" and not own:
            spot = Trigger(**{**trigger, "start": verb.i, "end": verb.i + 1, "head": verb.i})
            found = attached_time_of(doc, spot)
            if found is not None and doc._.times[found]["start"] > verb.i:
                return found
    return None


def _is_of_old(doc: Doc, mention: TimeMention) -> bool:
    """Whether the time alone makes its event history: a whole year or season, or over a year ago.

    A report that comes out months after an event may be the first to tell of it.
    """
    if mention["role"] != "background":
        return False
    published = doc._.report.get("published") if doc._.report else None
    if not published or mention["precision"] in {"year", "season"}:
        return True
    limit = date.fromisoformat(published[:10]) - timedelta(days=FRESH_DAYS)
    return date.fromisoformat(mention["last"]) < limit


def _is_ranking(doc: Doc, trigger: Trigger, mention: TimeMention) -> bool:
    """ "the seventh killing this year": the time is what is counted over, not the event's."""
    if mention["precision"] not in {"year", "season"}:
        return False
    low = max(0, min(trigger["head"], mention["start"]) - 6)
    high = max(trigger["head"], mention["end"])
    return any(
        token.tag_ == "JJS" or token.lower_ in _FIRSTS or _ORDINAL.fullmatch(token.lower_)
        for token in doc[low:high]
    )


def _story_is_new(doc: Doc, trigger: Trigger) -> bool:
    index = time_of(doc, trigger)
    return index is not None and doc._.times[index]["role"] == "event"


def _old_story(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """The story around dates the event in the past."""
    if not any(time["role"] == "background" for time in doc._.times):
        return None
    index = time_of(doc, trigger)
    if index is None:
        return None
    mention: TimeMention = doc._.times[index]
    if not _is_of_old(doc, mention):
        return None
    return _reading(
        "historical", [mention["start"], mention["end"]], "its story is dated in the past"
    )


def _puts_in_past(doc: Doc, trigger: Trigger, phrase: Phrase) -> bool:
    cues = load_cues()
    head = trigger["head"]
    if phrase.text == "used to" and doc[phrase.start].tag_ not in {"VBD", ""}:
        return False  # "drones were used to attack"
    if phrase.elapsed:
        path = full_path(doc, trigger) if is_parsed(doc[head]) else {head}
        return _has_in_reach(doc, phrase, path, is_parsed(doc[head]))
    if phrase.old or phrase.text in cues.around:
        gap = phrase.start - head if phrase.start > head else head - phrase.end + 1
        return gap <= AROUND_REACH and not _bounded(doc, head, phrase)
    if cues.phrases.get(phrase.text) != "historical":
        return False
    return phrase.end <= head <= phrase.end + PHRASE_REACH


def _bounded(doc: Doc, head: int, phrase: Phrase) -> bool:
    """Whether a clause boundary stands between the event and the phrase."""
    low, high = sorted((head, phrase.start))
    return any(
        token.text in {";", ":", "—", "–", "--", '"', "“", "”"} or token.lower_ in {"but", "while"}
        for token in doc[low:high]
    ) or (
        any(t.text == "," for t in doc[low:high])
        and not doc[max(0, phrase.start - 2)].is_sent_start
    )


def _running_total(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """ "40,000 have been killed since the war began": a total, no incident.

    Not "the deadliest attack since the war began", where "since" belongs to the superlative.
    """
    head = trigger["head"]
    _, end = sentence_bounds(doc, head)
    since = load_cues().since
    for index in range(head + 1, end):
        if doc[index].lower_ != "since":
            continue
        if _goes_on_for_long(doc, head, index) or any(
            doc[at].lower_ in since for at in range(index + 1, min(end, index + 6))
        ):
            before = range(max(0, head - 8), index)
            if any(doc[at].tag_ == "JJS" or doc[at].lower_ in _FIRSTS for at in before):
                return None
            return _reading("historical", [index, index + 1], RUNNING_TOTAL)
    return None


def _goes_on_for_long(doc: Doc, head: int, since: int) -> bool:
    """ "The group has carried out attacks since 2011": not "has shelled the town since Sunday"."""
    verb = doc[head]
    for _ in range(MAX_CLIMB):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        verb = verb.head
    if not is_perfect(verb) or doc[since].head.i < verb.i:
        return False
    published = doc._.report.get("published") if doc._.report else None
    _, end = sentence_bounds(doc, since)
    first = next((t["first"] for t in doc._.times if since <= t["start"] < end), None)
    if first is None or not published:
        return False
    return date.fromisoformat(first) < date.fromisoformat(published[:10]) - timedelta(
        days=LONG_DAYS
    )


_ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|[a-z]*(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|th))"
)
_FIRSTS = frozenset(
    {
        "first",
        "worst",
        "deadliest",
        "biggest",
        "largest",
        "heaviest",
        "latest",
        "bloodiest",
        "most",
        "highest",
        "second",
        "only",
    }
)


def _generic(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """A habit ("bandits who attack villages") or a war's toll ("the war, in which many died")."""
    head = doc[trigger["head"]]
    if head.tag_ in {"VBP", "VBZ"} and (_in_relative_clause(head) or _in_that_clause(head)):
        return _reading("historical", [head.i, head.i + 1], "a habit in the present tense")
    if head.dep_ == "relcl" and _is_vague(head.head) and is_perfect(head):
        return _reading("historical", [head.i, head.i + 1], "what has gone on, without a number")
    if _is_habit(head):
        return _reading(
            "historical", [head.head.i, head.head.i + 1], "a habit in the present tense"
        )
    clause = head.head.head if head.dep_ == "pobj" else head
    if clause.dep_ == "relcl" and head.pos_ == "NOUN" and is_perfect(clause):
        return _reading("historical", [clause.i, clause.i + 1], "what has gone on, without a date")
    general = generality_of(head, trigger) if is_parsed(head) else None
    if general is not None:
        return _reading("historical", [general.i, general.i + 1], "spoken of in general")
    if trigger["role"] == "harm" and is_parsed(head):
        subjects = [c for c in head.children if c.dep_ == "nsubj"]
        owners = [head.head] if head.dep_ == "relcl" else subjects
        owners += _wars_of_toll(head, subjects)
        war = next((noun for noun in owners if noun.lemma_.lower() in load_cues().wars), None)
        if war is not None:
            return _reading(
                "historical", [war.i, war.i + 1], f'the toll of "{war.text}", no incident'
            )
    return None


def _wars_of_toll(verb: Token, subjects: list[Token]) -> list[Token]:
    """ "thousands have been killed in the insurgency": the war whose toll this is."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if not (is_perfect(verb) or any(_is_vague(noun) for noun in (*subjects, *passive))):
        return []
    return [
        noun
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in {"in", "during"}
        for noun in prep.children
        if noun.dep_ == "pobj"
    ]


def _in_relative_clause(verb: Token) -> bool:
    return verb.dep_ == "relcl" or (verb.dep_ == "conj" and verb.head.dep_ == "relcl")


_STILL = frozenset({"still", "also", "always", "continually"})


def _is_habit(noun: Token) -> bool:
    """ "The group still carries out hit-and-run attacks": in a sentence, not in a headline."""
    verb = noun.head
    if noun.tag_ != "NNS" or noun.dep_ != "dobj" or verb.tag_ not in {"VBZ", "VBP"}:
        return False
    if any(c.dep_ in {"det", "nummod", "poss"} for c in noun.children):
        return False
    _, end = sentence_bounds(noun.doc, noun.i)
    closed = any(token.text == "." for token in noun.doc[noun.i : end])
    return closed and any(c.lower_ in _STILL for c in verb.children)


def _in_that_clause(verb: Token) -> bool:
    """ "It says that it strikes only fighters"; headlines ("Army Says It Strikes") lack "that"."""
    return verb.dep_ == "ccomp" and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in verb.children
    )


def _is_vague(noun: Token) -> bool:
    """ "the hundreds of farmers", "many people", "those": no figure of one incident."""
    words = [noun.lower_, *(child.lower_ for child in noun.children)]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        words.append(noun.head.head.lower_)
    return any(word in _VAGUE for word in words)


_VAGUE = frozenset(
    {"hundreds", "thousands", "millions", "many", "those", "countless", "scores", "people", "all"}
)


def is_perfect(verb: Token) -> bool:
    """Whether the verb is in the present perfect ("have been killed")."""
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"have", "has"} for c in verb.children)


def _phrase_clues(doc: Doc, trigger: Trigger, phrases: list[Phrase], parsed: bool) -> list[Clue]:
    """The phrases before the event that have it in scope."""
    table = load_cues().phrases
    path = full_path(doc, trigger) if parsed else {trigger["head"]}
    clues: list[Clue] = []
    for phrase in phrases:
        modality = table.get(phrase.text)
        if modality is None or modality == "historical":
            continue
        if _has_in_reach(doc, phrase, path, parsed):
            clues.append(Clue(modality, phrase.start, f'"{phrase.text}"'))
    return clues


def _has_in_reach(doc: Doc, phrase: Phrase, path: set[int], parsed: bool) -> bool:
    """Whether a token of `path` follows the phrase with only its own modifiers between.

    An infinitive phrase ("in order to") has the next verb in scope, not that verb's object.
    """
    for index in range(phrase.end, min(phrase.end + PHRASE_REACH, len(doc))):
        if index in path:
            return True
        if parsed and doc[index].pos_ in _ENDS_REACH:
            return False
    return False


_ENDS_REACH = frozenset({"VERB", "ADP", "CCONJ", "SCONJ", "PUNCT"})


def _is_question(doc: Doc, trigger: Trigger, start: int, end: int, parsed: bool) -> bool:
    """Whether the event itself is asked for, not only spoken of in a question."""
    if not any(doc[index].text == "?" for index in range(max(start, end - 3), end)):
        return False
    asked = doc[start].lower_ in _QUESTION_WORDS or doc[start].tag_ == "MD"
    asked = asked or trigger["role"] == "harm"
    return not parsed or asked or any(doc[i].dep_ == "ROOT" for i in full_path(doc, trigger))


_QUESTION_WORDS = frozenset({"what", "would", "could", "will", "if"})
