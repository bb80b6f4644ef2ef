"""Reports, claims and members built by hand, each number standing in its report's text."""

from datetime import date, datetime

from marsad.incidents.account.build import make_incident
from marsad.incidents.account.member import Member
from marsad.records import (
    Claim,
    Evidence,
    Figure,
    Judgement,
    Participant,
    Place,
    Report,
    Source,
    When,
    content_id,
)

SOLDIERS = {"group": "soldiers", "group_kind": "military"}
GUNMEN = {"group": "gunmen", "group_kind": "armed-group"}
MARKET = Place(
    name="Orna",
    geonameid=77001,
    latitude=14.5,
    longitude=-1.2,
    country="BFA",
    precision="town",
)


def day(text):
    moment = date.fromisoformat(text)
    return When(start=moment, end=moment, precision="day")


def number(outcome, low, high="same", **values):
    """A figure before it has a report: `high` defaults to `low`."""
    return {
        "outcome": outcome,
        "low": low,
        "high": low if high == "same" else high,
        "qualifier": values.pop("qualifier", "exact" if high == "same" else "at-least"),
        "quote": values.pop("quote", f"{low} {values.get('group') or 'people'}"),
        **values,
    }


class Teller:
    """Makes members; every call to `tell` is one report with one claim, or more."""

    def __init__(self):
        self.made = 0

    def tell(
        self,
        *figures,
        outlet="Daily Field",
        on="2031-05-02",
        source=None,
        kind="other",
        claims=None,
        **values,
    ):
        """A member whose claim gives `figures`, by `source` or by the outlet itself."""
        self.made += 1
        report_id = values.pop("report", f"report-{self.made:04}")
        claims = claims or [{"figures": figures, "source": source, "kind": kind}]
        told, text = [], ""
        for asked in claims:
            claim, text = _claim(report_id, outlet, text, **asked)
            told.append(claim)
        if on is not None:
            on = date.fromisoformat(on) if len(on) == 10 else datetime.fromisoformat(on)
        return Member(
            telling=values.pop("telling", f"telling-{report_id}"),
            report=Report(
                id=report_id, text=text, outlet=outlet, published=on, url=values.pop("url", None)
            ),
            stored_at=values.pop("stored_at", "2031-06-01T00:00:00+00:00"),
            claims=tuple(told),
            judgements=tuple(
                Judgement(
                    kind="disputes",
                    claim=told[j].id,
                    other=told[i].id,
                    about=about,
                    by="t",
                    reason="t",
                )
                for i, j, about in values.pop("disputes", ())
            ),
            **values,
        )


def _claim(report_id, outlet, text, figures=(), source=None, kind="other", **values):
    def write(words):
        nonlocal text
        start = len(text)
        text += f"{words} "
        return Evidence(report_id=report_id, start=start, end=start + len(words), quote=words)

    trigger = write("attacked")
    chain = [Source(source=outlet or "unnamed outlet", kind="media")]
    if source:
        chain.insert(0, Source(source=source, kind=kind))
    placed = tuple(
        Figure(
            **{name: value for name, value in figure.items() if name != "quote"},
            evidence=write(figure["quote"]),
        )
        for figure in figures
    )
    claim = Claim(
        id=content_id("claim", report_id, trigger.start),
        report_id=report_id,
        event_type=values.pop("event_type", "attack"),
        trigger=trigger,
        modality=values.pop("modality", "asserted"),
        attribution=tuple(chain),
        participants=values.pop("participants", ()),
        place=values.pop("place", MARKET),
        when=values.pop("when", day("2031-05-01")),
        figures=placed,
        evidence=(trigger,),
        confidence=0.9,
        **values,
    )
    return claim, text


def party(role, name, kind="armed-group", actor_id=None):
    return Participant(role=role, name=name, kind=kind, actor_id=actor_id)


def made(members, decisions=()):
    """The account of members that leave one; `make_incident` may give none."""
    incident = make_incident(members, decisions)
    assert incident is not None
    return incident


def row(incident, outcome="killed", group=None, policy="latest-credible"):
    """The bounds of one tally row; None where there is none."""
    for tally in incident.tallies:
        if (tally.outcome, tally.group, tally.policy) == (outcome, group, policy):
            return tally.low, tally.best, tally.high
    return None


def told(incident, outcome="killed", group=None):
    """What was told, as (best, source, state)."""
    return [
        (t.best, t.source, t.state)
        for t in incident.told
        if t.outcome == outcome and t.group == group
    ]
