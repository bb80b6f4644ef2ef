"""Figures: a row's numbers in the form in which claims hold numbers.

Reads   low, best and high of a Number.
Writes  one figure, or three of one source whose range they make.
Never   sharpens a number: what no figure can hold becomes the floor that is sure.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.records import Qualifier
from marsad.reports.datasets.row import Number

# Numbers of one whole lie within this factor of each other (the tally's MAX_SPREAD).
_SPREAD = 3


@dataclass(frozen=True, slots=True)
class Bound:
    """Low, high and how it was put, as a Figure has them."""

    low: int
    high: int | None
    qualifier: Qualifier


def bounds_of(number: Number) -> tuple[Bound, ...]:
    """The figures that say what a number says.

    A best number that is the end or the middle of its range is one figure, as tallies read
    them. Any other is three, "at least", the best and "at most", while they are near enough
    to be numbers of one whole. Else it is "at least" its low: less than was said, and true.
    """
    low, best, high = number.low, number.best, number.high
    if number.qualifier is not None:
        return (Bound(low, high, number.qualifier),)
    if best is None:
        best = low if high is None else (low + high) // 2
    if high is None:
        return (Bound(low, None, "at-least"),)
    if low == high:
        return (Bound(low, high, "exact" if high else "none"),)
    if best == high:
        return (Bound(low, high, "about" if low else "at-most"),)
    if best == (low + high) // 2:
        return (Bound(low, high, "range"),)
    if low > 0 and high <= low * _SPREAD:
        return Bound(low, None, "at-least"), Bound(best, best, "exact"), Bound(0, high, "at-most")
    return (Bound(low, None, "at-least"),)


def is_held(number: Number) -> bool:
    """Whether the figures hold all that the number says."""
    low, best, high = number.low, number.best, number.high
    if number.qualifier is not None or best is None:
        return True
    if high is None:
        return best == low
    return len(bounds_of(number)) == 3 or bounds_of(number)[0].high is not None


def number_words(number: Number) -> str:
    """The number as the row's text says it: "14 (at least 10, at most 20)"."""
    low, best, high = number.low, number.best, number.high
    if number.qualifier == "about" and low == high:
        return f"about {low}"
    if low == high:
        return str(low)
    if high is None:
        return f"{low} or more" if best in (None, low) else f"{best} ({low} or more)"
    if best is None:
        return f"{low} to {high}"
    return f"{best} ({low} to {high})"
