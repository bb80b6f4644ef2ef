"""MUC-4 templates: whole incidents of terrorism in newswire of 1988 to 1991, all capitals.

After the MUC-4 scorer (Chinchor 1992), simplified; README says where:
templates are aligned one to one so that most slot fills agree, a partial
agreement counts a half, optional templates and fills that nobody answers cost
nothing. `all templates` counts the fills of missing and of spurious templates,
`matched` leaves the spurious ones out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from evaluation import baseline
from evaluation.base import (
    Capability,
    Mark,
    Measure,
    Reader,
    Row,
    Verdict,
    make_report,
    quote_evidence,
)
from evaluation.crosswalk import Reading, load_crosswalk, read_incident
from evaluation.metrics import Counts
from evaluation.muc_fills import (
    SLOTS,
    Number,
    Template,
    country_name,
    read_gold,
    score_slots,
)
from marsad.codebook.actors import actors_by_id, load_nations, load_nouns
from marsad.records import CodedReport, Incident

# The best of the 17 systems of 1992 on their test sets: what a slot must beat.
BEST_OF_1992 = {
    "type": 0.76,
    "date": 0.59,
    "location": 0.60,
    "victims' number": 0.57,
    "effect on victims": 0.54,
    "perpetrator organisation": 0.55,
}
_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
# Parties that are organisations: MUC wants no "gunmen" in this slot.
_ORGANISED = frozenset(
    {"armed-group", "militia", "military", "police", "intelligence", "criminal", "government"}
)
_STATE = frozenset({"military", "police", "government", "intelligence"})
_ARMED = frozenset({"armed-group", "militia", "criminal", "unidentified-armed"})
# Of these an organisation must have a name: "a guerrilla group" may be any.
_NAMELESS = frozenset({"armed-group", "militia"})
# What a state's body is called; MUC's annotators took the words of the text.
_BODY_WORDS = {
    "military": ("army", "armed forces", "military", "air force", "navy"),
    "police": ("police", "national police"),
    "government": ("government", "regime"),
}
_CAPABILITY = {
    "type": "event type",
    "date": "event date",
    "location": "event place",
    "victims' number": "figures",
    "effect on victims": "figures",
    "perpetrator organisation": "perpetrators",
}


class Muc4:
    """Scores every incident of each report against its templates."""

    name = "muc4"
    files = ("muc4_tst1.jsonl", "muc4_tst2.jsonl")
    measures = (
        *(
            Measure(cast("Capability", _CAPABILITY[slot]), f"{slot}, {how} F1", "f1", goal)
            for slot, best in BEST_OF_1992.items()
            for how, goal in (("all templates", best), ("matched", None))
        ),
        Measure("incidents", "templates F1", "f1"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Template] | None]:
        """Incidents of each report as templates; the dateline's day is the publication date."""
        reports = reader.code(rows, lambda row: make_report(row, row.get("dateline_date")))
        for coded in reports:
            yield None if coded is None else list(self._templates(coded))

    @staticmethod
    def _templates(coded: CodedReport) -> Iterator[Template]:
        day = coded.report.published_date
        for incident in coded.incidents:
            kind = load_crosswalk("muc4").label(read_incident(coded, incident))
            if kind == "none" or not _is_of_task(incident):
                continue
            place, when = incident.place, incident.when
            killed, injured, abducted = (
                _numbers(incident, outcome) for outcome in ("killed", "injured", "abducted")
            )
            yield Template(
                types=(kind,),
                first=when.start if when else day,
                last=when.end if when else day,
                open_before=when is None,
                place=tuple(n for n in (place.name, place.admin1) if n) if place else (),
                country=country_name(place.country) if place and place.country else "",
                numbers=(*killed, *injured, *abducted),
                effects=("DEATH",) * len(killed) + ("INJURY",) * len(injured),
                organisations=tuple(_organisations(incident)),
                evidence=quote_evidence(coded, incident, 3),
            )

    def guess(self, row: Row) -> list[Template]:
        """One template a report: first keyword, date, place and numbers; no perpetrator."""
        text = row["text"]
        event_type = baseline.find_event_type(text)
        kind = load_crosswalk("muc4").label([Reading(event_type)] if event_type else [])
        if kind == "none":
            return []
        published = date.fromisoformat(row["dateline_date"]) if row.get("dateline_date") else None
        body = text[text.find("[TEXT]") + 1 :]
        day, place = baseline.find_date(body, published) or published, baseline.find_place(body)
        killed, injured = (baseline.count_harmed(text, o) for o in ("killed", "injured"))
        effects = ("DEATH",) * bool(killed) + ("INJURY",) * bool(injured)
        return [
            Template(
                types=(kind,),
                first=day,
                last=day,
                place=(place.name,) if place else (),
                country=country_name(place.country) if place and place.country else "",
                numbers=tuple(Number(n, n) for n in (killed, injured) if n),
                effects=effects,
            )
        ]

    def judge(self, row: Row, answer: list[Template] | None) -> Verdict:
        """Slot fills of the best alignment of templates."""
        gold = read_gold(row)
        scored = score_slots(gold, answer or [])
        marks: dict[str, Mark] = {}
        for slot in SLOTS:
            matched, spurious = scored.matched[slot], scored.spurious[slot]
            marks[f"{slot}, all templates F1"] = matched + spurious
            marks[f"{slot}, matched F1"] = matched
        marks["templates F1"] = scored.templates
        total = sum((scored.matched[s] + scored.spurious[s] for s in SLOTS), Counts())
        return Verdict(
            marks,
            total.fp + total.fn,
            "\n".join(str(t) for t in gold) or "no template",
            "\n".join(str(t) for t in answer or []) or "no incident",
            " || ".join(t.evidence for t in answer or []),
        )


