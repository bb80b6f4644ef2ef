"""Gun Violence Archive articles: killed, injured, date and city of one shooting each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evaluation.base import Case, Reader, Result, Row, main_incident, make_report, total
from evaluation.metrics import score_exact
from marsad.incidents.compare import great_circle_km
from marsad.places.gazetteer import open_gazetteer

NEAR_KM = 25.0


class Gva:
    """Scores the main incident of each article."""

    name = "gva"
    files = ("gva_dev.jsonl",)

    def score(self, rows: Sequence[Row], reader: Reader) -> Result:
        """Killed and injured exact, date exact, city within 25 km."""
        coded = reader.code([make_report(row, row.get("dct")) for row in rows])
        killed, injured, dates, places = [], [], [], []
        cases = []
        gazetteer = open_gazetteer(reader.coder.settings.gazetteer_path)
        for row, result in zip(rows, coded, strict=True):
            gold = row["gold"]
            incident = main_incident(result)
            found_killed = (total(incident, "killed") or (0, 0, 0))[1]
            found_injured = (total(incident, "injured") or (0, 0, 0))[1]
            killed.append(found_killed == gold["num_killed"])
            injured.append(found_injured == gold["num_injured"])
            wanted = datetime.strptime(gold["date"], "%B %d, %Y").date()
            when = incident.when if incident else None
            dates.append(when is not None and when.start == when.end == wanted)
            near = self._near(gazetteer, gold, incident)
            if near is not None:
                places.append(near)
            place = incident.place.name if incident and incident.place else None
            wrong = abs(found_killed - gold["num_killed"]) + abs(
                found_injured - gold["num_injured"]
            )
            cases.append(
                Case(
                    str(row["id"]),
                    wrong + 0.3 * (not dates[-1]) + 0.3 * (near is False),
                    f"killed {gold['num_killed']} injured {gold['num_injured']} on {wanted} "
                    f"at {gold['city_or_county']}, {gold['state']}",
                    f"killed {found_killed} injured {found_injured} "
                    f"on {when.start if when else None} at {place}",
                    row["text"][:600],
                )
            )
        scores = [
            score_exact("killed exact", killed),
            score_exact("injured exact", injured),
            score_exact("event date exact", dates),
            score_exact("city within 25 km", places),
        ]
        return Result(self.name, scores, cases)

    @staticmethod
    def _near(gazetteer, gold, incident) -> bool | None:  # type: ignore[no-untyped-def]
        """Whether the incident's place is near the gold city; None if that city is not listed."""
        entries = [
            e
            for e in gazetteer.find(gold["city_or_county"].split("(")[0].strip(), limit=20)
            if e.country == "USA" and e.admin1 == gold["state"] and e.latitude is not None
        ]
        if not entries:
            return None
        place = incident.place if incident else None
        if place is None or place.latitude is None:
            return False
        here = (place.latitude, place.longitude)
        return any(great_circle_km(here, (e.latitude, e.longitude)) <= NEAR_KM for e in entries)
