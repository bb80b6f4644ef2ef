"""Each set's judge, on rows and answers made by hand: no model, no public data."""

from datetime import date

import pytest

from evaluation.base import DataError, Range, read_rows
from evaluation.crosswalk import Reading
from evaluation.metrics import Counts
from evaluation.muc_fills import Number, Template, read_gold, score_slots
from evaluation.sets.airwars import Airwars, Strike
from evaluation.sets.case2021 import Case2021
from evaluation.sets.event_location import Choice, EventLocation
from evaluation.sets.groups import read_groups
from evaluation.sets.gva import Gva, Shooting
from evaluation.sets.plover import Plover
from evaluation.sets.polnear import Attribution, Polnear
from evaluation.sets.sample import Event, Sample
from evaluation.sets.toponyms import Name, Toponyms

HIT, MISS = Counts(tp=1.0), Counts(fn=1.0)


def _gva_row(**gold):
    base = {
        "date": "March 4, 2017",
        "state": "Ohio",
        "city_or_county": "No Such City",
        "num_killed": 1,
        "num_injured": 0,
    }
    return {"id": 1, "text": "x", "gold": base | gold}


def test_gva_counts_an_empty_answer_as_nobody_harmed():
    marks = Gva().judge(_gva_row(), None).marks
    assert marks["killed exact"] == MISS
    assert marks["injured exact"] == HIT


def test_gva_asks_for_the_harmed_only_where_anybody_was():
    assert "injured exact, where anybody was" not in Gva().judge(_gva_row(), None).marks


def test_gva_wants_the_very_day():
    day = date(2017, 3, 4)
    assert Gva().judge(_gva_row(), Shooting(1, 0, day, day)).marks["exact day"] == HIT
    wider = Shooting(1, 0, day, date(2017, 3, 5))
    assert Gva().judge(_gva_row(), wider).marks["exact day"] == MISS


def test_gva_leaves_out_a_city_the_gazetteer_does_not_list(monkeypatch):
    monkeypatch.setattr("evaluation.sets.gva._city_points", lambda city, state: ())
    assert "city within 25 km" not in Gva().judge(_gva_row(), None).marks


def _airwars_row(killed, injured=None):
    gold = {"killed": killed, "injured": injured, "lat": 31.5, "lon": 34.45}
    return {"id": 1, "text": "x", "gold": gold}


def test_airwars_takes_an_open_number_as_its_own_top():
    answer = Strike(killed=Range(5, 5, None), point=(31.5, 34.45))
    marks = Airwars().judge(_airwars_row([5, 5]), answer).marks
    assert (marks["killed low exact"], marks["killed high exact"]) == (HIT, HIT)
    assert marks["median distance, where placed"] == pytest.approx(0)


def test_airwars_measures_only_what_the_gold_has():
    assert "injured low exact" not in Airwars().judge(_airwars_row([5, 5]), None).marks


def _places(text, *names):
    return {
        "id": 1,
        "text": text,
        "gold": {
            "toponyms": [
                {
                    "start": text.index(n),
                    "end": text.index(n) + len(n),
                    "phrase": n,
                    "lat": 48.85,
                    "lon": 2.35,
                    "name": n,
                    "geonameid": "1",
                }
                for n in names
            ]
        },
    }


TOPONYMS = Toponyms("trnews", "trnews.jsonl", 0.0, 0.0)


def test_adjectives_count_on_neither_side():
    row = _places("The French left Paris.", "French", "Paris")
    answer = [Name(4, 10, "France", (46.0, 2.0)), Name(16, 21, "Paris", (48.85, 2.35))]
    assert TOPONYMS.judge(row, answer).marks["recognition F1, overlap"] == Counts(tp=1)


def test_a_wider_span_overlaps_but_is_not_exact():
    row = _places("In Paris there.", "Paris")
    marks = TOPONYMS.judge(row, [Name(0, 8, "Paris", (48.85, 2.35))]).marks
    assert marks["recognition F1, overlap"] == Counts(tp=1)
    assert marks["recognition F1, exact span"] == Counts(fp=1, fn=1)


