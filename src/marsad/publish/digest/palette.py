"""Palette: the colours of the pictures, for a light and a dark page.

Reads   nothing.
Never   uses the colour of blood, or tells by colour alone: new and changed differ in shape too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import ImageFont

Theme = Literal["light", "dark"]
Colour = tuple[int, int, int]
_QUOTES = str.maketrans("’‘“”ʿʾ–—", "''\"\"''--")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for. Text has 4.5:1 or more on its ground, marks 3:1."""

    ground: Colour
    land: Colour
    border: Colour
    faint: Colour
    text: Colour
    new: Colour
    changed: Colour
    killed: Colour
    injured: Colour
    halo: Colour


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ground=(238, 243, 247),
        land=(252, 252, 250),
        border=(176, 184, 192),
        faint=(96, 106, 117),
        text=(31, 41, 51),
        new=(20, 92, 158),
        changed=(176, 84, 8),
        killed=(44, 62, 80),
        injured=(98, 142, 170),
        halo=(255, 255, 255),
    ),
    "dark": Palette(
        ground=(20, 26, 33),
        land=(38, 46, 56),
        border=(84, 96, 109),
        faint=(158, 170, 182),
        text=(230, 235, 240),
        new=(104, 178, 240),
        changed=(240, 160, 80),
        killed=(214, 222, 230),
        injured=(92, 146, 182),
        halo=(20, 26, 33),
    ),
}


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font that Pillow brings along (Latin letters only)."""
    loaded = ImageFont.load_default(size)
    assert isinstance(loaded, ImageFont.FreeTypeFont)
    return loaded


def drawn(words: str) -> str:
    """`words` as the font can draw them, which has no accents; "" where it has no such letters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    plain = bare.translate(_QUOTES)
    return plain if plain.isascii() and plain.isprintable() else ""
