"""The output that the README shows, made by the coder.

`python -m tests.contract.readme_output`, a part of `make docs`, brings the README up to date.
A test says when that is due.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from marsad import Coder
from marsad.publish.terminal import render_text
from marsad.records import Report
from marsad.workflow import read_sources

README = Path(__file__).parents[2] / "README.md"
_SHOWN = re.compile(
    r"    \$ cat report\.txt\n(?P<report>.+?)\n+"
    r"    \$ marsad code report\.txt --published (?P<day>[\d-]+)\n\n(?P<output>.+?)\n(?=\n\S)",
    re.DOTALL,
)
COLUMNS = 80


def shown() -> re.Match[str]:
    """The report and the output in the README."""
    found = _SHOWN.search(README.read_text("utf-8"))
    assert found is not None, "the README shows no report with its output"
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


def main() -> None:
    """Write the output into the README."""
    page = README.read_text("utf-8")
    start, end = shown().span("output")
    README.write_text(page[:start] + render_output() + page[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
