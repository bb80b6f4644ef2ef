"""The review queue: what comes first, decisions by hand and by keys, answers given blind."""

import re

import pytest

from marsad.records import IncidentFilter
from marsad.workflow import decide
from tests.web.axe import overflow, serious_violations
from tests.web.conftest import NAMES
from tests.web.pair import desk_ledger, made_pair_ledger  # noqa: F401 - fixtures

EVERYTHING = IncidentFilter(status=("single-source", "corroborated", "contested", "discounted"))


def incidents(desk):
    return {i.id: i for i in desk.ledger.incidents(EVERYTHING)}


def pair_of(desk):
    """The two incidents near Beni, as the queue names them."""
    beni = [i for i in incidents(desk).values() if set(i.reports) & {"road-a", "road-b"}]
    return sorted(i.id for i in beni)


def item_of(desk):
    return f"same.{'.'.join(pair_of(desk))}"


def killed(desk, incident):
    found = desk.ledger.incident(incident).tallies
    return next(t.best for t in found if t.outcome == "killed" and t.group is None)


def decide_on(client, desk, kind, **more):
    one, other = pair_of(desk)
    form = {"kind": kind, "incident": one, "other": other, "back": "/review", **more}
    return client.post("/decisions", data=form)


def decision_of(response):
    assert response.status_code == 303, response.text
    return int(re.findall(r"done=(\d+)", response.headers["location"])[0])


def test_what_moves_the_totals_most_comes_first(client):
    page = client.get("/review").text
    scores = [float(s) for s in re.findall(r'queue-score"[^>]*>([\d.]+)<', page)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 12.5  # 25 dead whose killing is denied, even odds
    assert "25 killed hang on it" in page


def test_a_pair_says_what_becomes_of_the_totals(client, desk):
    page = client.get(f"/review?item={item_of(desk)}").text
    assert "If these two are one, killed falls by 14, from 30 to 16." in page
    assert '<mark class="differs">14</mark>' in page
    assert '<mark class="differs">16 or more</mark>' in page


def test_graphic_words_are_veiled_in_the_preview(client, desk):
    page = client.get(f"/review?item={item_of(desk)}").text
    assert "mutilated" not in page
    assert "[graphic words]" in page


def test_what_was_told_comes_true_when_they_are_merged_and_is_undone(client, desk):
    one, other = pair_of(desk)
    seq = decision_of(decide_on(client, desk, "merge", reason="one road, one night"))
    assert desk.ledger.incident(one).id == desk.ledger.incident(other).id
    assert killed(desk, one) == 16
    decision = desk.ledger.decision(seq)
    assert (decision.made_by, decision.reason) == (NAMES["coder"], "one road, one night")
    page = client.get(f"/review?done={seq}").text
    assert "one road, one night" in page
    assert f'action="/decisions/{seq}/undo"' in page
    assert client.post(f"/decisions/{seq}/undo", data={"back": "/review"}).status_code == 303
    assert pair_of(desk) == [one, other]


def test_kept_apart_the_pair_waits_no_more(client, desk):
    item, pair = item_of(desk), pair_of(desk)
    decision_of(decide_on(client, desk, "split"))
    assert pair_of(desk) == pair
    page = client.get(f"/review?item={item}").text
    assert "waits no more" in page
    assert item not in page.replace("waits no more", "")


def test_an_empty_reason_is_a_plain_one_but_a_rejection_needs_its_own(client, desk):
    seq = decision_of(decide_on(client, desk, "confirm", reason=" "))
    assert desk.ledger.decision(seq).reason == "read against its reports: it stands"
    refused = decide_on(client, desk, "reject", reason="")
    assert refused.status_code == 409
    assert "say why" in refused.text
    assert decision_of(decide_on(client, desk, "reject", reason="a drill")) > seq


def test_a_value_set_by_hand_stands(client, desk):
    one, _ = pair_of(desk)
    form = {"field": "killed", "value": "15-17", "reason": "hospital list"}
    decision_of(decide_on(client, desk, "set", **form))
    assert killed(desk, one) == 16
    refused = decide_on(client, desk, "set", **(form | {"value": "many"}))
    assert refused.status_code == 409
    assert "&#39;many&#39; is no number" in refused.text


def test_what_another_person_changed_meanwhile_is_not_decided_about(client, desk):
    seen = desk.ledger.account_end()
    one, _ = pair_of(desk)
    decide.set_value(desk.ledger, one, "killed", "15", "Rana", "a list")
    before = desk.ledger.end()
    for kind in ("merge", "split", "confirm", "reject", "set"):
        form = {"field": "killed", "value": "9", "reason": "so"}
        refused = decide_on(client, desk, kind, seen=str(seen), **form)
        assert refused.status_code == 409
        assert "changed while you looked" in refused.text
        assert "Rana (set)" in refused.text
    assert desk.ledger.end() == before
    decision_of(decide_on(client, desk, "merge", seen=str(desk.ledger.account_end())))


def test_an_incident_that_went_into_another_meanwhile_is_not_decided_about(client, desk):
    one, other = pair_of(desk)
    seen = desk.ledger.account_end()
    decide.merge(desk.ledger, [one, other], "Rana", "the same")
    form = {"kind": "confirm", "seen": str(seen), "reason": "so"}
    for incident in (one, other):
        assert client.post("/decisions", data=form | {"incident": incident}).status_code == 409


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "merge"},
        {"kind": "merge", "incident": "incident-0000000000000000", "other": "x"},
        {"kind": "burn", "incident": "i"},
        {"kind": "set", "incident": "{one}", "field": "id", "value": "x", "reason": "y"},
        {"kind": "merge", "incident": "{one}", "other": "{one}"},
        {"kind": "split", "incident": "{one}", "other": "no-such-report"},
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_kept(client, desk, form):
    one, _ = pair_of(desk)
    before = desk.ledger.end()
    sent = {key: value.replace("{one}", one) for key, value in form.items()}
    answer = client.post("/decisions", data=sent | {"back": "https://elsewhere.example/"})
    assert answer.status_code == 409
    assert "elsewhere.example" not in answer.text
    assert desk.ledger.end() == before


