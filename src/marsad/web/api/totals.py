"""Totals: what the incidents of a filter add up to.

Reads   the account's sums; the incidents themselves where no sums are kept.
Writes  a documented minimum and its range for each outcome.
Never   tells the public a sum by place: it could tell where one was that is made vague.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import get_args

from fastapi import APIRouter, Request, Response

from marsad.records import (
    DEFAULT_POLICY,
    IncidentFilter,
    LedgerIncident,
    Outcome,
    Policy,
)
from marsad.web.api.answers import ReaderDep, answer, is_known, not_modified, read_stand
from marsad.web.api.asked import (
    read_moment,
    read_policy,
    read_wanted,
    require_known,
)
from marsad.web.api.bodies import OutcomeSum, Totals
from marsad.web.api.parameters import FILTER, describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.desk import Desk, DeskDep
from marsad.web.public_view import is_place_asked, public_filter

router = APIRouter(prefix="/totals", tags=["totals"])

_KNOWN = (*(name for name in FILTER if name != "order"), "policy", "as_of")
# Sums are kept of the default policy and of now; others are made from so many at most.
MOST_SUMMED = 20_000


@router.get(
    "",
    response_model=Totals,
    responses=describe(400, 401, 422, 503),
    openapi_extra=describe_parameters(*_KNOWN),
)
def show_totals(request: Request, desk: DeskDep, person: ReaderDep) -> Response:
    """How many incidents a filter takes, and how many people they affected at least."""
    query = request.query_params
    require_known(query, _KNOWN)
    wanted = read_wanted(query, desk, person)
    policy, moment = read_policy(query) or DEFAULT_POLICY, read_moment(query, "as_of")
    if person is None:
        if moment is not None or policy != DEFAULT_POLICY or is_place_asked(wanted):
            raise fail(400, "as_of, policy, place and areas are for who is signed in.")
        wanted = public_filter(wanted)
    stand = read_stand(request, desk, person, wanted.model_dump_json())
    if is_known(request, stand):
        return not_modified(stand)
    if policy == DEFAULT_POLICY and moment is None:
        overview = desk.overviews.read(wanted)
        outcomes = {o: OutcomeSum(**asdict(s)) for o, s in overview.totals.items()}
        number, contested = overview.incidents, overview.contested
    else:
        found = _few_incidents(desk, wanted, moment)
        outcomes = _add_up(found, policy)
        number, contested = len(found), sum(i.status == "contested" for i in found)
    content = Totals(
        incidents=number, contested=contested, policy=policy, outcomes=outcomes, row=stand.row
    )
    return answer(content, stand)


def _few_incidents(
    desk: Desk, wanted: IncidentFilter, moment: datetime | None
) -> list[LedgerIncident]:
    number = desk.ledger.count_incidents(wanted, as_of=moment)
    if number > MOST_SUMMED:
        raise fail(
            422,
            f"{number:,} incidents would have to be added up one by one; at most {MOST_SUMMED:,} "
            f"are. Narrow the filter, or ask for the policy {DEFAULT_POLICY} and no moment.",
        )
    everything = wanted.model_copy(update={"limit": None, "offset": 0})
    return list(desk.ledger.incidents(everything, as_of=moment))


def _add_up(incidents: Iterable[LedgerIncident], policy: Policy) -> dict[Outcome, OutcomeSum]:
    """As the sums that are kept: a high end that is open counts as the best figure."""
    sums: dict[Outcome, OutcomeSum] = {}
    nothing = OutcomeSum(incidents=0, low=0, best=0, high=0, open_above=0, contested=0)
    for incident in incidents:
        for tally in incident.tallies:
            if tally.policy != policy or tally.group is not None:
                continue
            had = sums.get(tally.outcome, nothing)
            sums[tally.outcome] = OutcomeSum(
                incidents=had.incidents + 1,
                low=had.low + tally.low,
                best=had.best + tally.best,
                high=had.high + (tally.best if tally.high is None else tally.high),
                open_above=had.open_above + (tally.high is None),
                contested=had.contested + (tally.low if incident.status == "contested" else 0),
            )
    return {outcome: sums[outcome] for outcome in get_args(Outcome) if outcome in sums}
