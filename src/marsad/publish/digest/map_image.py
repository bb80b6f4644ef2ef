"""Map: where the incidents of a digest lie, as a PNG picture.

Reads   spots: a point and how far around it an incident may lie.
Writes  PNG bytes.
Never   sets a pin where only an area is known: a town is a dot, a district, province or
        country a soft disc as wide as the doubt.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from marsad.publish.digest.basemap import Box, Ring, load_shapes
from marsad.publish.digest.content import Spot
from marsad.publish.digest.palette import PALETTES, Colour, Palette, Theme, drawn, font

WIDTH, HEIGHT = 1200, 780
FOOT = 64
_SCALE = 2  # drawn larger and made smaller, so that lines are smooth
_COARSE = 6
KM_A_DEGREE = 111.32
MIN_SPAN_KM = 360.0
MAX_LABELS = 8
# A disc no wider than a district.
SMALL_KM = 30


@dataclass(frozen=True)
class _View:
    """From degrees to pixels: plate carrée, true at the middle latitude."""

    box: Box
    width: int
    height: int

    @classmethod
    def around(cls, spots: tuple[Spot, ...], width: int, height: int) -> _View:
        """All spots with the room that they need, in the picture's shape."""
        edges = [_reach(spot) for spot in spots]
        west, south = min(e[0] for e in edges), min(e[1] for e in edges)
        east, north = max(e[2] for e in edges), max(e[3] for e in edges)
        middle = (south + north) / 2
        shrink = max(0.2, math.cos(math.radians(middle)))
        tall = max((north - south) * 1.25, MIN_SPAN_KM / KM_A_DEGREE)
        wide = max((east - west) * 1.25, tall / shrink * width / height)
        tall = max(tall, wide * shrink * height / width)
        wide, tall = min(wide, 360.0), min(tall, 180.0)
        centre_x = (west + east) / 2
        centre_y = min(max(middle, tall / 2 - 90), 90 - tall / 2)
        box = (centre_x - wide / 2, centre_y - tall / 2, centre_x + wide / 2, centre_y + tall / 2)
        return cls(box, width, height)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is drawn."""
        west, south, east, north = self.box
        x = (longitude - west) / (east - west) * self.width
        return x, (north - latitude) / (north - south) * self.height

    def ring(self, ring: Ring) -> list[tuple[float, float]]:
        """Where a ring is drawn."""
        return [self.point(*corner) for corner in ring]

    def meets(self, box: Box) -> bool:
        """Whether something in a box is in sight."""
        west, south, east, north = self.box
        return box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south

    @property
    def pixels_a_km(self) -> float:
        """From north to south."""
        return self.height / ((self.box[3] - self.box[1]) * KM_A_DEGREE)


def _reach(spot: Spot) -> Box:
    tall = spot.radius_km / KM_A_DEGREE
    wide = tall / max(0.2, math.cos(math.radians(spot.latitude)))
    return (spot.longitude - wide, spot.latitude - tall, spot.longitude + wide,
            spot.latitude + tall)  # fmt: skip


def draw_map(spots: tuple[Spot, ...], theme: Theme = "light") -> bytes:
    """The map of at least one spot."""
    palette = PALETTES[theme]
    size = WIDTH * _SCALE, (HEIGHT - FOOT) * _SCALE
    view = _View.around(spots, *size)
    picture = Image.new("RGB", size, palette.ground)
    _draw_land(picture, view, palette)
    for new in (False, True):
        areas = [s for s in spots if not s.exact and s.new == new]
        _draw_areas(picture, areas, view, palette.new if new else palette.changed)
    _draw_points(picture, [s for s in spots if s.exact], view, palette)
    whole = Image.new("RGB", (WIDTH, HEIGHT), palette.ground)
    whole.paste(picture.resize((WIDTH, HEIGHT - FOOT), Image.Resampling.LANCZOS))
    small = _View(view.box, WIDTH, HEIGHT - FOOT)
    _write_names(whole, spots, small, palette)
    _write_legend(whole, spots, small, palette)
    stream = io.BytesIO()
    if all(spot.radius_km <= SMALL_KM for spot in spots):
        small_palette = whole.quantize(255, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small_palette.save(stream, "PNG", optimize=True)
    else:  # a wide disc has too many shades for a palette
        whole.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _draw_land(picture: Image.Image, view: _View, palette: Palette) -> None:
    pen = ImageDraw.Draw(picture)
    for shape in load_shapes():
        if not view.meets(shape.box):
            continue
        pen.polygon(view.ring(shape.outer), fill=palette.land)
        for hole in shape.holes:
            pen.polygon(view.ring(hole), fill=palette.ground)
    for shape in load_shapes():
        if view.meets(shape.box):
            ring = view.ring(shape.outer)
            pen.line([*ring, ring[0]], fill=palette.border, width=2)


def _draw_areas(picture: Image.Image, spots: list[Spot], view: _View, colour: Colour) -> None:
    """Soft discs; where they overlap the colour deepens and no edge says "here"."""
    if not spots:
        return
    # Soft things need no fine grain: drawn small, made large.
    size = picture.width // _COARSE, picture.height // _COARSE
    small = _View(view.box, *size)
    cover = Image.new("L", size, 0)
    for (longitude, latitude, radius_km), count in Counter(
        (s.longitude, s.latitude, s.radius_km) for s in spots
    ).items():
        x, y = small.point(longitude, latitude)
        # Along a parallel the same distance is more degrees, which the view draws alike.
        tall = max(radius_km * small.pixels_a_km, 24.0 / _COARSE)
        disc = Image.new("L", size, 0)
        # The wider the doubt, the fainter: a country's disc must not drown what is known better.
        faint = 100 if radius_km <= SMALL_KM else 70 if radius_km <= 120 else 40
        strength = min(200, faint + 20 * count)
        ImageDraw.Draw(disc).ellipse((x - tall, y - tall, x + tall, y + tall), fill=strength)
        disc = disc.filter(ImageFilter.GaussianBlur(tall / 7))
        cover = ImageChops.lighter(cover, disc)
    picture.paste(colour, (0, 0), cover.resize(picture.size, Image.Resampling.BICUBIC))


def _draw_points(picture: Image.Image, spots: list[Spot], view: _View, palette: Palette) -> None:
    pen = ImageDraw.Draw(picture)
    for (longitude, latitude), (count, new) in _gather(spots).items():
        x, y = view.point(longitude, latitude)
        radius = 9 * _SCALE * min(3.0, math.sqrt(count))
        halo = radius + 2 * _SCALE
        if new:
            pen.ellipse((x - halo, y - halo, x + halo, y + halo), fill=palette.halo)
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=palette.new)
        else:
            for half, colour in ((halo * 1.2, palette.halo), (radius * 1.2, palette.changed)):
                pen.polygon([(x - half, y), (x, y - half), (x + half, y), (x, y + half)], colour)


def _gather(spots: list[Spot]) -> dict[tuple[float, float], tuple[int, bool]]:
    """Points with how many incidents, and whether one of them is new."""
    found: dict[tuple[float, float], tuple[int, bool]] = {}
    for spot in spots:
        count, new = found.get((spot.longitude, spot.latitude), (0, False))
        found[spot.longitude, spot.latitude] = count + 1, new or spot.new
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))


def _write_names(
    picture: Image.Image, spots: tuple[Spot, ...], view: _View, palette: Palette
) -> None:
    pen = ImageDraw.Draw(picture)
    taken: list[tuple[float, float, float, float]] = []
    exact = [s for s in spots if s.exact]
    names = {(s.longitude, s.latitude): s.name for s in exact}
    for place in _gather(exact):
        x, y = view.point(*place)
        taken.append((x - 14, y - 14, x + 14, y + 14))
    for place, (count, _) in list(_gather(exact).items())[:MAX_LABELS]:
        name = drawn(names[place])
        if not name:
            continue
        if count > 1:
            name += f" ({count})"
        x, y = view.point(*place)
        for dx, dy, anchor in ((20, 0, "lm"), (-20, 0, "rm"), (0, 24, "mt"), (0, -24, "mb")):
            spot = (x + dx, y + dy)
            box = pen.textbbox(spot, name, font=font(26), anchor=anchor)
            inside = box[0] > 8 and box[2] < view.width - 8 and box[1] > 8
            if inside and box[3] < view.height - 8 and not any(_overlap(box, o) for o in taken):
                taken.append(box)
                pen.text(spot, name, palette.text, font(26), anchor,
                         stroke_width=4, stroke_fill=palette.halo)  # fmt: skip
                break
    _write_countries(picture, view, palette, taken)


def _write_countries(
    picture: Image.Image,
    view: _View,
    palette: Palette,
    taken: list[tuple[float, float, float, float]],
) -> None:
    """Countries' names amid what is in sight of them, found on a small picture of numbers."""
    step = 12
    size = view.width // step, view.height // step
    small = _View(view.box, *size)
    numbers = Image.new("I", size, 0)
    pen = ImageDraw.Draw(numbers)
    names: list[str] = [""]
    for shape in load_shapes():
        if shape.country and view.meets(shape.box):
            if shape.country not in names:
                names.append(shape.country)
            pen.polygon(small.ring(shape.outer), fill=names.index(shape.country))
    cells: dict[int, list[tuple[int, int]]] = {}
    for place, number in enumerate(numbers.get_flattened_data()):
        assert isinstance(number, int)
        if number:
            cells.setdefault(number, []).append((place % size[0], place // size[0]))
    writer = ImageDraw.Draw(picture)
    for number, owned in sorted(cells.items(), key=lambda item: -len(item[1])):
        name = drawn(names[number])
        if len(owned) < size[0] * size[1] * 0.012 or not name:
            continue
        middle = (sum(c[0] for c in owned) / len(owned), sum(c[1] for c in owned) / len(owned))
        for cell in sorted(owned, key=lambda c: math.dist(c, middle))[:: max(1, len(owned) // 60)]:
            spot = (cell[0] * step, cell[1] * step)
            box = writer.textbbox(spot, name, font=font(22), anchor="mm")
            fits = box[0] > 8 and box[2] < view.width - 8 and box[1] > 8
            if fits and box[3] < view.height - 8 and not any(_overlap(box, o) for o in taken):
                writer.text(spot, name, palette.faint, font(22), "mm",
                            stroke_width=3, stroke_fill=palette.land)  # fmt: skip
                taken.append(box)
                break


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] + 6 and a[2] > b[0] - 6 and a[1] < b[3] + 6 and a[3] > b[1] - 6


def _write_legend(
    picture: Image.Image, spots: tuple[Spot, ...], view: _View, palette: Palette
) -> None:
    pen = ImageDraw.Draw(picture)
    y, x = HEIGHT - FOOT / 2, 24.0
    pen.line((0, HEIGHT - FOOT, WIDTH, HEIGHT - FOOT), palette.border, 1)

    def write(words: str, gap: float = 30) -> None:
        nonlocal x
        pen.text((x, y), words, palette.text, font(24), "lm")
        x += pen.textlength(words, font(24)) + gap

    if any(s.new for s in spots):
        pen.ellipse((x, y - 10, x + 20, y + 10), palette.new)
        x += 30
        write("new")
    if any(not s.new for s in spots):
        pen.polygon([(x, y), (x + 12, y - 12), (x + 24, y), (x + 12, y + 12)], palette.changed)
        x += 34
        write("changed")
    if any(not s.exact for s in spots):
        disc = Image.new("L", picture.size, 0)
        ImageDraw.Draw(disc).ellipse((x + 4, y - 16, x + 36, y + 16), fill=110)
        colour = palette.new if any(s.new and not s.exact for s in spots) else palette.changed
        picture.paste(colour, (0, 0), disc.filter(ImageFilter.GaussianBlur(4)))
        x += 48
        write("somewhere in this area")
    _write_scale(pen, view, palette, y)


def _write_scale(pen: ImageDraw.ImageDraw, view: _View, palette: Palette, y: float) -> None:
    room_km = 220 / view.pixels_a_km
    power = 10 ** math.floor(math.log10(room_km))
    km = max(step * power for step in (1, 2, 5) if step * power <= room_km)
    wide = km * view.pixels_a_km
    right = WIDTH - 24
    pen.line((right - wide, y + 12, right, y + 12), palette.text, 3)
    for x in (right - wide, right):
        pen.line((x, y + 5, x, y + 13), palette.text, 3)
    pen.text((right - wide / 2, y - 10), f"{km:,.0f} km", palette.text, font(22), "mm")
