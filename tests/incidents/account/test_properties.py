"""What holds for the account of any reports whatever."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.incidents.account.build import make_incident
from marsad.incidents.account.member import Member
from marsad.incidents.tally import tally_claims
from tests.incidents.account.making import SOLDIERS, Teller, day, made, number

OUTLETS = ("Field Daily", "Valley Post", "Coast Wire", None)
SOURCES = (
    (None, "other"),
    ("defence ministry", "military"),
    ("Upland Conflict Monitor", "monitor"),
    ("rebels", "armed-group"),
    ("witnesses", "witness"),
    ("police", "police"),
)
FIGHTERS = {"group": "fighters", "group_kind": "armed-group"}
GROUPS: tuple[dict[str, str], ...] = (
    {},
    SOLDIERS,
    FIGHTERS,
    {"group": "children", "group_kind": "children"},
)
DAYS = ("2031-05-01", "2031-05-02", "2031-05-02T08:00:00+00:00", "2031-05-02T20:00:00+03:00", None)


@st.composite
def figures(draw):
    outcome = draw(st.sampled_from(("killed", "injured")))
    group = draw(st.sampled_from(GROUPS))
    how = draw(st.sampled_from(("exact", "floor", "vague", "none", "running", "more", "earlier")))
    low = draw(st.integers(1, 40))
    match how:
        case "floor":
            return number(outcome, low, None, **group)
        case "vague":
            return number(outcome, 24, None, qualifier="vague", quote="dozens", **group)
        case "none":
            return number(outcome, 0, qualifier="none", **group)
        case "running":
            return number(outcome, low, cumulative=True, **group)
        case "more":
            return number(outcome, low, additive=True, **group)
        case "earlier":
            return number(outcome, low, superseded=True, **group)
    return number(outcome, low, **group)


@st.composite
def stories(draw):
    """Members of one incident, of which some are copies, look back, or lack a date."""
    tell = Teller().tell
    members = []
    for _ in range(draw(st.integers(1, 6))):
        claims = []
        for _ in range(draw(st.integers(1, 3))):
            source, kind = draw(st.sampled_from(SOURCES))
            claims.append(
                {
                    "figures": draw(st.lists(figures(), max_size=3)),
                    "source": source,
                    "kind": kind,
                    "modality": draw(
                        st.sampled_from(("asserted", "asserted", "alleged", "denied"))
                    ),
                    "when": draw(st.sampled_from((day("2031-05-01"), day("2031-04-30"), None))),
                }
            )
        members.append(
            tell(
                claims=claims,
                outlet=draw(st.sampled_from(OUTLETS)),
                on=draw(st.sampled_from(DAYS)),
                stored_at=draw(st.sampled_from(("2031-06-01T00:00:00+00:00", "2031-05-02"))),
                copy_of=draw(st.sampled_from((None, None, None, "report-0001"))),
                background=draw(st.sampled_from((False, False, False, True))),
            )
        )
    return [_not_of_itself(m) for m in members]


def _not_of_itself(member: Member) -> Member:
    return replace(member, copy_of=None) if member.copy_of == member.report.id else member


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_members_never_matters(members, rng: random.Random):
    shuffled = list(members)
    rng.shuffle(shuffled)
    assert make_incident(members) == make_incident(shuffled)


@given(stories())
def test_best_lies_between_low_and_high(members):
    incident = make_incident(members)
    for tally in incident.tallies if incident else ():
        assert tally.low <= tally.best
        assert tally.high is None or tally.best <= tally.high


@given(stories())
def test_every_number_follows_to_its_words(members):
    incident = make_incident(members)
    if incident is None:
        return
    claims = {c.id: c for m in members if not m.background for c in m.claims}
    for tally in incident.tallies:
        assert tally.claims, tally
        assert tally.sources
        given_figures = [f for c in tally.claims for f in claims[c].figures]
        assert any(f.outcome == tally.outcome for f in given_figures)
    for figure in incident.told:
        assert set(figure.claims) <= set(incident.claims)
    for dispute in incident.disputes:
        assert {dispute.claim, dispute.counterclaim} <= set(incident.claims)
    for origin in incident.origins:
        assert set(origin.claims) <= set(incident.claims)
        assert set(origin.copies) <= set(origin.reports) <= set(incident.reports)


@given(stories())
def test_every_report_stays_to_be_seen(members):
    incident = make_incident(members)
    if incident is None:
        return
    opening = {"asserted", "alleged"}
    for member in members:
        if member.background:
            assert {c.id for c in member.claims} <= set(incident.mentions)
            continue
        assert member.report.id in incident.reports
        for claim in member.claims:
            assert claim.id in incident.claims
        if not any(c.modality in opening for c in member.claims):
            continue
        for claim in member.claims:
            if claim.modality in opening and any(f.low for f in claim.figures):
                assert any(t.report == member.report.id for t in incident.told)


@given(stories())
def test_one_report_by_itself_counts_as_within_the_report(members):
    member = replace(members[0], background=False)
    incident = make_incident([member])
    if incident is None:
        return
    inside = [t for t in tally_claims(member.claims) if t.group is None]
    assert [(t.outcome, t.best) for t in inside] == [
        (t.outcome, t.best)
        for t in incident.tallies
        if t.group is None and t.policy == "latest-credible"
    ]


@given(stories(), st.integers(0, 5))
@settings(max_examples=60)
def test_a_copy_changes_only_who_carries_the_text(members, index):
    told = [m for m in members if not m.background]
    if not told:
        return
    original = told[index % len(told)]
    if original.copy_of is not None:
        return
    copy = _copied(original)
    before = make_incident(members)
    if before is None:
        return
    after = made([*members, copy])
    same = ("id", "event_type", "place", "when", "participants", "tallies", "status", "disputes")
    for name in same:
        assert getattr(before, name) == getattr(after, name), name
    assert [o.source for o in before.origins] == [o.source for o in after.origins]
    new = [t for t in after.told if t not in before.told]
    assert {t.state for t in new} <= {"copy"}


def _copied(member: Member) -> Member:
    """The same text by another outlet, a month later."""
    report_id = f"{member.report.id}-copy"
    claims = tuple(
        type(c)
        .model_validate_json(c.model_dump_json().replace(f'"{member.report.id}"', f'"{report_id}"'))
        .model_copy(update={"id": f"{c.id}-copy"})
        for c in member.claims
    )
    report = member.report.model_copy(
        update={"id": report_id, "outlet": "Copy Cat", "published": day("2031-07-01").start}
    )
    return replace(
        member,
        telling=f"{member.telling}-copy",
        report=report,
        claims=claims,
        copy_of=member.report.id,
    )


SWAPPED: dict[Any, str] = {"military": "armed-group", "armed-group": "military"}
SWAPPED_NAMES: dict[Any, str] = {"soldiers": "fighters", "fighters": "soldiers"}


@given(stories())
@settings(max_examples=60)
def test_the_parties_exchanged_give_the_same_numbers(members):
    before, after = make_incident(members), make_incident([_swapped(m) for m in members])
    if before is None or after is None:
        assert before is after
        return
    numbers = [
        {(t.policy, t.outcome, t.low, t.best, t.high) for t in i.tallies} for i in (before, after)
    ]
    assert numbers[0] == numbers[1]
    assert before.status == after.status


def _swapped(member: Member) -> Member:
    names = {"defence ministry": "rebels", "rebels": "defence ministry"}
    claims = tuple(
        c.model_copy(
            update={
                "attribution": tuple(
                    s.model_copy(
                        update={
                            "source": names.get(s.source, s.source),
                            "kind": SWAPPED.get(s.kind, s.kind),
                        }
                    )
                    for s in c.attribution
                ),
                "figures": tuple(
                    f.model_copy(
                        update={
                            "group_kind": SWAPPED.get(f.group_kind, f.group_kind),
                            "group": SWAPPED_NAMES.get(f.group, f.group),
                        }
                    )
                    for f in c.figures
                ),
            }
        )
        for c in member.claims
    )
    return replace(member, claims=claims)
