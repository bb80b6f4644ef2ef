"""Attempts to sign in: those who guess must wait, longer after each failure.

Reads   and
Writes  `sign_in_attempts`: how often a name, an address or a browser failed lately.
Never   keeps names or addresses, only hashes of them, and those for a day.

An attempt is noted before the password is looked at and taken back when it was right, so
that guesses made at once do not all pass. Waits grow to a quarter of an hour and no
further. A browser that the person signed in with before is counted by itself: whoever
guesses elsewhere cannot keep them out (OWASP, "Device Cookies").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, text, update

from marsad.store.chain import format_time
from marsad.store.database import Database
from marsad.store.people import hash_token
from marsad.store.people_schema import SIGN_IN_ATTEMPTS

LONGEST_WAIT_SECONDS = 15 * 60
FORGET_HOURS = 24


@dataclass(frozen=True, slots=True)
class Counted:
    """What failures are counted by, and how many are free before each costs a wait."""

    kind: str
    value: str
    free: int

    @property
    def key(self) -> str:
        """How it is kept."""
        return hash_token(f"{self.kind}\n{self.value}")


def wait_seconds(failures: int, free: int) -> int:
    """How long to wait after so many failures: 2, 4, 8… once the free ones are spent."""
    over = failures - free
    return 0 if over < 0 else min(2 ** (over + 1), LONGEST_WAIT_SECONDS)


class Attempts:
    """Failures lately, kept so that a restart does not forget them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, counted: Sequence[Counted], now: datetime | None = None) -> int:
        """Note an attempt; 0 if it may go on, else how many seconds are left to wait.

        One that must wait is not counted again: waiting is enough.
        """
        moment = now or datetime.now(UTC)
        with self.database.writing() as connection:
            forgotten = format_time(moment - timedelta(hours=FORGET_HOURS))
            connection.execute(
                delete(SIGN_IN_ATTEMPTS).where(SIGN_IN_ATTEMPTS.c.last_at < forgotten)
            )
            # In one order, so that two requests never wait for each other.
            for key in sorted({one.key for one in counted}):
                connection.execute(_MAKE, {"key": key, "now": format_time(moment)})
            found = {
                row.key_hash: (row.failures, row.last_at)
                for row in connection.execute(select(SIGN_IN_ATTEMPTS).where(_any_of(counted)))
            }
            left = max(_left(*found[one.key], one.free, moment) for one in counted)
            if left == 0:
                connection.execute(
                    update(SIGN_IN_ATTEMPTS)
                    .where(_any_of(counted))
                    .values(failures=SIGN_IN_ATTEMPTS.c.failures + 1, last_at=format_time(moment))
                )
        return left

    def succeed(self, counted: Sequence[Counted]) -> None:
        """Take back the attempt that was right; names and browsers begin anew.

        An address does not: else who has an account could guess at others' without end.
        """
        with self.database.writing() as connection:
            for one in sorted(counted, key=lambda one: one.key):
                mine = SIGN_IN_ATTEMPTS.c.key_hash == one.key
                if one.kind == "address":
                    connection.execute(
                        update(SIGN_IN_ATTEMPTS)
                        .where(mine, SIGN_IN_ATTEMPTS.c.failures > 0)
                        .values(failures=SIGN_IN_ATTEMPTS.c.failures - 1)
                    )
                else:
                    connection.execute(delete(SIGN_IN_ATTEMPTS).where(mine))


# A row that is there and locked, before it is looked at: guesses made at once take turns.
_MAKE = text(
    "INSERT INTO sign_in_attempts (key_hash, failures, last_at) VALUES (:key, 0, :now) "
    "ON CONFLICT (key_hash) DO UPDATE SET failures = sign_in_attempts.failures"
)


def _any_of(counted: Iterable[Counted]) -> ColumnElement[bool]:
    return SIGN_IN_ATTEMPTS.c.key_hash.in_({one.key for one in counted})


def _left(failures: int, last_at: str, free: int, now: datetime) -> int:
    # Below nothing for who began earlier and waited longer for the turn to write.
    since = max(0.0, (now - datetime.fromisoformat(last_at)).total_seconds())
    return max(0, int(wait_seconds(failures, free) - since + 0.999))
