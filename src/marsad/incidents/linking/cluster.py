"""Cluster: which tellings are of one incident, over all reports.

Reads   tellings, the likeness of linked pairs, and what persons decided about pairs.
Writes  nothing; returns links, connected parts and clusters.

Average linkage: of all clusters the two with the highest mean likeness are joined, while
it is high enough; ties go to the lower ids. Pairs without a link count a fixed
unlikeness, so two clusters without a strong link between them are never joined: each
part connected by strong links can be clustered alone, and the outcome depends on its
members, not on the order in which they came.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.incidents.linking.likeness import compare_tellings, load_weights
from marsad.incidents.linking.tellings import Telling

Pair = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """What persons decided about pairs of tellings: these are one incident, these are not."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


def make_pair(a: str, b: str) -> Pair:
    """The two ids in order."""
    return (a, b) if a <= b else (b, a)


def find_links(new: Sequence[Telling], others: Sequence[Telling]) -> dict[Pair, float]:
    """Likeness of the pairs of a new telling and any other that a person would at least look at.

    Only tellings of two reports that share a block are compared. `others` may hold more than
    those, and the new ones too.
    """
    known = {t.id: t for t in (*others, *new)}
    # Of all blocks only those of new tellings matter; the others are many.
    under: dict[str, list[Telling]] = defaultdict(list)
    for telling in new:
        for key in telling.blocks:
            under[key].append(telling)
    perhaps = load_weights().perhaps
    links: dict[Pair, float] = {}
    for other in known.values():
        met = {t.id: t for key in other.blocks & under.keys() for t in under[key]}
        for telling in met.values():
            pair = make_pair(telling.id, other.id)
            if other.report_id == telling.report_id or pair in links:
                continue
            total = compare_tellings(telling, other).total
            if total >= perhaps:
                links[pair] = total
    return dict(sorted(links.items()))


def connect_parts(
    tellings: Iterable[str], links: Mapping[Pair, float], decisions: Decisions
) -> list[frozenset[str]]:
    """The parts within which tellings can come to be of one incident, by lowest id.

    Strong links and what a person joined connect; a link that only asks a person does not.
    """
    home = {t: t for t in tellings}

    def root(t: str) -> str:
        while home[t] != t:
            home[t] = home[home[t]]
            t = home[t]
        return t

    together = load_weights().together
    strong = [pair for pair, total in links.items() if total >= together]
    for a, b in (*strong, *decisions.same):
        if a in home and b in home:
            first, second = sorted((root(a), root(b)))
            home[second] = first
    parts: dict[str, set[str]] = defaultdict(set)
    for t in home:
        parts[root(t)].add(t)
    return sorted((frozenset(p) for p in parts.values()), key=min)


def cluster_component(
    tellings: Sequence[Telling], links: Mapping[Pair, float], decisions: Decisions
) -> list[frozenset[str]]:
    """The clusters of tellings of one connected part, by lowest id.

    What a person joined is joined first, and what a person held apart stays so, also
    through others. Tellings of one report are never joined otherwise: the coder held
    them apart with the whole report before its eyes. Background tellings come last, each
    to the cluster it is most like; they join no two others, and without one stay alone.
    """
    merger = _Merger(tellings, links, decisions)
    merger.join_decided()
    merger.join_alike()
    merger.join_background()
    return sorted((frozenset(m) for m in merger.members.values()), key=min)


