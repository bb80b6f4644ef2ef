"""Reports grouped by the ledger's own linking, for the sets that know which report tells of what.

Reports come one at a time in the order of their publication, as a desk gets them; then
all again in shuffled order, which must give the same clusters.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.base import main_incident
from marsad.incidents.linking.cluster import (
    Decisions,
    Pair,
    cluster_component,
    connect_parts,
    find_links,
)
from marsad.incidents.linking.tellings import Telling, read_tellings
from marsad.records import CodedReport

SHUFFLE_SEED = 11


@dataclass(frozen=True)
class Home:
    """The cluster that a report's main incident fell into.

    `group` is the lowest id of its tellings. `steady`: the cluster was the same when the
    reports came in another order.
    """

    group: str
    steady: bool


def group_reports(coded: Sequence[CodedReport | None]) -> list[Home]:
    """Where each report's main incident, or else what it looks back at, was put."""
    tellings = [() if report is None else read_tellings(report) for report in coded]
    dated = sorted(
        range(len(coded)),
        key=lambda i: (tellings[i][0].published if tellings[i] else None) or date.min,
    )
    shuffled = random.Random(SHUFFLE_SEED).sample(dated, len(dated))
    first = _cluster([tellings[i] for i in dated])
    second = _cluster([tellings[i] for i in shuffled])
    homes = []
    for number, (report, told) in enumerate(zip(coded, tellings, strict=True)):
        main = main_incident(report)
        telling = main.id if main else told[0].id if told else None
        if telling is None:
            homes.append(Home(f"alone: {number}", steady=True))
        else:
            homes.append(Home(min(first[telling]), first[telling] == second[telling]))
    return homes


def _cluster(arrivals: Iterable[Sequence[Telling]]) -> dict[str, frozenset[str]]:
    """The cluster of every telling, by id, when the reports arrive in this order."""
    links: dict[Pair, float] = {}
    by_id: dict[str, Telling] = {}
    under: dict[str, list[Telling]] = {}
    for told in arrivals:
        met = {other.id: other for t in told for key in t.blocks for other in under.get(key, ())}
        links |= find_links(told, list(met.values()))
        for telling in told:
            by_id[telling.id] = telling
            for key in telling.blocks:
                under.setdefault(key, []).append(telling)
    parts = connect_parts(by_id, links, Decisions())
    part_of = {telling: number for number, part in enumerate(parts) for telling in part}
    within: list[dict[Pair, float]] = [{} for _ in parts]
    for (a, b), total in links.items():
        if part_of[a] == part_of[b]:
            within[part_of[a]][a, b] = total
    return {
        telling: cluster
        for part, near in zip(parts, within, strict=True)
        for cluster in cluster_component([by_id[t] for t in part], near, Decisions())
        for telling in cluster
    }
