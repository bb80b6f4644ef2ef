"""The account: one's own password, sessions and tokens.

Reads   the person's sessions and tokens.
Writes  them, and the password.
Never   changes a password without the old one; shows a token twice.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from marsad.errors import PeopleError
from marsad.store.people import ROLES, Person, hash_token, read_role
from marsad.store.sessions import session_id
from marsad.web.cookies import read_cookie
from marsad.web.desk import Desk, DeskDep
from marsad.web.forms import Said, text_of
from marsad.web.guard import FormDep, ViewerDep
from marsad.web.pages.sign_in import enter, guess_password
from marsad.web.render import page

router = APIRouter()


@router.get("/account")
def show_account(request: Request, desk: DeskDep, person: ViewerDep) -> Response:
    """One's own account."""
    return _account(request, desk, person, None)


@router.post("/account/password")
def change_password(request: Request, desk: DeskDep, person: ViewerDep, form: FormDep) -> Response:
    """Change one's password: every other session of one's own is over."""
    guess = guess_password(request, desk, person.name, text_of(form, "password"))
    new = text_of(form, "new")
    if guess.person is None:
        complaint = guess.complaint if guess.wait else "The old password is another one."
        return _account(request, desk, person, Said("bad", complaint))
    if new != text_of(form, "again"):
        return _account(request, desk, person, Said("bad", "The new passwords are not the same."))
    try:
        desk.people.set_password(person.name, new)
    except PeopleError as error:
        return _account(request, desk, person, Said("bad", str(error)))
    # A page of the new session: the forms of this one would carry the old session's token.
    tokens = len(desk.sessions.tokens_of(person.name))
    response = page(request, "account-changed.html", tokens=tokens)
    enter(request, response, desk, person.name)
    return response


@router.post("/account/tokens")
def make_token(request: Request, desk: DeskDep, person: ViewerDep, form: FormDep) -> Response:
    """Make a token for a program, and show it once."""
    try:
        role = read_role(text_of(form, "role"))
        token = desk.sessions.make_token(person.name, text_of(form, "label"), role)
    except PeopleError as error:
        return _account(request, desk, person, Said("bad", str(error)))
    words = "The new token. Keep it like a password; it is not shown again:"
    return _account(request, desk, person, Said("good", words, token))


@router.post("/account/tokens/revoke")
def revoke_token(request: Request, desk: DeskDep, person: ViewerDep, form: FormDep) -> Response:
    """Revoke one of one's own tokens."""
    gone = desk.sessions.revoke_token(person.name, text_of(form, "id"))
    said = Said("good", "The token is revoked.") if gone else Said("warn", "It was gone already.")
    return _account(request, desk, person, said)


@router.post("/account/sessions/end")
def end_session(request: Request, desk: DeskDep, person: ViewerDep, form: FormDep) -> Response:
    """Sign out in another browser."""
    gone = desk.sessions.end_one(person.name, text_of(form, "id"))
    said = Said("good", "Signed out there.") if gone else Said("warn", "It was over already.")
    return _account(request, desk, person, said)


def _account(request: Request, desk: Desk, person: Person, said: Said | None) -> Response:
    return page(
        request,
        "account.html",
        status=422 if said is not None and said.kind == "bad" else 200,
        sessions=desk.sessions.of(person.name),
        this=session_id(hash_token(read_cookie(request, desk, "session"))),
        tokens=desk.sessions.tokens_of(person.name),
        roles=[role for role in ROLES if person.may(role)],
        said=said,
    )
