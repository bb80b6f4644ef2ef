import dataclasses
import itertools
import random
import time
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.incidents.linking.cluster import (
    Decisions,
    cluster_component,
    connect_parts,
    find_links,
    make_pair,
)
from marsad.incidents.linking.likeness import compare_tellings
from marsad.incidents.linking.tellings import Telling, read_tellings
from tests.incidents.linking.conftest import DAY, GAZA, IZMIT, code, on

PEOPLE = ["Ansgar Tholvik", "Mirela Osztrowska", "Suhayla Qandil"]
SITES = ["Velna Stream", "Orvenholt depot", "Zeltweg Lane"]
PLACES = [GAZA, IZMIT, None]


@st.composite
def reports(draw):
    """Reports that tell of few people and places on few days, so that many are alike."""
    found = []
    for number in range(draw(st.integers(2, 9))):
        parts, lines = [], []
        for part in range(draw(st.integers(1, 2))):
            person, site = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(SITES))
            verb = f"attack{part}"
            lines.append(f"An {verb} at {site} killed {person}, 30, and others.")
            kind = draw(st.sampled_from(["attack", "air-strike", "arrest"]))
            values = {
                "place": draw(st.sampled_from(PLACES)),
                "when": on(DAY + timedelta(days=draw(st.integers(0, 2)))),
                "counts": {"killed": draw(st.integers(1, 6))},
            }
            if draw(st.integers(0, 4)) == 0:
                values["modality"] = "historical"
            parts.append((verb, kind, values))
        day = DAY + timedelta(days=draw(st.integers(0, 3)))
        found.append(code(f"r{number}", "\n".join(lines), *parts, published=day))
    return [telling for coded in found for telling in read_tellings(coded)]


def cluster_all(tellings, links, decisions):
    by_id = {t.id: t for t in tellings}
    return {
        cluster
        for part in connect_parts(by_id, links, decisions)
        for cluster in cluster_component([by_id[t] for t in sorted(part)], links, decisions)
    }


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(reports(), st.randoms(use_true_random=False))
def test_order_and_batches_of_arrival_change_nothing(tellings, rng):
    once = find_links(tellings, [])
    clusters = cluster_all(tellings, once, Decisions())
    shuffled = list(tellings)
    rng.shuffle(shuffled)
    links: dict[tuple[str, str], float] = {}
    known: list[Telling] = []
    while shuffled:
        size = rng.randint(1, len(shuffled))
        batch, shuffled = shuffled[:size], shuffled[size:]
        links |= find_links(batch, known)
        known += batch
    assert links == once
    assert cluster_all(known, links, Decisions()) == clusters


@SLOW
@given(reports())
def test_comparison_is_symmetric_and_tellings_survive_json(tellings):
    for a in tellings:
        assert type(a).from_json(a.to_json()) == a
        for b in tellings:
            assert compare_tellings(a, b) == compare_tellings(b, a)


@SLOW
@given(reports())
def test_two_tellings_of_one_report_are_never_joined_by_rule(tellings):
    report = {t.id: t.report_id for t in tellings}
    for cluster in cluster_all(tellings, find_links(tellings, []), Decisions()):
        assert len({report[t] for t in cluster}) == len(cluster)


@SLOW
@given(reports(), st.data())
def test_what_persons_decided_holds(tellings, data):
    ids = st.sampled_from(sorted(t.id for t in tellings))
    same = {make_pair(*data.draw(st.tuples(ids, ids)))}
    different = {make_pair(*data.draw(st.tuples(ids, ids)))} - same
    different = {(a, b) for a, b in different if a != b}
    decisions = Decisions(frozenset(same), frozenset(different))
    clusters = cluster_all(tellings, find_links(tellings, []), decisions)
    home = {t: cluster for cluster in clusters for t in cluster}
    assert all(home[a] is home[b] for a, b in same)
    assert all(home[a] is not home[b] for a, b in different)


def ambush(report_id, published=DAY, modality="asserted", person="Ansgar Tholvik"):
    text = f"Gunmen ambushed a patrol at Velna Stream, killing six. {person}, 24, was killed."
    values = {"place": IZMIT, "when": on(DAY), "counts": {"killed": 6}, "modality": modality}
    (telling,) = read_tellings(code(report_id, text, ("ambushed", "attack", values)))
    return dataclasses.replace(telling, published=published)


def test_a_background_telling_joins_an_incident_and_makes_none():
    a, b = ambush("a"), ambush("b")
    past = [ambush("c", modality="historical"), ambush("d", modality="historical")]
    tellings = [a, b, *past]
    links = find_links(tellings, [])
    assert cluster_all(tellings, links, Decisions()) == {frozenset(t.id for t in tellings)}
    alone = cluster_all(past, find_links(past, []), Decisions())
    assert alone == {frozenset({t.id}) for t in past}


def test_a_background_telling_does_not_bridge_two_incidents():
    a, past, b = ambush("a"), ambush("b", modality="historical"), ambush("c")
    links = {make_pair(a.id, past.id): 9.0, make_pair(past.id, b.id): 8.0}
    clusters = cluster_component([a, past, b], links, Decisions())
    assert clusters == sorted([frozenset({a.id, past.id}), frozenset({b.id})], key=min)


def test_a_split_holds_apart_what_a_third_telling_would_join():
    tellings = [ambush(r) for r in "abc"]
    a, b, _ = (t.id for t in tellings)
    decisions = Decisions(different=frozenset({make_pair(a, b)}))
    clusters = cluster_all(tellings, find_links(tellings, []), decisions)
    assert sorted(len(c) for c in clusters) == [1, 2]


def test_weak_links_do_not_chain():
    """Each is like the next, the ends are not alike: they do not all become one."""
    tellings = [ambush(f"r{n:02}") for n in range(10)]
    ids = [t.id for t in tellings]
    links = {make_pair(x, y): 1.5 for x, y in itertools.pairwise(ids)}
    clusters = cluster_component(tellings, links, Decisions())
    assert max(len(c) for c in clusters) == 2


def test_a_part_of_two_thousand_tellings_takes_seconds():
    template = ambush("x")
    tellings = [
        dataclasses.replace(template, id=f"t{n:04}", report_id=f"r{n:04}") for n in range(2000)
    ]
    rng = random.Random(1)
    ids = [t.id for t in tellings]
    links = {
        make_pair(ids[n], ids[m]): rng.uniform(-1, 9)
        for n in range(2000)
        for m in rng.sample(range(2000), 30)
        if n != m
    }
    started = time.perf_counter()
    cluster_component(tellings, links, Decisions())
    assert time.perf_counter() - started < 20