def test_the_same_entry_elsewhere_is_wrong_by_distance_only():
    row = _places("In Paris there.", "Paris")
    marks = TOPONYMS.judge(row, [Name(3, 8, "Paris", (33.66, -95.55), geonameid=1)]).marks
    assert marks["resolved within 161 km, of all"] == MISS
    assert marks["same entry or within 161 km, of all"] == HIT


def _verb_row(*locations):
    text = "Rebels shelled Arda and Brin, officials in Cora said."
    return {
        "id": 1,
        "text": text,
        "gold": {
            "verb": [{"start": 7, "end": 14, "text": "shelled"}],
            "locations": [{"start": a, "end": b, "text": text[a:b]} for a, b in locations],
        },
    }


def test_every_place_of_the_verb_is_wanted_and_no_other():
    row = _verb_row((15, 19), (24, 28))
    judge = EventLocation().judge
    assert judge(row, Choice(((15, 19), (24, 28)))).marks["exact places of the verb"] == HIT
    assert judge(row, Choice(((15, 19),))).marks["exact places of the verb"] == MISS
    assert judge(row, Choice(((15, 19),))).marks["any right place, where one is marked"] == HIT


def test_no_place_is_the_answer_where_none_is_marked():
    marks = EventLocation().judge(_verb_row(), None).marks
    assert marks["none given, where none is marked"] == HIT


def test_a_stray_click_is_no_gold():
    with pytest.raises(ValueError, match="stray"):
        EventLocation().judge(_verb_row((3, 4)), None)


def _attribution(source, cue, content):
    parts = {"source": source, "cue": cue, "content": content}
    return {k: [{"role": k, "spans": [list(v)]}] for k, v in parts.items() if v}


def test_attributions_without_a_source_are_left_out_on_both_sides():
    gold = [_attribution((0, 3), (4, 8), (9, 20)), _attribution(None, (30, 34), (35, 50))]
    row = {"id": 1, "text": "x" * 60, "gold": {"attributions": gold}}
    found = [
        Attribution(((0, 3),), ((4, 8),), ((9, 20),)),
        Attribution(((25, 28),), ((30, 34),), ((35, 50),)),
    ]
    for mark in Polnear().judge(row, found).marks.values():
        assert mark == Counts(tp=1)


def test_content_must_share_a_half():
    gold = [_attribution((0, 3), (4, 8), (9, 49))]
    row = {"id": 1, "text": "x" * 60, "gold": {"attributions": gold}}
    found = [Attribution(((0, 3),), ((4, 8),), ((9, 19),))]
    marks = Polnear().judge(row, found).marks
    assert marks["content F1, half or more shared"] == Counts(fp=1, fn=1)
    assert marks["source F1, overlap"] == Counts(tp=1)


def test_uncoded_labels_count_in_the_whole_only():
    row = {"id": 1, "text": "x", "gold": {"event_type": "NATURAL_DISASTER"}}
    assert list(Case2021().judge(row, []).marks) == ["weighted F1, 30 types"]


def test_fight_and_assault_are_one():
    row = {"id": 1, "text": "x", "gold": {"event": "FIGHT", "mode": None}}
    marks = Plover().judge(row, [Reading("shelling")]).marks
    assert marks["accuracy on conflict types"] == HIT


def test_planned_conflict_in_talk_is_no_false_incident():
    row = {"id": 1, "text": "x", "gold": {"event": "DEMAND", "mode": None}}
    planned = [Reading("attack", modality="planned", in_incident=False)]
    assert Plover().judge(row, planned).marks["no incident of conflict in talk"] == HIT
    assert Plover().judge(row, [Reading("attack")]).marks["no incident of conflict in talk"] == MISS


def _fill(*alternatives, optional=False):
    return {"alts": list(alternatives), "optional": optional, "of": None}


