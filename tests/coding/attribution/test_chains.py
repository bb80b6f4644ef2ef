"""Chains of sources: who said what an event is told by, the claimant first."""

import pytest

from marsad.coding.attribution.finder import AttributionFinder, sources_of


@pytest.mark.parametrize(
    ("text", "word", "chain"),
    [
        (
            "Nine herders were killed near Zinder, the gazette reported, citing two elders.",
            "killed",
            ["two elders", "gazette"],
        ),
        (
            "The gazette, citing two elders, said nine herders were killed near Zinder.",
            "killed",
            ["two elders", "gazette"],
        ),
        (
            "The ministry issued a statement saying that shelling killed two nurses.",
            "shelling",
            ["ministry"],
        ),
        (
            "As reported by the district office, a mine killed two shepherds.",
            "mine",
            ["district office"],
        ),
        (
            "According to the ministry, nine people were killed and 30 wounded in the raid.",
            "wounded",
            ["ministry"],
        ),
        (
            "The army said it downed two drones; villagers said a rocket killed a girl.",
            "downed",
            ["army"],
        ),
        (
            "The militia was accused by residents of killing eight people.",
            "killing",
            ["residents"],
        ),
        (
            "Shelling killed nine people, a claim that the army denies.",
            "killed",
            [],
        ),
        ("By one count, 70 people died in the raid.", "died", ["one count"]),
        (
            "Clinic staff confirmed receiving nine bodies after the raid.",
            "bodies",
            ["Clinic staff"],
        ),
        (
            '"They burned our barns," she said, her voice breaking. "They killed my uncle."',
            "killed",
            ["she"],
        ),
    ],
)
def test_the_chain_runs_from_the_claimant_outward(base_nlp, text, word, chain):
    doc = base_nlp(text)
    AttributionFinder()(doc)
    index = next(t.i for t in doc if t.text == word)
    found = [doc._.attributions[i]["source"] for i in sources_of(doc, index, index + 1)]
    assert found == chain


def test_sources_of_gives_the_chain_claimant_first(base_nlp):
    doc = base_nlp("Reuters reported that police said three men were arrested.")
    AttributionFinder()(doc)
    arrested = next(t.i for t in doc if t.text == "arrested")
    chain = [doc._.attributions[i]["source"] for i in sources_of(doc, arrested, arrested + 1)]
    assert chain == ["police", "Reuters"]


def test_sources_of_is_empty_for_what_the_outlet_says_itself(base_nlp):
    doc = base_nlp("Troops burned the mill. Residents said two guards died.")
    AttributionFinder()(doc)
    mill = next(t.i for t in doc if t.text == "mill")
    assert sources_of(doc, mill, mill + 1) == []


def test_relays_never_run_in_a_circle(base_nlp):
    text = (
        "According to a post by the clinic, many injured people arrived after the bombing, "
        "which according to the post occurred near the gate, the ministry said, citing police."
    )
    doc = base_nlp(text)
    AttributionFinder()(doc)
    for index in range(len(doc._.attributions)):
        seen, current = set(), index
        while current is not None:
            assert current not in seen
            seen.add(current)
            current = doc._.attributions[current]["relayed_by"]
