"""Airwars narratives: killed and injured as a range over sources, and where it fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evaluation import baseline
from evaluation.base import (
    Mark,
    Measure,
    Range,
    Reader,
    Row,
    Verdict,
    count_people,
    main_incident,
    make_report,
    quote_evidence,
)
from evaluation.geography import Point, least_km
from evaluation.metrics import hit

NEAR_KM = 25.0
FAR_KM = 161.0


@dataclass(frozen=True)
class Strike:
    """What a narrative says of its incident."""

    killed: Range = field(default_factory=Range)
    injured: Range = field(default_factory=Range)
    place: str | None = None
    point: Point | None = None
    evidence: str = ""


def _top(number: Range) -> int:
    """The highest number any source gives; an open "at least 5" tops at 5."""
    return number.high if number.high is not None else max(number.low, number.best)


class Airwars:
    """Scores the main incident; a measure counts only rows whose gold has that number or point.

    The gold point is the house or block; a distance below a kilometre is more
    than any gazetteer of towns can reach.
    """

    name = "airwars"
    files = ("airwars_gaza_dev.jsonl",)
    measures = (
        Measure("figures", "killed low exact", "share", goal=0.80),
        Measure("figures", "killed high exact", "share", goal=0.75),
        Measure("figures", "injured low exact", "share", goal=0.75),
        Measure("event place", "place within 25 km", "share"),
        Measure("event place", "place within 161 km", "share"),
        Measure("event place", "median distance, where placed", "median", unit="km"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[Strike | None]:
        """The main incident of each narrative."""
        for coded in reader.code(rows, make_report):
            incident = main_incident(coded)
            if incident is None:
                yield None
                continue
            place = incident.place
            point = None
            if place and place.latitude is not None and place.longitude is not None:
                point = (place.latitude, place.longitude)
            yield Strike(
                count_people(incident, "killed"),
                count_people(incident, "injured"),
                place.name if place else None,
                point,
                quote_evidence(coded, incident),
            )

    def guess(self, row: Row) -> Strike:
        """First numbers and place by rule of thumb."""
        killed, injured = (
            baseline.count_harmed(row["text"], outcome) for outcome in ("killed", "injured")
        )
        place = baseline.find_place(row["text"])
        return Strike(
            Range(killed, killed, killed),
            Range(injured, injured, injured),
            place.name if place else None,
            (place.latitude, place.longitude) if place else None,  # type: ignore[arg-type]
        )

    def judge(self, row: Row, answer: Strike | None) -> Verdict:
        """Exact ends of the ranges, and the distance to the gold point."""
        gold, found = row["gold"], answer or Strike()
        marks: dict[str, Mark] = {}
        if gold["killed"]:
            marks["killed low exact"] = hit(found.killed.low == gold["killed"][0])
            marks["killed high exact"] = hit(_top(found.killed) == gold["killed"][1])
        if gold["injured"]:
            marks["injured low exact"] = hit(found.injured.low == gold["injured"][0])
        if gold.get("lat") is not None:
            km = least_km(found.point, [(float(gold["lat"]), float(gold["lon"]))])
            marks["place within 25 km"] = hit(km <= NEAR_KM)
            marks["place within 161 km"] = hit(km <= FAR_KM)
            if found.point:
                marks["median distance, where placed"] = km
        wrong = sum(1 - m.recall for name, m in marks.items() if not isinstance(m, float | tuple))
        return Verdict(
            marks,
            wrong,
            f"killed {gold['killed']}, injured {gold['injured']}, {gold.get('place')}",
            f"killed {found.killed}, injured {found.injured}, {found.place}",
            found.evidence,
        )
