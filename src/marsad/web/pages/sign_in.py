"""Signing in and out, and the one-time links that set a password.

Reads   name and password; the accounts.
Writes  sessions; passwords, by a link.
Never   says whether a name exists; keeps a session that was there before signing in.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from threading import BoundedSemaphore

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from marsad.errors import PeopleError
from marsad.store.attempts import Counted
from marsad.store.people import Person, fold_name
from marsad.web.cookies import (
    drop_cookie,
    known_browser,
    read_cookie,
    read_known_browser,
    set_cookie,
)
from marsad.web.desk import Desk, DeskDep
from marsad.web.forms import text_of
from marsad.web.guard import FormDep, person_of, safe_next
from marsad.web.render import page

router = APIRouter()

# Failures that cost no wait yet.
FREE_FOR_NAME = 5
FREE_FOR_BROWSER = 8
# Many people may share one address.
FREE_FOR_ADDRESS = 20

# A password takes a thread for a third of a second or more, whoever sends it: so many at once,
# fewer than there are threads, so that a flood of guesses leaves the desk to who is signed in.
GUESSES_AT_ONCE = 6
BUSY_SECONDS = 5
_TURNS = BoundedSemaphore(GUESSES_AT_ONCE)

WRONG = "Name and password do not belong together."


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:
    """The form to sign in with."""
    where = safe_next(next)
    if person_of(request) is not None:
        return RedirectResponse(where, status_code=303)
    return page(request, "sign-in.html", next=where, name="", complaint="")


@dataclass(frozen=True, slots=True)
class Guess:
    """What came of a password: the person, or why not, and how many seconds to wait."""

    person: Person | None
    complaint: str = ""
    wait: int = 0


@router.post("/sign-in")
def sign_in(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Sign in: a new session, whatever cookie came with the request."""
    name, where = text_of(form, "name"), safe_next(text_of(form, "next"))
    guess = guess_password(request, desk, name, text_of(form, "password"))
    if guess.person is None:
        return page(
            request,
            "sign-in.html",
            status=429 if guess.wait else 401,
            headers={"Retry-After": str(guess.wait)} if guess.wait else None,
            next=where,
            name=name,
            complaint=guess.complaint,
        )
    response = RedirectResponse(where, status_code=303)
    enter(request, response, desk, guess.person.name)
    return response


def guess_password(request: Request, desk: Desk, name: str, password: str) -> Guess:
    """Look at a password, unless there were too many wrong ones lately, or are too many now."""
    if not _TURNS.acquire(blocking=False):
        words = f"Many are signing in just now. Wait {_duration(BUSY_SECONDS)}, then try again."
        return Guess(None, words, BUSY_SECONDS)
    try:
        return _look_at(request, desk, name, password)
    finally:
        _TURNS.release()


def _look_at(request: Request, desk: Desk, name: str, password: str) -> Guess:
    browser = read_known_browser(
        read_cookie(request, desk, "known"), desk.people.password_mark(name)
    )
    counted = _counted(request, name, browser)
    wait = desk.attempts.begin(counted)
    if wait:
        words = f"Too many attempts. Wait {_duration(wait)}, then try again."
        return Guess(None, words, wait)
    person = desk.people.check_password(name, password)
    if person is None:
        return Guess(None, WRONG)
    desk.attempts.succeed(counted)
    return Guess(person)


@router.post("/sign-out")
def sign_out(request: Request, desk: DeskDep) -> Response:
    """End the session, on the server too."""
    token = read_cookie(request, desk, "session")
    if token:
        desk.sessions.end(token)
    response = RedirectResponse("/sign-in", status_code=303)
    drop_cookie(response, desk, "session")
    return response


@router.get("/welcome/{token}")
def show_welcome(request: Request, desk: DeskDep, token: str) -> Response:
    """The form to choose a password with."""
    link = desk.people.open_link(token)
    if link is None:
        return page(request, "welcome.html", status=404, link=None, name="", complaint="")
    return page(request, "welcome.html", link=link, name=link.name or "", complaint="")


@router.post("/welcome/{token}")
def welcome(request: Request, desk: DeskDep, form: FormDep, token: str) -> Response:
    """Set the password, or make the first account; and sign in."""
    link = desk.people.open_link(token)
    name, password = text_of(form, "name"), text_of(form, "password")
    complaint = ""
    if link is None:
        return page(request, "welcome.html", status=404, link=None, name="", complaint="")
    if password != text_of(form, "again"):
        complaint = "The two passwords are not the same."
    else:
        try:
            person = desk.people.enter(token, password, name)
        except PeopleError as error:
            complaint = str(error)
    if complaint:
        return page(
            request,
            "welcome.html",
            status=422,
            link=link,
            name=link.name or name,
            complaint=complaint,
        )
    response = RedirectResponse("/", status_code=303)
    enter(request, response, desk, person.name)
    return response


def enter(request: Request, response: Response, desk: Desk, name: str) -> None:
    """Start a new session in this browser; the one it came with, if any, is over."""
    old = read_cookie(request, desk, "session")
    if old:
        desk.sessions.end(old)
    device = _device(request.headers.get("user-agent", ""))
    set_cookie(response, desk, "session", desk.sessions.start(name, device))
    drop_cookie(response, desk, "form")
    mark = desk.people.password_mark(name)
    browser = read_known_browser(read_cookie(request, desk, "known"), mark)
    set_cookie(response, desk, "known", known_browser(mark, browser))


def _counted(request: Request, name: str, browser: str | None) -> list[Counted]:
    """A known browser is counted by itself alone: nobody else's guesses make its person wait."""
    if browser:
        return [Counted("browser", browser, FREE_FOR_BROWSER)]
    address = _network(request.client.host if request.client else "")
    return [
        Counted("name", fold_name(name), FREE_FOR_NAME),
        Counted("address", address, FREE_FOR_ADDRESS),
    ]


def _network(address: str) -> str:
    """The address, or for IPv6 the network that one person usually has all of."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _duration(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{-(-seconds // 60)} minutes"


_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari", "curl")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
_CALLED = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}


def _device(agent: str) -> str:
    """What a person would call it: "Firefox on Windows"."""
    browser = next((name for name in _BROWSERS if name in agent), "another browser")
    system = next((name for name in _SYSTEMS if name in agent), "")
    shown = _CALLED.get(browser, browser)
    return f"{shown} on {_CALLED.get(system, system)}" if system else shown
