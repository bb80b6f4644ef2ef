"""Event times: which of a report's times is the time of an event.

Reads   doc._.times, the parse where there is one, sentence starts.
Writes  nothing.
Never   gives an event the time at which somebody spoke of it, or of what was done about it.

Tried in turn: a time on the trigger itself ("the attack on Sunday", "Sunday's attack"); a time on
the trigger's clause; the one event time of the sentence; the story's time, taken from the
sentences before (nearest first), from the lead, or from those that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from marsad.coding.asides import aside_at
from marsad.coding.mentions import TimeMention, Trigger
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.hosts import MAX_CLIMB, chain_of, host_class, load_hosts
from marsad.coding.times.story import sentences_away, story_time_of

# How far around a day is looked for that narrows an interval.
NARROW_SENTENCES = 3
OPENING_TOKENS = 5
# Words that carry an event in the object of what was done about it ("arrested over the bombing").
ABOUT = frozenset(
    {"over", "for", "about", "into", "against", "regarding", "concerning", "of", "with"}
)
SEQUENCE = frozenset({"after", "before"})
CLAUSE_TOPS = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis", "csubj", "pcomp"})


STAGING = frozenset("held hold holding holds staged stage organised organized".split())


@dataclass(frozen=True)
class _Candidate:
    """A time of the trigger's sentence, with what it hangs on."""

    index: int
    mention: TimeMention
    chain: tuple[int, ...]
    host: str | None


def time_of(doc: Doc, trigger: Trigger) -> int | None:
    """Index into doc._.times of the time of the event that `trigger` tells, or None.

    A time of role "background" or "deadline" is returned only when it stands on the trigger or
    its clause: then the event itself is old, or lies ahead.
    """
    own = own_time_of(doc, trigger)
    if not doc._.times or not 0 <= trigger["head"] < len(doc):
        return own
    bounds = sentence_bounds(doc, trigger["head"])
    if own is not None:
        return _narrowed(doc, own, *bounds)
    if aside_at(doc, trigger["head"]) is not None:
        return None
    told = story_time_of(doc, trigger, *bounds)
    if told is not None:
        return _narrowed(doc, told, *bounds)
    return _opening_date(doc, trigger, bounds[0])


def _narrowed(doc: Doc, index: int, start: int, end: int) -> int:
    """The day that sentences close by give within a short interval ("overnight", "this weekend").

    Only where all days given for events there are one; else `index` itself.
    """
    times: list[TimeMention] = doc._.times
    wide = times[index]
    if wide["first"] == wide["last"] or wide["role"] != "event" or wide["precision"] == "month":
        return index
    low = sentences_away(doc, start, -NARROW_SENTENCES)
    high = sentences_away(doc, end, NARROW_SENTENCES)
    days = [
        i
        for i, time in enumerate(times)
        if low <= time["start"] < high
        and time["role"] == "event"
        and time["first"] == time["last"]
        and host_class(doc, time["start"], time["end"]) not in {"say", "follow", "ahead"}
    ]
    inside = [i for i in days if wide["first"] <= times[i]["first"] <= wide["last"]]
    if len({times[i]["first"] for i in days}) == 1 and inside:
        return inside[0]
    return index


def _opening_date(doc: Doc, trigger: Trigger, start: int) -> int | None:
    """A calendar date that opens the sentence, though it stands on a verb of saying.

    "On 10 October 2023 it was reported that ...": the last resort, for want of any other time. A
    weekday there is left alone: it says when somebody spoke.
    """
    for candidate in _sentence_candidates(doc, trigger):
        mention = candidate.mention
        words = doc[mention["start"] : mention["end"]]
        opens = mention["role"] == "event" and mention["start"] - start <= OPENING_TOKENS
        if opens and any(token.shape_[:1] == "d" for token in words):
            return candidate.index
    return None


def attached_time_of(doc: Doc, trigger: Trigger) -> int | None:
    """The time that stands on the trigger or on its clause, or None."""
    candidates = _sentence_candidates(doc, trigger)
    return _own_time(doc, trigger, candidates) if candidates else None


