"""Whatever a user can meet is documented: commands, options, settings, codes, fields."""

import dataclasses
import re
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main

from marsad import cli, records, settings
from tests.contract.event_types_page import PAGE, render_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CODE_LISTS = {
    "Modality": records.Modality,
    "SourceKind": records.SourceKind,
    "ActorKind": records.ActorKind,
    "Outcome": records.Outcome,
    "Qualifier": records.Qualifier,
    "PlacePrecision": records.PlacePrecision,
    "TimePrecision": records.TimePrecision,
    "Role": records.Role,
    "Status": records.Status,
    "DisputeAbout": records.DisputeAbout,
}


def sections(page: str) -> dict[str, str]:
    """The page's second-level sections by their heading."""
    parts = re.split(r"^## (.+)$", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands() -> dict[str, Any]:
    """Every command by its full name, such as "marsad places find"."""
    found: dict[str, Any] = {}

    def walk(name: str, command: Any) -> None:
        children = getattr(command, "commands", None)
        if children:
            for child, inner in children.items():
                walk(f"{name} {child}", inner)
        if not children or command.invoke_without_command:
            found[name] = command

    walk("marsad", typer.main.get_command(cli.app))
    return found


MODELS = {
    name: model
    for name, model in vars(records).items()
    if isinstance(model, type) and issubclass(model, records.Record) and model is not records.Record
}


def test_every_command_has_a_section_and_every_section_a_command():
    assert set(commands()) == set(sections("reference/cli.md"))


@pytest.mark.parametrize("name", commands())
def test_every_option_is_in_its_commands_section(name):
    section = sections("reference/cli.md")[name]
    for parameter in commands()[name].params:
        if parameter.param_type_name == "argument":
            words = [parameter.metavar] if parameter.metavar else []
        else:
            words = [option for option in parameter.opts if option not in ("--help", "-h")]
        assert [word for word in words if word not in section] == []


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("marsad code", cli.code.OutputFormat),
        ("marsad schema", cli.schema.SchemaName),
        ("marsad incidents", cli.incidents.ListFormat),
        ("marsad incidents", cli.incident_filter.OutcomeName),
        ("marsad incidents", cli.incident_filter.StatusName),
        ("marsad incidents", cli.incident_filter.OrderName),
        ("marsad incidents", cli.ledger.PolicyName),
        ("marsad show", cli.show.ShowFormat),
        ("marsad changes", cli.history.FeedFormat),
        ("marsad codebook", cli.codebook.CodebookTable),
        ("marsad digest", cli.digest.DigestFormat),
        ("marsad digest", cli.ledger.PolicyName),
        ("marsad digest send", cli.ledger.PolicyName),
        ("marsad digest send", cli.export.ProfileOption),
        ("marsad subscribers list", cli.subscribers.StateName),
        ("marsad subscribers list", cli.subscribers.SubscribersFormat),
        ("marsad export", cli.export.ExportFormat),
        ("marsad export", cli.export.ProfileOption),
        ("marsad export", cli.ledger.PolicyName),
        ("marsad users add", cli.users.RoleName),
        ("marsad users role", cli.users.RoleName),
        ("marsad users token", cli.users.RoleName),
    ],
)
def test_every_choice_is_in_its_commands_section(name, choices):
    section = sections("reference/cli.md")[name]
    assert [choice.value for choice in choices if choice.value not in section] == []


def test_no_option_is_documented_that_does_not_exist():
    real = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    text = (DOCS / "reference/cli.md").read_text("utf-8")
    assert set(re.findall(r"`(--[a-z-]+)`", text)) <= real | {"--help", "--version"}


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_record_is_documented_and_no_other(name):
    section = sections("reference/records.md")[name]
    documented = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    assert documented == list(MODELS[name].model_fields)


@pytest.mark.parametrize("name", CODE_LISTS)
def test_every_code_of_a_list_is_documented(name):
    text = (DOCS / "reference/records.md").read_text("utf-8")
    assert [code for code in get_args(CODE_LISTS[name]) if f"`{code}`" not in text] == []


def test_the_event_types_page_is_made_from_the_codebook():
    assert PAGE.read_text("utf-8") == render_page(), "run 'make docs'"


def test_every_setting_is_documented():
    section = (DOCS / "reference/settings.md").read_text("utf-8")
    source = Path(settings.__file__).read_text("utf-8")
    variables = set(re.findall(r"MARSAD_[A-Z_]+", source))
    assert variables
    assert variables == set(re.findall(r"`(MARSAD_[A-Z_]+)`", section))
    for field in dataclasses.fields(settings.Settings):
        assert f"`{field.name}`" in section
    assert str(settings.MAX_REPORT_BYTES) in section
    assert settings.DEFAULT_MODEL in section


def test_only_settings_reads_the_environment():
    readers = [
        path.name
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)", path.read_text("utf-8"))
    ]
    assert readers == ["settings.py"]


def test_the_readme_shows_what_the_coder_prints():
    from tests.contract.readme_output import render_output, shown

    assert shown()["output"] == render_output(), "run 'make docs'"


def test_the_readme_shows_what_the_ledgers_commands_print():
    from tests.contract.readme_output import render_ledger, shown_ledger

    match = shown_ledger()
    made = render_ledger()
    assert {name: match[name] for name in made} == made, "run 'make docs'"


def test_every_lexicon_file_is_told_of_and_no_other():
    data = ROOT / "src/marsad/codebook/data"
    page = (DOCS / "how-to/lexicon.md").read_text("utf-8")
    assert set(re.findall(r"`([a-z0-9_]+\.(?:tsv|toml|txt))`", page)) == {
        path.name for path in data.iterdir() if path.suffix in (".tsv", ".toml", ".txt")
    }


@pytest.mark.parametrize(
    "page", sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
)
def test_links_between_pages_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target
