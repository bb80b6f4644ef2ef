"""Gun Violence Archive articles: one shooting each, and which articles tell of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from evaluation import baseline
from evaluation.base import (
    Mark,
    Measure,
    Reader,
    Row,
    Verdict,
    count_people,
    main_incident,
    make_report,
    quote_evidence,
)
from evaluation.geography import Point, least_km, listed_points
from evaluation.linking import group_reports
from evaluation.metrics import hit
from marsad.records import CodedReport

NEAR_KM = 25.0
FAR_KM = 161.0


@dataclass(frozen=True)
class Shooting:
    """What an article says of its main incident."""

    killed: int = 0
    injured: int = 0
    first: date | None = None
    last: date | None = None
    place: str | None = None
    point: Point | None = None
    evidence: str = ""
    group: str | None = None
    steady: bool = True


@cache
def _city_points(city: str, state: str) -> tuple[Point, ...]:
    """Where the gold city lies; empty where the gazetteer lists no such city in the state."""
    return listed_points(city.split("(")[0].strip(), country="USA", admin1=state)


class Gva:
    """Scores the main incident of each article; the publication date is given to the coder."""

    name = "gva"
    files = ("gva_dev.jsonl",)
    measures = (
        Measure("figures", "killed exact", "share", goal=0.88),
        Measure("figures", "killed exact, where anybody was", "share"),
        Measure("figures", "injured exact", "share", goal=0.82),
        Measure("figures", "injured exact, where anybody was", "share"),
        Measure("event date", "exact day", "share", goal=0.85),
        Measure("event place", "city within 25 km", "share", goal=0.90),
        Measure("event place", "city within 161 km", "share"),
        Measure("grouping", "articles into incidents, B-cubed F1", "b-cubed", goal=0.92),
        Measure("grouping", "same cluster in shuffled order", "share", goal=1.0),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[Shooting | None]:
        """The main incident of each article; all are coded before the first, to be grouped."""
        coded = list(reader.code(rows, lambda row: make_report(row, row.get("dct"))))
        for report, home in zip(coded, group_reports(coded), strict=True):
            shooting = self._shooting(report) or Shooting()
            yield replace(shooting, group=home.group, steady=home.steady)

    @staticmethod
    def _shooting(coded: CodedReport | None) -> Shooting | None:
        incident = main_incident(coded)
        if incident is None:
            return None
        when, place = incident.when, incident.place
        point = None
        if place and place.latitude is not None and place.longitude is not None:
            point = (place.latitude, place.longitude)
        return Shooting(
            count_people(incident, "killed").best,
            count_people(incident, "injured").best,
            when.start if when else None,
            when.end if when else None,
            place.name if place else None,
            point,
            quote_evidence(coded, incident),
        )

    def guess(self, row: Row) -> Shooting:
        """First numbers, date and place by rule of thumb."""
        published = date.fromisoformat(row["dct"][:10]) if row.get("dct") else None
        day = baseline.find_date(row["text"], published)
        place = baseline.find_place(row["text"])
        return Shooting(
            baseline.count_harmed(row["text"], "killed"),
            baseline.count_harmed(row["text"], "injured"),
            day,
            day,
            place.name if place else None,
            (place.latitude, place.longitude) if place else None,  # type: ignore[arg-type]
        )

    def judge(self, row: Row, answer: Shooting | None) -> Verdict:
        """Exact numbers and day; distance to the gold city where the gazetteer lists it."""
        gold, found = row["gold"], answer or Shooting()
        day = datetime.strptime(gold["date"], "%B %d, %Y").date()
        marks: dict[str, Mark] = {}
        wrong = 0.0
        for outcome, number in (("killed", found.killed), ("injured", found.injured)):
            wanted = int(gold[f"num_{outcome}"])
            marks[f"{outcome} exact"] = hit(number == wanted)
            if wanted:
                marks[f"{outcome} exact, where anybody was"] = hit(number == wanted)
            wrong += abs(number - wanted)
        right_day = found.first == found.last == day
        marks["exact day"] = hit(right_day)
        if "incident_id" in gold:
            group = found.group or f"alone: {row['id']}"
            marks["articles into incidents, B-cubed F1"] = (gold["incident_id"], group)
            marks["same cluster in shuffled order"] = hit(found.steady)
        points = _city_points(gold["city_or_county"], gold["state"])
        if points:
            km = least_km(found.point, points)
            marks["city within 25 km"] = hit(km <= NEAR_KM)
            marks["city within 161 km"] = hit(km <= FAR_KM)
            wrong += 0.3 * (km > NEAR_KM)
        return Verdict(
            marks,
            min(wrong, 20) + 0.3 * (not right_day),
            f"{gold['num_killed']} killed, {gold['num_injured']} injured, {day}, "
            f"{gold['city_or_county']}, {gold['state']}",
            f"{found.killed} killed, {found.injured} injured, {_days(found)}, {found.place}",
            found.evidence,
        )


def _days(found: Shooting) -> str:
    return f"{found.first}" if found.first == found.last else f"{found.first} to {found.last}"
