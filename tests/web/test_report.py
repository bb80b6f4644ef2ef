"""A report's page: its words and what was read from them; claims added, and marked wrong."""

import re
from datetime import UTC, datetime

import pytest

from marsad.records import CodedReport, Evidence, IncidentFilter, Report
from marsad.store.entries import CoderName, Receipt
from marsad.store.verify import verify
from marsad.workflow.ingest import keep_coded
from tests.web.axe import overflow, serious_violations
from tests.web.conftest import NAMES

CODER = CoderName("test", "1" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
# Words in two directions, signs of several code points, and signs that nobody sees.
MIXED = (
    "Doctors\u200b in Wadi 👩‍👩‍👧 Hamra said \u202eevil\u202c this.\n"
    "قال الأطباء إن القصف قتل تسعة أشخاص 🇸🇾 في السوق. cafe\u0301 owner hurt, they said."
)


def keep_report(desk, **values):
    made = {"id": "mixed", "outlet": "Valley Post", "published": "2025-03-05", "text": MIXED}
    report = Report(**(made | values))
    keep_coded(desk.ledger, CODER, CodedReport(report=report), RECEIPT)
    return report


def ambush(desk):
    """The example's page, which tells of most."""
    return next(r.coded for r in desk.ledger.readings() if len(r.coded.claims) > 20)


def killed_claim(desk):
    return next(c for c in ambush(desk).claims if any(f.low == 14 for f in c.figures))


def draft(desk, report="mixed", **more):
    version = desk.ledger.reports([report])[report].seq
    form = {"version": str(version), "what_words": "القصف", "event_type": "shelling"}
    return form | {"reason": "the coder reads no Arabic"} | more


def test_every_evidence_is_marked_and_leads_to_its_claim(client, desk):
    coded = ambush(desk)
    page = client.get(f"/reports/{coded.report.id}?names=1").text
    assert len(re.findall(r'class="card claim', page)) == len(coded.claims)
    for claim in coded.claims:
        assert f'id="{claim.id}"' in page
        assert f'id="e{claim.trigger.start}-{claim.trigger.end}"' in page
        assert f'href="#{claim.id}"' in page
    for kind in ("what", "who", "where", "when", "many", "says"):
        assert f'<mark class="{kind}' in page
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))


def test_private_names_are_shown_only_where_asked_for(client, desk):
    path = f"/reports/{ambush(desk).report.id}"
    withheld, shown = client.get(path).text, client.get(f"{path}?names=1").text
    assert "[name withheld]" in withheld
    name = next(
        p.name
        for c in ambush(desk).claims
        for p in c.participants
        if "Hassan" in p.name and p.name.istitle()
    )
    assert name in shown
    assert name not in withheld


def test_times_stand_in_the_readers_zone_with_the_original_beside(client, desk):
    page = client.get(f"/reports/{ambush(desk).report.id}").text
    assert '<time datetime="2024-12-26T18:40:00+03:00" data-local>' in page
    assert "(as published: 2024-12-26 18:40 UTC+03:00)" in page


def test_a_report_goes_by_any_id(client, desk):
    keep_report(desk, id="https://news.example/a?b=1#c&d=<x>")
    page = client.get("/reports/https%3A//news.example/a%3Fb%3D1%23c%26d%3D%3Cx%3E")
    assert page.status_code == 200
    assert "<x>" not in page.text
    assert client.get("/reports/no-such-report").status_code == 404


def test_earlier_versions_are_shown_as_they_were(client, desk):
    first = keep_report(desk, text="The first text said nine.")
    keep_report(desk, text="The second text says eight.")
    page = client.get("/reports/mixed").text
    assert "second text" in page
    (seq,) = set(re.findall(r"\?version=(\d+)", page))
    earlier = client.get(f"/reports/mixed?version={seq}").text
    assert first.text in earlier
    assert "took the place of this one" in earlier
    assert client.get("/reports/mixed?version=1").status_code == 404


def test_a_viewer_reads_and_has_no_forms(client_as, desk):
    page = client_as("viewer").get(f"/reports/{ambush(desk).report.id}").text
    assert "claims read here" in page
    assert "Mark wrong" not in page
    assert 'id="add-claim"' not in page


# A claim marked wrong


