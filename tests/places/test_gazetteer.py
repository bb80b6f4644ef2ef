import pickle
import sqlite3
import threading

import pytest

from marsad.errors import GazetteerError
from marsad.places import build
from marsad.places.gazetteer import ATTRIBUTION, find_places, open_gazetteer
from marsad.places.schema import DDL, mark_file
from tests.places.shared import shared_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return shared_gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Tartous", "SYR", "PPLA"),
        ("Kharkov", "UKR", "PPLA"),
        ("Goma", "COD", "PPLA"),
        ("Dayr az Zawr", "SYR", "PPLA"),
        ("Khirbet al-Ma'zah", "SYR", "PPL"),
        ("Kobane", "SYR", "PPL"),
        ("El-Fasher", "SDN", "PPLA"),
        ("Donbas", "UKR", "RGN"),
        ("Zamzam camp", "SDN", "CAMP"),
        ("Cabo Delgado", "MOZ", "ADM1"),
        ("Helmand", "AFG", "ADM1"),
        ("Burma", "MMR", "PCLI"),
        ("Middle East", None, "RGN"),
    ],
)
def test_news_spellings_find_the_place(gazetteer, name, country, feature):
    best = gazetteer.find(name)[0]
    assert (best.country, best.feature) == (country, feature)


def test_match_falls_from_main_name_to_spelling(gazetteer):
    main = gazetteer.find("Idlib")[0].match
    other = gazetteer.find("Kobani")[0].match
    spelled = gazetteer.find("Qaradaha")[0].match
    assert main == 1.0
    assert main > other > spelled > 0.5


def test_a_places_division_is_found_by_its_codes(gazetteer):
    goma = gazetteer.find("Goma")[0]
    assert gazetteer.division(goma).name == "North Kivu"
    assert gazetteer.division(gazetteer.country("SYR")) is None


def test_a_town_stands_before_its_own_province(gazetteer):
    assert [entry.feature for entry in gazetteer.find("Homs", limit=2)] == ["PPLA", "ADM1"]


def test_a_region_that_geonames_has_keeps_its_geonames_id(gazetteer):
    assert gazetteer.find("Anbar")[0].geonameid == 99592


def test_a_country_has_its_centre_not_its_capital(gazetteer):
    syria = gazetteer.country("SYR")
    assert (syria.precision, syria.latitude, syria.longitude) == ("country", 35.0, 38.0)


@pytest.mark.parametrize("name", ["", "  ", "'", "\ud800", "x" * 5000, "%;DROP TABLE place"])
def test_hostile_names_find_nothing(gazetteer, name):
    assert gazetteer.find(name) == []


def test_the_file_carries_the_credit(gazetteer):
    assert gazetteer.metadata()["attribution"] == ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION


def test_an_open_gazetteer_can_be_sent_to_another_process(gazetteer):
    copy = pickle.loads(pickle.dumps(gazetteer))
    assert copy.find("Goma")[0].geonameid == 216281


def test_find_places_takes_a_path(gazetteer):
    assert find_places("Goma", limit=1, path=gazetteer.path)[0].country == "COD"


def test_a_foreign_file_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(GazetteerError, match="not a marsad gazetteer"):
        open_gazetteer(path)


def test_a_damaged_file_says_what_to_do(tmp_path):
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    with pytest.raises(GazetteerError, match="Delete the file"):
        open_gazetteer(path)


def _fill_small(connection, progress=None):
    connection.executescript(DDL)
    mark_file(connection)
    connection.execute("INSERT INTO country VALUES ('SY', 'SYR', 'Syria', 'Damascus', 1)")
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("fingerprint", build.source_fingerprint())]
    )
    connection.commit()


def test_two_builders_at_once_leave_one_whole_file(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "fill", _fill_small)
    path = tmp_path / "deep" / "gazetteer.sqlite"
    threads = [threading.Thread(target=open_gazetteer, args=(path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.name for entry in path.parent.iterdir()] == ["gazetteer.sqlite"]
    assert open_gazetteer(path).iso3 == {"SY": "SYR"}


def test_an_outdated_file_is_built_anew_unless_it_holds_imports(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "fill", _fill_small)
    path = tmp_path / "gazetteer.sqlite"
    open_gazetteer(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    open_gazetteer(path).close()
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 1  # the old inode
    connection.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] > 1
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO meta VALUES ('import:SY.txt', '1')")
    connection.close()
    with pytest.raises(GazetteerError, match="import the dumps again"):
        open_gazetteer(path)


def test_a_failed_build_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(connection, progress=None):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(build, "fill", fail)
    with pytest.raises(GazetteerError, match="disk full"):
        open_gazetteer(tmp_path / "gazetteer.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Texas", "USA", 31.5, -99.3),
        ("Ontario", "CAN", 49.3, -84.5),
        ("Western Australia", "AUS", -25.0, 122.0),
        ("Sakha", "RUS", 65.0, 125.0),
        ("Amazonas", "BRA", -4.2, -64.7),
        ("Balochistan", "PAK", 28.0, 65.5),
        ("North Darfur", "SDN", 16.0, 25.0),
    ],
)
def test_a_large_division_stands_in_the_middle_of_its_area(
    gazetteer, name, country, latitude, longitude
):
    entry = next(e for e in gazetteer.exact(name) if e.country == country and e.feature == "ADM1")
    assert entry.latitude == pytest.approx(latitude, abs=1.5)
    assert entry.longitude == pytest.approx(longitude, abs=2.0)


def test_a_quarter_of_a_city_is_no_town(gazetteer):
    assert any(e.feature == "PPLX" and e.precision == "site" for e in gazetteer.exact("Eimsbüttel"))
