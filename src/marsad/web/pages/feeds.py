"""Feeds of what changed, all or by a saved filter: /feeds/all.atom, /feeds/NAME.json.

Reads   the account's changes.
Writes  Atom or JSON Feed, with an ETag.
Never   tells names, unless somebody who is signed in asks for them with ?names=1.
"""

from __future__ import annotations

from email.utils import format_datetime, parsedate_to_datetime

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from marsad.errors import DeskError, FilterError
from marsad.publish.exports.protect import Profile
from marsad.records import IncidentFilter
from marsad.store.saved_filters import SavedFilter, SavedFilters
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import ReaderDep
from marsad.web.public_view import is_place_asked, public_filter
from marsad.workflow.feed import DEFAULT_TITLE, FeedFormat, FeedRequest, feed_etag, make_feed

router = APIRouter()

# The feed of all incidents; no saved filter is looked for under this name.
EVERYTHING = "all"


@router.get("/feeds/{file}")
def get_feed(
    request: Request, desk: DeskDep, person: ReaderDep, file: str, names: bool = False
) -> Response:
    """A feed: the name of a saved filter, or "all", and .atom or .json."""
    name, _, ending = file.rpartition(".")
    formats: dict[str, FeedFormat] = {"atom": "atom", "json": "json"}
    if ending not in formats or not name:
        raise HTTPException(404, "A feed ends in .atom or .json, such as /feeds/all.atom.")
    asked = _ask(
        request,
        desk,
        name,
        formats[ending],
        internal=names and person is not None,
        public=person is None,
    )
    headers = {
        "ETag": feed_etag(desk.ledger, asked),
        # Its sender asks again each time, and mostly hears that nothing changed.
        "Cache-Control": "private, no-cache" if person is not None else "no-cache",
        "Vary": "Cookie, Authorization",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    feed = desk.feeds.get(headers["ETag"], lambda: make_feed(desk.ledger, asked))
    headers["ETag"] = feed.etag
    headers["Last-Modified"] = format_datetime(feed.last_modified, usegmt=True)
    if "if-none-match" not in request.headers and _is_known(request, headers["Last-Modified"]):
        return Response(status_code=304, headers=headers)
    return Response(feed.body, media_type=feed.media_type, headers=headers)


def _ask(
    request: Request, desk: Desk, name: str, form: FeedFormat, *, internal: bool, public: bool
) -> FeedRequest:
    wanted, title = IncidentFilter(), DEFAULT_TITLE
    if name != EVERYTHING:
        saved = _find_public(desk, name) if public else SavedFilters(desk.ledger.database).get(name)
        wanted, title = saved.wanted, f"{DEFAULT_TITLE}: {saved.name}"
    base = desk.base_url or str(request.base_url).rstrip("/")
    return FeedRequest(
        format=form,
        wanted=wanted,
        profile=Profile("internal" if internal else "public"),
        title=title,
        base=base,
        address=f"{base}{request.url.path}",
    )


def _find_public(desk: Desk, name: str) -> SavedFilter:
    """The filter, if the public may ask it so. Else it hears only that nothing is there."""
    try:
        saved = SavedFilters(desk.ledger.database).get(name)
        # One that the public may ask in part only would be another feed under this name. And by
        # place it would tell where that is which is made vague for a claim's sake.
        if public_filter(saved.wanted) == saved.wanted and not is_place_asked(saved.wanted):
            return saved
    except (DeskError, FilterError):
        pass
    raise HTTPException(404, "There is no such feed.")


def _is_known(request: Request, modified: str) -> bool:
    """Whether the reader has it already, by the time it was changed last."""
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return parsedate_to_datetime(modified) <= since
    except (TypeError, ValueError):
        return False
