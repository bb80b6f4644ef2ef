"""The trigger finder: forms, phrases, gaps, heads, overlaps and hostile input."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from marsad.coding.sentences import mark_sentences
from marsad.coding.triggers.finder import find_triggers, mark_triggers
from marsad.coding.triggers.lexicon import compile_slots, load_lexicon, noun_forms, verb_forms

BLANK = spacy.blank("en")


def read(text: str) -> Doc:
    """Tokens and sentences only: what an unparsed sentence has."""
    return mark_sentences(BLANK(text))


def phrases(doc: Doc) -> list[str]:
    return [doc[t["start"] : t["end"]].text for t in find_triggers(doc)]


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("kill", "kill kills killed killing"),
        ("shoot", "shoot shoots shot shooting"),
        ("torch", "torch torches torched torching"),
        ("seize", "seize seizes seized seizing"),
        ("occupy", "occupy occupies occupied occupying"),
        ("rob", "rob robs robbed robbing"),
        ("lynch", "lynch lynches lynched lynching"),
    ],
)
def test_verbs_are_spelt_out_in_all_forms(base, forms):
    assert set(forms.split()) <= verb_forms(base)


@pytest.mark.parametrize(
    ("base", "plural"),
    [
        ("bombing", "bombings"),
        ("clash", "clashes"),
        ("casualty", "casualties"),
        ("knife", "knives"),
    ],
)
def test_nouns_are_spelt_out_in_both_numbers(base, plural):
    assert noun_forms(base) >= {base, plural}


def test_a_phrase_inflects_its_head_only():
    slots, head = compile_slots("exchange of fire", "N", {})
    assert head == 2
    slots, head = compile_slots("^exchange of fire", "N", {})
    assert head == 0
    assert [sorted(slot or ()) for slot in slots] == [["exchange", "exchanges"], ["of"], ["fire"]]


def test_a_hyphenated_verb_is_inflected_at_its_end():
    slots, head = compile_slots("car-bomb", "V", {})
    assert head == 2
    assert "bombed" in (slots[2] or ())


def test_the_lexicon_is_large_and_names_known_support_sets():
    lexicon = load_lexicon()
    triggers = [p for p in lexicon.patterns if p.field is None]
    assert len(triggers) > 2000
    assert {p.needs for p in triggers if p.needs} <= set(lexicon.supports)
    assert all((p.strength == "weak") == (p.needs is not None) for p in triggers)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gunmen opened fire on a bus.", ["opened fire"]),
        ("Gunmen opened heavy fire on a bus.", ["opened heavy fire"]),
        ("Rebels set three houses on fire in the village.", ["set three houses on fire"]),
        ("Rebels took four soldiers hostage.", ["took four soldiers hostage"]),
        ("The man blew himself up.", ["blew himself up"]),
        ("A gun-battle erupted near the port.", ["gun-battle"]),
        ("They threw hand grenades at the bar.", ["threw", "hand grenades"]),
        ("An IED went off near the convoy.", ["IED", "went off"]),
        ("The city was car-bombed twice.", ["car-bombed"]),
        ("Residents were sexually assaulted by militiamen.", ["sexually assaulted"]),
        ("Police said the weapons were seized near the border.", ["seized"]),
        ("Officers clashed with rock-throwing youths.", ["clashed"]),
    ],
)
def test_phrases_and_gaps_are_matched_in_parsed_text(base_nlp, sentence, expected):
    assert phrases(base_nlp(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gunmen opened fire on a bus.", ["opened fire"]),
        ("Two guerrillas were killed in an ambush.", ["killed", "ambush"]),
        ("The rebels shelled the town for hours.", ["shelled"]),
        ("Air strikes hit the town and killed nine.", ["Air strikes", "hit", "killed"]),
        ("The protesters were dispersed with tear gas.", ["dispersed with tear gas"]),
        ("Stocks rallied on Monday.", []),
        ("He died of a heart attack.", []),
        ("On March 3 the council met.", []),
    ],
)
def test_text_without_parse_or_tags_is_read_by_its_forms(sentence, expected):
    assert phrases(read(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "GUERRILLAS AMBUSHED AN ARMY PATROL NEAR THE FARM AND KILLED SIX SOLDIERS.",
        "A DYNAMITE CHARGE EXPLODED AT THE BANK.",
        "THE MAYOR WAS MACHINEGUNNED AS HE LEFT HIS HOME.",
        "THREE PEASANTS WERE KIDNAPPED BY TERRORISTS.",
    ],
)
def test_upper_case_newswire_is_read(sentence):
    assert find_triggers(read(sentence))


def test_the_longest_entry_wins_and_none_overlap(base_nlp):
    doc = base_nlp("A suicide car bomb attack killed nine soldiers at an army checkpoint.")
    triggers = find_triggers(doc)
    assert triggers[0]["entry"] == "suicide car bomb attack"
    spans = [(t["start"], t["end"]) for t in triggers]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("sentence", "head"),
    [
        ("They opened fire on the crowd.", "opened"),
        ("An exchange of fire killed two soldiers.", "exchange"),
        ("A drive-by shooting wounded two men.", "shooting"),
        ("Rebels set a church ablaze.", "set"),
    ],
)
def test_the_head_is_the_word_that_carries_the_syntax(base_nlp, sentence, head):
    doc = base_nlp(sentence)
    assert doc[find_triggers(doc)[0]["head"]].text == head


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Police seized twelve rifles in Agadez.", "weapons-seizure"),
        ("Rebels seized the town of Kidal.", "territory-change"),
        ("Gunmen seized two engineers at a mine.", "abduction"),
        ("Fighters fired rockets at the port.", "shelling"),
        ("Fighters fired shots at the guards.", "attack"),
        ("Soldiers shot down a helicopter.", "weapons-seizure"),
    ],
)
def test_a_verb_is_read_by_what_it_acts_on(base_nlp, sentence, event_type):
    assert find_triggers(base_nlp(sentence))[0]["event_type"] == event_type


@pytest.mark.parametrize(
    "sentence",
    [
        "Residents of the occupied West Bank waited.",
        "The ousted president gave an interview.",
        "The Oromo Liberation Front opened an office.",
    ],
)
def test_states_and_names_are_no_events(base_nlp, sentence):
    assert find_triggers(base_nlp(sentence)) == []


def test_the_component_declares_what_it_assigns_and_mirrors_spans(base_nlp):
    doc = mark_triggers(base_nlp("Gunmen kidnapped a priest."))
    assert doc._.triggers[0]["entry"] == "kidnap"
    assert [span.label_ for span in doc.spans["marsad_triggers"]] == ["abduction"]
    nlp = spacy.blank("en")
    nlp.add_pipe("marsad_sentences")
    nlp.add_pipe("marsad_triggers")
    assert nlp("Gunmen kidnapped a priest.")._.triggers
    analysis = nlp.analyze_pipes() or {}
    assert analysis["summary"]["marsad_triggers"]["assigns"] == [
        "doc._.triggers",
        "doc._.set_apart",
    ]
    assert not any(analysis["problems"].values())


def test_empty_and_blank_docs_have_no_triggers():
    assert find_triggers(read("")) == []
    assert find_triggers(read(" \n\n ")) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                """killed bomb attack fire opened set on - the of . , " March shot \n\n took to
                streets protest police seized @ ~ | ^ 12 dead in earthquake""".split(" ")
            ),
        ),
        max_size=40,
    )
)
def test_any_text_gives_ordered_spans_inside_the_doc(pieces):
    doc = read(" ".join(pieces))
    last = 0
    for trigger in find_triggers(doc):
        assert last <= trigger["start"] <= trigger["head"] < trigger["end"] <= len(doc)
        last = trigger["end"]