@pytest.mark.parametrize("seq", [1, 10**6])
def test_what_is_no_decision_cannot_be_undone(client, seq):
    assert client.post(f"/decisions/{seq}/undo", data={}).status_code == 409


# Blind


def answer(client, desk, said, key=None):
    form = {"item_kind": "pair", "item_key": key or "|".join(pair_of(desk)), "answer": said}
    return client.post("/review/blind", data=form)


def test_nobody_sees_an_answer_before_giving_their_own(client_as, desk):
    first, second = client_as("coder"), client_as("admin")
    assert answer(first, desk, "same").status_code == 303
    page = second.get("/review/blind").text
    assert pair_of(desk)[0] in page  # what another has answered comes first, without the answer
    assert NAMES["coder"] not in page
    told = second.get("/review/agreement").text
    assert NAMES["coder"] not in told
    answer(second, desk, "different")
    told = second.get("/review/agreement").text
    assert f"{NAMES['coder']}</bdi>: one event" in told
    assert f"{NAMES['admin']}</bdi>: two events" in told
    assert f"/review?item={item_of(desk)}" in told


def test_a_disagreement_is_hidden_from_who_has_not_answered(client_as, desk):
    desk.blind_answers.give("Ben", "pair", "|".join(pair_of(desk)), "same")
    desk.blind_answers.give("Cem", "pair", "|".join(pair_of(desk)), "different")
    told = client_as("coder").get("/review/agreement").text
    assert "Answered otherwise" in told
    assert "one event" not in told
    assert "1 more is shown when you have answered it too" in told


def test_agreement_is_told_with_its_number_and_what_it_means(client_as, desk):
    ids = sorted(incidents(desk))
    for number, key in enumerate(ids[:4]):
        desk.blind_answers.give("Ben", "incident", key, "stands" if number else "reject")
        desk.blind_answers.give("Cem", "incident", key, "stands" if number > 1 else "reject")
    told = client_as("coder").get("/review/agreement").text
    assert "Cohen&#39;s kappa" in told
    assert '<td class="num">0.50</td><td class="num">4</td>' in told
    assert "3 of 4 answered alike: moderate agreement; 4 is few" in told


@pytest.mark.parametrize(
    ("said", "key"),
    [("perhaps", None), ("same", "x|y"), ("same", "incident-0000000000000000")],
)
def test_only_answers_about_things_are_taken(client, desk, said, key):
    assert answer(client, desk, said, key).status_code == 400
    assert desk.blind_answers.of_kind("pair") == []


# In a browser


def test_a_pair_is_merged_and_undone_by_keys_alone(open_page, served):
    desk, pair = served.desk, pair_of(served.desk)
    page = open_page("coder", "/review")
    assert page.locator("#item-title").inner_text().startswith("Disputed")
    page.keyboard.press("j")
    page.wait_for_url("**item=same.*")
    page.keyboard.press("m")
    page.wait_for_url("**done=*")
    assert desk.ledger.incident(pair[0]).id == desk.ledger.incident(pair[1]).id
    assert "killed 14 → 16" in page.locator(".moves").inner_text().replace("killed: ", "killed ")
    page.keyboard.press("u")
    page.locator(".note-warn", has_text="taken back").wait_for()
    assert pair_of(desk) == pair


def test_to_count_it_no_more_a_reason_is_asked_for_and_enter_decides(open_page, served):
    page = open_page("coder", "/review")
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.name") == "reason"
    before = served.desk.ledger.end()
    page.keyboard.press("Enter")
    assert served.desk.ledger.end() == before
    page.keyboard.type("x marks nothing while one types")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    (rejected,) = [d for d in served.desk.ledger.decisions() if d.kind == "reject"]
    assert rejected.reason == "x marks nothing while one types"


def test_blind_answers_are_given_by_keys(open_page, served):
    page = open_page("coder", "/review/blind")
    page.keyboard.press("2")
    page.wait_for_url("**saved=1")
    assert len(served.desk.blind_answers.by(NAMES["coder"])) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_is_accessible_and_fits_a_phone(open_page, served, scheme):
    page = open_page("coder", f"/review?item={item_of(served.desk)}", color_scheme=scheme)
    assert serious_violations(page) == []
    page.goto("/review/blind")
    assert serious_violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/review", "/review/blind", "/review/agreement"):
        page.goto(path)
        assert overflow(page) <= 0
