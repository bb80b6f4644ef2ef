"""The view: which incidents a request asks for, by what its query says and who asks.

Reads   the query, who asks, saved filters.
Writes  the view: its filter, its address, and the words for each condition.
Never   gives the public a filter that could tell a name or a protected place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import QueryParams

from marsad.publish.exports.protect import Profile
from marsad.publish.wording import STATUS_LABELS, country_name, event_label, number
from marsad.records import IncidentFilter
from marsad.store.overview import Overview, Veil
from marsad.store.people import Person
from marsad.web.desk import Desk
from marsad.web.filter_query import read_filter, write_query
from marsad.web.public_view import INTERNAL, PUBLIC, public_filter, public_veil

PAGE_ROWS = 50


@dataclass(frozen=True)
class Condition:
    """One condition of a filter, in words. `without` is the view's query without it."""

    names: str
    words: str
    without: str


@dataclass(frozen=True)
class View:
    """What is asked for: `asked` as the query says it, `wanted` as it may be asked."""

    asked: IncidentFilter
    wanted: IncidentFilter
    names: bool
    public: bool

    @property
    def profile(self) -> Profile:
        """What may be told."""
        return PUBLIC if self.public else INTERNAL

    @property
    def veil(self) -> Veil | None:
        """What is made vague on the map."""
        return public_veil() if self.public else None

    @property
    def query(self) -> str:
        """The view's address, from its first row on."""
        return self.query_of(limit=None, offset=0)

    def query_of(self, **changed: object) -> str:
        """The address of this view with some of its filter changed."""
        asked = self.asked.model_copy(update=changed)
        return write_query(asked, names="1" if self.names else "")

    def overview(self, desk: Desk) -> Overview:
        """The sums of all that is asked for."""
        return desk.overviews.read(self.wanted, self.veil)

    def page(self) -> IncidentFilter:
        """The filter with a page's limit."""
        return self.wanted.model_copy(update={"limit": self.wanted.limit or PAGE_ROWS})

    def conditions(self) -> list[Condition]:
        """The conditions in words, in the form's order."""
        default = IncidentFilter()
        return [
            Condition(
                " ".join("kind" if name == "types" else name for name in names),
                words,
                self.query_of(
                    limit=None, offset=0, **{name: getattr(default, name) for name in names}
                ),
            )
            for names, words in _conditions(self.asked)
        ]


def read_view(request: Request, person: Person | None) -> View:
    """The view that a request asks for.

    Raises:
        DeskError: its query is not understood, or may not be asked.
    """
    asked = read_filter(request.query_params)
    if person is None:
        return View(asked, public_filter(asked), names=False, public=True)
    return View(asked, asked, names=wants_names(request.query_params), public=False)


def view_json(content: dict[str, Any], view: View) -> Response:
    """What a page's script draws of a view."""
    kept = "no-cache" if view.public else "no-store"
    return JSONResponse(content, headers={"Cache-Control": kept, "Vary": "Cookie"})


def wants_names(query: QueryParams) -> bool:
    """Whether names of private persons are asked for: it counts for who is signed in only."""
    return query.get("names") == "1"


def _conditions(asked: IncidentFilter) -> Iterator[tuple[tuple[str, ...], str]]:
    if asked.text:
        yield ("text",), f"words: {asked.text}"
    if asked.since or asked.until:
        yield ("since", "until"), _days(asked)
    if asked.place:
        yield ("place",), f"in {asked.place}"
    if asked.country:
        yield ("country",), country_name(asked.country)
    if asked.box:
        yield ("box", "loose"), "in a box" + _loosely(asked)
    if asked.polygon:
        yield ("polygon", "loose"), f"in an area of {len(asked.polygon)} corners" + _loosely(asked)
    if asked.near:
        latitude, longitude, kilometres = asked.near
        where = f"{kilometres:g} km around {latitude:g}, {longitude:g}"
        yield ("near", "loose"), where + _loosely(asked)
    if asked.types:
        yield ("types",), " or ".join(event_label(kind) for kind in asked.types)
    if asked.actor:
        yield ("actor",), f"with {asked.actor}"
    if asked.outcome:
        yield ("outcome", "at_least"), f"{number(asked.at_least)} or more {asked.outcome}"
    if asked.status:
        yield ("status",), " or ".join(STATUS_LABELS[status][0] for status in asked.status)
    if asked.reviewed is not None:
        yield ("reviewed",), "reviewed" if asked.reviewed else "not reviewed"


def _days(asked: IncidentFilter) -> str:
    if asked.since and asked.until:
        if asked.since == asked.until:
            return f"on {asked.since}"
        return f"{asked.since} to {asked.until}"
    return f"from {asked.since}" if asked.since else f"until {asked.until}"


def _loosely(asked: IncidentFilter) -> str:
    return ", or perhaps there" if asked.loose else ""
