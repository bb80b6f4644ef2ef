"""People: who may use the desk, for admins.

Reads   the accounts.
Writes  accounts, roles, one-time links.
Never   shows a link twice, or a password at all.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from marsad.errors import PeopleError
from marsad.store.people import ROLES, read_role
from marsad.web.desk import Desk, DeskDep
from marsad.web.forms import Said, text_of
from marsad.web.guard import AdminDep, FormDep
from marsad.web.render import page

router = APIRouter()


@router.get("/people")
def show_people(request: Request, desk: DeskDep, person: AdminDep) -> Response:
    """All accounts."""
    return _people(request, desk, None)


@router.post("/people/add")
def add_person(request: Request, desk: DeskDep, person: AdminDep, form: FormDep) -> Response:
    """Make an account, and show its one-time link."""
    name = text_of(form, "name")
    try:
        token = desk.people.add(name, read_role(text_of(form, "role")))
    except PeopleError as error:
        return _people(request, desk, Said("bad", str(error)), name=name)
    words = f"{name} has an account. Give them this link to set a password; it works once:"
    return _people(request, desk, Said("good", words, entry_address(request, desk, token)))


@router.post("/people/link")
def make_link(request: Request, desk: DeskDep, person: AdminDep, form: FormDep) -> Response:
    """Make a new one-time link to set a password."""
    name = text_of(form, "name")
    try:
        token = desk.people.make_link(name)
    except PeopleError as error:
        return _people(request, desk, Said("bad", str(error)))
    words = f"With this link {name} sets a new password. It works once; earlier ones are void:"
    return _people(request, desk, Said("good", words, entry_address(request, desk, token)))


@router.post("/people/role")
def give_role(request: Request, desk: DeskDep, person: AdminDep, form: FormDep) -> Response:
    """Change a role; the person is signed out everywhere."""
    name = text_of(form, "name")
    try:
        role = read_role(text_of(form, "role"))
        desk.people.give_role(name, role)
    except PeopleError as error:
        return _people(request, desk, Said("bad", str(error)))
    if name == person.name and role != person.role:
        return RedirectResponse("/sign-in", status_code=303)
    words = f"{name} is {role} now, and signs in again."
    return _people(request, desk, Said("good", words))


@router.post("/people/remove")
def remove_person(request: Request, desk: DeskDep, person: AdminDep, form: FormDep) -> Response:
    """Remove an account; what it decided stays on file."""
    name = text_of(form, "name")
    try:
        desk.people.remove(name)
    except PeopleError as error:
        return _people(request, desk, Said("bad", str(error)))
    if name == person.name:
        return RedirectResponse("/sign-in", status_code=303)
    words = f"{name} can no longer sign in. What they decided stays on file."
    return _people(request, desk, Said("good", words))


@router.post("/people/revoke")
def revoke_token(request: Request, desk: DeskDep, person: AdminDep, form: FormDep) -> Response:
    """Revoke anybody's token."""
    name = text_of(form, "name")
    try:
        gone = desk.sessions.revoke_token(name, text_of(form, "id"))
    except PeopleError as error:
        return _people(request, desk, Said("bad", str(error)))
    said = Said("good", f"A token of {name} is revoked.") if gone else Said("warn", "It was gone.")
    return _people(request, desk, said)


def entry_address(request: Request, desk: Desk, token: str) -> str:
    """The whole address of a one-time link."""
    base = desk.base_url or str(request.base_url).rstrip("/")
    return f"{base}/welcome/{token}"


def _people(request: Request, desk: Desk, said: Said | None, *, name: str = "") -> Response:
    accounts = desk.people.accounts()
    return page(
        request,
        "people.html",
        status=422 if said is not None and said.kind == "bad" else 200,
        accounts=accounts,
        tokens={a.name: desk.sessions.tokens_of(a.name) for a in accounts if a.tokens},
        roles=ROLES,
        said=said,
        name=name,
    )
