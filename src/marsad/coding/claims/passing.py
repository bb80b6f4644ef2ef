"""Passing: events that a sentence takes as known and only speaks of.

Reads   drafts of claims, doc._.triggers, the parse.
Writes  nothing on the Doc; makes drafts historical.

"She wrote of the devastation after the three-week offensive", "a crisis that has sparked street
battles": the noun names an event and no clause tells of it. Beside an account of the event such
a mention is part of it. Without one, and without a day and a place of its own, it bounds no
incident.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.modality.cues import load_cues
from marsad.coding.once import lower_text
from marsad.coding.parse import MAX_PARSE_DEPTH, is_parsed
from marsad.records import Claim, Place

ONLY_SPOKEN_OF = "an event that is only spoken of, not told"
# Behind these an event noun is the time, the ground or the topic of what is told.
_BEHIND = frozenset(
    """after following since despite amid amidst of for over about on to against before until till
    during with regarding concerning as like than between into""".split()
)
# What somebody says or does about an event that is known.
_ABOUT = frozenset(
    """condemn denounce deplore discuss mention recall remember mark commemorate investigate probe
    study review stop end halt prevent oppose flee escape survive fear expect describe highlight
    address call criticise criticize support back watch follow avenge cover film escalate""".split()
)
# "Claimed responsibility for a blast", "reports of shelling", "the sound of gunfire": it is told.
_TOLD_BY = frozenset(
    """responsibility report sound resumption start beginning launch toll victim casualty dead
    attempt""".split()
)
_SEQUENCE = frozenset({"after", "before", "following", "since"})
_HELD_BY = frozenset({"compound", "nmod", "poss", "amod"})


# A deed this long before publication, in a report of a trial, is what is tried.
TRIED_DAYS = 21
_TRIAL = re.compile(
    r"\b(?:sentenced|convicted|acquitted|jailed for|found (?:\w+ ){0,4}guilty"
    r"|(?:plead|pleads|pleaded|pled) (?:not )?guilty|inquest|verdict|tribunal|life sentence"
    r"|court heard|(?:stand|stands|stood|on|goes to|went on|awaiting) trial|jury|in the dock)\b"
)


def settle_tried(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Make historical what a report of a trial tells of weeks ago."""
    published = doc._.report.get("published")
    if not published or not _TRIAL.search(lower_text(doc)):
        return
    limit = date.fromisoformat(published[:10]) - timedelta(days=TRIED_DAYS)
    for draft in drafts:
        when = draft.claim.when
        if draft.claim.modality in REAL and when is not None and when.end < limit:
            _leave(draft, "a court matter: weeks before the report of a trial")


def settle_passing(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Make historical what is only spoken of and told nowhere in the report."""
    spoken = [d for d in drafts if d.claim.modality in REAL and is_only_spoken_of(doc, d)]
    told = [d for d in drafts if d.claim.modality in REAL and not any(d is s for s in spoken)]
    for draft in spoken:
        if draft.own_place and draft.own_time and not _is_old(doc, draft):
            continue
        apart = _is_another(doc, draft) and draft is not drafts[0]
        if not apart and any(_may_be_told_by(draft, other) for other in told):
            continue
        _leave(draft, ONLY_SPOKEN_OF)


def _leave(draft: Draft, reason: str) -> None:
    draft.reasons.append(f"historical: {reason}")
    names = set(Claim.model_fields) - {"id", "modality"}
    fields = {name: getattr(draft.claim, name) for name in names}
    draft.claim = finish_claim(**fields, modality="historical")


def is_only_spoken_of(doc: Doc, draft: Draft) -> bool:
    """Whether nouns alone carry the draft, none of them as what a clause is about."""
    if any(figure.high != 0 for figure in draft.claim.figures) or not draft.frame.triggers:
        return False
    heads = [doc[doc._.triggers[i]["head"]] for i in draft.frame.triggers]
    return all(is_parsed(head) and _is_behind(head) for head in heads)


def _is_old(doc: Doc, draft: Draft) -> bool:
    published, when = doc._.report.get("published"), draft.claim.when
    if not published or when is None:
        return False
    return when.end < date.fromisoformat(published[:10]) - timedelta(days=TRIED_DAYS)


def _is_another(doc: Doc, draft: Draft) -> bool:
    """ "The truce came hours after fresh clashes": none of the events that are told."""
    for index in draft.frame.triggers:
        noun = doc[doc._.triggers[index]["head"]]
        bare = not any(c.dep_ in {"det", "poss"} for c in noun.children)
        if noun.dep_ != "pobj" or noun.head.lower_ not in _SEQUENCE or not bare:
            return False
    return True


def _is_behind(noun: Token) -> bool:
    if noun.dep_ == "amod" and noun.head.pos_ == "NOUN":
        noun = noun.head  # "during the government-declared truce"
    if noun.pos_ != "NOUN":
        return False
    cues = load_cues()
    for _ in range(MAX_PARSE_DEPTH):
        above = noun.head
        if noun.dep_ in _HELD_BY or (noun.dep_ == "conj" and above.pos_ in {"NOUN", "PROPN"}):
            noun = above
        elif noun.dep_ == "dobj":
            return above.lemma_.lower() in _ABOUT
        elif noun.dep_ == "pobj":
            if above.lower_ not in _BEHIND:
                return False
            governor = above.head
            lemma = governor.lemma_.lower()
            if lemma in _TOLD_BY:
                return False
            if above.lower_ != "of" or lemma not in cues.carrier_nouns:
                return True
            noun = governor
        else:
            return False
    return False


def _may_be_told_by(draft: Draft, other: Draft) -> bool:
    """Whether another draft may tell of the same event: its sort, at a place that fits."""
    sorts = {FAMILY[draft.claim.event_type], FAMILY[other.claim.event_type]}
    if len(sorts) > 1 and sorts != {"violence", "property"}:
        return False
    return _may_be_one(draft.claim.place, other.claim.place)


def _may_be_one(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.name == b.name:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    return "country" in (a.precision, b.precision) or (a.admin1 == b.admin1 and a.admin1 != "")
