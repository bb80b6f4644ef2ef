import io

import pytest
from PIL import Image

from marsad.publish.digest.basemap import load_shapes
from marsad.publish.digest.content import Bar, Spot
from marsad.publish.digest.map_image import FOOT, HEIGHT, WIDTH, draw_map
from marsad.publish.digest.palette import PALETTES, drawn
from marsad.publish.digest.parts import alt_texts
from marsad.publish.digest.timeline_image import draw_timeline
from tests.publish.digest.sample import make_digest

BLUE, ORANGE = PALETTES["light"].new, PALETTES["light"].changed


def colours(png, box=(0, 0, WIDTH, HEIGHT - FOOT)):
    """How many pixels are of each colour."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").crop(box)
    return {colour: count for count, colour in picture.getcolors(1 << 24) or []}


def count_near(png, wanted, box=(0, 0, WIDTH, HEIGHT - FOOT)):
    return sum(
        count
        for colour, count in colours(png, box).items()
        if max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) < 12
    )


def test_the_shapes_of_countries_close_and_lie_on_the_earth():
    shapes = load_shapes()
    assert len({shape.country for shape in shapes}) > 200
    for shape in shapes:
        assert shape.outer[0] == shape.outer[-1]
        west, south, east, north = shape.box
        assert -180.01 <= west <= east <= 180.01
        assert -90.01 <= south <= north <= 90.01
    (iceland,) = [s for s in shapes if s.country == "Iceland" and s.box[2] - s.box[0] > 5]
    assert iceland.box == pytest.approx((-24.5, 63.4, -13.6, 66.6), abs=0.4)


def test_a_town_is_a_dot_and_an_area_is_none():
    town = draw_map((Spot("Homs", 36.7, 34.7, 5, True, True),))
    assert 150 < count_near(town, BLUE) < 900
    for radius in (30, 120, 500):
        area = draw_map((Spot("Homs", 36.7, 34.7, radius, False, True),))
        assert count_near(area, BLUE) == 0  # no full colour anywhere: no place is said to be it


def test_a_wider_doubt_is_a_wider_and_fainter_disc():
    strength, size = [], []
    for radius in (30, 120):
        far = Spot("x", 10.0, 20.0, 5, True, False)
        png = draw_map((far, Spot("x", 20, 20, radius, False, True)))
        blue = {c: n for c, n in colours(png, (WIDTH // 2, 0, WIDTH, HEIGHT - FOOT)).items()
                if c[2] - c[0] > 25}  # fmt: skip
        strength.append(max(c[2] - c[0] for c in blue))
        size.append(sum(blue.values()))
    assert strength[0] > strength[1]
    assert size[1] > 4 * size[0]


@pytest.mark.parametrize(
    "spots",
    [
        (Spot("Suva", 178.4, -18.1, 5, True, True), Spot("Apia", -171.8, -13.8, 5, True, False)),
        (Spot("Alert", -62.3, 82.5, 5, True, True),),
        (Spot("South Pole", 0.0, -90.0, 500, False, True),),
        tuple(Spot(f"n{n}", n * 3.0 - 170, n - 40.0, 5, True, n % 2 == 0) for n in range(110)),
        (Spot("حمص", 36.7, 34.7, 5, True, True),) * 50,
    ],
)
def test_any_spots_can_be_drawn(spots):
    for theme in ("light", "dark"):
        assert Image.open(io.BytesIO(draw_map(spots, theme))).size == (WIDTH, HEIGHT)


def test_names_are_drawn_in_letters_that_the_font_has():
    assert drawn("Türkiye") == "Turkiye"
    assert drawn("Khirbat al-Maʿzah") == "Khirbat al-Ma'zah"
    assert drawn("حمص") == ""


def test_bars_are_as_high_as_their_numbers():
    one = count_near(draw_timeline((Bar("2024-12-25", 10, 0),)), PALETTES["light"].killed)
    half = draw_timeline((Bar("2024-12-25", 5, 10),))
    injured = count_near(half, PALETTES["light"].injured)
    killed = count_near(half, PALETTES["light"].killed)
    # The squares of the legend and the letters are of these colours too.
    assert injured / one == pytest.approx(1, abs=0.1)
    assert killed / one == pytest.approx(0.5, abs=0.1)


def test_a_month_of_bars_can_be_drawn():
    bars = tuple(Bar(f"2024-12-{n:02}", n * 1000, n) for n in range(1, 32))
    assert draw_timeline(bars, "dark").startswith(b"\x89PNG")


def test_the_words_for_the_pictures_tell_what_they_show():
    words = alt_texts(make_digest())
    assert words["map"].startswith("Map: 1 incident in a known town; 2 incidents known to a wider")
    assert "25 Dec 2024: killed 14, injured 10" in words["timeline"]
