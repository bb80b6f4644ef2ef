"""Writers: many coded reports into one stream, one at a time, in constant memory.

Reads   coded reports as they come, and word of reports that failed.
Writes  text, JSON, JSONL or a page to the stream it is given.
Never   opens or closes the stream, and never holds more than one report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

from marsad.publish.html_page import page_foot, page_head, render_section
from marsad.publish.json_output import render_json, render_jsonl
from marsad.publish.terminal import render_text
from marsad.publish.view import Explanations
from marsad.records import CodedReport

Format = Literal["text", "json", "jsonl", "html"]


@dataclass(frozen=True)
class Look:
    """How output for people looks. `columns` is the screen's width."""

    columns: int = 80
    colour: bool = False
    names: bool = False


class Writer(Protocol):
    """Takes reports one by one. Call `finish` once, after the last."""

    def add(self, coded: CodedReport, explanations: Explanations | None = None) -> None:
        """Write one coded report."""

    def skip(self) -> None:
        """Take note of a report that could not be coded."""

    def finish(self) -> None:
        """Write what closes the output."""


class TextWriter:
    """One report after the other, an empty line between."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream, self._look, self._count = stream, look, 0

    def add(self, coded: CodedReport, explanations: Explanations | None = None) -> None:
        """Write one coded report."""
        if self._count:
            self._stream.write("\n")
        self._count += 1
        look = self._look
        self._stream.write(
            render_text(
                coded,
                columns=look.columns,
                colour=look.colour,
                names=look.names,
                explanations=explanations,
            )
        )
        self._stream.flush()

    def skip(self) -> None:
        """Nothing to do: the text shows only what was coded."""

    def finish(self) -> None:
        """Nothing to do: the text has no end mark."""


class JsonlWriter:
    """One object a line, each line written as soon as it is there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, coded: CodedReport, explanations: Explanations | None = None) -> None:
        """Write one line. Explanations have no place in the record and are left out."""
        self._stream.write(render_jsonl(coded) + "\n")
        self._stream.flush()

    def skip(self) -> None:
        """Nothing to do: a failed report has no line."""

    def finish(self) -> None:
        """Nothing to do: JSONL has no end mark."""


class JsonWriter:
    """One object for exactly one report; an array as soon as there are more, failed ones too."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._first: str | None = None
        self._seen = 0
        self._written = 0

    def add(self, coded: CodedReport, explanations: Explanations | None = None) -> None:
        """Write one element, the first of all only when a second is known to come."""
        self._seen += 1
        if self._seen == 1:
            self._first = render_json(coded)
            return
        self._flush_first()
        self._element(render_json(coded))

    def skip(self) -> None:
        """A failed report makes the output an array, so that its shape does not hide it."""
        self._seen += 1
        if self._seen > 1:
            self._flush_first()

    def finish(self) -> None:
        """Write the single object, or close the array."""
        if self._seen == 1 and self._first is not None:
            self._stream.write(self._first + "\n")
        elif self._seen > 1:
            self._stream.write("\n]\n" if self._written else "[]\n")
        self._stream.flush()

    def _flush_first(self) -> None:
        if self._first is not None:
            first, self._first = self._first, None
            self._element(first)

    def _element(self, text: str) -> None:
        self._stream.write(("," if self._written else "[") + "\n" + text)
        self._written += 1
        self._stream.flush()


class HtmlWriter:
    """One page with a section for each report."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream, self._look, self._count = stream, look, 0

    def add(self, coded: CodedReport, explanations: Explanations | None = None) -> None:
        """Write one section, before the first one the page's head."""
        if not self._count:
            self._stream.write(page_head(coded.report.title or "Coded reports"))
        self._count += 1
        names = self._look.names
        self._stream.write(
            render_section(coded, self._count, names=names, explanations=explanations)
        )
        self._stream.flush()

    def skip(self) -> None:
        """Nothing to do: the page shows only what was coded."""

    def finish(self) -> None:
        """Close the page, if one was begun."""
        if self._count:
            self._stream.write(page_foot())
        self._stream.flush()


def make_writer(output_format: Format, stream: TextIO, look: Look) -> Writer:
    """The writer for a format."""
    match output_format:
        case "text":
            return TextWriter(stream, look)
        case "json":
            return JsonWriter(stream)
        case "jsonl":
            return JsonlWriter(stream)
        case "html":
            return HtmlWriter(stream, look)
