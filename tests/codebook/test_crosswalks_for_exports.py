"""What exports take from the codebook: kinds of actor elsewhere, and sensitive kinds."""

from typing import get_args

from marsad.codebook.actor_crosswalk import load_actor_crosswalk
from marsad.codebook.sensitive import load_sensitive_kinds
from marsad.records import ActorKind

PLOVER_SECTORS = set(
    """COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE
    REL SOC""".split()
)
FTM_SCHEMATA = {"PublicBody", "Organization", "LegalEntity", "Person"}


def test_every_kind_of_actor_has_its_kin_elsewhere():
    walk = load_actor_crosswalk()
    assert set(walk) == set(get_args(ActorKind))
    assert {kin.plover for kin in walk.values()} <= PLOVER_SECTORS
    assert {kin.ftm for kin in walk.values()} <= FTM_SCHEMATA


def test_those_who_bear_no_arms_are_civilians_everywhere():
    walk = load_actor_crosswalk()
    for kind in ("civilian", "journalist", "medical", "aid-worker", "religious"):
        assert (walk[kind].acled, walk[kind].ucdp) == (7, "civilian")


def test_every_sensitive_kind_says_why():
    kinds = load_sensitive_kinds()
    assert "sexual-violence" in kinds
    assert all(len(reason.split()) > 5 for reason in kinds.values())
