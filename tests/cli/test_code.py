"""The command line with a stand-in for the coder: what it prints, where, and how it ends."""

import json
import subprocess
import sys
from dataclasses import dataclass
from types import ModuleType

import pytest

from marsad import cli
from marsad.errors import GazetteerError, MarsadError, ReportError, SettingsError, UnreadableReport
from marsad.records import CodedReport
from tests.publish import sample


@dataclass(frozen=True)
class Failure:
    name: str
    line: int | None
    error: MarsadError


class FakeCoder:
    """Codes what its sources' names say: "good.txt", "bad.txt", "stop", "broken"."""

    def __init__(self, settings, *, model=None):
        self.model = model

    def code_many(self, items):
        if self.model == "missing":
            raise SettingsError("no spaCy pipeline called 'missing' is installed.")
        for item in items:
            yield item if isinstance(item, Failure) else self.code_explained(item)[0]

    def code_explained(self, report):
        if report.id == "stop":
            raise KeyboardInterrupt
        if report.id == "broken":
            raise BrokenPipeError
        if report.id == "unsupported":
            raise ReportError("unsupported: it is in Finnish.")
        coded = sample.CODED.model_copy(update={"report": report})
        return coded, {"claim-vow": ["a vow is no deed"]}


def fake_sources(sources, *, published, language, settings):
    for source in sources:
        if source.startswith("empty"):
            continue
        if source.startswith("bad"):
            yield Failure(source, 3, UnreadableReport("line is \x1b[31mnot JSON\nat all"))
        else:
            update = {"id": source}
            if published:
                update["published"] = published
            yield sample.REPORT.model_copy(update=update)


@pytest.fixture(autouse=True)
def fake_workflow(monkeypatch):
    module = ModuleType("marsad.workflow")
    for name, value in {
        "Coder": FakeCoder,
        "Failure": Failure,
        "read_sources": fake_sources,
    }.items():
        setattr(module, name, value)
    monkeypatch.setitem(sys.modules, "marsad.workflow", module)

    class NoGazetteer:
        def close(self):
            pass

    monkeypatch.setattr(cli.code, "ready_gazetteer", NoGazetteer)