def own_time_of(doc: Doc, trigger: Trigger) -> int | None:
    """The time that the trigger's own sentence gives its event, or None."""
    candidates = _sentence_candidates(doc, trigger)
    if not candidates:
        return None
    chosen = _own_time(doc, trigger, candidates)
    return chosen if chosen is not None else _sentence_time(doc, trigger, candidates)


def _sentence_candidates(doc: Doc, trigger: Trigger) -> list[_Candidate]:
    times: list[TimeMention] = doc._.times
    if not times or not 0 <= trigger["head"] < len(doc):
        return []
    head = doc[trigger["head"]]
    found = _candidates(doc, times, *sentence_bounds(doc, trigger["head"]))
    return [candidate for candidate in found if not _dates_the_other(doc, candidate, head)]


def _dates_the_other(doc: Doc, candidate: _Candidate, head: Token) -> bool:
    """Whether the time is that of the other of two events told with "after" or "before".

    "a day after" in the mention dates what "after" brings in; "after" behind it ("two days after
    the raid, ...") the clause around.
    """
    low, high = candidate.mention["start"], candidate.mention["end"]
    here, there = aside_at(doc, head.i), aside_at(doc, low)
    if here != there and not low <= head.i < high:
        return there is None or there.dated
    if doc[high - 1].lower_ in SEQUENCE:
        if here is not None:
            return False
        if not is_parsed(head):
            return head.i < low
        return not (_follows_after(doc, candidate, head) or low <= head.i < high)
    if high < len(doc) and doc[high].lower_ in SEQUENCE and is_parsed(head):
        return _stands_under(doc, head, high)
    return False


def _stands_under(doc: Doc, token: Token, top: int) -> bool:
    """Whether `token` hangs on the preposition at `top`, or on the verb that it introduces."""
    marks = doc[top].head.i if doc[top].dep_ in {"mark", "advmod"} else top
    for _ in range(MAX_CLIMB):
        if token.i in {top, marks}:
            return True
        if token.head.i == token.i or token.dep_ in {"relcl", "ccomp"}:
            return False
        token = token.head
    return False


def is_background_time(mention: TimeMention) -> bool:
    """Whether the mention places what it dates in the past of today's story."""
    return mention["role"] == "background"


def _candidates(doc: Doc, times: list[TimeMention], start: int, end: int) -> list[_Candidate]:
    first = bisect_left(times, start, key=lambda time: time["start"])
    found: list[_Candidate] = []
    for index in range(first, len(times)):
        mention = times[index]
        if mention["start"] >= end:
            break
        if mention["role"] == "publication":
            continue
        low, high = mention["start"], min(mention["end"], end)
        chain = tuple(token.i for token in chain_of(doc, low, high)) if is_parsed(doc[low]) else ()
        found.append(_Candidate(index, mention, chain, host_class(doc, low, high)))
    return _one_saying_each(found)


def _one_saying_each(candidates: list[_Candidate]) -> list[_Candidate]:
    """A verb of saying takes one time; another on it belongs to what is said.

    "It was reported today that on 10 March gunmen attacked" is often parsed with both times on
    "reported": the one nearer to the verb is its own.
    """
    said: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        if candidate.host == "say" and candidate.chain:
            said.setdefault(candidate.chain[-1], []).append(candidate)
    freed: set[int] = set()
    for verb, group in said.items():
        group.sort(key=lambda candidate: abs(candidate.mention["start"] - verb))
        freed |= {candidate.index for candidate in group[1:]}
    return [replace(c, host=None, chain=()) if c.index in freed else c for c in candidates]


