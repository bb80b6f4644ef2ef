import json

import pytest
from rich.console import Console

from evaluation import floors
from evaluation.__main__ import main
from evaluation.base import Measure, Reader, Row, Verdict
from evaluation.catalogue import DATA_SETS
from evaluation.metrics import hit
from evaluation.run import run_baseline, run_coder, sample_rows, take_half
from evaluation.tables import as_json, as_markdown, describe_run, show_errors, show_results


class Parity:
    """A set of numbers: is the text's number even? The coder fails on 13."""

    name = "parity"
    files = ()
    measures = (Measure("incidents", "right", "share"),)

    def read(self, rows, reader):
        for row in rows:
            if row["text"] == "13":
                reader.failures.append("13 is bad luck")
                yield None
            else:
                yield int(row["text"]) % 2 == 0

    def guess(self, row):
        return True

    def judge(self, row, answer):
        right = (answer or False) == row["gold"]
        return Verdict({"right": hit(right)}, float(not right), str(row["gold"]), str(answer))


ROWS: list[Row] = [
    {"id": "a", "text": "2", "gold": True},
    {"id": "b", "text": "13", "gold": True},
    {"id": "c", "text": "3", "gold": False},
    {"id": "d", "text": "4"},
]


@pytest.fixture
def result():
    return run_coder(Parity(), ROWS, Reader(), iter)


def test_a_failed_row_is_an_empty_answer_and_is_counted(result):
    assert result.failed == 1
    assert result.scores[0][1].value == pytest.approx(2 / 3)


def test_a_row_without_gold_is_left_out_and_counted(result):
    assert (result.rows, result.unusable, result.scores[0][1].n) == (4, 1, 3)


def test_worst_cases_leave_out_the_flawless(result):
    assert [case.id for case in result.worst(10)] == ["b"]


def test_a_sample_is_the_same_each_time_and_in_order():
    rows = [{"id": i, "text": ""} for i in range(100)]
    first = sample_rows(rows, 10, seed=3)
    assert first == sample_rows(rows, 10, seed=3)
    assert [r["id"] for r in first] == sorted(r["id"] for r in first)
    assert sample_rows(rows, 1000, seed=3) == rows


def test_tables_show_coder_and_baseline_in_one_line(result):
    console = Console(width=140, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    show_results(console, [result, run_baseline(Parity(), ROWS, iter)])
    show_errors(console, result, 1)
    text = console.export_text()
    assert "0.667" in text
    assert "baseline" in text
    console.file.close()


def test_failures_and_rows_without_gold_are_told(result):
    told = describe_run(result)
    assert "1 could not be coded" in told
    assert "1 without usable gold" in told
    assert "13 is bad luck" in told


def test_markdown_has_one_line_a_measure(result):
    head, rule, line = as_markdown([result, run_baseline(Parity(), ROWS, iter)]).splitlines()
    assert line.startswith("| `parity` | right | 3 |")
    assert head.count("|") == rule.count("|") == line.count("|")


def test_json_has_every_score_and_no_text(result):
    record = json.loads(as_json([result], errors=5))["results"][0]
    assert record["scores"][0]["value"] == pytest.approx(0.6667)
    assert record["errors"][0]["id"] == "b"
    assert "text" not in record["errors"][0]


def test_a_drop_beyond_noise_is_found(result, tmp_path):
    path = tmp_path / "floors.json"
    floors.pin([result], "abc", "2020-01-01", path)
    pinned = floors.read_floors(path)
    assert floors.find_drops(result, pinned) == []
    entry = pinned["sets"]["parity"]["floors"]["right"]
    entry.update(value=0.99, tolerance=0.1)
    (drop,) = floors.find_drops(result, pinned)
    assert "parity, right" in str(drop)


def test_another_number_of_rows_is_not_compared(result, tmp_path):
    path = tmp_path / "floors.json"
    floors.pin([result], "abc", "2020-01-01", path)
    pinned = floors.read_floors(path)
    pinned["sets"]["parity"]["rows"] = 99
    pinned["sets"]["parity"]["floors"]["right"]["value"] = 1.5
    notes: list[str] = []
    assert floors.find_drops(result, pinned, notes.append) == []
    assert "99" in notes[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["gva"],
        ["nonsense"],
        ["grouping"],
        ["gva", "lgl", "--file", "x.jsonl"],
        ["gva", "--file", "/nowhere/x.jsonl"],
        [],
    ],
)
def test_missing_data_and_wrong_use_end_with_a_line_and_2(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MARSAD_EVALUATION_DATA", str(tmp_path))
    assert main(arguments) == 2
    message = capsys.readouterr().err
    assert message.strip()
    assert "Traceback" not in message


def test_sets_are_listed_with_what_they_score(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MARSAD_EVALUATION_DATA", str(tmp_path))
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in DATA_SETS)
    assert "not here" in listed


def test_any_grouping_can_be_scored(tmp_path, capsys):
    (tmp_path / "gold.tsv").write_text("a\t1\nb\t1\nc\t2\n")
    (tmp_path / "found.tsv").write_text("a\tx\nb\tx\nc\ty\n")
    files = ["--file", str(tmp_path / "gold.tsv"), "--found", str(tmp_path / "found.tsv")]
    assert main(["grouping", *files, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)["results"][0]
    assert {s["measure"]: s["value"] for s in record["scores"]} == {
        "B-cubed F1": 1.0,
        "CoNLL F1": 1.0,
    }


def test_every_floor_is_of_a_measure_that_exists():
    for name, entry in floors.read_floors()["sets"].items():
        known = {m.name for m in DATA_SETS[name].measures if floors.is_pinned(m)}
        assert set(entry["floors"]) <= known


def test_the_halves_share_no_row_and_miss_none() -> None:
    rows: list[dict[str, object]] = [{"id": str(i), "text": "A."} for i in range(7)]
    even, odd = take_half(rows, "even"), take_half(rows, "odd")
    assert [r["id"] for r in even] == ["0", "2", "4", "6"]
    assert [r["id"] for r in odd] == ["1", "3", "5"]
    assert take_half(rows, None) == rows
