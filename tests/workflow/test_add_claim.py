"""What a person reads in a report counts, keeps its words, and can be taken back."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from marsad.errors import DecisionError, StaleDecision
from marsad.incidents.assemble import assemble_incidents
from marsad.records import CodedReport, IncidentFilter, Place, Report
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.store.verify import verify
from marsad.workflow import decide
from marsad.workflow.add_claim import (
    ClaimDraft,
    FigureDraft,
    PartyDraft,
    SourceDraft,
    Words,
    add_claim,
    make_claim,
)
from marsad.workflow.ingest import keep_coded
from marsad.workflow.rebuild import rebuild

CODER, OTHER_CODER = CoderName("test", "1" * 64), CoderName("test 2", "2" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
BY, WHY = "Lina Barakat", "the coder reads no Arabic"
TEXT = (
    "A quiet week, officials said.\n"
    "Shells hit the market of Wadi Hamra on Tuesday 👩‍👩‍👧, killing nine people, the clinic said. "
    "قتل تسعة أشخاص."
)


def words(quote, text=TEXT):
    start = text.index(quote)
    return Words(start, start + len(quote), quote)


def make_report(text=TEXT, key="wadi"):
    return Report(
        id=key,
        outlet="The Valley Post",
        title="A week",
        published="2025-03-05",
        language="en",
        text=text,
    )


@pytest.fixture
def ledger(database):
    kept = Ledger(database)
    keep_coded(kept, CODER, CodedReport(report=make_report()), RECEIPT)
    return kept


@pytest.fixture
def draft(ledger):
    return ClaimDraft(
        report="wadi",
        version=ledger.reports(["wadi"])["wadi"].seq,
        event_type="shelling",
        trigger=words("Shells hit"),
        when="2025-03-04",
        when_words=words("on Tuesday"),
        figures=(FigureDraft("killed", "9", words("nine people"), "people"),),
        parties=(PartyDraft("recipient", "civilian", words("nine people")),),
        sources=(SourceDraft("medical", words("the clinic")),),
    )


def incidents(ledger):
    return list(ledger.incidents(IncidentFilter()))


def number_of(decided):
    return decided.decision.seq


def killed(incident):
    rows = [t for t in incident.tallies if t.outcome == "killed" and t.group is None]
    return {t.best for t in rows if t.policy == "latest-credible"}


def test_an_added_claim_makes_an_incident_with_its_figure_and_who_says_so(ledger, draft):
    decided = add_claim(ledger, draft, BY, WHY)
    (incident,) = incidents(ledger)
    assert incident.event_type == "shelling"
    assert killed(incident) == {9}
    assert incident.when.start.isoformat() == "2025-03-04"
    assert [o.source for o in incident.origins] == ["the clinic"]
    assert decided.changes[0].cause.by == BY
    assert decided.changes[0].cause.decision == "add"


def test_every_word_of_it_stands_in_the_report(ledger, draft):
    add_claim(ledger, draft, BY, WHY)
    claim = ledger.added("wadi")[0].claim
    quoted = json.loads(claim.model_dump_json())
    spans = [quoted["trigger"], *quoted["evidence"], quoted["when"]["evidence"]]
    assert all(TEXT[e["start"] : e["end"]] == e["quote"] for e in spans)
    assert claim.evidence[0].quote.startswith("Shells hit")
    assert claim.evidence[0].quote.endswith("the clinic said.")
    assert verify(ledger.database).fault is None


def test_undoing_it_leaves_the_account_as_it_was(ledger, draft):
    decided = add_claim(ledger, draft, BY, WHY)
    decide.undo(ledger, number_of(decided), BY, "misread")
    assert incidents(ledger) == []
    assert ledger.added("wadi") == []
    assert [a.decision.seq for a in ledger.added("wadi", undone=True)] == [decided.decision.seq]


def test_a_rebuild_gives_the_same_account(ledger, draft):
    decided = add_claim(ledger, draft, BY, WHY)
    before = incidents(ledger), list(ledger.changes())
    rebuild(ledger)
    assert (incidents(ledger), list(ledger.changes())) == before
    decide.undo(ledger, number_of(decided), BY, "misread")
    rebuild(ledger)
    assert incidents(ledger) == []
    assert verify(ledger.database).stale is None


def test_it_outlives_a_new_coder(ledger, draft):
    add_claim(ledger, draft, BY, WHY)
    keep_coded(ledger, OTHER_CODER, CodedReport(report=make_report()), RECEIPT)
    assert killed(incidents(ledger)[0]) == {9}
    assert [c.version for c in ledger.coders()] == ["test", "test 2"]
    rebuild(ledger)
    assert killed(incidents(ledger)[0]) == {9}


def test_a_report_that_no_coder_could_read_takes_claims_too(ledger, draft):
    report = make_report("انفجار في السوق أدى إلى مقتل سبعة.", "arabic")
    ledger.keep_failure(report, CODER, RECEIPT, "no language of ours")
    add_claim(
        ledger,
        replace(
            draft,
            report="arabic",
            version=ledger.reports(["arabic"])["arabic"].seq,
            event_type="remote-explosive",
            trigger=words("انفجار", report.text),
            when_words=None,
            figures=(FigureDraft("killed", "7", words("سبعة", report.text)),),
            parties=(),
            sources=(),
        ),
        BY,
        WHY,
    )
    assert killed(incidents(ledger)[0]) == {7}
    rebuild(ledger)
    assert killed(incidents(ledger)[0]) == {7}


def test_in_a_new_version_it_counts_only_where_its_words_stand(ledger, draft):
    add_claim(ledger, draft, BY, WHY)
    appended = TEXT + "\nThis text was corrected."
    keep_coded(ledger, CODER, CodedReport(report=make_report(appended)), RECEIPT)
    assert killed(incidents(ledger)[0]) == {9}
    moved = "Corrected. " + TEXT
    keep_coded(ledger, CODER, CodedReport(report=make_report(moved)), RECEIPT)
    assert incidents(ledger) == []
    assert len(ledger.added("wadi")) == 1  # it is not lost


def test_a_rejected_claim_of_a_person_counts_no_more(ledger, draft):
    add_claim(ledger, draft, BY, WHY)
    claim = ledger.added("wadi")[0].claim
    decided = decide.reject(ledger, claim.id, "Sami", "that was last year")
    assert incidents(ledger) == []
    decide.undo(ledger, number_of(decided), "Sami", "it was this one")
    assert killed(incidents(ledger)[0]) == {9}


def test_two_claims_join_or_stay_apart_as_the_person_says(ledger, draft):
    add_claim(ledger, draft, BY, WHY)
    first = ledger.added("wadi")[0].claim.id
    arabic = replace(
        draft,
        trigger=words("قتل"),
        event_type="attack",
        figures=(FigureDraft("killed", "9", words("تسعة أشخاص")),),
        parties=(),
        sources=(),
    )
    joined = add_claim(ledger, replace(arabic, same_as=(first,)), BY, WHY)
    assert [len(i.claims) for i in incidents(ledger)] == [2]
    decide.undo(ledger, number_of(joined), BY, "once more")
    add_claim(ledger, replace(arabic, own_incident=True), BY, WHY)
    assert [len(i.claims) for i in incidents(ledger)] == [1, 1]


def test_the_same_claim_is_added_once(ledger, draft):
    decided = add_claim(ledger, draft, BY, WHY)
    with pytest.raises(DecisionError, match=f"decision {decided.decision.seq}"):
        add_claim(ledger, draft, "Sami", "the same")
    decide.undo(ledger, number_of(decided), BY, "wrong")
    add_claim(ledger, draft, "Sami", "right after all")
    assert killed(incidents(ledger)[0]) == {9}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"trigger": Words(0, 10_000, "")}, "do not stand"),
        ({"trigger": Words(3, 3, "")}, "do not stand"),
        ({"trigger": Words(0, 7, "Shells")}, "was selected"),
        ({"when": "Tuesday"}, "no day"),
        ({"when": ""}, "no day is given"),
        ({"figures": (FigureDraft("killed", "many", Words(0, 7, "")),)}, "'many'"),
        ({"same_as": ("claim-none",)}, "no claim"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(ledger, draft, changed, says):
    before = ledger.end()
    with pytest.raises(Exception, match=says):
        add_claim(ledger, replace(draft, **changed), BY, WHY)
    assert ledger.end() == before


def test_words_of_an_older_version_are_refused(ledger, draft):
    keep_coded(ledger, CODER, CodedReport(report=make_report("New. " + TEXT)), RECEIPT)
    with pytest.raises(StaleDecision, match="another text"):
        add_claim(ledger, draft, BY, WHY)


@pytest.mark.parametrize("who", [("", WHY), (BY, " ")])
def test_it_needs_a_name_and_a_reason(ledger, draft, who):
    with pytest.raises(DecisionError, match="who made it"):
        add_claim(ledger, draft, *who)


def test_an_incident_keeps_its_id_when_a_claim_is_added_to_it(ledger, draft):
    report = make_report(key="read")
    read = make_claim(report, replace(draft, report="read"))
    coded = CodedReport(report=report, claims=(read,), incidents=assemble_incidents([read], []))
    keep_coded(ledger, CODER, coded, RECEIPT)
    (before,) = incidents(ledger)
    version = ledger.reports(["read"])["read"].seq
    more = replace(draft, report="read", version=version, trigger=words("killing"))
    decided = add_claim(ledger, replace(more, same_as=(read.id,)), BY, WHY)
    after = ledger.incident(before.id)
    assert after is not None
    assert after.id == before.id
    assert len(after.claims) == 2
    assert {c.kind for c in decided.changes} == {"changed"}


def test_an_incident_that_takes_a_claim_in_is_found_by_its_old_id(ledger, draft):
    nine = add_claim(ledger, draft, BY, WHY)
    own = replace(
        draft, trigger=words("قتل"), figures=(), parties=(), sources=(), own_incident=True
    )
    place = Place(name="Wadi Hamra", latitude=35.0, longitude=36.0, precision="town", country="SYR")
    two = add_claim(ledger, replace(own, place=place), BY, WHY)
    old = {i.id for i in incidents(ledger)}
    first = (nine.decision.targets[0].claim,)
    assert len(old) == 2
    decide.undo(ledger, number_of(two), BY, "it is the same one")
    add_claim(ledger, replace(own, place=place, own_incident=False, same_as=first), BY, WHY)
    (whole,) = incidents(ledger)
    assert len(whole.claims) == 2
    assert whole in [ledger.incident(key) for key in old]
