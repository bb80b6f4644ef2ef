"""Timeline: killed and injured per day, as a PNG picture.

Reads   bars, a day each, without gaps.
Writes  PNG bytes.
Never   starts its axis above zero, or draws an interval as if it were a day.
"""

from __future__ import annotations

import calendar
import io
import math
from datetime import date

from PIL import Image, ImageDraw

from marsad.publish.digest.content import Bar
from marsad.publish.digest.palette import PALETTES, Palette, Theme, font
from marsad.publish.wording import number

WIDTH, HEIGHT = 1200, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 30, 76, 84
MAX_BAR = 64.0


def draw_timeline(bars: tuple[Bar, ...], theme: Theme = "light") -> bytes:
    """The timeline of at least one day."""
    palette = PALETTES[theme]
    picture = Image.new("RGB", (WIDTH, HEIGHT), palette.land)
    pen = ImageDraw.Draw(picture)
    highest = max(1, *(max(b.killed, b.injured) for b in bars))
    step = _nice_step(highest)
    top = math.ceil(highest / step) * step
    base = HEIGHT - _BOTTOM
    tall = base - _TOP
    for value in range(0, top + 1, step):
        y = base - value / top * tall
        pen.line((_LEFT, y, WIDTH - _RIGHT, y), palette.border, 2 if value == 0 else 1)
        pen.text((_LEFT - 14, y), number(value), palette.faint, font(24), "rm")
    room = (WIDTH - _LEFT - _RIGHT) / len(bars)
    wide = min(MAX_BAR, room * 0.38)
    for place, bar in enumerate(bars):
        middle = _LEFT + room * (place + 0.5)
        for value, colour, left in (
            (bar.killed, palette.killed, middle - wide - 1),
            (bar.injured, palette.injured, middle + 1),
        ):
            if value:
                y = min(base - value / top * tall, base - 2)  # one is seen beside thousands
                pen.rectangle((left, y, left + wide - 1, base - 1), colour)
                if wide >= 22:
                    label = (left + wide / 2, y - 8)
                    pen.text(label, number(value), palette.text, font(24), "mb",
                             stroke_width=4, stroke_fill=palette.land)  # fmt: skip
    _write_days(pen, bars, room, palette)
    _write_legend(pen, palette)
    stream = io.BytesIO()
    picture.quantize(48, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


def _nice_step(highest: int) -> int:
    rough = max(1.0, highest / 4)
    power = 10 ** math.floor(math.log10(rough))
    return int(next(m * power for m in (1, 2, 5, 10) if m * power >= rough))


def _write_days(
    pen: ImageDraw.ImageDraw, bars: tuple[Bar, ...], room: float, palette: Palette
) -> None:
    each = max(1, math.ceil(110 / room))
    base = HEIGHT - _BOTTOM
    for place, bar in enumerate(bars):
        x = _LEFT + room * (place + 0.5)
        if place % each:
            continue
        day = date.fromisoformat(bar.day)
        pen.line((x, base, x, base + 8), palette.border, 2)
        words = f"{day.day} {calendar.month_abbr[day.month]}"
        pen.text((x, base + 14), words, palette.text, font(24), "mt")
        if place == 0 or (day.month, day.day) == (1, 1):
            pen.text((x, base + 46), str(day.year), palette.faint, font(22), "mt")


def _write_legend(pen: ImageDraw.ImageDraw, palette: Palette) -> None:
    x = float(_LEFT)
    for words, colour in (("killed", palette.killed), ("injured", palette.injured)):
        pen.rectangle((x, 22, x + 24, 46), colour)
        pen.text((x + 34, 34), words, palette.text, font(26), "lm")
        x += 34 + pen.textlength(words, font(26)) + 40
    pen.text((WIDTH - _RIGHT, 34), "at least, per day", palette.faint, font(24), "rm")
