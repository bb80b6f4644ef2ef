"""The newsletter's links: to confirm, and to leave.

Reads   the token of a mail.
Writes  who has confirmed, and who has left.
Never   does either on a GET: mail programs open links by themselves. Shows an address.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from marsad.errors import SubscriberError
from marsad.web.desk import DeskDep
from marsad.web.render import page
from marsad.workflow.newsletter import (
    confirm_subscriber,
    list_words,
    look_up_confirmation,
    look_up_unsubscription,
    unsubscribe,
)

router = APIRouter()


@router.get("/subscribe/confirm/{token}")
def show_confirmation(request: Request, desk: DeskDep, token: str) -> Response:
    """Ask whether the newsletter is wanted."""
    found = look_up_confirmation(desk.ledger, token)
    if found is None:
        return _newsletter(request, "confirm", "spent", status=404)
    return _newsletter(request, "confirm", "ask", list_words(found.filter))


@router.post("/subscribe/confirm/{token}")
def confirm(request: Request, desk: DeskDep, token: str) -> Response:
    """Take the newsletter."""
    try:
        found = confirm_subscriber(desk.ledger, token)
    except SubscriberError:
        return _newsletter(request, "confirm", "spent", status=404)
    return _newsletter(request, "confirm", "done", list_words(found.filter))


@router.get("/unsubscribe/{token}")
def show_unsubscription(request: Request, desk: DeskDep, token: str) -> Response:
    """Ask whether the newsletter is to end."""
    found = look_up_unsubscription(desk.ledger, token)
    if found is None:
        return _newsletter(request, "leave", "spent", status=404)
    return _newsletter(request, "leave", "ask", list_words(found.filter))


@router.post("/unsubscribe/{token}")
def leave(request: Request, desk: DeskDep, token: str) -> Response:
    """End the newsletter: by the page's button, or a mail program's one click (RFC 8058)."""
    try:
        found = unsubscribe(desk.ledger, token)
    except SubscriberError:
        return _newsletter(request, "leave", "spent", status=404)
    return _newsletter(request, "leave", "done", list_words(found.filter))


def _newsletter(
    request: Request, what: str, stage: str, about: str = "", *, status: int = 200
) -> Response:
    return page(request, "newsletter.html", status=status, what=what, stage=stage, list_words=about)
