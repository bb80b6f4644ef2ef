"""The judge: which of all possible readings are attributions in the wide sense.

Reads   attribution_stances.tsv, the parse and the quotations around each reading.
Writes  nothing; returns the readings kept.

An argued model with no trained weights. Four things are asked of a reading and
their points are summed: how surely its cue means that somebody says, thinks,
wants or judges (the grade in the table); whether its source is one that can;
whether it is told as a fact ("said", not "would say"); and whether what is
reported shows itself as words (quotation marks, a noun for speech). Then only
the outermost remain: what a speaker says that others think is his to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from marsad.coding.attribution.grammar import child
from marsad.coding.attribution.lexicon import noun_cues, role_nouns, source_kinds
from marsad.coding.attribution.reading import Page, Reading
from marsad.coding.attribution.stances import grade_of, is_party

# Points a reading needs. A grade of 2 with a fit source in a plain statement reaches it.
ENOUGH = 2
_HYPOTHETICAL = frozenset({"would", "could", "should", "might", "may", "must", "can", "'d", "’d"})
_CLAUSES = frozenset({"clause", "quote", "direct", "inf", "ing", "xcomp", "ccomp", "that", "to"})
# "Continued to insist" is insisting; "wanted to insist" is not.
_DONE = frozenset(
    {"continue", "begin", "start", "go", "proceed", "use", "appear", "seem", "come", "try", "seek"}
    | {"have", "manage", "rush", "move", "join", "be", "hasten", "attempt", "wait"}
)
_PERSONAL = frozenset({"he", "she", "who", "his", "her", "him", "we"})
_PEOPLE = frozenset({"PERSON", "ORG", "NORP"})
_SOME = frozenset(
    {"they", "some", "many", "others", "most", "several", "few", "those", "both", "another"}
    | {"everyone", "everybody", "someone", "half"}
)
# "It", and the writer and his readers: sometimes a source, mostly none.
_UNSURE = frozenset(
    {"it", "its", "these", "each", "their", "them", "i", "my", "our", "us", "me", "you", "your"}
)


def judge_readings(page: Page, readings: list[Reading]) -> list[Reading]:
    """The outermost readings with at least `ENOUGH` points, order kept."""
    likely = [r for r in readings if weigh(page, r) >= ENOUGH]
    return list(_outermost(likely))


def weigh(page: Page, reading: Reading) -> int:
    """The sum of a reading's points; 0 for one inside a quotation: the quoted speak there."""
    doc = page.doc
    cue = doc[reading.cue[0]]
    if page.quote_around(cue.i) is not None:
        return 0
    grade = grade_of(cue, reading.frame)
    if not grade:
        return 0
    source = _source_points(doc[reading.head], grade)
    return grade + source + _mood_points(cue) + _word_points(page, reading)


def _source_points(head: Token, grade: int) -> int:
    """0 for who can speak or think, less for what cannot."""
    word = head.lower_
    if word in _PERSONAL or word in _SOME:
        return 0
    if head.pos_ == "PROPN":
        return 0
    if head.ent_type_ in _PEOPLE:
        return 0
    if word in _UNSURE:
        return -1
    if word in role_nouns("body") or head.like_num or is_party(word):
        return 0
    if word in role_nouns("speaker") or word in source_kinds():
        return 0
    if word in role_nouns("document") or word in role_nouns("picture"):
        return 0 if grade > 1 else -1
    return -1


def _mood_points(cue: Token) -> int:
    """Below 0 where the act is not told as done: "would say", "to deny it", a question."""
    helpers = [k for k in cue.children if k.dep_ == "aux" and k.i < cue.i]
    if any(k.lower_ in _HYPOTHETICAL for k in helpers):
        return -2
    if any(k.lower_ == "to" for k in helpers):
        done = cue.dep_ == "xcomp" and cue.head.lemma_.lower() in _DONE
        if done or cue.dep_ == "ROOT":
            return 0
        return -1
    if any(k.dep_ == "mark" and k.lower_ in {"if", "unless", "whether"} for k in cue.children):
        return -2
    return 0


def _word_points(page: Page, reading: Reading) -> int:
    """1 where the reported stands in quotation marks or is named by a word for speech."""
    for start, end in reading.content:
        for index in (start, end - 1):
            if page.quote_around(index) is not None:
                return 1
    cue = page.doc[reading.cue[0]]
    thing = child(cue, "dobj")
    if thing is None or cue.pos_ != "VERB":
        return 0
    word = thing.lower_
    return int(
        word in noun_cues() or word in role_nouns("document") or word in role_nouns("utterance")
    )


def _outermost(readings: list[Reading]) -> Iterator[Reading]:
    for reading in readings:
        if not any(_holds(other, reading) for other in readings if other is not reading):
            yield reading


def _holds(outer: Reading, inner: Reading) -> bool:
    """Whether `inner` is part of what `outer` says: the cue, and not the other way round.

    An attitude to a thing ("mocked the senator, who said") holds no clause of its own.
    """
    if outer.cue == inner.cue or not outer.covers(*inner.cue):
        return False
    if outer.sense.klass == "attitude" and outer.frame not in _CLAUSES:
        return False
    return not inner.covers(*outer.cue)
