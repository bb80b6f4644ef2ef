"""Incidents and filters made up by hypothesis, from few values, so that they meet often."""

from datetime import date

from hypothesis import strategies as st

from marsad.records import DEFAULT_POLICY, IncidentFilter, LedgerIncident

NAMES = ("Tartus", "Al-Bāb", "دمشق", "Goma", "O'Brien's Gate", "the Army", "?!")
TEXTS = (
    "Gunmen killed three farmers near Goma",
    "قُتِلَ ثلاثة مدنيين في القصف",
    'a "quoted" NEAR(thing) AND OR NOT *',
    "Syria's army; drop table -- ' \" \\",
    "",
)
QUERIES = (
    "farmers", '"near goma"', "قتل", "القصف مدنيين", '"', '""', "NOT", "farmers OR", "a*", "syria",
    "near(thing", "' & |", "\\", "\x00", "(", ":*", "-- '", '"killed three" goma', "ئ", "!", "Ⅻ",
)  # fmt: skip
DAYS = st.dates(date(2024, 2, 26), date(2024, 3, 3))
OUTCOMES = ("killed", "injured", "displaced")
TYPES = ("attack", "shelling", "riot")
STATUSES = ("single-source", "corroborated", "contested", "discounted")
LATITUDES = st.one_of(st.sampled_from([-90.0, 0.0, 10.0, 90.0]), st.floats(-90, 90))
LONGITUDES = st.one_of(st.sampled_from([-180.0, 0.0, 10.0, 179.99, 180.0]), st.floats(-180, 180))
SEVERAL = st.sets(st.sampled_from(STATUSES)).map(sorted)


@st.composite
def intervals(draw):
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return {"start": start, "end": end, "precision": "day"}


@st.composite
def places(draw):
    pointed = draw(st.booleans())
    return {
        "name": draw(st.sampled_from(NAMES)),
        "admin1": draw(st.none() | st.sampled_from(NAMES)),
        "country": draw(st.sampled_from(["SYR", "COD", None])),
        "latitude": draw(LATITUDES) if pointed else None,
        "longitude": draw(LONGITUDES) if pointed else None,
        "precision": draw(st.sampled_from(["site", "town", "district", "province", "country"])),
    }


@st.composite
def tallies(draw):
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 9)] * 3)))
    return {
        "outcome": draw(st.sampled_from(OUTCOMES)),
        "low": low,
        "best": best,
        "high": draw(st.sampled_from([high, None])),
        "policy": DEFAULT_POLICY,
    }


PARTIES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["actor", "recipient"]),
        "name": st.sampled_from(NAMES),
        "actor_id": st.sampled_from([None, "syr-army"]),
        "kind": st.just("other"),
    }
)
REVIEWS = st.sampled_from(["confirm", "reject"]).map(
    lambda kind: {"kind": kind, "by": "r.haddad", "at": "2024-05-08", "reason": "seen", "seq": 1}
)


@st.composite
def incidents(draw):
    """What LedgerIncident takes, but for the id."""
    return {
        "event_type": draw(st.sampled_from(TYPES)),
        "status": draw(st.sampled_from(STATUSES)),
        "place": draw(st.none() | places()),
        "when": draw(st.none() | intervals()),
        "participants": draw(st.lists(PARTIES, max_size=2)),
        "tallies": draw(st.lists(tallies(), max_size=2, unique_by=lambda t: t["outcome"])),
        "review": draw(st.none() | REVIEWS),
    }


LEDGERS = st.lists(st.tuples(incidents(), st.sampled_from(TEXTS)), max_size=12).map(
    lambda made: [
        (LedgerIncident.model_validate(values | {"id": f"incident-{n}"}), words)
        for n, (values, words) in enumerate(made)
    ]
)


@st.composite
def boxes(draw):
    south, north = sorted((draw(LATITUDES), draw(LATITUDES)))
    return draw(LONGITUDES), south, draw(LONGITUDES), north


CIRCLES = st.tuples(LATITUDES, LONGITUDES, st.sampled_from([0.5, 40.0, 900.0, 9000.0, 20_040.0]))
POLYGONS = st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=3, max_size=6)
CONDITIONS = {
    "since": DAYS,
    "until": DAYS,
    "box": boxes(),
    "near": CIRCLES,
    "polygon": POLYGONS,
    "loose": st.booleans(),
    "place": st.sampled_from([*NAMES, "Syria", "COD"]),
    "country": st.sampled_from(["SYR", "COD"]),
    "types": st.sets(st.sampled_from(TYPES)).map(sorted),
    "actor": st.sampled_from([*NAMES, "army", "syr-army", "tar", "\n", "="]),
    "outcome": st.sampled_from(OUTCOMES),
    "at_least": st.integers(1, 9),
    "status": SEVERAL,
    "text": st.sampled_from(QUERIES) | st.text(max_size=8),
    "reviewed": st.booleans(),
}


@st.composite
def filters(draw):
    """A filter of one to three conditions, in any order."""
    names = draw(st.sets(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=3))
    given = {name: draw(CONDITIONS[name]) for name in sorted(names)}
    if {"since", "until"} <= given.keys():
        given["since"], given["until"] = sorted((given["since"], given["until"]))
    given["loose"] = given.get("loose", False)
    given["status"] = given.get("status") or draw(st.sampled_from([(), STATUSES]))
    given["order"] = draw(st.sampled_from(["date", "-date", "toll", "changed"]))
    return IncidentFilter.model_validate(given)
