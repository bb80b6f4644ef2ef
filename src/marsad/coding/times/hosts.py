"""What a time expression hangs on: an event, a saying, an aftermath, or something ahead.

Reads   the parse where there is one, else the words before the expression.
Writes  nothing.
Never   resolves a date.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds

# A time of the clock right before a day tells when something happened, not when it was told of.
_CLOCK = frozenset(
    {"a.m.", "p.m.", "am", "pm", "a.m", "p.m", "midnight", "noon", "o'clock", "o’clock", "around"}
)
_COMPLEMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "acomp"})
_TO_COURT = frozenset({"before", "in", "behind", "to", "into", "on", "from"})
_MODIFIERS = frozenset({"poss", "compound", "nmod", "amod", "nummod"})
# How far before a time the verb of saying may stand when the sentence has no parse
# ("told reporters in the capital on Friday").
SAY_WINDOW = 6
MAX_CLIMB = 40
_AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|due|slated|upcoming|expected|planned|planning|plans?|set\s+(?:for|to|down))\b|['’]ll\b",
    re.IGNORECASE,
)


@cache
def load_hosts() -> dict[str, frozenset[str]]:
    """The lower-case word forms of each class: say, follow, ahead."""
    text = files("marsad.codebook").joinpath("data/time_hosts.tsv").read_text("utf-8")
    forms: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, lemma, *extra = line.split("\t")
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        made = {lemma, lemma + "s", stem + "ed", stem + "ing"} | set(" ".join(extra).split())
        forms.setdefault(kind, set()).update(made)
    return {kind: frozenset(words) for kind, words in forms.items()}


def span_head(doc: Doc, start: int, end: int) -> Token:
    """The token of doc[start:end] that hangs on something outside; the last one without a parse."""
    for index in range(start, end):
        head = doc[index].head.i
        if not start <= head < end or head == index:
            return doc[index]
    return doc[end - 1]


def chain_of(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens the span hangs on, nearest first, up to and with the first verb.

    A time inside a noun phrase ("the 2015 bombing", "Monday's attack") hangs on its noun alone.
    """
    token = span_head(doc, start, end)
    if token.dep_ in _MODIFIERS and token.head.pos_ in {"NOUN", "PROPN"}:
        return [token.head]
    chain: list[Token] = []
    for _ in range(MAX_CLIMB):
        if token.head.i == token.i:
            break
        token = token.head
        chain.append(token)
        if token.pos_ in {"VERB", "AUX"}:
            break
    return chain


def host_class(doc: Doc, start: int, end: int) -> str | None:
    """ "say", "follow" or "ahead" when the time hangs on such a word, else None."""
    classes = load_hosts()
    if start and doc[start - 1].lower_ in _CLOCK:
        return None
    if _follows_saying(doc, start):
        return "say"
    if not is_parsed(doc[start]):
        return "say" if _said_before(doc, start, classes["say"]) else None
    for token in chain_of(doc, start, end):
        if token.pos_ in {"ADP", "PUNCT", "DET", "PART", "SCONJ", "PROPN"}:
            continue  # "in the town on Wednesday": a place on the way up says nothing
        word = token.lower_
        kind = next((name for name in ("say", "follow", "ahead") if word in classes[name]), None)
        if kind == "say" and (_is_told_of(token) or _opens_content(doc, token.i, start)):
            return None
        if kind is None and token.lemma_ in {"be", "remain", "continue"}:
            subject = next((c.lower_ for c in token.children if c.dep_ == "nsubj"), "")
            kind = "follow" if subject in classes["follow"] else None
        if kind is None and token.pos_ in {"VERB", "AUX"} and _is_of_court(doc, token):
            return "follow"
        if kind == "follow" and _is_setting(token):
            return None
        if kind is not None or token.pos_ in {"VERB", "AUX"}:
            return kind
    return None


def _is_setting(verb: Token) -> bool:
    """ "a hall where guests were gathering on Sunday": what went on when it happened."""
    return (
        verb.tag_ == "VBG"
        and verb.dep_ in {"relcl", "advcl"}
        and any(child.lower_ in {"was", "were"} for child in verb.children)
    )


