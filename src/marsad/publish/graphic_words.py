"""Graphic words: kept out of previews, so that who looks through many is not shown all of them.

Reads   text for a preview.
Writes  the same, with words that paint bodily harm veiled.
Never   touches a record, or the report's own page: the words stand there as published.

What an act is called (killed, shot, tortured, raped) is no veil's matter: it is what is recorded.
"""

from __future__ import annotations

import re

VEILED = "[graphic words]"

_BODY = r"(?:bod(?:y|ies)|corpses?|remains|heads?|limbs?|faces?|skulls?|throats?)"
_GRAPHIC = re.compile(
    r"\b(?:"
    r"(?:be|de)head(?:s|ed|ing|ings)?|decapitat\w+|dismember\w*|disembowel\w*|eviscerat\w+"
    r"|mutilat\w+|maim(?:ed|ing)|gruesome(?:ly)?|entrails|gore|gory|flayed|impaled|immolat\w+"
    r"|(?:burn(?:ed|t)|buried|boiled|skinned) alive|hacked (?:\w+ ){0,2}(?:to death|to pieces)"
    rf"|(?:charred|mangled|severed|decomposing|decomposed|burn(?:ed|t)|crushed|bloodied) {_BODY}"
    r"|body parts|blood(?:y|ied|-soaked|-stained)|pools? of blood|torn (?:apart|to pieces)"
    r"|blown (?:apart|to pieces)|slit (?:\w+ ){0,2}throats?|throats? (?:\w+ ){0,2}slit"
    r")\b",
    re.IGNORECASE,
)


def veil_graphic(text: str) -> str:
    """`text` with graphic words veiled; several in a row are veiled once."""
    veiled = _GRAPHIC.sub(VEILED, text)
    return re.sub(rf"{re.escape(VEILED)}(?:\W{{1,3}}{re.escape(VEILED)})+", VEILED, veiled)
