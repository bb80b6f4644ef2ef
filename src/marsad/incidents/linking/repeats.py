"""Repeats: which reports of an incident repeat the text of another.

Reads   tellings of one incident, with the fingerprints of their reports.
Writes  nothing; returns the original of each report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from marsad.incidents.linking.copies import are_copies
from marsad.incidents.linking.tellings import Telling


def copy_groups(tellings: Iterable[Telling]) -> dict[str, str]:
    """Each report's original, itself where it repeats none; `tellings` as they were published.

    The first of those that repeat each other is the original. Only originals are compared
    with, so that a chain of texts that each change a little does not make copies of all.
    """
    original: dict[str, str] = {}
    under: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.report_id in original:
            continue
        keys = (telling.copy.exact, *telling.copy.bands)
        met = {o.report_id: o for key in keys for o in under[key]}
        source = next((o for o in met.values() if are_copies(o.copy, telling.copy)), None)
        original[telling.report_id] = source.report_id if source else telling.report_id
        if source is None:
            for key in keys:
                under[key].append(telling)
    return original