def run(capsys, *arguments):
    code = cli.run(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_text_is_for_a_person(capsys):
    code, out, err = run(capsys, "code", "good.txt")
    assert code == 0
    assert "near Sirwah, Marib, Yemen" in out
    assert err == ""


def test_one_report_as_json_is_one_object(capsys):
    code, out, _ = run(capsys, "code", "good.txt", "--format", "json")
    assert code == 0
    assert CodedReport.model_validate_json(out).report.id == "good.txt"


def test_many_reports_as_json_are_an_array(capsys):
    _, out, _ = run(capsys, "code", "a.txt", "b.txt", "-f", "json")
    assert [item["report"]["id"] for item in json.loads(out)] == ["a.txt", "b.txt"]


def test_jsonl_is_a_line_a_report(capsys):
    _, out, _ = run(capsys, "code", "a.txt", "b.txt", "-f", "jsonl")
    assert [json.loads(line)["report"]["id"] for line in out.splitlines()] == ["a.txt", "b.txt"]


def test_html_is_a_page(capsys):
    _, out, _ = run(capsys, "code", "a.txt", "-f", "html")
    assert out.startswith("<!doctype html>")
    assert out.rstrip().endswith("</html>")


def test_a_bad_report_among_good_ones_is_told_and_the_rest_goes_on(capsys):
    code, out, err = run(capsys, "code", "a.txt", "bad.jsonl", "b.txt", "-f", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert err.splitlines() == [
        "marsad: bad.jsonl:3: line is �[31mnot JSON at all",
        "marsad: 1 of 3 reports could not be coded",
    ]


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl", "html"])
def test_bad_input_alone_is_one_line_and_no_output(capsys, output_format):
    code, out, err = run(capsys, "code", "bad.txt", "-f", output_format)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_nothing_to_code_is_said(capsys):
    code, out, err = run(capsys, "code", "empty-folder")
    assert (code, out) == (2, "")
    assert err == "marsad: nothing to code in empty-folder\n"


def test_explain_gives_the_reasons_and_survives_a_bad_report(capsys):
    code, out, err = run(capsys, "code", "a.txt", "unsupported", "bad.txt", "--explain")
    assert code == 1
    assert "why: a vow is no deed" in out
    assert "Finnish" in err
    assert "bad.txt:3" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code"], "Missing argument"),
        (["code", "a", "--published", "26/12/2024"], "write it like 2024-12-26"),
        (["code", "a", "-f", "xml"], "xml"),
        (["code", "a", "--explain", "-f", "json"], "--format text or html"),
        (["code", "a", "--no-such-option"], "--no-such-option"),
        (["no-such-command"], "no-such-command"),
        (["code", "a", "--model", "missing"], "'missing'"),
        (["schema", "nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_one_clear_line(capsys, arguments, words):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert words in err


def test_the_publication_date_reaches_the_reader(capsys):
    _, out, _ = run(capsys, "code", "a", "-f", "json", "--published", "2020-02-29")
    assert json.loads(out)["report"]["published"] == "2020-02-29"


def test_names_of_private_persons_are_shown_only_when_asked_for(capsys):
    assert "Farhan" not in run(capsys, "code", "a")[1]
    assert "Farhan" in run(capsys, "code", "a", "--names")[1]


def test_output_goes_to_a_file_whole(capsys, tmp_path):
    path = tmp_path / "out.json"
    code, out, err = run(capsys, "code", "a", "-f", "json", "-o", str(path))
    assert (code, out, err) == (0, "", "")
    assert CodedReport.model_validate_json(path.read_text("utf-8"))


@pytest.mark.parametrize("sources", [["bad.txt"], ["a", "stop"], ["a", "broken"]])
def test_a_run_that_fails_leaves_no_file(capsys, tmp_path, sources):
    path = tmp_path / "out.jsonl"
    run(capsys, "code", *sources, "-f", "jsonl", "-o", str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_partly_failed_run_keeps_what_was_coded(capsys, tmp_path):
    path = tmp_path / "out.jsonl"
    code, _, _ = run(capsys, "code", "a", "bad.txt", "-f", "jsonl", "-o", str(path))
    assert code == 1
    assert len(path.read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize("path", ["no/such/folder/out.json", "."])
def test_an_output_that_cannot_be_written_is_one_line(capsys, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "code", "a", "-o", path)
    assert code == 2
    assert err.startswith("marsad: cannot write")
    assert len(err.splitlines()) == 1


def test_ctrl_c_ends_cleanly(capsys):
    code, _, err = run(capsys, "code", "a", "stop", "-f", "jsonl")
    assert code == 130
    assert err == "marsad: stopped\n"


def test_a_damaged_gazetteer_is_one_line(capsys, monkeypatch):
    def damaged():
        raise GazetteerError("the gazetteer is damaged; delete it.")

    monkeypatch.setattr(cli.code, "ready_gazetteer", damaged)
    assert run(capsys, "code", "a") == (2, "", "marsad: the gazetteer is damaged; delete it.\n")


@pytest.mark.parametrize("name", [schema.value for schema in cli.schema.SchemaName])
def test_schema_is_valid_json_schema(capsys, name):
    from jsonschema import Draft202012Validator

    code, out, _ = run(capsys, "schema", name)
    assert code == 0
    Draft202012Validator.check_schema(json.loads(out))


def test_what_is_printed_fits_its_schema(capsys):
    from jsonschema import Draft202012Validator

    schema = json.loads(run(capsys, "schema")[1])
    coded = json.loads(run(capsys, "code", "a", "-f", "json")[1])
    Draft202012Validator(schema).validate(coded)


def test_version_is_printed(capsys):
    code, out, _ = run(capsys, "--version")
    assert code == 0
    assert out.startswith("marsad ")


@pytest.mark.parametrize(
    ("table", "words"),
    [("events", "armed-clash"), ("crosswalk", "Air/drone strike"), ("actors", "kind")],
)
def test_codebook_prints_its_tables(capsys, table, words):
    code, out, _ = run(capsys, "codebook", table)
    assert code == 0
    assert words in out


def test_without_a_command_help_is_shown(capsys):
    _, out, err = run(capsys)
    lines = (out + err).splitlines()
    assert lines[0].startswith("Usage: marsad")
    assert len(lines) > 10


@pytest.mark.parametrize("arguments", [["--help"], ["code", "--help"], ["schema"], ["--version"]])
def test_light_commands_load_neither_spacy_nor_the_coder(arguments):
    program = (
        "import sys\nfrom marsad.cli import run\n"
        f"run({arguments!r})\n"
        "heavy = {'spacy', 'trafilatura', 'marsad.workflow', 'lxml', 'httpx'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_being_told_to_end_is_like_ctrl_c():
    program = (
        "import os, signal\nfrom marsad import cli\n"
        "cli.entry.app = lambda **kw: os.kill(os.getpid(), signal.SIGTERM)\ncli.main([])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "marsad: stopped\n")


@pytest.mark.parametrize("command", ["schema", "schema claim", "--help", "--version"])
def test_a_reader_that_leaves_early_is_no_error(command):
    done = subprocess.run(
        f"{{ sleep 0.2; exec {sys.executable} -m marsad {command}; }} | true; "
        'echo "${PIPESTATUS[0]}"',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_reader_of_reports_that_leaves_early_is_no_error(capsys):
    code, _, err = run(capsys, "code", "a", "broken", "-f", "jsonl")
    assert (code, err) == (0, "")


INTERRUPTED_IN_EXEC = """
import marsad.publish.safe_text
from marsad.cli import entry

def interrupted(**given):
    exec("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)")

entry.app = interrupted
entry.main([])
"""


def test_ctrl_c_while_a_module_is_being_made_has_our_exit_code(tmp_path):
    (tmp_path / "interrupted.py").write_text(INTERRUPTED_IN_EXEC, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (130, "marsad: stopped\n")
