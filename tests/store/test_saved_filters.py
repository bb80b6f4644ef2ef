import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from marsad.errors import FilterError
from marsad.records import IncidentFilter
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.saved_filters import SAVED_FILTERS, SavedFilters, read_filter_name
from marsad.store.verify import verify
from tests.store.sample import CODER, RECEIPT, make_coded

WANTED = IncidentFilter(
    since=date(2024, 3, 1),
    box=(35.5, 34.8, 36.2, 35.2),
    types=("armed-clash",),
    status=("contested", "corroborated"),
    actor="القوات",
    order="changed",
)


@pytest.fixture
def filters(database):
    return SavedFilters(database)


def test_a_filter_comes_back_as_it_was_saved(filters):
    kept = filters.add("tartus", WANTED, "Amal")
    found = filters.get("tartus")
    assert found == kept
    assert (found.wanted, found.made_by) == (WANTED, "Amal")


def test_how_many_and_from_which_on_is_not_saved(filters):
    filters.add("all", IncidentFilter(limit=5, offset=10))
    assert filters.get("all").wanted == IncidentFilter()


def test_a_name_is_one_in_capitals_and_in_either_form_of_its_letters(filters):
    filters.add("Café", WANTED)
    assert filters.get("CAFE\u0301").name == "caf\u00e9"
    with pytest.raises(FilterError, match="already"):
        filters.add("CAFÉ", WANTED)


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a/b", "../x", "x.atom", "-x", "_x", "x" * 65, "a\u202eb", "a\x00", "é'"],
)
def test_what_cannot_stand_in_an_address_is_no_name(filters, name):
    with pytest.raises(FilterError, match="is no name for a filter"):
        filters.add(name, WANTED)
    assert filters.all() == []


@given(st.text(max_size=80))
def test_a_name_that_is_taken_is_taken_the_same_again(name):
    try:
        read = read_filter_name(name)
    except FilterError:
        return
    assert read_filter_name(read) == read


def test_an_unknown_name_is_told_with_those_there_are(filters):
    with pytest.raises(FilterError, match="None is saved yet"):
        filters.get("homs")
    filters.add("idlib", WANTED)
    with pytest.raises(FilterError, match=r"'homs'\. There are: idlib"):
        filters.get("homs")
    with pytest.raises(FilterError, match="no saved filter"):
        filters.get("a\x00b")


def test_a_removed_filter_is_gone_and_its_name_free(filters):
    filters.add("idlib", WANTED)
    assert filters.remove("IDLIB").name == "idlib"
    with pytest.raises(FilterError):
        filters.remove("idlib")
    filters.add("idlib", IncidentFilter())
    assert filters.get("idlib").wanted == IncidentFilter()


def test_filters_are_listed_by_name_whatever_the_servers_language(filters):
    for name in ("zeta", "écrit", "ألف", "alpha"):
        filters.add(name, WANTED)
    assert [f.name for f in filters.all()] == sorted(["zeta", "écrit", "ألف", "alpha"])


def test_a_filter_of_another_marsad_is_named_and_the_others_stay_of_use(filters):
    filters.add("old", WANTED)
    filters.add("good", WANTED)
    with filters.database.writing() as connection:
        body = '{"types": ["duel"]}'
        connection.execute(
            update(SAVED_FILTERS).where(SAVED_FILTERS.c.name == "old").values(body=body)
        )
    good, old = filters.all()
    assert good.wanted == WANTED
    with pytest.raises(FilterError, match=r"'old'.*types.*filters remove old"):
        _ = old.wanted


def test_saving_filters_leaves_the_ledger_as_it_was(database):
    ledger = Ledger(database)
    ledger.keep(make_coded(3), CODER, RECEIPT)
    end = ledger.end()
    SavedFilters(database).add("tartus", WANTED)
    SavedFilters(database).remove("tartus")
    assert ledger.end() == end
    assert verify(database).fault is None


def test_of_two_who_add_one_name_at_once_one_is_refused(url):
    Database(url).close()
    ended: list[str] = []
    start = threading.Barrier(4)

    def add() -> None:
        database = Database(url)
        start.wait()
        try:
            SavedFilters(database).add("tartus", WANTED)
            ended.append("kept")
        except FilterError:
            ended.append("refused")
        finally:
            database.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["kept", "refused", "refused", "refused"]