class _Merger:
    """Clusters under the lowest id of their members, and the likeness of linked ones."""

    def __init__(
        self, tellings: Sequence[Telling], links: Mapping[Pair, float], decisions: Decisions
    ) -> None:
        weights = load_weights()
        self.together, self.unlinked = weights.together, weights.unlinked
        self.tellings = {t.id: t for t in tellings}
        self.decisions = decisions
        self.members: dict[str, set[str]] = {t: {t} for t in self.tellings}
        self.reports = {t.id: {t.report_id} for t in tellings}
        self.home = {t: t for t in self.tellings}
        self.links: dict[str, dict[str, float]] = {t: {} for t in self.tellings}
        for (a, b), total in sorted(links.items()):
            if a in self.tellings and b in self.tellings:
                self.links[a][b] = self.links[b][a] = total
        self.apart: dict[str, set[str]] = defaultdict(set)
        for a, b in decisions.different:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def join_decided(self) -> None:
        for a, b in sorted(self.decisions.same):
            if a in self.home and b in self.home:
                first, second = self.home[a], self.home[b]
                if first != second and not self._held_apart(first, second):
                    self._join(first, second)

    def join_alike(self) -> None:
        """Join the two likest clusters until none are alike enough."""
        firm = {k for k in self.members if not self._is_background(k)}
        sums: dict[str, dict[str, tuple[float, int]]] = {k: {} for k in firm}
        for a, row in self.links.items():
            for b, total in row.items():
                first, second = self.home[a], self.home[b]
                if a < b and first != second and first in firm and second in firm:
                    if self._is_lone_background(a) or self._is_lone_background(b):
                        continue
                    _add(sums, first, second, total)
        heap = [(-self._mean(a, b, sums), a, b, 0, 0) for a in sums for b in sums[a] if a < b]
        heapq.heapify(heap)
        age: dict[str, int] = defaultdict(int)
        while heap and -heap[0][0] >= self.together:
            _, a, b, age_a, age_b = heapq.heappop(heap)
            if (age[a], age[b]) != (age_a, age_b) or a not in sums or b not in sums:
                continue
            if self._held_apart(a, b) or self.reports[a] & self.reports[b]:
                continue
            self._join(a, b)
            age[a] += 1
            del sums[a][b], sums[b][a]
            for other, (total, count) in sums.pop(b).items():
                del sums[other][b]
                _add(sums, a, other, total, count)
            for other in sums[a]:
                first, second = sorted((a, other))
                entry = (-self._mean(first, second, sums), first, second, age[first], age[second])
                heapq.heappush(heap, entry)

    def join_background(self) -> None:
        """Each background telling to the cluster that holds the telling it is likest to."""
        firm = {k for k in self.members if not self._is_background(k)}
        chosen = []
        for t in sorted(self.tellings):
            if self.home[t] in firm or len(self.members[self.home[t]]) > 1:
                continue
            strong = [
                (-total, self.home[other])
                for other, total in self.links[t].items()
                if total >= self.together
                and self.home[other] in firm
                and not self._held_apart(t, self.home[other])
                and self.tellings[t].report_id not in self.reports[self.home[other]]
            ]
            if strong:
                chosen.append((t, min(strong)[1]))
        for t, cluster in chosen:
            if not self._held_apart(t, self.home[cluster]):
                self._join(t, self.home[cluster])

    def _is_lone_background(self, t: str) -> bool:
        return self.tellings[t].background

    def _is_background(self, key: str) -> bool:
        return all(self.tellings[t].background for t in self.members[key])

    def _mean(self, a: str, b: str, sums: Mapping[str, Mapping[str, tuple[float, int]]]) -> float:
        total, count = sums[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + (pairs - count) * self.unlinked) / pairs

    def _held_apart(self, a: str, b: str) -> bool:
        few, many = sorted((self.members[a], self.members[b]), key=len)
        return any(not self.apart[t].isdisjoint(many) for t in few if t in self.apart)

    def _join(self, first: str, second: str) -> None:
        keep, go = sorted((first, second))
        for member in self.members[go]:
            self.home[member] = keep
        self.members[keep] |= self.members.pop(go)
        self.reports[keep] |= self.reports.pop(go)


def _add(
    sums: dict[str, dict[str, tuple[float, int]]], a: str, b: str, total: float, count: int = 1
) -> None:
    known, number = sums[a].get(b, (0.0, 0))
    sums[a][b] = sums[b][a] = (known + total, number + count)
