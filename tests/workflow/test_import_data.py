"""Data sets in the ledger: as what they say, beside the reports, and back out again."""

import csv
import io
import json
import shutil
import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.incidents.assemble import assemble_incidents
from marsad.publish.exports.protect import Profile
from marsad.records import (
    Claim,
    CodedReport,
    Figure,
    Participant,
    Place,
    Report,
    Source,
    When,
)
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.store.verify import verify
from marsad.workflow.decide import merge
from marsad.workflow.export import ExportRequest, export_to_stream
from marsad.workflow.import_data import DataSet, import_data
from marsad.workflow.ingest import Ingested, keep_coded
from marsad.workflow.rebuild import rebuild

CODER = CoderName("test", "0" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
ATLAS = DataSet("Conflict Atlas", "acled")
ACLED = {
    "event_id_cnty": "SYR1",
    "event_date": "2024-05-06",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "country": "Syria",
    "location": "Saraqib",
    "latitude": "35.864",
    "longitude": "36.805",
    "geo_precision": "1",
    "actor1": "Military Forces of Syria",
    "inter1": "1",
    "source": "Radio Zarkal",
    "notes": "On 6 May 2024, two armed sides clashed near the grain silos of Saraqib and 14 died.",
    "fatalities": "14",
}
# What an import cannot bring back, as docs/how-to/import.md says.
LOST = {"id", "outlets", "report_count", "reports", "urls", "first_published", "groups"}


def write(path, *rows):
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return [str(path)]


def take_in(ledger, sources, data_set=ATLAS):
    done: list[Ingested] = []
    notes = import_data(ledger, sources, data_set, on_item=done.append)
    return [item.outcome for item in done], notes


def exported(ledger, name):
    stream = io.StringIO(newline="")
    request = ExportRequest((name,), profile=Profile("internal"))
    export_to_stream(ledger, request, stream)
    return stream.getvalue()


def test_the_same_rows_twice_change_nothing_and_a_changed_one_is_a_version(ledger, tmp_path):
    rows = write(tmp_path / "a.csv", ACLED, ACLED | {"event_id_cnty": "SYR2"})
    assert take_in(ledger, rows)[0] == ["new", "new"]
    before = [i.id for i in ledger.incidents()]
    end = ledger.end()
    assert take_in(ledger, rows)[0] == ["known", "known"]
    assert ledger.end() == end
    later = write(tmp_path / "b.csv", ACLED | {"fatalities": "17"})
    assert take_in(ledger, later)[0] == ["version"]
    assert [i.id for i in ledger.incidents()] == before
    killed = {t.best for i in ledger.incidents() for t in i.tallies if t.policy == "ucdp-best"}
    assert killed == {14, 17}


def test_two_rows_that_are_two_incidents_to_their_data_set_stay_two(ledger, tmp_path):
    rows = [ACLED | {"event_id_cnty": f"SYR{n}"} for n in range(4)]
    take_in(ledger, write(tmp_path / "a.csv", *rows))
    assert ledger.count_incidents() == 4
    # Another data set that tells of it joins one, and does not join the others through it.
    take_in(ledger, write(tmp_path / "a.csv", ACLED), DataSet("Second Atlas", "acled"))
    incidents = list(ledger.incidents())
    assert len(incidents) == 4
    assert sorted(len(i.reports) for i in incidents) == [1, 1, 1, 2]
    rebuild(ledger)
    assert {i.id for i in ledger.incidents()} == {i.id for i in incidents}


def test_a_person_may_join_what_the_data_set_holds_apart(ledger, tmp_path):
    take_in(ledger, write(tmp_path / "a.csv", ACLED, ACLED | {"event_id_cnty": "SYR2"}))
    first, second = (i.id for i in ledger.incidents())
    merge(ledger, [first, second], by="Lina", why="one clash, coded twice")
    (incident,) = ledger.incidents()
    assert len(incident.reports) == 2


def test_a_source_that_the_news_cite_too_is_no_second_voice(ledger, tmp_path):
    text = f"{ACLED['notes']} Radio Zarkal reported it. Fourteen people were killed."
    report = Report(id="news", outlet="Harbour Wire", published=date(2024, 5, 7), text=text)
    claim = make_news(report, "Radio Zarkal")
    coded = CodedReport(report=report, claims=(claim,), incidents=assemble_incidents((claim,), ()))
    keep_coded(ledger, CODER, coded, RECEIPT)
    take_in(ledger, write(tmp_path / "a.csv", ACLED))
    (incident,) = ledger.incidents()
    assert [(o.source, len(o.reports)) for o in incident.origins] == [("Radio Zarkal", 2)]
    assert incident.status == "single-source"
    # The number of the data set stands beside that of its source.
    assert {(t.source, t.best) for t in incident.told} == {
        ("Radio Zarkal", 14),
        ("Conflict Atlas", 14),
    }


def make_news(report, source):
    start = report.text.index("Fourteen")
    return make_told(report, "news-claim", source, report.quote(start, len(report.text)))


def make_told(report, key, source, words, **changes):
    """What a source said, in these words of a report, of a clash at Saraqib."""
    values = {
        "id": key,
        "report_id": report.id,
        "event_type": "armed-clash",
        "trigger": words,
        "modality": "asserted",
        "attribution": (
            Source(source=source, kind="media"),
            Source(source="Harbour Wire", kind="media"),
        ),
        "place": Place(name="Saraqib", latitude=35.864, longitude=36.805, country="SYR",
                       precision="town", evidence=words),
        "when": When(start=date(2024, 5, 6), end=date(2024, 5, 6), precision="day",
                     evidence=words),
        "figures": (Figure(outcome="killed", low=14, high=14, qualifier="exact",
                           evidence=words),),
        "evidence": (words,),
        "confidence": 0.8,
    }  # fmt: skip
    return Claim(**values | changes)


def test_one_bad_row_is_named_and_stops_no_other(ledger, tmp_path):
    bad = ACLED | {"event_date": "31/02/2024"}
    rows = write(tmp_path / "a.csv", bad, ACLED, ACLED | {"event_id_cnty": "SYR2"})
    assert take_in(ledger, rows)[0] == ["failed", "new", "new"]
    assert ledger.count_incidents() == 2


def test_what_was_kept_before_a_stop_is_kept_and_the_rest_comes_with_the_next_run(ledger, tmp_path):
    rows = [ACLED | {"event_id_cnty": f"SYR{n}"} for n in range(70)]
    paths = write(tmp_path / "a.csv", *rows)
    seen = []

    def stop(item):
        seen.append(item)
        if len(seen) == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_data(ledger, paths, ATLAS, on_item=stop)
    outcomes, _ = take_in(ledger, paths)
    assert outcomes == ["known"] * 50 + ["new"] * 20
    assert ledger.count_incidents() == 70


def test_the_chain_and_every_quote_hold_after_an_import(ledger, tmp_path):
    take_in(ledger, write(tmp_path / "a.csv", ACLED | {"notes": "", "actor1": "العربية"}))
    assert verify(ledger.database).fault is None


def test_an_unknown_kind_and_a_row_that_bounds_nothing_are_told_of(ledger, tmp_path):
    bare = {"event_type": "Sorcery", "start": "2024-05-06", "place": "", "killed": ""}
    data_set = DataSet("Desk", "csv")
    _, notes = take_in(ledger, write(tmp_path / "a.csv", bare), data_set)
    assert dict(notes.unknown_kinds) == {"Sorcery": 1}
    assert notes.unbounded == 1
    assert ledger.count_incidents() == 0


# Round trips. Names are of no common words: two such names may be one source.
NAMES = st.sampled_from(["Radio Zarkal", "Vorimex Daily", "Tellumo Agency", "Korbisar", "زرقال"])
KINDS = st.sampled_from(["armed-clash", "attack", "shelling", "peaceful-protest", "abduction"])
DAYS = st.dates(date(2023, 1, 1), date(2024, 12, 1))
PLACES = st.sampled_from(
    [
        Place(name="Saraqib", geonameid=172408, latitude=35.864, longitude=36.805,
              admin1="Idlib", country="SYR", precision="town"),
        Place(name="Idlib", latitude=35.9, longitude=36.6, admin1="Idlib", country="SYR",
              precision="province"),
        Place(name="Kafr Amal", latitude=-34.5, longitude=-36.6, country="ARG",
              precision="district", relation="near"),
        Place(name="=Tulip; \"Inn\"", country="SYR", precision="site"),
    ]
)  # fmt: skip


TEXTS = (
    "Fourteen people were hit when a rocket came down on the weekly market.",
    "Men on motorbikes opened fire outside a bakery before sunrise, its owner told neighbours.",
    "A crowd of students walked to the governor's palace and was met with batons.",
)


@st.composite
def claims_of(draw, report):
    day, kind, place = draw(DAYS), draw(KINDS), draw(PLACES)
    words = report.quote(0, len(report.text))
    low = draw(st.integers(0, 40))
    high = draw(st.sampled_from([low, low, None, low + 3]))
    qualifier = "at-least" if high is None else "exact" if high == low else "range"
    figures = [
        Figure(outcome=outcome, low=low, high=high, qualifier=qualifier, evidence=words)
        for outcome in draw(st.lists(st.sampled_from(["killed", "injured"]), unique=True))
    ]
    parties = [
        Participant(role=role, name=name, kind=who)
        for role, name, who in draw(
            st.sampled_from(
                [
                    [("actor", "gunmen", "unidentified-armed"), ("recipient", "mayor", "civilian")],
                    [("actor", "+Vash militia", "militia")],
                    [("recipient", "@farmers", "civilian"), ("recipient", "nurses", "medical")],
                ]
            )
        )
    ]
    when = When(start=day, end=day, precision="day", evidence=words)
    return [
        make_told(
            report, f"{report.id}-{source}", source, words, event_type=kind, figures=tuple(figures),
            place=place.model_copy(update={"evidence": words}), when=when,
            participants=tuple(parties),
        )
        for source in draw(st.lists(NAMES, min_size=1, max_size=2, unique=True))
    ]  # fmt: skip


@st.composite
def ledgers(draw):
    coded = []
    for number in range(draw(st.integers(1, 3))):
        text = TEXTS[number]  # copies of one text are one voice, which no record can say
        report = Report(
            id=f"r{number}", outlet="Vorimex Daily", published=date(2025, 1, 2), text=text
        )
        claims = tuple(draw(claims_of(report)))
        coded.append(
            CodedReport(report=report, claims=claims, incidents=assemble_incidents(claims, ()))
        )
    return coded


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """The file of an empty ledger: copied, for making one takes long."""
    path = tmp_path_factory.mktemp("blank") / "ledger.sqlite"
    Ledger(Database(f"sqlite:///{path}")).database.close()
    return path


def empty(blank, folder):
    path = folder / f"{uuid.uuid4()}.sqlite"
    shutil.copy(blank, path)
    return Ledger(Database(f"sqlite:///{path}"))


def there_and_back(coded, name, data_set, blank, folder):
    """What is exported of a ledger, and of one that the export was imported into."""
    first, second = empty(blank, folder), empty(blank, folder)
    try:
        for one in coded:
            keep_coded(first, CODER, one, RECEIPT)
        path = folder / "export"
        path.write_text(exported(first, name), "utf-8")
        outcomes, notes = take_in(second, [str(path)], data_set) if coded else ([], None)
        assert set(outcomes) <= {"new"}
        return path.read_text("utf-8"), exported(second, name), notes
    finally:
        first.database.close()
        second.database.close()


def incidents_in(text, lost=LOST):
    rows = [
        {k: v for k, v in row.items() if k not in lost} for row in csv.DictReader(io.StringIO(text))
    ]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


QUICK = settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@QUICK
@given(coded=ledgers())
def test_incidents_csv_comes_back_as_it_went(coded, blank, tmp_path):
    before, after, notes = there_and_back(
        coded, "csv", DataSet("Desk Morvi", "csv"), blank, tmp_path
    )
    assert notes is not None
    assert notes.weakened == 0
    assert incidents_in(after) == incidents_in(before)


def claims_in(text, data_set):
    """The records without ids, offsets and what an import adds to the chain."""
    found = []
    for line in text.splitlines():
        record = json.loads(line)
        extra = record["marsad"]
        extra["speakers"] = [s for s in extra["speakers"] if s["source"] != data_set]
        extra["disputes"] = sorted(d["about"] for d in extra.get("disputes", ()))
        for key in ("id", "link", "cite_info", "event_text", "comment"):
            record.pop(key, None)
        extra.pop("incident")
        found.append(json.dumps(record, sort_keys=True, ensure_ascii=False))
    return sorted(found)


@QUICK
@given(coded=ledgers())
def test_plover_comes_back_as_it_went(coded, blank, tmp_path):
    before, after, _ = there_and_back(
        coded, "plover", DataSet("Desk Morvi", "plover"), blank, tmp_path
    )
    assert claims_in(after, "Desk Morvi") == claims_in(before, "Desk Morvi")
