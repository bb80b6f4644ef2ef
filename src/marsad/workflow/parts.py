"""Parts: the tellings that hang together with some others, and which of them are one incident.

Reads   tellings, links and persons' decisions from the account's tables.
Writes  nothing; returns the part's tellings and its clusters.

What persons decided about incidents is applied in the order of the decisions: of a
merge and a split of the same claims the later one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product

from marsad.incidents.linking.cluster import Decisions, cluster_component
from marsad.incidents.linking.likeness import load_weights
from marsad.incidents.linking.tellings import Telling
from marsad.records import Anchor, Claim, Decision
from marsad.reports.datasets.row import row_origin
from marsad.store.account_tables import AccountTables
from marsad.store.entries import StoredTelling

Pair = tuple[str, str]
# Neighbours are asked for again and again while reports of one day come in.
CACHED_TELLINGS = 10_000


@dataclass
class Part:
    """Tellings connected by likely links or by a person's decision."""

    rows: dict[str, StoredTelling] = field(default_factory=dict)
    tellings: dict[str, Telling] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)


class PartFinder:
    """Finds parts and their clusters, as the ledger stood at one of its rows."""

    def __init__(self, tables: AccountTables, at: int) -> None:
        self.tables = tables
        self.at = at
        self._located: dict[Anchor, str | None] = {}

    def connected(self, seeds: Iterable[str]) -> Part:
        """All tellings that the seeds hang together with, the seeds among them."""
        part = Part()
        frontier = set(seeds)
        while frontier:
            self._reach(part, frontier)
            frontier = self._decided_with(part) - part.rows.keys()
        return part

    def _reach(self, part: Part, frontier: set[str]) -> None:
        """Take in what likely links lead to, step by step."""
        together = load_weights().together
        while frontier:
            rows = self.tables.tellings(sorted(frontier))
            part.rows.update(rows)
            part.tellings.update({i: read_telling(row.body) for i, row in rows.items()})
            near = {t for pair in self.tables.links_of(sorted(rows), together) for t in pair}
            frontier = near - part.rows.keys()

    def _decided_with(self, part: Part) -> set[str]:
        """What persons merged with these tellings; their decisions are noted in the part."""
        reports = {row.report_id for row in part.rows.values()}
        near: set[str] = set()
        for decision in self.tables.decisions_about(sorted(reports), up_to=self.at):
            assert decision.seq is not None
            part.decisions[decision.seq] = decision
            if decision.kind == "merge":
                near |= self.locate_all(decision.targets)
        return near

    def clusters(self, part: Part) -> list[frozenset[str]]:
        """Which tellings of a part are of one incident."""
        decisions = [part.decisions[seq] for seq in sorted(part.decisions)]
        merged, apart = self._settle(decisions)
        links = self.tables.links_of(sorted(part.rows))
        inside = {p: v for p, v in links.items() if p[0] in part.rows and p[1] in part.rows}
        tellings = [part.tellings[i] for i in sorted(part.tellings)]
        held = Decisions(different=frozenset(_ordered(a, b) for a, b in apart) | _other_rows(part))
        return _unite(cluster_component(tellings, inside, held), merged, apart)

    def locate_all(self, anchors: Iterable[Anchor]) -> set[str]:
        """The tellings that hold the anchors' claims; claims that tell of nothing now have none."""
        return {found for anchor in anchors if (found := self.locate(anchor)) is not None}

    def locate(self, anchor: Anchor) -> str | None:
        """The telling that holds a claim, or what its words are read as now."""
        if anchor not in self._located:
            self._located[anchor] = self._locate(anchor)
        return self._located[anchor]

    def _locate(self, anchor: Anchor) -> str | None:
        rows = self.tables.tellings_of_report(anchor.report)
        home = {claim: row for row in rows for claim in read_telling(row.body).claims}
        if anchor.claim in home:
            return home[anchor.claim].telling_id
        for claims, _ in self.tables.claims_of_runs({row.run_seq for row in rows}).values():
            for claim in claims:
                if claim.id in home and _covers(claim, anchor):
                    return home[claim.id].telling_id
        return None

    def _settle(self, decisions: Sequence[Decision]) -> tuple[list[set[str]], set[Pair]]:
        """Sets to unite and pairs to hold apart, later decisions over earlier ones."""
        merged: list[set[str]] = []
        apart: set[Pair] = set()
        for decision in decisions:
            targets = self.locate_all(decision.targets)
            if decision.kind == "merge":
                apart = {pair for pair in apart if not targets.issuperset(pair)}
                merged.append(targets)
            elif decision.kind == "split":
                others = self.locate_all(decision.others) - targets
                apart |= set(product(targets, others))
                for group in merged:
                    if group & others:
                        group -= targets
        return merged, {pair for a, b in apart for pair in ((a, b), (b, a))}


@lru_cache(maxsize=CACHED_TELLINGS)
def read_telling(body: str) -> Telling:
    """The telling in a row's body; those read lately are kept."""
    return Telling.from_json(body)


def _covers(claim: Claim, anchor: Anchor) -> bool:
    return claim.trigger.start < anchor.end and anchor.start < claim.trigger.end


def _other_rows(part: Part) -> frozenset[Pair]:
    """Pairs of tellings in rows that one data set calls two incidents.

    What a person merges is united all the same.
    """
    rows = [(origin, row) for row in part.rows.values() if (origin := row_origin(row.report_id))]
    return frozenset(
        _ordered(row.telling_id, other.telling_id)
        for (origin, row), (another, other) in combinations(rows, 2)
        if origin.is_apart(another)
    )


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _unite(
    clusters: Sequence[frozenset[str]], merged: Sequence[set[str]], apart: set[Pair]
) -> list[frozenset[str]]:
    """Clusters that share a group that a person merged become one.

    The latest merge goes first; none joins what a person held apart.
    """
    united = [set(cluster) for cluster in clusters]
    for group in reversed(merged):
        inside = [cluster for cluster in united if cluster & group]
        for cluster in inside[1:]:
            if not any((a, b) in apart for a in inside[0] for b in cluster):
                inside[0] |= cluster
                united.remove(cluster)
    return sorted((frozenset(cluster) for cluster in united), key=min)
