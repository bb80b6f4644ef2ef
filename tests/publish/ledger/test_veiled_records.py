"""Records without private names: words give way, offsets and ids stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.ledger.veiled_records import MASK, veil_of
from marsad.publish.privacy import WITHHELD
from marsad.records import Change, Claim, Report, content_id

NAME = "Nadim Qasem Farhan"
TEXT = f"A strike killed {NAME}, 43, a baker, and Colonel Omar Haddad in Idlib."


def make_claim(report: Report, start: int, end: int) -> Claim:
    """A claim of this evidence, with a private victim, an officer and a named figure."""
    return Claim.model_validate(
        {
            "id": content_id("claim", start, end),
            "report_id": report.id,
            "event_type": "air-strike",
            "trigger": report.quote(2, 8).model_dump(),
            "modality": "asserted",
            "attribution": [{"source": "Harbour Wire", "kind": "media"}],
            "participants": [
                {"role": "recipient", "name": NAME, "kind": "civilian"},
                {"role": "recipient", "name": "Omar Haddad", "kind": "military"},
            ],
            "figures": [
                {
                    "outcome": "killed",
                    "group": NAME,
                    "low": 1,
                    "high": 1,
                    "qualifier": "exact",
                    "evidence": report.quote(9, 15).model_dump(),
                }
            ],
            "evidence": [report.quote(start, end).model_dump()],
            "confidence": 1,
        }
    )


@given(st.data())
def test_every_quote_stands_in_the_veiled_text_wherever_it_is_cut(data):
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    report = Report(id="wire-1", text=TEXT)
    claim = make_claim(report, start, end)
    veil = veil_of([report], [claim])
    text = veil.record(report).text
    evidence = veil.record(claim).evidence[0]
    assert len(text) == len(TEXT)
    assert evidence.quote == text[evidence.start : evidence.end]
    assert not set(NAME.split()) & set(evidence.quote.replace(",", "").split())


def test_private_persons_give_way_and_who_acts_in_public_stays():
    report = Report(id="Farhan", text=TEXT, title=f"{NAME} killed")
    claim = make_claim(report, 0, 15)
    veil = veil_of([report], [claim])
    told = veil.record(claim)
    assert [p.name for p in told.participants] == [f"a civilian {WITHHELD}", "Omar Haddad"]
    assert told.figures[0].group == f"a person {WITHHELD}"
    veiled = veil.record(report)
    assert veiled.title == f"{WITHHELD} killed"
    assert MASK * len(NAME) in veiled.text
    assert "Omar Haddad" in veiled.text
    # An id is what other records find it by.
    assert (veiled.id, told.report_id) == ("Farhan", "Farhan")


def test_reasons_and_fields_of_a_change_are_veiled_too():
    report = Report(id="wire-1", text=TEXT)
    veil = veil_of([report], [make_claim(report, 0, 15)])
    change = Change.model_validate(
        {
            "seq": 1,
            "at": "2024-12-26T00:00:00.000000Z",
            "incident": "incident-1",
            "kind": "changed",
            "values": [
                {"field": f"killed: {NAME}", "after": {"low": 1, "group": NAME}, "why": NAME},
                {"field": "participants", "after": [f"recipient: {NAME}"]},
            ],
            "cause": {"kind": "decision", "name": "1", "by": "Dana Haddad", "why": f"as {NAME}"},
        }
    )
    assert "Nadim" not in veil.record(change).model_dump_json()
    assert veil.record(change).cause.by == "Dana Haddad"


def test_a_report_without_private_names_is_given_as_it_is():
    report = Report(id="wire-1", text="A strike killed two civilians in Idlib.")
    assert veil_of([report], []).record(report) is report
