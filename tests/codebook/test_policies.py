"""The tally policies are whole, and documented as they are."""

from pathlib import Path
from typing import get_args

import pytest

from marsad.codebook.policies import load_policies
from marsad.records import Policy, SourceKind

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "policies.md").read_text("utf-8")


def test_every_policy_of_the_records_is_there_and_documented():
    assert set(load_policies().policies) == set(get_args(Policy))
    for name in get_args(Policy):
        assert f"\n## {name}\n" in PAGE


def test_the_documented_ranks_are_those_of_the_table():
    rows = [
        line.split("|")
        for line in PAGE.splitlines()
        if line.startswith(("| 1", "| 2", "| 3", "| 4", "| 5", "| 6"))
    ]
    documented = {kind.strip(): int(row[1]) for row in rows for kind in row[2].split(",")}
    assert documented == load_policies().rank


def test_states_and_armed_groups_are_believed_alike():
    rank = load_policies().rank
    kinds: tuple[SourceKind, ...] = ("government", "military", "police", "official", "armed-group")
    assert len({rank[kind] for kind in kinds}) == 1


@pytest.mark.parametrize(
    ("policy", "word", "bounds"),
    [
        ("acled-conservative", "tens", (10, None)),
        ("acled-conservative", "dozens", (12, None)),
        ("acled-conservative", "hundreds", (100, None)),
        ("airwars-range", "dozens", (12, 24)),
    ],
)
def test_vague_words_are_read_as_each_project_reads_them(policy, word, bounds):
    assert load_policies().policies[policy].vague[word] == bounds
