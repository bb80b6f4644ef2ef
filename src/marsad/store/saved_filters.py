"""Saved filters: a filter under a name, for a feed, a newsletter or whoever types it again.

Reads   the table `saved_filters`, which is no part of the ledger: its rows may change.
Writes  it.
Never   keeps how many incidents, or from which on: that is asked each time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, Row, Table, Text, delete, insert, select
from sqlalchemy.exc import IntegrityError

from marsad.errors import FilterError
from marsad.records import IncidentFilter
from marsad.store.account_schema import WORD
from marsad.store.chain import format_time, storable
from marsad.store.database import Database
from marsad.store.schema import METADATA

SAVED_FILTERS = Table(
    "saved_filters",
    METADATA,
    Column("name", WORD, primary_key=True),
    Column("body", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    info={"mutable": True},
)

# Part of the addresses of feeds. Letters of any script; a dot would look like a file's ending.
_NAME = re.compile(r"[^\W_][\w-]{0,63}")
_UNSAVED = frozenset({"limit", "offset"})


@dataclass(frozen=True)
class SavedFilter:
    """A filter with its name; `created_at` in UTC, ISO 8601."""

    name: str
    body: str
    created_at: str
    made_by: str

    @property
    def wanted(self) -> IncidentFilter:
        """The filter.

        Raises:
            FilterError: it holds what this marsad does not know, such as a dropped kind.
        """
        try:
            return IncidentFilter.model_validate_json(self.body)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "all of it"
            raise FilterError(
                f"the saved filter {self.name!r} cannot be used by this marsad: {field}: "
                f"{first['msg']}. Remove it with 'marsad filters remove {self.name}' and add "
                f"it anew."
            ) from error


class SavedFilters:
    """The saved filters of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, name: str, wanted: IncidentFilter, made_by: str = "") -> SavedFilter:
        """Keep a filter under a name, without its limit and offset.

        Raises:
            FilterError: the name is taken, or cannot be one.
        """
        saved = SavedFilter(
            name=read_filter_name(name),
            body=wanted.model_dump_json(exclude_defaults=True, exclude=set(_UNSAVED)),
            created_at=format_time(datetime.now(UTC)),
            made_by=storable(made_by),
        )
        with self.database.writing() as connection:
            try:
                connection.execute(insert(SAVED_FILTERS).values(vars(saved)))
            except IntegrityError as error:
                raise FilterError(
                    f"there is a saved filter {saved.name!r} already. Take another name, or "
                    f"remove it first: marsad filters remove {saved.name}"
                ) from error
        return saved

    def get(self, name: str) -> SavedFilter:
        """The filter of that name, in capitals or not.

        Raises:
            FilterError: there is none; it names those that there are.
        """
        folded = fold_filter_name(name)
        with self.database.reading() as connection:
            row = connection.execute(_named(folded)).one_or_none()
            if row is None:
                raise FilterError(_no_such(name, connection.scalars(_ALL_NAMES).all()))
        return _saved(row)

    def remove(self, name: str) -> SavedFilter:
        """Take a filter out; returns it.

        Raises:
            FilterError: there is none of that name.
        """
        saved = self.get(name)
        with self.database.writing() as connection:
            connection.execute(delete(SAVED_FILTERS).where(SAVED_FILTERS.c.name == saved.name))
        return saved

    def all(self) -> list[SavedFilter]:
        """All filters, by name."""
        with self.database.reading() as connection:
            return [_saved(r) for r in connection.execute(_ROWS.order_by(SAVED_FILTERS.c.name))]


def fold_filter_name(name: str) -> str:
    """A name as it is kept: without capitals, each letter written in one way."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def read_filter_name(name: str) -> str:
    """A name for a filter, as it is kept.

    Raises:
        FilterError: it is none.
    """
    folded = fold_filter_name(name)
    if not _NAME.fullmatch(folded):
        raise FilterError(
            f"{name!r} is no name for a filter. Take up to 64 letters, digits, hyphens and "
            f"underscores, such as 'tartus-killed': it becomes part of the addresses of feeds."
        )
    return folded


_ROWS = select(SAVED_FILTERS)
_ALL_NAMES = select(SAVED_FILTERS.c.name).order_by(SAVED_FILTERS.c.name)


def _named(name: str) -> Any:
    return _ROWS.where(SAVED_FILTERS.c.name == storable(name))


def _saved(row: Row[Any]) -> SavedFilter:
    return SavedFilter(row.name, row.body, row.created_at, row.made_by)


def _no_such(name: str, names: Any) -> str:
    shown = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
    there = f"There are: {shown}" if names else "None is saved yet"
    return f"no saved filter is named {name!r}. {there}. 'marsad filters add' saves one."
