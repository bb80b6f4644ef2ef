"""What is asked of the ledger: one filter for the command line, the exports and the screen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from marsad.records.base import Record
from marsad.records.vocabulary import EventType, Outcome, Status

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Order = Literal["date", "-date", "toll", "changed"]


class IncidentFilter(Record):
    """Which incidents. All conditions hold together; an empty filter is all of them.

    `since`, `until`: days, both included; an incident matches when its interval meets
    them. One without a date matches only where neither is given.
    `box`: west, south, east, north; west > east crosses the date line. `near`:
    latitude, longitude, kilometres. `polygon`: (longitude, latitude) corners. An area
    takes incidents by their point and leaves out those known only to a province or
    country, whose point says nothing; with `loose` all whose uncertainty meets it.
    `place`: a place, province or country by name; `country` by ISO 3166 alpha-3 code.
    `actor`: part of a party's name, or its codebook id. `outcome` with `at_least`:
    best of the default policy is that many or more.
    `text`: words in titles, names or evidence, all of them; "quoted words" stand together.
    `reviewed`: whether a person confirmed or rejected it. Rejected and discounted
    incidents are left out unless `status` asks for them.
    """

    since: date | None = None
    until: date | None = None
    box: tuple[Longitude, Latitude, Longitude, Latitude] | None = None
    near: tuple[Latitude, Longitude, Annotated[float, Field(gt=0, le=20_040)]] | None = None
    polygon: tuple[tuple[Longitude, Latitude], ...] = ()
    loose: bool = False
    place: str | None = None
    country: str | None = Field(None, pattern="^[A-Z]{3}$")
    types: tuple[EventType, ...] = ()
    actor: str | None = None
    outcome: Outcome | None = None
    at_least: PositiveInt = 1
    status: tuple[Status, ...] = ()
    text: str | None = None
    reviewed: bool | None = None
    order: Order = "-date"
    limit: PositiveInt | None = None
    offset: NonNegativeInt = 0

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"the filter ends ({self.until}) before it starts ({self.since})")
        if self.box and self.box[1] > self.box[3]:
            raise ValueError(f"the box's south {self.box[1]} lies above its north {self.box[3]}")
        if self.polygon and len(self.polygon) < 3:
            raise ValueError(f"a polygon of {len(self.polygon)} corners; it needs three")
        return self