def _is_of_task(incident: Incident) -> bool:
    """Whether the task wants a template: terrorism against somebody or something told of.

    Left out by its definition is what state forces do to anybody but unarmed people (arrests,
    raids, combat), and violence spoken of without a doer, a victim or a target.
    """
    kinds = {
        role: {p.kind for p in incident.participants if p.role == role}
        for role in ("actor", "recipient")
    }
    harmed = any(tally.best for tally in incident.tallies)
    by_state = bool(kinds["actor"]) and kinds["actor"] <= _STATE
    if by_state and not kinds["recipient"] - _STATE - _ARMED:
        return False
    spoken_of = not (kinds["actor"] or kinds["recipient"] or harmed)
    return not (spoken_of and incident.event_type == "attack")


def _numbers(incident: Incident, outcome: str) -> list[Number]:
    """Numbers of people by group; the total where the groups are no parts of it."""
    tallies = [t for t in incident.tallies if t.outcome == outcome and t.best]
    groups = [t for t in tallies if t.group is not None]
    totals = [t for t in tallies if t.group is None]
    if totals and (not groups or sum(t.best for t in groups) > totals[0].best):
        groups = totals
    return [Number(t.low, t.high) for t in groups]


def _organisations(incident: Incident) -> list[tuple[str, ...]]:
    """The actors that are organisations, each with every name it goes by.

    An organisation is what the codebook lists, what bears a name of its own, and a body
    ("the army", "death squads") rather than people ("soldiers", "gunmen"). MUC asks
    for the words of the text, and annotators chose now the acronym, now the name: so
    the words read and the listed aliases stand beside our name.
    """
    found: dict[tuple[str, ...], None] = {}
    for party in incident.participants:
        if party.role != "actor" or party.kind not in _ORGANISED:
            continue
        read = " ".join(party.evidence.quote.split()) if party.evidence else ""
        if party.actor_id is not None:
            found[(party.name, read, *_aliases(party.actor_id))] = None
        elif _has_own_name(party.name) or (party.kind not in _NAMELESS and _names_body(party.name)):
            found[(party.name, read)] = None
    return list(found)


def _aliases(actor_id: str) -> tuple[str, ...]:
    """How the codebook spells an actor; a state's body also by what every state calls it."""
    listed = actors_by_id().get(actor_id)
    iso3, _, slug = actor_id.partition("-")
    nations = [n for n in load_nations() if n.iso3.lower() == iso3]
    general = tuple(f"{n.adjective} {word}" for n in nations for word in _BODY_WORDS.get(slug, ()))
    return (listed.aliases if listed else ()) + general


def _has_own_name(name: str) -> bool:
    return name[:1].isupper() and not name.isupper()


def _names_body(name: str) -> bool:
    """Whether the last word is one for a body of men, not for men ("army", "squads")."""
    noun = load_nouns().parties.get(name.split()[-1].lower())
    return noun is not None and noun.cls in {"body", "group"} and noun.armed is not False
