"""The output that the README shows, made by the coder and the commands.

`python -m tests.contract.readme_output`, a part of `make docs`, brings the README up to date, and
the id in the tutorial, which is that of the same incident. A test says when that is due.
"""

import io
import os
import re
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent
from unittest.mock import patch

from marsad import Coder, cli
from marsad.publish.terminal import render_text
from marsad.records import Report
from marsad.workflow import read_sources

README = Path(__file__).parents[2] / "README.md"
TUTORIAL = README.parent / "docs" / "tutorial.md"
_SHOWN = re.compile(
    r"    \$ cat report\.txt\n(?P<report>.+?)\n+"
    r"    \$ marsad code report\.txt --published (?P<day>[\d-]+)\n\n(?P<output>.+?)\n(?=\n\S)",
    re.DOTALL,
)
_LEDGER = re.compile(
    r"    \$ marsad ingest (?P<sources>.+?)\n"
    r"    \$ marsad incidents (?P<filter>.+?)\n\n(?P<list>.+?)\n(?=\n\S)"
    r".+?    \$ marsad show (?P<id>\w+)\n(?P<told>.+?)\n(?=\n\S)",
    re.DOTALL,
)
# So many lines of how the figures were told give the idea.
TOLD_LINES = 16
COLUMNS = 80


def shown() -> re.Match[str]:
    """The report and the output in the README."""
    return _find(_SHOWN, "report with its output")


def shown_ledger() -> re.Match[str]:
    """The commands, the list of incidents and the told figures in the README."""
    return _find(_LEDGER, "ledger with its output")


def _find(pattern: re.Pattern[str], what: str) -> re.Match[str]:
    found = pattern.search(README.read_text("utf-8"))
    assert found is not None, f"the README shows no {what}"
    return found


def render_output() -> str:
    """What `marsad code` prints for the report in the README, without the head."""
    match = shown()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(dedent(match["report"]) + "\n", encoding="utf-8")
        (report,) = read_sources([str(path)])
    assert isinstance(report, Report)
    dated = Report.model_validate({**report.model_dump(), "published": match["day"]})
    text = render_text(Coder().code(dated), columns=COLUMNS)
    return indent(text[text.index("1. ") :].rstrip(), "    ")


def render_ledger() -> dict[str, str]:
    """What the commands print for the example reports, by the names of their parts in the README.

    Of the list the rows, of its last incident how the figures were told.
    """
    match = shown_ledger()
    with TemporaryDirectory() as folder:
        environment = {
            "MARSAD_DATABASE": f"sqlite:///{folder}/ledger.sqlite",
            "COLUMNS": str(COLUMNS),
        }
        with patch.dict(os.environ, environment):
            _run("ingest", *(str(README.parent / name) for name in match["sources"].split()))
            listed = _run("incidents", *match["filter"].split()).split("\nNumbers:")[0]
            short = re.findall(r"^[0-9a-f]{7,16}\b", listed, flags=re.MULTILINE)[-1]
            page = _run("show", short)
    told = page[page.index("How the figures were told") :].split("\n\n")[0].splitlines()
    lines = ["…", *told[:TOLD_LINES], "…"]
    return {
        "list": indent(listed.rstrip(), "    "),
        "id": short,
        "told": indent("\n".join(lines), "    "),
    }


def _run(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        assert cli.run(list(arguments)) == 0, arguments
    return out.getvalue()


def main() -> None:
    """Write the output into the README, and the incident's id into the tutorial."""
    output, ledger = render_output(), render_ledger()
    former = shown_ledger()
    parts = [(shown().span("output"), output)]
    parts += [(former.span(name), text) for name, text in ledger.items()]
    page = README.read_text("utf-8")
    for (start, end), text in sorted(parts, reverse=True):
        page = page[:start] + text + page[end:]
    README.write_text(page, encoding="utf-8")
    tutorial = TUTORIAL.read_text("utf-8")
    TUTORIAL.write_text(tutorial.replace(former["id"], ledger["id"]), encoding="utf-8")


if __name__ == "__main__":
    main()