def _muc_row(**slots):
    template = {
        "template_optional": False,
        "type": [_fill("BOMBING")],
        "date": [_fill("- 13 NOV 89")],
        "location": [_fill("EL SALVADOR: USULUTAN (DEPARTMENT): JUCUARAN (TOWN)")],
        "hum_number": [_fill("PLURAL"), _fill("2")],
        "hum_effect": [_fill("DEATH")],
        "perp_org": [_fill("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "FMLN")],
    } | slots
    return {"id": 1, "text": "x", "gold": {"templates": [template]}}


def test_a_template_is_read_with_its_conventions():
    (gold,) = read_gold(_muc_row())
    assert (gold.open_before, gold.last) == (True, date(1989, 11, 13))
    assert (gold.country, gold.place) == ("EL SALVADOR", ("JUCUARAN", "USULUTAN"))
    assert gold.numbers == ((Number(None, None),), (Number(2, 2),))


def test_partial_agreement_counts_a_half():
    found = Template(
        types=("BOMBING",),
        first=date(1989, 11, 10),
        last=date(1989, 11, 10),
        place=("Usulután",),
        country="EL SALVADOR",
        numbers=(Number(2, 2),),
        effects=("DEATH",),
        organisations=(("Farabundo Martí National Liberation Front",),),
    )
    matched = score_slots(read_gold(_muc_row()), [found]).matched
    assert matched["type"] == Counts(tp=1)
    assert matched["date"].tp == matched["location"].tp == 0.5
    assert matched["victims' number"] == Counts(tp=1, fn=1)
    assert matched["perpetrator organisation"] == Counts(tp=1)


def test_an_optional_template_that_nobody_gives_costs_nothing():
    scored = score_slots(read_gold(_muc_row(template_optional=True)), [])
    assert all(counts == Counts() for counts in scored.matched.values())


def test_a_spurious_template_costs_all_its_fills():
    scored = score_slots([], [Template(types=("ATTACK",), effects=("DEATH", "DEATH"))])
    assert scored.spurious["type"] == Counts(fp=1)
    assert scored.spurious["effect on victims"] == Counts(fp=2)


def test_a_trap_is_clean_without_incidents_only():
    row = {"id": 1, "text": "x", "gold": {"incidents": []}}
    assert Sample().judge(row, []).marks["traps clean"] == HIT
    assert Sample().judge(row, [Event("attack")]).marks["traps clean"] == MISS


def test_of_two_incidents_of_a_kind_the_one_in_the_right_place_is_compared():
    gold = {"event_types": ["attack"], "place": "Brin", "date": "2020-01-02", "killed": [3, 3]}
    row = {"id": 1, "text": "x", "gold": {"incidents": [gold]}}
    day = date(2020, 1, 2)
    found = [
        Event("attack", "Arda", day, day, (("killed", Range(9, 9, 9)),)),
        Event("attack", "Brin", day, day, (("killed", Range(3, 3, 3)),)),
    ]
    marks = Sample().judge(row, found).marks
    assert marks["incidents F1"] == Counts(tp=1, fp=1)
    assert marks["numbers of found incidents"] == HIT


def test_groupings_are_read_from_tabs_and_json(tmp_path):
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.tsv"
    gold.write_text('{"id": "a", "gold": {"incident_id": 7}}\n{"id": "b", "gold": "8"}\n')
    found.write_text("a\tx\nb\tx\n")
    assert [(r["gold"], r["found"]) for r in read_groups(gold, found)] == [("7", "x"), ("8", "x")]


def test_groupings_over_other_ids_are_refused(tmp_path):
    gold, found = tmp_path / "gold.tsv", tmp_path / "found.tsv"
    gold.write_text("a\t1\n")
    found.write_text("b\t1\n")
    with pytest.raises(DataError, match="'a'"):
        read_groups(gold, found)


@pytest.mark.parametrize("line", ["not json", "[1]", '{"id": 1}', '{"id": 1, "text": null}'])
def test_a_line_that_is_no_row_is_named(tmp_path, line):
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"id": 1, "text": "x"}}\n{line}\n')
    with pytest.raises(DataError, match="line 2"):
        read_rows(path)
