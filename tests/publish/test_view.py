import dataclasses

import pytest

from marsad.publish.view import MAX_QUOTE_SIGNS, make_view, passage
from marsad.records import CodedReport, Judgement, Tally
from tests.publish import sample


@pytest.fixture(scope="module")
def view():
    return make_view(sample.CODED)


def test_incidents_keep_their_order_and_are_numbered(view):
    assert [(i.number, i.id) for i in view.incidents] == [
        (1, "incident-ambush"),
        (2, "incident-shooting"),
    ]


def test_sources_that_differ_are_shown_with_their_own_figures(view):
    killed = view.incidents[0].tallies[0]
    assert killed.sources == ("defence ministry: 9 or more", "A monitoring group: 12")


def test_sources_that_agree_are_only_named(view):
    assert view.incidents[0].tallies[1].sources == ("defence ministry",)


def test_a_total_made_of_one_group_is_one_row(view):
    assert [row.label for row in view.incidents[0].tallies] == [
        "killed: soldiers",
        "injured",
        "detained: gunmen",
    ]


def test_groups_stand_under_their_total():
    tallies = (
        Tally(outcome="killed", low=5, best=5, high=5, policy="p"),
        Tally(outcome="killed", group="women", low=2, best=2, high=2, policy="p"),
        Tally(outcome="killed", group="men", low=3, best=3, high=3, policy="p"),
    )
    incident = sample.CODED.incidents[0].model_copy(update={"tallies": tallies})
    view = make_view(sample.CODED.model_copy(update={"incidents": (incident,)}))
    assert [(row.label, row.part) for row in view.incidents[0].tallies] == [
        ("killed, total", False),
        ("women", True),
        ("men", True),
    ]


def test_an_open_bound_is_said_to_be_open(view):
    assert view.incidents[0].tallies[1].high == "open"


def test_claims_without_an_incident_stand_aside(view):
    assert [(claim.id, claim.modality) for claim in view.asides] == [("claim-vow", "threatened")]


def test_a_counterclaim_is_no_aside(view):
    assert "claim-denial" not in {claim.id for claim in view.asides}


def test_a_disputed_claim_is_quoted_once_with_all_that_is_said_against_it():
    incident = sample.CODED.incidents[1]
    second = incident.disputes[0].model_copy(
        update={"about": "date", "counterclaim": "in-another-report"}
    )
    incident = incident.model_copy(update={"disputes": (*incident.disputes, second)})
    view = make_view(sample.CODED.model_copy(update={"incidents": (incident,)}))
    (dispute,) = view.incidents[0].disputes
    assert [counter.about for counter in dispute.counters] == [
        "whether it happened",
        "when it happened",
    ]
    assert [claim.id for claim in dispute.claims] == ["claim-shooting", "claim-denial"]
    assert view.incidents[0].told == ()


def test_the_same_words_of_the_same_speaker_are_quoted_once():
    twin = sample.TOLL.model_copy(update={"id": "claim-twin"})
    incident = sample.CODED.incidents[0]
    incident = incident.model_copy(update={"claims": (*incident.claims, "claim-twin")})
    coded = sample.CODED.model_copy(
        update={"claims": (*sample.CODED.claims, twin), "incidents": (incident,)}
    )
    told = make_view(coded).incidents[0].told
    assert [claim.id for source in told for claim in source.claims] == [
        "claim-ambush",
        "claim-toll",
    ]


def test_a_party_is_as_reported_by_somebody(view):
    (soldiers,) = view.incidents[0].recipients
    assert soldiers.reported_by == ("defence ministry", "A monitoring group")


def test_names_are_shown_when_asked_for():
    with_names = make_view(sample.CODED, names=True)
    assert with_names.incidents[1].recipients[0].name == "Nadim Qasem Farhan"
    assert not with_names.names_withheld


def test_reasons_reach_their_claim():
    view = make_view(sample.CODED, explanations={"claim-vow": ["it was a vow"]})
    assert view.asides[0].reasons == ("it was a vow",)


def test_judgements_are_told_with_the_reasons_and_only_then():
    judgement = Judgement(
        kind="disputes",
        claim="claim-denial",
        other="claim-shooting",
        about="occurrence",
        by="rule",
        reason="“denied” takes it back",
    )
    coded = sample.CODED.model_copy(update={"judgements": (judgement,)})

    def reasons(view):
        return view.incidents[1].disputes[0].claims[1].reasons

    assert reasons(make_view(coded)) == ()
    assert reasons(make_view(coded, explanations={"claim-denial": ["it was denied"]})) == (
        "it was denied",
        "disputes another claim: “denied” takes it back",
    )


def test_the_passage_is_the_shortest_evidence_around_the_trigger():
    whole = sample.REPORT.quote(0, len(sample.TEXT))
    claim = sample.AMBUSH.model_copy(update={"evidence": (whole, *sample.AMBUSH.evidence)})
    assert passage(claim) == sample.AMBUSH.evidence[0]


def test_a_long_passage_is_cut_around_the_trigger():
    text = "word " * 300 + "ambushed " + "tail " * 300
    report = sample.REPORT.model_copy(update={"text": text})
    start = text.index("ambushed")
    claim = sample.VOW.model_copy(
        update={
            "trigger": report.quote(start, start + 8),
            "evidence": (report.quote(0, len(text)),),
            "attribution": (sample.OUTLET,),
        }
    )
    quote = make_view(CodedReport(report=report, claims=(claim,))).asides[0].quote
    assert "ambushed" in quote
    assert quote.startswith("…")
    assert quote.endswith("…")
    assert len(quote) <= MAX_QUOTE_SIGNS + 1


def test_words_of_several_sources_are_quoted_once_under_all_of_them():
    incident = make_view(sample.CODED).incidents[0]
    first = incident.claims[0]
    other = dataclasses.replace(first, id="claim-other", speaker="another source")
    told = dataclasses.replace(incident, claims=(first, other), disputes=()).told
    assert [source.speaker for source in told] == [f"{first.speaker}; another source"]
    assert [claim.id for claim in told[0].claims] == [first.id]


def test_sentences_of_one_source_stand_under_its_name():
    incident = make_view(sample.CODED).incidents[0]
    first = incident.claims[0]
    more = dataclasses.replace(first, id="claim-more", quote="It said more.")
    told = dataclasses.replace(incident, claims=(first, more), disputes=()).told
    assert [[claim.id for claim in source.claims] for source in told] == [[first.id, "claim-more"]]


@pytest.mark.parametrize(
    ("report_id", "title"),
    [("given-7", "Report given-7"), ("report-0123456789abcdef", "MARIB — At least nine soldiers")],
)
def test_a_report_without_a_title_is_called_by_its_given_id_or_first_words(report_id, title):
    update = {"id": report_id, "title": None}
    coded = sample.CODED.model_copy(update={"report": sample.REPORT.model_copy(update=update)})
    assert make_view(coded).title.startswith(title)
