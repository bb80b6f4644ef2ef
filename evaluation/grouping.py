"""Scores for grouping reports into incidents: B-cubed, MUC, CEAF-e and their CoNLL mean.

A grouping maps each item (a report id) to a group. B-cubed after Bagga and
Baldwin 1998; MUC after Vilain and others 1995; entity-based CEAF after Luo 2005;
the CoNLL score is the mean of the three F1 (Pradhan and others 2012).
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence

from evaluation.metrics import BOOTSTRAP_SEED, DEAR_ROUNDS, Counts, Score

Grouping = Mapping[str, Hashable]


def _groups(grouping: Grouping) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = {}
    for item, group in grouping.items():
        groups.setdefault(group, set()).add(item)
    return groups


def _check(gold: Grouping, found: Grouping) -> None:
    if gold.keys() != found.keys():
        odd = sorted(gold.keys() ^ found.keys())
        raise ValueError(f"{len(odd)} item(s) are in one grouping only, first {odd[0]!r}")


def b_cubed(gold: Grouping, found: Grouping) -> tuple[float, float, float]:
    """Precision, recall and F1, averaged over items.

    Raises:
        ValueError: the groupings are not over the same items.
    """
    _check(gold, found)
    if not gold:
        return 0.0, 0.0, 0.0
    gold_groups, found_groups = _groups(gold), _groups(found)
    precision = recall = 0.0
    for item in gold:
        ours, theirs = found_groups[found[item]], gold_groups[gold[item]]
        shared = len(ours & theirs)
        precision += shared / len(ours)
        recall += shared / len(theirs)
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def muc(gold: Grouping, found: Grouping) -> float:
    """Link-based F1; 1.0 when neither side has a link."""
    _check(gold, found)

    def links(keys: dict[Hashable, set[str]], other: Grouping) -> tuple[int, int]:
        kept = sum(len(g) - len({other[item] for item in g}) for g in keys.values())
        return kept, sum(len(g) - 1 for g in keys.values())

    recalled, gold_links = links(_groups(gold), found)
    precise, found_links = links(_groups(found), gold)
    if not gold_links and not found_links:
        return 1.0
    return Counts(
        tp=(recalled + precise) / 2,
        fp=found_links - precise,
        fn=gold_links - recalled,
    ).f1


def ceaf_e(gold: Grouping, found: Grouping) -> float:
    """Entity-based CEAF F1 with the similarity phi-4, groups matched one to one.

    The best matching is sought within each set of groups that overlap, so the
    cost follows the largest tangle, not the number of groups.
    """
    from scipy.optimize import linear_sum_assignment

    _check(gold, found)
    gold_groups, found_groups = list(_groups(gold).values()), list(_groups(found).values())
    if not gold_groups:
        return 0.0
    total = 0.0
    for golds, founds in _tangles(gold_groups, found_groups):
        gains = [[2 * len(g & f) / (len(g) + len(f)) for f in founds] for g in golds]
        rows, columns = linear_sum_assignment(gains, maximize=True)
        total += sum(gains[r][c] for r, c in zip(rows, columns, strict=True))
    precision, recall = total / len(found_groups), total / len(gold_groups)
    return 2 * precision * recall / (precision + recall) if total else 0.0


def _tangles(
    golds: list[set[str]], founds: list[set[str]]
) -> list[tuple[list[set[str]], list[set[str]]]]:
    """Groups of both sides that share items, directly or through others."""
    by_item_found = {item: i for i, g in enumerate(founds) for item in g}
    by_item_gold = {item: i for i, g in enumerate(golds) for item in g}
    seen: set[int] = set()
    tangles = []
    for start in range(len(golds)):
        if start in seen:
            continue
        left, right, waiting = {start}, set(), [start]
        while waiting:
            for item in golds[waiting.pop()]:
                found = by_item_found[item]
                if found in right:
                    continue
                right.add(found)
                for other in {by_item_gold[i] for i in founds[found]} - left:
                    left.add(other)
                    waiting.append(other)
        seen |= left
        tangles.append(([golds[i] for i in sorted(left)], [founds[i] for i in sorted(right)]))
    return tangles


def conll(gold: Grouping, found: Grouping) -> float:
    """Mean of the F1 of MUC, B-cubed and CEAF-e."""
    return (muc(gold, found) + b_cubed(gold, found)[2] + ceaf_e(gold, found)) / 3


def score_grouping(measure: str, kind: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> Score:
    """B-cubed or CoNLL F1 of (gold group, found group) pairs, one an item, with interval.

    Whole gold groups are drawn for the interval, since items of one group depend on
    each other; a group drawn twice counts as two groups.
    """
    if not pairs:
        return Score(measure, 0, 0.0, 0.0, 0.0)
    golds: dict[Hashable, list[tuple[Hashable, Hashable]]] = {}
    for pair in pairs:
        golds.setdefault(pair[0], []).append(pair)
    rng = random.Random(BOOTSTRAP_SEED)
    groups = list(golds.values())
    values = sorted(
        _grouping_value(kind, rng.choices(groups, k=len(groups)))[0] for _ in range(DEAR_ROUNDS)
    )
    value, precision, recall = _grouping_value(kind, groups)
    low, high = values[int(0.025 * DEAR_ROUNDS)], values[int(0.975 * DEAR_ROUNDS)]
    return Score(measure, len(pairs), value, low, high, precision, recall)


def _grouping_value(
    kind: str, groups: Sequence[Sequence[tuple[Hashable, Hashable]]]
) -> tuple[float, float | None, float | None]:
    gold: dict[str, Hashable] = {}
    found: dict[str, Hashable] = {}
    seen: dict[Hashable, int] = {}
    for copy, group in enumerate(groups):
        again = seen[group[0][0]] = seen.get(group[0][0], 0) + 1
        for item, (_, found_group) in enumerate(group):
            gold[f"{copy}/{item}"] = copy
            found[f"{copy}/{item}"] = (found_group, again)
    if kind == "conll":
        return conll(gold, found), None, None
    precision, recall, f1 = b_cubed(gold, found)
    return f1, precision, recall
