"""A ledger's incidents in every format: read back by the programs that people use."""

import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from pyarrow import parquet

from benchmarks.coded import make_coded_reports
from marsad.errors import ExportError
from marsad.incidents.assemble import assemble_incidents
from marsad.publish.exports.columns import NAMES
from marsad.publish.exports.formats import FORMAT_NAMES, load_format
from marsad.publish.exports.protect import Profile, protect
from marsad.publish.exports.withholding import fold_words
from marsad.records import CodedReport, IncidentFilter, Participant, Place, Source, When
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.export import ExportRequest, export_to_files, export_to_stream
from marsad.workflow.ingest import keep_coded
from tests.publish.exports.sample import SECRETS, make_claim, make_report

CODER = CoderName("test", "0" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
NOW = datetime(2026, 1, 2, tzinfo=UTC)
PROVINCE = Place(
    name="Homs", latitude=34.5, longitude=38.3, admin1="Homs", country="SYR", precision="province"
)
VILLAGE = Place(
    name="Kafr Amal", latitude=34.71234, longitude=36.75678, admin1="Homs", country="SYR",
    precision="town",
)  # fmt: skip
NAMES_HERE = (*SECRETS, "yusufdarzani", "darzani", "mariamzeitoun", "zeitoun")
ARABIC = "صحيفة المرفأ"
WINTER = (
    "Residents told a monitor last week what they had seen in the town during the winter: men in "
    "uniform raped a woman, shot dead her brother Yusuf Darzani before dawn and burned the "
    "house. The army gave no comment to our reporter."
)
STONE = (
    "A year after the fighting in the steppe the council put up a stone for those who were shot "
    "dead there, among them Mariam Zeitoun, 43, and his driver. The army was not invited."
)


def coded(report, *claims):
    return CodedReport(report=report, claims=claims, incidents=assemble_incidents(claims, ()))


def private_reports():
    """Reports full of private names: of a killing, a rape, and one in a province in Arabic."""
    first = make_report()
    yield coded(first, make_claim(first))
    second = make_report(
        id="second", url=None, outlet=ARABIC, published="2024-05-08",
        title="NADIM FARHAN, father of Salim Khuri, is buried",
    )  # fmt: skip
    yield coded(second, make_claim(second, "claim-second"))
    third = make_report(
        id="third-darzani", published="2024-03-01", text=WINTER, outlet="=cmd|' /C calc'!A0",
        title="What Yusuf Darzani's neighbours saw", url="https://w.example/yusufdarzani",
    )  # fmt: skip
    night = When(start=date(2024, 2, 28), end=date(2024, 2, 28), precision="day")
    rape = make_claim(
        third, "claim-third", event_type="sexual-violence", when=night, place=VILLAGE, figures=(),
        participants=(Participant(role="recipient", name="Yusuf Darzani", kind="civilian"),),
        attribution=(Source(source="Harbour Wire", kind="media"),),
    )  # fmt: skip
    yield coded(third, rape)
    fourth = make_report(id="fourth", published="2023-03-01", text=STONE, title="A stone", url=None)
    stone = make_claim(
        fourth, "claim-fourth", place=PROVINCE, when=None, figures=(), participants=(),
        attribution=(Source(source="Harbour Wire", kind="media"),),
    )  # fmt: skip
    yield coded(fourth, stone)


def fill(ledger):
    for report in (*make_coded_reports(60, seed=5), *private_reports()):
        keep_coded(ledger, CODER, report, RECEIPT)
    return ledger


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('export') / 'ledger.sqlite'}")
    yield fill(Ledger(database))
    database.close()


@pytest.fixture(scope="module")
def public(full, tmp_path_factory):
    """A folder with every format, for the public."""
    folder = tmp_path_factory.mktemp("public") / "release"
    export_to_files(full, ExportRequest(FORMAT_NAMES), folder, now=NOW)
    return folder


