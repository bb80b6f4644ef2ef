"""The application: the door, the pages and the API of one desk.

Reads   nothing itself.
Writes  nothing itself.
Never   has a route that is not in the list below.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import Depends, FastAPI

from marsad.web import static_files
from marsad.web.api import routes as api
from marsad.web.desk import Desk
from marsad.web.door import Door
from marsad.web.error_pages import add_error_pages, fault_page
from marsad.web.guard import MAX_FIELDS, MAX_FILES, check_form, max_text_bytes
from marsad.web.pages import (
    account,
    decisions,
    download,
    feeds,
    incident,
    intake,
    map,
    newsletter,
    overview,
    people,
    report,
    review,
    sign_in,
)

# Every page's router, in the order in which addresses are looked up.
ROUTERS = (
    static_files.router,
    api.router,
    sign_in.router,
    account.router,
    people.router,
    feeds.router,
    newsletter.router,
    overview.router,
    incident.router,
    map.router,
    download.router,
    report.router,
    decisions.router,
    review.router,
    intake.router,
)


# So many requests are worked on at once; the database has connections for as many.
THREADS = 16


@asynccontextmanager
async def _with_threads(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def make_app(desk: Desk) -> FastAPI:
    """The application that serves a desk."""
    app = FastAPI(
        title="marsad",
        # Pages of our own describe the interface: those of the framework load from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(check_form)],
        form_limits={
            "max_fields": MAX_FIELDS,
            "max_files": MAX_FILES,
            "max_part_size": max_text_bytes(desk),
        },
        redirect_slashes=False,
        lifespan=_with_threads,
    )
    app.state.desk = desk
    for router in ROUTERS:
        app.include_router(router)
    add_error_pages(app)
    app.add_middleware(Door, desk=desk, fault=fault_page)
    return app