def _own_time(doc: Doc, trigger: Trigger, candidates: list[_Candidate]) -> int | None:
    """The time that hangs on the trigger, or on the verb of its clause."""
    head = doc[trigger["head"]]
    span = range(trigger["start"], trigger["end"])
    inside = [c for c in candidates if c.mention["start"] <= head.i < c.mention["end"]]
    on_it = inside or [
        c
        for c in candidates
        if (c.host != "say" and any(at == head.i or at in span for at in c.chain))
        or _describes(doc, c, span)
        or _follows_after(doc, c, head)
        or _stands_before(doc, c, trigger)
    ]
    if on_it:
        return _nearest(on_it, head.i)
    if not is_parsed(head):
        return None
    verb = _clause_verb(doc, head)
    if verb is None or verb.i == head.i:
        return None
    classes = load_hosts()
    on_verb = [c for c in candidates if c.chain and c.chain[-1] == verb.i]
    follows = verb.lower_ in classes["follow"] or any(c.host == "follow" for c in on_verb)
    if verb.lower_ in classes["say"] or (
        follows and _is_about(head, verb) and not _is_staged(head, verb)
    ):
        return None
    in_clause = [c for c in on_verb if c.host != "say"]
    return _nearest(in_clause, head.i) if in_clause else None


def _describes(doc: Doc, candidate: _Candidate, span: range) -> bool:
    """ "a wound suffered on Friday", "the attack carried out in May"."""
    if not candidate.chain or candidate.host is not None:
        return False
    verb = doc[candidate.chain[-1]]
    return verb.dep_ in {"acl", "relcl"} and verb.head.i in span


def _stands_before(doc: Doc, candidate: _Candidate, trigger: Trigger) -> bool:
    """ "the May 7, 2015, fatal shooting": in the same noun phrase, whatever the parse says."""
    late = candidate.mention["end"] > trigger["start"]
    if late or doc[trigger["head"]].pos_ not in {"NOUN", "PROPN"}:
        return False
    between = doc[candidate.mention["end"] : trigger["start"]]
    return len(between) <= 3 and all(
        token.pos_ in {"ADJ", "NOUN"} or token.lower_ in {",", "-", "'s", "’s"} for token in between
    )


def _follows_after(doc: Doc, candidate: _Candidate, head: Token) -> bool:
    """ "a day after police shot a man", "Sunday, when police shot him": what is brought in."""
    end = candidate.mention["end"]
    if doc[end - 1].lower_ in SEQUENCE:
        here = aside_at(doc, head.i)
        return (here is not None and here.start == candidate.mention["start"]) or _stands_under(
            doc, head, end - 1
        )
    end += end < len(doc) and doc[end].text == ","
    return end < len(doc) and doc[end].lower_ == "when" and _stands_under(doc, head, end)


def _clause_verb(doc: Doc, token: Token) -> Token | None:
    """The verb of the clause that `token` stands in, itself if it is one."""
    for _ in range(MAX_CLIMB):
        if token.pos_ in {"VERB", "AUX"}:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _is_staged(head: Token, verb: Token) -> bool:
    """ "demonstrations were held on Monday": what is held is the event, unlike a vigil for it."""
    return verb.lower_ in STAGING and head.head.i == verb.i and head.dep_ in {"nsubjpass", "dobj"}


def _is_about(head: Token, verb: Token) -> bool:
    """Whether the trigger only is what the verb is about ("arrested over the bombing")."""
    token = head
    for _ in range(MAX_CLIMB):
        if token.i == verb.i or token.head.i == token.i:
            return False
        if token.dep_ == "prep" and token.lower_ in ABOUT:
            return True
        if token.head.i == verb.i and token.dep_ in {"dobj", "nsubj", "nsubjpass"}:
            return True
        token = token.head
    return False


def _nearest(candidates: list[_Candidate], at: int) -> int:
    def distance(candidate: _Candidate) -> int:
        low, high = candidate.mention["start"], candidate.mention["end"]
        return low - at if low > at else at - high + 1

    return min(candidates, key=distance).index


def _sentence_time(doc: Doc, trigger: Trigger, candidates: list[_Candidate]) -> int | None:
    """The sentence's one event time, or the nearest on the trigger's side of a clause."""
    open_to_all = [
        c
        for c in candidates
        if c.mention["role"] == "event"
        and c.host not in {"say", "follow", "ahead"}
        and doc[c.mention["end"] - 1].lower_ not in {"after", "before"}
    ]
    if not open_to_all:
        return None
    if len({(c.mention["first"], c.mention["last"]) for c in open_to_all}) == 1:
        return open_to_all[0].index
    return _nearest(open_to_all, trigger["head"])
