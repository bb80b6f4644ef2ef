"""`marsad feed`: what became of incidents and why, as Atom or JSON Feed."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.export import ProfileOption
from marsad.cli.history import read_start
from marsad.cli.incident_filter import takes_happened_filter
from marsad.cli.ledger import OutputOption, open_account
from marsad.cli.moments import read_moment
from marsad.cli.voice import say

if TYPE_CHECKING:
    from marsad.records import IncidentFilter


class FeedKind(StrEnum):
    """What `marsad feed` writes."""

    atom = "atom"
    json = "json"


@app.command()
@takes_happened_filter
def feed(
    output_format: Annotated[
        FeedKind, typer.Option("--format", "-f", help="atom (RFC 4287) or json (JSON Feed 1.1).")
    ] = FeedKind.atom,
    output: OutputOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="TIME|NUMBER",
            help="Only what changed after this row of the ledger, or from this time.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="TIME", help="Only what changed up to this time.", show_default=False
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="The newest so many changes; 0 is all.")] = 100,
    profile: Annotated[
        ProfileOption,
        typer.Option(
            help="public withholds names of victims, witnesses, private persons and reviewers, "
            "and makes sensitive places vague; internal tells all."
        ),
    ] = ProfileOption.public,
    hold_hours: Annotated[
        float, typer.Option(min=0, help="Hold back incidents that ended less than so long ago.")
    ] = 0,
    title: Annotated[
        str | None, typer.Option(help="What the feed is called.", show_default=False)
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="BASE",
            help="The address of the desk, for links. Without it there are none.",
            show_default=False,
        ),
    ] = None,
    *,
    wanted: IncidentFilter,
) -> None:
    """Write what became of incidents, newest first, each change with its reason.

    New, changed, merged, split and withdrawn ones; also the change by which an incident
    stops to match the filter. Numbers are a documented minimum.
    """
    from marsad.batch import open_output
    from marsad.publish.exports.protect import Profile
    from marsad.workflow.feed import DEFAULT_TITLE, FeedRequest, make_feed

    request = FeedRequest(
        format=output_format.value,
        wanted=wanted,
        since=None if since is None else read_start(since),
        as_of=read_moment(as_of, "--as-of", end_of_day=True),
        profile=Profile(profile.value, hold_hours),
        limit=limit or None,
        title=title or DEFAULT_TITLE,
        base=url,
    )
    with open_account() as ledger:
        made = make_feed(ledger, request)
    with open_output(output, plain=False) as stream:
        stream.write(made.body.decode("utf-8"))
        sys.stdout.flush()
    public = "names withheld" if request.profile.is_public else "WITH names: not for the public"
    changes = "1 change" if made.entries == 1 else f"{made.entries:,} changes"
    say(f"marsad: {changes}, {profile.value} profile ({public})")
