"""Assemble incidents from groups of claims.

Reads   claims and judgements.
Writes  nothing; returns Incident records, the report's lead first.

An incident's values are chosen from its claims and never invented: each can be
followed to a claim that gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from marsad.incidents.compare import is_own, name_words, same_party
from marsad.incidents.disagree import find_disagreements
from marsad.incidents.group import OPENING, Group, group_claims
from marsad.incidents.tally import tally_claims
from marsad.records import (
    Claim,
    Dispute,
    EventType,
    Incident,
    Judgement,
    Participant,
    Place,
    Status,
    When,
    content_id,
)

# Of two kinds in one incident the one further left tells more. Remote violence
# inside a battle is part of the battle, dispersal is told by its worst form.
PRECEDENCE: tuple[EventType, ...] = (
    "chemical-weapon",
    "suicide-bombing",
    "armed-clash",
    "air-strike",
    "shelling",
    "remote-explosive",
    "grenade",
    "sexual-violence",
    "territory-change",
    "excessive-force",
    "mob-violence",
    "riot",
    "protest-intervention",
    "attack",
    "abduction",
    "property-destruction",
    "peaceful-protest",
    "non-cooperation",
    "arrest",
    "weapons-seizure",
    "agreement",
    "movement",
    "restriction",
    "threat",
    "other",
)
# How it was done, against kinds that leave that open.
MANNERS: frozenset[EventType] = frozenset(
    {
        "chemical-weapon",
        "suicide-bombing",
        "air-strike",
        "shelling",
        "remote-explosive",
        "grenade",
        "sexual-violence",
    }
)
VAGUE: frozenset[EventType] = frozenset({"attack", "property-destruction", "other"})
DISPERSALS: frozenset[EventType] = frozenset(
    {"excessive-force", "mob-violence", "riot", "protest-intervention"}
)
PLACE_RANK = {"site": 0, "town": 1, "district": 2, "province": 3, "country": 4}
TIME_RANK = {"day": 0, "week": 1, "month": 2, "season": 3, "year": 4}
MAX_PARTICIPANTS = 8


def assemble_incidents(
    claims: Sequence[Claim], judgements: Sequence[Judgement]
) -> tuple[Incident, ...]:
    """The incidents that `claims` are about, in order of prominence.

    Prominence is the order in which the report first tells of them.
    """
    return tuple(_assemble(group, judgements) for group in group_claims(claims, judgements))


def _assemble(group: Group, judgements: Sequence[Judgement]) -> Incident:
    claims = group.claims
    disputes = find_disputes(group.claims, judgements)
    countering = {d.counterclaim for d in disputes}
    core = [c for c in claims if c.modality in OPENING and c.id not in countering]
    core = core or [c for c in claims if c.modality in OPENING]
    return Incident(
        id=content_id("incident", sorted(c.id for c in claims)),
        event_type=choose_type(core),
        place=choose_place(core),
        when=choose_when(claims if any(d.about == "date" for d in disputes) else core),
        participants=merge_participants(core),
        tallies=tally_claims([c for c in claims if c.id not in countering or c.figures]),
        status=_status(core, disputes),
        disputes=disputes,
        claims=tuple(c.id for c in claims),
        reports=tuple(dict.fromkeys(c.report_id for c in claims)),
    )


def choose_type(claims: Sequence[Claim]) -> EventType:
    """The kind the claims speak for, the lead twice; a manner or a dispersal tells more.

    Claims that count dead or wounded weigh more than passing mentions. Where the winner is
    vague about the manner, one that names it takes its place.
    """
    votes: dict[EventType, float] = {}
    for position, claim in enumerate(claims):
        harmed = any(f.outcome in ("killed", "injured") for f in claim.figures)
        weight = claim.confidence * (3 if harmed else 1)
        if position == 0:
            weight *= 2
        votes[claim.event_type] = votes.get(claim.event_type, 0.0) + weight
    return settle_type(votes, claims[0].event_type)


def settle_type(votes: Mapping[EventType, float], first: EventType) -> EventType:
    """The kind with most votes; a manner or a dispersal takes the place of a vague one.

    `first` is the kind that is told first.
    """
    winner = max(votes, key=lambda kind: (votes[kind], -PRECEDENCE.index(kind)))
    if first == "armed-clash" and winner in MANNERS:
        return "armed-clash"  # remote violence inside a running battle is part of it (ACLED)
    for group, vague in ((MANNERS, VAGUE), (DISPERSALS, frozenset({"peaceful-protest", "attack"}))):
        precise = [kind for kind in votes if kind in group]
        if winner in vague and precise:
            return min(precise, key=PRECEDENCE.index)
    return winner


def choose_place(claims: Sequence[Claim]) -> Place | None:
    """The most precise place, by how many claims name it; ties go to the first told.

    A place named in the claim's own words counts before one its account inherits.
    """
    named = [c.place for c in claims if c.place is not None and is_own(c, c.place)]
    places = named or [c.place for c in claims if c.place is not None]
    if not places:
        return None
    support: dict[str, int] = {}
    for place in places:
        support[place.name] = support.get(place.name, 0) + 1
    # What the report leads with weighs like one more claim.
    support[places[0].name] += 1
    located = [p for p in places if p.latitude is not None] or places
    best = min(
        located,
        key=lambda p: (
            PLACE_RANK[p.precision] > 1,
            -support[p.name],
            PLACE_RANK[p.precision],
            p.relation is not None,
            places.index(p),
        ),
    )
    return _finer_name(best, places)


def _finer_name(broad: Place, places: Sequence[Place]) -> Place:
    """The village no gazetteer lists, where the only listed place is a province or country.

    It keeps the coordinates and precision of the broad place: no more is known of where it lies.
    """
    if PLACE_RANK[broad.precision] < PLACE_RANK["province"]:
        return broad
    unlisted = [
        p
        for p in places
        if p.geonameid is None
        and p.latitude is None
        and p.country in (None, broad.country)
        and p.name != broad.name
    ]
    if not unlisted:
        return broad
    known = ("latitude", "longitude", "admin1", "country", "precision")
    return unlisted[0].model_copy(update={name: getattr(broad, name) for name in known})


def choose_when(claims: Sequence[Claim]) -> When | None:
    """The most precise interval most claims give; the hull of all where dates are disputed.

    A time named in the claim's own words counts before one its account inherits.
    """
    own = [c.when for c in claims if c.when is not None and is_own(c, c.when)]
    dated = own or [c.when for c in claims if c.when is not None]
    if not dated:
        return None
    apart = any(a.end < b.start for a in dated for b in dated)
    if apart and any(c.modality == "denied" or c.when is None for c in claims):
        first, last = min(w.start for w in dated), max(w.end for w in dated)
        widest = max(dated, key=lambda w: TIME_RANK[w.precision])
        return When(start=first, end=last, precision=widest.precision, evidence=widest.evidence)
    support: dict[tuple[object, object], int] = {}
    for when in dated:
        key = (when.start, when.end)
        support[key] = support.get(key, 0) + 1

    def standing(when: When) -> tuple[int, int, int]:
        return TIME_RANK[when.precision], -support[(when.start, when.end)], dated.index(when)

    best = min(dated, key=standing)
    # "Over the weekend", and elsewhere "on Sunday": one day inside the interval is the day.
    days = [w for w in dated if w.start == w.end and best.start <= w.start <= best.end]
    return min(days, key=standing) if len({w.start for w in days}) == 1 else best


def merge_participants(claims: Sequence[Claim]) -> tuple[Participant, ...]:
    """Every party once, the fullest name kept, in the role it is first given."""
    return merge_parties(party for claim in claims for party in claim.participants)


def merge_parties(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    """The parties that different names stand for, doers first, MAX_PARTICIPANTS at most."""
    merged: list[Participant] = []
    for party in parties:
        for position, known in enumerate(merged):
            if one_party(known, party):
                if is_fuller(party, known):
                    merged[position] = party.model_copy(update={"role": known.role})
                break
        else:
            merged.append(party)
    order = {"actor": 0, "recipient": 1}
    return tuple(sorted(merged[:MAX_PARTICIPANTS], key=lambda p: order[p.role]))


def one_party(a: Participant, b: Participant) -> bool:
    """Whether two names stand for one party."""
    if same_party(a.name, a.actor_id, b.name, b.actor_id):
        return True
    shared = name_words(a.name) & name_words(b.name)
    return (
        a.kind == b.kind and a.role == b.role and bool(shared) and not (a.actor_id and b.actor_id)
    )


def is_fuller(new: Participant, known: Participant) -> bool:
    """Whether a new name for a known party says more: its id, or more words."""
    if bool(new.actor_id) != bool(known.actor_id):
        return bool(new.actor_id)
    return len(name_words(new.name)) > len(name_words(known.name))


def find_disputes(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> tuple[Dispute, ...]:
    """The disputes that the words of one report tell, and those of its sources' numbers."""
    by_id = {claim.id: claim for claim in claims}
    found: list[Dispute] = []
    for judgement in judgements:
        if judgement.kind != "disputes" or judgement.about is None:
            continue
        counter, target = by_id.get(judgement.claim), by_id.get(judgement.other)
        if counter is None or target is None:
            continue
        sources = dict.fromkeys((target.attribution[0].source, counter.attribution[0].source))
        found.append(
            Dispute(
                about=judgement.about,
                claim=target.id,
                counterclaim=counter.id,
                sources=tuple(sources),
            )
        )
    found.extend(find_disagreements(claims))
    return tuple(dict.fromkeys(found))


def _status(core: Sequence[Claim], disputes: Sequence[Dispute]) -> Status:
    """Contested before corroborated: agreement does not end a dispute.

    Origins are the first speakers of each chain. The outlet's own voice is an
    origin only where it names nobody.
    """
    if disputes:
        return "contested"
    named = {c.attribution[0].source.lower() for c in core if len(c.attribution) > 1}
    origins = named or {c.attribution[0].source.lower() for c in core}
    return "corroborated" if len(origins) >= 2 else "single-source"
