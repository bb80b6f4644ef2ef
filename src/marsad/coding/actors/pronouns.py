"""Pronouns that stand for a party: "they", "she", and "it" in "the army said it had fired".

Reads   parties in text order, tags and the parse.
Writes  nothing: returns the parties with the resolved pronouns among them.
Never   guesses between two candidates of equal standing: such a pronoun stays open.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from marsad.codebook.actors import actors_by_id
from marsad.coding.actors.clause import SUBJECT_DEPS
from marsad.coding.actors.nations import take_arms
from marsad.coding.actors.party import Party
from marsad.coding.attribution.quotes import find_quotes
from marsad.records import ActorKind

PRONOUNS = frozenset({"he", "she", "they", "him", "them", "it"})
# How far back a pronoun points, in sentences: to the sentence before, or the one before that.
PRONOUN_REACH = 2
QUOTE_REACH = 3  # tokens between a closing quotation mark and "she" in ", she said"
_ONE = frozenset({"he", "she", "him"})
_QUOTING = frozenset("say tell add recall explain state write note remark".split())
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
MAX_JOINED = 4  # clauses joined to the one that is said ("said it had shelled, raided and left")
_PERSONS: frozenset[ActorKind] = frozenset({"civilian", "journalist", "protester", "rioter"})


def add_pronouns(
    doc: Doc, parties: list[Party], pronouns: list[int], sentence_of: Callable[[int], int]
) -> list[Party]:
    """Pronouns whose antecedent is the subject of this or the sentence before."""
    added: list[Party] = []
    quoted: set[int] | None = None
    quotes = any(t.is_quote for t in doc) if pronouns else False
    for index in pronouns:
        token = doc[index]
        if token.dep == 0 or token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            continue
        if token.lower_ == "it":
            speaker = _speaker(token, parties)
            if speaker is not None:
                added.append(Party.referring(token, speaker, "pronoun"))
                take_arms(doc, added[-1], speaker)
            continue
        if token.lower_ == "they":
            mouthpiece = _mouthpiece(token, parties)
            if mouthpiece is not None:
                added.append(_party_behind(token, mouthpiece))
                continue
        pool = [p for p in [*parties, *added] if p.end <= index]
        if token.lower_ in _ONE and quotes:
            quoted = _quoted_tokens(doc) if quoted is None else quoted
            if index in quoted:
                pool = _without_speakers(doc, pool)
        if any(t.is_quote for t in doc[max(0, index - QUOTE_REACH) : index]):
            quoted = _quoted_tokens(doc) if quoted is None else quoted
            outside = index not in quoted
            # "We saw Hassan," she said: Hassan is not who says it.
            pool = [p for p in pool if not (outside and p.head in quoted)]
        antecedent = _pronoun_antecedent(doc, token, pool, sentence_of)
        if antecedent is not None:
            added.append(Party.referring(token, antecedent, "pronoun"))
    return sorted([*parties, *added], key=lambda p: (p.start, p.end))


def _without_speakers(doc: Doc, pool: list[Party]) -> list[Party]:
    """Those that "he" in a quotation may be: not whoever is quoted."""
    speakers = {
        id(p.antecedent or p)
        for p in pool
        if doc[p.head].dep_ == "nsubj" and doc[p.head].head.lemma_ in _QUOTING
    }
    return [p for p in pool if id(p.antecedent or p) not in speakers]


def _mouthpiece(token: Token, parties: list[Party]) -> Party | None:
    """The spokesman of a listed party who says what "they", his party, have done."""
    subject = _said_by(token)
    spokesmen = [p for p in parties if p.head in subject and p.noun in _SPOKESMEN]
    return spokesmen[-1] if spokesmen and spokesmen[-1].actor_id else None


def _party_behind(token: Token, mouthpiece: Party) -> Party:
    party = Party.referring(token, mouthpiece, "pronoun")
    actor = actors_by_id().get(party.actor_id or "")
    if actor is not None:
        party.adopt(actor)
    return party


def _speaker(token: Token, parties: list[Party]) -> Party | None:
    """The body that says what "it" does: "the army said it had killed ten militants".

    Anywhere else "it" may be a thing, and stays open.
    """
    subjects = _said_by(token)
    bodies = [p for p in parties if p.head in subjects and _is_body(p)]
    return bodies[-1] if bodies else None


def _said_by(token: Token) -> set[int]:
    """Subjects of the verb that reports the clause whose subject the token is."""
    if token.dep_ not in SUBJECT_DEPS or token.head.pos_ != "VERB":
        return set()
    clause = token.head
    for _ in range(MAX_JOINED):
        if clause.dep_ != "conj":
            break
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.pos_ != "VERB":
        return set()
    return {c.i for c in clause.head.children if c.dep_ in SUBJECT_DEPS and c.i < token.i}


def _is_body(party: Party) -> bool:
    """Whether "it" can stand for the party: one, and no person."""
    return (
        party.form in {"name", "nation", "noun"}
        and party.plural is not True
        and party.kind not in _PERSONS
        and party.sex is None
    )


def _quoted_tokens(doc: Doc) -> set[int]:
    """Indexes of the tokens inside quotations."""
    return {i for quote in find_quotes(doc) for i in range(quote.start, quote.end)}


def _pronoun_antecedent(
    doc: Doc, token: Token, pool: list[Party], sentence_of: Callable[[int], int]
) -> Party | None:
    here = sentence_of(token.i)
    lower = token.lower_
    near = [p for p in pool if 0 <= here - sentence_of(p.start) <= PRONOUN_REACH]
    fits = [p for p in near if _pronoun_fits(lower, p)]
    for distance in range(PRONOUN_REACH + 1):
        level = [p for p in fits if here - sentence_of(p.start) == distance]
        subjects = [p for p in level if doc[p.head].dep_ in {"nsubj", "nsubjpass"}]
        for group in (subjects, level):
            distinct = {(p.antecedent and id(p.antecedent)) or id(p) for p in group}
            if len(distinct) == 1:
                return group[-1]
            if len(distinct) > 1:
                break
        if level:
            # Several at one distance: the first subject of the sentence before has the floor.
            return subjects[0] if distance and subjects else None
    return None


def _pronoun_fits(pronoun: str, party: Party) -> bool:
    if pronoun in {"they", "them"}:
        return party.plural is True or (
            party.form in {"name", "nation"} and party.kind not in {"media", "monitor"}
        )
    if party.form in {"name", "nation"} or party.plural is not False:
        return False
    wanted = "f" if pronoun == "she" else "m"
    if party.form == "noun" and party.sex != wanted:
        return party.noun in {"spokesperson", "official", "minister", "president", "commander"}
    return party.sex in {None, wanted}
