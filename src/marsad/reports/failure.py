"""What is handed back for an input that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.errors import FetchError, ReportError


@dataclass(frozen=True)
class ReadFailure:
    """An input that gave no report: which one, on which line (from 1), and why.

    `str(error)` is one line that names the input and says what to do.
    """

    name: str
    line: int | None
    error: ReportError | FetchError

    def __str__(self) -> str:
        return str(self.error)
