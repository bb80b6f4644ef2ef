"""The door: what every request passes first, and every response last.

Reads   the request's head; counts its body.
Writes  the headers that tell browsers what pages may do; HEAD's answers without their body.
Never   lets in a request for another host, or a body larger than its sender may send; lets
        out a traceback.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.web.desk import Desk
from marsad.web.guard import API_PREFIX, person_of, route_of

# Enough for every form but those that take reports.
SMALL_BODY_BYTES = 64 * 1024
# Where who may code may send reports, several at once.
LARGE_BODY_PREFIXES = ("/intake", API_PREFIX)
REPORTS_AT_ONCE = 4

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send "Origin: null" with our own forms, and the guard
    # could not tell them from a stranger's. Other sites hear nothing either way.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What is told of incidents is not to be found by a search for a name.
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000"

Fault = Callable[[Request, int, str], Response]

log = logging.getLogger("marsad.web")


class Door:
    """The outermost layer. `fault` makes the page of an error that happens before any route."""

    def __init__(self, app: ASGIApp, desk: Desk, fault: Fault) -> None:
        self.app = app
        self.desk = desk
        self.fault = fault
        self.added = dict(SECURITY_HEADERS)
        if desk.is_https:
            self.added["Strict-Transport-Security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        scope.setdefault("state", {})
        if self.desk.behind_proxy:
            _believe_proxy(scope)
        outlet = _Outlet(send, self.added, headless=scope["method"] == "HEAD")
        if outlet.headless:
            scope["method"] = "GET"
        if not self._is_for_us(Headers(scope=scope)):
            answer = PlainTextResponse("This host is not served here.\n", status_code=400)
            await answer(scope, receive, outlet)
            return
        await self._serve(scope, receive, outlet)

    async def _serve(self, scope: Scope, receive: Receive, outlet: _Outlet) -> None:
        counted = _CountedBody(scope, receive, self.desk)
        try:
            await counted.check_announced()
            await self.app(scope, counted, outlet)
            return
        except HTTPException as error:
            status, words = error.status_code, error.detail
        except Exception:
            log.exception("%s failed", route_of(scope))
            status, words = 500, "This failed, and that is a fault of ours. Nothing was changed."
        if outlet.started:
            return  # the server closes the connection, so that nobody takes it for whole
        response = await run_in_threadpool(self._make_page, Request(scope), status, words)
        await response(scope, receive, outlet)

    def _make_page(self, request: Request, status: int, words: str) -> Response:
        try:
            return self.fault(request, status, words)
        except Exception:  # what failed before may be what pages need
            log.exception("the page of an error failed")
            return PlainTextResponse(f"{words}\n", status_code=status)

    def _is_for_us(self, headers: Headers) -> bool:
        named = headers.getlist("host")
        if len(named) != 1:
            return False
        host = named[0]
        if host.startswith("["):
            name, _, rest = host[1:].partition("]")
            return self.desk.serves(name) and (not rest or rest[1:].isdigit())
        name, colon, port = host.partition(":")
        return self.desk.serves(name) and (not colon or port.isdigit())


class _Outlet:
    """The way out: adds headers, drops a HEAD's body."""

    def __init__(self, send: Send, added: dict[str, str], *, headless: bool) -> None:
        self.send = send
        self.added = added
        self.headless = headless
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self.added.items():
                headers.setdefault(name, value)
        elif self.headless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)


class _CountedBody:
    """The way in: hands the body on as long as it is not longer than its sender may send."""

    def __init__(self, scope: Scope, receive: Receive, desk: Desk) -> None:
        self.scope = scope
        self.receive = receive
        self.desk = desk
        self.most = SMALL_BODY_BYTES
        self.asked = False
        self.length = 0

    async def check_announced(self) -> None:
        announced = Headers(scope=self.scope).get("content-length", "0")
        await self._require(int(announced) if announced.isdigit() else 0)

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.length += len(message.get("body", b""))
            await self._require(self.length)
        return message

    async def _require(self, length: int) -> None:
        if length > self.most and not self.asked:
            # Only for large bodies: who asks is looked up before any of it is taken.
            self.asked = True
            if self.scope["path"].startswith(LARGE_BODY_PREFIXES):
                person = await run_in_threadpool(person_of, Request(self.scope))
                if person is not None and person.may("coder"):
                    self.most = REPORTS_AT_ONCE * self.desk.settings.max_report_bytes
        if length > self.most:
            raise HTTPException(
                413, f"This is too large: at most {self.most // 1024} KiB are taken here."
            )


def _believe_proxy(scope: Scope) -> None:
    """Take the address of who asks from the nearest proxy.

    It adds the address it sees at the end; what stands before that, anybody may have written.
    """
    forwarded = Headers(scope=scope).getlist("x-forwarded-for")
    nearest = forwarded[-1].rpartition(",")[2].strip() if forwarded else ""
    if nearest:
        scope["client"] = (nearest, 0)
