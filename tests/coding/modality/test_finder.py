"""Did it happen: hundreds of own sentences from many wars, and the traps between them.

The sentences stand in modality_cases.txt, each trigger in braces with the modality expected.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.mentions import ModalityReading, Trigger
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.finder import ModalityReader
from marsad.coding.times.finder import find_times

CASES = Path(__file__).with_name("modality_cases.txt")
MARK = re.compile(r"\{([^}|]+)(?:\|([a-z]+))?\}")
HARMS = frozenset(
    "killed wounded injured hurt dead died injuries deaths kill killing shot reported".split()
)
PROTESTS = ("protest", "march", "demonstr", "rally")


def lines() -> list[str]:
    text = CASES.read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def unmark(line: str) -> tuple[str, list[tuple[int, str, str]]]:
    """The plain sentence, and (character, word, modality) of each marked trigger."""
    plain, marks, at = "", [], 0
    for match in MARK.finditer(line):
        plain += line[at : match.start()]
        marks.append((len(plain), match.group(1), match.group(2) or "asserted"))
        plain += match.group(1)
        at = match.end()
    return plain + line[at:], marks


def make_trigger(doc: Doc, index: int, word: str) -> Trigger:
    kind = "peaceful-protest" if word.startswith(PROTESTS) else "attack"
    return Trigger(
        start=index,
        end=index + 1,
        event_type="arrest" if word.startswith("arrest") else kind,  # type: ignore[typeddict-item]
        entry=word,
        role="harm" if word in HARMS else "event",
        strength="strong",
        head=index,
    )


def read(doc: Doc, marks: list[tuple[int, str, str]]) -> list[ModalityReading]:
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    at = {token.idx: token.i for token in doc}
    doc._.triggers = [make_trigger(doc, at[offset], word) for offset, word, _ in marks]
    return list(ModalityReader()(doc)._.modalities)


@pytest.fixture(scope="module")
def parsed(base_nlp: Language) -> dict[str, Doc]:
    cases = lines()
    return dict(zip(cases, base_nlp.pipe([unmark(line)[0] for line in cases]), strict=True))


@pytest.mark.parametrize("line", lines())
def test_each_trigger_gets_the_modality_of_its_sentence(parsed, line) -> None:
    doc = parsed[line]
    _, marks = unmark(line)
    readings = read(doc, marks)
    assert [reading["modality"] for reading in readings] == [modality for _, _, modality in marks]


def test_the_deciding_words_are_kept_with_a_reason(base_nlp) -> None:
    sentence, marks = unmark("The rebels denied that they {attacked|denied} the convoy.")
    doc = base_nlp(sentence)
    (reading,) = read(doc, marks)
    assert doc[reading["cue"][0] : reading["cue"][1]].text == "denied"
    assert reading["reason"]


def test_a_plain_assertion_has_no_cue(base_nlp) -> None:
    sentence, marks = unmark("Rebels {attacked} the convoy.")
    (reading,) = read(base_nlp(sentence), marks)
    assert reading["cue"] == []


@pytest.mark.parametrize(
    ("line", "modality"),
    [
        ("RADIO SAYS REBELS {ATTACKED} A POST", "asserted"),
        ("THE ARMY DID NOT {ATTACK} THE TOWN", "denied"),
        ("REBELS THREATENED TO {ATTACK} THE TOWN", "threatened"),
        ("SOLDIERS ALLEGEDLY {KILLED} FOUR", "alleged"),
        ("GUERRILLAS PLAN TO {ATTACK} THE CITY", "planned"),
        ("THERE IS A RISK OF {ATTACKS}", "hypothetical"),
    ],
)
def test_without_a_parse_the_words_before_decide(base_nlp, line, modality) -> None:
    sentence, marks = unmark(line)
    doc = base_nlp.get_pipe("marsad_sentences")(base_nlp.make_doc(sentence))
    (reading,) = read(doc, marks)
    assert reading["modality"] == modality


def test_one_reading_for_each_trigger_even_where_it_points_nowhere(base_nlp) -> None:
    doc = base_nlp("Rebels attacked the convoy.")
    doc._.times = []
    doc._.triggers = [make_trigger(doc, 1, "attacked"), make_trigger(doc, 99, "gone")]
    assert len(ModalityReader()(doc)._.modalities) == 2


def test_the_cue_lists_are_large_and_lower_case() -> None:
    cues = load_cues()
    assert len(cues.verbs) + len(cues.nouns) + len(cues.modifiers) + len(cues.phrases) > 500
    assert all(word == word.lower() for word in (*cues.verbs, *cues.nouns, *cues.modifiers))


_WORDS = [
    "denied",
    "that",
    "would",
    "attack",
    "to",
    "plan",
    "no",
    "not",
    "if",
    "?",
    "since",
    "war",
    "the",
    "of",
    "risk",
    "\n",
    "🙂",
    "allegedly",
    "(",
    "killed",
    "and",
    "without",
    "used",
]


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12), at=st.integers(0, 11))
def test_no_word_salad_breaks_the_reader(base_nlp, words, at) -> None:
    doc = base_nlp(" ".join(words))
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    doc._.triggers = [make_trigger(doc, min(at, len(doc) - 1), "attack")]
    (reading,) = ModalityReader()(doc)._.modalities
    low, high = reading["cue"] or (0, 1)
    assert 0 <= low < high <= len(doc)
