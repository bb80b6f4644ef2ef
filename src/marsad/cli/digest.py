"""`marsad digest`: the newsletter, to look at or to send."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.application import app
from marsad.cli.export import ProfileOption
from marsad.cli.incident_filter import takes_happened_filter
from marsad.cli.ledger import OutputOption, PolicyName, PolicyOption, open_account
from marsad.cli.moments import read_moment
from marsad.cli.voice import EXIT_PARTLY, complain, fail, say, show_percent

if TYPE_CHECKING:
    from marsad.publish.digest.content import Digest
    from marsad.records import IncidentFilter
    from marsad.store.ledger import Ledger
    from marsad.workflow.deliver import Delivered
    from marsad.workflow.digest import DigestRequest

LAST = "last"
# A digest that somebody could not get is tried again so long; then the next one is made.
RESUME_HOURS = 12

digest_app = typer.Typer(invoke_without_command=True)
app.add_typer(digest_app, name="digest")


class DigestFormat(StrEnum):
    """What `marsad digest` writes."""

    html = "html"
    text = "text"
    eml = "eml"


SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="TIME|last",
        help="What came in or changed from this time, 2024-12-01 or 2024-12-01T06:00Z; last is "
        "the end of the newsletter sent last.",
        show_default=False,
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="TIME",
        help="Up to this time, a day to its end; default: now.",
        show_default=False,
    ),
]
ProfileChoice = Annotated[
    ProfileOption,
    typer.Option(
        help="public withholds names of victims, witnesses, private persons and reviewers, and "
        "makes sensitive places vague; internal tells all."
    ),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", help="What it is called.", show_default=False)
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="BASE",
        help="The address of the desk, for links; default: MARSAD_DESK_URL.",
        show_default=False,
    ),
]


def _compose(
    since: SinceOption = None,
    until: UntilOption = None,
    output_format: Annotated[
        DigestFormat,
        typer.Option("--format", "-f", help="eml is a mail, to open in a mail program."),
    ] = DigestFormat.html,
    output: OutputOption = None,
    profile: ProfileChoice = ProfileOption.public,
    policy: PolicyOption = PolicyName.latest_credible,
    title: TitleOption = None,
    url: UrlOption = None,
    *,
    wanted: IncidentFilter,
) -> None:
    """Write the newsletter of a period: what is new, what changed and why, who disagrees.

    Also what earlier newsletters of the same filter told that stands otherwise now. Into a
    folder it goes as HTML, text, mail and pictures. Nothing is sent: see 'marsad digest send'.
    """
    from marsad.workflow.digest import compose_digest

    with open_account() as ledger:
        name = _newsletter_of(ledger, wanted)
        request = _request(ledger, since, until, name, wanted, profile, policy, title, url)
        digest = compose_digest(ledger, request, datetime.now(UTC))
    if output is not None and output.is_dir():
        _write_folder(digest, output)
    else:
        _write_file(digest, output_format, output)
    _tell(digest)


_run = takes_happened_filter(_compose)


def _callback(**given: Any) -> None:
    if given["filter_context"].invoked_subcommand is None:
        _run(**given)


_callback.__doc__ = _compose.__doc__
_callback.__signature__ = _run.__signature__  # type: ignore[attr-defined]
_callback.__annotations__ = _run.__annotations__
digest_app.callback()(_callback)


@digest_app.command("send")
def send(
    since: SinceOption = None,
    until: UntilOption = None,
    saved: Annotated[
        str | None,
        typer.Option(
            "--filter",
            metavar="NAME",
            help="The newsletter of this saved filter; without it that of all incidents.",
            show_default=False,
        ),
    ] = None,
    profile: ProfileChoice = ProfileOption.public,
    policy: PolicyOption = PolicyName.latest_credible,
    title: TitleOption = None,
    url: UrlOption = None,
    skip_empty: Annotated[
        bool, typer.Option("--skip-empty", help="Send nothing where nothing is new.")
    ] = False,
) -> None:
    """Send the newsletter of a period to all who confirmed that they want it, once.

    Run again it goes on where it was cut off. What may have arrived is not sent again.
    """
    from marsad.records import IncidentFilter
    from marsad.settings import load_settings
    from marsad.store.saved_filters import SavedFilters
    from marsad.workflow.deliver import deliver, keep_digest
    from marsad.workflow.newsletter import read_list, read_mail_settings

    mail = read_mail_settings(load_settings(), url)
    with open_account() as ledger:
        name = read_list(ledger, saved)
        wanted = SavedFilters(ledger.database).get(name).wanted if name else IncidentFilter()
        digest = _going_on(ledger, since, name)
        if digest is None:
            request = _request(ledger, since, until, name, wanted, profile, policy, title, url)
            if skip_empty and _is_empty(ledger, request):
                say("marsad: nothing new in this period; nothing was sent")
                return
            digest = keep_digest(ledger, request)
        with show_percent("sending") as progress:
            done = deliver(ledger, digest, mail, progress=progress)
    if _tell_sent(done):
        raise typer.Exit(EXIT_PARTLY)


def _going_on(ledger: Ledger, since: str | None, name: str) -> Any:
    """The newsletter sent last, where --since last finds it unfinished and not long ago."""
    from marsad.workflow.deliver import unfinished

    if since != LAST:
        return None
    digest = unfinished(ledger, name)
    over = datetime.now(UTC) - timedelta(hours=RESUME_HOURS)
    if digest is None or datetime.fromisoformat(digest.made_at) < over:
        return None
    return digest


def _is_empty(ledger: Ledger, request: DigestRequest) -> bool:
    from marsad.workflow.deliver import is_kept
    from marsad.workflow.digest import compose_digest

    if is_kept(ledger, request):
        return False
    return compose_digest(ledger, request, datetime.now(UTC)).is_empty


def _request(
    ledger: Ledger,
    since: str | None,
    until: str | None,
    name: str | None,
    wanted: IncidentFilter,
    profile: ProfileOption,
    policy: PolicyName,
    title: str | None,
    url: str | None,
) -> DigestRequest:
    from marsad.settings import load_settings
    from marsad.workflow.digest import DEFAULT_TITLE, DigestRequest
    from marsad.workflow.newsletter import read_url

    start, row = _read_since(ledger, since, name)
    end = read_moment(until, "--until", end_of_day=True)
    if end is not None and end <= start:
        raise typer.BadParameter(
            f"the period ends ({until}) before it starts ({since}).", param_hint="--until"
        )
    return DigestRequest(
        since=start,
        until=end,
        wanted=wanted,
        filter_name=name,
        after_row=row,
        profile=profile.value,
        policy=policy.value,
        title=title or DEFAULT_TITLE,
        base_url=read_url(load_settings(), url),
    )


def _read_since(ledger: Ledger, since: str | None, name: str | None) -> tuple[datetime, int | None]:
    from marsad.workflow.deliver import iter_digests

    if since == LAST:
        last = next(iter_digests(ledger, name), None) if name is not None else None
        if last is None:
            raise typer.BadParameter(
                "no newsletter of this filter was sent yet; give a time.", param_hint="--since"
            )
        return datetime.fromisoformat(last.until), int(last.parts["rows"][1])
    start = read_moment(since, "--since", end_of_day=False)
    if start is None:
        raise typer.BadParameter(
            "say from when: --since 2024-12-01, or --since last.", param_hint="--since"
        )
    return start, None


def _newsletter_of(ledger: Ledger, wanted: IncidentFilter) -> str | None:
    """The newsletter that has this very filter: "" for all incidents, None for none."""
    from marsad.records import IncidentFilter
    from marsad.store.saved_filters import SavedFilters

    plain = wanted.model_copy(update={"order": IncidentFilter().order})
    if plain == IncidentFilter():
        return ""
    same = (s.name for s in SavedFilters(ledger.database).all() if s.wanted in (wanted, plain))
    return next(same, None)


def _write_file(digest: Digest, output_format: DigestFormat, output: Path | None) -> None:
    from marsad.batch import open_output

    if output_format is DigestFormat.eml:
        body = _mail(digest).decode("ascii")
    else:
        body = _page(digest) if output_format is DigestFormat.html else _text(digest)
    with open_output(output, plain=False) as stream:
        stream.write(body)
        sys.stdout.flush()


def _write_folder(digest: Digest, folder: Path) -> None:
    from marsad.publish.digest.parts import draw_pictures
    from marsad.publish.output_file import open_together

    files = {
        "digest.html": _page(digest).encode("utf-8"),
        "digest.txt": _text(digest).encode("utf-8"),
        "digest.eml": _mail(digest),
        **{f"{name.replace('_', '-')}.png": p for name, p in draw_pictures(digest).items()},
    }
    with open_together(folder) as reserve:
        for name, content in files.items():
            reserve(folder / name).write_bytes(content)
    for name in files:
        say(f"marsad: wrote {folder / name}")


def _page(digest: Digest) -> str:
    from marsad.publish.digest.parts import render_page

    return render_page(digest)


def _text(digest: Digest) -> str:
    from marsad.publish.digest.text import render_text

    return render_text(digest)


def _mail(digest: Digest) -> bytes:
    from marsad.settings import load_settings
    from marsad.workflow.deliver import make_preview

    return make_preview(digest, load_settings())


def _tell(digest: Digest) -> None:
    from marsad.publish.digest.wording import period_words, summary_words

    names = "names withheld" if digest.profile == "public" else "WITH names: not for the public"
    period = period_words(digest.since, digest.until)
    say(f"marsad: {summary_words(digest)}, {period}; {digest.profile} profile ({names})")


def _tell_sent(done: Delivered) -> bool:
    """What came of it, on standard error; whether somebody is left without a copy."""
    from marsad.publish.safe_text import one_line

    counts = done.counts
    total = counts.get("sent", 0)
    say(f"marsad: sent {done.sent_now:,} now, {total:,} in all, of {done.digest.parts['subject']}")
    if total and not done.sent_now and not done.open:
        say("marsad: everybody had it already; what came since is told with --since last")
    if not counts and not done.open:
        say("marsad: nobody has confirmed this newsletter; see 'marsad subscribers list'")
    meaning = {
        "refused": "refused for good",
        "deferred": "not taken now",
        "unknown": "may have arrived; not sent again",
        "handed": "being handed over by another run; not sent again",
        "claimed": "in the hands of another run",
    }
    for failed in done.failed:
        words = meaning.get(failed.state, failed.state)
        complain(one_line(f"{failed.address or '(removed)'}: {words} ({failed.reply or '…'})"))
    if done.stopped:
        complain(done.stopped)
    if done.open:
        complain(f"{done.open:,} copies are left: run the same command again to go on with them")
    if done.stopped and not done.sent_now and not total:
        fail("nothing could be sent.")
    return bool(done.open or done.failed)
