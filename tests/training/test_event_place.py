import json
from typing import Any

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from marsad.coding import extensions  # noqa: F401 - registers doc._ attributes
from marsad.coding.toponyms.choice_features import event_place_weights
from training import event_place
from training.event_place import Example, fit, is_exact, write_weights


def example(right, options=(("none",), ("near",), ("far",)), weight=1.0):
    marks = tuple(number == right for number in range(len(options)))
    doc = Doc(English().vocab, words=["Bombed"])
    trigger: Any = {"start": 0, "end": 1, "head": 0}
    return Example("Bombed", doc, trigger, (), options, marks, weight)


def test_what_is_right_more_often_weighs_more():
    weights = fit([example(1)] * 30 + [example(2)] * 5 + [example(0)] * 10)
    assert weights["near"] > weights["none"] > weights["far"]


def test_doubted_examples_teach_less():
    sure = fit([example(1)] * 20 + [example(0)] * 20)
    doubted = fit([example(1)] * 20 + [example(0, weight=0.5)] * 20)
    assert doubted["near"] - doubted["none"] > sure.get("near", 0) - sure.get("none", 0)


def test_sentences_without_a_right_option_teach_nothing():
    sure = [example(1)] * 10 + [example(0)] * 4
    lost = example(None)
    assert fit([*sure, *[lost] * 20]) == fit(sure)


def test_rare_features_get_no_weight():
    odd = (("none",), ("near", "odd"))
    weights = fit([example(1)] * 10 + [example(0)] * 4 + [example(1, odd)] * 2)
    assert "near" in weights
    assert "odd" not in weights


def test_fitting_twice_gives_the_same():
    examples = [example(n % 3) for n in range(40)]
    assert fit(examples) == fit(examples)


@pytest.mark.parametrize(
    ("gold", "places", "exact"),
    [
        ([(14, 18)], [0], True),
        ([(14, 18), (23, 27)], [0, 1], True),
        ([(14, 18), (23, 27)], [0], False),  # one short
        ([(14, 18)], [0, 1], False),  # one over
        ([], [], True),
        ([(30, 34)], [0], False),
    ],
)
def test_an_answer_is_exact_if_it_has_all_places_and_no_other(gold, places, exact):
    doc = Doc(English().vocab, words=["Troops", "shelled", "Beni", "and", "Goma", "."])
    assert doc[2].idx == 15
    doc._.toponyms = [{"start": 2, "end": 3}, {"start": 4, "end": 5}]
    assert is_exact(doc, gold, places) is exact


def test_weights_are_written_as_the_coder_reads_them(tmp_path):
    path = tmp_path / "weights.tsv"
    write_weights(path, {"parsed": {"b": 0.5, "a": -1.25}, "surface": {"c": 2.0}})
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "parsed\ta\t-1.25",
        "parsed\tb\t0.5",
        "surface\tc\t2",
    ]


def test_the_shipped_weights_come_from_the_script():
    text = event_place.WEIGHTS.read_text("utf-8")
    assert text.startswith(event_place.HEADER)
    assert set(event_place_weights()) == {"parsed", "surface"}
    assert all(event_place_weights().values())


def test_missing_data_ends_with_code_2_and_its_name(tmp_path, capsys):
    assert event_place.main(["--data", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_stray_click_is_no_gold():
    row = {"gold": {"locations": [{"start": 3, "end": 3, "text": ""}]}}
    assert event_place._gold(row) is None
    assert event_place._gold(json.loads('{"gold": {"locations": []}}')) == ()
