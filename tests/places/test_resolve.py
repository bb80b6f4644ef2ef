import pytest

from marsad.geodesy import great_circle_km
from marsad.places.containment import lies_in
from marsad.places.grouping import PlaceMention, ReportGeography
from marsad.places.resolve import resolve
from tests.places.shared import shared_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return shared_gazetteer()


def settle(*mentions, context=None):
    """Resolutions of mentions that all have candidates."""
    results = resolve(mentions, context)
    assert all(result is not None for result in results)
    return [result for result in results if result is not None]


def mention(gazetteer, text, **more):
    return PlaceMention(text, gazetteer.exact(text), **more)


def test_great_circle_of_a_degree_of_latitude():
    assert great_circle_km((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)


def test_without_context_the_famous_place_is_meant(gazetteer):
    (result,) = settle(mention(gazetteer, "Paris"))
    assert result.entry.country == "FRA"


@pytest.mark.parametrize(
    ("town", "container", "country"),
    [
        ("Athens", "Georgia", "USA"),
        ("Athens", "Greece", "GRC"),
        ("Paris", "Texas", "USA"),
        ("Goma", "North Kivu", "COD"),
        ("Tripoli", "Lebanon", "LBN"),
        ("Hyderabad", "Sindh", "PAK"),
    ],
)
def test_what_the_text_says_contains_it_decides(gazetteer, town, container, country):
    first, second = settle(mention(gazetteer, town, containers=[1]), mention(gazetteer, container))
    assert first.entry.country == country
    assert second.entry.country == country


def test_the_same_name_without_its_container_means_the_same_place(gazetteer):
    results = settle(
        mention(gazetteer, "Athens", containers=[1]),
        mention(gazetteer, "Georgia"),
        mention(gazetteer, "Athens"),
    )
    assert results[2].entry.id == results[0].entry.id


def test_neighbours_pull_a_shared_name_to_their_country(gazetteer):
    names = ["Tripoli", "Misrata", "Benghazi", "Sirte"]
    assert settle(*[mention(gazetteer, name) for name in names])[0].entry.country == "LBY"
    names = ["Tripoli", "Beirut", "Sidon", "Zahle"]
    assert settle(*[mention(gazetteer, name) for name in names])[0].entry.country == "LBN"


def test_nationality_words_count_as_context(gazetteer):
    (result,) = settle(mention(gazetteer, "Tripoli"), context=ReportGeography({"LBN": 3.0}))
    assert result.entry.country == "LBN"


def test_a_country_hint_is_followed(gazetteer):
    (result,) = settle(mention(gazetteer, "Cordoba", country_hint="ARG"))
    assert result.entry.country == "ARG"


@pytest.mark.parametrize(
    ("hint", "precision"), [(None, "town"), ("province", "province"), ("town", "town")]
)
def test_a_bare_name_is_the_town_unless_the_text_says_province(gazetteer, hint, precision):
    (result,) = settle(mention(gazetteer, "Idlib", hint=hint))
    assert result.entry.precision == precision


def test_a_country_beats_a_town_of_its_name(gazetteer):
    (result,) = settle(mention(gazetteer, "Lebanon"))
    assert result.entry.is_country


def test_no_candidates_is_no_place():
    assert resolve([PlaceMention("Nowhere", ())]) == [None]


def test_nothing_lies_in_itself_and_countries_lie_in_nothing(gazetteer):
    syria = gazetteer.country("SYR")
    idlib = gazetteer.find("Idlib")[0]
    assert lies_in(idlib, syria)
    assert not lies_in(syria, idlib)
    assert not lies_in(syria, syria)


def test_scores_stay_between_zero_and_one(gazetteer):
    names = ["Springfield", "San Jose", "Victoria", "Santiago", "Idlib"]
    for result in settle(*[mention(gazetteer, name) for name in names]):
        assert 0.0 <= result.score <= 1.0


@pytest.mark.parametrize(
    ("names", "country", "division"),
    [
        (["Paris", "Puryear", "Cottage Grove", "Henry County"], "USA", "Tennessee"),
        (["Berea", "Richmond", "Madison County", "Waco", "Kirksville"], "USA", "Kentucky"),
        (["Harris County"], "USA", "Texas"),
    ],
)
def test_small_places_around_it_tell_a_namesake_from_the_famous_place(
    gazetteer, names, country, division
):
    first, *_ = settle(*(mention(gazetteer, name) for name in names))
    assert (first.entry.country, first.entry.admin1) == (country, division)


@pytest.mark.parametrize(
    ("names", "country"),
    [
        (["Paris", "Washington", "New York", "Chicago"], "FRA"),
        (["Birmingham", "Manchester"], "GBR"),
        (["Washington", "Chicago"], "USA"),
    ],
)
def test_cities_named_from_anywhere_do_not_make_a_report_local(gazetteer, names, country):
    first, *_ = settle(*(mention(gazetteer, name) for name in names))
    assert first.entry.country == country
    assert first.entry.population > 500_000


def test_a_lesser_namesake_in_the_country_of_the_report_is_considered(gazetteer):
    results = settle(
        mention(gazetteer, "San Antonio"),
        mention(gazetteer, "Tolima"),
        mention(gazetteer, "Ibague"),
    )
    assert results[0].entry.country == "COL"


def test_a_name_that_may_be_none_tells_little_of_the_others(gazetteer):
    results = settle(
        mention(gazetteer, "San Salvador"), mention(gazetteer, "Venceremos", trust=0.5)
    )
    assert results[0].entry.country == "SLV"
