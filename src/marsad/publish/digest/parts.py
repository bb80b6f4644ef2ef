"""Parts: everything that a digest is sent or saved as.

Reads   a Digest.
Writes  its subject, HTML, text and pictures; and pages that hold their pictures themselves.
Never   leaves a picture without words for those who do not see it.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from marsad.publish.digest.content import Digest
from marsad.publish.digest.entries import day_words
from marsad.publish.digest.html import render_html
from marsad.publish.digest.map_image import draw_map
from marsad.publish.digest.palette import Theme
from marsad.publish.digest.text import render_text
from marsad.publish.digest.timeline_image import draw_timeline
from marsad.publish.digest.wording import counted, subject

# Stands in the parts until a copy is made for somebody; nothing that a report says is like it.
UNSUBSCRIBE = "https://unsubscribe.invalid/c0a4b6f2-marsad"
_THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class DigestParts:
    """What mail is made of. `html` shows its pictures by `cid:NAME`."""

    subject: str
    html: str
    text: str
    pictures: dict[str, bytes]


def render_parts(digest: Digest) -> DigestParts:
    """The digest as mail; the address to unsubscribe by is UNSUBSCRIBE until it is known."""
    pictures = draw_pictures(digest)
    addresses = {name: f"cid:{name}" for name in pictures}
    return DigestParts(
        subject=subject(digest),
        html=render_html(digest, addresses, alt_texts(digest), UNSUBSCRIBE),
        text=render_text(digest, UNSUBSCRIBE),
        pictures=pictures,
    )


def render_page(digest: Digest) -> str:
    """The digest as one HTML file with its pictures in it."""
    pictures = draw_pictures(digest)
    addresses = {
        name: f"data:image/png;base64,{b64encode(picture).decode('ascii')}"
        for name, picture in pictures.items()
    }
    return render_html(digest, addresses, alt_texts(digest))


def draw_pictures(digest: Digest) -> dict[str, bytes]:
    """The pictures by name, each for a light and a dark page; none where nothing can be drawn."""
    pictured = digest.pictured
    pictures: dict[str, bytes] = {}
    for theme in _THEMES:
        if pictured.spots:
            pictures[f"map_{theme}"] = draw_map(pictured.spots, theme)
        if any(bar.killed or bar.injured for bar in pictured.bars):
            pictures[f"timeline_{theme}"] = draw_timeline(pictured.bars, theme)
    return pictures


def alt_texts(digest: Digest) -> dict[str, str]:
    """What the pictures show, in words."""
    pictured = digest.pictured
    exact = sum(spot.exact for spot in pictured.spots)
    vague = len(pictured.spots) - exact
    parts = []
    if exact:
        parts.append(f"{counted(exact, 'incident')} in a known town")
    if vague:
        parts.append(f"{counted(vague, 'incident')} known to a wider area")
    names = dict.fromkeys(spot.name for spot in pictured.spots)
    listed = ", ".join(list(names)[:6]) + (", …" if len(names) > 6 else "")
    bars = [bar for bar in pictured.bars if bar.killed or bar.injured]
    days = "; ".join(
        f"{day_words(bar.day)}: killed {bar.killed}, injured {bar.injured}" for bar in bars
    )
    return {
        "map": f"Map: {'; '.join(parts)} ({listed}).",
        "timeline": f"Bars of at least how many were killed and injured a day. {days}.",
    }