@pytest.fixture(scope="module")
def internal(full, tmp_path_factory):
    folder = tmp_path_factory.mktemp("internal") / "desk"
    request = ExportRequest(FORMAT_NAMES, profile=Profile("internal"))
    export_to_files(full, request, folder, now=NOW)
    return folder


def every_byte(path):
    """A file's bytes as text, also of what lies packed in it."""
    raw = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            raw += b"".join(book.read(name) for name in book.namelist())
    if path.suffix == ".parquet":
        raw += json.dumps(parquet.read_table(path).to_pylist(), default=str).encode()
    text = raw.decode("utf-8", "ignore")
    return text + (json.dumps(json.loads(text), ensure_ascii=False) if is_json(path) else "")


def is_json(path):
    return path.suffix in (".json", ".geojson", ".jsonld")


def found_names(path):
    letters = "".join(fold_words(every_byte(path)))
    return [name for name in NAMES_HERE if name in letters]


def test_no_byte_of_any_public_format_has_a_private_name(public):
    names = {path.name: found_names(path) for path in public.iterdir()}
    assert len(names) == len(FORMAT_NAMES) + 2
    assert {name: found for name, found in names.items() if found} == {}


def test_the_search_would_find_them(internal):
    tables = {load_format(name).file_name for name in FORMAT_NAMES} - {"ucdp-ged-like.csv"}
    assert [name for name in sorted(tables) if not found_names(internal / name)] == []


def test_no_byte_of_a_public_format_has_the_village_of_a_sensitive_incident(full, tmp_path):
    only = IncidentFilter(types=("sexual-violence",))
    export_to_files(full, ExportRequest(FORMAT_NAMES, wanted=only), tmp_path, now=NOW)
    (row,) = csv.DictReader((tmp_path / "incidents.csv").read_text("utf-8").splitlines())
    assert (row["place_precision"], row["latitude"]) == ("district", "34.7")
    for path in tmp_path.iterdir():
        told = every_byte(path)
        assert [word for word in ("34.71", "Kafr", "Amal", "before dawn") if word in told] == []


def test_arabic_survives_in_every_format(internal):
    for name in FORMAT_NAMES:
        assert ARABIC in every_byte(internal / load_format(name).file_name), name


def test_the_manifest_has_the_hash_of_every_file(full, public):
    manifest = json.loads((public / "manifest.json").read_text("utf-8"))
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert listed == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in public.iterdir()
        if path.name != "manifest.json"
    }
    assert manifest["ledger"] == dict(zip(("rows", "head"), full.end(), strict=True))
    assert manifest["totals"]["label"] == "documented minimum"
    assert manifest["coders"] == [{"version": "test", "config": "0" * 64}]
    assert all(file["loses"] for file in manifest["files"] if "format" in file)
    policies = {file["format"]: file["policy"] for file in manifest["files"] if "format" in file}
    assert policies["acled"] == "acled-conservative"
    assert policies["ucdp-ged"] == "ucdp-best"


