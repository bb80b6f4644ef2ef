"""The review queue: what to look at first, and the decision, by keys or by hand.

Reads   the queue, the incidents of the item that is open.
Writes  blind answers; decisions go through `decisions`.
Never   shows what another person answered blind to who has not answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from marsad.errors import DeskError
from marsad.publish.wording import event_label
from marsad.records import SETTABLE, LedgerIncident, Outcome
from marsad.store.blind_answers import BlindAnswer
from marsad.web.compare import compare
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import CoderDep, FormDep
from marsad.web.pages.decisions import REASONS, done_words, find_done, text_of
from marsad.web.render import page
from marsad.workflow.agreement import Agreement, disagreements, measure_agreement
from marsad.workflow.queue import ReviewItem, find_item, following, list_queue, tell_merge

router = APIRouter()

MOST_ITEMS = 100
KIND_WORDS = {
    "same": "may be one",
    "contested": "contested",
    "single": "single source",
    "unsure": "read unsurely",
}
# What may be answered blind about an item of each kind.
BLIND_ANSWERS = {
    "pair": {"same": "One event", "different": "Two events", "unsure": "Cannot tell"},
    "incident": {"stands": "It stands", "reject": "Not to be counted", "unsure": "Cannot tell"},
}


class _QueueCache:
    """The queue of each desk as the account stood last: it takes a moment to make."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[str, int, list[ReviewItem]] | None = None

    def read(self, desk: Desk) -> tuple[int, list[ReviewItem]]:
        end = desk.ledger.account_end()
        name = desk.ledger.database.name
        with self._lock:
            if self._made is None or self._made[:2] != (name, end):
                self._made = (name, end, list_queue(desk.ledger, MOST_ITEMS))
            return end, self._made[2]


_CACHE = _QueueCache()


@dataclass(frozen=True)
class BlindItem:
    """A thing that people judge without seeing each other's answer."""

    kind: str
    key: str
    incidents: tuple[LedgerIncident, ...]


@router.get("/review")
def show_queue(request: Request, desk: DeskDep, person: CoderDep, item: str = "") -> Response:
    """The queue, and the item that is open: the first, if none is named."""
    seen, items = _CACHE.read(desk)
    opened = find_item(items, item) or (items[0] if items else None)
    after = following(items, opened.key) if opened else None
    comparison = compare(desk.ledger, _incidents(opened)) if opened else None
    return page(
        request,
        "review.html",
        items=items,
        item=opened,
        is_gone=bool(item) and (opened is None or opened.key != item),
        position=items.index(opened) + 1 if opened else 0,
        following=after,
        before=items[items.index(opened) - 1] if opened else None,
        comparison=comparison,
        change=tell_merge(desk.ledger, opened) if opened else "",
        likeness=comparison.veil(opened.likeness) if opened and comparison else "",
        seen=seen,
        back=f"/review?item={after.key}" if after and after is not opened else "/review",
        here=f"/review?item={opened.key}" if opened else "/review",
        kind_words=KIND_WORDS,
        reasons=REASONS,
        settable=(*get_args(Outcome), *SETTABLE),
        done=find_done(desk.ledger, request),
        done_words=done_words,
        event_label=event_label,
    )


@router.get("/review/blind")
def show_blind(request: Request, desk: DeskDep, person: CoderDep, skip: str = "") -> Response:
    """The next thing that this person has not answered yet."""
    open_items = _unanswered(desk, person.name)
    passed = set(skip.split(",")) if skip else set()
    item = next((i for i in open_items if i.key not in passed), None)
    if item is None and open_items:
        item, passed = open_items[0], set()
    return page(
        request,
        "blind.html",
        item=item,
        comparison=compare(desk.ledger, item.incidents) if item else None,
        answers=BLIND_ANSWERS[item.kind] if item else {},
        left=len(open_items),
        given=len(desk.blind_answers.by(person.name)),
        skip=",".join([*sorted(passed), item.key][-30:]) if item else "",
        saved=request.query_params.get("saved") == "1",
    )


@router.post("/review/blind")
def answer_blind(desk: DeskDep, person: CoderDep, form: FormDep) -> Response:
    """Keep this person's answer; an earlier one of theirs about the same thing goes."""
    kind, key, answer = (text_of(form, f) for f in ("item_kind", "item_key", "answer"))
    if answer not in BLIND_ANSWERS.get(kind, {}):
        raise DeskError("choose one of the answers.")
    if not _is_key(kind, key):
        raise DeskError("there is no such thing to judge. Load the page again.")
    desk.blind_answers.give(person.name, kind, key, answer)
    return RedirectResponse("/review/blind?saved=1", status_code=303)


@router.get("/review/agreement")
def show_agreement(request: Request, desk: DeskDep, person: CoderDep) -> Response:
    """How far people agree, and what they answered otherwise, for settling."""
    told: list[tuple[str, list[Agreement]]] = []
    open_questions = []
    hidden = 0
    for kind, called in (("pair", "Whether two are one"), ("incident", "Whether it stands")):
        by_item = _by_item(desk.blind_answers.of_kind(kind))
        told.append((called, measure_agreement(by_item)))
        for key in disagreements(by_item):
            if person.name not in by_item[key]:
                hidden += 1  # who has not answered yet is not to be led
                continue
            incidents = _incidents_of(desk, key)
            if incidents:
                words = {who: BLIND_ANSWERS[kind].get(a, a) for who, a in by_item[key].items()}
                open_questions.append((kind, key, incidents, words))
    return page(
        request,
        "agreement.html",
        told=told,
        open_questions=open_questions,
        hidden=hidden,
        event_label=event_label,
        settle_path=_settle_path,
    )


def _settle_path(kind: str, incidents: Sequence[LedgerIncident]) -> str:
    if kind == "pair" and len(incidents) == 2:
        one, other = sorted(i.id for i in incidents)
        return f"/review?item=same.{one}.{other}"
    return f"/incidents/{incidents[0].id}"


def _incidents(item: ReviewItem) -> tuple[LedgerIncident, ...]:
    return (item.incident,) if item.other is None else (item.incident, item.other)


def _blind_items(desk: Desk) -> list[BlindItem]:
    _, items = _CACHE.read(desk)
    found = []
    for item in items:
        if item.other is not None:
            pair = sorted((item.incident, item.other), key=lambda i: i.id)
            found.append(BlindItem("pair", "|".join(i.id for i in pair), tuple(pair)))
        else:
            found.append(BlindItem("incident", item.incident.id, (item.incident,)))
    return found


def _unanswered(desk: Desk, person: str) -> list[BlindItem]:
    """What a person has not answered, first what others have: so that answers come in twos."""
    mine = {(a.kind, a.key) for a in desk.blind_answers.by(person)}
    answered = {(a.kind, a.key) for kind in BLIND_ANSWERS for a in desk.blind_answers.of_kind(kind)}
    items = [i for i in _blind_items(desk) if (i.kind, i.key) not in mine]
    return sorted(items, key=lambda i: (i.kind, i.key) not in answered)


def _by_item(answers: Sequence[BlindAnswer]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for answer in answers:
        found.setdefault(answer.key, {})[answer.person] = answer.answer
    return found


def _is_key(kind: str, key: str) -> bool:
    parts = key.split("|")
    fits = all(p.startswith("incident-") and len(p) == 25 for p in parts)
    return fits and len(parts) == (2 if kind == "pair" else 1)


def _incidents_of(desk: Desk, key: str) -> list[LedgerIncident]:
    """The incidents of a key as they stand now, each once."""
    found = [desk.ledger.incident(part) for part in key.split("|")]
    return list({i.id: i for i in found if i is not None}.values())
