"""Who a bare word for fighters means, read from the whole report.

Reads   parties with their references linked, the text.
Writes  `Party.antecedent`.

"Rebels attacked the town" in a report that names one armed group means that
group, and a trained coder writes its name down; the words "rebels" stay the
evidence. It is left open where the report names two groups about as often, where
the words set these fighters apart ("another rebel group", "former guerrillas"),
and for attackers nobody has owned up for ("no group claimed responsibility").
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from marsad.coding.actors.party import Party
from marsad.records import ActorKind

# Words for fighters with a cause: where one group is named, they are its people. "Gunmen"
# and "attackers" are not among them: who they are is what nobody knows.
_FIGHTERS = frozenset(
    """rebel guerrilla guerilla insurgent terrorist extremist subversive militant jihadist jihadi
    islamist separatist secessionist saboteur infiltrator delinquent radical fanatic insurgency
    rebellion maoist takfiri revolutionary""".split()
)
# Before words for armed men or, with an article, for a body ("the rebel column") they do as well.
_SIDING = frozenset(
    """rebel guerrilla guerilla insurgent terrorist extremist subversive jihadist separatist
    islamist""".split()
)
_MEN = frozenset("fighter combatant commando forces troops soldier gunman unit column".split())
_GROUPS: frozenset[ActorKind] = frozenset({"armed-group"})
# Words that set fighters apart from those the report is about.
_OTHERS = frozenset(
    """another other others different rival rivals former ex foreign unidentified unknown various
    ex-guerrilla ex-rebel some certain any no pro-government local these""".split()
)
_NOBODY = frozenset({"no", "nobody", "none"})
# Words of the background: who is about, not who did it.
_BACKGROUND = frozenset("active operate operates operating present presence stronghold".split())
_BLAMING = frozenset(
    """blamed blame accused suspected attributed claimed responsibility responsible behind
    perpetrators""".split()
)
_CLAIMING = frozenset({"claimed", "claim", "claiming"})
CLAIM_REACH = 8  # tokens from "no group" to "claimed" in "no group has so far claimed"
# Named this often, and so many times as often as all others, a group is whom the report is about.
MAIN_MENTIONS, MAIN_SHARE = 3, 0.75


def link_fighters(doc: Doc, parties: list[Party]) -> None:
    """Link bare words for fighters to the one armed group that the report is about."""
    bare = [p for p in parties if _is_bare(doc, p)]
    if not bare:
        return
    group = _main_group(parties)
    if group is None:
        return
    unclaimed = _is_unclaimed(doc)
    for party in bare:
        foreign = party.country and group.country and party.country != group.country
        if foreign or (unclaimed and not party.definite):
            continue
        if party.start < group.start and _is_apart(doc, parties, group, party):
            continue
        party.antecedent = group


def _is_bare(doc: Doc, party: Party) -> bool:
    """Whether the words are for fighters, and neither name them nor set them apart."""
    if party.form != "noun" or party.kind not in _GROUPS:
        return False
    if party.noun not in _FIGHTERS and not (
        party.modifiers & _SIDING and (party.noun in _MEN or party.definite)
    ):
        return False
    if party.actor_id is not None or (party.antecedent and party.antecedent.actor_id):
        return False
    before = doc[max(0, party.start - 2) : party.start]
    return not (party.modifiers & _OTHERS or any(t.lower_ in _OTHERS for t in before))


def _main_group(parties: list[Party]) -> Party | None:
    """The first mention by name of the one armed group, or of the one named far more often."""
    named = [p for p in parties if p.actor_id and p.kind in _GROUPS and p.form != "pronoun"]
    counts = Counter(p.actor_id for p in named)
    if not counts:
        return None
    (chosen, mentions), *others = counts.most_common()
    share = mentions / sum(counts.values())
    if others and (mentions < MAIN_MENTIONS or share < MAIN_SHARE):
        return None
    return next(p for p in named if p.actor_id == chosen)


def _is_apart(doc: Doc, parties: list[Party], group: Party, party: Party) -> bool:
    """Whether a group named only after the fighters is told of as something else.

    That it "has been active in the region", or that it fights in another country, is no
    source's word for who did this.
    """
    mentions = [p for p in parties if p.actor_id == group.actor_id]
    if len(mentions) >= MAIN_MENTIONS:
        return False
    here = _countries(doc, party)
    for mention in mentions:
        there = _countries(doc, mention)
        elsewhere = bool(here and there) and not (here & there)
        lowers = {t.lower_ for t in doc[mention.start : mention.end].sent}
        if not (elsewhere or lowers & _BACKGROUND) or lowers & _BLAMING:
            return False
    return True


def _countries(doc: Doc, party: Party) -> set[str]:
    """Countries of the places that the party's sentence tells of."""
    sentence = doc[party.start : party.end].sent
    return {
        p["country"]
        for p in doc._.toponyms
        if p["country"] and p["role"] == "location" and sentence.start <= p["start"] < sentence.end
    }


def _is_unclaimed(doc: Doc) -> bool:
    """Whether the report says that nobody has claimed the deed."""
    for index, token in enumerate(doc):
        if token.lower_ in _CLAIMING:
            before = doc[max(0, index - CLAIM_REACH) : index]
            if any(t.lower_ in _NOBODY for t in before):
                return True
    return False
