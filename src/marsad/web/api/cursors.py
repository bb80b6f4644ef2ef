"""Cursors: where a page of incidents ended, as a word that a client hands back.

Reads   and
Writes  base64 of a small JSON.
Never   takes a cursor of another order, or one that we have not made so.
"""

from __future__ import annotations

import base64
import binascii
import json

from marsad.errors import DeskError
from marsad.records import Order
from marsad.store.paging import PageEnd

_MAX_SIGNS = 400


def write_cursor(order: Order, end: PageEnd | int) -> str:
    """The cursor of a page's end; of a moment's account, which stands still, a plain offset."""
    where = end if isinstance(end, int) else [*end.keys, end.incident]
    return base64.urlsafe_b64encode(json.dumps([order, where]).encode()).decode().rstrip("=")


def read_cursor(given: str, order: Order) -> PageEnd | int:
    """The page's end that a cursor stands for.

    Raises:
        DeskError: it is none of ours, or of another order.
    """
    try:
        if len(given) > _MAX_SIGNS:
            raise ValueError(given)
        padded = given.encode("ascii") + b"=" * (-len(given) % 4)
        made_for, where = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if made_for != order:
            raise ValueError(made_for)
        if type(where) is int:
            if not 0 <= where < 10**9:
                raise ValueError(where)
            return where
        *keys, incident = where
        end = PageEnd(tuple(keys), incident)
        texts = [part for part in where if isinstance(part, str)]
        if not isinstance(incident, str) or not end.fits(order):
            raise ValueError(where)
        if not all(part.isascii() and part.isprintable() for part in texts):
            raise ValueError(where)
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise DeskError(
            f"cursor: {given[:40]!r} is not one that `next` gave for this order. Follow `next` as "
            f"it is, or begin without a cursor."
        ) from None
    return end
