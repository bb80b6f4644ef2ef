"""Body: an entry as a few plain HTML elements, which every feed reader shows.

Reads   an Entry.
Writes  HTML without styles, scripts, images or links but the incident's own page.
Never   lets through a sign that is markup, or words whose direction turns those beside them.
"""

from __future__ import annotations

from html import escape

from marsad.publish.feeds.content import Entry, Moved
from marsad.publish.feeds.words import FSI, PDI


def html_body(entry: Entry) -> str:
    """The entry's content."""
    parts = [
        f"<p><strong>{_text(entry.head)}</strong><br>Status: {_text(entry.status)}</p>",
        f"<p>{_text(entry.cause)}</p>",
    ]
    if entry.moved:
        rows = "".join(f"<li>{_row(value)}</li>" for value in entry.moved)
        parts.append(f"<ul>{rows}</ul>")
    parts += [f"<p>{_text(note)}</p>" for note in entry.notes]
    if entry.minimum:
        parts.append(f"<p>{_text(entry.minimum)}</p>")
    if entry.since_then:
        parts.append(f"<p><em>{_text(entry.since_then)}</em></p>")
    if entry.url is not None:
        parts.append(
            f'<p><a href="{escape(entry.url)}">The incident with all who tell of it</a></p>'
        )
    return "".join(parts)


def text_body(entry: Entry) -> str:
    """The entry's content as plain text."""
    lines = [f"{entry.head} ({entry.status})", entry.cause]
    for value in entry.moved:
        said = f" – {value.why}" if value.why else ""
        lines.append(f"- {value.label}: {_move(value)}{said}")
    lines += [*entry.notes, entry.minimum, entry.since_then]
    return "\n".join(line for line in lines if line)


def _row(value: Moved) -> str:
    said = f"<br>{_text(value.why)}" if value.why else ""
    return f"{_text(value.label)}: {_text(_move(value))}{said}"


def _move(value: Moved) -> str:
    return (value.after or "") if value.before is None else f"{value.before} → {value.after}"


def _text(text: str) -> str:
    """Escaped; what is isolated in plain text is isolated by an element here."""
    return escape(text).replace(FSI, "<bdi>").replace(PDI, "</bdi>")