def test_one_file_has_its_manifest_beside_it(full, tmp_path):
    done = export_to_files(full, ExportRequest(("csv",)), tmp_path / "a.csv", now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.manifest.json"]
    assert done.tale.incidents == full.count_incidents()


def test_a_stream_gets_what_the_file_gets(full, public):
    stream = StringIO(newline="")
    export_to_stream(full, ExportRequest(("csv",)), stream, now=NOW)
    assert stream.getvalue() == (public / "incidents.csv").read_text("utf-8")


def test_both_databases_give_the_same(ledger, public, tmp_path):
    export_to_files(fill(ledger), ExportRequest(("csv",)), tmp_path / "a.csv", now=NOW)
    assert (tmp_path / "a.csv").read_text() == (public / "incidents.csv").read_text("utf-8")
    manifest = json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8"))
    assert manifest["coders"] == [{"version": "test", "config": "0" * 64}]


def test_filter_and_moment_are_kept_to(full, tmp_path):
    wanted = IncidentFilter(country="SYR", text="Farhan")
    request = ExportRequest(("csv",), wanted=wanted, as_of=NOW + timedelta(days=3650))
    export_to_files(full, request, tmp_path / "a.csv", now=NOW)
    manifest = json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8"))
    assert 0 < manifest["incidents"] < full.count_incidents()
    assert manifest["filters"] == {"country": "SYR", "text": "[name withheld]"}
    assert found_names(tmp_path / "a.csv.manifest.json") == []


def test_young_incidents_are_held_back_and_counted(full, tmp_path):
    request = ExportRequest(("csv",), profile=Profile("public", hold_hours=24 * 365))
    now = datetime(2024, 5, 20, tzinfo=UTC)
    done = export_to_files(full, request, tmp_path / "a.csv", now=now)
    assert done.tale.held >= 2
    assert done.tale.held + done.tale.incidents == full.count_incidents()
    manifest = json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8"))
    assert manifest["profile"]["held_back"] == done.tale.held


@pytest.mark.parametrize("name", ["xlsx", "geopackage", "parquet"])
def test_what_is_no_text_needs_a_file(full, name):
    with pytest.raises(ExportError, match="--output"):
        export_to_stream(full, ExportRequest((name,)), sys.stdout)


def test_an_export_that_fails_leaves_what_was_there(full, tmp_path, monkeypatch):
    (tmp_path / "incidents.csv").write_text("old")
    count = iter(range(100))

    def fail(*_):
        if next(count) == 3:
            raise OSError(28, "No space left on device")
        return protect(*_)

    monkeypatch.setattr("marsad.workflow.export.protect", fail)
    with pytest.raises(OSError, match="space"):
        export_to_files(full, ExportRequest(FORMAT_NAMES), tmp_path, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["incidents.csv"]
    assert (tmp_path / "incidents.csv").read_text() == "old"


def test_a_folder_that_was_made_for_an_export_that_fails_goes_again(full, tmp_path, monkeypatch):
    def fail(*_):
        raise ExportError("gone")

    monkeypatch.setattr("marsad.workflow.export.protect", fail)
    with pytest.raises(ExportError, match="gone"):
        export_to_files(full, ExportRequest(FORMAT_NAMES), tmp_path / "new", now=NOW)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_is_named(full):
    # Not even root makes files there.
    with pytest.raises(PermissionError, match="/sys"):
        export_to_files(full, ExportRequest(("csv",)), Path("/sys/a.csv"), now=NOW)


def test_a_missing_folder_is_named(full, tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        export_to_files(full, ExportRequest(("csv",)), tmp_path / "nowhere" / "a.csv", now=NOW)


# Outside validators.


def test_geojson_is_valid_by_its_schema(public):
    collection = json.loads((public / "incidents.geojson").read_text("utf-8"))
    jsonschema.validate(collection, FeatureCollection.model_json_schema())
    FeatureCollection.model_validate(collection)
    geometries = {f["properties"]["place_precision"]: f["geometry"] for f in collection["features"]}
    assert geometries["province"] is None
    assert geometries["town"]["type"] == "Point"


def test_gdal_opens_the_geopackage_and_the_geojson(public):
    path = public / "incidents.gpkg"
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert layers == {"incidents", "claims"}
    info = pyogrio.read_info(path, layer="incidents")
    assert (info["crs"], info["geometry_type"]) == ("EPSG:4326", "Point")
    assert list(info["fields"]) == list(NAMES)
    meta, _, geometry, fields = pyogrio.raw.read(path, layer="incidents")
    with_point = [g for g in geometry if g is not None]
    assert len(geometry) - len(with_point) == 1
    assert pyogrio.read_info(public / "incidents.geojson")["features"] == len(geometry)
    assert meta["fields"][0] == "id"
    assert len(set(fields[0])) == len(geometry)


def test_sqlite_finds_the_geopackage_sound(public):
    with sqlite3.connect(public / "incidents.gpkg") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)


def test_pyarrow_and_duckdb_read_the_parquet(full, public):
    path = public / "incidents.parquet"
    table = parquet.read_table(path)
    assert table.num_rows == full.count_incidents()
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    rows = duckdb.execute(
        f"SELECT status, start, killed_best FROM '{path}' ORDER BY start"
    ).fetchall()
    assert len(rows) == table.num_rows


def test_a_spreadsheet_opens_the_workbook(full, public):
    book = openpyxl.load_workbook(public / "incidents.xlsx", read_only=True)
    assert book.sheetnames == ["about", "incidents", "claims", "reports", "codebook"]
    rows = list(book["incidents"].iter_rows(values_only=True))
    assert list(rows[0]) == list(NAMES)
    assert len(rows) == full.count_incidents() + 1
    numbers = [row[NAMES.index("killed_best")] for row in rows[1:]]
    assert all(isinstance(number, int | None) for number in numbers)
    outlets = [row[NAMES.index("outlets")] for row in rows[1:]]
    assert any(cell and "'=cmd" in cell for cell in outlets)
    book.close()


def test_libhxl_finds_the_tags_and_no_fault(public, tmp_path):
    schema = tmp_path / "schema.csv"
    schema.write_text(
        "#valid_tag,#valid_required,#valid_datatype\n"
        "#event+code,true,\n#status,true,\n#affected+killed,false,number\n"
        "#geo+lat,false,number\n#date+start,false,date\n"
    )
    run = run_python(
        "import hxl, sys;"
        "opts = hxl.InputOptions(allow_local=True);"
        "source = hxl.data(sys.argv[1], opts);"
        "assert '#affected+killed+min' in source.display_tags, source.display_tags;"
        "faults = [];"
        "ok = hxl.schema(hxl.data(sys.argv[2], opts), faults.append).validate(source);"
        "print('valid' if ok else [str(f) for f in faults])",
        public / "incidents-hxl.csv",
        schema,
    )
    assert run == "valid"


def test_frictionless_validates_the_package(public):
    run = run_python(
        "import sys; from frictionless import validate;"
        "report = validate(sys.argv[1]);"
        "print('valid' if report.valid else report.flatten(['name', 'type', 'note']))",
        public / "datapackage.json",
    )
    assert run == "valid"


def run_python(code, *arguments):
    """In a process of its own: these libraries warn of things that are not ours."""
    command = [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_every_line_of_jsonl_is_json(public):
    for name in ("claims-plover.jsonl", "incidents.ftm.jsonl"):
        lines = (public / name).read_text("utf-8").splitlines()
        assert lines
        for line in lines:
            assert json.loads(line)["id"]


def test_plover_has_what_its_manual_requires(public):
    for line in (public / "claims-plover.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        assert {"id", "date", "actor", "event"} <= record.keys()
        assert record["event"][0].isupper()


def test_ftm_refers_only_to_entities_that_are_there(public):
    lines = (public / "incidents.ftm.jsonl").read_text("utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    known = {entity["id"] for entity in entities}
    for entity in entities:
        values = entity["properties"]
        assert all(isinstance(v, str) for listed in values.values() for v in listed)
        assert values.get("name") or entity["schema"] == "Address"
        for name in ("involved", "addressEntity", "proof"):
            assert set(values.get(name, ())) <= known


def test_jsonld_is_one_graph(public):
    document = json.loads((public / "incidents.jsonld").read_text("utf-8"))
    events = [node for node in document["@graph"] if node["type"] == "Event"]
    assert events
    assert all(event["marsad:status"] for event in events)
    claims = [node for node in document["@graph"] if node["type"] == "Claim"]
    assert {claim["about"]["id"] for claim in claims} == {event["id"] for event in events}
