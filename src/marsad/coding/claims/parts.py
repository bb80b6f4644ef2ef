"""Turn mentions on a Doc into the parts of a Claim: evidence, chain, place, time, parties.

Reads   every doc._ list.
Writes  nothing; returns records.
"""

from __future__ import annotations

from datetime import date
from typing import cast
from urllib.parse import urlsplit

from spacy.tokens import Doc

from marsad.coding.attribution.finder import sources_of
from marsad.coding.claims.memo import parties_of
from marsad.coding.mentions import ActorMention, AttributionMention, TimeMention, Toponym
from marsad.records import UNNAMED_OUTLET, Evidence, Participant, Place, Role, Source, When


def quote_tokens(doc: Doc, start: int, end: int) -> Evidence:
    """Evidence for doc[start:end], without white space at either end."""
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    first = doc[start].idx
    last = doc[end - 1].idx + len(doc[end - 1].text)
    return Evidence(
        report_id=doc._.report.get("id", ""),
        start=first,
        end=last,
        quote=doc[start:end].text,  # doc.text is put together anew at every call
    )


def outlet_link(doc: Doc) -> Source:
    """The last link of every chain: whoever published the report."""
    context = doc._.report
    name = context.get("outlet") or urlsplit(context.get("url") or "").hostname or UNNAMED_OUTLET
    return Source(source=name, kind="media")


def chain_indexes(doc: Doc, start: int, end: int, *, denied: bool = False) -> tuple[int, ...]:
    """Indexes into doc._.attributions of who says doc[start:end], claimant first.

    Who denies a role in an event does not say that it took place: such a source
    is left out unless the words themselves are `denied`.
    """
    chain = sources_of(doc, start, end)
    if not denied:
        chain = [i for i in chain if doc._.attributions[i]["cue_type"] != "denies"]
    return tuple(chain)


def with_relays(doc: Doc, index: int) -> tuple[int, ...]:
    """Indexes of attribution `index` and of those that pass it on, outward."""
    chain: list[int] = []
    current: int | None = index
    while current is not None and current not in chain:
        chain.append(current)
        current = doc._.attributions[current]["relayed_by"]
    return tuple(chain)


def build_chain(doc: Doc, indexes: tuple[int, ...]) -> tuple[Source, ...]:
    """The chain of sources, claimant first, the outlet last."""
    links = []
    for index in indexes:
        mention: AttributionMention = doc._.attributions[index]
        cue = doc[mention["cue"][0] : mention["cue"][1]].text if mention["cue"] else None
        links.append(
            Source(
                source=mention["source"],
                kind=mention["kind"],
                cue=cue,
                evidence=quote_tokens(doc, mention["start"], mention["end"]),
            )
        )
    return (*links, outlet_link(doc))


def build_place(doc: Doc, index: int, *, also: list[int] | None = None) -> Place:
    """The place of toponym `index`. `also` names further places the words give with it."""
    toponym: Toponym = doc._.toponyms[index]
    relation = toponym["relation"]
    if also:
        names = ", ".join(doc._.toponyms[i]["name"] for i in also)
        relation = f"also {names}" if relation is None else f"{relation}; also {names}"
    return Place(
        name=toponym["name"],
        geonameid=toponym["geonameid"],
        latitude=toponym["latitude"],
        longitude=toponym["longitude"],
        admin1=toponym["admin1"],
        country=toponym["country"],
        precision=toponym["precision"],
        relation=relation,
        evidence=quote_tokens(doc, toponym["start"], toponym["end"]),
    )


def build_when(doc: Doc, index: int) -> When:
    """The interval of time mention `index`."""
    mention: TimeMention = doc._.times[index]
    return When(
        start=date.fromisoformat(mention["first"]),
        end=date.fromisoformat(mention["last"]),
        precision=mention["precision"],
        evidence=quote_tokens(doc, mention["start"], mention["end"]),
    )


def resolve_actor(doc: Doc, index: int) -> ActorMention:
    """The mention that `index` refers back to, or itself."""
    mention: ActorMention = doc._.actors[index]
    seen = {index}
    while mention["antecedent"] is not None and mention["antecedent"] not in seen:
        seen.add(mention["antecedent"])
        mention = doc._.actors[mention["antecedent"]]
    return mention


def build_participants(
    doc: Doc, triggers: list[int], *, denied: bool = False
) -> tuple[Participant, ...]:
    """Who did it to whom, as the words around `triggers` put it; each party once.

    A party read as doer of one trigger and sufferer of another (two sides of a
    fight) keeps the role of the first trigger in text order. "X denied a role in
    the attack" does not make X the doer, unless the attack itself is `denied`; nor
    does "X accused Y of it".
    """
    found: dict[str, Participant] = {}
    for trigger in triggers:
        parties = parties_of(doc, doc._.triggers[trigger])
        deniers = set() if denied else _deniers(doc, doc._.triggers[trigger]["head"])
        for role, indexes in (("actor", parties.actors), ("recipient", parties.recipients)):
            for index in indexes:
                resolved = resolve_actor(doc, index)
                key = resolved["actor_id"] or resolved["name"].lower()
                if role == "actor" and resolved["name"] in deniers:
                    continue
                if key not in found:
                    found[key] = _participant(doc, cast(Role, role), resolved, index)
    order = {"actor": 0, "recipient": 1}
    return tuple(sorted(found.values(), key=lambda p: order[p.role]))


def _deniers(doc: Doc, head: int) -> set[str]:
    """Who denies what doc[head] is part of, or accuses somebody else of it."""
    for index in sources_of(doc, head, head + 1)[:1]:
        mention: AttributionMention = doc._.attributions[index]
        if mention["cue_type"] == "denies" or mention.get("blamed"):
            return {mention["source"]}
    return set()


def _participant(doc: Doc, role: Role, actor: ActorMention, index: int) -> Participant:
    mention = doc._.actors[index]
    return Participant(
        role=role,
        name=actor["name"],
        actor_id=actor["actor_id"],
        kind=actor["kind"],
        evidence=quote_tokens(doc, mention["start"], mention["end"]),
    )
