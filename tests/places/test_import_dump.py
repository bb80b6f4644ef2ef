import shutil
import zipfile

import pytest

from marsad.errors import GazetteerError
from marsad.places.gazetteer import open_gazetteer
from marsad.places.import_dump import import_dump
from tests.places.shared import shared_gazetteer


def row(number, name, *, alternates="", feature=("P", "PPL"), country="SY", people=0):
    columns = [
        str(number), name, name, alternates, "35.1", "36.2", *feature, country, "", "12", "169388",
        "", "", str(people), "", "400", "Asia/Damascus", "2024-01-01",
    ]  # fmt: skip
    return "\t".join(columns)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(shared_gazetteer().path, target)
    return target


def write(folder, lines, name="SY.txt"):
    dump = folder / name
    dump.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return dump


def test_villages_of_a_dump_can_be_found_afterwards(tmp_path, path):
    dump = write(tmp_path, [row(990000001, "Bir Zubab", alternates="Beer Zubab,بئر زباب")])
    report = import_dump(dump, path)
    assert (report.places, report.skipped, report.bad_lines) == (1, 0, 0)
    entry = open_gazetteer(path).find("Beer Zubab")[0]
    assert (entry.geonameid, entry.country, entry.admin1) == (990000001, "SYR", "Idlib")


def test_importing_again_replaces_by_id(tmp_path, path):
    import_dump(write(tmp_path, [row(990000001, "Bir Zubab")]), path)
    import_dump(write(tmp_path, [row(990000001, "Bir Zubab Renamed")]), path)
    gazetteer = open_gazetteer(path)
    assert gazetteer.exact("Bir Zubab") == ()
    assert len(gazetteer.exact("Bir Zubab Renamed")) == 1


def test_a_zip_is_read_and_progress_told(tmp_path, path):
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("readme.txt", "about\n" * 1000)
        zipped.writestr("SY.txt", row(990000002, "Tall Zubab") + "\n")
    heard = []
    import_dump(archive, path, lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1] > 0
    assert open_gazetteer(path).exact("Tall Zubab")


@pytest.mark.parametrize(
    ("feature", "precision"),
    [(("A", "ADM3"), "district"), (("S", "HSP"), "site"), (("P", "PPLX"), "site")],
)
def test_features_get_an_honest_precision(tmp_path, path, feature, precision):
    import_dump(write(tmp_path, [row(990000003, "Zubabiyah", feature=feature)]), path)
    assert open_gazetteer(path).exact("Zubabiyah")[0].precision == precision


def test_roads_countries_and_unknown_countries_are_left_out(tmp_path, path):
    lines = [
        row(990000004, "Zubab Road", feature=("R", "RD")),
        row(990000005, "Zubabland", feature=("A", "PCLI")),
        row(990000006, "Zubab", country="ZZ"),
        row(990000007, "Zubabtown"),
    ]
    report = import_dump(write(tmp_path, lines), path)
    assert (report.places, report.skipped) == (1, 3)


def test_a_few_broken_lines_are_counted(tmp_path, path):
    good = [row(990000010 + i, f"Zubab {i}") for i in range(60)]
    report = import_dump(write(tmp_path, [*good, "broken", "1\t2"]), path)
    assert (report.places, report.bad_lines) == (60, 2)


@pytest.mark.parametrize("text", ["", "not a dump\nat all\n", "\x00\xff binary"])
def test_another_kind_of_file_is_refused_and_changes_nothing(tmp_path, path, text):
    before = path.stat().st_mtime_ns
    with pytest.raises(GazetteerError, match="no GeoNames dump"):
        import_dump(write(tmp_path, [text]), path)
    assert path.stat().st_mtime_ns == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["SY.txt", "gazetteer.sqlite"]


def test_a_missing_dump_says_where_to_get_one(tmp_path, path):
    with pytest.raises(GazetteerError, match="download"):
        import_dump(tmp_path / "none.zip", path)


def test_a_damaged_zip_is_refused(tmp_path, path):
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("SY.txt", "".join(row(i, f"Z{i}") + "\n" for i in range(1, 3000)))
    data = bytearray(archive.read_bytes())
    data[2000:2600] = b"\x00" * 600
    archive.write_bytes(bytes(data))
    with pytest.raises(GazetteerError):
        import_dump(archive, path)
