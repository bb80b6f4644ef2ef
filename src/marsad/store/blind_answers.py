"""Blind answers: what people said of the same thing, each without seeing the other's.

Reads   and
Writes  `blind_answers`: one answer of one person about one thing, the last they gave.
Never   shows anybody's answer to who has not given theirs: that is the caller's to ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from marsad.store.chain import format_time, storable
from marsad.store.database import Database
from marsad.store.people_schema import BLIND_ANSWERS


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """One person's answer about one thing: `kind` such as "pair", `key` its ids."""

    person: str
    kind: str
    key: str
    answer: str
    answered_at: str


class BlindAnswers:
    """The blind answers of one ledger."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def give(self, person: str, kind: str, key: str, answer: str) -> None:
        """Keep an answer; an earlier one of the same person about the same thing goes."""
        table = BLIND_ANSWERS.c
        now = format_time(datetime.now(UTC))
        mine = (
            (table.person == storable(person))
            & (table.item_kind == storable(kind))
            & (table.item_key == storable(key))
        )
        values = {"answer": storable(answer), "answered_at": now}
        with self.database.writing() as connection:
            changed = connection.execute(update(BLIND_ANSWERS).where(mine).values(**values))
            if not changed.rowcount:
                connection.execute(
                    insert(BLIND_ANSWERS).values(
                        person=storable(person),
                        item_kind=storable(kind),
                        item_key=storable(key),
                        **values,
                    )
                )

    def of_kind(self, kind: str) -> list[BlindAnswer]:
        """All answers about things of a kind, by thing and person."""
        return self._read(select(BLIND_ANSWERS).where(BLIND_ANSWERS.c.item_kind == kind))

    def about(self, kind: str, key: str) -> list[BlindAnswer]:
        """All answers about one thing, by person."""
        table = BLIND_ANSWERS.c
        return self._read(
            select(BLIND_ANSWERS).where(table.item_kind == kind, table.item_key == storable(key))
        )

    def by(self, person: str, kind: str | None = None) -> list[BlindAnswer]:
        """What one person answered, about things of a kind or of all."""
        query = select(BLIND_ANSWERS).where(BLIND_ANSWERS.c.person == storable(person))
        if kind is not None:
            query = query.where(BLIND_ANSWERS.c.item_kind == kind)
        return self._read(query)

    def _read(self, query: Select[Any]) -> list[BlindAnswer]:
        table = BLIND_ANSWERS.c
        ordered = query.order_by(table.item_kind, table.item_key, table.person)
        with self.database.reading() as connection:
            return [
                BlindAnswer(r.person, r.item_kind, r.item_key, r.answer, r.answered_at)
                for r in connection.execute(ordered)
            ]