def test_a_claim_marked_wrong_counts_no_more_and_comes_back(client, desk):
    claim = killed_claim(desk)
    (incident,) = set(desk.ledger.incidents_of_claim(claim.id))
    before = desk.ledger.incident(incident)
    form = {"kind": "reject", "incident": claim.id, "back": f"/reports/{claim.report_id}"}
    assert client.post("/decisions", data=form).status_code == 409  # it needs a reason
    done = client.post("/decisions", data=form | {"reason": "the words speak of <another> day"})
    assert done.status_code == 303
    page = client.get(done.headers["location"]).text
    assert "marked wrong" in page
    assert "the words speak of &lt;another&gt; day" in page
    assert claim.id not in desk.ledger.incident(incident).claims
    seq = re.findall(r"done=(\d+)", done.headers["location"])[0]
    client.post(f"/decisions/{seq}/undo", data={"reason": "it is that day"})
    after = desk.ledger.incident(incident)
    assert (after.claims, after.tallies) == (before.claims, before.tallies)


# A claim added


def test_words_that_stand_once_are_found_without_a_script(client, desk):
    keep_report(desk)
    figure = {"many1_words": "تسعة أشخاص", "many1_outcome": "killed", "many1_count": "9"}
    place = {"place": "Saraqib@35.86,36.8/town/SYR", "where_words": "في السوق"}
    answer = client.post("/reports/mixed/claims", data=draft(desk, **figure, **place))
    assert answer.status_code == 303, answer.text
    (added,) = desk.ledger.added("mixed")
    assert answer.headers["location"].endswith(f"#{added.claim.id}")
    assert added.decision.made_by == NAMES["coder"]
    assert added.claim.place.name == "Saraqib"
    page = client.get(answer.headers["location"]).text
    assert "added by hand" in page
    assert "the coder reads no Arabic" in page
    (incident,) = desk.ledger.incidents(IncidentFilter(place="Saraqib"))
    assert next(t.best for t in incident.tallies if t.outcome == "killed") == 9
    assert verify(desk.ledger.database).fault is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"what_words": ""}, "select the words"),
        ({"what_words": "said"}, "stand 2 times"),
        ({"what_words": "<script>"}, "do not stand"),
        ({"event_type": "party"}, "choose the kind of event"),
        ({"many1_words": "تسعة"}, "a figure needs both"),
        ({"when_words": "this", "when_value": "soon"}, "is no day"),
        ({"place": "Nowhere-at-all-in-Xyzzy"}, "no place called"),
        ({"what_start": "5", "what_end": "9"}, "was selected"),
        ({"version": "1"}, "another text since"),
        ({"version": "x"}, "Load the page again"),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_stays(client, desk, more, says):
    keep_report(desk)
    before = desk.ledger.end()
    answer = client.post("/reports/mixed/claims", data=draft(desk, **more))
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="the coder reads no Arabic"' in answer.text
    assert "<script>" not in answer.text
    assert desk.ledger.end() == before


def test_of_several_places_of_one_name_the_person_chooses(client, desk):
    keep_report(desk)
    asked = client.post("/reports/mixed/claims", data=draft(desk, place="San Antonio"))
    assert asked.status_code == 422
    values = re.findall(r'name="place_choice" value="([^"]+)"', asked.text)
    assert len(values) > 1
    chosen = draft(desk, place="San Antonio", place_choice=values[1])
    assert client.post("/reports/mixed/claims", data=chosen).status_code == 303
    assert desk.ledger.added("mixed")[0].claim.place.name == "San Antonio"


def test_a_claim_on_an_earlier_version_is_not_forgotten_silently(client, desk):
    keep_report(desk)
    client.post("/reports/mixed/claims", data=draft(desk))
    keep_report(desk, text="Corrected. " + MIXED)
    page = client.get("/reports/mixed").text
    assert "it counts for nothing" in page
    assert NAMES["coder"] in page


# Hostile reports


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>\"'>{{7*7}}"
    "\u202egnp.exe\u202c\u2066\u0000\x1b[31m\ufeff</textarea></title><a href=javascript:alert(4)>"
)


def hostile(desk, **more):
    values = {
        "id": "bad",
        "url": "javascript:alert(5)//https://x.example/" + HOSTILE[:30],
        "outlet": "Daily " + HOSTILE,
        "title": "Title " + HOSTILE,
        "authors": (HOSTILE,),
        "dateline": HOSTILE,
        "text": HOSTILE + "\n" + "W" * 1_000_000 + "\n" + HOSTILE,
        "captions": ({"text": HOSTILE, "credit": HOSTILE},),
    }
    return keep_report(desk, **(values | more))


