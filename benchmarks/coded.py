"""Synthetic coded reports for the ledger: invented towns, days, parties and tolls.

No text is read: claims are made with the words they would be read from. A constant
number of incidents a day is told by one to five reports each within three days, so that
a larger ledger covers a longer time, as a monitor's does. Every tenth report repeats
the text of an earlier one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.incidents.assemble import assemble_incidents
from marsad.records import (
    Claim,
    CodedReport,
    EventType,
    Evidence,
    Figure,
    Participant,
    Place,
    Report,
    Source,
    When,
    content_id,
)

FIRST_DAY = date(2015, 1, 1)
INCIDENTS_A_DAY = 40
TOWNS = 3000
_KINDS: tuple[tuple[EventType, str], ...] = (
    ("shelling", "shelled"), ("air-strike", "bombed"), ("armed-clash", "ambushed"),
    ("attack", "attacked"), ("remote-explosive", "mined"),
)  # fmt: skip
_SPEAKERS = ("the governor", "a hospital doctor", "the defence ministry", "a monitor", "residents")
_OUTLETS = tuple(f"{town} {kind}" for town in ("Northern", "Lake", "Border", "Harbour", "Valley")
                 for kind in ("Courier", "Gazette", "Wire", "Observer"))  # fmt: skip
_ARMY = Participant(role="actor", name="armed men", actor_id="bench-army", kind="armed-group")
_STARTS = ("ba", "ko", "ri", "mu", "sha", "ne", "do", "li", "ga", "to", "wa", "pe", "zu", "hi")
_ENDS = ("ra", "mba", "ndi", "lo", "sha", "ki", "ta", "nor", "ze", "gou")


@dataclass(frozen=True)
class _Event:
    kind: EventType
    word: str
    town: Place
    day: date
    dead: int
    victim: str


def make_coded_reports(claims: int, seed: int = 7) -> Iterator[CodedReport]:
    """Coded reports with so many claims in all, in order of publication."""
    chance = random.Random(seed)
    towns = [_make_town(number, chance) for number in range(TOWNS)]
    made = number = 0
    day = FIRST_DAY
    last: CodedReport | None = None
    while True:
        events = [_make_event(day, towns, chance) for _ in range(INCIDENTS_A_DAY)]
        for event in events:
            for teller in range(chance.choice((1, 1, 2, 2, 3, 5))):
                number += 1
                told = [event, chance.choice(events)] if chance.random() < 0.3 else [event]
                if last is not None and chance.random() < 0.1:
                    coded = _repeat(last, f"bench-{number}", chance)
                else:
                    coded = _make_report(f"bench-{number}", told, day, teller, chance)
                last = coded
                yield coded
                made += len(coded.claims)
                if made >= claims:
                    return
        day += timedelta(days=1)


def _make_name(chance: random.Random) -> str:
    parts = chance.randint(1, 2)
    return (
        "".join(chance.choice(_STARTS) for _ in range(parts + 1)) + chance.choice(_ENDS)
    ).title()


def _make_town(number: int, chance: random.Random) -> Place:
    country = chance.randrange(8)
    return Place(
        name=f"{_make_name(chance)}",
        geonameid=10_000_000 + number,
        latitude=round(chance.uniform(0, 8) + 8 * (country % 4) - 10, 4),
        longitude=round(chance.uniform(0, 8) + 15 * (country // 4) + 20, 4),
        admin1=f"Province {country}-{number % 12}",
        country=("SYR", "SDN", "UKR", "MMR", "COL", "NGA", "IRQ", "AFG")[country],
        precision="town",
    )


def _make_event(day: date, towns: list[Place], chance: random.Random) -> _Event:
    kind, word = chance.choice(_KINDS)
    # A few towns see most of the fighting.
    town = towns[(int(chance.paretovariate(0.35)) - 1) % TOWNS]
    victim = f"{_make_name(chance)} {_make_name(chance)}"
    return _Event(kind, word, town, day, chance.choice((1, 2, 2, 3, 5, 8, 14, 30)), victim)


def _make_report(
    name: str, events: list[_Event], day: date, teller: int, chance: random.Random
) -> CodedReport:
    published = day + timedelta(days=min(teller, 2))
    lines: list[str] = []
    drafts: list[tuple[int, _Event, str]] = []
    offset = 0
    for event in events:
        speaker = chance.choice(_SPEAKERS)
        line = (
            f"Armed men {event.word} the market of {event.town.name} on {event.day:%d %B} and "
            f"{event.dead} people were killed, {speaker} said. Among them was {event.victim}, "
            f"{chance.randint(18, 70)}, whose house stands in {_make_name(chance)} street."
        )
        filler = " ".join(_make_name(chance).lower() for _ in range(chance.randint(20, 60)))
        drafts.append((offset, event, speaker))
        lines.append(f"{line}\n\n{filler.capitalize()}.")
        offset += len(lines[-1]) + 2
    text = "\n\n".join(lines)
    report = Report(
        id=name, outlet=chance.choice(_OUTLETS), text=text, published=published, language="en",
        title=f"{events[0].dead} killed in {events[0].town.name}",
    )  # fmt: skip
    return _coded(report, [_make_claim(report, *draft) for draft in drafts])


def _make_claim(report: Report, offset: int, event: _Event, speaker: str) -> Claim:
    text = report.text

    def quote(words: str) -> Evidence:
        start = text.index(words, offset)
        return report.quote(start, start + len(words))

    outlet = Source(source=report.outlet or "", kind="media")
    return Claim(
        id=content_id("claim", report.id, offset),
        report_id=report.id,
        event_type=event.kind,
        trigger=quote(event.word),
        modality="asserted",
        attribution=(Source(source=speaker, kind="official", cue="said"), outlet),
        participants=(_ARMY,),
        place=event.town.model_copy(update={"evidence": quote(event.town.name)}),
        when=When(start=event.day, end=event.day, precision="day"),
        figures=(
            Figure(
                outcome="killed", group="people", low=event.dead, high=event.dead,
                qualifier="exact", evidence=quote(f"{event.dead} people"),
            ),
        ),
        evidence=(quote(text[offset : text.index(" said.", offset) + 6]),),
        confidence=0.9,
    )  # fmt: skip


def _repeat(coded: CodedReport, name: str, chance: random.Random) -> CodedReport:
    """The same text in another outlet."""
    old = coded.report.id
    body = coded.model_dump_json().replace(f'"{old}"', f'"{name}"')
    copy = CodedReport.model_validate_json(body)
    report = copy.report.model_copy(update={"outlet": chance.choice(_OUTLETS)})
    return _coded(
        report,
        [
            c.model_copy(update={"id": content_id("claim", name, c.trigger.start)})
            for c in copy.claims
        ],
    )


def _coded(report: Report, claims: list[Claim]) -> CodedReport:
    return CodedReport(
        report=report, claims=tuple(claims), incidents=assemble_incidents(claims, ())
    )
