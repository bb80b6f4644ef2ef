"""The routes of the API, in the order in which addresses are looked up."""

from __future__ import annotations

from fastapi import APIRouter

from marsad.web.api import (
    changes,
    claims,
    description,
    export,
    incidents,
    judgements,
    reports,
    totals,
)

router = APIRouter(prefix="/api/v1")
for _resource in (
    incidents,
    reports,
    claims,
    changes,
    judgements,
    totals,
    export,
    description,
):
    router.include_router(_resource.router)