def test_a_hostile_report_is_text_everywhere(client, desk):
    hostile(desk)
    typed = "".join(sign for sign in HOSTILE if sign.isprintable())
    form = {"version": "1", "what_words": typed, "event_type": typed, "reason": typed}
    pages = [
        client.get("/reports/bad?names=1&all=1").text,
        client.get("/reports/bad").text,
        client.post("/reports/bad/claims", data=form).text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert not re.search(r"<(?:img|svg) [^>]*on\w+=", page)
        assert 'href="javascript' not in page
        assert not set(page) & set("\u202e\u2066\x00\x1b\ufeff")
        assert "{{7*7}}" in page
    assert "no web address, so no link" in pages[0]
    assert "W" * 1_000_000 in pages[0]
    assert "Show all of it" in pages[1]


def test_a_hostile_report_runs_nothing_and_widens_nothing(open_page, served):
    hostile(served.desk, text=HOSTILE + "\n" + "W" * 20_000 + "\nالسلام " + HOSTILE)
    for width in (1280, 390):
        page = open_page("coder", "/reports/bad", width=width)
        assert page.title().startswith("Title <script>alert(1)")
        assert overflow(page) <= 0


# In a browser


def select(page, words):
    """Select these words with the mouse's end result: a range over the text's nodes."""
    page.evaluate(
        """(words) => {
          const body = document.querySelector("[data-report-text]");
          const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          const nodes = [];
          let text = "";
          while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]);
            text += walker.currentNode.data; }
          const start = text.indexOf(words), end = start + words.length;
          const at = (place, isEnd) => nodes.findLast(([from, node]) =>
            isEnd ? from < place : from <= place && node.data.length);
          const range = document.createRange();
          const [a, first] = at(start, false), [b, last] = at(end, true);
          range.setStart(first, start - a);
          range.setEnd(last, end - b);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )


@pytest.mark.parametrize(
    "words",
    ["القصف", "تسعة أشخاص", "🇸🇾 في السوق", "👩‍👩‍👧 Hamra", "cafe\u0301 owner", "evil", "this"],
)
def test_selected_words_become_evidence_at_their_place(open_page, served, words):
    keep_report(served.desk)
    page = open_page("coder", "/reports/mixed")
    select(page, words)
    page.locator('#selection-bar [data-slot="what"]').click()
    page.select_option("[name=event_type]", "attack")
    page.click("text=Keep the claim")
    page.wait_for_url("**done=*")
    (added,) = served.desk.ledger.added("mixed")
    assert added.claim.trigger == Evidence(
        report_id="mixed",
        start=MIXED.index(words),
        end=MIXED.index(words) + len(words),
        quote=words,
    )


def test_a_whole_claim_is_selected_in_the_example(open_page, served):
    coded = ambush(served.desk)
    before = len(coded.claims)
    page = open_page("coder", f"/reports/{coded.report.id}")
    for words, slot in (("stopped the vehicles", "what"), ("armed villagers", "by")):
        select(page, words)
        page.locator(f'#selection-bar [data-slot="{slot}"]').click()
    select(page, "no fewer than three of the gunmen")
    page.locator('#selection-bar [data-slot="many1"]').click()
    page.fill("[name=many1_count]", "3+")
    page.select_option("[name=event_type]", "attack")
    page.click("text=Keep the claim")
    page.wait_for_url("**done=*#claim-*")
    assert page.locator(".claim.on", has_text="added by hand").count() == 1
    assert page.locator("[data-claim]").count() == before + 1
    (added,) = served.desk.ledger.added(coded.report.id)
    assert [f.evidence.quote for f in added.claim.figures] == ["no fewer than three of the gunmen"]
    assert (added.claim.figures[0].low, added.claim.figures[0].high) == (3, None)
    assert [p.name for p in added.claim.participants] == ["armed villagers"]


def test_marks_show_their_claim_to_mouse_and_keyboard(open_page, served):
    page = open_page("viewer", f"/reports/{ambush(served.desk).report.id}")
    mark = page.locator("a.m", has_text="ambush").first
    mark.hover()
    assert "Armed clash" in page.locator("#claim-peek").inner_text()
    assert page.locator(".claim.on").count() >= 1
    page.mouse.move(0, 0)
    page.locator("#claim-peek").wait_for(state="hidden")
    mark.focus()
    assert page.locator("#claim-peek").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**#claim-*")
    linked = int(page.evaluate("document.activeElement.dataset.claim"))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.claim") == str(linked + 1)


def test_a_tap_leads_to_the_claim_on_a_phone(open_page, served):
    path = f"/reports/{ambush(served.desk).report.id}"
    page = open_page("coder", path, width=390, height=844, has_touch=True, is_mobile=True)
    page.locator("a.m", has_text="ambush").first.tap()
    page.wait_for_url("**#claim-*")
    assert overflow(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(open_page, served, scheme):
    path = f"/reports/{ambush(served.desk).report.id}"
    page = open_page("coder", path, color_scheme=scheme)
    page.locator("#add-claim summary").click()
    page.locator(".wrong-form summary").first.click()
    assert serious_violations(page) == []
