"""`marsad export`: the account in the formats that the field already uses."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.incident_filter import takes_filter
from marsad.cli.ledger import AsOfOption, OutputOption, PolicyName, open_account
from marsad.cli.moments import read_moment
from marsad.cli.signing import load_signer
from marsad.cli.voice import say, show_percent

if TYPE_CHECKING:
    from marsad.publish.exports.minisign import SecretKey
    from marsad.records import IncidentFilter
    from marsad.workflow.export import Exported


class ExportFormat(StrEnum):
    """What `marsad export` writes."""

    csv = "csv"
    claims = "claims"
    xlsx = "xlsx"
    acled = "acled"
    ucdp_ged = "ucdp-ged"
    plover = "plover"
    geojson = "geojson"
    geopackage = "geopackage"
    parquet = "parquet"
    hxl = "hxl"
    jsonld = "jsonld"
    ftm = "ftm"


class ProfileOption(StrEnum):
    """For whom an export is."""

    public = "public"
    internal = "internal"


@app.command()
@takes_filter
def export(
    output_format: Annotated[
        list[ExportFormat],
        typer.Option(
            "--format", "-f", help="May be given several times, for a folder.", show_default=False
        ),
    ],
    output: OutputOption = None,
    profile: Annotated[
        ProfileOption,
        typer.Option(
            help="public withholds names of victims, witnesses and private persons, and makes "
            "sensitive places vague; internal tells all."
        ),
    ] = ProfileOption.public,
    hold_hours: Annotated[
        float, typer.Option(min=0, help="Hold back incidents that ended less than so long ago.")
    ] = 0,
    bom: Annotated[bool, typer.Option("--bom", help="Mark CSV as UTF-8, for Excel.")] = False,
    *,
    wanted: IncidentFilter,
    limit: Annotated[
        int | None, typer.Option(min=0, help="At most so many; 0 is all.", show_default=False)
    ] = None,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many first.")] = 0,
    policy: Annotated[
        PolicyName | None,
        typer.Option(
            help="How low, best and high are chosen. Without it acled-conservative for acled, "
            "ucdp-best for ucdp-ged, else latest-credible.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    sign: Annotated[
        Path | None,
        typer.Option(
            "--sign",
            metavar="KEYFILE",
            help="Sign the manifest with this secret key of minisign.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the incidents of the ledger in a format that others read.

    A file is whole or not there, with a manifest beside it; several formats go to a folder.
    All filters hold together. Numbers are a documented minimum and its range.
    """
    from marsad.batch import STDOUT_NAME, open_output
    from marsad.publish.exports.protect import Profile
    from marsad.workflow.export import ExportRequest, export_to_files, export_to_stream

    request = ExportRequest(
        formats=tuple(dict.fromkeys(name.value for name in output_format)),
        wanted=wanted.model_copy(update={"limit": limit or None, "offset": offset}),
        policy=policy.value if policy else None,
        as_of=read_moment(as_of, "--as-of", end_of_day=True),
        profile=Profile(profile.value, hold_hours),
        bom=bom,
    )
    to_stdout = output is None or str(output) == STDOUT_NAME
    to_stdout = to_stdout or (output is not None and not _is_replaceable(output))
    signer = None if sign is None else _signer(sign, to_stdout=to_stdout)
    with open_account() as ledger:
        if output is None or to_stdout:
            with open_output(output, plain=False) as stream:
                done = export_to_stream(ledger, request, stream)
                sys.stdout.flush()
        else:
            with show_percent("exporting") as progress:
                done = export_to_files(ledger, request, output, signer=signer, progress=progress)
    _tell(done, profile)


def _signer(path: Path, *, to_stdout: bool) -> SecretKey:
    if to_stdout:
        raise typer.BadParameter(
            "a manifest is signed, and there is none on standard output; name a file: --output.",
            param_hint="--sign",
        )
    return load_signer(path)


def _is_replaceable(path: Path) -> bool:
    """Whether it is a file or folder, or nothing yet: a device or a pipe is written to directly."""
    return path.is_file() or path.is_dir() or not path.exists()


def _tell(done: Exported, profile: ProfileOption) -> None:
    """What was exported and what was lost on the way, on standard error."""
    tale = done.tale
    held = f"; {tale.held:,} held back as too young" if tale.held else ""
    names = (
        "names withheld" if profile is ProfileOption.public else "WITH names: not for the public"
    )
    say(f"marsad: {tale.incidents:,} incidents, {profile.value} profile ({names}){held}")
    for note in done.notes:
        for reason, count in note.written.left_out.items():
            say(f"marsad: {note.format.name} leaves out {count:,} {reason}")
        lost = "; ".join(loss.what for loss in note.format.losses)
        say(f"marsad: {note.format.name} cannot hold, or not fully: {lost}")
    for path in done.files:
        say(f"marsad: wrote {path}")
    for path in done.outdated:
        say(f"marsad: {path} signs an earlier manifest: remove it, or export with --sign")
