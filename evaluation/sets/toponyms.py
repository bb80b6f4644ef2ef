"""TR-News and LGL: which words name places, and which places they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation import baseline
from evaluation.base import Mark, Measure, Reader, Row, Verdict
from evaluation.geography import Point, least_km
from evaluation.metrics import Counts, match_spans

FAR_KM = 161.0  # 100 miles, the customary limit for toponym resolution


@dataclass(frozen=True)
class Name:
    """A found place name in the text and what it was resolved to."""

    start: int
    end: int
    name: str
    point: Point | None
    geonameid: int | None = None


def _is_adjective(words: str) -> bool:
    """Whether a name is of a people or a language: "Syrian", "the Syrians"."""
    from marsad.coding.toponyms.lexicon import toponym_lexicon

    words = words.casefold().removeprefix("the ")
    demonyms = toponym_lexicon().demonyms
    return words in demonyms or words.removesuffix("s") in demonyms


class Toponyms:
    """Scores place names in news, adjectives ("Syrian") counted on neither side.

    Recognition is over spans, resolution over the gold names that have coordinates.
    What is an adjective is decided by the words alone, alike for gold and found.
    The same entry may stand at another point in another edition of GeoNames (states
    and countries mostly): that counts as wrong by distance, right by entry.
    A gold name whose offsets the set does not vouch for (`aligned` false) is left out.
    """

    def __init__(self, name: str, file: str, f1_goal: float, resolution_goal: float) -> None:
        self.name = name
        self.files = (file,)
        self.measures = (
            Measure("place names", "recognition F1, overlap", "f1", goal=f1_goal),
            Measure("place names", "recognition F1, exact span", "f1"),
            Measure("place names", "resolved within 161 km, of all", "share", goal=resolution_goal),
            Measure("place names", "resolved within 161 km, of recognised", "share"),
            Measure("place names", "same entry or within 161 km, of all", "share"),
        )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Name] | None]:
        """Every place name of every sentence."""
        for doc in reader.docs(rows, parse_all=True):
            if doc is None:
                yield None
                continue
            names = []
            for t in doc._.toponyms:
                last = doc[t["end"] - 1]
                placed = t["latitude"] is not None and t["longitude"] is not None
                names.append(
                    Name(
                        doc[t["start"]].idx,
                        last.idx + len(last),
                        ", ".join(p for p in (t["name"], t["admin1"], t["country"]) if p),
                        (t["latitude"], t["longitude"]) if placed else None,
                        t["geonameid"],
                    )
                )
            yield names

    def guess(self, row: Row) -> list[Name]:
        """Capitalised names the gazetteer lists, each the most populous place of that name."""
        return [
            Name(start, end, entry.name, (entry.latitude, entry.longitude))  # type: ignore[arg-type]
            for (start, end), entry in baseline.find_names(row["text"])
        ]

    def judge(self, row: Row, answer: list[Name] | None) -> Verdict:
        """Overlapping and equal spans; distance of each gold name's place."""
        gold: list[Row] = []
        unsure: list[Row] = []
        for top in row["gold"]["toponyms"]:
            skipped = _is_adjective(str(top["phrase"])) or not top.get("aligned", True)
            (unsure if skipped else gold).append(top)
        spans = [(int(t["start"]), int(t["end"])) for t in gold]
        found = [n for n in answer or [] if not _excused(n, unsure, row)]
        pairs = match_spans(spans, [(n.start, n.end) for n in found])
        exact = sum(spans[i] == (found[j].start, found[j].end) for i, j in pairs)
        marks: dict[str, Mark] = {
            "recognition F1, overlap": _counts(len(pairs), found, spans),
            "recognition F1, exact span": _counts(exact, found, spans),
        }
        partner = dict(pairs)
        right = placed = known = same = 0
        notes = []
        for i, top in enumerate(gold):
            name = found[partner[i]] if i in partner else None
            if name is None:
                notes.append(f"missed {top['phrase']!r}")
            if top.get("lat") in (None, ""):
                continue
            placed += 1
            known += name is not None
            where = (float(top["lat"]), float(top["lon"]))
            near = least_km(name.point if name else None, [where]) <= FAR_KM
            same += near or (name is not None and str(name.geonameid) == str(top["geonameid"]))
            if near:
                right += 1
            elif name is not None:
                notes.append(f"{top['phrase']!r} ({top['name']}) read as {name.name}")
        marks["resolved within 161 km, of all"] = Counts(tp=right, fn=placed - right)
        marks["resolved within 161 km, of recognised"] = Counts(tp=right, fn=known - right)
        marks["same entry or within 161 km, of all"] = Counts(tp=same, fn=placed - same)
        used = {j for _, j in pairs}
        extra = [n for j, n in enumerate(found) if j not in used]
        notes += [f"not gold {row['text'][n.start : n.end]!r}" for n in extra]
        return Verdict(
            marks,
            (placed - right) + len(extra) + len(spans) - len(pairs),
            f"{len(gold)} names: " + ", ".join(dict.fromkeys(t["phrase"] for t in gold)),
            f"{len(found)} names, {right} of {placed} placed right",
            "; ".join(dict.fromkeys(notes)),
        )


def _counts(hits: int, found: Sequence[object], gold: Sequence[object]) -> Counts:
    return Counts(tp=hits, fp=len(found) - hits, fn=len(gold) - hits)


def _excused(name: Name, unsure: Sequence[Row], row: Row) -> bool:
    """Whether the name is an adjective or may be one of the gold names that are not scored."""
    words = row["text"][name.start : name.end]
    return _is_adjective(words) or any(
        (int(t["start"]) < name.end and name.start < int(t["end"]))
        or (not t.get("aligned", True) and (t["phrase"] in words or words in t["phrase"]))
        for t in unsure
        if t["phrase"]
    )