def _is_of_court(doc: Doc, verb: Token) -> bool:
    """ "accepted plea deals Friday", "stood before a judge", "charges were dropped".

    Never what is an event itself: a court can be shelled, and judges shot.
    """
    words = load_hosts()["bench"]
    found = False
    for child in verb.children:
        if child.dep_ in _COMPLEMENTS and child.lower_ in words:
            found = True
        elif child.dep_ == "dobj" or (child.dep_ == "prep" and child.lower_ in _TO_COURT):
            found |= any(
                below.dep_ in {"pobj", "compound"} and below.lower_ in words
                for below in child.children
            )
    return found and all(trigger["head"] != verb.i for trigger in doc._.triggers)


def _opens_content(doc: Doc, verb: int, start: int) -> bool:
    """ "reported that on 6 April": after "that" the time belongs to what is said."""
    return any(doc[index].lower_ == "that" for index in range(verb + 1, start))


def _follows_saying(doc: Doc, start: int) -> bool:
    """ "said on Monday that", "reported today": right after the verb, whatever the parse says."""
    index = start - 1
    while index >= 0 and doc[index].lower_ in {"on", "late", "early"}:
        index -= 1
    if index < 0 or doc[index].lower_ not in load_hosts()["say"]:
        return False
    verb = doc[index]
    return (
        verb.pos_ in {"VERB", "AUX"} and not _is_told_of(verb) and verb.dep_ not in {"amod", "acl"}
    )


def _is_told_of(verb: Token) -> bool:
    """ "a shooting was reported at noon on Monday": the passive dates what was reported."""
    return verb.tag_ == "VBN" and any(
        child.dep_ == "nsubjpass" and child.lower_ not in {"it", "there", "that"}
        for child in verb.children
    )


def _said_before(doc: Doc, start: int, forms: frozenset[str]) -> bool:
    """Without a parse: a verb of saying a few words before, no comma or stop between."""
    low, _ = sentence_bounds(doc, start)
    for index in range(start - 1, max(low, start - SAY_WINDOW) - 1, -1):
        if doc[index].lower_ in forms:
            return True
        if doc[index].is_punct:
            return False
    return False


def tense_of(doc: Doc, start: int, end: int, before: str) -> str | None:
    """ "past" or "future" by the verb the time hangs on; None where it does not show.

    `before` is the sentence's text ahead of the expression, for sentences without a parse.
    """
    if not is_parsed(doc[start]):
        return "future" if _AHEAD.search(before[-60:]) else None
    hosts = load_hosts()
    ahead = hosts["ahead"]
    chain = chain_of(doc, start, end)
    if span_head(doc, start, end).dep_ in _MODIFIERS and chain:
        # "an Oct. 13 shooting" is told of, "the Oct. 13 hearing" may lie ahead.
        noun = chain[0].lower_
        return "past" if noun not in hosts["follow"] and noun not in ahead else None
    for token in chain:
        if token.pos_ not in {"VERB", "AUX"}:
            if token.lower_ in ahead:
                return "future"
            continue
        return _verb_tense(token, ahead)
    return None


def _verb_tense(verb: Token, ahead: frozenset[str]) -> str | None:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.lower_ == "is" and any(
        word.lower_ in {"next", "upcoming"}
        for child in verb.children
        if child.dep_ == "nsubj"
        for word in child.children
    ):
        return "future"
    if auxiliaries & {"will", "'ll", "’ll", "shall"}:
        return "future"
    if verb.tag_ == "VBD" or auxiliaries & {"was", "were", "had", "has", "have", "did"}:
        return "past"
    if verb.lower_ in ahead or any(
        child.lower_ in ahead for child in verb.children if child.dep_ in {"acomp", "amod"}
    ):
        return "future"
    if "to" in auxiliaries and verb.head.i != verb.i:
        governor = verb.head
        if governor.lower_ in ahead and governor.tag_ != "VBD":
            return "future"
        return _verb_tense(governor, ahead) if governor.pos_ == "VERB" else None
    return "past" if verb.tag_ == "VBN" else None
