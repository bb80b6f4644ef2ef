"""Whatever is sent: no answer is a fault of ours, and each is as its description says.

Schemathesis makes requests that fit the description and requests that do not. They go to a
real server, as every role; some carry ids that there are, so that decisions are made too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from marsad.settings import load_settings
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.people import read_role
from marsad.web.api.description import describe_api
from marsad.web.desk import Desk
from tests.web.api.conftest import REPORTS
from tests.web.conftest import NAMES, serve

EXAMPLES = 12
# They take the filter of /incidents, which is asked for in every way there: one in four will do.
SAME_FILTER = ("/api/v1/export", "/api/v1/totals")
CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(
    describe_api(),
    config=SchemathesisConfig(
        projects=ProjectsConfig(
            default=ProjectConfig(
                generation=GenerationConfig(
                    modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
                    with_security_parameters=False,
                    deterministic=True,
                )
            )
        )
    ),
)


@dataclass(frozen=True)
class Target:
    """A served desk, who asks it in turn (None: the public), and ids that it knows."""

    url: str
    askers: Iterator[str | None]
    ids: dict[str, list[str]]
    session: requests.Session
    numbers: Iterator[int]


@pytest.fixture(scope="module")
def target(made_api_ledger: Path, tmp_path_factory) -> Iterator[Target]:
    path = tmp_path_factory.mktemp("served") / "ledger.sqlite"
    for part in made_api_ledger.parent.glob("made.sqlite*"):
        shutil.copy(part, path.with_name(part.name.replace("made", "ledger")))
    ledger = Ledger(Database(f"sqlite:///{path}", create=False))
    desk = Desk(ledger, load_settings(), public=True)
    tokens = [desk.sessions.make_token(n, "tests", read_role(r)) for r, n in NAMES.items()]
    incidents = [incident.id for incident in ledger.incidents()]
    claims = [claim for i in ledger.incidents() for claim in i.claims]
    ids = {"incident": incidents, "claim": claims, "report": [r["id"] for r in REPORTS]}
    with serve(desk) as url, requests.Session() as session:
        yield Target(url, cycle((None, *tokens)), ids, session, count())
    ledger.database.close()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_meets_a_fault_or_an_answer_that_is_not_described(case, target):
    number = next(target.numbers)
    if case.path in SAME_FILTER and number % 4:
        return
    if number % 2:
        put_in_known_ids(case, target.ids, number)
    asker = next(target.askers)
    headers = {} if asker is None else {"Authorization": f"Bearer {asker}"}
    answer = case.call(base_url=target.url, session=target.session, headers=headers)
    case.validate_response(answer, checks=CHECKS)


def put_in_known_ids(case: Any, ids: dict[str, list[str]], number: int) -> None:
    """Let a request be about what there is."""
    for name in case.path_parameters or {}:
        known = ids.get(name.removesuffix("_id"))
        if known is not None:
            case.path_parameters[name] = known[number % len(known)]
    if not isinstance(case.body, dict):
        return
    incidents = ids["incident"]
    for field, value in (
        ("incidents", [incidents[number % 4], incidents[number % 4 + 1]]),
        ("incident", incidents[number % len(incidents)]),
        ("record", ids["claim"][number % len(ids["claim"])]),
        ("parts", ids["report"][:1]),
    ):
        if field in case.body:
            case.body[field] = value
